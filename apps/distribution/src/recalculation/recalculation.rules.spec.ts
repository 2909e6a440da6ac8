import { recalculationState } from '@concentric/contracts';
import { decisionRefusal, differencesOf, netOfRefunds, recalculationTransitions } from './recalculation.rules';

const run = { state: 'PROPOSED' as const, proposedBy: 'maker', planAuthorId: 'author', hasMoved: false };
const share = (lineNo: number, role: string, partnerId: string, amountMinor: number, lineId: string | null = null) => ({
  lineNo,
  role,
  partnerId,
  amountMinor,
  lineId,
});

describe('recalculations', () => {
  it('go their way and no other', () => {
    const legal = Object.entries(recalculationTransitions).flatMap(([action, { from, to }]) =>
      recalculationState.options.flatMap((state) => (state === from ? [`${action}: ${state} -> ${to}`] : [])),
    );
    expect(legal).toEqual([
      'compute: COMPUTING -> PROPOSED',
      'approve: PROPOSED -> BOOKING',
      'reject: PROPOSED -> REJECTED',
      'finish: BOOKING -> BOOKED',
    ]);
    for (const state of recalculationState.options) {
      for (const action of ['approve', 'reject'] as const)
        expect(decisionRefusal(action, { ...run, state }, 'checker')?.code).toBe(state === 'PROPOSED' ? undefined : 'wrong_state');
    }
  });

  it('inv 40: are decided on neither by who proposed them nor by who wrote the plan', () => {
    expect(decisionRefusal('approve', run, 'maker')).toMatchObject({ code: 'same_person' });
    expect(decisionRefusal('reject', run, 'author')).toMatchObject({ code: 'same_person' });
    expect(decisionRefusal('approve', { ...run, hasMoved: true }, 'checker')).toMatchObject({ code: 'books_moved' });
    expect(decisionRefusal('reject', { ...run, hasMoved: true }, 'checker')).toBeNull();
  });

  it('compare per order line, role and partner: more, less, somebody else', () => {
    const booked = [
      share(1, 'store', 'S1', 100, 'l1'),
      share(1, 'leader', 'L1', 20, 'l2'),
      share(2, 'store', 'S1', 7, 'l3'),
      share(1, 'store', 'S1', 5),
    ];
    const expected = [share(1, 'store', 'S1', 120), share(1, 'leader', 'L2', 20), share(2, 'store', 'S1', 7)];
    expect(differencesOf(expected, booked)).toEqual([
      { lineNo: 1, role: 'leader', partnerId: 'L1', lineId: 'l2', expectedMinor: 0, bookedMinor: 20, differenceMinor: -20 },
      { lineNo: 1, role: 'leader', partnerId: 'L2', lineId: null, expectedMinor: 20, bookedMinor: 0, differenceMinor: 20 },
      { lineNo: 1, role: 'store', partnerId: 'S1', lineId: 'l1', expectedMinor: 120, bookedMinor: 105, differenceMinor: 15 },
    ]);
    expect(differencesOf(expected, expected)).toEqual([]);
  });

  it('inv 19: count refunds cumulatively', () => {
    expect([0, 1, 5_000, 9_999, 10_000].map((refunded) => netOfRefunds(333, 10_000, refunded))).toEqual([333, 333, 167, 1, 0]);
    expect(netOfRefunds(0, 0, 0)).toBe(0);
  });
});
