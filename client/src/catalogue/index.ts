/** Catalogues of ITU texts: the pages about terms that Go to Definition leads to, and the import of ITU's public records. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

/** The scheme of the pages; the server makes their addresses. */
const GLOSSARY = 'resolute-glossary';

type Request = <T>(method: string, params: object, ...token: vscode.CancellationToken[]) => Promise<T>;

/** Tells the server that this editor shows its pages. To be called before the server starts. */
export function showsGlossary(server: LanguageClient): void {
  server.registerFeature({
    fillClientCapabilities(capabilities) { capabilities.experimental = { ...capabilities.experimental, resoluteGlossary: true }; },
    initialize() { /* nothing to set up */ },
    getState: () => ({ kind: 'static' }),
    clear() { /* nothing to take down */ },
  });
}

/** Provides the pages, and the command that imports. */
export function catalogues(request: Request, server: LanguageClient): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(GLOSSARY, {
      provideTextDocumentContent: async uri => (await request<{ text: string } | null>('resolute/glossary', { uri: uri.toString() }))?.text ?? 'Nothing is known of this any more.',
    }),
    vscode.commands.registerCommand('resolute.importCatalogue', () => importRecords(request, server)),
  );
}

const FOLDER = 'A folder', ARCHIVE = 'A ZIP archive';

/** Asks for the records and for where the catalogue goes, and makes it; the server takes it in when it sees the new file. */
async function importRecords(request: Request, server: LanguageClient): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) {
    void vscode.window.showInformationMessage('Open the folder with your texts first: the catalogue is kept beside them.');
    return;
  }
  const where = await vscode.window.showQuickPick([{ label: FOLDER, detail: 'unpacked records, one file each' }, { label: ARCHIVE, detail: 'as downloaded' }], { title: 'Import Recommendations', placeHolder: 'Where are the public records of ITU (relaton data)?' });
  if (!where) return;
  const isFolder = where.label === FOLDER;
  const [source] = await vscode.window.showOpenDialog({ title: 'Records of ITU', openLabel: 'Import', canSelectFolders: isFolder, canSelectFiles: !isFolder, ...isFolder ? {} : { filters: { 'ZIP archive': ['zip'] } } }) ?? [];
  if (!source) return;
  const target = vscode.Uri.joinPath(folder.uri, 'recommendations.catalogue.json');
  const progress = { location: vscode.ProgressLocation.Notification, title: 'Importing Recommendations…', cancellable: true };
  await vscode.window.withProgress(progress, async (report, token) => {
    const listening = server.onNotification('resolute/importProgress', ({ read }: { read: number }) => report.report({ message: `${read} records` }));
    try {
      const { text, recommendations } = await request<{ text: string; recommendations: number }>('resolute/importCatalogue', { uri: source.toString() }, token);
      if (token.isCancellationRequested) return;
      await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
      void vscode.window.showInformationMessage(`${recommendations} Recommendations are known now. They are kept in recommendations.catalogue.json; delete the file to forget them.`);
    } catch (error) {
      if (!token.isCancellationRequested) void vscode.window.showErrorMessage(`Nothing was imported. ${error instanceof Error ? error.message : String(error)}`);
    } finally { listening.dispose(); }
  });
}
