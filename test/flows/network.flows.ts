import type { bindingList, commissionLineList, heldOrderList, OrderRow, partnerList, partnerTree } from '@concentric/contracts';
import { partnerName } from '@concentric/contracts';
import { Session } from '@concentric/replay';
import { namedId } from '@concentric/service-kit';
import { refusalOf } from './crew';
import type { Flow } from './flow';
import { type Of, order } from './flow-brand';

type HeldOrders = Of<typeof heldOrderList>;

export const networkFlows: Flow[] = [
  {
    name: 'pays the chain above a store as it stood when the order was placed, across a move (inv 8, 9)',
    async play(brand) {
      await brand.take({
        partners: [{ code: 'S2', type: 'store', name: 'Store 2', parentCode: 'SOUTH', validFrom: '2026-02-01 00:00:00' }],
        orders: [
          order({ id: 'O1', at: '2026-01-31 23:59:59', net: 10_000, store: 'S2' }),
          order({ id: 'O2', at: '2026-02-01 00:00:00', net: 20_000, store: 'S2' }),
        ],
      });
      await brand.sealThrough('2026-02-28');
      expect(await brand.earnings()).toEqual({ 'store/S2': 1_500, 'distributor/NORTH': 200, 'distributor/SOUTH': 400 });
      const childrenOf = async (code: string, asOf: string) => {
        const tree = await brand.get<Of<typeof partnerTree>>(
          'distribution',
          `/partners/tree?asOf=${asOf}&parentId=${namedId(partnerName(brand.brandId, code))}`,
        );
        return tree.data.map((partner) => partner.code).sort();
      };
      expect(await childrenOf('NORTH', '2026-01-31T15:59:59.999Z')).toEqual(['L1', 'S1', 'S2']);
      expect(await childrenOf('NORTH', '2026-01-31T16:00:00.000Z')).toEqual(['L1', 'S1']);
      expect(await childrenOf('SOUTH', '2026-01-31T16:00:00.000Z')).toEqual(['S2', 'S3']);
    },
  },
  {
    name: 'holds an order that names an unknown store and evaluates it as of its own time when the store arrives (inv 8, 9)',
    async play(brand) {
      await brand.take({
        orders: [
          order({ id: 'O1', at: '2026-01-05 10:00:00', net: 10_000, buyer: 'b1', store: 'S9' }),
          order({ id: 'O2', at: '2026-01-06 10:00:00', net: 10_000, store: 'S1' }),
        ],
      });
      await brand.sealThrough('2026-01-10');
      expect((await brand.get<HeldOrders>('distribution', '/held-orders')).data).toMatchObject([
        { externalId: 'O1', reason: 'unknown_partner' },
      ]);
      expect(await brand.earnings()).toEqual({ 'store/S1': 500, 'distributor/NORTH': 200 });
      await brand.take({
        partners: [{ code: 'S9', type: 'store', name: 'Store 9', parentCode: 'SOUTH', validFrom: '2026-01-01 00:00:00' }],
      });
      expect((await brand.get<HeldOrders>('distribution', '/held-orders')).data).toEqual([]);
      expect(await brand.earnings()).toEqual({
        'store/S1': 500,
        'distributor/NORTH': 200,
        'store/S9': 500,
        'distributor/SOUTH': 200,
      });
      await brand.sealThrough('2026-01-31');
    },
  },
  {
    name: 'keeps the older binding when two persons turn out to be one (inv 10)',
    async play(brand) {
      const phone = { type: 'phone', value: '13800138000' } as const;
      const email = { type: 'email', value: 'mei@example.com' } as const;
      await brand.take({
        orders: [{ ...order({ id: 'O1', at: '2026-01-05 10:00:00', net: 10_000, store: 'S1' }), buyer: [phone] }],
      });
      await brand.take({
        orders: [{ ...order({ id: 'O2', at: '2026-01-06 10:00:00', net: 10_000, store: 'S3' }), buyer: [email] }],
      });
      await brand.sealThrough('2026-01-09');
      await brand.take({
        orders: [{ ...order({ id: 'O3', at: '2026-01-10 10:00:00', net: 10_000, store: 'S2' }), buyer: [phone, email] }],
      });
      await brand.sealThrough('2026-01-11');
      await brand.take({
        orders: [{ ...order({ id: 'O4', at: '2026-01-12 10:00:00', net: 10_000, store: 'S2' }), buyer: [email] }],
      });
      await brand.sealThrough('2026-01-31');
      expect(await brand.earnings()).toEqual({
        'store/S1': 500,
        'store/S3': 500,
        'store/S2': 1_000,
        'distributor/NORTH': 600,
        'distributor/SOUTH': 200,
        'bound/S1': 600,
      });
      const bindings = (await brand.get<Of<typeof bindingList>>('distribution', '/bindings')).data;
      expect(bindings.filter(({ validTo }) => validTo === null).map(({ partnerCode }) => partnerCode)).toEqual(['S1']);
      expect(bindings.filter(({ partnerCode }) => partnerCode === 'S3')).toMatchObject([{ endReason: 'merged' }]);
    },
  },
  {
    name: 'shows a partner the rows of its own subtree and nothing else',
    async play(brand) {
      await brand.take({
        orders: [
          order({ id: 'O1', at: '2026-01-05 10:00:00', net: 10_000, buyer: 'b1', store: 'S1' }),
          order({ id: 'O2', at: '2026-01-06 10:00:00', net: 10_000, buyer: 'b2', store: 'S3' }),
        ],
      });
      await brand.sealThrough('2026-01-31');
      const { installation, crew } = brand.world;
      const name = `south.${brand.code}`;
      const partnerId = namedId(partnerName(brand.brandId, 'SOUTH'));
      await crew.admin.post('organization', '/operators', {
        name,
        displayName: name,
        password: installation.adminPassword,
        roles: ['partner'],
        brands: [brand.brandId],
        scope: { kind: 'partner', partnerId },
        departmentId: null,
      });
      const south = new Session(installation.urls, name, installation.adminPassword);
      const base = `/brands/${brand.brandId}`;
      const codes = (await south.get<Of<typeof partnerList>>('distribution', `${base}/partners`)).data.map(({ code }) => code);
      expect(codes.sort()).toEqual(['S3', 'SOUTH']);
      const lines = (await south.get<Of<typeof commissionLineList>>('distribution', `${base}/commission-lines`)).data;
      expect(lines.map(({ partnerCode }) => partnerCode).sort()).toEqual(['S3', 'SOUTH']);
      expect((await south.get<{ data: OrderRow[] }>('commerce', `${base}/orders`)).data.map(({ externalId }) => externalId)).toEqual([
        'O2',
      ]);
      expect((await south.get<{ data: unknown[] }>('membership', `${base}/members`)).data).toHaveLength(1);
      const foreign = (await brand.statements()).find(({ partnerCode }) => partnerCode === 'NORTH');
      expect((await refusalOf(south.get('distribution', `${base}/statements/${foreign?.id}`))).status).toBe(404);
      expect((await refusalOf(south.get('distribution', `${base}/partners/${namedId(partnerName(brand.brandId, 'S1'))}`))).status).toBe(
        404,
      );
      expect((await refusalOf(south.get('distribution', `${base}/trial-balance`))).status).toBe(403);
    },
  },
];
