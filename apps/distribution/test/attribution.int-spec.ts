import { idIn, idOut, namedId, type Operator } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import { CommissionLineRepository } from '../src/commission/commission-line.repository';
import { MaturityService } from '../src/commission/maturity.service';
import { LedgerRepository } from '../src/ledger/ledger.repository';
import { accrual } from '../src/ledger/posting.rules';
import { expectBooksInOrder } from './books.fixture';
import { author, brandId, day, distribution, HOUR, order, personOf, type Distribution } from './distribution.fixture';

const rules = [
  { role: 'store', recipient: { from: 'store' as const }, ratePpm: 50_000 },
  { role: 'bound', recipient: { from: 'bound' as const }, ratePpm: 30_000 },
];
const stores = ['S1', 'S2', 'S3'].map((code) => ({ code, type: 'store' as const, name: code }));

describe.each(databases())('who earns when, on $name', (db) => {
  let world: Distribution;
  const begin = async (settings: Parameters<typeof distribution>[1] = {}) => {
    world = await distribution(db, settings);
    await world.partners(...stores);
    await world.plan({ rules });
  };
  afterEach(async () => {
    await expectBooksInOrder(world);
    await world.close();
  });
  const boundShares = () =>
    world
      .rows<{ external_id: string; code: string }>(
        "SELECT p.external_id, pa.code FROM commission_line c JOIN purchase p ON p.order_id = c.order_id JOIN partner pa ON pa.partner_id = c.partner_id WHERE c.role = 'bound' ORDER BY p.external_id",
      )
      .then((rows) => rows.map((row) => `${row.external_id} ${row.code}`));
  const at = (externalId: string, when: number, customer: string | null, storeCode: string) =>
    order(externalId, when, customer, { netMinor: 1_000, storeCode });

  it('inv 9, 10: the latest purchase binds, across batches and dates, and each binding names the one that ended it', async () => {
    await begin({ bindingMode: 'last' });
    await world.buy(at('a', day(1), 'ann', 'S1'), at('b', day(1) + HOUR, 'ann', 'S2'));
    await world.through(1);
    await world.buy(at('c', day(2), 'ann', 'S2'), at('d', day(3), 'ann', 'S3'), at('e', day(4), 'ann', 'S1'));
    await world.through(5);
    expect(await boundShares()).toEqual(['b S1', 'c S2', 'd S2', 'e S3']);
    const rows = await world.rows<{ code: string; reason: string; end_reason: string | null; valid_to: unknown }>(
      'SELECT p.code, b.reason, b.end_reason, b.valid_to FROM binding b JOIN partner p ON p.partner_id = b.partner_id ORDER BY b.valid_from',
    );
    expect(rows.map(({ code, reason, end_reason: ended }) => `${code} ${reason} ${ended ?? ''}`)).toEqual([
      'S1 first_purchase reassigned',
      'S2 latest_purchase reassigned',
      'S3 latest_purchase reassigned',
      'S1 latest_purchase ',
    ]);
    expect((await world.published<{ partnerId: string }>('binding-changed')).length).toBe(3);
    await expect(world.within((tx) => tx.query('UPDATE binding SET valid_to = NULL'))).rejects.toThrow();
  });

  it('finds for a partner by person what those bound to it bought, and nothing more of who belongs to another by now', async () => {
    await begin({ bindingMode: 'last' });
    await world.knowNetwork();
    const found = async (who: Operator, customer: string) => {
      const query = { limit: 50, sort: 'occurredAt', customerId: namedId(`customer/${customer}`) };
      const { data, total } = await world.get(CommissionLineRepository).list(brandId, query, who);
      expect(total).toBe(data.length);
      return data.map(({ orderExternalId, role, partnerCode }) => `${orderExternalId} ${role} ${partnerCode}`);
    };
    await world.buy(at('a', day(1), 'ann', 'S1'), at('x', day(1), 'bob', 'S1'));
    await world.through(1);
    expect([await found(personOf('S1'), 'ann'), await found(personOf('S2'), 'ann')]).toEqual([['a store S1'], []]);
    await world.buy(at('b', day(2), 'ann', 'S2'));
    await world.through(2);
    expect([await found(personOf('S1'), 'ann'), await found(personOf('S2'), 'ann')]).toEqual([[], ['b store S2']]);
    expect(await found(personOf('S1'), 'bob')).toEqual(['x store S1']);
    expect(await found(personOf('S1'), 'nobody')).toEqual([]);
    expect((await found(author, 'ann')).sort()).toEqual(['a store S1', 'b bound S1', 'b store S2']);
  });

  it('inv 9: protection counts from the latest purchase at the partner, across batches', async () => {
    await begin({ bindingMode: 'protected', protectionDays: 7 });
    await world.buy(at('a', day(1), 'ann', 'S1'));
    await world.through(1);
    await world.buy(at('b', day(6), 'ann', 'S1'), at('c', day(8), 'ann', 'S2'));
    await world.through(8);
    await world.buy(at('d', day(13) - 1, 'ann', 'S2'), at('e', day(13), 'ann', 'S2'), at('f', day(14), 'ann', 'S3'));
    await world.through(15);
    expect(await boundShares()).toEqual(['b S1', 'c S1', 'd S1', 'e S1', 'f S2']);
  });

  it('inv 10, 16: of two persons who are one the older binding stays, and earns from the order on that showed it, in whatever order all arrived', async () => {
    await begin();
    const persons = { old: namedId('customer/old'), new: namedId('customer/new') };
    const both = { ...at('both', day(4), 'new', 'S3'), merged: [persons.old] };
    const arrived = [
      at('d', day(4) + HOUR, 'old', 'S3'),
      at('c', day(4) - HOUR, 'new', 'S3'),
      both,
      at('b', day(2), 'new', 'S2'),
      at('a', day(1), 'old', 'S1'),
    ];
    await world.buy(...arrived);
    await world.buy(...arrived);
    await world.through(5);
    await world.buy(at('e', day(6), 'old', 'S3'));
    await world.through(7);
    expect(await boundShares()).toEqual(['both S1', 'c S2', 'd S1', 'e S1']);
    expect(await world.rows('SELECT end_reason FROM binding WHERE valid_to IS NOT NULL')).toEqual([
      { end_reason: 'merged' },
      { end_reason: 'merged' },
    ]);
    expect(
      await world
        .rows<{ customer_id: Buffer }>('SELECT customer_id FROM binding WHERE valid_to IS NULL')
        .then((rows) => rows.map((row) => idOut(row.customer_id))),
    ).toEqual([persons.new]);
  });

  it('holds commission for the days of its channel, counted from payment', async () => {
    await begin({ bindingDelaySeconds: 0, holdingDays: 3, holdingDaysByChannel: { web: 5, spot: 0 } });
    const paidLate = { ...at('late', day(1), null, 'S1'), paidAt: new Date(day(2)).toISOString() };
    await world.buy(
      at('till', day(1), null, 'S1'),
      { ...at('web', day(1), null, 'S1'), channel: 'web' },
      { ...at('spot', day(1), null, 'S1'), channel: 'spot' },
      paidLate,
    );
    const matured = () =>
      world
        .rows<{ external_id: string }>(
          "SELECT p.external_id FROM commission_line c JOIN purchase p ON p.order_id = c.order_id JOIN commission_state s ON s.line_id = c.line_id WHERE s.state = 'MATURED' ORDER BY p.external_id",
        )
        .then((rows) => rows.map((row) => row.external_id));
    const seen: Record<number, string[]> = {};
    for (const n of [1, 3, 4, 5, 6]) {
      world.clock.set(day(n) + 12 * HOUR);
      await world.settled();
      seen[n] = await matured();
    }
    expect(seen).toEqual({
      1: ['spot'],
      3: ['spot'],
      4: ['spot', 'till'],
      5: ['late', 'spot', 'till'],
      6: ['late', 'spot', 'till', 'web'],
    });
  });

  it('decides 1,200 orders of one instant alike, however many batches that takes', async () => {
    await begin({ bindingMode: 'last' });
    const many = Array.from({ length: 1_200 }, (_, index) =>
      at(`o${String(index).padStart(4, '0')}`, day(1), `c${index % 40}`, `S${(index % 3) + 1}`),
    );
    await world.buy(...many.slice(700), ...many.slice(0, 700));
    await world.buy(...Array.from({ length: 40 }, (_, index) => at(`p${index}`, day(2), `c${index}`, 'S1')));
    await world.through(3);
    const bound = await world.rows<{ customer: Buffer; code: string }>(
      "SELECT p.customer_id AS customer, pa.code FROM commission_line c JOIN purchase p ON p.order_id = c.order_id JOIN partner pa ON pa.partner_id = c.partner_id WHERE c.role = 'bound'",
    );
    expect(bound).toHaveLength(40);
    const winner = new Map(many.map((one) => [one.customerId!, one.lines[0]!.storeCode]));
    for (const row of bound) expect(row.code).toBe(winner.get(idOut(row.customer)));
    expect(
      await world
        .rows('SELECT state, COUNT(*) AS n FROM purchase GROUP BY state')
        .then((rows) => rows.map((row) => Object.values(row).map(String))),
    ).toEqual([['DECIDED', '1240']]);
  });

  it.each([0, 700])('inv 9: what two who are one bought in an instant is one decision, beside %i others', async (others) => {
    await begin({ bindingMode: 'last' });
    const idOf = (name: string) => namedId(`customer/${name}`);
    // In order of their ids, by which a large instant is cut.
    const people = Array.from({ length: others + 2 }, (_, index) => `c${index}`).sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
    const [survivor, retired] = [people.shift()!, people.pop()!];
    const instant = (n: number, ...orders: ReturnType<typeof at>[]) =>
      world.buy(...people.map((name) => at(`o${n}-${name}`, day(n), name, 'S3')), ...orders);
    await instant(1, { ...at('a1', day(1), survivor, 'S1'), merged: [idOf(retired)] }, at('b1', day(1), retired, 'S2'));
    await instant(2, at('a2', day(2), survivor, 'S3'), at('b2', day(2), retired, 'S1'));
    await world.buy(at('c3', day(3), survivor, 'S3'));
    await world.through(3);
    expect((await boundShares()).filter((share) => !share.startsWith('o'))).toEqual(['a2 S2', 'b2 S2', 'c3 S1']);
  });

  it('lines that fall due while a day is being settled are booked as well, and nothing twice', async () => {
    await begin({ bindingDelaySeconds: 0 });
    const mature = () =>
      world.within((tx) => world.get(MaturityService).mature(tx, brandId, world.clock.now() + 1, '2026-01', 'a day', 500));
    await world.buy(at('a', day(0), null, 'S1'));
    await world.settled();
    expect(await mature()).toBe(1);
    await world.buy(at('b', day(0) - 1, null, 'S1'));
    await world.settled();
    expect(await mature()).toBe(1);
    expect(await mature()).toBe(0);
    expect(
      await world.rows("SELECT SUM(matured_minor) AS sum FROM commission_state WHERE state = 'MATURED'").then(([row]) => Number(row!.sum)),
    ).toBe(100);
  });

  it('inv 14, 15, 26: the same line or posting again is refused by the database and leaves no trace', async () => {
    await begin();
    await world.buy(at('a', day(1), null, 'S1'));
    await world.through(2);
    const counted = () =>
      world.rows(
        'SELECT (SELECT COUNT(*) FROM ledger_txn) AS txns, (SELECT COUNT(*) FROM ledger_entry) AS entries, (SELECT COUNT(*) FROM commission_line) AS lines_, (SELECT SUM(entries) FROM account_balance) AS moved',
      );
    const before = await counted();
    const store = namedId(`partner/${brandId}/S1`);
    const again = () =>
      world.within(async (tx) => {
        const entries = accrual([{ partnerId: store, amountMinor: 50, lineId: store }], '2026-01')!;
        const orderId = namedId('order/a');
        await world.get(LedgerRepository).book(tx, [
          {
            idem: `accrue/${orderId}`,
            kind: 'accrue',
            brandId,
            currency: 'CNY',
            periodId: '2026-01',
            refId: orderId,
            effectiveAt: 0,
            entries,
          },
        ]);
      });
    await world.refused('uq_ledger_txn_idem', again);
    const columns = Object.keys((await world.rows('SELECT * FROM commission_line LIMIT 1'))[0]!);
    const copy = columns.map((column) => (column === 'line_id' ? '?' : column)).join(', ');
    await world.refused(
      'uq_commission_line',
      `INSERT INTO commission_line (${columns.join(', ')}) SELECT ${copy} FROM commission_line LIMIT 1`,
      [idIn(namedId('another'))],
    );
    expect(await counted()).toEqual(before);
  });

  it('inv 8: an edge that is put in for the past changes nothing that was decided, and frees what waited for it', async () => {
    await begin();
    await world.partners(
      { code: 'D1', type: 'distributor', name: 'D1' },
      { code: 'S9', type: 'store', name: 'S9', validFrom: '2026-01-20' },
    );
    await world.buy(at('a', day(1), null, 'S1'), at('b', day(1), null, 'S9'));
    await world.through(2);
    const lines = () => world.rows('SELECT line_hash FROM commission_line ORDER BY line_id');
    const before = await lines();
    expect(before).toHaveLength(1);
    expect(await world.partners({ code: 'S1', type: 'store', name: 'S1', parentCode: 'D1', validFrom: '2026-01-01' })).toMatchObject({
      accepted: 1,
      rejected: [],
    });
    await world.through(3);
    expect(await lines()).toEqual(before);
    await world.partners({ code: 'S9', type: 'store', name: 'S9', validFrom: '2026-01-01' });
    await world.through(4);
    expect(await world.rows('SELECT state FROM purchase')).toEqual([{ state: 'DECIDED' }, { state: 'DECIDED' }]);
    expect(await world.partners({ code: 'D1', type: 'distributor', name: 'D1', parentCode: 'S1', validFrom: '2026-03-01' })).toMatchObject({
      accepted: 0,
      rejected: [{ errors: [{ code: 'loop' }] }],
    });
  });
});
