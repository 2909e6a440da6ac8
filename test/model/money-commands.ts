import type { Command } from './commands';
import type { State, Statement } from './engine/statements';
import { dayAfter } from './engine/wall-calendar';
import { DISTRIBUTORS, STORES, type World } from './world';

export const PARTNERS = [...STORES, ...DISTRIBUTORS, 'A1', 'G1', 'L1'];
export const because = { reason: 'as the model says' };

/** Statements in a state, with the ids the product knows them by. */
async function statementsIn(world: World, state: State): Promise<{ one: Statement; id: string }[]> {
  const found = world.model.accounts.statements.all.filter((statement) => statement.state === state);
  if (found.length === 0) return [];
  const refs = await world.product.statementRefs();
  return found.map((one) => ({ one, id: refs.get(`${one.period} ${one.partner}`)!.statementId }));
}

export async function refuses(world: World, code: string, ...call: Parameters<World['product']['call']>): Promise<void> {
  const answer = await world.product.call(...call);
  if (answer.body.code !== code)
    throw new Error(`${call[0]} ${call[1]} should be refused as ${code}, but was answered ${answer.status} ${answer.body.code ?? ''}`);
}

const adjust: Command = {
  name: 'adjust',
  weight: 4,
  async run(world) {
    const { random, model, product } = world;
    const partner = random.pick(PARTNERS);
    const amount = BigInt(random.pick([1, -1, random.int(1, 5_000), -random.int(1, 5_000)]));
    const { id } = await product.expect('POST', '/adjustments', 'ming', {
      partnerId: product.partnerId(partner),
      kind: 'adjust',
      amountMinor: amount,
      ...because,
    });
    const approve = random.chance(70);
    await refuses(world, 'same_person', 'POST', `/adjustments/${String(id)}/decide`, 'ming', { approve, ...because });
    await product.expect('POST', `/adjustments/${String(id)}/decide`, 'hua', { approve, ...because });
    if (approve) model.accounts.adjust(partner, amount);
    return `${partner} by ${amount}${approve ? '' : ', refused'}`;
  },
};

const writeOff: Command = {
  name: 'write off',
  weight: 12,
  async run(world) {
    const { random, model, product } = world;
    const carried = PARTNERS.map((partner) => ({ partner, most: model.accounts.writable(partner) })).filter(({ most }) => most !== 0n);
    if (carried.length === 0) return null;
    const { partner, most } = random.pick(carried);
    const input = (amountMinor: bigint) => ({ partnerId: product.partnerId(partner), kind: 'write-off', amountMinor, ...because });
    const beyond = await product.call('POST', '/adjustments', 'ming', input(most > 0n ? most + 1n : most - 1n));
    if (!beyond.body.code?.startsWith('write_off_beyond_'))
      throw new Error(`${most} of ${partner} is carried, but more could be written off`);
    const amount = random.chance(50) ? most : most / BigInt(random.int(1, 3));
    if (amount === 0n) return null;
    const { id } = await product.expect('POST', '/adjustments', 'ming', input(amount));
    await product.expect('POST', `/adjustments/${String(id)}/decide`, 'hua', { approve: true, ...because });
    model.accounts.writeOff(partner, amount);
    return `${amount} of ${partner}`;
  },
};

const tax: Command = {
  name: 'tax',
  weight: 2,
  async run(world) {
    const { random, model, product } = world;
    const from = model.accounts.open;
    const { taxes } = model.accounts.statements;
    const type = random.pick(
      ['store', 'distributor', 'guide'].filter((one) => !taxes.some((rule) => rule.type === one && rule.from === from)).concat('agent'),
    );
    if (taxes.some((rule) => rule.type === type && rule.from === from)) return null;
    const rule = {
      type,
      from,
      exempt: BigInt(random.pick([0, 0, 800])),
      deduct: BigInt(random.pick([0, 0, 300, 2_000])),
      ppm: BigInt(random.pick([0, 1, 30_000, 200_000, 999_999])),
    };
    const { id } = await product.expect('POST', '/withholding-rules', 'ming', {
      partnerTypes: [type],
      currency: 'CNY',
      validFrom: `${from}-01`,
      exemptMinor: rule.exempt,
      deductMinor: rule.deduct,
      ratePpm: rule.ppm,
      ...because,
    });
    await product.expect('POST', `/withholding-rules/${String(id)}/decide`, 'hua', { approve: true, ...because });
    taxes.push(rule);
    return `${rule.ppm} ppm of ${type} from ${from}`;
  },
};

