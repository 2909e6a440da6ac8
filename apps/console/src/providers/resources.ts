type Row = Readonly<Record<string, unknown>>;
type Filter = Row;

/** Where a resource lives and which of its fields identifies a row. */
export interface Endpoint {
  /** Below `/api/<service>`; brand data below `/brands/:brandId`. */
  service: string;
  path: string;
  id: string;
  brand: boolean;
  /** The whole list comes at once, without pages. */
  whole?: boolean;
  /** What a new row is called in the answer to its creation, where that differs. */
  createdId?: string;
  /** There is no path for one row: it is looked up in the list. */
  one?: 'in-list';
  /** Where a new row is sent, when that is not the list. */
  createAt?: (row: Row) => { method: 'POST' | 'PUT'; path: string; body: Row };
  /** What the service is asked for what people have typed so far. */
  ask?: (filter: Filter) => Filter;
}

const ofBrand = (service: string, path: string, id = 'id', more: Partial<Endpoint> = {}): Endpoint => ({
  service,
  path,
  id,
  brand: true,
  ...more,
});

/** An identity is looked up by its kind and its value together: most often by phone, and not before there is a value. */
export function askByIdentity({ identityType, identityValue, ...others }: Filter): Filter {
  const value = typeof identityValue === 'string' ? identityValue.trim() : '';
  return value === '' ? others : { ...others, identityType: identityType || 'phone', identityValue: value };
}

/** Payee details are proposed for a partner. */
const payeeOf = ({ partnerId, ...body }: Row) => ({
  method: 'PUT' as const,
  path: `partners/${String(partnerId)}/payee`,
  body,
});

export const ENDPOINTS: Record<string, Endpoint> = {
  orders: ofBrand('commerce', 'orders', 'orderId'),
  refunds: ofBrand('commerce', 'refunds', 'refundId', { one: 'in-list' }),
  products: ofBrand('commerce', 'products', 'sku', { one: 'in-list' }),
  imports: ofBrand('commerce', 'imports', 'importId'),
  members: ofBrand('membership', 'members', 'customerId', { ask: askByIdentity }),
  partners: ofBrand('distribution', 'partners'),
  bindings: ofBrand('distribution', 'bindings', 'id', { one: 'in-list' }),
  plans: ofBrand('distribution', 'plans', 'id', { whole: true, one: 'in-list', createdId: 'planVersionId' }),
  'commission-lines': ofBrand('distribution', 'commission-lines', 'id', { one: 'in-list' }),
  'held-orders': ofBrand('distribution', 'held-orders', 'id', { one: 'in-list' }),
  'held-refunds': ofBrand('distribution', 'held-refunds', 'id', { one: 'in-list' }),
  periods: ofBrand('distribution', 'periods', 'id', { whole: true, one: 'in-list' }),
  statements: ofBrand('distribution', 'statements'),
  disputes: ofBrand('distribution', 'disputes', 'id', { one: 'in-list' }),
  adjustments: ofBrand('distribution', 'adjustments', 'id', { one: 'in-list' }),
  payees: ofBrand('distribution', 'payees', 'id', { one: 'in-list', createAt: payeeOf }),
  'withholding-rules': ofBrand('distribution', 'withholding-rules', 'id', { whole: true, one: 'in-list' }),
  recalculations: ofBrand('distribution', 'recalculations'),
  payouts: ofBrand('distribution', 'payouts'),
  'payout-items': ofBrand('distribution', 'payout-items', 'id', { one: 'in-list' }),
  'bank-files': ofBrand('distribution', 'bank-files', 'id', { one: 'in-list' }),
  'bank-lines': ofBrand('distribution', 'bank-lines', 'id', { one: 'in-list' }),
  touchpoints: ofBrand('content-planning', 'touchpoints', 'id', { one: 'in-list' }),
  operators: { service: 'organization', path: 'operators', id: 'id', brand: false, one: 'in-list' },
  departments: { service: 'organization', path: 'departments', id: 'id', brand: false, whole: true, one: 'in-list' },
};

export function endpointOf(resource: string): Endpoint {
  const endpoint = ENDPOINTS[resource];
  if (!endpoint) throw new Error(`unknown resource ${resource}`);
  return endpoint;
}
