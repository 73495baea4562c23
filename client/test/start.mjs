// @ts-check
// `npm start`: from a fresh copy of the project to an editor with Resolute in it and the examples open.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureInstalled, npm, root } from './installed.mjs';

ensureInstalled();
console.log('Building Resolute.');
if (npm('run', '--silent', 'build') !== 0) process.exit(1);

const temporary = mkdtempSync(path.join(tmpdir(), 'resolute-'));
const folder = path.join(temporary, 'examples');
cpSync(path.join(root, 'examples'), folder, { recursive: true });
const file = path.join(folder, 'contribution.resolution');
console.log(`The examples are copied to ${folder}, so try whatever you like.`);

const shell = process.platform === 'win32'; // where `code` is a script
if (spawnSync('code', ['--version'], { stdio: 'ignore', shell }).status === 0) {
  console.log('Opening VS Code.');
  const { status } = spawnSync('code', ['--new-window', `--extensionDevelopmentPath=${root}`, folder, file].map(a => shell ? `"${a}"` : a), { stdio: 'inherit', shell });
  process.exit(status ?? 1);
}

console.log('There is no VS Code here (no `code` on the path), so Resolute gets one that runs in your browser.');
const { startServer, workbenchUrl } = await import('./host/host.mjs');
process.once('exit', () => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 }));
const server = await startServer();
const url = workbenchUrl(server.port, { folder, file, extension: root });
console.log(`\nOpen this address in a browser on this computer:\n\n  ${url}\n\nCtrl+C ends it.`);
const [opener, ...before] = process.platform === 'darwin' ? ['open'] : shell ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open'];
// Where nothing opens it, the address above is there to be clicked.
spawn(/** @type {string} */ (opener), [...before, url], { stdio: 'ignore', detached: true }).on('error', () => {}).unref();
