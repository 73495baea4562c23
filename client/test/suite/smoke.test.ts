import { strict as assert } from 'node:assert';
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';

describe('Resolute in VS Code', () => {
  it('starts when a resolution is opened, and gives its outline', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'resolution', content: 'RESOLUTION 1 (Geneva, 2022)\n\nrecalling\na)\tResolution 2;\n' });
    await vscode.window.showTextDocument(document);
    let outline: vscode.DocumentSymbol[] = [];
    while (outline.length === 0) { // until Mocha's time is up
      outline = await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', document.uri) ?? [];
      await setTimeout(50);
    }
    assert.match(outline[0]?.name ?? '', /RESOLUTION 1/);
    assert.equal(vscode.extensions.getExtension('resolute.resolute')?.isActive, true);
  });
});
