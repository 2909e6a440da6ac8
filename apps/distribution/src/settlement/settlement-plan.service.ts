import { ownReason } from '@concentric/contracts';
import { Injectable } from '@nestjs/common';
import { Clock, idIn, idOut, insertRows, namedId, type Tx } from '@concentric/service-kit';
import { SettingService } from '../setting/setting.service';
import { StatementMoves } from '../statement/statement-moves.service';
import { StatementRepository, partnerKey } from './statement.repository';

const SYSTEM = 'system';

/** Settles, in the transaction that closes a period, what its statements will be built by, however late that is. */
@Injectable()
export class SettlementPlan {
  constructor(
    private readonly settings: SettingService,
    private readonly statements: StatementRepository,
    private readonly moves: StatementMoves,
    private readonly clock: Clock,
  ) {}

  /** Notes that statements are to be built, and the minimum they go by: a setting that changes later must not make them differ from themselves. */
  async make(tx: Tx, brandId: string, period: string): Promise<void> {
    const { minimumPayoutMinor } = await this.settings.of(tx, brandId);
    await insertRows(
      tx,
      'settlement_run',
      ['run_id', 'brand_id', 'period_id', 'state', 'expected', 'built', 'parked', 'minimum_minor', 'started_at'],
      [[idIn(namedId(`settlement/${brandId}/${period}`)), idIn(brandId), period, 'RUNNING', 0, 0, 0, minimumPayoutMinor, this.clock.now()]],
      'ignore',
    );
    await this.carryBlocked(tx, brandId, period);
  }

  /**
   * What blocked partners were to be paid rolls on into the statement that is about to be built for them: paid on its own
   * after the block it would take no account of what has been taken back since. Where there will be none it goes on waiting.
   */
  private async carryBlocked(tx: Tx, brandId: string, period: string): Promise<void> {
    const now = this.clock.now();
    const rows: { statement_id: Buffer; partner_id: Buffer; currency: string }[] = await tx.query(
      `SELECT s.statement_id, s.partner_id, s.currency FROM payout_block b JOIN statement s ON s.partner_id = b.partner_id
        WHERE b.brand_id = ? AND s.outcome = 'pay' AND (s.state = 'CONFIRMED' OR s.state = 'PUBLISHED' AND s.dispute_until <= ?)`,
      [idIn(brandId), now],
    );
    if (rows.length === 0) return;
    const moved = await this.statements.movements(
      tx,
      brandId,
      period,
      rows.map((row) => idOut(row.partner_id)),
    );
    const waiting = rows.filter((row) => moved.has(partnerKey(row))).map((row) => idOut(row.statement_id));
    await this.moves.move(tx, brandId, 'confirm', waiting, {
      actorId: SYSTEM,
      reason: ownReason('window_over'),
      set: { sql: 'confirmed_at = ?', params: [now] },
    });
    await this.moves.move(tx, brandId, 'carry', waiting, {
      actorId: SYSTEM,
      reason: ownReason('carried_blocked', { period }),
      set: { sql: 'carried_into = ?, waiting_for = NULL', params: [period] },
    });
  }
}
