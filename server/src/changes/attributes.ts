/**
 * Whose tracked changes are: reading and writing `{@APT 2024-09-22 #m1}` (markup, section 6).
 *
 * - `isChange(mark)`, `ownVoice(document)`, `voiceOf(mark, own)`, `attributeText({ authors, date, move }, own)`, `names(text)`
 */
import type { Attribute, Mark } from '../markup/types';
import type { Document } from '../markup/document';
import { defaults } from '../markup/frontMatter';

/** Who made a change and when. No author and no date where nothing says so. */
export interface Voice {
  readonly authors: readonly string[];
  readonly date: string | null;
}

/** The insertions, deletions and replacements; a comment or a highlight changes no text. */
export const isChange = ({ kind }: Mark): boolean => kind === 'insertion' || kind === 'deletion' || kind === 'substitution';

/** What holds for the marks of a document that say nothing: its sponsor (there may be several, divided by semicolons) and its date. */
export function ownVoice(document: Document): Voice {
  const { author, date } = defaults(document);
  return { authors: names(author ?? ''), date };
}

/** Short names divided by semicolons. */
export const names = (text: string): string[] => text.split(';').map(name => name.trim()).filter(Boolean);

/** Whose a mark is: by its attribute, and where that is silent by what holds for the document. */
export function voiceOf({ attribute }: Mark, own: Voice): Voice {
  return { authors: attribute?.authors.length ? attribute.authors : own.authors, date: attribute?.date ?? own.date };
}

/** The attribute to write behind a mark: no more than the front matter does not already say, so often ''. */
export function attributeText({ authors, date, move }: Pick<Attribute, 'authors' | 'date' | 'move'>, own: Voice): string {
  const by = authors.join('; ');
  const said = [by === own.authors.join('; ') ? '' : by, date === own.date ? '' : date, move && `#${move}`].filter(Boolean);
  return said.length ? `{@${said.join(' ')}}` : '';
}
