import { strict as assert } from 'node:assert';
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Row } from '../../src/changes/view';
import { at, closeEverything, eventually, example, exampleUri, putCursor, write } from './editor';

/** What the extension shows in its Changes view, taken at the moment when it makes the view: this file is loaded before the extension starts. */
let changes: { provider: vscode.TreeDataProvider<Row>; view: vscode.TreeView<Row> };
const { createTreeView } = vscode.window;
Object.assign(vscode.window, {
  createTreeView: (id: string, options: vscode.TreeViewOptions<Row>) => {
    const view = createTreeView(id, options);
    if (id === 'resolute.changes') changes = { provider: options.treeDataProvider, view };
    return view;
  },
});

/** Answers in the user's place, for the time of a test: what is asked for later is answered by the next one. */
const answers: unknown[] = [];
const asked: string[] = [];
const { showInputBox, showQuickPick, showOpenDialog, showInformationMessage } = vscode.window;
function answer(...given: (string | vscode.Uri | ((label: string) => boolean))[]): void {
  answers.splice(0, Infinity, ...given);
  const next = (question: string | undefined): unknown => { asked.push(question ?? ''); return answers.shift(); };
  Object.assign(vscode.window, {
    showInputBox: (options?: vscode.InputBoxOptions) => Promise.resolve(next(options?.prompt)),
    showQuickPick: async (offered: readonly vscode.QuickPickItem[] | Promise<readonly vscode.QuickPickItem[]>, options?: vscode.QuickPickOptions) => {
      const items = await offered, wanted = next(options?.title), words = (item: vscode.QuickPickItem) => `${item.label} ${item.description ?? ''}`;
      if (options?.canPickMany) return items.filter(item => item.kind !== vscode.QuickPickItemKind.Separator && (wanted as (label: string) => boolean)(item.label));
      const found = items.find(item => words(item).includes(wanted as string));
      assert.ok(found || wanted === undefined, `“${String(wanted)}” is not offered, but ${items.map(words).join(', ')}`);
      return found;
    },
    showOpenDialog: () => Promise.resolve([next('file')]),
  });
}
/** The messages of the extension. */
const said: string[] = [];

const FRONT = '---\nsponsor: APT\n---\n';
const TEXT = `${FRONT}RESOLUTION 1 (Geneva, 2022)
Reading

recalling
a)\tone {++new ++}thing;
b)\ttwo {--old --}{@EUR}things;

resolves
1\tto {~~read~>write~~} more,
2\tto [shall/should] rest.
`;

const run = (command: string, ...given: unknown[]): Thenable<unknown> => vscode.commands.executeCommand(`resolute.${command}`, ...given);
const rejectsAll = (text: string): string => text.replace(/\{\+\+.*?\+\+\}(?:\{@[^}]*\})?/g, '').replace(/\{--(.*?)--\}(?:\{@[^}]*\})?/g, '$1').replace(/\{~~(.*?)~>.*?~~\}/g, '$1');
const acceptsAll = (text: string): string => text.replace(/\{\+\+(.*?)\+\+\}(?:\{@[^}]*\})?/g, '$1').replace(/\{--.*?--\}(?:\{@[^}]*\})?/g, '').replace(/\{~~.*?~>(.*?)~~\}/g, '$1');

