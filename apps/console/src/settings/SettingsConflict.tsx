import type { AuditRow, SavedSettings } from '@concentric/contracts';
import { Alert, AlertTitle } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Instant } from '../fields/fields';
import { Who } from '../fields/Who';
import { brandPath, queryOf } from '../providers/dataProvider';
import { getJson } from '../providers/http';
import { ChangeTable } from './ChangeTable';
import type { SettingField } from './fields';
import { changesOf, type Change } from './settings-form';

/** What somebody else saved while one was typing. */
export interface Conflict {
  changes: Change[];
  last: AuditRow | undefined;
}

/** What has been saved since `seen` was read, and by whom last. */
export async function conflictWith(seen: SavedSettings, brandId: string, fields: readonly SettingField[]): Promise<Conflict> {
  const [now, audit] = await Promise.all([
    getJson<SavedSettings>(await brandPath('distribution', 'settings')),
    getJson<{ data: AuditRow[] }>(
      `${await brandPath('distribution', 'audit')}?${queryOf({ entityType: 'distribution_setting', entityId: brandId, limit: 1 })}`,
    ),
  ]);
  return { changes: changesOf(seen, now, fields), last: audit.data[0] };
}

/** Who came first, with what, and that one's own change is still in the form. */
export const SettingsConflict = ({ conflict: { changes, last } }: { conflict: Conflict }) => {
  const translate = useTranslate();
  return (
    <Alert severity="warning" variant="outlined" sx={{ mt: 1 }} data-testid="conflict">
      <AlertTitle>{translate('problem.settings_changed')}</AlertTitle>
      {last ? (
        <>
          <Who id={last.actorId} /> · <Instant value={last.at} />
        </>
      ) : null}
      <ChangeTable changes={changes} />
      {translate('settings.conflict')}
    </Alert>
  );
};
