import { useBrandApi } from '../pages/useApi';
import { isPartner } from '../providers/access';
import type { PayoutBlock } from '../providers/rows';

/** Why a partner is not paid for the time being; partners are not told. `isKnown` once it has been read. */
export function usePayoutBlock(partnerId: string, isAsked = true): { block: PayoutBlock | undefined; isKnown: boolean } {
  const enabled = isAsked && !isPartner();
  const { data } = useBrandApi<{ data: PayoutBlock[] }>('distribution', 'payout-blocks?limit=500', { enabled });
  return { block: enabled ? data?.data.find(({ id }) => id === partnerId) : undefined, isKnown: data !== undefined };
}
