import type {
  bankFileRow,
  bankLineList,
  batchResult,
  payeeDecisionResult,
  payeeList,
  payoutDetail,
  payoutItemList,
  payoutItemRow,
} from '@concentric/contracts';
import { expectMoneyInOrder } from './assertions';
import { refusalOf } from './crew';
import type { Flow } from './flow';
import { type Decision, type FlowBrand, type Of, order } from './flow-brand';
import { RawCaller } from './http-call';

type Payout = Of<typeof payoutDetail>;
type Item = Of<typeof payoutItemRow>;

const settings = {
  disputeWindowDays: 0,
  payoutDebtor: { name: 'Tea House', account: '6222020200119999999', bankId: '102100099996' },
};

/** Two stores and their distributor have earned in January: S1 500, S3 1,000, NORTH 200, SOUTH 400. Stores are withheld a tenth. */
async function untilPayable(brand: FlowBrand): Promise<void> {
  const { id } = await brand.post<{ id: string }>('maker', '/withholding-rules', {
    partnerTypes: ['store'],
    currency: 'CNY',
    validFrom: '2026-01-01',
    exemptMinor: 0,
    deductMinor: 0,
    ratePpm: 100_000,
    reason: 'law',
  });
  await brand.post('checker', `/withholding-rules/${id}/decide`, { approve: true, reason: 'checked' });
  await brand.take({
    orders: [
      order({ id: 'O1', at: '2026-01-05 10:00:00', net: 10_000, store: 'S1' }),
      order({ id: 'O2', at: '2026-01-06 10:00:00', net: 20_000, store: 'S3' }),
    ],
  });
  await brand.sealThrough('2026-01-31');
  const items = (await brand.statements()).map((row) => ({ statementId: row.id, fingerprint: row.fingerprint }));
  expect(await brand.post<Decision>('maker', '/statements/submit', { items })).toMatchObject({ refused: [] });
  expect(await brand.post<Decision>('checker', '/statements/approve', { items })).toMatchObject({ refused: [] });
  await brand.quiet();
  expect(await waits(brand)).toEqual(['CONFIRMED payee']);
  await approvePayees(brand);
  await brand.quiet();
  expect(await waits(brand)).toEqual(['PAYABLE null']);
}

async function waits(brand: FlowBrand): Promise<string[]> {
  return [...new Set((await brand.statements()).map(({ state, waitingFor }) => `${state} ${waitingFor}`))];
}

async function approvePayees(brand: FlowBrand): Promise<void> {
  const items = ['NORTH', 'SOUTH', 'S1', 'S3'].map((partnerCode, index) => ({
    partnerCode,
    currency: 'CNY',
    holder: `Holder & Sons ${partnerCode}`,
    account: index === 0 ? 'DE89370400440532013000' : `622202020011223344${index}`,
    bankId: index === 0 ? 'COBADEFFXXX' : '102100099996',
    reason: 'contract',
  }));
  expect(await brand.post<Of<typeof batchResult>>('treasuryMaker', '/payees/batch', { items })).toMatchObject({
    accepted: 4,
    rejected: [],
  });
  const { data } = await brand.get<Of<typeof payeeList>>('distribution', '/payees?state=PROPOSED');
  expect(JSON.stringify(data)).not.toMatch(/Holder &|62220202|DE8937/);
  const payeeIds = data.map((payee) => payee.id);
  const decision = { payeeIds, approve: true, reason: 'compared with the contracts' };
  expect(await refusalOf(brand.post('treasuryMaker', '/payees/decide', decision))).toMatchObject({ status: 403 });
  expect(await brand.post<Of<typeof payeeDecisionResult>>('treasuryChecker', '/payees/decide', decision)).toEqual({
    done: 4,
    refused: [],
  });
}

