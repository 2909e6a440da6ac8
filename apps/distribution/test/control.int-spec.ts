import { setTimeout as pause } from 'node:timers/promises';
import { BrandDirectory, idIn, namedId, newId } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import type { ControlName } from '@concentric/contracts';
import { AdjustmentService } from '../src/adjustment/adjustment.service';
import { BookControl } from '../src/control/book-control.service';
import { CheckBooks } from '../src/control/check-books.job';
import { ControlRepository } from '../src/control/control.repository';
import { HaltRelease } from '../src/control/halt-release.service';
import { accountIdOf } from '../src/ledger/ledger.repository';
import { BankLines } from '../src/payout/bank-line.service';
import { BrandProgress } from '../src/purchase/brand-progress.service';
import { PeriodCloseService } from '../src/settlement/period-close.service';
import { expectBooksInOrder } from './books.fixture';
import { brandId, day, distribution, order, person, refund, type Distribution } from './distribution.fixture';
import { partnerId, payableWorld, treasuryChecker } from './payout.fixture';

const network = [
  { code: 'D1', type: 'distributor' as const, name: 'North' },
  { code: 'S1', type: 'store' as const, name: 'One', parentCode: 'D1' },
  { code: 'S2', type: 'store' as const, name: 'Two', parentCode: 'D1' },
];
const rules = [{ role: 'store', recipient: { from: 'store' as const }, ratePpm: 100_000 }];
const [maker, checker] = [person('maker'), person('checker')];
const pendingOf = (code: string) => accountIdOf(brandId, partnerId(code), 'pending', 'CNY');
const payableOf = (code: string) => accountIdOf(brandId, partnerId(code), 'payable', 'CNY');

