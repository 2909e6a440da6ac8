import { int } from '@concentric/service-kit';
import type { Brand } from './engine/brand';
import type { World } from './world';
import { dashed } from './product';
import type { ProductBrand } from './product-brand';

type Facts = string[];
const STATES = { waiting: 'PENDING', done: 'DECIDED', held: 'HELD', void: 'VOID' } as const;

/** Everything that money came to, as lines of text: what is only here or only there is a difference. */
function factsOf({ orders, refunds, bindings, accounts }: Brand): Facts {
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
    ...[...orders.values()].map(({ it, state, cause }) => `order ${it.externalId}: ${STATES[state]} ${state === 'held' ? cause : ''}`),
    ...[...refunds.values()].map(({ it, state }) => `refund ${it.refundId}: ${state === 'done' ? 'APPLIED' : STATES[state]}`),
    ...accounts.lines.map(
      (line) =>
        `${line.order}/${line.lineNo} ${line.role} ${line.partner}: earned ${line.earned} reversed ${line.reversed} ${line.state}${line.onHold ? ' on hold' : ''}`,
    ),
    ...[...bindings.bonds].flatMap(([customer, bonds]) => bonds.map(({ partner, from, until }) => bond(customer, partner, from, until))),
    ...accounts.payouts.all.map(
      (batch) => `payout ${batch.id}: ${batch.state}, ${batch.items.length} of ${accounts.payouts.amountOf(batch)}`,
    ),
    ...accounts.statements.all.map((one) =>
      statement(one.period, one.partner, one.state, comesOf(one.outcome, one.carriedInto), one.lines, [
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

async function factsIn(brand: ProductBrand, customers: readonly string[]): Promise<Facts> {
  const house = await brand.rows(
    "SELECT a.type, SUM(e.amount_minor) AS balance FROM ledger_entry e JOIN ledger_account a ON a.account_id = e.account_id WHERE a.brand_id = ? AND a.type NOT IN ('pending', 'payable') GROUP BY a.type HAVING SUM(e.amount_minor) <> 0",
  );
  const balances = await brand.rows(
    'SELECT a.type, p.code, -b.balance_minor AS owed FROM account_balance b JOIN ledger_account a ON a.account_id = b.account_id JOIN partner p ON p.partner_id = a.partner_id WHERE a.brand_id = ? AND b.balance_minor <> 0',
  );
  const orders = await brand.rows('SELECT external_id, state, held_reason FROM purchase WHERE brand_id = ?');
  const refunds = await brand.rows('SELECT LOWER(HEX(refund_id)) AS id, state FROM refund WHERE brand_id = ?');
  const lines = await brand.rows(
    `SELECT o.external_id, c.line_no, c.role, p.code, s.earned_minor, s.reversed_minor, s.state, h.line_id AS hold FROM commission_line c
       JOIN commission_state s ON s.line_id = c.line_id LEFT JOIN line_hold h ON h.line_id = c.line_id JOIN purchase o ON o.order_id = c.order_id JOIN partner p ON p.partner_id = c.partner_id WHERE c.brand_id = ? AND c.kind = 'EARN'`,
  );
  const statements = await brand.rows(
    "SELECT s.*, p.code FROM statement s JOIN partner p ON p.partner_id = s.partner_id WHERE s.brand_id = ? AND s.state <> 'VOID'",
  );
  const figures = ['opening', 'earned', 'reversed', 'adjusted', 'written_off', 'withheld', 'paid', 'closing', 'carried_in', 'net', 'tax'];
  const bindings = await brand.rows(
    'SELECT LOWER(HEX(b.customer_id)) AS id, p.code, b.valid_from, b.valid_to FROM binding b JOIN partner p ON p.partner_id = b.partner_id WHERE b.brand_id = ?',
  );
  const nameOf = new Map(customers.map((name) => [brand.customerId(name), name]));
  const payouts = await brand.rows('SELECT LOWER(HEX(batch_id)) AS id, state, items, amount_minor FROM payout_batch WHERE brand_id = ?');
  return [
    ...house.map((row) => `${row['type'] as string}: ${int(row['balance'])}`),
    ...balances.map((row) => `${row['type'] as string} of ${row['code'] as string}: ${int(row['owed'])}`),
    ...orders.map(
      (row) =>
        `order ${row['external_id'] as string}: ${row['state'] as string} ${row['state'] === 'HELD' ? String(row['held_reason']) : ''}`,
    ),
    ...refunds.map((row) => `refund ${dashed(row['id'] as string)}: ${row['state'] as string}`),
    ...lines.map(
      (row) =>
        `${row['external_id'] as string}/${int(row['line_no'])} ${row['role'] as string} ${row['code'] as string}: earned ${int(row['earned_minor'])} reversed ${int(row['reversed_minor'])} ${row['state'] as string}${row['hold'] === null ? '' : ' on hold'}`,
    ),
    ...bindings.map((row) =>
      bond(
        nameOf.get(dashed(row['id'] as string)) ?? 'somebody unknown',
        row['code'] as string,
        int(row['valid_from']),
        row['valid_to'] === null ? null : int(row['valid_to']),
      ),
    ),
    ...payouts.map(
      (row) => `payout ${dashed(row['id'] as string)}: ${row['state'] as string}, ${int(row['items'])} of ${int(row['amount_minor'])}`,
    ),
    ...statements.map((row) =>
      statement(
        row['period_id'] as string,
        row['code'] as string,
        row['state'] as string,
        comesOf(row['outcome'] as string, row['carried_into'] as string | null),
        int(row['lines']),
        figures.map((name) => int(row[`${name}_minor`])),
      ),
    ),
  ];
}

const comesOf = (outcome: string, carriedInto: string | null): string => outcome + (carriedInto === null ? '' : ` into ${carriedInto}`);

function bond(customer: string, partner: string, from: number, until: number | null): string {
  return `bond of ${customer} to ${partner} from ${new Date(from).toISOString()}${until === null ? '' : ` until ${new Date(until).toISOString()}`}`;
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
export async function differences({ model, product, everybody }: World): Promise<string[]> {
  const [expected, actual] = [factsOf(model), await factsIn(product, everybody)];
  const only = (here: Facts, there: ReadonlySet<string>) => here.filter((fact) => !there.has(fact));
  const [missing, surplus] = [only(expected, new Set(actual)), only(actual, new Set(expected))];
  const counted = expected.length === actual.length ? [] : [`${expected.length} facts in the model, ${actual.length} in the product`];
  return [
    ...missing.map((fact) => `model    ${fact}`),
    ...surplus.map((fact) => `product  ${fact}`),
    ...(missing.length + surplus.length > 0 ? [] : counted),
  ].sort((a, b) => (a.slice(9) < b.slice(9) ? -1 : 1));
}
