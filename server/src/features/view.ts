/** resolute/view: the original or the final view of a document as clean text. */
import { RequestType } from 'vscode-languageserver';
import type { View } from '../markup/types';
import { viewText } from '../markup/views';
import type { Feature } from './feature';

export const ViewRequest = new RequestType<{ uri: string; view: View }, { text: string } | null, void>('resolute/view');

export const view: Feature = {
  capability: {},
  register(connection, { workspace }) {
    connection.onRequest(ViewRequest, async ({ uri, view: which }) => {
      const document = await workspace.document(uri);
      return document && { text: viewText(document, which) };
    });
  },
};
