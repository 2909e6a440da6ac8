import { Injectable } from '@nestjs/common';
import type { SealedIdentity } from '@concentric/contracts';
import { idIn, idOut, insertRows, selectIn, type Tx } from '@concentric/service-kit';

/** What makes an identity one and the same within a brand. */
export const identityKey = ({ type, index }: Pick<SealedIdentity, 'type' | 'index'>): string => `${index}/${type}`;

/** Identities by blind index; nothing here can read one. */
@Injectable()
export class IdentityRepository {
  /** Whom the known ones of these identities belong to, by identity key. */
  async owners(tx: Tx, brandId: string, identities: Iterable<SealedIdentity>): Promise<Map<string, string>> {
    const indices = [...new Set([...identities].map(({ index }) => index))].sort();
    const rows = await selectIn<{ blind_index: Uint8Array; type: string; customer_id: Uint8Array }>(
      tx,
      'SELECT blind_index, type, customer_id FROM identity WHERE brand_id = ? AND blind_index IN (?in)',
      indices.map((index) => Buffer.from(index, 'hex')),
      [idIn(brandId)],
    );
    return new Map(rows.map((row) => [`${Buffer.from(row.blind_index).toString('hex')}/${row.type}`, idOut(row.customer_id)]));
  }

  /**
   * Stores new identities, in one global order so that two replicas cannot wait for each other.
   * @throws the driver's duplicate-key error when another replica met the same identity first: the batch is then
   *   repeated and finds the person that the other one has made
   */
  async add(
    tx: Tx,
    brandId: string,
    identities: readonly { identity: SealedIdentity; customerId: string; firstSeenAt: number }[],
  ): Promise<void> {
    const sorted = [...identities].sort((a, b) => (identityKey(a.identity) < identityKey(b.identity) ? -1 : 1));
    await insertRows(
      tx,
      'identity',
      ['brand_id', 'blind_index', 'type', 'customer_id', 'sealed', 'first_seen_at'],
      sorted.map(({ identity, customerId, firstSeenAt }) => [
        idIn(brandId),
        Buffer.from(identity.index, 'hex'),
        identity.type,
        idIn(customerId),
        identity.sealed,
        firstSeenAt,
      ]),
    );
  }

  /** The sealed identities of some persons, oldest first. */
  async of(tx: Tx, customerIds: readonly string[]): Promise<Map<string, Pick<SealedIdentity, 'type' | 'sealed'>[]>> {
    const rows = await selectIn<{ customer_id: Uint8Array; type: SealedIdentity['type']; sealed: string }>(
      tx,
      'SELECT customer_id, type, sealed FROM identity WHERE customer_id IN (?in) ORDER BY first_seen_at, type',
      customerIds.map(idIn),
    );
    const byPerson = new Map<string, Pick<SealedIdentity, 'type' | 'sealed'>[]>();
    for (const row of rows) {
      const id = idOut(row.customer_id);
      byPerson.set(id, [...(byPerson.get(id) ?? []), { type: row.type, sealed: row.sealed }]);
    }
    return byPerson;
  }
}
