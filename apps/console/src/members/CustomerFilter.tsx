import { AutocompleteInput, ReferenceInput } from 'react-admin';
import type { MemberRow } from '@concentric/contracts';

/** Finds a customer by the whole phone number. `alwaysOn` is read by the filter form. */
export const CustomerFilter = ({ source }: { source: string; alwaysOn?: boolean }) => (
  <ReferenceInput source={source} reference="members" perPage={20}>
    <AutocompleteInput
      label="member.one"
      helperText={false}
      optionText={(row?: MemberRow) => row?.identities[0]?.masked ?? ''}
      filterToQuery={(typed: string) => ({ identityValue: typed })}
      TextFieldProps={{ placeholder: '138…' }}
      sx={{ minWidth: 220 }}
    />
  </ReferenceInput>
);
