/** One block: its lines split off, and what it is in each view. */
import type { Block, Grammar, Inline, Piece, Reading, View } from './types';
import { classify, indentColumns, INITIAL_STATE, sameState, startsClause, type Entry, type State } from './classify';
import { contentEnd, inline, parseInline } from './inline';
import { CR, isBlank, isLineEnd, LF, lineEnd, lineStarts, nextLine, skipBlanks } from './lines';

export const INITIAL_ENTRY: Entry = { original: INITIAL_STATE, final: INITIAL_STATE, joinedInOriginal: false, joinedInFinal: false };

export const sameEntry = (a: Entry, b: Entry): boolean => a === b || (a.joinedInOriginal === b.joinedInOriginal && a.joinedInFinal === b.joinedInFinal
  && sameState(a.original, b.original) && sameState(a.final, b.final));

/** Text of one paragraph in one view, with the way back to the source. */
export interface ViewLine {
  readonly text: string;
  /** Pairs of offsets: in `text`, in the source; one for each kept piece, in order. */
  readonly starts: readonly (readonly [number, number])[];
  /** False where the paragraph is wholly inserted (in the original view) or wholly deleted (in the final one). */
  readonly exists: boolean;
}

/** Whether a piece is part of a view. Comments, attributes and the signs of marks are in neither. */
export function inView(piece: Piece, view: View): boolean {
  if (piece.kind === 'comment' || piece.kind === 'mark' || piece.kind === 'attribute' || piece.kind === 'pilcrow' || piece.comment) return false;
  return view === 'original' ? piece.insertion === null : piece.deletion === null;
}

/** The first paragraph of a block in one view: marks taken away, soft wraps as one space. */
export function viewLine(source: string, { pieces }: Inline, view: View): ViewLine {
  let text = '', counted = false, exists = false;
  const starts: [number, number][] = [];
  for (const piece of pieces) {
    if (piece.kind === 'paragraph-break' || piece.kind === 'trailing') break;
    if (piece.kind === 'indent') continue;
    const kept = inView(piece, view);
    const counts = piece.comment === null && piece.kind !== 'mark' && piece.kind !== 'attribute' && piece.kind !== 'pilcrow' && piece.kind !== 'comment'
      && !(piece.kind === 'text' && skipBlanks(source, piece.start) >= piece.end) && piece.kind !== 'soft-break';
    if (counts) { counted = true; exists ||= kept; }
    if (!kept) continue;
    const part = piece.kind === 'soft-break' || piece.kind === 'line-break' ? ' ' : source.slice(piece.start, piece.end);
    starts.push([text.length, piece.start]);
    text += part;
  }
  return { text, starts, exists: exists || !counted };
}

/** The source offset of the character at `index` of a view line; with `end`, the offset behind the character before `index`. */
function sourceOffset(line: ViewLine, index: number, end: boolean): number {
  let found = line.starts[0] ?? [0, 0];
  const at = end ? Math.max(0, index - 1) : index;
  for (const start of line.starts) if (start[0] <= at) found = start;
  return found[1] + index - found[0];
}

function withOffsets(reading: Reading, map: (index: number, end: boolean) => number): Reading {
  const { label } = reading;
  return { ...reading, textStart: map(reading.textStart, false), label: label && { ...label, start: map(label.start, false), end: map(label.end, true) } };
}

/**
 * Where the block that starts at `offset` ends: before the next line in column 0, before the next indented
 * clause, or at the end of the text.
 */
export function blockEnd(text: string, offset: number, entry: Entry, grammar: Grammar, onlyLF = false): number {
  let at = nextLine(text, offset, onlyLF), states: readonly State[] | null = null;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === LF || code === CR) { at = nextLine(text, at); continue; }
    if (!isBlank(code)) return at;
    const start = skipBlanks(text, at);
    if (isLineEnd(text, start)) { at = nextLine(text, start); continue; }
    const end = lineEnd(text, start);
    const indent = indentColumns(text.slice(at, start), start - at);
    if (indentedClause(text.slice(at, end), indent, () => states ??= statesBehind(text.slice(offset, lineEnd(text, offset)), entry, grammar))) return at;
    at = nextLine(text, end, onlyLF);
  }
  return text.length;
}

/** The states behind a block's first line, which is all that can make an indented number a clause. */
function statesBehind(firstLine: string, entry: Entry, grammar: Grammar): readonly State[] {
  const { next } = readBlock(firstLine, entry, grammar, '');
  return next.original === next.final ? [next.final] : [next.original, next.final];
}

