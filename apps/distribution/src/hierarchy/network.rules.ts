/**
 * The channel network as half-open dated edges, held in memory and asked as of a moment.
 * Pure: no clock, no database. All times are epoch milliseconds; `FOREVER` closes an open interval.
 */

export const FOREVER = Number.MAX_SAFE_INTEGER;

/** `childId` stood under `parentId` (null: directly under the brand) in [validFrom, validTo). */
export interface Edge {
  childId: string;
  parentId: string | null;
  validFrom: number;
  validTo: number;
}

/** One ancestor of a partner and when it was above it. Depth 0 is the partner itself. */
export interface Ancestor {
  ancestorId: string;
  depth: number;
  validFrom: number;
  validTo: number;
}

/** Chains longer than this are refused: they are contracts nobody signed, or a loop in the making. */
export const MAX_DEPTH = 32;

export class Network {
  private readonly up = new Map<string, Edge[]>();
  private readonly down = new Map<string, Set<string>>();

  constructor(edges: Iterable<Edge>) {
    for (const edge of edges) this.insert(edge);
    for (const list of this.up.values()) list.sort((a, b) => a.validFrom - b.validFrom);
  }

  /** Edges of one child, oldest first. */
  edgesOf(childId: string): readonly Edge[] {
    return this.up.get(childId) ?? [];
  }

  /** The edge in force at a moment, or undefined when the partner was not in the network then. */
  edgeAt(childId: string, at: number): Edge | undefined {
    return this.edgesOf(childId).find((edge) => edge.validFrom <= at && at < edge.validTo);
  }

  /** The partner and everybody above it at a moment, nearest first; empty when it was not in the network then. */
  chainAt(partnerId: string, at: number): string[] {
    const chain: string[] = [];
    let current: string | null = partnerId;
    while (current !== null && chain.length <= MAX_DEPTH) {
      const edge: Edge | undefined = this.edgeAt(current, at);
      if (!edge) break;
      chain.push(current);
      current = edge.parentId;
    }
    return chain;
  }

  /** Who should stand above the end of such a chain and has no place of its own at that moment; null: it ends at the brand. */
  missingAbove(chain: readonly string[], at: number): string | null {
    const last = chain.at(-1);
    return last === undefined ? null : (this.edgeAt(last, at)?.parentId ?? null);
  }

  /** Every ancestor with the interval in which it was above this partner, the partner itself first. */
  ancestorsOf(partnerId: string): Ancestor[] {
    const found: Ancestor[] = [];
    this.climb(partnerId, 0, FOREVER, 0, (ancestor) => found.push(ancestor));
    return found;
  }

  /** The partner and everybody who was ever below it. */
  descendantsOf(partnerId: string): string[] {
    const seen = new Set([partnerId]);
    for (const id of seen) for (const child of this.down.get(id) ?? []) seen.add(child);
    return [...seen];
  }

  /**
   * Why a partner may not stand under a parent from a moment on, until its next known edge begins: it would be its own
   * ancestor at some time, or the chain would be longer than `MAX_DEPTH`; null when it may.
   */
  refusal(childId: string, parentId: string | null, validFrom: number): 'loop' | 'too_deep' | null {
    if (parentId === null) return null;
    const validTo = this.endFrom(childId, validFrom);
    const above = this.highest(parentId, childId, validFrom, validTo, MAX_DEPTH);
    if (above === null) return 'loop';
    return above + 1 + this.lowest(childId, validFrom, validTo, MAX_DEPTH) > MAX_DEPTH ? 'too_deep' : null;
  }

  /**
   * Puts a partner under a parent from a moment on. The interval that holds the moment ends there; an
   * interval that starts later stays as it is and ends the new one. Returns the edges that changed or came.
   */
  move(childId: string, parentId: string | null, validFrom: number): Edge[] {
    const edges = this.up.get(childId) ?? [];
    const current = edges.find((edge) => edge.validFrom <= validFrom && validFrom < edge.validTo);
    if (current?.parentId === parentId) return [];
    const next = edges.find((edge) => edge.validFrom > validFrom);
    if (current && current.validFrom === validFrom) {
      current.parentId = parentId;
      this.link(parentId, childId);
      return [current];
    }
    const edge: Edge = { childId, parentId, validFrom, validTo: next?.validFrom ?? FOREVER };
    if (current) current.validTo = validFrom;
    this.insert(edge);
    this.up.get(childId)!.sort((a, b) => a.validFrom - b.validFrom);
    return current ? [current, edge] : [edge];
  }

  /** An own copy, to try changes on. */
  copy(): Network {
    return new Network([...this.up.values()].flatMap((edges) => edges.map((edge) => ({ ...edge }))));
  }

  /** Where an edge that begins at `validFrom` ends: where the child's next one begins. */
  private endFrom(childId: string, validFrom: number): number {
    return this.edgesOf(childId).find((edge) => edge.validFrom > validFrom)?.validFrom ?? FOREVER;
  }

  /** Most levels above a partner within an interval, as far as `left` reaches; null when `target` is met on the way. A parent without an edge of its own yet counts as well. */
  private highest(partnerId: string, target: string, from: number, to: number, left: number): number | null {
    if (partnerId === target) return null;
    let most = 0;
    if (left < 0) return most;
    for (const edge of this.edgesOf(partnerId)) {
      const validFrom = Math.max(from, edge.validFrom);
      const validTo = Math.min(to, edge.validTo);
      if (edge.parentId === null || validFrom >= validTo) continue;
      const above = this.highest(edge.parentId, target, validFrom, validTo, left - 1);
      if (above === null) return null;
      most = Math.max(most, above + 1);
    }
    return most;
  }

  /** Most levels below a partner within an interval, as far as `left` reaches. */
  private lowest(partnerId: string, from: number, to: number, left: number): number {
    let most = 0;
    if (left < 0) return most;
    for (const childId of this.down.get(partnerId) ?? []) {
      for (const edge of this.edgesOf(childId)) {
        const validFrom = Math.max(from, edge.validFrom);
        const validTo = Math.min(to, edge.validTo);
        if (edge.parentId === partnerId && validFrom < validTo)
          most = Math.max(most, 1 + this.lowest(childId, validFrom, validTo, left - 1));
      }
    }
    return most;
  }

  private insert(edge: Edge): void {
    const list = this.up.get(edge.childId);
    if (list) list.push(edge);
    else this.up.set(edge.childId, [edge]);
    this.link(edge.parentId, edge.childId);
  }

  private link(parentId: string | null, childId: string): void {
    if (parentId === null) return;
    const children = this.down.get(parentId);
    if (children) children.add(childId);
    else this.down.set(parentId, new Set([childId]));
  }

  private climb(partnerId: string, from: number, to: number, depth: number, visit: (ancestor: Ancestor) => void): void {
    if (depth > MAX_DEPTH) return;
    for (const edge of this.edgesOf(partnerId)) {
      const validFrom = Math.max(from, edge.validFrom);
      const validTo = Math.min(to, edge.validTo);
      if (validFrom >= validTo) continue;
      visit({ ancestorId: partnerId, depth, validFrom, validTo });
      if (edge.parentId !== null) this.climb(edge.parentId, validFrom, validTo, depth + 1, visit);
    }
  }
}
