import type { ProductRow } from '@concentric/contracts';
import History from '@mui/icons-material/HistoryOutlined';
import { IconButton, Tooltip } from '@mui/material';
import { useState } from 'react';
import { TextInput, useRecordContext, useTranslate } from 'react-admin';
import { DateOnly, InstantField, Money, PlainField } from '../fields/fields';
import { Search } from '../pages/Search';
import { ConsoleList } from '../pages/ConsoleList';
import { PlainTable } from '../pages/PlainTable';
import { SideDrawer } from '../pages/SideDrawer';
import { Column, Figures, Rows } from '../pages/Rows';
import { useBrand } from '../providers/brand';

const filters = [<Search key="q" source="q" alwaysOn hint="resources.products.search" />, <TextInput key="category" source="category" />];

const CostHistory = () => {
  const product = useRecordContext<ProductRow & { id: string }>();
  const brand = useBrand();
  if (!product || !brand) return null;
  return (
    <PlainTable
      rows={product.costs}
      keyOf={(cost) => cost.from}
      columns={[
        { label: 'product.cost_from', cell: (cost) => <DateOnly value={cost.from} /> },
        {
          label: 'product.unit_cost',
          right: true,
          cell: (cost) => <Money minor={cost.unitCostMinor} currency={brand.currency} />,
        },
      ]}
    />
  );
};

/** What it costs now, and from which day it cost what. */
const Cost = () => {
  const translate = useTranslate();
  const product = useRecordContext<ProductRow & { id: string }>();
  const brand = useBrand();
  const [open, setOpen] = useState(false);
  if (!product || !brand || product.costs.length === 0) return <Money minor={null} currency="" />;
  return (
    <>
      <Money minor={product.costs[0]?.unitCostMinor} currency={brand.currency} />
      <Tooltip title={translate('product.cost_history')}>
        <IconButton size="small" color="primary" onClick={() => setOpen(true)} aria-label={translate('product.cost_history')}>
          <History fontSize="small" />
        </IconButton>
      </Tooltip>
      <SideDrawer title="product.cost_history" open={open} onClose={() => setOpen(false)}>
        <CostHistory />
      </SideDrawer>
    </>
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
      rowClick={false}
      phone={{ primary: (row) => row.name, secondary: (row) => row.sku, tertiary: (row) => row.category }}
    >
      <Column source="sku" sortable />
      <Column source="name" />
      <Column source="category" field={PlainField} />
      <Figures source="costs" field={Cost} />
      <Column source="updatedAt" sortable field={InstantField} />
    </Rows>
  </ConsoleList>
);
