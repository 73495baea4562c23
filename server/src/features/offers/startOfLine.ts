/** At the start of a line: the next label, section phrases, proposals. */
import { CompletionItemKind } from 'vscode-languageserver';
import type { Document, Group } from '../../markup/document';
import { readProposal } from '../../markup/classify';
import { nextLabel } from '../../markup/formatOnType';
import { frontMatter } from '../../markup/frontMatter';
import { memo } from '../../markup/memo';
import { texts } from '../../contribution/scopes';
import { phrasesOf } from '../../knowledge/phrases';
import { SYMBOLS } from '../../knowledge/symbols';
import { wordsIn } from '../place';
import type { Line, Offer, Offers } from './offer';

/** The next label, section phrases, proposals: what a line may begin with. */
export function startOfLine(document: Document, { start, before, after }: Line, byItself: boolean): Offers | null {
  if (after.trim()) return null;
  if (byItself && before.trim() === '') return null;
  const end = start + before.length, indented = /^[ \t\u00a0]/.test(before), typed = before.trimStart();
  const label = /^(?:[a-z]{1,2}|\d[\d.]*)?\)?$/.test(typed) ? nextLabel(document, end) : null;
  const from = end - typed.length;
  const items: Offer[] = label?.startsWith(typed) ? [{ label: label.trimEnd(), text: label, kind: CompletionItemKind.EnumMember, detail: 'Next in this list' }] : [];
  if (!indented && (typed === '' || /^[\p{Ll}\p{Lo}]/u.test(typed))) items.push(...sectionPhrases(document, typed));
  if (!indented && /^[(_]?[A-Z]*\*?_?$/.test(typed)) items.push(...proposals(document, typed));
  return items.length ? { start: from, end, items } : null;
}

interface Heading { readonly phrase: string; readonly detail: string }

/** Phrases of a language, those seen most often first. */
const phrases = memo((grammar: Document['grammar']): readonly Heading[] =>
  [...phrasesOf(grammar.language)].sort((a, b) => (b.seen ?? 0) - (a.seen ?? 0)).map(({ phrase, part, means }) => ({ phrase, detail: means ? `${part}: ${means}` : part })));

function sectionPhrases(document: Document, typed: string): Offer[] {
  const offered = typed === '' ? phrases(document.grammar).slice(0, MOST_USED) : phrases(document.grammar).filter(({ phrase }) => phrase.startsWith(typed));
  return offered.map(({ phrase, detail }) => ({ label: phrase, text: phrase, kind: CompletionItemKind.Enum, detail }));
}
/** Nobody reads a list of all phrases; the first letter brings the rest. */
const MOST_USED = 15;

/** `MOD`, `ADD`… with the identifier that the next proposal of this document has. */
function proposals(document: Document, typed: string): Offer[] {
  const identifier = nextIdentifier(document);
  return SYMBOLS.filter(({ symbol }) => symbol.startsWith(typed)).map(({ symbol, name, means }) =>
    ({ label: symbol, text: identifier ? `${symbol}\t${identifier}` : symbol, filter: symbol, kind: CompletionItemKind.Event, detail: identifier ? `${name}: ${identifier}` : `${name}. ${means}` }));
}

const identifierOf = memo((group: Group): string => {
  const [head] = group.blocks;
  return head!.final?.kind === 'proposal' ? readProposal(wordsIn(head!, 'final'))?.identifier ?? '' : '';
});

/** Source, document and addendum by the front matter, or else as in the last proposal; the number behind the highest one. */
function nextIdentifier(document: Document): string | null {
  const given = texts(document).flatMap(({ proposal }) => proposal < 0 ? [] : [/^(.*\/)(\d+)(?:#\d+)?$/.exec(identifierOf(document.groups[proposal]!))]).filter(match => match !== null);
  const { sponsor, document: number, addendum } = frontMatter(document).values;
  const stem = sponsor && number && !sponsor.includes(';') ? `${sponsor.trim()}/${number}${addendum ? `A${addendum}` : ''}/` : given.at(-1)?.[1];
  if (!stem) return null;
  return `${stem}${1 + Math.max(0, ...given.filter(match => match[1] === stem).map(match => Number(match[2])))}`;
}
