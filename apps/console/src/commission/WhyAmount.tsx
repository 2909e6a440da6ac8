import { Box } from '@mui/material';
import { rateText } from '@concentric/money';
import { Link, useLocale, useTranslate } from 'react-admin';
import { Channel, Instant, Money, Word } from '../fields/fields';
import { CustomerLink } from '../members/CustomerLink';
import { formatMoney } from '../money/format';
import { OrderLink } from '../orders/OrderLink';
import { Loaded } from '../pages/Section';
import { useBrandApi } from '../pages/useApi';
import type { WhyAmount as Why } from '../providers/rows';
import { RuleText } from '../plans/RuleText';
import { Aftermath } from './WhyAftermath';
import { Step } from './WhyStep';

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
          {amount(computation.baseMinor)} × {computation.ratePpm === null ? '–' : rateText(computation.ratePpm)},{' '}
          {translate('why.rounded_down')}
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

/** Of a share of the margin: what the goods cost, which leads from the price to the base. */
const Cost = ({ why: { order, plan, line } }: { why: Why }) => {
  const translate = useTranslate();
  const locale = useLocale();
  if (plan.rule.base !== 'margin' || order.costMinor === null) return null;
  const cost = formatMoney(order.costMinor, line.currency, locale);
  return <> · {translate(order.isCostLater ? 'why.cost_later' : 'why.cost', { cost })}</>;
};

const Sources = ({ why }: { why: Why }) => {
  const translate = useTranslate();
  const { order, plan, binding, person } = why;
  return (
    <>
      <Step label="order">
        <OrderLink id={order.id}>{order.externalId}</OrderLink> · {translate('why.line_no', { line: order.lineNo })} · {order.sku} ×{' '}
        {order.quantity} · <Money minor={order.netMinor} currency={why.line.currency} />
        <Cost why={why} /> · <Channel value={order.channel} /> · <Instant value={order.occurredAt} />
      </Step>
      <Step label="rule">
        {plan.name} · {translate('why.version', { version: plan.version })} · {translate('why.rule_no', { rule: plan.ruleNo })} ·{' '}
        {translate('why.since')} <Instant value={plan.validFrom} /> <Hash value={plan.contentHash} />
        <RuleText rule={plan.rule} currency={why.line.currency} />
      </Step>
      <Step label="person">
        {person.customerId ? <CustomerLink id={person.customerId}>{translate('why.customer')}</CustomerLink> : translate('why.nobody')} ·{' '}
        {translate(person.member ? 'why.member' : 'why.no_member')}
        {person.tier ? ` · ${translate(`words.tier.${person.tier}`)}` : ''}
      </Step>
      {binding ? (
        <Step label="binding">
          <Link to={`/partners/${binding.partnerId}/show`}>{binding.partnerName}</Link> · {translate('why.since')}{' '}
          <Instant value={binding.validFrom} /> · <Word plain group="binding_reason" value={binding.reason} />
          {binding.orderId ? (
            <>
              {' '}
              · <OrderLink id={binding.orderId}>{translate('why.bound_by')}</OrderLink>
            </>
          ) : null}
        </Step>
      ) : null}
      <Step label="chain">{why.chain.map((partner) => partner.name).join(' → ') || '–'}</Step>
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
            <Money minor={amountOf(why, lineId)} currency={why.line.currency} strong /> · <Word plain group="role" value={why.line.role} />{' '}
            · <Link to={`/partners/${why.line.partnerId}/show`}>{why.line.partnerName}</Link>
          </Step>
        </Box>
      )}
    </Loaded>
  );
};
