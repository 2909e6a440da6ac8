import { idIn, namedId, type Operator } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import type { AdjustmentInput } from '@concentric/contracts';
import { AdjustmentService } from '../src/adjustment/adjustment.service';
import { ReviewService } from '../src/statement/review.service';
import { expectBooksInOrder } from './books.fixture';
import { brandId, DAY, day, distribution, order, person, refund, type Distribution } from './distribution.fixture';

const network = [
  { code: 'D1', type: 'distributor' as const, name: 'North' },
  { code: 'S1', type: 'store' as const, name: 'One', parentCode: 'D1' },
];
const rules = [{ role: 'store', recipient: { from: 'store' as const }, ratePpm: 100_000 }];
const partnerId = (code: string) => namedId(`partner/${brandId}/${code}`);
const [maker, checker] = [person('maker'), person('checker')];
const S1 = partnerId('S1');

describe.each(databases())('adjustments, on $name', (db) => {
  let world: Distribution;
  const begin = async (settings: Parameters<typeof distribution>[1] = {}) => {
    world = await distribution(db, settings);
    await world.partners(...network);
    await world.plan({ rules });
  };
  afterEach(async () => {
    await expectBooksInOrder(world);
    await world.close();
  });
  const propose = (input: Partial<AdjustmentInput> & { amountMinor: number }, who: Operator = maker) =>
    world.within((tx) =>
      world.get(AdjustmentService).propose(tx, brandId, { partnerId: S1, kind: 'adjust', reason: 'promised by letter', ...input }, who),
    );
  const decide = (id: string, who: Operator = checker, approve = true) =>
    world.get(AdjustmentService).decide(brandId, id, approve, 'seen the letter', who);
  const figures = async () =>
    (
      await world.rows<Record<string, unknown>>(
        'SELECT period_id, adjusted_minor, written_off_minor, carried_in_minor, net_minor, closing_minor, outcome FROM statement ORDER BY period_id',
      )
    ).map((row) => Object.values(row).map(String).join(' '));
  const january = async () => {
    const a = order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' });
    await world.buy(a);
    await world.through(20);
    return a;
  };

  it('inv 33, 40: is proposed by one and booked by another in the open period, once, and names the period it corrects', async () => {
    await begin();
    await january();
    await world.through(31);
    const { id, state } = await propose({ amountMinor: 250, originPeriod: '2026-01' });
    expect(state).toBe('PROPOSED');
    await expect(decide(id, maker)).rejects.toMatchObject({ code: 'same_person' });
    const decided = await Promise.allSettled(Array.from({ length: 8 }, (_, index) => decide(id, person(`checker ${index}`))));
    expect(decided.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(new Set(decided.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : [])))).toEqual(
      new Set([expect.stringMatching(/wrong_state|changed_meanwhile/)]),
    );
    const rejected = await propose({ amountMinor: -70, reason: 'by mistake' });
    expect(await decide(rejected.id, checker, false)).toMatchObject({ state: 'REJECTED', txnId: null, period: null });
    const taken = await propose({ amountMinor: -50, reason: 'counted twice' });
    expect(await decide(taken.id)).toMatchObject({ state: 'BOOKED', period: '2026-02', originPeriod: '2026-02' });
    await world.through(59);
    expect(await figures()).toEqual(['2026-01 0 0 0 1000 1000 pay', '2026-02 200 0 0 200 1200 pay']);
    expect(await world.published('commission-adjusted')).toMatchObject([
      { partnerId: S1, originPeriod: '2026-01', amountMinor: 250 },
      { partnerId: S1, originPeriod: '2026-02', amountMinor: -50 },
    ]);
    const audit = await world.rows<{ action: string; actor_id: string; reason: string }>(
      "SELECT action, reason FROM audit_log WHERE entity_type = 'adjustment' AND entity_id = ? ORDER BY action",
      [id],
    );
    expect(audit).toEqual([
      { action: 'adjustment.booked', reason: 'seen the letter' },
      { action: 'adjustment.proposed', reason: 'promised by letter' },
    ]);
    await world.refused('ck_adjustment_four_eyes', 'UPDATE adjustment SET decided_by = proposed_by WHERE adjustment_id = ?', [idIn(id)]);
  });

  it('refuses what it cannot be about', async () => {
    await begin();
    await expect(propose({ amountMinor: 1 })).rejects.toMatchObject({ code: 'no_open_period' });
    await january();
    await expect(propose({ amountMinor: 1, partnerId: namedId('nobody') })).rejects.toMatchObject({ code: 'partner_not_found' });
    await expect(propose({ amountMinor: 1, lineId: namedId('no line') })).rejects.toMatchObject({ errors: [{ code: 'not_of_partner' }] });
    await expect(propose({ amountMinor: 1, statementId: namedId('no statement') })).rejects.toMatchObject({
      errors: [{ code: 'not_of_partner' }],
    });
    await expect(propose({ amountMinor: 1, originPeriod: '2026-02' })).rejects.toMatchObject({ errors: [{ code: 'origin_in_future' }] });
    await expect(decide(namedId('nothing'))).rejects.toMatchObject({ code: 'adjustment_not_found' });
  });

  it('inv 32: writes off what is carried for good, and no more, however many decide at once', async () => {
    await begin();
    const a = await january();
    await world.through(31);
    await world.refund(refund('r', a, day(33), 10_000));
    await world.through(59);
    expect(await figures()).toEqual(['2026-01 0 0 0 1000 1000 pay', '2026-02 0 0 0 -1000 0 carry']);
    // The January statement was never paid here, so the account stands at nothing: there is no debt to give up yet.
    await expect(propose({ kind: 'write-off', amountMinor: -1000 })).rejects.toMatchObject({ code: 'write_off_beyond_carried' });
    const statements = await world.statements();
    const february = statements.filter(({ period }) => period === '2026-02');
    await world.get(ReviewService).act(brandId, 'submit', february, maker);
    await world.get(ReviewService).act(brandId, 'approve', february, checker);
    await world.settled();
    world.clock.set(world.clock.now() + 7 * DAY);
    await world.settled();
    await expect(propose({ kind: 'write-off', amountMinor: -1000 })).rejects.toMatchObject({ code: 'write_off_beyond_balance' });
    const paidElsewhere = await propose({ amountMinor: -900, reason: 'paid by hand before' });
    await decide(paidElsewhere.id);
    const both = [
      await propose({ kind: 'write-off', amountMinor: -600, reason: 'store has closed' }),
      await propose({ kind: 'write-off', amountMinor: -600, reason: 'store has closed' }),
    ];
    const outcomes = await Promise.allSettled(both.map(({ id }) => decide(id)));
    expect(outcomes.map((one) => (one.status === 'fulfilled' ? 'booked' : (one.reason as { code: string }).code)).sort()).toEqual([
      'booked',
      'write_off_beyond_carried',
    ]);
    await world.through(92);
    expect((await figures()).slice(2)).toEqual(['2026-03 -900 -600 -1000 -1300 -300 carry']);
  });

  it('inv 32: a leftover that a refund has taken since cannot be written off too, whatever else is owed', async () => {
    await begin({ minimumPayoutMinor: 100 });
    await world.buy(order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' }));
    await world.through(31);
    const b = order('b', day(33), null, { netMinor: 500, storeCode: 'S1' });
    await world.buy(b);
    await world.through(59);
    const february = (await world.statements()).filter(({ period }) => period === '2026-02');
    await world.get(ReviewService).act(brandId, 'submit', february, maker);
    await world.get(ReviewService).act(brandId, 'approve', february, checker);
    await world.settled();
    world.clock.set(world.clock.now() + 7 * DAY);
    await world.settled();
    expect((await world.statements()).map(({ period, state, net }) => `${period} ${state} ${net}`)).toEqual([
      '2026-01 DRAFT 1000',
      '2026-02 CARRIED 50',
    ]);
    await world.refund(refund('r', b, day(61), 300));
    await world.through(62);
    await expect(propose({ kind: 'write-off', amountMinor: 21 })).rejects.toMatchObject({ code: 'write_off_beyond_left' });
    await decide((await propose({ kind: 'write-off', amountMinor: 20 })).id);
    await world.through(92);
    expect((await figures()).at(-1)).toBe('2026-03 0 20 50 0 1000 carry');
  });
});
