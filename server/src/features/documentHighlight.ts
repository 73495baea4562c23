/** textDocument/documentHighlight: the clause, section or footnote under the cursor, wherever else it stands. */
import { DocumentHighlightKind, type DocumentHighlight } from 'vscode-languageserver';
import type { Feature } from './feature';
import { rangeOf } from './documents';
import { occurrences, subjectAt, type Span } from './linked';
import { placeAt } from './place';

export const documentHighlight: Feature = {
  capability: { documentHighlightProvider: true },
  register(connection, { documents }) {
    connection.onDocumentHighlight(({ textDocument: { uri }, position }): DocumentHighlight[] => {
      const open = documents.get(uri);
      if (!open) return [];
      const { document } = open, place = placeAt(document, document.offsetAt(position)), subject = place && subjectAt(place);
      if (!subject) return [];
      const { definitions, references } = occurrences(document, subject);
      const shown = (kind: DocumentHighlightKind) => ({ start, end }: Span): DocumentHighlight => ({ range: rangeOf(document, start, end), kind });
      return [...definitions.map(shown(DocumentHighlightKind.Write)), ...references.map(shown(DocumentHighlightKind.Read))];
    });
  },
};
