import { Injectable } from '@nestjs/common';
import { Clock, Outbox, grouped, idIn, idOut, int, intOrNull, selectIn, sendRows, updateRows, iso, type Tx } from '@concentric/service-kit';
import { bindingChanged } from '@concentric/contracts';
import type { Binding, BindingDecision, NewBinding } from './binding.rules';

@Injectable()
export class BindingRepository {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** All bindings that these customers ever had, oldest first. */
  async ofCustomers(tx: Tx, customerIds: readonly string[]): Promise<Map<string, Binding[]>> {
    const rows = await selectIn<Record<string, unknown>>(
      tx,
      'SELECT binding_id, customer_id, partner_id, valid_from, valid_to, end_reason, made_at, last_purchase_at FROM binding WHERE customer_id IN (?in)',
      customerIds.map(idIn),
    );
    const bindings = rows.map((row): Binding => ({
      bindingId: idOut(row.binding_id as Buffer),
      customerId: idOut(row.customer_id as Buffer),
      partnerId: idOut(row.partner_id as Buffer),
      validFrom: int(row.valid_from),
      validTo: intOrNull(row.valid_to),
      endReason: row.end_reason as Binding['endReason'],
      madeAt: int(row.made_at),
      lastPurchaseAt: int(row.last_purchase_at),
    }));
    return grouped(
      bindings.sort((a, b) => a.validFrom - b.validFrom),
      (binding) => binding.customerId,
    );
  }

  /** By order, the binding that its buyer was found to be bound by when it was decided; without those that had none. */
  async ofOrders(tx: Tx, orderIds: readonly string[]): Promise<Map<string, Pick<Binding, 'bindingId' | 'partnerId'>>> {
    const rows = await selectIn<{ order_id: Buffer; binding_id: Buffer; partner_id: Buffer }>(
      tx,
      'SELECT p.order_id, b.binding_id, b.partner_id FROM purchase p JOIN binding b ON b.binding_id = p.binding_id WHERE p.order_id IN (?in)',
      orderIds.map(idIn),
    );
    return new Map(rows.map((row) => [idOut(row.order_id), { bindingId: idOut(row.binding_id), partnerId: idOut(row.partner_id) }]));
  }

  /** Writes what a batch of purchases decided and tells who is bound to whom now. */
  async save(tx: Tx, brandId: string, decision: BindingDecision): Promise<void> {
    const created = new Set<Binding>(decision.created);
    const ended = decision.ended.filter((binding) => !created.has(binding));
    const touched = [...decision.touched].filter((binding) => !created.has(binding));
    await updateRows(
      tx,
      'binding',
      ['binding_id'],
      ['valid_to', 'end_reason'],
      sorted(ended).map((binding) => [idIn(binding.bindingId), binding.validTo, binding.endReason]),
    );
    await updateRows(
      tx,
      'binding',
      ['binding_id'],
      ['last_purchase_at'],
      sorted(touched).map((binding) => [idIn(binding.bindingId), binding.lastPurchaseAt]),
    );
    // Those that ended within the batch come first: one open binding per customer, at every moment.
    const rows = [...decision.created].sort((a, b) => Number(a.validTo === null) - Number(b.validTo === null));
    await sendRows(
      tx,
      'binding',
      [
        'binding_id',
        'brand_id',
        'customer_id',
        'partner_id',
        'valid_from',
        'valid_to',
        'made_at',
        'last_purchase_at',
        'reason',
        'end_reason',
        'order_id',
        'line_no',
        'decided_at',
      ],
      rows.map((binding) => [
        idIn(binding.bindingId),
        idIn(brandId),
        idIn(binding.customerId),
        idIn(binding.partnerId),
        binding.validFrom,
        binding.validTo,
        binding.madeAt,
        binding.lastPurchaseAt,
        binding.reason,
        binding.endReason,
        idIn(binding.orderId),
        binding.lineNo,
        this.clock.now(),
      ]),
    );
    await this.announce(
      tx,
      brandId,
      decision.created.filter((binding) => binding.validTo === null),
    );
  }

  /** Publishes the binding in force of each customer. A later binding begins later: its start serves as revision. */
  private async announce(tx: Tx, brandId: string, inForce: readonly NewBinding[]): Promise<void> {
    await this.outbox.add(
      tx,
      bindingChanged,
      inForce.map((binding) => ({
        brandId,
        customerId: binding.customerId,
        partnerId: binding.partnerId,
        validFrom: iso(binding.validFrom),
        reason: binding.reason,
        revision: Math.max(1, binding.validFrom),
      })),
    );
  }
}

function sorted(bindings: readonly Binding[]): Binding[] {
  return [...bindings].sort((a, b) => (a.bindingId < b.bindingId ? -1 : 1));
}
