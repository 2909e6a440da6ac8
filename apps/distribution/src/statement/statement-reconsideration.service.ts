import { Injectable } from '@nestjs/common';
import { Audit, execute, idIn, idOut, rowLock, type Tx } from '@concentric/service-kit';

/** Has statements looked at again when something they were judged by has become another. */
@Injectable()
export class StatementReconsideration {
  constructor(private readonly audit: Audit) {}

  /**
   * Has the statements of a partner looked at again, after payee details were approved, a block was lifted or its person was
   * named: those under review are examined anew and lose a first approval, which knew nothing of it; those confirmed may be
   * payable now. Those about to be confirmed are locked as well, so that none is looked at between this change and its commit.
   */
  async reconsider(tx: Tx, brandId: string, partnerId: string, { actorId, reason }: { actorId: string; reason: string }): Promise<void> {
    const partner = [idIn(partnerId), idIn(brandId)];
    const approved: { statement_id: Buffer }[] = await tx.query(
      `SELECT statement_id FROM statement WHERE partner_id = ? AND brand_id = ? AND state = 'IN_REVIEW' AND approved_by IS NOT NULL ORDER BY statement_id${rowLock(tx, 'update')}`,
      partner,
    );
    await this.audit.record(
      tx,
      approved.map((row) => ({
        actorId,
        action: 'statement.approval-withdrawn',
        entityType: 'statement',
        entityId: idOut(row.statement_id),
        brandId,
        from: 'IN_REVIEW',
        to: 'IN_REVIEW',
        reason,
      })),
    );
    await execute(
      tx,
      "UPDATE statement SET open_findings = NULL, approved_by = NULL, version = version + 1 WHERE partner_id = ? AND brand_id = ? AND state IN ('DRAFT', 'IN_REVIEW')",
      partner,
    );
    await execute(
      tx,
      "UPDATE statement SET waiting_for = NULL WHERE partner_id = ? AND brand_id = ? AND state IN ('PUBLISHED', 'DISPUTED', 'CONFIRMED')",
      partner,
    );
  }
}
