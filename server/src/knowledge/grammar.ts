/** The words by which blocks are known in each of ITU's languages, for the parser. */
import type { Grammar } from '../markup/types';
import data from '../../data/grammar.json';

const byLanguage = new Map<string, Grammar>(Object.entries(data.languages).map(([language, words]) => [language, {
  language,
  sections: words.sections, assemblies: words.assemblies, instruments: words.instruments,
  annexes: words.annexes, reasons: words.reasons, notes: words.notes,
}]));

/** The grammar of a language (en fr es ru ar zh); English for a language that is none of ITU's. */
export const grammarOf = (language: string): Grammar => byLanguage.get(language.slice(0, 2).toLowerCase()) ?? byLanguage.get('en')!;
