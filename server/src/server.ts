/** The language server: documents in, features wired. It knows neither Node nor a browser; its doors do. */
import { DidChangeWatchedFilesNotification, TextDocumentSyncKind, type Connection, type InitializeResult, type ServerCapabilities } from 'vscode-languageserver';
import { Documents } from './features/documents';
import { features } from './features/index';
import { Workspace, type Files } from './features/workspace';
import type { Context } from './features/feature';

export interface Surroundings {
  readonly files: Files;
  readonly writeWord: Context['writeWord'];
  readonly readWord: Context['readWord'];
  readonly paste: Context['paste'];
  readonly compare: Context['compare'];
  readonly proposals: Context['proposals'];
  readonly version: string;
}

/** Wires a connection and listens on it. */
export function serve(connection: Connection, { files, writeWord, readWord, paste, compare, proposals, version }: Surroundings): void {
  const documents = new Documents(), workspace = new Workspace(documents, files);
  const context: Context = { documents, workspace, writeWord, readWord, paste, compare, proposals, client: {} };
  connection.onInitialize(({ workspaceFolders, rootUri, capabilities }): InitializeResult => {
    context.client = capabilities;
    workspace.folders = workspaceFolders?.map(folder => folder.uri) ?? (rootUri ? [rootUri] : []);
    watch = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false;
    follow = capabilities.workspace?.workspaceFolders ?? false;
    const merged: ServerCapabilities = { textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental }, workspace: { workspaceFolders: { supported: true, changeNotifications: true } } };
    for (const { capability } of features) Object.assign(merged, capability);
    return { capabilities: merged, serverInfo: { name: 'Resolute', version } };
  });
  let watch = false, follow = false;
  connection.onInitialized(() => {
    if (watch) void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*.{resolution,catalogue.json}' }] });
    if (follow) connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(folder => folder.uri));
      workspace.folders = [...workspace.folders.filter(uri => !gone.has(uri)), ...added.map(folder => folder.uri)];
    });
  });
  // The documents come before the features, so that these hear of a change after it is made.
  connection.onDidOpenTextDocument(({ textDocument: { uri, version: n, text } }) => documents.didOpen(uri, n, text));
  connection.onDidChangeTextDocument(params => documents.didChange(params));
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => { documents.didClose(uri); workspace.changed(uri); });
  connection.onDidChangeWatchedFiles(({ changes }) => { for (const { uri } of changes) workspace.changed(uri); });
  for (const feature of features) feature.register(connection, context);
  connection.listen();
}
