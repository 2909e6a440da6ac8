import type { TouchpointRow } from '@concentric/contracts';
import { CreateButton, SelectInput } from 'react-admin';
import { Word, WordField, YesField } from '../fields/fields';
import { Search } from '../pages/Search';
import { useWordChoices } from '../pages/choices';
import { ConsoleList } from '../pages/ConsoleList';
import { Column, Figures, Rows } from '../pages/Rows';
import { mayDo } from '../providers/access';

export const DOMAINS = ['public', 'private', 'offline'];

const useTouchpointFilters = () => [
  <Search key="q" source="q" alwaysOn />,
  <SelectInput key="domain" source="domain" choices={useWordChoices('domain', DOMAINS)} alwaysOn />,
];

const Actions = () => (mayDo('touchpoints', 'create') ? <CreateButton /> : null);

export const TouchpointList = () => (
  <ConsoleList
    filters={useTouchpointFilters()}
    actions={<Actions />}
    sort={{ field: 'priority', order: 'ASC' }}
    emptyName="touchpoints"
    intro="intro.touchpoints"
    begin={{ label: 'touchpoint.create', to: '/touchpoints/create', resource: 'touchpoints', action: 'create' }}
  >
    <Rows<TouchpointRow>
      rowClick={mayDo('touchpoints', 'edit') ? 'edit' : false}
      phone={{
        primary: (row) => row.name,
        secondary: (row) => <Word plain group="domain" value={row.domain} />,
        tertiary: (row) => row.priority,
      }}
    >
      <Figures source="priority" sortable />
      <Column source="name" />
      <Column source="code" />
      <Column source="domain">
        <WordField source="domain" group="domain" plain />
      </Column>
      <Column source="retired" field={YesField} />
    </Rows>
  </ConsoleList>
);
