/** Edits that the server proposes, made in the editor: each a single step to undo. */
import * as vscode from 'vscode';
import { rangeOf, wireRange, type Action, type Edits } from './requests';

/** The texts for which recording is on, by their URIs. */
export const recorded = new Set<string>();

const deciding = new Set<string>();

/** Whether a text is being edited by what this file does: a decision about changes is no change that anybody proposes. */
export const isDecided = (document: vscode.TextDocument): boolean => deciding.has(document.uri.toString());

/** Makes an edit of a text that is not recorded: what it is to track, it tracks itself. */
export async function unrecorded<T>({ uri }: vscode.TextDocument, make: () => Thenable<T>): Promise<T> {
  deciding.add(uri.toString());
  try { return await make(); } finally { deciding.delete(uri.toString()); }
}

/**
 * Asks for edits and makes them; asks again where the text was changed meanwhile.
 * @returns whether there was something to edit
 * @throws where the text changes all the time, or cannot be changed
 */
export async function edited(document: vscode.TextDocument, request: (version: number) => Promise<Edits | null>): Promise<boolean> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const answer = await request(document.version);
    if (answer?.version !== document.version) continue;
    if (!answer.edits.length) return false;
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, answer.edits.map(({ range, newText }) => vscode.TextEdit.replace(rangeOf(range), newText)));
    if (await unrecorded(document, () => vscode.workspace.applyEdit(edit))) return true; // false: somebody typed before it arrived
  }
  throw new Error('The text could not be changed. Try again.');
}

/** Shows a place of a text in the column where the text is open already, and selects it; the keyboard goes there, unless it is to stay where it is. */
export async function show(document: vscode.TextDocument, range: vscode.Range, preserveFocus = false): Promise<void> {
  const group = vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === document.uri.toString()));
  await vscode.window.showTextDocument(document, { selection: range, preserveFocus, ...group && { viewColumn: group.viewColumn } });
}

/**
 * The server's actions for a place, those that decide about changes as commands: what VS Code itself edits would be recorded as a change.
 * @param range the place that they were asked for, in that version of the text
 */
export const asCommands = (actions: readonly (vscode.Command | vscode.CodeAction)[], { uri, version }: Pick<vscode.TextDocument, 'uri' | 'version'>, range: vscode.Range): (vscode.Command | vscode.CodeAction)[] =>
  actions.map(action => {
    const { decision } = (action as { data?: { decision?: Action } }).data ?? {};
    if (!decision || !('kind' in action)) return action;
    const decided = new vscode.CodeAction(action.title, action.kind);
    decided.command = { title: action.title, command: `resolute.${decision}In`, arguments: [uri.toString(), wireRange(range), version] };
    return decided;
  });

/** An action whose edits are tracked already, as a correction's are in a text with tracked changes, or that decides about such: where changes are recorded as a command, so that these are not. */
export function trackedAsCommand<A extends vscode.CodeAction>(action: A): A {
  const { edit, title } = action;
  if (!edit?.entries().some(([uri, edits]) => recorded.has(uri.toString()) && (action.diagnostics?.some(({ code }) => code === 'to-decide') || edits.some(({ newText }) => /\{(?:\+\+|--|~~)/.test(newText))))) return action;
  delete action.edit;
  action.command = { title, command: 'resolute.applyTracked', arguments: [edit] };
  return action;
}

/** Makes edits that are tracked already. */
export async function applyTracked(edit: vscode.WorkspaceEdit): Promise<void> {
  const uris = edit.entries().map(([uri]) => uri.toString());
  for (const uri of uris) deciding.add(uri);
  try { await vscode.workspace.applyEdit(edit); } finally { for (const uri of uris) deciding.delete(uri); }
}
