/** Two letters that are one: `nm)` was `n)` and becomes `m)`, but the signs of the change were lost on the way. */
import type { Edit } from '../markup/edit';
import { inline } from '../markup/inline';
import type { Clause } from '../contribution/sections';
import { rewrite, type Writing } from './write';

/** The old and the new letter of a label where it should read `expected`; null where it is not glued. */
export function gluedLabel({ label, block }: Clause, expected: string): { readonly old: string; readonly now: string } | null {
  const written = block.source.slice(label.start, label.end), now = expected.slice(0, -1);
  return label.kind === 'letter' && /^[a-z]{2}\)$/.test(written) && /^[a-z]\)$/.test(expected) && written[1] === now && written[0] !== now ? { old: written[0]!, now } : null;
}

/** The edits that put the signs of the change back. Within something new, the new letter is enough. */
export function restored({ label, block }: Clause, { old, now }: { readonly old: string; readonly now: string }, writing: Writing): readonly Edit[] {
  const isNew = inline(block).pieces.some(({ start, end, insertion }) => insertion && start <= label.start && label.start < end);
  return isNew ? rewrite(block, label.start, label.end - 1, now, writing) : [{ start: label.start, end: label.end - 1, text: `{~~${old}~>${now}~~}` }];
}
