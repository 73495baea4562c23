/** The page as VS Code would show it: the built script in a real browser, under the real content security policy. */
import { build } from 'esbuild';
import { createServer, type Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { pageHtml } from '../../src/preview/html';
import type { FromPage, ToPage } from '../../src/preview/messages';
import { launchBrowser } from '../host/browser.mjs';
import type { Sample } from './sample';

export interface Stage {
  page: Page;
  /** What the page has said to the editor. */
  said(): Promise<FromPage[]>;
  say(message: ToPage): Promise<void>;
  /** Hands a file over and waits until it is shown; says how long that took, in milliseconds. */
  show(sample: Sample, version?: number): Promise<number>;
  close(): Promise<void>;
}

let browser: Browser | undefined, server: Server | undefined, origin = '';

async function start(): Promise<Browser> {
  const { outputFiles } = await build({
    entryPoints: ['client/src/preview/page/page.ts'], bundle: true, write: false, outdir: 'out', format: 'iife', target: 'chrome122', mainFields: ['module', 'main'], logLevel: 'error',
  });
  const files = new Map(outputFiles.map(f => [f.path.endsWith('.css') ? '/page.css' : '/page.js', f.contents]));
  server = createServer(({ url }, response) => {
    response.setHeader('Content-Type', url === '/page.css' ? 'text/css' : url === '/page.js' ? 'text/javascript' : 'text/html');
    response.end(files.get(url ?? '') ?? pageHtml({ script: '/page.js', style: '/page.css', source: "'self'", nonce: 'n0nce', uri: 'file:///text.resolution' }));
  });
  await new Promise<void>(done => server!.listen(0, '127.0.0.1', done));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return launchBrowser();
}

/** Opens the page in a window of the given size. */
export async function stage(size = { width: 900, height: 1000 }): Promise<Stage> {
  browser ??= await start();
  const page = await browser.newPage({ viewport: size });
  const errors: string[] = [];
  page.on('pageerror', e => errors.push(e.message));
  page.on('console', m => { if (m.type() === 'error') errors.push(m.text()); });
  await page.addInitScript('globalThis.__name = f => f'); // the test's own compiler names functions with it
  await page.addInitScript(() => {
    const said: unknown[] = [];
    let state: unknown;
    Object.assign(globalThis, { said, acquireVsCodeApi: () => ({ postMessage: (m: unknown) => said.push(m), getState: () => state, setState: (s: unknown) => { state = s; } }) });
  });
  await page.goto(origin);
  const say = (message: ToPage): Promise<void> =>
    // A Uint8Array cannot cross to the browser as it is.
    page.evaluate(m => window.postMessage('docx' in m ? { ...m, docx: Uint8Array.from(atob(m.docx), c => c.charCodeAt(0)) } : m, '*'),
      message.type === 'word' ? { ...message, docx: Buffer.from(message.docx).toString('base64') } : message);
  let versions = 0;
  return {
    page, say,
    said: () => page.evaluate(() => (globalThis as unknown as { said: FromPage[] }).said),
    show: async ({ docx, lines }, version = ++versions) => {
      const start = performance.now();
      await say({ type: 'word', version, docx, lines });
      await page.waitForSelector(`body[data-version="${version}"]`, { timeout: 15_000 });
      return performance.now() - start;
    },
    close: async () => {
      await page.close();
      if (errors.length > 0) throw new Error(`The page complained: ${errors.join('; ')}`);
    },
  };
}

export async function closeBrowser(): Promise<void> {
  await browser?.close();
  server?.close();
  browser = server = undefined;
}
