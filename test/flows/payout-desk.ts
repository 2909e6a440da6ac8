import type {
  bankFileRow,
  bankLineList,
  bankLineRow,
  batchResult,
  DistributionSettings,
  payeeDecisionResult,
  payeeList,
  payoutDetail,
  payoutItemList,
  payoutItemRow,
} from '@concentric/contracts';
import { refusalOf } from './crew';
import { type Decision, type FlowBrand, type Of, order } from './flow-brand';
import { type Answer, RawCaller } from './http-call';

export type Payout = Of<typeof payoutDetail>;
export type Item = Of<typeof payoutItemRow>;
type BankFile = Of<typeof bankFileRow>;

/** Statements are confirmed at once, and it is known from where to pay. */
export const payoutSettings: Partial<DistributionSettings> = {
  disputeWindowDays: 0,
  payoutDebtor: { name: 'Tea House', account: '6222020200119999999', bankId: '102100099996' },
};

/** The treasury of a flow's brand, and everybody whose work it waits for. */
export class PayoutDesk {
  constructor(private readonly brand: FlowBrand) {}

  /** In January S1 earns 500, S3 1,000, NORTH 200 and SOUTH 400; stores are withheld a tenth. All of it becomes payable. */
  async untilPayable(): Promise<void> {
    const { brand } = this;
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
    expect(await this.waits()).toEqual(['CONFIRMED payee']);
    await this.approvePayees();
    await brand.quiet();
    expect(await this.waits()).toEqual(['PAYABLE null']);
  }

  /** Prepares, submits and approves everything that is payable. */
  async ready(): Promise<Payout> {
    const { id } = await this.brand.post<Payout>('treasuryMaker', '/payouts', { currency: 'CNY' });
    await this.act(id, 'treasuryMaker', 'submit');
    expect(await refusalOf(this.act(id, 'treasuryMaker', 'approve'))).toMatchObject({ status: 403 });
    const payout = await this.act(id, 'treasuryChecker', 'approve');
    expect(payout).toMatchObject({ state: 'FILE_READY', csvHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    return payout;
  }

  /** Pays everything that is payable. */
  async send(): Promise<Payout> {
    const sent = await this.act((await this.ready()).id, 'treasuryChecker', 'release');
    await this.brand.quiet();
    return sent;
  }

  /** Acts on a batch as it is now. */
  async act(id: string, by: 'treasuryMaker' | 'treasuryChecker', action: string): Promise<Payout> {
    const { version } = await this.one(id);
    return this.brand.post<Payout>(by, `/payouts/${id}/${action}`, { version });
  }

  one(id: string): Promise<Payout> {
    return this.brand.get<Payout>('distribution', `/payouts/${id}`);
  }

  /** Items of a batch by partner code. */
  async items({ id }: Payout): Promise<Map<string, Item>> {
    const { data } = await this.brand.get<Of<typeof payoutItemList>>('distribution', `/payout-items?payoutId=${id}`);
    return new Map(data.map((item) => [item.partnerCode, item]));
  }

  async file({ id }: Payout): Promise<Answer> {
    const caller = await RawCaller.signIn(this.brand.world.installation, 'treasuryChecker');
    return caller.send('GET', 'distribution', `/brands/${this.brand.brandId}/payouts/${id}/file?format=pain001`);
  }

  /** A line of the bank: what became of an item, under a reference of this brand. */
  line(item: Item | undefined, status: string, ref: string): string {
    if (!item) throw new Error('there is no such item');
    return `${item.id.replaceAll('-', '')},${status},${this.brand.code}-${ref},${item.amountMinor},2026-02-05,as the bank says`;
  }

  /** Hands in a file of the bank. */
  async report(lines: readonly string[]): Promise<BankFile> {
    const caller = await RawCaller.signIn(this.brand.world.installation, 'treasuryMaker');
    const path = `/brands/${this.brand.brandId}/payouts/bank-results`;
    const file = ['item,status,bank_ref,amount_minor,booked_on,reason', ...lines].join('\n');
    const { status, body } = await caller.send('POST', 'distribution', path, file, { 'content-type': 'text/csv' });
    expect(status).toBe(200);
    await this.brand.quiet();
    return body as unknown as BankFile;
  }

  async bankLines(query: string): Promise<Of<typeof bankLineRow>[]> {
    return (await this.brand.get<Of<typeof bankLineList>>('distribution', `/bank-lines?limit=500&${query}`)).data;
  }

  /** Believes every line that waits. */
  async confirmAll(): Promise<void> {
    for (const { id } of await this.bankLines('state=WAITING'))
      await this.brand.post('treasuryChecker', `/bank-lines/${id}/confirm`, { approve: true, reason: 'their letter' });
    await this.brand.quiet();
  }

  /** State of the statements by partner code. */
  async states(): Promise<Record<string, string>> {
    return Object.fromEntries((await this.brand.statements()).map(({ partnerCode, state }) => [partnerCode, state]));
  }

  private async waits(): Promise<string[]> {
    return [...new Set((await this.brand.statements()).map(({ state, waitingFor }) => `${state} ${waitingFor}`))];
  }

  private async approvePayees(): Promise<void> {
    const { brand } = this;
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
    const decision = { payeeIds: data.map(({ id }) => id), approve: true, reason: 'compared with the contracts' };
    expect(await refusalOf(brand.post('treasuryMaker', '/payees/decide', decision))).toMatchObject({ status: 403 });
    expect(await brand.post<Of<typeof payeeDecisionResult>>('treasuryChecker', '/payees/decide', decision)).toEqual({
      done: 4,
      refused: [],
    });
  }
}
