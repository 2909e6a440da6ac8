import type { DepartmentRow } from '@concentric/contracts';
import { useLocale, useRecordContext } from 'react-admin';

/** A department as it is called in the language of the person. */
export const DepartmentName = () => {
  const row = useRecordContext<DepartmentRow>();
  return <>{useLocale().startsWith('zh') ? row?.name.zh : row?.name.en}</>;
};
