import { Injectable } from '@nestjs/common';
import { afterCommit, Clock, idIn, idOut, insertRows, namedId, newId, selectIn, sendRows, type Tx } from '@concentric/service-kit';
import { AccountHalts } from '../control/account-halt.repository';
import { accountHalted } from '../control/control.errors';
import { assertBalanced, HOUSE, type AccountType, type Posting } from './posting.rules';

/** Writes postings to the books in multi-row statements, sorted by key so that writers never deadlock (inv 25). */
@Injectable()
export class LedgerRepository {
  /** Accounts that are known to be committed. */
  private readonly known = new Set<string>();

  constructor(
    private readonly halts: AccountHalts,
    private readonly clock: Clock,
  ) {}

  /**
   * Books postings and moves the balances of partner accounts by the same amounts. House accounts carry no balance row:
   * every order touches them, and nothing needs their running total. Returns the transaction ids in the same order.
   * Raises `account_halted` (409) where the controls have stopped an account (inv 24).
   */
  async book(tx: Tx, postings: readonly Posting[]): Promise<string[]> {
    const txns: unknown[][] = [];
    const entries: unknown[][] = [];
    const accounts = new Map<string, { brandId: string; ownerId: string; type: AccountType; currency: string }>();
    const deltas = new Map<string, { amount: number; entries: number }>();
    const ids = postings.map((posting) => {
      assertBalanced(posting);
      const txnId = newId(this.clock);
      const txnKey = idIn(txnId);
      txns.push([
        txnKey,
        idIn(posting.brandId),
        idIn(namedId(posting.idem)),
        posting.kind,
        posting.periodId,
        idIn(posting.refId),
        posting.effectiveAt,
        posting.currency,
      ]);
      posting.entries.forEach((entry, index) => {
        const accountId = accountIdOf(posting.brandId, entry.ownerId, entry.type, posting.currency);
        accounts.set(accountId, { brandId: posting.brandId, ownerId: entry.ownerId, type: entry.type, currency: posting.currency });
        if (entry.ownerId !== HOUSE) {
          const delta = deltas.get(accountId) ?? { amount: 0, entries: 0 };
          delta.amount += entry.amountMinor;
          delta.entries += 1;
          deltas.set(accountId, delta);
        }
        entries.push([
          txnKey,
          index + 1,
          idIn(accountId),
          posting.periodId,
          entry.originPeriod,
          posting.kind,
          posting.currency,
          entry.amountMinor,
          entry.lineId === null ? null : idIn(entry.lineId),
        ]);
      });
      return txnId;
    });
    await this.refuseHalted(tx, postings, accounts);
    await this.openAccounts(tx, accounts);
    await sendRows(tx, 'ledger_txn', ['txn_id', 'brand_id', 'idem', 'kind', 'period_id', 'ref_id', 'effective_at', 'currency'], txns);
    await sendRows(
      tx,
      'ledger_entry',
      ['txn_id', 'seq', 'account_id', 'period_id', 'origin_period', 'kind', 'currency', 'amount_minor', 'line_id'],
      entries,
    );
    const balances = [...deltas.keys()]
      .sort()
      .map((accountId) => [idIn(accountId), deltas.get(accountId)!.amount, deltas.get(accountId)!.entries]);
    await sendRows(tx, 'account_balance', ['account_id', 'balance_minor', 'entries'], balances, {
      key: ['account_id'],
      add: ['balance_minor', 'entries'],
    });
    return ids;
  }

  private async refuseHalted(tx: Tx, postings: readonly Posting[], accounts: ReadonlyMap<string, unknown>): Promise<void> {
    for (const brandId of new Set(postings.map((posting) => posting.brandId))) {
      const halted = [...(await this.halts.accounts(tx, brandId))].filter((accountId) => accounts.has(accountId));
      if (halted.length > 0) throw accountHalted(halted);
    }
  }

  private async openAccounts(
    tx: Tx,
    accounts: ReadonlyMap<string, { brandId: string; ownerId: string; type: AccountType; currency: string }>,
  ): Promise<void> {
    const unsure = [...accounts.keys()].filter((id) => !this.known.has(id)).sort();
    if (unsure.length === 0) return;
    const found = await selectIn<{ account_id: Buffer }>(
      tx,
      'SELECT account_id FROM ledger_account WHERE account_id IN (?in)',
      unsure.map(idIn),
    );
    const existing = new Set(found.map((row) => idOut(row.account_id)));
    const missing = unsure.filter((id) => !existing.has(id));
    await insertRows(
      tx,
      'ledger_account',
      ['account_id', 'brand_id', 'partner_id', 'type', 'currency'],
      missing.map((id) => {
        const account = accounts.get(id)!;
        return [idIn(id), idIn(account.brandId), idIn(account.ownerId), account.type, account.currency];
      }),
      'ignore',
    );
    // Also what was found may be this transaction's own, from a posting before: it may still be rolled back.
    afterCommit(tx, () => unsure.forEach((id) => this.known.add(id)));
  }
}

const accountIds = new Map<string, string>();

/** The id of an account is derived from its unique key. */
export function accountIdOf(brandId: string, ownerId: string, type: AccountType, currency: string): string {
  const name = `account/${brandId}/${ownerId}/${type}/${currency}`;
  let id = accountIds.get(name);
  if (!id) {
    if (accountIds.size > 500_000) accountIds.clear();
    id = namedId(name);
    accountIds.set(name, id);
  }
  return id;
}
