import type { FieldError, RefundRow, refundList } from '@concentric/contracts';
import type { z } from 'zod';
import type { SentReject } from '../history/history';
import type { Session } from '../target/api';

const PAGE = 500;

/**
 * Refunds that were taken in and moved no money by the end of a history: those that found no line, and those that still
 * wait for their order. Without this they would be counted and stand nowhere.
 */
export async function refundsNotApplied(session: Session, brandId: string): Promise<SentReject[]> {
  const found: SentReject[] = [];
  for (const state of ['held', 'waiting'] as const) {
    for (let cursor = ''; ;) {
      const path = `/brands/${brandId}/refunds?state=${state}&sort=externalId&limit=${PAGE}${cursor}`;
      const { data, pageInfo } = await session.get<z.infer<typeof refundList>>('commerce', path);
      found.push(...data.map(notApplied));
      if (!pageInfo.hasNextPage || pageInfo.nextCursor === null) break;
      cursor = `&cursor=${encodeURIComponent(pageInfo.nextCursor)}`;
    }
  }
  return found;
}

/** Says of a refund that was not applied why not. Names no buyer: a list of rejects may be shown to everybody. */
export function notApplied({
  channel,
  externalId,
  state,
  holdReason,
  orderExternalId,
}: Pick<RefundRow, 'channel' | 'externalId' | 'state' | 'holdReason' | 'orderExternalId'>): SentReject {
  return { kind: 'refunds', channel, externalId, errors: [reasonOf(state, holdReason, orderExternalId)] };
}

function reasonOf(state: RefundRow['state'], holdReason: string | null, order: string | null): FieldError {
  if (state === 'waiting') {
    return {
      field: 'order',
      code: 'refund_without_order',
      message: `order ${order ?? ''} was not taken in, or not paid, by the end`,
      remedy: 'look for the order among the rejected rows, or correct its number',
    };
  }
  if (order === null) {
    return {
      field: 'buyer',
      code: 'refund_not_matched',
      message: 'names no order, and no earlier paid line of this buyer and product has that much left',
      remedy: 'fill in the order number, or check buyer, sku and amount',
    };
  }
  return {
    field: 'order',
    code: holdReason ?? 'refund_held',
    message: `does not fit order ${order}, which came later`,
    remedy: 'check what else was refunded from this order, and correct line or amount',
  };
}
