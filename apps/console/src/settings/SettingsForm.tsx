import type { BrandRow, SavedSettings } from '@concentric/contracts';
import { Box } from '@mui/material';
import { useMemo, useState } from 'react';
import { Form, ResourceContextProvider, SaveButton, useNotify, useRefresh, useTranslate } from 'react-admin';
import { ReasonDialog } from '../pages/ReasonDialog';
import { Section } from '../pages/Section';
import { FormProblems } from '../problem/FormProblems';
import { formErrorsOf, problemOf } from '../problem/problem';
import { useTellProblem } from '../problem/useTellProblem';
import { brandPath } from '../providers/dataProvider';
import { sendJson } from '../providers/http';
import { ChangeTable } from './ChangeTable';
import type { SettingGroup } from './fields';
import { GroupIntro } from './GroupIntro';
import { SettingInput } from './SettingInput';
import { conflictWith, SettingsConflict, type Conflict } from './SettingsConflict';
import { changesOf, formOf, inputOf, type Change, type SettingsForm as Typed } from './settings-form';

interface SettingsFormProps {
  brand: BrandRow;
  settings: SavedSettings;
  groups: readonly SettingGroup[];
}

/** After a conflict what others saved comes in, and what was typed stays. */
const KEEP_TYPED = { keepDirtyValues: true };

/** Changes the settings: shows what changes before it is saved, and what the service objects to beside its input. */
export const SettingsForm = ({ brand, settings, groups }: SettingsFormProps) => {
  const translate = useTranslate();
  const notify = useNotify();
  const refresh = useRefresh();
  const tellProblem = useTellProblem();
  const [asked, setAsked] = useState<{ changes: Change[]; answer: (go: boolean) => void } | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const { currency } = brand;
  const fields = useMemo(() => groups.flatMap((group) => group.fields), [groups]);
  const record = useMemo(() => formOf(settings, fields, currency), [settings, fields, currency]);
  const confirmed = (changes: Change[]) => new Promise<boolean>((answer) => setAsked({ changes, answer }));
  const decide = (go: boolean) => {
    asked?.answer(go);
    setAsked(null);
  };

  const save = async (typed: Typed) => {
    const input = inputOf(typed, fields, currency);
    const changes = changesOf(settings, input, fields);
    if (changes.length === 0) {
      notify('settings.nothing_changed', { type: 'info' });
      return undefined;
    }
    if (!(await confirmed(changes))) return undefined;
    try {
      await sendJson('PUT', await brandPath('distribution', 'settings'), { ...input, revision: settings.revision });
      notify('settings.saved', { type: 'success' });
      setConflict(null);
      refresh();
      return undefined;
    } catch (error) {
      if (problemOf(error)?.code === 'settings_changed') {
        setConflict(await conflictWith(settings, brand.brandId, fields));
        refresh();
        return undefined;
      }
      const faults = formErrorsOf(error);
      if (!faults) tellProblem(error);
      return faults;
    }
  };

  return (
    <ResourceContextProvider value="settings">
      <Form
        record={record}
        onSubmit={(typed: object) => save(typed as Typed)}
        warnWhenUnsavedChanges
        {...(conflict ? { resetOptions: KEEP_TYPED } : {})}
      >
        <Box sx={{ display: 'grid', gap: 3, mt: 3, maxWidth: 1080 }}>
          {groups.map(({ key, fields: within }) => (
            <Section key={key} title={`settings.group.${key}`}>
              <GroupIntro name={key} />
              <Box sx={{ display: 'grid', columnGap: 3, mt: 1.5, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 300px), 1fr))' }}>
                {within.map((field) => (
                  <SettingInput key={field.name} field={field} currency={currency} />
                ))}
              </Box>
            </Section>
          ))}
        </Box>
        <Box sx={{ position: 'sticky', bottom: 0, bgcolor: 'background.default', zIndex: 1, maxWidth: 1080, py: 1.5 }}>
          {conflict ? <SettingsConflict conflict={conflict} /> : null}
          <FormProblems />
          <SaveButton label="settings.look" icon={<></>} sx={{ mt: 1 }} />
        </Box>
      </Form>
      <ReasonDialog
        open={asked !== null}
        withoutReason
        title="settings.change"
        consequence={translate('settings.consequence')}
        action="ra.action.save"
        onCancel={() => decide(false)}
        onReason={() => decide(true)}
      >
        {asked ? <ChangeTable changes={asked.changes} /> : null}
      </ReasonDialog>
    </ResourceContextProvider>
  );
};
