import { idIn, namedId, type Operator } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import { AdjustmentService } from '../src/adjustment/adjustment.service';
import { WhyStatementService } from '../src/commission/why-statement.service';
import { FindingRepository } from '../src/finding/finding.repository';
import { PartnerPersonService } from '../src/finding/partner-person.service';
import { PayeeService } from '../src/payee/payee.service';
import { DisputeService } from '../src/statement/dispute.service';
import { PayoutBlockService } from '../src/statement/payout-block.service';
import { ReviewService } from '../src/statement/review.service';
import { StatementAnswerService } from '../src/statement/statement-answer.service';
import { StatementListRepository } from '../src/statement/statement-list.repository';
import { StatementVoidService } from '../src/statement/statement-void.service';
import { SettingService } from '../src/setting/setting.service';
import { SettlementService } from '../src/settlement/settlement.service';
import { expectBooksInOrder } from './books.fixture';
import { brandId, DAY, day, distribution, order, person, refund, type Distribution } from './distribution.fixture';
import { payableWorld } from './payout.fixture';

const network = [
  { code: 'D1', type: 'distributor' as const, name: 'North' },
  { code: 'S1', type: 'store' as const, name: 'One', parentCode: 'D1' },
  { code: 'S2', type: 'store' as const, name: 'Two', parentCode: 'D1' },
];
const rules = [
  { role: 'store', recipient: { from: 'store' as const }, ratePpm: 100_000 },
  { role: 'distributor', recipient: { from: 'store' as const, climbTo: 'distributor' as const }, ratePpm: 20_000 },
];
const partnerId = (code: string) => namedId(`partner/${brandId}/${code}`);
const partner = (code: string): Operator => ({ ...person(`partner ${code}`), scope: { kind: 'partner', partnerId: partnerId(code) } });
const [maker, checker, third] = [person('maker'), person('checker'), person('third')];

