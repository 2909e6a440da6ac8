import { Injectable } from '@nestjs/common';
import { Audit, Database, idIn, insertRows, type Tx } from '@concentric/service-kit';
import { distributionSettings, type DistributionSettings } from '@concentric/contracts';

/** How a brand binds, holds and pays. */
@Injectable()
export class SettingService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** The settings in force; the defaults for a brand that has set none. */
  async of(tx: Tx, brandId: string): Promise<DistributionSettings> {
    const rows: { settings: string }[] = await tx.query('SELECT settings FROM distribution_setting WHERE brand_id = ?', [idIn(brandId)]);
    return distributionSettings.parse(rows[0] ? JSON.parse(rows[0].settings) : {});
  }

  read(brandId: string): Promise<DistributionSettings> {
    return this.database.read((tx) => this.of(tx, brandId));
  }

  /** Replaces the settings. Only what is decided from now on follows them. */
  async save(brandId: string, settings: DistributionSettings, actorId: string): Promise<DistributionSettings> {
    return this.database.transaction(async (tx) => {
      const before = await this.of(tx, brandId);
      await insertRows(tx, 'distribution_setting', ['brand_id', 'settings'], [[idIn(brandId), JSON.stringify(settings)]], {
        key: ['brand_id'],
        set: ['settings'],
      });
      await this.audit.record(tx, {
        actorId,
        action: 'settings.changed',
        brandId,
        entityType: 'distribution_setting',
        entityId: brandId,
        before,
        after: settings,
      });
      return settings;
    });
  }
}
