import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { ask, at, closeEverything, example, exampleUri, eventually, findings, write } from './editor';

const markdown = ({ contents }: vscode.Hover): string => contents.map(part => typeof part === 'string' ? part : part.value).join('\n');
const codeOf = ({ code }: vscode.Diagnostic): unknown => typeof code === 'object' ? code.value : code;

describe('In a contribution', () => {
  let document: vscode.TextDocument;
  before(async () => { ({ document } = await example('contribution.resolution')); });
  after(closeEverything);

  it('the outline has its proposals, the resolution, sections and clauses', async () => {
    const symbols = await ask<vscode.DocumentSymbol>('vscode.executeDocumentSymbolProvider', document);
    const names = (list: vscode.DocumentSymbol[]): string[] => list.map(symbol => symbol.name);
    const below = (list: vscode.DocumentSymbol[], name: RegExp): vscode.DocumentSymbol[] => list.find(symbol => name.test(symbol.name))?.children ?? [];
    assert.deepEqual(names(symbols), ['Introduction', 'Proposal']);
    const resolution = below(below(below(symbols, /Proposal/), /^MOD\s/), /RESOLUTION 150/);
    assert.deepEqual(names(resolution).slice(0, 3), ['recalling', 'considering', 'recognizing']);
    assert.match(names(below(resolution, /recalling/))[2]!, /^c\) Resolution 175/);
    const considering = below(resolution, /considering/);
    assert.deepEqual(considering.map(clause => clause.name.split(' ')[0]), ['a)', 'b)', 'c)', 'd)', 'd)', 'e)', 'f)']);
    assert.equal(names(below(considering, /emergencies/)).length, 3);
  });

  it('sections, clauses with clauses below them and the front matter fold', async () => {
    const ranges = await ask<vscode.FoldingRange>('vscode.executeFoldingRangeProvider', document);
    const folds = (words: string): vscode.FoldingRange | undefined => ranges.find(range => range.start === at(document, words).line);
    assert.equal(folds('---')?.kind, vscode.FoldingRangeKind.Region);
    assert.equal(document.lineAt(folds('\nconsidering')?.end ?? folds('considering\n')!.end).text.slice(0, 2), 'f)');
    assert.match(document.lineAt(folds('{~~e~>d~~})')!.end).text, /iii\)/);
  });

  it('nothing is found fault with', async () => {
    await ask('vscode.executeDocumentSymbolProvider', document);
    const found = await findings(document, all => all.every(({ severity }) => severity > vscode.DiagnosticSeverity.Warning));
    assert.deepEqual(found.map(({ message }) => message), []);
  });

  it('a cross-reference shows its clause, and leads to it', async () => {
    const label = at(document, '*recognizing* {~~b)~>a)~~}', '*recognizing* {~~b)~>'.length);
    const [hover] = await ask<vscode.Hover>('vscode.executeHoverProvider', document, label);
    assert.match(markdown(hover!), /recognizing a\)[^]*the work on accessibility/);
    const [target] = await ask<vscode.Location | vscode.LocationLink>('vscode.executeDefinitionProvider', document, label);
    const range = target && ('range' in target ? target.range : target.targetSelectionRange ?? target.targetRange);
    assert.match(document.lineAt(range!.start).text, /the work on accessibility/);
  });

  it('a clause tells what it is in the text in force', async () => {
    const [hover] = await ask<vscode.Hover>('vscode.executeHoverProvider', document, at(document, '{~~e~>d~~}', '{~~e~>'.length));
    assert.match(markdown(hover!), /considering d\)[^]*In the text in force[^]*considering e\)/);
  });

  it('everything that refers to a clause is found', async () => {
    const places = await ask<vscode.Location>('vscode.executeReferenceProvider', document, at(document, '{~~b~>a~~})\tthe work', '{~~b~>'.length));
    assert.ok(places.some(({ range }) => document.lineAt(range.start).text.startsWith('1\tto assist')), 'the cross-reference in “instructs”');
  });

  it('the text in force is a link', async () => {
    const links = await ask<vscode.DocumentLink>('vscode.executeLinkProvider', document);
    assert.ok(links.some(({ target }) => target?.path === exampleUri('resolution-in-force.resolution').path), JSON.stringify(links));
  });

  it('sections, labels and changes are told apart by colour', async () => {
    const legend = await eventually(() => vscode.commands.executeCommand<vscode.SemanticTokensLegend | undefined>('vscode.provideDocumentSemanticTokensLegend', document.uri), Boolean);
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>('vscode.provideDocumentSemanticTokens', document.uri);
    const read: string[] = [];
    for (let i = 0, line = 0, character = 0; i < tokens.data.length; i += 5) {
      const [lines, characters, length, type, modifiers] = tokens.data.subarray(i, i + 5) as unknown as [number, number, number, number, number];
      line += lines;
      character = lines ? characters : character + characters;
      const kinds = legend!.tokenModifiers.filter((_, bit) => modifiers & (1 << bit));
      read.push(`${[legend!.tokenTypes[type], ...kinds].join('.')}: ${document.getText(new vscode.Range(line, character, line, character + length))}`);
    }
    for (const token of ['section: considering', 'clauseLabel: a)', 'proposal: MOD\tAPT/40A3/1']) assert.ok(read.includes(token), `${token} is not among\n${read.slice(0, 40).join('\n')}`);
    assert.ok(read.some(token => /\.inserted: .*sponsor|\.inserted: .*e/.test(token)) && read.some(token => /\.deleted: /.test(token)), read.join('\n'));
  });

  it('resolutions of the whole folder are found by name', async () => {
    const found = await eventually(() => vscode.commands.executeCommand<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', 'Loan'), list => list.length > 0);
    assert.ok(found.some(({ location }) => location.uri.path.endsWith('draft-new-resolution.resolution')), found.map(({ name, location }) => `${name} in ${location.uri.path}`).join('\n'));
  });
});

