import { Injectable } from '@nestjs/common';
import { Clock, execute, idIn, idOut, insertRows, int, newId, rowLock, type Tx } from '@concentric/service-kit';

/** A balance that is not the sum of its entries. */
export interface Mismatch {
  accountId: string;
  balanceMinor: number;
  entriesMinor: number;
}

export interface Halt extends Mismatch {
  haltId: string;
  partnerId: string;
  partnerCode: string;
  account: string;
  currency: string;
  haltedAt: number;
}

const LIVE = `SELECT h.halt_id, h.account_id, h.balance_minor, h.entries_minor, h.halted_at, a.partner_id, a.type, a.currency, p.code
                FROM account_halt h JOIN ledger_account a ON a.account_id = h.account_id LEFT JOIN partner p ON p.partner_id = a.partner_id
               WHERE h.brand_id = ? AND h.released_at IS NULL`;

/** Accounts to which nothing is posted until somebody has released them. Normally there is none, and asking costs one look in an index. */
@Injectable()
export class AccountHalts {
  constructor(private readonly clock: Clock) {}

  /** Ids of the halted accounts of a brand. */
  async accounts(tx: Tx, brandId: string): Promise<Set<string>> {
    const rows: { account_id: Buffer }[] = await tx.query(
      'SELECT account_id FROM account_halt WHERE brand_id = ? AND released_at IS NULL',
      [idIn(brandId)],
    );
    return new Set(rows.map((row) => idOut(row.account_id)));
  }

  /** Partners of a brand with a halted account. */
  async partners(tx: Tx, brandId: string): Promise<Set<string>> {
    return new Set((await this.live(tx, brandId)).map(({ partnerId }) => partnerId));
  }

  async live(tx: Tx, brandId: string): Promise<Halt[]> {
    const rows: Record<string, unknown>[] = await tx.query(`${LIVE} ORDER BY h.halt_id`, [idIn(brandId)]);
    return rows.map(toHalt);
  }

  /** One that is live, locked until the transaction ends. */
  async find(tx: Tx, brandId: string, haltId: string): Promise<Halt | undefined> {
    const rows: Record<string, unknown>[] = await tx.query(`${LIVE} AND h.halt_id = ?${rowLock(tx, 'update')}`, [
      idIn(brandId),
      idIn(haltId),
    ]);
    return rows.map(toHalt)[0];
  }

  /** Halts accounts; one that is halted already stays as it was found first. Returns those that were not. */
  async halt(tx: Tx, brandId: string, mismatches: readonly Mismatch[]): Promise<Mismatch[]> {
    const halted = await this.accounts(tx, brandId);
    const found = mismatches.filter(({ accountId }) => !halted.has(accountId));
    const columns = ['halt_id', 'brand_id', 'account_id', 'balance_minor', 'entries_minor', 'halted_at'];
    const rows = found.map((one) => [
      idIn(newId(this.clock)),
      idIn(brandId),
      idIn(one.accountId),
      one.balanceMinor,
      one.entriesMinor,
      this.clock.now(),
    ]);
    await insertRows(tx, 'account_halt', columns, rows, 'ignore');
    return found;
  }

  async release(tx: Tx, haltId: string, releasedBy: string, reason: string): Promise<void> {
    await execute(tx, 'UPDATE account_halt SET released_by = ?, released_at = ?, reason = ? WHERE halt_id = ? AND released_at IS NULL', [
      idIn(releasedBy),
      this.clock.now(),
      reason,
      idIn(haltId),
    ]);
  }
}

function toHalt(row: Record<string, unknown>): Halt {
  return {
    haltId: idOut(row.halt_id as Buffer),
    accountId: idOut(row.account_id as Buffer),
    partnerId: idOut(row.partner_id as Buffer),
    partnerCode: row.code as string,
    account: row.type as string,
    currency: row.currency as string,
    balanceMinor: int(row.balance_minor),
    entriesMinor: int(row.entries_minor),
    haltedAt: int(row.halted_at),
  };
}
