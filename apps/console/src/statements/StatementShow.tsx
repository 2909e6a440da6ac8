import { Alert, Button } from '@mui/material';
import { useState } from 'react';
import { Link, useGetOne, useLocale, useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import { Money, Word } from '../fields/fields';
import { formatPeriod } from '../money/format';
import { Columns, Fact, Facts, Loaded, Section } from '../pages/Section';
import { PageHead } from '../pages/PageHead';
import type { StatementRow } from '../providers/rows';
import { DecisionDialog, type Pending } from './DecisionDialog';
import { decisionsFor } from './decisions';
import { StatementLines } from './StatementLines';

const Amounts = ({ statement }: { statement: StatementRow }) => {
  const amount = (minor: number, strong = false) => (
    <Money minor={minor} currency={statement.currency} strong={strong} />
  );
  return (
    <Facts>
      <Fact label="statement.carried_in">{amount(statement.carriedInMinor)}</Fact>
      <Fact label="statement.earned">{amount(statement.earnedMinor)}</Fact>
      <Fact label="statement.reversed">{amount(statement.reversedMinor)}</Fact>
      <Fact label="statement.adjusted">{amount(statement.adjustedMinor)}</Fact>
      <Fact label="statement.withheld">{amount(statement.withheldMinor)}</Fact>
      <Fact label="statement.net">{amount(statement.netMinor, true)}</Fact>
      <Fact label="statement.outcome">
        <Word plain group="outcome" value={statement.outcome} />
      </Fact>
      <Fact label="statement.opening">{amount(statement.openingMinor)}</Fact>
      <Fact label="statement.closing">{amount(statement.closingMinor)}</Fact>
    </Facts>
  );
};

export const StatementShow = () => {
  const { id = '' } = useParams();
  const translate = useTranslate();
  const locale = useLocale();
  const [pending, setPending] = useState<Pending | null>(null);
  const { data, error, isPending } = useGetOne<StatementRow>('statements', { id });
  return (
    <Loaded query={{ data, error: error as Error | null, isPending }}>
      {(statement) => (
        <>
          <PageHead title={`${statement.partnerName} · ${formatPeriod(statement.period, locale)}`}>
            <Word group="statement_state" value={statement.state} />
            {decisionsFor(statement).map((decision) => (
              <Button
                key={decision}
                variant={decision === 'reject' ? 'outlined' : 'contained'}
                onClick={() => setPending({ decision, rows: [statement] })}
              >
                {translate(`review.${decision}`)}
              </Button>
            ))}
          </PageHead>
          {statement.rejectedReason ? (
            <Alert severity="warning" sx={{ mt: 2 }}>
              {translate('statement.rejected', { reason: statement.rejectedReason })}
            </Alert>
          ) : null}
          <Columns template="minmax(0, 1fr)">
            <Section
              title="statement.amounts"
              aside={<Link to={`/partners/${statement.partnerId}/show`}>{translate('statement.partner')}</Link>}
            >
              <Amounts statement={statement} />
            </Section>
            <Section title="statement.lines">
              <StatementLines statementId={statement.id} />
            </Section>
          </Columns>
          <DecisionDialog pending={pending} onDone={() => setPending(null)} />
        </>
      )}
    </Loaded>
  );
};
