import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { ask, at, closeEverything, eventually, exampleUri, findings, write } from './editor';

const TEXT = 'RESOLUTION 1 (Rev. New Delhi, 2024)\nThings\nThe World Telecommunication Standardization Assembly (New Delhi, 2024),\n\nrecalling\na)\tthe Internet of things (IoT) and Recommendation ITU-T Z.12;\nb)\tResolution 197 (Rev. Dubai, 2018) of the Plenipotentiary Conference,\n';
const codes = (found: readonly vscode.Diagnostic[]): unknown[] => found.map(({ code }) => typeof code === 'object' ? code.value : code);

describe('What is known of other texts', () => {
  afterEach(closeEverything);

  it('a term is explained, and leads to a page about it', async () => {
    const { document } = await write(TEXT), place = at(document, 'Internet');
    const [hover] = await ask<vscode.Hover>('vscode.executeHoverProvider', document, place);
    assert.match(hover!.contents.map(part => typeof part === 'string' ? part : part.value).join(), /A global infrastructure for the information society/);
    const [page] = await ask<vscode.Location>('vscode.executeDefinitionProvider', document, place);
    assert.equal(page!.uri.scheme, 'resolute-glossary');
    assert.match((await vscode.workspace.openTextDocument(page!.uri)).getText(), /\*\*Internet of things\*\* \(IoT\)[^]*clause 3\.2\.2/);
  });

  it('a newer revision is taken with one fix', async () => {
    const { document } = await write(TEXT);
    const found = await findings(document, all => codes(all).includes('superseded-revision')), finding = found.find(one => codes([one])[0] === 'superseded-revision')!;
    const actions = await ask<vscode.CodeAction>('vscode.executeCodeActionProvider', document, finding.range, vscode.CodeActionKind.QuickFix.value, 10);
    await vscode.workspace.applyEdit(actions.find(({ title }) => title === 'Cite (Rev. Bucharest, 2022)')!.edit!);
    assert.match(document.getText(), /Resolution 197 \(Rev\. Bucharest, 2022\) of/);
  });

  it('a catalogue in the folder adds to it, as soon as it is there', async () => {
    const { document } = await write(TEXT), file = exampleUri('own.catalogue.json');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify({ recommendations: [{ number: 'Z.9001', also: ['Z.12'], title: 'Invented things', source: 'a test' }] })));
    await findings(document, all => codes(all).includes('superseded-recommendation'));
    await vscode.workspace.fs.delete(file);
    await findings(document, all => !codes(all).includes('superseded-recommendation'));
  });

  it('a term gets another name throughout', async () => {
    const { document } = await write(TEXT);
    const edit = await eventually(() => vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, at(document, 'Internet'), 'web of things'), answer => answer.size > 0);
    await vscode.workspace.applyEdit(edit);
    assert.match(document.getText(), /a\)\tthe web of things \(IoT\)/);
  });
});
