import { idIn, namedId, type Operator } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import { CommissionLineRepository } from '../src/commission/commission-line.repository';
import { LineHoldService } from '../src/commission/line-hold.service';
import { WhyService } from '../src/commission/why.service';
import { HeldDecisions } from '../src/purchase/held-decision.service';
import { HeldRefunds } from '../src/purchase/held-refund.service';
import { HeldRefundVoid } from '../src/purchase/held-refund-void.service';
import { HeldPurchaseList } from '../src/purchase/held-purchase-list.repository';
import { expectBooksInOrder } from './books.fixture';
import { brandId, day, distribution, HOUR, order, person, personOf, refund, type Distribution } from './distribution.fixture';

const rules = [{ role: 'store', recipient: { from: 'store' as const }, ratePpm: 100_000 }];
const [maker, checker] = [person('maker'), person('checker')];

describe.each(databases())('what is held back, on $name', (db) => {
  let world: Distribution;
  const begin = async (settings: Parameters<typeof distribution>[1] = {}) => {
    world = await distribution(db, settings);
    await world.partners({ code: 'S1', type: 'store', name: 'One' });
    await world.plan({ rules });
  };
  afterEach(async () => {
    await expectBooksInOrder(world);
    await world.close();
  });
  const propose = (orderId: string, action: 'void' | 'accept', who: Operator = maker) =>
    world.get(HeldDecisions).propose(brandId, orderId, action, 'the customer was promised', who);
  const decide = (orderId: string, action: 'void' | 'accept', approve: boolean, who: Operator = checker) =>
    world.get(HeldDecisions).decide(brandId, orderId, { action, approve, reason: 'seen' }, who);
  const held = async () => (await world.get(HeldPurchaseList).page(brandId, { limit: 50 })).data;
  const purchases = () =>
    world
      .rows('SELECT external_id, state FROM purchase ORDER BY external_id')
      .then((rows) => rows.map((row) => Object.values(row).join(' ')));

  it('inv 6, 40: an order beyond its budget is accepted by two people, as of its own moment, and says who let it pass', async () => {
    await begin();
    // The goods cost nearly all of the price: the share of the store would eat more than the margin.
    const a = order('a', day(1), null, { netMinor: 10_000, costMinor: 9_500, storeCode: 'S1' });
    await world.buy(a);
    await world.through(2);
    expect(await held()).toEqual([
      expect.objectContaining({ externalId: 'a', reason: 'budget_exceeded', remedy: expect.stringMatching(/accept/), proposal: null }),
    ]);
    await expect(decide(a.orderId, 'accept', true)).rejects.toMatchObject({ code: 'nothing_proposed' });
    await propose(a.orderId, 'accept');
    expect((await held())[0]!.proposal).toMatchObject({ action: 'accept', reason: 'the customer was promised', proposedBy: maker.id });
    await expect(propose(a.orderId, 'void')).rejects.toMatchObject({ code: 'proposed_already' });
    await expect(decide(a.orderId, 'void', true)).rejects.toMatchObject({ code: 'changed_meanwhile' });
    await expect(decide(a.orderId, 'accept', true, maker)).rejects.toMatchObject({ code: 'same_person' });
    await decide(a.orderId, 'accept', false);
    expect(await purchases()).toEqual(['a HELD']);
    await propose(a.orderId, 'accept');
    const decided = await Promise.allSettled([decide(a.orderId, 'accept', true), decide(a.orderId, 'accept', true, person('another'))]);
    expect(decided.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await world.settled();
    expect(await purchases()).toEqual(['a DECIDED']);
    expect(await world.rows('SELECT amount_minor, origin_date FROM commission_line')).toEqual([
      { amount_minor: expect.anything(), origin_date: '2026-01-02' },
    ]);
    expect(await world.rows('SELECT order_id FROM purchase WHERE budget_waived_by IS NOT NULL')).toHaveLength(1);
    await expect(world.within((tx) => tx.query('UPDATE held_proposal SET decided_by = proposed_by'))).rejects.toThrow(
      /ck_held_proposal_four_eyes|CONSTRAINT/i,
    );
  });

  it('an order that never can be decided becomes void by two people, with its refunds, and nothing is posted', async () => {
    await begin();
    const a = order('a', day(1), null, { netMinor: 10_000, storeCode: 'S9' });
    await world.buy(a);
    await world.refund(refund('r1', a, day(1) + HOUR, 4_000));
    await world.through(2);
    await expect(propose(a.orderId, 'accept')).rejects.toMatchObject({ code: 'not_acceptable' });
    await expect(propose(namedId('nothing'), 'void')).rejects.toMatchObject({ code: 'order_not_found' });
    await propose(a.orderId, 'void');
    await decide(a.orderId, 'void', true);
    await world.refund(refund('r2', a, day(2), 6_000));
    await world.partners({ code: 'S9', type: 'store', name: 'Nine' });
    await world.through(31);
    expect(await purchases()).toEqual(['a VOID']);
    expect(await held()).toEqual([]);
    expect(await world.rows('SELECT DISTINCT state FROM refund')).toEqual([{ state: 'VOID' }]);
    expect(await world.rows('SELECT txn_id FROM ledger_txn')).toEqual([]);
    await expect(propose(a.orderId, 'void')).rejects.toMatchObject({ code: 'order_not_held' });
    const audit = await world.rows<{ action: string }>("SELECT action FROM audit_log WHERE entity_type = 'order' ORDER BY at, id");
    expect(audit.map(({ action }) => action)).toEqual(['order.void_proposed', 'order.voided']);
  });

  const heldRefunds = async () =>
    (await world.get(HeldRefunds).page(brandId, { limit: 50 })).data.map(({ amountMinor, reason, orderExternalId }) => ({
      amountMinor,
      reason,
      orderExternalId,
    }));

  it('inv 18: more than was paid for a line is held, whole, whether or not the line earned anybody anything', async () => {
    await begin();
    const a = order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' }, { netMinor: 500 });
    await world.buy(a);
    const unknownLine = { ...refund('r4', a, day(5), 0, 0, 1), lines: [{ lineNo: 3, amountMinor: 1 }] };
    await world.refund(
      refund('r1', a, day(2), 1_000, 400),
      refund('r2', a, day(3), 1_000, 101),
      refund('r3', a, day(4), 0, 100),
      unknownLine,
      refund('r5', a, day(6), 9_001),
    );
    await world.through(7);
    expect(await heldRefunds()).toEqual([
      { amountMinor: 1_101, reason: 'exceeds_paid', orderExternalId: 'a' },
      { amountMinor: 1, reason: 'exceeds_paid', orderExternalId: 'a' },
      { amountMinor: 9_001, reason: 'exceeds_paid', orderExternalId: 'a' },
    ]);
    expect(await world.get(HeldRefunds).count()).toEqual(new Map([['exceeds_paid', 3]]));
    const [state] = await world.rows('SELECT earned_minor, reversed_minor, refunded_minor FROM commission_state');
    expect(Object.values(state!).map(Number)).toEqual([1_000, 100, 1_000]);
    const retry = (name: string) => world.get(HeldRefunds).retry(brandId, namedId(`refund/${name}`), 'looked into', maker);
    await retry('r2');
    await expect(retry('r1')).rejects.toMatchObject({ code: 'refund_not_held', status: 409 });
    await world.settled();
    expect(await heldRefunds()).toHaveLength(3);
  });

  it('keeps what an order earned from maturing while a refund of it is held, which two people may leave out (inv 40, 41)', async () => {
    await begin({ holdingDays: 3 });
    const [a, b] = [
      order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' }, { netMinor: 700, storeCode: 'S1' }),
      order('b', day(1), null, { netMinor: 5_000, storeCode: 'S1' }),
    ];
    await world.buy(a, b);
    await world.refund(refund('r1', a, day(2), 10_001));
    await world.through(8);
    const states = async () =>
      (
        await world.rows(
          'SELECT p.external_id, s.state FROM commission_state s JOIN commission_line c ON c.line_id = s.line_id JOIN purchase p ON p.order_id = c.order_id ORDER BY 1, c.line_no',
        )
      ).map((row) => Object.values(row).join(' '));
    expect(await states()).toEqual(['a ACCRUED', 'a ACCRUED', 'b MATURED']);

    const voids = world.get(HeldRefundVoid);
    const id = namedId('refund/r1');
    await expect(voids.decide(brandId, id, true, 'seen', checker)).rejects.toMatchObject({ code: 'nothing_proposed', status: 409 });
    await expect(voids.propose(brandId, namedId('nothing'), 'why', maker)).rejects.toMatchObject({ code: 'refund_not_found' });
    const owner = person('owner of S1');
    await world.ownedBy('S1', owner);
    await expect(voids.propose(brandId, id, 'mine', owner)).rejects.toMatchObject({ code: 'own_partner', status: 403 });
    const proposing = await Promise.allSettled(
      Array.from({ length: 4 }, () => voids.propose(brandId, id, 'typed twice at the till', maker)),
    );
    expect(proposing.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await world.get(HeldRefunds).page(brandId, { limit: 5 })).toMatchObject({
      data: [{ voidProposedBy: maker.id, voidReason: 'typed twice at the till' }],
    });
    await expect(voids.decide(brandId, id, true, 'mine', maker)).rejects.toMatchObject({ code: 'same_person', status: 403 });
    await voids.decide(brandId, id, false, 'ask the till first', checker);
    await voids.propose(brandId, id, 'the till confirms it', maker);
    await world.refused('ck_refund_void_four_eyes', "UPDATE refund SET state = 'VOID', void_decided_by = void_proposed_by");
    const deciding = await Promise.allSettled(['one', 'two', 'three'].map((name) => voids.decide(brandId, id, true, 'seen', person(name))));
    expect(deciding.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await world.through(9);
    expect(await states()).toEqual(['a MATURED', 'a MATURED', 'b MATURED']);
    expect(await heldRefunds()).toEqual([]);
    expect((await world.audited('refund', id)).map((entry) => entry.split(' ')[0])).toEqual([
      'refund.void_proposed',
      'refund.void_refused',
      'refund.void_proposed',
      'refund.voided',
    ]);
    expect(await world.rows('SELECT reversed_minor FROM commission_state WHERE reversed_minor <> 0')).toEqual([]);
  });

  it('inv 17: a refund that has waited too long for its order is listed and counted, and still taken back when the order lands', async () => {
    await begin();
    const a = order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' });
    await world.refund(refund('r1', a, day(1), 4_000));
    await world.through(2);
    expect(await heldRefunds()).toEqual([]);
    await world.through(5);
    expect(await heldRefunds()).toEqual([{ amountMinor: 4_000, reason: 'order_unknown', orderExternalId: null }]);
    expect(await world.get(HeldRefunds).count()).toEqual(new Map([['order_unknown', 1]]));
    await world.buy(a);
    await world.through(6);
    expect(await heldRefunds()).toEqual([]);
    expect(await world.rows('SELECT state FROM refund')).toEqual([{ state: 'APPLIED' }]);
  });

  const explained = async (id: string, who: Operator) => (await world.get(WhyService).explain(brandId, id, who)).line.holdReason;
  const linesOf = async (who: Operator, query: object) =>
    (await world.get(CommissionLineRepository).list(brandId, { limit: 50, sort: 'occurredAt', ...query }, who)).data;

  it('keeps a line from maturing while it is on hold, and still takes back what is refunded', async () => {
    await begin({ holdingDays: 3 });
    const [a, b] = [
      order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' }),
      order('b', day(1), null, { netMinor: 5_000, storeCode: 'S1' }),
    ];
    await world.buy(a, b);
    await world.through(2);
    const lineOf = async (orderId: string) => (await linesOf(maker, { orderId })).find(({ kind }) => kind === 'EARN')!;
    const act = async (of: typeof a, action: 'hold' | 'release') =>
      world.get(LineHoldService).act(brandId, (await lineOf(of.orderId)).id, action, 'looks like a self-purchase', maker);
    await act(a, 'hold');
    await expect(act(a, 'hold')).rejects.toMatchObject({ code: 'line_held_already' });
    await expect(act(b, 'release')).rejects.toMatchObject({ code: 'line_not_held' });
    await world.refund(refund('r', a, day(4), 1_000));
    await world.through(10);
    expect(await lineOf(a.orderId)).toMatchObject({ state: 'ACCRUED', holdReason: 'looks like a self-purchase', reversedMinor: 100 });
    expect(await lineOf(b.orderId)).toMatchObject({ state: 'MATURED', holdReason: null });
    await expect(act(b, 'hold')).rejects.toMatchObject({ code: 'line_matured' });
    await act(a, 'release');
    await world.through(12);
    expect(await lineOf(a.orderId)).toMatchObject({ state: 'MATURED', holdReason: null });
    expect(await world.rows('SELECT state FROM commission_state WHERE matured_period IS NULL')).toEqual([]);
    await expect(world.get(LineHoldService).act(brandId, namedId('nothing'), 'hold', 'why', maker)).rejects.toMatchObject({
      code: 'commission_line_not_found',
    });
    expect(
      await world.rows("SELECT action FROM audit_log WHERE entity_type = 'commission_line' AND entity_id = ?", [
        (await lineOf(a.orderId)).id,
      ]),
    ).toHaveLength(2);
  });

  it('lists the lines that are on hold, with why, for who sees the whole brand, until they are released or nothing is left of them', async () => {
    await begin({ holdingDays: 3 });
    await world.knowNetwork();
    const orders = ['a', 'b', 'c'].map((name, index) => order(name, day(1) + index, null, { netMinor: 10_000, storeCode: 'S1' }));
    await world.buy(...orders);
    await world.through(1);
    const [a, b, c] = (await linesOf(maker, {})).map(({ id }) => id) as [string, string, string];
    const act = (id: string, action: 'hold' | 'release') =>
      world.get(LineHoldService).act(brandId, id, action, `about ${id}`, action === 'hold' ? maker : checker);
    for (const id of [c, a]) await act(id, 'hold');
    await world.refund(refund('some', orders[0]!, day(2), 1_000), refund('all', orders[2]!, day(2), 10_000));
    const held = async (who: Operator, query: object = {}) =>
      (await linesOf(who, { held: 'true', ...query })).map(({ id, holdReason }) => [id, holdReason]);
    const both = [
      [a, `about ${a}`],
      [c, `about ${c}`],
    ];
    expect([await held(maker), await held(maker, { sort: '-id' })]).toEqual([both, [...both].sort(([x], [y]) => (x! < y! ? 1 : -1))]);
    expect(await held(maker, { partnerId: namedId('nobody') })).toEqual([]);
    await world.through(10);
    expect([await held(maker), await held(maker, { state: 'MATURED' })]).toEqual([[[a, `about ${a}`]], []]);
    const own = await held(personOf('S1'));
    expect(own.map(([, why]) => why)).toEqual([null, null, null, null, null]);
    expect([await explained(a, maker), await explained(a, personOf('S1'))]).toEqual([`about ${a}`, null]);
    expect(own.map(([id]) => id)).toEqual(expect.arrayContaining([a, b, c]));
    await act(a, 'release');
    expect(await held(maker)).toEqual([]);
    expect(await world.rows('SELECT held_by, held_at FROM line_hold')).toEqual([{ held_by: idIn(maker.id), held_at: expect.anything() }]);
    expect(await world.audited('commission_line', a)).toEqual([
      `line.held ${maker.id}: about ${a}`,
      `line.released ${checker.id}: about ${a}`,
    ]);
    await act(c, 'release');
    expect(await world.rows('SELECT line_id FROM line_hold')).toEqual([]);
  });
});
