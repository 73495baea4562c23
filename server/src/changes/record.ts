/**
 * Recording: what an author types while changes are tracked becomes insertions and deletions of theirs (markup,
 * section 6). Pure: from the text before and the edits made to it to the edits that should have been made.
 *
 * The original view stays as it was. The final view is what the author sees: the words that they typed are in it where
 * they typed them, the words that they deleted are not. Front matter, drafter's notes, comments, blank lines and
 * indentation are not recorded; nor is anything in a paragraph whose marks are broken, so that they can be put right.
 * A deleted paragraph is an empty line to its author: what is typed there is a paragraph of its own.
 */
import type { Block, Mark, View } from '../markup/types';
import { Document, type Placed } from '../markup/document';
import { inView } from '../markup/block';
import { applyEdits, type Edit } from '../markup/edit';
import { inline } from '../markup/inline';
import { nextLine } from '../markup/lines';
import { viewText } from '../markup/views';
import { counts, paragraphs } from './paragraphs';
import { attributeText, names, ownVoice, voiceOf, type Voice } from './attributes';
import { compose, growth, ordered, trimmed } from './recordCorrect';
import { recordIn, type Typed } from './recordEdit';
import { newEnd, readLines, type Change } from './recordLines';
import { writeLines } from './recordWrite';

export interface Recorder {
  /** Short name, several divided by semicolons; null for the sponsor of the front matter. */
  readonly author: string | null;
  /** `YYYY-MM-DD` or `YYYY-MM-DDTHH:MMZ`; null for the date of the front matter. */
  readonly date: string | null;
  /** Where the carets stand after the edits, as offsets in the text with the edits made; if not given, behind each edit's text. */
  readonly carets?: readonly number[];
  /** Words are deleted with the Delete key: the caret goes behind them. */
  readonly forward?: boolean;
}

export interface Recorded {
  /** Edits of the text before, in order, instead of those that were made. */
  readonly edits: Edit[];
  /** For each caret its offset in the text with the recorded edits made. */
  readonly carets: number[];
  /** The text with the recorded edits made. */
  readonly document: Document;
}

/** What one edit is recorded as, without what stays the same around it. */
interface Step {
  readonly edit: Edit;
  /** The text with it. */
  readonly document: Document;
  /** The edit's own carets, as offsets in that text. */
  readonly carets: ReadonlyMap<number, number>;
  /** Where an offset of the text before has come to. */
  readonly place: (offset: number) => number;
  /** The same for the place of an edit further up: before all that is new. */
  readonly above: (offset: number) => number;
}

/**
 * Records edits, one after another, the last in the text first: so none meets a special case because of the others.
 * `edits` do not overlap and count in the text before.
 * @returns the recorded edits. What cannot be recorded without a change to the original view is not done at all.
 */
export function record(before: Document, edits: readonly Edit[], recorder: Recorder): Recorded {
  const own = ownVoice(before), voice: Voice = { authors: recorder.author === null ? own.authors : names(recorder.author), date: recorder.date ?? own.date };
  const { typed: waiting, rest } = attachCarets(edits, recorder);
  const carets: number[] = [];
  let document = before, recorded: Edit[] = [];
  const done = rewritten(before, waiting);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const step = done ? made(document, next) : recordOne(document, next, voice, own), { edit } = step;
    document = step.document;
    carets.forEach((caret, i) => { carets[i] = caret < edit.end ? Math.max(step.place(caret), ...step.carets.values()) : caret + growth(edit); });
    for (const [caret, offset] of step.carets) carets[caret] = offset;
    for (let i = waiting.length - 1; i >= 0 && waiting[i]!.end > edit.start; i--) {
      const { start, end } = waiting[i]!;
      waiting[i] = { ...waiting[i]!, start: step.above(start), end: step.above(end) };
    }
    if (edit.start < edit.end || edit.text) recorded = recorded.length && recorded[0]!.start <= edit.end ? compose(recorded, [edit]) : [edit, ...recorded];
  }
  for (const { caret, offset } of rest) carets[caret] = offset + recorded.filter(({ end }) => end <= offset).reduce((sum, edit) => sum + growth(edit), 0);
  return { edits: recorded.map(edit => trimmed(before.slice(edit.start, edit.end), edit)).filter(({ start, end, text }) => start < end || text), carets, document };
}

