import { Injectable } from '@nestjs/common';
import { Audit, Clock, Database, execute, idIn, insertRows, int, iso, rowLock, type Operator, type Tx } from '@concentric/service-kit';
import { distributionSettings, type DistributionSettings, type SavedSettings } from '@concentric/contracts';
import { settingsChanged } from './setting.errors';

interface SettingRow {
  settings: string;
  revision: unknown;
  changed_by: string;
  changed_at: unknown;
}

/** How a brand binds, holds and pays. */
@Injectable()
export class SettingService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** The settings in force; the defaults for a brand that has set none. */
  async of(tx: Tx, brandId: string): Promise<DistributionSettings> {
    return settingsOf(await this.stored(tx, brandId));
  }

  read(brandId: string): Promise<SavedSettings> {
    return this.database.read(async (tx) => {
      const row = await this.stored(tx, brandId);
      return { ...settingsOf(row), revision: revisionOf(row) };
    });
  }

  /**
   * Replaces the settings that were read at `revision`. Only what is decided from now on follows them.
   * Raises `settings_changed` (409) when somebody else has saved since.
   */
  async save(brandId: string, { revision, ...settings }: SavedSettings, actor: Pick<Operator, 'id' | 'name'>): Promise<SavedSettings> {
    return this.database.transaction(async (tx) => {
      const before = await this.of(tx, brandId);
      const values = [JSON.stringify(settings), revision + 1, actor.name, this.clock.now(), idIn(brandId)];
      // Compared by the database: two may have read the same revision, and the first one of all has no row yet.
      const written =
        revision === 0
          ? await insertRows(
              tx,
              'distribution_setting',
              ['settings', 'revision', 'changed_by', 'changed_at', 'brand_id'],
              [values],
              'ignore',
            )
          : await execute(
              tx,
              'UPDATE distribution_setting SET settings = ?, revision = ?, changed_by = ?, changed_at = ? WHERE brand_id = ? AND revision = ?',
              [...values, revision],
            );
      if (written === 0) {
        const last = await this.stored(tx, brandId, rowLock(tx, 'share'));
        throw settingsChanged(revisionOf(last), last ? { by: last.changed_by, at: iso(last.changed_at) } : null);
      }
      await this.audit.record(tx, {
        actorId: actor.id,
        action: 'settings.changed',
        brandId,
        entityType: 'distribution_setting',
        entityId: brandId,
        before,
        after: settings,
      });
      return { ...settings, revision: revision + 1 };
    });
  }

  private async stored(tx: Tx, brandId: string, lock = ''): Promise<SettingRow | undefined> {
    const rows: SettingRow[] = await tx.query(
      `SELECT settings, revision, changed_by, changed_at FROM distribution_setting WHERE brand_id = ?${lock}`,
      [idIn(brandId)],
    );
    return rows[0];
  }
}

const settingsOf = (row?: SettingRow) => distributionSettings.parse(row ? JSON.parse(row.settings) : {});
const revisionOf = (row?: SettingRow) => (row ? int(row.revision) : 0);
