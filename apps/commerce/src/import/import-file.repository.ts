import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isNativeError } from 'node:util/types';
import { createGunzip } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import { UnreadableFile } from './import.errors';
import { IMPORT_CONFIG, type ImportConfig } from '../import.config';

/** Text of a file, piece by piece, with how many bytes of the upload have been read for it. */
export interface FilePiece {
  text: string;
  bytesRead: number;
}

/** Uploaded files, one per import. They hold personal data in plain text: readable by this account only, and deleted once read. */
@Injectable()
export class ImportFileRepository {
  constructor(@Inject(IMPORT_CONFIG) private readonly config: ImportConfig) {}

  /** Writes an upload as it arrives. @returns its size in bytes. Leaves nothing when it breaks off. */
  async write(importId: string, body: Readable): Promise<number> {
    await mkdir(this.config.folder, { recursive: true, mode: 0o700 });
    const path = this.pathOf(importId);
    try {
      await pipeline(body, createWriteStream(path, { mode: 0o600, flush: true }));
      return (await stat(path)).size;
    } catch (error) {
      await this.remove(importId);
      throw error;
    }
  }

  async remove(importId: string): Promise<void> {
    await rm(this.pathOf(importId), { force: true });
  }

  /**
   * Reads a file as UTF-8 text in constant memory.
   * @throws UnreadableFile when it is not there, not gzip although it should be or the other way round, or not UTF-8
   */
  async *read(importId: string, isGzip: boolean): AsyncGenerator<FilePiece> {
    await this.checkKind(importId, isGzip);
    const source = createReadStream(this.pathOf(importId), { highWaterMark: 256 * 1024 });
    const bytes: Readable = isGzip ? source.pipe(createGunzip()) : source;
    source.on('error', (error) => bytes.destroy(error));
    const decoder = new TextDecoder('utf-8', { fatal: true });
    try {
      for await (const chunk of bytes) yield { text: decode(decoder, chunk), bytesRead: source.bytesRead };
      yield { text: decode(decoder), bytesRead: source.bytesRead };
    } catch (error) {
      throw isGzip && codeOf(error).startsWith('Z_')
        ? new UnreadableFile(
            'The gzip file is damaged or was cut off. What stood before the damage was taken in; upload the whole file again, nothing will be taken in twice.',
          )
        : error;
    } finally {
      source.destroy();
    }
  }

  private async checkKind(importId: string, isGzip: boolean): Promise<void> {
    const head = Buffer.alloc(4);
    try {
      const file = await open(this.pathOf(importId), 'r');
      await file.read(head, 0, 4, 0).finally(() => file.close());
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      throw new UnreadableFile(
        'The uploaded file is not in the import folder. Where several processes run, set IMPORT_FOLDER to a folder that all of them share, and upload the file again.',
      );
    }
    const looksGzip = head[0] === 0x1f && head[1] === 0x8b;
    if (isGzip && !looksGzip)
      throw new UnreadableFile('Nothing was taken in: the file was announced as gzip and is not. Upload it with gzip=0, or compress it.');
    if (!isGzip && looksGzip) throw new UnreadableFile('Nothing was taken in: the file is gzip. Upload it with gzip=1.');
    if (head.toString('latin1') === 'PK\u0003\u0004')
      throw new UnreadableFile('Nothing was taken in: the file is a ZIP archive or an Excel workbook. Save it as CSV in UTF-8.');
  }

  private pathOf(importId: string): string {
    return join(this.config.folder, importId);
  }
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk?: Buffer): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    throw new UnreadableFile(
      'The file is not UTF-8 text. What stood before the first such place was taken in; save the file in UTF-8 and upload it again, nothing will be taken in twice.',
    );
  }
}

/** Node's own code of an error: `ENOENT`, `Z_BUF_ERROR`, `ECONNRESET`. */
export function codeOf(error: unknown): string {
  return isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
