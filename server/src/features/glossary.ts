/** What there is to say of a citation, a term or an abbreviation at a place, and where it stands in the document. */
import type { Placed } from '../markup/document';
import type { View } from '../markup/types';
import { abbreviations, glossary, singular, type Abbreviations, type SpelledAt } from '../contribution/abbreviations';
import { bodyOf, citations, citedResolution, NOBODY, speakerOf, type Citation, type Speaker } from '../contribution/citations';
import { sourceAt, type Prose } from '../contribution/prose';
import { placedAt } from '../contribution/runs';
import { texts, textOf, type Text } from '../contribution/scopes';
import { occurrencesOf, termAt, termOf, type Term } from '../contribution/terms';
import { catalogue } from '../knowledge/catalogue';
import { aboutAbbreviation, aboutRecommendation, aboutResolution, aboutTerm, bodyName } from './known';
import { address, type Occurrences, type Span } from './linked';
import { paragraphs, parts, plain } from './markdown';
import { mainView, touches, type Place } from './place';

/** The term or abbreviation at a place. Offsets count in the document. */
export interface Word extends Span {
  /** In the singular: `IoT`, `Internet of things`. */
  readonly name: string;
  readonly abbreviation: boolean;
  readonly term: Term | null;
}

const inSource = ({ start: at }: Placed, prose: Prose, { start, end }: Span): Span => ({ start: at + sourceAt(prose, start), end: at + sourceAt(prose, end, true) });

/** The views in which a place is looked at: the final one first. */
const viewsOf = ({ placed: { block } }: Place): readonly View[] => block.final === block.original ? ['final', 'original'] : [mainView(block), block.final && block.original ? 'original' : mainView(block)];

/** What is cited at a place; null where nothing is. */
export function citationAt(place: Place): (Span & { readonly citation: Citation }) | null {
  const { placed, at } = place;
  for (const view of viewsOf(place)) {
    const { prose, citations: found } = citations(placed.block)[view];
    for (const citation of found) {
      const span = inSource(placed, prose, citation);
      if (touches(span, placed.start + at)) return { ...span, citation };
    }
  }
  return null;
}

/** Who speaks where a place is; the introduction speaks as the proposal does. */
export function speakerAt({ document, placed }: Place): Speaker {
  const own = textOf(document, placed.group), text = own.instrument >= 0 ? own : texts(document).find(({ instrument }) => instrument >= 0);
  return text ? speakerOf(text.run) : NOBODY;
}

/** The abbreviation or the term at a place; null for other words. */
export function wordAt(place: Place): Word | null {
  const { placed, at } = place, offset = placed.start + at;
  for (const view of viewsOf(place)) {
    const found = abbreviations(placed.block)?.[view];
    for (const [name, written] of found ? [...found.spelled.map(one => [one.abbreviation, one.at] as const), ...found.used.map(one => [one.abbreviation, one.at] as const)] : []) {
      const span = inSource(placed, found!.prose, written);
      if (touches(span, offset)) return { ...span, name, abbreviation: true, term: null };
    }
    const term = termAt(placed.block, view, at);
    if (term) return { ...inSource(placed, term.prose, term.stretch), name: term.term.name, abbreviation: false, term: term.term };
  }
  return null;
}

