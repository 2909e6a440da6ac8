import type { disputeList, payeeList, payoutItemList, payoutList, payoutRow, statementList, whyLineList } from '@concentric/contracts';
import type { z } from 'zod';
import type { Session } from '../target/api';

/** Who pays, and who objects to what they are paid. */
export interface Paying {
  readonly treasury: Session;
  readonly treasuryLead: Session;
  readonly distributor: Session;
}

type Payout = z.infer<typeof payoutRow>;

/** Partners whose account nobody has approved yet: something for the treasury to decide on. */
const LEFT_PROPOSED = 4;
/** What has become of the payouts, the oldest month first: settled by the bank, on its way, to be approved. */
const PAID_MONTHS = ['2025-01', '2025-02', '2025-03'] as const;
const BOOKED_ON = '2026-01-10';

/** Distributors name their accounts, and two people of the treasury approve most of them. What is there already is not proposed again. */
export async function namePayees({ treasury, treasuryLead }: Paying, brandId: string): Promise<void> {
  const base = `/brands/${brandId}`;
  const payees = () => treasury.get<z.infer<typeof payeeList>>('distribution', `${base}/payees?limit=500`);
  if ((await payees()).total === 0) {
    const { data } = await treasury.get<{ data: { code: string; name: string }[] }>(
      'distribution',
      `${base}/partners?type=distributor&limit=500&sort=code`,
    );
    const items = data.map(({ code, name }, index) => ({
      partnerCode: code,
      currency: 'CNY',
      holder: name,
      account: `62220202001${String(10_000_000 + index)}`,
      bankId: '102100099996',
      reason: '渠道合同 Distribution contract',
    }));
    await treasury.post('distribution', `${base}/payees/batch`, { items });
  }
  const proposed = (await payees()).data
    .filter(({ state }) => state === 'PROPOSED')
    .sort((a, b) => (a.partnerCode < b.partnerCode ? -1 : 1));
  const payeeIds = proposed.slice(0, -LEFT_PROPOSED).map(({ id }) => id);
  if (payeeIds.length > 0)
    await treasuryLead.post('distribution', `${base}/payees/decide`, {
      payeeIds,
      approve: true,
      reason: '与合同核对一致 As in the contract',
    });
}

/** A distributor objects to a line of its last statement, while there is time to. */
export async function disputeStatement({ distributor }: Paying, brandId: string): Promise<void> {
  const base = `/brands/${brandId}`;
  const get = <T>(path: string) => distributor.get<T>('distribution', `${base}${path}`);
  if ((await get<z.infer<typeof disputeList>>('/disputes?limit=1')).total > 0) return;
  const { partnerId } = await ownScope(distributor);
  const { data } = await get<z.infer<typeof statementList>>(`/statements?partnerId=${partnerId}&state=PUBLISHED&limit=500`);
  const last = data.sort((a, b) => (a.period < b.period ? 1 : -1))[0];
  if (!last) return;
  const lines = await get<z.infer<typeof whyLineList>>(`/statements/${last.id}/why/lines?part=earned&limit=1`);
  await distributor.post('distribution', `${base}/statements/${last.id}/dispute`, {
    items: lines.data.map(({ id }) => ({ lineId: id, claimedMinor: 5_000 })),
    reason: '该订单应按活动比例分润 This order belongs to the campaign',
  });
}

/** Pays distributors for the first months: one month settled but for an account that the bank refused, one on its way, one to be approved. */
export async function payDistributors({ treasury, treasuryLead }: Paying, brandId: string): Promise<void> {
  const base = `/brands/${brandId}`;
  const known = await treasury.get<z.infer<typeof payoutList>>('distribution', `${base}/payouts?limit=500`);
  for (const [index, period] of PAID_MONTHS.entries()) {
    let payout =
      known.data.find(({ note }) => note === period) ??
      (await treasury.post<Payout>('distribution', `${base}/payouts`, {
        currency: 'CNY',
        note: period,
        filter: { period, partnerType: 'distributor' },
      }));
    const act = async (session: Session, state: Payout['state'], action: string) => {
      if (payout.state !== state) return;
      payout = await session.post<Payout>('distribution', `${base}/payouts/${payout.id}/${action}`, { version: payout.version });
    };
    await act(treasury, 'DRAFT', 'submit');
    if (index === 2) return;
    await act(treasuryLead, 'SUBMITTED', 'approve');
    await act(treasuryLead, 'FILE_READY', 'release');
    if (index === 0 && payout.state === 'SENT') await settle(treasury, base, payout.id);
  }
}

async function settle(treasury: Session, base: string, payoutId: string): Promise<void> {
  const { data } = await treasury.get<z.infer<typeof payoutItemList>>(
    'distribution',
    `${base}/payout-items?payoutId=${payoutId}&limit=500`,
  );
  const lines = data
    .sort((a, b) => (a.partnerCode < b.partnerCode ? -1 : 1))
    .map(({ id, amountMinor }, index) =>
      [
        id,
        index === 0 ? 'FAILED' : 'PAID',
        `BANK${index + 1}`,
        amountMinor,
        BOOKED_ON,
        index === 0 ? '户名不符 holder differs' : '',
      ].join(),
    );
  const file = ['item,status,bank_ref,amount_minor,booked_on,reason', ...lines, ''].join('\n');
  await treasury.upload('distribution', `${base}/payouts/bank-results`, file);
}

async function ownScope(session: Session): Promise<{ partnerId: string }> {
  const { scope } = await session.get<{ scope: { kind: string; partnerId?: string } }>('organization', '/me');
  if (scope.partnerId === undefined) throw new Error(`${session.name} is no partner`);
  return { partnerId: scope.partnerId };
}
