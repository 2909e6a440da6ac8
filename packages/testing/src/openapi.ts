import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { openApiOf } from '@concentric/service-kit';

/**
 * Fails when what a service serves is not what its committed OpenAPI document says; with UPDATE_OPENAPI=1 it writes
 * the document instead.
 * @param file absolute path of the committed `openapi.json`
 */
export function expectOpenApiUnchanged(app: Parameters<typeof openApiOf>[0], file: string): void {
  const served = `${JSON.stringify(openApiOf(app), null, 2)}\n`;
  if (process.env['UPDATE_OPENAPI'] === '1') {
    writeFileSync(file, served);
    return;
  }
  const committed = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (committed === served) return;
  const [before, after] = [committed.split('\n'), served.split('\n')];
  const at = after.findIndex((line, index) => line !== before[index]);
  throw new Error(
    `${file} is not what the service serves; first difference in line ${at + 1}:\n  committed: ${before[at]?.trim() ?? '(nothing)'}\n  served:    ${after[at]?.trim() ?? '(nothing)'}\n` +
      'If the change is meant, run this test once with UPDATE_OPENAPI=1 and commit the file.',
  );
}
