import type { BrandRow, OperatorInput, OrderInput, ServiceName } from '@concentric/contracts';
import { serviceRank } from '@concentric/contracts';
import { type Day, openBrand, runHistory, Session, setClocks, type ServiceUrls } from '@concentric/replay';
import { ADMIN_PASSWORD } from './running-console';

export const PASSWORD = 'browser-test-2025';
const ZONE = 'Asia/Shanghai';
const CHANNELS = ['till', 'mini-program'] as const;
const ORDERS = 60;

/** What the specs look at. */
export interface SmallBrand {
  readonly brandId: string;
  readonly orderCount: number;
  /** By code, such as `S1`. */
  readonly partnerIds: Readonly<Record<string, string>>;
  /** Signs somebody of the brand in at the services. */
  readonly as: (name: string) => Session;
}

const empty = (businessDate: string): Day => ({
  businessDate,
  products: [],
  partners: [],
  orders: [],
  refunds: [],
  expenses: [],
});
const two = (value: number) => String(value).padStart(2, '0');

function order(index: number, businessDate: string): OrderInput {
  return {
    channel: CHANNELS[index % 2] ?? 'till',
    externalId: `B${1000 + index}`,
    status: 'completed',
    placedAt: `${businessDate} 10:${two(index % 60)}:00`,
    buyer: [{ type: 'phone', value: `1390000${1000 + (index % 20)}` }],
    storeCode: index % 3 === 0 ? 'S2' : 'S1',
    lines: [{ sku: 'TEA', quantity: 1, netMinor: 10_000 + index * 100 }],
  };
}

/** January 2025: a network, sixty orders on ten dates and one refund; in the middle of the month a store moves. */
async function* january(): AsyncGenerator<Day> {
  const partners: Day['partners'] = [
    { code: 'D1', type: 'distributor', name: '华东经销商 East', validFrom: '2025-01-01 00:00:00' },
    { code: 'D2', type: 'distributor', name: '华南经销商 South', validFrom: '2025-01-01 00:00:00' },
    { code: 'S1', type: 'store', name: '人民路店 Renmin Road', parentCode: 'D1', validFrom: '2025-01-01 00:00:00' },
    { code: 'S2', type: 'store', name: '中山路店 Zhongshan Road', parentCode: 'D1', validFrom: '2025-01-01 00:00:00' },
  ];
  const moved: Day['partners'] = [
    { code: 'S2', type: 'store', name: '中山路店 Zhongshan Road', parentCode: 'D2', validFrom: '2025-01-15 00:00:00' },
  ];
  const products: Day['products'] = [
    { sku: 'TEA', name: '乌龙茶 Oolong tea', category: 'tea', unitCostMinor: 4000, costFrom: '2025-01-01' },
  ];
  for (let day = 0; day < 10; day += 1) {
    const businessDate = `2025-01-${two(1 + day * 2)}`;
    const orders = Array.from({ length: ORDERS / 10 }, (_, index) => order((day * ORDERS) / 10 + index, businessDate));
    const refunds: Day['refunds'] =
      day === 5
        ? [
            {
              channel: 'till',
              externalId: 'R1',
              orderExternalId: 'B1000',
              occurredAt: `${businessDate} 12:00:00`,
              amountMinor: 5000,
            },
          ]
        : [];
    yield {
      ...empty(businessDate),
      orders,
      refunds,
      partners: day === 0 ? partners : day === 8 ? moved : [],
      products: day === 0 ? products : [],
    };
  }
}

const hire = (
  admin: Session,
  brandId: string,
  name: string,
  displayName: string,
  roles: OperatorInput['roles'],
  scope: OperatorInput['scope'],
) =>
  admin.post('organization', '/operators', {
    name,
    displayName,
    password: PASSWORD,
    roles,
    brands: [brandId],
    scope,
    departmentId: null,
  });

/** Opens a small brand and lives through a month of it, so that there are closed periods and statements to review. */
export async function loadSmallBrand(url: string, { autoClose = true } = {}): Promise<SmallBrand> {
  const urls = Object.fromEntries(Object.keys(serviceRank).map((service) => [service, url])) as Record<ServiceName, string> as ServiceUrls;
  const admin = new Session(urls, 'admin', ADMIN_PASSWORD);
  const as = (name: string) => new Session(urls, name, PASSWORD);
  await setClocks(admin, Date.parse('2024-12-31T16:00:00.000Z'));
  const brand = {
    code: 'teahouse',
    name: '山语茶 Shanyu Tea',
    zone: ZONE,
    currency: 'CNY',
    channels: [
      { code: 'till', domain: 'offline' as const, name: '门店收银' },
      { code: 'mini-program', domain: 'private' as const, name: '小程序' },
    ],
  };
  const { brandId } = await admin.post<BrandRow>('commerce', '/brands', brand);
  await hire(admin, brandId, 'author', '陈浩', ['channel_author'], { kind: 'all' });
  await hire(admin, brandId, 'approver', '何丽', ['channel_approver'], { kind: 'all' });
  await hire(admin, brandId, 'maker', '吴静', ['finance_maker'], { kind: 'all' });
  await hire(admin, brandId, 'checker', '郭强', ['finance_checker'], { kind: 'all' });
  await hire(admin, brandId, 'second-checker', '沈洁', ['finance_checker'], { kind: 'all' });
  await hire(admin, brandId, 'treasury-maker', '孙悦', ['treasury_maker'], { kind: 'all' });
  await hire(admin, brandId, 'treasury-checker', '马骏', ['treasury_checker'], { kind: 'all' });
  await hire(admin, brandId, 'second-treasury-checker', '韩磊', ['treasury_checker'], { kind: 'all' });
  await hire(admin, brandId, 'auditor', '孙伟', ['auditor'], { kind: 'all' });
  await hire(admin, brandId, 'operations', '罗磊', ['operations'], { kind: 'all' });
  await hire(admin, brandId, 'members', '周敏', ['member_manager'], { kind: 'all' });
  const rule = { categories: [], channels: [], base: 'net' as const };
  await openBrand(
    { setup: admin, author: as('author'), approver: as('approver') },
    {
      brand,
      registerOnPurchase: true,
      settings: { holdingDays: 3, bindTo: ['store'], bindingDelaySeconds: null, autoClose },
      plans: [
        {
          code: 'basic',
          name: '基础分润 Basic',
          validFrom: '2024-12-31T16:00:00.000Z',
          budgetPpm: 200_000,
          rules: [
            { ...rule, role: 'store', recipient: { from: 'store' }, ratePpm: 50_000 },
            { ...rule, role: 'distributor', recipient: { from: 'store', climbTo: 'distributor' }, ratePpm: 20_000 },
          ],
        },
      ],
    },
  );
  const options = {
    session: as('operations'),
    brandId,
    zone: ZONE,
    channels: CHANNELS,
    firstDate: '2025-01-01',
    asOf: '2025-02-10',
  };
  await runHistory({ ...options, days: january() });
  const { data } = await as('operations').get<{ data: { id: string; code: string }[] }>('distribution', `/brands/${brandId}/partners`);
  const partnerIds = Object.fromEntries(data.map(({ id, code }) => [code, id]));
  await hire(admin, brandId, 'distributor-one', '华东经销商', ['partner'], { kind: 'partner', partnerId: partnerIds['D1'] ?? '' });
  await hire(admin, brandId, 'store-one', '人民路店', ['partner'], { kind: 'partner', partnerId: partnerIds['S1'] ?? '' });
  return { brandId, orderCount: ORDERS, partnerIds, as };
}
