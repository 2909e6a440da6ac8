import { Injectable } from '@nestjs/common';
import { Database, idIn, int } from '@concentric/service-kit';
import { sumMinor } from '@concentric/money';
import type { trialBalance } from '@concentric/contracts';
import type { z } from 'zod';

/** Adds up the books: every account type per currency, from the entries themselves. */
@Injectable()
export class TrialBalanceService {
  constructor(private readonly database: Database) {}

  async of(brandId: string): Promise<z.infer<typeof trialBalance>> {
    const rows: Record<string, unknown>[] = await this.database.read((tx) =>
      tx.query(
        `SELECT a.type, a.currency, SUM(CASE WHEN e.amount_minor > 0 THEN e.amount_minor ELSE 0 END) AS debit, SUM(CASE WHEN e.amount_minor < 0 THEN -e.amount_minor ELSE 0 END) AS credit
           FROM ledger_account a JOIN ledger_entry e ON e.account_id = a.account_id WHERE a.brand_id = ? GROUP BY a.type, a.currency ORDER BY a.type, a.currency`,
        [idIn(brandId)],
      ),
    );
    const accounts = rows.map((row) => {
      const [debitMinor, creditMinor] = [int(row.debit), int(row.credit)];
      return {
        account: row.type as string,
        currency: row.currency as string,
        debitMinor,
        creditMinor,
        balanceMinor: debitMinor - creditMinor,
      };
    });
    return { accounts, balancedMinor: sumMinor(accounts.map((account) => account.balanceMinor)) };
  }
}
