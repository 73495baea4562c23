/** The normal form of a document (markup, section 7): what `format` makes and what reading back from Word gives. */
import { diffArrays } from 'diff';
import type { Block, Reading } from './types';
import { Document } from './document';
import type { Edit } from './edit';
import { defaults } from './frontMatter';
import { orderFootnotes, type Footnotes } from './formatFootnotes';
import { normalBlock, readings, type Manner } from './formatBlock';

/** How often blocks that cannot be brought into normal form without a change of meaning are set aside. */
const ATTEMPTS = 18;

/**
 * The edits, in order and not touching each other, that bring a document, or the blocks that a range of it
 * touches, into normal form. The views' words, comments, authors and dates stay, what each block is in each view
 * stays, and a second time there is nothing to do: all this is checked on the result, and a block that cannot have
 * it is left as it is. Footnotes are put in order only where the whole document is formatted.
 */
export function format(document: Document, range?: { readonly start: number; readonly end: number }): Edit[] {
  const blocks = [...document.blocks()];
  const outside = new Set([...blocks.keys()].filter(i => range !== undefined && !touches(range, blocks[i]!.start, blocks[i]!.start + blocks[i]!.block.source.length)));
  let state: State = { document, origins: [...blocks.keys()] };
  for (let round = 0; round < 4; round++) {
    const next = settle(state, outside);
    if (!next) return [];
    if (next.document.text === state.document.text) return edits(document, state);
    state = next;
  }
  return [];
}

const touches = (range: { start: number; end: number }, start: number, end: number): boolean => range.start < end && (range.end > start || range.start === range.end && range.start >= start);

/** A document on its way, and for each of its blocks the index of the block in the first one that it comes from. */
interface State { readonly document: Document; readonly origins: readonly number[] }

/** One block of the result: its index in the document before, and its text with line ends. */
interface Entry { readonly index: number; readonly text: string }

/** One step: every block in normal form, except for those that would become something else. */
function settle({ document, origins }: State, outside: ReadonlySet<number>): State | null {
  const placed = [...document.blocks()], blocks = placed.map(({ block }) => block);
  const kept = new Set([...blocks.keys()].filter(i => outside.has(origins[i]!)));
  let footnotes = kept.size ? null : orderFootnotes(blocks);
  const manner = mannerOf(document);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const entries = layOut(blocks, manner, kept, footnotes);
    if (!entries) { footnotes = null; continue; }
    const result = Document.parse(entries.map(entry => entry.text).join(''), () => document.grammar);
    const wrong = changed(blocks, entries, result);
    if (!wrong.length && result.unclosedFrontMatter === document.unclosedFrontMatter) return { document: result, origins: entries.map(entry => origins[entry.index]!) };
    if (footnotes) { footnotes = null; continue; }
    // One change brings others behind it, so only the first of each section is set aside at a time. It may be due to
    // what stands above it; where that does not help soon, the whole section and the one above stay as they are.
    const sections = new Set<number>();
    for (const index of wrong.length ? wrong : [0]) {
      const group = placed[index]?.group ?? -1;
      if (sections.has(group)) continue;
      sections.add(group);
      for (let i = index; i >= 0; i--) if (!kept.has(i)) { kept.add(i); break; }
    }
    if (attempt > ATTEMPTS / 3) placed.forEach(({ group }, i) => { if (sections.has(group) || sections.has(group + 1)) kept.add(i); });
  }
  return null;
}

function mannerOf(document: Document): Manner {
  const { author, date } = defaults(document);
  const names = (author ?? '').split(';').map(name => name.trim()).filter(Boolean).join('; ');
  return { lineEnd: /\r\n?|\n/.exec(document.text)?.[0] ?? '\n', author: names, date: date ?? '' };
}

