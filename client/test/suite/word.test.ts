import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import * as vscode from 'vscode';
import { at, closeEverything, eventually, example, exampleUri, putCursor } from './editor';

/** Puts something in the place of a dialog that waits for the user, for the time of a test. */
function instead(stand: Partial<typeof vscode.window>): void {
  const before = Object.fromEntries(Object.keys(stand).map(name => [name, Reflect.get(vscode.window, name) as unknown]));
  Object.assign(vscode.window, stand);
  restore = () => { Object.assign(vscode.window, before); };
}
let restore = (): void => {};

/** The document that shows a view, once it is there. */
const shown = (view: 'original' | 'final') =>
  eventually(() => vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'resolute-view' && uri.query.startsWith(view)), Boolean);

describe('The clean texts', () => {
  afterEach(closeEverything);

  it('original: as it is in force', async () => {
    await example('contribution.resolution');
    await vscode.commands.executeCommand('resolute.showOriginal');
    const text = (await shown('original'))!.getText();
    assert.match(text, /RESOLUTION 150 \(Rev\. Geneva, 2022\)\nAccess to telecommunication networks in public libraries\n/);
    assert.match(text, /\nd\)\tthat few libraries have staff/);
    assert.doesNotMatch(text, /[{][+~>=-]{2}/);
  });

  it('final: as it would be, and it follows the typing', async () => {
    const editor = await example('contribution.resolution');
    await vscode.commands.executeCommand('resolute.showFinal');
    const document = (await shown('final'))!;
    assert.match(document.getText(), /RESOLUTION 150 \(Rev\. New Delhi, 2024\)\nAccess to telecommunication networks in public libraries and community centres/);
    assert.doesNotMatch(document.getText(), /that few libraries have staff/);
    await editor.edit(edit => edit.insert(at(editor.document, 'that public libraries are open', 5), '{--many --}{++all ++}'));
    await eventually(() => document.getText(), text => text.includes('that all public libraries are open'));
  });

  it('cannot be changed', async () => {
    await example('contribution.resolution');
    await vscode.commands.executeCommand('resolute.showFinal');
    const document = (await shown('final'))!;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('type', { text: '☃' });
    assert.equal(document.getText().includes('☃'), false);
  });
});

describe('Save as Word', () => {
  afterEach(async () => {
    restore();
    await closeEverything();
  });

  it('writes a Word file with the tracked changes', async () => {
    const target = exampleUri('saved.docx');
    instead({ showSaveDialog: () => Promise.resolve(target) });
    await example('contribution.resolution');
    void vscode.commands.executeCommand('resolute.exportWord'); // it goes on until its last message is closed
    await eventually(() => existsSync(target.fsPath) && readFileSync(target.fsPath).length > 0, Boolean);
    const parts = unzipSync(readFileSync(target.fsPath)), body = strFromU8(parts['word/document.xml']!);
    assert.match(body, /<w:ins [^>]*w:author="APT"/);
    assert.match(body, /<w:del [^>]*w:author="EUR"/);
    assert.match(strFromU8(parts['word/comments.xml']!), /Annex 1 lists it\./);
    assert.ok(strFromU8(parts['[Content_Types].xml']!).includes('wordprocessingml'));
  });

  it('proposes the name of the text, and of the view that is saved', async () => {
    const proposed: (string | undefined)[] = [];
    instead({ showSaveDialog: options => { proposed.push(options?.defaultUri?.path.replace(/.*\//, '')); return Promise.resolve(undefined); } });
    await example('contribution.resolution');
    await vscode.commands.executeCommand('resolute.exportWord');
    await vscode.commands.executeCommand('resolute.showFinal');
    await vscode.commands.executeCommand('resolute.exportWord', (await shown('final'))!.uri);
    assert.deepEqual(proposed, ['contribution.docx', 'contribution (final).docx']);
  });

  it('cancelled, leaves no file', async () => {
    const target = exampleUri('cancelled.docx'), source = new vscode.CancellationTokenSource();
    const complaints: string[] = [];
    instead({
      showSaveDialog: () => Promise.resolve(target),
      withProgress: (_options, task) => {
        const running = task({ report() {} }, source.token);
        source.cancel();
        return running;
      },
      showErrorMessage: (message: string) => { complaints.push(message); return Promise.resolve(undefined); },
    });
    await example('contribution.resolution');
    await vscode.commands.executeCommand('resolute.exportWord');
    assert.deepEqual([existsSync(target.fsPath), complaints], [false, []]);
  });
});

describe('The Word page', () => {
  afterEach(closeEverything);

  it('opens beside the text, once, and the text keeps the cursor', async () => {
    const editor = await example('contribution.resolution');
    putCursor(editor, new vscode.Position(30, 0));
    await vscode.commands.executeCommand('resolute.openPreview');
    await vscode.commands.executeCommand('resolute.openPreview');
    const pages = await eventually(
      () => vscode.window.tabGroups.all.flatMap(group => group.tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('resolute.word')),
      found => found.length > 0);
    assert.deepEqual(pages.map(({ label }) => label), ['Word: contribution.resolution']);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), editor.document.uri.toString());
  });
});
