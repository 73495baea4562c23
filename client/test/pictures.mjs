// @ts-check
// `npm run pictures`: takes the pictures of README.md and docs/rendering.md anew, from the running product; `npm run pictures paper` only those
// of paper, which need no editor but LibreOffice (soffice) and pdftoppm.
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { openWorkbench, webview } from './host/workbench.mjs';
import { npm, root } from './installed.mjs';
import { takePaper } from './renderings.js';
import { endOfLine, goTo, styleOf, until } from './ui/editor.mjs';

const images = path.join(root, 'docs/images'), file = 'contribution.resolution';
mkdirSync(images, { recursive: true });
await takePaper(images);
if (process.argv[2] === 'paper') process.exit();
if (npm('run', '--silent', 'package') !== 0) process.exit(1);

const { page, folder, close } = await openWorkbench({
  file, settings: { 'workbench.colorTheme': 'Default Light Modern', 'editor.minimap.enabled': false, 'editor.cursorBlinking': 'solid' },
});
try {
  const line = (/** @type {string} */ words) => readFileSync(path.join(folder, file), 'utf8').split('\n').findIndex(text => text.includes(words)) + 1;
  const coloured = () => until(async () => (await styleOf(page, 'considering')).weight === 'bold');
  const take = async (/** @type {string} */ name) => {
    const picture = path.join(images, `${name}.png`);
    await page.screenshot({ path: picture });
    console.log(`${path.relative(root, picture)}: ${Math.round(statSync(picture).size / 1000)} KB`);
  };
  await page.locator('.view-line').first().waitFor();

  // A finding: its reason, and how it can be corrected.
  await page.keyboard.press('Control+b');
  await goTo(page, line('that access at a library'));
  await coloured();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.type('g');
  await page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Alt+F8');
  await page.locator('.marker-widget').waitFor();
  await page.locator('.codicon-light-bulb, .codicon-lightbulb, .lightBulbWidget').first().click();
  await page.locator('.action-widget').waitFor();
  await take('finding');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');

  // A cross-reference, offered with the words of its clause.
  await goTo(page, line('to report on progress'));
  await endOfLine(page);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type(', in line with *recognizing* ', { delay: 30 });
  const offers = page.locator('.suggest-widget.visible .monaco-list-row');
  await offers.nth(2).waitFor();
  if (!await page.locator('.suggest-details').isVisible()) await page.keyboard.press('Control+Space'); // shows the clause's words
  await page.locator('.suggest-details', { hasText: 'ITU-T' }).waitFor();
  await take('completion');
  await page.keyboard.press('Escape');
  for (let back = 0; back < ', in line with *recognizing* '.length; back++) await page.keyboard.press('Backspace');

  // The text with the Word page beside it.
  await goTo(page, line('that few libraries'));
  await page.keyboard.press('Control+Shift+v');
  const word = webview(page);
  await word.locator('body[data-shown="markup"]').waitFor();
  await word.locator('.current', { hasText: 'few libraries' }).waitFor();
  await until(async () => /^Page 2/.test(await word.locator('#where').innerText()));
  await coloured();
  await take('contribution');
  await page.locator('.tab', { hasText: 'Word:' }).locator('.codicon-close').click();

  // The outline, in a dark window.
  await page.keyboard.press('Control+1');
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+t');
  await page.locator('.quick-input-widget input').fill('Dark Modern');
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'Dark Modern' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.monaco-workbench.vs-dark').waitFor();
  await page.keyboard.press('Control+b');
  await page.getByRole('button', { name: 'Explorer Section: examples' }).click(); // makes room
  await page.getByRole('button', { name: 'Outline Section' }).click();
  await page.locator('.outline-tree .monaco-list-row', { hasText: 'considering' }).waitFor();
  await goTo(page, line('that few libraries'));
  await take('outline');
} finally {
  await close();
}
