import kit from '@concentric/service-kit';

const { namedId } = kit;

export const STORES = 500;
export const GUIDES = 1_500;
const CUSTOMERS = 0.7;

/** A small network: distributors, their stores, the stores' guides, in an order in which parents come first. */
export function partners() {
  const distributors = Array.from({ length: 20 }, (_, n) => ({
    code: `d-${n}`,
    type: 'distributor',
    name: `Distributor ${n}`,
  }));
  const stores = Array.from({ length: STORES }, (_, n) => ({
    code: `s-${n}`,
    type: 'store',
    name: `Store ${n}`,
    parentCode: `d-${n % 20}`,
  }));
  const guides = Array.from({ length: GUIDES }, (_, n) => ({
    code: `g-${n}`,
    type: 'guide',
    name: `Guide ${n}`,
    parentCode: `s-${n % STORES}`,
  }));
  return [...distributors, ...stores, ...guides];
}

/** Five shares on every line. */
export const plan = {
  code: 'load',
  name: 'Load',
  validFrom: '2020-01-01 00:00:00',
  budgetPpm: 500_000,
  rules: [
    { role: 'guide', recipient: { from: 'guide' }, ratePpm: 30_000 },
    { role: 'store', recipient: { from: 'store' }, ratePpm: 50_000 },
    { role: 'distributor', recipient: { from: 'store', climbTo: 'distributor' }, ratePpm: 20_000 },
    { role: 'bound', recipient: { from: 'bound' }, ratePpm: 30_000 },
    { role: 'region', recipient: { from: 'guide', climbTo: 'distributor' }, ratePpm: 5_000 },
  ],
};

/** The line of the n-th order: whole numbers that scatter, the same in every run. */
export function lineOf(n) {
  const guide = (n * 7919) % GUIDES;
  return { guideCode: `g-${guide}`, storeCode: `s-${guide % STORES}`, netMinor: 1_000 + ((n * 104_729) % 90_000) };
}

/** Number of the buyer of the n-th order: three of ten have bought before. */
export const buyerOf = (n) => Math.floor(((n * 48_271) % 1_000_003) * CUSTOMERS) % 700_000;

/** The n-th order as membership passes it on, at `at` (epoch ms) on `businessDate`. */
export function attributed(brandId, n, at, businessDate) {
  const occurredAt = new Date(at).toISOString();
  return {
    brandId,
    orderId: namedId(`load/order/${n}`),
    externalId: `o-${n}`,
    channel: 'till',
    channelDomain: 'offline',
    occurredAt,
    paidAt: occurredAt,
    businessDate,
    period: businessDate.slice(0, 7),
    currency: 'CNY',
    touchpoint: null,
    lines: [
      {
        lineNo: 1,
        sku: `sku-${n % 300}`,
        category: null,
        quantity: 1,
        costMinor: null,
        leaderCode: null,
        ...lineOf(n),
      },
    ],
    customerId: namedId(`load/customer/${buyerOf(n)}`),
    member: true,
    tier: 'T0',
    merged: [],
  };
}
