import { idIn, idOut, type Operator, type SqlFragment, type Tx } from '@concentric/service-kit';
import { ownPartner } from './partner.errors';

/** The partners that an operator owns or shares in; nearly everybody: none. */
export async function ownPartners(tx: Tx, { id }: Pick<Operator, 'id'>): Promise<Set<string>> {
  const rows: { partner_id: Buffer }[] = await tx.query('SELECT partner_id FROM partner_owner WHERE operator_id = ?', [idIn(id)]);
  return new Set(rows.map((row) => idOut(row.partner_id)));
}

/**
 * Nobody decides about what is owed to themselves (money.md, section 2).
 * @param among a partner's id, or what selects the ids of all partners that it is about
 * Raises `own_partner` (403).
 */
export async function refuseOwner(tx: Tx, actor: Pick<Operator, 'id'>, among: string | SqlFragment): Promise<void> {
  const { sql, params } = typeof among === 'string' ? { sql: '?', params: [idIn(among)] } : among;
  const rows: { name: string }[] = await tx.query(
    `SELECT p.name FROM partner_owner o JOIN partner p ON p.partner_id = o.partner_id WHERE o.operator_id = ? AND o.partner_id IN (${sql}) ORDER BY p.code LIMIT 1`,
    [idIn(actor.id), ...params],
  );
  if (rows[0]) throw ownPartner(rows[0].name);
}
