import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Location, WorkspaceSymbol } from 'vscode-languageserver/node';
import { editorOverStdio } from './editor';

describe('the server in a process of its own', () => {
  it('answers about open texts and about files beside them, and goes when its editor goes', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'resolute workspace ')), uri = (name: string) => pathToFileURL(path.join(folder, name)).href;
    try {
      writeFileSync(path.join(folder, 'in force.resolution'), 'RESOLUTION 98 (Geneva, 2022)\nThings\n\nrecalling\na)\tthe first,\n');
      const vscode = await editorOverStdio({ folders: [pathToFileURL(folder).href] });
      const text = '---\nbase: in force.resolution\n---\nRESOLUTION 98 (Geneva, 2022)\nThings\n\nrecalling\na)\tthe {++very ++}first,\n';
      await vscode.open(text, uri('text.resolution'));
      const [clause] = await vscode.connection.sendRequest<Location[]>('textDocument/definition', { textDocument: { uri: uri('text.resolution') }, position: vscode.position(uri('text.resolution'), text.indexOf('a)')) });
      assert.deepEqual([clause?.uri, clause?.range.start.line], [uri('in force.resolution'), 4]);
      const symbols = await vscode.connection.sendRequest<WorkspaceSymbol[]>('workspace/symbol', { query: 'first' });
      assert.deepEqual(symbols.map(({ name }) => name), ['a) the first,', 'a) the very first,']);
      await vscode.close();
      assert.equal(await vscode.exit, 0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
