import { idIn, idOut, type Operator } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import { AdjustmentService } from '../src/adjustment/adjustment.service';
import { LineHoldService } from '../src/commission/line-hold.service';
import { PartnerPersonService } from '../src/finding/partner-person.service';
import { PartnerOwnerService } from '../src/partner/partner-owner.service';
import { PayeeService } from '../src/payee/payee.service';
import { BankLines } from '../src/payout/bank-line.service';
import { PayoutResolution } from '../src/payout/payout-resolution.service';
import { PayoutBlockService } from '../src/statement/payout-block.service';
import { ReviewService } from '../src/statement/review.service';
import { StatementVoidService } from '../src/statement/statement-void.service';
import { brandId, day, order, person } from './distribution.fixture';
import { financeChecker, financeMaker, partnerId, payableWorld, treasuryChecker, treasuryMaker } from './payout.fixture';

const owner = person('owner of S1');
const S1 = partnerId('S1');

describe.each(databases())('whoever owns a partner, on $name', (db) => {
  let world: Awaited<ReturnType<typeof payableWorld>>;
  beforeEach(async () => {
    world = await payableWorld(db);
    await world.ownedBy('S1', owner);
  });
  afterEach(async () => {
    await world.expectInOrder();
    await world.close();
  });
  const refused = (...tried: Promise<unknown>[]) =>
    Promise.all(tried.map((one) => expect(one).rejects.toMatchObject({ code: 'own_partner', status: 403 })));
  const review = (action: 'submit' | 'approve' | 'reject', items: { statementId: string; fingerprint: string }[], actor: Operator) =>
    world.get(ReviewService).act(
      brandId,
      action,
      items.map(({ statementId, fingerprint }) => ({ statementId, fingerprint })),
      actor,
    );

  it('inv 40, 41: is named by somebody else, with a reason, and does not take that back', async () => {
    const owners = world.get(PartnerOwnerService);
    expect(await owners.read(brandId, S1)).toEqual({ partnerId: S1, operatorIds: [owner.id] });
    await refused(owners.save(brandId, S1, { operatorIds: [], seen: [owner.id], reason: 'sold it' }, owner));
    await expect(owners.save(brandId, S1, { operatorIds: [], seen: [], reason: 'x' }, financeMaker)).rejects.toMatchObject({
      code: 'changed_meanwhile',
    });
    await expect(owners.save(brandId, owner.id, { operatorIds: [], seen: [], reason: 'x' }, financeMaker)).rejects.toMatchObject({
      code: 'partner_not_found',
    });
    const both = [owner.id, financeMaker.id].sort();
    expect(
      await owners.save(brandId, S1, { operatorIds: [...both, owner.id], seen: [owner.id], reason: 'married' }, financeChecker),
    ).toEqual({
      partnerId: S1,
      operatorIds: both,
    });
    expect(await world.audited('partner', S1)).toEqual(expect.arrayContaining([`partner.owners_named ${financeChecker.id}: married`]));
    expect(await world.ownedBy('S1')).toEqual({ partnerId: S1, operatorIds: [] });
  });

  it('inv 40: takes no part in what is owed to it, while everybody else goes on', async () => {
    await world.buy(
      order('c', day(33), null, { netMinor: 9_000, storeCode: 'S1' }),
      order('d', day(34), null, { netMinor: 9_000, storeCode: 'S2' }),
    );
    await world.through(59);
    const february = (await world.statements()).filter(({ period }) => period === '2026-02');
    const own = february.find(({ code }) => code === 'S1')!;
    const told = {
      done: february.length - 1,
      refused: [{ statementId: own.statementId, code: 'own_partner', message: expect.any(String) }],
    };
    expect(await review('submit', february, owner)).toEqual(told);
    expect(await review('submit', [own], financeMaker)).toEqual({ done: 1, refused: [] });
    for (const action of ['approve', 'reject'] as const)
      expect(await review(action, [own], owner)).toMatchObject({ done: 0, refused: [{ code: 'own_partner' }] });
    const voids = world.get(StatementVoidService);
    await refused(voids.propose(brandId, own.statementId, 'wrong', owner));
    await voids.propose(brandId, own.statementId, 'wrong', financeMaker);
    await refused(voids.decide(brandId, own.statementId, true, 'seen', owner));
    const adjustments = world.get(AdjustmentService);
    const propose = (code: 'S1' | 'S2', actor: Operator) =>
      world.within((tx) =>
        adjustments.propose(tx, brandId, { partnerId: partnerId(code), kind: 'adjust', amountMinor: 5, reason: 'promised' }, actor),
      );
    await refused(propose('S1', owner));
    await refused(adjustments.decide(brandId, (await propose('S1', financeMaker)).id, true, 'seen', owner));
    expect(await propose('S2', owner)).toMatchObject({ state: 'PROPOSED' });
    const [line] = await world.rows<{ line_id: Buffer }>('SELECT line_id FROM commission_state WHERE partner_id = ?', [idIn(S1)]);
    await refused(
      world.get(LineHoldService).act(brandId, idOut(line!.line_id), 'hold', 'looked at', owner),
      world.get(PartnerPersonService).save(brandId, S1, null, 'nobody', owner),
    );
  });

  it('inv 39, 40: nor in how and whether it is paid', async () => {
    await refused(world.payee.propose('S1', { account: '6222020200112233999' }, owner));
    const { id: payeeId } = await world.payee.propose('S1', { account: '6222020200112233999' });
    await refused(world.payee.decide(payeeId, true, owner));
    await world.payee.decide(payeeId);
    const blocks = world.get(PayoutBlockService);
    await refused(blocks.block(brandId, S1, 'x', owner));
    await blocks.block(brandId, S1, 'looked into', treasuryMaker);
    await refused(blocks.unblock(brandId, S1, 'x', owner));
    await blocks.unblock(brandId, S1, 'cleared', treasuryMaker);
    await world.settled();
    await refused(world.payout.prepare({}, owner));
    const id = await world.payout.prepare();
    await refused(world.payout.act('submit', id, owner));
    await world.payout.act('submit', id);
    await refused(
      world.payout.act('approve', id, owner),
      world.payout.act('reject', id, owner),
      world.payout.act('proposeCancel', id, owner),
    );
    await world.payout.act('approve', id);
    await refused(world.payout.release(id, owner));
    await world.payout.release(id);
    const item = await world.payout.item('S1');
    // What the bank says about it is believed by somebody else.
    await world.bank.import([world.bank.line(item, 'FAILED', 'r0')], owner);
    expect(await world.payout.item('S1')).toMatchObject({ state: 'SENT' });
    const [failed] = await world.bank.lines();
    await world.get(BankLines).decide(brandId, failed!.id, false, 'they took it back', treasuryChecker);
    await world.bank.import([world.bank.line(item, 'PENDING', 'r1')], treasuryMaker);
    const resolution = world.get(PayoutResolution);
    await refused(resolution.propose(brandId, item.id, 'PAID', 'their letter', owner));
    await world.bank.import([world.bank.line(item, 'PAID', 'r2')], treasuryMaker);
    const waiting = (await world.bank.lines()).find(({ state }) => state === 'WAITING')!;
    await refused(world.get(BankLines).decide(brandId, waiting.id, true, 'their letter', owner));
    await world.get(BankLines).decide(brandId, waiting.id, true, 'their letter', treasuryChecker);
    expect(await world.states()).toMatchObject({ S1: 'PAID' });
  });

  it('still proposes and decides about payee details of others in the same request', async () => {
    const details = (partnerCode: string) => ({
      partnerCode,
      currency: 'CNY',
      holder: 'x',
      account: '6222020200112233777',
      bankId: '102100099996',
      reason: 'contract',
    });
    const taken = await world.get(PayeeService).proposeBatch(brandId, [details('S1'), details('S2')], owner);
    expect(taken).toMatchObject({
      accepted: 1,
      rejected: [{ index: 0, externalId: 'S1', errors: [{ field: 'partnerCode', code: 'own_partner' }] }],
    });

    const proposed = [
      await world.payee.propose('S1', { account: '6222020200112233999' }),
      await world.payee.propose('D1', { account: '6222020200112233998' }),
    ];
    const decided = await world.get(PayeeService).decide(
      brandId,
      proposed.map(({ id }) => id),
      true,
      'compared',
      owner,
    );
    expect(decided).toMatchObject({ done: 1, refused: [{ payeeId: proposed[0]!.id, code: 'own_partner' }] });
  });
});
