/**
 * The parts of a Word file: a zip archive read from its directory, a part inflated piece by piece as it is needed. Whatever
 * is wrong with the archive is found before it costs time or memory.
 */
import { Inflate } from 'fflate';

/** Why a file cannot be read, in words for the user. */
export class UnreadableWord extends Error {}

const MEGABYTE = 1 << 20;
/** Far above what the longest of real files has: a page of a resolution takes 14 kB and 400 elements. */
const MOST = { file: 256 * MEGABYTE, parts: 5000, part: 24 * MEGABYTE, total: 48 * MEGABYTE, elements: 300_000, attributes: 1_200_000 } as const;
/** Text that shrinks more than this to one is made to harm; a small part may be anything. */
const RATIO = { most: 250, from: 4 * MEGABYTE } as const;
/** How much compressed data is taken at a time: at most a thousand times as much comes out. */
const STEP = 1 << 15;

interface Entry { readonly name: string; readonly method: number; readonly encrypted: boolean; readonly compressed: number; readonly size: number; readonly offset: number }

export class Package {
  private readonly view: DataView;
  /** By lower-case path: the names of parts do not differ by case alone. */
  private readonly entries = new Map<string, Entry>();
  /** Bytes that were unpacked so far. */
  private unpacked = 0;
  private elements = 0;
  private attributes = 0;

  /** Throws `UnreadableWord` where the bytes are no archive that Word could have written. */
  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length > MOST.file) throw new UnreadableWord('The file is larger than any Word document: more than 256 MB.');
    if (this.starts([0xd0, 0xcf, 0x11, 0xe0])) throw new UnreadableWord(this.isProtected()
      ? 'The file is protected by a password. Open it in Word, take the protection away (File, Info, Protect Document), save it, and try again.'
      : 'The file is in the old .doc format, whatever its name says. Open it in Word and save it as a Word document (.docx).');
    if (!this.starts([0x50, 0x4b])) throw new UnreadableWord('The file is no Word document (.docx).');
    this.readDirectory();
  }

  has(path: string): boolean { return this.entries.has(path.toLowerCase()); }

  /**
   * The bytes of a part that is XML, in pieces, its elements counted: that costs next to nothing, and reading them much. Throws `UnreadableWord`
   * where all parts together have more than hundreds of pages.
   */
  readXml(path: string): Uint8Array[] {
    const pieces = [...this.read(path)], LESS = 0x3c, SLASH = 0x2f, EQUALS = 0x3d;
    for (const piece of pieces) for (let i = 0; i < piece.length; i++) {
      const byte = piece[i]!;
      if (byte === LESS && piece[i + 1] !== SLASH) this.elements++; else if (byte === EQUALS) this.attributes++;
    }
    if (this.elements > MOST.elements || this.attributes > MOST.attributes) throw new UnreadableWord(`The file has more than ${MOST.elements.toLocaleString('en')} elements, as in many hundreds of pages; no document for a meeting does.`);
    return pieces;
  }

  /** The bytes of a part, in pieces. */
  *read(path: string): Generator<Uint8Array> {
    const entry = this.entries.get(path.toLowerCase());
    if (!entry) throw damaged(`its part ${path} is missing`);
    const { name, method, encrypted, compressed, size } = entry;
    if (encrypted) throw new UnreadableWord('The file is encrypted. Save it without a password and try again.');
    if (size > MOST.part) throw new UnreadableWord(`The file would grow to more than ${MOST.part / MEGABYTE} MB when opened (${name}); no real document does.`);
    if (size > RATIO.from && size > compressed * RATIO.most) throw new UnreadableWord(`The file grows more than ${RATIO.most} times when opened (${name}): it is made to do harm, not to be read.`);
    if ((this.unpacked += size) > MOST.total) throw new UnreadableWord(`The file grows to more than ${MOST.total / MEGABYTE} MB when opened; no real document does.`);
    const start = this.dataOf(entry);
    if (method === 0) { yield this.bytes.subarray(start, start + compressed); return; }
    if (method !== 8) throw damaged(`${name} is compressed in a way that Word does not know`);
    let pieces: Uint8Array[] = [], length = 0;
    const inflate = new Inflate(piece => { pieces.push(piece); });
    // Of what claims to be small little is taken at a time, should it be a lie.
    const step = Math.min(STEP, Math.max(1024, size >> 3));
    for (let at = 0; at < compressed; at += step) {
      const end = Math.min(at + step, compressed);
      try { inflate.push(this.bytes.subarray(start + at, start + end), end === compressed); } catch { throw damaged(`${name} cannot be unpacked`); }
      for (const piece of pieces) {
        length += piece.length;
        if (length > size) throw damaged(`${name} is larger than the archive says`);
        yield piece;
      }
      pieces = [];
    }
    if (length !== size) throw damaged(`${name} is shorter than the archive says`);
  }

  private starts(signature: readonly number[]): boolean { return signature.every((byte, i) => this.bytes[i] === byte); }

  /** Whether an old-style container holds an encrypted document: such a one names the stream that it lies in, in UTF-16. */
  private isProtected(): boolean {
    const name = [...'EncryptedPackage'].map(letter => letter.charCodeAt(0));
    const end = Math.min(this.bytes.length, 4 * MEGABYTE) - 2 * name.length;
    for (let i = this.bytes.indexOf(name[0]!); i >= 0 && i < end; i = this.bytes.indexOf(name[0]!, i + 1)) if (name.every((code, k) => this.bytes[i + 2 * k] === code && this.bytes[i + 2 * k + 1] === 0)) return true;
    return false;
  }

  private readDirectory(): void {
    const { view } = this, length = view.byteLength;
    let end = length - 22;
    while (end >= 0 && end > length - 65_558 && view.getUint32(end, true) !== 0x06054b50) end--;
    if (end < 0 || view.getUint32(end, true) !== 0x06054b50) throw damaged('its end is missing');
    const count = view.getUint16(end + 10, true);
    if (count > MOST.parts) throw new UnreadableWord(`The file has ${count === 0xffff ? 'more than 65,000' : count} parts; a Word document has some dozens.`);
    const decoder = new TextDecoder();
    for (let i = 0, at = view.getUint32(end + 16, true); i < count; i++) {
      if (at + 46 > length || view.getUint32(at, true) !== 0x02014b50) throw damaged('its list of parts is broken');
      const nameEnd = at + 46 + view.getUint16(at + 28, true);
      const name = decoder.decode(this.bytes.subarray(at + 46, nameEnd)).replace(/\\/g, '/').replace(/^\/+/, '');
      this.entries.set(name.toLowerCase(), {
        name, encrypted: (view.getUint16(at + 8, true) & 1) === 1, method: view.getUint16(at + 10, true),
        compressed: view.getUint32(at + 20, true), size: view.getUint32(at + 24, true), offset: view.getUint32(at + 42, true),
      });
      at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
  }

  /** Where the data of a part begins. */
  private dataOf({ name, offset, compressed }: Entry): number {
    const { view } = this;
    if (offset + 30 > view.byteLength || view.getUint32(offset, true) !== 0x04034b50) throw damaged(`${name} is not where the archive says`);
    const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
    if (start + compressed > view.byteLength) throw damaged(`${name} is cut off`);
    return start;
  }
}

/** The message for a file that is broken. */
export const damaged = (how: string): UnreadableWord => new UnreadableWord(`The file is damaged: ${how}. Open it in Word, which may be able to repair it, and save it again.`);
