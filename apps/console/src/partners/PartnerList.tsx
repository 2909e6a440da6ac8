import { Button } from '@mui/material';
import { Link, SelectInput, TopToolbar, useTranslate } from 'react-admin';
import { PlainField, Word, WordField } from '../fields/fields';
import { Search } from '../pages/Search';
import { useWordChoices } from '../pages/choices';
import { ConsoleList } from '../pages/ConsoleList';
import { Column, Rows } from '../pages/Rows';
import type { PartnerRow } from '../providers/rows';

export const PARTNER_TYPES = ['agent', 'distributor', 'franchise', 'agency', 'store', 'guide', 'group_leader'];

const usePartnerFilters = () => [
  <Search key="q" source="q" alwaysOn hint="resources.partners.search" />,
  <SelectInput key="type" source="type" choices={useWordChoices('partner_type', PARTNER_TYPES)} alwaysOn />,
];

const Actions = () => {
  const translate = useTranslate();
  return (
    <TopToolbar>
      <Button component={Link} to="/partner-tree" size="small">
        {translate('menu.partner_tree')}
      </Button>
    </TopToolbar>
  );
};

export const PartnerList = () => (
  <ConsoleList
    filters={usePartnerFilters()}
    actions={<Actions />}
    sort={{ field: 'id', order: 'ASC' }}
    emptyName="partners"
  >
    <Rows<PartnerRow>
      rowClick="show"
      phone={{
        primary: (row) => row.name,
        secondary: (row) => <Word plain group="partner_type" value={row.type} />,
        tertiary: (row) => row.code,
      }}
    >
      <Column source="name" />
      <Column source="code" />
      <Column source="type">
        <WordField source="type" group="partner_type" plain />
      </Column>
      <Column source="parentName" field={PlainField} />
    </Rows>
  </ConsoleList>
);
