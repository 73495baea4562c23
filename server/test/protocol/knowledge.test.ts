import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { DidChangeTextDocumentNotification, CompletionRequest, CompletionResolveRequest, DefinitionRequest, DidChangeWatchedFilesNotification, DocumentDiagnosticRequest, HoverRequest, PrepareRenameRequest, ReferencesRequest, RenameRequest, ShowMessageNotification, type CompletionItem, type CompletionList, type DocumentDiagnosticReport, type Location, type MarkupContent, type TextDocumentEdit, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver/node';
import { printCatalogue } from '../../src/knowledge/relaton';
import { generated } from '../knowledge/generated';
import { editor, editorOverStdio, VSCODE, type Editor, type Surroundings } from './editor';

const HEAD = 'RESOLUTION 98 (Rev. New Delhi, 2024)\nThings\nThe World Telecommunication Standardization Assembly (New Delhi, 2024),\n\nrecalling\n';

/** An editor with a text in which | is the cursor, and what it asks about there. */
async function at(marked: string, surroundings: Surroundings = {}): Promise<Editor & { uri: string; place: { textDocument: { uri: string }; position: { line: number; character: number } } }> {
  const offset = marked.indexOf('|'), host = await editor(surroundings), uri = await host.open(marked.replace('|', ''));
  return { ...host, uri, place: { textDocument: { uri }, position: host.position(uri, offset) } };
}

describe('what the server knows, over the protocol', function () {
  this.timeout(60_000);
  const list = async (host: Awaited<ReturnType<typeof at>>) => await host.connection.sendRequest(CompletionRequest.type, host.place) as CompletionList | null;

  it('offers a Recommendation by its number, and explains it', async () => {
    const host = await at(`${HEAD}a)\tRecommendation Y.49|;\n`), { items, isIncomplete } = (await list(host))!;
    assert.equal(items[0]!.label, 'Y.4900/L.1600 – Overview of key performance indicators in smart sustainable cities');
    assert.ok(isIncomplete);
    assert.match(host.edited(host.uri, [items[0]!.textEdit as TextEdit]), /a\)\tRecommendation ITU-T Y\.4900;/);
    const resolved: CompletionItem = await host.connection.sendRequest(CompletionResolveRequest.type, items[0]!);
    assert.match((resolved.documentation as MarkupContent).value, /Newest edition known: 06\/2016; in force/);
    await host.close();
  });

  it('explains a term with its definition, notes and clause', async () => {
    const host = await at(`${HEAD}a)\tthe Inter|net {++of ++}things;\n`), hover = await host.connection.sendRequest(HoverRequest.type, host.place);
    const { value } = hover!.contents as MarkupContent;
    for (const part of ['A global infrastructure for the information society', 'NOTE 1', 'clause 3.2.2']) assert.ok(value.includes(part), value);
    await host.close();
  });

  it('leads from a term to its page where the editor shows such pages', async () => {
    const marked = `${HEAD}a)\tthe Inter|net of things (IoT);\n`, without = await at(marked);
    assert.deepEqual(await without.connection.sendRequest(DefinitionRequest.type, without.place), []);
    await without.close();
    const host = await at(marked, { capabilities: { ...VSCODE, experimental: { resoluteGlossary: true } } });
    const [page] = await host.connection.sendRequest(DefinitionRequest.type, host.place) as Location[];
    assert.equal(page?.uri, 'resolute-glossary:/Internet%20of%20things.md?term%20Internet%20of%20things');
    const { text } = await host.connection.sendRequest('resolute/glossary', { uri: page.uri }) as { text: string };
    assert.match(text, /^\*\*Internet of things\*\* \(IoT\)/);
    await host.close();
  });

  it('leads from an abbreviation to where it is spelled out, and to where it is used', async () => {
    const host = await at(`${HEAD}a)\tthe widget count (WC);\nb)\tthat W|C grows;\nc)\tthe WCs;\n`);
    const ranges = (found: readonly Location[] | null) => found!.map(({ range }) => [range.start.line, range.start.character]);
    assert.deepEqual(ranges(await host.connection.sendRequest(DefinitionRequest.type, host.place) as Location[]), [[5, 21]]);
    assert.deepEqual(ranges(await host.connection.sendRequest(ReferencesRequest.type, { ...host.place, context: { includeDeclaration: true } })), [[5, 21], [6, 8], [7, 7]]);
    await host.close();
  });

  it('renames an abbreviation, tracked, and says what it has left', async () => {
    const host = await at(`${HEAD}a)\t{++new: ++}the widget count (WC);\nb)\tthat W|C grows, as “the WC” says;\nc)\tthe WCs;\n`), said: string[] = [];
    host.connection.onNotification(ShowMessageNotification.type, ({ message }) => { said.push(message); });
    assert.equal((await host.connection.sendRequest(PrepareRenameRequest.type, host.place) as { placeholder: string }).placeholder, 'WC');
    const edit = await host.connection.sendRequest(RenameRequest.type, { ...host.place, newName: 'SWC' }) as WorkspaceEdit;
    const after = host.edited(host.uri, (edit.documentChanges![0] as TextDocumentEdit).edits as TextEdit[]);
    assert.equal(after, `${HEAD}a)\t{++new: ++}the widget count ({~~WC~>SWC~~});\nb)\tthat {~~WC~>SWC~~} grows, as “the WC” says;\nc)\tthe {~~WCs~>SWCs~~};\n`);
    await new Promise(resolve => setTimeout(resolve, 20));
    assert.deepEqual(said, ['Left as they are, in quotations, names, titles of other texts or across changes: “WC” in line 7.']);
    await host.close();
  });

  it('knows what catalogues in the folder know, from the first text on, and what they no longer know when they change', async () => {
    const files = { 'file:///w/own.catalogue.json': JSON.stringify({ recommendations: [{ number: 'Z.9001', also: ['Z.12'], title: 'Invented things', source: 'me' }] }) };
    const host = await at(`${HEAD}a)\tRecommendation ITU-T Z.12|;\n`, { files, folders: ['file:///w'] });
    const codes = async () => ((await host.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: host.uri } }) as DocumentDiagnosticReport & { items: { code: string }[] }).items).map(({ code }) => code);
    for (let i = 0; i < 50 && !(await codes()).length; i++) await new Promise(resolve => setTimeout(resolve, 10));
    assert.deepEqual(await codes(), ['superseded-recommendation']);
    files['file:///w/own.catalogue.json'] = '{}';
    await host.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [{ uri: 'file:///w/own.catalogue.json', type: 2 }] });
    for (let i = 0; i < 50 && (await codes()).length; i++) await new Promise(resolve => setTimeout(resolve, 10));
    assert.deepEqual(await codes(), []);
    await host.close();
  });

  it('imports records from a disk, and says how far it is', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'resolute-records-'));
    for (let i = 1; i <= 250; i++) writeFileSync(path.join(folder, `itu-t-z-${i}-01-2020.yaml`), `title:\n- content: Invented things, part ${i}\ndocidentifier:\n- content: ITU-T Z.${i} (01/2020)\n  primary: true\n`);
    const host = await editorOverStdio(), said: number[] = [];
    host.connection.onNotification('resolute/importProgress', ({ read }: { read: number }) => { said.push(read); });
    const { text, recommendations } = await host.connection.sendRequest('resolute/importCatalogue', { uri: pathToFileURL(folder).href }) as { text: string; recommendations: number };
    assert.deepEqual([recommendations, said], [250, [200]]);
    assert.equal((JSON.parse(text) as { recommendations: { number: string }[] }).recommendations[9]!.number, 'Z.10');
    await assert.rejects(async () => host.connection.sendRequest('resolute/importCatalogue', { uri: pathToFileURL(`${folder}/none.zip`).href }), /no such file or folder/);
    rmSync(folder, { recursive: true });
    await host.close();
  });

  it('completes while one types in a large text, with a large catalogue', async () => {
    const clause = (i: number) => `${String.fromCharCode(97 + i % 20)})\tthat paragraph ${i} says {++more than ++}what Recommendation ITU-T Q.${1 + i % 900} said of Resolution 197 (Rev. Bucharest, 2022) of the Plenipotentiary Conference and the Internet of things (IoT), at some length;\n`;
    const section = (s: number) => `\nconsidering\n${Array.from({ length: 20 }, (_, i) => clause(s * 20 + i)).join('')}`;
    const text = `${HEAD}${Array.from({ length: 250 }, (_, s) => section(s)).join('')}`, middle = text.indexOf('\n', text.length >> 1);
    const folder = mkdtempSync(path.join(tmpdir(), 'resolute-catalogue-'));
    writeFileSync(path.join(folder, 'all.catalogue.json'), printCatalogue(generated(16_000)));
    const host = await editorOverStdio({ folders: [pathToFileURL(folder).href] }), uri = await host.open(text), line = text.slice(0, middle + 1).split('\n').length - 1;
    await host.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
    let times: number[] = [], most = 0, version = 1;
    const type = (character: number, typed: string) => host.connection.sendNotification(DidChangeTextDocumentNotification.type, { textDocument: { uri, version: ++version }, contentChanges: [{ range: { start: { line, character }, end: { line, character } }, text: typed }] });
    for (let round = 0; round < 20; round++) {
      await type(0, 'a)\t\n');
      let character = 3;
      for (const typed of ['Recommendation Q.', '1', '2', ' and Resolution 1', '9', ' on interop']) {
        await type(character, typed);
        character += typed.length;
        const began = performance.now();
        const found = await host.connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position: { line, character } }) as CompletionList | null;
        // The first rounds are those in which the text is read, and read again once the catalogue is there.
        if (round >= 5) times.push(performance.now() - began);
        most = Math.max(most, found?.items.length ?? 0);
      }
    }
    rmSync(folder, { recursive: true });
    times = times.sort((a, b) => a - b);
    const p = (part: number) => times[Math.floor(times.length * part)]!.toFixed(2);
    console.log(`    completion in ${(text.length / 1e6).toFixed(1)} MB with 16,000 entries: median ${p(0.5)} ms, p95 ${p(0.95)} ms, at most ${times.at(-1)!.toFixed(1)} ms`);
    assert.ok(most >= 20);
    // Far above what it takes, as the machine may be busy.
    assert.ok(times[times.length >> 1]! < 200);
    await host.close();
  });
});
