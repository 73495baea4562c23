/** What a feature is: the capability it advertises, and how it answers. One file a feature, one line in `index.ts`. */
import type { CancellationToken, ClientCapabilities, Connection, ServerCapabilities } from 'vscode-languageserver';
import type { Documents } from './documents';
import type { Workspace } from './workspace';
import type { WordView } from '../word/write';

export interface Context {
  readonly documents: Documents;
  readonly workspace: Workspace;
  /** Writes a Word file on a thread of its own; null where `signal` says that nobody waits for it any more. */
  readonly writeWord: (text: string, view: WordView, signal: AbortSignal) => Promise<{ docx: Uint8Array; lines: readonly number[] } | null>;
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
