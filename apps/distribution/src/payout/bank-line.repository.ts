import { Injectable } from '@nestjs/common';
import { bankMatch, type bankLineState, type bankStatus } from '@concentric/contracts';
import {
  Clock,
  execute,
  idIn,
  idInOrNull,
  idOut,
  idOutOrNull,
  insertRows,
  newId,
  rowLock,
  selectIn,
  type Tx,
} from '@concentric/service-kit';
import type { z } from 'zod';
import { LONGEST_BANK_REF, type BankLine, type KnownLines, type Verdict } from './bank-line.rules';

/**
 * Of a statement `s`: the bank has said that an item of it was paid, which contradicts what is known, and nobody has found
 * out yet what is true. Until then nothing of it is paid again (inv 38).
 */
export const MAY_BE_PAID = `EXISTS (SELECT 1 FROM payout_item o JOIN bank_line b ON b.item_id = o.item_id
  WHERE o.statement_id = s.statement_id AND b.match_kind = 'conflict' AND b.status = 'PAID' AND b.state = 'NOTED')`;

export interface JudgedLine {
  lineNo: number;
  line: BankLine;
  itemId: string | null;
  verdict: Verdict;
}

/** A line as it is decided on. */
export interface StoredLine {
  lineId: string;
  itemId: string | null;
  /** Known of a line that waits; of others as the bank wrote it. */
  status: z.infer<typeof bankStatus>;
  match: z.infer<typeof bankMatch>;
  bankRef: string;
  bookedOn: string;
  reason: string;
  state: z.infer<typeof bankLineState>;
  importedBy: string;
}

/** What earlier lines say about references and items. It learns from each line that is judged after them. */
export class Memory {
  private readonly repeated = new Set<string>();
  private readonly taken = new Set<string>();
  private readonly waiting = new Set<string>();
  private readonly maybePaid = new Set<string>();
  private readonly closed = new Set<string>();

  of({ bankRef, status }: BankLine, itemId: string): KnownLines {
    return {
      repeated: this.repeated.has(`${bankRef}/${itemId}/${status}`),
      refTaken: this.taken.has(bankRef),
      waiting: this.waiting.has(itemId),
      maybePaid: this.maybePaid.has(itemId),
      closed: this.closed.has(`${bankRef}/${itemId}/${status}`),
    };
  }

  learn(
    { bankRef, status }: Pick<BankLine, 'bankRef' | 'status'>,
    itemId: string,
    { state, match }: Pick<Verdict, 'state' | 'match'>,
  ): void {
    if (state === 'BOOKED' || state === 'WAITING' || (status === 'PENDING' && match === 'matched'))
      this.repeated.add(`${bankRef}/${itemId}/${status}`);
    if (state === 'BOOKED' && (status === 'PAID' || status === 'FAILED')) this.taken.add(bankRef);
    if (state === 'WAITING') this.waiting.add(itemId);
    if (state === 'NOTED' && match === 'conflict' && status === 'PAID') this.maybePaid.add(itemId);
    if (state === 'CLOSED' && match === 'conflict') this.closed.add(`${bankRef}/${itemId}/${status}`);
  }
}

@Injectable()
export class BankLineRepository {
  constructor(private readonly clock: Clock) {}

  /** False when a file of the same bytes is known already. */
  async openFile(
    tx: Tx,
    brandId: string,
    { fileId, sha256, lines, importedBy }: { fileId: string; sha256: string; lines: number; importedBy: string },
  ): Promise<boolean> {
    const row = [idIn(fileId), idIn(brandId), sha256, lines, 0, 0, 0, 0, 0, idIn(importedBy), this.clock.now()];
    const columns = [
      'file_id',
      'brand_id',
      'sha256',
      'lines',
      'lines_done',
      'matched_lines',
      'unmatched_lines',
      'duplicate_lines',
      'conflict_lines',
      'imported_by',
      'imported_at',
    ];
    return (await insertRows(tx, 'bank_file', columns, [row], 'ignore')) === 1;
  }

