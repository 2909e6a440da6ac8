import { statementState } from '@concentric/contracts';
import { isShownTo, shownToSql } from './published.rules';

const brand = { scope: { kind: 'all' as const } };
const partner = { scope: { kind: 'partner' as const, partnerId: '018f0000-0000-7000-8000-0000000000f1' } };

describe('who is shown a statement', () => {
  it('shows the brand every state', () => {
    expect(statementState.options.filter((state) => !isShownTo(brand, state))).toEqual([]);
    expect(shownToSql(brand, 's.state')).toEqual([]);
  });

  it('shows a partner what has been published, and nothing that may still become another statement or none', () => {
    const hidden = ['PARKED', 'DRAFT', 'IN_REVIEW', 'APPROVED', 'VOID'];
    for (const operator of [partner, { scope: { kind: 'none' as const } }]) {
      expect(statementState.options.filter((state) => !isShownTo(operator, state)).sort()).toEqual(hidden.sort());
      const params = shownToSql(operator, 's.state').flatMap((condition) => condition.params);
      expect([...params, ...hidden].sort()).toEqual([...statementState.options].sort());
    }
  });
});
