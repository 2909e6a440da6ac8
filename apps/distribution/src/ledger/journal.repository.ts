import { Injectable } from '@nestjs/common';
import { BrandDirectory, Database, idIn, idOut, int, selectIn, type Brand } from '@concentric/service-kit';
import { journalHead, journalText, type JournalTransaction } from './journal.rules';
import { HOUSE, type AccountType } from './posting.rules';

const PAGE = 1_000;

/** Reads the books out as plain text, page by page: they may be far larger than memory. */
@Injectable()
export class JournalRepository {
  constructor(
    private readonly database: Database,
    private readonly brands: BrandDirectory,
  ) {}

  /** @throws DomainError for a brand that is not known, before anything is written */
  async text(brandId: string): Promise<AsyncGenerator<string>> {
    return this.write(await this.brands.get(null, brandId));
  }

  /** In the order in which transactions were made; each is in it whole. */
  private async *write(brand: Brand): AsyncGenerator<string> {
    yield journalHead(brand.code);
    for (let after: Buffer | undefined = Buffer.alloc(16); after;) {
      const page: { txns: JournalTransaction[]; last: Buffer | undefined } = await this.page(brand, after);
      if (page.txns.length > 0) yield page.txns.map(journalText).join('');
      after = page.last;
    }
  }

  private async page({ brandId, calendar }: Brand, after: Buffer): Promise<{ txns: JournalTransaction[]; last: Buffer | undefined }> {
    const source = this.database.source.manager;
    const rows: Record<string, unknown>[] = await source.query(
      `SELECT txn_id, kind, period_id, ref_id, effective_at FROM ledger_txn WHERE brand_id = ? AND txn_id > ? ORDER BY txn_id LIMIT ${PAGE}`,
      [idIn(brandId), after],
    );
    const keys = rows.map((row) => row.txn_id as Buffer);
    const entries = await selectIn<Record<string, unknown>>(
      source,
      `SELECT e.txn_id, e.seq, e.currency, e.amount_minor, e.origin_period, a.type, a.partner_id, p.code
         FROM ledger_entry e JOIN ledger_account a ON a.account_id = e.account_id LEFT JOIN partner p ON p.partner_id = a.partner_id WHERE e.txn_id IN (?in)`,
      keys,
    );
    entries.sort((a, b) => int(a.seq) - int(b.seq));
    const byTxn = new Map<string, Record<string, unknown>[]>(keys.map((key) => [idOut(key), []]));
    for (const entry of entries) byTxn.get(idOut(entry.txn_id as Buffer))!.push(entry);
    const txns = rows.map((row): JournalTransaction => {
      const txnId = idOut(row.txn_id as Buffer);
      return {
        txnId,
        kind: row.kind as string,
        date: calendar.businessDate(int(row.effective_at)),
        periodId: row.period_id as string,
        refId: idOut(row.ref_id as Buffer),
        entries: byTxn.get(txnId)!.map((entry) => ({
          type: entry.type as AccountType,
          partnerCode: partnerCodeOf(entry),
          currency: entry.currency as string,
          amountMinor: int(entry.amount_minor),
          originPeriod: entry.origin_period as string,
        })),
      };
    });
    return { txns, last: rows.length < PAGE ? undefined : keys[keys.length - 1] };
  }
}

/** A partner whose row has gone missing is still told apart, by its id. */
function partnerCodeOf({ partner_id: id, code }: Record<string, unknown>): string | null {
  const partnerId = idOut(id as Buffer);
  return partnerId === HOUSE ? null : ((code as string | null) ?? partnerId);
}
