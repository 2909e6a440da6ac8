import type { ProductRow } from '@concentric/contracts';
import { TextInput, useRecordContext } from 'react-admin';
import { InstantField, Money, PlainField } from '../fields/fields';
import { Search } from '../pages/Search';
import { ConsoleList } from '../pages/ConsoleList';
import { PlainTable } from '../pages/PlainTable';
import { Column, Figures, Rows } from '../pages/Rows';
import { useBrand } from '../providers/brand';

const filters = [<Search key="q" source="q" alwaysOn hint="resources.products.search" />, <TextInput key="category" source="category" />];

const LatestCost = () => {
  const product = useRecordContext<ProductRow & { id: string }>();
  const brand = useBrand();
  return brand ? <Money minor={product?.costs[0]?.unitCostMinor} currency={brand.currency} /> : null;
};

const CostHistory = () => {
  const product = useRecordContext<ProductRow & { id: string }>();
  const brand = useBrand();
  if (!product || !brand) return null;
  return (
    <PlainTable
      rows={product.costs}
      keyOf={(cost) => cost.from}
      columns={[
        { label: 'product.cost_from', cell: (cost) => cost.from },
        {
          label: 'product.unit_cost',
          right: true,
          cell: (cost) => <Money minor={cost.unitCostMinor} currency={brand.currency} />,
        },
      ]}
    />
  );
};

export const ProductList = () => (
  <ConsoleList
    filters={filters}
    sort={{ field: 'sku', order: 'ASC' }}
    emptyName="products"
    begin={{ label: 'imports.begin', to: '/imports/create', resource: 'imports', action: 'create' }}
  >
    <Rows<ProductRow & { id: string }>
      rowClick="expand"
      expand={<CostHistory />}
      phone={{ primary: (row) => row.name, secondary: (row) => row.sku, tertiary: (row) => row.category }}
    >
      <Column source="sku" sortable />
      <Column source="name" />
      <Column source="category" field={PlainField} />
      <Figures source="costs" field={LatestCost} />
      <Column source="updatedAt" sortable field={InstantField} />
    </Rows>
  </ConsoleList>
);
