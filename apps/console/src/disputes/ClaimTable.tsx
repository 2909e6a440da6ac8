import { TextField } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { Money } from '../fields/fields';
import { isExact } from '../money/typed';
import { PlainTable } from '../pages/PlainTable';

/** Something that a statement shows and its partner may not agree with. */
export interface Claimable {
  item: { lineId: string } | { adjustmentId: string };
  id: string;
  /** What it is called where there is room for words only. */
  name: string;
  label: ReactNode;
  amountMinor: number;
}

/** What was typed for it. */
export interface Claim {
  item: Claimable['item'];
  text: string;
}

interface ClaimTableProps {
  label: string;
  rows: Claimable[];
  currency: string;
  claims: Record<string, Claim>;
  onClaim: (id: string, claim: Claim) => void;
}

/** What it comes to, and beside it what the partner says that it should. */
export const ClaimTable = ({ label, rows, currency, claims, onClaim }: ClaimTableProps) => {
  const translate = useTranslate();
  return (
    <PlainTable<Claimable>
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { label, cell: (row) => row.label },
        { label: 'commission.amount', right: true, cell: (row) => <Money minor={row.amountMinor} currency={currency} /> },
        {
          label: 'dispute.claimed',
          right: true,
          cell: ({ id, item, name }) => {
            const text = claims[id]?.text ?? '';
            return (
              <TextField
                sx={{ width: 120, m: 0 }}
                error={!isExact(text, currency, true)}
                value={text}
                onChange={(event) => onClaim(id, { item, text: event.target.value })}
                slotProps={{ htmlInput: { 'aria-label': `${translate('dispute.claimed')} ${name}` } }}
              />
            );
          },
        },
      ]}
    />
  );
};
