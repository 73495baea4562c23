/// <reference lib="dom" />
/** The pictures of paper, in README.md and docs/rendering.md. They need LibreOffice and pdftoppm. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { grammarOf } from '../../server/src/knowledge/grammar';
import { Document } from '../../server/src/markup/document';
import { writeWord } from '../../server/src/word/write';
import { closeBrowser, stage } from './preview/browser';
import { officePicture } from './preview/office';
import { arabic, long } from './preview/texts';

/** The height of what is shown of a picture, its width, and how wide the whole page is drawn; CSS pixels. */
type Cut = readonly [width: number, height: number, whole: number];

/** Pictures side by side on grey, cut off at a size. */
async function desk(browser: Browser, file: string, pictures: readonly Buffer[], [width, height, whole]: Cut): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.setContent(`<style>body { margin: 0; background: #ccc; display: flex; gap: 16px; padding: ${pictures.length > 1 ? 16 : 0}px } img { width: ${whole}px; align-self: flex-start }</style>${
    pictures.map(png => `<img src="data:image/png;base64,${png.toString('base64')}">`).join('')}`);
  await page.screenshot({ path: file });
  await page.close();
  // Text needs few colours; where ImageMagick is not installed the picture stays as it is.
  spawnSync('convert', [file, '+dither', '-colors', '40', `PNG8:${file}`]);
  console.log(`${path.relative('.', file)}: ${Math.round(statSync(file).size / 1000)} KB`);
}

/** Files that the command line writes, as LibreOffice shows them. */
async function files(browser: Browser, folder: string): Promise<void> {
  const temporary = mkdtempSync(path.join(tmpdir(), 'resolute-pictures-')), proposals = ['apt', 'eur', 'iap'].map(name => `examples/proposals/${name}.resolution`);
  const written = (name: string, ...args: string[]): Buffer => {
    const file = path.join(temporary, name), { status, stderr } = spawnSync(process.execPath, ['--import=tsx', 'server/src/cli/main.ts', ...args, '-o', file], { encoding: 'utf8' });
    if (status) throw new Error(stderr);
    return readFileSync(file);
  };
  const contribution = written('contribution.docx', 'word', 'examples/contribution.resolution');
  await desk(browser, path.join(folder, 'word.png'), [1, 2].map(page => officePicture(contribution, page, 120)), [1228, 866, 590]);
  await desk(browser, path.join(folder, 'side-by-side.png'), [officePicture(written('table.docx', 'side-by-side', ...proposals), 1, 120)], [900, 570, 900]);
  written('draft.resolution', 'consolidate', ...proposals);
  await desk(browser, path.join(folder, 'consolidated.png'), [officePicture(written('draft.docx', 'word', path.join(temporary, 'draft.resolution')), 1, 120)], [794, 960, 794]);
  rmSync(temporary, { recursive: true });
}

/** Takes them all into a folder. */
export async function takePaper(folder: string): Promise<void> {
  const texts = { contribution: [readFileSync('examples/contribution.resolution', 'utf8'), 1, 3], long: [long, 2, 5], arabic: [arabic, 1, 2] } as const;
  const { page, show, close } = await stage({ width: 1700, height: 1300 }), browser = page.context().browser()!;
  for (const [name, [text, ...numbers]] of Object.entries(texts)) {
    const { docx, lines } = await writeWord(Document.parse(text, grammarOf), { view: 'marked' });
    await show({ docx, lines: [...lines] });
    await page.evaluate(() => document.querySelector<HTMLElement>('#sheets')!.style.setProperty('--zoom', '1'));
    for (const number of numbers) {
      const ours = await page.locator('.paper').nth(number - 1).screenshot();
      await desk(browser, path.join(folder, `pages-${name}-${number}.png`), [ours, officePicture(docx, number)], [1228, 866, 590]);
    }
  }
  await files(browser, folder);
  await close();
  await closeBrowser();
}