/** All blocks with their texts; null where footnotes could not be labelled anew. */
function layOut(blocks: readonly Block[], manner: Manner, kept: ReadonlySet<number>, footnotes: Footnotes | null): Entry[] | null {
  const { lineEnd } = manner;
  const entries: Entry[] = [];
  for (const index of footnotes?.order ?? blocks.keys()) {
    const block = blocks[index]!, above = entries.at(-1);
    const text = kept.has(index) ? block.source : normalBlock(block, manner, footnotes && (label => footnotes.relabel(index, label)));
    if (text === null) return null;
    if (text === '') continue;
    if (above && !kept.has(above.index) && isSpaced(block, blocks[above.index]!)) entries[entries.length - 1] = { ...above, text: above.text + lineEnd };
    entries.push({ index, text: kept.has(index) ? text : text + lineEnd });
  }
  return entries;
}

/** Whether a blank line stands before a block: the parts of a contribution are set apart, what is in them is not. */
export function isSpaced(block: Block, above: Block): boolean {
  if (above.final?.kind === 'front-matter') return false;
  const is = (of: Block, kind: string) => readings(of).some(reading => reading.kind === kind);
  if (is(block, 'annex') && is(above, 'annex') && /^(?:\{(?:\+\+|--|~~))?\(/.test(block.source)) return false; // (to Resolution 98)
  return readings(block).some(({ kind, level }) => ['section', 'heading', 'proposal', 'annex'].includes(kind) || (kind === 'reasons' && level === 1));
}

/** The blocks, by index, that are not the same thing in the result. */
function changed(before: readonly Block[], entries: readonly Entry[], result: Document): number[] {
  const after = new Map([...result.blocks()].map(({ block, start }) => [start, block]));
  const wrong: number[] = [];
  let at = 0;
  for (const { index, text } of entries) {
    const old = before[index]!, block = after.get(at);
    at += text.length;
    if (!block || block.source !== text || !sameReading(old.original, block.original) || !sameReading(old.final, block.final)
      || old.joinsInOriginal !== block.joinsInOriginal || old.joinsInFinal !== block.joinsInFinal) wrong.push(index);
  }
  return wrong;
}

const sameReading = (a: Reading | null, b: Reading | null): boolean => a?.kind === b?.kind && a?.level === b?.level
  && a?.label?.kind === b?.label?.kind && a?.label?.text === b?.label?.text && a?.doubtful === b?.doubtful;

/** What has to be changed, block by block. A footnote that moves is taken out and put in behind the block it follows. */
function edits(before: Document, { document, origins }: State): Edit[] {
  const after = [...document.blocks()].map(({ block }) => block);
  const isFootnote = (block: Block) => readings(block).some(({ kind }) => kind === 'footnote');
  const following: number[] = []; // of each block, where the next one that is no footnote comes from
  for (let i = after.length - 1, next = Infinity; i >= 0; i--) {
    following[i] = next;
    if (!isFootnote(after[i]!)) next = origins[i]!;
  }
  const texts = new Map<number, string>();
  let stays = -1;
  after.forEach((block, i) => {
    const moves = isFootnote(block) && (origins[i]! < stays || origins[i]! > following[i]!);
    if (!moves) stays = origins[i]!;
    texts.set(stays, (texts.get(stays) ?? '') + block.source);
  });
  const result: Edit[] = [];
  for (const edit of [...before.blocks()].flatMap(({ block, start }, i) => refine(block.source, texts.get(i) ?? '', start))) {
    const above = result.at(-1);
    if (above?.end === edit.start) result[result.length - 1] = { start: above.start, end: edit.end, text: above.text + edit.text };
    else result.push(edit);
  }
  return result;
}

/** More differences than this in a block are not told apart: it takes longer than a user would wait. */
const MOST = 200;

/** The edits that make one text of another, word by word. */
function refine(old: string, text: string, start: number): Edit[] {
  if (old === text) return [];
  const changes = diffArrays(words(old), words(text), { maxEditLength: MOST });
  if (!changes) return [{ start, end: start + old.length, text }];
  const result: Edit[] = [];
  let at = start, edit: { start: number; end: number; text: string } | null = null;
  for (const { added, removed, value } of changes) {
    const part = value.join('');
    if (!added && !removed) { at += part.length; edit = null; continue; }
    if (!edit) result.push(edit = { start: at, end: at, text: '' });
    if (added) edit.text += part; else edit.end = at += part.length;
  }
  return result;
}

/** Words, signs of marks, and every other character by itself. */
const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+|[{}+~>@<=-]+|[^]/gu) ?? [];
