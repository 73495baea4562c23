// @ts-check
// Numbering with the keys and the mouse: what the editor's own tests cannot press or see.
import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { openWorkbench, runCommand } from '../host/workbench.mjs';
import { endOfLine, goTo, until } from './editor.mjs';

describe('Numbering, as its user sees it', function () {
  this.timeout(60_000);
  /** @type {Awaited<ReturnType<typeof openWorkbench>>} */
  let editor;
  /** @type {import('playwright-core').Page} */
  let page;
  before(async () => {
    editor = await openWorkbench({ file: 'contribution.resolution', settings: { 'workbench.colorTheme': 'Default Light Modern', 'editor.minimap.enabled': false, 'files.autoSave': 'off' } });
    ({ page } = editor);
    await page.locator('.view-line').first().waitFor();
    await page.keyboard.press('Control+b');
    await page.locator('.codelens-decoration').first().waitFor(); // the server answers
  });
  after(() => editor?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await page?.screenshot({ path: path.join(tmpdir(), 'numbering-failed.png') });
  });

  const file = () => readFileSync(path.join(editor.folder, 'contribution.resolution'), 'utf8');
  /** What is done with a key is done a little later: the text is saved until it is as it should be. */
  const saved = (/** @type {(text: string) => boolean} */ good) => until(async () => {
    await page.keyboard.press('Control+s');
    return good(file());
  });
  const lineOf = (/** @type {string} */ words) => file().split('\n').findIndex(line => line.includes(words)) + 1;

  it('a clause is put in, the section renumbered after a look at it, and all of it undone', async () => {
    const before = file();
    await goTo(page, lineOf('that public libraries are open'));
    await endOfLine(page);
    await page.keyboard.press('Enter');
    await page.locator('.view-line', { hasText: /^b\)\s*$/ }).first().waitFor();
    await page.keyboard.type('that they are quiet;', { delay: 20 });
    await page.locator('.squiggly-error').first().waitFor();
    await runCommand(page, 'Resolute: Renumber…');
    const choice = page.locator('.quick-input-list .monaco-list-row');
    await choice.filter({ hasText: 'This section' }).click();
    await choice.filter({ hasText: 'One after another' }).click();
    const preview = page.locator('.bulk-edit-panel');
    await preview.locator('.monaco-list-row', { hasText: 'that a library with a reliable connection' }).waitFor();
    if (process.env.RESOLUTE_PICTURES) {
      mkdirSync(process.env.RESOLUTE_PICTURES, { recursive: true });
      await page.screenshot({ path: path.join(process.env.RESOLUTE_PICTURES, 'renumbering.png') });
    }
    await page.locator('.monaco-button', { hasText: 'Apply' }).click();
    await preview.waitFor({ state: 'hidden' });
    await page.keyboard.press('Control+1');
    await saved(text => text.includes('b)\tthat they are quiet;\n{~~b~>c~~})\tthat a library') && text.includes('{~~f~>g~~})\tthat access at a library'));
    for (let steps = 0; steps < 40 && file() !== before; steps++) {
      await page.keyboard.press('Control+z');
      await page.keyboard.press('Control+s');
      await page.waitForTimeout(100);
    }
    assert.equal(file(), before);
  });

  it('Tab at a label moves the clause in, Alt+Down past its neighbour', async () => {
    const before = file();
    await goTo(page, lineOf('b)\tprotection of the privacy'));
    await page.keyboard.press('Alt+ArrowDown');
    await saved(text => /^ {4}\{--b\)\tprotection of the privacy[^]*consumption of energy;\n {4}\{\+\+c\)\tprotection of the privacy/m.test(text));
    await page.keyboard.press('Control+z');
    await saved(text => text === before);
    await goTo(page, lineOf('to report on progress'));
    await page.keyboard.press('Tab');
    await saved(text => /^ {4}\{\+\+a\)\tto report on progress/m.test(text));
  });
});
