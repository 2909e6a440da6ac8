import type { BrandRow, OperatorRow, ServiceName } from '@concentric/contracts';
import { serviceRank } from '@concentric/contracts';
import { waitUntilQuiet } from '../history/barrier';
import { runHistory, setClocks, type Sent, type SentKind, type SentReject } from '../history/history';
import { openBrand, saveSettings } from '../history/open-brand';
import { readFigures } from '../report/figures';
import { summaryText } from '../report/summary.rules';
import { Zone } from '../staging/zone.rules';
import { Session, type ServiceUrls } from '../target/api';
import { SAMPLE_AS_OF, SAMPLE_FIRST_DATE, sampleBrand, samplePlans, sampleSettings, sampleTouchpoints } from './sample-brand';
import { sampleDays } from './sample-days';
import { disputeStatement, namePayees, payDistributors } from './sample-payouts';
import {
  hireLast,
  hirePartners,
  hirePeople,
  LAST_OPERATOR,
  SAMPLE_PASSWORD,
  sampleSignIns,
  unlessThere,
  type SampleSignIn,
} from './sample-people';
import { SAMPLE_ORDERS, sampleHeldOrder } from './sample-sales';
import { approveSample } from './sample-statements';

export interface SampleOptions {
  /** Where every service answers, such as `http://127.0.0.1:3000`. */
  readonly baseUrl: string;
  readonly adminPassword: string;
  /** Progress and results, line by line. */
  readonly log: (line: string) => void;
}

export interface SampleResult {
  /** False when it had been loaded before. */
  readonly loaded: boolean;
  /** What the brand holds, for people to read. */
  readonly summary: string;
  readonly signIns: readonly SampleSignIn[];
}

/** A record of the sample was refused: generator and intake do not fit together. */
export class SampleRefusedError extends Error {
  constructor({ kind, externalId, errors }: SentReject) {
    super(`the sample's ${kind} ${externalId} was refused: ${errors.map(({ field, message }) => `${field} ${message}`).join('; ')}`);
    this.name = 'SampleRefusedError';
  }
}

/**
 * Where the clocks of an installation with the sample have to stand when its services start. A load that was cut off can
 * only go on if the work of later days has not been done meanwhile; `loadSample` lets the clocks follow the system.
 */
export const sampleStart: number = new Zone(sampleBrand.zone).startOf(SAMPLE_FIRST_DATE);

/** When the statements of the year are confirmed, and the first of them paid. */
const samplePayday: number = new Zone(sampleBrand.zone).startOf('2026-01-10');

/** Shares of a load that are worth a line. */
const STEPS = 20;

/**
 * Opens the sample brand and lives through its year, over HTTP and with the same intake as anybody's data. Loading again adds
 * nothing; a load that was cut off goes on, because every record is known by its number. Needs a simulated clock.
 * @throws ApiError, DeadLetterError, StuckError, SampleRefusedError
 */
export async function loadSample({ baseUrl, adminPassword, log }: SampleOptions): Promise<SampleResult> {
  const urls = Object.fromEntries((Object.keys(serviceRank) as ServiceName[]).map((service) => [service, baseUrl])) as ServiceUrls;
  const admin = new Session(urls, 'admin', adminPassword);
  const signIns = sampleSignIns(adminPassword);
  const known = await findLoaded(admin);
  if (known !== undefined) {
    await setClocks(admin, null);
    return { loaded: false, summary: await summaryOf(admin, known), signIns };
  }

  await setClocks(admin, sampleStart);
  const { brandId } = await admin.post<BrandRow>('commerce', '/brands', sampleBrand);
  await hirePeople(admin, brandId);
  const as = (name: string) => new Session(urls, name, SAMPLE_PASSWORD);
  await openBrand(
    { setup: admin, author: as('channel'), approver: as('channel-lead') },
    {
      brand: sampleBrand,
      plans: samplePlans,
      registerOnPurchase: true,
      // A past year has no order of arrival: purchases are decided when their day has been sealed.
      settings: { ...sampleSettings, bindingDelaySeconds: null },
    },
  );
  for (const touchpoint of sampleTouchpoints)
    await unlessThere(as('content').post('content-planning', `/brands/${brandId}/touchpoints`, touchpoint));
  const operations = as('operations');
  await live(operations, brandId, log);
  log('Reviewing statements');
  await approveSample(as('finance'), as('finance-lead'), brandId);
  await hirePartners(admin, brandId);
  await waitUntilQuiet(admin);
  log('Paying distributors');
  const paying = { treasury: as('treasury'), treasuryLead: as('treasury-lead'), distributor: as('distributor') };
  await disputeStatement(paying, brandId);
  await namePayees(paying, brandId);
  await setClocks(admin, samplePayday);
  await waitUntilQuiet(admin);
  await payDistributors(paying, brandId);
  // From here on the brand lives in today's time, where orders are decided shortly after they arrive.
  await saveSettings(admin, brandId, sampleSettings);
  await operations.post('commerce', `/brands/${brandId}/orders`, sampleHeldOrder);
  await setClocks(admin, null);
  await waitUntilQuiet(admin);
  await hireLast(admin, brandId);
  return { loaded: true, summary: await summaryOf(admin, brandId), signIns };
}

/** @returns the id of the sample brand when its load has come to its end */
async function findLoaded(admin: Session): Promise<string | undefined> {
  const { data } = await admin.get<{ data: OperatorRow[] }>('organization', `/operators?q=${LAST_OPERATOR.name}`);
  if (!data.some(({ name }) => name === LAST_OPERATOR.name)) return undefined;
  const brands = await admin.get<{ data: BrandRow[] }>('commerce', '/brands');
  return brands.data.find(({ code }) => code === sampleBrand.code)?.brandId;
}

async function live(operations: Session, brandId: string, log: (line: string) => void): Promise<Record<SentKind, Sent>> {
  const startedAt = Date.now();
  let shown = 0;
  return runHistory({
    session: operations,
    brandId,
    zone: sampleBrand.zone,
    channels: sampleBrand.channels.map(({ code }) => code),
    days: sampleDays(),
    firstDate: SAMPLE_FIRST_DATE,
    asOf: SAMPLE_AS_OF,
    progress: ({ businessDate, sent: { orders } }) => {
      const done = orders.accepted + orders.unchanged;
      const step = Math.floor((done * STEPS) / SAMPLE_ORDERS);
      if (step === shown) return;
      shown = step;
      const seconds = Math.max(0.001, (Date.now() - startedAt) / 1000);
      const left = Math.round((seconds * (SAMPLE_ORDERS - done)) / done);
      log(
        `${String(step * (100 / STEPS)).padStart(3)} %  ${businessDate}  ${done} orders, ${Math.round(done / seconds)}/s, ${left} s left`,
      );
    },
    onReject: (reject) => {
      throw new SampleRefusedError(reject);
    },
  });
}

async function summaryOf(admin: Session, brandId: string): Promise<string> {
  const { code, name, currency, zone } = sampleBrand;
  // Only what the summary shows: this is asked at every start.
  const figures = await readFigures(admin, brandId, { from: SAMPLE_FIRST_DATE, asOf: SAMPLE_AS_OF, channels: [], byMonth: false });
  const brand = { code, name, currency, zone };
  return summaryText({ brand, from: SAMPLE_FIRST_DATE, asOf: SAMPLE_AS_OF, rejects: {}, figures, refunds: figures.intake.refunds });
}
