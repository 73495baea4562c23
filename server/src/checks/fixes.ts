/** What the fixes of several rules share. */
import type { Document, Group } from '../markup/document';
import type { Edit } from '../markup/edit';
import { memo } from '../markup/memo';
import { inView } from '../markup/block';
import { inline } from '../markup/inline';
import type { Finding, Fix } from './types';

/** A fix that replaces [start, end) of the finding's block. */
export function replacing(title: string, start: number, end: number, text: string, preferred = false): Fix {
  return { title, preferred, edits: (_, { placed }) => [{ start: placed.start + start, end: placed.start + end, text }] };
}

/** A fix that makes several changes in the finding's block. */
export function editing(title: string, edits: readonly Edit[], preferred = false): Fix {
  return { title, preferred, edits: (_, { placed }) => edits.map(({ start, end, text }) => ({ start: placed.start + start, end: placed.start + end, text })) };
}

/** Whether a group holds an insertion or a deletion. */
export const isTracked = memo((group: Group): boolean => group.blocks.some(block => block.source.includes('{')
  && inline(block).marks.some(({ kind }) => kind === 'insertion' || kind === 'deletion' || kind === 'substitution')));

/**
 * Changes words of the final view in a finding's block: as a tracked change where the document has such changes
 * and the words are not themselves new. [start, end) must hold no marks but those that hold all of it.
 */
export function changing(title: string, start: number, end: number, text: string): Fix {
  return { title, preferred: false, edits: (document: Document, { placed }: Finding) => {
    const at = { start: placed.start + start, end: placed.start + end };
    const isNew = inline(placed.block).pieces.some(piece => piece.start < end && piece.end > start && piece.insertion && inView(piece, 'final'));
    if (isNew || !document.groups.some(isTracked)) return [{ ...at, text }];
    return [{ ...at, text: `{~~${placed.block.source.slice(start, end)}~>${text}~~}` }];
  } };
}
