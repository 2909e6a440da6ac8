import { Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { isExact, readExact } from '../money/typed';
import { ActionButton } from '../pages/ActionButton';
import { MoreRows } from '../pages/MoreRows';
import { Loaded } from '../pages/Section';
import { useBrandApi } from '../pages/useApi';
import type { StatementRow, WhyLine, WhyStatement } from '../providers/rows';
import { ClaimTable, type Claim, type Claimable } from './ClaimTable';
import { documentName } from './document-name';

/** The figures of a statement that its partner may not agree with, in the order in which it shows them. */
const FIGURES = ['earned', 'reversed', 'adjusted', 'writtenOff'] as const;
type Figure = (typeof FIGURES)[number];
type Claims = Record<string, Claim>;
type OnClaim = (id: string, claim: Claim) => void;

const Shown = ({ figure, why, claims, onClaim }: { figure: Figure; why: WhyStatement; claims: Claims; onClaim: OnClaim }) => {
  const translate = useTranslate();
  const { id, currency } = why.statement;
  const table = (label: string, rows: Claimable[]) => (
    <ClaimTable label={label} rows={rows} currency={currency} claims={claims} onClaim={onClaim} />
  );
  const toLine = (line: WhyLine): Claimable => ({
    item: { lineId: line.id },
    id: line.id,
    name: line.orderExternalId,
    label: (
      <>
        {line.orderExternalId}
        <Typography variant="caption" color="textSecondary" component="div">
          {translate('why.line_no', { line: line.lineNo })}
        </Typography>
      </>
    ),
    amountMinor: line.partMinor,
  });
  if (figure === 'earned' || figure === 'reversed')
    return (
      <MoreRows<WhyLine> path={`statements/${id}/why/lines`} filter={{ part: figure }} none="statement.no_lines">
        {(lines) => table('commission.order', lines.map(toLine))}
      </MoreRows>
    );
  const booked = why.adjustments.filter(({ kind }) => kind === (figure === 'adjusted' ? 'adjust' : 'write-off'));
  const toDocument = (one: (typeof booked)[number]): Claimable => {
    const name = documentName(one, translate);
    return { item: { adjustmentId: one.id }, id: one.id, name, label: name, amountMinor: one.amountMinor };
  };
  return table('adjustment.source', booked.map(toDocument));
};

/** A partner names what it does not agree with of a statement, what each should be, and why. */
export const DisputeButton = ({ statement }: { statement: StatementRow }) => {
  const translate = useTranslate();
  const [claims, setClaims] = useState<Claims>({});
  const query = useBrandApi<WhyStatement>('distribution', `statements/${statement.id}/why`);
  const typed = Object.values(claims).filter(({ text }) => text.trim() !== '');
  const isReady = typed.length > 0 && typed.every(({ text }) => isExact(text, statement.currency, true));
  return (
    <ActionButton
      size="medium"
      label="statement.dispute"
      variant="outlined"
      consequence={translate('statement.consequence.dispute')}
      incomplete={!isReady}
      act={(reason) => ({
        path: `statements/${statement.id}/dispute`,
        body: { items: typed.map(({ item, text }) => ({ ...item, claimedMinor: readExact(text, statement.currency) })), reason },
        done: 'dispute.opened',
      })}
    >
      <Loaded query={query}>
        {(why) => (
          <>
            {FIGURES.filter((figure) => why.parts.some((part) => part.figure === figure && part.documents > 0)).map((figure) => (
              <section key={figure} aria-label={translate(`statement.figure.${figure}`)}>
                <Typography variant="subtitle2" component="h3" sx={{ mt: 2 }}>
                  {translate(`statement.figure.${figure}`)}
                </Typography>
                <Shown figure={figure} why={why} claims={claims} onClaim={(id, claim) => setClaims((old) => ({ ...old, [id]: claim }))} />
              </section>
            ))}
          </>
        )}
      </Loaded>
    </ActionButton>
  );
};
