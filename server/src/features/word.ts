/** resolute/word: the Word file of a document, with the source line of each of its paragraphs and tables. */
import { LSPErrorCodes, RequestType, ResponseError } from 'vscode-languageserver';
import type { WordView } from '../word/write';
import { signalOf, type Feature } from './feature';

/** `docx` in base64; `lines[i]`: the line (from 0) of the i-th paragraph or table of the file's body, -1 on the cover. */
export interface WordAnswer { readonly version: number; readonly docx: string; readonly lines: readonly number[] }

export const WordRequest = new RequestType<{ uri: string; view: WordView }, WordAnswer, void>('resolute/word');

export const word: Feature = {
  capability: {},
  register(connection, { documents, workspace, writeWord }) {
    connection.onRequest(WordRequest, async ({ uri, view }, token) => {
      const version = documents.get(uri)?.version ?? 0, document = await workspace.document(uri);
      if (!document) throw new ResponseError(LSPErrorCodes.RequestFailed, 'The text is not open and could not be read.');
      const file = await writeWord(document.text, view, signalOf(token));
      if (!file) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      return { version, docx: Buffer.from(file.docx).toString('base64'), lines: file.lines };
    });
  },
};
