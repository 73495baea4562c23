// @ts-check
// Installs a VS Code that runs without a desktop, out of the npm package `code-server`: the workbench, the extension host and the
// built-in extensions, without code-server's own wrapper around them. Nothing is compiled, and nothing but npm packages is fetched.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const VERSION = '4.100.3'; // VS Code 1.100.3: the newest one whose server runs on Node 20
const RIPGREP = '1.18.0';
const NODE_PTY = '1.2.0-beta.15';

const project = path.resolve(import.meta.dirname, '../../..');
const host = path.join(project, '.vscode-test', `host-${VERSION}`);

/**
 * Installs the host where it is missing.
 * @returns {string} the folder of VS Code's server; `out/server-main.js` in it is what starts
 */
export function installHost() {
  if (existsSync(host)) return host;
  console.log('Installing an editor to run Resolute in (VS Code 1.100, about 150 MB). This happens once and takes half a minute.');
  // Made beside its place and moved there when complete, so a run that was cut short leaves no half of one.
  const making = `${host}.${process.pid}`;
  try {
    assemble(making);
    if (!existsSync(host)) renameSync(path.join(making, 'lib/vscode'), host);
  } finally { rmSync(making, { recursive: true, force: true }); }
  return host;
}

/** @param {string} folder */
function assemble(folder) {
  unpack(`code-server@${VERSION}`, folder);
  const vscode = path.join(folder, 'lib/vscode');
  const modules = path.join(vscode, 'node_modules');
  // Without scripts: theirs compile native code or download. Legacy peers: npm 11 otherwise takes the shipped list for outdated.
  npm(['ci', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error'], vscode);
  symlinkSync('node_modules', path.join(vscode, 'node_modules.asar'), 'junction'); // the name the desktop build looks under

  // The search tool and the terminal, from packages that bring the executable along.
  const rg = process.platform === 'win32' ? 'rg.exe' : 'rg';
  unpack(`@vscode/ripgrep-${process.platform}-${process.arch}@${RIPGREP}`, path.join(folder, 'ripgrep'));
  mkdirSync(path.join(modules, '@vscode/ripgrep/bin'), { recursive: true });
  cpSync(path.join(folder, 'ripgrep/bin', rg), path.join(modules, '@vscode/ripgrep/bin', rg));
  chmodSync(path.join(modules, '@vscode/ripgrep/bin', rg), 0o755);
  rmSync(path.join(modules, 'node-pty'), { recursive: true });
  unpack(`node-pty@${NODE_PTY}`, path.join(modules, 'node-pty'));

  // Two native modules that every start loads and nothing here needs: a logger, and a guard that ends orphans (VS Code has another).
  writeFileSync(path.join(modules, '@vscode/spdlog/index.js'), LOGGER);
  writeFileSync(path.join(modules, 'native-watchdog/index.js'), 'exports.start = () => {};\n');

  // What a test never uses is half of the size.
  for (const unused of ['@github', 'ssh2', 'cpu-features']) rmSync(path.join(modules, unused), { recursive: true, force: true });
  for (const unused of ['microsoft-authentication', 'tunnel-forwarding', 'ms-vscode.js-debug', 'ms-vscode.js-debug-companion', 'ms-vscode.vscode-js-profile-table'])
    rmSync(path.join(vscode, 'extensions', unused), { recursive: true, force: true });
  for (const part of ['out', 'extensions'])
    for (const file of /** @type {string[]} */ (readdirSync(path.join(vscode, part), { recursive: true })))
      if (file.endsWith('.js.map')) rmSync(path.join(vscode, part, file));
}

/** Fetches a package, with npm's check of its hash, and runs none of its scripts. @param {string} spec @param {string} folder */
function unpack(spec, folder) {
  mkdirSync(folder, { recursive: true });
  const archive = npm(['pack', spec, '--silent'], folder).trim().split('\n').at(-1) ?? '';
  execFileSync('tar', ['xzf', archive, '--strip-components=1'], { cwd: folder });
  rmSync(path.join(folder, archive));
}

/** @param {string[]} args @param {string} cwd */
function npm(args, cwd) {
  const [command, ...before] = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  return execFileSync(/** @type {string} */ (command), [...before, ...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The logger's interface over files that are simply appended to. */
const LOGGER = `
const fs = require('fs'), path = require('path');
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
let initial = 2;
class Logger {
  constructor(file) { this.file = file; this.level = initial; this.plain = false; fs.mkdirSync(path.dirname(file), { recursive: true }); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  clearFormatters() { this.plain = true; }
  setPattern() {}
  flush() {}
  drop() { this.file = undefined; }
}
LEVELS.forEach((name, level) => {
  Logger.prototype[name] = function (text) {
    if (this.file && level >= this.level) fs.appendFileSync(this.file, this.plain ? text : new Date().toISOString() + ' [' + name + '] ' + text + '\\n');
  };
});
exports.Logger = Logger;
exports.createRotatingLogger = exports.createAsyncRotatingLogger = async (_name, file) => new Logger(file);
exports.setLevel = level => { initial = level; };
exports.setFlushOn = exports.shutdown = () => {};
exports.version = 1;
`;
