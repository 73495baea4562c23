/** What the tests in the extension host share: texts in editors, and answers that come when the server is ready. */
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Where the cursor stands in a text that a test writes down. */
const CURSOR = '|';

/** Shows a new resolution; a `|` in it is the cursor, and no part of the text. */
export async function write(marked: string): Promise<vscode.TextEditor> {
  const offset = marked.indexOf(CURSOR);
  const document = await vscode.workspace.openTextDocument({ language: 'resolution', content: marked.replace(CURSOR, '') });
  const editor = await vscode.window.showTextDocument(document);
  if (offset >= 0) putCursor(editor, document.positionAt(offset));
  return editor;
}

/** Shows a file of the folder that is open: a copy of examples/. */
export async function example(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(exampleUri(name));
}

export const exampleUri = (name: string): vscode.Uri => vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, name);

export function putCursor(editor: vscode.TextEditor, at: vscode.Position): void {
  editor.selection = new vscode.Selection(at, at);
}

/** The position `inside` characters into the first occurrence of some words; a blank stands for one that does not break, too. */
export function at(document: vscode.TextDocument, words: string, inside = 0): vscode.Position {
  const offset = document.getText().replaceAll('\u00a0', ' ').indexOf(words);
  if (offset < 0) throw new Error(`“${words}” does not stand in the text.`);
  return document.positionAt(offset + inside);
}

/** Types as a user does, one key after another: what the editor does by itself on a key happens too. */
export async function type(text: string): Promise<void> {
  for (const key of text) await vscode.commands.executeCommand('type', { text: key });
}

/** Asks until the answer is as it should be; Mocha's time is the limit. */
export async function eventually<T>(ask: () => T | Thenable<T>, good: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (good(answer)) return answer;
    await setTimeout(20);
  }
}

/** What a language feature answers about a document; asks until there is something. */
export async function ask<T>(command: string, document: vscode.TextDocument, ...more: unknown[]): Promise<T[]> {
  return eventually<T[]>(async () => await vscode.commands.executeCommand<T[] | undefined>(command, document.uri, ...more) ?? [], answer => answer.length > 0);
}

/** What is found in a document, once `good` holds of it. */
export async function findings(document: vscode.TextDocument, good: (found: vscode.Diagnostic[]) => boolean): Promise<vscode.Diagnostic[]> {
  return eventually(() => vscode.languages.getDiagnostics(document.uri), good);
}

/** The extension under test. */
export const resolute = (): vscode.Extension<unknown> => vscode.extensions.getExtension('resolute.resolute')!;

/** Closes one editor after the other: all at once, VS Code would ask about those that were never saved. */
export async function closeEverything(): Promise<void> {
  while (vscode.window.tabGroups.all.some(({ tabs }) => tabs.length)) await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}
