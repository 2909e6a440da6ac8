import { useLocale, useTranslate } from 'react-admin';
import { formatCount, formatMoney } from '../money/format';
import { percentText } from '../money/typed';
import { useBrand } from '../providers/brand';
import { textKeyOf, type SettingField } from './fields';

/** What a setting is called, and how its value reads with its unit; empty says what empty means. */
export function useSettingText() {
  const translate = useTranslate();
  const locale = useLocale();
  const brand = useBrand();
  const nameOf = ({ name }: SettingField): string => {
    const code = /^holdingDaysByChannel\.(.+)$/.exec(name)?.[1];
    if (code === undefined) return translate(`resources.settings.fields.${name}`);
    return translate('settings.of_channel', { channel: brand?.channels.find((channel) => channel.code === code)?.name ?? code });
  };
  const valueOf = (field: SettingField, value: unknown): string => {
    if (value === null || value === undefined || value === '') return translate(`settings.empty.${textKeyOf(field.name)}`, { _: '–' });
    if (field.kind === 'money') return formatMoney(value as number, brand?.currency ?? 'CNY', locale);
    if (field.kind === 'percent') return `${percentText(value as number)}%`;
    if (field.kind === 'yes') return translate(value ? 'ra.boolean.true' : 'ra.boolean.false');
    if (field.kind === 'choice') return translate(`words.${field.words}.${String(value)}`);
    if (field.kind === 'text') return String(value);
    return translate(`settings.unit.${field.kind}`, { value: formatCount(value as number, locale), smart_count: value as number });
  };
  return { nameOf, valueOf };
}
