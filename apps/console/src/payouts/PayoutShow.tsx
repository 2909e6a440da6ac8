import { Alert, Step, StepLabel, Stepper } from '@mui/material';
import { Link, useLocale, useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import { AuditSection } from '../audit/AuditSection';
import { BankLines } from '../bank/BankLines';
import { Instant, Money, Word } from '../fields/fields';
import { Who } from '../fields/Who';
import { formatCount } from '../money/format';
import { PageHead } from '../pages/PageHead';
import { ProposalButtons } from '../pages/ProposalButtons';
import { Columns, Fact, Facts, Loaded, Section } from '../pages/Section';
import { useBrandApi } from '../pages/useApi';
import { mayDo } from '../providers/access';
import type { PayoutDetail } from '../providers/rows';
import { DebtorNotice } from './DebtorNotice';
import { PayoutActions, UNRELEASED } from './PayoutActions';
import { PayoutFiles } from './PayoutFiles';
import { PayoutItems } from './PayoutItems';

const BEFORE_APPROVAL = ['DRAFT', 'SUBMITTED'];
const STEPS = ['DRAFT', 'SUBMITTED', 'FILE_READY', 'SENT', 'SETTLED'];
/** States that stand between two steps, or beside the last one. */
const STEP_OF: Record<string, string> = { APPROVED: 'SUBMITTED', PART_SETTLED: 'SETTLED' };

const Progress = ({ state }: { state: string }) => {
  const translate = useTranslate();
  if (state === 'CANCELLED') return null;
  return (
    <Stepper activeStep={STEPS.indexOf(STEP_OF[state] ?? state)} alternativeLabel sx={{ mt: 3 }}>
      {STEPS.map((step) => (
        <Step key={step}>
          <StepLabel>{translate(`words.payout_state.${STEP_OF[state] === step ? state : step}`)}</StepLabel>
        </Step>
      ))}
    </Stepper>
  );
};

const About = ({ payout }: { payout: PayoutDetail }) => {
  const amount = (minor: number, strong = false) => <Money minor={minor} currency={payout.currency} strong={strong} />;
  return (
    <Facts>
      <Fact label="payout.items">{payout.items}</Fact>
      <Fact label="payout.gross">{amount(payout.grossMinor)}</Fact>
      <Fact label="payout.tax">{amount(payout.taxMinor)}</Fact>
      <Fact label="payout.amount">{amount(payout.amountMinor, true)}</Fact>
      <Fact label="payout.prepared">
        <Who id={payout.preparedBy} /> · <Instant value={payout.preparedAt} />
      </Fact>
      <Fact label="payout.submitted">
        <Who id={payout.submittedBy} />
      </Fact>
      <Fact label="payout.approved">
        <Who id={payout.approvedBy} />
        {payout.secondApprovedBy ? (
          <>
            {' + '}
            <Who id={payout.secondApprovedBy} />
          </>
        ) : null}{' '}
        {payout.approvedAt ? <Instant value={payout.approvedAt} /> : null}
      </Fact>
      <Fact label="payout.released">
        <Who id={payout.releasedBy} /> {payout.releasedAt ? <Instant value={payout.releasedAt} /> : null}
      </Fact>
      {payout.note ? <Fact label="payout.note">{payout.note}</Fact> : null}
    </Facts>
  );
};

const Notices = ({ payout }: { payout: PayoutDetail }) => {
  const translate = useTranslate();
  const locale = useLocale();
  return (
    <>
      {payout.rejectedReason ? (
        <Alert severity="warning" sx={{ mt: 2 }}>
          {translate('payout.rejected', { reason: payout.rejectedReason })}
        </Alert>
      ) : null}
      {BEFORE_APPROVAL.includes(payout.state) ? <DebtorNotice /> : null}
      {payout.payeeChanged > 0 && UNRELEASED.includes(payout.state) ? (
        <Alert severity="warning" sx={{ mt: 2 }}>
          {translate('payout.payee_changed', { items: formatCount(payout.payeeChanged, locale) })}
        </Alert>
      ) : null}
      {payout.awaitsSecondApproval ? (
        <Alert severity="info" sx={{ mt: 2 }}>
          {translate('payout.second_needed')}
        </Alert>
      ) : null}
      {payout.cancelProposedBy && payout.state !== 'CANCELLED' ? (
        <Alert severity="warning" sx={{ mt: 2 }}>
          {translate('payout.cancel_proposed', { reason: payout.cancelReason })}
          <ProposalButtons
            resource="payouts"
            path={`payouts/${payout.id}/cancel/decide`}
            proposedBy={payout.cancelProposedBy}
            body={{ version: payout.version }}
            approve="payout.cancel"
            refuse="payout.keep"
            approving={translate('payout.consequence.cancelled')}
            refusing={translate('payout.consequence.kept')}
          />
        </Alert>
      ) : null}
    </>
  );
};

/** A batch: what it pays, who did what with it, its files, its payments and what the bank said. */
export const PayoutShow = () => {
  const { id = '' } = useParams();
  const translate = useTranslate();
  const query = useBrandApi<PayoutDetail>('distribution', `payouts/${id}`);
  return (
    <Loaded query={query}>
      {(payout) => (
        <>
          <PageHead title="payout.one">
            <Word group="payout_state" value={payout.state} />
            <PayoutActions payout={payout} />
          </PageHead>
          <Notices payout={payout} />
          <Progress state={payout.state} />
          <Columns template="minmax(0, 2fr) minmax(0, 1fr)">
            <Section title="payout.about">
              <About payout={payout} />
            </Section>
            <Section title="payout.files">
              <PayoutFiles payout={payout} />
            </Section>
          </Columns>
          <Columns template="minmax(0, 1fr)">
            <Section title="payout.payments">
              <PayoutItems payout={payout} />
            </Section>
            {mayDo('bank-lines', 'read') && payout.releasedAt ? (
              <Section title="bank.lines" aside={<Link to="/bank-lines">{translate('menu.bank')}</Link>}>
                <BankLines filter={{ payoutId: payout.id }} currency={payout.currency} />
              </Section>
            ) : null}
            <AuditSection entityType="payout" entityId={payout.id} />
          </Columns>
        </>
      )}
    </Loaded>
  );
};
