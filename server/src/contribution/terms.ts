/**
 * Terms in running text: found as people write them, in the plural, with capitals or with hyphens, through marks and
 * over the end of a line.
 */
import type { Block, BlockKind, View } from '../markup/types';
import type { Document, Placed } from '../markup/document';
import { memo } from '../markup/memo';
import { catalogue, type Abbreviation, type Catalogue, type Definition } from '../knowledge/catalogue';
import { quotations } from './abbreviations';
import { citations, type Stretch } from './citations';
import { prose, sourceAt, type Prose } from './prose';

/** A term or the name of a body, and what is known of it. */
export interface Term {
  /** As the catalogues write it. */
  readonly name: string;
  readonly definitions: readonly Definition[];
  readonly abbreviations: readonly Abbreviation[];
}

/** A word as terms are compared: in the singular, without capitals. */
const stem = (word: string): string => word.toLowerCase().replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '');
const WORD = /[\p{L}\p{N}&]+/gu;
const key = (text: string): string => (text.match(WORD) ?? []).map(stem).join(' ');

/** All terms by their key, and how many words the longest has. Computed once for each set of catalogues. */
const index = memo((known: Catalogue) => {
  const byKey = new Map<string, { name: string; definitions: Definition[]; abbreviations: Abbreviation[] }>();
  const at = (name: string) => {
    const own = key(name);
    return byKey.get(own) ?? byKey.set(own, { name, definitions: [], abbreviations: [] }).get(own)!;
  };
  for (const definition of known.definitions) if (!definition.ordinary) at(definition.term).definitions.push(definition);
  for (const abbreviation of known.abbreviations) at(abbreviation.name).abbreviations.push(abbreviation);
  return { byKey: byKey as ReadonlyMap<string, Term>, longest: Math.max(0, ...[...byKey.keys()].map(own => own.split(' ').length)) };
});

/** A term by what it is called, however that is written; null for one that is not known. */
export const termOf = (text: string): Term | null => index(catalogue()).byKey.get(key(text)) ?? null;

/** The longest term that holds the source offset `at` of a block in a view, and where it stands in the prose; null where there is none. */
export function termAt(block: Block, view: View, at: number): { readonly term: Term; readonly prose: Prose; readonly stretch: Stretch } | null {
  const reading = block[view];
  if (!reading) return null;
  const words = prose(block, view, reading.textStart), { byKey, longest } = index(catalogue());
  const all = [...words.text.matchAll(WORD)].map(({ 0: word, index: start }) => ({ start, end: start + word.length, stem: stem(word) }));
  const here = all.findIndex(({ start, end }) => sourceAt(words, start) <= at && at <= sourceAt(words, end, true));
  if (here < 0) return null;
  for (let count = Math.min(longest, all.length); count > 0; count--) for (let first = Math.max(0, here - count + 1); first <= here && first + count <= all.length; first++) {
    const term = byKey.get(all.slice(first, first + count).map(word => word.stem).join(' ')), stretch = { start: all[first]!.start, end: all[first + count - 1]!.end };
    if (term && !/[.;:()\n|]/.test(words.text.slice(stretch.start, stretch.end))) return { term, prose: words, stretch };
  }
  return null;
}

const PROSE: ReadonlySet<BlockKind> = new Set(['clause', 'paragraph', 'footnote', 'note']);

/** Whether words are part of a longer name: the Alliance for Internet of Things Innovation. */
const inName = (text: string, { start, end }: Stretch): boolean =>
  /\p{Lu}\p{Ll}+(?:[ \u00a0](?:of|on|for|and|the))*[ \u00a0]$/u.test(text.slice(Math.max(0, start - 60), start)) || /^[ \u00a0](?:of[ \u00a0])?\p{Lu}\p{Ll}/u.test(text.slice(end, end + 6));

/** Whether what stands at `at` begins a sentence, and has a capital for that. */
export const beginsSentence = (text: string, at: number): boolean => at === 0 || /[.:\n]\s*$/.test(text.slice(Math.max(0, at - 10), at));

