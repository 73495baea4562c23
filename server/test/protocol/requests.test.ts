import assert from 'node:assert/strict';
import { CancellationTokenSource, DocumentHighlightKind, type CodeAction, type CompletionItem, type CompletionList, type DocumentDiagnosticReport, type DocumentHighlight, type DocumentLink, type DocumentSymbol, type FoldingRange, type Hover, type Location, type SelectionRange, type SemanticTokens, type SemanticTokensDelta, type TextEdit, type WorkspaceSymbol } from 'vscode-languageserver/node';
import { editor, VSCODE, type Editor } from './editor';

const TEXT = `---
sponsor: APT
base: in-force.resolution
---
MOD	APT/37/1
RESOLUTION 98 (Rev. {~~Geneva, 2022~>New Delhi, 2024~~})
Things

recalling
a)	the first[^1];
{++b)	the second, at https://example.org/b;++}
{~~b~>c~~})	the third,

resolves
1	to act on *recalling* {~~b)~>c)~~} above.
[^1]: A note.

Reasons: none.
`;
const URI = 'file:///w/text.resolution', BASE = 'file:///w/in-force.resolution';
const FILES = { [BASE]: 'RESOLUTION 98 (Rev. Geneva, 2022)\nThings\n\nrecalling\na)\tthe first;\nb)\tthe third,\n\nresolves\n1\tto act on *recalling* b) above.\n' };

