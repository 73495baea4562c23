/**
 * A document as a value: groups of blocks that join to the source. An edit gives a new document that shares
 * every block and every group that it did not touch; what is derived from a block or a group hangs on that
 * object (see `memo.ts`) and so is never computed twice.
 */
import type { Block, BlockKind, Grammar, Reading } from './types';
import { blockEnd, INITIAL_ENTRY, readBlock, sameEntry, sameReading } from './block';
import type { Entry } from './classify';
import { isLineEnd, lineEnd, lineStarts, nextLine, skipBlanks } from './lines';

/** A run of blocks that begins with a heading, a proposal, an instrument, a section, an annex or reasons. */
export interface Group {
  readonly blocks: readonly Block[];
  /** What stands in front of each block. */
  readonly entries: readonly Entry[];
  readonly length: number;
  readonly lineCount: number;
}

/** A block at its place: offset and line of its start in the document. */
export interface Placed {
  readonly block: Block;
  readonly start: number;
  readonly line: number;
  /** Index of its group, and of the block in it. */
  readonly group: number;
  readonly index: number;
}

export interface Position { readonly line: number; readonly character: number }

/** The grammar of a language, by its code (`en`); an unknown code gives that of English. */
export type Grammars = (language: string) => Grammar;

const FENCE = /^---[ \t]*(?=[\r\n]|$)/;
const LANGUAGE = /^language:[ \t]*["']?([A-Za-z-]+)/m;

export class Document {
  private offsets: Float64Array | null = null;
  private lines: Float64Array | null = null;
  private joined: string | null = null;

  private constructor(
    readonly groups: readonly Group[],
    readonly grammar: Grammar,
    private readonly grammars: Grammars,
    /** Line 1 opens front matter that nothing closes. */
    readonly unclosedFrontMatter: boolean,
  ) {}

  /** Reads a whole text. Never throws: every text is a document. */
  static parse(text: string, grammars: Grammars): Document {
    const front = frontMatterEnd(text);
    const grammar = grammars(languageOf(text.slice(0, Math.max(front, 0))));
    const scan = new Scan(text, grammar);
    scan.start(front);
    while (!scan.done) scan.step();
    const document = new Document(group(scan.blocks, scan.entries), grammar, grammars, front < 0);
    document.joined = text;
    return document;
  }

  get text(): string {
    return this.joined ??= this.groups.map(g => g.blocks.map(b => b.source).join('')).join('');
  }

  get length(): number { this.index(); return this.offsets![this.groups.length]!; }
  /** Number of lines: one more than there are line ends. */
  get lineCount(): number { this.index(); return this.lines![this.groups.length]! + 1; }

  /** Offset and line of the start of a group; index `groups.length` gives the end of the document. */
  groupStart(index: number): { start: number; line: number } {
    this.index();
    return { start: this.offsets![index]!, line: this.lines![index]! };
  }

  /** The front matter's block, or null. It is always the first. */
  get frontMatter(): Block | null {
    const first = this.groups[0]?.blocks[0];
    return first?.final?.kind === 'front-matter' ? first : null;
  }

  /** All blocks with their places, in order. */
  *blocks(): Generator<Placed> {
    for (let g = 0; g < this.groups.length; g++) yield* this.blocksOf(g);
  }

  /** The blocks of one group with their places. */
  *blocksOf(g: number): Generator<Placed> {
    let { start, line } = this.groupStart(g);
    const { blocks } = this.groups[g]!;
    for (let index = 0; index < blocks.length; index++) {
      const block = blocks[index]!;
      yield { block, start, line, group: g, index };
      start += block.source.length;
      line += block.lineCount;
    }
  }

  /** The block that holds the character at `offset`; at the document's end, the last block. Null in an empty document. */
  blockAt(offset: number): Placed | null {
    this.index();
    return this.find(offset, this.offsets!, block => block.source.length);
  }

  /** The block that the line is in; null in an empty document, the last block for the empty line behind it. */
  blockAtLine(line: number): Placed | null {
    this.index();
    return this.find(line, this.lines!, block => block.lineCount);
  }

  /** Line and character of an offset; offsets outside of the text are taken to its ends. */
  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.length));
    const placed = this.blockAt(at);
    if (!placed) return { line: 0, character: 0 };
    const starts = startsOf(placed.block);
    let inside = at - placed.start, k = starts.length - 1;
    while (k > 0 && starts[k]! > inside) k--;
    inside -= starts[k]!;
    return { line: placed.line + k, character: inside };
  }

  /** The offset of a position; a character behind the end of its line is taken to that end. */
  offsetAt({ line, character }: Position): number {
    if (line < 0) return 0;
    if (line >= this.lineCount) return this.length;
    const placed = this.blockAtLine(line);
    if (!placed) return 0;
    const starts = startsOf(placed.block);
    const k = Math.min(line - placed.line, starts.length - 1);
    const start = starts[k]!;
    return placed.start + Math.min(start + Math.max(0, character), Math.max(start, lineEnd(placed.block.source, start)));
  }

  /** The text between two offsets. */
  slice(start: number, end: number): string {
    const placed = this.blockAt(start);
    if (!placed || end <= start) return '';
    let result = '', { group: g, index, start: at } = placed;
    while (g < this.groups.length && at < end) {
      const block = this.groups[g]!.blocks[index]!;
      result += block.source.slice(Math.max(0, start - at), end - at);
      at += block.source.length;
      if (++index === this.groups[g]!.blocks.length) { g++; index = 0; }
    }
    return result;
  }

  /** The line at `line`, without its line end. */
  lineText(line: number): string {
    const placed = this.blockAtLine(line);
    if (!placed) return '';
    const start = startsOf(placed.block)[line - placed.line];
    return start === undefined ? '' : placed.block.source.slice(start, lineEnd(placed.block.source, start));
  }

  /** The document after the text in [start, end) is replaced by `text`. */
  edit(start: number, end: number, text: string): Document {
    const from = this.blockAt(start), to = this.blockAt(end);
    if (!from || !to) return Document.parse(text, this.grammars);
    // A block's reading may depend on the line behind it, and an edit at its start may make it part of the block
    // above: the parse begins one block earlier, and earlier still where paragraph ends are tracked.
    let first = this.before(from);
    for (let above = this.before(first); above !== first && (above.block.joinsInOriginal || above.block.joinsInFinal); above = this.before(first)) first = above;
    let region = this.slice(first.start, start) + text + to.block.source.slice(end - to.start);
    if (this.unclosedFrontMatter && first.start > 0 && /^---[ \t]*$/m.test(region)) return this.reparse(this.blockAt(0)!, this.slice(0, first.start) + region, to);
    return this.reparse(first, region, to);
  }

  /** Parses `region`, which replaces the blocks from `first` to `last`, and goes on until what follows is as it was. */
  private reparse(first: Placed, region: string, last: Placed): Document {
    const cursor = new Cursor(this.groups, last.group, last.index + 1);
    let front = 0;
    if (first.start === 0) {
      front = frontMatterEnd(region);
      // An opening fence in the region may be closed by a line far below.
      if (front < 0) for (const ahead = cursor.copy(); ahead.block; ahead.move()) {
        if (!FENCE.test(ahead.block.source)) continue;
        while (cursor.block !== ahead.block) region += cursor.take();
        region += cursor.take();
        front = frontMatterEnd(region);
        break;
      }
      const grammar = this.grammars(languageOf(region.slice(0, Math.max(front, 0))));
      if (grammar !== this.grammar) return Document.parse(region + cursor.rest(), this.grammars);
    }
    const scan = new Scan(region, this.grammar, first.start === 0 ? INITIAL_ENTRY : this.groups[first.group]!.entries[first.index]!);
    scan.reusable = this.reusable(first, last);
    if (first.start === 0) scan.start(front);
    // Old blocks taken into the scan, by where they start in its text: there the parse may meet the old one again.
    const taken: { at: number; old: Cursor }[] = [];
    const take = () => { taken.push({ at: scan.text.length, old: cursor.copy() }); scan.extend(cursor.take()); };
    let rest: Cursor;
    for (;;) {
      while (taken.length && taken[0]!.at < scan.at) taken.shift();
      const old = taken[0]?.at === scan.at ? taken[0].old : scan.done ? cursor : null;
      if (old) {
        if (!old.block || sameEntry(scan.entry, old.entry!)) { rest = old; break; }
        if (scan.done) { take(); continue; }
        scan.expect(old.block);
      }
      const end = scan.endOfBlock();
      // The block's end shows only where the next one starts.
      if (end === scan.text.length && cursor.block) take(); else scan.step(end);
    }
    return this.splice(first, scan, rest, first.start === 0 ? front < 0 : this.unclosedFrontMatter);
  }

  /** Old blocks of the region by their source, so that those the edit left alone stay the same objects. */
  private reusable(first: Placed, last: Placed): Map<string, Block[]> {
    const map = new Map<string, Block[]>();
    for (const cursor = new Cursor(this.groups, first.group, first.index); cursor.block; cursor.move()) {
      const same = map.get(cursor.block.source);
      if (same) same.push(cursor.block); else map.set(cursor.block.source, [cursor.block]);
      if (cursor.group === last.group && cursor.index === last.index) break;
    }
    return map;
  }

  private splice(first: Placed, scan: Scan, rest: Cursor, unclosed: boolean): Document {
    const { groups } = this;
    const head = groups[first.group]!;
    let before = groups.slice(0, first.group);
    let blocks = [...head.blocks.slice(0, first.index), ...scan.blocks], entries = [...head.entries.slice(0, first.index), ...scan.entries];
    let behind = rest.group;
    if (rest.block && rest.index > 0) {
      const tail = groups[rest.group]!;
      blocks = blocks.concat(tail.blocks.slice(rest.index));
      entries = entries.concat(tail.entries.slice(rest.index));
      behind++;
    }
    if (before.length && (!blocks.length || !opensGroup(blocks[0]!))) {
      const above = before.at(-1)!;
      before = before.slice(0, -1);
      blocks = [...above.blocks, ...blocks];
      entries = [...above.entries, ...entries];
    }
    return new Document([...before, ...group(blocks, entries), ...groups.slice(behind)], this.grammar, this.grammars, unclosed);
  }

  private before(placed: Placed): Placed {
    let { group: g, index } = placed;
    if (index > 0) index--; else if (g > 0) { g--; index = this.groups[g]!.blocks.length - 1; } else return placed;
    const block = this.groups[g]!.blocks[index]!;
    return { block, start: placed.start - block.source.length, line: placed.line - block.lineCount, group: g, index };
  }

  private find(value: number, sums: Float64Array, size: (block: Block) => number): Placed | null {
    if (!this.groups.length) return null;
    let low = 0, high = this.groups.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (sums[middle]! <= value) low = middle; else high = middle - 1;
    }
    const { blocks } = this.groups[low]!;
    let { start, line } = this.groupStart(low), at = sums[low]!, index = 0;
    for (; index < blocks.length - 1 && at + size(blocks[index]!) <= value; index++) {
      at += size(blocks[index]!);
      start += blocks[index]!.source.length;
      line += blocks[index]!.lineCount;
    }
    return { block: blocks[index]!, start, line, group: low, index };
  }

  private index(): void {
    if (this.offsets) return;
    const n = this.groups.length;
    const offsets = this.offsets = new Float64Array(n + 1), lines = this.lines = new Float64Array(n + 1);
    for (let g = 0; g < n; g++) {
      offsets[g + 1] = offsets[g]! + this.groups[g]!.length;
      lines[g + 1] = lines[g]! + this.groups[g]!.lineCount;
    }
  }
}

