import { TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Money } from '../fields/fields';
import { isExact, readExact } from '../money/typed';
import { ActionButton } from '../pages/ActionButton';
import { MoreRows } from '../pages/MoreRows';
import { PlainTable } from '../pages/PlainTable';
import type { StatementRow, WhyLine } from '../providers/rows';

/** Line id to the amount that was typed. */
type Claims = Record<string, string>;

const Lines = ({
  statement,
  claims,
  onClaim,
}: {
  statement: StatementRow;
  claims: Claims;
  onClaim: (lineId: string, text: string) => void;
}) => {
  const translate = useTranslate();
  const { currency } = statement;
  return (
    <MoreRows<WhyLine> path={`statements/${statement.id}/why/lines`} filter={{ part: 'earned' }} none="statement.no_lines">
      {(lines) => (
        <PlainTable<WhyLine>
          rows={lines}
          keyOf={(line) => line.id}
          columns={[
            {
              label: 'commission.order',
              cell: (line) => (
                <>
                  {line.orderExternalId}
                  <Typography variant="caption" color="textSecondary" component="div">
                    {translate('why.line_no', { line: line.lineNo })}
                  </Typography>
                </>
              ),
            },
            { label: 'commission.amount', right: true, cell: (line) => <Money minor={line.partMinor} currency={currency} /> },
            {
              label: 'dispute.claimed',
              right: true,
              cell: (line) => (
                <TextField
                  sx={{ width: 120, m: 0 }}
                  error={!isExact(claims[line.id], currency)}
                  value={claims[line.id] ?? ''}
                  onChange={(event) => onClaim(line.id, event.target.value)}
                  slotProps={{ htmlInput: { 'aria-label': `${translate('dispute.claimed')} ${line.orderExternalId}` } }}
                />
              ),
            },
          ]}
        />
      )}
    </MoreRows>
  );
};

/** A partner names the lines that it does not agree with, what each should be, and why. */
export const DisputeButton = ({ statement }: { statement: StatementRow }) => {
  const translate = useTranslate();
  const [claims, setClaims] = useState<Claims>({});
  const typed = Object.entries(claims).filter(([, text]) => text.trim() !== '');
  const isReady = typed.length > 0 && typed.every(([, text]) => isExact(text, statement.currency));
  return (
    <ActionButton
      size="medium"
      label="statement.dispute"
      variant="outlined"
      consequence={translate('statement.consequence.dispute')}
      incomplete={!isReady}
      act={(reason) => ({
        path: `statements/${statement.id}/dispute`,
        body: { items: typed.map(([lineId, text]) => ({ lineId, claimedMinor: readExact(text, statement.currency) })), reason },
        done: 'dispute.opened',
      })}
    >
      <Lines statement={statement} claims={claims} onClaim={(lineId, text) => setClaims((old) => ({ ...old, [lineId]: text }))} />
    </ActionButton>
  );
};
