import { isGzip } from './fileName';

/** More than any header takes, in bytes. */
const LONGEST_HEADER = 16_384;

/** The names in the first line of a CSV, or null when the file cannot be read so far. Only its beginning is read. */
export async function headerOf(file: File): Promise<string[] | null> {
  try {
    const plain = isGzip(file.name) ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
    return namesIn(await beginning(plain));
  } catch {
    return null;
  }
}

async function beginning(stream: ReadableStream<Uint8Array>): Promise<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (text.length < LONGEST_HEADER && !text.includes('\n')) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text;
}

export function namesIn(text: string): string[] | null {
  const line = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';
  const names = line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  return line.trim() === '' ? null : names;
}
