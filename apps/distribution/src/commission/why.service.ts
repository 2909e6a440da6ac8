import { Injectable } from '@nestjs/common';
import { Database, idIn, idOut, idOutOrNull, int, intOrNull, notFound, partnerScopeSql, selectIn, type Operator, type Tx } from '@concentric/service-kit';
import type { PartnerType, PurchaseAttributed, whyAmount } from '@concentric/contracts';
import type { z } from 'zod';
import { PlanRepository } from '../plan/plan.repository';
import { LINE_SELECT, toLineRow } from './commission-line.repository';

type Why = z.infer<typeof whyAmount>;

const iso = (at: number) => new Date(at).toISOString();

/** Explains one amount from the order and the rule to the postings and the statement. */
@Injectable()
export class WhyService {
  constructor(
    private readonly database: Database,
    private readonly plans: PlanRepository,
  ) {}

  /** Raises `commission_line_not_found` (404), also for lines of partners that are not the operator's. A reversal is explained by the line it took back. */
  async explain(brandId: string, lineId: string, operator: Operator): Promise<Why> {
    return this.database.read(async (tx) => {
      const scope = partnerScopeSql(operator, 'c.partner_id');
      const asked: Record<string, unknown>[] = await tx.query(`SELECT COALESCE(c.reverses_id, c.line_id) AS line_id FROM commission_line c WHERE c.brand_id = ? AND c.line_id = ? AND ${scope.sql}`, [
        idIn(brandId),
        idIn(lineId),
        ...scope.params,
      ]);
      if (!asked[0]) throw notFound('commission_line', lineId);
      const key = asked[0].line_id as Buffer;
      const rows: Record<string, unknown>[] = await tx.query(
        `${LINE_SELECT.replace('SELECT ', 'SELECT c.plan_version_id, c.rule_no, c.binding_id, c.fixed_minor, c.cap_minor, c.chain, c.line_hash, p.body, s.matured_period, ')} WHERE c.line_id = ?`,
        [key],
      );
      const raw = rows[0]!;
      const order = JSON.parse(raw.body as string) as PurchaseAttributed;
      const reversals = await this.reversals(tx, key);
      return {
        line: toLineRow(raw),
        order: orderPart(order, int(raw.line_no), operator),
        person: personPart(order, operator),
        binding: raw.binding_id === null ? null : await this.binding(tx, raw.binding_id as Buffer),
        chain: await this.chain(tx, JSON.parse(raw.chain as string) as string[]),
        plan: await this.plan(tx, brandId, idOut(raw.plan_version_id as Buffer), int(raw.rule_no)),
        computation: {
          baseMinor: int(raw.base_minor),
          ratePpm: intOrNull(raw.rate_ppm),
          fixedMinor: intOrNull(raw.fixed_minor),
          capMinor: intOrNull(raw.cap_minor),
          amountMinor: int(raw.amount_minor),
          hash: Buffer.from(raw.line_hash as Uint8Array).toString('hex'),
        },
        reversals,
        postings: await this.postings(tx, [key, ...reversals.map((reversal) => idIn(reversal.id))]),
        statement: await this.statement(tx, brandId, raw),
      };
    });
  }

  private async reversals(tx: Tx, lineId: Buffer): Promise<Why['reversals']> {
    const rows: Record<string, unknown>[] = await tx.query(
      "SELECT r.line_id, r.refund_id, f.occurred_at, r.amount_minor, r.period_id FROM commission_line e JOIN commission_line r ON r.order_id = e.order_id AND r.line_no = e.line_no AND r.role = e.role AND r.kind = 'REVERSE' JOIN refund f ON f.refund_id = r.refund_id WHERE e.line_id = ? ORDER BY r.doc_seq",
      [lineId],
    );
    return rows.map((row) => ({
      id: idOut(row.line_id as Buffer),
      refundId: idOut(row.refund_id as Buffer),
      occurredAt: iso(int(row.occurred_at)),
      amountMinor: int(row.amount_minor),
      period: row.period_id as string,
    }));
  }

