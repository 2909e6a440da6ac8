import { isDuplicateKey, namedId } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import type { Settings } from './engine/settings';
import type { Order, Refund } from './engine/order';
import { DAY, WallCalendar } from './engine/wall-calendar';
import { Product } from './product';
import { CHANNELS, ProductBrand } from './product-brand';

const WORKERS = 32;
const OPERATIONS = Number(process.env['CONTENTION_OPERATIONS'] ?? 2_000);
const REPLICAS = 4;
const ENTRIES_IN_APRIL =
  "SELECT COUNT(*) AS n, COALESCE(SUM(ABS(e.amount_minor)), 0) AS moved FROM ledger_entry e JOIN ledger_account a ON a.account_id = e.account_id WHERE a.brand_id = ? AND e.period_id = '2026-04'";

const settings: Settings = {
  zone: 'Asia/Shanghai',
  mode: 'last',
  protectionDays: null,
  bindTo: ['store'],
  holdingDays: 0,
  holdingDaysByChannel: {},
  minimum: 0n,
  autoClose: false,
  secondApprovalAbove: null,
  secondPayoutAbove: null,
  disputeWindowDays: 7,
  delaySeconds: null,
};
const calendar = new WallCalendar(settings.zone);
const dateOf = (at: number) => calendar.dateOf(at);
const rule = { categories: [], channels: [], base: 'net' as const };
const rules = [
  { ...rule, role: 'store', from: 'store' as const, ratePpm: 70_000n },
  { ...rule, role: 'chain', from: 'store' as const, climbTo: 'distributor', ratePpm: 33_333n },
];
const STORES = ['S1', 'S2', 'S3'];

/** Does all of it at once, by 32 workers; what goes wrong is counted by what it says. */
async function crowd(count: number, work: (index: number, worker: number) => Promise<string>): Promise<Map<string, number>> {
  const outcomes = new Map<string, number>();
  let next = 0;
  const worker = async (_: unknown, number: number) => {
    for (let index = next; index < count; index = next) {
      next += 1;
      const outcome = await work(index, number).catch((error: unknown) => `unexplained: ${String(error)}`);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: Math.min(WORKERS, count) }, worker));
  return outcomes;
}

const names = (outcomes: Map<string, number>) => [...outcomes.keys()].sort();

