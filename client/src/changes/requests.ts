/** What the server is asked about tracked changes, as it goes over the wire. */
import * as vscode from 'vscode';

/** A position: line and UTF-16 offset in it, both from 0. */
export interface WirePosition { line: number; character: number }
export interface WireRange { start: WirePosition; end: WirePosition }

/** The words of one mark, and the signs around them: brackets, dividers, whose it is. */
export interface Mark {
  kind: 'insertion' | 'deletion' | 'comment' | 'highlight';
  range: WireRange;
  signs: WireRange[];
  /** The first of several; null where nothing says whose it is. */
  author: string | null;
  date: string | null;
  id: number;
}

/** A row of what is proposed, with what it consists of. */
export interface Node {
  kind: 'proposal' | 'text' | 'section' | 'clause' | 'block' | 'change' | 'bracket';
  name: string;
  status?: Status;
  authors: string[];
  /** How many changes there are in it. */
  insertions: number;
  deletions: number;
  range: WireRange;
  /** Of a clause that moved: where it stood; and that in words, with what has changed in it. */
  from?: WireRange;
  note?: string;
  children: Node[];
  /** Of a change: the words that go and those that come. */
  before?: string;
  after?: string;
  date?: string;
}

export type Status = 'ADD' | 'SUP' | 'MOD' | 'moved' | 'renumbered' | 'NOC';
export type Action = 'accept' | 'reject';
export type Scope = { ranges: WireRange[] } | { clause: WirePosition } | { section: WirePosition } | { author: string } | { all: true };
/** Edits of the text as it was at a version. */
export interface Edits { version: number; edits: { range: WireRange; newText: string }[] }
/** A text that a comparison reads: a file, or what is given. */
export type Text = { uri: string } | { text: string };

export interface Requests {
  'resolute/marks': [{ uri: string; startLine: number; endLine: number }, { version: number; marks: Mark[] } | null];
  'resolute/changes': [{ uri: string }, { version: number; roots: Node[] } | null];
  'resolute/decide': [{ uri: string; version: number; action: Action; scope: Scope }, Edits | null];
  'resolute/nextChange': [{ uri: string; position: WirePosition; forward: boolean }, WireRange | null];
  'resolute/attribute': [{ uri: string; author: string | null; from?: string }, Edits | null];
  'resolute/brackets': [{ uri: string; position: WirePosition; action: 'remove' | 'empty' | 'choose'; alternative?: number }, Edits | null];
  'resolute/alternatives': [{ uri: string; position: WirePosition }, string[]];
  'resolute/compare': [{ base: Text; now: Text; drafts?: boolean; author?: string }, { text: string }];
  'resolute/propose': [{ uri: string; meeting: string; place: string; year: string; source: string; sponsor: string; document?: string; addendum?: string }, { text: string }];
  'resolute/meeting': [{ name: string }, { place: string; year: string } | null];
}

/** Asks the server; rejects where it cannot answer, with a message for the user. */
export type Ask = <M extends keyof Requests>(method: M, params: Requests[M][0]) => Promise<Requests[M][1]>;

export const rangeOf = ({ start, end }: WireRange): vscode.Range => new vscode.Range(start.line, start.character, end.line, end.character);
export const wire = ({ line, character }: vscode.Position): WirePosition => ({ line, character });
export const wireRange = ({ start, end }: vscode.Range): WireRange => ({ start: wire(start), end: wire(end) });
