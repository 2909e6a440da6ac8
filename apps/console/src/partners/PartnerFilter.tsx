import { AutocompleteInput, ReferenceInput, type Validator } from 'react-admin';

interface PartnerFilterProps {
  source: string;
  alwaysOn?: boolean;
  label?: string;
  validate?: Validator;
}

/** Looks partners up while typing. `alwaysOn` is read by the filter form. */
export const PartnerFilter = ({ source, validate }: PartnerFilterProps) => (
  <ReferenceInput source={source} reference="partners" perPage={20} sort={{ field: 'id', order: 'ASC' }}>
    <AutocompleteInput
      label="partner.one"
      helperText={false}
      validate={validate}
      optionText={(row?: { name?: string; code?: string }) => (row?.name ? `${row.name} · ${row.code}` : '')}
      filterToQuery={(q: string) => ({ q })}
      sx={{ minWidth: 240 }}
    />
  </ReferenceInput>
);
