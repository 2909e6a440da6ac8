import { partnerType } from '@concentric/contracts';
import { Button } from '@mui/material';
import { Link, SelectInput, useTranslate } from 'react-admin';
import { OpeningField, PlainField, Word, WordField } from '../fields/fields';
import { Search } from '../pages/Search';
import { useWordChoices } from '../pages/choices';
import { ConsoleList } from '../pages/ConsoleList';
import type { ExportColumn } from '../pages/export';
import { Column, Rows } from '../pages/Rows';
import type { PartnerRow } from '../providers/rows';

const usePartnerFilters = () => [
  <Search key="q" source="q" alwaysOn hint="resources.partners.search" />,
  <SelectInput key="type" source="type" choices={useWordChoices('partner_type', partnerType.options)} alwaysOn />,
];

const EXPORTED: ExportColumn<PartnerRow>[] = [
  { label: 'resources.partners.fields.name', value: (row) => row.name },
  { label: 'resources.partners.fields.code', value: (row) => row.code },
  { label: 'resources.partners.fields.type', value: (row, { word }) => word('partner_type', row.type) },
  { label: 'resources.partners.fields.parentName', value: (row) => row.parentName },
  { label: 'resources.partners.fields.parentCode', value: (row) => row.parentCode },
];

const Actions = () => {
  const translate = useTranslate();
  return (
    <Button component={Link} to="/partner-tree" size="small">
      {translate('menu.partner_tree')}
    </Button>
  );
};

export const PartnerList = () => (
  <ConsoleList
    filters={usePartnerFilters()}
    actions={<Actions />}
    exported={EXPORTED}
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
      <Column source="name" field={OpeningField} />
      <Column source="code" />
      <Column source="type">
        <WordField source="type" group="partner_type" plain />
      </Column>
      <Column source="parentName" field={PlainField} />
    </Rows>
  </ConsoleList>
);
