import { Injectable } from '@nestjs/common';
import { Clock, crashPoint, Database, idIn, insertRows, int, namedId, type Tx } from '@concentric/service-kit';
import { SettingService } from '../setting/setting.service';
import { parkedReason, statementFigures } from './statement.rules';
import { StatementRepository, statementKey, type NewStatement } from './statement.repository';

const CHUNK = 500;

/** Builds the statements of a closed period. May be interrupted and repeated: it always ends with the same statements. */
@Injectable()
export class SettlementService {
  constructor(
    private readonly database: Database,
    private readonly statements: StatementRepository,
    private readonly settings: SettingService,
    private readonly clock: Clock,
  ) {}

  /**
   * Notes, in the transaction that closes the period, that its statements are to be built, and the minimum they go by:
   * a setting that changes later must not make them differ from themselves.
   */
  async plan(tx: Tx, brandId: string, period: string): Promise<void> {
    const { minimumPayoutMinor } = await this.settings.of(tx, brandId);
    await insertRows(
      tx,
      'settlement_run',
      ['run_id', 'brand_id', 'period_id', 'state', 'expected', 'built', 'parked', 'minimum_minor', 'started_at'],
      [[idIn(namedId(`settlement/${brandId}/${period}`)), idIn(brandId), period, 'RUNNING', 0, 0, 0, minimumPayoutMinor, this.clock.now()]],
      'ignore',
    );
  }

  /** Periods that are closed but whose statements are not all built yet, oldest first. */
  async unfinished(tx: Tx, brandId: string): Promise<string[]> {
    const rows: { period_id: string }[] = await tx.query("SELECT period_id FROM settlement_run WHERE brand_id = ? AND state = 'RUNNING' ORDER BY period_id", [idIn(brandId)]);
    return rows.map((row) => row.period_id);
  }

  /** Builds every statement of a period: one for each partner whose account moved (inv 29-32, 35). */
  async build(brandId: string, period: string): Promise<void> {
    const drafts = await this.database.read((tx) => this.drafts(tx, brandId, period));
    for (let start = 0; start < drafts.length; start += CHUNK) {
      await this.database.transaction((tx) => this.statements.save(tx, brandId, period, drafts.slice(start, start + CHUNK)));
      crashPoint('statements-saved');
    }
    await this.database.transaction((tx) => this.finish(tx, brandId, period, drafts.length));
  }

  /** What the statements of a period come to, from the books as they are now. With `partnerId`, only that partner's. */
  async drafts(tx: Tx, brandId: string, period: string, partnerId?: string): Promise<NewStatement[]> {
    const runs: { minimum_minor: unknown }[] = await tx.query('SELECT minimum_minor FROM settlement_run WHERE brand_id = ? AND period_id = ?', [idIn(brandId), period]);
    if (!runs[0]) return [];
    const minimumPayoutMinor = int(runs[0].minimum_minor);
    const movements = await this.statements.movements(tx, brandId, period, partnerId);
    const previous = await this.statements.previous(tx, brandId, period, partnerId);
    return [...movements.entries()].map(([key, movement]) => ({
      partnerId: movement.partnerId,
      currency: movement.currency,
      figures: statementFigures(statementKey(brandId, period, movement.partnerId, movement.currency), movement, previous.get(key), minimumPayoutMinor),
      parkedReason: parkedReason(movement),
    }));
  }

  private async finish(tx: Tx, brandId: string, period: string, expected: number): Promise<void> {
    const counted: { n: unknown; parked: unknown }[] = await tx.query(
      "SELECT COUNT(*) AS n, SUM(CASE WHEN state = 'PARKED' THEN 1 ELSE 0 END) AS parked FROM statement WHERE brand_id = ? AND period_id = ?",
      [idIn(brandId), period],
    );
    const parked = int(counted[0]!.parked ?? 0);
    await tx.query("UPDATE settlement_run SET state = 'DONE', expected = ?, built = ?, parked = ?, finished_at = ? WHERE brand_id = ? AND period_id = ?", [
      expected,
      int(counted[0]!.n) - parked,
      parked,
      this.clock.now(),
      idIn(brandId),
      period,
    ]);
  }
}
