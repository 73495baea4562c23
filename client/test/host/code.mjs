#!/usr/bin/env node
// @ts-check
// Stands in for the `code` executable that @vscode/test-electron starts: takes its arguments, runs the tests in the VS Code of host.mjs,
// and ends with the status that they report.
import { launchBrowser } from './browser.mjs';
import { startServer, workbenchUrl } from './host.mjs';

const TIMEOUT = process.env.RESOLUTE_RUNS ? 3_600_000 : 300_000; // ms, for the whole run: as many generated texts as are asked for take their time
/** What the workbench tells of itself on every start. */
const CHATTER = /^(Resolv(ing|ed) connection token|Creating a socket|Ignoring fetching|Updating additional|ChatSessionStore|\[Service Worker\])/;

const argument = (/** @type {string} */ name) => process.argv.find(a => a.startsWith(`--${name}=`))?.slice(name.length + 3);
const folder = process.argv.slice(2).find(a => !a.startsWith('-'));
if (!folder) throw new Error('The folder to open is missing.');

const server = await startServer();
const browser = await launchBrowser();
let status = 1;
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  status = await new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`The tests did not end within ${TIMEOUT / 1000} seconds.`)), TIMEOUT).unref();
    page.on('crash', () => reject(new Error('The window crashed.')));
    browser.on('disconnected', () => reject(new Error('The browser ended.')));
    // The workbench hands what tests write, and their result, to functions of these names where it finds them.
    Promise.all([
      page.exposeFunction('codeAutomationLog', (/** @type {string} */ _level, /** @type {unknown[]} */ args) => { if (!CHATTER.test(String(args[0]))) console.log(...args); }),
      page.exposeFunction('codeAutomationExit', resolve),
    ]).then(() => page.goto(workbenchUrl(server.port, { folder, extension: argument('extensionDevelopmentPath'), tests: argument('extensionTestsPath') }))).catch(reject);
  });
} catch (error) {
  console.error(error);
} finally {
  await browser.close();
  await server.stop();
}
process.exit(status);
