/** textDocument/references: everything that refers to a clause, a section or a footnote. */
import type { Feature } from './feature';
import { rangeOf } from './documents';
import { occurrences, subjectAt } from './linked';
import { placeAt } from './place';

export const references: Feature = {
  capability: { referencesProvider: true },
  register(connection, { documents }) {
    connection.onReferences(({ textDocument: { uri }, position, context: { includeDeclaration } }) => {
      const open = documents.get(uri);
      if (!open) return [];
      const { document } = open, place = placeAt(document, document.offsetAt(position)), subject = place && subjectAt(place);
      if (!subject) return [];
      const found = occurrences(document, subject);
      return [...(includeDeclaration ? found.definitions : []), ...found.references].map(({ start, end }) => ({ uri, range: rangeOf(document, start, end) }));
    });
  },
};
