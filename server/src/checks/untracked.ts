import { diffArrays } from 'diff';
import type { Document } from '../markup/document';
import type { Edit } from '../markup/edit';
import { applyEdits } from '../markup/edit';
import { frontMatter } from '../markup/frontMatter';
import { contentEnd, inline, parseInline } from '../markup/inline';
import { memo } from '../markup/memo';
import { plainText, shorten } from '../markup/text';
import type { Block, BlockKind, Piece } from '../markup/types';
import { readProposal } from '../markup/classify';
import { Bags } from '../changes/align';
import { paragraphs } from '../changes/paragraphs';
import { compareWords, wordsOf } from '../changes/words';
import { symbolOf } from '../knowledge/symbols';
import { texts } from '../contribution/scopes';
import type { Run } from '../contribution/runs';
import { FOOTNOTE, lettersIn, lettersOf, unlike, type Letters, type Line, type Paragraph } from './inForce';
import type { Fix, FoundAt, Rule } from './types';

const TITLE = 'Track this difference';

/**
 * A difference between the text in force (`base` in the front matter) and the original view, so that accepting and
 * rejecting would both give a text that nobody proposed. What counts as one: see `inForce.ts`. A paragraph that is
 * but an ellipsis stands for what is left out of the text in force.
 */
export const untrackedChange: Rule = {
  code: 'untracked-change', severity: 'error', looksAt: 'base',
  run: (document, base) => {
    if (!base) return [];
    const found: FoundAt[] = [], beside = ofText(base);
    for (const { run, start } of texts(document)) for (const one of beside(run)) found.push({ ...one, group: one.group + start });
    return found;
  },
};

const NOTHING: readonly FoundAt[] = [];
const ofText = memo((base: Document) => memo((run: Run): readonly FoundAt[] => {
  const inForce = byName(base).get(vouchedName(run));
  return inForce ? differences(inForce, run) : NOTHING;
}));

/** A base that is not there, or that holds none of the texts. */
export const baseText: Rule = {
  code: 'base-text', severity: 'warning', looksAt: 'base',
  run: (document, base) => {
    const entry = frontMatter(document).entries.find(({ key }) => key === 'base');
    if (!entry) return [];
    const at = { group: 0, index: 0, start: entry.valueStart, end: entry.valueEnd }, { base: path } = frontMatter(document).values;
    if (!base) return [{ ...at, message: `There is no text in force at “${path}”, so nobody can vouch for what is not marked. The path begins at the folder of this file.` }];
    const known = byName(base), vouched = texts(document).filter(({ run }) => vouchedName(run));
    if (!vouched.length || vouched.some(({ run }) => known.has(vouchedName(run)))) return [];
    return [{ ...at, message: `The text in force at “${path}” is not ${vouchedName(vouched[0]!.run)}, so nobody can vouch for what is not marked.` }];
  },
};

