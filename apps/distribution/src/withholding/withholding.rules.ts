import type { PartnerType, withholdingRuleRow } from '@concentric/contracts';
import { shareOf } from '@concentric/money';
import type { Refusal } from '@concentric/service-kit';
import type { z } from 'zod';

/** What is withheld from one type of partner from a date on, until the next rule of the type and currency begins. */
export interface WithholdingRule {
  partnerType: PartnerType;
  currency: string;
  validFrom: string;
  exemptMinor: number;
  deductMinor: number;
  ratePpm: number;
}

/** The rule that holds for a type of partner on a date, if any: the latest that has begun. */
export function ruleInForce(
  rules: readonly WithholdingRule[],
  partnerType: PartnerType,
  currency: string,
  date: string,
): WithholdingRule | undefined {
  return rules
    .filter((rule) => rule.partnerType === partnerType && rule.currency === currency && rule.validFrom <= date)
    .reduce<WithholdingRule | undefined>((latest, rule) => (latest && latest.validFrom > rule.validFrom ? latest : rule), undefined);
}

/**
 * What is to be withheld of a net amount that is paid for a period ending on `date`: nothing up to what is exempt, above it the
 * rate of what is left after the deduction, rounded down.
 */
export function withholdingOf(
  rules: readonly WithholdingRule[],
  partnerType: PartnerType,
  currency: string,
  date: string,
  netMinor: number,
): number {
  const inForce = ruleInForce(rules, partnerType, currency, date);
  if (!inForce || netMinor <= inForce.exemptMinor || netMinor <= inForce.deductMinor) return 0;
  return shareOf(netMinor - inForce.deductMinor, inForce.ratePpm);
}

type RuleState = z.infer<typeof withholdingRuleRow>['state'];
export const withholdingTransitions = {
  approve: { from: 'PROPOSED', to: 'APPROVED' },
  reject: { from: 'PROPOSED', to: 'REJECTED' },
} as const satisfies Record<string, { from: RuleState; to: RuleState }>;

/**
 * Why a decision on a rule is refused, or null. A rule that began before the open period (`null`: none yet) would make
 * statements differ from themselves that are built already.
 */
export function withholdingRefusal(
  action: keyof typeof withholdingTransitions,
  rule: { state: RuleState; proposedBy: string; validFrom: string },
  actorId: string,
  openPeriod: string | null,
): Refusal | null {
  const { from } = withholdingTransitions[action];
  if (rule.state !== from) return { code: 'wrong_state', message: `The rule is ${rule.state}, not ${from}.` };
  if (rule.proposedBy === actorId) return { code: 'same_person', message: 'Who proposed a rule may not decide on it; ask a colleague.' };
  if (action === 'approve' && openPeriod !== null && rule.validFrom < `${openPeriod}-01`) {
    return { code: 'withholding_backdated', message: `The rule begins before the open period ${openPeriod}; let it begin in it or later.` };
  }
  return null;
}
