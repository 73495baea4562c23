/** The language server's door in Node: over standard input and output. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { version } from '../../package.json';
import { WordWriter } from './word/writer';
import { encode } from './features/raw';
import type { Files } from './features/workspace';
import { serve } from './server';

const files: Files = {
  read: uri => uri.startsWith('file:') ? readFile(fileURLToPath(uri), 'utf8').catch(() => null) : Promise.resolve(null),
  async list(folder) {
    if (!folder.startsWith('file:')) return [];
    const root = fileURLToPath(folder);
    const paths = await readdir(root, { recursive: true });
    return paths.filter(path => path.endsWith('.resolution') && !/(?:^|[\\/])node_modules[\\/]/.test(path)).map(path => pathToFileURL(join(root, path)).href);
  },
};

/** Serves one editor until it goes away. */
export function listen(): void {
  const writer = new StreamMessageWriter(process.stdout, { contentTypeEncoder: { name: 'application/json', encode: message => Promise.resolve(encode(message)) } });
  const word = new WordWriter(join(__dirname, 'worker.js'));
  serve(createConnection(ProposedFeatures.all, new StreamMessageReader(process.stdin), writer), { files, version, writeWord: (text, view, signal) => word.write(text, view, signal) });
}

listen();
