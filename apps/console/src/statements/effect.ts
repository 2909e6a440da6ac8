import type { StatementRow } from '../providers/rows';

/** What a decision on statements is about, in one currency: what would be paid and what only rolls on. */
export interface Effect {
  currency: string;
  pay: { statements: number; netMinor: number; taxMinor: number };
  carry: { statements: number; netMinor: number };
}

const nothing = (currency: string): Effect => ({
  currency,
  pay: { statements: 0, netMinor: 0, taxMinor: 0 },
  carry: { statements: 0, netMinor: 0 },
});

/** Of statements that stand on the screen, per currency. */
export function effectOf(rows: readonly StatementRow[]): Effect[] {
  const effects = new Map<string, Effect>();
  for (const { currency, outcome, netMinor, taxMinor } of rows) {
    const effect = effects.get(currency) ?? nothing(currency);
    effects.set(currency, effect);
    effect[outcome].statements += 1;
    effect[outcome].netMinor += netMinor;
    if (outcome === 'pay') effect.pay.taxMinor += taxMinor;
  }
  return [...effects.values()];
}
