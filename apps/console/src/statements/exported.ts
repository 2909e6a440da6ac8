import { decimal } from '../pages/csv';
import type { ExportColumn } from '../pages/export';
import type { StatementRow } from '../providers/rows';

const amount = (
  label: string,
  source: 'carriedInMinor' | 'earnedMinor' | 'reversedMinor' | 'adjustedMinor' | 'writtenOffMinor' | 'taxMinor' | 'netMinor',
): ExportColumn<StatementRow> => ({ label, value: (row) => decimal(row[source], row.currency) });

/** What an export of statements holds. */
export const EXPORTED_STATEMENT: ExportColumn<StatementRow>[] = [
  { label: 'statement.period', value: (row) => row.period },
  { label: 'commission.partner', value: (row) => row.partnerName },
  { label: 'partner.code', value: (row) => row.partnerCode },
  { label: 'partner.type', value: (row, { word }) => word('partner_type', row.partnerType) },
  { label: 'statement.state', value: (row, { word }) => word('statement_state', row.state) },
  { label: 'statement.outcome', value: (row, { word }) => word('outcome', row.outcome) },
  { label: 'list.currency', value: (row) => row.currency },
  amount('statement.carried_in', 'carriedInMinor'),
  amount('statement.earned', 'earnedMinor'),
  amount('statement.reversed', 'reversedMinor'),
  amount('statement.adjusted', 'adjustedMinor'),
  amount('statement.figure.writtenOff', 'writtenOffMinor'),
  amount('statement.net', 'netMinor'),
  amount('statement.tax', 'taxMinor'),
];
