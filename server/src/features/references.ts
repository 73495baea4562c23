/** textDocument/references: everything that refers to a clause, a section or a footnote, and every use of a term or an abbreviation. */
import type { Feature } from './feature';
import { rangeOf } from './documents';
import { wordPlaces } from './glossary';
import { occurrences, subjectAt } from './linked';
import { placeAt } from './place';

export const references: Feature = {
  capability: { referencesProvider: true },
  register(connection, { documents }) {
    connection.onReferences(({ textDocument: { uri }, position, context: { includeDeclaration } }) => {
      const open = documents.get(uri);
      if (!open) return [];
      const { document } = open, place = placeAt(document, document.offsetAt(position)), subject = place && subjectAt(place);
      const found = subject ? occurrences(document, subject) : place && wordPlaces(place);
      if (!found) return [];
      return [...(includeDeclaration ? found.definitions : []), ...found.references].map(({ start, end }) => ({ uri, range: rangeOf(document, start, end) }));
    });
  },
};
