import { Injectable } from '@nestjs/common';
import type { WithholdingRuleInput } from '@concentric/contracts';
import {
  Audit,
  BrandDirectory,
  Clock,
  Database,
  execute,
  idIn,
  insertRows,
  isDuplicateKey,
  newId,
  nextDate,
  type Operator,
} from '@concentric/service-kit';
import { PeriodService } from '../ledger/period.service';
import { noSuchDate, unknownRule, withholdingOverlaps, withholdingRefused } from './withholding.errors';
import { WithholdingRepository } from './withholding.repository';
import { withholdingRefusal, withholdingTransitions } from './withholding.rules';

/** Withholding rules: proposed by one person, put in force by another, never changed after. */
@Injectable()
export class WithholdingService {
  constructor(
    private readonly database: Database,
    private readonly rules: WithholdingRepository,
    private readonly periods: PeriodService,
    private readonly brands: BrandDirectory,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(brandId: string) {
    await this.brands.get(null, brandId);
    return { data: await this.database.read((tx) => this.rules.list(tx, brandId)) };
  }

  async propose(brandId: string, { partnerTypes, reason, ...terms }: WithholdingRuleInput, actor: Operator) {
    await this.brands.get(null, brandId);
    if (!isDate(terms.validFrom)) throw noSuchDate(terms.validFrom);
    return this.database.transaction(async (tx) => {
      const ruleId = newId(this.clock);
      await insertRows(
        tx,
        'withholding_rule',
        [
          'rule_id',
          'partner_type',
          'brand_id',
          'currency',
          'valid_from',
          'exempt_minor',
          'deduct_minor',
          'rate_ppm',
          'state',
          'reason',
          'proposed_by',
          'proposed_at',
        ],
        [...new Set(partnerTypes)].map((type) => [
          idIn(ruleId),
          type,
          idIn(brandId),
          terms.currency,
          terms.validFrom,
          terms.exemptMinor,
          terms.deductMinor,
          terms.ratePpm,
          'PROPOSED',
          reason,
          idIn(actor.id),
          this.clock.now(),
        ]),
      );
      await this.audit.record(tx, {
        actorId: actor.id,
        action: 'withholding.proposed',
        entityType: 'withholding_rule',
        entityId: ruleId,
        brandId,
        to: 'PROPOSED',
        reason,
        after: { partnerTypes, ...terms },
      });
      return (await this.rules.list(tx, brandId, ruleId))[0]!;
    });
  }

  /** Raises `wrong_state`, `withholding_backdated`, `withholding_overlaps` (409) and `same_person` (403). */
  async decide(brandId: string, ruleId: string, approve: boolean, reason: string, actor: Operator) {
    const action = approve ? 'approve' : 'reject';
    const { from, to } = withholdingTransitions[action];
    try {
      return await this.database.transaction(async (tx) => {
        // Shared: no period closes, and no statement is built, between looking at the open one and the rule being in force.
        const open = (await this.periods.current(tx, brandId, 'share')) ?? null;
        const [rule] = await this.rules.list(tx, brandId, ruleId);
        if (!rule) throw unknownRule(ruleId);
        const refused = withholdingRefusal(action, rule, actor.id, open);
        if (refused) throw withholdingRefused(refused);
        await execute(
          tx,
          'UPDATE withholding_rule SET state = ?, decided_by = ?, decided_at = ?, decision_reason = ? WHERE rule_id = ? AND state = ?',
          [to, idIn(actor.id), this.clock.now(), reason, idIn(ruleId), from],
        );
        await this.audit.record(tx, {
          actorId: actor.id,
          action: `withholding.${to.toLowerCase()}`,
          entityType: 'withholding_rule',
          entityId: ruleId,
          brandId,
          from,
          to,
          reason,
        });
        return (await this.rules.list(tx, brandId, ruleId))[0]!;
      });
    } catch (error) {
      throw isDuplicateKey(error) ? withholdingOverlaps() : error;
    }
  }
}

function isDate(date: string): boolean {
  try {
    return nextDate(date) > date;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
