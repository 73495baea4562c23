/** The labels of a draft: nobody's proposal, they follow from what stands in it. */
import { Document } from '../markup/document';
import { applyEdits, type Edit } from '../markup/edit';
import { compose } from '../numbering/compose';
import { renumber, type Renumbering } from '../numbering/renumber';

/** What puts the labels of a draft right. */
export const renumbered = (draft: Document): Renumbering => renumber(draft, { scope: { of: 'document' }, scheme: 'sequential', tracked: true, author: null, date: null });

/** Edits of a draft with those that its labels need then; where they were not in order before, they are left to the editor. */
export function withLabels(draft: Document, edits: readonly Edit[]): readonly Edit[] {
  if (renumbered(draft).edits.length) return edits;
  const text = applyEdits(draft.text, edits), labels = renumbered(Document.parse(text, () => draft.grammar)).edits, all = compose(edits.toSorted((a, b) => a.start - b.start), labels);
  return applyEdits(draft.text, all) === applyEdits(text, labels) ? all : edits;
}
