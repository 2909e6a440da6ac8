import { createHash } from 'node:crypto';
import type { expenseInput, FieldError } from '@concentric/contracts';
import type { z } from 'zod';
import { momentFault, type BrandRules } from '../brand/brand.rules';

export type ValidExpense = z.output<typeof expenseInput>;

/** One expense with its dates resolved. Instant in epoch ms. */
export interface ExpenseDraft {
  externalId: string;
  occurredAt: number;
  businessDate: string;
  period: string;
  class: ValidExpense['class'];
  purpose: ValidExpense['purpose'];
  amountMinor: number;
  channel: string | null;
  touchpoint: string | null;
  contentHash: Buffer;
}

/** Resolves one valid expense against its brand, or says what is wrong with it. */
export function draftExpense(input: ValidExpense, brand: BrandRules): ExpenseDraft | FieldError[] {
  const errors = [
    ...(input.channel === undefined ? [] : brand.channelFaults('channel', input.channel)),
    ...brand.currencyFaults(input.currency),
  ];
  const occurredAt = brand.moment(input.occurredAt);
  if (occurredAt === null) errors.push(momentFault('occurredAt'));
  if (errors.length > 0 || occurredAt === null) return errors;
  const content = [occurredAt, input.class, input.purpose, input.amountMinor, input.channel ?? null, input.touchpoint ?? null];
  return {
    externalId: input.externalId,
    occurredAt,
    businessDate: brand.calendar.businessDate(occurredAt),
    period: brand.calendar.period(occurredAt),
    class: input.class,
    purpose: input.purpose,
    amountMinor: input.amountMinor,
    channel: input.channel ?? null,
    touchpoint: input.touchpoint ?? null,
    contentHash: createHash('sha256').update(JSON.stringify(content)).digest(),
  };
}
