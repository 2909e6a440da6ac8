import { Injectable } from '@nestjs/common';
import type { Operator } from '@concentric/service-kit';
import { networkColumns, type partnerImportResult } from '@concentric/contracts';
import { parse } from 'csv-parse';
import { createHash } from 'node:crypto';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { z } from 'zod';
import { unreadableFile } from './partner.errors';
import { PartnerService } from './partner.service';

/** A network is held in memory while it is read: larger ones come in several files. */
const MOST_ROWS = 200_000;
/** Bytes; far more than the longest code, name and date take. */
const LONGEST_ROW = 16_384;
const COLUMNS = Object.keys(networkColumns);

/** Reads a network file. Rows may come in any order, so it is applied as a whole. */
@Injectable()
export class PartnerFileService {
  constructor(private readonly partners: PartnerService) {}

  /** Raises `unreadable_file` (400) when it is not CSV with the known columns. */
  async take(brandId: string, body: Readable, actor: Operator): Promise<z.infer<typeof partnerImportResult>> {
    const { rows, lines, sha256 } = await this.read(body);
    const { accepted, unchanged, rejected } = await this.partners.apply(brandId, rows, { actor, source: `file ${sha256}` });
    return { accepted, unchanged, rejected: rejected.map(({ index, code, errors }) => ({ line: lines[index]!, code, errors })) };
  }

  private async read(body: Readable): Promise<{ rows: unknown[]; lines: number[]; sha256: string }> {
    const head = await firstBytes(body);
    const gzip = head[0] === 0x1f && head[1] === 0x8b;
    const rows: unknown[] = [];
    const lines: number[] = [];
    // Piped, not part of the pipeline: a file that cannot be read must not tear down the connection its answer goes over.
    const hash = createHash('sha256');
    const source = body.pipe(
      new Transform({
        transform(chunk: Buffer, _, done) {
          hash.update(chunk);
          done(null, chunk);
        },
      }),
    );
    body.once('error', (error) => source.destroy(error));
    body.once('close', () => {
      if (!body.readableEnded) source.destroy(new Error('the upload was broken off'));
    });
    const parser = parse({
      bom: true,
      columns: (header: string[]) => knownColumns(header),
      skip_empty_lines: true,
      trim: true,
      relax_column_count: false,
      info: true,
      max_record_size: LONGEST_ROW,
      record_delimiter: ['\r\n', '\n', '\r'],
    });
    const collect = async (parsed: AsyncIterable<{ record: Record<string, string>; info: { lines: number } }>) => {
      for await (const { record, info } of parsed) {
        if (rows.length >= MOST_ROWS) throw unreadableFile(`the file has more than ${MOST_ROWS} rows`, 'split it into several files');
        rows.push(Object.fromEntries(Object.entries(record).filter(([, value]) => value !== '')));
        lines.push(info.lines);
      }
    };
    try {
      await (gzip ? pipeline(source, createGunzip(), parser, collect as never) : pipeline(source, parser, collect as never));
    } catch (error) {
      if (error instanceof Error && error.name === 'DomainError') throw error;
      throw unreadableFile(
        error instanceof Error ? error.message.slice(0, 200) : 'unknown format',
        `send CSV with the columns ${COLUMNS.join(', ')} as UTF-8, plain or gzip`,
      );
    }
    if (rows.length === 0) throw unreadableFile('the file has no rows', `send CSV with the columns ${COLUMNS.join(', ')}`);
    return { rows, lines, sha256: hash.digest('hex') };
  }
}

function knownColumns(header: string[]): string[] {
  const unknown = header.filter((name) => !COLUMNS.includes(name));
  const missing = COLUMNS.filter((name) => networkColumns[name]?.isRequired && !header.includes(name));
  if (unknown.length > 0 || missing.length > 0) {
    throw unreadableFile(
      `${unknown.length > 0 ? `unknown columns: ${unknown.join(', ')}. ` : ''}${missing.length > 0 ? `missing columns: ${missing.join(', ')}` : ''}`.trim(),
      `name the columns ${COLUMNS.join(', ')}`,
    );
  }
  return header;
}

/** Looks at the first bytes without taking them from the stream. */
async function firstBytes(body: Readable): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const chunk = body.read() as Buffer | null;
      if (chunk === null && !body.readableEnded) return;
      body.off('readable', look);
      if (chunk) body.unshift(chunk);
      resolve(chunk ?? Buffer.alloc(0));
    };
    body.on('readable', look);
    body.once('error', reject);
    body.once('end', () => resolve(Buffer.alloc(0)));
  });
}
