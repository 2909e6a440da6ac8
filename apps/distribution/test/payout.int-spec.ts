import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { idIn, idOut, namedId, type Operator } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import { BankLines } from '../src/payout/bank-line.service';
import { PayeeService } from '../src/payee/payee.service';
import { PayoutFileService } from '../src/payout/payout-file.service';
import { PayoutRepository } from '../src/payout/payout.repository';
import { PayoutRelease } from '../src/payout/payout-release.service';
import { PayoutResolution } from '../src/payout/payout-resolution.service';
import { PayoutReview } from '../src/payout/payout-review.service';
import { SettingService } from '../src/setting/setting.service';
import { PayoutBlockService } from '../src/statement/payout-block.service';
import { brandId, day, order, person } from './distribution.fixture';
import {
  account,
  codes,
  eight,
  financeChecker,
  otherChecker,
  partnerId,
  payableWorld,
  treasuryChecker,
  treasuryMaker,
  type Code,
  type PayableWorld,
} from './payout.fixture';

describe.each(databases())('payouts, on $name', (db) => {
  let world: PayableWorld;
  const begin = async (settings: Parameters<typeof payableWorld>[1] = {}) => {
    world = await payableWorld(db, settings);
  };
  afterEach(async () => {
    await world.expectInOrder();
    await world.close();
  });
  const confirm = (lineId: string, approve = true, actor = treasuryChecker) =>
    world.get(BankLines).decide(brandId, lineId, approve, 'the bank said so by letter', actor);
  const waiting = async () => (await world.bank.lines({ state: 'WAITING' }))[0]!;

  it('inv 36, 37, 41: pays statements once, with files of the hash that was approved, through to the bank', async () => {
    await begin();
    expect(await world.states()).toEqual({ D1: 'PAYABLE', S1: 'PAYABLE', S2: 'PAYABLE' });
    expect(await world.accounts()).toEqual({ expense: 1_800, pending: 0, payable: -1_800 });
    const sent = await world.payout.sent();
    expect(sent).toMatchObject({
      state: 'SENT',
      items: 3,
      grossMinor: 1_800,
      taxMinor: 150,
      amountMinor: 1_650,
      byState: [{ state: 'SENT', items: 3, amountMinor: 1_650 }],
    });
    expect(await world.accounts()).toEqual({ expense: 1_800, pending: 0, payable: 0, clearing: -1_650, withheld: -150 });
    for (const format of ['csv', 'pain001'] as const) {
      const { content, name } = await world.get(PayoutFileService).open(brandId, sent.id, format, treasuryChecker);
      const bytes = await text(content);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(format === 'csv' ? sent.csvHash : sent.pain001Hash);
      for (const number of Object.values(account)) expect(bytes).toContain(number);
      expect(name).toMatch(/^payout-.*\.(csv|xml)$/);
    }
    const items = await world.payout.items();
    const result = await world.bank.import(items.map((item, index) => world.bank.line(item, 'PAID', `B${index}`)));
    expect(result).toMatchObject({ lines: 3, matched: 3, unmatched: 0, duplicate: 0, conflict: 0, waiting: 0, repeated: false });
    expect(await world.states()).toEqual({ D1: 'PAID', S1: 'PAID', S2: 'PAID' });
    expect(await world.payout.one(sent.id)).toMatchObject({ state: 'SETTLED' });
    expect(await world.accounts()).toEqual({ expense: 1_800, pending: 0, payable: 0, clearing: 0, cash: -1_650, withheld: -150 });
    const [line] = await world.bank.lines({ statementId: await world.statementOf('S1') });
    expect(line).toMatchObject({ partnerCode: 'S1', payoutId: sent.id, match: 'matched', state: 'BOOKED' });
    expect(await world.payout.items({ statementId: line!.statementId })).toMatchObject([
      { id: line!.itemId, state: 'PAID', bankRef: line!.bankRef, bookedOn: '2026-02-05' },
    ]);
    const actions = await world.rows<{ action: string; actor_id: string }>(
      "SELECT action, actor_id FROM audit_log WHERE entity_type = 'payout' AND entity_id = ? ORDER BY id",
      [sent.id],
    );
    expect(
      actions.map(
        ({ action, actor_id }) => `${action} ${actor_id === 'system' ? 'system' : actor_id === treasuryMaker.id ? 'maker' : 'checker'}`,
      ),
    ).toEqual([
      'payout.prepared maker',
      'payout.submitted maker',
      'payout.approved checker',
      'payout.made-ready system',
      'payout.released checker',
      'payout.file-taken checker',
      'payout.file-taken checker',
      'payout.settled system',
    ]);
    const moves = await world.rows<{ action: string }>(
      "SELECT action FROM audit_log WHERE entity_type = 'payout_item' AND entity_id = ? ORDER BY id",
      [line!.itemId],
    );
    expect(moves.map(({ action }) => action)).toEqual(['payout-item.sent', 'payout-item.paid']);
  });

  it('inv 38: pays what failed by a new item that names the old one, and takes back what was returned', async () => {
    await begin();
    const first = await world.payout.sent();
    const [d1, s1, s2] = [await world.payout.item('D1'), await world.payout.item('S1'), await world.payout.item('S2')];
    await world.bank.import([
      world.bank.line(s1, 'FAILED', 'B1', { reason: 'account closed' }),
      world.bank.line(d1, 'PAID', 'B2'),
      world.bank.line(s2, 'PAID', 'B3'),
    ]);
    expect(await world.states()).toEqual({ D1: 'PAID', S1: 'PAYABLE', S2: 'PAID' });
    expect(await world.payout.one(first.id)).toMatchObject({ state: 'PART_SETTLED' });
    expect(await world.accounts()).toMatchObject({ payable: -1_000, clearing: 0, cash: -750, withheld: -50 });
    expect(await world.payout.item('S1')).toMatchObject({ state: 'FAILED', outcomeReason: 'account closed' });
    const toPayAgain = async () => (await world.payout.items({ waitsFor: 'payment' })).map(({ id }) => id);
    expect(await toPayAgain()).toEqual([s1.id]);
    const second = await world.payout.sent();
    expect(await toPayAgain()).toEqual([]);
    const again = await world.payout.item('S1', second.id);
    expect(second).toMatchObject({ items: 1, amountMinor: 900 });
    expect(again).toMatchObject({ replacesId: s1.id, state: 'SENT' });
    expect(again.id).not.toBe(s1.id);
    await world.bank.import([world.bank.line(again, 'PAID', 'B4')]);
    expect(await world.payout.one(second.id)).toMatchObject({ state: 'SETTLED' });
    await world.bank.import([world.bank.line(again, 'RETURNED', 'B4'), world.bank.line(s1, 'PAID', 'B9')]);
    // The first item has failed for good: a payment of it is for people to look at.
    expect(await world.bank.lines({ match: 'conflict' })).toMatchObject([{ itemId: s1.id, why: expect.stringContaining('FAILED') }]);
    expect(await world.states()).toMatchObject({ S1: 'PAID' });
    const line = await waiting();
    await expect(confirm(line.id, true, treasuryMaker)).rejects.toMatchObject({ code: 'same_person' });
    await confirm(line.id);
    expect(await toPayAgain()).toEqual([again.id]);
    await expect(confirm(line.id)).rejects.toMatchObject({ code: 'wrong_state' });
    expect(await world.states()).toMatchObject({ S1: 'PAYABLE' });
    expect(await world.payout.one(second.id)).toMatchObject({ state: 'PART_SETTLED' });
    expect(await world.accounts()).toMatchObject({ payable: -1_000, clearing: 0, cash: -750, withheld: -50 });
    await world.bank.settleConflict();
    expect(
      await world.payout.prepare({ statementIds: [await world.statementOf('S1')] }).then((id) => world.payout.item('S1', id)),
    ).toMatchObject({ replacesId: again.id });
    expect(await toPayAgain()).toEqual([]);
    await world.refused('ck_bank_line_decided', 'UPDATE bank_line SET decided_by = NULL WHERE line_id = ?', [idIn(line.id)]);
    await world.refused('ck_bank_line_four_eyes', 'UPDATE bank_line SET decided_by = imported_by WHERE line_id = ?', [idIn(line.id)]);
  });

  it('inv 38: never sends again what it does not know of, whatever time passes, until two persons have evidence', async () => {
    await begin();
    await world.payout.sent();
    const [d1, s1, s2] = [await world.payout.item('D1'), await world.payout.item('S1'), await world.payout.item('S2')];
    await world.bank.import([d1, s1, s2].map((item) => world.bank.line(item, 'PENDING', '')));
    expect((await world.payout.items()).map(({ state }) => state)).toEqual(['UNKNOWN', 'UNKNOWN', 'UNKNOWN']);
    world.clock.set(world.clock.now() + 90 * 86_400_000);
    await expect(world.payout.prepare()).rejects.toMatchObject({ code: 'nothing_payable' });
    await expect(world.payout.prepare({ statementIds: [s1.statementId] })).rejects.toMatchObject({ code: 'statement_not_payable' });
    const resolution = world.get(PayoutResolution);
    const decide = async (code: Code, approve = true, actor = treasuryChecker) => {
      const { id, version } = await world.payout.item(code);
      await resolution.decide(brandId, id, { approve, reason: 'seen it', version }, actor);
    };
    await expect(decide('S1')).rejects.toMatchObject({ code: 'resolution_not_proposed' });
    const waits = async () => ({
      outcome: (await world.payout.items({ waitsFor: 'outcome' })).length,
      decision: (await world.payout.items({ waitsFor: 'decision' })).length,
    });
    expect(await waits()).toEqual({ outcome: 3, decision: 0 });
    await resolution.propose(brandId, s1.id, 'FAILED', 'letter of the bank of the 7th', treasuryMaker);
    expect(await waits()).toEqual({ outcome: 2, decision: 1 });
    await expect(decide('S1', true, treasuryMaker)).rejects.toMatchObject({ code: 'same_person' });
    await decide('S1', false);
    expect(await world.payout.item('S1')).toMatchObject({ state: 'UNKNOWN', resolveTo: null });
    await resolution.propose(brandId, s1.id, 'FAILED', 'signed letter of the bank', treasuryMaker);
    await decide('S1');
    await world.bank.import([world.bank.line(d1, 'PAID', 'B1'), world.bank.line(s2, 'PAID', 'B2'), world.bank.line(s2, 'FAILED', 'B3')]);
    expect(await world.states()).toEqual({ D1: 'IN_PAYOUT', S1: 'PAYABLE', S2: 'IN_PAYOUT' });
    expect((await world.bank.lines({ match: 'conflict' })).map(({ why }) => why)).toEqual([
      'another line of this item waits for a treasury checker',
    ]);
    const [refused, believed] = await world.bank.lines({ state: 'WAITING' });
    await confirm(refused!.id, false);
    await confirm(believed!.id);
    expect(await world.states()).toEqual({ D1: 'PAID', S1: 'PAYABLE', S2: 'IN_PAYOUT' });
    await resolution.propose(brandId, s2.id, 'PAID', 'statement of the account', treasuryMaker);
    await decide('S2');
    expect(await world.states()).toEqual({ D1: 'PAID', S1: 'PAYABLE', S2: 'PAID' });
    await expect(resolution.propose(brandId, s2.id, 'FAILED', 'changed my mind', treasuryMaker)).rejects.toMatchObject({
      code: 'wrong_state',
    });
    const recorded = (await world.audited('payout_item', s1.id)).filter((one) => /resolution|resolv/.test(one));
    expect(recorded.map((one) => one.replace(/^[\w.-]+ /, ''))).toEqual([
      `${treasuryMaker.id}: letter of the bank of the 7th`,
      `${treasuryChecker.id}: seen it`,
      `${treasuryMaker.id}: signed letter of the bank`,
      `${treasuryChecker.id}: seen it`,
    ]);
    expect(await world.audited('bank_line', refused!.id)).toEqual([
      expect.stringMatching(`^bank-line.\\w+ ${treasuryChecker.id}: the bank said so by letter$`),
    ]);
    expect(await world.audited('bank_line', believed!.id)).toHaveLength(1);
  });

  it('inv 38: decides on no outcome beside a line of the bank that waits, nor on another one than was seen', async () => {
    await begin();
    await world.payout.sent();
    const [s1, s2] = [await world.payout.item('S1'), await world.payout.item('S2')];
    await world.bank.import([s1, s2].map((item) => world.bank.line(item, 'PENDING', '')));
    const resolution = world.get(PayoutResolution);
    await resolution.propose(brandId, s1.id, 'PAID', 'statement of the account', treasuryMaker);
    const seen = await world.payout.item('S1');
    await expect(resolution.propose(brandId, s1.id, 'FAILED', 'on second thoughts', person('another maker'))).rejects.toMatchObject({
      code: 'resolution_proposed',
    });
    await resolution.decide(brandId, s1.id, { approve: false, reason: 'not signed', version: seen.version }, otherChecker);
    await resolution.propose(brandId, s1.id, 'FAILED', 'on second thoughts', person('another maker'));
    const approval = { approve: true, reason: 'paid, I saw it' };
    await expect(resolution.decide(brandId, s1.id, { ...approval, version: seen.version }, treasuryChecker)).rejects.toMatchObject({
      code: 'changed_meanwhile',
    });

    await world.bank.import([world.bank.line(s1, 'PAID', 'B1'), world.bank.line(s2, 'PAID', 'B2')]);
    const { version } = await world.payout.item('S1');
    await expect(resolution.decide(brandId, s1.id, { ...approval, version }, treasuryChecker)).rejects.toMatchObject({
      code: 'bank_line_waits',
    });
    await expect(resolution.propose(brandId, s2.id, 'FAILED', 'a call', treasuryMaker)).rejects.toMatchObject({ code: 'bank_line_waits' });
    expect(await world.states()).toMatchObject({ S1: 'IN_PAYOUT', S2: 'IN_PAYOUT' });
    for (const { id } of await world.bank.lines({ state: 'WAITING' })) await confirm(id);
    expect(await world.states()).toMatchObject({ S1: 'PAID', S2: 'PAID' });
    expect(await world.rows("SELECT txn_id FROM ledger_txn WHERE kind = 'bank-paid'")).toHaveLength(2);
  });

  it('inv 39: shows who checks a batch which partners it pays by other details than before', async () => {
    await begin();
    const first = await world.payout.sent();
    expect(first).toMatchObject({ payeeChanged: 0 });
    const [s1, s2] = [await world.payout.item('S1'), await world.payout.item('S2')];
    await world.bank.import([world.bank.line(s1, 'PAID', 'B1'), world.bank.line(s2, 'FAILED', 'B2')]);
    await world.bank.import([world.bank.line(s1, 'RETURNED', 'B1')]);
    await confirm((await waiting()).id);
    await world.buy(order('c', day(33), null, { netMinor: 10_000, storeCode: 'S1' }));
    // What came back was not paid, and what failed never was: nothing to compare with yet.
    for (const code of ['S1', 'S2'] as const) await world.payee.approved(code, { account: '6222020200112200000' });
    const second = await world.payout.sent();
    expect(second).toMatchObject({ items: 2, payeeChanged: 0 });
    await world.bank.import([world.bank.line(await world.payout.item('S1', second.id), 'PAID', 'B3')]);

    await world.through(59);
    await world.approved();
    for (const code of ['S1', 'S2'] as const) await world.payee.approved(code, { account: '6222020200112277777' });
    const third = await world.payout.prepare();
    expect(await world.payout.one(third)).toMatchObject({ payeeChanged: 1 });
    expect(await world.payout.item('S1', third)).toMatchObject({ account: '**** 7777', formerAccount: '**** 0000' });
    expect((await world.payout.items({ payoutId: third, payeeChanged: 'true' })).map(({ partnerCode }) => partnerCode)).toEqual(['S1']);
    expect(
      (await world.payout.items({ payeeChanged: 'false' })).map(({ formerAccount }) => formerAccount).every((one) => one === null),
    ).toBe(true);
    await world.payout.act('submit', third);
    await world.payee.approved('S1', { account: '6222020200112288888' });
    expect(await world.payout.one(third)).toMatchObject({ payeeChanged: 0 });
  });

  it('lists what it cannot match, and counts a line and a file once', async () => {
    await begin();
    await world.payout.sent();
    const [d1, s1, s2] = [await world.payout.item('D1'), await world.payout.item('S1'), await world.payout.item('S2')];
    const file = [
      world.bank.line(d1, 'PAID', 'B1'),
      world.bank.line(d1, 'PAID', 'B1'),
      world.bank.line(s1, 'PAID', 'B1'),
      world.bank.line(s1, 'PAID', 'B2', { amount: 899 }),
      `${namedId('nobody')},PAID,B3,900,2026-02-05,`,
      'rent of january,PAID,B4,900,2026-02-05,',
      world.bank.line(s2, 'LOST', 'B5'),
      world.bank.line(s2, 'RETURNED', 'B6'),
    ];
    const result = await world.bank.import(file);
    expect(result).toMatchObject({ lines: 8, matched: 1, duplicate: 1, conflict: 3, unmatched: 3, waiting: 0, repeated: false });
    expect(
      (await world.bank.lines({ match: 'unmatched' })).map(({ item, itemId, lineNo }) => [item, itemId === null, lineNo]).sort(),
    ).toEqual(
      [
        ['rent of january', true, 7],
        [s2.id.replaceAll('-', ''), false, 8],
        [namedId('nobody'), true, 6],
      ].sort(),
    );
    expect(await world.bank.import(file)).toEqual({ ...result, repeated: true });
    expect(await world.bank.import([...file, world.bank.line(s1, 'PAID', 'B7')])).toMatchObject({
      lines: 9,
      matched: 1,
      duplicate: 2,
      repeated: false,
    });
    expect(await world.states()).toEqual({ D1: 'PAID', S1: 'PAID', S2: 'IN_PAYOUT' });
    await world.refused('uq_bank_line_settled', "UPDATE bank_line SET bank_ref = 'B1' WHERE bank_ref = 'B7'");
    await expect(world.bank.import([])).rejects.toMatchObject({ code: 'unreadable_file' });
    await expect(world.bank.import(['only,three,cells'])).rejects.toMatchObject({ code: 'unreadable_file' });
  });

  it('inv 39: puts a partner out of unapproved batches when its payee details change, and releases no batch with old ones', async () => {
    await begin();
    const id = await world.payout.prepare();
    await world.payout.act('submit', id);
    const changed = { account: '6222020200112200000' };
    await world.payee.approved('S1', changed);
    expect(await world.payout.one(id)).toMatchObject({
      state: 'DRAFT',
      items: 2,
      grossMinor: 800,
      amountMinor: 750,
      submittedBy: null,
      byState: [
        { state: 'EJECTED', items: 1 },
        { state: 'PLANNED', items: 2 },
      ],
    });
    expect(await world.states()).toMatchObject({ S1: 'PAYABLE', S2: 'IN_PAYOUT' });
    const other = await world.payout.sent({ statementIds: [await world.statementOf('S1')] });
    expect(await text((await world.get(PayoutFileService).open(brandId, other.id, 'csv', treasuryChecker)).content)).toContain(
      changed.account,
    );
    await world.payout.act('submit', id);
    await world.payout.act('approve', id);
    await world.payee.approved('S2', { account: '6222020200112200001' });
    await expect(world.payout.release(id)).rejects.toMatchObject({ code: 'payee_changed' });
    await world.payout.act('proposeCancel', id);
    await expect(world.payout.release(id)).rejects.toMatchObject({ code: 'cancel_proposed' });
    await expect(world.payout.decideCancel(id, true, treasuryMaker)).rejects.toMatchObject({ code: 'same_person' });
    await world.payout.decideCancel(id, false);
    await world.payout.act('proposeCancel', id);
    await world.payout.decideCancel(id, true);
    expect(await world.payout.one(id)).toMatchObject({ state: 'CANCELLED' });
    expect(await world.states()).toEqual({ D1: 'PAYABLE', S1: 'IN_PAYOUT', S2: 'PAYABLE' });
    const again = await world.payout.sent();
    expect(again).toMatchObject({ items: 2, amountMinor: 750 });
    // What has been sent stays as it was, whatever changes afterwards.
    await world.payee.approved('S2');
    expect(await text((await world.get(PayoutFileService).open(brandId, again.id, 'csv', treasuryChecker)).content)).toContain(
      '6222020200112200001',
    );
  });

  it('inv 40: keeps makers, checkers and the reviewers of statements apart, as rules and in the database', async () => {
    await begin({ secondPayoutApprovalAboveMinor: 1_000 });
    await expect(world.payout.prepare({}, financeChecker)).rejects.toMatchObject({ code: 'checker_of_statement' });
    const id = await world.payout.prepare();
    await expect(world.payout.act('approve', id)).rejects.toMatchObject({ code: 'wrong_state' });
    await expect(world.payout.act('submit', id, financeChecker)).rejects.toMatchObject({ code: 'checker_of_statement' });
    await world.payout.act('submit', id);
    await expect(world.payout.act('approve', id, treasuryMaker)).rejects.toMatchObject({ code: 'same_person' });
    await expect(world.payout.act('approve', id, financeChecker)).rejects.toMatchObject({ code: 'checker_of_statement' });
    await expect(world.get(PayoutReview).approve(brandId, id, { version: 1 }, treasuryChecker)).rejects.toMatchObject({
      code: 'changed_meanwhile',
    });
    expect(await world.payout.act('approve', id)).toMatchObject({ state: 'SUBMITTED', awaitsSecondApproval: true, csvHash: null });
    await expect(world.payout.act('approve', id)).rejects.toMatchObject({ code: 'same_person' });
    expect(await world.payout.act('reject', id)).toMatchObject({ state: 'DRAFT', approvedBy: null, rejectedReason: 'looked at it' });
    await world.payout.act('submit', id);
    await world.payout.act('approve', id);
    expect(await world.payout.act('approve', id, otherChecker)).toMatchObject({
      state: 'FILE_READY',
      awaitsSecondApproval: false,
      csvHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    await expect(world.get(PayoutFileService).open(brandId, id, 'csv', treasuryChecker)).rejects.toMatchObject({
      code: 'payout_not_released',
    });
    await expect(world.payout.release(id, treasuryMaker)).rejects.toMatchObject({ code: 'same_person' });
    const batch = (set: string) => `UPDATE payout_batch SET ${set} WHERE batch_id = ?`;
    await world.refused('ck_payout_batch_four_eyes', batch('approved_by = prepared_by'), [idIn(id)]);
    await world.refused('ck_payout_batch_six_eyes', batch('second_approved_by = approved_by'), [idIn(id)]);
    await world.refused('ck_payout_batch_release', batch('released_by = submitted_by'), [idIn(id)]);
    await world.refused('ck_payout_batch_sent', batch("state = 'SENT'"), [idIn(id)]);
    await world.refused('ck_payout_batch_four_eyes', batch('submitted_by = NULL'), [idIn(id)]);
    await world.refused('ck_payout_batch_submitted', batch('submitted_by = NULL, approved_by = NULL, second_approved_by = NULL'), [
      idIn(id),
    ]);
    await world.refused('ck_payout_batch_approved', batch('approved_by = NULL, second_approved_by = NULL'), [idIn(id)]);
    await world.refused('ck_payout_batch_cancelled', batch("state = 'CANCELLED'"), [idIn(id)]);
    await world.refused('ck_payout_batch_cancel', batch('cancel_decided_by = prepared_by'), [idIn(id)]);
    await world.refused('ck_payout_batch_cancel', batch('cancel_proposed_by = prepared_by, cancel_decided_by = prepared_by'), [idIn(id)]);
    await world.refused('ck_payout_item_submitter', 'UPDATE payout_item SET submitted_by = checked_by WHERE batch_id = ?', [idIn(id)]);
    await world.refused('ck_payout_item_preparer', 'UPDATE payout_item SET prepared_by = checked_by WHERE batch_id = ?', [idIn(id)]);
    await world.refused('ck_payout_item_approver', 'UPDATE payout_item SET approved_by = checked_by WHERE batch_id = ?', [idIn(id)]);
    await world.refused('ck_payout_item_second_approver', 'UPDATE payout_item SET second_approved_by = prepared_by WHERE batch_id = ?', [
      idIn(id),
    ]);
    await world.payout.release(id);
    const item = await world.payout.item('S1');
    await world.bank.import([world.bank.line(item, 'PENDING', '')]);
    await expect(world.get(PayoutResolution).propose(brandId, item.id, 'FAILED', 'a letter', financeChecker)).rejects.toMatchObject({
      code: 'checker_of_statement',
    });
    const one = (set: string) => `UPDATE payout_item SET ${set} WHERE item_id = ?`;
    await world.refused('ck_payout_item_resolve', one('resolve_proposed_by = prepared_by, resolve_decided_by = prepared_by'), [
      idIn(item.id),
    ]);
    await world.refused('ck_payout_item_resolve', one('resolve_decided_by = approved_by'), [idIn(item.id)]);
    await world.refused('ck_payout_item_resolver', one('resolve_proposed_by = checked_by'), [idIn(item.id)]);
    await world.refused('ck_payout_item_resolver', one('resolve_proposed_by = prepared_by, resolve_decided_by = checked_by'), [
      idIn(item.id),
    ]);
    await world.refused('ck_payout_item_sent', one('approved_by = NULL'), [idIn(item.id)]);
    const other = await world.payout.item('S2');
    await world.refused('uq_payout_item_live', 'UPDATE payout_item SET statement_id = ? WHERE item_id = ?', [
      idIn(item.statementId),
      idIn(other.id),
    ]);
  });

  it('pays nobody who is blocked, without details, or from an unknown account, and nothing that the books do not say', async () => {
    await begin({ payoutDebtor: null });
    await world.get(PayoutBlockService).block(brandId, partnerId('S2'), 'under investigation', financeChecker);
    await expect(world.payout.prepare({ statementIds: [await world.statementOf('S2')] })).rejects.toMatchObject({
      code: 'statement_not_payable',
    });
    await expect(world.payout.prepare({ filter: { period: '2025-12' } })).rejects.toMatchObject({ code: 'nothing_payable' });
    const id = await world.payout.prepare({ filter: { partnerType: 'store', period: '2026-01' } });
    expect(await world.payout.one(id)).toMatchObject({ items: 1, grossMinor: 1_000 });
    const other = await world.payout.prepare();
    await world.get(PayoutBlockService).block(brandId, partnerId('D1'), 'under investigation', financeChecker);
    expect(await world.payout.one(other)).toMatchObject({ items: 0, byState: [{ state: 'EJECTED', items: 1 }] });
    await expect(world.payout.act('submit', other)).rejects.toMatchObject({ code: 'nothing_to_pay' });
    /** Withholds more of everything in the batch than the statements say. */
    const withhold = (more: number) =>
      world.within(async (tx) => {
        for (const table of ['payout_item', 'payout_batch'])
          await tx.query(`UPDATE ${table} SET tax_minor = tax_minor + ?, amount_minor = amount_minor - ? WHERE batch_id = ?`, [
            more,
            more,
            idIn(id),
          ]);
      });
    await withhold(1);
    await expect(world.payout.act('submit', id)).rejects.toMatchObject({ code: 'totals_disagree' });
    await withhold(-1);
    await world.payout.act('submit', id);
    await expect(world.payout.act('approve', id)).rejects.toMatchObject({ code: 'debtor_missing' });
    const settings = world.get(SettingService);
    await settings.save(
      brandId,
      { ...(await settings.read(brandId)), payoutDebtor: { name: 'Tea', account: '6222020200119999999', bankId: '102100099996' } },
      financeChecker,
    );
    const ready = await world.payout.act('approve', id);
    // Were it written by another program, its bytes would not be those that were approved.
    await world.within((tx) => tx.query("UPDATE payout_batch SET csv_hash = 'f' WHERE batch_id = ?", [idIn(id)]));
    const blocks = world.get(PayoutBlockService);
    await blocks.block(brandId, partnerId('S1'), 'under investigation', financeChecker);
    await expect(world.payout.release(id)).rejects.toMatchObject({ code: 'payee_changed' });
    await blocks.unblock(brandId, partnerId('S1'), 'cleared', financeChecker);
    // Once released it would be on its way to the bank, without a file that anybody may take there (inv 37).
    await expect(world.payout.release(id)).rejects.toMatchObject({ code: 'payout_file_changed' });
    const { csvHash } = ready;
    expect(await world.accounts()).not.toHaveProperty('clearing');
    await world.within((tx) => tx.query('UPDATE payout_batch SET csv_hash = ? WHERE batch_id = ?', [csvHash, idIn(id)]));
    expect(await world.payout.release(id)).toMatchObject({ state: 'SENT' });
    await world.within((tx) => tx.query("UPDATE payout_batch SET csv_hash = 'f' WHERE batch_id = ?", [idIn(id)]));
    await expect(world.get(PayoutFileService).open(brandId, id, 'csv', treasuryChecker)).rejects.toMatchObject({
      code: 'payout_file_changed',
    });
  });

  it('inv 36, 38: of eight who do the same at the same time exactly one does', async () => {
    await begin();
    const statementIds = (await world.statements()).map(({ statementId }) => statementId);
    const prepared = await eight((index) => world.payout.prepare({ statementIds }, person(`maker ${index}`)));
    expect(codes(prepared)).toEqual(['done', ...Array<string>(7).fill('statement_not_payable')]);
    const { id } = (await world.payout.items())[0]!;
    const payoutId = (await world.payout.items())[0]!.payoutId;
    const { version } = await world.payout.one(payoutId);
    const late = ['changed_meanwhile', 'wrong_state'];
    const once = (settled: readonly PromiseSettledResult<unknown>[]) => {
      expect(codes(settled).filter((code) => code === 'done')).toHaveLength(1);
      expect(codes(settled).filter((code) => code !== 'done' && !late.includes(code))).toEqual([]);
    };
    once(await eight((index) => world.get(PayoutReview).submit(brandId, payoutId, { version }, person(`maker ${index}`))));
    once(await eight((index) => world.get(PayoutReview).approve(brandId, payoutId, { version: version + 1 }, person(`checker ${index}`))));
    const ready = await world.payout.one(payoutId);
    once(
      await eight((index) => world.get(PayoutRelease).release(brandId, payoutId, { version: ready.version }, person(`releaser ${index}`))),
    );
    expect(await world.accounts()).toMatchObject({ payable: 0, clearing: -1_650, withheld: -150 });
    expect(await world.rows("SELECT txn_id FROM ledger_txn WHERE kind = 'payout'")).toHaveLength(3);
    const items = await world.payout.items();
    const file = items.map((item, index) => world.bank.line(item, 'PAID', `B${index}`));
    const imports = await eight(() => world.bank.import(file));
    expect(codes(imports)).toEqual(Array<string>(8).fill('done'));
    expect(imports.filter((one) => one.status === 'fulfilled' && !one.value.repeated).length).toBeGreaterThanOrEqual(1);
    expect(await world.bank.lines()).toHaveLength(3);
    expect(await world.accounts()).toMatchObject({ payable: 0, clearing: 0, cash: -1_650 });
    await world.bank.import([world.bank.line(items[0]!, 'RETURNED', 'R1')]);
    const line = await waiting();
    once(await eight((index) => confirm(line.id, true, person(`confirmer ${index}`))));
    expect((await world.payout.items()).find((item) => item.id === id)).toMatchObject({ state: expect.stringMatching(/PAID|RETURNED/) });
    expect(await world.rows("SELECT txn_id FROM ledger_txn WHERE kind = 'bank-return'")).toHaveLength(1);
  });

  it('inv 39: pays nobody by old details, however these change while batches are prepared, approved and released', async () => {
    await begin();
    const changes = (async () => {
      for (let change = 0; change < 6; change += 1) await world.payee.approved('S1', { account: `622202020011220000${change}` });
    })();
    const refused = new Set<string | undefined>();
    for (let round = 0; round < 20; round += 1) {
      await world.payout.sent().catch((error: { code?: string }) => refused.add(error.code));
      const open = await world.rows<{ batch_id: Buffer }>(
        "SELECT batch_id FROM payout_batch WHERE state IN ('DRAFT', 'SUBMITTED', 'FILE_READY')",
      );
      for (const { batch_id } of open) {
        await world.payout.act('proposeCancel', idOut(batch_id));
        await world.payout.decideCancel(idOut(batch_id), true);
      }
    }
    await changes;
    expect(
      [...refused].filter(
        (code) => !['payee_changed', 'nothing_payable', 'nothing_to_pay', 'changed_meanwhile', 'wrong_state'].includes(code ?? ''),
      ),
    ).toEqual([]);
    // In the audit log a replacement stands behind the release of whatever was paid by the details that it replaced.
    const [sent] = await world.rows<{ payee_id: Buffer; batch_id: Buffer }>(
      "SELECT payee_id, batch_id FROM payout_item WHERE state = 'SENT' AND partner_id = ?",
      [idIn(partnerId('S1'))],
    );
    const recorded = (action: string, id: Buffer) =>
      world.rows<{ id: Buffer }>('SELECT id FROM audit_log WHERE action = ? AND entity_id = ?', [action, idOut(id)]);
    const [release] = await recorded('payout.released', sent!.batch_id);
    const replaced = await recorded('payee.replaced', sent!.payee_id);
    for (const { id } of replaced) expect(Buffer.compare(id, release!.id)).toBe(1);
  });

  it('inv 39: blocks a partner before a batch with it is released or after that, and never while it is', async () => {
    await begin();
    const { id } = await world.payout.ready();
    let isBlocked = false;
    let blocking: Promise<unknown> = Promise.resolve();
    // What a release does first, stopped between that and its commit.
    await world.within(async (tx) => {
      await world.get(PayoutRepository).lock(tx, brandId, [id]);
      blocking = world
        .get(PayoutBlockService)
        .block(brandId, partnerId('S1'), 'under investigation', treasuryChecker)
        .then(() => (isBlocked = true));
      await pause(400);
      expect(isBlocked).toBe(false);
    });
    await blocking;
    await expect(world.payout.release(id)).rejects.toMatchObject({ code: 'payee_changed' });
  });

  it('inv 39, 40: seals payee details, shows them masked, and lets two persons decide on them', async () => {
    await begin();
    const proposed = await world.payee.propose('S1', { account: '6222020200112200000' });
    expect(proposed).toMatchObject({ version: 2, state: 'PROPOSED', holder: 'H***', account: '**** 0000', bankId: '**** 9996' });
    const stored = JSON.stringify(await world.rows('SELECT * FROM payee'), (_, value: unknown) => value);
    for (const plain of ['6222020200112200000', 'Holder S1', '102100099996']) expect(stored).not.toContain(plain);
    await expect(world.payee.propose('S1')).rejects.toMatchObject({ code: 'payee_proposed' });
    await expect(world.payee.decide(proposed.id, true, treasuryMaker)).rejects.toMatchObject({ code: 'same_person' });
    await world.refused('ck_payee_four_eyes', "UPDATE payee SET state = 'APPROVED', decided_by = proposed_by WHERE payee_id = ?", [
      idIn(proposed.id),
    ]);
    await world.refused('uq_payee_approved', "UPDATE payee SET state = 'APPROVED', decided_by = ? WHERE payee_id = ?", [
      idIn(treasuryChecker.id),
      idIn(proposed.id),
    ]);
    const decided = await eight((index) =>
      world.get(PayeeService).decideOne(brandId, proposed.id, true, 'compared', person(`checker ${index}`)),
    );
    expect(codes(decided)).toEqual(['done', ...Array<string>(7).fill('wrong_state')]);
    expect(
      (await world.rows<{ state: string }>('SELECT state FROM payee WHERE partner_id = ? ORDER BY version', [idIn(partnerId('S1'))])).map(
        ({ state }) => state,
      ),
    ).toEqual(['REPLACED', 'APPROVED']);
    expect(await world.get(PayeeService).reveal(brandId, proposed.id, 'a call of the partner', treasuryChecker)).toEqual({
      holder: 'Holder S1',
      account: '6222020200112200000',
      bankId: '102100099996',
    });
    expect(await world.rows("SELECT reason FROM audit_log WHERE action = 'payee.revealed'")).toEqual([{ reason: 'a call of the partner' }]);
    const owner: Operator = { ...person('owner'), scope: { kind: 'partner', partnerId: partnerId('S2') } };
    await expect(world.payee.propose('S1', {}, owner)).rejects.toMatchObject({ code: 'not_your_partner' });
    expect(await world.payee.propose('S2', {}, owner)).toMatchObject({ partnerCode: 'S2', state: 'PROPOSED' });
    const rows = [
      { partnerCode: 'D1', currency: 'CNY', holder: 'North', account: '6222020200112200009', bankId: '102100099996', reason: 'move' },
      { partnerCode: 'S9' },
      { partnerCode: 'S2', currency: 'CNY', holder: 'Two', account: '6222020200112200009', bankId: '102100099996', reason: 'move' },
    ];
    const batch = await world.get(PayeeService).proposeBatch(brandId, rows, treasuryMaker);
    expect([batch.accepted, batch.rejected.map(({ index, errors }) => [index, errors[0]!.code])]).toEqual([
      1,
      [
        [1, 'invalid_type'],
        [2, 'payee_proposed'],
      ],
    ]);
  });
});
