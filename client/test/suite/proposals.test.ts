import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeEverything, eventually, exampleUri } from './editor';

describe('Several proposals', () => {
  const uris = ['apt', 'eur', 'iap'].map(name => exampleUri(`proposals/${name}.resolution`));
  afterEach(closeEverything);

  it('become one draft, with what is left to decide among the problems and a way to decide', async () => {
    void vscode.commands.executeCommand('resolute.consolidate', uris[0], uris); // it waits for an answer to its message
    const document = (await eventually(() => vscode.window.activeTextEditor?.document, found => found?.isUntitled === true && found.getText() !== ''))!;
    assert.match(document.getText(), /\{\+\+; New Delhi, 2024\+\+\}\{@APT; EUR; IAP\}/);
    const problems = await eventually(() => vscode.languages.getDiagnostics(document.uri).filter(({ code }) => code === 'to-decide'), found => found.length === 4);
    const place = problems.find(({ range }) => document.lineAt(range.start.line).text.startsWith('2\tto publish'))!.range;
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, place, vscode.CodeActionKind.QuickFix.value, 10);
    const take = actions.find(({ title }) => title === 'Take what EUR proposed')!;
    assert.ok(take.edit, 'the way to decide is offered');
    await vscode.workspace.applyEdit(take.edit);
    assert.match(document.getText(), /^2\tto publish\{\+\+, by the end of 2027,\+\+\}\{@EUR 2024-09-21\} a handbook/m);
  });
});
