import { int } from '@concentric/service-kit';
import type { Brand } from './engine/brand';
import type { ProductBrand } from './product';

type Facts = string[];
const STATES = { waiting: 'PENDING', done: 'DECIDED', held: 'HELD' } as const;

/** Everything that money came to, as lines of text: what is only here or only there is a difference. */
function factsOf({ orders, refunds, accounts }: Brand): Facts {
  const balances = [accounts.pending, accounts.payable].flatMap((balance, index) =>
    [...balance]
      .filter(([, owed]) => owed !== 0n)
      .map(([partner, owed]) => `${index === 0 ? 'pending' : 'payable'} of ${partner}: ${owed}`),
  );
  return [
    ...Object.entries(accounts.house)
      .filter(([, balance]) => balance !== 0n)
      .map(([account, balance]) => `${account}: ${balance}`),
    ...balances,
    ...[...orders.values()].map(({ it, state }) => `order ${it.externalId}: ${STATES[state]}`),
    ...[...refunds.values()].map(({ it, state }) => `refund ${it.refundId}: ${state === 'done' ? 'APPLIED' : STATES[state]}`),
    ...accounts.lines.map(
      (line) => `${line.order}/${line.lineNo} ${line.role} ${line.partner}: earned ${line.earned} reversed ${line.reversed} ${line.state}`,
    ),
    ...accounts.statements.all.map((one) =>
      statement(one.period, one.partner, one.state, one.outcome, one.lines, [
        one.opening,
        one.earned,
        one.reversed,
        one.adjusted,
        one.writtenOff,
        one.withheld,
        one.paid,
        one.closing,
        one.carriedIn,
        one.net,
        one.tax,
      ]),
    ),
  ];
}

async function factsIn(brand: ProductBrand): Promise<Facts> {
  const house = await brand.rows(
    "SELECT a.type, SUM(e.amount_minor) AS balance FROM ledger_entry e JOIN ledger_account a ON a.account_id = e.account_id WHERE a.brand_id = ? AND a.type NOT IN ('pending', 'payable') GROUP BY a.type HAVING SUM(e.amount_minor) <> 0",
  );
  const balances = await brand.rows(
    'SELECT a.type, p.code, -b.balance_minor AS owed FROM account_balance b JOIN ledger_account a ON a.account_id = b.account_id JOIN partner p ON p.partner_id = a.partner_id WHERE a.brand_id = ? AND b.balance_minor <> 0',
  );
  const orders = await brand.rows('SELECT external_id, state FROM purchase WHERE brand_id = ?');
  const refunds = await brand.rows('SELECT LOWER(HEX(refund_id)) AS id, state FROM refund WHERE brand_id = ?');
  const lines = await brand.rows(
    `SELECT o.external_id, c.line_no, c.role, p.code, s.earned_minor, s.reversed_minor, s.state FROM commission_line c
       JOIN commission_state s ON s.line_id = c.line_id JOIN purchase o ON o.order_id = c.order_id JOIN partner p ON p.partner_id = c.partner_id WHERE c.brand_id = ? AND c.kind = 'EARN'`,
  );
  const statements = await brand.rows(
    "SELECT s.*, p.code FROM statement s JOIN partner p ON p.partner_id = s.partner_id WHERE s.brand_id = ? AND s.state <> 'VOID'",
  );
  const figures = ['opening', 'earned', 'reversed', 'adjusted', 'written_off', 'withheld', 'paid', 'closing', 'carried_in', 'net', 'tax'];
  const dashed = (hex: string) => [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  return [
    ...house.map((row) => `${row['type'] as string}: ${int(row['balance'])}`),
    ...balances.map((row) => `${row['type'] as string} of ${row['code'] as string}: ${int(row['owed'])}`),
    ...orders.map((row) => `order ${row['external_id'] as string}: ${row['state'] as string}`),
    ...refunds.map((row) => `refund ${dashed(row['id'] as string)}: ${row['state'] as string}`),
    ...lines.map(
      (row) =>
        `${row['external_id'] as string}/${int(row['line_no'])} ${row['role'] as string} ${row['code'] as string}: earned ${int(row['earned_minor'])} reversed ${int(row['reversed_minor'])} ${row['state'] as string}`,
    ),
    ...statements.map((row) =>
      statement(
        row['period_id'] as string,
        row['code'] as string,
        row['state'] as string,
        row['outcome'] as string,
        int(row['lines']),
        figures.map((name) => int(row[`${name}_minor`])),
      ),
    ),
  ];
}

function statement(
  period: string,
  partner: string,
  state: string,
  outcome: string,
  lines: number,
  figures: readonly (bigint | number)[],
): string {
  return `statement ${period} ${partner}: ${state} ${outcome}, ${lines} lines; ${figures.join(' ')}`;
}

/** What model and product do not agree on; empty when they agree on everything. */
export async function differences(model: Brand, product: ProductBrand): Promise<string[]> {
  const [expected, actual] = [factsOf(model), await factsIn(product)];
  const only = (here: Facts, there: ReadonlySet<string>) => here.filter((fact) => !there.has(fact));
  const [missing, surplus] = [only(expected, new Set(actual)), only(actual, new Set(expected))];
  const counted = expected.length === actual.length ? [] : [`${expected.length} facts in the model, ${actual.length} in the product`];
  return [
    ...missing.map((fact) => `model    ${fact}`),
    ...surplus.map((fact) => `product  ${fact}`),
    ...(missing.length + surplus.length > 0 ? [] : counted),
  ].sort((a, b) => (a.slice(9) < b.slice(9) ? -1 : 1));
}
