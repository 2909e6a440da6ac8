import { Injectable } from '@nestjs/common';
import { type BatchResult, ownReason, payeeBatchRow, type payeeDecisionResult, type PayeeInput } from '@concentric/contracts';
import { Audit, Database, fieldErrors, idIn, idOut, isDuplicateKey, selectIn, type Operator, type Tx } from '@concentric/service-kit';
import type { z } from 'zod';
import { OWN_PARTNER, unknownPartner } from '../partner/partner.errors';
import { ownPartners, refuseOwner } from '../partner/partner-owner.repository';
import { PayoutEjection } from '../payout/payout-ejection.service';
import { StatementAdvance } from '../statement/statement-advance.service';
import { notYourPartner, payeeProposed, payeeRefused, unknownPayee } from './payee.errors';
import { PayeeRepository, type PayeeDetails, type StoredPayee } from './payee.repository';
import { payeeRefusal, payeeTransitions, type PayeeAction } from './payee.rules';

type DecisionResult = z.infer<typeof payeeDecisionResult>;

/** Where partners want to be paid: proposed by one person, approved by another, never changed in place (inv 39, 40). */
@Injectable()
export class PayeeService {
  constructor(
    private readonly database: Database,
    private readonly payees: PayeeRepository,
    private readonly ejection: PayoutEjection,
    private readonly statements: StatementAdvance,
    private readonly audit: Audit,
  ) {}

  /** Raises `partner_not_found` (404), `not_your_partner`, `own_partner` (403) and `payee_proposed` (409). */
  async propose(brandId: string, partnerId: string, input: PayeeInput, actor: Operator) {
    if (actor.scope.kind !== 'all' && !(actor.scope.kind === 'partner' && actor.scope.partnerId === partnerId)) throw notYourPartner();
    try {
      return await this.database.transaction(async (tx) => {
        const known: unknown[] = await tx.query('SELECT partner_id FROM partner WHERE brand_id = ? AND partner_id = ?', [
          idIn(brandId),
          idIn(partnerId),
        ]);
        if (known.length === 0) throw unknownPartner(partnerId);
        // Who signs in as the partner itself speaks for it.
        if (actor.scope.kind === 'all') await refuseOwner(tx, actor, partnerId);
        return this.payees.row(tx, await this.proposeWithin(tx, brandId, partnerId, input, actor));
      });
    } catch (error) {
      throw isDuplicateKey(error) ? payeeProposed() : error;
    }
  }

  /** Rows by partner code; what is right stands, what is wrong is returned. */
  async proposeBatch(brandId: string, rows: readonly Record<string, unknown>[], actor: Operator): Promise<BatchResult> {
    if (actor.scope.kind !== 'all') throw notYourPartner();
    const result: BatchResult = { accepted: 0, unchanged: 0, rejected: [] };
    const codes = rows.map(({ partnerCode }) => partnerCode).filter((code) => typeof code === 'string');
    const own = await this.database.read((tx) => ownPartners(tx, actor));
    const found = await this.database.read((tx) =>
      selectIn<{ partner_id: Buffer; code: string }>(
        tx,
        'SELECT partner_id, code FROM partner WHERE brand_id = ? AND code IN (?in)',
        codes,
        [idIn(brandId)],
      ),
    );
    const partners = new Map(found.map((row) => [row.code, idOut(row.partner_id)]));
    for (const [index, row] of rows.entries()) {
      const externalId = typeof row['partnerCode'] === 'string' ? row['partnerCode'].slice(0, 64) : '';
      const reject = (errors: BatchResult['rejected'][number]['errors']) => result.rejected.push({ index, externalId, errors });
      const parsed = payeeBatchRow.safeParse(row);
      const partnerId = partners.get(externalId);
      if (!parsed.success) reject(fieldErrors(parsed.error));
      else if (partnerId === undefined)
        reject([
          { field: 'partnerCode', code: 'unknown_partner', message: 'there is no such partner', remedy: 'take in the partner first' },
        ]);
      else if (own.has(partnerId))
        reject([{ field: 'partnerCode', code: OWN_PARTNER.code, message: OWN_PARTNER.message, remedy: 'let a colleague propose it' }]);
      else {
        try {
          await this.database.transaction((tx) => this.proposeWithin(tx, brandId, partnerId, parsed.data, actor));
          result.accepted += 1;
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
          reject([
            {
              field: 'partnerCode',
              code: 'payee_proposed',
              message: 'new details of this partner are waiting already',
              remedy: 'let the treasury approve or reject them first',
            },
          ]);
        }
      }
    }
    return result;
  }

