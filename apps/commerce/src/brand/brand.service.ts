import { Injectable } from '@nestjs/common';
import { brandChanged, brandName, type BrandInput, type BrandRow } from '@concentric/contracts';
import { isCurrency } from '@concentric/money';
import {
  Audit,
  BrandDirectory,
  Clock,
  Database,
  isDuplicateKey,
  namedId,
  notFound,
  Outbox,
  rowLock,
  type Operator,
  type Tx,
} from '@concentric/service-kit';
import { brandFixed, brandNotYours, channelInUse, channelRepeated, unknownCurrency } from './brand.errors';
import { BrandRepository } from './brand.repository';
import { sameBrand } from './brand.rules';

/** Brands: opened and edited under one code. */
@Injectable()
export class BrandService {
  constructor(
    private readonly database: Database,
    private readonly brands: BrandRepository,
    private readonly directory: BrandDirectory,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens a brand, or edits the one that has this code. Sending the same again changes nothing.
   * Raises brand_fixed and channel_in_use (409), invalid_input (400), brand_not_permitted (403).
   */
  async put(operator: Operator, input: BrandInput): Promise<{ brand: BrandRow; created: boolean }> {
    const brandId = namedId(brandName(input.code));
    if (operator.brandIds !== 'all' && !operator.brandIds.includes(brandId)) throw brandNotYours();
    if (!isCurrency(input.currency)) throw unknownCurrency(input.currency);
    const repeated = input.channels.findIndex((channel, at) => input.channels.findIndex((other) => other.code === channel.code) < at);
    if (repeated >= 0) throw channelRepeated(input.channels[repeated]!.code, repeated);

    const work = () => this.database.transaction((tx) => this.store(tx, operator, { ...input, brandId }));
    try {
      return await work();
    } catch (error) {
      // Two callers opened the brand at once: the second now finds it.
      if (isDuplicateKey(error)) return work();
      throw error;
    }
  }

  async list(operator: Operator): Promise<BrandRow[]> {
    const all = await this.database.read((tx) => this.brands.all(tx));
    const { brandIds } = operator;
    return brandIds === 'all' ? all : all.filter((brand) => brandIds.includes(brand.brandId));
  }

  /** @throws brand_not_found (404) */
  async get(brandId: string): Promise<BrandRow> {
    const brand = await this.database.read((tx) => this.brands.find(tx, brandId));
    if (!brand) throw notFound('brand', brandId);
    return brand;
  }

  private async store(tx: Tx, operator: Operator, brand: BrandRow): Promise<{ brand: BrandRow; created: boolean }> {
    const known = await this.brands.find(tx, brand.brandId, rowLock(tx, 'update'));
    if (known) {
      if (sameBrand(known, brand)) return { brand: known, created: false };
      await this.checkEdit(tx, known, brand);
    }
    await this.brands.save(tx, brand, this.clock.now());
    await this.directory.save(tx, brand);
    await this.outbox.add(tx, brandChanged, [brand]);
    await this.audit.record(tx, {
      actorId: operator.id,
      action: known ? 'brand.edit' : 'brand.open',
      entityType: 'brand',
      entityId: brand.brandId,
      ...(known ? { before: known } : {}),
      after: brand,
    });
    return { brand, created: !known };
  }

  private async checkEdit(tx: Tx, known: BrandRow, brand: BrandRow): Promise<void> {
    const moved = known.zone !== brand.zone ? 'zone' : known.currency !== brand.currency ? 'currency' : null;
    if (moved && (await this.brands.hasOrders(tx, brand.brandId))) throw brandFixed(moved, known[moved]);
    const removed = known.channels
      .map((channel) => channel.code)
      .filter((code) => !brand.channels.some((channel) => channel.code === code));
    const used = await this.brands.channelsInUse(tx, brand.brandId, removed);
    if (used.length > 0) throw channelInUse(used);
  }
}
