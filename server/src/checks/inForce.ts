/**
 * A text in force and the original view of what is proposed to change it, paragraph by paragraph, as far as a reader
 * sees them. Blanks, line wraps, no-break signs, emphasis, escapes, indentation, the numbers of footnotes (Word
 * gives them) and how a list's label is written (`a bis)` or `a)bis`) make no difference; words, signs, labels,
 * capitals and the order of paragraphs do.
 *
 * - `unlike(inForce, run)`: the paragraphs of two texts, each in its original view, as far as they may differ
 * - `lettersOf(block, paragraph)`: the letters of one of them, each with its place in the source
 */
import type { Group } from '../markup/document';
import type { Block, BlockKind, Piece } from '../markup/types';
import { inView } from '../markup/block';
import { memo } from '../markup/memo';
import { paragraphs } from '../changes/paragraphs';
import type { Run } from '../contribution/runs';
import { headKind } from '../contribution/scopes';

/** Letters as a reader sees them. Letter `i` stands in [starts[i], ends[i]) of the block's source; -1 for one that is not written there. */
export interface Letters { readonly text: string; readonly starts: readonly number[]; readonly ends: readonly number[] }

/** One line of a paragraph: a paragraph may go on with the next line, or consist of several (a title). */
export interface Line {
  readonly group: number;
  readonly index: number;
  /** Which of the block's paragraphs. */
  readonly paragraph: number;
  /** Where its letters begin in the paragraph's: -1 where the paragraph leaves a blank at their start out. */
  readonly from: number;
}

export interface Paragraph { readonly kind: BlockKind | null; readonly text: string; readonly lines: readonly Line[] }

/** The part of a text that its base has too: not the proposal's line, the reasons, notes to the drafter. */
const OWN: ReadonlySet<BlockKind> = new Set(['proposal', 'reasons', 'front-matter', 'blank', 'drafter-note']);
/** Lines of these kinds that follow each other are one: a title may be given on two lines, an annex with its title on one. */
const TITLES: ReadonlySet<BlockKind> = new Set(['title', 'annex']);

interface Part { readonly index: number; readonly paragraph: number; readonly text: string; readonly kind: BlockKind | null; readonly goesOn: boolean }

/** What a group has of the text in force. */
interface Own {
  readonly parts: readonly Part[];
  readonly notes: readonly (Part & { readonly label: string })[];
  /** Labels of the footnotes that it refers to. */
  readonly refers: readonly string[];
  /** The words of its parts: groups that have the same are the same to a reader. */
  readonly print: string;
  /** Its last paragraph goes on with the next group. */
  readonly open: boolean;
}

const ownOf = memo((group: Group): Own => {
  const all = group.blocks.flatMap((block, index) => partsOf(block).map(part => ({ ...part, index }))), parts = all.filter(({ label }) => label === null);
  return {
    parts, notes: all.flatMap(part => part.label === null ? [] : [{ ...part, label: part.label }]), refers: parts.flatMap(({ refers }) => refers),
    print: parts.map(({ text }) => text).join('\n'), open: parts.at(-1)?.goesOn ?? false,
  };
});

const partsOf = memo((block: Block) => {
  const kind = block.original?.kind ?? null;
  if ((kind && OWN.has(kind)) || block.source.startsWith('//')) return [];
  return paragraphs(block).map(({ pieces }, paragraph) => {
    const { text } = read(block, pieces, paragraph === 0);
    return {
      paragraph, text, kind: paragraph === 0 ? kind : null, goesOn: pieces.some(piece => piece.kind === 'pilcrow' && piece.insertion !== null),
      label: kind === 'footnote' && paragraph === 0 ? /\[\^([^\]\s[]+)\]/.exec(block.source)?.[1] ?? '' : null,
      refers: pieces.filter(piece => piece.kind === 'footnote-reference' && inView(piece, 'original')).map(piece => block.source.slice(piece.start + 2, piece.end - 1)),
    };
    // A row that says how the columns of a table are aligned has no words.
  }).filter(({ text }) => text.trim() && !(kind === 'table' && /^[\s|:-]*$/.test(text)));
});

interface Placed { readonly group: number; readonly own: Own; readonly continued: boolean }

/** The groups of a text that have something of it, the reasons left out. */
const bodyOf = memo((run: Run): readonly Placed[] => {
  const found: Placed[] = [];
  run.forEach((group, g) => {
    const own = ownOf(group);
    if (own.print && headKind(group) !== 'reasons') found.push({ group: g, own, continued: found.at(-1)?.own.open ?? false });
  });
  return found;
});

/** The footnotes of a text, in the order in which they are referred to; they may stand anywhere. */
const notesOf = memo((run: Run): readonly Paragraph[] => {
  const order = new Map([...new Set(bodyOf(run).flatMap(({ own }) => own.refers))].map((label, i) => [label, i])), place = (label: string) => order.get(label) ?? order.size;
  return run.flatMap((group, g) => ownOf(group).notes.map(note => ({ ...note, g }))).sort((a, b) => place(a.label) - place(b.label))
    .map(({ g, index, paragraph, kind, text }) => ({ kind, text: text.trim(), lines: [{ group: g, index, paragraph, from: lead(text) }] }));
});