describe('over the protocol', () => {
  let vscode: Editor;
  const textDocument = { uri: URI };
  /** The position behind the first `words` of the text. */
  const behind = (words: string) => vscode.position(URI, TEXT.indexOf(words) + words.length);
  const ask = <T>(method: string, params: object = {}): Promise<T> => vscode.connection.sendRequest<T>(method, { textDocument, ...params });
  /** The text of a range. */
  const words = ({ start, end }: TextEdit['range']) => TEXT.split('\n').map((line, i) => line.slice(i === start.line ? start.character : 0, i === end.line ? end.character : undefined)).slice(start.line, end.line + 1).join('\n');

  before(async () => {
    vscode = await editor({ files: FILES, folders: ['file:///w'] });
    await vscode.open(TEXT, URI);
  });
  after(() => vscode.close());

  it('every capability is advertised', () => {
    assert.deepEqual(Object.keys(vscode.server.capabilities).sort(), [
      'callHierarchyProvider', 'codeActionProvider', 'codeLensProvider', 'completionProvider', 'definitionProvider', 'diagnosticProvider', 'documentFormattingProvider', 'documentHighlightProvider', 'documentLinkProvider',
      'documentOnTypeFormattingProvider', 'documentRangeFormattingProvider', 'documentSymbolProvider', 'foldingRangeProvider', 'hoverProvider', 'inlayHintProvider', 'referencesProvider', 'renameProvider', 'selectionRangeProvider',
      'semanticTokensProvider', 'textDocumentSync', 'workspace', 'workspaceSymbolProvider',
    ]);
  });

  it('hover', async () => {
    const hover = await ask<Hover>('textDocument/hover', { position: behind('*recalling* {~~b)~>c') });
    assert.deepEqual([hover.range && words(hover.range), (hover.contents as { value: string }).value.split('\n')[0]], ['c)', '**recalling c)**  ']);
  });

  it('definition: from a reference to its clause, from a clause to the one in force, from base to its file', async () => {
    const [clause] = await ask<Location[]>('textDocument/definition', { position: behind('*recalling* {~~b)~>c') });
    assert.deepEqual([clause?.uri, clause?.range.start.line, clause?.range.end], [URI, 11, { line: 11, character: 11 }]);
    assert.deepEqual(await ask('textDocument/definition', { position: behind('{~~b~>c') }), [{ uri: BASE, range: { start: { line: 5, character: 0 }, end: { line: 5, character: 2 } } }]);
    assert.deepEqual((await ask<Location[]>('textDocument/definition', { position: behind('RESOLUTION') })).map(({ uri, range }) => [uri, range.start.line]), [[BASE, 0]]);
    assert.deepEqual((await ask<Location[]>('textDocument/definition', { position: behind('in-force') })).map(({ uri }) => uri), [BASE]);
    assert.deepEqual((await ask<Location[]>('textDocument/definition', { position: behind('first[^') })).map(({ range }) => words(range)), ['[^1]']);
    assert.deepEqual(await ask('textDocument/definition', { position: behind('to act') }), []);
  });

  it('references and highlights', async () => {
    const found = await ask<Location[]>('textDocument/references', { position: behind('{~~b~>c'), context: { includeDeclaration: false } });
    assert.deepEqual(found.map(({ range }) => words(range)), ['b)', 'c)']);
    assert.equal((await ask<Location[]>('textDocument/references', { position: behind('{~~b~>c'), context: { includeDeclaration: true } })).length, 3);
    const shown = await ask<DocumentHighlight[]>('textDocument/documentHighlight', { position: behind('first[^1') });
    assert.deepEqual(shown.map(({ range, kind }) => [range.start.line, kind]), [[15, DocumentHighlightKind.Write], [9, DocumentHighlightKind.Read]]);
  });

  it('completion, with what explains an item on demand', async () => {
    const changed = TEXT.replace('above.', 'above and *recalling* .'), uri = await vscode.open(changed, 'file:///w/other.resolution');
    const position = vscode.position(uri, changed.indexOf('and *recalling* ') + 16);
    const { items } = await ask<CompletionList>('textDocument/completion', { textDocument: { uri }, position, context: { triggerKind: 2, triggerCharacter: ' ' } });
    assert.deepEqual(items.map(({ label, detail }) => [label, detail]), [['a)', 'the first;'], ['b)', 'the second, at https://example.org/b;'], ['c)', 'the third,']]);
    const item = await vscode.connection.sendRequest<CompletionItem>('completionItem/resolve', items[2]!);
    assert.deepEqual(item.documentation, { kind: 'markdown', value: 'the third,' });
    assert.equal(vscode.edited(uri, [items[2]!.textEdit as TextEdit]), changed.replace('*recalling* .', '*recalling* c).'));
  });

  it('code actions, their edits on demand', async () => {
    const text = 'recalling\na)\tthe {++first;\n', uri = await vscode.open(text, 'file:///w/unclosed.resolution');
    const { items } = await ask<DocumentDiagnosticReport & { items: [] }>('textDocument/diagnostic', { textDocument: { uri } });
    const range = { start: vscode.position(uri, text.indexOf('{++')), end: vscode.position(uri, text.indexOf('{++')) };
    const actions = await ask<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: items } });
    const [preferred] = actions.filter(({ isPreferred }) => isPreferred);
    assert.ok(preferred && !preferred.edit && preferred.diagnostics?.length === 1, JSON.stringify(actions));
    const { edit } = await vscode.connection.sendRequest<CodeAction>('codeAction/resolve', preferred);
    assert.deepEqual(edit?.documentChanges?.map(change => 'textDocument' in change && change.textDocument), [{ uri, version: 1 }]);
    assert.equal(vscode.edited(uri, edit!.documentChanges!.flatMap(change => 'edits' in change ? change.edits as TextEdit[] : [])), 'recalling\na)\tthe {++first;++}\n');
  });

  it('corrections on saving: only what changes no word', async () => {
    const text = 'recalling\na)\tthe {++++}first;\nb)\tthe {++second;\n', uri = await vscode.open(text, 'file:///w/save.resolution');
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const [all] = await ask<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [], only: ['source.fixAll'] } });
    assert.equal(vscode.edited(uri, all!.edit!.documentChanges!.flatMap(change => 'edits' in change ? change.edits as TextEdit[] : [])), text.replace('{++++}', ''));
    assert.deepEqual(await ask('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [], only: ['refactor'] } }), []);
  });

  it('formatting: of the document, of lines, on Enter', async () => {
    const text = 'recalling\na) one;\nb) two,\n', uri = await vscode.open(text, 'file:///w/format.resolution'), options = { tabSize: 4, insertSpaces: true };
    assert.equal(vscode.edited(uri, await ask('textDocument/formatting', { textDocument: { uri }, options })), 'recalling\na)\tone;\nb)\ttwo,\n');
    const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 3 } };
    assert.equal(vscode.edited(uri, await ask('textDocument/rangeFormatting', { textDocument: { uri }, range, options })), 'recalling\na) one;\nb)\ttwo,\n');
    const typed = await vscode.change(uri, text.indexOf(';') + 1, text.indexOf(';') + 1, '\n');
    assert.equal(typed, 'recalling\na) one;\n\nb) two,\n');
    assert.equal(vscode.edited(uri, await ask('textDocument/onTypeFormatting', { textDocument: { uri }, position: { line: 2, character: 0 }, ch: '\n', options })), 'recalling\na) one;\nb)\t\nb) two,\n');
  });

  it('selection ranges', async () => {
    const [range] = await ask<SelectionRange[]>('textDocument/selectionRange', { positions: [behind('to a')] });
    assert.deepEqual([words(range!.range), words(range!.parent!.range)], ['act', 'to act on *recalling* {~~b)~>c)~~} above.']);
  });

  it('document links', async () => {
    const links = await ask<DocumentLink[]>('textDocument/documentLink');
    assert.deepEqual(links.map(({ range, target }) => [words(range), target]), [['in-force.resolution', BASE], ['https://example.org/b', 'https://example.org/b']]);
  });

  it('symbols of the document and of the workspace', async () => {
    const [proposal] = await ask<DocumentSymbol[]>('textDocument/documentSymbol');
    assert.deepEqual([proposal?.name, proposal?.children?.map(child => child.name)], ['MOD APT/37/1', ['RESOLUTION 98 (Rev. New Delhi, 2024)', 'Reasons: none.']]);
    const found = await vscode.connection.sendRequest<WorkspaceSymbol[]>('workspace/symbol', { query: 'third' });
    assert.deepEqual(found.filter(({ location }) => location.uri === URI || location.uri === BASE).map(({ name, location }) => [name, location.uri]), [['b) the third,', BASE], ['c) the third,', URI]]);
  });

  it('folding, colours, findings', async () => {
    assert.ok((await ask<FoldingRange[]>('textDocument/foldingRange')).length > 3);
    const tokens = await ask<SemanticTokens>('textDocument/semanticTokens/full');
    assert.ok(tokens.data.length > 0 && tokens.data.length % 5 === 0);
    assert.deepEqual((await ask<SemanticTokensDelta>('textDocument/semanticTokens/full/delta', { previousResultId: tokens.resultId })).edits, []);
    assert.ok((await ask<SemanticTokens>('textDocument/semanticTokens/range', { range: { start: { line: 8, character: 0 }, end: { line: 9, character: 0 } } })).data.length > 0);
    const report = await ask<DocumentDiagnosticReport>('textDocument/diagnostic');
    assert.equal(report.kind, 'full');
    assert.equal((await ask<DocumentDiagnosticReport>('textDocument/diagnostic', { previousResultId: report.resultId })).kind, 'unchanged');
  });

  it('views and the Word file', async () => {
    const { text } = await vscode.connection.sendRequest<{ text: string }>('resolute/view', { uri: URI, view: 'original' });
    assert.ok(text.includes('b)\tthe third,') && !text.includes('the second'));
    const { docx, lines, version } = await vscode.connection.sendRequest<{ docx: string; lines: number[]; version: number }>('resolute/word', { uri: URI, view: 'marked' });
    assert.equal(Buffer.from(docx, 'base64').subarray(0, 2).toString(), 'PK');
    assert.ok(lines.length > 5 && version === 1);
    const read = await vscode.connection.sendRequest<{ text: string; report: unknown[] }>('resolute/importWord', { docx });
    assert.ok(read.text.includes('the second'));
    assert.deepEqual(read.report, []);
  });

  it('a Word file in the form of a template, or in ours and why', async () => {
    const form = Buffer.from((await vscode.connection.sendRequest<{ docx: string }>('resolute/word', { uri: URI, view: 'final' })).docx, 'base64').toString('latin1');
    const group = await editor({ files: { 'file:///w/form.dotx': form, 'file:///w/no%20form.dotx': 'just a text' } }), uri = await group.open('recalling\na)\tone.\n');
    const problems = async (template: string) => (await group.connection.sendRequest<{ problems: string[] }>('resolute/word', { uri, view: 'marked', template })).problems;
    assert.deepEqual(await problems('file:///w/form.dotx'), []);
    assert.match((await problems('file:///w/no%20form.dotx'))[0]!, /^The template no form\.dotx cannot be used.*no Word document/);
    assert.match((await problems('file:///w/none.dotx'))[0]!, /^The template none\.dotx cannot be used.*no such file/);
    await group.close();
  });

  it('what is pasted from Word as edits, text from a PDF tidied', async () => {
    const uri = await vscode.open('recalling\na)\tone;\n', 'file:///w/paste.resolution'), end = { line: 1, character: 7 };
    const pasted = (html: string | null, plain: string) => vscode.connection.sendRequest<{ rich: { edits: TextEdit[] } | null; clean: string | null }>('resolute/paste', { uri, range: { start: end, end }, html, plain, final: false });
    const { rich, clean } = await pasted('<p class=MsoNormal>b) two <ins cite="mailto:Bo">new</ins><o:p></o:p></p>', 'b) two new\r\n');
    assert.equal(clean, null);
    assert.equal(vscode.edited(uri, rich!.edits), 'recalling\na)\tone;\nb)\ttwo {++new++}{@Bo}\n');
    assert.deepEqual(await pasted(null, 'b) two\nlines;'), { rich: null, clean: 'b)\ttwo lines;' });
  });

  it('nothing of a Word file that nobody waits for', async () => {
    const source = new CancellationTokenSource(), asked = vscode.connection.sendRequest('resolute/importWord', { docx: '' }, source.token);
    source.cancel();
    await assert.rejects(asked, /cancel/i);
  });

  it('nothing about a text that is not open', async () => {
    const textDocument = { uri: 'file:///w/none.resolution' }, position = { line: 0, character: 0 };
    assert.equal(await ask('textDocument/hover', { textDocument, position }), null);
    assert.equal(await ask('textDocument/completion', { textDocument, position }), null);
    assert.deepEqual(await ask('textDocument/documentSymbol', { textDocument }), []);
  });
});