function indentedClause(line: string, indent: number, states: () => readonly State[]): boolean {
  if (!line.includes('{')) return startsClause(line.slice(skipBlanks(line, 0)), indent, states);
  const parsed = parseInline(line);
  return (['original', 'final'] as const).some(view => {
    const { text, exists } = viewLine(line, parsed, view);
    return exists && startsClause(text.slice(skipBlanks(text, 0)), indent, states);
  });
}

export interface Read { readonly block: Block; readonly next: Entry }

/** Reads a block's source. `following` is the line behind it, with which it goes on where its end is tracked. */
export function readBlock(source: string, entry: Entry, grammar: Grammar, following: string): Read {
  const content = contentEnd(source);
  const start = skipBlanks(source, 0);
  const indent = start === 0 ? 0 : indentColumns(source, start);
  const lineCount = countLineEnds(source);
  const single = lineCount < 2 || lineEnd(source, start) >= content;
  if (single && !hasBrace(source, content) && !entry.joinedInOriginal && !entry.joinedInFinal) {
    // Without marks both views read the same line.
    const text = source.slice(start, content);
    const final = classify(text, indent, entry.final, grammar);
    const reading = start === 0 ? final.reading : withOffsets(final.reading, index => index + start);
    if (entry.original === entry.final) return { block: block(source, lineCount, reading, reading), next: bothViews(final.next) };
    const original = classify(text, indent, entry.original, grammar);
    const same = sameReading(original.reading, final.reading);
    const originalReading = same ? reading : start === 0 ? original.reading : withOffsets(original.reading, index => index + start);
    return { block: block(source, lineCount, originalReading, reading), next: entryOf(original.next, final.next, false, false) };
  }
  const draft = block(source, lineCount, null, null);
  const parsed = inline(draft);
  const inserted = parsed.marks.some(mark => mark.pilcrow && mark.kind === 'insertion');
  const deleted = parsed.marks.some(mark => mark.pilcrow && mark.kind === 'deletion');
  const read = (view: View, state: State, joined: boolean, joins: boolean) => {
    const line = viewLine(source, parsed, view);
    if (!line.exists) return { reading: null, next: state, joins: joined };
    const lead = skipBlanks(line.text, 0);
    const tail = joins ? followingText(following, view) : '';
    const { reading, next } = classify(line.text.slice(lead).trimEnd(), indent, state, grammar, tail);
    if (joined) return { reading: null, next: { ...state, above: next.above }, joins };
    return { reading: withOffsets(reading, (index, end) => sourceOffset(line, index + lead, end)), next, joins };
  };
  const final = read('final', entry.final, entry.joinedInFinal, deleted);
  const original = read('original', entry.original, entry.joinedInOriginal, inserted);
  const readings: [Reading | null, Reading | null] = original.reading && final.reading && sameReading(original.reading, final.reading)
    ? [final.reading, final.reading] : [original.reading, final.reading];
  // The draft keeps its inline structure; it becomes the block.
  const result = Object.assign(draft, { original: readings[0], final: readings[1], joinsInOriginal: inserted, joinsInFinal: deleted });
  return { block: result, next: entryOf(original.next, final.next, original.joins, final.joins) };
}

function followingText(following: string, view: View): string {
  const { text, exists } = viewLine(following, parseInline(following), view);
  return exists ? text.slice(skipBlanks(text, 0)).trimEnd() : '';
}

function block(source: string, lineCount: number, original: Reading | null, final: Reading | null): Block {
  return { source, lineCount, original, final, joinsInOriginal: false, joinsInFinal: false, structure: null };
}

const bothViews = (state: State): Entry => state.entry ??= { original: state, final: state, joinedInOriginal: false, joinedInFinal: false };

function entryOf(original: State, final: State, joinedInOriginal: boolean, joinedInFinal: boolean): Entry {
  if (!joinedInOriginal && !joinedInFinal && sameState(original, final)) return bothViews(final);
  return { original, final, joinedInOriginal, joinedInFinal };
}

export function sameReading(a: Reading | null, b: Reading | null): boolean {
  if (a === b) return true;
  if (!a || !b || a.kind !== b.kind || a.level !== b.level || a.textStart !== b.textStart || a.doubtful !== b.doubtful) return false;
  if (a.label === b.label) return true;
  return !!a.label && !!b.label && a.label.kind === b.label.kind && a.label.text === b.label.text && a.label.start === b.label.start && a.label.end === b.label.end;
}

function hasBrace(source: string, end: number): boolean {
  const at = source.indexOf('{');
  return at >= 0 && at < end;
}

function countLineEnds(source: string): number {
  let count = 0;
  if (source.indexOf('\r') < 0) {
    for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) count++;
    return count;
  }
  return lineStarts(source).length - 1;
}