  private async binding(tx: Tx, bindingId: Buffer): Promise<Why['binding']> {
    const rows: Record<string, unknown>[] = await tx.query('SELECT b.*, p.name FROM binding b JOIN partner p ON p.partner_id = b.partner_id WHERE b.binding_id = ?', [bindingId]);
    const row = rows[0];
    if (!row) return null;
    const validTo = intOrNull(row.valid_to);
    return {
      id: idOut(row.binding_id as Buffer),
      partnerId: idOut(row.partner_id as Buffer),
      partnerName: row.name as string,
      validFrom: iso(int(row.valid_from)),
      validTo: validTo === null ? null : iso(validTo),
      reason: row.reason as string,
      orderId: idOutOrNull(row.order_id as Buffer | null),
    };
  }

  private async chain(tx: Tx, ids: readonly string[]): Promise<Why['chain']> {
    const rows = await selectIn<{ partner_id: Buffer; code: string; type: PartnerType; name: string }>(tx, 'SELECT partner_id, code, type, name FROM partner WHERE partner_id IN (?in)', ids.map(idIn));
    const byId = new Map(rows.map((row) => [idOut(row.partner_id), { id: idOut(row.partner_id), code: row.code, type: row.type, name: row.name }]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  private async plan(tx: Tx, brandId: string, planVersionId: string, ruleNo: number): Promise<Why['plan']> {
    const [plan] = await this.plans.stored(tx, brandId, planVersionId);
    if (!plan) throw notFound('plan', planVersionId);
    const { code, version, name, contentHash } = plan;
    return { id: planVersionId, code, version, name, validFrom: iso(plan.validFrom), contentHash, ruleNo, rule: plan.rules[ruleNo - 1]! };
  }

  private async postings(tx: Tx, lineIds: readonly Buffer[]): Promise<Why['postings']> {
    const rows = await selectIn<Record<string, unknown>>(
      tx,
      `SELECT t.txn_id, t.kind, t.period_id, t.effective_at, a.type, e.amount_minor FROM commission_line c JOIN ledger_entry e ON e.txn_id = c.txn_id AND e.line_id = c.line_id
         JOIN ledger_txn t ON t.txn_id = e.txn_id JOIN ledger_account a ON a.account_id = e.account_id WHERE c.line_id IN (?in)`,
      lineIds,
    );
    return rows
      .map((row) => ({
        txnId: idOut(row.txn_id as Buffer),
        kind: row.kind as string,
        period: row.period_id as string,
        effectiveAt: iso(int(row.effective_at)),
        account: row.type as string,
        amountMinor: int(row.amount_minor),
      }))
      .sort((a, b) => (a.effectiveAt < b.effectiveAt ? -1 : 1));
  }

  private async statement(tx: Tx, brandId: string, raw: Record<string, unknown>): Promise<Why['statement']> {
    if (raw.matured_period === null) return null;
    const rows: Record<string, unknown>[] = await tx.query("SELECT statement_id, period_id, state FROM statement WHERE brand_id = ? AND period_id = ? AND partner_id = ? AND currency = ? AND state <> 'VOID'", [
      idIn(brandId),
      raw.matured_period,
      raw.partner_id,
      raw.currency,
    ]);
    const row = rows[0];
    return row ? { id: idOut(row.statement_id as Buffer), period: row.period_id as string, state: row.state as string } : null;
  }
}

/** A partner learns why it earned, not who bought: that is for whoever the person is bound to, on the member pages. */
function personPart({ customerId, member, tier }: PurchaseAttributed, { scope }: Operator): Why['person'] {
  return scope.kind === 'all' ? { customerId, member, tier } : { customerId: null, member, tier: null };
}

/** What the goods cost the brand is not for partners. */
function orderPart(order: PurchaseAttributed, lineNo: number, { scope }: Operator): Why['order'] {
  const line = order.lines.find((candidate) => candidate.lineNo === lineNo)!;
  const { sku, category, quantity, netMinor } = line;
  const costMinor = scope.kind === 'all' ? line.costMinor : null;
  return { id: order.orderId, externalId: order.externalId, channel: order.channel, occurredAt: order.occurredAt, businessDate: order.businessDate, lineNo, sku, category, quantity, netMinor, costMinor };
}
