/**
 * The inside of a block: text, emphasis, footnote references and tracked changes (markup, sections 5 and 6).
 * Depends on the block's source alone, never on what stands around it, and never throws.
 */
import type { Attribute, Block, Inline, Mark, MarkKind, Piece, PieceKind, Problem } from './types';
import { isBlank, isLineEnd, lineEnd, nextLine, skipBlanks } from './lines';

const OPENERS: Record<string, MarkKind> = { '{++': 'insertion', '{--': 'deletion', '{~~': 'substitution', '{>>': 'comment', '{==': 'highlight' };
const CLOSERS: Record<MarkKind, string> = { insertion: '++}', deletion: '--}', substitution: '~~}', comment: '<<}', highlight: '==}' };
const CLOSER_KINDS: Record<string, MarkKind> = { '++}': 'insertion', '--}': 'deletion', '~~}': 'substitution', '<<}': 'comment', '==}': 'highlight' };
const ATTRIBUTE = /\{@([^{}\r\n]*)\}/y;
const DATE = /(?:^|\s)(\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}Z)?)$/;
const MOVE = /(?:^|\s)#([A-Za-z0-9_-]+)$/;
const FOOTNOTE = /\[\^([^\]\s[]+)\]/y;
const SPECIAL = /[\\*[{|}]/;
const PARAGRAPH_PREFIX = /(?:#{1,6}(?=[ \t\u00a0]))|(?:\[\^[^\]\s[]+\]:)|(?:\/\/)/y;

/** The pieces, marks and problems of a block; computed when first asked for, and kept with the block. */
export const inline = (block: Block): Inline => block.structure ??= parseInline(block.source, (block.final ?? block.original)?.kind);

/** True for ASCII punctuation, which a backslash makes plain. */
const isPunctuation = (code: number): boolean =>
  (code >= 33 && code <= 47) || (code >= 58 && code <= 64) || (code >= 91 && code <= 96) || (code >= 123 && code <= 126);

/** What mark content may hold marks of which kinds (markup, section 6). */
const MAY_HOLD: Record<MarkKind, readonly MarkKind[]> = {
  insertion: ['deletion', 'comment'], deletion: ['comment'], substitution: ['deletion', 'comment'],
  comment: [], highlight: ['insertion', 'deletion', 'substitution', 'comment'],
};

interface Context { insertion: Mark | null; deletion: Mark | null; highlight: Mark | null; holds: readonly MarkKind[] | null }
interface Delimiter { piece: number; count: number; canOpen: boolean; canClose: boolean; start: number; used: number[] }

/** Parses a block's source. Front matter and drafter's notes hold no marks. */
export function parseInline(source: string, kind?: string): Inline {
  const parser = new Parser(source);
  parser.parse(kind === 'front-matter' || kind === 'blank');
  const { pieces, marks, problems } = parser;
  return { pieces, marks, problems };
}

class Parser {
  readonly pieces: Piece[] = [];
  readonly marks: Mark[] = [];
  readonly problems: Problem[] = [];
  /** Offsets of unescaped closers of each kind, found in one pass when the first mark is opened. */
  private closers: Map<MarkKind, number[]> | null = null;
  private dividers: number[] = [];
  /** Where text that no piece covers yet begins. */
  private pending = 0;
  private table = false;

  constructor(private readonly source: string) {}

  parse(opaque: boolean): void {
    const { source } = this;
    const end = contentEnd(source);
    const start = skipBlanks(source, 0);
    const none: Context = { insertion: null, deletion: null, highlight: null, holds: null };
    if (opaque || start >= end) {
      this.push(opaque ? 'text' : 'trailing', 0, opaque ? end : source.length, none);
      if (opaque) this.push('trailing', end, source.length, none);
      return;
    }
    this.push('indent', 0, start, none);
    this.pending = start;
    let from = start;
    if (start === 0) {
      PARAGRAPH_PREFIX.lastIndex = 0;
      const prefix = PARAGRAPH_PREFIX.exec(source);
      if (prefix) from = prefix[0].length;
      else if (source[0] === '\\' && !isPunctuation(source.charCodeAt(1))) from = 1;
      this.push('prefix', 0, from, none);
      this.pending = from;
      if (prefix?.[0] === '//') {
        this.push('text', from, end, none);
        this.push('trailing', end, source.length, none);
        return;
      }
      // A table row's cells are split before marks are read (markup, section 3).
      if (source[0] === '|') { this.table = true; this.parseRow(end, none); this.push('trailing', end, source.length, none); return; }
    }
    this.parseRange(from, end, none);
    this.push('trailing', end, source.length, none);
  }

  private push(kind: PieceKind, start: number, end: number, context: Context, comment: Mark | null = null): void {
    if (start < end) this.pieces.push({ kind, start, end, italic: false, bold: false, insertion: context.insertion, deletion: context.deletion, highlight: context.highlight, comment });
  }

  private flush(end: number, context: Context): void {
    this.push('text', this.pending, end, context);
    this.pending = end;
  }

  /** A piece of another kind than text, behind the text before it. */
  private special(kind: PieceKind, start: number, end: number, context: Context, comment: Mark | null = null): void {
    this.flush(start, context);
    this.push(kind, start, end, context, comment);
    this.pending = end;
  }

  private parseRow(end: number, context: Context): void {
    const { source } = this;
    let cell = 0;
    for (let i = 0; i <= end; i++) {
      if (i + 1 < end && source.charCodeAt(i) === 92) { i++; continue; }
      if (i < end && source[i] !== '|') continue;
      this.pending = cell;
      this.parseRange(cell, i, context);
      if (i < end) this.special('bar', i, i + 1, context);
      cell = i + 1;
    }
  }

  private parseRange(start: number, end: number, context: Context): void {
    const { source } = this;
    const delimiters: Delimiter[] = [];
    this.pending = start;
    let i = start;
    while (i < end) {
      const code = source.charCodeAt(i);
      switch (code) {
        case 92: { // backslash
          if (i + 1 < end && isPunctuation(source.charCodeAt(i + 1))) { this.special('escape', i, i + 2, context); i += 2; break; }
          if (i + 1 < end && isLineEnd(source, i + 1)) {
            const next = this.breakEnd(i + 1, end);
            this.special('line-break', i, next.end, context);
            i = next.end;
            break;
          }
          i++;
          break;
        }
        case 10: case 13: {
          let from = i;
          while (from > this.pending && isBlank(source.charCodeAt(from - 1))) from--;
          const next = this.breakEnd(i, end);
          this.special(next.blank ? 'paragraph-break' : 'soft-break', from, next.end, context);
          i = next.end;
          break;
        }
        case 42: { // star
          let stop = i;
          while (stop < end && source.charCodeAt(stop) === 42) stop++;
          this.flush(i, context);
          delimiters.push({ piece: this.pieces.length, count: stop - i, start: i, used: [], ...flanking(source, i, stop, start, end) });
          this.push('text', i, stop, context);
          this.pending = i = stop;
          break;
        }
        case 91: { // [
          FOOTNOTE.lastIndex = i;
          const match = FOOTNOTE.exec(source);
          if (match && i + match[0].length <= end) { this.special('footnote-reference', i, i + match[0].length, context); i += match[0].length; } else i++;
          break;
        }
        case 123: i = this.parseMark(i, end, context); break;
        case 125: { // }
          const closer = CLOSER_KINDS[source.slice(i - 2, i + 1)];
          if (closer && i - 2 >= this.pending) this.problems.push({ code: 'stray-closer', start: i - 2, end: i + 1, mark: closer });
          i++;
          break;
        }
        case 124: // |
          if (!this.table && this.inRow(context)) this.special('bar', i, i + 1, context);
          i++;
          break;
        default: i++;
      }
    }
    this.flush(end, context);
    if (delimiters.length) this.pair(delimiters);
  }

  /** A bar divides cells in a row that is inserted or deleted whole: `{++| a | b |++}`. */
  private inRow(context: Context): boolean {
    return (context.insertion ?? context.deletion)?.start === 0 && this.source[3] === '|';
  }

  /** Where the text goes on behind a line end at `offset`, and whether a blank line stands between. */
  private breakEnd(offset: number, end: number): { end: number; blank: boolean } {
    const { source } = this;
    let i = nextLine(source, offset), blank = false;
    for (;;) {
      const text = skipBlanks(source, i);
      if (text >= end) return { end: Math.min(text, end), blank };
      if (!isLineEnd(source, text)) return { end: text, blank };
      blank = true;
      i = nextLine(source, text);
    }
  }

  private parseMark(i: number, end: number, context: Context): number {
    const { source } = this;
    if (source.charCodeAt(i + 1) === 64) {
      ATTRIBUTE.lastIndex = i;
      const match = ATTRIBUTE.exec(source);
      if (!match || i + match[0].length > end) return i + 1;
      this.problems.push({ code: 'stray-attribute', start: i, end: i + match[0].length, mark: null });
      return i + match[0].length;
    }
    const kind = OPENERS[source.slice(i, i + 3)];
    if (!kind || i + 3 > end) return i + 1;
    if (context.holds && !context.holds.includes(kind)) {
      this.problems.push({ code: 'mark-in-mark', start: i, end: i + 3, mark: kind });
      return i + 3;
    }
    const close = this.closer(kind, i + 3, end);
    if (close < 0) {
      this.problems.push({ code: 'unclosed-mark', start: i, end: i + 3, mark: kind });
      return i + 3;
    }
    const divider = kind === 'substitution' ? this.divider(i + 3, close) : -1;
    if (kind === 'substitution' && divider < 0) {
      this.problems.push({ code: 'missing-divider', start: i, end: close + 3, mark: kind });
      // What stands between stays text, so that nothing is read into it; the closer is part of the report.
      return close + 3;
    }
    const attribute = this.attribute(close + 3, end);
    const mark: Mark = { kind, start: i, end: close + 3, divider, attribute, pilcrow: (kind === 'insertion' || kind === 'deletion') && this.isPilcrow(i, close, context) };
    this.marks.push(mark);
    if (close === i + 3) this.problems.push({ code: 'empty-mark', start: i, end: close + 3, mark: kind });
    this.special('mark', i, i + 3, context);
    const held = (inner: Partial<Context>): Context => ({ ...context, ...inner, holds: context.holds ? MAY_HOLD[kind].filter(k => context.holds!.includes(k) || k === 'deletion' && kind !== 'deletion') : MAY_HOLD[kind] });
    switch (kind) {
      case 'comment':
        for (let at = this.pending; at < close;) { // escapes are read, marks are not
          const slash = source.indexOf('\\', at);
          if (slash < 0 || slash + 1 >= close) break;
          if (isPunctuation(source.charCodeAt(slash + 1))) {
            this.push('comment', this.pending, slash, context, mark);
            this.push('escape', slash, slash + 2, context, mark);
            this.pending = slash + 2;
          }
          at = slash + 2;
        }
        this.push('comment', this.pending, close, context, mark);
        break;
      case 'substitution':
        this.parseRange(i + 3, divider, { ...held({ deletion: mark }), holds: ['comment'] });
        this.special('mark', divider, divider + 2, context);
        this.parseRange(divider + 2, close, held({ insertion: mark }));
        break;
      case 'highlight': this.parseRange(i + 3, close, held({ highlight: mark })); break;
      default:
        if (mark.pilcrow) this.pilcrow(i, close, held(kind === 'insertion' ? { insertion: mark } : { deletion: mark }));
        else this.parseRange(i + 3, close, held(kind === 'insertion' ? { insertion: mark } : { deletion: mark }));
    }
    this.pending = close;
    this.special('mark', close, close + 3, context);
    if (attribute) {
      if (attribute.end > attribute.start) this.special('attribute', attribute.start, attribute.end, context);
      if (!attribute.authors.length && !attribute.date && !attribute.move) this.problems.push({ code: 'malformed-attribute', start: attribute.start, end: attribute.end, mark: kind });
      return attribute.end;
    }
    return close + 3;
  }

  /** Content of a pilcrow mark: the sign itself, or (deleted by another author) `{--¶--}` inside an insertion. */
  private pilcrow(i: number, close: number, context: Context): void {
    if (this.source[i + 3] === '¶') { this.pending = i + 3; this.special('pilcrow', i + 3, close, context); } else this.parseRange(i + 3, close, context);
  }

  private isPilcrow(i: number, close: number, context: Context): boolean {
    const content = this.source.slice(i + 3, close);
    if (content !== '¶' && !(content.startsWith('{--¶--}') && this.source[i + 1] === '+')) return false;
    if (context.insertion?.pilcrow) return true;
    // Only marks, comments and blanks may stand between it and the end of the paragraph.
    const { source } = this;
    let at = close + 3;
    for (;;) {
      at = skipBlanks(source, at);
      if (isLineEnd(source, at)) return true;
      ATTRIBUTE.lastIndex = at;
      const attribute = source[at] === '{' ? ATTRIBUTE.exec(source) : null;
      if (attribute) { at += attribute[0].length; continue; }
      if (source.startsWith('{>>', at)) {
        const end = this.closer('comment', at + 3, source.length);
        if (end < 0) return false;
        at = end + 3;
        continue;
      }
      if (source.startsWith('{++¶++}', at) || source.startsWith('{--¶--}', at)) { at += 7; continue; }
      if (context.highlight && source.startsWith('==}', at)) { at += 3; continue; }
      return false;
    }
  }

  private attribute(start: number, end: number): Attribute | null {
    ATTRIBUTE.lastIndex = start;
    const match = this.source.charCodeAt(start) === 123 ? ATTRIBUTE.exec(this.source) : null;
    if (!match || start + match[0].length > end) return null;
    return { start, end: start + match[0].length, ...parseAttribute(match[1]!) };
  }

  /** The first unescaped closer of a kind in [from, end), or -1. One pass finds them all, so many openers cost no more than few. */
  private closer(kind: MarkKind, from: number, end: number): number {
    if (!this.closers) this.findClosers();
    const at = firstAtLeast(this.closers!.get(kind)!, from);
    return at >= 0 && at + 3 <= end ? at : -1;
  }

  private divider(from: number, end: number): number {
    const at = firstAtLeast(this.dividers, from);
    return at >= 0 && at + 2 <= end ? at : -1;
  }

  private findClosers(): void {
    const { source } = this;
    this.closers = new Map(Object.keys(CLOSERS).map(kind => [kind as MarkKind, []]));
    this.dividers = [];
    for (let i = 0; i < source.length; i++) {
      const code = source.charCodeAt(i);
      if (code === 92) { i++; continue; }
      if (code === 126 && source.charCodeAt(i + 1) === 62) this.dividers.push(i);
      const next = source.charCodeAt(i + 1);
      if ((code === 43 || code === 45 || code === 126 || code === 60 || code === 61) && next === code && source.charCodeAt(i + 2) === 125)
        this.closers.get(CLOSER_KINDS[source.slice(i, i + 3)]!)!.push(i);
    }
  }

  /** Pairs stars as CommonMark does, inside one mark's content only. */
  private pair(delimiters: Delimiter[]): void {
    const flags: { from: number; to: number; bold: boolean }[] = [];
    const stack: Delimiter[] = [];
    const bottoms = new Map<number, Delimiter | null>();
    for (const closer of delimiters) {
      if (closer.canClose) {
        for (let left = closer.count - used(closer); left > 0; left = closer.count - used(closer)) {
          const key = closer.count % 3 + (closer.canOpen ? 3 : 0);
          const bottom = bottoms.get(key) ?? null;
          let at = stack.length - 1;
          while (at >= 0 && stack[at] !== bottom) {
            const opener = stack[at]!;
            const odd = (opener.canClose || closer.canOpen) && (opener.count + closer.count) % 3 === 0 && !(opener.count % 3 === 0 && closer.count % 3 === 0);
            if (!odd) break;
            at--;
          }
          if (at < 0 || stack[at] === bottom) { bottoms.set(key, stack.at(-1) ?? null); break; }
          const opener = stack[at]!;
          const strong = opener.count - used(opener) >= 2 && left >= 2;
          const size = strong ? 2 : 1;
          stack.length = at + 1;
          flags.push({ from: opener.piece, to: closer.piece, bold: strong });
          opener.used.push(size);
          closer.used.push(size);
          if (opener.count === used(opener)) stack.pop();
        }
      }
      if (closer.canOpen && closer.count > used(closer)) stack.push(closer);
    }
    if (!flags.length) return;
    // A sweep over the pieces, so that deep nesting costs no more than its length.
    const italic = new Int32Array(this.pieces.length + 1), bold = new Int32Array(this.pieces.length + 1);
    for (const { from, to, bold: strong } of flags) {
      const depth = strong ? bold : italic;
      depth[from + 1]!++;
      depth[to]!--;
    }
    const first = delimiters[0]!.piece;
    let italics = 0, bolds = 0;
    const result: Piece[] = [];
    const byPiece = new Map(delimiters.map(d => [d.piece, d]));
    for (let p = first; p < this.pieces.length; p++) {
      italics += italic[p]!;
      bolds += bold[p]!;
      const piece = { ...this.pieces[p]!, italic: this.pieces[p]!.italic || italics > 0, bold: this.pieces[p]!.bold || bolds > 0 };
      const delimiter = byPiece.get(p);
      const taken = delimiter ? used(delimiter) : 0;
      if (!delimiter || !taken) { result.push(piece); continue; }
      // Stars that paired are emphasis, the rest is text: for an opener the outer ones, for a closer the last ones.
      const rest = delimiter.count - taken;
      const text = { ...piece, kind: 'text' as const }, stars = { ...piece, kind: 'emphasis' as const };
      if (delimiter.canOpen) {
        if (rest) result.push({ ...text, end: piece.start + rest });
        result.push({ ...stars, start: piece.start + rest });
      } else {
        result.push({ ...stars, end: piece.start + taken });
        if (rest) result.push({ ...text, start: piece.start + taken });
      }
    }
    this.pieces.length = first;
    for (const piece of result) this.pieces.push(piece);
  }
}

const used = (delimiter: Delimiter): number => { let sum = 0; for (const n of delimiter.used) sum += n; return sum; };

/** Left- and right-flanking runs, as CommonMark defines them; the content's edges count as blanks. */
function flanking(source: string, start: number, stop: number, from: number, to: number): { canOpen: boolean; canClose: boolean } {
  const before = start > from ? source.slice(start - 1, start) : ' ', after = stop < to ? source.slice(stop, stop + 1) : ' ';
  const blankBefore = /\s/.test(before), blankAfter = /\s/.test(after);
  const signBefore = /[\p{P}\p{S}]/u.test(before), signAfter = /[\p{P}\p{S}]/u.test(after);
  return {
    canOpen: !blankAfter && (!signAfter || blankBefore || signBefore),
    canClose: !blankBefore && (!signBefore || blankAfter || signAfter),
  };
}

function firstAtLeast(sorted: readonly number[], from: number): number {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < from) low = middle + 1; else high = middle;
  }
  return low < sorted.length ? sorted[low]! : -1;
}

/** Reads the inside of `{@…}`: authors, divided by semicolons, then a date, then `#move`. */
export function parseAttribute(text: string): Pick<Attribute, 'authors' | 'date' | 'move'> {
  let rest = text.trim();
  const move = MOVE.exec(rest)?.[1] ?? null;
  if (move !== null) rest = rest.replace(MOVE, '');
  const date = DATE.exec(rest)?.[1] ?? null;
  if (date !== null) rest = rest.replace(DATE, '');
  return { authors: rest.split(';').map(author => author.trim()).filter(Boolean), date, move };
}

/** Where a block's content ends: before the blanks of its last line of text, its line end and the blank lines behind it. */
export function contentEnd(source: string): number {
  let end = source.length;
  while (end > 0 && (isBlank(source.charCodeAt(end - 1)) || source.charCodeAt(end - 1) === 10 || source.charCodeAt(end - 1) === 13)) end--;
  // A backslash that breaks the last line has nothing to break to; it stays text.
  return end;
}

/** True where the source holds nothing but plain text on one line: no marks, emphasis, references or escapes. */
export const isPlain = (source: string): boolean => !SPECIAL.test(source) && lineEnd(source, 0) >= contentEnd(source);
