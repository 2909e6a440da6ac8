import type { OperatorRow } from '@concentric/contracts';
import { CreateButton, useRecordContext, useTranslate } from 'react-admin';
import { InstantField, YesField } from '../fields/fields';
import { Search } from '../pages/Search';
import { ConsoleList } from '../pages/ConsoleList';
import { Column, Rows } from '../pages/Rows';
import { mayDo } from '../providers/access';

const filters = [<Search key="q" source="q" alwaysOn />];

const Actions = () => (mayDo('operators', 'create') ? <CreateButton /> : null);

const Roles = () => {
  const translate = useTranslate();
  const row = useRecordContext<OperatorRow>();
  return <>{row?.roles.map((role) => translate(`words.operator_role.${role}`)).join(translate('list.separator'))}</>;
};

export const OperatorList = () => (
  <ConsoleList
    filters={filters}
    actions={<Actions />}
    sort={{ field: 'name', order: 'ASC' }}
    emptyName="operators"
    intro="intro.operators"
    begin={{ label: 'operator.create', to: '/operators/create', resource: 'operators', action: 'create' }}
  >
    <Rows<OperatorRow>
      rowClick={mayDo('operators', 'edit') ? 'edit' : false}
      phone={{ primary: (row) => row.displayName, secondary: () => <Roles />, tertiary: (row) => row.name }}
    >
      <Column source="name" sortable />
      <Column source="displayName" />
      <Column source="roles" field={Roles} />
      <Column source="lastSignInAt" field={InstantField} />
      <Column source="disabled" field={YesField} />
    </Rows>
  </ConsoleList>
);
