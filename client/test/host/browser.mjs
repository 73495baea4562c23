// @ts-check
// The browser that tests look through: CHROMIUM_PATH, else one that is installed, else the Chromium inside an npm package.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const project = path.resolve(import.meta.dirname, '../../..');

/** Starts the browser without a window, cut off from every machine but this one. */
export const launchBrowser = () => chromium.launch(options());

/**
 * The same with a folder for what pages store, as for a user: without it the browser is in its private mode, in which frames of another origin get
 * no service worker.
 * @param {string} profile
 */
export const launchBrowserWith = profile => chromium.launchPersistentContext(profile, options());

const options = () => ({
  ...installedBrowser() ?? packagedBrowser(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost',
    '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets'], // they take an answer that a test has changed for one from far away
});

/** @returns {import('playwright-core').LaunchOptions | undefined} */
function installedBrowser() {
  if (process.env.CHROMIUM_PATH) return { executablePath: process.env.CHROMIUM_PATH };
  if (process.platform !== 'linux') return { channel: process.platform === 'win32' ? 'msedge' : 'chrome' };
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const executablePath = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
    .flatMap(name => folders.map(folder => path.join(folder, name))).find(file => existsSync(file));
  return executablePath ? { executablePath } : undefined;
}

/**
 * Unpacks @sparticuz/chromium, with the libraries and the font that a bare machine lacks. Its own unpacking is for cloud functions: it leaves
 * the libraries out elsewhere, and puts everything into the machine's one temporary folder, where two runs get into each other's way.
 * @returns {import('playwright-core').LaunchOptions}
 */
function packagedBrowser() {
  const folder = path.join(project, '.vscode-test/chromium');
  if (!existsSync(folder)) {
    const making = `${folder}.${process.pid}`;
    mkdirSync(making, { recursive: true });
    try {
      const inflate = (/** @type {string} */ name) => brotliDecompressSync(readFileSync(path.join(project, 'node_modules/@sparticuz/chromium/bin', name)));
      writeFileSync(path.join(making, 'chromium'), inflate('chromium.br'), { mode: 0o755 });
      for (const archive of ['al2023.tar.br', 'fonts.tar.br']) execFileSync('tar', ['xf', '-'], { cwd: making, input: inflate(archive) });
      writeFileSync(path.join(making, 'fonts.conf'), `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>`);
      if (!existsSync(folder)) renameSync(making, folder);
    } finally { rmSync(making, { recursive: true, force: true }); }
  }
  return {
    executablePath: path.join(folder, 'chromium'),
    env: {
      ...process.env, LD_LIBRARY_PATH: path.join(folder, 'lib'),
      ...existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_FILE: path.join(folder, 'fonts.conf') },
    },
  };
}
