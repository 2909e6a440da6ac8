import { Injectable } from '@nestjs/common';
import {
  Database,
  idIn,
  idOut,
  idOutOrNull,
  int,
  intOrNull,
  notFound,
  partnerScopeSql,
  selectIn,
  iso,
  isoOrNull,
  type Operator,
  type Tx,
} from '@concentric/service-kit';
import type { PartnerType, PurchaseAttributed, whyAmount } from '@concentric/contracts';
import type { z } from 'zod';
import { PlanRepository } from '../plan/plan.repository';
import { orderOf, type LineCost } from '../purchase/order-cost.rules';
import { isShownTo, seesWholeBrand } from '../statement/published.rules';
import { LINE_SELECT, toLineRow, withoutHoldReason } from './commission-line.repository';
import { adjustmentsFor, WhyDocumentRepository, type LinePart } from './why-document.repository';
import { ownParts, WhyLedgerRepository } from './why-ledger.repository';
import { WhyPayoutRepository } from './why-payout.repository';

type Why = z.infer<typeof whyAmount>;

/** Explains one amount from the order and the rule to the postings, the statements and the bank. */
@Injectable()
export class WhyService {
  constructor(
    private readonly database: Database,
    private readonly plans: PlanRepository,
    private readonly ledger: WhyLedgerRepository,
    private readonly documents: WhyDocumentRepository,
    private readonly payouts: WhyPayoutRepository,
  ) {}

  /** Raises `commission_line_not_found` (404), also for lines of partners that are not the operator's. A reversal is explained by the line it took back. */
  async explain(brandId: string, lineId: string, operator: Operator): Promise<Why> {
    return this.database.read(async (tx) => {
      const scope = partnerScopeSql(operator, 'c.partner_id');
      const asked: Record<string, unknown>[] = await tx.query(
        `SELECT COALESCE(c.reverses_id, c.line_id) AS line_id FROM commission_line c WHERE c.brand_id = ? AND c.line_id = ? AND ${scope.sql}`,
        [idIn(brandId), idIn(lineId), ...scope.params],
      );
      if (!asked[0]) throw notFound('commission_line', lineId);
      const key = asked[0].line_id as Buffer;
      const rows: Record<string, unknown>[] = await tx.query(
        `${LINE_SELECT.replace('SELECT ', 'SELECT c.plan_version_id, c.rule_no, c.binding_id, c.fixed_minor, c.cap_minor, c.chain, c.line_hash, c.txn_id, p.body, p.costs, s.matured_period, s.matured_minor, s.maturity_id, ')} WHERE c.line_id = ?`,
        [key],
      );
      const raw = rows[0]!;
      const line = toLineRow(raw);
      const { data: order, given } = orderOf(raw);
      return {
        line: seesWholeBrand(operator) ? line : withoutHoldReason(line),
        order: orderPart(order, given, line.lineNo, operator),
        person: personPart(order, operator),
        binding: raw.binding_id === null ? null : await this.binding(tx, raw.binding_id as Buffer),
        chain: await this.chain(tx, JSON.parse(raw.chain as string) as string[]),
        plan: await this.plan(tx, brandId, idOut(raw.plan_version_id as Buffer), int(raw.rule_no)),
        computation: {
          baseMinor: line.baseMinor,
          ratePpm: line.ratePpm,
          fixedMinor: intOrNull(raw.fixed_minor),
          capMinor: intOrNull(raw.cap_minor),
          amountMinor: line.amountMinor,
          hash: Buffer.from(raw.line_hash as Uint8Array).toString('hex'),
        },
        ...(await this.aftermath(tx, brandId, raw, line, operator)),
      };
    });
  }

  /** What happened to the line after it had been frozen. */
  private async aftermath(
    tx: Tx,
    brandId: string,
    raw: Record<string, unknown>,
    line: Why['line'],
    operator: Operator,
  ): Promise<Pick<Why, 'reversals' | 'maturity' | 'adjustments' | 'recalculations' | 'postings' | 'statements' | 'payouts'>> {
    const { partnerId, currency } = line;
    const reversals = await this.reversals(tx, line.id);
    const adjustments = await this.documents.adjustmentsOfLine(tx, line.id);
    const maturity = raw.matured_period === null ? null : { period: raw.matured_period as string, amountMinor: int(raw.matured_minor) };
    const booked = {
      lineId: line.id,
      partnerId,
      currency,
      originPeriod: line.originPeriod,
      txnId: idOutOrNull(raw.txn_id as Buffer | null),
      amountMinor: line.amountMinor,
    };
    const postings = await this.ledger.postings(
      tx,
      { ...booked, maturityId: idOutOrNull(raw.maturity_id as Buffer | null), maturedMinor: maturity?.amountMinor ?? 0 },
      [
        ...reversals.map(({ reversal, txnId }) => ({ lineId: reversal.id, txnId, amountMinor: reversal.amountMinor })),
        ...adjustments.map(({ adjustment, txnId }) => ({ lineId: line.id, txnId, amountMinor: adjustment.amountMinor })),
      ],
    );
    const parts: LinePart[] = [
      ...(maturity === null ? [] : [{ figure: 'earnedMinor' as const, ...maturity }]),
      ...reversals.flatMap(({ reversal, isPayable }) =>
        isPayable ? [{ figure: 'reversedMinor' as const, period: reversal.period, amountMinor: -reversal.amountMinor }] : [],
      ),
      ...adjustments.flatMap(({ adjustment: { kind, period, amountMinor } }) =>
        kind === 'adjust' && period !== null ? [{ figure: 'adjustedMinor' as const, period, amountMinor }] : [],
      ),
    ];
    const onStatements = await this.documents.statements(tx, brandId, partnerId, currency, parts);
    const statements = onStatements.filter(({ state }) => isShownTo(operator, state));
    return {
      reversals: reversals.map(({ reversal }) => reversal),
      maturity,
      adjustments: adjustmentsFor(
        operator,
        adjustments.map(({ adjustment }) => adjustment),
      ),
      recalculations: seesWholeBrand(operator) ? await this.documents.recalculations(tx, line) : [],
      postings: seesWholeBrand(operator) ? postings : ownParts(postings),
      statements,
      payouts: await this.payouts.of(
        tx,
        statements.map((statement) => statement.id),
        operator,
      ),
    };
  }

