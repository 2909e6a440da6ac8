import { idIn } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import { BankLines } from '../src/payout/bank-line.service';
import { brandId } from './distribution.fixture';
import { payableWorld, treasuryChecker, treasuryMaker, type PayableWorld } from './payout.fixture';

describe.each(databases())('lines of the bank, on $name', (db) => {
  let world: PayableWorld;
  beforeEach(async () => {
    world = await payableWorld(db);
  });
  afterEach(async () => {
    await world.expectInOrder();
    await world.close();
  });

  it('inv 36: keeps a line that fits nothing open until somebody else says what came of it', async () => {
    await world.payout.sent();
    const s1 = await world.payout.item('S1');
    const before = await world.accounts();
    await world.bank.import([
      world.bank.line({ id: 'salaries', amountMinor: 900 }, 'PAID', 'B1'),
      world.bank.line({ ...s1, amountMinor: 899 }, 'PAID', 'B2'),
      world.bank.line(s1, 'PENDING', ''),
    ]);
    const close = (lineId: string, actor = treasuryChecker) => world.get(BankLines).close(brandId, lineId, 'not one of ours', actor);
    const confirm = (lineId: string) => world.get(BankLines).decide(brandId, lineId, true, 'the bank said so by letter', treasuryChecker);
    const noted = await world.bank.lines({ state: 'NOTED' });
    const byMatch = (match: string) => noted.find((line) => line.match === match)!;
    expect(byMatch('unmatched')).toMatchObject({ amountMinor: null, amountText: 'amount_minor 900' });
    await expect(close(byMatch('matched').id)).rejects.toMatchObject({ code: 'wrong_state' });
    for (const { id } of [byMatch('unmatched'), byMatch('conflict')]) {
      await expect(close(id, treasuryMaker)).rejects.toMatchObject({ code: 'same_person' });
      await expect(confirm(id)).rejects.toMatchObject({ code: 'wrong_state' });
      await close(id);
      await expect(close(id)).rejects.toMatchObject({ code: 'wrong_state' });
      expect(await world.audited('bank_line', id)).toEqual([`bank-line.closed ${treasuryChecker.id}: not one of ours`]);
      await world.refused('ck_bank_line_decided', 'UPDATE bank_line SET decided_by = NULL WHERE line_id = ?', [idIn(id)]);
    }
    const closed = await world.bank.lines({ state: 'CLOSED' });
    expect(closed.map(({ decisionReason }) => decisionReason)).toEqual(['not one of ours', 'not one of ours']);
    expect(await world.accounts()).toEqual(before);
    await world.bank.import([world.bank.line(s1, 'PAID', 'B2')]);
    const [waiting] = await world.bank.lines({ state: 'WAITING' });
    await confirm(waiting!.id);
    expect(await world.states()).toMatchObject({ S1: 'PAID' });
  });

  it('inv 13: takes for a repetition only what says the same: another amount contradicts, and what was in doubt for it counts for nothing', async () => {
    await world.payout.sent();
    const [s1, s2] = [await world.payout.item('S1'), await world.payout.item('S2')];
    const judged = async (line: string) => {
      await world.bank.import([line]);
      const lines = await world.bank.lines({ sort: '-id' });
      return `${lines[0]!.match} ${lines[0]!.state}`;
    };
    expect(await judged(world.bank.line(s1, 'PAID', 'B1'))).toBe('matched BOOKED');
    expect(await judged(world.bank.line(s1, 'PAID', 'B1', { reason: 'again' }))).toBe('duplicate NOTED');
    expect(await judged(world.bank.line(s1, 'PAID', 'B1', { amount: 60 }))).toBe('conflict NOTED');
    expect(await judged(world.bank.line(s2, 'PENDING', '', { amount: 60 }))).toBe('conflict NOTED');
    expect(await judged(world.bank.line(s2, 'PENDING', ''))).toBe('matched NOTED');
    expect(await judged(world.bank.line(s2, 'FAILED', 'B2'))).toBe('matched WAITING');
  });

  it('inv 38: takes a payment and its return from one file, whichever the bank lists first', async () => {
    await world.payout.sent();
    const s1 = await world.payout.item('S1');
    await world.bank.import([world.bank.line(s1, 'RETURNED', 'B2'), world.bank.line(s1, 'PAID', 'B1')]);
    const lines = await world.bank.lines({ sort: 'id' });
    expect(lines.map(({ lineNo, status, match, state }) => [lineNo, status, match, state]).sort()).toEqual([
      [2, 'RETURNED', 'matched', 'WAITING'],
      [3, 'PAID', 'matched', 'BOOKED'],
    ]);
    expect(await world.states()).toMatchObject({ S1: 'PAID' });
  });

  it('inv 38: pays nothing again while the bank contradicts itself about whether it was paid', async () => {
    await world.payout.sent();
    const [s1, s2] = [await world.payout.item('S1'), await world.payout.item('S2')];
    await world.bank.import([
      world.bank.line(s1, 'FAILED', 'B1'),
      world.bank.line(s1, 'PAID', 'B2'),
      world.bank.line({ ...s2, amountMinor: 1 }, 'PAID', 'B3'),
      world.bank.line(s2, 'FAILED', 'B4'),
    ]);
    expect(await world.states()).toMatchObject({ S1: 'PAYABLE', S2: 'IN_PAYOUT' });
    await expect(world.payout.prepare()).rejects.toMatchObject({ code: 'nothing_payable' });
    const [doubted] = await world.bank.lines({ state: 'WAITING' });
    expect(doubted).toMatchObject({ itemId: s2.id, status: 'FAILED', why: expect.stringContaining('was paid') });
    const ofS2 = (await world.bank.lines({ match: 'conflict' })).find(({ itemId }) => itemId === s2.id)!;
    await world.get(BankLines).close(brandId, ofS2.id, 'another amount, and not ours', treasuryChecker);
    await world.bank.settleConflict();
    const id = await world.payout.prepare();
    await world.payout.act('submit', id);
    await world.payout.act('approve', id);
    await world.settled();
    await world.bank.import([world.bank.line(s1, 'PAID', 'B5')]);
    await expect(world.payout.release(id)).rejects.toMatchObject({
      code: 'payout_paid_before',
      errors: [expect.objectContaining({ field: expect.stringContaining('S1') })],
    });
    await world.bank.settleConflict();
    // The bank lists it again, and nothing new with it.
    await world.bank.import([world.bank.line(s1, 'PAID', 'B5', { reason: 'listed again' })]);
    await world.payout.release(id);
    expect(await world.states()).toMatchObject({ S1: 'IN_PAYOUT', S2: 'IN_PAYOUT' });
  });
});
