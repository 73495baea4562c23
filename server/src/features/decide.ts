/** resolute/decide, resolute/attribute, resolute/brackets: the edits that decide about changes, say whose they are, and settle what stands in brackets. */
import { RequestType, type Position, type Range, type TextEdit } from 'vscode-languageserver';
import type { Document } from '../markup/document';
import type { Edit } from '../markup/edit';
import { bracketsAt, settle, type Settlement } from '../changes/brackets';
import { attribute, decide as decided, extent, type Decision, type Which } from '../changes/decide';
import { placedAt } from '../contribution/runs';
import type { Feature } from './feature';
import { textEdits } from './formatting';
import { readingOf } from './place';

/** Which changes: those that touch a range (or stand at a cursor), those of the clause or section of a position, those of an author, or all. */
export type Scope = { readonly ranges: readonly Range[] } | { readonly clause: Position } | { readonly section: Position } | { readonly author: string } | { readonly all: true };
/** Edits of a document as it was at a version. */
export interface VersionedEdits { readonly version: number; readonly edits: TextEdit[] }

/** Null where the document has changed since `version`: the positions of the scope may mean something else by now. */
export const DecideRequest = new RequestType<{ uri: string; version: number; action: Decision; scope: Scope }, VersionedEdits | null, void>('resolute/decide');
export const AttributeRequest = new RequestType<{ uri: string; author: string | null; from?: string }, VersionedEdits | null, void>('resolute/attribute');
export const BracketsRequest = new RequestType<{ uri: string; position: Position; action: Settlement; alternative?: number }, VersionedEdits | null, void>('resolute/brackets');
/** The words to choose from in the brackets at a position; none where there is no choice. */
export const AlternativesRequest = new RequestType<{ uri: string; position: Position }, string[], void>('resolute/alternatives');

export const decide: Feature = {
  capability: {},
  register(connection, { documents }) {
    const answer = (uri: string, edits: (document: Document) => readonly Edit[]): VersionedEdits | null => {
      const open = documents.get(uri);
      return open ? { version: open.version, edits: textEdits(open.document, edits(open.document)) } : null;
    };
    connection.onRequest(DecideRequest, ({ uri, version, action, scope }) =>
      documents.get(uri)?.version === version ? answer(uri, document => { const which = whichOf(document, scope); return which ? decided(document, action, which) : []; }) : null);
    connection.onRequest(AttributeRequest, ({ uri, author, from }) => answer(uri, document => attribute(document, { author, ...from === undefined ? {} : { from } })));
    connection.onRequest(BracketsRequest, ({ uri, position, action, alternative }) => answer(uri, document => settle(document, document.offsetAt(position), action, alternative === undefined ? {} : { alternative })));
    connection.onRequest(AlternativesRequest, ({ uri, position }) => {
      const document = documents.get(uri)?.document;
      return document ? bracketsAt(document, document.offsetAt(position))?.alternatives.map(({ start, end }) => document.slice(start, end)) ?? [] : [];
    });
  },
};

/** A scope in offsets; null where it holds nothing. */
function whichOf(document: Document, scope: Scope): Which | null {
  if ('ranges' in scope) return { range: scope.ranges.map(({ start, end }) => ({ start: document.offsetAt(start), end: document.offsetAt(end) })) };
  if ('author' in scope) return { author: scope.author };
  if ('all' in scope) return {};
  const placed = document.blockAt(document.offsetAt('clause' in scope ? scope.clause : scope.section));
  if (!placed) return null;
  if ('clause' in scope) return { range: extent(document, placed) };
  const head = placedAt(document, placed.group, 0);
  // What stands before the first heading is under none.
  return { range: readingOf(head.block)?.kind === 'clause' ? { start: head.start, end: document.groupStart(head.group + 1).start } : extent(document, head) };
}
