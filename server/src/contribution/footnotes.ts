/** Footnotes: where they are referred to and where they are defined, text by text (markup, sections 3 and 7). */
import type { Document, Group, Placed } from '../markup/document';
import type { Block, View } from '../markup/types';
import { memo } from '../markup/memo';
import { inView } from '../markup/block';
import { inline } from '../markup/inline';
import { placedAt, type Run } from './runs';
import { texts, textOf, type Text } from './scopes';

/** A `[^1]` in running text, or the one with which a footnote begins. Offsets count in the block. */
export interface FootnoteMark {
  readonly label: string;
  readonly definition: boolean;
  readonly start: number;
  readonly end: number;
  readonly views: readonly View[];
}

const VIEWS: readonly View[] = ['original', 'final'];
const DEFINED = /^\[\^([^\]\s[]+)\]:/;

/** The footnotes that a block refers to or defines. */
export const footnoteMarks = (block: Block): readonly FootnoteMark[] => block.source.includes('[^') ? read(block) : [];

const read = memo((block: Block): readonly FootnoteMark[] => {
  const { source } = block;
  const kind = (block.final ?? block.original)?.kind, marks: FootnoteMark[] = [];
  for (const piece of inline(block).pieces) {
    // The label of a footnote that is inserted or deleted stands inside a mark.
    const opens = kind === 'footnote' && !marks.length && DEFINED.test(source.slice(piece.start));
    if (piece.kind !== 'footnote-reference' && !opens) continue;
    const end = opens ? source.indexOf(']', piece.start) + 1 : piece.end;
    marks.push({ label: source.slice(piece.start + 2, end - 1), definition: opens, start: piece.start, end, views: VIEWS.filter(view => inView(piece, view)) });
  }
  return marks;
});

/** A footnote mark in a run of groups. */
export interface PlacedMark {
  readonly group: number;
  readonly index: number;
  readonly mark: FootnoteMark;
}

const ofGroup = memo((group: Group) => group.blocks.flatMap((block, index) => footnoteMarks(block).map(mark => ({ index, mark }))));

/** All footnote marks of a run, in order; groups count in the run. */
export const footnotesIn = memo((run: Run): readonly PlacedMark[] => run.flatMap((group, g) => ofGroup(group).map(({ index, mark }) => ({ group: g, index, mark }))));

/** The definitions of a footnote referred to in group `g`, in a view: those of its own text, otherwise those of the others. */
export function definitionsOf(document: Document, g: number, label: string, view: View): readonly Placed[] {
  const own = textOf(document, g);
  const at = (text: Text) => footnotesIn(text.run).filter(({ mark }) => mark.definition && mark.label === label && mark.views.includes(view))
    .map(({ group, index }) => placedAt(document, text.start + group, index));
  const found = at(own);
  return found.length ? found : texts(document).filter(text => text !== own).flatMap(at);
}

/** The references to a footnote that is defined in group `g`, in a view: in its own text, and in texts that have no such footnote. */
export function referencesToFootnote(document: Document, g: number, label: string, view: View): readonly { readonly placed: Placed; readonly mark: FootnoteMark }[] {
  const own = textOf(document, g);
  const has = (text: Text, definition: boolean) => footnotesIn(text.run).filter(({ mark }) => mark.definition === definition && mark.label === label && mark.views.includes(view));
  return texts(document).filter(text => text === own || !has(text, true).length)
    .flatMap(text => has(text, false).map(({ group, index, mark }) => ({ placed: placedAt(document, text.start + group, index), mark })));
}
