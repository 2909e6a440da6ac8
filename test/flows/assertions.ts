import type { adjustmentList, commissionByPeriod, partnerList, partnerDetail, payoutItemList, trialBalance } from '@concentric/contracts';
import { hex, idParam } from './direct-query';
import type { FlowBrand, Of } from './flow-brand';

/** The four assertions that close every flow: from the answers of the services and from the books themselves. */
export async function expectMoneyInOrder(brand: FlowBrand): Promise<void> {
  await expectAccountsToSumToZero(brand);
  await expectPartnersToBeOwedWhatTheyEarned(brand);
  await expectStatementsToHoldWhatIsPayable(brand);
  await expectOriginPeriodsToAgree(brand);
}

/** (a), inv 22 and 24: every account sums to zero overall, every transaction by itself, every balance is the sum of its entries. */
export async function expectAccountsToSumToZero(brand: FlowBrand): Promise<void> {
  const { accounts, balancedMinor } = await brand.get<Of<typeof trialBalance>>('distribution', '/trial-balance');
  expect(balancedMinor).toBe(0);
  expect(accounts.reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0)).toBe(0);
  const ask = books(brand);
  expect(
    await ask(
      'SELECT e.txn_id FROM ledger_entry e JOIN ledger_account a ON a.account_id = e.account_id WHERE a.brand_id = ? GROUP BY e.txn_id, e.currency HAVING SUM(e.amount_minor) <> 0 OR COUNT(*) < 2',
    ),
  ).toEqual([]);
  expect(
    await ask(
      `SELECT a.account_id FROM ledger_account a LEFT JOIN account_balance b ON b.account_id = a.account_id
         LEFT JOIN (SELECT account_id, SUM(amount_minor) AS total, COUNT(*) AS n FROM ledger_entry GROUP BY account_id) e ON e.account_id = a.account_id
        WHERE a.brand_id = ? AND b.account_id IS NOT NULL AND (b.balance_minor <> COALESCE(e.total, 0) OR b.entries <> COALESCE(e.n, 0))`,
    ),
  ).toEqual([]);
}

/** (b), inv 18: pending + payable of each partner is what it earned less what was taken back, adjusted, written off, sent and withheld. */
export async function expectPartnersToBeOwedWhatTheyEarned(brand: FlowBrand): Promise<void> {
  const net = new Map<string, number>();
  type Row = { partner: string; earnedMinor: number; reversedMinor: number };
  for await (const row of brand.world.crew.auditor.rows<Row>('distribution', `/brands/${brand.brandId}/commission-by-partner-month`)) {
    net.set(row.partner, (net.get(row.partner) ?? 0) + row.earnedMinor - row.reversedMinor);
  }
  for (const [partner, amount] of await documentsOf(brand)) net.set(partner, (net.get(partner) ?? 0) + amount);
  const { data: partners } = await brand.get<Of<typeof partnerList>>('distribution', '/partners?limit=500');
  for (const { id, code } of partners) {
    const { balances } = await brand.get<Of<typeof partnerDetail>>('distribution', `/partners/${id}`);
    expect([code, balances.pendingMinor + balances.payableMinor]).toEqual([code, net.get(code) ?? 0]);
  }
  const owed = await books<{ partner_id: Uint8Array | ArrayBuffer; owed: unknown }>(brand)(
    `SELECT a.partner_id, SUM(-e.amount_minor) AS owed FROM ledger_entry e JOIN ledger_account a ON a.account_id = e.account_id
      WHERE a.brand_id = ? AND a.type IN ('pending', 'payable') AND e.kind IN ('accrue', 'mature', 'reverse') GROUP BY a.partner_id`,
  );
  const earned = await books<{ partner_id: Uint8Array | ArrayBuffer; net: unknown }>(brand)(
    'SELECT partner_id, SUM(earned_minor - reversed_minor) AS net FROM commission_state WHERE brand_id = ? GROUP BY partner_id',
  );
  expect(nonZero(owed.map((row) => [hex(row.partner_id), Number(row.owed)]))).toEqual(
    nonZero(earned.map((row) => [hex(row.partner_id), Number(row.net)])),
  );
  expect(
    await books(brand)(
      'SELECT line_id FROM commission_state WHERE brand_id = ? AND (reversed_minor < 0 OR reversed_minor > earned_minor OR refunded_minor > net_minor)',
    ),
  ).toEqual([]);
}

/** Of each partner what documents have changed beside its lines: adjusted, less written off, sent and withheld. */
async function documentsOf(brand: FlowBrand): Promise<[string, number][]> {
  const { data: items } = await brand.get<Of<typeof payoutItemList>>('distribution', '/payout-items?limit=500');
  const { data: adjustments } = await brand.get<Of<typeof adjustmentList>>('distribution', '/adjustments?state=BOOKED&limit=500');
  return [
    ...items
      .filter(({ state }) => ['SENT', 'UNKNOWN', 'PAID'].includes(state))
      .map(({ partnerCode, grossMinor }): [string, number] => [partnerCode, -grossMinor]),
    ...adjustments.map(({ partnerCode, kind, amountMinor }): [string, number] => [
      partnerCode,
      kind === 'adjust' ? amountMinor : -amountMinor,
    ]),
  ];
}

