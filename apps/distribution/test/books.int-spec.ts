import { setTimeout as pause } from 'node:timers/promises';
import { BrandDirectory, idIn, namedId } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import type { OrderRefunded } from '@concentric/contracts';
import { RefundService } from '../src/commission/refund.service';
import { LedgerRepository } from '../src/ledger/ledger.repository';
import { PeriodService } from '../src/ledger/period.service';
import { accrual, adjustment } from '../src/ledger/posting.rules';
import { PurchaseQueue } from '../src/purchase/purchase-queue.repository';
import { SettingService } from '../src/setting/setting.service';
import { PurchaseBooking } from '../src/settlement/purchase-booking.service';
import { expectBooksInOrder } from './books.fixture';
import { brandId, day, distribution, order, refund, type Distribution } from './distribution.fixture';

const rules = [
  { role: 'store', recipient: { from: 'store' as const }, ratePpm: 50_000 },
  { role: 'distributor', recipient: { from: 'store' as const, climbTo: 'distributor' as const }, ratePpm: 20_000 },
  { role: 'bound', recipient: { from: 'bound' as const }, ratePpm: 30_000 },
];
const network = [
  { code: 'D1', type: 'distributor' as const, name: 'North' },
  { code: 'D2', type: 'distributor' as const, name: 'South' },
  { code: 'S1', type: 'store' as const, name: 'One', parentCode: 'D1' },
];

