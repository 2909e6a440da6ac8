import { Link, useGetOne, useLocale, useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import { AuditSection } from '../audit/AuditSection';
import { Disputes } from '../disputes/Disputes';
import { Word } from '../fields/fields';
import { Findings } from '../findings/Findings';
import { formatPeriod } from '../money/format';
import { PageHead } from '../pages/PageHead';
import { Columns, Loaded, Section } from '../pages/Section';
import { mayDo } from '../providers/access';
import type { StatementRow } from '../providers/rows';
import { StatementActions } from './StatementActions';
import { StatementFigures } from './StatementFigures';
import { StatementNotices } from './StatementNotices';
import { StatementPayments } from './StatementPayments';
import { StatementTimeline } from './StatementTimeline';

const POLL_MS = 2000;

/** Approved is published, and confirmed becomes payable or says what it waits for, a moment later and without anybody. */
const movesByItself = (row?: StatementRow) =>
  row !== undefined && (row.state === 'APPROVED' || (row.state === 'CONFIRMED' && row.waitingFor === null));

/** A statement: where it stands, what is unusual, how it comes to its amount, what was disputed and how it is paid. */
export const StatementShow = () => {
  const { id = '' } = useParams();
  const translate = useTranslate();
  const locale = useLocale();
  const { data, error, isPending } = useGetOne<StatementRow>(
    'statements',
    { id },
    { refetchInterval: ({ state }) => (movesByItself(state.data) ? POLL_MS : false) },
  );
  return (
    <Loaded query={{ data, error: error as Error | null, isPending }}>
      {(statement) => (
        <>
          <PageHead title={`${statement.partnerName} · ${formatPeriod(statement.period, locale)}`}>
            <Word group="statement_state" value={statement.state} />
            <StatementActions statement={statement} />
          </PageHead>
          <StatementNotices statement={statement} />
          <Columns template="minmax(0, 1fr)">
            <Section
              title="statement.way"
              aside={<Link to={`/partners/${statement.partnerId}/show`}>{translate('statement.partner')}</Link>}
            >
              <StatementTimeline statement={statement} />
            </Section>
            {mayDo('findings', 'read') && statement.findings ? (
              <Section title="finding.title">
                <Findings statementId={statement.id} />
              </Section>
            ) : null}
            <Section title="statement.amounts">
              <StatementFigures statementId={statement.id} />
            </Section>
            <Section title="statement.payment">
              <StatementPayments statementId={statement.id} />
            </Section>
            {mayDo('disputes', 'read') ? (
              <Section title="dispute.title">
                <Disputes statementId={statement.id} />
              </Section>
            ) : null}
            <AuditSection entityType="statement" entityId={id} />
          </Columns>
        </>
      )}
    </Loaded>
  );
};
