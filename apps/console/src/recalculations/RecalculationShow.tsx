import { LinearProgress } from '@mui/material';
import { useLocale, useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import { AuditSection } from '../audit/AuditSection';
import { Instant, Money, Word } from '../fields/fields';
import { Who } from '../fields/Who';
import { formatCount, formatDate } from '../money/format';
import { PageHead } from '../pages/PageHead';
import { ProposalButtons } from '../pages/ProposalButtons';
import { Columns, Fact, Facts, Loaded, Quiet, Section } from '../pages/Section';
import { useBrandApi } from '../pages/useApi';
import type { RecalculationDetail } from '../providers/rows';
import { ByPartner, EachShare } from './RecalculationTables';

const POLL_MS = 2000;
const isWorking = (state?: string) => state === 'COMPUTING' || state === 'BOOKING';

const Progress = ({ row }: { row: RecalculationDetail }) => {
  const translate = useTranslate();
  if (!isWorking(row.state)) return null;
  const [done, all] = row.state === 'COMPUTING' ? [row.ordersDone, row.orders] : [row.adjustmentsBooked, row.adjustments];
  const text = translate(row.state === 'COMPUTING' ? 'recalculation.computing' : 'recalculation.booking', {
    done,
    orders: all,
    adjustments: all,
  });
  return (
    <>
      <LinearProgress variant="determinate" value={all === 0 ? 0 : (100 * done) / all} aria-label={text} sx={{ mt: 2 }} />
      <Quiet>{text}</Quiet>
    </>
  );
};

const About = ({ row }: { row: RecalculationDetail }) => {
  const translate = useTranslate();
  const locale = useLocale();
  return (
    <Facts>
      <Fact label="recalculation.plan">
        {row.planCode} · {translate('why.version', { version: row.planVersion })}
      </Fact>
      <Fact label="recalculation.range">
        {formatDate(row.from, locale)} – {formatDate(row.to, locale)}
      </Fact>
      <Fact label="recalculation.orders">{formatCount(row.orders, locale)}</Fact>
      <Fact label="recalculation.lines">{formatCount(row.lines, locale)}</Fact>
      <Fact label="recalculation.skipped">{formatCount(row.skippedOrders, locale)}</Fact>
      {row.totals.map((total) => (
        <Fact key={total.currency} label="recalculation.difference">
          <Money minor={total.expectedMinor} currency={total.currency} /> − <Money minor={total.bookedMinor} currency={total.currency} /> ={' '}
          <Money minor={total.differenceMinor} currency={total.currency} strong />
        </Fact>
      ))}
      <Fact label="adjustment.reason">
        {row.reason} (<Who id={row.proposedBy} />, <Instant value={row.proposedAt} />)
      </Fact>
      {row.decidedBy ? (
        <Fact label="adjustment.decision">
          {row.decisionReason} (<Who id={row.decidedBy} />)
        </Fact>
      ) : null}
    </Facts>
  );
};

/** What a plan version would have given, partner by partner and share by share, and the decision to book the difference. */
export const RecalculationShow = () => {
  const { id = '' } = useParams();
  const translate = useTranslate();
  const locale = useLocale();
  const refetchInterval = (data: unknown) => (isWorking((data as RecalculationDetail | undefined)?.state) ? POLL_MS : false);
  const query = useBrandApi<RecalculationDetail>('distribution', `recalculations/${id}`, { refetchInterval });
  return (
    <Loaded query={query}>
      {(row) => (
        <>
          <PageHead title="menu.recalculations">
            <Word group="recalculation_state" value={row.state} />
            {row.state === 'PROPOSED' ? (
              <ProposalButtons
                resource="recalculations"
                path={`recalculations/${id}/decide`}
                proposedBy={row.proposedBy}
                approving={translate('recalculation.effect.approve', { adjustments: formatCount(row.adjustments, locale) })}
                refusing={translate('recalculation.effect.refuse')}
              />
            ) : null}
          </PageHead>
          <Progress row={row} />
          <Columns template="minmax(0, 1fr)">
            <Section title="recalculation.about">
              <About row={row} />
            </Section>
            {row.state === 'COMPUTING' ? null : (
              <>
                <Section title="recalculation.by_partner">
                  <ByPartner id={id} />
                </Section>
                <Section title="recalculation.each">
                  <EachShare id={id} />
                </Section>
              </>
            )}
            <AuditSection entityType="recalculation" entityId={id} />
          </Columns>
        </>
      )}
    </Loaded>
  );
};
