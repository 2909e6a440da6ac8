import { Typography } from '@mui/material';
import type { PlanRule } from '@concentric/contracts';
import { rateText } from '@concentric/money';
import { useLocale, useTranslate } from 'react-admin';
import { formatMoney } from '../money/format';
import { useBrand } from '../providers/brand';

/** A rule as a sentence: who earns how much of what, starting from where, for which categories and channels. */
export const RuleText = ({ rule, currency }: { rule: PlanRule; currency: string }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const brand = useBrand();
  const word = (group: string, value: string) => translate(`words.${group}.${value}`, { _: value });
  const channelName = (code: string) => brand?.channels.find((channel) => channel.code === code)?.name ?? code;
  const separator = translate('list.separator');
  const share =
    rule.ratePpm === undefined
      ? translate('rule.fixed', { amount: formatMoney(rule.fixedMinor ?? 0, currency, locale) })
      : translate('rule.rate', { rate: rateText(rule.ratePpm), base: word('rule_base', rule.base) });
  const recipient = rule.recipient.climbTo
    ? translate('rule.climb', {
        from: word('rule_from', rule.recipient.from),
        to: word('partner_type', rule.recipient.climbTo).toLocaleLowerCase(locale),
      })
    : translate('rule.start', { from: word('rule_from', rule.recipient.from) });
  return (
    <Typography variant="body2" component="div">
      <strong>{word('role', rule.role)}</strong>: {share} {recipient}
      {rule.categories.length > 0 ? translate('rule.categories', { list: rule.categories.join(separator) }) : null}
      {rule.channels.length > 0 ? translate('rule.channels', { list: rule.channels.map(channelName).join(separator) }) : null}
      {rule.capMinor === undefined ? null : translate('rule.cap', { amount: formatMoney(rule.capMinor, currency, locale) })}
    </Typography>
  );
};
