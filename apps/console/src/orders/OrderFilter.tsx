import { AutocompleteInput, ReferenceInput } from 'react-admin';
import type { OrderRow } from '@concentric/contracts';

/** Looks an order up by the beginning of its number. */
export const OrderFilter = ({ source }: { source: string }) => (
  <ReferenceInput source={source} reference="orders" perPage={20} sort={{ field: 'id', order: 'DESC' }}>
    <AutocompleteInput
      label="commission.order"
      helperText={false}
      optionText={(row?: Partial<OrderRow>) => row?.externalId ?? ''}
      filterToQuery={(q: string) => ({ q })}
      sx={{ minWidth: 240 }}
    />
  </ReferenceInput>
);
