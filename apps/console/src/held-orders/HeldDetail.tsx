import { Link, useLocale, useRecordContext, useTranslate } from 'react-admin';
import { formatMoney } from '../money/format';
import { filtered } from '../pages/filtered';
import { mayDo } from '../providers/access';
import { useBrand } from '../providers/brand';
import type { HeldOrder } from '../providers/rows';

/** As the service words it, of several lines together first: what the shares come to and what they may come to, in minor units. */
const OVER_BUDGET = /(?:line (\d+): )?(\d+) of at most (\d+)( \(its margin\))?/g;

/** What the order is held for: the code that is missing, the product whose cost is, or the figures that do not fit. */
export const HeldDetail = () => {
  const translate = useTranslate();
  const locale = useLocale();
  const brand = useBrand();
  const order = useRecordContext<HeldOrder>();
  const over = order?.reason === 'budget_exceeded' ? [...order.detail.matchAll(OVER_BUDGET)] : [];
  if (order?.reason === 'cost_unknown' && mayDo('products', 'read'))
    return <Link to={filtered('products', { q: order.detail })}>{order.detail}</Link>;
  if (!brand || over.length === 0) return <>{order?.detail}</>;
  const amount = (minor?: string) => formatMoney(Number(minor), brand.currency, locale);
  const said = (line?: string, margin?: string) => (line ? (margin ? 'over_margin' : 'over_budget') : 'over_budgets');
  return over.map(([text, line, shares, most, margin]) => (
    <div key={text}>{translate(`held.${said(line, margin)}`, { line, shares: amount(shares), most: amount(most) })}</div>
  ));
};
