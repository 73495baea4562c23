// @ts-check
// The packaged extension in VS Code, in a browser's page, for tests that do what a user does.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../installed.mjs';
import { launchBrowser } from './browser.mjs';
import { startServer, workbenchUrl } from './host.mjs';

/**
 * Opens VS Code on a copy of examples/, with resolute.vsix installed (`npm run package` makes it).
 * @param {{ file?: string, settings?: Record<string, unknown> }} [options] `file`: the one to open, by its name in examples/; `settings`: the user's
 * @returns the page, the folder that is open, and what closes all of it.
 */
export async function openWorkbench({ file, settings } = {}) {
  const temporary = mkdtempSync(path.join(tmpdir(), 'resolute-ui-'));
  process.once('exit', () => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 }));
  const folder = path.join(temporary, 'examples');
  cpSync(path.join(root, 'examples'), folder, { recursive: true });
  const server = await startServer({ vsix: path.join(root, 'resolute.vsix'), settings });
  const browser = await launchBrowser();
  const close = async () => {
    await browser.close();
    await server.stop();
  };
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(15_000); // below Mocha's, so that a failure says what was waited for
    await page.goto(workbenchUrl(server.port, { folder, file: file && path.join(folder, file) }));
    await page.locator('.monaco-workbench').waitFor();
    return { page, folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Runs a command by its title, as the command palette shows it. @param {import('playwright-core').Page} page @param {string} title */
export async function runCommand(page, title) {
  await page.keyboard.press('Escape'); // an open hover would catch the click
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
  await page.keyboard.press('Enter');
}

/** The content of the webview that is in sight. @param {import('playwright-core').Page} page */
export function webview(page) {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}
