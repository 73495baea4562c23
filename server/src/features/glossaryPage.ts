/**
 * resolute/glossary: a page about a term, an abbreviation or a cited text. An editor that can show such pages says
 * so (`experimental.resoluteGlossary`); then Go to Definition leads to them, by addresses of a scheme of their own.
 */
import { RequestType, type Location } from 'vscode-languageserver';
import { catalogue } from '../knowledge/catalogue';
import { citedResolution } from '../contribution/citations';
import type { Context, Feature } from './feature';
import { abbreviationPlaces, citationAt, speakerAt, wordAt } from './glossary';
import { aboutKnown, keyOf, type Known } from './known';
import type { Span } from './linked';
import type { Place } from './place';

export const GlossaryRequest = new RequestType<{ uri: string }, { text: string } | null, void>('resolute/glossary');
const SCHEME = 'resolute-glossary';

export const glossaryPage: Feature = {
  capability: {},
  register(connection) {
    connection.onRequest(GlossaryRequest, ({ uri }) => {
      const query = /\?(.*)$/.exec(uri)?.[1];
      const text = query && aboutKnown(decodeURIComponent(query) as Known);
      return text ? { text: `${text}\n` } : null;
    });
  },
};

const pageUri = (title: string, known: Known): string => `${SCHEME}:/${encodeURIComponent(title.replaceAll('/', '-'))}.md?${encodeURIComponent(known)}`;

/** What explains the words at a place, by its name in the catalogues; null where nothing is known of them. */
export function knownAt(place: Place): { readonly title: string; readonly known: Known } | null {
  const citation = citationAt(place)?.citation;
  if (citation?.kind === 'recommendation') {
    const row = citation.sector === 'T' ? catalogue().recommendation(citation.numbers[0]!) : null;
    return row && { title: `ITU-T ${row.number}`, known: `recommendation ${row.number}` };
  }
  if (citation) {
    const row = citedResolution(citation, speakerAt(place));
    return row && { title: `${row.body} ${row.kind ?? 'Resolution'} ${row.number}`, known: `resolution ${keyOf(row)}` };
  }
  const word = wordAt(place);
  if (!word) return null;
  if (word.abbreviation) return catalogue().abbreviation(word.name).length ? { title: word.name, known: `abbreviation ${word.name}` } : null;
  const [definition] = word.term!.definitions, [short] = word.term!.abbreviations;
  return definition ? { title: definition.term, known: `term ${definition.term}` } : short ? { title: short.abbreviation, known: `abbreviation ${short.abbreviation}` } : null;
}

/** Where the words at a place are explained: where this text spells them out, and the page about them. */
export function definitionsOfWords(place: Place, { client }: Context): { readonly spans: readonly Span[]; readonly pages: readonly Location[] } {
  const word = wordAt(place), spans = word?.abbreviation ? abbreviationPlaces(place, word.name).definitions : [];
  const shows = (client.experimental as { resoluteGlossary?: boolean } | undefined)?.resoluteGlossary === true, known = shows ? knownAt(place) : null;
  const top = { line: 0, character: 0 };
  return { spans, pages: known ? [{ uri: pageUri(known.title, known.known), range: { start: top, end: top } }] : [] };
}