/** Edits in order, each with the carets that stand in or at its text; and the carets that stand elsewhere, by their offset before. */
function attachCarets(edits: readonly Edit[], { carets, forward = false }: Recorder): { typed: Typed[]; rest: { caret: number; offset: number }[] } {
  const typed: Typed[] = ordered(edits).map(edit => ({ ...edit, forward, carets: [] }));
  const rest: { caret: number; offset: number }[] = [];
  if (!carets) typed.forEach((edit, caret) => edit.carets.push({ caret, at: edit.text.length }));
  carets?.forEach((offset, caret) => {
    let shift = 0;
    for (const edit of typed) {
      const at = offset - shift - edit.start;
      if (at < 0) break;
      if (at <= edit.text.length) { edit.carets.push({ caret, at }); return; }
      shift += edit.text.length - (edit.end - edit.start);
    }
    rest.push({ caret, offset: offset - shift });
  });
  return { typed, rest };
}

/** Where the front matter's closing line ends; 0 without front matter. */
function fenceEnd(document: Document): number {
  const source = document.frontMatter?.source;
  if (source === undefined) return 0;
  return nextLine(source, source.search(/[\r\n]---[ \t]*(?:[\r\n]|$)/) + 1);
}

/** So many inserted or deleted blocks above are looked over for one that goes on behind them. */
const LOOK_BACK = 50;

/** The blocks that a range touches, those above that go on with them, and behind blank lines at the top the first with words. */
function blocksBetween(document: Document, start: number, end: number): Placed[] {
  let first = document.blockAt(start);
  const blocks: Placed[] = [];
  for (let at = first, seen = 0; at && at.start > 0 && seen < LOOK_BACK; seen++) {
    at = document.blockAt(at.start - 1)!;
    const { original, final, joinsInOriginal, joinsInFinal } = at.block;
    if (joinsInOriginal || joinsInFinal) { first = at; seen = 0; } else if (original && final) break;
  }
  for (let placed = first; placed; placed = document.blockAt(placed.start + placed.block.source.length)) {
    blocks.push(placed);
    const behind = placed.start + placed.block.source.length;
    if (behind >= document.length || (behind > end && !['blank', 'front-matter'].includes(placed.block.final?.kind ?? ''))) break;
  }
  return blocks;
}

/** Whether an edit within one block is made without being recorded: it stays a note, or its marks are broken. */
function isUnrecorded({ block, start }: Placed, edit: Edit): boolean {
  const { source } = block, kind = (block.final ?? block.original)?.kind;
  if (kind === 'front-matter' || kind === 'blank') return false;
  if (kind !== 'drafter-note') return inline(block).problems.some(problem => problem.code !== 'empty-mark');
  const after = source.slice(0, edit.start - start) + edit.text + source.slice(edit.end - start);
  return after.startsWith('//') && edit.end <= start + source.search(/[\r\n]|$/) && !/[\r\n]/.test(edit.text);
}

/** An edit as it is. */
function made(document: Document, { start, end, text, carets }: Typed): Step {
  return {
    edit: { start, end, text }, document: document.edit(start, end, text), carets: new Map(carets.map(({ caret, at }) => [caret, start + at])),
    place: offset => offset < end ? Math.min(offset, start) : offset + text.length - (end - start), above: offset => offset,
  };
}

