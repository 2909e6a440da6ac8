/** What stopped the start, in one line and with what to do about it. */
export function startError(error: unknown, port: number, dataFolder: string): string {
  const text = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') return `port ${port} is taken: stop what uses it, or choose another with --port`;
  if (code === 'EACCES' && port < 1024) return `port ${port} needs privileges: choose one above 1023 with --port`;
  if (/NOTADB|CORRUPT/.test(code) || /not a database|malformed|secrets\.json|JSON/.test(text)) {
    return `data folder ${dataFolder} is damaged (${text}): restore it from a backup, or choose another with --data`;
  }
  return text;
}
