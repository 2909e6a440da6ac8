import type { SampleResult } from '@concentric/replay';

/** What the sample brand holds and who may sign in, for people to read. */
export function sampleText({ summary, signIns }: SampleResult): string {
  return [summary, '', 'Sign in as', ...signIns.map(({ name, password, role }) => `  ${name} / ${password}  (${role})`)].join('\n');
}