describe('Tracked changes', () => {
  // What is said is kept for the test to read: nobody is there to close a message.
  beforeEach(() => {
    Object.assign(vscode.window, { showInformationMessage: (message: string) => { said.push(message); return Promise.resolve(undefined); } });
  });
  afterEach(async () => {
    Object.assign(vscode.window, { showInputBox, showQuickPick, showOpenDialog, showInformationMessage });
    said.length = asked.length = 0;
    await closeEverything();
  });

  describe('are decided', () => {
    /** Runs a command with the cursor in the text, and checks that one undo gives every byte back. */
    const decides = async (command: string, cursor: string, becomes: (text: string) => string, ...given: string[]): Promise<void> => {
      answer(...given);
      const editor = await write(TEXT), { document } = editor;
      putCursor(editor, at(document, cursor, 1));
      await run(command);
      assert.equal(document.getText(), becomes(TEXT), said.join());
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), TEXT, 'undone in one step');
    };

    it('accepted at the cursor', () => decides('acceptChange', 'new ++', text => text.replace('{++new ++}', 'new ')));
    it('rejected at the cursor', () => decides('rejectChange', 'read~>', text => text.replace('{~~read~>write~~}', 'read')));
    it('in a clause', () => decides('rejectClause', 'two ', text => text.replace('{--old --}{@EUR}', 'old ')));
    it('in a section', () => decides('acceptSection', 'one ', text => text.replace('{++new ++}', 'new ').replace('{--old --}{@EUR}', '')));
    it('of one author', () => decides('rejectAuthor', 'one ', text => text.replace('{--old --}{@EUR}', 'old '), 'EUR'));
    it('all accepted', () => decides('acceptAll', 'one ', acceptsAll));
    it('all rejected', () => decides('rejectAll', 'one ', rejectsAll));

    it('in a selection', async () => {
      const editor = await write(TEXT), { document } = editor;
      editor.selection = new vscode.Selection(at(document, 'one '), at(document, 'things;'));
      await run('acceptChange');
      assert.equal(document.getText(), TEXT.replace('{++new ++}', 'new ').replace('{--old --}{@EUR}', ''));
    });

    it('at several cursors, in one step', async () => {
      const editor = await write(TEXT), { document } = editor;
      editor.selections = ['new ++', 'read~>'].map(words => new vscode.Selection(at(document, words, 1), at(document, words, 1)));
      await run('acceptChange');
      assert.equal(document.getText(), TEXT.replace('{++new ++}', 'new ').replace('{~~read~>write~~}', 'write'));
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), TEXT);
    });

    it('in the whole example: all accepted is the final text, and one undo gives every byte back', async () => {
      const { document } = await example('contribution.resolution'), text = document.getText();
      await run('acceptAll');
      assert.doesNotMatch(document.getText(), /\{(?:\+\+|--|~~)/);
      assert.match(document.getText(), /RESOLUTION 150 \(Rev\. New Delhi, 2024\)/);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), text);
      await run('rejectAll');
      assert.match(document.getText(), /RESOLUTION 150 \(Rev\. Geneva, 2022\)/);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), text);
    });

    it('by a text and a range in it, as the lenses above the clauses ask for it', async () => {
      const { document } = await write(TEXT), clause = document.lineAt(at(document, 'one ').line).range;
      await run('acceptIn', document.uri.toString(), { start: { ...plain(clause.start) }, end: { ...plain(clause.end) } });
      assert.equal(document.getText(), TEXT.replace('{++new ++}', 'new '));
    });

    it('by what Ctrl+. offers, also while changes are recorded', async () => {
      const editor = await write(TEXT), { document } = editor, place = at(document, 'new ++', 1);
      putCursor(editor, place);
      await run('toggleTracking');
      const offered = await eventually(
        () => vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, new vscode.Range(place, place), 'refactor'),
        actions => actions.some(({ title }) => title.startsWith('Accept')));
      const { command, edit } = offered.find(({ title }) => title === 'Accept this insertion (APT)')!;
      assert.equal(edit, undefined);
      await vscode.commands.executeCommand(command!.command, ...command!.arguments ?? []);
      await run('toggleTracking');
      assert.equal(document.getText(), TEXT.replace('{++new ++}', 'new '));
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), TEXT);
    });

    it('and a correction that comes as a tracked change is not recorded once more', async () => {
      const text = TEXT.replace('b)', 'c)'), { document } = await write(text), place = at(document, 'c)');
      await run('toggleTracking');
      const [fix] = await eventually(
        () => vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, new vscode.Range(place, place), 'quickfix', 9),
        actions => actions.length > 0);
      await vscode.commands.executeCommand(fix!.command!.command, ...fix!.command!.arguments ?? []);
      await setTimeout(300); // a recorder would have been at it by now
      assert.equal(document.getText(), text.replace('c)', '{~~c~>b~~})'));
      await run('toggleTracking');
    });

    it('nowhere: the text stays as it is, and the user is told', async () => {
      const editor = await write(TEXT);
      putCursor(editor, at(editor.document, 'Reading'));
      await run('acceptChange');
      assert.deepEqual([editor.document.getText(), said], [TEXT, ['There is no tracked change here.']]);
    });

    it('only in a resolution', async () => {
      const document = await vscode.workspace.openTextDocument({ content: 'plain {++text++}' });
      await vscode.window.showTextDocument(document);
      await run('acceptAll');
      assert.deepEqual([document.getText(), said], ['plain {++text++}', ['Open a resolution first, and put the cursor into it.']]);
    });
  });

  describe('are gone through', () => {
    it('forwards, backwards, and around', async () => {
      const editor = await write(TEXT);
      putCursor(editor, new vscode.Position(0, 0));
      const walk = async (command: string): Promise<string> => {
        await run(command);
        return editor.document.getText(editor.selection);
      };
      const forwards = [await walk('nextChange'), await walk('nextChange'), await walk('nextChange'), await walk('nextChange')];
      assert.deepEqual(forwards.map(words => /new|old|read/.exec(words)?.[0]), ['new', 'old', 'read', 'new']);
      const backwards = [await walk('previousChange'), await walk('previousChange')];
      assert.deepEqual(backwards.map(words => /new|old|read/.exec(words)?.[0]), ['read', 'old']);
      await run('acceptChange');
      assert.doesNotMatch(editor.document.getText(), /old/, 'what was gone to is what is accepted');
    });
  });

  describe('are decided one after the other', () => {
    it('accepted, rejected, each time going to the next, around the end of the text', async () => {
      const editor = await write(TEXT), { document } = editor, chosen = () => /new|old|read/.exec(document.getText(editor.selection))?.[0];
      putCursor(editor, at(document, 'new ++', 1));
      await run('acceptChangeAndNext');
      assert.deepEqual([document.getText(), chosen()], [TEXT.replace('{++new ++}', 'new '), 'old']);
      await run('rejectChangeAndNext');
      assert.deepEqual([document.getText(), chosen()], [TEXT.replace('{++new ++}', 'new ').replace('{--old --}{@EUR}', 'old '), 'read']);
      await run('acceptChangeAndNext');
      assert.deepEqual([document.getText().includes('to write more'), said], [true, ['This text has no tracked changes.']]);
    });

    it('where there is none at the cursor, it just goes on', async () => {
      const editor = await write(TEXT), { document } = editor;
      putCursor(editor, at(document, 'Reading'));
      await run('acceptChangeAndNext');
      assert.deepEqual([document.getText(), document.getText(editor.selection), said], [TEXT, '{++new ++}', []]);
    });
  });

  it('have lenses where they are in sight, however long the text', async function () {
    this.timeout(60_000);
    const clauses = Array.from({ length: 3000 }, (_, i) => `${i + 1}\tclause {++${i + 1}++} here;\n`).join('');
    const editor = await write(`${FRONT}RESOLUTION 1 (Geneva, 2022)\nReading\n\nresolves\n${clauses}`), { document } = editor;
    const lines = async () => (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri)).map(({ range }) => range.start.line);
    const first = await eventually(lines, found => found.length > 0);
    assert.ok(first.length < 3 * 1200 && Math.max(...first) < 1200, `${first.length} down to line ${Math.max(...first)}`);
    const place = at(document, 'clause {++2000++}');
    putCursor(editor, place);
    editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenter);
    const then = await eventually(lines, found => found.includes(place.line));
    assert.ok(Math.min(...then) > 1000, `up to line ${Math.min(...then)}`);
  });

  describe('belong to somebody', () => {
    it('to somebody else, by one command', async () => {
      answer('EUR', 'RCC');
      const { document } = await write(TEXT);
      await run('attributeChanges');
      assert.equal(document.getText(), TEXT.replace('{@EUR}', '{@RCC}'));
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), TEXT);
    });

    it('to nobody: what the front matter says holds again', async () => {
      const { document } = await write(TEXT);
      await run('makeAnonymous');
      assert.equal(document.getText(), TEXT.replace('{@EUR}', ''));
    });
  });

  describe('in square brackets', () => {
    const settles = async (command: string, becomes: (text: string) => string, ...given: string[]): Promise<void> => {
      answer(...given);
      const editor = await write(TEXT), { document } = editor;
      putCursor(editor, at(document, 'shall/should', 2));
      await run(command);
      assert.equal(acceptsAll(document.getText()), acceptsAll(becomes(TEXT)));
      assert.equal(rejectsAll(document.getText()), rejectsAll(TEXT), 'as a tracked change');
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), TEXT);
    };
    it('the words are kept', () => settles('removeBrackets', text => text.replace('[shall/should]', 'shall/should')));
    it('the words go too', () => settles('emptyBrackets', text => text.replace(' [shall/should]', '')));
    it('one of the words is chosen', () => settles('chooseInBrackets', text => text.replace('[shall/should]', 'should'), 'should'));
  });

  describe('in the Changes view', () => {
    const rows = async (row?: Row): Promise<Row[]> => await changes.provider.getChildren(row) ?? [];
    const item = async (row: Row): Promise<vscode.TreeItem> => changes.provider.getTreeItem(row);
    /** Every row as a line: indented by its depth, its name, what stands beside it. */
    const tree = async (row?: Row, depth = 0): Promise<string[]> => (await Promise.all((await rows(row)).map(async inner => {
      const { label, description } = await item(inner);
      return [`${'  '.repeat(depth)}${String(label)} | ${String(description)}`, ...await tree(inner, depth + 1)];
    }))).flat();
    const open = () => eventually(() => vscode.commands.executeCommand('resolute.changes.focus'), () => changes?.view.visible === true);
    const shown = async (good: (lines: string[]) => boolean): Promise<string[]> => {
      await open();
      return eventually(() => tree(), good);
    };
    const rowOf = async (words: string, row?: Row): Promise<Row | undefined> => {
      for (const inner of await rows(row)) {
        const found = await rowOf(words, inner) ?? (String((await item(inner)).label).includes(words) ? inner : undefined);
        if (found) return found;
      }
      return undefined;
    };
    const has = (...words: string[]) => (lines: string[]) => words.every(word => lines.some(line => line.includes(word)));

    it('they stand by section and clause, with counts and authors', async () => {
      await write(TEXT);
      const lines = await shown(has('recalling', 'resolves'));
      assert.ok(has('MOD', '+1', '−1', 'EUR', 'APT')(lines), lines.join('\n'));
      assert.ok(has('shall/should')(lines), 'brackets are listed');
      const depth = (words: string) => /^ */.exec(lines.find(line => line.includes(words))!)![0].length;
      assert.ok(depth('new') > depth('recalling') && depth('recalling') > 0, lines.join('\n'));
      const row = (await rowOf('old'))!, { accessibilityInformation } = await item(row);
      assert.match(accessibilityInformation!.label, /deletion, by EUR/);
    });

    it('they are decided by a button in their row', async () => {
      const { document } = await write(TEXT);
      await shown(has('recalling'));
      await run('rejectIn', await rowOf('recalling'));
      assert.equal(document.getText(), TEXT.replace('{++new ++}', '').replace('{--old --}{@EUR}', 'old '));
      await eventually(() => tree(), lines => !has('recalling')(lines) || !has('EUR')(lines));
    });

    it('what is left out of the view is not decided', async () => {
      const { document } = await write(TEXT);
      await shown(has('recalling'));
      answer(label => label !== 'APT');
      await run('filterChanges');
      await run('acceptIn', await rowOf('recalling'));
      assert.equal(document.getText(), TEXT.replace('{--old --}{@EUR}', ''));
      await run('clearChangesFilter');
    });

    it('of a change in another one just that', async () => {
      const text = TEXT.replace('{++new ++}', '{++brand {--new --}{@EUR}++}'), { document } = await write(text);
      await shown(has('recalling'));
      await run('acceptIn', await rowOf('brand'));
      assert.equal(document.getText(), text.replace('{++brand {--new --}{@EUR}++}', 'brand {--new --}{@EUR}'));
    });

    it('after a decision the next row is selected, and its place in the text', async () => {
      const editor = await write(TEXT), { document } = editor;
      await shown(has('recalling'));
      const clause = (words: string) => eventually(() => changes.view.selection[0]?.node.name, name => name?.includes(words) === true);
      await run('acceptIn', await rowOf('a) one'));
      await clause('b) two');
      assert.equal(editor.selection.active.line, at(document, 'two ').line);
      await run('rejectIn'); // the selected one, as a key does
      await clause('1 to');
      assert.equal(document.getText(), TEXT.replace('{++new ++}', 'new ').replace('{--old --}{@EUR}', 'old '));
    });

    it('after a single change the next single change, also in a clause that is folded', async () => {
      await write(TEXT);
      await shown(has('recalling'));
      await run('acceptIn', await rowOf('new', await rowOf('a) one')));
      await eventually(() => changes.view.selection[0]?.node, node => node?.kind === 'change' && node.name === 'old');
      await run('acceptIn');
      await eventually(() => changes.view.selection[0]?.node, node => node?.kind === 'change' && node.name === 'read → write');
      await run('acceptIn');
      await eventually(() => tree(), lines => !has('write')(lines));
    });

    it('they are decided where they are now: a row knows its place although somebody has just typed above it', async () => {
      const editor = await write(TEXT), { document } = editor;
      await shown(has('recalling'));
      const row = await rowOf('b) two');
      await editor.edit(edit => edit.insert(at(document, 'recalling'), 'noting\na)\tthat {++much++} is said;\n\n'));
      await run('acceptIn', row);
      assert.match(document.getText(), /two things;/);
      assert.match(document.getText(), /\{\+\+much\+\+\}[^]*\{\+\+new \+\+\}/);
    });

    it('a clause that moved is one row, and is selected from both of its places', async () => {
      const words = 'that libraries lend books to everybody;';
      const editor = await write(`${FRONT}recalling\n{--a)\t${words}--}\nb)\tthe second;\n\nconsidering\n{++a)\t${words.replace('books', 'newspapers')}++}\n`), { document } = editor;
      const lines = await shown(has('moved a)'));
      assert.ok(has('Moved from here', 'Moved here', '+1 −1')(lines) && !has('SUP')(lines) && !has('ADD')(lines), lines.join('\n'));
      await vscode.window.showTextDocument(document);
      for (const place of [at(document, 'books'), at(document, 'newspapers')]) {
        putCursor(editor, at(document, 'second'));
        await eventually(() => changes.view.selection[0]?.node.from, from => from === undefined);
        putCursor(editor, place);
        await eventually(() => changes.view.selection[0]?.node.status, status => status === 'moved');
      }
      const { command } = (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri)).find(lens => lens.command?.title.startsWith('moved to'))!;
      await vscode.commands.executeCommand(command!.command, ...command!.arguments ?? []);
      assert.equal(editor.selection.active.line, at(document, 'newspapers').line);
      await run('rejectIn', await rowOf('moved a)') ?? await rowOf('a) that libraries lend newspapers'));
      assert.equal(document.getText(), `${FRONT}recalling\na)\t${words}\nb)\tthe second;\n\nconsidering\n`);
    });

    it('brackets are settled in their row', async () => {
      answer('should');
      const { document } = await write(TEXT);
      await shown(has('shall/should'));
      const row = (await rowOf('shall/should'))!;
      assert.equal((await item(row)).contextValue, 'brackets');
      await run('chooseInBrackets', row);
      assert.equal(acceptsAll(document.getText()), acceptsAll(TEXT.replace('[shall/should]', 'should')));
    });

    it('they follow the typing, and rows that say the same stay the same', async () => {
      const editor = await write(TEXT), { document } = editor;
      await shown(has('recalling'));
      const row = await rowOf('old'), line = row!.range.start.line;
      await editor.edit(edit => edit.insert(at(document, 'Reading'), 'Reading\n'));
      await eventually(() => row!.range.start.line, now => now === line + 1);
      assert.equal(await rowOf('old'), row);
      await editor.edit(edit => edit.insert(at(document, 'one '), '{++quite ++}'));
      await shown(has('quite'));
    });

    it('they follow the cursor', async () => {
      const editor = await write(TEXT), { document } = editor;
      await shown(has('recalling'));
      await vscode.window.showTextDocument(document);
      putCursor(editor, at(document, 'two '));
      await eventually(() => changes.view.selection[0]?.range, range => range?.contains(at(document, 'two ')) === true && range.start.line >= at(document, 'recalling').line);
      assert.equal(vscode.window.activeTextEditor?.document, document, 'the text keeps the keyboard');
    });

    it('some are left out on demand', async () => {
      await write(TEXT);
      await shown(has('recalling'));
      answer(label => label !== 'EUR' && label !== 'Square brackets');
      await run('filterChanges');
      const lines = await tree();
      assert.ok(has('new')(lines) && !has('old')(lines) && !has('shall/should')(lines), lines.join('\n'));
      await run('clearChangesFilter');
      assert.ok(has('old', 'shall/should')(await tree()));
    });

    it('a row leads to its place', async () => {
      const editor = await write(TEXT);
      await shown(has('recalling'));
      await run('showRow', await rowOf('old'));
      assert.equal(vscode.window.activeTextEditor?.document, editor.document);
      assert.match(editor.document.getText(editor.selection), /old/);
    });

    /** The words of the first change. */
    const first = async (row?: Row): Promise<string> => {
      const [inner] = await rows(row);
      return inner ? first(inner) : String(row && (await item(row)).label);
    };

    it('of ten thousand, only those are made that are to be seen', async function () {
      this.timeout(60_000);
      const sections = Array.from({ length: 500 }, (_, s) => `recalling\n${Array.from({ length: 20 }, (_, c) => `${'abcdefghijklmnopqrst'[c]})\tclause ${s} {~~old~>new~~} word;`).join('\n')}\n`);
      const editor = await write(`${FRONT}RESOLUTION 1 (Geneva, 2022)\nReading\n\n${sections.join('\n')}`);
      await open();
      await eventually(first, words => words.startsWith('old'));
      await editor.edit(edit => edit.insert(at(editor.document, 'clause 0'), '{++fresh ++}'));
      await eventually(first, words => words.startsWith('fresh'));
      const start = process.cpuUsage();
      await run('clearChangesFilter'); // makes the rows anew
      const [text] = await rows(), seen = await Promise.all((await rows(text)).map(item));
      const { user, system } = process.cpuUsage(start), took = (user + system) / 1000;
      console.log(`      ${seen.length} rows of 10,001 changes in ${took.toFixed(0)} ms`);
      assert.equal(seen.length, 500);
      assert.ok(seen.every(({ collapsibleState }) => collapsibleState === vscode.TreeItemCollapsibleState.Collapsed), 'sections are folded');
      assert.ok(took < 300, `${took.toFixed(0)} ms`);
    });
  });

  describe('between two texts', () => {
    const fresh = (): vscode.TextDocument => {
      const { document } = vscode.window.activeTextEditor!;
      assert.equal(document.isUntitled && document.languageId === 'resolution', true);
      return document;
    };

    it('compared with the text in force, as a new text', async () => {
      const { document } = await example('contribution.resolution'), text = document.getText();
      answer('the text in force');
      await run('compareWith');
      assert.notEqual(fresh(), document);
      assert.equal(document.getText(), text);
      assert.match(fresh().getText(), /RESOLUTION 150 \(Rev\. \{~~Geneva, 2022~>New Delhi, 2024~~\}\)/);
    });

    it('compared with any file', async () => {
      const file = exampleUri('before.resolution');
      await vscode.workspace.fs.writeFile(file, Buffer.from(`${FRONT}RESOLUTION 1 (Geneva, 2022)\nReading\n\nresolves\nto read a book.\n`));
      await write(`${FRONT}RESOLUTION 1 (Geneva, 2022)\nReading\n\nresolves\nto read a good book.\n`);
      answer('Another File', file);
      await run('compareWith');
      assert.match(fresh().getText(), /to read a \{\+\+good \+\+\}book\./);
      await vscode.workspace.fs.delete(file);
    });

    it('compared with an earlier draft: only what has changed since', async () => {
      const file = exampleUri('draft.resolution');
      await vscode.workspace.fs.writeFile(file, Buffer.from(TEXT));
      await write(TEXT.replace('write~~}', 'write and read~~}'));
      answer('draft.resolution');
      await run('compareWithDraft');
      assert.match(fresh().getText(), /to write\{\+\+ and read\+\+\} more|\{\+\+and read \+\+\}more/);
      assert.doesNotMatch(fresh().getText(), /old/);
      await vscode.workspace.fs.delete(file);
    });

    it('original and final text stand side by side', async () => {
      await example('contribution.resolution');
      await run('showDifferences');
      const input = await eventually(() => vscode.window.tabGroups.activeTabGroup.activeTab?.input, tab => tab instanceof vscode.TabInputTextDiff);
      assert.ok(input instanceof vscode.TabInputTextDiff);
      const [original, final] = await Promise.all([input.original, input.modified].map(async uri => (await vscode.workspace.openTextDocument(uri)).getText()));
      assert.match(original!, /Rev\. Geneva, 2022/);
      assert.match(final!, /Rev\. New Delhi, 2024/);
    });

    it('a proposal begins from the text in force', async () => {
      await example('resolution-in-force.resolution');
      answer('this text', 'WTSA-28', 'Nairobi', '2028', 'Member States of Exampleland', 'EXA', '37', '3');
      await run('proposeChanges');
      const text = fresh().getText();
      assert.match(text, /\ndocument: 37\naddendum: 3\n[^]*\nMOD\tEXA\/37A3\/1\n/);
      assert.match(text, /^---\nmeeting: WTSA-28\n/);
      assert.match(text, /\nsponsor: EXA\n/);
      assert.match(text, /\nRESOLUTION 150 \(Rev\. \{~~Geneva, 2022~>Nairobi, 2028~~\}\)/);
      assert.match(asked.join('\n'), /Which meeting[^]*Where[^]*which year[^]*Who submits[^]*Whose[^]*Which document[^]*Which addendum/);
    });

    it('no proposal is made when the user gives up, or where there is nothing to change', async () => {
      const editor = await write('Just words.\n');
      answer('this text', 'WTSA-28');
      await run('proposeChanges');
      assert.equal(vscode.window.activeTextEditor, editor);
      answer('this text', 'WTSA-28', 'Nairobi', '2028', 'Member States of Exampleland', 'EXA', '');
      await assert.rejects(async () => run('proposeChanges'), /holds no resolution that could be modified/);
      assert.equal(vscode.window.activeTextEditor, editor);
    });
  });
});

const plain = ({ line, character }: vscode.Position): { line: number; character: number } => ({ line, character });