const payee: Command = {
  name: 'payee',
  weight: 8,
  async run(world) {
    const { random, model, product } = world;
    const without = PARTNERS.filter((code) => !model.accounts.statements.payees.has(code));
    const partner = random.pick(without.length > 0 && random.chance(80) ? without : PARTNERS);
    const account = String(random.int(100_000, 999_999));
    const { id } = await product.expect('PUT', `/partners/${product.partnerId(partner)}/payee`, 'tina', {
      currency: 'CNY',
      holder: partner,
      account,
      bankId: '102100099996',
      ...because,
    });
    await refuses(world, 'same_person', 'POST', `/payees/${String(id)}/decide`, 'tina', { approve: true, ...because });
    await product.expect('POST', `/payees/${String(id)}/decide`, 'toni', { approve: true, ...because });
    model.accounts.payTo(partner);
    await world.goOn();
    return partner;
  },
};

const block: Command = {
  name: 'block or unblock a partner',
  weight: 4,
  async run(world) {
    const { random, model, product } = world;
    const { blocked } = model.accounts.statements;
    const partner = random.pick(PARTNERS);
    const lift = blocked.has(partner);
    await product.expect(lift ? 'DELETE' : 'POST', `/partners/${product.partnerId(partner)}/payout-block`, 'ming', because);
    if (lift) {
      blocked.delete(partner);
      model.accounts.statements.reconsider(partner);
    } else {
      blocked.add(partner);
      model.accounts.payouts.eject(partner);
    }
    await world.goOn();
    return `${partner}${lift ? ', who is paid again' : ''}`;
  },
};

const confirm: Command = {
  name: 'a partner confirms',
  weight: 4,
  async run(world) {
    const published = await statementsIn(world, 'PUBLISHED');
    if (published.length === 0) return null;
    const { one, id } = world.random.pick(published);
    await world.product.expect('POST', `/statements/${id}/confirm`, { partnerId: world.product.partnerId(one.partner) }, {});
    one.state = 'CONFIRMED';
    await world.goOn();
    return `${one.partner} ${one.period}`;
  },
};

/** Opened, answered by one person and decided by another, who may send the answer back. */
const dispute: Command = {
  name: 'dispute',
  weight: 8,
  async run(world) {
    const { random, model, product } = world;
    const published = (await statementsIn(world, 'PUBLISHED')).filter(({ one }) => one.lines > 0);
    if (published.length === 0) return null;
    const { one, id } = random.pick(published);
    const { data } = (await product.expect('GET', `/statements/${id}/why/lines?part=earned&limit=1`, 'ming')) as { data: { id: string }[] };
    const partner = { partnerId: product.partnerId(one.partner) };
    const opened = await product.expect('POST', `/statements/${id}/dispute`, partner, {
      items: [{ lineId: data[0]!.id, claimedMinor: 1 }],
      ...because,
    });
    const path = `/disputes/${String(opened['id'])}`;
    const amount = random.chance(60) ? BigInt(random.pick([random.int(1, 900), -random.int(1, 900)])) : null;
    const proposal = amount === null ? { resolution: 'reject', ...because } : { resolution: 'adjust', amountMinor: amount, ...because };
    if (random.chance(30)) {
      await product.expect('POST', `${path}/propose`, 'ming', proposal);
      await product.expect('POST', `${path}/decide`, 'hua', { ...proposal, approve: false });
    }
    await product.expect('POST', `${path}/propose`, 'ming', proposal);
    await refuses(world, 'same_person', 'POST', `${path}/decide`, 'ming', { ...proposal, approve: true });
    await product.expect('POST', `${path}/decide`, 'hua', { ...proposal, approve: true });
    if (amount !== null) model.accounts.adjust(one.partner, amount);
    one.state = 'CONFIRMED';
    await world.goOn();
    return `${one.partner} ${one.period}: ${amount ?? 'rejected'}`;
  },
};

const makeVoid: Command = {
  name: 'void and build again',
  weight: 2,
  async run(world) {
    const { model, product, random } = world;
    const open = [...(await statementsIn(world, 'DRAFT')), ...(await statementsIn(world, 'IN_REVIEW'))];
    if (open.length === 0) return null;
    const { one, id } = random.pick(open);
    if (model.accounts.statements.of(one.partner).at(-1) !== one) {
      await refuses(world, 'later_statement', 'POST', `/statements/${id}/void`, 'ming', because);
      return `${one.partner} ${one.period}, refused: a later one stands on it`;
    }
    await product.expect('POST', `/statements/${id}/void`, 'ming', because);
    await refuses(world, 'same_person', 'POST', `/statements/${id}/void/decide`, 'ming', { approve: true, ...because });
    await product.expect('POST', `/statements/${id}/void/decide`, 'hua', { approve: true, ...because });
    model.accounts.statements.begin(one);
    await product.settled();
    return `${one.partner} ${one.period}`;
  },
};

const recalculate: Command = {
  name: 'recalculate',
  weight: 4,
  async run(world) {
    const { random, model } = world;
    const from = dayAfter(model.today, -random.int(1, 60));
    const to = dayAfter(from, random.int(0, 40));
    await world.recalculate(from, to);
    return `${from} to ${to}`;
  },
};

export const MONEY_COMMANDS: readonly Command[] = [recalculate, adjust, writeOff, tax, payee, block, confirm, dispute, makeVoid];
