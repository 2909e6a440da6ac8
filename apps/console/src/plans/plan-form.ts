import type { PlanInput } from '@concentric/contracts';
import { formatMinor } from '@concentric/money';
import { percentText, readExact } from '../money/typed';
import type { PlanRow } from '../providers/rows';

/** A rule as it is typed: figures are text until they are sent. */
interface RuleForm extends Omit<Rule, 'ratePpm' | 'fixedMinor' | 'capMinor'> {
  ratePpm?: string | null;
  fixedMinor?: string | null;
  capMinor?: string | null;
}
type Rule = PlanInput['rules'][number];
export interface PlanForm extends Omit<PlanInput, 'budgetPpm' | 'rules'> {
  budgetPpm: string;
  rules: RuleForm[];
}

/** A new version begins as a copy of the version before, without its start. */
export function formOf(plan: PlanRow, currency: string): Omit<PlanForm, 'validFrom'> {
  const amount = (minor: number | undefined) => (minor === undefined ? undefined : formatMinor(minor, currency));
  return {
    code: plan.code,
    name: plan.name,
    budgetPpm: percentText(plan.budgetPpm),
    rules: plan.rules.map((rule) => ({
      ...rule,
      ratePpm: rule.ratePpm === undefined ? undefined : percentText(rule.ratePpm),
      fixedMinor: amount(rule.fixedMinor),
      capMinor: amount(rule.capMinor),
    })),
  };
}

/** What was typed as the service takes it. Empty fields are left out. */
export function inputOf(form: PlanForm, currency: string): PlanInput {
  return {
    ...form,
    budgetPpm: readExact(form.budgetPpm) ?? 0,
    rules: form.rules.map((rule) => ({
      ...rule,
      recipient: { from: rule.recipient.from, climbTo: rule.recipient.climbTo || undefined },
      ratePpm: readExact(rule.ratePpm),
      fixedMinor: readExact(rule.fixedMinor, currency),
      capMinor: readExact(rule.capMinor, currency),
    })),
  };
}
