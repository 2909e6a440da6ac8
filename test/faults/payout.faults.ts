import { eventually } from '@concentric/testing';
import { expectMoneyInOrder } from '../flows/assertions';
import { idParam } from '../flows/direct-query';
import { FlowBrand } from '../flows/flow-brand';
import { PayoutDesk, payoutSettings } from '../flows/payout-desk';
import { tellTheTime } from '../flows/world';
import { restart } from './trouble';

/** Kills while money leaves, and while the bank says what became of it (inv 26, 36). */
export function payoutFaults(world: () => FlowBrand['world']): void {
  const prepared = async (code: string) => {
    const brand = await FlowBrand.open(world(), code, { settings: payoutSettings });
    const desk = new PayoutDesk(brand);
    await desk.untilPayable();
    return { brand, desk, program: world().installation.processOf('distribution') };
  };
  const armed = async (program: string, point: string) => {
    await world().installation.kill(program);
    await world().installation.launch(program, { CRASH_POINT: point });
    await tellTheTime(world().crew);
  };
  const killed = async (program: string) => {
    await eventually(`${program} to be killed`, async () => !world().installation.isRunning(program), 30_000);
    expect(world().installation.endedBy(program)).toBe('SIGKILL');
  };

  it('sends nothing when it is killed in mid-release, and all of it when the request comes again', async () => {
    const { brand, desk, program } = await prepared('killed-release');
    const { id, csvHash } = await desk.ready();
    await armed(program, 'payout-released');
    // The caller keeps asking until somebody answers.
    const release = desk.act(id, 'treasuryChecker', 'release');
    await killed(program);
    const ask = world().installation.query<{ state: string; posted: unknown }>('distribution');
    const left = await ask(
      "SELECT b.state, (SELECT COUNT(*) FROM ledger_txn t WHERE t.brand_id = b.brand_id AND t.kind = 'payout') AS posted FROM payout_batch b WHERE b.batch_id = ?",
      [idParam(id)],
    );
    expect(left.map(({ state, posted }) => [state, Number(posted)])).toEqual([['FILE_READY', 0]]);
    await restart(world(), program);
    expect(await release).toMatchObject({ state: 'SENT', csvHash, byState: [{ state: 'SENT', items: 4 }] });
    await brand.quiet();
    await expectMoneyInOrder(brand);
  });

  it('counts every line of the bank once when it is killed between two parts of a file', async () => {
    const { brand, desk, program } = await prepared('killed-bank');
    const payout = await desk.send();
    const items = [...(await desk.items(payout)).values()];
    // More than one part, with items in both.
    const rent = Array.from({ length: 600 }, (_, n) => `rent ${n},PAID,rent-${n},100,2026-02-05,`);
    const paid = items.map((item) => desk.line(item, 'PAID', item.partnerCode));
    const file = [...paid.slice(0, 2), ...rent, ...paid.slice(2)];
    await armed(program, 'bank-lines-booked');
    await expect(desk.report(file)).rejects.toThrow();
    await killed(program);
    await restart(world(), program);
    expect(await desk.one(payout.id)).toMatchObject({ state: 'SENT' });
    await expectMoneyInOrder(brand);
    expect(await desk.report(file)).toMatchObject({ lines: 604, matched: 4, unmatched: 600, repeated: false });
    expect(await desk.report(file)).toMatchObject({ lines: 604, matched: 4, unmatched: 600, repeated: true });
    expect(await desk.one(payout.id)).toMatchObject({ state: 'SETTLED' });
    await expectMoneyInOrder(brand);
  });
}