/** Offset behind the front matter's closing line; 0 where there is none, -1 where it is opened and not closed. */
function frontMatterEnd(text: string): number {
  if (!FENCE.test(text)) return 0;
  for (let at = nextLine(text, 0); at < text.length; at = nextLine(text, at))
    if (text.charCodeAt(at) === 45 && FENCE.test(text.slice(at, at + 80))) return nextLine(text, at);
  return -1;
}

const languageOf = (frontMatter: string): string => LANGUAGE.exec(frontMatter)?.[1] ?? 'en';

/** Reads blocks one after another from a text that may grow at its end. */
class Scan {
  readonly blocks: Block[] = [];
  readonly entries: Entry[] = [];
  at = 0;
  reusable: Map<string, Block[]> | null = null;
  private onlyLF: boolean;

  constructor(public text: string, private readonly grammar: Grammar, public entry: Entry = INITIAL_ENTRY) {
    this.onlyLF = !text.includes('\r');
  }

  get done(): boolean { return this.at >= this.text.length; }

  extend(text: string): void {
    this.text += text;
    this.onlyLF &&= !text.includes('\r');
  }

  /** Takes front matter (up to `front`, if above 0) or blank lines at the very top, which are blocks of their own. */
  start(front: number): void {
    let end = front > 0 ? front : 0;
    const kind = end ? 'front-matter' : 'blank';
    for (;;) {
      if (end >= this.text.length || !isLineEnd(this.text, skipBlanks(this.text, end))) break;
      end = nextLine(this.text, end);
    }
    if (!end) return;
    const source = this.text.slice(0, end);
    const reading = { kind, level: 0, label: null, textStart: 0, doubtful: false } as const;
    const fresh: Block = { source, lineCount: lineStarts(source).length - 1, original: reading, final: reading, joinsInOriginal: false, joinsInFinal: false, structure: null };
    const old = this.reusable?.get(source)?.[0];
    this.push(old?.final?.kind === kind ? old : fresh, this.entry);
    this.at = end;
  }

