/** The language server's door in Node: over standard input and output. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures, StreamMessageReader } from 'vscode-languageserver/node';
import { version } from '../../package.json';
import type { ProposalsRequest } from './proposals/answer';
import type { Clipboard, PasteAnswer } from './word/read/clipboard';
import type { CompareRequest, ReadRequest } from './worker';
import { WordWriter } from './wordWriter';
import type { Context } from './features/feature';
import type { Files } from './features/workspace';
import { MessageWriter } from './messageWriter';
import { records } from './records';
import { serve } from './server';

const files: Files = {
  read: uri => uri.startsWith('file:') ? readFile(fileURLToPath(uri), 'utf8').catch(() => null) : Promise.resolve(null),
  bytes: uri => uri.startsWith('file:') ? readFile(fileURLToPath(uri)).catch(() => null) : Promise.resolve(null),
  async list(folder, ending) {
    if (!folder.startsWith('file:')) return [];
    const root = fileURLToPath(folder);
    const paths = await readdir(root, { recursive: true });
    return paths.filter(path => path.endsWith(ending) && !/(?:^|[\\/])node_modules[\\/]/.test(path)).map(path => pathToFileURL(join(root, path)).href);
  },
  records: uri => records(fileURLToPath(uri)),
};

/** The bundle of `worker.ts`. */
const WORKER = join(__dirname, 'worker.js');

/** A thread for each comparison and each file that is read: there are few, and a large one can be ended when nobody waits for it. */
const ask = <T>(data: CompareRequest | ReadRequest | Clipboard | ProposalsRequest, signal: AbortSignal, ended: string): Promise<T | null> => new Promise((done, failed) => {
  const worker = new Worker(WORKER, { workerData: data });
  signal.addEventListener('abort', () => { done(null); void worker.terminate(); }, { once: true });
  worker.once('message', done);
  worker.once('error', failed);
  worker.once('exit', () => failed(new Error(ended)));
});
const compare: Context['compare'] = (base, now, how, signal) => ask({ base, now, how }, signal, 'The comparison stopped before it was done.');
const readWord: Context['readWord'] = (docx, signal) => ask({ docx }, signal, 'Reading the Word file stopped before it was done.');
const paste: Context['paste'] = (clipboard, signal) => ask<PasteAnswer>(clipboard, signal, 'Reading the clipboard stopped before it was done.');
const proposals: Context['proposals'] = (request, signal) => ask(request, signal, 'Setting the proposals together stopped before it was done.');

/** Serves one editor until it goes away. */
export function listen(): void {
  const word = new WordWriter(WORKER);
  serve(createConnection(ProposedFeatures.all, new StreamMessageReader(process.stdin), new MessageWriter(process.stdout)), { files, version, compare, proposals, readWord, paste, writeWord: (text, view, signal, template) => word.write(text, view, signal, template) });
}

listen();
