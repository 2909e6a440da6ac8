import type { findingList, OrderInput, payoutItemList, payoutList, periodList, RefundInput, statementList } from '@concentric/contracts';
import { ApiError } from '@concentric/replay';
import { setTimeout as pause } from 'node:timers/promises';
import type { Crew } from './crew';
import { channels, type FlowBrand, type Of, order } from './flow-brand';
import { RawCaller } from './http-call';

const ORDERS = 40;
const REFUNDS = 6;
const DAYS = 28;
const two = (n: number): string => String(n).padStart(2, '0');
const daysOf = (month: number): number => new Date(Date.UTC(2026, month, 0)).getUTCDate();

/**
 * A brand that lives through month after month, from the orders to the word of the bank, by people who look what there is
 * to do and do it, until nothing is left: whatever was cut off anywhere is found again. What it comes to depends on nothing
 * but the number of months.
 */
export class BusyMonths {
  /** Months that are paid to the end. */
  done = 0;
  /** Answers nobody should ever get. */
  readonly unexplained: string[] = [];
  private stopping = false;

  constructor(private readonly brand: FlowBrand) {}

  /** Where to pay everybody is known, and stores are withheld a tenth. */
  async prepare(): Promise<void> {
    const { brand } = this;
    const rule = { partnerTypes: ['store'], currency: 'CNY', validFrom: '2026-01-01', exemptMinor: 0, deductMinor: 0 };
    const { id } = await brand.post<{ id: string }>('maker', '/withholding-rules', {
      ...rule,
      ratePpm: 100_000,
      reason: 'law',
    });
    await brand.post('checker', `/withholding-rules/${id}/decide`, { approve: true, reason: 'checked' });
    const items = ['NORTH', 'SOUTH', 'S1', 'S2', 'S3'].map((partnerCode, index) => ({
      partnerCode,
      currency: 'CNY',
      holder: `Holder ${partnerCode}`,
      account: `622202020011223344${index}`,
      bankId: '102100099996',
      reason: 'contract',
    }));
    await brand.post('treasuryMaker', '/payees/batch', { items });
    const { data } = await brand.get<{ data: { id: string }[] }>('distribution', '/payees?state=PROPOSED');
    await brand.post('treasuryChecker', '/payees/decide', {
      payeeIds: data.map((payee) => payee.id),
      approve: true,
      reason: 'compared with the contracts',
    });
  }

  /** Lives until it is told to stop, and then to the end of the month it is in. @param months at most so many */
  async live(months = 10): Promise<void> {
    while (!this.stopping && this.done < months) {
      await this.trade(this.done + 1);
      await this.settle(this.done + 1);
      this.done += 1;
    }
  }

  stop(): void {
    this.stopping = true;
  }

  private async trade(month: number): Promise<void> {
    const { brand } = this;
    const path = (what: string) => `/brands/${brand.brandId}/${what}`;
    const orders = ordersOf(month);
    const refunds = refundsOf(month);
    brand.sent.push({ orders, refunds });
    for (let start = 0; start < orders.length; start += 8)
      await this.send(() => this.crew.operations.post('commerce', path('orders/batch'), { items: orders.slice(start, start + 8) }));
    await this.send(() => this.crew.operations.post('commerce', path('refunds/batch'), { items: refunds }));
    const items = channels.flatMap((channel) =>
      Array.from({ length: daysOf(month) }, (_, day) => ({
        channel,
        businessDate: `2026-${two(month)}-${two(day + 1)}`,
      })),
    );
    await this.send(() => this.crew.operations.post('commerce', path('seals'), { items }));
  }

  /** Until the month is sealed and everybody has been paid or waits for more. */
  private async settle(month: number): Promise<void> {
    const period = `2026-${two(month)}`;
    for (let over = false; !over;) {
      over = (await this.insist(() => this.look(period))) ?? false;
      if (!over) await pause(150);
    }
  }

  private async look(period: string): Promise<boolean> {
    const { brand } = this;
    const periods = await brand.get<Of<typeof periodList>>('distribution', '/periods');
    const state = periods.data.find((row) => row.period === period)?.state;
    if (state !== 'CLOSED' && state !== 'SEALED') return false;
    const { data } = await brand.get<Of<typeof statementList>>('distribution', `/statements?period=${period}&limit=100`);
    const named = (wanted: string) =>
      data.filter((row) => row.state === wanted).map((row) => ({ statementId: row.id, fingerprint: row.fingerprint }));
    if (named('DRAFT').length > 0) await brand.post('maker', '/statements/submit', { items: named('DRAFT') });
    if (data.some(({ findings }) => (findings ?? 0) > 0)) await this.acceptFindings();
    if (named('IN_REVIEW').length > 0) await brand.post('checker', '/statements/approve', { items: named('IN_REVIEW') });
    const moved = await this.pay(period, named('PAYABLE').length > 0);
    return !moved && state === 'SEALED' && data.every((row) => row.state === 'PAID' || row.state === 'CARRIED');
  }

