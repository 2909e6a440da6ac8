import { namedId, type Operator } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import { PayeeService } from '../src/payee/payee.service';
import { PayoutBlockService } from '../src/statement/payout-block.service';
import { ReviewService } from '../src/statement/review.service';
import { StatementAdvance } from '../src/statement/statement-advance.service';
import { StatementAnswerService } from '../src/statement/statement-answer.service';
import { StatementListRepository } from '../src/statement/statement-list.repository';
import { expectBooksInOrder } from './books.fixture';
import { brandId, DAY, day, distribution, order, person, type Distribution } from './distribution.fixture';

const network = [
  { code: 'D1', type: 'distributor' as const, name: 'North' },
  { code: 'S1', type: 'store' as const, name: 'One', parentCode: 'D1' },
  { code: 'S2', type: 'store' as const, name: 'Two', parentCode: 'D1' },
];
const rules = [
  { role: 'store', recipient: { from: 'store' as const }, ratePpm: 100_000 },
  { role: 'distributor', recipient: { from: 'store' as const, climbTo: 'distributor' as const }, ratePpm: 20_000 },
];
const partnerId = (code: string) => namedId(`partner/${brandId}/${code}`);
const partner = (code: string): Operator => ({ ...person(`partner ${code}`), scope: { kind: 'partner', partnerId: partnerId(code) } });
const [maker, checker, third] = [person('maker'), person('checker'), person('third')];

