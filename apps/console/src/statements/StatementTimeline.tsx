import { Step, StepLabel, Stepper } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { useReason } from '../audit/reason';
import { Day, Period } from '../fields/fields';
import { Who } from '../fields/Who';
import { Quiet } from '../pages/Section';
import { useIsPhone } from '../pages/useIsPhone';
import type { StatementRow } from '../providers/rows';

const START = ['DRAFT', 'IN_REVIEW', 'APPROVED', 'PUBLISHED', 'CONFIRMED'];
const ENDS = { pay: ['PAYABLE', 'IN_PAYOUT', 'PAID'], carry: ['CARRIED'] };

/** What is known of a step: who did it, or when it happened. */
function noteOf(step: string, statement: StatementRow): ReactNode {
  if (step === 'IN_REVIEW' && statement.submittedBy) return <Who id={statement.submittedBy} />;
  if (step === 'APPROVED' && statement.approvedBy) {
    return (
      <>
        <Who id={statement.approvedBy} />
        {statement.secondApprovedBy ? (
          <>
            {' + '}
            <Who id={statement.secondApprovedBy} />
          </>
        ) : null}
      </>
    );
  }
  if (step === 'PUBLISHED' && statement.publishedAt) return <Day value={statement.publishedAt} />;
  if (step === 'CONFIRMED' && statement.confirmedAt) return <Day value={statement.confirmedAt} />;
  if (step === 'CARRIED' && statement.carriedInto)
    return (
      <>
        → <Period value={statement.carriedInto} />
      </>
    );
  return null;
}

/** Where a statement stands on its way, who took it there and when. */
export const StatementTimeline = ({ statement }: { statement: StatementRow }) => {
  const translate = useTranslate();
  const isPhone = useIsPhone();
  const reason = useReason(statement.currency);
  const steps = [...START, ...ENDS[statement.outcome]];
  const disputed = statement.state === 'DISPUTED';
  const at = steps.indexOf(disputed ? 'PUBLISHED' : statement.state);
  if (at < 0) return <Quiet>{translate(`statement.off_way.${statement.state}`, { reason: reason(statement.parkedReason ?? '') })}</Quiet>;
  return (
    <Stepper activeStep={at} orientation={isPhone ? 'vertical' : 'horizontal'} alternativeLabel={!isPhone} data-testid="timeline">
      {steps.map((step, index) => (
        <Step key={step} completed={index < at || statement.state === 'PAID' || statement.state === 'CARRIED'}>
          <StepLabel error={disputed && step === 'PUBLISHED'} optional={<Quiet>{noteOf(step, statement)}</Quiet>}>
            {translate(`words.statement_state.${disputed && step === 'PUBLISHED' ? 'DISPUTED' : step}`)}
          </StepLabel>
        </Step>
      ))}
    </Stepper>
  );
};
