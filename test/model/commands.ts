import type { Statement } from './engine/statements';
import { isLastOfMonth, dayAfter } from './engine/wall-calendar';
import { HOLD_COMMANDS } from './hold-commands';
import { MONEY_COMMANDS } from './money-commands';
import { PAYOUT_COMMANDS } from './payout-commands';
import { DISTRIBUTORS, STORES, type World } from './world';

/** Something that happens to the model and to the product alike. To add one, add it to `COMMANDS`. */
export interface Command {
  name: string;
  /** How often it comes, beside the others. */
  weight: number;
  /** Does it, and says what it did; null when there was nothing to do it to. */
  run(world: World): Promise<string | null>;
}

const REVIEWERS = ['ming', 'hua', 'lan'];

const order: Command = {
  name: 'order',
  weight: 22,
  async run(world) {
    const orders = Array.from({ length: world.random.int(1, 3) }, () => world.sell(world.model.today));
    await world.arrive(orders, []);
    return orders.map((one) => one.externalId).join(' ');
  },
};

const orderAtNewStore: Command = {
  name: 'order at a store that is not known',
  weight: 3,
  async run(world) {
    const one = world.sell(world.model.today, true);
    await world.arrive([one], []);
    return one.externalId;
  },
};

/** Of a date that has ended, or even of a month that is closed. */
const lateOrder: Command = {
  name: 'late order',
  weight: 5,
  async run(world) {
    const date = dayAfter(world.model.today, -world.random.int(1, 12));
    if (date < world.firstDate) return null;
    const one = world.sell(date);
    await world.arrive([one], []);
    return `${one.externalId} of ${date}`;
  },
};

const refund: Command = {
  name: 'refund',
  weight: 14,
  async run(world) {
    if (world.sold.length === 0) return null;
    const sold = world.random.pick(world.random.chance(50) ? world.sold.slice(-8) : world.sold);
    const one = world.giveBack(sold, world.model.today);
    if (!one) return null;
    await world.arrive([], [one]);
    return `${one.refundId} of ${sold.order.externalId}`;
  },
};

const refundFirst: Command = {
  name: 'refund before its order',
  weight: 3,
  async run(world) {
    world.sell(world.model.today);
    const one = world.giveBack(world.sold.at(-1)!, world.model.today);
    if (one) await world.arrive([], [one]);
    return `${one?.refundId ?? 'nothing'} of ${world.sold.at(-1)!.order.externalId}, which comes later`;
  },
};

const straggler: Command = {
  name: 'an order that was missing',
  weight: 6,
  async run(world) {
    const missing = world.sold.filter((one) => !one.delivered);
    if (missing.length === 0) return null;
    const one = world.random.pick(missing);
    await world.arrive([one.order], []);
    return one.order.externalId;
  },
};

const refundBeyond: Command = {
  name: 'refund of more than was paid',
  weight: 1,
  async run(world) {
    const sold = world.sold.filter(({ delivered }) => delivered);
    if (sold.length === 0) return null;
    const one = world.giveBack(world.random.pick(sold), world.model.today, true)!;
    await world.arrive([], [one]);
    return `${one.refundId} of ${one.order.externalId}`;
  },
};

/** People who turn out to be one: the older bond survives. */
const merge: Command = {
  name: 'persons are merged',
  weight: 5,
  async run(world) {
    const date = dayAfter(world.model.today, -world.random.pick([0, 0, 0, 1, 4]));
    const one = date < world.firstDate ? null : world.merge(date);
    if (!one) return null;
    await world.arrive([one], []);
    return `${one.merged.join(' and ')} are ${one.customer}, says ${one.externalId} of ${date}`;
  },
};

const duplicate: Command = {
  name: 'the same again',
  weight: 6,
  async run(world) {
    const orders = world.sold.filter((one) => one.delivered && world.random.chance(20)).map((one) => one.order);
    const refunds = world.refunds.filter(() => world.random.chance(20));
    await world.arrive(orders, refunds);
    return `${orders.length} orders, ${refunds.length} refunds`;
  },
};

const move: Command = {
  name: 'a store moves',
  weight: 3,
  async run(world) {
    const day = world.model.calendar.startOf(dayAfter(world.model.today, world.random.int(-5, 5)));
    const from = day + world.random.pick([0, 1, 3_600_000]);
    const [code, parent] = [world.random.pick(STORES), world.random.pick(DISTRIBUTORS)];
    await world.place({ code, type: 'store', parent, from });
    return `${code} to ${parent} from ${new Date(from).toISOString()}`;
  },
};

const arrival: Command = {
  name: 'the unknown store arrives',
  weight: 1,
  async run(world) {
    const from = world.model.calendar.startOf(dayAfter(world.model.today, -world.random.int(0, 20)));
    await world.place({ code: 'S9', type: 'store', parent: world.random.pick(DISTRIBUTORS), from });
    return `from ${new Date(from).toISOString()}`;
  },
};