/** `RESOLUTION 98`: what a text is called in the original view, and in which group that stands. */
const nameOf = memo((run: Run): { readonly name: string; readonly group: number } | null => {
  const group = run.findIndex(({ blocks: [head] }) => head!.original?.kind === 'instrument');
  if (group < 0) return null;
  return { group, name: plainText(run[group]!.blocks[0]!, 'original').replace(/\(.*/s, '').replace(/[\s\u00a0]+/g, ' ').trim().toUpperCase() };
});

const byName = memo((base: Document): ReadonlyMap<string, Run> => new Map(texts(base).flatMap(({ run }) => { const named = nameOf(run); return named ? [[named.name, run] as const] : []; }).reverse()));

/** What a text is called in force; '' where it is not given in full: behind SUP and NOC it need not be, behind ADD it is new. */
const vouchedName = memo((run: Run): string => {
  const [head] = run[0]!.blocks, view = head!.final ? 'final' : 'original';
  const given = head![view]?.kind !== 'proposal' || (symbolOf(readProposal(plainText(head!, view))?.symbol ?? '')?.text ?? 'changed') === 'changed';
  return given ? nameOf(run)?.name ?? '' : '';
});

/** With more differing paragraphs than this, the base is another text or another edition; to list them would help nobody. */
const MANY = 100;

/** What is different. Groups count in the run. */
function differences(inForce: Run, run: Run): readonly FoundAt[] {
  const { old, now } = unlike(inForce, run);
  let head = 0, tail = 0;
  while (head < old.length && head < now.length && old[head]!.text === now[head]!.text) head++;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail)!.text === now.at(-1 - tail)!.text) tail++;
  if (head + tail === old.length && head + tail === now.length) return NOTHING;
  const words = (list: readonly Paragraph[]) => list.slice(head, list.length - tail).map(({ text }) => text);
  const parts = diffArrays(words(old), words(now), { maxEditLength: 2 * MANY }) as ReturnType<typeof diffArrays<string>> | undefined;
  if (!parts) return [{
    group: nameOf(run)!.group, index: 0, start: 0, end: contentEnd(run[nameOf(run)!.group]!.blocks[0]!.source),
    message: `More than ${MANY} paragraphs are not those of the text in force. Is “base” in the front matter the edition that is to be modified?`,
  }];
  const found: FoundAt[] = [];
  let i = head, j = head;
  for (let k = 0; k < parts.length;) {
    let gone = 0, come = 0;
    for (; k < parts.length && (parts[k]!.added || parts[k]!.removed); k++) if (parts[k]!.added) come += parts[k]!.count; else gone += parts[k]!.count;
    if (gone || come) found.push(...between(inForce, run, old.slice(i, i += gone), now.slice(j, j += come), now[j - come - 1]));
    if (k < parts.length) { i += parts[k]!.count; j += parts[k]!.count; k++; }
  }
  return found;
}

const ELLIPSIS = /^[[(]?(?:\.\.\.|…)[\])]?$/;

/** What is different in paragraphs between two that are the same; `above` is the one before them. */
function between(inForce: Run, run: Run, old: readonly Paragraph[], now: readonly Paragraph[], above: Paragraph | undefined): FoundAt[] {
  const found: FoundAt[] = [], partial = now.some(({ text }) => ELLIPSIS.test(text)), pairs = paired(old, now);
  let j = 0, last = above;
  const come = (to: number) => { for (; j < to; j++) { if (!ELLIPSIS.test(now[j]!.text)) found.push(isNew(run, now[j]!)); last = now[j]; } };
  old.forEach((paragraph, i) => {
    const to = pairs[i]!;
    if (to < 0) { if (!partial) found.push(isMissing(inForce, run, paragraph, last)); return; }
    come(to);
    found.push(...inParagraph(run, paragraph.text, now[to]!));
    last = now[to];
    j = to + 1;
  });
  come(now.length);
  return found;
}

/** Of these there is one at its place, whatever its words. */
const ONE: ReadonlySet<BlockKind> = new Set(['instrument', 'title', 'history', 'assembly', 'section']);

/** For each old paragraph the new one that it most likely is, in order, or -1. */
function paired(old: readonly Paragraph[], now: readonly Paragraph[]): number[] {
  const n = old.length, m = now.length, bags = new Bags(), width = m + 1;
  const like = old.map(({ kind, text }) => now.map(other => {
    const same = bags.likeness(text, other.text);
    return same >= 0.4 ? same * same : kind && kind === other.kind && ONE.has(kind) ? 0.01 : 0;
  }));
  const best = new Float64Array((n + 1) * width);
  for (let i = n - 1; i >= 0; i--) for (let j = m - 1; j >= 0; j--)
    best[i * width + j] = Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!, like[i]![j]! && like[i]![j]! + best[(i + 1) * width + j + 1]!);
  const result = Array<number>(n).fill(-1);
  for (let i = 0, j = 0; i < n && j < m;) {
    const own = like[i]![j]!, here = best[i * width + j]!;
    if (own && here === own + best[(i + 1) * width + j + 1]!) result[i++] = j++;
    else if (here === best[(i + 1) * width + j]!) i++; else j++;
  }
  return result;
}