  private async reversals(
    tx: Tx,
    lineId: string,
  ): Promise<{ reversal: Why['reversals'][number]; txnId: string | null; isPayable: boolean }[]> {
    const rows: Record<string, unknown>[] = await tx.query(
      "SELECT r.line_id, r.refund_id, f.occurred_at, r.amount_minor, r.base_minor, r.period_id, r.txn_id, r.against FROM commission_line e JOIN commission_line r ON r.order_id = e.order_id AND r.line_no = e.line_no AND r.role = e.role AND r.kind = 'REVERSE' JOIN refund f ON f.refund_id = r.refund_id WHERE e.line_id = ? ORDER BY r.doc_seq",
      [idIn(lineId)],
    );
    return rows.map((row) => ({
      reversal: {
        id: idOut(row.line_id as Buffer),
        refundId: idOut(row.refund_id as Buffer),
        occurredAt: iso(row.occurred_at),
        amountMinor: int(row.amount_minor),
        refundedMinor: int(row.base_minor),
        period: row.period_id as string,
      },
      txnId: idOutOrNull(row.txn_id as Buffer | null),
      isPayable: row.against === 'payable',
    }));
  }

  private async binding(tx: Tx, bindingId: Buffer): Promise<Why['binding']> {
    const rows: Record<string, unknown>[] = await tx.query(
      'SELECT b.*, p.name FROM binding b JOIN partner p ON p.partner_id = b.partner_id WHERE b.binding_id = ?',
      [bindingId],
    );
    const row = rows[0];
    if (!row) return null;
    return {
      id: idOut(row.binding_id as Buffer),
      partnerId: idOut(row.partner_id as Buffer),
      partnerName: row.name as string,
      validFrom: iso(row.valid_from),
      validTo: isoOrNull(row.valid_to),
      reason: row.reason as string,
      orderId: idOutOrNull(row.order_id as Buffer | null),
    };
  }

  private async chain(tx: Tx, ids: readonly string[]): Promise<Why['chain']> {
    const rows = await selectIn<{ partner_id: Buffer; code: string; type: PartnerType; name: string }>(
      tx,
      'SELECT partner_id, code, type, name FROM partner WHERE partner_id IN (?in)',
      ids.map(idIn),
    );
    const byId = new Map(
      rows.map((row) => [idOut(row.partner_id), { id: idOut(row.partner_id), code: row.code, type: row.type, name: row.name }]),
    );
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  private async plan(tx: Tx, brandId: string, planVersionId: string, ruleNo: number): Promise<Why['plan']> {
    const [plan] = await this.plans.stored(tx, brandId, planVersionId);
    if (!plan) throw notFound('plan', planVersionId);
    const { code, version, name, contentHash } = plan;
    return { id: planVersionId, code, version, name, validFrom: iso(plan.validFrom), contentHash, ruleNo, rule: plan.rules[ruleNo - 1]! };
  }
}

/** A partner learns why it earned, not who bought: that is for whoever the person is bound to, on the member pages. */
function personPart({ customerId, member, tier }: PurchaseAttributed, operator: Operator): Why['person'] {
  return seesWholeBrand(operator) ? { customerId, member, tier } : { customerId: null, member, tier: null };
}

/** What the goods cost the brand is not for partners. */
function orderPart(order: PurchaseAttributed, given: readonly LineCost[], lineNo: number, operator: Operator): Why['order'] {
  const line = order.lines.find((candidate) => candidate.lineNo === lineNo)!;
  const { sku, category, quantity, netMinor } = line;
  const costMinor = seesWholeBrand(operator) ? line.costMinor : null;
  return {
    id: order.orderId,
    externalId: order.externalId,
    channel: order.channel,
    occurredAt: order.occurredAt,
    businessDate: order.businessDate,
    lineNo,
    sku,
    category,
    quantity,
    netMinor,
    costMinor,
    isCostLater: costMinor !== null && given.some((cost) => cost.lineNo === lineNo),
  };
}
