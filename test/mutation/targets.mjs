const money = (name, ...others) => ({ file: `packages/money/src/${name}.ts`, specs: [`packages/money/src/${name}.spec.ts`, `packages/money/test/${name}.property.spec.ts`, ...others.map((other) => `packages/money/test/${other}.property.spec.ts`)] });
const rules = (path) => ({ file: `apps/distribution/src/${path}.rules.ts`, specs: [`apps/distribution/src/${path}.rules.spec.ts`] });

/** The rules that money depends on, and the specs that must notice every mistake in them. */
export const TARGETS = [
  money('allocation'),
  { file: 'packages/money/src/budget.ts', specs: ['packages/money/test/rate.property.spec.ts'] },
  money('minor'),
  { file: 'packages/money/src/decimal.ts', specs: ['packages/money/src/decimal.spec.ts', 'packages/money/test/minor.property.spec.ts'] },
  { file: 'packages/money/src/quotient.ts', specs: ['packages/money/test/rate.property.spec.ts', 'packages/money/test/reversal.property.spec.ts'] },
  money('rate'),
  money('reversal'),
  rules('commission/split'),
  rules('commission/reversal'),
  { file: 'apps/distribution/src/commission/decision.rules.ts', specs: ['apps/distribution/test/attribution.int-spec.ts', 'apps/distribution/test/line.int-spec.ts', 'test/model/model.spec.ts'] },
  rules('ledger/posting'),
  rules('plan/plan'),
  rules('settlement/statement'),
  rules('withholding/withholding'),
  rules('adjustment/adjustment'),
];

/**
 * Mistakes that change nothing anybody could notice, with the reason. A mutant is one of these when its file, the line
 * it is in and what it turns into are.
 */
export const HARMLESS = [];
