import { distributionSettings } from '@concentric/contracts';

/** How a setting is typed and shown; the figures are those of the service, in days, minor units, parts per million and so on. */
export type SettingKind = 'days' | 'hours' | 'seconds' | 'times' | 'count' | 'money' | 'percent' | 'yes' | 'choice' | 'text';

export interface SettingField {
  /** Path in the settings as the service takes them: what it objects to is shown beside the input of that name. */
  name: string;
  kind: SettingKind;
  /** May stay empty, which its help explains. */
  optional?: boolean;
  /** Group of words and values of a choice. */
  words?: string;
  values?: readonly string[];
}

export interface SettingGroup {
  /** Texts `settings.group.<key>` and `settings.about.<key>`. */
  key: string;
  fields: readonly SettingField[];
}

const { bindingMode, bindTo } = distributionSettings.shape;
/** Who may be named first, second and third on a line. */
const PLACES = [0, 1, 2].map((place): SettingField => ({
  name: `bindTo.${place}`,
  kind: 'choice',
  optional: place > 0,
  words: 'bind_to',
  values: bindTo.unwrap().element.options,
}));

/** Every setting, in the order of what happens: bind, hold, state, pay; and what reviewers are shown. */
export const settingGroups = (channels: readonly string[]): SettingGroup[] => [
  {
    key: 'binding',
    fields: [
      { name: 'bindingMode', kind: 'choice', words: 'binding_mode', values: bindingMode.unwrap().options },
      { name: 'protectionDays', kind: 'days', optional: true },
      ...PLACES,
      { name: 'bindingDelaySeconds', kind: 'seconds', optional: true },
    ],
  },
  {
    key: 'holding',
    fields: [
      { name: 'holdingDays', kind: 'days' },
      ...channels.map((code): SettingField => ({ name: `holdingDaysByChannel.${code}`, kind: 'days', optional: true })),
    ],
  },
  {
    key: 'statement',
    fields: [
      { name: 'minimumPayoutMinor', kind: 'money' },
      { name: 'disputeWindowDays', kind: 'days' },
      { name: 'secondApprovalAboveMinor', kind: 'money', optional: true },
      { name: 'autoClose', kind: 'yes' },
    ],
  },
  {
    key: 'payout',
    fields: [
      { name: 'payoutDebtor.name', kind: 'text', optional: true },
      { name: 'payoutDebtor.account', kind: 'text', optional: true },
      { name: 'payoutDebtor.bankId', kind: 'text', optional: true },
      { name: 'secondPayoutApprovalAboveMinor', kind: 'money', optional: true },
    ],
  },
  {
    key: 'findings',
    fields: [
      { name: 'findings.jumpFactor', kind: 'times' },
      { name: 'findings.jumpAboveMinor', kind: 'money' },
      { name: 'findings.refundedSharePpm', kind: 'percent' },
      { name: 'findings.refundedLinesAtLeast', kind: 'count' },
      { name: 'findings.freshBindingHours', kind: 'hours' },
      { name: 'findings.freshBindingFactor', kind: 'times' },
      { name: 'findings.freshBindingAboveMinor', kind: 'money' },
    ],
  },
];

/** Where the text of a field stands: channels share one, and so do all places of an order but the first. */
export const textKeyOf = (name: string): string =>
  name.replace(/^holdingDaysByChannel\..*$/, 'holdingDaysByChannel').replace(/^bindTo\.[1-9]$/, 'bindTo.next');
