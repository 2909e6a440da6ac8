import { type adjustmentRow, type disputeRow, type heldOrderList, partnerName, type whyLineList } from '@concentric/contracts';
import type { Session } from '@concentric/replay';
import { namedId } from '@concentric/service-kit';
import { expectMoneyInOrder } from './assertions';
import { hire, refusalOf } from './crew';
import type { Flow } from './flow';
import { type Decision, type FlowBrand, type Of, order, type StatementRow } from './flow-brand';

const yes = { approve: true, reason: 'seen the letter' };

async function partnerOf(brand: FlowBrand, code: string): Promise<Session> {
  const { installation, crew } = brand.world;
  const scope = { kind: 'partner' as const, partnerId: namedId(partnerName(brand.brandId, code)) };
  return hire(installation, crew.admin, `${code}.${brand.code}`.toLowerCase(), ['partner'], scope, [brand.brandId]);
}

async function publish(brand: FlowBrand): Promise<void> {
  const items = (await brand.statements())
    .filter(({ state }) => state === 'DRAFT')
    .map(({ id, fingerprint }) => ({ statementId: id, fingerprint }));
  const done = { done: items.length, refused: [] };
  expect(await brand.post<Decision>('maker', '/statements/submit', { items })).toEqual(done);
  expect(await brand.post<Decision>('checker', '/statements/approve', { items })).toEqual(done);
  await brand.quiet();
}

async function statementOf(brand: FlowBrand, period: string, code: string): Promise<StatementRow> {
  const rows = await brand.statements();
  const found = rows.find((row) => row.period === period && row.partnerCode === code && row.state !== 'VOID');
  if (!found) throw new Error(`${code} has no statement of ${period}`);
  return found;
}

/** S1 disputes its one line of January; what is found to be owed is adjusted, and the statement stays as it was. */
async function dispute(brand: FlowBrand): Promise<void> {
  const store = await partnerOf(brand, 'S1');
  const base = `/brands/${brand.brandId}`;
  const { id, fingerprint } = await statementOf(brand, '2026-01', 'S1');
  const { data } = await store.get<Of<typeof whyLineList>>('distribution', `${base}/statements/${id}/why/lines?part=earned`);
  const claim = { items: [{ lineId: data[0]!.id, claimedMinor: 600 }], reason: 'the rate was 6 %' };
  const distributor = await partnerOf(brand, 'NORTH');
  expect(await refusalOf(distributor.post('distribution', `${base}/statements/${id}/dispute`, claim))).toMatchObject({
    status: 403,
    code: 'not_your_statement',
  });
  const opened = await store.post<Of<typeof disputeRow>>('distribution', `${base}/statements/${id}/dispute`, claim);
  const settled = { resolution: 'adjust', amountMinor: 100, reason: 'promised in writing' };
  await brand.post('maker', `/disputes/${opened.id}/propose`, settled);
  const decision = { ...settled, ...yes };
  expect(await refusalOf(brand.post('maker', `/disputes/${opened.id}/decide`, decision))).toMatchObject({ status: 403 });
  await brand.post('checker', `/disputes/${opened.id}/decide`, decision);
  await brand.quiet();
  expect(await statementOf(brand, '2026-01', 'S1')).toMatchObject({
    state: 'CONFIRMED',
    waitingFor: 'payee',
    netMinor: 500,
    fingerprint,
  });
}

/** What NORTH carries, below the minimum, is written off by two people. */
async function writeOff(brand: FlowBrand): Promise<void> {
  const { id, partnerId } = await statementOf(brand, '2026-01', 'NORTH');
  const leftover = { partnerId, kind: 'write-off', amountMinor: 200, reason: 'the distributor gave it up' };
  expect(await refusalOf(brand.post('maker', '/adjustments', leftover))).toMatchObject({
    code: 'write_off_beyond_carried',
  });
  const distributor = await partnerOf(brand, 'NORTH');
  await distributor.post('distribution', `/brands/${brand.brandId}/statements/${id}/confirm`, {});
  await brand.quiet();
  expect(await statementOf(brand, '2026-01', 'NORTH')).toMatchObject({ state: 'CARRIED', outcome: 'carry' });
  const { id: adjustmentId } = await brand.post<Of<typeof adjustmentRow>>('maker', '/adjustments', leftover);
  expect(await refusalOf(brand.post('maker', `/adjustments/${adjustmentId}/decide`, yes))).toMatchObject({
    status: 403,
  });
  await brand.post('checker', `/adjustments/${adjustmentId}/decide`, yes);
  expect(await refusalOf(brand.post('checker', `/adjustments/${adjustmentId}/decide`, yes))).toMatchObject({
    code: 'wrong_state',
  });
}

