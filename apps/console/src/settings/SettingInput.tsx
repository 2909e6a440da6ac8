import { InputAdornment } from '@mui/material';
import { BooleanInput, minValue, NumberInput, required, SelectInput, TextInput, useTranslate, type Validator } from 'react-admin';
import { useWatch } from 'react-hook-form';
import { isExact } from '../money/typed';
import { useWordChoices } from '../pages/choices';
import { textKeyOf, type SettingField } from './fields';
import { useSettingText } from './useSettingText';

const unit = (text: string) => ({ input: { endAdornment: <InputAdornment position="end">{text}</InputAdornment> } });
const percent = (text: string) => (isExact(text) ? undefined : 'plan.not_percent');

/** One setting: its name, its unit, what it brings about and what empty means. */
export const SettingInput = ({ field, currency }: { field: SettingField; currency: string }) => {
  const translate = useTranslate();
  const { nameOf } = useSettingText();
  const choices = useWordChoices(field.words ?? '', field.values ?? []);
  const mode = useWatch({ name: 'bindingMode' }) as string;
  const { name, kind, optional } = field;
  const isProtection = name === 'protectionDays';
  if (isProtection && mode !== 'protected') return null;
  const needed: Validator[] = optional && !isProtection ? [] : [required()];
  const shared = { source: name, label: nameOf(field), helperText: `settings.help.${textKeyOf(name)}`, fullWidth: true };
  const amount = (text: string) => (isExact(text, currency) ? undefined : 'plan.not_amount');
  switch (kind) {
    case 'yes':
      return <BooleanInput {...shared} />;
    case 'choice':
      return <SelectInput {...shared} choices={choices} validate={needed} {...(optional ? { emptyText: 'settings.nobody_else' } : {})} />;
    case 'text':
      return <TextInput {...shared} validate={needed} />;
    case 'money':
      return <TextInput {...shared} validate={[...needed, amount]} inputMode="decimal" slotProps={unit(currency)} />;
    case 'percent':
      return <TextInput {...shared} validate={[...needed, percent]} inputMode="decimal" slotProps={unit('%')} />;
    default:
      return (
        <NumberInput {...shared} min={0} step={1} validate={[...needed, minValue(0)]} slotProps={unit(translate(`settings.of.${kind}`))} />
      );
  }
};
