import { Injectable } from '@nestjs/common';
import {
  Clock,
  Database,
  KeysetList,
  PersonalData,
  execute,
  idIn,
  idOut,
  idOutOrNull,
  insertRows,
  int,
  intOrNull,
  mask,
  newId,
  rowLock,
  selectIn,
  iso,
  isoOrNull,
  type ListQuery,
  type Operator,
  type SqlFragment,
  type Tx,
} from '@concentric/service-kit';
import type { PayeeInput, payeeQuery, payeeRevealed, payeeRow } from '@concentric/contracts';
import type { z } from 'zod';
import { payeeTransitions, type PayeeAction, type PayeeState } from './payee.rules';

type PayeeRow = z.infer<typeof payeeRow>;
export type PayeeDetails = z.infer<typeof payeeRevealed>;

/** What a decision on payee details needs to know of them. */
export interface StoredPayee {
  payeeId: string;
  partnerId: string;
  currency: string;
  state: PayeeState;
  proposedBy: string;
}

/** Bound to what is sealed, so that one cannot stand in for another. */
const HOLDER = 'payee holder';
const ACCOUNT = 'payee account';
const BANK = 'payee bank';

const payees = new KeysetList<PayeeRow>({
  select: `SELECT y.payee_id, y.partner_id, p.code, p.name, y.currency, y.version, y.holder_masked, y.account_masked, y.bank_masked, y.state, y.reason, y.proposed_by, y.proposed_at,
                  y.decided_by, y.decided_at, y.decision_reason FROM payee y LEFT JOIN partner p ON p.partner_id = y.partner_id`,
  sorts: { proposedAt: { column: 'y.proposed_at', type: 'int', notNull: true } },
  defaultSort: '-proposedAt',
  key: 'y.payee_id',
  row: toRow,
});

@Injectable()
export class PayeeRepository {
  constructor(
    private readonly database: Database,
    private readonly personal: PersonalData,
    private readonly clock: Clock,
  ) {}

  /** Masked. A partner sees its own payee details and not those of partners below it. */
  list(brandId: string, query: z.output<typeof payeeQuery>, operator: Operator) {
    const where: SqlFragment[] = [{ sql: 'y.brand_id = ?', params: [idIn(brandId)] }, ownSql(operator)];
    if (query.partnerId) where.push({ sql: 'y.partner_id = ?', params: [idIn(query.partnerId)] });
    if (query.state) where.push({ sql: 'y.state = ?', params: [query.state] });
    if (query.currency) where.push({ sql: 'y.currency = ?', params: [query.currency] });
    return this.database.read((tx) => payees.page(tx, { query: query as ListQuery, where }));
  }

  /** Masked, as it is shown. The id is known to exist. */
  async row(tx: Tx, payeeId: string): Promise<PayeeRow> {
    const { data } = await payees.page(tx, { query: { limit: 1 }, where: [{ sql: 'y.payee_id = ?', params: [idIn(payeeId)] }] });
    return data[0]!;
  }

  /**
   * The approved details of partners in a currency: partner id → payee id. Locked for sharing: nobody replaces them
   * before this transaction has ended.
   */
  async approved(tx: Tx, partnerIds: readonly string[], currency: string): Promise<Map<string, string>> {
    const rows = await selectIn<{ partner_id: Buffer; payee_id: Buffer }>(
      tx,
      `SELECT partner_id, payee_id FROM payee WHERE currency = ? AND approved_key IN (?in)${rowLock(tx, 'share')}`,
      partnerIds.map(idIn),
      [currency],
    );
    return new Map(rows.map((row) => [idOut(row.partner_id), idOut(row.payee_id)]));
  }

  /** What a decision needs to know of details, by id; locked until the transaction ends. */
  async ofIds(tx: Tx, brandId: string, payeeIds: readonly string[]): Promise<Map<string, StoredPayee>> {
    const rows = await selectIn<Record<string, unknown>>(
      tx,
      `SELECT payee_id, partner_id, currency, state, proposed_by FROM payee WHERE brand_id = ? AND payee_id IN (?in)${rowLock(tx, 'update')}`,
      [...payeeIds].sort().map(idIn),
      [idIn(brandId)],
    );
    return new Map(
      rows.map((row) => {
        const payee = {
          payeeId: idOut(row.payee_id as Buffer),
          partnerId: idOut(row.partner_id as Buffer),
          currency: row.currency as string,
          state: row.state as PayeeState,
          proposedBy: idOut(row.proposed_by as Buffer),
        };
        return [payee.payeeId, payee];
      }),
    );
  }

