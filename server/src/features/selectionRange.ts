/** textDocument/selectionRange: what “expand selection” takes, from the word to the document. */
import type { SelectionRange } from 'vscode-languageserver';
import type { Document } from '../markup/document';
import { contentEnd, inline } from '../markup/inline';
import { groupEntries, parents, type Entry } from '../contribution/outline';
import { rangeOf } from './documents';
import type { Feature } from './feature';
import type { Span } from './linked';
import { marksAt, placeAt, type Place } from './place';

export const selectionRange: Feature = {
  capability: { selectionRangeProvider: true },
  register(connection, { documents }) {
    connection.onSelectionRanges(({ textDocument, positions }) => {
      const open = documents.get(textDocument.uri);
      if (!open) return null;
      const { document } = open;
      return positions.map(position => {
        let outer: SelectionRange | undefined;
        for (const { start, end } of selections(document, document.offsetAt(position)).toReversed())
          outer = { range: rangeOf(document, start, end), ...(outer ? { parent: outer } : {}) };
        return outer ?? { range: { start: position, end: position } };
      });
    });
  },
};

/** What holds an offset, from the smallest to the whole document; each lies in the next and is smaller than it. */
export function selections(document: Document, offset: number): Span[] {
  const whole = { start: 0, end: document.length };
  const place = placeAt(document, offset);
  if (!place) return [whole];
  const candidates = [...inBlock(place), ...inGroup(place), ...aboveGroup(place), whole].filter(({ start, end }) => start <= offset && offset <= end);
  const result: Span[] = [];
  for (const span of candidates.sort((a, b) => a.end - a.start - (b.end - b.start))) {
    const inner = result.at(-1);
    if (span.end > span.start && (!inner || (span.start <= inner.start && span.end >= inner.end && span.end - span.start > inner.end - inner.start))) result.push(span);
  }
  return result.length ? result : [whole];
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:[.&'’\u2010\u2011-][\p{L}\p{M}\p{N}]+)*/gu;
/** Where a sentence ends: a sign and a blank, or the bar of a table's cell. */
const SENTENCE = /[.;:!?。；：](?=[\s\u00a0]|$)|(?<!\\)\|/gu;

/** The word, the marks with what is in them, the sentence or cell, the block's words and the block. */
function inBlock(place: Place): Span[] {
  const { placed: { block, start }, at, reading } = place, { source } = block;
  const found: Span[] = [], add = (from: number, to: number) => found.push({ start: start + from, end: start + to });
  for (const { index, 0: { length } } of source.matchAll(WORD)) if (index <= at && at <= index + length) add(index, index + length);
  for (const mark of marksAt(place)) {
    if (mark.divider < 0) add(mark.start + 3, mark.end - 3);
    else if (at <= mark.divider) add(mark.start + 3, mark.divider);
    else add(mark.divider + 2, mark.end - 3);
    add(mark.start, mark.end);
    if (mark.attribute) add(mark.start, mark.attribute.end);
  }
  const end = contentEnd(source), textStart = reading?.textStart ?? 0;
  let from = textStart;
  for (const { index, 0: { length } } of source.matchAll(SENTENCE)) {
    if (index < textStart || !inProse(place, index)) continue;
    const bar = source[index] === '|', to = bar ? index : index + length;
    if (from <= at && at <= to) { add(...trimmed(source, from, to)); break; }
    from = index + length;
  }
  if (from <= at && at <= end) add(...trimmed(source, from, end));
  add(textStart, end);
  add(source.length - source.trimStart().length, end);
  return found;
}

/** A sign inside a comment or an attribute ends no sentence. */
function inProse({ placed: { block } }: Place, at: number): boolean {
  if (!block.source.includes('{')) return true;
  const piece = inline(block).pieces.find(({ start, end }) => start <= at && at < end);
  return piece?.kind === 'text' || piece?.kind === 'bar';
}

function trimmed(source: string, start: number, end: number): [number, number] {
  let from = start, to = end;
  while (from < to && /[\s\u00a0]/.test(source[from]!)) from++;
  while (to > from && /[\s\u00a0]/.test(source[to - 1]!)) to--;
  return [from, to];
}

/** The clause with its sub-clauses, and those above it. */
function inGroup({ document, placed }: Place): Span[] {
  const { start } = document.groupStart(placed.group), { blocks } = document.groups[placed.group]!;
  const starts = [start];
  for (const block of blocks) starts.push(starts.at(-1)! + block.source.length);
  const last = (entry: Entry): number => entry.children.length ? last(entry.children.at(-1)!) : entry.index;
  const found: Span[] = [];
  const visit = (entry: Entry) => {
    const end = last(entry);
    if (placed.index < entry.index || placed.index > end) return;
    found.push({ start: starts[entry.index]!, end: starts[end]! + contentEnd(blocks[end]!.source) });
    entry.children.forEach(visit);
  };
  groupEntries(document.groups[placed.group]!).forEach(visit);
  return found;
}

/** The group with all that stands under it, and what it stands under: the section, the annex, the resolution, the proposal, the heading. */
function aboveGroup({ document, placed }: Place): Span[] {
  const above = parents(document), found: Span[] = [];
  for (let g = placed.group; g >= 0; g = above[g]!) {
    let end = g + 1;
    while (end < above.length && above[end]! >= g) end++;
    const { start } = document.groupStart(g), tail = document.groupStart(end).start, { source } = document.groups[end - 1]!.blocks.at(-1)!;
    found.push({ start, end: tail - source.length + contentEnd(source) });
  }
  return found;
}