export const disputeFlows: Flow[] = [
  {
    name: 'settles a dispute by an adjustment, writes off a leftover, and rebuilds a void statement; the next statements hold all of it (inv 31-34, 40)',
    options: { settings: { minimumPayoutMinor: 250 } },
    async play(brand) {
      await brand.take({ orders: [order({ id: 'O1', at: '2026-01-05 10:00:00', net: 10_000, store: 'S1' })] });
      await brand.sealThrough('2026-01-31');
      await publish(brand);
      await dispute(brand);
      await writeOff(brand);
      await expectMoneyInOrder(brand);
      await brand.take({ orders: [order({ id: 'O2', at: '2026-02-05 10:00:00', net: 4_000, store: 'S1' })] });
      await brand.sealThrough('2026-02-28');
      expect(await statementOf(brand, '2026-02', 'S1')).toMatchObject({
        openingMinor: 500,
        earnedMinor: 200,
        adjustedMinor: 100,
        netMinor: 300,
        closingMinor: 800,
        outcome: 'pay',
      });
      const north = await statementOf(brand, '2026-02', 'NORTH');
      expect(north).toMatchObject({
        carriedInMinor: 200,
        earnedMinor: 80,
        writtenOffMinor: 200,
        netMinor: 80,
        closingMinor: 80,
        outcome: 'carry',
      });
      const settings = await brand.get<object>('distribution', '/settings');
      await brand.world.crew.approver.put('distribution', `/brands/${brand.brandId}/settings`, {
        ...settings,
        minimumPayoutMinor: 0,
      });
      await brand.post('maker', `/statements/${north.id}/void`, { reason: 'NORTH is to be paid to the cent' });
      expect(await refusalOf(brand.post('maker', `/statements/${north.id}/void/decide`, yes))).toMatchObject({
        status: 403,
      });
      await brand.post('checker', `/statements/${north.id}/void/decide`, yes);
      await brand.quiet();
      expect(await statementOf(brand, '2026-02', 'NORTH')).toMatchObject({
        revision: 2,
        netMinor: 80,
        outcome: 'pay',
        state: 'DRAFT',
      });
      await publish(brand);
      const periods = await brand.get<{ data: { period: string; state: string }[] }>('distribution', '/periods');
      expect(periods.data.map(({ period, state }) => `${period} ${state}`)).toEqual(['2026-03 OPEN', '2026-02 SEALED', '2026-01 SEALED']);
    },
  },
  {
    name: 'lets an order beyond its budget pass by two people, and never counts one that is void (inv 6, 40)',
    async play(brand) {
      const goods = {
        channel: 'till',
        externalId: 'O1',
        status: 'paid' as const,
        placedAt: '2026-01-05 10:00:00',
        buyer: [],
        storeCode: 'S1',
      };
      await brand.take({
        orders: [
          { ...goods, lines: [{ sku: 'P1', netMinor: 10_000, costMinor: 9_900 }] },
          order({ id: 'O2', at: '2026-01-06 10:00:00', net: 5_000, store: 'S9' }),
        ],
        refunds: [{ channel: 'till', externalId: 'R2', occurredAt: '2026-01-07 10:00:00', orderExternalId: 'O2' }],
      });
      await brand.sealThrough('2026-01-30');
      const { data } = await brand.get<Of<typeof heldOrderList>>('distribution', '/held-orders');
      expect(data.map(({ externalId, reason }) => [externalId, reason])).toEqual([
        ['O1', 'budget_exceeded'],
        ['O2', 'unknown_partner'],
      ]);
      for (const [index, action] of ['accept', 'void'].entries()) {
        await brand.post('maker', `/held-orders/${data[index]!.id}/propose`, {
          action,
          reason: 'agreed with the channel',
        });
        expect(await refusalOf(brand.post('maker', `/held-orders/${data[index]!.id}/decide`, { ...yes, action }))).toMatchObject({
          status: 403,
        });
        await brand.post('checker', `/held-orders/${data[index]!.id}/decide`, { ...yes, action });
      }
      await brand.quiet();
      await brand.sealThrough('2026-01-31');
      expect(await brand.earnings()).toEqual({ 'store/S1': 500, 'distributor/NORTH': 200 });
    },
  },
];
