/** resolute/importWord: a Word file as markup, and what could not be kept of it as it was. */
import { LSPErrorCodes, RequestType, ResponseError } from 'vscode-languageserver';
import type { ReadWord } from '../word/read';
import type { Feature } from './feature';

/** `docx`: the file in base64. */
export const ImportWordRequest = new RequestType<{ docx: string }, ReadWord, void>('resolute/importWord');

export const importWord: Feature = {
  capability: {},
  register(connection, { readWord }) {
    connection.onRequest(ImportWordRequest, async ({ docx }, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const read = await readWord(new Uint8Array(Buffer.from(docx, 'base64')), abort.signal);
      if (!read) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      if ('problem' in read) throw new ResponseError(LSPErrorCodes.RequestFailed, read.problem);
      return read;
    });
  },
};
