import type {
  commissionByPartnerMonth,
  commissionSummary,
  IndicatorKey,
  IndicatorValues,
  memberSummary,
  partnerType,
  sealList,
  ServiceName,
  statementList,
  statementRow,
  trialBalance,
} from '@concentric/contracts';
import { indicatorKey, partnerType as partnerTypes, statementState } from '@concentric/contracts';
import type { z } from 'zod';
import { dateAfter } from '../staging/zone.rules';
import type { Session } from '../target/api';
import { sortRows, type Cell } from './csv.rules';

export interface IndicatorRow {
  readonly key: IndicatorKey;
  readonly version: number;
  readonly unit: string;
  readonly currency: string;
  /** Null: every channel. */
  readonly channel: string | null;
  readonly granularity: 'total' | 'month';
  readonly from: string;
  /** Exclusive. */
  readonly to: string;
  readonly value: number | null;
  readonly reason: string | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
}

/** Which indicators are wanted besides those of the whole brand over the whole time. */
export interface FiguresSpan {
  readonly from: string;
  readonly asOf: string;
  readonly channels: readonly string[];
  readonly byMonth: boolean;
}

type RoleRow = z.infer<typeof commissionSummary>['data'][number];
type Account = z.infer<typeof trialBalance>['accounts'][number];

/** What the services say about a brand: every figure is theirs, none is computed here. */
export interface Figures {
  /** Paid orders and booked refunds, as the seals of their days count them, and orders that were cancelled or are not paid. */
  readonly intake: { readonly paid: number; readonly unpaid: number; readonly refunds: number };
  readonly members: z.infer<typeof memberSummary>;
  readonly partners: readonly { type: string; count: number }[];
  readonly commissionByRole: readonly RoleRow[];
  readonly accounts: readonly Account[];
  readonly balancedMinor: number;
  readonly statements: readonly { state: string; currency: string; count: number; netMinor: number }[];
  readonly indicators: readonly IndicatorRow[];
}

/** What a summary shows; the long tables are read row by row with the functions below. */
export async function readFigures(session: Session, brandId: string, span: FiguresSpan): Promise<Figures> {
  const base = `/brands/${brandId}`;
  const balance = await session.get<z.infer<typeof trialBalance>>('distribution', `${base}/trial-balance`);
  const roles = await session.get<z.infer<typeof commissionSummary>>('distribution', `${base}/commission-summary`);
  return {
    intake: await intakeCounts(session, base),
    members: await session.get('membership', `${base}/members/summary`),
    partners: await partnerCounts(session, base),
    commissionByRole: [...roles.data].sort((a, b) => compare(a.role, b.role) || compare(a.currency, b.currency)),
    accounts: [...balance.accounts].sort((a, b) => compare(a.account, b.account) || compare(a.currency, b.currency)),
    balancedMinor: balance.balancedMinor,
    statements: await statementCounts(session, base),
    indicators: await readIndicators(session, base, span),
  };
}

export async function commissionRows(session: Session, brandId: string): Promise<Cell[][]> {
  const rows: Cell[][] = [];
  for await (const row of session.rows<z.infer<typeof commissionByPartnerMonth>>(
    'distribution',
    `/brands/${brandId}/commission-by-partner-month`,
  )) {
    rows.push([row.role, row.partner, row.month, row.currency, row.baseMinor, row.earnedMinor, row.reversedMinor]);
  }
  return sortRows(rows);
}

export async function statementRows(session: Session, brandId: string): Promise<Cell[][]> {
  const rows: Cell[][] = [];
  for await (const row of session.rows<z.infer<typeof statementRow>>('distribution', `/brands/${brandId}/statements.ndjson`)) {
    const money = [
      row.openingMinor,
      row.earnedMinor,
      row.reversedMinor,
      row.adjustedMinor,
      row.withheldMinor,
      row.paidMinor,
      row.closingMinor,
    ];
    rows.push([
      row.period,
      row.partnerCode,
      row.currency,
      row.partnerType,
      ...money,
      row.carriedInMinor,
      row.netMinor,
      row.outcome,
      row.lines,
      row.state,
    ]);
  }
  return sortRows(rows);
}

