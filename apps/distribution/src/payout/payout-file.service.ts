import { Injectable } from '@nestjs/common';
import { Audit, BrandDirectory, Database, type Operator, type Tx } from '@concentric/service-kit';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { PayeeRepository } from '../payee/payee.repository';
import { pain001 } from './file/pain001.rules';
import { payoutCsv } from './file/payout-csv.rules';
import type { ApprovedItem, ApprovedPayout, FileFormat } from './file/payout-file.rules';
import { fileChanged, notReleased, unknownPayout } from './payout.errors';
import { PayoutRepository, type PayoutBatch } from './payout.repository';

export const formats = { csv: payoutCsv, pain001 } as const satisfies Record<string, FileFormat>;
export type FormatName = keyof typeof formats;

/** The files of a batch: never stored, because their bytes are a pure function of what was approved (inv 37); their hashes are. */
@Injectable()
export class PayoutFileService {
  constructor(
    private readonly database: Database,
    private readonly brands: BrandDirectory,
    private readonly payouts: PayoutRepository,
    private readonly payees: PayeeRepository,
    private readonly audit: Audit,
  ) {}

  /** SHA-256 of both files, hex. */
  async hashes(tx: Tx, brandId: string, batch: PayoutBatch): Promise<Record<FormatName, string>> {
    const csv = await this.hash(tx, brandId, batch, 'csv');
    return { csv, pain001: await this.hash(tx, brandId, batch, 'pain001') };
  }

  /**
   * The file of a released batch, as a stream. Raises `payout_not_found` (404), `payout_not_released` and, when it would not be
   * what was approved, `payout_file_changed` (409). Who took it is recorded: it names accounts in plain text.
   */
  async open(
    brandId: string,
    batchId: string,
    format: FormatName,
    actor: Operator,
  ): Promise<{ name: string; mediaType: string; content: Readable }> {
    const batch = await this.database.transaction(async (tx) => {
      const found = await this.payouts.find(tx, brandId, batchId);
      if (!found) throw unknownPayout(batchId);
      if (!['SENT', 'PART_SETTLED', 'SETTLED'].includes(found.state)) throw notReleased();
      const expected = format === 'csv' ? found.csvHash : found.pain001Hash;
      if ((await this.hash(tx, brandId, found, format)) !== expected) throw fileChanged();
      await this.audit.record(tx, {
        actorId: actor.id,
        action: 'payout.file-taken',
        entityType: 'payout',
        entityId: batchId,
        brandId,
        after: { format, hash: expected },
      });
      return found;
    });
    const { mediaType, extension } = formats[format];
    return {
      name: `payout-${batchId}.${extension}`,
      mediaType,
      content: Readable.from(this.parts(this.database.source.manager, brandId, batch, format)),
    };
  }

  private async hash(tx: Tx, brandId: string, batch: PayoutBatch, format: FormatName): Promise<string> {
    const hash = createHash('sha256');
    for await (const part of this.parts(tx, brandId, batch, format)) hash.update(part);
    return hash.digest('hex');
  }

  private async *parts(tx: Tx, brandId: string, batch: PayoutBatch, format: FormatName): AsyncGenerator<string> {
    const writer = formats[format];
    const payout = await this.approved(tx, brandId, batch);
    yield writer.head(payout);
    for await (const page of this.payouts.pages(tx, batch.batchId)) {
      const details = await this.payees.open(tx, brandId, [...new Set(page.map(({ payeeId }) => payeeId))]);
      yield page
        .map((item): ApprovedItem => ({ ...item, payee: details.get(item.payeeId)! }))
        .map((item) => writer.item(payout, item))
        .join('');
    }
    yield writer.tail(payout);
  }

  private async approved(
    tx: Tx,
    brandId: string,
    { batchId, currency, items, amountMinor, approvedAt, debtor }: PayoutBatch,
  ): Promise<ApprovedPayout> {
    if (approvedAt === null || debtor === null) throw new Error(`payout batch ${batchId} has a file before it was approved`);
    const { calendar } = await this.brands.get(tx, brandId);
    return { batchId, currency, items, amountMinor, approvedAt, executionDate: calendar.businessDate(approvedAt), debtor };
  }
}
