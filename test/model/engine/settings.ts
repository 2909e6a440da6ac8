import type { BindingPolicy } from './binding';

export interface Settings extends BindingPolicy {
  zone: string;
  bindTo: ('store' | 'guide' | 'leader')[];
  holdingDays: number;
  holdingDaysByChannel: Record<string, number>;
  minimum: bigint;
  autoClose: boolean;
  secondApprovalAbove: bigint | null;
  /** Above it a batch of payouts needs two approvals. */
  secondPayoutAbove: bigint | null;
  disputeWindowDays: number;
  /** Orders are decided so long after they came, or null: as soon as their date is sealed. */
  delaySeconds: number | null;
}
