import { Box, Typography } from '@mui/material';
import { rateText } from '@concentric/money';
import type { ReactNode } from 'react';
import { Link, useTranslate } from 'react-admin';
import { Channel, Instant, Money, Period, Word } from '../fields/fields';
import { Loaded } from '../pages/Section';
import { useBrandApi } from '../pages/useApi';
import type { WhyAmount as Why } from '../providers/rows';
import { RuleText } from '../plans/RuleText';

/** One step of the explanation; what it rests on is nested below it. */
const Step = ({ label, children, below }: { label: string; children: ReactNode; below?: ReactNode }) => {
  const translate = useTranslate();
  return (
    <Box
      component="li"
      role="treeitem"
      aria-expanded={below ? true : undefined}
      sx={{ listStyle: 'none', position: 'relative', pt: 1.25 }}
    >
      <Typography variant="caption" color="textSecondary" component="div">
        {translate(`why.${label}`)}
      </Typography>
      <Box sx={{ fontSize: '0.92rem', overflowWrap: 'anywhere' }}>{children}</Box>
      {below ? (
        <Box component="ul" role="group" sx={{ m: 0, pl: 2, ml: 0.5, borderLeft: 1, borderColor: 'divider' }}>
          {below}
        </Box>
      ) : null}
    </Box>
  );
};

const Hash = ({ value }: { value: string }) => (
  <Box component="code" title={value} sx={{ fontSize: '0.75rem', color: 'text.secondary' }}>
    {value.slice(0, 12)}
  </Box>
);

const Computation = ({ why }: { why: Why }) => {
  const translate = useTranslate();
  const { computation, line } = why;
  const amount = (minor: number) => <Money minor={minor} currency={line.currency} />;
  return (
    <>
      {computation.fixedMinor === null ? (
        <>
          {amount(computation.baseMinor)} × {computation.ratePpm === null ? '–' : rateText(computation.ratePpm)}
        </>
      ) : (
        <>
          {amount(computation.fixedMinor)} × {why.order.quantity}
        </>
      )}{' '}
      = <Money minor={computation.amountMinor} currency={line.currency} strong />
      {computation.capMinor === null ? null : (
        <>
          {' '}
          ({translate('why.cap')} {amount(computation.capMinor)})
        </>
      )}{' '}
      <Hash value={computation.hash} />
    </>
  );
};

const Sources = ({ why }: { why: Why }) => {
  const translate = useTranslate();
  const { order, plan, binding, person } = why;
  return (
    <>
      <Step label="order">
        <Link to={`/orders/${order.id}/show`}>{order.externalId}</Link> ·{' '}
        {translate('why.line_no', { line: order.lineNo })} · {order.sku} × {order.quantity} ·{' '}
        <Money minor={order.netMinor} currency={why.line.currency} /> · <Channel value={order.channel} /> ·{' '}
        <Instant value={order.occurredAt} />
      </Step>
      <Step label="rule">
        {plan.name} · {translate('why.version', { version: plan.version })} ·{' '}
        {translate('why.rule_no', { rule: plan.ruleNo })} · {translate('why.since')} <Instant value={plan.validFrom} />{' '}
        <Hash value={plan.contentHash} />
        <RuleText rule={plan.rule} currency={why.line.currency} />
      </Step>
      <Step label="person">
        {person.customerId ? (
          <Link to={`/members/${person.customerId}/show`}>{translate('why.customer')}</Link>
        ) : (
          translate('why.nobody')
        )}{' '}
        · {translate(person.member ? 'why.member' : 'why.no_member')}
        {person.tier ? ` · ${translate(`words.tier.${person.tier}`)}` : ''}
      </Step>
      {binding ? (
        <Step label="binding">
          <Link to={`/partners/${binding.partnerId}/show`}>{binding.partnerName}</Link> · {translate('why.since')}{' '}
          <Instant value={binding.validFrom} /> · <Word plain group="binding_reason" value={binding.reason} />
        </Step>
      ) : null}
      <Step label="chain">{why.chain.map((partner) => partner.name).join(' → ') || '–'}</Step>
    </>
  );
};

const Aftermath = ({ why, lineId }: { why: Why; lineId: string }) => {
  const translate = useTranslate();
  const currency = why.line.currency;
  return (
    <>
      {why.reversals.map((reversal) => (
        <Step key={reversal.id} label={reversal.id === lineId ? 'this_reversal' : 'reversal'}>
          <Money minor={reversal.amountMinor} currency={currency} /> · <Instant value={reversal.occurredAt} /> ·{' '}
          <Period value={reversal.period} />
        </Step>
      ))}
      {why.postings.map((posting, index) => (
        <Step key={`${posting.txnId} ${index}`} label="posting">
          <Word plain group="posting_kind" value={posting.kind} /> ·{' '}
          {translate(posting.creditMinor > 0 ? 'ledger.credit' : 'ledger.debit')}{' '}
          <Word plain group="account" value={posting.account} /> <Money minor={posting.partMinor} currency={currency} /> ·{' '}
          <Instant value={posting.effectiveAt} />
        </Step>
      ))}
      <Step label="statement">
        {why.statements.map((statement) => (
          <Link key={statement.id} to={`/statements/${statement.id}/show`}>
            <Period value={statement.period} /> · <Word plain group="statement_state" value={statement.state} />{' '}
          </Link>
        ))}
        {why.statements.length === 0 ? translate('why.no_statement') : null}
      </Step>
    </>
  );
};

/** A reversal is explained by the line it takes back; the figure asked about is its own. */
const amountOf = ({ line, reversals }: Why, lineId: string): number =>
  reversals.find(({ id }) => id === lineId)?.amountMinor ?? line.amountMinor;
const isReversal = ({ reversals }: Why, lineId: string): boolean => reversals.some(({ id }) => id === lineId);

/** From the figure to the order and the rule, every step with its date and version. The same wherever money is shown. */
export const WhyAmount = ({ lineId }: { lineId: string }) => {
  const translate = useTranslate();
  const query = useBrandApi<Why>('distribution', `commission-lines/${lineId}/why`);
  return (
    <Loaded query={query}>
      {(why) => (
        <Box component="ul" role="tree" aria-label={translate('why.title')} data-testid="why" sx={{ m: 0, p: 0 }}>
          <Step
            label={isReversal(why, lineId) ? 'taken_back' : 'amount'}
            below={
              <>
                <Step label="computation" below={<Sources why={why} />}>
                  <Computation why={why} />
                </Step>
                <Aftermath why={why} lineId={lineId} />
              </>
            }
          >
            <Money minor={amountOf(why, lineId)} currency={why.line.currency} strong /> ·{' '}
            <Word plain group="role" value={why.line.role} /> ·{' '}
            <Link to={`/partners/${why.line.partnerId}/show`}>{why.line.partnerName}</Link>
          </Step>
        </Box>
      )}
    </Loaded>
  );
};
