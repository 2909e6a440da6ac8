import { createHash } from 'node:crypto';
import { budgetOf, fitsBudget, MAX_MINOR, perPiece, shareOf } from '@concentric/money';
import type { OrderLine, PartnerType, PlanRule } from '@concentric/contracts';
import type { Network } from '../hierarchy/network.rules';
import { rulesFor, type ActivePlan } from '../plan/plan.rules';

/** Why an order waits on a work list instead of being split. */
export type HeldReason = 'unknown_partner' | 'no_plan' | 'cost_unknown' | 'budget_exceeded' | 'account_halted';

/** One partner's share of one line, with everything it was computed from. */
export interface Share {
  role: string;
  ruleNo: number;
  partnerId: string;
  bindingId: string | null;
  baseMinor: number;
  ratePpm: number | null;
  fixedMinor: number | null;
  capMinor: number | null;
  amountMinor: number;
  /** The chain at that moment from the start of the rule to the partner that earns. */
  chain: string[];
}

type Named = { code: string; type: PartnerType };

/** A line with its partners resolved to ids; null where the order names none. */
export interface LineParties {
  storeId: string | null;
  guideId: string | null;
  leaderId: string | null;
  /** The partner the buyer was bound to at that moment. */
  bound: { partnerId: string; bindingId: string } | null;
}

/** What the shares of a line come to where that is more than they may, in minor units. */
export interface OverBudget {
  lineNo: number;
  total: bigint;
  budget: bigint;
  /** Whether it is the line's margin that allows no more, not the plan's budget. */
  isMargin: boolean;
  /** Whether it could be booked if people let it pass. */
  isBookable: boolean;
}

export type LineSplit = { shares: Share[]; over?: OverBudget } | { held: HeldReason; detail: string };

/**
 * Splits one order line by the plan in force at `at` (epoch ms). Rates are floored on the base and the residue stays
 * with the house (inv 3); shares above budget or margin are said to be and never clipped (inv 6).
 * A role whose partner the line does not have earns nothing, and a line nobody paid for earns nobody anything; where the
 * chain to it is broken off at that moment, the line is held for who is missing (inv 9).
 */
export function splitLine(
  line: OrderLine,
  channel: string,
  at: number,
  parties: LineParties,
  plan: ActivePlan,
  network: Network,
  partnerOf: (partnerId: string) => Named | undefined,
): LineSplit {
  const typeOf = (partnerId: string) => partnerOf(partnerId)?.type;
  const shares: Share[] = [];
  for (const { rule, ruleNo } of rulesFor(plan, line.category, channel)) {
    const start = startOf(rule, parties);
    if (!start) continue;
    const above = network.chainAt(start, at);
    const chain = climb(above, rule.recipient.climbTo, typeOf);
    if (!chain) {
      // Whoever it climbs to may stand above the one that has no place yet. A gift would earn them nothing.
      const missing = line.netMinor === 0 ? null : network.missingAbove(above, at);
      if (missing !== null) return { held: 'unknown_partner', detail: partnerOf(missing)?.code ?? missing };
      continue;
    }
    if (rule.base === 'margin' && line.costMinor === null) return { held: 'cost_unknown', detail: line.sku };
    const baseMinor = rule.base === 'margin' ? Math.max(0, line.netMinor - line.costMinor!) : line.netMinor;
    const full =
      rule.ratePpm === undefined ? perPiece(line.netMinor === 0 ? 0 : rule.fixedMinor!, line.quantity) : shareOf(baseMinor, rule.ratePpm);
    shares.push({
      role: rule.role,
      ruleNo,
      partnerId: chain[chain.length - 1]!,
      bindingId: rule.recipient.from === 'bound' ? parties.bound!.bindingId : null,
      baseMinor,
      ratePpm: rule.ratePpm ?? null,
      fixedMinor: rule.fixedMinor ?? null,
      capMinor: rule.capMinor ?? null,
      amountMinor: rule.capMinor === undefined ? full : Math.min(full, rule.capMinor),
      chain,
    });
  }
  const amounts = shares.map((share) => share.amountMinor);
  const margin = line.costMinor === null ? undefined : Math.max(0, line.netMinor - line.costMinor);
  const budget = budgetOf(line.netMinor, plan.budgetPpm, margin);
  if (fitsBudget(amounts, budget)) return { shares };
  const total = amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);
  const isMargin = budget < budgetOf(line.netMinor, plan.budgetPpm);
  return { shares, over: { lineNo: line.lineNo, total, budget: BigInt(budget), isMargin, isBookable: fitsBudget(amounts, MAX_MINOR) } };
}

/** Hash of a frozen line: the same inputs give the same bytes (inv 12). First four bytes serve as a summable check. */
export function lineHash(orderId: string, lineNo: number, planVersionId: string, share: Share): Buffer {
  return createHash('sha256')
    .update(
      `${orderId}|${lineNo}|${share.role}|${planVersionId}|${share.ruleNo}|${share.partnerId}|${share.bindingId ?? ''}|${share.baseMinor}|${share.ratePpm ?? ''}|${share.fixedMinor ?? ''}|${share.capMinor ?? ''}|${share.amountMinor}|${share.chain.join('>')}`,
    )
    .digest();
}

function startOf(rule: PlanRule, parties: LineParties): string | null {
  switch (rule.recipient.from) {
    case 'store':
      return parties.storeId;
    case 'guide':
      return parties.guideId;
    case 'leader':
      return parties.leaderId;
    case 'bound':
      return parties.bound?.partnerId ?? null;
  }
}

/** The chain up to the nearest partner of a type; without a type, the start alone; null when there is none of that type. */
function climb(chain: string[], type: PartnerType | undefined, typeOf: (partnerId: string) => PartnerType | undefined): string[] | null {
  if (chain.length === 0) return null;
  if (!type) return chain.slice(0, 1);
  const index = chain.findIndex((partnerId) => typeOf(partnerId) === type);
  return index < 0 ? null : chain.slice(0, index + 1);
}
