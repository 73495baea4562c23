/**
 * Recording: what an author types while changes are tracked becomes insertions and deletions of theirs (markup,
 * section 6). Pure: from the text before and the edits made to it to the edits that should have been made.
 *
 * The original view stays as it was. The final view is what the author sees: the words that they typed are in it where
 * they typed them, the words that they deleted are not. Front matter, drafter's notes, comments, blank lines and
 * indentation are not recorded; nor is anything in a paragraph whose marks are broken, so that they can be put right.
 * A deleted paragraph is an empty line to its author: what is typed there is a paragraph of its own.
 */
import type { Block, Mark } from '../markup/types';
import { Document, type Placed } from '../markup/document';
import { applyEdits, type Edit } from '../markup/edit';
import { inline } from '../markup/inline';
import { nextLine } from '../markup/lines';
import { viewText } from '../markup/views';
import { attributeText, names, ownVoice, voiceOf } from './attributes';
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
}

/** What replaces [start, end) of the text before; the carets are offsets in `text`. */
interface Part extends Edit { readonly carets: ReadonlyMap<number, number> }

/**
 * Records edits. `edits` do not overlap and count in the text before.
 * @returns the recorded edits. What cannot be recorded without a change to the original view is not done at all.
 */
export function record(before: Document, edits: readonly Edit[], recorder: Recorder): Recorded {
  const own = ownVoice(before);
  const voice = { authors: recorder.author === null ? own.authors : names(recorder.author), date: recorder.date ?? own.date };
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

  const { typed, rest } = attachCarets(before, edits, recorder);
  const parts = regions(before, typed).map(region => recordRegion(before, region, mine, changeOf));
  const carets: number[] = [];
  let shift = 0;
  for (const part of parts) {
    for (const [caret, at] of part.carets) carets[caret] = part.start + shift + at;
    shift += part.text.length - (part.end - part.start);
  }
  for (const { caret, offset } of rest) {
    carets[caret] = offset + parts.filter(part => part.end <= offset).reduce((sum, part) => sum + part.text.length - (part.end - part.start), 0);
  }
  return { edits: parts.map(part => trimmed(before.slice(part.start, part.end), part)).filter(edit => edit.start < edit.end || edit.text), carets };
}

/**
 * The edits that make the recorded text of the one with the author's own edits: for an editor in which these are
 * made already. Offsets count in the text with the author's edits.
 */
export function correct(before: Document, edits: readonly Edit[], recorded: readonly Edit[]): Edit[] {
  const result: Edit[] = [];
  const made = ordered(edits), wanted = ordered(recorded);
  let shift = 0;
  for (let m = 0, w = 0; m < made.length || w < wanted.length;) {
    const start = Math.min(made[m]?.start ?? Infinity, wanted[w]?.start ?? Infinity);
    let end = start;
    const here: Edit[] = [], there: Edit[] = [];
    for (let grown = true; grown;) {
      grown = false;
      while (m < made.length && made[m]!.start <= end) { end = Math.max(end, made[m]!.end); here.push(made[m++]!); grown = true; }
      while (w < wanted.length && wanted[w]!.start <= end) { end = Math.max(end, wanted[w]!.end); there.push(wanted[w++]!); grown = true; }
    }
    const source = before.slice(start, end), local = (edit: Edit): Edit => ({ ...edit, start: edit.start - start, end: edit.end - start });
    const text = applyEdits(source, here.map(local)), right = applyEdits(source, there.map(local));
    if (text !== right) result.push(trimmed(text, { start: start + shift, end: start + shift + text.length, text: right }));
    shift += text.length - (end - start);
  }
  return result;
}

const ordered = (edits: readonly Edit[]): Edit[] => [...edits].sort((a, b) => a.start - b.start || a.end - b.end);

