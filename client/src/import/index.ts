/** What comes in from Word: files, by a command or when one is opened or dropped on the editor, and what is pasted. */
import * as vscode from 'vscode';
import { pasting } from './paste';
import { tellReport, type Report } from './report';

type Request = <T>(method: string, params: object, ...token: vscode.CancellationToken[]) => Promise<T>;
interface Imported { text: string; report: Report }

const VIEW_TYPE = 'resolute.wordFile';

/** Registers the command, the opening of Word files, and pasting. */
export function wordImport(request: Request): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('resolute.importWord', async (given?: vscode.Uri, selected?: vscode.Uri[]) => {
      const files = selected?.length ? selected : given ? [given] : await vscode.window.showOpenDialog({ title: 'Import Word', filters: { 'Word document': ['docx'] }, canSelectMany: true });
      if (files?.length) await importWord(files, request);
    }),
    // A Word file that is opened or dropped becomes a text; the tab that VS Code made for the file itself goes.
    vscode.window.registerCustomEditorProvider(VIEW_TYPE, {
      openCustomDocument: uri => ({ uri, dispose: () => {} }),
      resolveCustomEditor: ({ uri }, panel) => {
        const says = (words: string) => { panel.webview.html = `<!DOCTYPE html><html><body><p>${words}</p></body></html>`; };
        // An earlier version, in a comparison of versions: nothing that somebody wants to edit.
        if (uri.scheme === 'git') return says('Word files are not compared here. Import both and compare the texts.');
        says('Reading the Word file…');
        // Not before VS Code is done with opening: it cannot close a tab that it is still making.
        setTimeout(() => void importWord([uri], request).finally(() => panel.dispose()));
      },
    } satisfies vscode.CustomReadonlyEditorProvider),
    pasting(request),
  );
}

/** Reads Word files and opens each as a text beside it that is not saved yet; says what could not be kept. */
async function importWord(files: readonly vscode.Uri[], request: Request): Promise<void> {
  const location = vscode.ProgressLocation.Notification, title = files.length > 1 ? `Reading ${files.length} Word files` : `Reading ${nameOf(files[0]!)}…`;
  await vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    for (const file of files) {
      const name = nameOf(file);
      if (files.length > 1) progress.report({ message: `${name}…`, increment: 100 / files.length });
      try {
        const imported = await request<Imported>('resolute/importWord', { docx: Buffer.from(await vscode.workspace.fs.readFile(file)).toString('base64') }, token);
        if (token.isCancellationRequested) return;
        await show(imported.text, await freeName(file));
        tellReport(name, imported.report);
      } catch (error) {
        if (token.isCancellationRequested) return;
        void vscode.window.showErrorMessage(`${name} could not be read. ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  });
}

const nameOf = ({ path }: vscode.Uri): string => path.slice(path.lastIndexOf('/') + 1);

/** Opens a text under a name that it has when it is saved. */
async function show(text: string, target: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(target);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(target, new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
  await vscode.languages.setTextDocumentLanguage(document, 'resolution');
  await vscode.window.showTextDocument(document, { preview: false });
}

/** `name.resolution` beside the Word file, as a text that is not saved yet; with a number where there is one of that name. */
async function freeName(file: vscode.Uri): Promise<vscode.Uri> {
  const base = file.path.replace(/\.docx$/i, '');
  for (let n = 1; ; n++) {
    const path = `${base}${n > 1 ? ` (${n})` : ''}.resolution`, target = file.with({ path });
    const isOpen = vscode.workspace.textDocuments.some(({ uri }) => uri.path === path);
    if (!isOpen && !await vscode.workspace.fs.stat(target).then(() => true, () => false)) return target.with({ scheme: 'untitled' });
  }
}
