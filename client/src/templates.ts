/** Where a text begins: a template to fill in, or the example to play with. */
import * as vscode from 'vscode';
import snippets from '../../snippets/resolution.json';

/** The snippets that make a whole document, offered as templates. */
const templates = Object.entries(snippets)
  .filter(([, snippet]) => 'isFileTemplate' in snippet)
  .map(([label, { description, body }]) => ({ label, detail: description, body: body.join('\n') }));

/** Lets the user choose a template and opens a new text with it, the cursor at the first thing to fill in. */
export async function newContribution(): Promise<void> {
  const template = await vscode.window.showQuickPick(templates, { title: 'New contribution', placeHolder: 'What do you want to write?', matchOnDetail: true });
  if (!template) return;
  const document = await vscode.workspace.openTextDocument({ language: 'resolution' });
  const editor = await vscode.window.showTextDocument(document);
  await editor.insertSnippet(new vscode.SnippetString(template.body));
}

/** Opens the example, as a copy of the user's own: it can be changed and saved, and the text in force lies beside it. */
export async function openExample({ extensionUri, globalStorageUri }: vscode.ExtensionContext): Promise<void> {
  const copy = vscode.Uri.joinPath(globalStorageUri, 'examples');
  const example = vscode.Uri.joinPath(copy, 'contribution.resolution');
  const exists = await vscode.workspace.fs.stat(example).then(() => true, () => false);
  if (!exists) await vscode.workspace.fs.copy(vscode.Uri.joinPath(extensionUri, 'examples'), copy, { overwrite: true });
  await vscode.window.showTextDocument(example);
}