/**
 * The paragraphs of two texts, `old` in the text in force, without most of what is the same: groups with the same
 * words at the start and at the end. Those around what may differ stay, to say behind what something is missing. Footnotes come last.
 */
export function unlike(inForce: Run, run: Run): { readonly old: readonly Paragraph[]; readonly now: readonly Paragraph[] } {
  const a = bodyOf(inForce), b = bodyOf(run), least = Math.min(a.length, b.length);
  const same = (one: Placed, other: Placed) => one.own.print === other.own.print && ![one, other].some(({ own, continued }) => own.open || continued);
  let head = 0, tail = 0;
  while (head < least && same(a[head]!, b[head]!)) head++;
  while (tail < least - head && same(a.at(-1 - tail)!, b.at(-1 - tail)!)) tail++;
  const rest = (body: readonly Placed[]) => joined([...body.slice(Math.max(0, head - 1), body.length - tail), ...tail ? body.slice(-1) : []]);
  return { old: [...rest(a), ...notesOf(inForce)], now: [...rest(b), ...notesOf(run)] };
}

function joined(body: readonly Placed[]): Paragraph[] {
  type Open = { kind: BlockKind | null; text: string; lines: Line[] };
  const result: Open[] = [];
  let open = false;
  for (const { group, own } of body) {
    let above: BlockKind | null = null;
    for (const { index, paragraph, text, kind, goesOn } of own.parts) {
      const titles = above !== null && kind !== null && TITLES.has(above) && TITLES.has(kind), into: Open | undefined = open || titles ? result.at(-1) : undefined;
      if (into) {
        if (!open && !into.text.endsWith(' ')) into.text += ' ';
        const twice = into.text.endsWith(' ') && text.startsWith(' ') ? 1 : 0;
        into.lines.push({ group, index, paragraph, from: into.text.length - twice });
        into.text += text.slice(twice);
      } else result.push({ kind, text: text.trimStart(), lines: [{ group, index, paragraph, from: lead(text) }] });
      open = goesOn;
      above = kind;
    }
  }
  for (const paragraph of result) paragraph.text = paragraph.text.trimEnd();
  return result;
}

const lead = (text: string): number => text.startsWith(' ') ? -1 : 0;

/** The letters of one paragraph of a block in the original view. */
export const lettersOf = (block: Block, paragraph: number): Letters => read(block, paragraphs(block)[paragraph]!.pieces, paragraph === 0);

function read(block: Block, pieces: readonly Piece[], first: boolean): Letters {
  const letters = lettersIn(block.source, pieces), label = first ? block.original?.label ?? null : null;
  if (!label) return letters;
  const behind = letters.starts.findIndex(start => start >= block.original!.textStart), end = behind < 0 ? letters.text.length : behind;
  const written = letters.text.slice(0, end).trim(), marker = `${label.text} `;
  if (written === label.text) return letters;
  const nowhere = Array.from(marker, () => -1);
  return { text: marker + letters.text.slice(end), starts: [...nowhere, ...letters.starts.slice(end)], ends: [...nowhere, ...letters.ends.slice(end)] };
}

const BLANK = /[\s\u00a0]/;
/** Signs that look like others, or like nothing: the no-break hyphen, the soft hyphen, marks of zero width. */
const alike = (sign: string): string => sign === '\u2011' || sign === '\u2010' ? '-' : /[\u00ad\u200b-\u200f\u2060\ufeff]/.test(sign) ? '' : sign;

/** The letters of pieces in the original view, whatever they are the pieces of; a blank for any number of them, at the ends too. */
export function lettersIn(source: string, pieces: readonly Piece[]): Letters {
  let text = '';
  const starts: number[] = [], ends: number[] = [];
  const add = (letter: string, start: number, end: number) => {
    if (letter === ' ' && text.endsWith(' ')) return;
    text += letter;
    for (let i = 0; i < letter.length; i++) { starts.push(start); ends.push(end); }
  };
  for (const piece of pieces) {
    if (!inView(piece, 'original')) continue;
    const { start, end } = piece;
    switch (piece.kind) {
      case 'text': for (let at = start; at < end; at++) { const sign = source[at]!; add(BLANK.test(sign) ? ' ' : alike(sign), at, at + 1); } break;
      case 'escape': add(source[start + 1]!, start, end); break;
      case 'soft-break': case 'line-break': add(' ', start, end); break;
      case 'bar': add(' ', start, start); add('|', start, end); add(' ', end, end); break;
      case 'footnote-reference': add(/^\[\^\d+\]$/.test(source.slice(start, end)) ? FOOTNOTE : source.slice(start, end), start, end); break;
    }
  }
  return { text, starts, ends };
}

/** A footnote that Word numbers. */
export const FOOTNOTE = '[^n]';
