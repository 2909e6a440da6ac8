import type { AuditRow, BrandRow, SavedSettings } from '@concentric/contracts';
import { Alert } from '@mui/material';
import { useMemo } from 'react';
import { useTranslate } from 'react-admin';
import { get } from 'react-hook-form';
import { AuditSection } from '../audit/AuditSection';
import { PageHead } from '../pages/PageHead';
import { Columns, Fact, Facts, Loaded, Section } from '../pages/Section';
import { useBrandApi } from '../pages/useApi';
import { mayDo } from '../providers/access';
import { useBrand } from '../providers/brand';
import { ChangeTable } from './ChangeTable';
import { settingGroups, type SettingGroup } from './fields';
import { GroupIntro } from './GroupIntro';
import { changesOf } from './settings-form';
import { SettingsForm } from './SettingsForm';
import { useSettingText } from './useSettingText';

/** The settings as whoever may not change them reads them. */
const ReadOnly = ({ settings, groups }: { settings: SavedSettings; groups: readonly SettingGroup[] }) => {
  const translate = useTranslate();
  const { nameOf, valueOf } = useSettingText();
  return (
    <>
      <Alert severity="info" sx={{ mt: 2 }}>
        {translate('settings.who_may')}
      </Alert>
      <Columns template="minmax(0, 1fr)">
        {groups.map(({ key, fields }) => (
          <Section key={key} title={`settings.group.${key}`} aside={<GroupIntro name={key} />}>
            <Facts>
              {fields.map((field) => (
                <Fact key={field.name} label={nameOf(field)}>
                  {valueOf(field, get(settings, field.name))}
                </Fact>
              ))}
            </Facts>
          </Section>
        ))}
      </Columns>
    </>
  );
};

const Page = ({ brand }: { brand: BrandRow }) => {
  const query = useBrandApi<SavedSettings>('distribution', 'settings');
  const groups = useMemo(() => settingGroups(brand.channels.map(({ code }) => code)), [brand]);
  const fields = groups.flatMap((group) => group.fields);
  const changed = ({ before, after }: AuditRow) => <ChangeTable changes={changesOf(before ?? {}, after ?? {}, fields)} />;
  return (
    <>
      <PageHead title="settings.title" intro="intro.settings" />
      <Loaded query={query}>
        {(settings) =>
          mayDo('settings', 'edit') ? (
            <SettingsForm brand={brand} settings={settings} groups={groups} />
          ) : (
            <ReadOnly settings={settings} groups={groups} />
          )
        }
      </Loaded>
      <Columns template="minmax(0, 1080px)">
        <AuditSection entityType="distribution_setting" entityId={brand.brandId} detail={changed} />
      </Columns>
    </>
  );
};

/** How commission is bound, held, stated and paid: read by finance, changed by whoever is entrusted with it. */
export const Settings = () => {
  const brand = useBrand();
  return brand ? <Page brand={brand} /> : null;
};