const blockOf = (run: Run, { group, index }: Line): Block => run[group]!.blocks[index]!;
const quote = (words: string): string => `“${shorten(words.trim(), 80)}”`;

/** A paragraph of which the text in force has nothing. */
function isNew(run: Run, { text, lines }: Paragraph): FoundAt {
  const [line] = lines as [Line], block = blockOf(run, line), { text: letters, starts, ends } = lettersOf(block, line.paragraph);
  const at = { group: line.group, index: line.index, start: starts[letters.search(/\S/)]!, end: ends[letters.trimEnd().length - 1]! };
  if (at.start < 0) at.start = 0;
  const { pieces, behind } = paragraphs(block)[line.paragraph]!, marked = pieces.some(({ kind }) => kind === 'mark' || kind === 'pilcrow');
  const from = pieces.find(({ kind }) => kind !== 'indent')!.start, to = behind?.start ?? block.source.length;
  const fix = lines.length === 1 && !marked ? proven(block, line.paragraph, '', [{ start: from, end: to, text: `{++${block.source.slice(from, to)}++}` }]) : null;
  return { ...at, message: `The text in force has no such paragraph: ${quote(text)}. It is not marked as new.`, fixes: fix ? [fix] : [] };
}

/** A paragraph of the text in force that is not there; `above` is the one behind which it would stand. */
function isMissing(inForce: Run, run: Run, { text, lines: [old] }: Paragraph, above: Paragraph | undefined): FoundAt {
  const block = blockOf(inForce, old!), gone = lettersIn(block.source, paragraphs(block)[old!.paragraph]!.pieces).text;
  const line = above?.lines.at(-1) ?? { group: nameOf(run)!.group, index: 0, paragraph: 0, from: 0 }, here = blockOf(run, line), end = contentEnd(here.source);
  const further = old!.paragraph > 0, indent = block.source.slice(0, block.source.length - block.source.trimStart().length);
  // As it is written in the text in force, emphasis and all, if that is nothing but words.
  const source = !above || further || /[{}~\r\n]/.test(block.source.trim()) ? escaped(gone) : block.source.trim();
  const fix: Fix = {
    title: TITLE, preferred: false,
    edits: (document, { placed }) => {
      const lineEnd = /\r\n?|\n/.exec(document.text)?.[0] ?? '\n', written = `${further ? '    ' : indent}{--${source}--}`;
      return [above ? { start: placed.start + end, end: placed.start + end, text: `${lineEnd}${further ? lineEnd : ''}${written}` } : { start: placed.start, end: placed.start, text: `${written}${lineEnd}` }];
    },
  };
  return {
    group: line.group, index: line.index, start: end, end, fixes: gone.includes(FOOTNOTE) ? [] : [fix],
    message: `${above ? 'Behind this paragraph' : 'Before this line'} the text in force has another: ${quote(text)}. It is missing here and not marked as deleted.`,
  };
}

/** The words of a paragraph that are not those of the text in force; kept with its block. */
function inParagraph(run: Run, inForce: string, { text, lines }: Paragraph): FoundAt[] {
  let at = 0;
  return compareWords(wordsOf(inForce), wordsOf(text)).flatMap(({ same, old, now }) => {
    const before = old.join(''), words = now.join(''), start = at, end = at += words.length;
    if (same) return [];
    const line = lines.findLast(({ from }) => from <= start)!;
    const found = inBlock(blockOf(run, line), line.paragraph, before, start - line.from, end - line.from);
    return [{ ...found, group: line.group, index: line.index, message: !before.trim() ? `The text in force does not have ${quote(words)} here. It is not marked as new.`
      : !words.trim() ? `The text in force has ${quote(before)} here. It is missing and not marked as deleted.`
      : `The text in force has ${quote(before)} here, not ${quote(words)}. The change is not marked.` }];
  });
}

