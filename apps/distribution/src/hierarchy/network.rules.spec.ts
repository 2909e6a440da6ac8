import fc from 'fast-check';
import { must, prove } from '@concentric/testing/property';
import { FOREVER, MAX_DEPTH, Network, type Edge } from './network.rules';

const HORIZON = 6;
const partners = ['a', 'b', 'c', 'd'];

/** The network as one parent pointer per partner and moment: slow, and without any interval to get wrong. */
class Pointers {
  private readonly parents = Array.from({ length: HORIZON }, () => new Map<string, string | null>());
  private readonly starts = new Map<string, Set<number>>();

  /** False when it would make a loop; then nothing changes. */
  move(child: string, parent: string | null, from: number): boolean {
    const starts = this.starts.get(child) ?? new Set<number>();
    const end = Math.min(HORIZON, ...[...starts].filter((start) => start > from));
    for (let at = from; at < end; at += 1) {
      for (let up: string | null | undefined = parent; up !== null && up !== undefined; up = this.parents[at]!.get(up))
        if (up === child) return false;
    }
    if (this.parents[from]!.has(child) && this.parents[from]!.get(child) === parent) return true;
    this.starts.set(child, starts.add(from));
    for (let at = from; at < end; at += 1) this.parents[at]!.set(child, parent);
    return true;
  }

  chain(partner: string, at: number): string[] {
    const chain: string[] = [];
    for (let up: string | null = partner; up !== null && this.parents[at]!.has(up); up = this.parents[at]!.get(up)!) chain.push(up);
    return chain;
  }
}

const move = fc.record({
  child: fc.constantFrom(...partners),
  parent: fc.option(fc.constantFrom(...partners)),
  // Ties, the beginning and the last moment are as likely as all others together.
  from: fc.oneof(fc.constantFrom(0, 5, HORIZON - 1), fc.integer({ min: 0, max: HORIZON - 1 })),
});

