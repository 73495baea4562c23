/** textDocument/definition: from a reference to what it refers to, and from a clause to the same clause in the text in force. */
import type { Location } from 'vscode-languageserver';
import { contentEnd } from '../markup/inline';
import { frontMatter } from '../markup/frontMatter';
import { baseOf, baseUri, counterpart } from './base';
import { rangeOf } from './documents';
import type { Feature } from './feature';
import { definitionsOfWords } from './glossaryPage';
import { labelAt, labelSpan, occurrences, subjectAt } from './linked';
import { placeAt } from './place';

const TOP = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

export const definition: Feature = {
  capability: { definitionProvider: true },
  register(connection, context) {
    const { documents, workspace } = context;
    connection.onDefinition(async ({ textDocument: { uri }, position }): Promise<Location[]> => {
      const open = documents.get(uri);
      if (!open) return [];
      const { document } = open, offset = document.offsetAt(position), place = placeAt(document, offset);
      if (!place) return [];
      if (place.reading?.kind === 'front-matter') {
        const entry = frontMatter(document).entries.find(({ key, keyStart, valueEnd }) => key === 'base' && keyStart <= offset && offset <= valueEnd);
        const base = entry && baseUri(document, uri);
        return base && await workspace.document(base) ? [{ uri: base, range: TOP }] : [];
      }
      const subject = subjectAt(place);
      if (subject && (subject.kind === 'footnote' || subject.reference)) {
        const { definitions, references } = occurrences(document, subject);
        return (subject.kind === 'footnote' && subject.mark.definition ? references : definitions).map(({ start, end }) => ({ uri, range: rangeOf(document, start, end) }));
      }
      const words = definitionsOfWords(place, context), spelled = words.spans.filter(({ start, end }) => offset < start || offset > end);
      if (spelled.length || words.pages.length) return [...spelled.map(({ start, end }) => ({ uri, range: rangeOf(document, start, end) })), ...words.pages];
      if (!labelAt(place) && place.reading?.kind !== 'section' && place.reading?.kind !== 'instrument') return [];
      const inForce = await baseOf(document, uri, workspace), other = inForce && counterpart(document, place.placed, inForce);
      if (!other) return [];
      const span = other.block.final?.label ? labelSpan(other) : { start: other.start, end: other.start + contentEnd(other.block.source) };
      return [{ uri: baseUri(document, uri)!, range: rangeOf(inForce, span.start, span.end) }];
    });
  },
};
