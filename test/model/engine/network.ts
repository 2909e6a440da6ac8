/** The channel network as a step function per partner: under whom it stands from which moment on. */
export class Network {
  readonly types = new Map<string, string>();
  private readonly places = new Map<string, Map<number, string | null>>();

  place(code: string, type: string, parent: string | null, from: number): void {
    this.types.set(code, type);
    const steps = this.places.get(code) ?? new Map<number, string | null>();
    this.places.set(code, steps);
    const before = this.stepAt(code, from);
    if (before === undefined || before.parent !== parent) steps.set(from, parent);
  }

  /** Was the partner in the network then? */
  knows(code: string, at: number): boolean {
    return this.stepAt(code, at) !== undefined;
  }

  /** The partner and everybody above it then, nearest first. */
  above(code: string, at: number): string[] {
    const step = this.stepAt(code, at);
    if (!step) return [];
    return step.parent === null ? [code] : [code, ...this.above(step.parent, at)];
  }

  private stepAt(code: string, at: number): { from: number; parent: string | null } | undefined {
    let latest: { from: number; parent: string | null } | undefined;
    for (const [from, parent] of this.places.get(code) ?? []) if (from <= at && (!latest || from > latest.from)) latest = { from, parent };
    return latest;
  }
}
