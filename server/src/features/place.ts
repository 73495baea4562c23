/** What stands at an offset of a document: what the requests about a position begin with. */
import type { Attribute, Block, Mark, Reading, View } from '../markup/types';
import type { Document, Placed } from '../markup/document';
import { inline } from '../markup/inline';
import { memo } from '../markup/memo';
import { plainText } from '../markup/text';
import { sections, stretchAt, type Clause } from '../contribution/sections';

/** An offset of a document, in its block. */
export interface Place {
  readonly document: Document;
  readonly placed: Placed;
  /** The offset, counted from the start of the block. */
  readonly at: number;
  /** What the block is: in the final view, or in the original one where it is not in that. */
  readonly reading: Reading | null;
}

/** The place of an offset; null in an empty document. */
export function placeAt(document: Document, offset: number): Place | null {
  const placed = document.blockAt(offset);
  return placed && { document, placed, at: offset - placed.start, reading: readingOf(placed.block) };
}

export const readingOf = (block: Block): Reading | null => block.final ?? block.original;

/** The view in which a block is read where one has to do: the final one, or the original one for a block that is only in that. */
export const mainView = (block: Block): View => block.final ? 'final' : 'original';

/** Whether an offset lies in [start, end] or at one of its ends, as a cursor beside a word belongs to it. */
export const touches = ({ start, end }: { readonly start: number; readonly end: number }, at: number): boolean => start <= at && at <= end;

/** The tracked changes and comments that a place is in, the innermost first; a mark's attribute belongs to it. */
export function marksAt({ placed: { block }, at }: Place): Mark[] {
  if (!block.source.includes('{')) return [];
  return inline(block).marks.filter(mark => mark.start <= at && at < (mark.attribute?.end ?? mark.end)).reverse();
}

/** A clause of a document in one view; null for a block that is no clause there. Costs what its section costs. */
export function clauseOf(document: Document, { block, group, index }: Placed, view: View): Clause | null {
  if (!block[view]?.label) return null;
  const { run, start } = stretchAt(document.groups, group);
  return sections(run)[view].clauses.find(clause => clause.group === group - start && clause.index === index) ?? null;
}

/** The words of a block in a view, without its marker; '' where it is not in that view. */
export const wordsIn = (block: Block, view: View, limit = Infinity): string => {
  const reading = block[view];
  return reading ? oneLine(plainText(block, view, reading.textStart, limit)) : '';
};

/** The words of a section's heading in each view; '' where it is not in that view. */
export const headPhrase = memo((block: Block): Readonly<Record<View, string>> => {
  const final = wordsIn(block, 'final');
  return { final, original: block.original === block.final && !block.source.includes('{') ? final : wordsIn(block, 'original') };
});

export const oneLine = (text: string): string => text.replace(/[\s\u00a0]+/g, ' ').trim();

/** Whose a mark is and from when: by its attribute, or else by the front matter. */
export function authorship(attribute: Attribute | null, defaults: { author: string | null; date: string | null }): { authors: readonly string[]; date: string | null } {
  return { authors: attribute?.authors.length ? attribute.authors : defaults.author ? [defaults.author] : [], date: attribute?.date ?? defaults.date };
}
