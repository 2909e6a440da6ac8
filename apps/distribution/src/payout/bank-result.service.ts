import { Injectable } from '@nestjs/common';
import type { bankFileRow } from '@concentric/contracts';
import { crashPoint, Database, idIn, int, isDuplicateKey, namedId, rowLock, type Operator, type Tx } from '@concentric/service-kit';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { AccountHalts } from '../control/account-halt.repository';
import { ownPartners } from '../partner/partner-owner.repository';
import { BankFileFault, bankLines } from './bank-file.rules';
import { BankLineRepository, type JudgedLine } from './bank-line.repository';
import { itemIdOf, judge, returnsLast, type BankLine } from './bank-line.rules';
import { unreadableBankFile } from './payout.errors';
import { payoutItemTransitions } from './payout-item.rules';
import { PayoutListRepository } from './payout-list.repository';
import { PayoutOutcome, type Outcome } from './payout-outcome.service';
import { PayoutRepository } from './payout.repository';

type NumberedLine = { lineNo: number; line: BankLine };

const CHUNK = 500;
/** Bytes that are held while a file is read: half a million lines. */
const LARGEST = 64 * 1024 * 1024;

/**
 * Takes in what the bank says about items. A file is known by its bytes: given again, even at the same time or after it was
 * broken off, each of its lines counts once.
 */
@Injectable()
export class BankResults {
  constructor(
    private readonly database: Database,
    private readonly payouts: PayoutRepository,
    private readonly lines: BankLineRepository,
    private readonly outcome: PayoutOutcome,
    private readonly lists: PayoutListRepository,
    private readonly halts: AccountHalts,
  ) {}

  /** Raises `unreadable_file` (400). */
  async take(brandId: string, body: Readable, actor: Operator): Promise<z.infer<typeof bankFileRow>> {
    const { content, sha256 } = await received(body);
    const lines = returnsLast(await read(content));
    const fileId = namedId(`bank-file/${brandId}/${sha256}`);
    const fresh = await this.database.transaction((tx) =>
      this.lines.openFile(tx, brandId, { fileId, sha256, lines: lines.length, importedBy: actor.id }),
    );
    let worked = fresh;
    for (let start = 0; start < lines.length; start += CHUNK) {
      const chunk = lines.slice(start, start + CHUNK);
      const attempt = () => this.database.transaction((tx) => this.takeChunk(tx, brandId, fileId, start, chunk, actor));
      const done = await attempt().catch((error: unknown) => {
        // Another file has used one of the references meanwhile: judged again, the line contradicts it.
        if (isDuplicateKey(error)) return attempt();
        throw error;
      });
      worked = done || worked;
      crashPoint('bank-lines-booked');
    }
    return { ...(await this.lists.bankFile(brandId, fileId)), repeated: !worked };
  }

  /** False when somebody else has taken this part of the file in. */
  private async takeChunk(
    tx: Tx,
    brandId: string,
    fileId: string,
    start: number,
    chunk: readonly NumberedLine[],
    actor: Operator,
  ): Promise<boolean> {
    const files: { lines_done: unknown }[] = await tx.query(`SELECT lines_done FROM bank_file WHERE file_id = ?${rowLock(tx, 'update')}`, [
      idIn(fileId),
    ]);
    if (int(files[0]!.lines_done) !== start) return false;
    const itemIds = [...new Set(chunk.map(({ line }) => itemIdOf(line.item)).filter((id) => id !== null))].sort();
    const named = await this.payouts.items(tx, brandId, itemIds);
    const batches = await this.payouts.lock(
      tx,
      brandId,
      [...named.values()].map(({ batchId }) => batchId),
    );
    // Read again under the locks: what was read before may have moved.
    const items = await this.payouts.items(tx, brandId, [...named.keys()]);
    const memory = await this.lines.remember(tx, brandId, [...new Set(chunk.map(({ line }) => line.bankRef))], [...items.keys()]);
    // One partner must not hold up what the bank says about all the others.
    const halted = await this.halts.partners(tx, brandId);
    const own = await ownPartners(tx, actor);
    const outcomes: Outcome[] = [];
    const judged = chunk.map(({ lineNo, line }): JudgedLine => {
      const id = itemIdOf(line.item);
      const item = id === null ? undefined : items.get(id);
      const verdict = judge(
        line,
        item && { ...item, halted: halted.has(item.partnerId), isOwn: own.has(item.partnerId) },
        item ? memory.of(line, item.itemId) : { repeated: false, refTaken: false, waiting: false, maybePaid: false, closed: false },
      );
      if (item) {
        memory.learn(line, item.itemId, verdict);
        const { action } = verdict;
        if (verdict.state !== 'WAITING' && (action === 'pay' || action === 'fail' || action === 'doubt')) {
          outcomes.push({
            item,
            action,
            bankRef: action === 'doubt' ? null : line.bankRef,
            bookedOn: action === 'doubt' ? null : line.bookedOn,
            reason: line.reason,
          });
          // Lines after this one meet the item as this one leaves it.
          items.set(item.itemId, { ...item, state: payoutItemTransitions[action].to });
        }
      }
      return { lineNo, line, itemId: item?.itemId ?? null, verdict };
    });
    await this.lines.insert(tx, brandId, fileId, actor.id, judged);
    await this.outcome.apply(tx, brandId, outcomes, batches, actor.id);
    await this.lines.countLines(tx, fileId, judged);
    return true;
  }
}

async function received(body: Readable): Promise<{ content: Buffer; sha256: string }> {
  const parts: Buffer[] = [];
  let size = 0;
  // Read to its end even when it is too large: an upload that is cut off gets no answer.
  for await (const part of body as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= LARGEST) parts.push(part);
  }
  if (size > LARGEST) throw unreadableBankFile(`the file is larger than ${LARGEST} bytes`, 'split it into several files');
  const content = Buffer.concat(parts);
  return { content, sha256: createHash('sha256').update(content).digest('hex') };
}

async function read(content: Buffer): Promise<NumberedLine[]> {
  const lines: NumberedLine[] = [];
  try {
    for await (const line of bankLines(content)) lines.push(line);
  } catch (error) {
    if (error instanceof BankFileFault) throw unreadableBankFile(error.message, 'send CSV as UTF-8 with the columns that PAYOUTS.md names');
    throw error;
  }
  if (lines.length === 0) throw unreadableBankFile('the file has no lines', 'send the file that the bank gave, with its header');
  return lines;
}
