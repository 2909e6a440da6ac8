import type { DistributionSettings } from '@concentric/contracts';
import { formatMinor } from '@concentric/money';
import { get, set } from 'react-hook-form';
import { percentText, readExact } from '../money/typed';
import type { SettingField } from './fields';

/** Settings as they are typed: money and percentages are text until they are sent. */
export type SettingsForm = Record<string, unknown>;

export interface Change {
  field: SettingField;
  before: unknown;
  after: unknown;
}

export function formOf(settings: DistributionSettings, fields: readonly SettingField[], currency: string): SettingsForm {
  const form: SettingsForm = structuredClone(settings);
  for (const { name, kind } of fields) {
    const value = get(settings, name) as number | null | undefined;
    if (value == null) continue;
    if (kind === 'money') set(form, name, formatMinor(value, currency));
    if (kind === 'percent') set(form, name, percentText(value));
  }
  return form;
}

/** What was typed as the service takes it: empty is null, or left out where the service knows no null. */
export function inputOf(form: SettingsForm, fields: readonly SettingField[], currency: string): DistributionSettings {
  const input = structuredClone(form) as unknown as DistributionSettings;
  for (const { name, kind } of fields) {
    const typed = get(form, name) as string | number | boolean | null | undefined;
    if (kind === 'money') set(input, name, readExact(typed as string | null, currency) ?? null);
    else if (kind === 'percent') set(input, name, readExact(typed as string | null) ?? null);
    else if (typed === '' || typed === undefined) set(input, name, kind === 'yes' ? false : null);
  }
  const debtor = input.payoutDebtor as Partial<Record<string, string | null>> | null;
  const isNamed = Object.values(debtor ?? {}).some(Boolean);
  return {
    ...input,
    protectionDays: input.bindingMode === 'protected' ? input.protectionDays : null,
    bindTo: [...new Set(input.bindTo.filter(Boolean))],
    holdingDaysByChannel: Object.fromEntries(Object.entries(input.holdingDaysByChannel ?? {}).filter(([, days]) => days !== null)),
    // What is missing of a debtor that was begun is for the service to object to, beside its input.
    payoutDebtor: isNamed
      ? (Object.fromEntries(Object.entries(debtor!).map(([name, text]) => [name, text ?? ''])) as DistributionSettings['payoutDebtor'])
      : null,
  };
}

/** What differs between two states of the settings, field by field. */
export function changesOf(before: object, after: object, fields: readonly SettingField[]): Change[] {
  return fields
    .map((field) => ({
      field,
      before: (get(before, field.name) as unknown) ?? null,
      after: (get(after, field.name) as unknown) ?? null,
    }))
    .filter((change) => change.before !== change.after);
}