  /** Raises a duplicate-key error when details are waiting already. */
  async propose(tx: Tx, brandId: string, partnerId: string, input: PayeeInput, actorId: string): Promise<string> {
    const payeeId = newId(this.clock);
    const last: { version: unknown }[] = await tx.query('SELECT MAX(version) AS version FROM payee WHERE partner_id = ? AND currency = ?', [
      idIn(partnerId),
      input.currency,
    ]);
    const version = (intOrNull(last[0]?.version) ?? 0) + 1;
    const seal = (purpose: string, text: string) => this.personal.sealText(purpose, text, brandId);
    await insertRows(
      tx,
      'payee',
      [
        'payee_id',
        'brand_id',
        'partner_id',
        'currency',
        'version',
        'holder_sealed',
        'account_sealed',
        'bank_sealed',
        'holder_masked',
        'account_masked',
        'bank_masked',
        'state',
        'reason',
        'proposed_by',
        'proposed_at',
      ],
      [
        [
          idIn(payeeId),
          idIn(brandId),
          idIn(partnerId),
          input.currency,
          version,
          seal(HOLDER, input.holder),
          seal(ACCOUNT, input.account),
          seal(BANK, input.bankId),
          mask('name', input.holder),
          mask('bank_account', input.account),
          mask('bank_account', input.bankId),
          'PROPOSED',
          input.reason,
          idIn(actorId),
          this.clock.now(),
        ],
      ],
    );
    return payeeId;
  }

  /** Moves details on; false when somebody else did first. A replacement keeps who had approved them. */
  async move(tx: Tx, payeeId: string, action: PayeeAction, actorId: string, reason: string): Promise<boolean> {
    const { from, to } = payeeTransitions[action];
    const [who, params] =
      action === 'replace'
        ? ['', []]
        : [', decided_by = ?, decided_at = ?, decision_reason = ?', [idIn(actorId), this.clock.now(), reason]];
    return (
      (await execute(tx, `UPDATE payee SET state = ?${who} WHERE payee_id = ? AND state = ?`, [to, ...params, idIn(payeeId), from])) === 1
    );
  }

  /** Payee details in plain text. Whoever calls this records why. */
  async open(tx: Tx, brandId: string, payeeIds: readonly string[]): Promise<Map<string, PayeeDetails>> {
    const rows = await selectIn<Record<string, unknown>>(
      tx,
      'SELECT payee_id, holder_sealed, account_sealed, bank_sealed FROM payee WHERE brand_id = ? AND payee_id IN (?in)',
      payeeIds.map(idIn),
      [idIn(brandId)],
    );
    const text = (purpose: string, sealed: unknown) => this.personal.openText(purpose, sealed as string, brandId);
    return new Map(
      rows.map((row) => [
        idOut(row.payee_id as Buffer),
        { holder: text(HOLDER, row.holder_sealed), account: text(ACCOUNT, row.account_sealed), bankId: text(BANK, row.bank_sealed) },
      ]),
    );
  }
}

function ownSql(operator: Operator): SqlFragment {
  if (operator.scope.kind === 'all') return { sql: '1 = 1', params: [] };
  return operator.scope.kind === 'partner'
    ? { sql: 'y.partner_id = ?', params: [idIn(operator.scope.partnerId)] }
    : { sql: '1 = 0', params: [] };
}

function toRow(raw: Record<string, unknown>): PayeeRow {
  return {
    id: idOut(raw.payee_id as Buffer),
    partnerId: idOut(raw.partner_id as Buffer),
    partnerCode: raw.code as string,
    partnerName: raw.name as string,
    currency: raw.currency as string,
    version: int(raw.version),
    holder: raw.holder_masked as string,
    account: raw.account_masked as string,
    bankId: raw.bank_masked as string,
    state: raw.state as PayeeState,
    reason: raw.reason as string,
    proposedBy: idOut(raw.proposed_by as Buffer),
    proposedAt: iso(raw.proposed_at),
    decidedBy: idOutOrNull(raw.decided_by as Buffer | null),
    decidedAt: isoOrNull(raw.decided_at),
    decisionReason: (raw.decision_reason as string | null) ?? null,
  };
}
