import { idIn, type SqlFragment, type Tx } from '@concentric/service-kit';

/** Items of a batch that are still to be paid. */
export const plannedItems = (batchId: string): SqlFragment => ({ sql: "i.batch_id = ? AND i.state = 'PLANNED'", params: [idIn(batchId)] });

/**
 * Did this person approve a statement that these items pay, itself or what it carries in (inv 40)? An amount passes on until a
 * statement pays it; of what was blocked meanwhile it is known which one took it in.
 */
export async function hasChecked(tx: Tx, items: SqlFragment, actorId: string): Promise<boolean> {
  const own = '(t.approved_by = ? OR t.second_approved_by = ?)';
  const rows: unknown[] = await tx.query(
    `SELECT 1 FROM payout_item i JOIN statement s ON s.statement_id = i.statement_id
       JOIN statement t ON t.partner_id = s.partner_id AND t.period_id <= s.period_id AND t.currency = s.currency
      WHERE ${items.sql} AND ${own}
        AND (t.statement_id = s.statement_id OR s.carried_in_minor <> 0 AND t.state <> 'VOID' AND (t.outcome = 'carry' OR t.state = 'CARRIED')
             AND COALESCE(t.carried_into, t.period_id) <= s.period_id
             AND NOT EXISTS (SELECT 1 FROM statement p WHERE p.partner_id = s.partner_id AND p.currency = s.currency AND p.outcome = 'pay' AND p.state NOT IN ('CARRIED', 'VOID')
                              AND p.period_id >= COALESCE(t.carried_into, t.period_id) AND p.period_id < s.period_id)) LIMIT 1`,
    [...items.params, idIn(actorId), idIn(actorId)],
  );
  return rows.length > 0;
}
