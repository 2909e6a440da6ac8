import { idIn, idOut, selectIn, type Operator, type SqlFragment, type Tx } from '@concentric/service-kit';
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

/** As above, about partners and those above them as the network stood at a moment (epoch ms). */
export async function refuseOwnerAlong(tx: Tx, actor: Pick<Operator, 'id'>, partnerIds: readonly string[], at: number): Promise<void> {
  const own = await ownPartners(tx, actor);
  for (let level = partnerIds; own.size > 0 && level.length > 0;) {
    const mine = level.find((id) => own.has(id));
    if (mine !== undefined) await refuseOwner(tx, actor, mine);
    const above = await selectIn<{ parent_id: Buffer }>(
      tx,
      'SELECT parent_id FROM channel_edge WHERE child_id IN (?in) AND parent_id IS NOT NULL AND valid_from <= ? AND (valid_to IS NULL OR valid_to > ?)',
      level.map(idIn),
      [],
      [at, at],
    );
    level = [...new Set(above.map((row) => idOut(row.parent_id)))];
  }
}
