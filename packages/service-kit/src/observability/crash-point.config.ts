/**
 * A named place at which a test may kill the process, to prove that nothing is lost or doubled when it dies there.
 * Active only where the environment names it in CRASH_POINT, optionally with how often it is to be passed before
 * (`CRASH_POINT=import-batch-committed:3`), and never in production.
 */
export function crashPoint(name: string): void {
  if (armed === null || armed.name !== name) return;
  armed.passes -= 1;
  if (armed.passes < 0) process.kill(process.pid, 'SIGKILL');
}

const armed = arm(process.env['CRASH_POINT'], process.env['NODE_ENV']);

function arm(setting: string | undefined, environment: string | undefined): { name: string; passes: number } | null {
  if (!setting || environment === 'production') return null;
  const [name = '', passes = '0'] = setting.split(':');
  return { name, passes: Number(passes) || 0 };
}
