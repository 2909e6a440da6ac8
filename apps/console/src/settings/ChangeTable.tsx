import { PlainTable } from '../pages/PlainTable';
import type { Change } from './settings-form';
import { useSettingText } from './useSettingText';

/** What was and what is to be, setting by setting. */
export const ChangeTable = ({ changes }: { changes: readonly Change[] }) => {
  const { nameOf, valueOf } = useSettingText();
  return (
    <PlainTable<Change>
      rows={changes}
      keyOf={({ field }) => field.name}
      columns={[
        { label: 'settings.setting', cell: ({ field }) => nameOf(field) },
        { label: 'settings.before', cell: ({ field, before }) => valueOf(field, before) },
        { label: 'settings.after', cell: ({ field, after }) => <strong>{valueOf(field, after)}</strong> },
      ]}
    />
  );
};
