import { Injectable } from '@nestjs/common';
import type { Seal } from '@concentric/contracts';
import { idIn, idOut, insertRows, int, rowLock, selectIn, updateRows, type Tx } from '@concentric/service-kit';

/** What one batch adds to the count of a channel and business date. */
export interface IntakeDelta {
  readonly brandId: string;
  readonly channel: string;
  readonly businessDate: string;
  orders: number;
  refunds: number;
  paidMinor: number;
  refundedMinor: number;
}
type IntakeKey = Pick<IntakeDelta, 'brandId' | 'channel' | 'businessDate'>;

interface CountRow {
  brand_id: Uint8Array;
  channel: string;
  business_date: string;
  orders: unknown;
  refunds: unknown;
  paid_minor: unknown;
  refunded_minor: unknown;
  seal_revision: unknown;
  seal_orders: unknown;
  seal_refunds: unknown;
  seal_paid_minor: unknown;
  seal_refunded_minor: unknown;
}

const KEY = ['brand_id', 'channel', 'business_date'] as const;
const COUNTS = ['orders', 'refunds', 'paid_minor', 'refunded_minor'] as const;
const SEALS = ['seal_revision', 'seal_orders', 'seal_refunds', 'seal_paid_minor', 'seal_refunded_minor'] as const;

const keyText = ({ brandId, channel, businessDate }: IntakeKey): string => `${brandId}/${businessDate}/${channel}`;
const keyOf = ({ brandId, channel, businessDate }: IntakeKey): unknown[] => [idIn(brandId), channel, businessDate];

/** Counts per channel and business date. Every writer takes the row of a date in the same order. */
@Injectable()
export class SealRepository {
  async add(tx: Tx, deltas: readonly IntakeDelta[]): Promise<void> {
    await insertRows(
      tx,
      'intake_count',
      [...KEY, ...COUNTS, ...SEALS, 'passed_revision'],
      sorted(deltas).map((d) => [...keyOf(d), d.orders, d.refunds, d.paidMinor, d.refundedMinor, 0, 0, 0, 0, 0, 0]),
      { key: KEY, add: COUNTS },
    );
  }

  /** Remembers seals that are newer than what is known. */
  async remember(tx: Tx, seals: readonly Seal[]): Promise<void> {
    await this.add(
      tx,
      seals.map((seal) => ({ ...seal, orders: 0, refunds: 0, paidMinor: 0, refundedMinor: 0 })),
    );
    const stored = new Map((await this.rows(tx, seals, 'seal_revision >= 0', 'update')).map(({ seal }) => [keyText(seal), seal.revision]));
    const newest = new Map<string, Seal>();
    for (const seal of seals) {
      const known = newest.get(keyText(seal))?.revision ?? stored.get(keyText(seal)) ?? 0;
      if (seal.revision > known) newest.set(keyText(seal), seal);
    }
    await updateRows(
      tx,
      'intake_count',
      KEY,
      SEALS,
      sorted([...newest.values()]).map((seal) => [
        ...keyOf(seal),
        seal.revision,
        seal.orders,
        seal.refunds,
        seal.paidMinor,
        seal.refundedMinor,
      ]),
    );
  }

  /** Seals not passed on yet whose counts and sums are now matched, among these channels and dates. */
  async matched(tx: Tx, keys: readonly IntakeKey[]): Promise<Seal[]> {
    const open = await this.rows(tx, keys, 'seal_revision > passed_revision');
    return open.filter(({ seal, counted }) => COUNTED.every((part) => seal[part] === counted[part])).map(({ seal }) => seal);
  }

  async markPassed(tx: Tx, seals: readonly Seal[]): Promise<void> {
    await updateRows(
      tx,
      'intake_count',
      KEY,
      ['passed_revision'],
      sorted(seals).map((seal) => [...keyOf(seal), seal.revision]),
    );
  }

  private async rows(
    tx: Tx,
    keys: readonly IntakeKey[],
    condition: string,
    lock?: 'update',
  ): Promise<{ seal: Seal; counted: IntakeDelta }[]> {
    const wanted = new Set(keys.map(keyText));
    const rows = await selectIn<CountRow>(
      tx,
      `SELECT ${[...KEY, ...COUNTS, ...SEALS].join(', ')} FROM intake_count WHERE business_date IN (?in) AND ${condition}${lock ? rowLock(tx, lock) : ''}`,
      [...new Set(keys.map(({ businessDate }) => businessDate))].sort(),
    );
    return rows.map(read).filter(({ seal }) => wanted.has(keyText(seal)));
  }
}

const COUNTED = ['orders', 'refunds', 'paidMinor', 'refundedMinor'] as const;

const sorted = <T extends IntakeKey>(keys: readonly T[]): T[] => [...keys].sort((a, b) => (keyText(a) < keyText(b) ? -1 : 1));

function read(row: CountRow): { seal: Seal; counted: IntakeDelta } {
  const key = { brandId: idOut(row.brand_id), channel: row.channel, businessDate: row.business_date };
  return {
    counted: {
      ...key,
      orders: int(row.orders),
      refunds: int(row.refunds),
      paidMinor: int(row.paid_minor),
      refundedMinor: int(row.refunded_minor),
    },
    seal: {
      ...key,
      revision: int(row.seal_revision),
      orders: int(row.seal_orders),
      refunds: int(row.seal_refunds),
      paidMinor: int(row.seal_paid_minor),
      refundedMinor: int(row.seal_refunded_minor),
    },
  };
}