// SQLite lets one write at a time; only a server has anything to contend for.
for (const db of databases().filter(({ dialect }) => dialect === 'mysql'))
  describe(`32 workers on few partners, on ${db.name}`, () => {
    let product: Product;
    let brand: ProductBrand;
    let deadlocks: number;
    const start = calendar.startOf('2026-04-01');
    const deadlocksSoFar = async () =>
      Number((await product.rows<{ Value: string }>("SHOW GLOBAL STATUS LIKE 'Innodb_deadlocks'"))[0]?.Value ?? Number.NaN);

    beforeAll(async () => {
      product = await Product.start(db, start, REPLICAS);
      deadlocks = await deadlocksSoFar();
      brand = await ProductBrand.found(product, 'crowded', settings);
      await brand.place({ code: 'D1', type: 'distributor', parent: null, from: null });
      for (const code of STORES) await brand.place({ code, type: 'store', parent: 'D1', from: null });
      expect(await brand.activate('base', { validFrom: 0, budgetPpm: 500_000n, rules })).toBeNull();
    });
    afterAll(async () => {
      process.stdout.write(
        `contention: ${OPERATIONS} operations by ${WORKERS} workers on ${REPLICAS} replicas, ${(await deadlocksSoFar()) - deadlocks} deadlocks\n`,
      );
      await product.stop();
    });

    const orderOf = (name: string, at: number): Order => ({
      externalId: name,
      channel: CHANNELS[0],
      customer: name.slice(-1),
      merged: [],
      at,
      paidAt: at,
      lines: [
        {
          lineNo: 1,
          sku: 'sku',
          net: 10_000n,
          cost: null,
          quantity: 1n,
          category: null,
          store: STORES[name.charCodeAt(name.length - 1) % 3]!,
          guide: null,
          leader: null,
        },
      ],
    });
    const refundOf = (name: string, order: Order, at: number, amount: bigint): Refund => ({
      refundId: namedId(`refund/crowded/${name}`),
      order,
      at,
      amounts: [{ lineNo: 1, amount }],
    });
    /** As the bus does it: who comes second with the same fact is told so by the database, and finds it when it tries again. */
    const deliver = async (orders: Order[], refunds: Refund[], worker: number): Promise<string> => {
      for (let attempt = 0; ; attempt += 1) {
        try {
          await brand.arrive(orders, refunds, dateOf, worker);
          return attempt === 0 ? 'taken' : 'taken at second sight';
        } catch (error) {
          if (attempt === 5 || !isDuplicateKey(error)) throw error;
        }
      }
    };
    const sealThrough = async (date: string) => {
      const dates = Array.from({ length: Number(date.slice(8)) }, (_, index) => `${date.slice(0, 8)}${String(index + 1).padStart(2, '0')}`);
      const seen = await brand.rows<{ business_date: string; channel: string; orders_seen: unknown; refunds_seen: unknown }>(
        'SELECT business_date, channel, orders_seen, refunds_seen FROM intake_day WHERE brand_id = ?',
      );
      await brand.seal(dates, (day, channel) => {
        const row = seen.find((one) => one.business_date === day && one.channel === channel);
        return { orders: Number(row?.orders_seen ?? 0), refunds: Number(row?.refunds_seen ?? 0) };
      });
    };

    it('inv 13, 21, 25: takes each refund once, however many hand it over at the same time, and never more than was paid', async () => {
      const bought = Array.from({ length: 20 }, (_, index) => orderOf(`a${index}`, start + index));
      const refunds = bought.map((order, index) => refundOf(`a${index}`, order, start + 5_000, 9_999n));
      // Of these one fits beside the first; which one is decided by their time, not by who is quicker.
      const greedy = bought.flatMap((order, index) => [1, 2].map((n) => refundOf(`g${index}-${n}`, order, start + 6_000 + n, 1n)));
      const deliveries = Array.from({ length: WORKERS }, () => [
        ...bought.map((order) => [[order], []] as const),
        ...[...refunds, ...greedy].map((refund) => [[], [refund]] as const),
      ]).flat();
      const outcomes = await crowd(deliveries.length, (index, worker) =>
        deliver([...deliveries[index]![0]], [...deliveries[index]![1]], worker),
      );
      expect(names(outcomes).filter((name) => !name.startsWith('taken'))).toEqual([]);
      product.passTo(calendar.endOf('2026-04-01'));
      await sealThrough('2026-04-01');
      await product.settled();
      expect(
        await brand
          .rows('SELECT state, COUNT(*) AS n FROM refund WHERE brand_id = ? GROUP BY state ORDER BY state')
          .then((rows) => rows.map((row) => Object.values(row).map(String))),
      ).toEqual([
        ['APPLIED', '40'],
        ['HELD', '20'],
      ]);
      expect(
        await brand.rows(
          "SELECT line_id FROM commission_state WHERE brand_id = ? AND (state <> 'REVERSED' OR reversed_minor <> earned_minor)",
        ),
      ).toEqual([]);
      expect(
        await brand.rows(
          "SELECT l.reverses_id FROM commission_line l WHERE l.brand_id = ? AND l.kind = 'REVERSE' GROUP BY l.reverses_id HAVING COUNT(*) <> 2",
        ),
      ).toEqual([]);
    });

    it('inv 24, 25, 28: closes once, while 32 workers post, and adds nothing to what is closed', async () => {
      const ops = await crowd(OPERATIONS, (index, worker) =>
        deliver(
          [orderOf(`b${index}`, start + DAY + index * 1_000)],
          index % 3 === 0 && index > 40
            ? [refundOf(`b${index}`, orderOf(`b${index - 40}`, start + DAY + (index - 40) * 1_000), start + 2 * DAY + index, 1_234n)]
            : [],
          worker,
        ),
      );
      expect(names(ops).filter((name) => !name.startsWith('taken'))).toEqual([]);
      product.passTo(calendar.endOf('2026-04-30'));
      await sealThrough('2026-04-30');
      await product.settled();
      const late = crowd(Math.floor(OPERATIONS / 4), (index, worker) =>
        deliver(
          [orderOf(`c${index}`, start + 3 * DAY + index * 1_000)],
          index > 40
            ? [refundOf(`c${index}`, orderOf(`b${index - 40}`, start + DAY + (index - 40) * 1_000), start + 4 * DAY + index, 999n)]
            : [],
          worker,
        ),
      );
      const began = await crowd(WORKERS, async (index) =>
        brand
          .call('POST', '/periods/2026-04/start-close', `maker ${index}`, { override: 'the month is over' }, index)
          .then(({ status, body }) => (status < 300 ? 'done' : body.code!)),
      );
      expect(began.get('done')).toBe(1);
      const closed = await crowd(WORKERS, async (index) =>
        brand
          .call('POST', '/periods/2026-04/close', `checker ${index}`, { override: 'the month is over' }, index)
          .then(({ status, body }) => (status < 300 ? 'done' : body.code!)),
      );
      expect(closed.get('done')).toBe(1);
      const atTheGate = await brand.rows(ENTRIES_IN_APRIL);
      expect(names(await late).filter((name) => !name.startsWith('taken'))).toEqual([]);
      await product.settled();
      expect(await brand.rows(ENTRIES_IN_APRIL)).toEqual(atTheGate);
      process.stdout.write(`contention: start-close ${JSON.stringify([...began])}, close ${JSON.stringify([...closed])}\n`);
      expect([names(began), names(closed)]).toEqual([
        ['closing_started', 'done'],
        ['done', 'period_not_open'],
      ]);
    });

    it('inv 40: is approved by exactly one of 32, each statement once', async () => {
      const refs = [...(await brand.statementRefs()).values()];
      expect(refs).toHaveLength(4);
      await brand.expect('POST', '/statements/submit', 'maker', { items: refs });
      const outcomes = await crowd(WORKERS * refs.length, async (index) => {
        const { body } = await brand.call(
          'POST',
          '/statements/approve',
          `checker ${index}`,
          { items: [refs[index % refs.length]], reason: 'agreed' },
          index,
        );
        const { done, refused } = body as unknown as { done: number; refused: { code: string }[] };
        return done === 1 ? 'done' : refused[0]!.code;
      });
      expect(outcomes.get('done')).toBe(refs.length);
      expect(names(outcomes).filter((name) => !['done', 'wrong_state', 'changed_meanwhile'].includes(name))).toEqual([]);
      expect(
        await product.rows("SELECT COUNT(*) AS n FROM audit_log WHERE action = 'statement.approved'").then(([row]) => Number(row!['n'])),
      ).toBe(refs.length);
    });

    it('inv 25, 36, 38, 40: pays once what 32 prepare, submit, approve, release and take in from the bank at the same time', async () => {
      for (const code of ['D1', ...STORES]) {
        const { id } = await brand.expect('PUT', `/partners/${brand.partnerId(code)}/payee`, 'payee maker', {
          currency: 'CNY',
          holder: code,
          account: '6222020200112233445',
          bankId: '102100099996',
          reason: 'contract',
        });
        await brand.expect('POST', `/payees/${String(id)}/decide`, 'payee checker', { approve: true, reason: 'compared' });
      }
      await product.settled();
      product.passTo(product.now + (settings.disputeWindowDays + 1) * DAY);
      await product.settled();
      const statementIds = [...(await brand.statementRefs()).values()].map(({ statementId }) => statementId);
      /** Everybody asks for the same, of any replica; what each was told, and what the one was whom it was granted. */
      const race = async (path: string, who: string, body: unknown) => {
        const granted: Record<string, unknown>[] = [];
        const outcomes = await crowd(WORKERS, async (index) => {
          const answer = await brand.call('POST', path, `${who} ${index}`, body, index);
          if (answer.status >= 300) return answer.body.code!;
          granted.push(answer.body);
          return 'done';
        });
        return { granted, outcomes };
      };
      const prepared = await race('/payouts', 'preparer', { currency: 'CNY', statementIds });
      expect(Object.fromEntries(prepared.outcomes)).toEqual({ done: 1, statement_not_payable: WORKERS - 1 });
      const path = `/payouts/${String(prepared.granted[0]!['id'])}`;
      for (const [action, who, verb] of [
        ['submit', 'submitter', 'submitted'],
        ['approve', 'treasury checker', 'approved'],
        ['release', 'releaser', 'released'],
      ] as const) {
        const { version } = await brand.expect('GET', path, 'auditor');
        const { outcomes } = await race(`${path}/${action}`, who, { version });
        expect(outcomes.get('done')).toBe(1);
        expect(names(outcomes).filter((name) => !['done', 'wrong_state', 'changed_meanwhile'].includes(name))).toEqual([]);
        expect(await product.rows('SELECT id FROM audit_log WHERE action = ?', `payout.${verb}`)).toHaveLength(1);
      }
      const { data } = (await brand.expect('GET', `/payout-items?limit=500`, 'auditor')) as unknown as {
        data: { id: string; amountMinor: number; state: string }[];
      };
      expect(data.map(({ state }) => state)).toEqual(statementIds.map(() => 'SENT'));
      const file = (status: string) =>
        [
          'item,status,bank_ref,amount_minor,booked_on,reason',
          ...data.map(({ id, amountMinor }, index) => `${id},${status},B${index},${amountMinor},2026-05-08,`),
          '',
        ].join('\n');
      const booked = async (kind: string) =>
        (await brand.rows<{ n: unknown }>(`SELECT COUNT(*) AS n FROM ledger_txn WHERE brand_id = ? AND kind = '${kind}'`)).map(({ n }) =>
          Number(n),
        )[0];
      expect(Object.fromEntries((await race('/payouts/bank-results', 'importer', file('PAID'))).outcomes)).toEqual({ done: WORKERS });
      expect([await booked('payout'), await booked('bank-paid')]).toEqual([data.length, data.length]);

      expect(Object.fromEntries((await race('/payouts/bank-results', 'importer', file('RETURNED'))).outcomes)).toEqual({ done: WORKERS });
      const lines = (await brand.expect('GET', '/bank-lines?state=WAITING', 'auditor')) as unknown as { data: { id: string }[] };
      expect(lines.data).toHaveLength(data.length);
      for (const { id } of lines.data) {
        const { outcomes } = await race(`/bank-lines/${id}/confirm`, 'believer', { approve: true, reason: 'their letter' });
        expect(Object.fromEntries(outcomes)).toEqual({ done: 1, wrong_state: WORKERS - 1 });
      }
      expect(await booked('bank-return')).toBe(data.length);
    });

    it('inv 22, 24, 29: after all of it every transaction balances, and balances and statements are the sums of their entries', async () => {
      expect(
        await brand.rows(
          'SELECT e.txn_id FROM ledger_entry e JOIN ledger_txn t ON t.txn_id = e.txn_id WHERE t.brand_id = ? GROUP BY e.txn_id HAVING SUM(e.amount_minor) <> 0 OR COUNT(*) < 2',
        ),
      ).toEqual([]);
      expect(
        await brand.rows(
          `SELECT b.account_id FROM account_balance b JOIN (SELECT e.account_id, SUM(e.amount_minor) AS total, COUNT(*) AS n FROM ledger_entry e JOIN ledger_account a ON a.account_id = e.account_id WHERE a.brand_id = ? GROUP BY e.account_id) s
           ON s.account_id = b.account_id WHERE b.balance_minor <> s.total OR b.entries <> s.n`,
        ),
      ).toEqual([]);
      const [sums] = await brand.rows<{ payable: unknown; stated: unknown }>(
        `SELECT (SELECT SUM(-e.amount_minor) FROM ledger_entry e JOIN ledger_account a ON a.account_id = e.account_id WHERE a.brand_id = s.brand_id AND a.type = 'payable' AND e.period_id = '2026-04') AS payable,
              SUM(s.earned_minor - s.reversed_minor) AS stated FROM statement s WHERE s.brand_id = ? AND s.period_id = '2026-04' GROUP BY s.brand_id`,
      );
      expect(String(sums!.stated)).toBe(String(sums!.payable));
    });
  });
