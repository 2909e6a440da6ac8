import { Injectable } from '@nestjs/common';
import { Audit, idIn, idInOrNull, idOut, idOutOrNull, insertRows, int, intOrNull, rowLock, type Tx } from '@concentric/service-kit';
import type { PartnerType } from '@concentric/contracts';
import { FOREVER, Network, type Edge } from './network.rules';

/** A brand's whole network at one revision, ready to be asked. */
export interface LoadedNetwork {
  revision: number;
  network: Network;
  partners: Map<string, { partnerId: string; code: string; type: PartnerType; name: string }>;
}

/**
 * Reads and writes the network. Decisions ask it thousands of times per second, so each brand's network is kept
 * in memory and read again only when its revision has moved.
 */
@Injectable()
export class NetworkRepository {
  private readonly loaded = new Map<string, LoadedNetwork>();

  constructor(private readonly audit: Audit) {}

  /** The network as of the newest committed revision; do not change what is returned. */
  async current(tx: Tx, brandId: string): Promise<LoadedNetwork> {
    const revision = await this.revision(tx, brandId);
    const known = this.loaded.get(brandId);
    if (known?.revision === revision) return known;
    const fresh = await this.load(tx, brandId, revision);
    this.loaded.set(brandId, fresh);
    return fresh;
  }

  /** An own copy to change, with the brand's network locked until the transaction ends. */
  async forChange(tx: Tx, brandId: string): Promise<LoadedNetwork> {
    await insertRows(tx, 'network_state', ['brand_id', 'revision'], [[idIn(brandId), 0]], 'ignore');
    const rows: { revision: unknown }[] = await tx.query(`SELECT revision FROM network_state WHERE brand_id = ?${rowLock(tx, 'update')}`, [
      idIn(brandId),
    ]);
    return this.load(tx, brandId, int(rows[0]!.revision));
  }

  async saveEdges(tx: Tx, brandId: string, edges: Iterable<Edge>): Promise<void> {
    const rows = [...edges].map((edge) => [
      idIn(edge.childId),
      edge.validFrom,
      idIn(brandId),
      idInOrNull(edge.parentId),
      edge.validTo === FOREVER ? null : edge.validTo,
    ]);
    // Closed intervals first: the unique key on the open one must be free before the next is written.
    rows.sort((a, b) => Number(a[4] === null) - Number(b[4] === null));
    await insertRows(tx, 'channel_edge', ['child_id', 'valid_from', 'brand_id', 'parent_id', 'valid_to'], rows, {
      key: ['child_id', 'valid_from'],
      set: ['parent_id', 'valid_to'],
    });
  }

  /** Records who changed the network of a brand, and by how much. */
  record(tx: Tx, brandId: string, actorId: string, reason: string, after: object): Promise<void> {
    return this.audit.record(tx, { actorId, action: 'network.changed', entityType: 'network', entityId: brandId, brandId, reason, after });
  }

  async bumpRevision(tx: Tx, brandId: string): Promise<number> {
    await tx.query('UPDATE network_state SET revision = revision + 1 WHERE brand_id = ?', [idIn(brandId)]);
    return this.revision(tx, brandId);
  }

  private async revision(tx: Tx, brandId: string): Promise<number> {
    const rows: { revision: unknown }[] = await tx.query('SELECT revision FROM network_state WHERE brand_id = ?', [idIn(brandId)]);
    return rows[0] ? int(rows[0].revision) : 0;
  }

  private async load(tx: Tx, brandId: string, revision: number): Promise<LoadedNetwork> {
    // Edges first: whoever has one is then among the partners, also when others come while this is being read.
    const edgeRows: { child_id: Buffer; parent_id: Buffer | null; valid_from: unknown; valid_to: unknown }[] = await tx.query(
      'SELECT child_id, parent_id, valid_from, valid_to FROM channel_edge WHERE brand_id = ?',
      [idIn(brandId)],
    );
    const partnerRows: { partner_id: Buffer; code: string; type: PartnerType; name: string }[] = await tx.query(
      'SELECT partner_id, code, type, name FROM partner WHERE brand_id = ?',
      [idIn(brandId)],
    );
    const partners = new Map<string, { partnerId: string; code: string; type: PartnerType; name: string }>();
    for (const row of partnerRows) {
      const partnerId = idOut(row.partner_id);
      partners.set(partnerId, { partnerId, code: row.code, type: row.type, name: row.name });
    }
    const edges = edgeRows.map((row) => ({
      childId: idOut(row.child_id),
      parentId: idOutOrNull(row.parent_id),
      validFrom: int(row.valid_from),
      validTo: intOrNull(row.valid_to) ?? FOREVER,
    }));
    return { revision, network: new Network(edges), partners };
  }
}
