import { Link, useTranslate } from 'react-admin';
import { AdjustmentSource } from '../adjustments/AdjustmentSource';
import { Instant, Money, Period, Word } from '../fields/fields';
import { OrderLink } from '../orders/OrderLink';
import type { WhyAmount as Why } from '../providers/rows';
import { Payment } from '../statements/StatementPayments';
import { Step } from './WhyStep';

const Postings = ({ why }: { why: Why }) => {
  const translate = useTranslate();
  return why.postings.map((posting, index) => (
    <Step key={`${posting.txnId} ${index}`} label="posting">
      <Word plain group="posting_kind" value={posting.kind} /> · {translate(posting.creditMinor > 0 ? 'ledger.credit' : 'ledger.debit')}{' '}
      <Word plain group="account" value={posting.account} /> <Money minor={posting.partMinor} currency={why.line.currency} /> ·{' '}
      <Instant value={posting.effectiveAt} />
    </Step>
  ));
};

const Adjustments = ({ why }: { why: Why }) =>
  why.adjustments.map((adjustment) => (
    <Step key={adjustment.id} label="adjustment">
      <Money minor={adjustment.amountMinor} currency={why.line.currency} /> · <Word plain group="adjustment_kind" value={adjustment.kind} />{' '}
      · <AdjustmentSource {...adjustment} partnerId={why.line.partnerId} /> · <Word group="adjustment_state" value={adjustment.state} />{' '}
      {adjustment.reason}
    </Step>
  ));

const Recalculations = ({ why }: { why: Why }) => {
  const translate = useTranslate();
  return why.recalculations.map((recalculation) => (
    <Step key={recalculation.id} label="recalculation">
      {recalculation.planCode} · {translate('why.version', { version: recalculation.planVersion })} ·{' '}
      {translate('recalculation.difference')} <Money minor={recalculation.differenceMinor} currency={why.line.currency} /> ·{' '}
      <Word group="recalculation_state" value={recalculation.state} />
    </Step>
  ));
};

const Statements = ({ why }: { why: Why }) => {
  const translate = useTranslate();
  if (why.statements.length === 0) return <Step label="statement">{translate('why.no_statement')}</Step>;
  return why.statements.map((statement) => {
    const payouts = why.payouts.filter((payout) => payout.statementId === statement.id);
    const payments = payouts.map((payout) => (
      <Step key={payout.id} label="payout">
        <Payment payout={payout} currency={why.line.currency} />
      </Step>
    ));
    return (
      <Step key={statement.id} label="statement" below={payments.length > 0 ? payments : undefined}>
        <Link to={`/statements/${statement.id}/show`}>
          <Period value={statement.period} /> · <Word plain group="statement_state" value={statement.state} />
        </Link>
      </Step>
    );
  });
};

/** By how much more than before the share of all that has been refunded so far is, of what was earned. */
const Reversal = ({ why, at }: { why: Why; at: number }) => {
  const translate = useTranslate();
  const { computation, order, reversals, line } = why;
  const amount = (minor: number) => <Money minor={minor} currency={line.currency} />;
  const before = -reversals.slice(0, at).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return (
    <>
      {amount(computation.amountMinor)} × {amount(reversals[at]!.refundedMinor)} ÷ {amount(order.netMinor)}, {translate('why.rounded_down')}
      {before === 0 ? null : (
        <>
          {' '}
          − {amount(before)} {translate('why.taken_back_before')}
        </>
      )}
    </>
  );
};

/** What became of an amount: taken back, made payable, adjusted, booked, put on a statement, paid, seen by the bank. */
export const Aftermath = ({ why, lineId }: { why: Why; lineId: string }) => {
  const translate = useTranslate();
  const { currency } = why.line;
  return (
    <>
      {why.reversals.map((reversal, at) => (
        <Step
          key={reversal.id}
          label={reversal.id === lineId ? 'this_reversal' : 'reversal'}
          below={
            <Step label="computation">
              <Reversal why={why} at={at} />
            </Step>
          }
        >
          <Money minor={reversal.amountMinor} currency={currency} /> · <OrderLink id={why.order.id}>{translate('why.refund')}</OrderLink>{' '}
          <Instant value={reversal.occurredAt} /> · <Period value={reversal.period} />
        </Step>
      ))}
      <Step label="maturity">
        {why.maturity ? (
          <>
            <Money minor={why.maturity.amountMinor} currency={currency} /> · <Period value={why.maturity.period} />
          </>
        ) : (
          <>
            {translate('why.not_matured')} {why.line.matureAt ? <Instant value={why.line.matureAt} /> : null}
          </>
        )}
      </Step>
      <Recalculations why={why} />
      <Adjustments why={why} />
      <Postings why={why} />
      <Statements why={why} />
    </>
  );
};
