import { Fraction, least, most, total } from './fraction';
import type { Network } from './network';

export interface Rule {
  role: string;
  from: 'store' | 'guide' | 'leader' | 'bound';
  climbTo?: string;
  categories: string[];
  channels: string[];
  ratePpm?: bigint;
  fixed?: bigint;
  base: 'net' | 'margin';
  cap?: bigint;
}

export interface Plan {
  validFrom: number;
  budgetPpm: bigint;
  rules: Rule[];
}

export interface Goods {
  net: bigint;
  cost: bigint | null;
  quantity: bigint;
  category: string | null;
  channel: string;
}

export type Parties = Record<Rule['from'], string | undefined>;

export interface Share {
  role: string;
  partner: string;
  amount: bigint;
}

const PPM = 1_000_000n;

export function planAt(plans: readonly Plan[], at: number): Plan | undefined {
  return plans.filter((plan) => plan.validFrom <= at).sort((a, b) => b.validFrom - a.validFrom)[0];
}

/** Why nobody gets anything of a line for the time being. */
export type Cause = 'cost_unknown' | 'budget_exceeded';

/** Who gets how much of a line, and what it comes to where that is beyond its budget. */
interface Split {
  shares: Share[];
  over: string | null;
}

/** Who gets how much of a line, or why it has to be held. */
export function split(goods: Goods, parties: Parties, plan: Plan, network: Network, at: number): Split | 'cost_unknown' {
  const margin = goods.cost === null ? null : most(0n, goods.net - goods.cost);
  const shares: Share[] = [];
  for (const role of new Set(plan.rules.map((rule) => rule.role))) {
    const rule = ruleOf(
      plan.rules.filter((one) => one.role === role),
      goods,
    );
    const start = rule && parties[rule.from];
    if (!rule || start === undefined) continue;
    const partner = network.above(start, at).find((code) => rule.climbTo === undefined || network.types.get(code) === rule.climbTo);
    if (partner === undefined) continue;
    const base = rule.base === 'margin' ? margin : goods.net;
    if (base === null) return 'cost_unknown';
    // What nobody paid for earns nobody anything; otherwise a fixed amount stands, and the budget has the say.
    const fixed = goods.net === 0n ? 0n : (rule.fixed ?? 0n) * goods.quantity;
    const asked = rule.ratePpm === undefined ? fixed : Fraction.of(base).times(Fraction.of(rule.ratePpm, PPM)).floor();
    shares.push({ role, partner, amount: least(asked, rule.cap ?? asked) });
  }
  const budget = Fraction.of(goods.net).times(Fraction.of(plan.budgetPpm, PPM)).floor();
  const [asked, allowed] = [total(shares.map((share) => share.amount)), least(budget, margin ?? budget)];
  return { shares, over: asked > allowed ? `${asked} of ${allowed}` : null };
}

/** Of the rules of one role that apply, the one that names most: a category counts for more than a channel. */
function ruleOf(rules: readonly Rule[], { category, channel }: Goods): Rule | undefined {
  const names = (rule: Rule) => (rule.categories.length > 0 ? 2 : 0) + (rule.channels.length > 0 ? 1 : 0);
  return rules
    .filter(
      (rule) =>
        (rule.categories.length === 0 || (category !== null && rule.categories.includes(category))) &&
        (rule.channels.length === 0 || rule.channels.includes(channel)),
    )
    .sort((a, b) => names(b) - names(a))[0];
}
