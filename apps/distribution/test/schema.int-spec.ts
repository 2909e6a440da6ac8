import { idIn, schemaDrift } from '@concentric/service-kit';
import { databases, kitEnforced } from '@concentric/testing';
import { accountIdOf } from '../src/ledger/ledger.repository';
import { PlanService } from '../src/plan/plan.service';
import { author, brandId, person } from './distribution.fixture';
import { partnerId, payableWorld, type PayableWorld } from './payout.fixture';

/** Everything that the database enforces beside types, nullability and primary keys. There are no foreign keys: writers of a large table would lock what it names. */
const enforced = {
  ...kitEnforced,
  account_balance: 'kept',
  account_halt: 'kept ck_account_halt_released live_key uq_account_halt_live(live_key)',
  accounting_period:
    'kept ck_accounting_period_four_eyes ck_accounting_period_state open_key tr_accounting_period_closed:update uq_accounting_period_open(open_key)',
  adjustment: 'kept ck_adjustment_amount ck_adjustment_booked ck_adjustment_four_eyes uq_adjustment_source(source_id)',
  bank_file: 'kept ck_bank_file_lines uq_bank_file_hash(brand_id,sha256)',
  bank_line:
    'kept ck_bank_line_decided ck_bank_line_four_eyes settled_key uq_bank_line_no(file_id,line_no) uq_bank_line_settled(brand_id,settled_key)',
  binding: 'kept active_key ck_binding_interval uq_binding_active(active_key)',
  brand_progress: 'kept',
  carried_balance: 'kept',
  channel_edge: 'kept active_key ck_channel_edge_interval uq_channel_edge_active(active_key)',
  commission_line: 'append-only ck_commission_line_sign uq_commission_line(order_id,line_no,role,kind,doc_seq)',
  commission_state: 'kept ck_commission_state_refunded ck_commission_state_reversed',
  control_run: 'kept',
  customer_merge: 'append-only',
  dispute: 'kept ck_dispute_four_eyes ck_dispute_resolved uq_dispute_statement(statement_id)',
  distribution_setting: 'kept',
  finding: 'kept ck_finding_accepted',
  held_proposal: 'kept ck_held_proposal_decided ck_held_proposal_four_eyes',
  intake_day: 'kept',
  ledger_account: 'append-only uq_ledger_account(brand_id,partner_id,type,currency) uq_ledger_account_currency(account_id,currency)',
  ledger_entry:
    'append-only ck_ledger_entry_amount fk_ledger_entry_account(account_id,currency>ledger_account) fk_ledger_entry_txn(txn_id,period_id,currency>ledger_txn)',
  ledger_txn: 'append-only tr_ledger_txn_open:insert uq_ledger_txn_entries(txn_id,period_id,currency) uq_ledger_txn_idem(idem)',
  line_hold: 'deletable',
  network_state: 'kept',
  partner: 'kept uq_partner_code(brand_id,code)',
  partner_owner: 'deletable',
  partner_person: 'deletable',
  payee:
    'kept approved_key ck_payee_decided ck_payee_four_eyes proposed_key uq_payee_approved(currency,approved_key) uq_payee_proposed(currency,proposed_key) uq_payee_version(partner_id,currency,version)',
  payout_batch:
    'kept ck_payout_batch_approved ck_payout_batch_cancel ck_payout_batch_cancelled ck_payout_batch_four_eyes ck_payout_batch_release ck_payout_batch_sent ck_payout_batch_six_eyes ck_payout_batch_submitted ck_payout_batch_total',
  payout_block: 'deletable',
  payout_item:
    'kept ck_payout_item_amount ck_payout_item_approver ck_payout_item_preparer ck_payout_item_resolve ck_payout_item_resolver ck_payout_item_second_approver ck_payout_item_sent ck_payout_item_submitter live_key uq_payout_item_live(live_key) uq_payout_item_seq(batch_id,seq)',
  plan_activation:
    'append-only ck_plan_activation_four_eyes tr_plan_activation_author:insert uq_plan_activation_start(brand_id,valid_from)',
  plan_version: 'append-only uq_plan_version(brand_id,code,version)',
  product_cost: 'append-only',
  purchase: 'kept',
  recalculation: 'kept ck_recalculation_decided ck_recalculation_four_eyes ck_recalculation_range',
  recalculation_line: 'append-only ck_recalculation_line uq_recalculation_line(order_id,line_no,role,partner_id,recalculation_id)',
  recalculation_total: 'kept ck_recalculation_total uq_recalculation_total(recalculation_id,partner_id,currency,origin_period)',
  refund: 'kept ck_refund_void_four_eyes',
  settlement_run: 'kept uq_settlement_run(brand_id,period_id)',
  statement:
    'kept ck_statement_carried_into ck_statement_closing ck_statement_findings ck_statement_four_eyes ck_statement_net ck_statement_reviewed ck_statement_six_eyes ck_statement_tax ck_statement_void_four_eyes live_key tr_statement_figures:update uq_statement(brand_id,period_id,partner_id,currency,kind,revision) uq_statement_live(brand_id,period_id,currency,kind,live_key)',
  withholding_rule:
    'kept ck_withholding_rule_amounts ck_withholding_rule_decided ck_withholding_rule_four_eyes start_key uq_withholding_rule_start(partner_type,currency,valid_from,start_key)',
};

