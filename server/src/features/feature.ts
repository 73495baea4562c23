/** What a feature is: the capability it advertises, and how it answers. One file a feature, one line in `index.ts`. */
import type { CancellationToken, Connection, ServerCapabilities } from 'vscode-languageserver';
import type { Documents } from './documents';
import type { Workspace } from './workspace';

export interface Context {
  readonly documents: Documents;
  readonly workspace: Workspace;
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
