import { Injectable } from '@nestjs/common';
import { Audit, Clock, Database, execute, idIn, idOut, insertRows, int, namedId, type Operator, type Tx } from '@concentric/service-kit';
import { partnerName, type heldDecision, type PurchaseAttributed } from '@concentric/contracts';
import type { z } from 'zod';
import { BoundPartner } from '../binding/bound-partner.service';
import { refuseOwnerAlong } from '../partner/partner-owner.repository';
import { ArrivalSignal } from './arrival-signal.service';
import { BrandProgress } from './brand-progress.service';
import { decisionRefusal, proposalRefusal, type HeldAction, type HeldOrder } from './held-purchase.rules';
import { heldRefused, unknownOrder } from './purchase.errors';

/** What becomes of a held order whose cause nobody can take away: it is voided, or accepted beyond its budget, by two people. */
@Injectable()
export class HeldDecisions {
  constructor(
    private readonly database: Database,
    private readonly progress: BrandProgress,
    private readonly arrivals: ArrivalSignal,
    private readonly bound: BoundPartner,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Raises `order_not_found`, `own_partner`, `order_not_held`, `proposed_already`, `not_acceptable`. */
  async propose(brandId: string, orderId: string, action: HeldAction, reason: string, actor: Operator): Promise<void> {
    await this.database.transaction(async (tx) => {
      const order = await this.find(tx, brandId, orderId, actor);
      const refused = proposalRefusal(action, order);
      if (refused) throw heldRefused(refused);
      const columns = ['action', 'detail', 'reason', 'state', 'proposed_by', 'proposed_at', 'decided_by', 'decided_at', 'decision_reason'];
      const row = [
        idIn(orderId),
        idIn(brandId),
        action,
        order.detail,
        reason,
        'PROPOSED',
        idIn(actor.id),
        this.clock.now(),
        null,
        null,
        null,
      ];
      await insertRows(tx, 'held_proposal', ['order_id', 'brand_id', ...columns], [row], { key: ['order_id'], set: columns });
      await this.record(tx, `order.${action}_proposed`, brandId, orderId, 'HELD', reason, actor);
    });
  }

  /** Carries out the proposal, or drops it. Raises as above, and `nothing_proposed`, `same_person`, `changed_meanwhile`. */
  async decide(
    brandId: string,
    orderId: string,
    { action, approve, reason }: z.infer<typeof heldDecision>,
    actor: Operator,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const order = await this.find(tx, brandId, orderId, actor);
      const refused = decisionRefusal(approve, action, order, actor.id);
      if (refused) throw heldRefused(refused);
      await execute(tx, 'UPDATE held_proposal SET state = ?, decided_by = ?, decided_at = ?, decision_reason = ? WHERE order_id = ?', [
        approve ? 'APPROVED' : 'REJECTED',
        idIn(actor.id),
        this.clock.now(),
        reason,
        idIn(orderId),
      ]);
      if (!approve) return this.record(tx, `order.${action}_refused`, brandId, orderId, 'HELD', reason, actor);
      // Its refunds are found void when their turn comes, which no refund that arrives at this moment can miss.
      if (action === 'void') await execute(tx, "UPDATE purchase SET state = 'VOID' WHERE order_id = ?", [idIn(orderId)]);
      else
        await execute(tx, "UPDATE purchase SET state = 'PENDING', budget_waived_by = ?, accepted_detail = held_detail WHERE order_id = ?", [
          idIn(actor.id),
          idIn(orderId),
        ]);
      this.arrivals.after(tx);
      return this.record(
        tx,
        action === 'void' ? 'order.voided' : 'order.accepted',
        brandId,
        orderId,
        action === 'void' ? 'VOID' : 'PENDING',
        reason,
        actor,
      );
    });
  }

  /** Behind the lock of whoever decides on orders, so that none of them is tried again at this moment. */
  private async find(tx: Tx, brandId: string, orderId: string, actor: Operator): Promise<HeldOrder> {
    await this.progress.lock(tx, brandId);
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT p.state, p.held_reason, p.held_detail, p.occurred_at, p.body, h.action, h.detail, h.proposed_by FROM purchase p LEFT JOIN held_proposal h ON h.order_id = p.order_id AND h.state = 'PROPOSED' WHERE p.brand_id = ? AND p.order_id = ?`,
      [idIn(brandId), idIn(orderId)],
    );
    const row = rows[0];
    if (!row) throw unknownOrder(orderId);
    const { lines, customerId } = JSON.parse(row.body as string) as PurchaseAttributed;
    const occurredAt = int(row.occurred_at);
    const named = lines
      .flatMap(({ storeCode, guideCode, leaderCode }) => [storeCode, guideCode, leaderCode])
      .filter((code) => code !== null)
      .map((code) => namedId(partnerName(brandId, code)));
    const bound = customerId === null ? null : await this.bound.at(tx, customerId, occurredAt);
    await refuseOwnerAlong(tx, actor, [...new Set(bound === null ? named : [...named, bound])], occurredAt);
    return {
      state: row.state as string,
      reason: row.held_reason as HeldOrder['reason'],
      detail: (row.held_detail as string | null) ?? '',
      proposal:
        row.action === null
          ? null
          : { action: row.action as HeldAction, detail: row.detail as string, proposedBy: idOut(row.proposed_by as Buffer) },
    };
  }

  private record(tx: Tx, action: string, brandId: string, orderId: string, to: string, reason: string, actor: Operator): Promise<void> {
    return this.audit.record(tx, { actorId: actor.id, action, entityType: 'order', entityId: orderId, brandId, from: 'HELD', to, reason });
  }
}
