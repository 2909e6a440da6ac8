import type { SampleResult } from '@concentric/replay';

/** What the sample brand holds and who may sign in, for people to read. */
export function sampleText({ summary, signIns }: SampleResult): string {
  return [summary, '', 'Sign in as', ...signIns.map(({ name, password, role }) => `  ${name} / ${password}  (${role})`)].join('\n');
}

/** How to begin with an installation that holds nothing. */
export function emptyText(url: string): string {
  return [
    'Without the sample brand. First steps:',
    `  1  Sign in at ${url} and add the people who will work here, under Operators.`,
    `  2  Open your brand with its time zone, currency and channels: POST ${url}/api/commerce/brands, described at ${url}/api/commerce/openapi.json.`,
    '  3  Take in partners, products, orders and refunds: as files under Imports, or over the API. README.md has the first calls.',
    '  4  Have one operator write the commission plan and another one activate it.',
    "To see last year's files in it first, without keeping anything: npm run replay -- test/replay/late-returns (apps/replay/MANIFEST.md)",
  ].join('\n');
}
