import { formatMinor } from '@concentric/money';
import type { Sent, SentKind } from '../history/history';
import type { Figures } from './figures';

/** Everything that can be said about a run on one page. Holds no time of day and no id: equal input, equal bytes. */
export interface Summary {
  readonly brand: { code: string; name: string; currency: string; zone: string };
  readonly from: string;
  readonly asOf: string;
  readonly sent: Readonly<Record<SentKind, Sent>>;
  /** Rows of files that were not taken in, by reason. */
  readonly rejects: Readonly<Record<string, number>>;
  /** Refunds among those sent and accepted that found no order; each stands among the rejects too. */
  readonly refundsNotApplied: number;
  readonly figures: Figures;
}

/** The content of summary.json. */
export function summaryJson({ figures, ...summary }: Summary): string {
  const total = (key: string) => figures.indicators.find((row) => row.key === key && row.channel === null && row.granularity === 'total');
  const rate = total('effective_commission_rate');
  return `${JSON.stringify(
    {
      ...summary,
      intake: figures.intake,
      members: figures.members,
      partners: Object.fromEntries(figures.partners.map(({ type, count }) => [type, count])),
      commissionByRole: figures.commissionByRole,
      trialBalance: { balancedMinor: figures.balancedMinor, accounts: figures.accounts },
      statements: figures.statements,
      netSalesAmountMinor: total('net_sales_amount')?.value ?? null,
      effectiveCommissionRate: rate
        ? { value: rate.value, reason: rate.reason, numerator: rate.numerator, denominator: rate.denominator }
        : null,
    },
    null,
    2,
  )}\n`;
}

/** What of a summary is shown to people. */
export type ShownSummary = Pick<Summary, 'brand' | 'from' | 'asOf' | 'rejects' | 'figures'> & { readonly refunds: number };

/** The same for people, as lines of text. */
export function summaryText({ brand, from, asOf, refunds, rejects, figures }: ShownSummary): string {
  const money = (minor: number) => `${formatMinor(minor, brand.currency)} ${brand.currency}`;
  const total = (key: string) => figures.indicators.find((row) => row.key === key && row.channel === null && row.granularity === 'total');
  const rate = total('effective_commission_rate');
  const sales = total('net_sales_amount');
  const lines: [string, string][] = [
    ['Brand', `${brand.name} (${brand.code}), ${from} to ${asOf}`],
    [
      'Orders',
      `${figures.intake.paid} paid${figures.intake.unpaid > 0 ? `, and ${figures.intake.unpaid} cancelled or not paid, which earn nothing` : ''}`,
    ],
    ['Refunds', String(refunds)],
    ['Persons, members', `${figures.members.persons}, ${figures.members.members}`],
    ...figures.partners.map(({ type, count: partners }): [string, string] => [`Partners: ${type}`, String(partners)]),
    ...figures.commissionByRole.map((row): [string, string] => [
      `Commission: ${row.role}`,
      `${money(row.earnedMinor)} earned, ${money(row.reversedMinor)} taken back`,
    ]),
    ['Trial balance', money(figures.balancedMinor)],
    ...figures.statements.map(({ state, count: statements, netMinor }): [string, string] => [
      `Statements: ${state}`,
      `${statements}, ${money(netMinor)}`,
    ]),
    ['Net sales', sales?.value === null || sales === undefined ? `none (${sales?.reason ?? 'no data'})` : money(sales.value)],
    [
      'Effective commission rate',
      rate?.value === null || rate === undefined ? `none (${rate?.reason ?? 'no data'})` : `${(rate.value * 100).toFixed(2)} %`,
    ],
    ...Object.entries(rejects).map(([code, rows]): [string, string] => [`Not taken in: ${code}`, String(rows)]),
  ];
  const width = Math.max(...lines.map(([label]) => label.length));
  return lines.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`).join('\n');
}
