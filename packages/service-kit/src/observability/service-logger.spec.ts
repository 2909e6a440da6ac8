import { correlation } from './correlation';
import { redactText } from './redaction.rules';
import { ServiceLogger } from './service-logger';

const phone = '13812345678';
const email = 'canary.person@example.com';
const jwt = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl';
const canaries = [phone, email, jwt, 'canary-password', '622202020011223344', '11010119900307123X', 'canary-db-secret', 'canary-sealed'];

describe('the log', () => {
  const lines: string[] = [];
  const logger = new ServiceLogger({ service: 'commerce', logLevel: 'trace' }, { write: (line: string) => lines.push(line) });
  beforeEach(() => {
    lines.length = 0;
  });

  it('holds no personal data and no secret, wherever it stands', () => {
    logger.log({
      msg: 'x',
      phone,
      email,
      password: 'canary-password',
      token: jwt,
      nested: { identities: [{ value: phone }], sealed: 'canary-sealed', deep: { authorization: `Bearer ${jwt}` } },
    });
    logger.error(new Error(`Duplicate entry '${phone}-${email}' for key`));
    logger.error({ err: Object.assign(new Error('Query failed'), { parameters: [phone, 'canary-sealed'], query: `SELECT '${email}'` }) });
    logger.warn(`call +86 138 1234 5678 or write to ${email}, account 6222020200112233440 6222 id 11010119900307123X`);
    logger.log(`first line\n${phone}\ttoken=${jwt}`, 'Context');
    logger.fatal(new Error('connect mysql://app:canary-db-secret@10.0.0.1/x'));
    const text = lines.join('');
    for (const canary of canaries) expect(text).not.toContain(canary);
    expect(text).not.toContain('138 1234 5678');
  });

  it('stays one JSON line per entry, whatever the text', () => {
    logger.log('line one\nline two\r\n\u001b[31mred\u001b[0m {"level":"fatal"}');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', service: 'commerce' });
    expect(lines[0]).not.toContain('\u001b');
  });

  it('carries the correlation of the work it belongs to, across awaits', async () => {
    const context = correlation.from({ requestId: 'request-42', service: 'membership' });
    await correlation.run(context, async () => {
      await Promise.resolve();
      logger.log('inside', 'Somewhere');
    });
    logger.log('outside');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      service: 'membership',
      correlationId: 'request-42',
      traceId: context.traceparent.slice(3, 35),
      context: 'Somewhere',
    });
    expect(JSON.parse(lines[1] ?? '')).not.toHaveProperty('correlationId');
  });

  it('leaves amounts, times and ids alone', () => {
    const text = '{"amountMinor":1234567,"time":1763780000000,"id":"018f1381-2345-7678-8000-138123456789","n":12345}';
    expect(redactText(text)).toBe(text);
  });
});