/** An edit without the characters that stay the same at its start and its end; `old` is the text that it replaces. */
function trimmed(old: string, { start, end, text }: Edit): Edit {
  let head = 0, tail = 0;
  const most = Math.min(old.length, text.length);
  while (head < most && old[head] === text[head]) head++;
  while (tail < most - head && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail++;
  return { start: start + head, end: end - tail, text: text.slice(head, text.length - tail) };
}

/** Edits in order, each with the carets that stand in or at its text; and the carets that stand elsewhere, by their offset before. */
function attachCarets(before: Document, edits: readonly Edit[], { carets, forward = false }: Recorder): { typed: Typed[]; rest: { caret: number; offset: number }[] } {
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
  return { typed: typed.map(edit => onlyNew(before, edit)), rest };
}

/** An edit that writes a word anew with something before or behind it (a completion, say) adds no more than that. */
function onlyNew(before: Document, edit: Typed): Typed {
  const { start, end, text } = edit, size = end - start, old = before.slice(start, end);
  if (!size || size >= text.length || old.includes('{')) return edit;
  if (text.startsWith(old)) return { ...edit, start: end, text: text.slice(size), carets: edit.carets.map(({ caret, at }) => ({ caret, at: Math.max(0, at - size) })) };
  if (text.endsWith(old)) return { ...edit, end: start, text: text.slice(0, -size), carets: edit.carets.map(({ caret, at }) => ({ caret, at: Math.min(at, text.length - size) })) };
  return edit;
}

/** Whole blocks with the edits in them; `raw` where these are made as they are. */
interface Region { readonly start: number; readonly end: number; readonly blocks: Placed[]; readonly edits: Typed[]; readonly raw: boolean }

function regions(document: Document, edits: readonly Typed[]): Region[] {
  const result: Region[] = [], fence = fenceEnd(document);
  for (const edit of edits) {
    if (edit.start < fence && edit.end <= fence || (edit.start === fence && fence === document.length && fence > 0 && document.slice(fence - 1, fence) === '-')) {
      result.push({ ...edit, blocks: [], edits: [edit], raw: true });
      continue;
    }
    const here = { ...edit, start: Math.max(edit.start, fence) };
    const blocks = blocksBetween(document, here.start, here.end);
    const plain = blocks.length === 1 ? unrecorded(blocks[0]!, here) : null;
    if (plain) { result.push({ ...plain, blocks: [], edits: [plain], raw: true }); continue; }
    const start = blocks.length ? Math.max(fence, blocks[0]!.start) : 0, last = blocks.at(-1), end = last ? last.start + last.block.source.length : 0;
    const above = result.at(-1);
    if (above && !above.raw && above.end > start) {
      const more = blocks.filter(block => block.start >= above.end);
      result[result.length - 1] = { ...above, end: Math.max(end, above.end), blocks: [...above.blocks, ...more], edits: [...above.edits, here] };
    } else result.push({ start, end, blocks, edits: [here], raw: false });
  }
  return result;
}

/** Where the front matter's closing line ends; 0 without front matter. */
function fenceEnd(document: Document): number {
  const source = document.frontMatter?.source;
  if (source === undefined) return 0;
  return nextLine(source, source.search(/[\r\n]---[ \t]*(?:[\r\n]|$)/) + 1);
}

/** The blocks that a range touches, and those above that go on with them. */
function blocksBetween(document: Document, start: number, end: number): Placed[] {
  let first = document.blockAt(start);
  const blocks: Placed[] = [];
  while (first && first.start > 0) {
    const above: Placed = document.blockAt(first.start - 1)!;
    if (!above.block.joinsInOriginal && !above.block.joinsInFinal) break;
    first = above;
  }
  for (let placed = first; placed; placed = document.blockAt(placed.start + placed.block.source.length)) {
    blocks.push(placed);
    const behind = placed.start + placed.block.source.length;
    if (behind > end || behind >= document.length) break;
  }
  return blocks;
}

/** An edit within one block that is made without being recorded; null where it is to be recorded. */
function unrecorded({ block, start }: Placed, edit: Typed): Typed | null {
  const from = edit.start - start, to = edit.end - start, kind = (block.final ?? block.original)?.kind;
  if (kind === 'front-matter' || kind === 'blank') return null;
  const { marks, problems } = inline(block);
  if (kind === 'drafter-note') {
    const after = block.source.slice(0, from) + edit.text + block.source.slice(to);
    return after.startsWith('//') && !/[\r\n]/.test(edit.text + block.source.slice(from, to)) && !/[\r\n]/.test(block.source.slice(0, from)) ? edit : null;
  }
  if (problems.some(problem => problem.code !== 'empty-mark')) return edit;
  const comment = marks.find(mark => mark.kind === 'comment' && mark.start + 3 <= from && to <= mark.end - 3);
  // A comment stays within its marks and its paragraph.
  return comment ? { ...edit, text: edit.text.replace(/[\r\n]+/g, ' ').replace(/(?:\+\+|--|~~|<<|==)(?=\})/g, '$&\\').replace(/\\$/, '') } : null;
}

function recordRegion(document: Document, { start, end, blocks, edits, raw }: Region, mine: Change, changeOf: (mark: Mark, block: Block) => Change): Part {
  if (raw) return { start, end, text: edits[0]!.text, carets: new Map(edits[0]!.carets.map(({ caret, at }) => [caret, Math.min(at, edits[0]!.text.length)])) };
  const before = document.slice(start, end);
  const lines = readLines(blocks.filter(placed => placed.block !== document.frontMatter), changeOf);
  const front = blocks[0]?.block === document.frontMatter && blocks.length ? blocks[0]!.start + blocks[0]!.block.source.length : start;
  if (front > start || !lines.length) lines.unshift({ kind: 'paragraph', atoms: [], end: { ...newEnd(document.slice(start, front), start, null), stop: front } });
  recordIn(lines, edits, mine);
  const { text, carets } = writeLines(lines, mine);
  if (keepsOriginal(document, before, text)) return { start, end, text, carets };
  return { start, end, text: before, carets: new Map(edits.flatMap(edit => edit.carets.map(({ caret }) => [caret, edit.start - start] as const))) };
}

/** Whether two texts have the same words in the original view, and no marks have been broken. Proof of the whole work. */
function keepsOriginal(document: Document, before: string, after: string): boolean {
  const [old, now] = [before, after].map(text => {
    const read = Document.parse(`\n${text}`, () => document.grammar); // so that no text is taken for front matter
    let problems = 0;
    for (const { block } of read.blocks()) if (block.source.includes('}') || block.source.includes('{')) problems += inline(block).problems.length;
    return { words: viewText(read, 'original').replace(/^\/\/.*$/gm, '').replace(/[ \t\u00a0]*[\r\n][ \t\u00a0\r\n]*/g, '\n').trim(), problems };
  });
  return old!.words === now!.words && now!.problems <= old!.problems;
}
