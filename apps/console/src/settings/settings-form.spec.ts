import { distributionSettings } from '@concentric/contracts';
import { settingGroups } from './fields';
import { changesOf, formOf, inputOf } from './settings-form';

const fields = settingGroups(['till', 'mini-program']).flatMap((group) => group.fields);
const settings = distributionSettings.parse({
  bindTo: ['store', 'guide'],
  holdingDaysByChannel: { till: 3 },
  minimumPayoutMinor: 5_000,
  secondApprovalAboveMinor: 1_000_050,
  payoutDebtor: { name: 'Shanyu', account: '6222020200998877665', bankId: '102100099996' },
});
const typed = (changes: object) => inputOf({ ...formOf(settings, fields, 'CNY'), ...changes }, fields, 'CNY');

describe('settings as they are typed', () => {
  it('are the same after being shown and sent unchanged, in currencies of every exponent', () => {
    for (const currency of ['CNY', 'JPY', 'KWD']) expect(inputOf(formOf(settings, fields, currency), fields, currency)).toEqual(settings);
    const defaults = distributionSettings.parse({});
    expect(inputOf(formOf(defaults, fields, 'CNY'), fields, 'CNY')).toEqual(defaults);
  });

  it('name amounts in the units of the currency', () => {
    expect(formOf(settings, fields, 'CNY')).toMatchObject({ minimumPayoutMinor: '50.00', findings: { refundedSharePpm: '30' } });
    expect(formOf(settings, fields, 'JPY')).toMatchObject({ minimumPayoutMinor: '5000' });
    expect(typed({ minimumPayoutMinor: '12.5' })).toMatchObject({ minimumPayoutMinor: 1250 });
  });

  it('cover every setting that the service has', () => {
    const covered = new Set(fields.map(({ name }) => name.split('.')[0]));
    expect(Object.keys(settings).filter((name) => !covered.has(name))).toEqual([]);
    const thresholds = fields.filter(({ name }) => name.startsWith('findings.')).map(({ name }) => name.replace('findings.', ''));
    expect(thresholds.sort()).toEqual(Object.keys(settings.findings).sort());
  });

  it('take what was emptied for nothing', () => {
    const debtor = { name: '', account: '', bankId: null };
    expect(typed({ secondApprovalAboveMinor: '', holdingDaysByChannel: { till: null }, payoutDebtor: debtor })).toMatchObject({
      secondApprovalAboveMinor: null,
      holdingDaysByChannel: {},
      payoutDebtor: null,
    });
  });

  it('bind to each kind of partner once, and protect only where that is the rule', () => {
    expect(typed({ bindTo: ['guide', '', 'guide'], protectionDays: 30 })).toMatchObject({ bindTo: ['guide'], protectionDays: null });
    expect(typed({ bindingMode: 'protected', protectionDays: 30 })).toMatchObject({ protectionDays: 30 });
  });

  it('tell what a change changes', () => {
    const changes = changesOf(settings, typed({ holdingDays: 14, holdingDaysByChannel: { till: 3, 'mini-program': 0 } }), fields);
    expect(changes.map(({ field, before, after }) => [field.name, before, after])).toEqual([
      ['holdingDays', 7, 14],
      ['holdingDaysByChannel.mini-program', null, 0],
    ]);
  });
});
