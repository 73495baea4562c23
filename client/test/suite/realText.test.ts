import { strict as assert } from 'node:assert';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { ask, at, closeEverything, eventually, findings, resolute } from './editor';

const texts = (): string => path.resolve(resolute().extensionPath, '../shared/corpus/resolutions');
const PROPOSAL = 'apt-37a37.resolution', IN_FORCE = 'res-98-geneva-2022.resolution';

describe('A real proposal', () => {
  let folder = '', document: vscode.TextDocument;
  before(async function () {
    if (!existsSync(path.join(texts(), PROPOSAL))) {
      console.log(`      There is no ${path.join(texts(), PROPOSAL)}, so the tests on a real text are left out.`);
      this.skip();
    }
    folder = mkdtempSync(path.join(tmpdir(), 'resolute-real-'));
    for (const name of [PROPOSAL, IN_FORCE]) cpSync(path.join(texts(), name), path.join(folder, name));
    document = await vscode.workspace.openTextDocument(path.join(folder, PROPOSAL));
    await vscode.window.showTextDocument(document);
  });
  after(async () => {
    await closeEverything();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('has an outline down to its clauses', async () => {
    const flat = (symbols: vscode.DocumentSymbol[]): string[] => symbols.flatMap(symbol => [symbol.name, ...flat(symbol.children)]);
    const names = flat(await ask<vscode.DocumentSymbol>('vscode.executeDocumentSymbolProvider', document));
    for (const section of ['recalling', 'considering']) assert.ok(names.includes(section), section);
    assert.ok(names.filter(name => /^[a-z]\) /.test(name)).length > 15, names.join('\n'));
  });

  it('shows the clause of the text in force', async () => {
    const [hover] = await ask<vscode.Hover>('vscode.executeHoverProvider', document, at(document, 'a)\tResolution 197'));
    assert.match(hover!.contents.map(part => typeof part === 'string' ? part : part.value).join('\n'), /In the text in force/);
  });

  it('is shown as in force, word for word', async () => {
    await vscode.commands.executeCommand('resolute.showOriginal', document.uri);
    const view = await eventually(() => vscode.workspace.textDocuments.find(({ uri, isClosed }) => !isClosed && uri.scheme === 'resolute-view' && uri.query.includes(PROPOSAL)), Boolean);
    const inForce = await vscode.workspace.openTextDocument(path.join(folder, IN_FORCE));
    const title = (text: vscode.TextDocument): string => text.lineAt(at(text, 'RESOLUTION 98').line + 1).text;
    assert.equal(title(view!), title(inForce));
  });

  it('shows a mistake within a second of its making', async () => {
    await ask('vscode.executeDocumentSymbolProvider', document);
    const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One), label = at(document, 'b)\tResolution 66'), start = performance.now();
    await editor.edit(edit => edit.replace(new vscode.Range(label, label.translate(0, 1)), 'a'));
    await findings(document, all => all.some(({ range }) => range.start.isEqual(label)));
    const took = performance.now() - start;
    console.log(`      after ${took.toFixed(0)} ms`);
    assert.ok(took < 1000, `${took.toFixed(0)} ms`);
  });
});
