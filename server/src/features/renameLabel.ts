/** Another label for a clause: what of the rename request is about labels. What refers to the clause goes along. */
import type { Edit } from '../markup/edit';
import type { Placed } from '../markup/document';
import { labelLike, rename } from '../numbering/renumber';
import { labelAt, labelSpan, subjectAt } from './linked';
import { clauseOf, type Place } from './place';

/** The clause whose label stands at a place, by itself or in a reference to it; null for other words. */
export function labelled(place: Place): { readonly clause: Placed; readonly label: string; readonly start: number; readonly end: number } | null {
  const subject = subjectAt(place);
  const clause = labelAt(place) ? place.placed : subject?.kind === 'clauses' && subject.reference && subject.clauses.length === 1 ? subject.clauses[0]! : null;
  const label = clause?.block.final?.label;
  return clause && label && label.kind !== 'dash' ? { clause, label: label.text, ...subject ? subject.span : labelSpan(clause) } : null;
}

/** The edits that give a clause another label, or why that cannot be. */
export function renameLabel({ document }: Place, clause: Placed, text: string): { readonly edits: readonly Edit[] } | { readonly refused: string } {
  const own = clauseOf(document, clause, 'final'), label = own && labelLike(own.label, text);
  if (!own || !label) return { refused: `${text.trim() || 'Nothing'} is no label as ${own?.label.text ?? 'this one'} is.` };
  const taken = clausesBeside(document, clause).find(other => other.label.text === label.text && other.block !== clause.block);
  if (taken) return { refused: `There is a clause ${label.text} in this list already. Renumber the list, or choose another label.` };
  const renamed = rename(document, clause, text, { tracked: false, author: null, date: null });
  return renamed ? { edits: renamed.edits } : { refused: 'This line may be an accident of wrapping, so its label is left alone.' };
}

function clausesBeside(document: Place['document'], clause: Placed) {
  const own = clauseOf(document, clause, 'final')!;
  const blocks = document.groups[clause.group]!.blocks;
  return blocks.flatMap((block, index) => {
    const other = clauseOf(document, { ...clause, block, index }, 'final');
    return other && other.list === own.list && other.parent === own.parent ? [other] : [];
  });
}
