import type { Command } from './commands';
import type { State, Statement } from './engine/statements';
import { dayAfter } from './engine/wall-calendar';
import { DISTRIBUTORS, STORES, type World } from './world';

export const PARTNERS = [...STORES, ...DISTRIBUTORS, 'A1', 'G1', 'L1'];
const because = { reason: 'as the model says' };

/** Statements in a state, with the ids the product knows them by. */
async function statementsIn(world: World, state: State): Promise<{ one: Statement; id: string }[]> {
  const found = world.model.accounts.statements.all.filter((statement) => statement.state === state);
  if (found.length === 0) return [];
  const refs = await world.product.statementRefs();
  return found.map((one) => ({ one, id: refs.get(`${one.period} ${one.partner}`)!.statementId }));
}

/** After something that statements may have waited for. */
async function goOn(world: World): Promise<void> {
  world.model.accounts.statements.passTo(world.product.product.now);
  await world.product.product.settled();
}

async function refuses(world: World, code: string, ...call: Parameters<World['product']['call']>): Promise<void> {
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
  weight: 6,
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
  weight: 10,
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
    model.accounts.statements.payees.add(partner);
    await goOn(world);
    return partner;
  },
};

const block: Command = {
  name: 'block or unblock a partner',
  weight: 2,
  async run(world) {
    const { random, model, product } = world;
    const { blocked } = model.accounts.statements;
    const partner = random.pick(PARTNERS);
    const lift = blocked.has(partner);
    await product.expect(lift ? 'DELETE' : 'POST', `/partners/${product.partnerId(partner)}/payout-block`, 'ming', because);
    if (lift) blocked.delete(partner);
    else blocked.add(partner);
    await goOn(world);
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
    await goOn(world);
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
    await goOn(world);
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
    await product.product.settled();
    return `${one.partner} ${one.period}`;
  },
};

const payout: Command = {
  name: 'pay',
  weight: 12,
  async run(world) {
    const { model, product } = world;
    const { statements } = model.accounts;
    const due = statements.all.filter(({ state, partner }) => state === 'PAYABLE' && !statements.blocked.has(partner));
    if (due.length === 0) {
      if (world.random.chance(95)) return null;
      await refuses(world, 'nothing_payable', 'POST', '/payouts', 'tina', { currency: 'CNY' });
      return 'nothing is payable';
    }
    const batch = await product.expect('POST', '/payouts', 'tina', { currency: 'CNY' });
    const act = async (action: string, who: string) => {
      const { version } = await product.expect('GET', `/payouts/${String(batch['id'])}`, who);
      return product.expect('POST', `/payouts/${String(batch['id'])}/${action}`, who, { version });
    };
    await act('submit', 'tina');
    await act('approve', 'toni');
    const sent = await act('release', 'toni');
    const amount = due.reduce((sum, { net, tax: kept }) => sum + net - kept, 0n);
    if (sent['items'] !== due.length || BigInt(sent['amountMinor'] as number) !== amount)
      throw new Error(
        `${due.length} statements of ${amount} are payable, the batch has ${String(sent['items'])} of ${String(sent['amountMinor'])}`,
      );
    for (const one of due) {
      one.state = 'IN_PAYOUT';
      model.accounts.send(one);
    }
    await product.product.settled();
    return `${due.length} statements, ${amount}`;
  },
};

interface Item {
  id: string;
  period: string;
  partnerCode: string;
  amountMinor: number;
  state: string;
}

/** The bank tells what became of payments, or that it does not know yet; the same file may come twice. */
const bank: Command = {
  name: 'the bank answers',
  weight: 14,
  async run(world) {
    const { random, product } = world;
    const { data } = (await product.expect('GET', '/payout-items?limit=500', 'tina')) as unknown as { data: Item[] };
    const told = data.flatMap((item) => {
      const status =
        item.state === 'SENT'
          ? random.pick(['PAID', 'PAID', 'FAILED', 'PENDING', null])
          : item.state === 'UNKNOWN'
            ? random.pick(['PAID', 'FAILED', null])
            : item.state === 'PAID' && random.chance(10)
              ? 'RETURNED'
              : null;
      return status === null ? [] : [{ item, status, ref: random.uuid() }];
    });
    if (told.length === 0) return null;
    const rows = told.map(({ item, status, ref }) => `${item.id.replaceAll('-', '')},${status},${ref},${item.amountMinor},2026-02-05,`);
    const file = ['item,status,bank_ref,amount_minor,booked_on,reason', ...rows, ''].join('\n');
    await product.expect('POST', '/payouts/bank-results', 'tina', file);
    const again = await product.expect('POST', '/payouts/bank-results', 'tina', file);
    if (again['repeated'] !== true) throw new Error('the same file of the bank was taken twice');
    const waiting = (await product.expect('GET', '/bank-lines?state=WAITING&limit=500', 'tina')) as unknown as {
      data: { id: string; itemId: string }[];
    };
    for (const { item, status } of told) {
      const line = waiting.data.find((one) => one.itemId === item.id);
      if ((item.state !== 'SENT') !== (line !== undefined))
        throw new Error(`${status} for an item that is ${item.state} should${line ? ' not' : ''} wait for somebody`);
      if (line) await product.expect('POST', `/bank-lines/${line.id}/confirm`, 'toni', { approve: true, ...because });
      outcome(world, item, status);
    }
    await goOn(world);
    return told.map(({ item, status }) => `${item.partnerCode} ${item.period} ${status}`).join(', ');
  },
};

function outcome({ model }: World, item: Item, status: string): void {
  const statement = model.accounts.statements.all.find((one) => one.period === item.period && one.partner === item.partnerCode)!;
  if (status === 'PENDING') return;
  if (status === 'PAID') {
    statement.state = 'PAID';
    model.accounts.paid(statement);
  } else {
    statement.state = 'PAYABLE';
    model.accounts.cameBack(statement, status === 'RETURNED');
  }
}

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

export const MONEY_COMMANDS: readonly Command[] = [
  recalculate,
  adjust,
  writeOff,
  tax,
  payee,
  block,
  confirm,
  dispute,
  makeVoid,
  payout,
  bank,
];
