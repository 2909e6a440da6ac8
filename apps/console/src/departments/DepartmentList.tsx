import type { DepartmentRow } from '@concentric/contracts';
import { CreateButton, useLocale, useRecordContext, useTranslate } from 'react-admin';
import { CountField, YesField } from '../fields/fields';
import { ConsoleList } from '../pages/ConsoleList';
import { DepartmentName } from './DepartmentName';
import { Column, Figures, Rows } from '../pages/Rows';
import { mayDo } from '../providers/access';

const Actions = () => (mayDo('departments', 'create') ? <CreateButton /> : null);

const Ring = () => {
  const translate = useTranslate();
  const row = useRecordContext<DepartmentRow>();
  return <>{row ? translate(`department.ring_${row.ring}`) : null}</>;
};

const Duties = () => {
  const row = useRecordContext<DepartmentRow>();
  const translate = useTranslate();
  const zh = useLocale().startsWith('zh');
  return <>{row?.duties.map((duty) => (zh ? duty.zh : duty.en)).join(translate('list.separator'))}</>;
};

export const DepartmentList = () => (
  <ConsoleList
    emptyName="departments"
    intro="intro.departments"
    pagination={false}
    actions={<Actions />}
    begin={{ label: 'department.create', to: '/departments/create', resource: 'departments', action: 'create' }}
  >
    <Rows<DepartmentRow>
      rowClick={mayDo('departments', 'edit') ? 'edit' : false}
      phone={{ primary: () => <DepartmentName />, secondary: () => <Ring />, tertiary: (row) => row.staff }}
    >
      <Column source="name" field={DepartmentName} />
      <Column source="ring" field={Ring} />
      <Column source="emphasis" field={YesField} />
      <Figures source="staff" field={CountField} />
      <Figures source="operators" field={CountField} />
      <Column source="duties" field={Duties} />
    </Rows>
  </ConsoleList>
);
