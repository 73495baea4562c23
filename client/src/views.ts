/** The original and the final text of a marked text, as read-only documents that follow it. */
import * as vscode from 'vscode';

/** What a text is read as: with its marks, with all changes rejected, or with all accepted. */
export type View = 'marked' | 'original' | 'final';

export const VIEW_SCHEME = 'resolute-view';

/** How long the typing must pause before the views follow, in milliseconds: they are long documents that nobody edits. */
const PAUSE = 200;

/** The document that shows a view of `source`. Its name ends as a resolution's does, so it is coloured as one. */
export function viewUri(source: vscode.Uri, view: View): vscode.Uri {
  const path = source.path.replace(/(?:\.resolution)?$/i, ` (${view}).resolution`);
  return vscode.Uri.from({ scheme: VIEW_SCHEME, path: path.startsWith('/') ? path : `/${path}`, query: `${view} ${source.toString()}` });
}

/** Which text a document is about, and as what it shows it. */
export function readView(uri: vscode.Uri): { source: vscode.Uri; view: View } {
  if (uri.scheme !== VIEW_SCHEME) return { source: uri, view: 'marked' };
  const [view, source] = uri.query.split(' ', 2);
  return { source: vscode.Uri.parse(source!, true), view: view as View };
}

/**
 * Provides the documents of the scheme, and renews those that are open when their text changes.
 * @param requestView asks the server for the text of a view
 */
export function provideViews(requestView: (source: vscode.Uri, view: View) => Promise<string>): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let pause: ReturnType<typeof setTimeout> | undefined;
  const renew = (source: string) => vscode.workspace.textDocuments
    .filter(({ uri }) => uri.scheme === VIEW_SCHEME && readView(uri).source.toString() === source)
    .forEach(({ uri }) => changed.fire(uri));
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(VIEW_SCHEME, {
      onDidChange: changed.event,
      async provideTextDocumentContent(uri) {
        const { source, view } = readView(uri);
        await vscode.workspace.openTextDocument(source); // the server answers for open texts
        return requestView(source, view);
      },
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.languageId !== 'resolution' || document.uri.scheme === VIEW_SCHEME || !contentChanges.length) return;
      clearTimeout(pause);
      pause = setTimeout(renew, PAUSE, document.uri.toString());
    }),
    new vscode.Disposable(() => clearTimeout(pause)),
  );
}
