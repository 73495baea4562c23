/**
 * Text as a recorder handles it: paragraphs with the words in them, each with the change that proposes or deletes
 * it. The signs of marks are not there; where there are words, `recordWrite.ts` writes them anew.
 */
import type { Block, Mark, Piece } from '../markup/types';
import type { Placed } from '../markup/document';
import { inline, parseInline } from '../markup/inline';
import { skipBlanks } from '../markup/lines';

/** One mark that is or will be written, or both halves of a replacement. */
export interface Change {
  /** What is written behind it: `{@APT}`, or ''. */
  readonly attribute: string;
  /** Made by the author who is recording. */
  readonly own: boolean;
  /** Made by them on the same date, and no move: can be one with what they do now. */
  readonly same: boolean;
}

export interface Atom {
  /**
   * `unit` is deleted as a whole (an escape, a footnote reference), so is a `wrap` (a line end within a paragraph). A
   * `comment` is never touched, a `bar` stays as long as its row. A `caret` is empty and marks a place.
   */
  readonly kind: 'text' | 'unit' | 'wrap' | 'comment' | 'bar' | 'indent' | 'caret';
  readonly text: string;
  /** Offsets in the text before; -1 for what is new. */
  readonly start: number;
  readonly end: number;
  readonly ins: Change | null;
  readonly del: Change | null;
  readonly highlight: Change | null;
  /** Of a caret: its number, and whether it belongs to what follows. */
  readonly caret?: number;
  readonly forward?: boolean;
}

/** A paragraph end, the blank lines behind it, and inside of a clause the indentation of its next paragraph. */
export interface End {
  text: string;
  /** Offsets in the text before; a new end has the place where it was put in, and no length there. */
  readonly start: number;
  readonly stop: number;
  /** Not in the original view; explicitly or because the whole paragraph is inserted. */
  ins: Change | null;
  /** Not in the final view. */
  del: Change | null;
  /** Deleted with its whole paragraph, without a sign of its own: still there for who types in the paragraph. */
  readonly natural: boolean;
  /** Between two paragraphs of one clause: never taken apart. */
  readonly inner: boolean;
  readonly carets: { readonly caret: number; readonly at: number }[];
}

export interface Line {
  kind: 'paragraph' | 'row' | 'note';
  atoms: Atom[];
  end: End;
}

/** Whether a word, a sign or a bar: what makes a paragraph exist in a view (markup, section 6). */
export const counts = ({ kind, text }: Atom): boolean => kind === 'unit' || kind === 'bar' || (kind === 'text' && skipBlanks(text, 0) < text.length);
export const isWord = ({ kind }: Atom): boolean => kind === 'text' || kind === 'unit' || kind === 'wrap' || kind === 'bar';
export const inOriginal = (line: Line): boolean => line.atoms.some(atom => !atom.ins && counts(atom));
export const inFinal = (line: Line): boolean => line.atoms.some(atom => !atom.del && counts(atom));

export const newEnd = (text: string, start: number, ins: Change | null, inner = false): End => ({ text, start, stop: start, ins, del: null, natural: false, inner, carets: [] });

