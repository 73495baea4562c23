// @ts-check
// Starts the VS Code that install.mjs installed: its server here, its window in a browser.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installHost } from './install.mjs';

/** Nothing that comes and goes by itself, asks, or calls home. */
const SETTINGS = {
  'workbench.startupEditor': 'none', 'workbench.enableExperiments': false, 'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off', 'update.mode': 'none', 'update.showReleaseNotes': false, 'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false, 'extensions.ignoreRecommendations': true, 'security.workspace.trust.enabled': false,
  'chat.commandCenter.enabled': false, 'git.enabled': false, 'remote.autoForwardPorts': false,
};

/** A started server: `port` on 127.0.0.1, and `stop`, which ends it with everything that it started. @typedef {{ port: number, stop(): Promise<void> }} Server */

/**
 * Starts the server with a profile of its own, which goes when it stops.
 * @param {{ vsix?: string | undefined, settings?: Record<string, unknown> | undefined }} [options] `vsix`: a packaged extension to install first;
 *   `settings`: the user's, added to those above
 * @returns {Promise<Server>}
 * @throws when it does not start within a minute, with what it said
 */
export async function startServer({ vsix, settings } = {}) {
  const main = path.join(installHost(), 'out/server-main.js');
  const data = mkdtempSync(path.join(tmpdir(), 'resolute-editor-'));
  const clear = () => rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', clear);
  mkdirSync(path.join(data, 'data/User'), { recursive: true });
  writeFileSync(path.join(data, 'data/User/settings.json'), JSON.stringify({ ...SETTINGS, ...settings }));
  const env = {
    ...process.env,
    EXTENSIONS_GALLERY: '{}', // no marketplace
    XDG_RUNTIME_DIR: data, // where its sockets go
    NODE_OPTIONS: undefined, // meant for whoever started us
    CODE_SERVER_PARENT_PID: undefined, // would make it wait for a parent's orders
  };
  const folders = ['--accept-server-license-terms', '--server-data-dir', data, '--user-data-dir', path.join(data, 'data')];
  if (vsix) execFileSync(process.execPath, [main, ...folders, '--install-extension', vsix], { env, stdio: ['ignore', 'ignore', 'inherit'] });

  // A process group of its own, so that extension hosts and language servers end with it.
  const server = spawn(process.execPath, [main, ...folders, '--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--telemetry-level', 'off',
    '--disable-workspace-trust'], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const kill = (/** @type {NodeJS.Signals} */ signal) => { try { process.kill(-(server.pid ?? NaN), signal); } catch { /* it is gone */ } };
  const killNow = () => kill('SIGKILL');
  process.prependOnceListener('exit', killNow);
  const end = () => process.exit();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, end); // by themselves they end a process without its 'exit'
  const gone = new Promise(resolve => server.once('exit', resolve));

  let said = '';
  /** @type {number} */
  const port = await new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ why) => { kill('SIGKILL'); reject(new Error(`The editor's server ${why}.\n${said}`)); };
    const timer = setTimeout(() => fail('did not start within a minute'), 60_000);
    const listen = (/** @type {Buffer} */ chunk) => {
      said = (said + chunk).slice(-100_000);
      const port = /Extension host agent listening on (\d+)/.exec(said)?.[1];
      if (port) { clearTimeout(timer); resolve(Number(port)); }
    };
    server.stdout.on('data', listen);
    server.stderr.on('data', listen);
    server.once('error', error => fail(`could not be started: ${error.message}`));
    server.once('exit', code => { clearTimeout(timer); fail(`ended with ${code}`); });
  });
  return {
    port,
    async stop() {
      kill('SIGTERM');
      await Promise.race([gone, new Promise(resolve => setTimeout(resolve, 3000))]);
      killNow();
      await gone;
      clear();
      process.off('exit', killNow).off('exit', clear);
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, end);
    },
  };
}

/**
 * The address of the editor's window.
 * @param {number} port
 * @param {{ folder: string, file?: string | undefined, extension?: string | undefined, tests?: string | undefined }} what the folder and the file to open,
 *   the folder of an extension under development, a module whose `run` is called in the extension host
 */
export function workbenchUrl(port, { folder, file, extension, tests }) {
  const remote = (/** @type {string} */ place) => `vscode-remote://127.0.0.1:${port}${encodeURI(path.resolve(place))}`;
  const payload = Object.entries({ extensionDevelopmentPath: extension, extensionTestsPath: tests, openFile: file })
    .flatMap(([key, place]) => place ? [[key, remote(place)]] : []);
  const url = new URL(`http://127.0.0.1:${port}/`);
  url.searchParams.set('folder', path.resolve(folder));
  if (payload.length) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
