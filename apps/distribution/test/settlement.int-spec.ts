import type { PartnerType } from '@concentric/contracts';
import { idIn, idOut, namedId, type Operator } from '@concentric/service-kit';
import { databases, eventually } from '@concentric/testing';
import { WhyStatementService } from '../src/commission/why-statement.service';
import { PeriodCloseService } from '../src/settlement/period-close.service';
import { PeriodListService } from '../src/settlement/period-list.service';
import { SettlementService } from '../src/settlement/settlement.service';
import { StatementRepository } from '../src/settlement/statement.repository';
import { ReviewService } from '../src/statement/review.service';
import { SettingService } from '../src/setting/setting.service';
import { WithholdingService } from '../src/withholding/withholding.service';
import { expectBooksInOrder } from './books.fixture';
import { brandId, day, distribution, HOUR, order, person, refund, type Distribution } from './distribution.fixture';

const rules = [
  { role: 'store', recipient: { from: 'store' as const }, ratePpm: 100_000 },
  { role: 'distributor', recipient: { from: 'store' as const, climbTo: 'distributor' as const }, ratePpm: 20_000 },
];
const network = [
  { code: 'D1', type: 'distributor' as const, name: 'North' },
  { code: 'S1', type: 'store' as const, name: 'One', parentCode: 'D1' },
  { code: 'S2', type: 'store' as const, name: 'Two', parentCode: 'D1' },
];
const maker = person('maker');
const checker = person('checker');
const outcomes = <T>(settled: PromiseSettledResult<T>[]) =>
  settled.map((one) => (one.status === 'fulfilled' ? 'done' : ((one.reason as { code?: string }).code ?? String(one.reason))));