/** The paragraphs of some blocks. `changeOf` gives one object for each mark. */
export function readLines(blocks: readonly Placed[], changeOf: (mark: Mark, block: Block) => Change): Line[] {
  const lines: Line[] = [];
  for (const { block, start } of blocks) {
    const { source } = block, kind = (block.final ?? block.original)?.kind;
    const { pieces, marks } = inline(block);
    const opaque = kind === 'drafter-note' || kind === 'blank';
    const comments = opaque ? [] : marks.filter(mark => mark.kind === 'comment');
    let line = newLine(source, opaque ? kind : null), prefix = 0, skip = 0;
    const close = (text: string, at: number, inner: boolean) => {
      if (prefix) line.atoms.push({ kind: 'text', text: source.slice(0, prefix), start, end: start + prefix, ins: null, del: null, highlight: null });
      prefix = 0;
      const last = line.atoms.findLast(counts), natural = !line.end.del && !inFinal(line) && !lines.findLast(inFinal)?.end.del;
      // Blanks in a new line are new, marked or not.
      if (last?.ins && !inOriginal(line)) line.atoms = line.atoms.map(atom => atom.kind === 'text' && !atom.ins ? { ...atom, ins: last.ins } : atom);
      line.end = { ...line.end, text, start: start + at, stop: start + at + text.length, inner, natural };
      // A line of comments only stands where it likes: paragraphs go on with each other over it.
      const above = last ? null : lines.at(-1)?.end;
      if (!line.end.ins && !inOriginal(line)) line.end.ins = (last ?? above)?.ins ?? null;
      if (!line.end.del && !inFinal(line)) line.end.del = (last ?? above)?.del ?? null;
      lines.push(line);
      line = newLine(source, opaque ? kind : null);
    };
    for (const piece of pieces) {
      if (piece.start < skip) continue;
      const context = { ins: piece.insertion && changeOf(piece.insertion, block), del: piece.deletion && changeOf(piece.deletion, block), highlight: piece.highlight && changeOf(piece.highlight, block) };
      const add = (kind: Atom['kind'], from: number, to: number) => line.atoms.push({ kind, text: source.slice(from, to), start: start + from, end: start + to, ...context });
      const comment = comments.find(mark => mark.start === piece.start);
      if (comment) { skip = comment.attribute?.end ?? comment.end; add('comment', comment.start, skip); continue; }
      switch (piece.kind) {
        case 'mark': case 'attribute': break;
        case 'trailing': case 'paragraph-break': close(source.slice(piece.start, piece.end), piece.start, piece.kind === 'paragraph-break'); break;
        case 'pilcrow': line.end.ins = context.ins; line.end.del = context.del; break;
        case 'indent': add('indent', piece.start, piece.end); break;
        // What a backslash in column 0 makes plain cannot be divided from it.
        case 'prefix': if (source[piece.start] === '\\' || source.startsWith('//')) prefix = piece.end - piece.start; else add(source[piece.start] === '[' ? 'unit' : 'text', piece.start, piece.end); break;
        case 'bar': add(line.kind === 'row' ? 'bar' : 'text', piece.start, piece.end); break;
        case 'soft-break': case 'line-break': add('wrap', piece.start, piece.end); break;
        case 'escape': case 'footnote-reference': add('unit', piece.start, piece.end); break;
        default:
          for (const [from, to] of opaque ? [[piece.start - prefix, piece.end] as const] : divide(source, piece, prefix)) add(source[from] === '\\' && !opaque ? 'unit' : 'text', from, to);
          prefix = 0;
      }
    }
    if (prefix || line.atoms.length || line.end.ins || line.end.del) close('', source.length, false);
  }
  return lines;
}

const newLine = (source: string, kind: string | null): Line =>
  ({ kind: kind === 'drafter-note' ? 'note' : source[0] === '|' ? 'row' : 'paragraph', atoms: [], end: newEnd('', 0, null) });

/** A piece of text in parts: a backslash and the character behind it cannot be divided by a mark. */
function divide(source: string, piece: Piece, prefix: number): (readonly [number, number])[] {
  const parts: [number, number][] = [];
  let from = piece.start - prefix;
  for (let at = source.indexOf('\\', from); at >= 0 && at < piece.end; at = source.indexOf('\\', from)) {
    if (at > from) parts.push([from, at]);
    parts.push([at, from = Math.min(at + 2, piece.end)]);
  }
  if (from < piece.end) parts.push([from, piece.end]);
  return parts;
}

/**
 * One line of what is typed or pasted, as new words. Marks in it are taken as accepted; their comments stay. Signs that
 * would be read as a mark's, or in a row as bars, are escaped.
 */
export function readTyped(text: string, inRow: boolean, context: Pick<Atom, 'ins' | 'del' | 'highlight'>): Atom[] {
  const atoms: Atom[] = [];
  const add = (kind: Atom['kind'], part: string) => { if (part) atoms.push({ kind, text: part, start: -1, end: -1, ...context }); };
  if (!/[\\{}[|]/.test(text)) { add('text', text); return atoms; }
  const { pieces, marks } = parseInline(text);
  let skip = 0;
  for (const piece of pieces) {
    if (piece.start < skip) continue;
    const comment = marks.find(mark => mark.kind === 'comment' && mark.start === piece.start);
    if (comment) { skip = comment.attribute?.end ?? comment.end; if (!piece.deletion) add('comment', text.slice(piece.start, skip)); continue; }
    if (piece.deletion || piece.kind === 'mark' || piece.kind === 'attribute') continue;
    const part = text.slice(piece.start, piece.end);
    if (piece.kind === 'escape' || piece.kind === 'footnote-reference') { add('unit', part); continue; }
    for (const sign of part.match(/\\[^]?|\||[^\\|]+/g) ?? []) {
      if (sign === '|') add(inRow ? 'unit' : 'text', inRow ? '\\|' : '|');
      // A backslash at the end would make the mark's closer plain.
      else add(sign.startsWith('\\') ? 'unit' : 'text', sign === '\\' ? '\\\\' : sign);
    }
  }
  return atoms;
}
