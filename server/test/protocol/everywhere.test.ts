import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { CancellationTokenSource, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { viewText } from '../../src/markup/views';
import { parameters, soup } from '../soup';
import { parse } from '../features/cursor';
import { editor, type Editor } from './editor';

const EXAMPLES = path.join(__dirname, '../../../examples');
const POSITION = ['hover', 'definition', 'documentHighlight', 'references', 'completion', 'selectionRange', 'onTypeFormatting', 'codeAction'] as const;
const WHOLE = ['documentSymbol', 'foldingRange', 'documentLink', 'diagnostic', 'semanticTokens/full', 'formatting'] as const;
const options = { tabSize: 4, insertSpaces: true };

describe('the server answers without an error', () => {
  let vscode: Editor;
  before(async () => { vscode = await editor({ files: { 'file:///test/resolution-in-force.resolution': readFileSync(path.join(EXAMPLES, 'resolution-in-force.resolution'), 'utf8') } }); });
  after(() => vscode.close());

  const at = (uri: string, method: (typeof POSITION)[number], position: { line: number; character: number }, token = new CancellationTokenSource().token) => {
    const range = { start: position, end: position }, textDocument = { uri };
    return vscode.connection.sendRequest<unknown>(`textDocument/${method}`, {
      textDocument, position, range, positions: [position], ch: '\n', options,
      context: method === 'completion' ? { triggerKind: 1 } : method === 'references' ? { includeDeclaration: true } : { diagnostics: [] },
    }, token);
  };
  const whole = (uri: string, method: (typeof WHOLE)[number]) => vscode.connection.sendRequest<unknown>(`textDocument/${method}`, { textDocument: { uri }, options });
  /** Every request about a position, at every offset of a text. */
  async function everywhere(text: string): Promise<void> {
    const uri = await vscode.open(text), document = parse(text);
    for (let offset = 0; offset <= text.length; offset++) await Promise.all(POSITION.map(method => at(uri, method, document.positionAt(offset))));
    await Promise.all(WHOLE.map(method => whole(uri, method)));
  }

  for (const name of readdirSync(EXAMPLES).filter(file => file.endsWith('.resolution')))
    it(`anywhere in ${name}`, () => everywhere(readFileSync(path.join(EXAMPLES, name), 'utf8'))).timeout(60_000);

  it('anywhere in any text', () => fc.assert(fc.asyncProperty(soup(20), everywhere), parameters(60))).timeout(60_000);

  it('at positions that no text has', async () => {
    const uri = await vscode.open('recalling\na)\tone,\n');
    for (const position of [{ line: 99, character: 0 }, { line: 0, character: 999 }, { line: 2, character: 5 }]) await Promise.all(POSITION.map(method => at(uri, method, position)));
  });

  it('when asked about an empty text', () => everywhere(''));

  it('or with “cancelled”, when nobody waits for the answer any more', async () => {
    const uri = await vscode.open(readFileSync(path.join(EXAMPLES, 'contribution.resolution'), 'utf8'));
    const asked = POSITION.map(method => {
      const source = new CancellationTokenSource(), answer = at(uri, method, { line: 40, character: 5 }, source.token);
      source.cancel();
      return answer.catch((error: unknown) => assert.ok(error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled, String(error)));
    });
    const source = new CancellationTokenSource(), symbols = vscode.connection.sendRequest('workspace/symbol', { query: 'libraries' }, source.token);
    source.cancel();
    await Promise.all([...asked, symbols.catch((error: unknown) => assert.ok(error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled, String(error)))]);
  });

  it('while the text changes', () => fc.assert(fc.asyncProperty(soup(20), fc.array(fc.record({ from: fc.nat(), size: fc.nat(9), text: soup(3) }), { maxLength: 8 }), async (text, edits) => {
    const uri = await vscode.open(text);
    const answers: Promise<unknown>[] = [];
    let now = text;
    for (const edit of edits) {
      const start = edit.from % (now.length + 1), position = vscode.position(uri, start);
      answers.push(...POSITION.map(method => at(uri, method, position)), ...WHOLE.map(method => whole(uri, method)));
      now = await vscode.change(uri, start, Math.min(now.length, start + edit.size), edit.text);
    }
    await Promise.all(answers);
    assert.equal((await vscode.connection.sendRequest<{ text: string }>('resolute/view', { uri, view: 'final' })).text, viewText(parse(now), 'final'));
  }), parameters(60))).timeout(60_000);

  it('and a correction that came too late changes nothing', async () => {
    const text = 'that {++very few', uri = await vscode.open(text);
    const [action] = await vscode.connection.sendRequest<{ edit?: object }[]>('textDocument/codeAction', { textDocument: { uri }, range: { start: { line: 0, character: 5 }, end: { line: 0, character: 5 } }, context: { diagnostics: [] } });
    await vscode.change(uri, 0, 0, 'New ');
    assert.equal((await vscode.connection.sendRequest<{ edit?: object }>('codeAction/resolve', action!)).edit, undefined);
  });
});