describe('the network', () => {
  it('knows who is missing above a chain that is broken off', () => {
    const network = new Network([
      { childId: 'store', parentId: 'agent', validFrom: 0, validTo: FOREVER },
      { childId: 'agent', parentId: null, validFrom: 60, validTo: FOREVER },
    ]);
    const missing = (partnerId: string, at: number) => network.missingAbove(network.chainAt(partnerId, at), at);
    expect([missing('store', 59), missing('store', 60), missing('agent', 59)]).toEqual(['agent', null, null]);
  });

  it('inv 9: is at every moment what one parent pointer per moment says, and refuses exactly the loops', () => {
    prove([fc.array(move, { maxLength: 7 })], (moves) => {
      const network = new Network([]);
      const pointers = new Pointers();
      for (const { child, parent, from } of moves) {
        const allowed = pointers.move(child, parent, from);
        must(network.refusal(child, parent, from) === (allowed ? null : 'loop'), `a move is wrongly ${allowed ? 'refused' : 'allowed'}`);
        if (allowed) network.move(child, parent, from);
      }
      const below = new Map(partners.map((partner) => [partner, new Set(network.descendantsOf(partner))]));
      for (const partner of partners) {
        const edges = network.edgesOf(partner);
        edges.forEach((edge, index) => {
          must(edge.validFrom < edge.validTo, 'an empty interval');
          must(index === 0 || edges[index - 1]!.validTo <= edge.validFrom, 'an overlap');
        });
        const ancestors = network.ancestorsOf(partner);
        must(
          ancestors.every(({ validFrom, validTo }) => validFrom < validTo),
          'an ancestor of no moment',
        );
        for (let at = 0; at < HORIZON; at += 1) {
          const chain = pointers.chain(partner, at);
          must(network.chainAt(partner, at).join() === chain.join(), 'another chain');
          const above = ancestors.filter(({ validFrom, validTo }) => validFrom <= at && at < validTo);
          must(
            above
              .sort((a, b) => a.depth - b.depth)
              .map(({ ancestorId }) => ancestorId)
              .join() === chain.join(),
            'other ancestors',
          );
          must(
            chain.every((ancestor) => below.get(ancestor)!.has(partner)),
            'an ancestor does not know it',
          );
        }
      }
    });
  });

  it.each<[string, Edge[], [string, string | null, number], Partial<Edge>[]]>([
    ['a first place', [], ['a', 'x', 5], [{ parentId: 'x', validFrom: 5, validTo: FOREVER }]],
    [
      'a move',
      [edge('a', 'x', 0)],
      ['a', 'y', 5],
      [
        { parentId: 'x', validFrom: 0, validTo: 5 },
        { parentId: 'y', validFrom: 5, validTo: FOREVER },
      ],
    ],
    ['a move to where it stands', [edge('a', 'x', 0)], ['a', 'x', 5], []],
    ['a correction of a start', [edge('a', 'x', 5)], ['a', 'y', 5], [{ parentId: 'y', validFrom: 5, validTo: FOREVER }]],
    ['a place before the first', [edge('a', 'x', 5)], ['a', 'y', 2], [{ parentId: 'y', validFrom: 2, validTo: 5 }]],
    [
      'a move between two',
      [edge('a', 'x', 0, 9), edge('a', 'y', 9)],
      ['a', 'z', 4],
      [
        { parentId: 'x', validFrom: 0, validTo: 4 },
        { parentId: 'z', validFrom: 4, validTo: 9 },
      ],
    ],
    [
      'a move under the brand',
      [edge('a', 'x', 0)],
      ['a', null, 5],
      [
        { parentId: 'x', validTo: 5 },
        { parentId: null, validFrom: 5 },
      ],
    ],
  ])('inv 9: %s changes these edges only', (_, edges, [child, parent, from], changed) => {
    expect(new Network(edges).move(child, parent, from)).toMatchObject(changed);
  });

  it('lets a partner stand below a former child once that has left', () => {
    const network = new Network([edge('a', 'x', 0, 5), edge('a', null, 5), edge('x', null, 0)]);
    expect(network.refusal('x', 'a', 4)).toBe('loop');
    expect(network.refusal('x', 'a', 5)).toBeNull();
  });

  it('refuses chains that nobody signed, above and below', () => {
    const chain = Array.from({ length: MAX_DEPTH + 1 }, (_, index) => edge(`p${index}`, index === 0 ? null : `p${index - 1}`, 0));
    const network = new Network(chain);
    expect(network.refusal('new', `p${MAX_DEPTH}`, 0)).toBe('too_deep');
    expect(network.refusal('new', `p${MAX_DEPTH - 1}`, 0)).toBeNull();
    expect(network.refusal('p0', 'top', 0)).toBe('too_deep');
    expect(network.refusal('p0', `p${MAX_DEPTH}`, 0)).toBe('loop');
    expect(network.refusal('p0', null, 5)).toBeNull();
  });

  it('knows the longest chain that may be, whole', () => {
    const chain = Array.from({ length: MAX_DEPTH + 1 }, (_, index) => `p${index}`);
    const network = new Network(chain.map((partner, index) => edge(partner, chain[index - 1] ?? null, 0)));
    const upwards = [...chain].reverse();
    expect(network.chainAt(upwards[0]!, 0)).toEqual(upwards);
    expect(network.ancestorsOf(upwards[0]!).map(({ ancestorId }) => ancestorId)).toEqual(upwards);
  });

  it('comes to an end where somebody has stored a loop', () => {
    const network = new Network([edge('a', 'b', 0), edge('b', 'a', 0)]);
    expect(network.chainAt('a', 0)).toHaveLength(MAX_DEPTH + 1);
    expect(network.ancestorsOf('a')).toHaveLength(MAX_DEPTH + 1);
    expect(network.refusal('new', 'a', 0)).toBe('too_deep');
    expect(network.refusal('a', 'new', 0)).toBe('too_deep');
  });

  it('takes edges in whatever order they were stored', () => {
    const [early, late] = [edge('a', 'x', 0, 9), edge('a', 'y', 9)];
    expect(new Network([late, early]).edgesOf('a')).toEqual([early, late]);
  });
});

function edge(childId: string, parentId: string | null, validFrom: number, validTo = FOREVER): Edge {
  return { childId, parentId, validFrom, validTo };
}
