import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { ask, at, closeEverything, eventually, findings, resolute, type, write } from './editor';

const HEAD = 'RESOLUTION 1 (Geneva, 2022)\n\nrecalling\n';
const run = (command: string, ...more: unknown[]): Thenable<unknown> => vscode.commands.executeCommand(command, ...more);

describe('Numbering', () => {
  before(async () => { await resolute().activate(); });
  afterEach(closeEverything);

  /** A text with the cursor in it, once the server knows it. */
  const ready = async (marked: string): Promise<vscode.TextEditor> => {
    const editor = await write(HEAD + marked);
    await ask('vscode.executeDocumentSymbolProvider', editor.document);
    return editor;
  };
  const becomes = async ({ document, selection }: vscode.TextEditor, marked: string): Promise<void> => {
    const text = HEAD + marked.replace('|', '');
    await Promise.race([
      eventually(() => document.getText(), now => now === text),
      new Promise((_, reject) => setTimeout(() => reject(new Error(`it is ${JSON.stringify(document.getText().slice(HEAD.length))}, not ${JSON.stringify(marked)}`)), 5000).unref()),
    ]);
    if (marked.includes('|')) await eventually(() => vscode.window.activeTextEditor?.selection.active ?? selection.active, active => document.offsetAt(active) === HEAD.length + marked.indexOf('|'));
  };

  it('a clause is typed, its section is put right by the quick fix, and undone byte for byte', async () => {
    const before = 'a)\tone;\nb)\ttwo;\nc)\tthree,\n\nresolves\n1\tas *recalling* c) above has it.\n';
    const editor = await ready(before.replace('one;', 'one;|')), { document } = editor;
    await type('\n');
    await becomes(editor, before.replace('one;\n', 'one;\nb)\t\n'));
    await type('new;');
    await becomes(editor, before.replace('one;\n', 'one;\nb)\tnew;\n'));
    const wrong = await findings(document, all => all.some(({ code }) => code === 'duplicate-label'));
    const { range } = wrong.find(({ code }) => code === 'duplicate-label')!;
    assert.equal(document.getText(range), 'b)');
    const fixes = await eventually(async () => await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range, vscode.CodeActionKind.QuickFix.value, 20), all => all.some(({ edit }) => edit));
    const fix = fixes.find(({ title }) => title.startsWith('Renumber “recalling”'));
    assert.ok(fix?.edit, fixes.map(({ title }) => title).join());
    const typed = document.getText();
    await vscode.workspace.applyEdit(fix.edit);
    const right = 'a)\tone;\nb)\tnew;\nc)\ttwo;\nd)\tthree,\n\nresolves\n1\tas *recalling* d) above has it.\n';
    await becomes(editor, right);
    await findings(document, all => !all.some(({ code }) => code === 'duplicate-label'));
    await run('undo');
    assert.equal(document.getText(), typed);
  });

  it('where changes are tracked, labels are changed as tracked changes', async () => {
    const editor = await ready('a)\tone;\n{++b)\tnew;++}\nb)\ttwo,\n'), { document } = editor, before = document.getText();
    const [wrong] = await findings(document, all => all.some(({ code }) => code === 'duplicate-label'));
    const fixes = await eventually(async () => await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, wrong!.range, vscode.CodeActionKind.QuickFix.value, 20), all => all.some(({ edit }) => edit));
    await vscode.workspace.applyEdit(fixes.find(({ title }) => title === 'Renumber the whole document')!.edit!);
    await becomes(editor, 'a)\tone;\n{++b)\tnew;++}\n{~~b~>c~~})\ttwo,\n');
    await run('undo');
    assert.equal(document.getText(), before);
  });

  it('a clause goes up and down with the keys, and its references with it', async () => {
    const editor = await ready('a)\tone;\nb)\ttwo|;\nc)\tthree,\n\nresolves\n1\tas *recalling* b) has it.\n'), before = editor.document.getText();
    await run('resolute.moveClauseUp');
    await becomes(editor, 'a)\ttwo|;\nb)\tone;\nc)\tthree,\n\nresolves\n1\tas *recalling* a) has it.\n');
    await run('undo');
    assert.equal(editor.document.getText(), before);
    await run('resolute.moveClauseDown');
    await becomes(editor, 'a)\tone;\nb)\tthree,\nc)\ttwo|;\n\nresolves\n1\tas *recalling* c) has it.\n');
  });

  it('a clause goes to another level and back', async () => {
    const editor = await ready('a)\tone:\nb)|\ttwo;\nc)\tthree,\n');
    await run('resolute.indentClause');
    await becomes(editor, 'a)\tone:\n    i)|\ttwo;\nb)\tthree,\n');
    await run('resolute.outdentClause');
    await becomes(editor, 'a)\tone:\nb)|\ttwo;\nc)\tthree,\n');
  });

  it('elsewhere the keys do what they always do', async () => {
    const { document } = await ready('one;\n|two;\n');
    await run('resolute.moveClauseUp');
    assert.equal(document.getText(), 'RESOLUTION 1 (Geneva, 2022)\n\nrecalling\ntwo;\none;\n');
  });

  it('a label is renamed with what refers to it; one that is taken is not given', async () => {
    const editor = await ready('a)\tone;\nb)\ttwo,\n\nresolves\n1\tas *recalling* b) has it.\n'), { document } = editor;
    const rename = (name: string) => vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, at(document, 'b)\ttwo'), name);
    await assert.rejects(async () => rename('a'), /There is a clause a\)/);
    await vscode.workspace.applyEdit(await rename('c'));
    await becomes(editor, 'a)\tone;\nc)\ttwo,\n\nresolves\n1\tas *recalling* c) has it.\n');
  });

  it('beside a reference stand the first words of its clause; above a clause, how often it is referred to', async () => {
    const { document } = await ready('a)\tone;\nb)\tthat the world is round,\n\nresolves\n1\tas *recalling* b) has it;\n2\tin line with *recalling* b).\n');
    const hints = await ask<vscode.InlayHint>('vscode.executeInlayHintProvider', document, new vscode.Range(0, 0, document.lineCount, 0));
    assert.deepEqual(hints.map(({ label }) => label), ['“that the world is round,”', '“that the world is round,”']);
    const lenses = await ask<vscode.CodeLens>('vscode.executeCodeLensProvider', document, 10);
    assert.deepEqual(lenses.map(({ command, range }) => [command?.title, range.start.line]), [['referred to 2 times', 4]]);
    const [item] = await ask<vscode.CallHierarchyItem>('vscode.prepareCallHierarchy', document, at(document, 'b)\tthat'));
    const callers = await vscode.commands.executeCommand<vscode.CallHierarchyIncomingCall[]>('vscode.provideIncomingCalls', item);
    assert.deepEqual([item!.name, callers.map(({ from }) => from.name)], ['recalling b)', ['resolves 1', 'resolves 2']]);
  });
});