describe.each(databases())('the books check themselves, on $name', (db) => {
  /** What the controls find when this has been done to the books; it is undone. */
  async function foundAfter(world: Distribution, ...spoils: [sql: string, params?: unknown[]][]): Promise<ControlName[]> {
    let found: ControlName[] = [];
    const undo = new Error('undone');
    await world
      .unguarded(['tr_ledger_txn_open', 'tr_statement_figures', 'statement_no_delete', 'account_balance_no_delete'], async (tx) => {
        for (const [sql, params = []] of spoils) await tx.query(sql, params);
        const { mismatches } = await world.get(ControlRepository).look(tx, brandId, 'asked');
        found = [...mismatches].filter(([, n]) => n > 0).map(([name]) => name);
        throw undo;
      })
      .catch((error: unknown) => {
        if (error !== undo) throw error;
      });
    return found;
  }

  it('inv 2, 9, 22, 24, 29, 31, 32, 36: nothing in books that are right, and each contradiction under its name', async () => {
    const world = await payableWorld(db, {});
    const sent = await world.payout.sent();
    const [item] = await world.payout.items();
    await world.bank.import([world.bank.line(item!, 'PAID', 'B1')]);
    // A second month, so that there is something to open with, closed and taken up.
    await world.buy(order('c', day(33), null, { netMinor: 20_000, storeCode: 'S1' }));
    await world.through(59);
    expect(await foundAfter(world)).toEqual([]);

    const [txn] = await world.rows<{ txn_id: Buffer; period_id: string }>(
      'SELECT txn_id, period_id FROM ledger_txn ORDER BY txn_id DESC LIMIT 1',
    );
    const entry = (accountId: string, amount: number, currency = 'CNY', seq = 90): [string, unknown[]] => [
      'INSERT INTO ledger_entry (txn_id, seq, account_id, period_id, origin_period, kind, currency, amount_minor) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      [txn!.txn_id, seq, idIn(accountId), txn!.period_id, txn!.period_id, 'accrue', currency, amount],
    ];
    const s1 = idIn(partnerId('S1'));
    const cases: [spoils: [string, unknown[]?][], found: ControlName[]][] = [
      [[entry(pendingOf('S1'), -1)], ['transaction_balance', 'ledger_balance', 'account_balance']],
      [
        [entry(pendingOf('S1'), -1), entry(pendingOf('S1'), 1, 'EUR', 91)],
        ['entry_currency', 'transaction_balance', 'account_balance'],
      ],
      [
        [
          [
            "INSERT INTO ledger_txn (txn_id, brand_id, idem, kind, period_id, ref_id, effective_at, currency) VALUES (?, ?, ?, ?, ?, ?, 0, 'CNY')",
            [idIn(newId(world.clock)), idIn(brandId), idIn(namedId('x')), 'accrue', '2026-01', s1],
          ],
        ],
        ['transaction_balance'],
      ],
      [
        [
          [
            "INSERT INTO ledger_txn (txn_id, brand_id, idem, kind, period_id, ref_id, effective_at, currency) VALUES (?, ?, ?, ?, ?, ?, ?, 'CNY')",
            [idIn(newId(world.clock)), idIn(brandId), idIn(namedId('x')), 'accrue', '2026-01', s1, world.clock.now()],
          ],
        ],
        ['transaction_balance'],
      ],
      [
        [['UPDATE account_balance SET balance_minor = balance_minor + 1 WHERE account_id = ?', [idIn(payableOf('S1'))]]],
        ['account_balance'],
      ],
      [[['UPDATE account_balance SET entries = entries + 1 WHERE account_id = ?', [idIn(payableOf('S1'))]]], ['account_balance']],
      [[['DELETE FROM account_balance WHERE account_id = ?', [idIn(payableOf('S1'))]]], ['account_balance']],
      [
        [
          [
            "UPDATE statement SET adjusted_minor = 7, net_minor = net_minor + 7, closing_minor = closing_minor + 7 WHERE partner_id = ? AND period_id = '2026-02'",
            [s1],
          ],
        ],
        ['statement_movement'],
      ],
      [
        [
          [
            "UPDATE statement SET opening_minor = opening_minor + 7, closing_minor = closing_minor + 7 WHERE partner_id = ? AND period_id = '2026-02'",
            [s1],
          ],
        ],
        ['statement_opening'],
      ],
      [
        [
          [
            "UPDATE statement SET carried_in_minor = carried_in_minor + 7, net_minor = net_minor + 7 WHERE partner_id = ? AND period_id = '2026-02'",
            [s1],
          ],
        ],
        ['statement_carried'],
      ],
      [
        [
          [
            "UPDATE statement SET state = 'CARRIED', carried_into = '2026-02' WHERE partner_id = ? AND period_id = '2026-01'",
            [idIn(partnerId('S2'))],
          ],
        ],
        ['statement_carried'],
      ],
      [[["DELETE FROM statement WHERE partner_id = ? AND period_id = '2026-02'", [s1]]], ['movement_stated']],
      [[["UPDATE statement SET state = 'PAYABLE' WHERE statement_id = ?", [idIn(item!.statementId)]]], ['payout_item']],
      [[["UPDATE payout_item SET state = 'FAILED' WHERE item_id = ?", [idIn(item!.id)]]], ['payout_statement', 'payout_ledger']],
      [
        [['UPDATE payout_batch SET gross_minor = gross_minor + 1, amount_minor = amount_minor + 1 WHERE batch_id = ?', [idIn(sent.id)]]],
        ['payout_batch'],
      ],
      [
        [['UPDATE payout_item SET gross_minor = gross_minor + 1, amount_minor = amount_minor + 1 WHERE item_id = ?', [idIn(item!.id)]]],
        ['payout_item', 'payout_batch', 'payout_ledger'],
      ],
    ];
    const binding = (id: string, from: number, to: number): [string, unknown[]] => [
      "INSERT INTO binding (binding_id, brand_id, customer_id, partner_id, valid_from, valid_to, made_at, last_purchase_at, reason, decided_at) VALUES (?, ?, ?, ?, ?, ?, 0, 0, 'first_purchase', 0)",
      [idIn(id), idIn(brandId), idIn(namedId('customer/ann')), s1, from, to],
    ];
    const edge = (from: number, to: number | null): [string, unknown[]] => [
      'INSERT INTO channel_edge (child_id, valid_from, brand_id, valid_to) VALUES (?, ?, ?, ?)',
      [idIn(namedId('someone')), from, idIn(brandId), to],
    ];
    const [older, newer] = [newId(world.clock), newId(world.clock)];
    cases.push(
      [[binding(older, 0, 10), binding(newer, 9, 20)], ['binding_overlap']],
      [[binding(older, 0, 10), binding(newer, 10, 20)], []],
      [[edge(0, 10), edge(9, null)], ['edge_overlap']],
      [[edge(0, 10), edge(10, null)], []],
    );
    for (const [spoils, found] of cases) expect([spoils[0]![0], await foundAfter(world, ...spoils)]).toEqual([spoils[0]![0], found]);
    await world.expectInOrder();
    await world.close();
  });

  describe('where a balance is not the sum of its entries (inv 24)', () => {
    let world: Distribution;
    const a = order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' });
    const b = order('b', day(2), null, { netMinor: 5_000, storeCode: 'S2' });
    beforeEach(async () => {
      world = await distribution(db, { holdingDays: 1 });
      await world.partners(...network);
      await world.plan({ rules });
      await world.buy(a, b);
      await world.through(20);
      await world.within((tx) =>
        tx.query('UPDATE account_balance SET balance_minor = balance_minor - 77 WHERE account_id = ?', [idIn(payableOf('S1'))]),
      );
    });
    afterEach(() => world.close());
    const last = () => world.get(BookControl).last(brandId);
    const states = async (table: string, key: string) =>
      (await world.rows<{ state: string }>(`SELECT state FROM ${table} ORDER BY ${key}`)).map(({ state }) => state);
    const release = (haltId: string, balanceFromEntries: boolean) =>
      world.get(HaltRelease).release(brandId, haltId, { reason: 'compared entry by entry', balanceFromEntries }, checker);

    it('halts posting to that account alone, keeps what would post to it, and goes on once a person has released it', async () => {
      expect(await world.get(BookControl).run(brandId, 'daily')).toBe(1);
      const { controls, findings, halted } = await last();
      expect(controls.filter(({ mismatches }) => mismatches > 0)).toEqual([{ name: 'account_balance', invariant: 24, mismatches: 1 }]);
      expect(findings).toEqual([{ control: 'account_balance', subject: payableOf('S1'), expected: '-1000', found: '-1077' }]);
      expect(halted).toMatchObject([{ partnerCode: 'S1', account: 'payable', balanceMinor: -1077, entriesMinor: -1000 }]);
      expect(await world.get(BookControl).run(brandId, 'asked')).toBe(1);
      expect((await last()).halted).toHaveLength(1);

      await world.buy(
        order('c', day(21), null, { netMinor: 1_000, storeCode: 'S1' }),
        order('d', day(21), null, { netMinor: 2_000, storeCode: 'S2' }),
      );
      await world.refund(refund('ra', a, day(21), 5_000), refund('rb', b, day(21), 5_000));
      await world.through(25);
      expect(await world.rows('SELECT external_id, state, held_reason FROM purchase ORDER BY external_id')).toEqual([
        { external_id: 'a', state: 'DECIDED', held_reason: null },
        { external_id: 'b', state: 'DECIDED', held_reason: null },
        { external_id: 'c', state: 'HELD', held_reason: 'account_halted' },
        { external_id: 'd', state: 'DECIDED', held_reason: null },
      ]);
      expect((await states('refund', 'state')).sort()).toEqual(['APPLIED', 'HELD']);
      const adjusting = world.get(AdjustmentService);
      const proposed = await world.within((tx) =>
        adjusting.propose(tx, brandId, { partnerId: partnerId('S1'), kind: 'adjust', amountMinor: 10, reason: 'promised' }, maker),
      );
      await expect(adjusting.decide(brandId, proposed.id, true, 'seen it', checker)).rejects.toMatchObject({
        code: 'account_halted',
        status: 409,
      });

      const [halt] = (await last()).halted;
      await expect(release(namedId('nothing'), true)).rejects.toMatchObject({ code: 'halt_not_found' });
      await expect(release(halt!.id, false)).rejects.toMatchObject({ code: 'account_still_differs' });
      await world.ownedBy('S1', checker);
      await expect(release(halt!.id, true)).rejects.toMatchObject({ code: 'own_partner' });
      await world.ownedBy('S1');
      await release(halt!.id, true);
      await expect(release(halt!.id, true)).rejects.toMatchObject({ code: 'halt_not_found' });
      await adjusting.decide(brandId, proposed.id, true, 'seen it', checker);
      await world.through(26);
      expect(await states('purchase', 'external_id')).toEqual(['DECIDED', 'DECIDED', 'DECIDED', 'DECIDED']);
      expect(await states('refund', 'state')).toEqual(['APPLIED', 'APPLIED']);
      expect(await world.get(BookControl).run(brandId, 'asked')).toBe(0);
      expect((await last()).halted).toEqual([]);
      const audit = await world.rows<{ action: string }>(
        "SELECT action FROM audit_log WHERE entity_type = 'ledger_account' ORDER BY action",
      );
      expect(audit.map(({ action }) => action)).toEqual(['account.halted', 'account.released']);
      await expectBooksInOrder(world);
    });

    it('tries again what was being held for it at the very moment of its release', async () => {
      await world.get(BookControl).run(brandId, 'daily');
      const [halt] = (await last()).halted;
      await world.buy(order('c', day(21), null, { netMinor: 1_000, storeCode: 'S1' }));
      let released: Promise<unknown> = Promise.resolve();
      // What a replica does that has read the halt, stopped between its decision and its commit.
      await world.within(async (tx) => {
        await world.get(BrandProgress).lock(tx, brandId);
        await tx.query("UPDATE purchase SET state = 'HELD', held_reason = 'account_halted' WHERE external_id = 'c'");
        released = release(halt!.id, true);
        await pause(400);
      });
      await released;
      expect(await states('purchase', 'external_id')).toEqual(['DECIDED', 'DECIDED', 'PENDING']);
    });

    it('keeps a line from maturing while the account is halted', async () => {
      await world.buy(order('e', day(21), null, { netMinor: 3_000, storeCode: 'S1' }));
      await world.through(21);
      await world.get(BookControl).run(brandId, 'daily');
      await world.through(23);
      const accrued = "SELECT COUNT(*) AS n FROM commission_state WHERE state = 'ACCRUED'";
      expect(Number((await world.rows<{ n: unknown }>(accrued))[0]!.n)).toBe(1);
      await release((await last()).halted[0]!.id, true);
      await world.through(24);
      expect(Number((await world.rows<{ n: unknown }>(accrued))[0]!.n)).toBe(0);
      await expectBooksInOrder(world);
    });

    it('lets no period close, neither by itself nor for a reason, until the books agree again', async () => {
      await world.through(32);
      expect(await states('accounting_period', 'period_id')).toEqual(['OPEN']);
      expect((await last()).occasion).toBe('close');
      const closing = world.get(PeriodCloseService);
      await expect(closing.start(brandId, '2026-01', maker.id, 'the year has to end')).rejects.toMatchObject({
        code: 'period_not_closable',
        errors: [expect.objectContaining({ code: 'books_mismatch' })],
      });
      await release((await last()).halted[0]!.id, true);
      await world.get(BookControl).run(brandId, 'asked');
      await world.settled();
      expect(await states('accounting_period', 'period_id')).toEqual(['CLOSED', 'OPEN']);
      await expectBooksInOrder(world);
    });
  });

  it('inv 24, 38: what the bank says about a partner whose account is halted waits for a person, and holds up nobody else', async () => {
    const world = await payableWorld(db);
    await world.payout.sent();
    const halt = async (code: string) => {
      await world.within((tx) =>
        tx.query('UPDATE account_balance SET balance_minor = balance_minor - 77 WHERE account_id = ?', [idIn(payableOf(code))]),
      );
      await world.get(BookControl).run(brandId, 'asked');
    };
    const release = async () => {
      const [halted] = (await world.get(BookControl).last(brandId)).halted;
      await world.get(HaltRelease).release(brandId, halted!.id, { reason: 'compared entry by entry', balanceFromEntries: true }, checker);
    };
    const waiting = async () => (await world.bank.lines({ state: 'WAITING' }))[0]!;
    const confirm = async () => world.get(BankLines).decide(brandId, (await waiting()).id, true, 'the bank said so', treasuryChecker);
    const [s1, s2, d1] = [await world.payout.item('S1'), await world.payout.item('S2'), await world.payout.item('D1')];

    await halt('S1');
    const lines = [world.bank.line(s1, 'FAILED', 'F1'), world.bank.line(s2, 'FAILED', 'F2'), world.bank.line(d1, 'PAID', 'P1')];
    expect(await world.bank.import(lines)).toMatchObject({ matched: 3, waiting: 1 });
    expect(await world.states()).toEqual({ D1: 'PAID', S1: 'IN_PAYOUT', S2: 'PAYABLE' });
    expect(await waiting()).toMatchObject({ itemId: s1.id, why: expect.stringMatching(/halted/) });
    await expect(confirm()).rejects.toMatchObject({ code: 'account_halted', status: 409 });
    await release();
    await confirm();
    expect(await world.states()).toEqual({ D1: 'PAID', S1: 'PAYABLE', S2: 'PAYABLE' });

    await halt('D1');
    expect(await world.bank.import([world.bank.line(d1, 'RETURNED', 'R1')])).toMatchObject({ matched: 1, waiting: 1 });
    await expect(confirm()).rejects.toMatchObject({ code: 'account_halted' });
    expect(await world.states()).toMatchObject({ D1: 'PAID' });
    await release();
    await confirm();
    expect(await world.states()).toMatchObject({ D1: 'PAYABLE' });

    // What could not be booked when it is released is not in the next payout to begin with.
    await halt('S2');
    const statementIds = [await world.statementOf('S2')];
    await expect(world.payout.prepare({ statementIds })).rejects.toMatchObject({ code: 'statement_not_payable' });
    expect(await world.payout.one(await world.payout.prepare())).toMatchObject({ items: 2 });
    await release();
    await world.expectInOrder();
    await world.close();
  });

  it('names the items of a batch that is not released because an account was halted after its preparation (inv 24, 38)', async () => {
    const world = await payableWorld(db);
    const ready = await world.payout.ready();
    await world.within((tx) =>
      tx.query('UPDATE account_balance SET balance_minor = balance_minor - 77 WHERE account_id = ?', [idIn(payableOf('S2'))]),
    );
    await world.get(BookControl).run(brandId, 'asked');
    const { id: itemId } = await world.payout.item('S2');
    await expect(world.payout.release(ready.id)).rejects.toMatchObject({
      code: 'payout_halted',
      status: 409,
      errors: [{ field: expect.stringMatching(/^S2 /), code: 'item_halted', message: expect.stringContaining(itemId) }],
    });
    expect(await world.payout.one(ready.id)).toMatchObject({ state: 'FILE_READY' });
    const [halt] = (await world.get(BookControl).last(brandId)).halted;
    await world.get(HaltRelease).release(brandId, halt!.id, { reason: 'compared', balanceFromEntries: true }, checker);
    expect(await world.payout.release(ready.id)).toMatchObject({ state: 'SENT' });
    await world.expectInOrder();
    await world.close();
  });

  it('looks at what was booked before once, and again as long as something is found', async () => {
    const world = await distribution(db);
    await world.partners(...network);
    await world.plan({ rules });
    await world.buy(order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' }));
    await world.through(1);
    const through = async () =>
      (await world.rows<{ through_txn: Buffer | null }>('SELECT through_txn FROM control_run'))[0]!.through_txn?.readUIntBE(0, 6) ?? null;
    await world.within((tx) => tx.query('UPDATE account_balance SET entries = entries + 1'));
    await world.get(BookControl).run(brandId, 'asked');
    expect(await through()).toBeNull();
    await world.within((tx) => tx.query('UPDATE account_balance SET entries = entries - 1'));
    await world.get(BookControl).run(brandId, 'asked');
    const first = await through();
    expect(first).toBe(world.clock.now() - 3_600_000);
    // The days that are caught up with are checked once, as of their last.
    world.clock.set(day(3));
    const brand = await world.get(BrandDirectory).get(null, brandId);
    const yesterday = brand.calendar.businessDate(day(2));
    await world.get(CheckBooks).afterDay({ brandId, businessDate: brand.calendar.businessDate(day(1)) });
    expect((await world.get(BookControl).last(brandId)).occasion).toBe('asked');
    await world.get(CheckBooks).afterDay({ brandId, businessDate: yesterday });
    expect((await world.get(BookControl).last(brandId)).occasion).toBe('daily');
    await world.close();
  });

  it('inv 24: carries balances forward from run to run, and lets the entries themselves decide what contradicts them', async () => {
    const world = await distribution(db, { holdingDays: 1 });
    await world.partners(...network);
    await world.plan({ rules });
    const controls = world.get(BookControl);
    const differing = async () =>
      Number(
        (
          await world.rows<{ n: unknown }>(
            `SELECT COUNT(*) AS n FROM (SELECT e.account_id, SUM(e.amount_minor) AS minor, COUNT(*) AS n FROM control_run r JOIN ledger_entry e ON e.txn_id <= r.through_txn GROUP BY e.account_id) x
               LEFT JOIN carried_balance c ON c.account_id = x.account_id WHERE COALESCE(c.balance_minor, 0) <> x.minor OR COALESCE(c.entries, 0) <> x.n`,
          )
        )[0]!.n,
      );
    for (const [name, at] of [
      ['a', 1],
      ['b', 4],
      ['c', 7],
    ] as const) {
      await world.buy(order(name, day(at), null, { netMinor: 10_000, storeCode: 'S1' }));
      await world.through(at + 1);
      expect([await controls.run(brandId, 'daily'), await differing()]).toEqual([0, 0]);
    }
    const carried = (amount: number) =>
      world.within((tx) => tx.query('UPDATE carried_balance SET balance_minor = balance_minor + ?', [amount]));
    await carried(7);
    expect([await controls.run(brandId, 'daily'), await differing()]).toEqual([0, 0]);
    await world.within((tx) =>
      tx.query('UPDATE account_balance SET balance_minor = balance_minor + 1 WHERE account_id = ?', [idIn(payableOf('S1'))]),
    );
    expect(await controls.run(brandId, 'daily')).toBe(1);
    await world.close();
  });
});
