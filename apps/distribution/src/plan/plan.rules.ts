import { createHash } from 'node:crypto';
import type { FieldError, PlanRule } from '@concentric/contracts';

/** A plan version as the split needs it. */
export interface ActivePlan {
  planVersionId: string;
  validFrom: number;
  budgetPpm: number;
  rules: PlanRule[];
}

/** More specific wins: category and channel, category, channel, neither. */
export function specificity(rule: PlanRule): number {
  return (rule.categories.length > 0 ? 2 : 0) + (rule.channels.length > 0 ? 1 : 0);
}

/** Does a rule apply to a line of this category sold in this channel? */
export function applies(rule: PlanRule, category: string | null, channel: string): boolean {
  return (
    (rule.categories.length === 0 || (category !== null && rule.categories.includes(category))) &&
    (rule.channels.length === 0 || rule.channels.includes(channel))
  );
}

/**
 * The one rule of each role for a line, in the order in which the plan first names the roles.
 * Two equally specific rules of one role cannot both apply: `planErrors` refuses such a plan.
 */
export function rulesFor(plan: ActivePlan, category: string | null, channel: string): { rule: PlanRule; ruleNo: number }[] {
  const best = new Map<string, { rule: PlanRule; ruleNo: number }>();
  plan.rules.forEach((rule, index) => {
    if (!applies(rule, category, channel)) return;
    const held = best.get(rule.role);
    if (!held || specificity(rule) > specificity(held.rule)) best.set(rule.role, { rule, ruleNo: index + 1 });
  });
  return [...best.values()];
}

/** The plan in force at a moment: the latest that had begun. `plans` in order of validFrom. */
export function planAt(plans: readonly ActivePlan[], at: number): ActivePlan | undefined {
  let found: ActivePlan | undefined;
  for (const plan of plans) if (plan.validFrom <= at) found = plan;
  return found;
}

/**
 * What makes a plan unacceptable: a rule with neither or both of rate and amount, two rules of one role that tie,
 * and (inv 6) rates that together can exceed the budget for some category and channel.
 */
export function planErrors(plan: { budgetPpm: number; rules: PlanRule[] }): FieldError[] {
  const errors: FieldError[] = [];
  plan.rules.forEach((rule, index) => {
    const field = `rules[${index}]`;
    if ((rule.ratePpm === undefined) === (rule.fixedMinor === undefined)) {
      errors.push({
        field,
        code: 'rate_or_amount',
        message: 'a rule has either a rate or a fixed amount',
        remedy: 'give exactly one of ratePpm and fixedMinor',
      });
    }
    plan.rules.slice(0, index).forEach((other, otherIndex) => {
      if (other.role === rule.role && specificity(other) === specificity(rule) && overlap(other, rule)) {
        errors.push({
          field,
          code: 'ambiguous_rule',
          message: `role ${rule.role} has two equally specific rules for the same lines (also rules[${otherIndex}])`,
          remedy: 'narrow one of them to other categories or channels, or remove it',
        });
      }
    });
  });
  const cases = casesOf(plan.rules);
  if (cases === null) {
    errors.push({
      field: 'rules',
      code: 'too_many_cases',
      message: 'the rules tell too many categories and channels apart to be checked',
      remedy: 'let several categories share a rule, or use fewer exceptions per channel',
    });
    return errors;
  }
  const worst = worstCase(plan.rules, cases);
  if (worst.ppm > plan.budgetPpm) {
    errors.push({
      field: 'budgetPpm',
      code: 'budget_exceeded',
      message: `the roles ${worst.roles.join(', ')} together take ${worst.ppm} ppm, more than the budget of ${plan.budgetPpm} ppm`,
      remedy: 'raise the budget or lower the rates',
    });
  }
  return errors;
}

/** Hash of what was agreed, independent of spelling order: key order is canonical. */
export function contentHash(plan: unknown): string {
  return createHash('sha256').update(canonical(plan)).digest('hex');
}

/** Canonical JSON: object keys sorted at every level. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, v]) => `${JSON.stringify(key)}:${canonical(v)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

function overlap(a: PlanRule, b: PlanRule): boolean {
  const meets = (x: readonly string[], y: readonly string[]) => x.length === 0 || y.length === 0 || x.some((item) => y.includes(item));
  return meets(a.categories, b.categories) && meets(a.channels, b.channels);
}

/** More combinations than any plan that people wrote has; a bound on the work one request can ask for. */
const MOST_CASES = 20_000;

/** One category and one channel for each that the rules treat alike, and one that no rule names; null when there are too many. */
function casesOf(rules: PlanRule[]): { categories: (string | null)[]; channels: string[] } | null {
  const categories = [null, ...representatives(rules.map((rule) => rule.categories))];
  const channels = ['', ...representatives(rules.map((rule) => rule.channels))];
  return categories.length * channels.length > MOST_CASES ? null : { categories, channels };
}

/** Of names that the same lists hold, the first. */
function representatives(lists: readonly (readonly string[])[]): string[] {
  const holders = new Map<string, string>();
  lists.forEach((list, index) => new Set(list).forEach((name) => holders.set(name, `${holders.get(name) ?? ''},${index}`)));
  const first = new Map<string, string>();
  for (const [name, held] of holders) if (!first.has(held)) first.set(held, name);
  return [...first.values()];
}

/** The dearest combination of one rule per role over every category and channel that the plan tells apart. */
function worstCase(rules: PlanRule[], { categories, channels }: NonNullable<ReturnType<typeof casesOf>>): { ppm: number; roles: string[] } {
  let worst = { ppm: 0, roles: [] as string[] };
  for (const category of categories) {
    for (const channel of channels) {
      const chosen = rulesFor({ planVersionId: '', validFrom: 0, budgetPpm: 0, rules }, category, channel);
      const ppm = chosen.reduce((sum, { rule }) => sum + (rule.ratePpm ?? 0), 0);
      if (ppm > worst.ppm) worst = { ppm, roles: chosen.map(({ rule }) => rule.role) };
    }
  }
  return worst;
}
