import type { FieldError, Problem } from '@concentric/contracts';
import { HttpError, useTranslate } from 'react-admin';

type Translate = (key: string, options?: Record<string, unknown>) => string;

/** The problem that a service told, or null when something else went wrong. */
export function problemOf(error: unknown): Problem | null {
  const body = error instanceof HttpError ? (error.body as Problem | null) : null;
  return body?.code ? body : null;
}

/** What the service objects to, under the names of the inputs: `rules[0].role` is the input `rules.0.role`. Undefined when it is about no field. */
export function formErrorsOf(error: unknown): Record<string, string> | undefined {
  const faults = problemOf(error)?.errors;
  return faults && Object.fromEntries(faults.map(({ field, code }) => [field.replace(/\[(\d+)\]/g, '.$1'), `problem.${code}`]));
}

/** One line for people: the title, translated by its stable code where we know it, otherwise as the service says it. */
export function problemText(error: unknown, translate: Translate): string {
  const problem = problemOf(error);
  if (problem) return translate(`problem.${problem.code}`, { _: translate(problem.title, { _: problem.title }) });
  const message = error instanceof Error ? error.message : String(error);
  return translate(message, { _: message });
}

type Fault = Pick<FieldError, 'code' | 'message' | 'remedy'>;

/** What is wrong with one field or row and what to do about it, in the language of the person. */
export function useFaultText(): (fault: Fault) => { reason: string; remedy: string } {
  const translate = useTranslate();
  return ({ code, message, remedy }) => ({
    reason: translate(`problem.${code}`, { _: message }),
    remedy: translate(`remedy.${code}`, { _: remedy ?? '' }),
  });
}