/** Where letters [from, to) of a block's paragraph stand, and how they become a tracked change of `before`. */
function inBlock(block: Block, paragraph: number, before: string, from: number, to: number): { start: number; end: number; fixes: Fix[] } {
  const letters = lettersOf(block, paragraph), { starts, ends } = letters, last = Math.min(to, starts.length);
  const inside = starts.slice(from, last).map((start, i) => ({ start, end: ends[from + i]! })), written = inside.filter(({ start }) => start >= 0);
  const cursor = from > 0 ? ends[Math.min(from, ends.length) - 1]! : starts[0] ?? 0;
  const start = written[0]?.start ?? Math.max(0, cursor), end = written.at(-1)?.end ?? start;
  const fix = written.length < to - from || cursor < 0 || before.includes(FOOTNOTE) ? null : [plainly, piecewise]
    .map(write => proven(block, paragraph, letters.text.slice(0, from) + before + letters.text.slice(last), write(block, before, start, end))).find(Boolean);
  return { start, end, fixes: fix ? [fix] : [] };
}

/** As one replacement, insertion or deletion around words that stand in both views; inside words that are deleted, the words themselves are put right. */
function plainly(block: Block, before: string, start: number, end: number): Edit[] {
  const words = block.source.slice(start, end), old = escaped(before);
  const deleted = inline(block).pieces.find(piece => (start < end ? piece.start <= start && piece.end > start : piece.end === start && piece.kind === 'text'))?.deletion;
  if (deleted) return [{ start, end, text: old }];
  return [{ start, end, text: !words ? `{--${old}--}` : !before ? `{++${words}++}` : `{~~${old}~>${words}~~}` }];
}

/** Piece by piece, where marks stand in between: what is deleted there goes, what stays becomes new. */
function piecewise(block: Block, before: string, start: number, end: number): Edit[] {
  const edits: Edit[] = [{ start, end: start, text: before ? `{--${escaped(before)}--}` : '' }];
  const isWord = ({ kind }: Piece) => kind === 'text' || kind === 'escape' || kind === 'footnote-reference' || kind === 'soft-break';
  for (const piece of inline(block).pieces) {
    if (piece.end <= start || piece.start >= end || !isWord(piece) || piece.insertion || piece.comment) continue;
    const from = Math.max(start, piece.start), to = Math.min(end, piece.end);
    edits.push({ start: from, end: to, text: piece.deletion ? '' : `{++${block.source.slice(from, to)}++}` });
  }
  return edits;
}

const escaped = (words: string): string => words.replace(/[\\{}*~|]/g, '\\$&');

/** A fix, if with it the paragraph reads `original` in the original view, and in the final view as it did. */
function proven(block: Block, paragraph: number, original: string, edits: readonly Edit[]): Fix | null {
  const source = applyEdits(block.source, edits), after = parseInline(source);
  const draft: Block = { ...block, source, structure: after }, now = paragraphs(draft)[paragraph]?.pieces ?? [], was = paragraphs(block)[paragraph]!.pieces;
  if (after.problems.length > inline(block).problems.length || paragraphs(draft).length !== paragraphs(block).length) return null;
  if (plain(lettersIn(source, now)) !== plainOf(original) || finalWords(source, now) !== finalWords(block.source, was)) return null;
  return { title: TITLE, preferred: false, edits: (_, { placed }) => edits.filter(({ start, end, text }) => start < end || text).map(edit => ({ ...edit, start: placed.start + edit.start, end: placed.start + edit.end })) };
}

const plain = ({ text }: Letters): string => plainOf(text);
const plainOf = (text: string): string => text.replace(/ +/g, ' ').trim();
/** The final view of pieces: the original view of what would be read with insertions as they stand and without deletions. */
const finalWords = (source: string, pieces: readonly Piece[]): string => plain(lettersIn(source, pieces.filter(({ deletion }) => !deletion).map(piece => ({ ...piece, insertion: null }))));