function recordOne(document: Document, typed: Typed, voice: Voice, own: Voice): Step {
  const fence = fenceEnd(document), above = document.frontMatter;
  if (typed.start < fence && typed.end <= fence || (typed.start === fence && fence === document.length && fence > 0 && document.slice(fence - 1, fence) === '-')) return made(document, typed);
  const edit = { ...typed, start: Math.max(typed.start, fence) };
  const blocks = blocksBetween(document, edit.start, edit.end), last = blocks.at(-1);
  if (blocks.length === 1 && isUnrecorded(blocks[0]!, edit)) return made(document, edit);

  const mine: Change = { attribute: attributeText({ ...voice, move: null }, own), own: true, same: true };
  const changes = new Map<Mark, Change>();
  const changeOf = (mark: Mark, { source }: Block): Change => {
    let change = changes.get(mark);
    if (!change) {
      const { authors, date } = voiceOf(mark, own), { attribute } = mark, isOwn = authors.join() === voice.authors.join();
      changes.set(mark, change = { attribute: attribute ? source.slice(attribute.start, attribute.end) : '', own: isOwn, same: isOwn && date === voice.date && !attribute?.move });
    }
    return change;
  };
  const start = Math.max(fence, blocks[0]?.start ?? 0), end = last ? last.start + last.block.source.length : 0;
  const lines = readLines(blocks.filter(({ block }) => block !== above), changeOf);
  const front = above && blocks[0]?.block === above ? above.source.length : start;
  if (front > start || !lines.length) lines.unshift({ kind: 'paragraph', atoms: [], end: { ...newEnd(document.slice(start, front), start, null), stop: front } });
  const begins = recordIn(lines, edit, mine, start === 0);
  const written = writeLines(lines, mine), fresh = start + written.fresh, place = (offset: number) => offset <= start ? offset : start + written.place(offset);
  const result = trimmed(document.slice(start, end), { start, end, text: written.text }), next = document.edit(result.start, result.end, result.text);
  if (!keeps(document, next, start, end, 'original')) {
    return { edit: { start, end: start, text: '' }, document, carets: new Map(edit.carets.map(({ caret }) => [caret, edit.start])), place: offset => offset, above: offset => offset };
  }
  return {
    edit: result, document: next, place, carets: new Map(edit.carets.map(({ caret }) => [caret, written.carets.has(caret) ? start + written.carets.get(caret)! : place(edit.start)])),
    above: offset => offset > begins && begins < edit.start ? fresh + offset - begins : Math.min(place(offset), fresh), // a unit is written anew
  };
}

/** Whether edits write marks in another way (as a formatter does) and change no word, so that there is nothing to record. */
function rewritten(document: Document, edits: readonly Typed[]): boolean {
  const first = edits[0], last = edits.at(-1);
  if (!first || !last || !edits.some(({ start, end, text }) => /[{}]/.test(text) || /[{}]/.test(document.slice(start, end)))) return false;
  const start = document.blockAt(first.start)?.start ?? 0, end = last.end, source = document.slice(start, end);
  const next = document.edit(start, end, applyEdits(source, edits.map(edit => ({ ...edit, start: edit.start - start, end: edit.end - start }))));
  return keeps(document, next, start, end, 'original') && keeps(document, next, start, end, 'final');
}

/** Whether what stands between two offsets of a text has in another one the same words in a view, and no marks have been broken: for the original, proof of the whole work. */
function keeps(before: Document, after: Document, start: number, end: number, view: View): boolean {
  const from = Math.max(0, start - 1), [old, now] = [before, after].map(document => {
    const to = end + document.length - before.length, read: Placed[] = [];
    let problems = 0;
    for (let placed = document.blockAt(from), behind: number; placed && placed.start <= to; placed = behind < document.length ? document.blockAt(behind) : null) {
      behind = placed.start + placed.block.source.length;
      read.push(placed);
      if (placed.block !== document.frontMatter) problems += inline(placed.block).problems.length;
    }
    return { words: viewText({ *blocks() { yield* read; } }, view).replace(/^\/\/.*$/gm, '').replace(/[ \t\u00a0]*[\r\n][ \t\u00a0\r\n]*/g, '\n').trim(), wraps: wrapsIn(read, view), problems };
  });
  return old!.words === now!.words && old!.wraps === now!.wraps && now!.problems <= old!.problems;
}

/** How many line ends stand within paragraphs, as a view has them: what they divide is one paragraph. */
function wrapsIn(blocks: readonly Placed[], view: View): number {
  let wraps = 0, before = false, wrap = false;
  for (const { block } of blocks) for (const { pieces } of paragraphs(block)) {
    let exists = false;
    for (const piece of pieces) {
      if (!inView(piece, view)) continue;
      if (piece.kind === 'soft-break' || piece.kind === 'line-break') wrap = before;
      else if (counts(block.source, piece)) {
        if (wrap) wraps++;
        exists = before = true;
        wrap = false;
      }
    }
    if (exists && !pieces.some(({ kind, insertion, deletion }) => kind === 'pilcrow' && (view === 'original' ? insertion : deletion))) before = wrap = false;
  }
  return wraps;
}