/** A term of several words as a text writes it. */
export interface Written { readonly term: Term; readonly text: string; readonly at: Stretch; readonly prose: Prose }

const pattern = memo((known: Catalogue) => {
  const names = [...index(known).byKey.values()].filter(({ definitions, abbreviations }) => definitions.length > 0 || abbreviations.some(({ kind }) => kind === 'term'))
    .map(({ name }) => name).filter(name => /[ -]/.test(name)).sort((a, b) => b.length - a.length);
  const words = names.map(name => name.split(/[ -]/).map((word, i, all) => i === all.length - 1 ? `${word.replace(/y$/, '(?:y|ies)')}s?` : word).join('[ \\u00a0-]'));
  return { pattern: new RegExp(`(?<![\\p{L}\\p{N}-])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'giu'), any: new RegExp(names.map(name => name.split(/[ -]/)[0]).join('|'), 'i') };
});

/** The terms of several words in a block's final view; what is quoted, and what is part of a longer name, is left out. */
export const termsIn = memo((block: Block): readonly Written[] => {
  const reading = block.final, known = pattern(catalogue());
  if (!reading || !PROSE.has(reading.kind) || !known.any.test(block.source)) return [];
  const words = prose(block, 'final', reading.textStart), quoted = quotations(words.text), found: Written[] = [];
  for (const match of words.text.matchAll(known.pattern)) {
    const at = { start: match.index, end: match.index + match[0].length }, term = termOf(match[0]);
    if (term && !inName(words.text, at) && !quoted.some(({ start, end }) => start <= at.start && at.start < end)) found.push({ term, text: match[0], at, prose: words });
  }
  return found;
});

const ANYWHERE: ReadonlySet<BlockKind> = new Set(['clause', 'paragraph', 'footnote', 'note', 'table', 'section', 'title', 'heading', 'reasons', 'annex']);

/** Words that mean a term or an abbreviation, where they stand in the final view. Offsets count in the block's source. */
export interface Occurrence extends Stretch {
  readonly placed: Placed;
  readonly text: string;
  /** In a quotation, in the title of another text or in a name: not for this text to change. */
  readonly foreign: boolean;
  /** At the start of a sentence. */
  readonly begins: boolean;
}

/**
 * Where a term or an abbreviation stands in a document's groups [from, to), in the singular and the plural. An
 * abbreviation within another (`JCA-IoT`) is part of that name.
 */
export function occurrencesOf(document: Document, name: string, isShort: boolean, from: number, to: number): Occurrence[] {
  const escaped = name.split(isShort ? /(?!)/ : /[ -]+/).map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')), last = escaped.length - 1;
  escaped[last] = isShort ? `${escaped[last]!.replaceAll('-', '[-\\u2010-\\u2013]')}s?` : /y$/.test(escaped[last]!) ? escaped[last]!.replace(/y$/, '(?:y|ies)') : `${escaped[last]!.replace(/s$/, '')}s?`;
  const words = new RegExp(`(?<![\\p{L}\\p{N}&-])${escaped.join('[ \\u00a0-]')}(?![\\p{L}\\p{N}&])`, isShort ? 'gu' : 'giu'), found: Occurrence[] = [];
  for (let g = from; g < to; g++) for (const placed of document.blocksOf(g)) {
    const { block } = placed, reading = block.final;
    if (!reading || !ANYWHERE.has(reading.kind)) continue;
    const here = prose(block, 'final', reading.textStart), matches = [...here.text.matchAll(words)];
    if (!matches.length) continue;
    const others = [...quotations(here.text), ...citations(block).final.citations.flatMap(({ title }) => title ?? [])];
    for (const { 0: text, index: at } of matches) found.push({
      placed, text, start: sourceAt(here, at), end: sourceAt(here, at + text.length, true), foreign: others.some(({ start, end }) => start <= at && at < end) || (!isShort && inName(here.text, { start: at, end: at + text.length })),
      begins: beginsSentence(here.text, at),
    });
  }
  return found;
}