const plan: Command = {
  name: 'plan',
  weight: 3,
  async run(world) {
    const from = world.model.calendar.startOf(dayAfter(world.model.today, world.random.int(-2, 4)));
    return (await world.activate(from)) ?? `from ${new Date(from).toISOString()}`;
  },
};

/** From the beginning or a date of late, when orders may be held for it. */
const cost: Command = {
  name: 'what a product costs',
  weight: 2,
  run: (world) => world.cost(world.random.chance(20) ? '0001-01-01' : dayAfter(world.model.today, -world.random.int(0, 20))),
};

const day: Command = {
  name: 'days pass',
  weight: 16,
  async run(world) {
    const wanted = world.random.pick([1, 1, 2, 5, 12, 20]);
    let days = 1;
    // A month that does not close by itself is closed by people before the next one begins.
    while (days < wanted && (world.model.settings.autoClose || !isLastOfMonth(dayAfter(world.model.today, days - 1)))) days += 1;
    const last = dayAfter(world.model.today, days - 1);
    await world.passDays(days);
    if (!isLastOfMonth(last) || world.model.settings.autoClose) return `through ${last}`;
    await close(world, last.slice(0, 7));
    return `through ${last}, which is closed`;
  },
};

/** Within a day: in live operation orders are decided, and windows for disputes end. */
const hours: Command = {
  name: 'hours pass',
  weight: 5,
  async run(world) {
    const { now } = world.product.product;
    const end = world.model.calendar.endOf(world.model.today) - 1;
    await world.goOn(world.random.pick([Math.min(now + 3_600_000, end), world.random.int(now, end)]));
    return `until ${new Date(world.product.product.now).toISOString()}`;
  },
};

async function close({ model, product }: World, period: string): Promise<void> {
  await product.expect('POST', `/periods/${period}/start-close`, 'ming', {});
  const alone = await product.call('POST', `/periods/${period}/close`, 'ming', {});
  if (alone.body.code !== 'same_person') throw new Error(`one person alone could close ${period}: ${alone.status} ${alone.body.code}`);
  await product.expect('POST', `/periods/${period}/close`, 'hua', {});
  model.close();
  await product.settled();
}

function review(action: 'submit' | 'approve' | 'reject', weight: number): Command {
  return {
    name: `${action} statements`,
    weight,
    async run(world) {
      const { random, model, product } = world;
      // Mostly what can be done, and now and then what cannot.
      const fits = ({ state }: Statement) => state === (action === 'submit' ? 'DRAFT' : 'IN_REVIEW');
      const { all } = model.accounts.statements;
      const fitting = all.some(fits) ? all.filter((one) => fits(one) || random.chance(5)) : random.chance(3) ? all.slice(-3) : [];
      const who = random.pick(REVIEWERS);
      const chosen = fitting.filter(() => random.chance(80)).slice(0, 20);
      if (chosen.length === 0) return null;
      const refs = await product.statementRefs();
      const refOf = (one: Statement) => refs.get(`${one.period} ${one.partner}`)!;
      if (chosen.some((one) => !refOf(one))) throw new Error('a statement is missing');
      if (action === 'approve') await acceptFindings(world);
      const expected = chosen
        .map((one) => model.accounts.statements.review(action, one, who, product.product.now))
        .filter((code) => code !== null);
      const answer = await product.expect('POST', `/statements/${action}`, who, {
        items: chosen.map(refOf),
        ...(action === 'submit' ? {} : { reason: 'as the model says' }),
      });
      const actual = (answer['refused'] as { code: string }[]).map(({ code }) => code);
      if (actual.sort().join() !== expected.sort().join())
        throw new Error(`${action} by ${who} should refuse ${expected.join() || 'nothing'}, but refuses ${actual.join() || 'nothing'}`);
      await product.settled();
      return `by ${who}: ${chosen.length - expected.length} of ${chosen.length}`;
    },
  };
}

/** Findings are for people to look at; the model has no opinion on them. */
async function acceptFindings({ product }: World): Promise<void> {
  const { data } = (await product.expect('GET', '/findings?state=OPEN&limit=500', 'lan')) as {
    data: { id: string; statementId: string }[];
  };
  // Those of a statement that has become void wait for nothing any more.
  const live = new Set([...(await product.statementRefs()).values()].map(({ statementId }) => statementId));
  for (const { id } of data.filter((finding) => live.has(finding.statementId)))
    await product.expect('POST', `/findings/${id}/accept`, 'lan', { reason: 'looked at it' });
}

export const COMMANDS: readonly Command[] = [
  order,
  orderAtNewStore,
  lateOrder,
  refund,
  refundFirst,
  straggler,
  refundBeyond,
  merge,
  duplicate,
  move,
  arrival,
  plan,
  cost,
  day,
  hours,
  review('submit', 24),
  review('approve', 40),
  review('reject', 2),
  ...HOLD_COMMANDS,
  ...MONEY_COMMANDS,
  ...PAYOUT_COMMANDS,
];
