/** One setting that is missing or unusable, and what to do about it. */
export interface ConfigProblem {
  readonly name: string;
  readonly message: string;
  readonly remedy?: string;
}

/** Settings that keep a process from starting. Lists every one at once, so that nobody fixes them by boot after boot. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly ConfigProblem[]) {
    const lines = problems.map((p) => `  ${p.name}: ${p.message}${p.remedy ? ` (${p.remedy})` : ''}`);
    super(`The configuration is not usable:\n${lines.join('\n')}`);
    this.name = 'ConfigError';
  }
}