describe.each(databases())('the schema on $name', (db) => {
  let world: PayableWorld;
  /** Two people who have nothing to do with the rows. */
  const [one, other] = ['one', 'other'].map((name) => idIn(person(name).id)) as [Buffer, Buffer];

  beforeAll(async () => {
    world = await payableWorld(db);
  });
  afterAll(() => world?.close());

  it('has every constraint, and no other', async () => {
    expect(await world.enforced()).toEqual(enforced);
  });

  it('is what the entities say', async () => {
    expect(await schemaDrift(world.database.source)).toEqual([]);
  });

  it('inv 28: has one open period, none that comes back, and nothing that is booked in one that is closed', async () => {
    await world.refused(
      'tr_ledger_txn_open',
      "INSERT INTO ledger_txn (txn_id, brand_id, idem, kind, period_id, ref_id, effective_at, currency) VALUES (?, ?, ?, 'accrue', '2026-01', ?, 0, 'CNY')",
      [one, idIn(brandId), one, one],
    );
    const period = (set: string) => `UPDATE accounting_period SET ${set} WHERE period_id = '2026-01'`;
    expect(await world.rows("SELECT state FROM accounting_period WHERE period_id = '2026-01'")).toEqual([{ state: 'SEALED' }]);
    await world.refused('tr_accounting_period_closed', period("state = 'CLOSED', seal = NULL"));
    await world.refused('tr_accounting_period_closed', period('closed_at = closed_at + 1'));
    await world.refused(
      'uq_accounting_period_open',
      "INSERT INTO accounting_period (brand_id, period_id, state, starts_at, ends_at) VALUES (?, '2026-03', 'OPEN', 1, 2)",
      [idIn(brandId)],
    );
    const open = (set: string) => `UPDATE accounting_period SET ${set} WHERE state = 'OPEN'`;
    await world.refused('ck_accounting_period_state', open("state = 'CLOSING'"));
    await world.refused('ck_accounting_period_state', open("state = 'CLOSED'"));
    await world.refused('ck_accounting_period_state', open("state = 'SEALED', closed_at = 1"));
    await world.refused('ck_accounting_period_four_eyes', open("state = 'CLOSED', closed_at = 1, closed_by = ?"), [one]);
    await world.refused('ck_accounting_period_four_eyes', open("state = 'CLOSED', closed_at = 1, closing_started_by = ?, closed_by = ?"), [
      one,
      one,
    ]);
  });

  it('inv 34, 40: knows two people of every approved statement, and keeps what it says', async () => {
    const statement = (set: string) => `UPDATE statement SET ${set} WHERE statement_id = ?`;
    const id = idIn(await world.statementOf('S1'));
    for (const column of ['opening_minor', 'earned_minor', 'net_minor', 'tax_minor', 'closing_minor', '`lines`', 'revision'])
      await world.refused('tr_statement_figures', statement(`${column} = ${column} + 1`), [id]);
    await world.refused('tr_statement_figures', statement("fingerprint = 'another'"), [id]);
    await world.refused('ck_statement_four_eyes', statement('approved_by = submitted_by'), [id]);
    await world.refused('ck_statement_four_eyes', statement('submitted_by = NULL'), [id]);
    await world.refused('ck_statement_reviewed', statement('approved_by = NULL'), [id]);
    await world.refused('ck_statement_reviewed', statement("state = 'IN_REVIEW', submitted_by = NULL, approved_by = NULL"), [id]);
    await world.refused('ck_statement_void_four_eyes', statement("state = 'VOID'"), [id]);
    await world.refused('ck_statement_void_four_eyes', statement("state = 'VOID', void_decided_by = ?"), [one, id]);
    await world.refused('ck_statement_void_four_eyes', statement("state = 'VOID', void_proposed_by = ?, void_decided_by = ?"), [
      one,
      one,
      id,
    ]);
  });

  it('inv 40: takes no plan from its author alone, nor from another author than it has', async () => {
    const { planVersionId } = await world.within((tx) =>
      world.get(PlanService).draft(
        tx,
        brandId,
        {
          code: 'next',
          name: 'Next',
          validFrom: '2026-06-01 00:00:00',
          budgetPpm: 1,
          rules: [{ role: 'store', recipient: { from: 'store' }, ratePpm: 1 }],
        },
        author,
      ),
    );
    const activate =
      'INSERT INTO plan_activation (plan_version_id, brand_id, valid_from, author_id, approver_id, activated_at) VALUES (?, ?, 1, ?, ?, 1)';
    const by = (authorId: Buffer, approverId: Buffer) => [idIn(planVersionId), idIn(brandId), authorId, approverId];
    await world.refused('ck_plan_activation_four_eyes', activate, by(idIn(author.id), idIn(author.id)));
    await world.refused('tr_plan_activation_author', activate, by(one, idIn(author.id)));
  });

  it('inv 2: takes no entry in another currency or period than its transaction and its account', async () => {
    const [txn] = await world.rows<{ txn_id: Buffer; period_id: string }>(
      "SELECT txn_id, period_id FROM ledger_txn WHERE kind = 'accrue' LIMIT 1",
    );
    const yen = idIn(accountIdOf(brandId, partnerId('S1'), 'pending', 'JPY'));
    await world.within((tx) =>
      tx.query("INSERT INTO ledger_account (account_id, brand_id, partner_id, type, currency) VALUES (?, ?, ?, 'pending', 'JPY')", [
        yen,
        idIn(brandId),
        idIn(partnerId('S1')),
      ]),
    );
    const entry = (disagrees: 'account' | 'txn', accountId: Buffer, period: string, currency: string, txnId = txn!.txn_id) =>
      world.refused(
        `fk_ledger_entry_${disagrees}`,
        "INSERT INTO ledger_entry (txn_id, seq, account_id, period_id, origin_period, kind, currency, amount_minor) VALUES (?, 9, ?, ?, '2026-01', 'accrue', ?, 1)",
        [txnId, accountId, period, currency],
      );
    const yuan = idIn(accountIdOf(brandId, partnerId('S1'), 'pending', 'CNY'));
    await entry('account', yen, txn!.period_id, 'CNY');
    await entry('account', other, txn!.period_id, 'CNY');
    await entry('txn', yen, txn!.period_id, 'JPY');
    await entry('txn', yuan, '2026-02', 'CNY');
    await entry('txn', yuan, txn!.period_id, 'CNY', one);
  });

  it('removes no row of the books, whoever asks', async () => {
    for (const table of ['statement', 'commission_state', 'account_balance', 'accounting_period', 'payee', 'purchase']) {
      await expect(world.within((tx) => tx.query(`DELETE FROM ${table}`))).rejects.toThrow(/are kept|denied/);
      await expect(world.unguarded([], (tx) => tx.query(`DELETE FROM ${table}`))).rejects.toThrow(`rows of ${table} are kept`);
    }
  });
});
