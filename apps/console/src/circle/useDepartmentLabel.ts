import { useLocale, useTranslate } from 'react-admin';
import { formatCount } from '../money/format';
import type { OpenWork } from '../home/work';
import type { CircleDepartment } from './useDepartments';

/** Words for a department's state; what the picture shows by shape is said here in full. */
export function useDepartmentLabel() {
  const translate = useTranslate();
  const locale = useLocale();
  const task = (item: OpenWork) =>
    `${translate(`work.${item.key}`, { service: item.service ? translate(`service.${item.service}`) : '' })} ${formatCount(item.count, locale)}${item.capped ? '+' : ''}`;
  const state = (department: CircleDepartment) =>
    [
      department.emphasis ? translate('home.emphasised') : null,
      department.unstaffed ? translate('home.unstaffed') : null,
      ...department.work.map(task),
    ].filter((text) => text !== null);
  return {
    task,
    state,
    full: (department: CircleDepartment) => [department.name, ...state(department)].join(translate('list.separator')),
  };
}
