/**
 * Recording: what an author types while changes are tracked becomes insertions and deletions of theirs (markup,
 * section 6). Pure: from the text before and the edits made to it to the edits that should have been made.
 *
 * The original view stays as it was. The final view is what the author sees: the words that they typed are in it where
 * they typed them, the words that they deleted are not. Front matter, drafter's notes, comments, blank lines and
 * indentation are not recorded; nor is anything in a paragraph whose marks are broken, so that they can be put right.
 * A deleted paragraph is an empty line to its author: what is typed there is a paragraph of its own. Edits that bring
 * their marks along, and leave the original as it is, are taken as they are. An edit for which the original would not
 * stay as it is, is not done at all.
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
  const done = isDone(before, waiting, attributeText({ ...voice, move: null }, own));
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
  if (edits.length > 1) carets.forEach((caret, i) => { carets[i] = besideDeletion(document, caret); });
  return { edits: recorded.map(edit => trimmed(before.slice(edit.start, edit.end), edit)).filter(({ start, end, text }) => start < end || text), carets, document };
}

/** A caret before a deletion instead of in it, where deletions of several cursors have become one. */
function besideDeletion(document: Document, caret: number): number {
  const placed = document.blockAt(caret), start = placed?.start ?? 0;
  const deletion = placed && inline(placed.block).marks.find(mark => mark.kind === 'deletion' && start + mark.start < caret && caret < start + mark.end);
  return deletion ? start + deletion.start : caret;
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

/** The blocks that a range touches, those that go on with them, and behind blank lines at the top the first with words. */
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
    const { final, joinsInOriginal, joinsInFinal } = placed.block;
    if (behind >= document.length || (behind > end && !joinsInOriginal && !joinsInFinal && !['blank', 'front-matter'].includes(final?.kind ?? ''))) break;
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

const notDone = (document: Document, { start, carets }: Typed): Step =>
  ({ edit: { start, end: start, text: '' }, document, carets: new Map(carets.map(({ caret }) => [caret, start])), place: offset => offset, above: offset => offset });

function recordOne(document: Document, typed: Typed, voice: Voice, own: Voice): Step {
  const fence = fenceEnd(document), above = document.frontMatter;
  if (typed.start < fence && typed.end <= fence || (typed.start === fence && fence === document.length && fence > 0 && document.slice(fence - 1, fence) === '-')) {
    const step = made(document, typed), whole = typed.start === 0 && typed.end === fence && !typed.text;
    return whole || fenceEnd(step.document) === fence + growth(typed) ? step : notDone(document, typed); // the text must not become front matter, nor this text
  }
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
  if (!keeps(...bothStretches(document, next, start, end))) return notDone(document, edit);
  return {
    edit: result, document: next, place, carets: new Map(edit.carets.map(({ caret }) => [caret, written.carets.has(caret) ? start + written.carets.get(caret)! : place(edit.start)])),
    above: offset => offset > begins && begins < edit.start ? fresh + offset - begins : Math.min(place(offset), fresh), // a unit is written anew
  };
}

/**
 * Whether there is nothing to record of edits: they write marks in another way (as a formatter does) or comment on words and change none; or
 * they bring the marks for what they change (as a correction does, or another label) and leave the original as it is. An editor makes as
 * little as it can of such an edit, so that its words and its marks come apart: seen one by one, they would be tracked again. Marks of
 * others, copied, are no such edit: what is put in is the recorder's.
 */
function isDone(document: Document, edits: readonly Typed[], mine: string): boolean {
  const first = edits[0], last = edits.at(-1);
  if (!first || !last || !edits.some(({ start, end, text }) => /[{}]/.test(text) || /[{}]/.test(document.slice(start, end)))) return false;
  const start = document.blockAt(first.start)?.start ?? 0, end = last.end, source = document.slice(start, end);
  const next = document.edit(start, end, applyEdits(source, edits.map(edit => ({ ...edit, start: edit.start - start, end: edit.end - start }))));
  const [old, now] = bothStretches(document, next, start, end);
  const others = ({ attributes }: Stretch) => attributes.filter(attribute => attribute !== mine).sort().join();
  if (edits.some(({ text }) => /\{(?:\+\+|--|~~)|(?:\+\+|--|~~)\}/.test(text)) && keeps(old, now) && others(now) === others(old)) return true;
  return old.original === now.original && old.final === now.final && old.all === now.all && old.comments <= now.comments && now.problems <= old.problems;
}

/** What stands between two offsets of a text: its words in each view and in both at once, the original with its indentation, how many comments and broken marks, and whose marks. */
interface Stretch { readonly original: string; readonly final: string; readonly all: string; readonly indented: string; readonly comments: number; readonly attributes: readonly string[]; readonly problems: number }

/** The stretch from `start` to `end`, and the same in a text that is another one there. */
const bothStretches = (before: Document, after: Document, start: number, end: number): [Stretch, Stretch] =>
  [stretch(before, start, end), stretch(after, start, end + after.length - before.length)];

function stretch(document: Document, start: number, end: number): Stretch {
  const read: Placed[] = [];
  for (let placed = document.blockAt(Math.max(0, start - 1)), behind: number; placed && placed.start <= end; placed = behind < document.length ? document.blockAt(behind) : null) {
    behind = placed.start + placed.block.source.length;
    read.push(placed);
  }
  const parsed = read.filter(({ block }) => block !== document.frontMatter).map(({ block }) => ({ source: block.source, ...inline(block) }));
  const lines = (text: string) => text.replace(/^\/\/.*$/gm, '').replace(/(?:[ \t\u00a0]*[\r\n])+/g, '\n').trimEnd().replace(/^\n/, '');
  const words = (view: View) => `${lines(viewText({ *blocks() { yield* read; } }, view))}\n${wrapsIn(read, view)}`;
  const plain = (text: string) => text.replace(/^[ \t\u00a0]+/gm, '');
  return {
    get original() { return plain(words('original')); },
    get final() { return plain(words('final')); },
    get all() { return plain(lines(parsed.flatMap(({ source, pieces }) => pieces.map(({ kind, comment, start: from, end: to }) => comment || kind === 'mark' || kind === 'attribute' ? '' : source.slice(from, to))).join(''))); },
    get indented() { return words('original'); },
    comments: parsed.reduce((sum, { marks }) => sum + marks.filter(({ kind }) => kind === 'comment').length, 0),
    attributes: parsed.flatMap(({ source, marks }) => marks.flatMap(({ kind, attribute }) => kind === 'comment' || kind === 'highlight' ? [] : [attribute ? source.slice(attribute.start, attribute.end) : ''])),
    problems: parsed.reduce((sum, { problems }) => sum + problems.length, 0),
  };
}

/** Whether the original is as it was and no marks have been broken: the proof of the whole work. */
const keeps = (old: Stretch, now: Stretch): boolean => old.indented === now.indented && now.problems <= old.problems;

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
