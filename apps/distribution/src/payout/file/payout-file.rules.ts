import type { PayeeDetails } from '../../payee/payee.repository';

/** The account that pays, as it was when the batch was approved. */
export interface Debtor {
  name: string;
  account: string;
  bankId: string;
}

/** Everything a file is made of: nothing else may go into its bytes (inv 37). */
export interface ApprovedPayout {
  batchId: string;
  currency: string;
  items: number;
  amountMinor: number;
  /** Epoch ms. */
  approvedAt: number;
  /** Date of the brand on which it was approved. */
  executionDate: string;
  debtor: Debtor;
}

export interface ApprovedItem {
  itemId: string;
  period: string;
  amountMinor: number;
  payee: PayeeDetails;
}

/** A file in parts, so that one of 100,000 items need not be in memory. */
export interface FileFormat {
  readonly mediaType: string;
  readonly extension: string;
  head(payout: ApprovedPayout): string;
  item(payout: ApprovedPayout, item: ApprovedItem): string;
  tail(payout: ApprovedPayout): string;
}

/** The id by which a bank refers to an item: 32 characters, as pain.001 allows 35 at most. */
export const bankKey = (id: string): string => id.replaceAll('-', '');
