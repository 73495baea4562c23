/** In prose: terms, abbreviations and bodies that begin with what is typed. */
import { CompletionItemKind } from 'vscode-languageserver';
import { glossary } from '../../contribution/abbreviations';
import { textOf } from '../../contribution/scopes';
import { catalogue } from '../../knowledge/catalogue';
import type { Known } from '../known';
import { named } from '../known';
import type { Offer, Offerer } from './offer';

/** Three letters of a word, or two capitals, say what may be meant. */
const TYPED = /(?<![\p{L}\p{N}&-])(\p{L}[\p{L}\d&-]{2,}(?:[ \u00a0][\p{L}\d-]+){0,4}|\p{Lu}[\p{Lu}\d&]+)$/u;

export const terms: Offerer = ({ document, placed, reading }, { start, before }, byItself) => {
  const typed = byItself || !reading || reading.kind === 'section' || reading.kind === 'heading' ? null : TYPED.exec(before)?.[1];
  if (!typed) return null;
  const { spelled } = glossary(textOf(document, placed.group).run).final;
  // The last words that begin a term, as many of them as do.
  for (let from = 0; from >= 0; from = nextWord(typed, from)) {
    const words = typed.slice(from).replace(/\u00a0/g, ' '), items = words.length < 2 ? [] : offersFor(words, spelled);
    if (items.length) return { start: start + before.length - (typed.length - from), end: start + before.length, items, incomplete: true };
  }
  return null;
};

const nextWord = (text: string, from: number): number => { const at = text.slice(from).search(/[ \u00a0]/); return at < 0 ? -1 : from + at + 1; };

type Spelled = ReturnType<typeof glossary>['final']['spelled'];

/** Terms by their beginning; abbreviations by their capitals, those of this text first. */
function offersFor(typed: string, spelled: Spelled): Offer[] {
  const offers = new Map<string, Offer>(), small = typed.toLowerCase(), begins = (text: string) => text.toLowerCase().startsWith(small);
  const add = (label: string, text: string, kind: CompletionItemKind, detail: string, known?: Known) => { if (!offers.has(text)) offers.set(text, { label, text, kind, detail, filter: label, ...(known ? { known } : {}) }); };
  const isShort = /^\p{Lu}/u.test(typed) && !typed.includes(' ');
  if (isShort) for (const [abbreviation, places] of spelled) {
    const { abbreviations: { prose }, spelled: { expansion } } = places.first;
    if (expansion && abbreviation.startsWith(typed)) add(abbreviation, abbreviation, CompletionItemKind.Constant, prose.text.slice(expansion.start, expansion.end), catalogue().abbreviation(abbreviation).length ? `abbreviation ${abbreviation}` : undefined);
  }
  if (typed.length >= 3) for (const { term, abbreviation, where, ordinary } of catalogue().definitions) if (!ordinary && begins(term)) add(term, spellOut(term, abbreviation, spelled), CompletionItemKind.Text, named(where), `term ${term}`);
  for (const { abbreviation, name, kind, known } of catalogue().abbreviations) {
    if (isShort && abbreviation.startsWith(typed) && abbreviation !== typed) add(abbreviation, abbreviation, CompletionItemKind.Constant, name, `abbreviation ${abbreviation}`);
    if (typed.length >= 3 && begins(name)) add(name, spellOut(name, kind === 'study group' || known ? undefined : abbreviation, spelled), CompletionItemKind.Text, kind, `abbreviation ${abbreviation}`);
  }
  return [...offers.values()].slice(0, 20);
}

/** At its first use a term brings its abbreviation along. */
const spellOut = (name: string, abbreviation: string | undefined, spelled: Spelled): string => abbreviation && !spelled.has(abbreviation) ? `${name} (${abbreviation})` : name;