describe.each(databases())('the life of statements, on $name', (db) => {
  let world: Distribution;
  const approved = async (settings: Parameters<typeof distribution>[1] = {}) => {
    world = await distribution(db, settings);
    await world.partners(...network);
    await world.plan({ rules });
    await world.buy(order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' }), order('b', day(2), null, { netMinor: 5_000, storeCode: 'S2' }));
    await world.through(31);
    const all = await world.statements();
    await review('submit', maker, all);
    await review('approve', checker, all);
    await world.settled();
  };
  afterEach(async () => {
    await expectBooksInOrder(world);
    await world.close();
  });
  const review = (action: 'submit' | 'approve' | 'reject', who: Operator, items: { statementId: string; fingerprint: string }[]) =>
    world.get(ReviewService).act(brandId, action, items.map(({ statementId, fingerprint }) => ({ statementId, fingerprint })), who);
  const states = async () => (await world.statements()).map(({ code, state }) => `${code} ${state}`);
  const idOf = async (code: string) => (await world.statements()).find((one) => one.code === code)!.statementId;
  const waits = async () => {
    const { data } = await world.get(StatementListRepository).list(brandId, { limit: 50 }, maker);
    return Object.fromEntries(data.map(({ partnerCode, waitingFor }) => [partnerCode, waitingFor]));
  };
  const givePayee = async (code: string) => {
    const { id } = await world.get(PayeeService).propose(brandId, partnerId(code), { currency: 'CNY', holder: code, account: '6222020200112233445', bankId: '102100099996', reason: 'first account' }, maker);
    await world.get(PayeeService).decideOne(brandId, id, true, 'letter checked', checker);
    await world.within((tx) => world.get(StatementAdvance).reconsider(tx, brandId, [partnerId(code)]));
  };
  const confirm = async (code: string, who: Operator) => world.get(StatementAnswerService).confirm(brandId, await idOf(code), who);

  it('publishes what is approved, confirms when the window has passed, carries what pays nothing and waits for a payee', async () => {
    await approved({ minimumPayoutMinor: 400 });
    expect(await states()).toEqual(['D1 PUBLISHED', 'S1 PUBLISHED', 'S2 PUBLISHED']);
    world.clock.set(world.clock.now() + 7 * DAY - 1);
    await world.settled();
    expect(await states()).toEqual(['D1 PUBLISHED', 'S1 PUBLISHED', 'S2 PUBLISHED']);
    world.clock.set(world.clock.now() + 1);
    await world.settled();
    expect(await states()).toEqual(['D1 CARRIED', 'S1 CONFIRMED', 'S2 CONFIRMED']);
    expect(await waits()).toEqual({ D1: null, S1: 'payee', S2: 'payee' });
    await givePayee('S1');
    await world.settled();
    expect(await states()).toEqual(['D1 CARRIED', 'S1 PAYABLE', 'S2 CONFIRMED']);
    const audit = await world.rows<{ action: string; actor_id: string }>("SELECT action, actor_id FROM audit_log WHERE entity_type = 'statement' AND entity_id = ? ORDER BY at, id", [await idOf('S1')]);
    expect(audit.map(({ action, actor_id: actor }) => `${action} ${actor}`)).toEqual([
      `statement.submitted ${maker.id}`,
      `statement.approved ${checker.id}`,
      'statement.published system',
      'statement.confirmed system',
      'statement.released system',
    ]);
  });

  it('lets a partner confirm its own statement early, and nobody else for it', async () => {
    await approved();
    await givePayee('S1');
    await expect(confirm('S1', partner('D1'))).rejects.toMatchObject({ code: 'not_your_statement' });
    await expect(confirm('S1', maker)).rejects.toMatchObject({ code: 'not_your_statement' });
    await confirm('S1', partner('S1'));
    await world.settled();
    expect(await states()).toEqual(['D1 PUBLISHED', 'S1 PAYABLE', 'S2 PUBLISHED']);
    await expect(confirm('S1', partner('S1'))).rejects.toMatchObject({ code: 'wrong_state' });
    await expect(world.get(StatementAnswerService).confirm(brandId, namedId('nothing'), partner('S1'))).rejects.toMatchObject({ code: 'statement_not_found' });
  });

  it('keeps a blocked partner from being paid until the block is lifted', async () => {
    await approved();
    const blocks = world.get(PayoutBlockService);
    await givePayee('S1');
    await blocks.block(brandId, partnerId('S1'), 'under investigation', maker);
    await expect(blocks.block(brandId, partnerId('S1'), 'twice', maker)).rejects.toMatchObject({ code: 'partner_blocked_already' });
    await expect(blocks.block(brandId, namedId('nobody'), 'who', maker)).rejects.toMatchObject({ code: 'partner_not_found' });
    await confirm('S1', partner('S1'));
    await world.settled();
    expect(await waits()).toMatchObject({ S1: 'partner_blocked' });
    await blocks.unblock(brandId, partnerId('S1'), 'cleared', maker);
    await expect(blocks.unblock(brandId, partnerId('S1'), 'twice', maker)).rejects.toMatchObject({ code: 'partner_not_blocked' });
    await world.settled();
    expect(await states()).toEqual(['D1 PUBLISHED', 'S1 PAYABLE', 'S2 PUBLISHED']);
  });

  it('inv 40: asks for a second checker above the limit, who is neither the maker nor the first', async () => {
    world = await distribution(db, { secondApprovalAboveMinor: 500 });
    await world.partners(...network);
    await world.plan({ rules });
    await world.buy(order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' }), order('b', day(2), null, { netMinor: 5_000, storeCode: 'S2' }));
    await world.through(31);
    const all = await world.statements();
    await review('submit', maker, all);
    expect(await review('approve', checker, all)).toEqual({ done: 3, refused: [] });
    await world.settled();
    expect(await states()).toEqual(['D1 PUBLISHED', 'S1 IN_REVIEW', 'S2 PUBLISHED']);
    const s1 = all.filter(({ code }) => code === 'S1');
    expect(await review('approve', checker, s1)).toMatchObject({ refused: [{ code: 'approved_already' }] });
    expect(await review('approve', maker, s1)).toMatchObject({ refused: [{ code: 'same_person' }] });
    const both = await Promise.all([review('approve', third, s1), review('approve', person('fourth'), s1)]);
    expect(both[0].done + both[1].done).toBe(1);
    await world.settled();
    expect(await states()).toEqual(['D1 PUBLISHED', 'S1 PUBLISHED', 'S2 PUBLISHED']);
    await expect(world.within((tx) => tx.query('UPDATE statement SET second_approved_by = approved_by WHERE second_approved_by IS NOT NULL'))).rejects.toThrow(/ck_statement_six_eyes|CONSTRAINT/i);
  });
});
