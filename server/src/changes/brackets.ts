/**
 * Settling what square brackets leave open (see `contribution/brackets.ts`), as tracked changes or directly.
 *
 * - `bracketsAt(document, offset)`: what stands in the innermost brackets there, with the words to choose from; or null
 * - `settle(document, offset, 'remove' | 'empty' | 'choose', { alternative?, direct? })`: the edits
 */
import { Document, type Placed } from '../markup/document';
import { applyEdits, type Edit } from '../markup/edit';
import { inView } from '../markup/block';
import { contentEnd, inline } from '../markup/inline';
import { skipBlanks } from '../markup/lines';
import { brackets, type Bracket } from '../contribution/brackets';
import { placedAt } from '../contribution/runs';
import { textOf } from '../contribution/scopes';
import { decide } from './decide';
import { record } from './record';

/** `remove`: the brackets go, their words stay. `empty`: the words go too. `choose`: one of several alternatives stays. */
export type Settlement = 'remove' | 'empty' | 'choose';

export interface Stretch { readonly start: number; readonly end: number }

/** What stands in brackets; offsets in the document, the brackets included. */
export interface Bracketed extends Stretch {
  /** The words to choose from: those of brackets that follow each other (`[shall] [should]`), or those that a slash divides (`[shall/should]`); none where there is no choice. */
  readonly alternatives: readonly Stretch[];
}

/** The innermost brackets around an offset, or right before it; null where there are none, or where marks are broken, so that nothing can be tracked. Brackets to choose from count as one. */
export function bracketsAt(document: Document, offset: number): Bracketed | null {
  const place = document.blockAt(offset);
  if (!place) return null;
  const text = textOf(document, place.group), { pairs } = brackets(text.run);
  const at = (bracket: Bracket) => placedAt(document, text.start + bracket.group, bracket.index).start + bracket.at;
  const own = pairs.find(({ open, close }) => open.group + text.start <= place.group && place.group <= close.group + text.start && at(open) <= offset && offset <= at(close) + 1);
  if (!own || [own.open, own.close].some(({ group, index }) => inline(text.run[group]!.blocks[index]!).problems.some(({ code }) => code !== 'empty-mark'))) return null;
  const near = pairs.filter(({ open, close }) => open.group === own.open.group && open.index === own.open.index && close.index === open.index && close.group === open.group)
    .map(({ open, close }) => ({ start: at(open), end: at(close) + 1 })).sort((a, b) => a.start - b.start);
  let start = at(own.open), end = at(own.close) + 1;
  const row: Stretch[] = [{ start, end }];
  for (const pair of near) if (pair.start >= end && follows(document.slice(end, pair.start))) { row.push(pair); end = pair.end; }
  for (const pair of near.toReversed()) if (pair.end <= start && follows(document.slice(pair.end, start))) { row.unshift(pair); start = pair.start; }
  const alternatives = row.length > 1 ? row.map(pair => ({ start: pair.start + 1, end: pair.end - 1 })) : divided(document, row[0]!);
  return { start, end, alternatives };
}

const follows = (between: string): boolean => /^[ \t\u00a0]*(?:\/|or)?[ \t\u00a0]*$/.test(between);

/** The words between the slashes of one pair of brackets; none where there is no slash, or where there are marks or further brackets. */
function divided(document: Document, { start, end }: Stretch): Stretch[] {
  const words = document.slice(start + 1, end - 1);
  if (/[[\]{}\r\n]/.test(words)) return [];
  // `IoT/ICT / networks`: slashes with blanks around them divide, if there are any.
  const parts = words.includes(' / ') ? words.split(' / ') : words.split('/');
  if (parts.length < 2 || parts.some(part => !part.trim())) return [];
  const gap = words.includes(' / ') ? 3 : 1;
  let at = start + 1;
  return parts.map(part => {
    const from = at + part.length - part.trimStart().length;
    at += part.length + gap;
    return { start: from, end: from + part.trim().length };
  });
}

export interface Settling {
  /** Which of the alternatives stays, counted from 0; the first where nothing is said. */
  readonly alternative?: number;
  /** Changes the text itself, without tracked changes. */
  readonly direct?: boolean;
}

