import { Injectable } from '@nestjs/common';
import { idIn, idOut, idOutOrNull, int, rowLock, iso, isoOrNull, type Tx } from '@concentric/service-kit';
import type { PartnerType, withholdingRuleRow } from '@concentric/contracts';
import type { z } from 'zod';
import type { WithholdingRule } from './withholding.rules';

type RuleRow = z.infer<typeof withholdingRuleRow>;

@Injectable()
export class WithholdingRepository {
  /** Every approved rule of a brand, whenever it begins. */
  async approved(tx: Tx, brandId: string): Promise<WithholdingRule[]> {
    const rows: Record<string, unknown>[] = await tx.query(
      "SELECT partner_type, currency, valid_from, exempt_minor, deduct_minor, rate_ppm FROM withholding_rule WHERE brand_id = ? AND state = 'APPROVED'",
      [idIn(brandId)],
    );
    return rows.map((row) => ({
      partnerType: row.partner_type as PartnerType,
      currency: row.currency as string,
      validFrom: row.valid_from as string,
      exemptMinor: int(row.exempt_minor),
      deductMinor: int(row.deduct_minor),
      ratePpm: int(row.rate_ppm),
    }));
  }

  /** Rules as they were proposed, the latest start first; or one of them, locked for its decision. */
  async list(tx: Tx, brandId: string, ruleId?: string): Promise<RuleRow[]> {
    const only = ruleId
      ? ` AND rule_id = ? ORDER BY partner_type${rowLock(tx, 'update')}`
      : ' ORDER BY valid_from DESC, rule_id, partner_type';
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT * FROM withholding_rule WHERE brand_id = ?${only}`,
      ruleId ? [idIn(brandId), idIn(ruleId)] : [idIn(brandId)],
    );
    const rules = new Map<string, RuleRow>();
    for (const row of rows) {
      const id = idOut(row.rule_id as Buffer);
      const rule = rules.get(id) ?? toRow(id, row);
      rule.partnerTypes.push(row.partner_type as PartnerType);
      rules.set(id, rule);
    }
    return [...rules.values()];
  }
}

function toRow(id: string, row: Record<string, unknown>): RuleRow {
  return {
    id,
    partnerTypes: [],
    currency: row.currency as string,
    validFrom: row.valid_from as string,
    exemptMinor: int(row.exempt_minor),
    deductMinor: int(row.deduct_minor),
    ratePpm: int(row.rate_ppm),
    state: row.state as RuleRow['state'],
    reason: row.reason as string,
    proposedBy: idOut(row.proposed_by as Buffer),
    proposedAt: iso(row.proposed_at),
    decidedBy: idOutOrNull(row.decided_by as Buffer | null),
    decidedAt: isoOrNull(row.decided_at),
    decisionReason: (row.decision_reason as string | null) ?? null,
  };
}