describe.each(databases())('the books under strain, on $name', (db) => {
  let world: Distribution;
  const numbers = async (sql: string) => Object.values((await world.rows(sql))[0]!).map(Number);

  beforeEach(async () => {
    world = await distribution(db);
    await world.partners(...network);
    await world.plan({ rules });
  });
  afterEach(async () => {
    await expectBooksInOrder(world);
    await world.close();
  });

  it('inv 10: the database refuses a second active binding of one customer', async () => {
    const bind = (name: string) =>
      world.within((tx) =>
        tx.query(
          'INSERT INTO binding (binding_id, brand_id, customer_id, partner_id, valid_from, made_at, last_purchase_at, reason, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
          [
            idIn(namedId(name)),
            idIn(brandId),
            idIn(namedId('customer/ann')),
            idIn(namedId(`partner/${brandId}/S1`)),
            day(1),
            day(1),
            day(1),
            'first_purchase',
            day(1),
          ],
        ),
      );
    await bind('one');
    await world.refused('uq_binding_active', () => bind('another'));
  });

  it('inv 18: the database refuses to take back more than was earned, and to refund more than was paid', async () => {
    await world.buy(order('a', day(1), null, { netMinor: 1_000, storeCode: 'S1' }));
    await world.through(1);
    for (const change of [
      'reversed_minor = earned_minor + 1',
      'reversed_minor = -1',
      'refunded_minor = net_minor + 1',
      'refunded_minor = -1',
    ]) {
      await expect(world.within((tx) => tx.query(`UPDATE commission_state SET ${change}`))).rejects.toThrow(
        /ck_commission_state|CONSTRAINT/i,
      );
    }
  });

  it('inv 17, 33: a refund whose order has not come is booked against nobody, and in the open period once it has', async () => {
    const late = order('late', day(3), null, { netMinor: 1_000, storeCode: 'S1' });
    await world.refund(refund('early', late, day(4), 400));
    await world.through(40);
    expect(await numbers('SELECT COUNT(*) FROM ledger_entry')).toEqual([0]);
    expect(await world.rows('SELECT state FROM refund')).toEqual([{ state: 'PENDING' }]);
    await world.buy(late);
    await world.through(41);
    expect(await world.rows('SELECT state FROM refund')).toEqual([{ state: 'APPLIED' }]);
    expect(await numbers('SELECT SUM(earned_minor), SUM(reversed_minor) FROM commission_state')).toEqual([70, 28]);
    expect(await world.rows('SELECT DISTINCT origin_period, period_id FROM ledger_entry')).toEqual([
      { origin_period: '2026-01', period_id: '2026-02' },
    ]);
  });

  it('inv 20: what is taken back is what was given, whatever plan, parent and binding say by then', async () => {
    await world.buy(order('first', day(1), 'ann', { netMinor: 10, storeCode: 'S1' }));
    const bought = order('a', day(2), 'ann', { netMinor: 999, storeCode: 'S1' });
    await world.buy(bought);
    await world.through(5);
    await world.plan({
      code: 'next',
      validFrom: '2026-01-10 00:00:00',
      rules: [...rules].reverse().map((rule) => ({ ...rule, ratePpm: rule.ratePpm * 3 })),
    });
    await world.partners({ ...network[2]!, parentCode: 'D2', validFrom: '2026-01-02 12:00:00' });
    await world.refund(refund('r', bought, day(12), 333));
    await world.through(13);
    const reversals = await world.rows<{ role: string; amount_minor: unknown }>(
      "SELECT role, amount_minor FROM commission_line WHERE kind = 'REVERSE' ORDER BY role",
    );
    expect(reversals.map((line) => `${line.role} ${line.amount_minor}`)).toEqual(['bound -9', 'distributor -6', 'store -16']);
    const unlike = ['partner_id', 'plan_version_id', 'rule_no', 'rate_ppm', 'line_hash', 'origin_period']
      .map((column) => `r.${column} <> c.${column}`)
      .join(' OR ');
    expect(
      await world.rows(
        `SELECT r.role FROM commission_line r JOIN commission_line c ON c.line_id = r.reverses_id WHERE ${unlike} OR COALESCE(r.binding_id, r.brand_id) <> COALESCE(c.binding_id, c.brand_id)`,
      ),
    ).toEqual([]);
  });

  it('inv 21: of many who take the whole of an order back at once exactly one does, and later ones are held', async () => {
    const bought = order('a', day(1), null, { netMinor: 1_000, storeCode: 'S1' });
    await world.buy(bought);
    await world.through(1);
    // As two replicas would that both believe to be the only one: with the same refund, and with others of the same money.
    const take = (data: OrderRefunded) =>
      world.within((tx) => world.get(RefundService).apply(tx, brandId, [{ data, occurredAt: day(2), ofVoid: false }], '2026-01'));
    const all = ['r1', 'r1', 'r2', 'r2', 'r3', 'r3'].map((name) => refund(name, bought, day(2), 1_000));
    const taken = await Promise.allSettled(all.map(take));
    const refused = taken.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    const reversed = () => numbers("SELECT COUNT(*), SUM(amount_minor) FROM commission_line WHERE kind = 'REVERSE'");
    expect(await reversed()).toEqual([2, -70]);
    for (const reason of refused) expect(reason).toMatch(/UNIQUE|Duplicate/i);
    await world.refund(refund('r4', bought, day(2), 1_000));
    await world.through(3);
    expect(await world.rows('SELECT state FROM refund')).toEqual([{ state: 'HELD' }]);
    expect(await reversed()).toEqual([2, -70]);
    expect(await numbers('SELECT SUM(balance_minor) FROM account_balance')).toEqual([0]);
  });

  it('inv 22, 24, 25: batches that meet the same partners in opposite order wait for each other in turn, and every balance is the sum of its entries', async () => {
    const partners = Array.from({ length: 60 }, (_, index) => namedId(`partner ${index}`));
    let begun = 0;
    const book = (name: string, order: readonly string[]) =>
      world.within(async (tx) => {
        begun += 1;
        await world.get(LedgerRepository).book(
          tx,
          order.map((partnerId) => ({
            idem: `${name}/${partnerId}`,
            kind: 'accrue',
            brandId,
            currency: 'CNY',
            periodId: '2026-01',
            refId: partnerId,
            effectiveAt: 0,
            entries: accrual([{ partnerId, amountMinor: 7, lineId: partnerId }], '2026-01')!,
          })),
        );
      });
    await book('first', partners);
    await Promise.all(
      Array.from({ length: 24 }, (_, index) => book(`batch ${index}`, index % 2 === 0 ? partners : [...partners].reverse())),
    );
    // None was chosen as the victim of a deadlock and had to begin again.
    expect(begun).toBe(25);
    expect(await world.rows('SELECT balance_minor, entries FROM account_balance WHERE balance_minor <> -175 OR entries <> 25')).toEqual([]);
    expect(await numbers('SELECT COUNT(*) FROM account_balance')).toEqual([60]);
  });

  it('inv 28: a period closes after what is being booked in it, and whoever comes then books in the next', async () => {
    const open = () => world.within((tx) => world.get(PeriodService).open(tx, brandId, '2026-01'));
    const events = [await open()];
    let closing: Promise<unknown> = Promise.resolve();
    await world.within(async (tx) => {
      await world.get(PeriodService).open(tx, brandId, '2026-01');
      closing = world
        .within((closer) => world.get(PeriodService).roll(closer, brandId, '2026-01', day(32), null, null))
        .then(() => events.push('closed'));
      await pause(300);
      events.push('booked');
    });
    await closing;
    expect([...events, await open()]).toEqual(['2026-01', 'booked', 'closed', '2026-02']);
  });

  it('inv 15, 26: a decision that fails at its very end leaves nothing; made again, it leaves line, entries, balance, event and its mark together', async () => {
    await world.buy(order('a', day(1), 'ann', { netMinor: 1_000, storeCode: 'S1' }));
    const left = () =>
      numbers(
        `SELECT (SELECT COUNT(*) FROM commission_line), (SELECT COUNT(*) FROM commission_state), (SELECT COUNT(*) FROM ledger_txn), (SELECT COUNT(*) FROM ledger_entry),
                (SELECT COALESCE(SUM(entries), 0) FROM account_balance), (SELECT COUNT(*) FROM outbox WHERE type = 'distribution.commission-accrued.v1'), (SELECT COUNT(*) FROM binding),
                (SELECT COUNT(*) FROM purchase WHERE state = 'DECIDED')`,
      );
    const brand = await world.get(BrandDirectory).get(null, brandId);
    const settings = await world.get(SettingService).read(brandId);
    const decide = (fail: boolean) =>
      world.within(async (tx) => {
        const purchases = await world
          .get(PurchaseQueue)
          .purchases(tx, brandId, { sealedThrough: null, receivedBefore: Number.MAX_SAFE_INTEGER }, 10);
        await world.get(PurchaseBooking).purchases(tx, brand, purchases, settings);
        if (fail) throw new Error('the lights went out');
      });
    await expect(decide(true)).rejects.toThrow('the lights went out');
    expect(await left()).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    await decide(false);
    expect(await left()).toEqual([2, 2, 1, 3, 2, 1, 1, 1]);
  });

  it('inv 15, 26: does not take an account for there that a transaction opened, posted to twice, and rolled back', async () => {
    const post = (name: string) =>
      world.within(async (tx) => {
        const periodId = await world.get(PeriodService).open(tx, brandId, '2026-01');
        const book = (nth: number) =>
          world.get(LedgerRepository).book(tx, [
            {
              idem: `${name}/${nth}`,
              kind: 'adjust',
              brandId,
              currency: 'CNY',
              periodId,
              refId: namedId(`${name}/${nth}`),
              effectiveAt: world.clock.now(),
              entries: adjustment({ partnerId: namedId(`partner/${brandId}/S1`), amountMinor: 100, originPeriod: '2026-01', lineId: null }),
            },
          ]);
        await book(1);
        await book(2);
        if (name === 'first') throw new Error('the lights went out');
      });
    await expect(post('first')).rejects.toThrow('the lights went out');
    await post('second');
    expect(await numbers('SELECT COUNT(*) FROM ledger_account')).toEqual([2]);
  });
});