describe.each(databases())('the life of statements, on $name', (db) => {
  let world: Distribution;
  const approved = async (
    settings: Parameters<typeof distribution>[1] = {},
    first = order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' }),
  ) => {
    world = await distribution(db, settings);
    await world.partners(...network);
    await world.knowNetwork();
    await world.plan({ rules });
    await world.buy(first, order('b', day(2), null, { netMinor: 5_000, storeCode: 'S2' }));
    await world.through(31);
    const all = await world.statements();
    await review('submit', maker, all);
    await review('approve', checker, all);
    await world.settled();
  };
  afterEach(async () => {
    await expectBooksInOrder(world);
    await world.close();
  });
  const review = (action: 'submit' | 'approve' | 'reject', who: Operator, items: { statementId: string; fingerprint: string }[]) =>
    world.get(ReviewService).act(
      brandId,
      action,
      items.map(({ statementId, fingerprint }) => ({ statementId, fingerprint })),
      who,
    );
  const states = async () => (await world.statements()).map(({ code, state }) => `${code} ${state}`);
  const idOf = async (code: string) => (await world.statements()).find((one) => one.code === code)!.statementId;
  const waits = async () => {
    const { data } = await world.get(StatementListRepository).list(brandId, { limit: 50 }, maker);
    return Object.fromEntries(data.map(({ partnerCode, waitingFor }) => [partnerCode, waitingFor]));
  };
  const waitingFor = async (wait: 'payee' | 'partner_blocked', state: 'CONFIRMED' | 'PAYABLE' = 'CONFIRMED') => {
    const { data } = await world.get(StatementListRepository).list(brandId, { limit: 50, state, waitingFor: wait }, maker);
    return data.map(({ partnerCode }) => partnerCode).sort();
  };
  const givePayee = async (code: string) => {
    const { id } = await world
      .get(PayeeService)
      .propose(
        brandId,
        partnerId(code),
        { currency: 'CNY', holder: code, account: '6222020200112233445', bankId: '102100099996', reason: 'first account' },
        maker,
      );
    await world.get(PayeeService).decideOne(brandId, id, true, 'letter checked', checker);
  };
  const confirm = async (code: string, who: Operator) => world.get(StatementAnswerService).confirm(brandId, await idOf(code), who);

  it('publishes what is approved, confirms when the window has passed, carries what pays nothing and waits for a payee', async () => {
    await approved({ minimumPayoutMinor: 400 });
    expect(await states()).toEqual(['D1 PUBLISHED', 'S1 PUBLISHED', 'S2 PUBLISHED']);
    world.clock.set(world.clock.now() + 7 * DAY - 1);
    await world.settled();
    expect(await states()).toEqual(['D1 PUBLISHED', 'S1 PUBLISHED', 'S2 PUBLISHED']);
    world.clock.set(world.clock.now() + 1);
    await world.settled();
    expect(await states()).toEqual(['D1 CARRIED', 'S1 CONFIRMED', 'S2 CONFIRMED']);
    expect(await waits()).toEqual({ D1: null, S1: 'payee', S2: 'payee' });
    expect(await waitingFor('payee')).toEqual(['S1', 'S2']);
    expect(await waitingFor('partner_blocked')).toEqual([]);
    await givePayee('S1');
    await world.settled();
    expect(await states()).toEqual(['D1 CARRIED', 'S1 PAYABLE', 'S2 CONFIRMED']);
    expect(await world.audited('statement', await idOf('S1'))).toEqual([
      'statement.built system: settlement of 2026-01',
      `statement.submitted ${maker.id}: submitted as shown`,
      `statement.approved ${checker.id}: approved as shown`,
      'statement.published system: approved',
      'statement.confirmed system: nobody disputed it within the window',
      'statement.released system: payee details are approved, and the partner is not blocked',
    ]);
    expect((await world.audited('statement', await idOf('D1'))).at(-1)).toBe(
      'statement.carried system: pays nothing: below the minimum, or nothing is owed',
    );
  });

  it('inv 32, 40: approves what an earlier statement left over only after that one, or with it', async () => {
    world = await distribution(db, { minimumPayoutMinor: 400 });
    await world.partners(...network);
    await world.plan({ rules });
    await world.buy(order('a', day(1), null, { netMinor: 3_000, storeCode: 'S1' }));
    await world.through(31);
    await world.buy(
      order('b', day(35), null, { netMinor: 2_000, storeCode: 'S1' }),
      order('c', day(36), null, { netMinor: 9_000, storeCode: 'S2' }),
    );
    await world.through(59);
    await world.buy(order('d', day(62), null, { netMinor: 10_000, storeCode: 'S1' }));
    await world.through(90);
    const all = await world.statements();
    expect(all.map(({ code, period }) => `${code} ${period}`).sort()).toEqual([
      ...['D1 2026-01', 'D1 2026-02', 'D1 2026-03', 'S1 2026-01', 'S1 2026-02', 'S1 2026-03', 'S2 2026-02'],
    ]);
    await review('submit', maker, all);
    const of = (month: string) => all.filter(({ period }) => period === month);
    // Only the statement directly before counts: S1 was to be paid in February, D1 was not.
    expect(await review('approve', checker, of('2026-03'))).toMatchObject({ done: 1, refused: [{ code: 'carries_unapproved' }] });
    expect(await review('approve', checker, of('2026-02'))).toMatchObject({
      done: 1,
      refused: [{ code: 'carries_unapproved' }, { code: 'carries_unapproved' }],
    });
    // Nor while the earlier one is parked, which nobody can approve.
    const put = (state: string, from: string) =>
      world.within((tx) => tx.query("UPDATE statement SET state = ? WHERE period_id = '2026-01' AND state = ?", [state, from]));
    await put('PARKED', 'IN_REVIEW');
    expect((await review('approve', checker, of('2026-02'))).refused.map(({ code }) => code).sort()).toEqual([
      'carries_unapproved',
      'carries_unapproved',
      'wrong_state',
    ]);
    await put('IN_REVIEW', 'PARKED');
    expect((await review('approve', checker, [...all].reverse())).refused.map(({ code }) => code)).toEqual(['wrong_state', 'wrong_state']);
    await world.settled();
    expect(new Set((await world.statements()).map(({ state }) => state))).toEqual(new Set(['PUBLISHED']));
  });

  it('notes when the partner first opened what was published', async () => {
    await approved();
    const seen = () => world.rows<{ seen_at: unknown }>('SELECT seen_at FROM statement ORDER BY partner_code');
    expect(await seen()).toEqual([{ seen_at: null }, { seen_at: null }, { seen_at: null }]);
    const s1 = await idOf('S1');
    const see = (who: Operator) => world.get(StatementAnswerService).see(brandId, s1, who);
    await expect(see(partner('D1'))).rejects.toMatchObject({ code: 'not_your_statement' });
    await expect(see(maker)).rejects.toMatchObject({ code: 'not_your_statement' });
    await expect(see(partner('S2'))).rejects.toMatchObject({ code: 'statement_not_found' });
    await see(partner('S1'));
    const first = await seen();
    const shown = async (who: Operator) => (await world.get(StatementListRepository).find(brandId, s1, who)).seenAt;
    expect(await Promise.all([shown(partner('S1')), shown(maker), shown(partner('D1'))])).toEqual([
      expect.any(String),
      expect.any(String),
      null,
    ]);
    expect(first.map(({ seen_at: at }) => at === null)).toEqual([true, false, true]);
    world.clock.set(world.clock.now() + DAY);
    await see(partner('S1'));
    expect(await seen()).toEqual(first);
    expect((await world.audited('statement', s1)).filter((entry) => entry.startsWith('statement.seen'))).toHaveLength(1);
  });

  it('lets a partner confirm its own statement early, and nobody else for it', async () => {
    await approved();
    await givePayee('S1');
    await expect(confirm('S1', partner('D1'))).rejects.toMatchObject({ code: 'not_your_statement' });
    await expect(confirm('S1', maker)).rejects.toMatchObject({ code: 'not_your_statement' });
    await expect(confirm('S1', partner('S2'))).rejects.toMatchObject({ code: 'statement_not_found' });
    await confirm('S1', partner('S1'));
    await world.settled();
    expect(await states()).toEqual(['D1 PUBLISHED', 'S1 PAYABLE', 'S2 PUBLISHED']);
    await expect(confirm('S1', partner('S1'))).rejects.toMatchObject({ code: 'wrong_state' });
    await expect(world.get(StatementAnswerService).confirm(brandId, namedId('nothing'), partner('S1'))).rejects.toMatchObject({
      code: 'statement_not_found',
    });
  });

  it('keeps a blocked partner from being paid until the block is lifted', async () => {
    await approved();
    const blocks = world.get(PayoutBlockService);
    await givePayee('S1');
    await blocks.block(brandId, partnerId('S1'), 'under investigation', maker);
    await expect(blocks.block(brandId, partnerId('S1'), 'twice', maker)).rejects.toMatchObject({ code: 'partner_blocked_already' });
    await expect(blocks.block(brandId, namedId('nobody'), 'who', maker)).rejects.toMatchObject({ code: 'partner_not_found' });
    await confirm('S1', partner('S1'));
    await world.settled();
    expect(await waits()).toMatchObject({ S1: 'partner_blocked' });
    expect(await waitingFor('partner_blocked')).toEqual(['S1']);
    await blocks.unblock(brandId, partnerId('S1'), 'cleared', maker);
    await expect(blocks.unblock(brandId, partnerId('S1'), 'twice', maker)).rejects.toMatchObject({ code: 'partner_not_blocked' });
    await world.settled();
    expect(await states()).toEqual(['D1 PUBLISHED', 'S1 PAYABLE', 'S2 PUBLISHED']);
    expect(await waits()).toMatchObject({ S1: null });
    await blocks.block(brandId, partnerId('S1'), 'under investigation again', maker);
    await world.settled();
    expect(await states()).toEqual(['D1 PUBLISHED', 'S1 PAYABLE', 'S2 PUBLISHED']);
    expect(await waits()).toMatchObject({ S1: 'partner_blocked', S2: null });
    expect(await waitingFor('partner_blocked', 'PAYABLE')).toEqual(['S1']);
  });

  it('inv 29, 31, 32: leaves what a partner still blocked was to be paid to its next statement, which nets it with what was taken back', async () => {
    const a = order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' });
    await approved({}, a);
    const blocks = world.get(PayoutBlockService);
    for (const code of ['S1', 'S2', 'D1']) await blocks.block(brandId, partnerId(code), 'under investigation', maker);
    for (const code of ['S1', 'S2']) await givePayee(code);
    await confirm('S1', partner('S1'));
    await world.settled();
    await world.refund(refund('r', a, day(33), 9_000));
    await world.through(59);
    const [january, february] = ['2026-01', '2026-02'];
    const list = async (outcome?: 'pay' | 'carry') =>
      (await world.get(StatementListRepository).list(brandId, { limit: 50, ...(outcome ? { outcome } : {}) }, maker)).data.filter(
        ({ partnerCode }) => partnerCode !== 'D1',
      );
    const told = async (outcome?: 'pay' | 'carry') =>
      (await list(outcome))
        .map((row) => [row.period, row.partnerCode, row.state, row.carriedInMinor, row.netMinor, row.carriedInto].join(' '))
        .sort();
    // Nothing happened to S2 in February: there is no statement that could take it in.
    const waits = `${january} S2 CONFIRMED 0 500 `;
    const carried = `${january} S1 CARRIED 0 1000 ${february}`;
    const next = `${february} S1 DRAFT 1000 100 `;
    expect(await told()).toEqual([carried, waits, next]);
    expect(await told('pay')).toEqual([waits, next]);
    expect(await told('carry')).toEqual([carried]);
    const [first, second] = (await list())
      .filter(({ partnerCode }) => partnerCode === 'S1')
      .toSorted((x, y) => (x.period < y.period ? -1 : 1));
    expect((await world.audited('statement', first!.id)).at(-1)).toBe(
      `statement.carried system: the partner is blocked: taken into the statement of ${february}`,
    );
    const { parts, carriedFrom } = await world.get(WhyStatementService).explain(brandId, second!.id, maker);
    expect(parts[0]).toEqual({ figure: 'carriedIn', figureMinor: 1_000, documentsMinor: 1_000, documents: 1 });
    expect(carriedFrom).toEqual([{ id: first!.id, period: january, state: 'CARRIED', netMinor: 1_000, wasBlocked: true }]);
    for (const code of ['S1', 'S2']) await blocks.unblock(brandId, partnerId(code), 'cleared', maker);
    await world.settled();
    // Built again it says the same, whether or not the partner is blocked by now.
    const [draft] = await world.within((tx) => world.get(SettlementService).drafts(tx, brandId, february!, [partnerId('S1')]));
    expect(draft).toMatchObject({ statementId: second!.id, figures: { fingerprint: second!.fingerprint } });
    expect(await told('pay')).toEqual([waits.replace('CONFIRMED', 'PAYABLE'), next]);
  });

  it('inv 40: asks for a second checker above the limit, who is neither the maker nor the first', async () => {
    world = await distribution(db, { secondApprovalAboveMinor: 500 });
    await world.partners(...network);
    await world.plan({ rules });
    await world.buy(
      order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' }),
      order('b', day(2), null, { netMinor: 5_000, storeCode: 'S2' }),
    );
    await world.through(31);
    const all = await world.statements();
    await review('submit', maker, all);
    expect(await review('approve', checker, all)).toEqual({ done: 3, refused: [] });
    await world.settled();
    expect(await states()).toEqual(['D1 PUBLISHED', 'S1 IN_REVIEW', 'S2 PUBLISHED']);
    const s1 = all.filter(({ code }) => code === 'S1');
    expect(await review('approve', checker, s1)).toMatchObject({ refused: [{ code: 'approved_already' }] });
    expect(await review('approve', maker, s1)).toMatchObject({ refused: [{ code: 'same_person' }] });
    const both = await Promise.all([review('approve', third, s1), review('approve', person('fourth'), s1)]);
    expect(both[0].done + both[1].done).toBe(1);
    await world.settled();
    expect(await states()).toEqual(['D1 PUBLISHED', 'S1 PUBLISHED', 'S2 PUBLISHED']);
    // What is registered about a partner takes a first approval back, which knew nothing of it, and the log says so (inv 41).
    await world.buy(order('c', day(33), null, { netMinor: 10_000, storeCode: 'S1' }));
    await world.through(59);
    const february = (await world.statements()).filter(({ code, period }) => code === 'S1' && period === '2026-02');
    await review('submit', maker, february);
    await review('approve', checker, february);
    await world.get(PartnerPersonService).save(brandId, partnerId('S1'), namedId('customer/kim'), 'shows a card', maker);
    expect((await world.audited('statement', february[0]!.statementId)).at(-1)).toBe(
      `statement.approval-withdrawn ${maker.id}: shows a card`,
    );
    await world.settled();
    expect(await review('approve', checker, february)).toEqual({ done: 1, refused: [] });
    expect(await world.rows("SELECT second_approved_by FROM statement WHERE state = 'IN_REVIEW'")).toEqual([{ second_approved_by: null }]);
    await world.refused(
      'ck_statement_six_eyes',
      'UPDATE statement SET second_approved_by = approved_by WHERE second_approved_by IS NOT NULL',
    );
  });

  describe('disputed', () => {
    const lineOf = async (code: string) => {
      const { data } = await world.get(WhyStatementService).linesOf(brandId, await idOf(code), { part: 'earned', limit: 50 }, maker);
      return data[0]!.id;
    };
    const open = async (code: string, who: Operator, lineId?: string) =>
      world
        .get(DisputeService)
        .open(
          brandId,
          await idOf(code),
          { items: [{ lineId: lineId ?? (await lineOf(code)), claimedMinor: 1_100 }], reason: 'the cap was lifted' },
          who,
        );
    const propose = (id: string, resolution: 'reject' | 'adjust', amountMinor?: number, who = maker) =>
      world
        .get(DisputeService)
        .propose(brandId, id, { resolution, ...(amountMinor === undefined ? {} : { amountMinor }), reason: 'checked with the store' }, who);
    const decide = (id: string, approve: boolean, who: Operator, amountMinor?: number) =>
      world.get(DisputeService).decide(
        brandId,
        id,
        {
          approve,
          reason: 'seen',
          ...(amountMinor === undefined ? { resolution: 'reject' as const } : { resolution: 'adjust' as const, amountMinor }),
        },
        who,
      );

    it('inv 34, 40: never changes the statement; two people settle it by an adjustment in the open period', async () => {
      await approved();
      await expect(open('S1', maker)).rejects.toMatchObject({ code: 'not_your_statement' });
      await expect(open('S1', partner('D1'))).rejects.toMatchObject({ code: 'not_your_statement' });
      await expect(open('S1', partner('S2'))).rejects.toMatchObject({ code: 'statement_not_found' });
      await expect(open('S1', partner('S1'), await lineOf('S2'))).rejects.toMatchObject({
        errors: [{ field: 'items[0].lineId', code: 'not_on_statement' }],
      });
      const before = (await world.statements()).map(({ code, net, fingerprint }) => `${code} ${net} ${fingerprint}`);
      const { id } = await open('S1', partner('S1'));
      expect(await states()).toEqual(['D1 PUBLISHED', 'S1 DISPUTED', 'S2 PUBLISHED']);
      await expect(open('S1', partner('S1'))).rejects.toMatchObject({ code: 'wrong_state' });
      await expect(decide(id, true, checker)).rejects.toMatchObject({ code: 'wrong_state' });
      world.clock.set(world.clock.now() + 8 * DAY);
      await world.settled();
      expect(await states()).toEqual(['D1 CONFIRMED', 'S1 DISPUTED', 'S2 CONFIRMED']);
      await world.ownedBy('S1', third);
      await expect(propose(id, 'adjust', 1, third)).rejects.toMatchObject({ code: 'own_partner' });
      await propose(id, 'reject');
      await expect(decide(id, true, third)).rejects.toMatchObject({ code: 'own_partner' });
      await expect(decide(id, true, maker)).rejects.toMatchObject({ code: 'same_person' });
      expect(await decide(id, false, checker)).toMatchObject({ state: 'OPEN', resolution: null, proposedBy: null });
      await propose(id, 'adjust', 100);
      await expect(propose(id, 'reject')).rejects.toMatchObject({ code: 'wrong_state' });
      // Of what was seen before another proposal took its place nothing is decided, either way.
      for (const approve of [true, false]) await expect(decide(id, approve, checker)).rejects.toMatchObject({ code: 'changed_meanwhile' });
      await expect(decide(id, true, checker, 99)).rejects.toMatchObject({ code: 'changed_meanwhile' });
      const decided = await Promise.allSettled(Array.from({ length: 8 }, (_, index) => decide(id, true, person(`checker ${index}`), 100)));
      expect(decided.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
      await world.settled();
      expect(await states()).toEqual(['D1 CONFIRMED', 'S1 CONFIRMED', 'S2 CONFIRMED']);
      expect((await world.statements()).map(({ code, net, fingerprint }) => `${code} ${net} ${fingerprint}`)).toEqual(before);
      expect((await world.audited('dispute', id)).slice(0, -1)).toEqual([
        `dispute.proposed ${maker.id}: checked with the store`,
        `dispute.refused ${checker.id}: seen`,
        `dispute.proposed ${maker.id}: checked with the store`,
      ]);
      expect((await world.audited('dispute', id)).at(-1)).toMatch(/^dispute\.resolved .*: seen$/);
      expect((await world.audited('statement', await idOf('S1'))).slice(4)).toEqual([
        `statement.disputed ${partner('S1').id}: the cap was lifted`,
        expect.stringMatching(/^statement\.resolved .*: seen$/),
      ]);
      expect(await world.rows('SELECT source, state, amount_minor, origin_period, period_id FROM adjustment')).toEqual([
        { source: 'dispute', state: 'BOOKED', amount_minor: expect.anything(), origin_period: '2026-01', period_id: '2026-02' },
      ]);
      await world.through(59);
      expect((await world.statements()).filter(({ period, code }) => period === '2026-02' && code === 'S1')).toMatchObject([{ net: 100 }]);
      await world.refused('ck_dispute_four_eyes', 'UPDATE dispute SET decided_by = proposed_by');
    });

    it('inv 34, 42: is about what an adjustment did to the statement too, as far as it was booked in its period', async () => {
      await approved();
      const adjust = async (code: string) => {
        const input = {
          partnerId: partnerId(code),
          kind: 'adjust' as const,
          amountMinor: -300,
          reason: 'paid twice',
          originPeriod: '2026-01',
        };
        const { id } = await world.within((tx) => world.get(AdjustmentService).propose(tx, brandId, input, maker));
        await world.get(AdjustmentService).decide(brandId, id, true, 'seen', checker);
        return id;
      };
      const [own, others] = [await adjust('S1'), await adjust('S2')];
      await world.buy(order('c', day(33), null, { netMinor: 9_000, storeCode: 'S1' }));
      await world.through(59);
      const proposed = await world.within((tx) =>
        world
          .get(AdjustmentService)
          .propose(tx, brandId, { partnerId: partnerId('S1'), kind: 'adjust', amountMinor: 5, reason: 'later' }, maker),
      );
      const february = (await world.statements()).filter(({ code, period }) => code === 'S1' && period === '2026-02');
      await review('submit', maker, february);
      await review('approve', checker, february);
      await world.settled();
      const claim = (adjustmentId: string) =>
        world
          .get(DisputeService)
          .open(
            brandId,
            february[0]!.statementId,
            { items: [{ adjustmentId, claimedMinor: 0 }], reason: 'we were paid once' },
            partner('S1'),
          );
      for (const other of [others, proposed.id])
        await expect(claim(other)).rejects.toMatchObject({ errors: [{ field: 'items[0].adjustmentId', code: 'not_on_statement' }] });
      expect(await claim(own)).toMatchObject({ state: 'OPEN', items: [{ adjustmentId: own, claimedMinor: 0 }] });
    });

    it('inv 42: of what was taken back it is settled by an adjustment of the line that had earned it', async () => {
      const a = order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' });
      await approved({}, a);
      await world.refund(refund('r', a, day(33), 5_000));
      await world.through(59);
      const [february] = (await world.statements()).filter(({ code, period }) => code === 'S1' && period === '2026-02');
      await review('submit', maker, [february!]);
      await review('approve', checker, [february!]);
      await world.settled();
      const { data } = await world.get(WhyStatementService).linesOf(brandId, february!.statementId, { part: 'reversed', limit: 5 }, maker);
      const items = [{ lineId: data[0]!.id, claimedMinor: 0 }];
      const { id } = await world
        .get(DisputeService)
        .open(brandId, february!.statementId, { items, reason: 'never came back' }, partner('S1'));
      await propose(id, 'adjust', 500);
      await decide(id, true, checker, 500);
      expect(await world.rows('SELECT c.kind FROM adjustment x JOIN commission_line c ON c.line_id = x.line_id')).toEqual([
        { kind: 'EARN' },
      ]);
    });

    it('is settled without a posting when it is rejected, and is too late after the window', async () => {
      await approved();
      const { id } = await open('S2', partner('S2'));
      await propose(id, 'reject');
      expect(await decide(id, true, checker)).toMatchObject({ state: 'RESOLVED', adjustmentId: null });
      await world.settled();
      expect(await states()).toEqual(['D1 PUBLISHED', 'S1 PUBLISHED', 'S2 CONFIRMED']);
      expect(await world.rows('SELECT adjustment_id FROM adjustment')).toEqual([]);
      await expect(
        world.get(DisputeService).propose(brandId, namedId('nothing'), { resolution: 'reject', reason: 'no' }, maker),
      ).rejects.toMatchObject({ code: 'dispute_not_found' });
      world.clock.set(world.clock.now() + 7 * DAY);
      await expect(open('S1', partner('S1'))).rejects.toMatchObject({ code: expect.stringMatching(/dispute_window_over|wrong_state/) });
    });
  });

  describe('void', () => {
    const drafted = async (settings: Parameters<typeof distribution>[1] = {}) => {
      world = await distribution(db, settings);
      await world.partners(...network);
      await world.plan({ rules });
      await world.buy(order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' }));
      await world.through(31);
    };
    const propose = async (code: string, who = maker) =>
      world.get(StatementVoidService).propose(brandId, await idOf(code), 'built by the wrong minimum', who);
    const revisions = () =>
      world
        .rows<Record<string, unknown>>(
          'SELECT p.code, s.revision, s.state, s.outcome FROM statement s JOIN partner p ON p.partner_id = s.partner_id ORDER BY p.code, s.revision',
        )
        .then((rows) => rows.map((row) => Object.values(row).map(String).join(' ')));

    it('inv 29, 30, 34, 40: becomes void by two people and is built anew by the terms of now, as a revision of its own', async () => {
      await drafted({ minimumPayoutMinor: 5_000 });
      const s1 = await idOf('S1');
      const decide = (approve: boolean, who: Operator) => world.get(StatementVoidService).decide(brandId, s1, approve, 'seen', who);
      await expect(decide(true, checker)).rejects.toMatchObject({ code: 'void_not_proposed' });
      await propose('S1');
      await expect(propose('S1', third)).rejects.toMatchObject({ code: 'void_proposed' });
      expect(
        await review(
          'submit',
          third,
          (await world.statements()).filter(({ code }) => code === 'S1'),
        ),
      ).toMatchObject({ refused: [{ code: 'void_proposed' }] });
      await expect(decide(true, maker)).rejects.toMatchObject({ code: 'same_person' });
      expect(await decide(false, checker)).toBe(s1);
      await propose('S1');
      await world.get(SettingService).save(brandId, { ...(await world.get(SettingService).read(brandId)), minimumPayoutMinor: 0 }, maker);
      const decided = await Promise.allSettled([decide(true, checker), decide(true, third)]);
      expect(decided.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await revisions()).toEqual(['D1 1 DRAFT carry', 'S1 1 VOID carry', 'S1 2 DRAFT pay']);
      expect((await world.audited('statement', s1)).slice(1, -1)).toEqual([
        `statement.void_proposed ${maker.id}: built by the wrong minimum`,
        `statement.void_refused ${checker.id}: seen`,
        `statement.void_proposed ${maker.id}: built by the wrong minimum`,
      ]);
      expect((await world.audited('statement', s1)).at(-1)).toMatch(/^statement\.voided .*: seen$/);
      const revised = (await world.statements()).find(({ code, state }) => code === 'S1' && state === 'DRAFT')!;
      expect(await world.audited('statement', revised.statementId)).toEqual(['statement.built system: settlement of 2026-01, revision 2']);
      const listed = async (query: { state?: 'VOID' }) => {
        const { data, totals } = await world.get(StatementListRepository).list(brandId, { limit: 50, ...query }, maker);
        return [data.map(({ partnerCode, revision }) => `${partnerCode} ${revision}`).sort(), totals[0]!.statements];
      };
      expect(await listed({})).toEqual([['D1 1', 'S1 2'], 2]);
      expect(await listed({ state: 'VOID' })).toEqual([['S1 1'], 1]);
      const live = (await world.statements()).filter(({ state }) => state !== 'VOID');
      await world.get(SettlementService).build(brandId, '2026-01');
      expect((await world.statements()).filter(({ state }) => state !== 'VOID')).toEqual(live);
      await world.settled();
      await review('submit', maker, live);
      expect(await review('approve', checker, live)).toEqual({ done: 2, refused: [] });
      await world.refused('uq_statement_live', "UPDATE statement SET state = 'DRAFT', void_decided_by = NULL WHERE state = 'VOID'");
    });

    it('takes what was found about it along: the next revision is examined by itself, and nothing of the old one asks for anybody', async () => {
      const paying = await payableWorld(db);
      world = paying;
      await paying.payout.sent();
      await paying.bank.import([paying.bank.line(await paying.payout.item('S2'), 'PAID', 'B1')]);
      await paying.buy(order('c', day(33), null, { netMinor: 5_000, storeCode: 'S2' }));
      await paying.through(59);
      await paying.payee.approved('S2', { account: 'DE02120300000000202051' });
      await paying.settled();
      const found = async (state?: 'OPEN') => (await paying.get(FindingRepository).list(brandId, { limit: 50, state }, maker)).data;
      const [before] = await found('OPEN');
      expect(before).toMatchObject({ code: 'payee_changed', period: '2026-02' });
      const voids = paying.get(StatementVoidService);
      await voids.propose(brandId, before!.statementId, 'built by the wrong minimum', maker);
      const next = await voids.decide(brandId, before!.statementId, true, 'seen', checker);
      await paying.settled();
      expect(await found('OPEN')).toMatchObject([{ code: 'payee_changed', statementId: next }]);
      expect((await found()).map(({ statementId, state }) => `${statementId} ${state}`).sort()).toEqual(
        [`${before!.statementId} VOID`, `${next} OPEN`].sort(),
      );
    });

    it('inv 31: stays when the next month builds on it', async () => {
      await drafted();
      await propose('S1');
      await world.buy(order('b', day(35), null, { netMinor: 1_000, storeCode: 'S1' }));
      await world.through(59);
      const january = (await world.statements()).find(({ code, period }) => code === 'S1' && period === '2026-01')!;
      const decide = (approve: boolean) => world.get(StatementVoidService).decide(brandId, january.statementId, approve, 'seen', checker);
      await expect(decide(true)).rejects.toMatchObject({ code: 'later_statement' });
      expect(await decide(false)).toBe(january.statementId);
    });

    it('inv 35: a parked one holds up nobody, and becomes a draft once its lines have been mended', async () => {
      await drafted();
      const rebuild = () => world.within((tx) => world.get(SettlementService).unpark(tx, brandId, '2026-01'));
      // A line that somebody damaged behind the back of the service.
      const damage = (by: number) =>
        world.within((tx) =>
          tx.query('UPDATE commission_state SET matured_minor = matured_minor + ? WHERE partner_id = ?', [by, idIn(partnerId('S1'))]),
        );
      await damage(1);
      await world.unguarded(['statement_no_delete'], async (tx) => {
        await tx.query("DELETE FROM statement WHERE period_id = '2026-01'");
        await tx.query("UPDATE settlement_run SET state = 'RUNNING' WHERE period_id = '2026-01'");
      });
      await world.settled();
      expect(await states()).toEqual(['D1 DRAFT', 'S1 PARKED']);
      expect(await rebuild()).toEqual({ rebuilt: [], stillParked: 1 });
      await damage(-1);
      expect(await rebuild()).toEqual({ rebuilt: [await idOf('S1')], stillParked: 0 });
      expect(await states()).toEqual(['D1 DRAFT', 'S1 DRAFT']);
      expect(await world.rows('SELECT built, parked FROM settlement_run').then(([row]) => Object.values(row!).map(String))).toEqual([
        '2',
        '0',
      ]);
      const all = await world.statements();
      await world.settled();
      await review('submit', maker, all);
      expect(await review('approve', checker, all)).toEqual({ done: 2, refused: [] });
    });
  });
});
