import type { Command } from './commands';
import type { Batch, BatchAction, Item } from './engine/payouts';
import { agree } from './hold-commands';
import { because } from './money-commands';
import { dashed } from './product';
import type { World } from './world';

/** The treasury, and now and then somebody who may have approved what is paid. */
const TREASURY = ['tina', 'toni', 'tess', 'tina', 'toni', 'tess', 'hua'];
const PATH: Record<BatchAction, string> = {
  submit: 'submit',
  reject: 'reject',
  approve: 'approve',
  release: 'release',
  proposeCancel: 'cancel',
  keep: 'cancel/decide',
  cancel: 'cancel/decide',
};

/** Somebody does something with a batch; who has seen an outdated one is refused. */
async function act(world: World, batch: Batch, action: BatchAction, who: string, isOutdated = false): Promise<string> {
  const { model, product } = world;
  const { version } = (await product.expect('GET', `/payouts/${batch.id}`, who)) as { version: number };
  const decided = action === 'keep' || action === 'cancel' ? { approve: action === 'cancel' } : {};
  const needsReason = !['submit', 'approve', 'release'].includes(action);
  const body = { version: version + Number(isOutdated), ...(needsReason ? because : {}), ...decided };
  const expected = model.accounts.payouts.act(batch, action, who, isOutdated);
  const said = await agree(world, expected, 'POST', `/payouts/${batch.id}/${PATH[action]}`, who, body);
  await world.goOn();
  return `${action} by ${who}${said}`;
}

/** What a batch waits for. */
const nextOf = ({ state, cancelProposedBy }: Batch): BatchAction =>
  cancelProposedBy !== null ? 'cancel' : state === 'DRAFT' ? 'submit' : state === 'SUBMITTED' ? 'approve' : 'release';

const isUnderWay = ({ state }: Batch) => ['DRAFT', 'SUBMITTED', 'FILE_READY'].includes(state);

/** Prepared, and mostly taken all the way to the bank; otherwise it waits, and what it holds may change meanwhile. */
const pay: Command = {
  name: 'pay',
  weight: 40,
  async run(world) {
    const { random, model, product } = world;
    const who = random.pick(TREASURY);
    const { all, blocked } = model.accounts.statements;
    if (!all.some(({ state, partner }) => state === 'PAYABLE' && !blocked.has(partner)) && random.chance(95)) return null;
    const batch = model.accounts.payouts.prepare(who);
    if (typeof batch === 'string') return `nothing${await agree(world, batch, 'POST', '/payouts', who, { currency: 'CNY' })}`;
    batch.id = (await product.expect('POST', '/payouts', who, { currency: 'CNY' }))['id'] as string;
    const done = [`${batch.items.length} statements, ${model.accounts.payouts.amountOf(batch)} by ${who}`];
    const others = ['tina', 'toni', 'tess'].filter((one) => one !== who);
    for (let step = 0; isUnderWay(batch) && step < 4 && random.chance(80); step += 1)
      done.push(await act(world, batch, nextOf(batch), batch.state === 'DRAFT' ? who : others[step % 2]!));
    await world.goOn();
    return done.join(', ');
  },
};

const goOn: Command = {
  name: 'a payout goes on',
  weight: 20,
  async run(world) {
    const { random, model } = world;
    const { all } = model.accounts.payouts;
    const underWay = all.filter(isUnderWay);
    const batch = underWay.length > 0 ? random.pick(underWay) : random.chance(10) ? all.at(-1) : undefined;
    if (!batch) return null;
    const action = random.chance(75) ? nextOf(batch) : random.pick(['submit', 'reject', 'approve', 'release', 'keep'] as const);
    return act(world, batch, action, random.pick(TREASURY), random.chance(5));
  },
};

const cancel: Command = {
  name: 'cancel a payout',
  weight: 6,
  async run(world) {
    const { random, model } = world;
    const { all } = model.accounts.payouts;
    const underWay = all.filter(isUnderWay);
    const batch = underWay.length > 0 ? random.pick(underWay) : random.chance(5) ? all.at(-1) : undefined;
    if (!batch) return null;
    const done = [await act(world, batch, 'proposeCancel', random.pick(TREASURY))];
    if (random.chance(60)) done.push(await act(world, batch, random.chance(70) ? 'cancel' : 'keep', random.pick(TREASURY)));
    return done.join(', ');
  },
};

