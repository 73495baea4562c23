import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { ask, closeEverything, eventually, findings, type, write } from './editor';

const HEAD = 'RESOLUTION 1 (Geneva, 2022)\n\nrecalling\n';

describe('Typing', () => {
  afterEach(closeEverything);

  /** A text with the cursor in it, once the server knows it. */
  const ready = async (marked: string): Promise<vscode.TextDocument> => {
    const { document } = await write(HEAD + marked);
    await ask('vscode.executeDocumentSymbolProvider', document);
    return document;
  };
  const becomes = async (document: vscode.TextDocument, text: string): Promise<void> => {
    await Promise.race([
      eventually(() => document.getText(), now => now === HEAD + text),
      new Promise((_, reject) => setTimeout(() => reject(new Error(`it is ${JSON.stringify(document.getText().slice(HEAD.length))}, not ${JSON.stringify(text)}`)), 5000).unref()),
    ]);
  };

  it('Enter behind a clause begins the next one; undo takes the label away in one step', async () => {
    const document = await ready('a)\tone;\nb)\ttwo;|\n');
    await type('\n');
    await becomes(document, 'a)\tone;\nb)\ttwo;\nc)\t\n');
    assert.deepEqual(vscode.window.activeTextEditor!.selection.active, new vscode.Position(5, 3), 'the cursor stands behind the label');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), `${HEAD}a)\tone;\nb)\ttwo;\n\n`);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), `${HEAD}a)\tone;\nb)\ttwo;\n`);
  });

  it('a second Enter ends the list', async () => {
    const document = await ready('a)\tone;\nb)\ttwo;|\n');
    await type('\n');
    await becomes(document, 'a)\tone;\nb)\ttwo;\nc)\t\n');
    await type('\n');
    await becomes(document, 'a)\tone;\nb)\ttwo;\n\n');
  });

  it('Enter in the middle of a clause makes two of it', async () => {
    const document = await ready('a)\tone;| and more;\n');
    await type('\n');
    await becomes(document, 'a)\tone;\nb)\tand more;\n');
  });

  it('Enter in a list within a clause goes on there, and then one level up', async () => {
    const document = await ready('a)\tone:\n    i)\tfirst;|\n');
    await type('\n');
    await becomes(document, 'a)\tone:\n    i)\tfirst;\n    ii)\t\n');
    await type('\n');
    await becomes(document, 'a)\tone:\n    i)\tfirst;\nb)\t\n');
  });

  it('the opening sign of a change brings its end along', async () => {
    const document = await ready('a)\tone |\n');
    await type('{++new');
    await becomes(document, 'a)\tone {++new++}\n');
  });

  it('fast, the findings that remain are those of the last text', async () => {
    const document = await ready('a)\tone;\nb)\ttwo;\n|');
    const finding = (labels: string) => findings(document, all => all.map(({ range }) => document.getText(range)).join() === labels);
    for (let i = 0; i < 10; i++) {
      await type('d');
      await type(')');
      for (let back = 0; back < 2; back++) await vscode.commands.executeCommand('deleteLeft');
    }
    await finding('');
    await type('d)\tthree;');
    await finding('d)');
    await vscode.commands.executeCommand('undo');
    await finding('');
  });
});
