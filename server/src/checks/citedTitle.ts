/** Whether a title, as a sentence cites it, is that of the catalogue. Sentences shorten titles with abbreviations, and do not say where they end. */
import { catalogue } from '../knowledge/catalogue';

interface Word { readonly word: string; readonly end: number }

/** Words that make no difference; telecommunications stand beside ICTs or are left to them. */
const SMALL: ReadonlySet<string> = new Set(['the', 'a', 'an', 'of', 'in', 'for', 'to', 'and', 'on', 'its', 's', 'telecommunication', 'telecommunications']);

/** The words that count, abbreviations written out; an abbreviation in parentheses behind its words is none. */
function wordsOf(text: string): Word[] {
  const found: Word[] = [];
  const plain = text.replace(/[ \u00a0]\((?:[\p{Lu}][\p{L}\d&-]*)\)/gu, match => ' '.repeat(match.length));
  for (const match of plain.matchAll(/[\p{L}\d]+(?:&\p{L}+)?/gu)) {
    const [known] = catalogue().abbreviation(match[0]).length ? catalogue().abbreviation(match[0]) : catalogue().abbreviation(match[0].replace(/s$/, ''));
    for (const word of (known?.kind === 'term' || known?.kind === 'sector' ? known.name : match[0]).toLowerCase().match(/[\p{L}\d]+/gu) ?? [])
      if (!SMALL.has(word)) found.push({ word: stem(word), end: match.index + match[0].length });
  }
  return found;
}

/** Singular, and one spelling for -ise and -ize. */
const stem = (word: string): string => word.replace(/ies$/, 'y').replace(/(?<=\w{3})s$/, '').replace(/is(?=e|ing|ation)/, 'iz');

/** So much of a title's words has to be there for it to be meant as that title; a shorter or freer wording is the author's own. */
const MEANT = 0.75;

/** Where in `cited` the title ends that is nearly, but not quite, `known`; null where they agree or it may be a wording of its own. */
export function titlesDiffer(cited: string, known: string): number | null {
  const here = wordsOf(cited), there = wordsOf(known);
  if (there.length < 4 || there.every(({ word }, i) => here[i]?.word === word)) return null;
  // A citation may stop where its sentence goes on in other words: a beginning of the title is right.
  const stops = here.findIndex(({ word }, i) => word !== there[i]?.word);
  if (stops < 0) return null;
  const window = here.slice(0, there.length + 2), last = window.findLastIndex(({ word }) => word === there.at(-1)!.word || word === there.at(-2)!.word);
  if (last < 0) return null;
  const title = window.slice(0, last + 1), wanted = new Set(there.map(({ word }) => word)), have = new Set(title.map(({ word }) => word));
  const shared = [...have].filter(word => wanted.has(word)).length;
  return shared / Math.max(wanted.size, have.size) >= MEANT && shared < Math.max(wanted.size, have.size) ? title.at(-1)!.end : null;
}
