// @ts-check
// The packaged extension in VS Code, in a browser's page, for tests that do what a user does.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../installed.mjs';
import { launchBrowser, launchBrowserWith } from './browser.mjs';
import { startServer, workbenchUrl } from './host.mjs';

/**
 * Opens VS Code on a copy of examples/, with resolute.vsix installed (`npm run package` makes it).
 * @param {{ file?: string, settings?: Record<string, unknown>, apart?: boolean }} [options] `file`: the one to open, by its name in examples/;
 *   `settings`: the user's; `apart`: webviews in a process of their own, as on the desktop
 * @returns the page, the folder that is open, and what closes all of it.
 */
export async function openWorkbench({ file, settings, apart } = {}) {
  const temporary = mkdtempSync(path.join(tmpdir(), 'resolute-ui-'));
  process.once('exit', () => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 }));
  const folder = path.join(temporary, 'examples');
  cpSync(path.join(root, 'examples'), folder, { recursive: true });
  const server = await startServer({ vsix: path.join(root, 'resolute.vsix'), settings });
  const browser = apart ? await launchBrowserWith(path.join(temporary, 'profile')) : await launchBrowser();
  const close = async () => {
    await browser.close();
    await server.stop();
  };
  try {
    const page = await browser.newPage();
    await page.setViewportSize({ width: 1280, height: 800 });
    page.setDefaultTimeout(15_000); // below Mocha's, so that a failure says what was waited for
    if (apart) await giveWebviewsTheirOrigin(page, server.port);
    await page.goto(workbenchUrl(server.port, { folder, file: file && path.join(folder, file) }));
    await page.locator('.monaco-workbench').waitFor();
    return { page, folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Makes the window load webviews from hosts of their own (as vscode-webview:// and vscode-cdn.net are), which a browser gives processes of their own.
 * @param {import('playwright-core').Page} page @param {number} port
 */
async function giveWebviewsTheirOrigin(page, port) {
  await page.route(`http://127.0.0.1:${port}/?*`, async route => {
    const response = await route.fetch(), headers = response.headers();
    delete headers['content-security-policy']; // names the origins that frames may have
    const body = (await response.text()).replace(/(id="vscode-workbench-web-configuration" data-settings=")([^"]*)/, (_, before, settings) => {
      const { webviewEndpoint, ...rest } = JSON.parse(settings.replaceAll('&quot;', '"'));
      const { pathname } = new URL(webviewEndpoint, 'http://localhost/');
      const productConfiguration = { ...rest.productConfiguration, webviewContentExternalBaseUrlTemplate: `http://{{uuid}}.localhost:${port}${pathname}/` };
      return before + JSON.stringify({ ...rest, productConfiguration }).replaceAll('"', '&quot;');
    });
    await route.fulfill({ response, body, headers });
  });
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
