import { Injectable } from '@nestjs/common';
import { idIn, idOut, int, namedId, selectIn, iso, type Tx } from '@concentric/service-kit';
import type { whyAmount } from '@concentric/contracts';
import type { z } from 'zod';
import { maturityIdem } from './maturity.service';

type Posting = z.infer<typeof whyAmount>['postings'][number];

/** An earned line with what became of it, as far as the books know it. */
export interface BookedLine {
  lineId: string;
  partnerId: string;
  currency: string;
  originPeriod: string;
  txnId: string | null;
  amountMinor: number;
  maturityId: string | null;
  maturedMinor: number;
}

/** What has been booked for one line, wherever it was booked together with others. */
@Injectable()
export class WhyLedgerRepository {
  /** `others` are the reversals and adjustments of the line. */
  async postings(
    tx: Tx,
    line: BookedLine,
    others: readonly { lineId: string; txnId: string | null; amountMinor: number }[],
  ): Promise<Posting[]> {
    const parts = new Map<string, number>();
    for (const { txnId, amountMinor } of [line, ...others]) if (txnId !== null) parts.set(txnId, Math.abs(amountMinor));
    const maturity = line.maturityId === null ? null : await this.maturity(tx, line.maturityId, line);
    if (maturity !== null) parts.set(maturity, line.maturedMinor);
    const own = new Set([line.lineId, ...others.map(({ lineId }) => lineId)]);
    const rows = await selectIn<Record<string, unknown>>(
      tx,
      `SELECT t.txn_id, t.kind, t.period_id, t.effective_at, a.type, e.seq, e.amount_minor, e.line_id, e.origin_period
         FROM ledger_txn t JOIN ledger_entry e ON e.txn_id = t.txn_id JOIN ledger_account a ON a.account_id = e.account_id WHERE t.txn_id IN (?in)`,
      [...parts.keys()].map(idIn),
    );
    return rows
      .filter((row) =>
        row.kind === 'mature' ? row.origin_period === line.originPeriod : row.line_id === null || own.has(idOut(row.line_id as Buffer)),
      )
      .map((row) => ({ seq: int(row.seq), posting: toPosting(row, parts) }))
      .sort((a, b) => (a.posting.txnId === b.posting.txnId ? a.seq - b.seq : a.posting.txnId < b.posting.txnId ? -1 : 1))
      .map(({ posting }) => posting);
  }

  private async maturity(tx: Tx, maturityId: string, { partnerId, currency }: BookedLine): Promise<string | null> {
    const rows: { txn_id: Buffer }[] = await tx.query('SELECT txn_id FROM ledger_txn WHERE idem = ?', [
      idIn(namedId(maturityIdem(maturityId, partnerId, currency))),
    ]);
    return rows[0] ? idOut(rows[0].txn_id) : null;
  }
}

/**
 * Postings as if they were of their line alone. The brand's expense of an order or refund is one entry for everybody who earns by
 * it, and what matures together is booked together: from the whole follows what others were given.
 */
export function ownParts(postings: readonly Posting[]): Posting[] {
  return postings
    .filter(({ partMinor }) => partMinor > 0)
    .map((posting) => {
      const side = posting.debitMinor > 0 ? 'debitMinor' : 'creditMinor';
      return { ...posting, [side]: posting.partMinor };
    });
}

function toPosting(row: Record<string, unknown>, parts: ReadonlyMap<string, number>): Posting {
  const txnId = idOut(row.txn_id as Buffer);
  const amountMinor = int(row.amount_minor);
  return {
    txnId,
    kind: row.kind as string,
    period: row.period_id as string,
    effectiveAt: iso(row.effective_at),
    account: row.type as string,
    debitMinor: Math.max(amountMinor, 0),
    creditMinor: Math.max(-amountMinor, 0),
    partMinor: parts.get(txnId)!,
  };
}
