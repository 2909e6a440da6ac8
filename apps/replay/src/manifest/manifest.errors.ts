/** One thing wrong with a manifest or with what it points at: where, what, and what to do about it. */
export interface ManifestProblem {
  readonly path: string;
  readonly problem: string;
  readonly remedy?: string;
}

/** The run cannot start: everything that is wrong, at once. */
export class ManifestError extends Error {
  constructor(
    readonly file: string,
    readonly problems: readonly ManifestProblem[],
  ) {
    const list = problems.map(({ path, problem, remedy }) => `  ${path || '(whole file)'}: ${problem}${remedy ? `\n    → ${remedy}` : ''}`);
    super(`${file} cannot be used:\n${list.join('\n')}`);
    this.name = 'ManifestError';
  }
}
