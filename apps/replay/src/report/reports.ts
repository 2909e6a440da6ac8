import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Session } from '../target/api';
import { csvText, sortRows, type Cell } from './csv.rules';
import { commissionRows, statementRows, type IndicatorRow } from './figures';
import { summaryJson, type Summary } from './summary.rules';

const COMMISSION = ['role', 'partner', 'month', 'currency', 'base_minor', 'earned_minor', 'reversed_minor'];
const STATEMENTS = [
  ...['period', 'partner', 'currency', 'type', 'opening_minor', 'earned_minor', 'reversed_minor', 'adjusted_minor', 'withheld_minor'],
  ...['paid_minor', 'closing_minor', 'carried_in_minor', 'net_minor', 'outcome', 'lines', 'state'],
];
const BALANCE = ['account', 'currency', 'debit_minor', 'credit_minor', 'balance_minor'];
const INDICATORS = [
  'key',
  'channel',
  'granularity',
  'from',
  'to',
  'version',
  'unit',
  'currency',
  'value',
  'reason',
  'numerator',
  'denominator',
];
const REJECTS = ['file', 'line', 'kind', 'id', 'field', 'code', 'reason', 'remedy'];

/** One record that was not taken in: file, line, kind, id, field, code, reason, remedy. */
export type RejectRow = readonly [string, number, string, string, string, string, string, string];

/** Writes the six result files. The same figures give the same bytes. */
export async function writeReports(
  folder: string,
  session: Session,
  brandId: string,
  summary: Summary,
  rejects: readonly RejectRow[],
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const { accounts, indicators } = summary.figures;
  write('summary.json', summaryJson(summary));
  write('commission-by-partner-month.csv', csvText(COMMISSION, await commissionRows(session, brandId)));
  write('statements.csv', csvText(STATEMENTS, await statementRows(session, brandId)));
  write(
    'trial-balance.csv',
    csvText(
      BALANCE,
      accounts.map((row): Cell[] => [row.account, row.currency, row.debitMinor, row.creditMinor, row.balanceMinor]),
    ),
  );
  write('indicators.csv', csvText(INDICATORS, sortRows(indicators.map(indicatorCells))));
  write('rejects.csv', csvText(REJECTS, sortRows(rejects)));
}

function indicatorCells(row: IndicatorRow): Cell[] {
  const { key, channel, granularity, from, to, version, unit, currency, value, reason, numerator, denominator } = row;
  return [key, channel, granularity, from, to, version, unit, currency, value, reason, numerator, denominator];
}
