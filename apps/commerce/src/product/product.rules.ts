import type { FieldError, productInput } from '@concentric/contracts';
import type { z } from 'zod';
import { isDate } from '../brand/brand.rules';
import { fault } from '../intake/intake.rules';

export type ValidProduct = z.output<typeof productInput>;

/** A cost without a date counts from here: before any order. */
export const fromTheBeginning = '0001-01-01';

/** A product with its cost history, newest first. Unit costs in minor units. */
export interface ProductState {
  sku: string;
  name: string;
  category: string | null;
  costs: Map<string, number>;
}

/** What storing one product record changes. */
export interface ProductChange {
  state: ProductState;
  changed: boolean;
  addedCost: { from: string; unitCostMinor: number } | null;
}

/**
 * Applies one record to what is known of the product. Name and category follow the newest record, because order
 * lines keep their own; a cost is added under its date and never overwritten.
 */
export function applyProduct(known: ProductState | undefined, input: ValidProduct): ProductChange | FieldError[] {
  const from = input.costFrom ?? fromTheBeginning;
  const errors = costFaults(known, input, from);
  if (errors.length > 0) return errors;

  const category = input.category ?? known?.category ?? null;
  const isNewCost = input.unitCostMinor !== undefined && !known?.costs.has(from);
  const addedCost = isNewCost && input.unitCostMinor !== undefined ? { from, unitCostMinor: input.unitCostMinor } : null;
  const costs = new Map(known?.costs);
  if (addedCost) costs.set(addedCost.from, addedCost.unitCostMinor);
  return {
    state: { sku: input.sku, name: input.name, category, costs },
    changed: known === undefined || known.name !== input.name || known.category !== category,
    addedCost,
  };
}

function costFaults(known: ProductState | undefined, input: ValidProduct, from: string): FieldError[] {
  if (input.costFrom !== undefined && !isDate(input.costFrom)) {
    return [fault('costFrom', 'no_such_date', 'there is no such date', 'Send a date of the calendar, such as 2026-01-31.')];
  }
  if (input.costFrom !== undefined && input.unitCostMinor === undefined) {
    return [
      fault(
        'unitCostMinor',
        'cost_required',
        'a date from which a cost counts needs the cost',
        'Send unitCostMinor with costFrom, or leave both out.',
      ),
    ];
  }
  const before = known?.costs.get(from);
  if (before !== undefined && input.unitCostMinor !== undefined && before !== input.unitCostMinor) {
    const since = input.costFrom === undefined ? 'from the beginning' : `from ${from}`;
    return [
      fault(
        'unitCostMinor',
        'cost_changed',
        `the unit cost ${since} is ${before} already and margins were computed from it`,
        'Send the new cost with costFrom, the date from which it counts.',
      ),
    ];
  }
  return [];
}