/** Somebody is to be paid elsewhere while it is being paid: taken out of what is not approved yet, and in the way of what is. */
const payeeMeanwhile: Command = {
  name: 'a payee changes while it is being paid',
  weight: 12,
  async run(world) {
    const { random, model, product } = world;
    const partners = model.accounts.payouts.all.filter(isUnderWay).flatMap(({ items }) => items.map(({ statement }) => statement.partner));
    if (partners.length === 0) return null;
    const partner = random.pick(partners);
    const { id } = await product.expect('PUT', `/partners/${product.partnerId(partner)}/payee`, 'tina', {
      currency: 'CNY',
      holder: partner,
      account: String(random.int(100_000, 999_999)),
      bankId: '102100099996',
      ...because,
    });
    const approve = random.chance(85);
    await product.expect('POST', `/payees/${String(id)}/decide`, 'toni', { approve, ...because });
    if (approve) model.accounts.payTo(partner);
    await world.goOn();
    return `${partner}${approve ? '' : ', refused'}`;
  },
};

type Word = 'PAID' | 'FAILED' | 'PENDING' | 'RETURNED';

/** The bank tells what became of payments, or that it does not know yet; the same file may come twice. */
const bank: Command = {
  name: 'the bank answers',
  weight: 24,
  async run(world) {
    const { random, model, product } = world;
    const words: Partial<Record<Item['state'], (Word | null)[]>> = {
      SENT: ['PAID', 'PAID', 'FAILED', 'PENDING', null],
      UNKNOWN: ['PAID', 'FAILED', null],
      PAID: random.chance(10) ? ['RETURNED'] : [null],
    };
    const told = model.accounts.payouts.all
      .flatMap((batch) => batch.items.map((item) => ({ batch, item })))
      .flatMap(({ batch, item }) => {
        const word = random.pick(words[item.state] ?? [null]);
        return word === null ? [] : [{ batch, item, word, ref: random.uuid() }];
      })
      .slice(0, 100);
    if (told.length === 0) return null;
    const ids = await itemIds(world);
    const idOf = ({ batch, item: { statement } }: { batch: Batch; item: Item }) =>
      ids.get(`${batch.id} ${statement.period} ${statement.partner}`)!;
    const rows = told.map(({ word, ref, ...one }) => {
      const { net, tax } = one.item.statement;
      return `${idOf(one).replaceAll('-', '')},${word},${ref},${net - tax},2026-02-05,`;
    });
    const file = ['item,status,bank_ref,amount_minor,booked_on,reason', ...rows, ''].join('\n');
    await product.expect('POST', '/payouts/bank-results', 'tina', file);
    const again = await product.expect('POST', '/payouts/bank-results', 'tina', file);
    if (again['repeated'] !== true) throw new Error('the same file of the bank was taken twice');
    const waiting = (await product.expect('GET', '/bank-lines?state=WAITING&limit=500', 'tina')) as unknown as {
      data: { id: string; itemId: string }[];
    };
    for (const { batch, item, word } of told) {
      const line = waiting.data.find((one) => one.itemId === idOf({ batch, item }));
      if ((item.state !== 'SENT') !== (line !== undefined))
        throw new Error(`${word} for an item that is ${item.state} should${line ? ' not' : ''} wait for somebody`);
      if (line) await product.expect('POST', `/bank-lines/${line.id}/confirm`, 'toni', { approve: true, ...because });
      model.accounts.payouts.told(item, word === 'PENDING' ? 'UNKNOWN' : word);
    }
    await world.goOn();
    return told.map(({ item, word }) => `${item.statement.partner} ${item.statement.period} ${word}`).join(', ');
  },
};

/** Ids of the live items of batches, by batch, period and partner. */
async function itemIds({ product }: World): Promise<Map<string, string>> {
  const rows = await product.rows<Record<'item' | 'batch' | 'period_id' | 'code', string>>(
    "SELECT LOWER(HEX(i.item_id)) AS item, LOWER(HEX(i.batch_id)) AS batch, i.period_id, p.code FROM payout_item i JOIN partner p ON p.partner_id = i.partner_id WHERE i.brand_id = ? AND i.state <> 'EJECTED'",
  );
  return new Map(rows.map((row) => [`${dashed(row.batch)} ${row.period_id} ${row.code}`, dashed(row.item)]));
}

export const PAYOUT_COMMANDS: readonly Command[] = [pay, goOn, cancel, payeeMeanwhile, bank];