describe('A mistake', () => {
  afterEach(closeEverything);

  it('is found with its code, and a click corrects it', async () => {
    const { document } = await write('RESOLUTION 1 (Geneva, 2022)\n\nrecalling\na)\tone;\nc)\ttwo,\n');
    const [wrong] = await findings(document, all => all.length > 0);
    assert.deepEqual([codeOf(wrong!), wrong!.severity, document.getText(wrong!.range)], ['label-order', vscode.DiagnosticSeverity.Warning, 'c)']);
    assert.match(wrong!.message, /b\) was expected/);
    const actions = await ask<vscode.CodeAction>('vscode.executeCodeActionProvider', document, wrong!.range, vscode.CodeActionKind.QuickFix.value, 10);
    const fix = actions.find(({ isPreferred }) => isPreferred) ?? actions[0]!;
    await vscode.workspace.applyEdit(fix.edit!);
    assert.match(document.getText(), /\nb\)\ttwo,/);
    await findings(document, all => all.length === 0);
  });

  it('shows while it is there, and only then', async () => {
    const { document } = await write('RESOLUTION 1 (Geneva, 2022)\n\nrecalling\nthe {++first++}| text,\n');
    await vscode.commands.executeCommand('deleteLeft');
    const [unclosed] = await findings(document, all => all.length > 0);
    assert.deepEqual([codeOf(unclosed!), unclosed!.severity], ['unclosed-mark', vscode.DiagnosticSeverity.Error]);
    await vscode.commands.executeCommand('undo');
    await findings(document, all => all.length === 0);
  });

  it('in a text that nobody can edit is not shown', async () => {
    const file = exampleUri('contribution.resolution');
    await example('contribution.resolution');
    await vscode.commands.executeCommand('resolute.showOriginal', file);
    const view = await eventually(() => vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'resolute-view'), Boolean);
    await ask('vscode.executeDocumentSymbolProvider', view!);
    assert.deepEqual(vscode.languages.getDiagnostics(view!.uri), []);
  });
});

describe('What may stand at the cursor', () => {
  afterEach(closeEverything);
  const offered = async (marked: string, sign?: string): Promise<vscode.CompletionItem[]> => {
    const { document, selection } = await write(marked);
    const list = await eventually(() => vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, selection.active, sign, 5), ({ items }) => items.length > 0);
    return [...list.items].sort((a, b) => (a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1);
  };
  /** Those of the server: the editor adds its snippets everywhere. */
  const labels = (items: vscode.CompletionItem[]): string[] => items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Snippet).map(({ label }) => typeof label === 'string' ? label : label.label);
  const TEXT = 'RESOLUTION 1 (Geneva, 2022)\n\nrecalling\na)\tthe first;\nb)\tthe second,\n\n';

  it('is a section, by its first letters', async () => {
    assert.ok(labels(await offered(`${TEXT}reso|`)).includes('resolves'));
  });
  it('is the next label of the list', async () => {
    assert.equal(labels(await offered('RESOLUTION 1 (Geneva, 2022)\n\nrecalling\na)\tthe first;\n|'))[0], 'b)');
  });
  it('is a clause of the section that is named, with its words', async () => {
    const items = await offered(`${TEXT}resolves\n1\tto act on *recalling* |`);
    assert.deepEqual(labels(items), ['a)', 'b)']);
    assert.equal(items[1]!.detail, 'the second,');
  });
});

describe('Formatting', () => {
  afterEach(closeEverything);
  it('gives a pasted text its form, and is undone in one step', async () => {
    const pasted = 'RESOLUTION 1 (Geneva, 2022)\nrecalling\na) one;\nb)  two,\nresolves\n1 to act\n';
    const { document } = await write(pasted);
    await ask('vscode.executeDocumentSymbolProvider', document);
    await vscode.commands.executeCommand('editor.action.formatDocument');
    await eventually(() => document.getText(), text => text !== pasted);
    assert.equal(document.getText(), 'RESOLUTION 1 (Geneva, 2022)\n\nrecalling\na)\tone;\nb)\ttwo,\n\nresolves\n1\tto act\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), pasted);
  });
});
