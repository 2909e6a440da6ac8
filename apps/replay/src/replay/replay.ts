import { parseDecimal } from '@concentric/money';
import { join } from 'node:path';
import { runHistory, setClocks, type Sent, type SentKind, type SentReject } from '../history/history';
import { openBrand } from '../history/open-brand';
import type { Manifest } from '../manifest/manifest';
import { readFigures } from '../report/figures';
import { refundsNotApplied } from '../report/refunds-not-applied';
import { refusedRows, stagedRejects } from '../report/rejected-rows';
import { writeReports } from '../report/reports';
import { summaryText, type Summary } from '../report/summary.rules';
import { momentReader } from '../staging/moment.rules';
import { asOfDate, spanOf } from '../staging/settle-staging';
import { stagedDays, stagedTotals } from '../staging/staged-days';
import { stageFiles, type StagedFiles } from '../staging/staging';
import { Zone } from '../staging/zone.rules';
import { hireCrew, type Crew } from '../target/operators';
import type { Target } from '../target/processes';
import type { ProgressLine } from './progress-line';

/** Nothing of what the files hold could be used. */
export class EmptyHistoryError extends Error {
  constructor(rejects: number) {
    super(
      `no order, refund or expense was found in the files (${rejects} rows were not taken in); check columns, where and asOf of the manifest`,
    );
    this.name = 'EmptyHistoryError';
  }
}

export interface ReplayOptions {
  readonly manifest: Manifest;
  /** Folder of the files that the manifest names. */
  readonly files: string;
  readonly out: string;
  /** Throwaway folder. */
  readonly scratch: string;
  /** Starts the services; called when the files have been read, because most mistakes show there. */
  readonly start: () => Promise<Target>;
  readonly progress: ProgressLine;
}

/**
 * Runs the files of a manifest through the whole line and writes what comes of it.
 * @returns the summary for the screen
 * @throws ManifestError, UnreadableFileError, EmptyHistoryError, and whatever stops the line
 */
export async function replay({ manifest, files, out, scratch, start, progress }: ReplayOptions): Promise<string> {
  const staged = await stageFiles(manifest, files, join(scratch, 'staging.sqlite'), (file, rows) =>
    progress.say(`Reading ${file}: ${rows} rows in all`),
  );
  try {
    const span = spanOf(staged.database);
    const totals = stagedTotals(staged);
    if (!span) throw new EmptyHistoryError(stagedRejects(staged).length);
    progress.note(
      `${staged.rowsRead} rows read: ${totals.orders} orders, ${totals.refunds} refunds, ${totals.partners} partners, ${span.first} to ${span.last}`,
    );
    progress.note('Starting the services');
    const target = await start();
    try {
      const run = runOn(target, { manifest, staged, span, out, progress, orders: totals.orders });
      return await Promise.race([run, target.failed]);
    } finally {
      progress.end();
      await target.stop();
    }
  } finally {
    staged.database.close();
  }
}

interface Run {
  readonly manifest: Manifest;
  readonly staged: StagedFiles;
  readonly span: { first: string; last: string };
  readonly out: string;
  readonly progress: ProgressLine;
  readonly orders: number;
}

async function runOn(target: Target, run: Run): Promise<string> {
  const { manifest, staged, span, progress } = run;
  const { brand } = manifest;
  const crew = await hireCrew(target.urls, target.adminPassword);
  const brandId = await found(crew, run);
  const asOf = asOfDate(manifest, span.last);
  const refused: SentReject[] = [];
  const sent = await runHistory({
    session: crew.operations,
    brandId,
    zone: brand.zone,
    channels: brand.channels.map(({ code }) => code),
    days: stagedDays(staged, new Zone(brand.zone)),
    firstDate: span.first,
    asOf,
    progress: ({ businessDate, sent: { orders } }) =>
      progress.count(businessDate, orders.accepted + orders.unchanged + orders.rejected, run.orders),
    onReject: (reject) => refused.push(reject),
  });
  progress.note('Writing results');
  return report(crew, brandId, { ...run, asOf, sent, refused });
}

/** Opens the brand as the manifest describes it, with every clock at the beginning of its history. */
async function found(crew: Crew, { manifest, span }: Run): Promise<string> {
  const zone = new Zone(manifest.brand.zone);
  const start = zone.startOf(span.first);
  await setClocks(crew.operations, start);
  return openBrand(
    { setup: crew.admin, author: crew.author, approver: crew.approver },
    {
      brand: manifest.brand,
      plans: manifest.plans.map((plan) => ({ ...plan, validFrom: instantOf(plan.validFrom, zone, start) })),
      registerOnPurchase: manifest.registerOnPurchase,
      settings: {
        bindingMode: manifest.binding.mode,
        bindTo: manifest.binding.bindTo,
        protectionDays: manifest.binding.protectionDays,
        holdingDays: manifest.holdingDays,
        holdingDaysByChannel: manifest.holdingDaysByChannel,
        minimumPayoutMinor: parseDecimal(manifest.minimumPayout, manifest.brand.currency),
        autoClose: true,
        // Purchases are decided when their day has been sealed: files have no order of arrival.
        bindingDelaySeconds: null,
      },
    },
  );
}

async function report(
  crew: Crew,
  brandId: string,
  run: Run & { asOf: string; sent: Record<SentKind, Sent>; refused: readonly SentReject[] },
): Promise<string> {
  const { manifest, staged, span, asOf, sent, refused, out } = run;
  const { code, name, currency: money, zone, channels } = manifest.brand;
  const notApplied = await refundsNotApplied(crew.auditor, brandId);
  const rejects = [...stagedRejects(staged), ...[...refused, ...notApplied].flatMap((reject) => refusedRows(staged, reject))];
  const figures = await readFigures(crew.auditor, brandId, {
    from: span.first,
    asOf,
    channels: channels.map((channel) => channel.code),
    byMonth: true,
  });
  const counts = new Map<string, number>();
  for (const [, , , , , reason] of rejects) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const summary: Summary = {
    brand: { code, name, currency: money, zone },
    from: span.first,
    asOf,
    sent,
    rejects: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
    refundsNotApplied: notApplied.length,
    figures,
  };
  await writeReports(out, crew.auditor, brandId, summary, rejects);
  return summaryText({ ...summary, refunds: sent.refunds.accepted - notApplied.length });
}

/** A plan's own moment, or the beginning of the history. */
function instantOf(moment: string | undefined, zone: Zone, start: number): string {
  const instant = moment === undefined ? start : (momentReader('iso', zone)(moment) ?? start);
  return new Date(instant).toISOString();
}
