import { useLocale, useRecordContext, useTranslate } from 'react-admin';
import { formatMoney } from '../money/format';
import { useBrand } from '../providers/brand';
import type { HeldOrder } from '../providers/rows';

/** As the service words it: the line, what its shares come to and what they may come to, both in minor units. */
const OVER_BUDGET = /^line (\d+): (\d+) of at most (\d+)$/;

/** What the order is held for: the code that is missing, or the figures that do not fit. */
export const HeldDetail = () => {
  const translate = useTranslate();
  const locale = useLocale();
  const brand = useBrand();
  const order = useRecordContext<HeldOrder>();
  const [, line, shares, most] = OVER_BUDGET.exec(order?.detail ?? '') ?? [];
  if (!brand || line === undefined) return <>{order?.detail}</>;
  const amount = (minor?: string) => formatMoney(Number(minor), brand.currency, locale);
  return <>{translate('held.over_budget', { line, shares: amount(shares), most: amount(most) })}</>;
};
