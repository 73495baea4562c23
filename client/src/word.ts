/** A text as a Word file: how it is asked for, and "Save as Word". */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import type { WordResult } from './preview/panel';
import type { View } from './views';

/**
 * Asks the server for the Word file of a text.
 * @throws where the server cannot write it, or `token` is cancelled
 */
export type RequestWord = (source: vscode.Uri, view: View, token?: vscode.CancellationToken) => Promise<WordResult>;

/** The template that the user's settings name for a text, as the server is told of it; nothing where there is none. */
export function templateOf(source: vscode.Uri): { template?: string } {
  const settings = vscode.workspace.getConfiguration('resolute', source);
  // A folder that is not trusted must not make us open what lies elsewhere.
  const path = ((vscode.workspace.isTrusted ? settings.get<string>('word.template') : settings.inspect<string>('word.template')?.globalValue) ?? '').trim(), folder = vscode.workspace.getWorkspaceFolder(source) ?? vscode.workspace.workspaceFolders?.[0];
  if (!path) return {};
  const uri = isAbsolute(path) ? vscode.Uri.file(path) : path.startsWith('~/') ? vscode.Uri.file(join(homedir(), path.slice(2))) : vscode.Uri.joinPath(folder?.uri ?? vscode.Uri.joinPath(source, '..'), path);
  return { template: uri.toString() };
}

const OPEN = 'Open in Word';
const REVEAL = 'Show in Folder';

/**
 * Asks where to save a view of a text, writes it there, and offers to open it.
 * @param storage the extension's own folder, where the user would not find the file again
 */
export async function saveAsWord(source: vscode.Uri, view: View, requestWord: RequestWord, storage: vscode.Uri): Promise<void> {
  const target = await vscode.window.showSaveDialog({ title: 'Save as Word', filters: { 'Word document': ['docx'] }, defaultUri: proposedFile(source, view, storage) });
  if (!target) return;
  const name = fileName(target);
  const progress = { location: vscode.ProgressLocation.Notification, title: `Writing ${name}…`, cancellable: true };
  const word = await vscode.window.withProgress(progress, async (_progress, token) => {
    try {
      const result = await requestWord(source, view, token);
      if (token.isCancellationRequested) return undefined;
      await vscode.workspace.fs.writeFile(target, result.docx);
      return result;
    } catch (error) {
      if (!token.isCancellationRequested) {
        const why = error instanceof Error ? error.message : String(error);
        void vscode.window.showErrorMessage(`${name} could not be saved. If it is open in Word, close it there and try again. (${why})`);
      }
      return undefined;
    }
  });
  if (word) await offer(target, word.problems ?? []);
}

/** Beside the text and with its name; where the text has no place of its own, in the folder that is open or the user's home. */
function proposedFile(source: vscode.Uri, view: View, storage: vscode.Uri): vscode.Uri {
  const homeless = source.scheme === 'untitled' || source.path.startsWith(`${storage.path}/`);
  const folder = homeless ? vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir()) : vscode.Uri.joinPath(source, '..');
  const name = fileName(source).replace(/\.resolution$/i, '');
  return vscode.Uri.joinPath(folder, view === 'marked' ? `${name}.docx` : `${name} (${view}).docx`);
}

async function offer(file: vscode.Uri, problems: readonly string[]): Promise<void> {
  // On another machine, or in a browser, there is no Word to open the file with and no folder window to show it in.
  const local = vscode.env.uiKind === vscode.UIKind.Desktop && !vscode.env.remoteName;
  const saved = `Saved ${fileName(file)}.`;
  let answer: string | undefined;
  if (local && !problems.length && vscode.workspace.getConfiguration('resolute').get<boolean>('word.openAfterSaving')) answer = OPEN;
  else if (problems.length) answer = await vscode.window.showWarningMessage(`${saved} ${problems.join(' ')}`, ...local ? [OPEN, REVEAL] : [REVEAL]);
  else answer = await vscode.window.showInformationMessage(saved, ...local ? [OPEN, REVEAL] : [REVEAL]);
  if (answer === OPEN) await vscode.env.openExternal(file);
  if (answer === REVEAL) await vscode.commands.executeCommand(local ? 'revealFileInOS' : 'revealInExplorer', file);
}

const fileName = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);
