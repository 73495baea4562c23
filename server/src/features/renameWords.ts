/** Another name for a term or an abbreviation, through a whole proposal: what of the rename request is about words. */
import type { Edit } from '../markup/edit';
import { inline } from '../markup/inline';
import { tracked } from '../checks/fixes';
import { textOf } from '../contribution/scopes';
import { occurrencesOf, type Occurrence } from '../contribution/terms';
import { wordAt, type Word } from './glossary';
import type { Place } from './place';

export interface Renaming {
  readonly edits: readonly Edit[];
  /** What was left as it is: quotations, titles of other texts, words with marks inside them. */
  readonly left: readonly Occurrence[];
}

/** What can be renamed at a place: a term or an abbreviation that the text uses; null for other words. */
export const renamable = (place: Place): Word | null => wordAt(place);

/**
 * The edits that give a word another name in the text that the place is in, or in the whole document where it stands
 * outside of any resolution. Tracked where the document is tracked.
 */
export function renameWord({ document, placed }: Place, word: Word, name: string): Renaming {
  const text = textOf(document, placed.group), [from, to] = text.instrument < 0 ? [0, document.groups.length] : [text.start, text.end];
  const found = occurrencesOf(document, word.name, word.abbreviation, from, to), edits: Edit[] = [], left: Occurrence[] = [];
  for (const one of found) {
    const { block } = one.placed;
    if (one.foreign || inline(block).problems.length || block.source.slice(one.start, one.end) !== one.text) left.push(one);
    else if (named(one, word, name) !== one.text) edits.push(tracked(document, one.placed, one.start, one.end, named(one, word, name)));
  }
  return { edits, left };
}

/** The new name in the number in which the old one is written, with a capital where a sentence begins. */
function named({ text, begins }: Occurrence, word: Word, name: string): string {
  const plural = /s$/.test(text) && !/s$/.test(word.name);
  const fresh = !plural ? name : word.abbreviation || !/[^aeiou]y$/.test(name) ? `${name}s` : `${name.slice(0, -1)}ies`;
  return begins && /^\p{Lu}/u.test(text) && /^\p{Ll}/u.test(fresh) ? fresh[0]!.toUpperCase() + fresh.slice(1) : fresh;
}