  /** Decides on one. Raises `payee_not_found`, `own_partner`, `wrong_state` and `same_person`. */
  async decideOne(brandId: string, payeeId: string, approve: boolean, reason: string, actor: Operator) {
    const { refused } = await this.decide(brandId, [payeeId], approve, reason, actor);
    if (refused[0]) throw refused[0].code === 'payee_not_found' ? unknownPayee(payeeId) : payeeRefused(refused[0]);
    return this.database.read((tx) => this.payees.row(tx, payeeId));
  }

  /** Does what is allowed and lists what is not. */
  decide(brandId: string, payeeIds: readonly string[], approve: boolean, reason: string, actor: Operator): Promise<DecisionResult> {
    return this.database.transaction(async (tx) => {
      const found = await this.payees.ofIds(tx, brandId, payeeIds);
      const own = await ownPartners(tx, actor);
      const result: DecisionResult = { done: 0, refused: [] };
      const action = approve ? 'approve' : 'reject';
      for (const payeeId of [...new Set(payeeIds)].sort()) {
        const payee = found.get(payeeId);
        const refused = payee
          ? payeeRefusal(action, { ...payee, isOwn: own.has(payee.partnerId) }, actor.id)
          : { code: 'payee_not_found', message: 'There are no such payee details.' };
        if (refused) result.refused.push({ payeeId, ...refused });
        else {
          if (approve) await this.approve(tx, brandId, payee!, reason, actor);
          else await this.move(tx, brandId, payeeId, 'reject', reason, actor);
          result.done += 1;
        }
      }
      return result;
    });
  }

  /** Shows what is sealed, and records who looked and why. */
  reveal(brandId: string, payeeId: string, reason: string, actor: Operator): Promise<PayeeDetails> {
    return this.database.transaction(async (tx) => {
      const details = (await this.payees.open(tx, brandId, [payeeId])).get(payeeId);
      if (!details) throw unknownPayee(payeeId);
      await this.audit.record(tx, { actorId: actor.id, action: 'payee.revealed', entityType: 'payee', entityId: payeeId, brandId, reason });
      return details;
    });
  }

  private async proposeWithin(tx: Tx, brandId: string, partnerId: string, input: PayeeInput, actor: Operator): Promise<string> {
    const payeeId = await this.payees.propose(tx, brandId, partnerId, input, actor.id);
    await this.audit.record(tx, {
      actorId: actor.id,
      action: 'payee.proposed',
      entityType: 'payee',
      entityId: payeeId,
      brandId,
      to: 'PROPOSED',
      reason: input.reason,
    });
    return payeeId;
  }

  private async approve(
    tx: Tx,
    brandId: string,
    { payeeId, partnerId, currency }: StoredPayee,
    reason: string,
    actor: Operator,
  ): Promise<void> {
    const former = (await this.payees.approved(tx, [partnerId], currency)).get(partnerId);
    if (former !== undefined) await this.move(tx, brandId, former, 'replace', reason, actor);
    await this.move(tx, brandId, payeeId, 'approve', reason, actor);
    if (former !== undefined)
      await this.ejection.eject(tx, brandId, partnerId, { currency, reason: ownReason('payee_changed'), actorId: actor.id });
    await this.statements.reconsider(tx, brandId, partnerId, { reason, actorId: actor.id });
  }

  private async move(tx: Tx, brandId: string, payeeId: string, action: PayeeAction, reason: string, actor: Operator): Promise<void> {
    if (!(await this.payees.move(tx, payeeId, action, actor.id, reason)))
      throw payeeRefused({ code: 'changed_meanwhile', message: 'Somebody else decided first.' });
    const { from, to } = payeeTransitions[action];
    await this.audit.record(tx, {
      actorId: actor.id,
      action: `payee.${to.toLowerCase()}`,
      entityType: 'payee',
      entityId: payeeId,
      brandId,
      from,
      to,
      reason,
    });
  }
}
