/** resolute/compare and resolute/propose: a text that says what became of another, and a new proposal to change a text in force. */
import { LSPErrorCodes, RequestType, ResponseError } from 'vscode-languageserver';
import { meetingOf, propose, type Proposing } from '../changes/propose';
import type { Document } from '../markup/document';
import { signalOf, type Feature } from './feature';

/** A text of the workspace, or one that is given. */
export type Given = { readonly uri: string } | { readonly text: string };

export const CompareRequest = new RequestType<{ base: Given; now: Given; drafts?: boolean; author?: string }, { text: string }, void>('resolute/compare');
/** `uri`: the text in force. */
export const ProposeRequest = new RequestType<Omit<Proposing, 'base'> & { uri: string }, { text: string }, void>('resolute/propose');
/** Where and when a meeting takes place; null where that is not known. */
export const MeetingRequest = new RequestType<{ name: string }, { place: string; year: string } | null, void>('resolute/meeting');

export const compare: Feature = {
  capability: {},
  register(connection, { workspace, compare: compared }) {
    const read = async (uri: string): Promise<Document> => {
      const document = await workspace.document(uri);
      if (!document) throw new ResponseError(LSPErrorCodes.RequestFailed, 'The text is not open and could not be read.');
      return document;
    };
    const textOf = async (given: Given): Promise<string> => 'text' in given ? given.text : (await read(given.uri)).text;
    connection.onRequest(CompareRequest, async ({ base, now, drafts, author }, token) => {
      const [old, fresh] = await Promise.all([textOf(base), textOf(now)]), signal = signalOf(token);
      const text = signal.aborted ? null : await compared(old, fresh, { ...drafts === undefined ? {} : { drafts }, ...author === undefined ? {} : { author } }, signal);
      if (text === null) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      return { text };
    });
    connection.onRequest(MeetingRequest, ({ name }) => meetingOf(name));
    connection.onRequest(ProposeRequest, async ({ uri, ...proposing }) => {
      const document = await read(uri);
      // The proposal is made beside the text in force.
      const text = propose(document, { ...proposing, base: decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)) });
      if (text === null) throw new ResponseError(LSPErrorCodes.RequestFailed, 'This text holds no resolution that could be modified: no line such as “RESOLUTION 98 (Rev. Geneva, 2022)”.');
      return { text };
    });
  },
};
