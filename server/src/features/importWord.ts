/** resolute/importWord: a Word file as markup, and what could not be kept of it as it was. */
import { LSPErrorCodes, RequestType, ResponseError } from 'vscode-languageserver';
import type { ReadWord } from '../word/read';
import { signalOf, type Feature } from './feature';

/** `docx`: the file in base64. */
export const ImportWordRequest = new RequestType<{ docx: string }, ReadWord, void>('resolute/importWord');

export const importWord: Feature = {
  capability: {},
  register(connection, { readWord }) {
    connection.onRequest(ImportWordRequest, async ({ docx }, token) => {
      const signal = signalOf(token), read = signal.aborted ? null : await readWord(new Uint8Array(Buffer.from(docx, 'base64')), signal);
      if (!read) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      if ('problem' in read) throw new ResponseError(LSPErrorCodes.RequestFailed, read.problem);
      return read;
    });
  },
};
