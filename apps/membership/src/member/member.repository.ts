import { Injectable } from '@nestjs/common';
import type { MemberDetail, MemberRow } from '@concentric/contracts';
import { idIn, idOut, idOutOrNull, int, intOrNull, KeysetList, iso, type Page, type SqlFragment, type Tx } from '@concentric/service-kit';
import { levelOf, tierOf, type Tier } from '../tier/tier.rules';

/** A person without identities: those are opened for whoever asks. */
export type PersonRow = Omit<MemberRow, 'identities'>;

const COLUMNS = 'c.customer_id, c.known_from, c.member_since, c.join_channel, c.tier, c.tier_since';

const list = new KeysetList<PersonRow>({
  select: `SELECT ${COLUMNS} FROM customer c`,
  sorts: {
    joined: { column: 'c.member_since', type: 'int' },
    known: { column: 'c.known_from', type: 'int', notNull: true },
    id: { column: 'c.customer_id', type: 'id', notNull: true },
  },
  defaultSort: '-joined',
  key: 'c.customer_id',
  row: personRow,
});

/** What is asked about persons; everything here reads. */
@Injectable()
export class MemberRepository {
  page(tx: Tx, query: { limit: number; cursor?: string; sort?: string }, where: readonly SqlFragment[]): Promise<Page<PersonRow>> {
    return list.page(tx, { query, where });
  }

  /** One person, when the caller may see it. */
  async find(
    tx: Tx,
    brandId: string,
    customerId: string,
    visible: SqlFragment,
  ): Promise<(PersonRow & { mergedInto: string | null }) | undefined> {
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT ${COLUMNS}, c.merged_into FROM customer c WHERE c.customer_id = ? AND c.brand_id = ? AND (${visible.sql})`,
      [idIn(customerId), idIn(brandId), ...visible.params],
    );
    return rows.map((row) => ({
      ...personRow(row),
      mergedInto: idOutOrNull(row['merged_into'] as Uint8Array | null),
    }))[0];
  }

  async statuses(tx: Tx, customerId: string): Promise<MemberDetail['statuses']> {
    const rows: Record<string, unknown>[] = await tx.query(
      'SELECT status, valid_from, valid_to, reason FROM member_status WHERE customer_id = ? ORDER BY seq',
      [idIn(customerId)],
    );
    return rows.map((row) => ({ status: String(row['status']), reason: String(row['reason']), ...interval(row) }));
  }

  async tiers(tx: Tx, customerId: string): Promise<MemberDetail['tiers']> {
    const rows: Record<string, unknown>[] = await tx.query(
      'SELECT tier, valid_from, valid_to, reason, growth_value FROM tier_history WHERE customer_id = ? ORDER BY seq',
      [idIn(customerId)],
    );
    return rows.map((row) => ({
      tier: tierOf(levelOf(String(row['tier']))),
      reason: String(row['reason']),
      growthValue: int(row['growth_value']),
      ...interval(row),
    }));
  }

  /** The newest 100. */
  async purchases(tx: Tx, customerId: string): Promise<MemberDetail['purchases']> {
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT order_id, external_id, channel, occurred_at, business_date, currency, net_minor, refunded_minor, member, tier
       FROM purchase WHERE customer_id = ? ORDER BY occurred_at DESC, order_id DESC LIMIT 100`,
      [idIn(customerId)],
    );
    return rows.map((row) => ({
      orderId: idOut(row['order_id'] as Uint8Array),
      externalId: String(row['external_id']),
      channel: String(row['channel']),
      occurredAt: iso(row['occurred_at']),
      businessDate: String(row['business_date']),
      currency: String(row['currency']),
      netMinor: int(row['net_minor']),
      refundedMinor: int(row['refunded_minor']),
      member: int(row['member']) === 1,
      tier: tierOrNull(row['tier']),
    }));
  }

  /** Net spend in minor units after `from` and until `to`, both epoch milliseconds. */
  async spent(tx: Tx, customerId: string, currency: string, from: number, to: number): Promise<number> {
    const [row]: { spent: unknown }[] = await tx.query(
      'SELECT SUM(net_minor - refunded_minor) AS spent FROM purchase WHERE customer_id = ? AND currency = ? AND occurred_at > ? AND occurred_at <= ?',
      [idIn(customerId), currency, from, to],
    );
    return intOrNull(row?.spent) ?? 0;
  }

  async merges(tx: Tx, customerId: string): Promise<MemberDetail['merges']> {
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT merge_id, from_customer_id, into_customer_id, occurred_at, order_id FROM customer_merge
       WHERE from_customer_id = ? OR into_customer_id = ? ORDER BY occurred_at, merge_id`,
      [idIn(customerId), idIn(customerId)],
    );
    return rows.map((row) => ({
      mergeId: idOut(row['merge_id'] as Uint8Array),
      fromCustomerId: idOut(row['from_customer_id'] as Uint8Array),
      intoCustomerId: idOut(row['into_customer_id'] as Uint8Array),
      occurredAt: iso(row['occurred_at']),
      orderId: idOutOrNull(row['order_id'] as Uint8Array | null),
    }));
  }

  /** Living persons by tier; no tier: persons who are no members. */
  async byTier(tx: Tx, brandId: string, visible: SqlFragment): Promise<{ tier: Tier | null; persons: number }[]> {
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT c.tier AS tier, COUNT(*) AS persons FROM customer c WHERE c.brand_id = ? AND c.merged_into IS NULL AND (${visible.sql}) GROUP BY c.tier ORDER BY c.tier`,
      [idIn(brandId), ...visible.params],
    );
    return rows.map((row) => ({ tier: tierOrNull(row['tier']), persons: int(row['persons']) }));
  }

  /** Refunds whose order has not arrived. */
  async parkedRefunds(tx: Tx, brandId: string): Promise<number> {
    const [row]: { parked: unknown }[] = await tx.query(
      `SELECT COUNT(*) AS parked FROM purchase_refund r WHERE r.brand_id = ?
       AND NOT EXISTS (SELECT 1 FROM purchase p WHERE p.order_id = r.order_id)`,
      [idIn(brandId)],
    );
    return int(row?.parked ?? 0);
  }
}

function personRow(row: Record<string, unknown>): PersonRow {
  return {
    customerId: idOut(row['customer_id'] as Uint8Array),
    member: row['member_since'] !== null,
    memberSince: instantOrNull(row['member_since']),
    joinChannel: row['join_channel'] === null ? null : String(row['join_channel']),
    knownFrom: iso(row['known_from']),
    tier: tierOrNull(row['tier']),
    tierSince: instantOrNull(row['tier_since']),
  };
}

const instantOrNull = (value: unknown): string | null => (intOrNull(value) === null ? null : iso(value));
const tierOrNull = (value: unknown): Tier | null => (value === null ? null : tierOf(levelOf(String(value))));
const interval = (row: Record<string, unknown>) => ({
  from: iso(row['valid_from']),
  to: instantOrNull(row['valid_to']),
});
