import { Typography } from '@mui/material';
import { DateOnly, Word } from '../fields/fields';
import { MoreRows } from '../pages/MoreRows';
import { PlainTable } from '../pages/PlainTable';
import type { BankLineRow } from '../providers/rows';
import { BankAmount } from './BankAmount';
import { BankLineDecision } from './BankLineDecision';

/** What the bank said about a batch or a statement, inside its page. */
export const BankLines = ({ filter, currency }: { filter: Record<string, string>; currency: string }) => (
  <MoreRows<BankLineRow> path="bank-lines" filter={filter} none="bank.no_lines">
    {(lines) => (
      <PlainTable<BankLineRow>
        rows={lines}
        keyOf={(line) => line.id}
        columns={[
          { label: 'bank.booked_on', cell: (line) => <DateOnly value={line.bookedOn} /> },
          { label: 'bank.ref', cell: (line) => line.bankRef || '–' },
          { label: 'bank.status', cell: (line) => <Word plain group="bank_status" value={line.status} /> },
          { label: 'bank.match', cell: (line) => <Word group="bank_match" value={line.match} /> },
          {
            label: 'bank.state',
            cell: (line) => (
              <>
                <Word group="bank_line_state" value={line.state} />
                {[line.reason, line.decisionReason].filter(Boolean).map((said) => (
                  <Typography key={said} variant="caption" color="textSecondary" component="div">
                    {said}
                  </Typography>
                ))}
              </>
            ),
          },
          { label: 'commission.amount', right: true, cell: (line) => <BankAmount line={line} currency={currency} /> },
          { label: 'payout.todo', cell: (line) => <BankLineDecision line={line} /> },
        ]}
      />
    )}
  </MoreRows>
);
