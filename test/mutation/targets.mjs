const money = (name, ...others) => ({
  file: `packages/money/src/${name}.ts`,
  specs: [
    `packages/money/src/${name}.spec.ts`,
    `packages/money/test/${name}.property.spec.ts`,
    ...others.map((other) => `packages/money/test/${other}.property.spec.ts`),
  ],
});
const rules = (path) => ({ file: `apps/distribution/src/${path}.rules.ts`, specs: [`apps/distribution/src/${path}.rules.spec.ts`] });

/** The rules that money depends on, and the specs that must notice every mistake in them. */
export const TARGETS = [
  money('allocation'),
  { file: 'packages/money/src/budget.ts', specs: ['packages/money/src/rate.spec.ts', 'packages/money/test/rate.property.spec.ts'] },
  { file: 'packages/money/src/cost.ts', specs: ['packages/money/src/cost.spec.ts'] },
  money('minor'),
  { file: 'packages/money/src/decimal.ts', specs: ['packages/money/src/decimal.spec.ts', 'packages/money/test/minor.property.spec.ts'] },
  {
    file: 'packages/money/src/quotient.ts',
    specs: ['rate', 'reversal'].flatMap((name) => [`packages/money/src/${name}.spec.ts`, `packages/money/test/${name}.property.spec.ts`]),
  },
  money('rate'),
  money('reversal'),
  rules('commission/split'),
  rules('commission/reversal'),
  {
    file: 'apps/distribution/src/commission/decision.rules.ts',
    specs: [
      ...['attribution', 'line', 'control', 'held-budget', 'held-cost'].map((name) => `apps/distribution/test/${name}.int-spec.ts`),
      'test/model/model-sqlite.spec.ts',
    ],
  },
  rules('commission/line-hold'),
  rules('binding/binding'),
  rules('binding/merge'),
  rules('hierarchy/network'),
  rules('ledger/posting'),
  rules('ledger/journal'),
  rules('plan/plan'),
  rules('purchase/held-refund'),
  rules('purchase/order-cost'),
  rules('settlement/period'),
  rules('settlement/statement'),
  rules('withholding/withholding'),
  rules('adjustment/adjustment'),
  rules('statement/review'),
  rules('recalculation/recalculation'),
  rules('payout/payout'),
  rules('payout/payout-item'),
  rules('payout/bank-line'),
];

/**
 * Mistakes that change nothing anybody could notice, with the reason. A mutant is one of these when its file, the line
 * it is in and what it turns into are.
 */
export const HARMLESS = [
  ...inFile('packages/money/src/allocation.ts', [
    [
      'pool * max + small <= MAX_MINOR',
      '+',
      '-',
      'numbers where bigint would be used give the same as long as they are exact, and here they are',
    ],
    ['pool * max + small <= MAX_MINOR', '<=', '<', 'bigint where numbers would do gives the same'],
    ['if (spare > 0)', '>', '>=', 'with nothing to spare nobody gets any'],
    ['total < 0 ?', '<', '<=', 'nothing turned round is nothing'],
    ['if (weight > max)', '>', '>=', 'the same weight again'],
    ['if (run + weight > MAX_MINOR)', '>', '>=', 'bigint where a number would do gives the same'],
    ['parts.push((product - remainder) / sum)', '(product - remainder) / sum', null, 'without its remainder a product divides exactly'],
  ]),
  ...inFile('packages/money/src/budget.ts', [['exact > BigInt(MAX_MINOR)', '>', '>=', 'the largest amount either way']]),
  ...inFile('packages/money/src/decimal.ts', [
    ['const allowed =', '===', '!==', 'what an error says'],
    ['text.length > 40', '>', '>=', 'what an error says'],
  ]),
  ...inFile('packages/money/src/quotient.ts', [
    ['product <= MAX_MINOR - denominator', '<=', '<', 'bigint where numbers would do gives the same'],
    ['return amount < 0', '<', '<=', 'nothing turned round is nothing'],
  ]),
  ...inFile('packages/money/src/rate.ts', [
    ['|| ppm < 0) toPpm(ppm)', '<', '<=', 'toPpm lets 0 through'],
    ['return below < 0', '<', '<=', 'a denominator of 0 was refused before'],
  ]),
  ...inFile('packages/money/src/reversal.ts', [
    ['baseMinor < 0 ? 0 - refundedTotal', '<', '<=', 'of a base of 0 nothing can be refunded either way'],
  ]),
  ...inFile('apps/distribution/src/commission/split.rules.ts', [['if (!start) continue', '!start', 'false', 'nobody stands above nobody']]),
  ...inFile('apps/distribution/src/commission/decision.rules.ts', [
    [
      "!('held' in decided) || decided.held",
      "!('held' in decided) || decided.held !== 'cost_unknown'",
      'false',
      'what an order is held for otherwise is never the name of a product',
    ],
    ["!('held' in decided) || decided.held", '||', '&&', 'what an order is held for otherwise is never the name of a product'],
    ['partnerIds.size > 200_000', '>', '>=', 'how much is remembered'],
    ['length > LONGEST_DETAIL', '>', '>=', 'of many lines one more or less is shown behind the sum'],
  ]),
  ...inFile('apps/distribution/src/binding/binding.rules.ts', [
    ['a.externalId < b.externalId', '<', '<=', 'two lines of one number are of two orders'],
    ['a.externalId < b.externalId', '>', '>=', 'two lines of one number are of two orders'],
  ]),
  ...inFile('apps/distribution/src/hierarchy/network.rules.ts', [
    ['edges.find((edge) => edge.validFrom > validFrom)', '>', '>=', 'one that begins there is the current one'],
    ['if (left < 0) return most', '<', '<=', 'one level more than may be is too many, and so are two'],
    ['if (parentId === null) return;', 'parentId === null', 'false', 'nobody asks who stands below nobody'],
  ]),
  ...inFile('apps/distribution/src/plan/plan.rules.ts', [
    ['specificity(rule) > specificity(held.rule)', '>', '>=', 'two equally specific rules of a role never both apply: the plan is refused'],
    ['entries.sort(([a], [b])', '<', '<=', 'a key comes once'],
    ['const meets =', '||', '&&', 'equally specific rules both name some, or both name none'],
    ['> MOST_CASES', '>', '>=', 'how much work one request may ask for'],
    ['if (ppm > worst.ppm)', '>', '>=', 'which of two equally dear combinations the error names'],
  ]),
  ...inFile('apps/distribution/src/withholding/withholding.rules.ts', [
    ['latest.validFrom > rule.validFrom', '>', '>=', 'no two rules of a type begin on one date'],
    ['netMinor <= inForce.deductMinor', '<=', '<', 'the rate of nothing is nothing'],
  ]),
];

function inFile(file, mutants) {
  return mutants.map(([line, from, to, reason]) => ({ file, line, from, to, reason }));
}
