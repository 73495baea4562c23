// @ts-check
// A delegate's way through the packaged extension, from the text to the Word file. Each test goes on where the one before ended.
// RESOLUTE_PICTURES=folder keeps a picture of the window after each test.
import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { after, afterEach, before, describe, it } from 'mocha';
import { openWorkbench, runCommand, webview } from '../host/workbench.mjs';
import { endOfLine, goTo, placeOf, styleOf, until } from './editor.mjs';

describe('The packaged extension', () => {
  /** @type {Awaited<ReturnType<typeof openWorkbench>>} */
  let editor;
  /** @type {import('playwright-core').Page} */
  let page;
  /** @type {import('playwright-core').FrameLocator} */
  let word;
  before(async function () {
    this.timeout(60_000);
    editor = await openWorkbench({ file: 'contribution.resolution', settings: { 'workbench.colorTheme': 'Default Light Modern', 'editor.minimap.enabled': false } });
    ({ page } = editor);
    word = webview(page);
    await page.locator('.view-line').first().waitFor();
  });
  after(() => editor?.close());

  let pictures = 0;
  afterEach(async function () {
    const { state, title = '' } = this.currentTest ?? {}, folder = process.env.RESOLUTE_PICTURES;
    if (!page || (!folder && state !== 'failed')) return;
    const file = path.join(folder ?? tmpdir(), `${String(++pictures).padStart(2, '0')} ${title.replaceAll('/', ' ')}.png`);
    mkdirSync(path.dirname(file), { recursive: true });
    await page.screenshot({ path: file });
    if (state === 'failed') console.log(`      A picture of the window: ${file}`);
  });

  const text = () => page.locator('.monaco-editor .view-line');
  /** The line that holds some words, from 1. Every test leaves the text as it was. */
  const lineOf = (/** @type {string} */ words) => readFileSync(path.join(editor.folder, 'contribution.resolution'), 'utf8').split('\n').findIndex(line => line.includes(words)) + 1;
  const cursorAt = (/** @type {number} */ line, /** @type {number} */ column) => until(async () => {
    const place = await placeOf(page);
    return place.line === line && place.column === column;
  });
  /** What is plain, a section, a label, new and deleted looks different. */
  const checkColours = async () => {
    await until(async () => (await styleOf(page, 'considering')).weight === 'bold'); // the server's colours come after the grammar's
    const looks = await Promise.all(['that public libraries', 'considering', 'a)', 'among them many older', 'that few libraries'].map(words => styleOf(page, words)));
    assert.equal(new Set(looks.map(look => JSON.stringify(look))).size, looks.length, JSON.stringify(looks));
    assert.deepEqual(looks.slice(3).map(({ decoration }) => decoration), ['underline', 'line-through']);
  };

  describe('the text', () => {
    it('knows a resolution by its file name', async () => {
      await page.locator('[id="status.editor.mode"]', { hasText: 'ITU resolution' }).waitFor();
    });

    it('is coloured: sections, labels, what is new, what goes', async () => {
      await goTo(page, lineOf('that few libraries'));
      await checkColours();
    });

    it('folds', async () => {
      await goTo(page, lineOf('considering'));
      const inside = text().filter({ hasText: 'that public libraries' });
      await inside.waitFor();
      await until(async () => await page.locator('.codicon-folding-expanded').count() > 5); // before the server answers, only what is indented folds
      await page.keyboard.press('Control+Shift+[');
      await inside.waitFor({ state: 'detached' });
      await page.keyboard.press('Control+Shift+]');
      await inside.waitFor();
    });

    it('has an outline', async () => {
      await page.getByRole('button', { name: 'Explorer Section: examples' }).click(); // makes room
      await page.getByRole('button', { name: 'Outline Section' }).click();
      for (const name of ['Introduction', 'RESOLUTION 150', 'a) Resolution 123', 'considering']) await page.locator('.outline-tree .monaco-list-row', { hasText: name }).first().waitFor();
    });

    it('is marked where something is wrong; the hover says why', async () => {
      await goTo(page, lineOf('that access at a library'));
      await page.keyboard.press('Shift+ArrowRight');
      await page.keyboard.type('g');
      await page.locator('.squiggly-warning').first().waitFor();
      await runCommand(page, 'Show or Focus Hover');
      await page.locator('.monaco-hover', { hasText: /f\) was expected/ }).first().waitFor();
    });

    it('is corrected with Ctrl+., and that is one step to undo', async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+.');
      const chosen = page.locator('.action-widget .monaco-list-row.focused', { hasText: 'Track this difference' }); // from the text in force
      await page.locator('.action-widget .monaco-list-row.focused').waitFor();
      await until(async () => await chosen.isVisible() || (await page.keyboard.press('ArrowDown'), false));
      await page.keyboard.press('Enter');
      await text().filter({ hasText: '{~~f~>g~~})' }).waitFor();
      await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
      await page.keyboard.press('Control+z');
      await text().filter({ hasText: /^g\)/ }).waitFor();
      await page.keyboard.press('Control+z');
      await text().filter({ hasText: /^f\)/ }).waitFor();
    });
  });

  describe('typing', () => {
    it('Enter begins the next clause, a second Enter ends the list', async () => {
      const line = lineOf('b)\tResolution 139');
      await goTo(page, line);
      await endOfLine(page);
      await page.keyboard.press('Enter');
      await cursorAt(line + 1, 5); // behind the label and its tab
      await page.keyboard.type('the next clause;');
      await text().filter({ hasText: 'c) the next clause;' }).waitFor();
      for (let back = 0; back < 'the next clause;'.length; back++) await page.keyboard.press('Backspace');
      await page.keyboard.press('Enter');
      await cursorAt(line + 1, 1);
      await page.keyboard.press('Backspace');
    });

    it('a cross-reference is offered with the words of its clause', async () => {
      await goTo(page, lineOf('that public libraries'));
      await endOfLine(page);
      await page.keyboard.type(' *recalling* ', { delay: 30 });
      const offers = page.locator('.suggest-widget.visible .monaco-list-row');
      await offers.filter({ hasText: 'b)' }).first().waitFor();
      await page.keyboard.type('b');
      await until(async () => /b\)/.test(await page.locator('.suggest-widget.visible .monaco-list-row.focused').innerText()));
      await page.keyboard.press('Tab');
      await text().filter({ hasText: '*recalling* b)' }).waitFor();
      await page.keyboard.press('Escape');
      for (let back = 0; back < ' *recalling* b)'.length; back++) await page.keyboard.press('Backspace');
      await text().filter({ hasText: '*recalling* b)' }).waitFor({ state: 'detached' });
    });
  });

  describe('the Word page', () => {
    const block = (/** @type {string} */ words) => word.locator('.body [data-block]', { hasText: words }).first();
    const change = (/** @type {string} */ words) => word.locator('.change', { hasText: words }).first();
    const inSight = (/** @type {string} */ words) => until(() => block(words).evaluate(element => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    }));
    const topOf = (/** @type {string} */ words) => block(words).evaluate(element => element.getBoundingClientRect().top);
    const version = async () => Number(await word.locator('body').getAttribute('data-version'));
    const drawnAnew = (/** @type {number} */ before) => until(async () => await version() > before);

    it('opens beside the text', async () => {
      await page.keyboard.press('Control+b');
      await goTo(page, 1);
      await page.locator('.editor-actions [aria-label*="Show Word Page Beside"]').click();
      await word.locator('body[data-shown="markup"]').waitFor();
      await word.locator('.paper').nth(2).waitFor();
      assert.match(await word.locator('#where').innerText(), /^Page 1 of \d$/);
      await until(async () => (await page.locator('.tab.active', { hasText: 'contribution.resolution' }).count()) > 0);
    });

    it('shows each author’s changes in a colour of their own, and comments in the margin', async () => {
      const look = (/** @type {string} */ words) => change(words).evaluate(element => [getComputedStyle(element).color, getComputedStyle(element).textDecorationLine]);
      const [apt, eur] = [await look('and community centres'), await look('Resolution 175')];
      assert.notEqual(apt[0], eur[0]);
      assert.deepEqual([apt[1], eur[1], (await look('few libraries'))[1]], ['underline', 'underline', 'line-through']);
      assert.deepEqual(await word.locator('.remark b').allInnerTexts(), ['EUR', 'APT']); // the question before its answer
      assert.deepEqual(await word.locator('#authors span').allInnerTexts(), ['APT', 'EUR', 'APT; EUR']);
    });

    it('follows the cursor', async () => {
      await goTo(page, lineOf('to connect public'));
      await inSight('to broadband networks');
      await word.locator('.current', { hasText: 'to broadband networks' }).waitFor();
    });

    it('stays where it is when the setting says so', async () => {
      const settings = path.join(editor.folder, '.vscode/settings.json'), numbers = page.locator('.line-numbers').first();
      mkdirSync(path.dirname(settings));
      writeFileSync(settings, JSON.stringify({ 'resolute.preview.followCursor': false, 'editor.lineNumbers': 'off' }));
      await numbers.waitFor({ state: 'detached' }); // the settings have arrived
      const top = await topOf('to broadband networks');
      await goTo(page, lineOf('Many people'));
      await word.locator('.current', { hasText: 'Many people' }).waitFor();
      await goTo(page, lineOf('to connect public'));
      assert.equal(await topOf('to broadband networks'), top);
      rmSync(settings);
      await numbers.waitFor();
    });

    it('leads to the words that are clicked', async () => {
      await block('to collect experience').click();
      await until(async () => (await placeOf(page)).line === lineOf('to collect experience'));
      await page.keyboard.type('x'); // the text has the keyboard
      await text().filter({ hasText: /^x\{\+\+1bis/ }).waitFor();
      await page.keyboard.press('Control+z');
    });

    it('shows the final and the original text', async () => {
      const words = async () => (await word.locator('.body').allInnerTexts()).join('\n');
      await word.getByRole('button', { name: 'Final' }).click();
      await word.locator('body[data-shown="final"]').waitFor();
      assert.equal(await word.locator('.change').count(), 0);
      assert.match(await words(), /RESOLUTION 150 \(Rev\. New Delhi, 2024\)/);
      assert.doesNotMatch(await words(), /few libraries/);
      await word.getByRole('button', { name: 'Original' }).click();
      await word.locator('body[data-shown="original"]').waitFor();
      assert.match(await words(), /RESOLUTION 150 \(Rev\. Geneva, 2022\)/);
      assert.match(await words(), /few libraries/);
      await word.getByRole('button', { name: 'Markup' }).click();
      await word.locator('body[data-shown="markup"]').waitFor();
    });

    it('keeps its place while the text above is typed in', async () => {
      await goTo(page, lineOf('to connect public'));
      await inSight('to broadband networks');
      const before = await version(), top = await topOf('to broadband networks');
      await page.keyboard.type('quickly ', { delay: 20 });
      await drawnAnew(before);
      await word.locator('.body', { hasText: 'quickly to' }).first().waitFor();
      assert.ok(Math.abs(await topOf('to broadband networks') - top) < 2, `${top} became ${await topOf('to broadband networks')}`);
      for (let back = 0; back < 'quickly '.length; back++) await page.keyboard.press('Backspace');
      await word.locator('.body', { hasText: 'quickly to' }).waitFor({ state: 'detached' });
    });

    it('says so when no page can be made, and keeps the last one', async () => {
      const style = await word.locator('link[rel="stylesheet"]').getAttribute('href');
      const worker = decodeURIComponent(new URL(style ?? '').pathname).replace(/page\.css$/, 'worker.js');
      assert.ok(existsSync(worker), worker);
      renameSync(worker, `${worker}.gone`);
      await runCommand(page, 'Resolute: Restart');
      await goTo(page, lineOf('The figures in the table'));
      await page.keyboard.type('One more word.');
      await word.locator('#band.failed').waitFor();
      assert.match(await word.locator('#band').innerText(), /^The page could not be drawn: The Word file could not be written/);
      assert.ok(await word.locator('.paper').count() > 2);
      renameSync(`${worker}.gone`, worker);
      await page.keyboard.type(' And another.');
      await word.locator('#band').waitFor({ state: 'hidden' });
      await word.locator('.body', { hasText: 'And another.' }).first().waitFor();
    });

    it('stays paper in a dark window', async () => {
      await goTo(page, lineOf('that few libraries'));
      await page.keyboard.press('Control+k');
      await page.keyboard.press('Control+t');
      await page.locator('.quick-input-widget input').fill('Dark Modern');
      await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'Dark Modern' }).waitFor();
      await page.keyboard.press('Enter');
      await page.locator('.monaco-workbench.vs-dark').waitFor();
      await word.locator('body.vscode-dark').waitFor();
      const colours = await word.locator('.paper').first().evaluate(paper => [getComputedStyle(paper).backgroundColor, getComputedStyle(paper).color, getComputedStyle(document.body).backgroundColor]);
      assert.deepEqual(colours.slice(0, 2), ['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
      assert.notEqual(colours[2], colours[0]);
      await checkColours();
    });
  });

  describe('Word and help', () => {
    it('the text is saved as a Word file', async () => {
      await goTo(page, 1);
      await runCommand(page, 'Resolute: Save as Word…');
      const input = page.locator('.quick-input-widget input');
      await until(async () => /contribution\.docx$/.test(await input.inputValue()));
      await page.keyboard.press('Enter');
      await page.locator('.notification-toast', { hasText: 'Saved contribution.docx.' }).waitFor();
      const parts = unzipSync(readFileSync(path.join(editor.folder, 'contribution.docx')));
      assert.match(Buffer.from(parts['word/document.xml'] ?? []).toString(), /<w:ins /);
    });

    it('the walkthrough opens', async () => {
      await runCommand(page, 'Welcome: Open Walkthrough...');
      await page.locator('.quick-input-widget input').fill('Your first contribution');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Your first contribution' }).first().waitFor();
      await page.keyboard.press('Enter');
      await page.locator('.gettingStartedContainer', { hasText: 'Open the example' }).first().waitFor();
      await page.getByText('Type a clause').first().waitFor();
    });
  });
});
