import { readOwnReason } from '@concentric/contracts';
import { useLocale, useTranslate } from 'react-admin';
import { formatMoney, formatPeriod } from '../money/format';
import { useBrand } from '../providers/brand';

/** Variables of a reason that are words of a closed list. */
const GROUPS: Readonly<Record<string, string>> = { status: 'bank_status', state: 'payout_item_state' };

/** A reason in the language of the user where a service gave it itself; as it was typed where a person did. */
export function useReason(currency?: string): (reason: string) => string {
  const translate = useTranslate();
  const locale = useLocale();
  const brand = useBrand();
  const say = (name: string, value: string) => {
    if (name.endsWith('Minor')) return formatMoney(Number(value), currency ?? brand?.currency ?? 'CNY', locale);
    if (name === 'period') return formatPeriod(value, locale);
    return name in GROUPS ? translate(`words.${GROUPS[name]}.${value}`, { _: value }) : value;
  };
  return (reason) => {
    const own = readOwnReason(reason);
    if (!own) return reason;
    const given = Object.entries(own.given).map(([name, value]) => [name, say(name, value)]);
    return translate(`own_reason.${own.key}`, Object.fromEntries(given));
  };
}
