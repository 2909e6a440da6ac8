import { Injectable } from '@nestjs/common';
import type { MembershipSettings } from '@concentric/contracts';
import { Audit, Clock, idIn, insertRows, type Brand, type Operator, type Tx } from '@concentric/service-kit';
import type { MemberPolicy } from '../member/roster.rules';
import { ladderOf, TIERS, tierOf } from '../tier/tier.rules';

const DEFAULTS = { registerOnPurchase: true, thresholds: [0, 500, 2_000, 5_000, 20_000] };

/** The rules of membership of a brand. A change holds for decisions made after it; nothing is decided again. */
@Injectable()
export class SettingService {
  constructor(
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async get(tx: Tx, brandId: string): Promise<MembershipSettings> {
    const { registerOnPurchase, thresholds } = await this.stored(tx, brandId);
    return {
      registerOnPurchase,
      tiers: thresholds.map((fromGrowthValue, level) => ({ tier: tierOf(level), fromGrowthValue })),
    };
  }

  /** What decides about the members of a brand at this moment. */
  async policy(tx: Tx, brand: Brand): Promise<MemberPolicy> {
    const { registerOnPurchase, thresholds } = await this.stored(tx, brand.brandId);
    return {
      registerOnPurchase,
      ladder: ladderOf(thresholds, brand.currency),
      dateOf: (at) => brand.calendar.businessDate(at),
    };
  }

  async put(tx: Tx, brandId: string, settings: MembershipSettings, operator: Operator): Promise<MembershipSettings> {
    const before = await this.get(tx, brandId);
    const thresholds = TIERS.map((name) => settings.tiers.find(({ tier }) => tier === name)?.fromGrowthValue);
    await insertRows(
      tx,
      'membership_setting',
      ['brand_id', 'register_on_purchase', 'thresholds', 'changed_at'],
      [[idIn(brandId), settings.registerOnPurchase ? 1 : 0, JSON.stringify(thresholds), this.clock.now()]],
      { key: ['brand_id'], set: ['register_on_purchase', 'thresholds', 'changed_at'] },
    );
    await this.audit.record(tx, {
      actorId: operator.id,
      action: 'membership.settings.changed',
      entityType: 'membership_setting',
      entityId: brandId,
      before,
      after: settings,
    });
    return settings;
  }

  private async stored(tx: Tx, brandId: string): Promise<typeof DEFAULTS> {
    const rows: { register_on_purchase: unknown; thresholds: string | number[] }[] = await tx.query(
      'SELECT register_on_purchase, thresholds FROM membership_setting WHERE brand_id = ?',
      [idIn(brandId)],
    );
    const row = rows[0];
    if (!row) return DEFAULTS;
    // A JSON column is text on some databases and already parsed on others.
    const thresholds: number[] = typeof row.thresholds === 'string' ? JSON.parse(row.thresholds) : row.thresholds;
    return { registerOnPurchase: Number(row.register_on_purchase) === 1, thresholds };
  }
}
