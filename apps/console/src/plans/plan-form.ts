import type { PlanInput } from '@concentric/contracts';
import { formatMinor, parseDecimal } from '@concentric/money';
import type { PlanRow } from '../providers/rows';

/** A percentage with four decimals is parts per million. */
const PERCENT_DIGITS = 4;

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

const percentText = (ppm: number): string => formatMinor(ppm, PERCENT_DIGITS).replace(/\.?0+$/, '');
const typed = (text: string | null | undefined): string | undefined => text?.trim().replace(/%$/, '') || undefined;

/** Is it a percentage, or an amount, that can be kept exactly? */
export function isExact(text: string | null | undefined, digits: string | number = PERCENT_DIGITS): boolean {
  const given = typed(text);
  if (given === undefined) return true;
  try {
    return parseDecimal(given, digits) >= 0;
  } catch {
    return false;
  }
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
  const read = (text: string | null | undefined, digits: string | number) => {
    const given = typed(text);
    return given === undefined ? undefined : parseDecimal(given, digits);
  };
  return {
    ...form,
    budgetPpm: read(form.budgetPpm, PERCENT_DIGITS) ?? 0,
    rules: form.rules.map((rule) => ({
      ...rule,
      recipient: { from: rule.recipient.from, climbTo: rule.recipient.climbTo || undefined },
      ratePpm: read(rule.ratePpm, PERCENT_DIGITS),
      fixedMinor: read(rule.fixedMinor, currency),
      capMinor: read(rule.capMinor, currency),
    })),
  };
}
