/** An editor that speaks to the real server: in this process over a pair of streams, or to a process of its own over standard input and output. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { buildSync } from 'esbuild';
import {
  createConnection, createProtocolConnection, ProposedFeatures, StreamMessageReader, StreamMessageWriter,
  type ClientCapabilities, type InitializeResult, type Position, type ProtocolConnection, type TextEdit,
} from 'vscode-languageserver/node';
import { compare } from '../../src/changes/compare';
import { MessageWriter } from '../../src/messageWriter';
import { answer } from '../../src/proposals/answer';
import { serve } from '../../src/server';
import { readWord } from '../../src/word/read';
import { paste } from '../../src/word/read/clipboard';
import { writeWord } from '../../src/word/write';
import { parse } from '../features/cursor';

/** What VS Code is able to show, as far as the server asks. */
export const VSCODE: ClientCapabilities = {
  workspace: { workspaceFolders: true, didChangeWatchedFiles: { dynamicRegistration: true }, workspaceEdit: { documentChanges: true } },
  textDocument: {
    completion: { completionItem: { snippetSupport: true, resolveSupport: { properties: ['documentation'] } } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source'] } }, isPreferredSupport: true, dataSupport: true, resolveSupport: { properties: ['edit'] } },
    diagnostic: { relatedDocumentSupport: false },
  },
};

export interface Editor {
  readonly connection: ProtocolConnection;
  readonly server: InitializeResult;
  /** Opens a text; gives its URI. */
  open(text: string, uri?: string): Promise<string>;
  /** Replaces [start, end) of a text that is open; gives the new text. */
  change(uri: string, start: number, end: number, text: string): Promise<string>;
  /** The position of an offset in a text that is open. */
  position(uri: string, offset: number): Position;
  /** A text that is open, with edits of the server made in it. */
  edited(uri: string, edits: readonly TextEdit[]): string;
  close(): Promise<void>;
}

export interface Surroundings {
  readonly capabilities?: ClientCapabilities;
  /** Files by their URI. */
  readonly files?: Readonly<Record<string, string>>;
  readonly folders?: readonly string[];
}

/** An editor with the server in this process. */
export async function editor({ capabilities = VSCODE, files = {}, folders = [] }: Surroundings = {}): Promise<Editor> {
  const up = new PassThrough(), down = new PassThrough();
  const server = createConnection(ProposedFeatures.all, new StreamMessageReader(up), new MessageWriter(down));
  serve(server, { version: 'test', compare: (base, now, how) => Promise.resolve(compare(parse(base), parse(now), how)), proposals: answer, readWord: docx => Promise.resolve(readWord(docx)), paste: clipboard => Promise.resolve(paste(clipboard)), writeWord: (text, view, _signal, template) => Promise.resolve(writeWord(parse(text), { view, template })), files: { read: uri => Promise.resolve(files[uri] ?? null), bytes: uri => Promise.resolve(files[uri] === undefined ? null : Buffer.from(files[uri], 'latin1')), list: folder => Promise.resolve(Object.keys(files).filter(uri => uri.startsWith(`${folder}/`))) } });
  const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  // `exit` would end the process of the tests, and so would a process to watch over.
  return begin(connection, capabilities, folders, null, () => { server.dispose(); return Promise.resolve(); });
}

/** An editor with the server in a process of its own, built as it ships. */
export async function editorOverStdio({ capabilities = VSCODE, folders = [] }: Omit<Surroundings, 'files'> = {}): Promise<Editor & { readonly exit: Promise<number | null> }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'resolute-server-')), file = path.join(folder, 'server.cjs');
  for (const [from, outfile] of [['node.ts', file], ['worker.ts', path.join(folder, 'worker.js')]] as const)
    buildSync({ entryPoints: [path.join(__dirname, '../../src', from)], outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'], logLevel: 'error' });
  const child = spawn(process.execPath, [file, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exit = new Promise<number | null>(resolve => child.once('exit', code => { rmSync(folder, { recursive: true }); resolve(code); }));
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  return { ...await begin(connection, capabilities, folders, process.pid, async () => {
    await connection.sendNotification('exit');
    await exit;
  }), exit };
}

async function begin(connection: ProtocolConnection, capabilities: ClientCapabilities, folders: readonly string[], processId: number | null, end: () => Promise<void>): Promise<Editor> {
  const texts = new Map<string, { text: string; version: number }>();
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  const server = await connection.sendRequest<InitializeResult>('initialize', { processId, rootUri: null, capabilities, workspaceFolders: folders.map(uri => ({ uri, name: uri })) });
  await connection.sendNotification('initialized', {});
  const text = (uri: string) => texts.get(uri)!.text;
  return {
    connection, server,
    async open(opened, uri = 'file:///test/text.resolution') {
      texts.set(uri, { text: opened, version: 1 });
      await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'resolution', version: 1, text: opened } });
      return uri;
    },
    async change(uri, start, end, inserted) {
      const before = parse(text(uri)), version = texts.get(uri)!.version + 1, range = { start: before.positionAt(start), end: before.positionAt(end) };
      // No position lies between the two signs of a line end.
      const after = text(uri).slice(0, before.offsetAt(range.start)) + inserted + text(uri).slice(before.offsetAt(range.end));
      texts.set(uri, { text: after, version });
      await connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ range, text: inserted }] });
      return after;
    },
    position: (uri, offset) => parse(text(uri)).positionAt(offset),
    edited(uri, edits) {
      const document = parse(text(uri));
      let result = text(uri);
      for (const { range, newText } of [...edits].sort((a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character))
        result = result.slice(0, document.offsetAt(range.start)) + newText + result.slice(document.offsetAt(range.end));
      return result;
    },
    async close() {
      await connection.sendRequest('shutdown');
      await end();
      connection.dispose();
    },
  };
}
