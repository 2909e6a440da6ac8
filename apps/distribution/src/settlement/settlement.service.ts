import { Injectable } from '@nestjs/common';
import { BrandDirectory, chunks, Clock, crashPoint, Database, idIn, idOut, int, namedId, rowLock, type Tx } from '@concentric/service-kit';
import { SettingService } from '../setting/setting.service';
import { WithholdingRepository } from '../withholding/withholding.repository';
import { withholdingOf } from '../withholding/withholding.rules';
import { parkedReason, statementFigures, statementKey, type Movement, type Terms } from './statement.rules';
import { StatementRepository, type NewStatement } from './statement.repository';

const CHUNK = 500;

/** Builds the statements of a closed period. May be interrupted and repeated: it always ends with the same statements. */
@Injectable()
export class SettlementService {
  constructor(
    private readonly database: Database,
    private readonly statements: StatementRepository,
    private readonly settings: SettingService,
    private readonly withholding: WithholdingRepository,
    private readonly brands: BrandDirectory,
    private readonly clock: Clock,
  ) {}

  /** Periods that are closed but whose statements are not all built yet, oldest first. */
  async unfinished(tx: Tx, brandId: string): Promise<string[]> {
    const rows: { period_id: string }[] = await tx.query(
      "SELECT period_id FROM settlement_run WHERE brand_id = ? AND state = 'RUNNING' ORDER BY period_id",
      [idIn(brandId)],
    );
    return rows.map((row) => row.period_id);
  }

  /** Builds every statement of a period: one for each partner whose account moved (inv 29-32, 35). */
  async build(brandId: string, period: string): Promise<void> {
    const drafts = await this.database.read((tx) => this.drafts(tx, brandId, period));
    for (const chunk of chunks(drafts, CHUNK)) {
      await this.database.transaction((tx) => this.statements.save(tx, brandId, period, chunk));
      crashPoint('statements-saved');
    }
    await this.database.transaction((tx) => this.finish(tx, brandId, period, drafts.length));
  }

  /**
   * What the statements of a period come to, from the books as they are now. Those that exist keep the terms they were
   * built by: what is set later must not make them differ from themselves. With `partnerIds`, only those of them.
   */
  async drafts(tx: Tx, brandId: string, period: string, partnerIds?: readonly string[]): Promise<NewStatement[]> {
    const runs: { minimum_minor: unknown }[] = await tx.query(
      'SELECT minimum_minor FROM settlement_run WHERE brand_id = ? AND period_id = ?',
      [idIn(brandId), period],
    );
    if (!runs[0]) return [];
    const termsOf = await this.terms(tx, brandId, period, int(runs[0].minimum_minor));
    const built = await this.statements.built(tx, brandId, period, partnerIds);
    return this.compute(tx, brandId, period, partnerIds, (key, movement) => {
      const by = built.get(key);
      if (!by) return { revision: 1, terms: termsOf(movement) };
      const { taxMinor } = by;
      return {
        revision: by.revision,
        terms: { minimumMinor: by.minimumMinor, taxOf: taxMinor === null ? termsOf(movement).taxOf : () => taxMinor },
      };
    });
  }

  /** Builds the next revision of a statement that has become void, by the terms in force now. Returns its id. */
  async revise(
    tx: Tx,
    brandId: string,
    { period, partnerId, currency, revision }: { period: string; partnerId: string; currency: string; revision: number },
  ): Promise<string> {
    const termsOf = await this.terms(tx, brandId, period, (await this.settings.of(tx, brandId)).minimumPayoutMinor);
    const drafts = await this.compute(tx, brandId, period, [partnerId], (_, movement) => ({
      revision: revision + 1,
      terms: termsOf(movement),
    }));
    const [next] = drafts.filter((draft) => draft.currency === currency);
    if (!next) throw new Error(`nothing moved for partner ${partnerId} in ${period}, although it had a statement`);
    await this.statements.save(tx, brandId, period, [next]);
    return next.statementId;
  }

  /** Gives the parked statements of a period the figures of now. Returns how many have become drafts, and how many are still parked. */
  async unpark(tx: Tx, brandId: string, period: string): Promise<{ rebuilt: string[]; stillParked: number }> {
    const parked: { statement_id: Buffer; partner_id: Buffer }[] = await tx.query(
      `SELECT statement_id, partner_id FROM statement WHERE brand_id = ? AND period_id = ? AND state = 'PARKED' ORDER BY statement_id${rowLock(tx, 'update')}`,
      [idIn(brandId), period],
    );
    const ids = new Set(parked.map((row) => idOut(row.statement_id)));
    const drafts = await this.drafts(
      tx,
      brandId,
      period,
      parked.map((row) => idOut(row.partner_id)),
    );
    const mended = drafts.filter((draft) => ids.has(draft.statementId) && draft.parkedReason === null);
    await this.statements.replace(tx, mended);
    await tx.query('UPDATE settlement_run SET built = built + ?, parked = parked - ? WHERE brand_id = ? AND period_id = ?', [
      mended.length,
      mended.length,
      idIn(brandId),
      period,
    ]);
    return { rebuilt: mended.map((statement) => statement.statementId), stillParked: parked.length - mended.length };
  }

  private async compute(
    tx: Tx,
    brandId: string,
    period: string,
    partnerIds: readonly string[] | undefined,
    by: (key: string, movement: Movement) => { revision: number; terms: Terms },
  ): Promise<NewStatement[]> {
    const movements = await this.statements.movements(tx, brandId, period, partnerIds);
    const previous = await this.statements.previous(tx, brandId, period, movements, partnerIds);
    return [...movements.entries()].map(([key, movement]) => {
      const { revision, terms } = by(key, movement);
      const name = statementKey(brandId, period, movement.partnerId, movement.currency, revision);
      return {
        statementId: namedId(name),
        partnerId: movement.partnerId,
        partnerType: movement.partnerType,
        partnerCode: movement.partnerCode,
        currency: movement.currency,
        revision,
        figures: statementFigures(name, movement, previous.get(key), terms),
        parkedReason: parkedReason(movement),
      };
    });
  }

  /** What statements built now go by. */
  private async terms(tx: Tx, brandId: string, period: string, minimumMinor: number): Promise<(movement: Movement) => Terms> {
    const rules = await this.withholding.approved(tx, brandId);
    const { calendar } = await this.brands.get(tx, brandId);
    const lastDate = calendar.businessDate(calendar.endOfPeriod(period) - 1);
    return ({ partnerType, currency }) => ({
      minimumMinor,
      taxOf: (netMinor) => withholdingOf(rules, partnerType, currency, lastDate, netMinor),
    });
  }

  private async finish(tx: Tx, brandId: string, period: string, expected: number): Promise<void> {
    const counted: { n: unknown; parked: unknown }[] = await tx.query(
      "SELECT COUNT(*) AS n, SUM(CASE WHEN state = 'PARKED' THEN 1 ELSE 0 END) AS parked FROM statement WHERE brand_id = ? AND period_id = ? AND state <> 'VOID'",
      [idIn(brandId), period],
    );
    const parked = int(counted[0]!.parked ?? 0);
    await tx.query(
      "UPDATE settlement_run SET state = 'DONE', expected = ?, built = ?, parked = ?, finished_at = ? WHERE brand_id = ? AND period_id = ?",
      [expected, int(counted[0]!.n) - parked, parked, this.clock.now(), idIn(brandId), period],
    );
  }
}