  endOfBlock(): number { return blockEnd(this.text, this.at, this.entry, this.grammar, this.onlyLF); }

  /** An old block whose source comes next. */
  expect(block: Block): void { (this.reusable ??= new Map()).set(block.source, [block]); }

  step(end = this.endOfBlock()): void {
    const source = this.text.slice(this.at, end);
    const { block, next } = readBlock(source, this.entry, this.grammar, this.text.slice(end, lineEnd(this.text, end)));
    this.push(this.reuse(block), this.entry);
    this.entry = next;
    this.at = end;
  }

  private push(block: Block, entry: Entry): void {
    this.blocks.push(block);
    this.entries.push(entry);
  }

  private reuse(block: Block): Block {
    const old = this.reusable?.get(block.source)?.shift();
    if (!old) return block;
    if (sameReading(old.original, block.original) && sameReading(old.final, block.final)) return old;
    block.structure ??= old.structure;
    return block;
  }
}

/** Walks over a document's blocks. */
class Cursor {
  constructor(private readonly groups: readonly Group[], public group: number, public index: number) { this.settle(); }

  get block(): Block | undefined { return this.groups[this.group]?.blocks[this.index]; }
  get entry(): Entry | undefined { return this.groups[this.group]?.entries[this.index]; }

  copy(): Cursor { return new Cursor(this.groups, this.group, this.index); }
  move(): void { this.index++; this.settle(); }
  take(): string { const { source } = this.block!; this.move(); return source; }

