/** The editor's side: starts the language server and wires the commands. What a resolution is, only the server knows. */
import * as vscode from 'vscode';
import { LanguageClient, State, TransportKind } from 'vscode-languageclient/node';
import { WordPreview, type WordResult } from './preview/panel';
import { catalogues, showsGlossary } from './catalogue';
import { trackedChanges } from './changes';
import { asCommands, trackedAsCommand } from './changes/edits';
import { Lenses } from './changes/lenses';
import { registerRecording } from './changes/recording';
import { wordImport } from './import';
import { numbering } from './numbering';
import { proposals } from './proposals';
import { newContribution, openExample } from './templates';
import { provideViews, readView, VIEW_SCHEME, viewUri, type View } from './views';
import { saveAsWord, templateOf, type RequestWord } from './word';

let client: LanguageClient | undefined;

export function activate(context: vscode.ExtensionContext): void {
  registerRecording(context); // first: of an edit it is told before all others, so that nobody keeps the correction waiting
  const server = startServer(context);
  client = server;
  const request = <T>(method: string, params: object, ...token: vscode.CancellationToken[]): Promise<T> => server.sendRequest<T>(method, params, ...token)
    .catch((error: Error) => { throw new Error(error.message.replace(/^Request \S+ failed with message: /, '')); }); // the user reads it

  const requestView = async (source: vscode.Uri, view: View): Promise<string> => {
    const answer = await request<{ text: string } | null>('resolute/view', { uri: source.toString(), view });
    if (!answer) throw new Error('The text is not there any more.');
    return answer.text;
  };
  const requestWord: RequestWord = async (source, view, token) => {
    const word = await request<Omit<WordResult, 'docx'> & { docx: string }>('resolute/word', { uri: source.toString(), view, ...templateOf(source) }, ...token ? [token] : []);
    return { ...word, docx: new Uint8Array(Buffer.from(word.docx, 'base64')) }; // a plain array: a page cannot be sent a Buffer
  };

  const preview = new WordPreview(context, (uri, token) => requestWord(vscode.Uri.parse(uri, true), 'marked', token));
  const show = async (source: vscode.Uri, view: View) => {
    const options = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true };
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(viewUri(source, view)), options);
  };

  const commands: Record<string, (uri?: vscode.Uri) => unknown> = {
    newContribution,
    openExample: () => openExample(context),
    openPreview: ofText(async ({ source }) => {
      preview.open(await vscode.workspace.openTextDocument(source), vscode.ViewColumn.Beside);
    }),
    exportWord: ofText(async ({ source, view }) => {
      await vscode.workspace.openTextDocument(source); // the server answers for open texts
      await saveAsWord(source, view, requestWord, context.globalStorageUri);
    }),
    showOriginal: ofText(({ source }) => show(source, 'original')),
    showFinal: ofText(({ source }) => show(source, 'final')),
    restartServer: () => server.restart(),
    showServerLog: () => server.outputChannel.show(),
  };
  for (const [name, run] of Object.entries(commands)) context.subscriptions.push(vscode.commands.registerCommand(`resolute.${name}`, run));
  context.subscriptions.push(preview, provideViews(requestView), showState(server), noticeTyping());
  context.subscriptions.push(trackedChanges(request), numbering(request), proposals(request), wordImport(request), catalogues(request, server));
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop();
}

/** Starts the server without waiting for it: requests wait by themselves. */
function startServer(context: vscode.ExtensionContext): LanguageClient {
  // What cannot be edited needs no corrections: the views, and a text's earlier versions in a comparison.
  const readOnly = (uri: vscode.Uri) => uri.scheme === VIEW_SCHEME || uri.scheme === 'git';
  const lenses = new Lenses(() => server), server: LanguageClient = new LanguageClient('resolute', 'Resolute',
    { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.stdio },
    {
      documentSelector: [{ language: 'resolution' }],
      middleware: {
        provideCodeActions: async (document, range, context, token, next) => {
          const { uri, version } = document;
          return asCommands(await next(document, range, context, token) ?? [], { uri, version }, range);
        },
        resolveCodeAction: async (action, token, next) => { const resolved = await next(action, token); return resolved && trackedAsCommand(resolved); },
        provideCodeLenses: (document, token) => lenses.provide(document, token),
        handleDiagnostics: (uri, diagnostics, next) => next(uri, readOnly(uri) ? [] : diagnostics),
        provideDiagnostics: (document, previousResultId, token, next) =>
          readOnly('uri' in document ? document.uri : document) ? undefined : next(document, previousResultId, token),
      },
    });
  context.subscriptions.push(lenses);
  showsGlossary(server);
  server.start().catch(() => { /* the client has said why, and the status shows it */ });
  return server;
}

/** The server's state, beside the name of the language in the status bar. */
function showState(server: LanguageClient): vscode.Disposable {
  const status = vscode.languages.createLanguageStatusItem('resolute', { language: 'resolution' });
  status.name = 'Resolute';
  const update = (state: State) => {
    const stopped = state === State.Stopped || state === State.StartFailed;
    status.busy = state === State.Starting;
    status.text = stopped ? 'Resolute has stopped: no checks, no Word page' : status.busy ? 'Resolute is starting' : 'Resolute checks this text';
    status.severity = stopped ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    status.command = stopped ? { command: 'resolute.restartServer', title: 'Start again' } : { command: 'resolute.showServerLog', title: 'Show log' };
  };
  update(server.state);
  return vscode.Disposable.from(status, server.onDidChangeState(({ newState }) => update(newState)));
}

/** Tells the walkthrough once the user has typed into a resolution. */
function noticeTyping(): vscode.Disposable {
  const listener = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (document.languageId !== 'resolution' || !contentChanges.some(({ text }) => text.length === 1)) return;
    listener.dispose();
    void vscode.commands.executeCommand('setContext', 'resolute.hasTyped', true);
  });
  return listener;
}

/** A command about the text it is given by a menu, or else the one in the active editor. */
function ofText(run: (text: { source: vscode.Uri; view: View }) => Promise<void>) {
  return async (given?: vscode.Uri): Promise<void> => {
    const active = vscode.window.activeTextEditor?.document;
    const uri = given ?? (active?.languageId === 'resolution' ? active.uri : undefined);
    if (uri) await run(readView(uri));
    else void vscode.window.showInformationMessage('Open a resolution first.');
  };
}
