/** resolute/consolidate, resolute/updateDraft and resolute/sideBySide: several proposals as one draft, that draft brought up to date, and a table. */
import { LSPErrorCodes, RequestType, ResponseError, type CancellationToken } from 'vscode-languageserver';
import type { ProposalsAnswer, ProposalsRequest } from '../proposals/answer';
import type { Review } from '../proposals/consolidate';
import type { How } from '../proposals/table';
import { signalOf, type Feature } from './feature';

/** Which texts; `base`: the text in force, null for what most of the proposals start from. */
export interface Chosen { readonly uris: readonly string[]; readonly base: string | null }

/** Lines of `review` count from 0; -1 for what is about a proposal as a whole. */
export const ConsolidateRequest = new RequestType<Chosen, { text: string; review: readonly Review[] }, void>('resolute/consolidate');
/** `draft`: a draft as it stands now; `was`: the proposals of which it was made, as they were then. */
export const UpdateDraftRequest = new RequestType<Chosen & { draft: string; was: readonly string[] }, { text: string; review: readonly Review[] }, void>('resolute/updateDraft');
/** `docx` in base64; `html` a page. */
export const SideBySideRequest = new RequestType<Chosen & How & { form: 'docx' | 'html'; paper: 'A4' | 'A3'; marks: 'tracked' | 'drawn' }, { docx: string } | { html: string }, void>('resolute/sideBySide');

export const proposals: Feature = {
  capability: {},
  register(connection, { workspace, proposals: ask }) {
    const read = async (uri: string) => {
      const document = await workspace.document(uri), name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
      if (!document) throw new ResponseError(LSPErrorCodes.RequestFailed, `${name} is not open and could not be read.`);
      return { name, text: document.text };
    };
    const made = async ({ uris, base }: Chosen, make: ProposalsRequest['make'], token: CancellationToken): Promise<Exclude<ProposalsAnswer, { problem: string }>> => {
      const answer = await ask({ proposals: await Promise.all(uris.map(read)), base: base === null ? null : await read(base), make }, signalOf(token));
      if (!answer) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      if ('problem' in answer) throw new ResponseError(LSPErrorCodes.RequestFailed, answer.problem);
      return answer;
    };
    connection.onRequest(ConsolidateRequest, async (chosen, token) => {
      const answer = await made(chosen, { of: 'draft' }, token);
      return 'text' in answer ? answer : { text: '', review: [] };
    });
    connection.onRequest(UpdateDraftRequest, async ({ draft, was, ...chosen }, token) => {
      const answer = await made(chosen, { of: 'update', draft: (await read(draft)).text, was: await Promise.all(was.map(read)) }, token);
      return 'text' in answer ? answer : { text: '', review: [] };
    });
    connection.onRequest(SideBySideRequest, async ({ form, ...chosen }, token) => {
      const answer = await made(chosen, { of: form, paper: chosen.paper, marks: chosen.marks, withBase: chosen.withBase, unchanged: chosen.unchanged }, token);
      return 'docx' in answer ? { docx: Buffer.from(answer.docx).toString('base64') } : { html: 'html' in answer ? answer.html : '' };
    });
  },
};