  /** Adds judged lines to what has been done of their file. */
  async countLines(tx: Tx, fileId: string, judged: readonly JudgedLine[]): Promise<void> {
    const kinds = bankMatch.options.map((kind) => judged.filter(({ verdict }) => verdict.match === kind).length);
    const columns = bankMatch.options.map((kind) => `${kind}_lines = ${kind}_lines + ?`);
    await execute(tx, `UPDATE bank_file SET lines_done = lines_done + ?, ${columns.join(', ')} WHERE file_id = ?`, [
      judged.length,
      ...kinds,
      idIn(fileId),
    ]);
  }

  /** What has been made of lines with these references or about these items. */
  async remember(tx: Tx, brandId: string, bankRefs: readonly string[], itemIds: readonly string[]): Promise<Memory> {
    const memory = new Memory();
    const columns = 'SELECT bank_ref, item_id, status, state, match_kind FROM bank_line WHERE brand_id = ? AND';
    const rows = [
      // An empty reference is everybody's: what is known by it is known of the item.
      ...(await selectIn<Record<string, unknown>>(
        tx,
        `${columns} bank_ref IN (?in)`,
        bankRefs.filter((ref) => ref !== ''),
        [idIn(brandId)],
      )),
      ...(await selectIn<Record<string, unknown>>(tx, `${columns} item_id IN (?in)`, itemIds.map(idIn), [idIn(brandId)])),
    ];
    for (const row of rows) {
      const itemId = idOutOrNull(row.item_id as Buffer | null);
      if (itemId !== null) {
        const judged = { state: row.state, match: row.match_kind } as Pick<Verdict, 'state' | 'match'>;
        memory.learn({ bankRef: row.bank_ref as string, status: row.status as string }, itemId, judged);
      }
    }
    return memory;
  }

  async insert(tx: Tx, brandId: string, fileId: string, importedBy: string, lines: readonly JudgedLine[]): Promise<void> {
    await insertRows(
      tx,
      'bank_line',
      [
        'line_id',
        'brand_id',
        'file_id',
        'line_no',
        'item_text',
        'item_id',
        'status',
        'bank_ref',
        'amount_minor',
        'amount_text',
        'booked_on',
        'reason',
        'match_kind',
        'why',
        'state',
        'imported_by',
      ],
      lines.map(({ lineNo, line, itemId, verdict }) => [
        idIn(newId(this.clock)),
        idIn(brandId),
        idIn(fileId),
        lineNo,
        line.item,
        idInOrNull(itemId),
        line.status,
        line.bankRef.slice(0, LONGEST_BANK_REF),
        verdict.amountMinor,
        writtenAmount(line).slice(0, 64),
        line.bookedOn.slice(0, 10),
        line.reason,
        verdict.match,
        verdict.why.slice(0, 500),
        verdict.state,
        idIn(importedBy),
      ]),
    );
  }

  /** A line, locked. */
  async lock(tx: Tx, brandId: string, lineId: string): Promise<StoredLine | undefined> {
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT line_id, item_id, status, match_kind, bank_ref, booked_on, reason, state, imported_by FROM bank_line WHERE brand_id = ? AND line_id = ?${rowLock(tx, 'update')}`,
      [idIn(brandId), idIn(lineId)],
    );
    return rows.map((row): StoredLine => ({
      lineId: idOut(row.line_id as Buffer),
      itemId: idOutOrNull(row.item_id as Buffer | null),
      status: row.status as StoredLine['status'],
      match: row.match_kind as StoredLine['match'],
      bankRef: row.bank_ref as string,
      bookedOn: row.booked_on as string,
      reason: row.reason as string,
      state: row.state as StoredLine['state'],
      importedBy: idOut(row.imported_by as Buffer),
    }))[0];
  }

  /** Moves a line that is locked on to what a person has decided. */
  async decide(tx: Tx, line: StoredLine, state: 'BOOKED' | 'REFUSED' | 'CLOSED', actorId: string, reason: string): Promise<void> {
    const decided = await execute(
      tx,
      'UPDATE bank_line SET state = ?, decided_by = ?, decision_reason = ? WHERE line_id = ? AND state = ?',
      [state, idIn(actorId), reason, idIn(line.lineId), line.state],
    );
    if (decided !== 1) throw new Error(`bank line ${line.lineId} was decided on although it was locked`);
  }
}

/** As the bank wrote it, minor units first as `judge` reads them, with the name of their column. */
function writtenAmount({ amount, amountMinor }: BankLine): string {
  return amountMinor === null ? (amount ?? '') : `amount_minor ${amountMinor}`;
}