  private async acceptFindings(): Promise<void> {
    const { data } = await this.brand.get<Of<typeof findingList>>('distribution', '/findings?state=OPEN&limit=100');
    for (const { id } of data) await this.brand.post('maker', `/findings/${id}/accept`, { reason: 'looked into it' });
  }

  /** Takes every batch one step on, or prepares one. @returns whether there was anything to do */
  private async pay(period: string, isPayable: boolean): Promise<boolean> {
    const { brand } = this;
    const { data } = await brand.get<Of<typeof payoutList>>('distribution', '/payouts?limit=100');
    const open = data.filter(({ state }) => !['SETTLED', 'PART_SETTLED', 'CANCELLED'].includes(state));
    for (const { id, state, version } of open) {
      const step = {
        DRAFT: ['treasuryMaker', 'submit'],
        SUBMITTED: ['treasuryChecker', 'approve'],
        FILE_READY: ['treasuryChecker', 'release'],
      } as const;
      if (state in step) {
        const [by, action] = step[state as keyof typeof step];
        await brand.post(by, `/payouts/${id}/${action}`, { version });
      } else if (state === 'SENT') await this.hearFromBank(id, period);
    }
    if (open.length === 0 && isPayable) await brand.post('treasuryMaker', '/payouts', { currency: 'CNY' });
    return open.length > 0 || isPayable;
  }

  /** The bank pays, but in every second month not the first time to the second store. */
  private async hearFromBank(id: string, period: string): Promise<void> {
    const { data } = await this.brand.get<Of<typeof payoutItemList>>('distribution', `/payout-items?payoutId=${id}&limit=100`);
    const lines = data
      .filter(({ state }) => state === 'SENT')
      .map(({ id: itemId, partnerCode, replacesId, amountMinor }) => {
        const fails = partnerCode === 'S2' && replacesId === null && Number(period.slice(5)) % 2 === 0;
        return `${itemId.replaceAll('-', '')},${fails ? 'FAILED' : 'PAID'},${itemId.slice(-12)},${amountMinor},${period}-28,`;
      });
    if (lines.length === 0) return;
    const caller = await RawCaller.signIn(this.brand.world.installation, 'treasuryMaker');
    const file = ['item,status,bank_ref,amount_minor,booked_on,reason', ...lines].join('\n');
    const path = `/brands/${this.brand.brandId}/payouts/bank-results`;
    const { status, body } = await caller.send('POST', 'distribution', path, file, { 'content-type': 'text/csv' });
    if (status === 500) this.unexplained.push(`bank results were answered ${JSON.stringify(body)}`);
  }

  /** Tries until it is taken. */
  private async send(work: () => Promise<unknown>): Promise<void> {
    await this.insist(work, (error) => {
      throw error;
    });
  }

  /** Tries until there is an answer. A refusal is one: somebody has done it, or it has to be looked at again. */
  private async insist<T>(work: () => Promise<T>, refused: (error: ApiError) => T | undefined = () => undefined): Promise<T | undefined> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof ApiError) {
          if (error.status === 500) this.unexplained.push(error.message);
          if (error.status < 500) return refused(error);
        } else if (!isBroken(error)) throw error;
        await pause(200);
      }
    }
  }

  private get crew(): Crew {
    return this.brand.world.crew;
  }
}

/** Nobody answered, or the answer was cut off. By name: what fetch throws is not of the classes that a spec knows. */
function isBroken(error: unknown): boolean {
  const { name } = error as { name?: string };
  return name === 'UnreachableError' || name === 'TypeError' || name === 'SyntaxError';
}

function ordersOf(month: number): OrderInput[] {
  return Array.from({ length: ORDERS }, (_, n) =>
    order({
      id: `M${month}-${n}`,
      at: `2026-${two(month)}-${two(1 + (n % DAYS))} 10:${two(n)}:00`,
      net: 10_000 + ((n * 137 + month * 911) % 5_000),
      buyer: `b${n % 9}`,
      store: `S${1 + (n % 3)}`,
    }),
  );
}

/** Of this month and of the one before, when that is closed and paid. */
function refundsOf(month: number): RefundInput[] {
  const refund = (of: number, n: number): RefundInput => ({
    channel: 'till',
    externalId: `R${month}-${of}-${n}`,
    orderExternalId: `M${of}-${n}`,
    occurredAt: `2026-${two(month)}-${two(20 + (n % 8))} 12:00:00`,
    amountMinor: 1_001 + n,
  });
  const same = Array.from({ length: REFUNDS }, (_, n) => refund(month, 1 + n * 3));
  return month === 1 ? same : [...same, ...Array.from({ length: REFUNDS }, (_, n) => refund(month - 1, 2 + n * 5))];
}