/** Prepares, submits, approves and releases everything that is payable. */
async function send(brand: FlowBrand): Promise<Payout> {
  let payout = await brand.post<Payout>('treasuryMaker', '/payouts', { currency: 'CNY' });
  const act = async (by: 'treasuryMaker' | 'treasuryChecker', action: string) => {
    const { version } = payout;
    payout = await brand.post<Payout>(by, `/payouts/${payout.id}/${action}`, { version });
  };
  await act('treasuryMaker', 'submit');
  expect(await refusalOf(act('treasuryMaker', 'approve'))).toMatchObject({ status: 403 });
  await act('treasuryChecker', 'approve');
  expect(payout).toMatchObject({ state: 'FILE_READY', csvHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  await act('treasuryChecker', 'release');
  await brand.quiet();
  return payout;
}

async function itemsOf(brand: FlowBrand, payout: Payout): Promise<Map<string, Item>> {
  const { data } = await brand.get<Of<typeof payoutItemList>>('distribution', `/payout-items?payoutId=${payout.id}`);
  return new Map(data.map((item) => [item.partnerCode, item]));
}

async function reported(
  brand: FlowBrand,
  lines: readonly [Item | undefined, string, string][],
): Promise<Of<typeof bankFileRow>> {
  const rows = lines.map(
    ([item, status, ref]) =>
      `${item?.id.replaceAll('-', '')},${status},${brand.code}-${ref},${item?.amountMinor},2026-02-05,as the bank says`,
  );
  const file = ['item,status,bank_ref,amount_minor,booked_on,reason', ...rows].join('\n');
  const caller = await RawCaller.signIn(brand.world.installation, 'treasuryMaker');
  const path = `/brands/${brand.brandId}/payouts/bank-results`;
  const { status, body } = await caller.send('POST', 'distribution', path, file, { 'content-type': 'text/csv' });
  expect(status).toBe(200);
  await brand.quiet();
  return body as unknown as Of<typeof bankFileRow>;
}

async function states(brand: FlowBrand): Promise<Record<string, string>> {
  return Object.fromEntries((await brand.statements()).map(({ partnerCode, state }) => [partnerCode, state]));
}

export const payoutFlows: Flow[] = [
  {
    name: 'pays an order’s commission out: by approved details, less tax, in a batch of two persons, to the bank’s confirmation (inv 36, 37, 39, 40)',
    options: { settings },
    async play(brand) {
      await untilPayable(brand);
      const payout = await send(brand);
      expect(payout).toMatchObject({ state: 'SENT', items: 4, grossMinor: 2_100, taxMinor: 150, amountMinor: 1_950 });
      await expectMoneyInOrder(brand);
      const caller = await RawCaller.signIn(brand.world.installation, 'treasuryChecker');
      const file = await caller.send(
        'GET',
        'distribution',
        `/brands/${brand.brandId}/payouts/${payout.id}/file?format=pain001`,
      );
      expect([file.status, file.contentType]).toEqual([200, expect.stringContaining('application/xml')]);
      const items = [...(await itemsOf(brand, payout)).values()];
      const all = items.map((item): [Item, string, string] => [item, 'PAID', item.partnerCode]);
      expect(await reported(brand, all)).toMatchObject({ lines: 4, matched: 4, repeated: false });
      expect(await reported(brand, all)).toMatchObject({ lines: 4, matched: 4, repeated: true });
      expect(new Set(Object.values(await states(brand)))).toEqual(new Set(['PAID']));
      const { data } = await brand.get<Of<typeof bankLineList>>(
        'distribution',
        `/bank-lines?statementId=${items[0]!.statementId}`,
      );
      expect(data).toMatchObject([{ itemId: items[0]!.id, payoutId: payout.id, match: 'matched', state: 'BOOKED' }]);
    },
  },
  {
    name: 'pays what the bank could not by a new item, and takes back what comes back (inv 38)',
    options: { settings },
    async play(brand) {
      await untilPayable(brand);
      const first = await itemsOf(brand, await send(brand));
      await reported(brand, [
        [first.get('S1'), 'FAILED', '1'],
        [first.get('S3'), 'PAID', '2'],
        [first.get('NORTH'), 'PAID', '3'],
        [first.get('SOUTH'), 'PENDING', ''],
      ]);
      expect(await states(brand)).toEqual({ NORTH: 'PAID', S1: 'PAYABLE', S3: 'PAID', SOUTH: 'IN_PAYOUT' });
      await expectMoneyInOrder(brand);
      const second = await itemsOf(brand, await send(brand));
      expect([...second.values()]).toMatchObject([
        { partnerCode: 'S1', replacesId: first.get('S1')!.id, amountMinor: 450 },
      ]);
      await reported(brand, [[second.get('S1'), 'PAID', '4']]);
      expect(
        await reported(brand, [
          [first.get('NORTH'), 'RETURNED', '3'],
          [first.get('SOUTH'), 'PAID', '5'],
        ]),
      ).toMatchObject({ waiting: 2 });
      await expectMoneyInOrder(brand);
      const { data } = await brand.get<Of<typeof bankLineList>>('distribution', '/bank-lines?state=WAITING');
      for (const { id } of data)
        await brand.post('treasuryChecker', `/bank-lines/${id}/confirm`, {
          approve: true,
          reason: 'the bank’s letter',
        });
      await brand.quiet();
      expect(await states(brand)).toEqual({ NORTH: 'PAYABLE', S1: 'PAID', S3: 'PAID', SOUTH: 'PAID' });
      await brand.sealThrough('2026-02-28');
    },
  },
];