  rest(): string {
    let text = '';
    while (this.block) text += this.take();
    return text;
  }

  private settle(): void {
    if (this.group < this.groups.length && this.index >= this.groups[this.group]!.blocks.length) { this.group++; this.index = 0; }
  }
}

const HEADS: ReadonlySet<BlockKind> = new Set(['heading', 'proposal', 'instrument', 'section', 'annex']);

/** Whether a block with this reading begins a group. */
export const isHead = (reading: Reading | null): boolean => reading !== null && (HEADS.has(reading.kind) || (reading.kind === 'reasons' && reading.level === 1));

/** Whether a block begins a group: in either view. */
export const opensGroup = ({ original, final }: Block): boolean => isHead(final) || (original !== final && isHead(original));

function group(blocks: readonly Block[], entries: readonly Entry[]): Group[] {
  const groups: Group[] = [];
  let from = 0, length = 0, lineCount = 0;
  for (let i = 0; i <= blocks.length; i++) {
    if (i > from && (i === blocks.length || opensGroup(blocks[i]!))) {
      groups.push({ blocks: blocks.slice(from, i), entries: entries.slice(from, i), length, lineCount });
      from = i;
      length = lineCount = 0;
    }
    if (i < blocks.length) {
      length += blocks[i]!.source.length;
      lineCount += blocks[i]!.lineCount;
    }
  }
  return groups;
}

const startsCache = new WeakMap<Block, readonly number[]>();
const ONE_LINE = [0];

/** Offsets at which the lines of a block start; the empty line behind its last line end counts only at the document's end. */
function startsOf(block: Block): readonly number[] {
  if (block.lineCount === 0) return ONE_LINE;
  let starts = startsCache.get(block);
  if (!starts) startsCache.set(block, starts = lineStarts(block.source));
  return starts;
}
