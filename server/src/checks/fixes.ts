/** What the fixes of several rules share. */
import type { Document, Placed } from '../markup/document';
import type { Edit } from '../markup/edit';
import { inView } from '../markup/block';
import { inline } from '../markup/inline';
import { isTracked } from '../changes/status';
import type { Finding, Fix } from './types';

/** A fix that replaces [start, end) of the finding's block. */
export function replacing(title: string, start: number, end: number, text: string, preferred = false): Fix {
  return { title, preferred, edits: (_, { placed }) => [{ start: placed.start + start, end: placed.start + end, text }] };
}

/** A fix that makes several changes in the finding's block. */
export function editing(title: string, edits: readonly Edit[], preferred = false): Fix {
  return { title, preferred, edits: (_, { placed }) => edits.map(({ start, end, text }) => ({ start: placed.start + start, end: placed.start + end, text })) };
}

/**
 * A change of words of the final view, [start, end) of a block: as a tracked change where the document has such
 * changes and the words are not themselves new. There must be no marks in them but those that hold all of it.
 */
export function tracked(document: Document, placed: Placed, start: number, end: number, text: string): Edit {
  const at = { start: placed.start + start, end: placed.start + end };
  const isNew = inline(placed.block).pieces.some(piece => piece.start < end && piece.end > start && piece.insertion && inView(piece, 'final'));
  if (isNew || !document.groups.some(isTracked)) return { ...at, text };
  const old = placed.block.source.slice(start, end);
  return { ...at, text: !old ? `{++${text}++}` : !text ? `{--${old}--}` : `{~~${old}~>${text}~~}` };
}

/** A fix that changes words of the final view in a finding's block (see `tracked`). */
export function changing(title: string, start: number, end: number, text: string): Fix {
  return { title, preferred: false, edits: (document: Document, { placed }: Finding) => [tracked(document, placed, start, end, text)] };
}