describe('an editor that is able to show less', () => {
  const less = (without: (capabilities: typeof VSCODE) => void): Promise<Editor> => {
    const capabilities = structuredClone(VSCODE);
    without(capabilities);
    return editor({ capabilities });
  };

  it('without placeholders gets words to write over', async () => {
    const plain = await less(({ textDocument }) => { textDocument!.completion!.completionItem!.snippetSupport = false; });
    const uri = await plain.open('that {');
    const { items } = await plain.connection.sendRequest<CompletionList>('textDocument/completion', { textDocument: { uri }, position: { line: 0, character: 6 } });
    assert.equal(plain.edited(uri, [items[2]!.textEdit as TextEdit]), 'that {~~old words~>new words~~}');
    assert.ok(items.every(item => item.insertTextFormat === undefined));
    await plain.close();
  });

  it('without asking for findings is told them', async () => {
    const plain = await less(({ textDocument }) => { delete textDocument!.diagnostic; });
    const told = new Promise<{ uri: string; diagnostics: { code: string }[] }>(resolve => plain.connection.onNotification('textDocument/publishDiagnostics', resolve));
    const uri = await plain.open('that {++very few');
    const { diagnostics, uri: about } = await told;
    assert.deepEqual([about, diagnostics.map(({ code }) => code)], [uri, ['unclosed-mark']]);
    await plain.close();
  });

  it('without edits on demand gets them at once, and without versions in the older form', async () => {
    const plain = await less(({ textDocument, workspace }) => { delete textDocument!.codeAction; delete workspace!.workspaceEdit; });
    const uri = await plain.open('that {++very few');
    const [action] = await plain.connection.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range: { start: { line: 0, character: 5 }, end: { line: 0, character: 5 } }, context: { diagnostics: [] } });
    assert.equal(plain.edited(uri, action!.edit!.changes![uri]!), 'that {++very few++}');
    await plain.close();
  });
});