/** Where an abbreviation stands in a text, in both views: where it is spelled out, and where it is used. */
export function abbreviationPlaces(place: Place, name: string): { readonly text: Text; readonly spelled: readonly SpelledAt[]; readonly definitions: readonly Span[]; readonly references: readonly Span[] } {
  const { document, placed } = place, text = textOf(document, placed.group), both = glossary(text.run);
  const spans = (list: readonly { readonly group: number; readonly index: number; readonly abbreviations: Abbreviations; readonly at: Span }[]): Span[] =>
    list.map(({ group, index, abbreviations: { prose }, at }) => inSource(placedAt(document, text.start + group, index), prose, at));
  const unique = (list: Span[]): Span[] => [...new Map(list.map(span => [span.start, span])).values()].sort((a, b) => a.start - b.start);
  const views = both.original === both.final ? [both.final] : [both.final, both.original];
  return {
    text, spelled: [...(both.final.spelled.get(name) ?? both.original.spelled.get(name))?.all() ?? []],
    definitions: unique(views.flatMap(view => spans([...view.spelled.get(name)?.all() ?? []].map(one => ({ ...one, at: one.spelled.at }))))),
    references: unique(views.flatMap(view => spans([...view.used.get(name)?.all() ?? []].map(one => ({ ...one, at: one.used.at }))))),
  };
}

/** What is known of the words at a place, as Markdown, with the stretch that it is about; null for plain words. */
export function explainWords(place: Place): (Span & { readonly markdown: string }) | null {
  const cited = citationAt(place);
  if (cited) {
    const markdown = aboutCitation(cited.citation, speakerAt(place));
    if (markdown) return { ...cited, markdown };
  }
  const word = wordAt(place);
  if (!word) return null;
  const { start, end } = word, markdown = word.abbreviation ? explainAbbreviation(place, word.name) : aboutWord(word.term!);
  return markdown ? { start, end, markdown } : null;
}

function aboutCitation(citation: Citation, speaks: Speaker): string | null {
  if (citation.kind === 'recommendation') {
    if (citation.sector !== 'T') return null;
    const row = citation.numbers.map(number => catalogue().recommendation(number)).find(Boolean);
    return row ? aboutRecommendation(row) : citation.series ? null : `ITU-T ${plain(citation.numbers.join('/'))} is not in the catalogue.`;
  }
  const row = citedResolution(citation, speaks), body = bodyOf(citation, speaks);
  if (row) return aboutResolution(row, citation);
  return body && body !== 'other' ? `${citation.instrument} ${plain(citation.number)} of the ${plain(bodyName(body))} is not in the catalogue.` : null;
}

const aboutWord = ({ definitions, abbreviations: rows }: Term): string => parts([
  ...definitions.length ? [aboutTerm(definitions)] : [], ...rows.length && !definitions.some(({ abbreviation }) => abbreviation) ? [aboutAbbreviation(rows)] : [],
]);

/** Where this text spells an abbreviation out, then what is known of it. */
function explainAbbreviation(place: Place, name: string): string {
  const { text, spelled: [first] } = abbreviationPlaces(place, name), { document } = place;
  const words = first?.spelled.expansion && first.abbreviations.prose.text.slice(first.spelled.expansion.start, first.spelled.expansion.end);
  const where = first && address(document, placedAt(document, text.start + first.group, first.index));
  const known = catalogue().abbreviation(name), term = (words ? termOf(words) : null) ?? (known[0] ? termOf(known[0].name) : null);
  return parts([
    ...first ? [`**${plain(name)}**${words ? ` – ${plain(words)}` : ''}${where ? `  \nSpelled out in ${where}` : ''}`] : [],
    ...known.length && !term?.definitions.length && !(words && known.every(row => row.name.toLowerCase() === words.toLowerCase())) ? [aboutAbbreviation(known)] : [],
    ...term?.definitions.length ? [aboutTerm(term.definitions)] : [],
  ].filter(Boolean)) || (first ? '' : paragraphs(`**${plain(singular(name))}** is not spelled out in this text.`));
}

/** Where the term or the abbreviation at a place stands in its text; null for other words. */
export function wordPlaces(place: Place): Occurrences | null {
  const word = wordAt(place);
  if (!word) return null;
  if (word.abbreviation) return abbreviationPlaces(place, word.name);
  const { document, placed } = place, { start, end } = textOf(document, placed.group);
  return { definitions: [], references: occurrencesOf(document, word.name, false, start, end).map(one => ({ start: one.placed.start + one.start, end: one.placed.start + one.end })) };
}
