import type { ImportRow, ServiceName } from '@concentric/contracts';
import { eventually } from '@concentric/testing';
import { FlowBrand } from '../flows/flow-brand';
import { RawCaller } from '../flows/http-call';
import { tellTheTime } from '../flows/world';
import { expectNothingLostOrDoubled, januaryOrders, liveThrough, restart, throughKills } from './trouble';

interface CrashPoint {
  readonly service: ServiceName;
  /** As in CRASH_POINT: a name, and how often it is passed before. */
  readonly at: string;
  readonly meaning: string;
}

const points: CrashPoint[] = [
  {
    service: 'commerce',
    at: 'published-unmarked:2',
    meaning: 'after the relay has published and before it has marked (inv 13)',
  },
  {
    service: 'membership',
    at: 'attribute-purchase-when-order-paid/handled',
    meaning: 'in mid-consume, before the commit (inv 15, 26)',
  },
  {
    service: 'distribution',
    at: 'queue-purchase-when-purchase-attributed/committed',
    meaning: 'in mid-consume, after the commit (inv 15)',
  },
  {
    service: 'distribution',
    at: 'purchases-booked',
    meaning: 'in mid-decision, with everything booked and nothing committed (inv 26)',
  },
  {
    service: 'distribution',
    at: 'period-shut',
    meaning: 'in mid-close, with the gate shut and not committed (inv 28)',
  },
  {
    service: 'distribution',
    at: 'statements-saved',
    meaning: 'while the statements of a closed period are built (inv 29, 30)',
  },
  {
    service: 'indicators',
    at: 'count-commission-when-commission-accrued/committed',
    meaning: 'after figures were counted and before the message was settled (inv 13)',
  },
];

/** Kills at named places; afterwards everything must go on by itself. */
export function crashFaults(world: () => FlowBrand['world'], undisturbed: () => Record<string, readonly string[]>): void {
  it.each(points)('loses and doubles nothing when $service is killed $meaning', async ({ service, at }) => {
    const { installation, crew } = world();
    const program = installation.processOf(service);
    const brand = await FlowBrand.open(world(), `killed-${at.replaceAll(/[^a-z]+/g, '-')}`.slice(0, 32).replace(/-$/, ''));
    await installation.kill(program);
    await installation.launch(program, { CRASH_POINT: at });
    const kills = await throughKills(world(), program, async () => {
      await tellTheTime(crew);
      await liveThrough(brand);
    });
    expect(kills).toBe(1);
    await expectNothingLostOrDoubled(brand, undisturbed());
  });

  it('loses and doubles nothing when commerce is killed in mid-import', async () => {
    const { installation } = world();
    const program = installation.processOf('commerce');
    const brand = await FlowBrand.open(world(), 'killed-import');
    // More than one batch, so that there is a middle: each order comes once more later in the file.
    const lines = Array.from({ length: 1_200 }, (_, at) => JSON.stringify(januaryOrders[at % januaryOrders.length]));
    await installation.kill(program);
    await installation.launch(program, { CRASH_POINT: 'import-batch-committed' });
    const caller = await RawCaller.signIn(installation, 'operations');
    const upload = await caller.send('POST', 'commerce', `/brands/${brand.brandId}/imports?kind=orders&format=ndjson`, lines.join('\n'), {
      'content-type': 'application/x-ndjson',
    });
    expect(upload.status).toBe(202);
    await eventually('commerce to be killed in mid-import', async () => !installation.isRunning(program), 30_000);
    // What it held is free when its lease has run out; waiting for that proves nothing.
    await installation.query('commerce')("UPDATE job SET lease_until = 0 WHERE state = 'running'");
    await restart(world(), program);
    const done = await eventually(
      'the import to go on to its end',
      async () => {
        const row = await brand.get<ImportRow>('commerce', `/imports/${String(upload.body['importId'])}`);
        return row.state === 'completed' && row;
      },
      40_000,
    );
    expect(done).toMatchObject({
      rowsRead: 1_200,
      accepted: januaryOrders.length,
      unchanged: 1_200 - januaryOrders.length,
      rejected: 0,
    });
    await brand.quiet();
    // Its orders lie in January, which is where sealing has to begin.
    brand.sent.push({ orders: januaryOrders });
    await liveThrough(brand, () => brand.quiet());
    await expectNothingLostOrDoubled(brand, undisturbed());
  });
}