async function intakeCounts(session: Session, base: string): Promise<Figures['intake']> {
  type Page = z.infer<typeof sealList>;
  const seals = new Map<string, Page['data'][number]>();
  for (let cursor = ''; ;) {
    const { data, pageInfo } = await session.get<Page>('commerce', `${base}/seals?limit=500${cursor}`);
    for (const seal of data) {
      const key = `${seal.channel} ${seal.businessDate}`;
      if ((seals.get(key)?.revision ?? 0) < seal.revision) seals.set(key, seal);
    }
    if (!pageInfo.hasNextPage || pageInfo.nextCursor === null) break;
    cursor = `&cursor=${encodeURIComponent(pageInfo.nextCursor)}`;
  }
  const latest = [...seals.values()];
  const withStatus = (status: string) => countPages(session, 'commerce', `${base}/orders?status=${status}`);
  return {
    paid: latest.reduce((sum, { orders }) => sum + orders, 0),
    unpaid: (await withStatus('created')) + (await withStatus('cancelled')),
    refunds: latest.reduce((sum, { refunds }) => sum + refunds, 0),
  };
}

async function partnerCounts(session: Session, base: string): Promise<{ type: string; count: number }[]> {
  const counts: { type: string; count: number }[] = [];
  for (const type of partnerTypes.options as readonly z.infer<typeof partnerType>[]) {
    const count = await countPages(session, 'distribution', `${base}/partners?type=${type}`);
    if (count > 0) counts.push({ type, count });
  }
  return counts;
}

/** Totals of lists are capped; past the cap the pages are counted. */
async function countPages(session: Session, service: ServiceName, path: string): Promise<number> {
  type Page = { data: unknown[]; total: number; totalIsCapped: boolean; pageInfo: { hasNextPage: boolean; nextCursor: string | null } };
  let count = 0;
  for (let cursor = ''; ;) {
    const page = await session.get<Page>(service, `${path}&limit=500${cursor}`);
    if (!page.totalIsCapped && count === 0) return page.total;
    count += page.data.length;
    if (!page.pageInfo.hasNextPage || page.pageInfo.nextCursor === null) return count;
    cursor = `&cursor=${encodeURIComponent(page.pageInfo.nextCursor)}`;
  }
}

/** The service adds up what a filter matches, so one row per state is enough to ask for. */
async function statementCounts(session: Session, base: string): Promise<Figures['statements']> {
  const counts: { state: string; currency: string; count: number; netMinor: number }[] = [];
  for (const state of statementState.options) {
    const { totals } = await session.get<z.infer<typeof statementList>>('distribution', `${base}/statements?state=${state}&limit=1`);
    counts.push(...totals.map(({ currency, statements, netMinor }) => ({ state, currency, count: statements, netMinor })));
  }
  return counts.sort((a, b) => compare(a.state, b.state) || compare(a.currency, b.currency));
}

async function readIndicators(session: Session, base: string, span: FiguresSpan): Promise<IndicatorRow[]> {
  const rows: IndicatorRow[] = [];
  for (const key of indicatorKey.options) {
    for (const channel of [null, ...[...span.channels].sort()]) {
      for (const granularity of span.byMonth ? (['total', 'month'] as const) : (['total'] as const)) {
        const query = `key=${key}&from=${span.from}&to=${dateAfter(span.asOf)}&granularity=${granularity}${channel === null ? '' : `&channel=${channel}`}`;
        const { version, unit, currency, rows: values } = await session.get<IndicatorValues>('indicators', `${base}/values?${query}`);
        for (const { from, to, value, reason, numerator, denominator } of values) {
          rows.push({ key, version, unit, currency, channel, granularity, from, to, value, reason, numerator, denominator });
        }
      }
    }
  }
  return rows;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
