/** Phrases that head a section, and the words with which prose refers to a clause, by language. */
import data from '../../data/phrases.json';

/** What a section does: give grounds, or act. */
export type Part = 'preambular' | 'operative';

export interface Phrase {
  readonly phrase: string;
  readonly part: Part;
  /** In how many of the texts counted it was seen; absent where it was not counted. */
  readonly seen?: number;
  /** The English phrase it stands for. */
  readonly means?: string;
  /** Where it was seen. */
  readonly source: string;
}

/** Words of cross-reference: `items a) and b) of considering`, `resolves 1 to 3 above`, `resolves 2 of Resolution 97`. */
export interface ReferenceWords {
  readonly and: readonly string[];
  readonly to: readonly string[];
  readonly items: readonly string[];
  readonly of: readonly string[];
  /** Stand in front of a reference, not of a sentence's own verb: `in resolves 2`, not `which resolves 2 problems`. */
  readonly introduce: readonly string[];
  readonly above: readonly string[];
  readonly below: readonly string[];
  /** Say that the text meant is the one that speaks: `of this resolution`. */
  readonly own: readonly string[];
  readonly texts: readonly string[];
  /** `TSB` and what it stands for. */
  readonly abbreviations: Readonly<Record<string, string>>;
}

const languages = new Map<string, { readonly phrases: readonly Phrase[]; readonly references: ReferenceWords }>(
  Object.entries(data.languages).map(([language, { phrases, references }]) => [language, { phrases: phrases as readonly Phrase[], references }]));

const of = (language: string) => languages.get(language.slice(0, 2).toLowerCase()) ?? languages.get('en')!;

/** The section phrases of a language (en fr es ru ar zh; English for any other), in no order that means anything. */
export const phrasesOf = (language: string): readonly Phrase[] => of(language).phrases;

/** The words of cross-reference of a language; English for a language that is none of ITU's. */
export const referenceWordsOf = (language: string): ReferenceWords => of(language).references;

/** Whether a section headed by `text` gives grounds or acts: by the longest phrase with which it begins; null where none is known. */
export function partOf(text: string, language: string): Part | null {
  let found: Phrase | null = null;
  for (const phrase of of(language).phrases)
    if (text.startsWith(phrase.phrase) && phrase.phrase.length > (found?.phrase.length ?? 0) && !/^[\p{L}-]/u.test(text.slice(phrase.phrase.length))) found = phrase;
  if (found) return found.part;
  const [first] = /^\p{L}+/u.exec(text) ?? [''];
  return first ? of(language).phrases.find(({ phrase }) => phrase === first || phrase.startsWith(`${first} `))?.part ?? null : null;
}
