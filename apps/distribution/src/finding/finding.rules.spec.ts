import { findingState, statementState } from '@concentric/contracts';
import { acceptRefusal, approvalObstacle } from './finding.rules';

describe('findings', () => {
  it('are accepted once, while their statement is reviewed, and never otherwise', () => {
    const accepted = findingState.options.flatMap((state) =>
      statementState.options.flatMap((statement) =>
        acceptRefusal({ state, statementState: statement }) === null ? [`${state} of ${statement}`] : [],
      ),
    );
    expect(accepted).toEqual(['OPEN of DRAFT', 'OPEN of IN_REVIEW']);
  });

  it('keep a statement from being approved until it was examined and all are accepted', () => {
    expect(approvalObstacle(null)).toMatchObject({ code: 'findings_pending' });
    expect(approvalObstacle(2)).toMatchObject({ code: 'findings_open' });
    expect(approvalObstacle(0)).toBeNull();
  });
});