/**
 * The edits that settle the brackets around an offset, tracked in the name of the document's sponsor unless they
 * are to be direct; none where there are no brackets, or no such alternative.
 */
export function settle(document: Document, offset: number, settlement: Settlement, { alternative = 0, direct = false }: Settling = {}): Edit[] {
  const found = bracketsAt(document, offset);
  if (!found) return [];
  const { start, end, alternatives } = found;
  const gone = (from: number, to: number): Edit => ({ start: from, end: to, text: '' });
  const edits: Edit[] = [];
  if (settlement === 'empty') {
    const { from, to } = widened(document, found), blank = from === start ? looseBlank(document, found) : -1;
    if (blank >= 0 && blank + 1 < from) edits.push(gone(blank, blank + 1));
    edits.push(gone(blank + 1 === from ? blank : from, blank === to ? to + 1 : to));
    if (blank > to) edits.push(gone(blank, blank + 1));
  } else if (settlement === 'remove') {
    const row = alternatives.length && document.slice(alternatives[0]!.end, alternatives[0]!.end + 1) === ']' ? alternatives : [{ start: start + 1, end: end - 1 }];
    for (const words of row) edits.push(gone(words.start - 1, words.start), gone(words.end, words.end + 1));
  } else {
    const chosen = alternatives[alternative];
    if (chosen) edits.push(gone(start, chosen.start), gone(chosen.end, end));
  }
  return direct ? accepted(document, edits) : record(document, edits, { author: null, date: null }).edits;
}

/** The author of changes that are accepted at once. No user can write this name. */
const NOBODY = '\u0001';

/** What is left of edits when they are recorded and then accepted: so that no mark is torn or left empty. */
function accepted(document: Document, edits: readonly Edit[]): Edit[] {
  const { text } = document, recorded = applyEdits(text, record(document, edits, { author: NOBODY, date: null }).edits);
  const result = applyEdits(recorded, decide(Document.parse(recorded, () => document.grammar), 'accept', { author: NOBODY }));
  let start = 0, end = 0;
  while (start < text.length && text[start] === result[start]) start++;
  while (end < text.length - start && end < result.length - start && text.at(-1 - end) === result.at(-1 - end)) end++;
  return start === text.length && start === result.length ? [] : [{ start, end: text.length - end, text: result.slice(start, result.length - end) }];
}

/** The stretch to delete. Of a clause that stands wholly in brackets nothing stays, its label neither. */
function widened(document: Document, { start, end }: Stretch): { from: number; to: number } {
  const first = document.blockAt(start)!, last = document.blockAt(end - 1)!;
  const begins = first.block.final?.label && skipBlanks(first.block.source, first.block.final.textStart) === start - first.start;
  const ends = contentEnd(last.block.source) === end - last.start;
  return { from: begins && ends ? first.start + skipBlanks(first.block.source, 0) : start, to: end };
}

/** Offset of the blank that would be one too many without the brackets, or -1: that in front of them, but that behind where only it was put in with them. */
function looseBlank(document: Document, { start, end }: Stretch): number {
  const first = document.blockAt(start)!, last = document.blockAt(end - 1)!, final = (placed: Placed) => inline(placed.block).pieces.filter(piece => inView(piece, 'final'));
  const above = final(first).findLast(piece => first.start + piece.start < start), own = final(last).find(piece => last.start + piece.end >= end), below = final(last).find(piece => last.start + piece.end > end);
  const before = above?.kind === 'text' ? Math.min(start, first.start + above.end) - 1 : -1, behind = below?.kind === 'text' ? Math.max(last.start + below.start, end) : -1;
  const isBlank = (at: number) => at >= 0 && /[ \u00a0]/.test(document.slice(at, at + 1));
  if (!isBlank(before) || (behind >= 0 && !/[\s\u00a0;,.:)]/.test(document.slice(behind, behind + 1)))) return -1;
  return isBlank(behind) && above!.insertion !== own?.insertion && below!.insertion === own?.insertion ? behind : before;
}