describe.each(databases())('statements and periods, on $name', (db) => {
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
  const act = (
    action: 'submit' | 'approve' | 'reject',
    who: Operator,
    items: { statementId: string; fingerprint: string }[],
    reason?: string,
  ) =>
    world.get(ReviewService).act(
      brandId,
      action,
      items.map(({ statementId, fingerprint }) => ({ statementId, fingerprint })),
      who,
      reason,
    );
  const january = async () => {
    await world.buy(
      order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' }),
      order('b', day(2), null, { netMinor: 5_000, storeCode: 'S2' }),
    );
    await world.through(31);
    return world.statements();
  };

  it('inv 34, 40, 41: moves by four eyes only, once, with what was seen, and remembers who, when and why', async () => {
    await begin();
    const [d1, s1, s2] = await january();
    expect([d1, s1, s2].map((one) => `${one!.code} ${one!.state} ${one!.net}`)).toEqual(['D1 DRAFT 300', 'S1 DRAFT 1000', 'S2 DRAFT 500']);
    expect(await act('approve', checker, [s1!])).toMatchObject({ done: 0, refused: [{ code: 'wrong_state' }] });
    expect(await act('submit', maker, [{ ...s1!, fingerprint: 'stale' }])).toMatchObject({
      done: 0,
      refused: [{ code: 'changed_meanwhile' }],
    });
    expect(await act('submit', maker, [d1!, s1!, s2!, s1!, { statementId: namedId('nobody'), fingerprint: 'f' }])).toMatchObject({
      done: 3,
    });
    expect(await act('approve', maker, [s1!])).toMatchObject({ refused: [{ code: 'same_person' }] });
    expect(await act('reject', maker, [s1!], 'mine')).toMatchObject({ refused: [{ code: 'same_person' }] });
    expect(await act('reject', checker, [s1!], 'the store disputes it')).toMatchObject({ done: 1 });
    expect(await world.rows('SELECT rejected_reason, state FROM statement WHERE rejected_reason IS NOT NULL')).toEqual([
      { rejected_reason: 'the store disputes it', state: 'DRAFT' },
    ]);
    expect(await act('submit', checker, [s1!])).toMatchObject({ done: 1 });
    // Both have reviewed it by now: only the last submission counts.
    expect(await act('approve', checker, [s1!, d1!])).toMatchObject({
      done: 1,
      refused: [{ statementId: s1!.statementId, code: 'same_person' }],
    });
    const stranger: Operator = { ...person('stranger'), scope: { kind: 'partner', partnerId: namedId('another partner') } };
    expect(await act('approve', stranger, [s2!])).toMatchObject({ refused: [{ code: 'statement_not_found' }] });
    expect(await act('approve', maker, [s1!])).toMatchObject({ done: 1 });
    expect(await act('reject', checker, [s1!], 'too late')).toMatchObject({ refused: [{ code: 'wrong_state' }] });
    const audit = await world.rows<{ action: string }>("SELECT action FROM audit_log WHERE entity_type = 'statement' AND entity_id = ?", [
      s1!.statementId,
    ]);
    expect(audit.map(({ action }) => action).sort()).toEqual([
      'statement.approved',
      'statement.built',
      'statement.rejected',
      'statement.submitted',
      'statement.submitted',
    ]);
    await world.refused('ck_statement_four_eyes', 'UPDATE statement SET approved_by = submitted_by WHERE statement_id = ?', [
      idIn(d1!.statementId),
    ]);
  });

  it('inv 40: of 32 who approve at once exactly one does, and bulk approvals in any order do not block each other', async () => {
    await begin();
    const statements = await january();
    await act('submit', maker, statements);
    const one = await Promise.all(Array.from({ length: 32 }, (_, index) => act('approve', person(`checker ${index}`), [statements[0]!])));
    expect(one.reduce((sum, result) => sum + result.done, 0)).toBe(1);
    expect(new Set(one.flatMap(({ refused }) => refused.map(({ code }) => code))).size).toBeLessThanOrEqual(2);
    const many = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        act('approve', person(`checker ${index}`), index % 2 === 0 ? statements : [...statements].reverse()),
      ),
    );
    expect(many.reduce((sum, result) => sum + result.done, 0)).toBe(2);
    await world.settled();
    expect((await world.statements()).map(({ state }) => state)).toEqual(['PUBLISHED', 'PUBLISHED', 'PUBLISHED']);
    expect(await world.rows("SELECT action FROM audit_log WHERE action = 'statement.approved'")).toHaveLength(3);
    const sealed = await world.rows("SELECT state, seal FROM accounting_period WHERE period_id = '2026-01'");
    expect(sealed).toEqual([{ state: 'SEALED', seal: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(await world.audited('accounting_period', `${brandId}/2026-01`)).toEqual([
      'period.closed system: nothing speaks against it',
      'period.sealed system: every statement is approved or void',
    ]);
  });

  it('inv 28: closes a period once, with a reason where something speaks against it, and adds nothing to it afterwards', async () => {
    await begin({ autoClose: false });
    const start = (reason: string | null, period = '2026-01') => world.get(PeriodCloseService).start(brandId, period, maker.id, reason);
    const close = (who = checker) => world.get(PeriodCloseService).close(brandId, '2026-01', who.id, 'finance needs it today');
    await expect(start(null)).rejects.toMatchObject({ code: 'period_not_open' });
    await world.buy(order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' }));
    await world.through(2);
    await expect(start('in a hurry')).rejects.toMatchObject({
      code: 'period_not_closable',
      errors: expect.arrayContaining([expect.objectContaining({ code: 'not_ended' })]),
    });
    world.clock.set(day(31) + HOUR);
    await expect(start(null)).rejects.toMatchObject({
      code: 'period_not_closable',
      errors: [
        { code: 'not_sealed', field: 'period', message: expect.stringMatching(/open: 2026-01-\d\d \w+/) },
        { code: 'not_settled' },
      ].map((error) => expect.objectContaining(error)),
    });
    await expect(start('early', '2026-02')).rejects.toMatchObject({ code: 'period_not_open' });
    await expect(close()).rejects.toMatchObject({ code: 'closing_not_started' });
    const starting = await Promise.allSettled(Array.from({ length: 8 }, () => start('finance needs it today')));
    expect(outcomes(starting).sort()).toEqual([...Array<string>(7).fill('closing_started'), 'done']);
    await expect(close(maker)).rejects.toMatchObject({ code: 'same_person' });
    await world.buy(
      ...Array.from({ length: 600 }, (_, index) => order(`busy-${index}`, day(3) + index, null, { netMinor: 1_000, storeCode: 'S2' })),
    );
    const seals = world.through(31);
    const closing = await Promise.allSettled(Array.from({ length: 8 }, () => close()));
    const after = () =>
      world
        .rows(
          "SELECT COUNT(*) AS n, SUM(CASE WHEN amount_minor > 0 THEN amount_minor ELSE 0 END) AS debit FROM ledger_entry WHERE period_id = '2026-01'",
        )
        .then(([row]) => Object.values(row!).map(String));
    const closed = await after();
    expect(outcomes(closing).filter((one) => one === 'done')).toHaveLength(1);
    expect(new Set(outcomes(closing))).toEqual(new Set(['done', 'period_not_open']));
    await seals;
    await world.settled();
    expect(await after()).toEqual(closed);
    expect(await world.rows("SELECT period_id, state FROM accounting_period WHERE period_id < '2026-03' ORDER BY period_id")).toEqual([
      { period_id: '2026-01', state: 'CLOSED' },
      { period_id: '2026-02', state: 'OPEN' },
    ]);
    const audit = await world.rows<{ reason: string | null; actor_id: string }>(
      "SELECT from_state, to_state, reason, actor_id FROM audit_log WHERE entity_type = 'accounting_period' AND to_state <> 'SEALED' ORDER BY at, id",
    );
    expect(audit).toEqual([
      { from_state: 'OPEN', to_state: 'CLOSING', reason: 'finance needs it today', actor_id: maker.id },
      { from_state: 'CLOSING', to_state: 'CLOSED', reason: 'finance needs it today', actor_id: checker.id },
    ]);
    await world.refused(
      'tr_accounting_period_closed',
      "UPDATE accounting_period SET closed_by = closing_started_by WHERE period_id = '2026-01'",
    );
    expect(await world.rows("SELECT override_reason FROM accounting_period WHERE period_id = '2026-01'")).toEqual([
      { override_reason: 'finance needs it today' },
    ]);
  });

  it('inv 28: the reason of the start covers what it was given for, and nothing that has come up since', async () => {
    await begin({ autoClose: false });
    const periods = world.get(PeriodCloseService);
    const close = (reason: string | null) => periods.close(brandId, '2026-01', checker.id, reason);
    await world.buy(order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' }));
    await world.through(2);
    world.clock.set(day(31) + HOUR);
    const terms = { currency: 'CNY', validFrom: '2026-01-31', exemptMinor: 0, deductMinor: 0, ratePpm: 100_000, reason: 'law' };
    const propose = (type: PartnerType) => world.get(WithholdingService).propose(brandId, { ...terms, partnerTypes: [type] }, maker);
    const excused = async () => {
      const { data } = await world.get(PeriodListService).list(brandId);
      return data[0]!.obstacles.map((obstacle) => `${obstacle.code} ${obstacle.excused}`);
    };
    await propose('distributor');
    expect(await excused()).toEqual(['not_sealed false', 'not_settled false', 'tax_undecided false']);
    await periods.start(brandId, '2026-01', maker.id, 'the till is known to be late');
    expect(await excused()).toEqual(['not_sealed true', 'not_settled true', 'tax_undecided true']);
    const rule = await propose('store');
    // Once January has closed the rule could not come into force on its date any more.
    await expect(close(null)).rejects.toMatchObject({ code: 'period_not_closable', errors: [{ code: 'tax_undecided' }] });
    expect(await excused()).toEqual(['not_sealed true', 'not_settled true', 'tax_undecided false']);
    await world.get(WithholdingService).decide(brandId, rule.id, true, 'checked', checker);
    await close(null);
    await world.settled();
    const taxes = await world.rows<{ tax_minor: unknown }>('SELECT tax_minor FROM statement WHERE net_minor = 1000');
    expect(taxes.map(({ tax_minor: tax }) => Number(tax))).toEqual([100]);
    expect((await world.audited('accounting_period', `${brandId}/2026-01`)).map((entry) => entry.replace(/ .*:/, ''))).toEqual([
      'period.closing_started the till is known to be late',
      'period.closed the till is known to be late',
    ]);
  });

  it('closes by itself once late seals are in, and lets the next month wait until then', async () => {
    await begin({ bindingDelaySeconds: 0 });
    await world.buy(order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' }));
    world.clock.set(day(33));
    await world.buy(order('b', day(31), null, { netMinor: 5_000, storeCode: 'S2' }));
    await world.settled();
    const state = () =>
      world.rows(
        'SELECT a.period_id, a.state, p.settled_through FROM accounting_period a JOIN brand_progress p ON p.brand_id = a.brand_id ORDER BY a.period_id',
      );
    expect(await state()).toEqual([{ period_id: '2026-01', state: 'OPEN', settled_through: '2026-01-31' }]);
    await world.through(32);
    await eventually('february is settled', async () => (await state())[1]?.settled_through === '2026-02-02');
    expect((await state())[0]).toMatchObject({ period_id: '2026-01', state: 'CLOSED' });
    expect((await world.statements()).map(({ code, period, net }) => `${period} ${code} ${net}`)).toEqual([
      '2026-01 D1 200',
      '2026-01 S1 1000',
    ]);
    expect(await world.rows("SELECT DISTINCT matured_period FROM commission_state WHERE origin_period = '2026-02'")).toEqual([
      { matured_period: '2026-02' },
    ]);
  });

  it.each([
    ['behind seals', null],
    ['in live operation', 0],
  ])('inv 33: closing a month late changes none of its statements, whatever of the next month has come by then, %s', async (_, delay) => {
    const januaryClosedOn = async (closedOn: number) => {
      await begin({ autoClose: false, bindingDelaySeconds: delay });
      const a = order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' });
      await world.buy(a, order('b', day(2), null, { netMinor: 5_000, storeCode: 'S2' }));
      for (const n of [30, 31, 32, 33, 34]) {
        await world.buy(order(`of ${n}`, day(n), null, { netMinor: 700, storeCode: 'S2' }));
        await world.refund(refund(`of ${n}`, a, day(n), 1_000));
        await world.through(n);
        if (n !== closedOn) continue;
        await world.get(PeriodCloseService).start(brandId, '2026-01', maker.id, null);
        await world.get(PeriodCloseService).close(brandId, '2026-01', checker.id, null);
        await world.settled();
      }
      const statements = await world.statements();
      const reversals = await world.rows("SELECT period_id, COUNT(*) AS n FROM commission_line WHERE kind = 'REVERSE' GROUP BY period_id");
      return { statements: statements.map(({ code, period, net }) => `${period} ${code} ${net}`), reversals };
    };
    const early = await januaryClosedOn(31);
    expect(early.statements).toEqual(['2026-01 D1 294', '2026-01 S1 900', '2026-01 S2 570']);
    await expectBooksInOrder(world);
    await world.close();
    expect(await januaryClosedOn(34)).toEqual(early);
  });

  it('inv 30: building twice, or after having been broken off, gives the same statements, whatever the settings say by then', async () => {
    await begin({ minimumPayoutMinor: 600 });
    const before = await january();
    const settlement = world.get(SettlementService);
    const drafts = await world.within((tx) => settlement.drafts(tx, brandId, '2026-01'));
    await world.get(SettingService).save(brandId, { ...(await world.get(SettingService).read(brandId)), minimumPayoutMinor: 0 }, maker);
    await settlement.build(brandId, '2026-01');
    expect(await world.statements()).toEqual(before);
    // As if the process had died after the first of them.
    await world.unguarded(['statement_no_delete'], async (tx) => {
      await tx.query("DELETE FROM statement WHERE period_id = '2026-01'");
      await tx.query("UPDATE settlement_run SET state = 'RUNNING' WHERE period_id = '2026-01'");
      await world.get(StatementRepository).save(tx, brandId, '2026-01', drafts.slice(0, 1));
    });
    await world.settled();
    expect(await world.statements()).toEqual(before);
    expect(
      await world.rows('SELECT state, expected, built, parked FROM settlement_run').then(([row]) => Object.values(row!).map(String)),
    ).toEqual(['DONE', '3', '3', '0']);
    await act('submit', maker, before);
    expect(await act('approve', checker, before)).toMatchObject({ done: 3, refused: [] });
  });

  it('inv 29, 31, 32, 42: carries what is below the minimum, counts a clawback once, and shows lines that sum to the statement', async () => {
    await begin({ minimumPayoutMinor: 600 });
    const a = order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' });
    const b = order('b', day(2), null, { netMinor: 5_000, storeCode: 'S2' });
    await world.buy(a, b);
    // Back before it matured: never payable, and taken off the line on the statement.
    await world.refund(refund('r0', a, day(1) + HOUR, 1_000));
    await world.through(31);
    await world.refund(refund('r1', a, day(33), 9_000));
    await world.buy(order('c', day(34), null, { netMinor: 2_000, storeCode: 'S2' }));
    await world.through(62);
    expect(
      (await world.statements()).map(({ period, code, carriedIn, net, outcome }) => `${period} ${code} ${carriedIn} ${net} ${outcome}`),
    ).toEqual([
      '2026-01 D1 0 280 carry',
      '2026-01 S1 0 900 pay',
      '2026-01 S2 0 500 carry',
      '2026-02 D1 280 140 carry',
      '2026-02 S1 0 -900 carry',
      '2026-02 S2 500 700 pay',
    ]);
    const rows = await world.rows<{ statement_id: Buffer; earned: unknown; reversed: unknown }>(
      'SELECT statement_id, earned_minor AS earned, reversed_minor AS reversed FROM statement',
    );
    for (const { statement_id: statement, ...figures } of rows) {
      for (const part of ['earned', 'reversed'] as const) {
        const { data } = await world.get(WhyStatementService).linesOf(brandId, idOut(statement), { part, limit: 500 }, maker);
        expect(data.reduce((sum, line) => sum + line.partMinor, 0)).toBe(Number(figures[part]));
      }
    }
  });

  it('inv 23: the account of the service may not change or remove what was booked', async () => {
    await begin();
    await january();
    for (const table of [
      'commission_line',
      'ledger_txn',
      'ledger_entry',
      'ledger_account',
      'plan_version',
      'plan_activation',
      'audit_log',
    ]) {
      const [column] = Object.keys((await world.rows(`SELECT * FROM ${table} LIMIT 1`))[0]!);
      await expect(world.within((tx) => tx.query(`UPDATE ${table} SET ${column} = ${column}`))).rejects.toThrow(/append-only|denied/);
      await expect(world.within((tx) => tx.query(`DELETE FROM ${table}`))).rejects.toThrow(/append-only|denied/);
    }
  });
});
