import type { Command } from './commands';
import { propose, type WaitingOrder } from './engine/waiting';
import { because } from './money-commands';
import { dashed } from './product';
import type { World } from './world';

const PEOPLE = ['ming', 'hua', 'lan'];

/** What is done must be done by both, or refused by both with the same code. */
export async function agree(world: World, expected: string | null, ...call: Parameters<World['product']['call']>): Promise<string> {
  const { status, body } = await world.product.call(...call);
  const actual = status < 300 ? null : `${body.code}`;
  if (actual !== expected)
    throw new Error(`${call[0]} ${call[1]} should be ${expected ?? 'done'}, but is ${actual ?? 'done'}: ${JSON.stringify(body)}`);
  return expected === null ? '' : `, refused: ${expected}`;
}

const holdLine: Command = {
  name: 'hold or release a line',
  weight: 7,
  async run(world) {
    const { random, model, product } = world;
    const { lines } = model.accounts;
    if (lines.length === 0) return null;
    const waiting = lines.filter(({ state, onHold }) => state === 'ACCRUED' || onHold);
    // Mostly what can be done, and now and then what cannot.
    const line = random.pick(waiting.length > 0 && random.chance(85) ? waiting : lines);
    const action = line.onHold === random.chance(90) ? 'release' : 'hold';
    const rows = await product.rows<{ id: string; external_id: string; line_no: unknown; role: string }>(
      "SELECT LOWER(HEX(c.line_id)) AS id, o.external_id, c.line_no, c.role FROM commission_line c JOIN purchase o ON o.order_id = c.order_id WHERE c.brand_id = ? AND c.kind = 'EARN'",
    );
    const found = rows.find((row) => row.external_id === line.order && Number(row.line_no) === line.lineNo && row.role === line.role);
    if (!found) throw new Error(`${line.order}/${line.lineNo} ${line.role} is missing`);
    const method = action === 'hold' ? 'POST' : 'DELETE';
    const said = await agree(
      world,
      model.accounts.hold(line, action),
      method,
      `/commission-lines/${dashed(found.id)}/hold`,
      'ming',
      because,
    );
    await product.settled();
    return `${action} ${line.order}/${line.lineNo} ${line.role}${said}`;
  },
};

/** Mostly one that is held; now and then one that is not. */
function someOrder({ random, model }: World, which: (order: WaitingOrder) => boolean): WaitingOrder | null {
  const all = [...model.orders.values()];
  const fitting = all.filter((order) => order.state === 'held' && which(order));
  if (fitting.length > 0) return random.pick(fitting);
  return all.length > 0 && random.chance(10) ? random.pick(all) : null;
}

const proposeHeld: Command = {
  name: 'propose what becomes of a held order',
  weight: 7,
  async run(world) {
    const { random, product } = world;
    const order = someOrder(world, ({ proposal }) => proposal === null || random.chance(10));
    if (!order) return null;
    const wanted =
      order.cause === 'budget_exceeded' ? (['accept', 'accept', 'void'] as const) : (['void', 'void', 'void', 'accept'] as const);
    const [action, who] = [random.pick(wanted), random.pick(PEOPLE)];
    const path = `/held-orders/${product.orderId(order.it.externalId)}/propose`;
    const said = await agree(world, propose(order, action, who), 'POST', path, who, { action, ...because });
    return `${action} ${order.it.externalId} by ${who}${said}`;
  },
};

const decideHeld: Command = {
  name: 'decide on a held order',
  weight: 8,
  async run(world) {
    const { random, model, product } = world;
    const proposed = [...model.orders.values()].filter(({ proposal }) => proposal !== null);
    const order = proposed.length > 0 ? random.pick(proposed) : random.chance(3) ? someOrder(world, () => true) : null;
    if (!order) return null;
    const [approve, who] = [random.chance(80), random.pick(PEOPLE)];
    const other = order.proposal?.action === 'void' ? 'accept' : 'void';
    const action = random.chance(10) ? other : (order.proposal?.action ?? other);
    const path = `/held-orders/${product.orderId(order.it.externalId)}/decide`;
    const said = await agree(world, model.decideProposal(order, action, approve, who), 'POST', path, who, { action, approve, ...because });
    await product.settled();
    return `${action} ${order.it.externalId}${approve ? '' : ' not'} by ${who}${said}`;
  },
};

const voidRefund: Command = {
  name: 'leave out a held refund',
  weight: 2,
  async run(world) {
    const { random, model, product } = world;
    const held = [...model.refunds.values()].filter(({ state }) => state === 'held');
    if (held.length === 0) return null;
    const { it } = random.pick(held);
    const path = `/held-refunds/${it.refundId}/void`;
    await agree(world, null, 'POST', path, 'ming', because);
    await agree(world, 'same_person', 'POST', `${path}/decide`, 'ming', { approve: true, ...because });
    const approve = random.chance(80);
    await agree(world, null, 'POST', `${path}/decide`, 'hua', { approve, ...because });
    if (approve) model.voidRefund(it.refundId);
    await product.settled();
    return `${it.refundId} of ${it.order.externalId}${approve ? '' : ', not'}`;
  },
};

const retryHeld: Command = {
  name: 'try a held order again',
  weight: 2,
  async run(world) {
    const order = someOrder(world, () => true);
    if (!order) return null;
    const path = `/held-orders/${world.product.orderId(order.it.externalId)}/retry`;
    const said = await agree(world, world.model.retry(order), 'POST', path, 'ming', { reason: 'the cause is said to be gone' });
    await world.product.settled();
    return `${order.it.externalId}${said}`;
  },
};

export const HOLD_COMMANDS: readonly Command[] = [holdLine, proposeHeld, decideHeld, retryHeld, voidRefund];
