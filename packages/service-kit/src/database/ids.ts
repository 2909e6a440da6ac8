import { hash, randomBytes } from 'node:crypto';
import { idNamespace } from '@concentric/contracts';
import type { Clock } from '../clock/clock';

/** Where each pair of digits of a canonical UUID stands. */
const PAIRS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const DASHES = [8, 13, 18, 23];
const DASH = 45;
/** Value of a lower case digit by its character code; -1 where there is none. */
const NIBBLES = Int8Array.from({ length: 128 }, (_, code) => '0123456789abcdef'.indexOf(String.fromCharCode(code)));
const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A UUID as its 16 bytes. @throws RangeError when it is no UUID in canonical lower case */
export const idIn = (uuid: string): Buffer => {
  // Digit by digit: every row of the system comes through here several times, and this is a third of what a regular
  // expression and a decoder cost.
  const bytes = Buffer.allocUnsafe(16);
  let valid = uuid.length === 36;
  for (const at of DASHES) if (uuid.charCodeAt(at) !== DASH) valid = false;
  for (let index = 0; index < 16; index += 1) {
    const at = PAIRS[index] ?? 0;
    const value = ((NIBBLES[uuid.charCodeAt(at)] ?? -1) << 4) | (NIBBLES[uuid.charCodeAt(at + 1)] ?? -1);
    if (value < 0) valid = false;
    bytes[index] = value;
  }
  if (!valid) throw new RangeError(`${uuid} is not a UUID`);
  return bytes;
};

/** 16 bytes as UUID text. @throws RangeError when there are not 16 */
export const idOut = (bytes: Uint8Array): string => {
  if (bytes.length !== 16) throw new RangeError(`${bytes.length} bytes are not a UUID`);
  let text = '';
  for (let index = 0; index < 16; index += 1) {
    text += BYTES[bytes[index] ?? 0] ?? '';
    if (index === 3 || index === 5 || index === 7 || index === 9) text += '-';
  }
  return text;
};

export const idInOrNull = (uuid: string | null | undefined): Buffer | null => (uuid === null || uuid === undefined ? null : idIn(uuid));
export const idOutOrNull = (bytes: Uint8Array | null | undefined): string | null =>
  bytes === null || bytes === undefined ? null : idOut(bytes);

const namespace = idIn(idNamespace);

/** What was given out last, per clock: a simulated clock must not drag the system's ids into its time. */
const sequences = new WeakMap<Clock, { ms: number; count: number }>();
let entropy = Buffer.alloc(0);
let used = 0;

/** A time-ordered UUID (version 7) of the clock's instant; within a process and clock each is greater than the last. */
export function newId(clock: Clock): string {
  const now = clock.now();
  let sequence = sequences.get(clock);
  if (!sequence) {
    sequence = { ms: Number.NEGATIVE_INFINITY, count: 0 };
    sequences.set(clock, sequence);
  }
  if (now > sequence.ms) {
    sequence.ms = now;
    sequence.count = 0;
  } else {
    sequence.count += 1;
    // 12 bits in a millisecond: a burst beyond borrows from the next one.
    if (sequence.count > 0xfff) {
      sequence.ms += 1;
      sequence.count = 0;
    }
  }
  if (used + 8 > entropy.length) {
    entropy = randomBytes(8192);
    used = 0;
  }
  const bytes = Buffer.allocUnsafe(16);
  bytes.writeUIntBE(sequence.ms, 0, 6);
  bytes.writeUInt16BE(0x7000 | sequence.count, 6);
  entropy.copy(bytes, 8, used, used + 8);
  used += 8;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return idOut(bytes);
}

/** The UUID (version 5) of a unique name: a re-run derives the same id. */
export function namedId(name: string): string {
  const hex = hash('sha1', Buffer.concat([namespace, Buffer.from(name, 'utf8')]), 'hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
