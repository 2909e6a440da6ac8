/** Another worker owns this job now: whatever this one still does must not take effect. */
export class FencedOff extends Error {
  constructor(job: string) {
    super(`the lease of ${job} went to another worker`);
    this.name = 'FencedOff';
  }
}