/** Inv 28, 29, 31: of a closed period the statements hold exactly what became payable in it, and each opens where the one before closed. */
export async function expectStatementsToHoldWhatIsPayable(brand: FlowBrand): Promise<void> {
  const payable = await books<{ period_id: string; total: unknown }>(brand)(
    `SELECT e.period_id, SUM(-e.amount_minor) AS total FROM ledger_entry e JOIN ledger_account a ON a.account_id = e.account_id
       JOIN accounting_period p ON p.brand_id = a.brand_id AND p.period_id = e.period_id AND p.state IN ('CLOSED', 'SEALED')
      WHERE a.brand_id = ? AND a.type = 'payable' GROUP BY e.period_id`,
  );
  const statements = (await brand.statements()).filter(({ state }) => state !== 'VOID');
  const stated = new Map<string, number>();
  for (const { period, openingMinor, closingMinor } of statements)
    stated.set(period, (stated.get(period) ?? 0) + closingMinor - openingMinor);
  expect(nonZero([...stated])).toEqual(nonZero(payable.map((row) => [row.period_id, Number(row.total)])));
  const closing = new Map<string, number>();
  for (const row of statements) {
    expect([row.period, row.partnerCode, row.openingMinor]).toEqual([row.period, row.partnerCode, closing.get(row.partnerCode) ?? 0]);
    closing.set(row.partnerCode, row.closingMinor);
  }
}

/** (d): commission by origin period, with its corrections, as indicators tell it is the sum of the ledger entries of that period. */
export async function expectOriginPeriodsToAgree(brand: FlowBrand): Promise<void> {
  const { rows } = await brand.get<Of<typeof commissionByPeriod>>('indicators', '/commission-by-origin-period');
  const booked = await books<{ origin_period: string; type: string; total: unknown }>(brand)(
    `SELECT e.origin_period, a.type, SUM(-e.amount_minor) AS total FROM ledger_entry e JOIN ledger_account a ON a.account_id = e.account_id
      WHERE a.brand_id = ? AND a.type IN ('pending', 'payable') AND e.kind IN ('accrue', 'mature', 'reverse', 'adjust') GROUP BY e.origin_period, a.type`,
  );
  const sums = new Map<string, number>();
  for (const { origin_period, total } of booked) sums.set(origin_period, (sums.get(origin_period) ?? 0) + Number(total));
  expect(nonZero(rows.map((row) => [row.originPeriod, row.earnedMinor - row.reversedMinor + row.adjustedMinor]))).toEqual(
    nonZero([...sums]),
  );
  const matured = booked.filter(({ type }) => type === 'payable').map((row): [string, number] => [row.origin_period, Number(row.total)]);
  expect(nonZero(rows.map((row) => [row.originPeriod, row.maturedMinor + row.adjustedMinor]))).toEqual(nonZero(matured));
}

/** What money came to, without ids and moments that differ from run to run: equal for (c). */
export async function moneyOf(brand: FlowBrand): Promise<Record<string, readonly string[]>> {
  const lines = await books<Record<string, unknown>>(brand)(
    `SELECT p.external_id, l.line_no, l.role, pa.code, l.base_minor, l.rate_ppm, l.amount_minor, l.origin_period, s.state, s.reversed_minor, s.refunded_minor, s.matured_period
       FROM commission_line l JOIN commission_state s ON s.line_id = l.line_id JOIN purchase p ON p.order_id = l.order_id JOIN partner pa ON pa.partner_id = l.partner_id
      WHERE l.brand_id = ? AND l.kind = 'EARN'`,
  );
  const balances = await books<Record<string, unknown>>(brand)(
    `SELECT pa.code, a.type, b.balance_minor FROM account_balance b JOIN ledger_account a ON a.account_id = b.account_id JOIN partner pa ON pa.partner_id = a.partner_id WHERE a.brand_id = ?`,
  );
  const statements = (await brand.statements()).map((row) => [
    row.period,
    row.partnerCode,
    row.openingMinor,
    row.earnedMinor,
    row.reversedMinor,
    row.closingMinor,
    row.carriedInMinor,
    row.netMinor,
    row.outcome,
    row.lines,
    row.withheldMinor,
    row.paidMinor,
    row.state,
  ]);
  const periods = await books<Record<string, unknown>>(brand)('SELECT period_id, state FROM accounting_period WHERE brand_id = ?');
  const { rows } = await brand.get<Of<typeof commissionByPeriod>>('indicators', '/commission-by-origin-period');
  const sales = await brand.get<{ rows: { value: number | null }[] }>(
    'indicators',
    '/values?key=net_sales_amount&from=2026-01-01&to=2027-01-01&granularity=month',
  );
  const text = (list: readonly object[]) => list.map((row) => Object.values(row).map(String).join(' ')).sort();
  return {
    lines: text(lines),
    balances: text(balances),
    statements: text(statements),
    periods: text(periods),
    origins: text(rows),
    sales: sales.rows.map(({ value }) => String(value)),
  };
}

function books<Row extends object>({ world, brandId }: FlowBrand): (sql: string) => Promise<Row[]> {
  const query = world.installation.query<Row>('distribution');
  return (sql) => query(sql, [idParam(brandId)]);
}

function nonZero(pairs: readonly (readonly [string, number])[]): Record<string, number> {
  return Object.fromEntries([...pairs].filter(([, amount]) => amount !== 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}
