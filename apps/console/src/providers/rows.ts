import type {
  adjustmentRow,
  bankFileRow,
  bankLineRow,
  controlRun,
  disputeRow,
  findingRow,
  payeeRevealed,
  payeeRow,
  payoutBlockRow,
  payoutDetail,
  payoutItemRow,
  payoutRow,
  recalculationDetail,
  recalculationLineRow,
  recalculationRow,
  recalculationTotalRow,
  whyLineRow,
  whyStatement,
  withholdingRuleRow,
  bindingRow,
  commissionLineRow,
  heldOrderRow,
  heldRefundRow,
  memberSummary,
  partnerDetail,
  partnerOwners,
  partnerPerson,
  partnerRow,
  partnerTree,
  periodRow,
  planRow,
  statementDecisionResult,
  statementRow,
  statementTotals,
  trialBalance,
  whyAmount,
  revealedIdentities,
} from '@concentric/contracts';
import type { z } from 'zod';

/** Types of what the services answer, taken from the schemas in contracts. */
export type BindingRow = z.infer<typeof bindingRow>;
export type CommissionLine = z.infer<typeof commissionLineRow>;
export type HeldOrder = z.infer<typeof heldOrderRow>;
export type HeldRefund = z.infer<typeof heldRefundRow>;
export type MemberSummary = z.infer<typeof memberSummary>;
export type PartnerRow = z.infer<typeof partnerRow>;
export type PartnerDetail = z.infer<typeof partnerDetail>;
export type PartnerOwners = z.infer<typeof partnerOwners>;
export type PartnerPerson = z.infer<typeof partnerPerson>;
export type PartnerTree = z.infer<typeof partnerTree>;
export type PeriodRow = z.infer<typeof periodRow>;
export type PlanRow = z.infer<typeof planRow>;
export type StatementRow = z.infer<typeof statementRow>;
export type StatementTotals = z.infer<typeof statementTotals>;
export type StatementDecisionResult = z.infer<typeof statementDecisionResult>;
export type TrialBalance = z.infer<typeof trialBalance>;
export type WhyAmount = z.infer<typeof whyAmount>;
export type RevealedIdentities = z.infer<typeof revealedIdentities>;
export type AdjustmentRow = z.infer<typeof adjustmentRow>;
export type BankFileRow = z.infer<typeof bankFileRow>;
export type BankLineRow = z.infer<typeof bankLineRow>;
export type ControlRun = z.infer<typeof controlRun>;
export type DisputeRow = z.infer<typeof disputeRow>;
export type PayeeRow = z.infer<typeof payeeRow>;
export type PayeeRevealed = z.infer<typeof payeeRevealed>;
export type PayoutBlock = z.infer<typeof payoutBlockRow>;
export type PayoutRow = z.infer<typeof payoutRow>;
export type PayoutDetail = z.infer<typeof payoutDetail>;
export type PayoutItem = z.infer<typeof payoutItemRow>;
export type WhyLine = z.infer<typeof whyLineRow>;
export type WhyStatement = z.infer<typeof whyStatement>;
export type WithholdingRule = z.infer<typeof withholdingRuleRow>;
export type FindingRow = z.infer<typeof findingRow>;
export type RecalculationRow = z.infer<typeof recalculationRow>;
export type RecalculationDetail = z.infer<typeof recalculationDetail>;
export type RecalculationTotal = z.infer<typeof recalculationTotalRow>;
export type RecalculationLine = z.infer<typeof recalculationLineRow>;
