/** textDocument/documentLink: the text in force that is modified, web pages, e-mail addresses. */
import { links } from '../contribution/links';
import { baseUri } from './base';
import { rangeOf } from './documents';
import type { Feature } from './feature';

const TIPS = { file: 'Open the text in force', web: 'Open the page', mail: 'Write a message' } as const;

export const documentLink: Feature = {
  capability: { documentLinkProvider: {} },
  register(connection, { documents }) {
    connection.onDocumentLinks(({ textDocument: { uri } }) => {
      const open = documents.get(uri);
      if (!open) return [];
      const { document } = open;
      return links(document).flatMap(({ start, end, kind, target }) => {
        const leads = kind === 'file' ? baseUri(document, uri) : target;
        return leads ? [{ range: rangeOf(document, start, end), target: leads, tooltip: TIPS[kind] }] : [];
      });
    });
  },
};
