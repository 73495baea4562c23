/** Clauses that have no label yet, though they stand among clauses that have one. */
import type { Document, Placed } from '../markup/document';
import type { Label } from '../markup/types';
import { lastSign } from '../markup/classify';
import { plainText } from '../markup/text';
import { headKind } from '../contribution/scopes';

export interface Unlabelled {
  readonly placed: Placed;
  /** The label of the clause above. */
  readonly above: Label;
}

/**
 * The paragraphs of the group `g` that are clauses without a label: in a section, behind a clause at the top of its
 * list that ends in a semicolon, and ending as clauses do themselves. Paragraphs that introduce a list, or that go on
 * with one of its clauses, do not.
 */
export function unlabelledIn(document: Document, g: number): readonly Unlabelled[] {
  if (headKind(document.groups[g]!) !== 'section') return [];
  const found: Unlabelled[] = [];
  let above: Label | null = null;
  for (const placed of document.blocksOf(g)) {
    const { final } = placed.block;
    if (!final || final.kind === 'blank' || final.kind === 'drafter-note' || final.kind === 'footnote') continue;
    const sign = lastSign(plainText(placed.block, 'final', final.textStart));
    if (final.kind === 'paragraph' && above && ';,.'.includes(sign || ' ')) found.push({ placed, above });
    else above = final.kind === 'clause' && final.level === 1 && final.label!.kind !== 'dash' && !final.doubtful ? final.label : null;
    if (sign !== ';') above = null;
  }
  return found;
}
