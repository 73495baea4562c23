// @ts-check
// Makes a fresh copy of the project ready to run; needs nothing but Node and npm.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';

/** The project's folder. */
export const root = path.resolve(import.meta.dirname, '../..');

/**
 * Runs npm and shows what it says.
 * @param {...string} args
 * @returns its exit status, 1 where it could not be started
 */
export function npm(...args) {
  // Started by `npm run`, npm tells where it is; `npm` alone is no executable on Windows.
  const npm = process.env.npm_execpath;
  const { status, error } = spawnSync(npm ? process.execPath : 'npm', npm ? [npm, ...args] : args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) console.error(`npm could not be started: ${error.message}`);
  return status ?? 1;
}

/** Installs the packages where they are missing or older than the list that names them; ends this process where that fails. */
export function ensureInstalled() {
  const age = (/** @type {string} */ file) => statSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (age('node_modules/.package-lock.json') >= age('package-lock.json')) return;
  console.log('Installing the packages that Resolute is built with. The first time this takes a minute or two.');
  // Without scripts: none of the packages needs its own here, and some download.
  const status = npm('ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
  if (status !== 0) process.exit(status);
}
