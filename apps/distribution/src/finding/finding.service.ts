import { Injectable } from '@nestjs/common';
import { Audit, Database, idIn, rowLock, type Operator } from '@concentric/service-kit';
import { refuseOwner } from '../partner/partner-owner.repository';
import { findingRefused, unknownFinding } from './finding.errors';
import { FindingRepository, type FindingRow } from './finding.repository';
import { acceptRefusal, findingTransition } from './finding.rules';

/** Accepting what has been found about a statement, with a reason. */
@Injectable()
export class FindingService {
  constructor(
    private readonly database: Database,
    private readonly findings: FindingRepository,
    private readonly audit: Audit,
  ) {}

  /** Raises `finding_not_found` (404), `own_partner` (403) and `wrong_state` (409). */
  async accept(brandId: string, findingId: string, reason: string, actor: Operator): Promise<FindingRow> {
    return this.database.transaction(async (tx) => {
      const finding = await this.findings.find(tx, brandId, findingId);
      if (!finding) throw unknownFinding(findingId);
      await refuseOwner(tx, actor, finding.partnerId);
      const statement = idIn(finding.statementId);
      // Locked: whoever examines or approves the statement at the same time waits for this.
      const [locked]: { state: string }[] = await tx.query(`SELECT state FROM statement WHERE statement_id = ?${rowLock(tx, 'update')}`, [
        statement,
      ]);
      const refused = acceptRefusal({ state: finding.state, statementState: locked!.state });
      if (refused) throw findingRefused(refused);
      if (!(await this.findings.accept(tx, findingId, actor.id, reason))) throw findingRefused('Somebody else has accepted it.');
      await tx.query('UPDATE statement SET open_findings = open_findings - 1 WHERE statement_id = ?', [statement]);
      await this.audit.record(tx, {
        actorId: actor.id,
        action: 'finding.accepted',
        entityType: 'finding',
        entityId: findingId,
        brandId,
        ...findingTransition,
        reason,
      });
      return (await this.findings.find(tx, brandId, findingId))!;
    });
  }
}
