import { Injectable } from '@nestjs/common';
import {
  BrandDirectory,
  Clock,
  Database,
  Outbox,
  idIn,
  insertRows,
  namedId,
  updateRows,
  iso,
  type Operator,
  type Tx,
} from '@concentric/service-kit';
import { networkChanged, type NetworkChanged, ownReason, partnerName } from '@concentric/contracts';
import { NetworkRepository, type LoadedNetwork } from '../hierarchy/network.repository';
import { FOREVER } from '../hierarchy/network.rules';
import { HeldPurchases } from '../purchase/held-purchase.service';
import { applyPartnerRows, type NetworkChange } from './partner-change.rules';

/** Who hands in rows, and from where: `batch`, or `file` with its SHA-256. */
export interface PartnerSource {
  actor: Operator;
  source: string;
}

/** Takes in partners and moves them about in the network. */
@Injectable()
export class PartnerService {
  constructor(
    private readonly database: Database,
    private readonly brands: BrandDirectory,
    private readonly networks: NetworkRepository,
    private readonly outbox: Outbox,
    private readonly held: HeldPurchases,
    private readonly clock: Clock,
  ) {}

  /**
   * Applies rows of a network file in one transaction: what is right stands, what is wrong is returned.
   * Orders that were held for a partner named here are put back in the queue, to be decided as of their own time.
   */
  async apply(
    brandId: string,
    rows: readonly unknown[],
    { actor, source }: PartnerSource,
  ): Promise<Pick<NetworkChange, 'accepted' | 'unchanged' | 'rejected'>> {
    return this.database.transaction(async (tx) => {
      const brand = await this.brands.get(tx, brandId);
      const loaded = await this.networks.forChange(tx, brandId);
      const change = applyPartnerRows(rows, loaded, brandId, brand.calendar, this.clock.now());
      const { accepted, unchanged, rejected } = change;
      if (accepted > 0) {
        await this.save(tx, brandId, loaded, change);
        const counts = { accepted, unchanged, rejected: rejected.length, partners: change.partners.size, moved: change.moved.size };
        await this.networks.record(tx, brandId, actor.id, ownReason('partners_taken_in', { accepted, rows: rows.length, source }), {
          source,
          ...counts,
        });
      }
      return { accepted, unchanged, rejected: rejected.sort((a, b) => a.index - b.index) };
    });
  }

  private async save(tx: Tx, brandId: string, loaded: LoadedNetwork, change: NetworkChange): Promise<void> {
    const revision = await this.networks.bumpRevision(tx, brandId);
    await insertRows(
      tx,
      'partner',
      ['partner_id', 'brand_id', 'code', 'type', 'name', 'revision'],
      [...change.partners.values()].map((partner) => [
        idIn(partner.partnerId),
        idIn(brandId),
        partner.code,
        partner.type,
        partner.name,
        revision,
      ]),
      { key: ['partner_id'], set: ['name', 'revision'] },
    );
    await this.networks.saveEdges(tx, brandId, change.edges.values());
    const affected = new Set(change.partners.keys());
    for (const partnerId of change.moved) for (const below of loaded.network.descendantsOf(partnerId)) affected.add(below);
    await updateRows(
      tx,
      'partner',
      ['partner_id'],
      ['revision'],
      [...affected].sort().map((partnerId) => [idIn(partnerId), revision]),
    );
    await this.outbox.add(
      tx,
      networkChanged,
      [...affected].map((partnerId) => this.toEvent(brandId, partnerId, loaded, revision)),
    );
    await this.held.retryKnown(tx, brandId, (code) => loaded.partners.has(namedId(partnerName(brandId, code))));
  }

  private toEvent(brandId: string, partnerId: string, loaded: LoadedNetwork, revision: number): NetworkChanged {
    const partner = loaded.partners.get(partnerId)!;
    return {
      brandId,
      partnerId,
      code: partner.code,
      partnerType: partner.type,
      name: partner.name,
      revision,
      path: loaded.network.ancestorsOf(partnerId).map((ancestor) => ({
        ancestorId: ancestor.ancestorId,
        depth: ancestor.depth,
        validFrom: iso(ancestor.validFrom),
        validTo: ancestor.validTo === FOREVER ? null : iso(ancestor.validTo),
      })),
    };
  }
}
