import assert from 'node:assert/strict';
import type { CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, CodeLens, InlayHint, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { editor, VSCODE, type Editor } from './editor';

const URI = 'file:///w/text.resolution';
const TEXT = 'RESOLUTION 1 (Geneva, 2022)\nrecalling\na)\tone;\nb)\tnew;\nb)\ttwo;\nc)\tthat the world is round,\nresolves\n1\tas *recalling* c) has it;\n2\tas *recalling* b) has it, and *resolves* 1.\n';

interface Renumbering { version: number; edits: (TextEdit & { kind: string })[]; review: { range: TextEdit['range']; message: string }[] }

describe('numbering over the protocol', () => {
  let vscode: Editor;
  const textDocument = { uri: URI };
  const at = (words: string, inside = 0) => vscode.position(URI, TEXT.indexOf(words) + inside);
  const ask = <T>(method: string, params: object): Promise<T> => vscode.connection.sendRequest<T>(method, params);
  const line = ({ range }: { range: TextEdit['range'] }) => range.start.line;

  before(async () => {
    vscode = await editor({ files: {}, folders: ['file:///w'], capabilities: VSCODE });
    await vscode.open(TEXT, URI);
  });
  after(() => vscode.close());

  it('resolute/renumber: edits with their kind, and what is left to decide', async () => {
    const { version, edits, review } = await ask<Renumbering>('resolute/renumber', { uri: URI, scope: 'document', scheme: 'sequential' });
    assert.equal(version, 1);
    assert.deepEqual(edits.map(edit => [line(edit), edit.newText, edit.kind]), [[4, 'c', 'label'], [5, 'd', 'label'], [7, 'd', 'reference']]);
    assert.deepEqual(review.map(one => [line(one), one.message]), [[8, 'Two clauses are called “recalling b)”, so this could mean any of them. Say which.']]);
    const { edits: none } = await ask<Renumbering>('resolute/renumber', { uri: URI, scope: 'section', scheme: 'sequential', position: at('1\tas') });
    assert.deepEqual(none, []);
    assert.equal(await ask('resolute/renumber', { uri: 'file:///w/other.resolution', scope: 'document' }), null);
  });

  it('resolute/move: the edits and where the cursor goes; nothing for another version', async () => {
    const moved = await ask<{ edits: TextEdit[]; position: object }>('resolute/move', { uri: URI, version: 1, position: at('one;'), direction: 'down', renumber: false });
    assert.deepEqual(moved.position, { line: 3, character: 3 });
    assert.deepEqual(moved.edits.map(edit => [line(edit), edit.newText]), [[2, 'b)\tnew;'], [3, 'a)\tone;']]);
    assert.equal(await ask('resolute/move', { uri: URI, version: 0, position: at('one;'), direction: 'down' }), null);
    assert.equal(await ask('resolute/move', { uri: URI, version: 1, position: at('recalling'), direction: 'down' }), null);
  });

  it('rename: a label with its references, from the clause and from a reference', async () => {
    const range = { start: at('c)\tthat'), end: at('c)\tthat', 2) };
    assert.deepEqual(await ask('textDocument/prepareRename', { textDocument, position: at('c)\tthat', 1) }), { range, placeholder: 'c)' });
    for (const position of [at('c)\tthat'), at('c) has it', 1)]) {
      const { documentChanges } = await ask<WorkspaceEdit>('textDocument/rename', { textDocument, position, newName: 'e' });
      assert.deepEqual((documentChanges as { edits: TextEdit[] }[])[0]!.edits.map(edit => [line(edit), edit.newText]), [[5, 'e'], [7, 'e']]);
    }
    await assert.rejects(ask('textDocument/rename', { textDocument, position: at('c)\tthat'), newName: 'a' }), /There is a clause a\)/);
    await assert.rejects(ask('textDocument/rename', { textDocument, position: at('c)\tthat'), newName: '7' }), /7 is no label as c\) is/);
  });

  it('inlay hints, lenses and the hierarchy of references', async () => {
    const hints = await ask<InlayHint[]>('textDocument/inlayHint', { textDocument, range: { start: { line: 7, character: 0 }, end: { line: 7, character: 9 } } });
    assert.deepEqual(hints.map(({ label, position }) => [label, position]), [['“that the world is round,”', at('c) has it', 2)]]);
    const lenses = (await ask<CodeLens[]>('textDocument/codeLens', { textDocument })).filter(({ command }) => command?.command === 'resolute.showReferences');
    assert.deepEqual(lenses.map(lens => [line(lens), lens.command!.title]), [[3, 'referred to once'], [5, 'referred to once'], [7, 'referred to once']]);
    const [item] = await ask<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', { textDocument, position: at('1\tas') });
    assert.deepEqual([item!.name, item!.detail], ['resolves 1', 'as recalling c) has it;']);
    assert.deepEqual((await ask<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item })).map(({ from }) => from.name), ['resolves 2']);
    assert.deepEqual((await ask<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', { item })).map(({ to }) => to.name), ['recalling c)']);
  });
});
