import { lazy, type ComponentType } from 'react';
import type { ResourceProps } from 'react-admin';
import { DepartmentName } from './departments/DepartmentName';

/** A page that is loaded when it is first opened. */
function page<M>(load: () => Promise<M>, name: keyof M): ComponentType {
  return lazy(async () => ({ default: (await load())[name] as ComponentType }));
}

const touchpointInputs = () => import('./touchpoints/TouchpointInputs');
const departmentInputs = () => import('./departments/DepartmentInputs');
const operatorInputs = () => import('./operators/OperatorInputs');

/** Every resource and its pages. The menu is arranged by workspace, not by this list. */
export const resources: ResourceProps[] = [
  {
    name: 'orders',
    list: page(() => import('./orders/OrderList'), 'OrderList'),
    show: page(() => import('./orders/OrderShow'), 'OrderShow'),
    recordRepresentation: 'externalId',
  },
  { name: 'refunds', list: page(() => import('./refunds/RefundList'), 'RefundList') },
  { name: 'products', list: page(() => import('./products/ProductList'), 'ProductList') },
  {
    name: 'imports',
    list: page(() => import('./imports/ImportList'), 'ImportList'),
    create: page(() => import('./imports/ImportCreate'), 'ImportCreate'),
    show: page(() => import('./imports/ImportShow'), 'ImportShow'),
  },
  {
    name: 'members',
    list: page(() => import('./members/MemberList'), 'MemberList'),
    show: page(() => import('./members/MemberShow'), 'MemberShow'),
  },
  {
    name: 'partners',
    list: page(() => import('./partners/PartnerList'), 'PartnerList'),
    show: page(() => import('./partners/PartnerShow'), 'PartnerShow'),
    recordRepresentation: 'name',
  },
  { name: 'bindings', list: page(() => import('./bindings/BindingList'), 'BindingList') },
  {
    name: 'plans',
    list: page(() => import('./plans/PlanList'), 'PlanList'),
    create: page(() => import('./plans/PlanCreate'), 'PlanCreate'),
  },
  { name: 'commission-lines', list: page(() => import('./commission/CommissionLineList'), 'CommissionLineList') },
  { name: 'held-orders', list: page(() => import('./held-orders/HeldOrderList'), 'HeldOrderList') },
  { name: 'held-refunds', list: page(() => import('./held-refunds/HeldRefundList'), 'HeldRefundList') },
  { name: 'periods', list: page(() => import('./periods/PeriodList'), 'PeriodList') },
  {
    name: 'statements',
    list: page(() => import('./statements/StatementList'), 'StatementList'),
    show: page(() => import('./statements/StatementShow'), 'StatementShow'),
  },
  { name: 'disputes', list: page(() => import('./disputes/DisputeList'), 'DisputeList') },
  {
    name: 'adjustments',
    list: page(() => import('./adjustments/AdjustmentList'), 'AdjustmentList'),
    create: page(() => import('./adjustments/AdjustmentCreate'), 'AdjustmentCreate'),
  },
  {
    name: 'recalculations',
    list: page(() => import('./recalculations/RecalculationList'), 'RecalculationList'),
    create: page(() => import('./recalculations/RecalculationCreate'), 'RecalculationCreate'),
    show: page(() => import('./recalculations/RecalculationShow'), 'RecalculationShow'),
  },
  {
    name: 'payouts',
    list: page(() => import('./payouts/PayoutList'), 'PayoutList'),
    create: page(() => import('./payouts/PayoutCreate'), 'PayoutCreate'),
    show: page(() => import('./payouts/PayoutShow'), 'PayoutShow'),
  },
  { name: 'payout-items', list: page(() => import('./payouts/PayoutItemList'), 'PayoutItemList') },
  { name: 'bank-files', list: page(() => import('./bank/BankFileList'), 'BankFileList') },
  { name: 'bank-lines', list: page(() => import('./bank/BankLineList'), 'BankLineList') },
  {
    name: 'payees',
    list: page(() => import('./payees/PayeeList'), 'PayeeList'),
    create: page(() => import('./payees/PayeeCreate'), 'PayeeCreate'),
  },
  {
    name: 'withholding-rules',
    list: page(() => import('./withholding/WithholdingList'), 'WithholdingList'),
    create: page(() => import('./withholding/WithholdingCreate'), 'WithholdingCreate'),
  },
  {
    name: 'touchpoints',
    list: page(() => import('./touchpoints/TouchpointList'), 'TouchpointList'),
    create: page(touchpointInputs, 'TouchpointCreate'),
    edit: page(touchpointInputs, 'TouchpointEdit'),
    recordRepresentation: 'name',
  },
  {
    name: 'operators',
    list: page(() => import('./operators/OperatorList'), 'OperatorList'),
    create: page(operatorInputs, 'OperatorCreate'),
    edit: page(operatorInputs, 'OperatorEdit'),
    recordRepresentation: 'displayName',
  },
  {
    name: 'departments',
    list: page(() => import('./departments/DepartmentList'), 'DepartmentList'),
    create: page(departmentInputs, 'DepartmentCreate'),
    edit: page(departmentInputs, 'DepartmentEdit'),
    recordRepresentation: <DepartmentName />,
  },
];
