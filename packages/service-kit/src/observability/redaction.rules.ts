/** Fields whose values never reach a log, whatever they hold. */
const secretFields = [
  'password',
  'token',
  'authorization',
  'cookie',
  'secret',
  'piiKey',
  'phone',
  'email',
  'identityValue',
  'identities',
  'bankAccount',
  'value',
  'sealed',
  'body',
  'parameters',
];

/** Paths for the logger's own redaction: at the top and one or two levels down. */
export const redactedPaths = secretFields.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

// A number directly after a JSON escape such as \n is preceded by a letter that does not belong to it.
const boundary = String.raw`(?<=^|[^\w.\\-]|\\[nrtbf"\\])`;
const patterns: readonly [RegExp, string][] = [
  [/\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g, '[token]'],
  [/\b(mysql|mariadb|amqps?|rediss?|https?):\/\/[^\s"@/]+@/g, '$1://[credentials]@'],
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '[email]'],
  [new RegExp(String.raw`${boundary}(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?![\w-])`, 'g'), '[phone]'],
  [new RegExp(String.raw`${boundary}\d{17}[\dXx](?![\w-])`, 'g'), '[id-number]'],
  [new RegExp(String.raw`${boundary}\d{16}(?:\d{3})?(?![\w-])`, 'g'), '[account]'],
];

/**
 * Takes what looks like a token, credentials, an address, a phone, id or account number out of a finished log line:
 * driver errors quote values, and no field name can be listed for those.
 */
export function redactText(line: string): string {
  let text = line;
  for (const [pattern, replacement] of patterns) text = text.replace(pattern, replacement);
  return text;
}
