/** Word files that come in: a command, and what happens when one is opened or dropped on the editor. */
import * as vscode from 'vscode';

type Request = <T>(method: string, params: object, ...token: vscode.CancellationToken[]) => Promise<T>;
interface Imported { text: string; report: { message: string; paragraph: string }[] }

const VIEW_TYPE = 'resolute.wordFile';
const SHOW = 'Show What Changed';

/** Registers the command and the opening of Word files. */
export function wordImport(request: Request): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('resolute.importWord', async (given?: vscode.Uri) => {
      const files = given ? [given] : await vscode.window.showOpenDialog({ title: 'Import Word', filters: { 'Word document': ['docx'] }, canSelectMany: true });
      for (const file of files ?? []) await importWord(file, request);
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
        setTimeout(() => void importWord(uri, request).finally(() => panel.dispose()));
      },
    } satisfies vscode.CustomReadonlyEditorProvider),
  );
}

/** Reads a Word file and opens it as a text beside it that is not saved yet; says what could not be kept. */
async function importWord(file: vscode.Uri, request: Request): Promise<void> {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const progress = { location: vscode.ProgressLocation.Notification, title: `Reading ${name}…`, cancellable: true };
  const imported = await vscode.window.withProgress(progress, async (_progress, token) => {
    try {
      return await request<Imported>('resolute/importWord', { docx: Buffer.from(await vscode.workspace.fs.readFile(file)).toString('base64') }, token);
    } catch (error) {
      if (!token.isCancellationRequested) void vscode.window.showErrorMessage(`${name} could not be read. ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  });
  if (!imported) return;
  await show(imported.text, await freeName(file));
  if (!imported.report.length) return;
  const count = imported.report.length;
  // Not waited for: the message stays for as long as the user likes.
  void vscode.window.showInformationMessage(`${name}: ${count === 1 ? 'one thing' : `${count} things`} could not be kept as in Word.`, SHOW).then(async answer => {
    if (answer === SHOW) await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content: listed(name, imported.report) }), { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  });
}

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

function listed(name: string, report: Imported['report']): string {
  const plain = (text: string) => text.replace(/[\\`*_[\]<>#|]/g, '\\$&');
  return [`# ${plain(name)}: what could not be kept as in Word`, '', ...report.map(({ message, paragraph }) => `- ${paragraph && `“${plain(paragraph)}”: `}${plain(message)}`), ''].join('\n');
}
