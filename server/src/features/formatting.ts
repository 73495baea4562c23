/** textDocument/formatting, rangeFormatting, onTypeFormatting: the normal form, and the next label on Enter. */
import type { TextEdit } from 'vscode-languageserver';
import type { Document } from '../markup/document';
import type { Edit } from '../markup/edit';
import { format } from '../markup/normalForm';
import { formatOnType } from '../markup/formatOnType';
import { rangeOf } from './documents';
import type { Feature } from './feature';

export const formatting: Feature = {
  capability: { documentFormattingProvider: true, documentRangeFormattingProvider: true, documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n' } },
  register(connection, { documents }) {
    connection.onDocumentFormatting(({ textDocument }) => {
      const document = documents.get(textDocument.uri)?.document;
      return document ? textEdits(document, format(document)) : null;
    });
    connection.onDocumentRangeFormatting(({ textDocument, range }) => {
      const document = documents.get(textDocument.uri)?.document;
      return document ? textEdits(document, format(document, { start: document.offsetAt(range.start), end: document.offsetAt(range.end) })) : null;
    });
    connection.onDocumentOnTypeFormatting(({ textDocument, position, ch }) => {
      const document = documents.get(textDocument.uri)?.document;
      return document ? textEdits(document, formatOnType(document, document.offsetAt(position), ch)) : null;
    });
  },
};

/** Edits of a document as LSP has them. */
export const textEdits = (document: Document, edits: readonly Edit[]): TextEdit[] => edits.map(({ start, end, text }) => ({ range: rangeOf(document, start, end), newText: text }));
