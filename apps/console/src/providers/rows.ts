import type {
  bindingRow,
  commissionLineRow,
  heldOrderRow,
  memberSummary,
  partnerDetail,
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
export type MemberSummary = z.infer<typeof memberSummary>;
export type PartnerRow = z.infer<typeof partnerRow>;
export type PartnerDetail = z.infer<typeof partnerDetail>;
export type PartnerTree = z.infer<typeof partnerTree>;
export type PeriodRow = z.infer<typeof periodRow>;
export type PlanRow = z.infer<typeof planRow>;
export type StatementRow = z.infer<typeof statementRow>;
export type StatementTotals = z.infer<typeof statementTotals>;
export type StatementDecisionResult = z.infer<typeof statementDecisionResult>;
export type TrialBalance = z.infer<typeof trialBalance>;
export type WhyAmount = z.infer<typeof whyAmount>;
export type RevealedIdentities = z.infer<typeof revealedIdentities>;
