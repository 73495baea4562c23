/** What a feature is: the capability it advertises, and how it answers. One file a feature, one line in `index.ts`. */
import type { CancellationToken, ClientCapabilities, Connection, ServerCapabilities } from 'vscode-languageserver';
import type { Documents } from './documents';
import type { Workspace } from './workspace';
import type { Comparing } from '../changes/compare';
import type { ProposalsAnswer, ProposalsRequest } from '../proposals/answer';
import type { ReadAnswer } from '../word/read';
import type { Clipboard, PasteAnswer } from '../word/read/clipboard';
import type { WordFile, WordView } from '../word/write';

export interface Context {
  readonly documents: Documents;
  readonly workspace: Workspace;
  /** Writes a Word file on a thread of its own, in the form of a template where one is given; null where `signal` says that nobody waits for it any more. */
  readonly writeWord: (text: string, view: WordView, signal: AbortSignal, template?: Uint8Array) => Promise<WordFile | null>;
  /** Reads a Word file on a thread of its own; null where `signal` says that nobody waits for it any more. */
  readonly readWord: (docx: Uint8Array, signal: AbortSignal) => Promise<ReadAnswer | null>;
  /** Reads a clipboard on a thread of its own; null where `signal` says that nobody waits for it any more. */
  readonly paste: (clipboard: Clipboard, signal: AbortSignal) => Promise<PasteAnswer | null>;
  /** Compares two texts (see `changes/compare.ts`) on a thread of its own; null where `signal` says that nobody waits for it any more. */
  readonly compare: (base: string, now: string, how: Comparing, signal: AbortSignal) => Promise<string | null>;
  /** Makes a draft or a table of proposals on a thread of its own; null where `signal` says that nobody waits for it any more. */
  readonly proposals: (request: ProposalsRequest, signal: AbortSignal) => Promise<ProposalsAnswer | null>;
  /** What the editor is able to show; empty until it has said so. */
  client: ClientCapabilities;
}

export interface Feature {
  readonly capability: ServerCapabilities;
  register(connection: Connection, context: Context): void;
}

/** Lets waiting messages in, a cancellation among them; for work that takes longer than a keystroke may wait. */
export async function breathe(token: CancellationToken): Promise<boolean> {
  await new Promise<void>(resolve => setImmediate(resolve));
  return token.isCancellationRequested;
}

/** A signal that is aborted when nobody waits for an answer any more. A request that was cancelled before it was begun says so nowhere but in its state. */
export function signalOf(token: CancellationToken): AbortSignal {
  if (token.isCancellationRequested) return AbortSignal.abort();
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}
