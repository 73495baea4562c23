/** resolute/word: the Word file of a document, with the source line of each of its paragraphs and tables. */
import { LSPErrorCodes, RequestType, ResponseError } from 'vscode-languageserver';
import type { WordView } from '../word/write';
import { signalOf, type Feature } from './feature';

/** `template`: URI of a Word file whose form the file is to have. */
export interface WordParams { readonly uri: string; readonly view: WordView; readonly template?: string }

/** `docx` in base64; `lines[i]`: the line (from 0) of the i-th paragraph or table of the file's body, -1 on the cover; `problems`: what the user has to know of the file. */
export interface WordAnswer { readonly version: number; readonly docx: string; readonly lines: readonly number[]; readonly problems: readonly string[] }

export const WordRequest = new RequestType<WordParams, WordAnswer, void>('resolute/word');

export const word: Feature = {
  capability: {},
  register(connection, { documents, workspace, writeWord }) {
    connection.onRequest(WordRequest, async ({ uri, view, template: templateUri }, token) => {
      const version = documents.get(uri)?.version ?? 0, document = await workspace.document(uri), template = templateUri ? await workspace.bytes(templateUri) : undefined;
      if (!document) throw new ResponseError(LSPErrorCodes.RequestFailed, 'The text is not open and could not be read.');
      const file = await writeWord(document.text, view, signalOf(token), template ?? undefined);
      if (!file) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      const problem = template === null ? 'There is no such file.' : file.templateProblem, name = decodeURIComponent(templateUri?.replace(/^.*\//, '') ?? '');
      return { version, docx: Buffer.from(file.docx).toString('base64'), lines: file.lines, problems: problem ? [`The template ${name} cannot be used, so the page has ITU’s form. ${problem}`] : [] };
    });
  },
};
