/** resolute/paste: what is on the clipboard as markup that fits where it is pasted. */
import { LSPErrorCodes, RequestType, ResponseError, type Range } from 'vscode-languageserver';
import type { Clipboard } from '../word/read/clipboard';
import { rangeOf } from './documents';
import { signalOf, type Feature } from './feature';

export interface PasteParams extends Pick<Clipboard, 'html' | 'plain' | 'final'> { readonly uri: string; readonly range: Range }

/** As in `word/read/clipboard.ts`. */
export interface PasteResult {
  readonly rich: { readonly edits: readonly { range: Range; newText: string }[]; readonly report: readonly { message: string; paragraph: string }[] } | null;
  readonly clean: string | null;
}

export const PasteRequest = new RequestType<PasteParams, PasteResult, void>('resolute/paste');

export const paste: Feature = {
  capability: {},
  register(connection, { documents, paste: read }) {
    connection.onRequest(PasteRequest, async ({ uri, range, html, plain, final }, token) => {
      const document = documents.get(uri)?.document;
      if (!document) throw new ResponseError(LSPErrorCodes.RequestFailed, 'The text is not open.');
      const signal = signalOf(token), start = document.offsetAt(range.start), end = document.offsetAt(range.end);
      const answer = signal.aborted ? null : await read({ html, plain, text: document.text, start, end, final }, signal);
      if (!answer) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      const { rich, clean } = answer;
      return { clean, rich: rich && { report: rich.report, edits: rich.edits.map(edit => ({ range: rangeOf(document, edit.start, edit.end), newText: edit.text })) } };
    });
  },
};
