// @ts-check
// Tracked changes as their reader sees them. Each test goes on where the one before ended.
import { strict as assert } from 'node:assert';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { openWorkbench } from '../host/workbench.mjs';
import { goTo, until } from './editor.mjs';

describe('Tracked changes in the window', () => {
  /** @type {Awaited<ReturnType<typeof openWorkbench>>} */
  let editor;
  /** @type {import('playwright-core').Page} */
  let page;
  before(async function () {
    this.timeout(60_000);
    editor = await openWorkbench({ file: 'contribution.resolution', settings: { 'workbench.colorTheme': 'Default Light Modern', 'editor.minimap.enabled': false, 'editor.codeLens': false } });
    ({ page } = editor);
    await page.locator('.view-line').first().waitFor();
    await goTo(page, 46);
  });
  after(() => editor?.close());

  let pictures = 0;
  afterEach(async function () {
    const { state, title = '' } = this.currentTest ?? {}, folder = process.env.RESOLUTE_PICTURES;
    if (!page || (!folder && state !== 'failed')) return;
    const file = path.join(folder ?? tmpdir(), `changes ${++pictures} ${title.replaceAll('/', ' ')}.png`);
    mkdirSync(path.dirname(file), { recursive: true });
    await page.screenshot({ path: file });
    if (state === 'failed') console.log(`      A picture of the window: ${file}`);
  });

  /** The text's own span that holds some words. @param {string} words */
  const span = words => page.locator('.lines-content .view-line span:not(:has(span))', { hasText: words.replaceAll(' ', '\u00a0') }).first();
  /** How words look, and how well they stand out from what is behind them. @param {string} words */
  const look = async words => {
    for (;;) {
      const found = await lookOnce(words);
      if (found.color) return found; // else the line was drawn anew at this very moment
    }
  };
  /** @param {string} words */
  const lookOnce = words => span(words).evaluate(element => {
    /** @param {string} color */
    const parts = color => (color.match(/[\d.]+/g) ?? []).map(Number);
    const style = getComputedStyle(element), behind = getComputedStyle(/** @type {Element} */ (document.querySelector('.monaco-editor-background'))).backgroundColor;
    /** @param {string} color */
    const light = color => parts(color).slice(0, 3).map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
      .reduce((sum, part, i) => sum + part * /** @type {number} */ ([0.2126, 0.7152, 0.0722][i]), 0);
    const [one = 0, other = 0] = [light(style.color), light(behind)].sort((a, b) => b - a);
    return { color: style.color, line: `${style.textDecorationLine} ${style.textDecorationStyle}`, ground: parts(style.backgroundColor)[3] ?? 1, contrast: (one + 0.05) / (other + 0.05) };
  });
  const NEW = 'among them many older', OLD = 'that few libraries have staff', DELETED_NEW = 'much', REMARK = 'Should this say which', PLAIN = 'that public libraries', SIGN = '{--';

  it('new words are underlined, old ones struck through, each author has a colour and a line of their own', async () => {
    await until(async () => (await look(DELETED_NEW)).line === 'underline line-through double');
    const [added, gone, both, remark, plain, sign] = await Promise.all([NEW, OLD, DELETED_NEW, REMARK, PLAIN, SIGN].map(look));
    assert.deepEqual([added?.line, gone?.line, both?.line, plain?.line], ['underline solid', 'line-through solid', 'underline line-through double', 'none solid']);
    assert.equal(added?.color, gone?.color, 'of one author');
    assert.equal(both?.color, remark?.color, 'of the other');
    assert.equal(new Set([added, both, plain, sign].map(each => each?.color)).size, 4);
    assert.ok((remark?.ground ?? 0) > 0, 'a comment has a ground');
    assert.ok((sign?.contrast ?? 0) < (added?.contrast ?? 0), 'the signs stand back');
  });

  it('nothing flickers while somebody types', async () => {
    const watched = [NEW, OLD, 'that the needs', 'in many countries', 'lend equipment'];
    await page.evaluate(words => {
      const seen = Object.fromEntries(words.map(word => [word, /** @type {string[]} */ ([])]));
      Object.assign(globalThis, { seen, frames: 0 });
      const sample = () => {
        const spans = [...document.querySelectorAll('.lines-content .view-line span')].filter(element => !element.childElementCount);
        for (const word of words) {
          const found = spans.find(element => element.textContent?.replaceAll('\u00a0', ' ').includes(word));
          if (!found?.isConnected) continue; // broken into two rows for the moment
          const { color, textDecoration, backgroundColor } = getComputedStyle(found), style = [color, textDecoration, backgroundColor].join(' ');
          if (!seen[word]?.includes(style)) seen[word]?.push(style);
        }
        Object.assign(globalThis, { frames: Number(Reflect.get(globalThis, 'frames')) + 1 });
        requestAnimationFrame(sample);
      };
      sample();
    }, watched);
    for (const [line, column] of [[43, 8], [44, 20], [45, 6], [46, 14], [51, 10]]) {
      await goTo(page, /** @type {number} */ (line));
      for (let step = 0; step < /** @type {number} */ (column); step++) await page.keyboard.press('ArrowRight');
      await page.keyboard.type('qx zj', { delay: 60 });
      for (let step = 0; step < 'qx zj'.length; step++) await page.keyboard.press('Backspace', { delay: 20 });
    }
    const { seen, frames } = await page.evaluate(() => ({ seen: /** @type {Record<string, string[]>} */ (Reflect.get(globalThis, 'seen')), frames: Number(Reflect.get(globalThis, 'frames')) }));
    console.log(`      ${frames} frames looked at`);
    assert.ok(frames > 50);
    for (const [words, styles] of Object.entries(seen)) assert.equal(styles.length, 1, `“${words}” looked like ${styles.join(' and like ')}`);
  });

  for (const [theme, kind] of [['Dark Modern', 'vs-dark'], ['Dark High Contrast', 'hc-black'], ['Light High Contrast', 'hc-light'], ['Light Modern', 'vs']]) {
    it(`can be read in ${theme}`, async () => {
      await page.keyboard.press('Control+k');
      await page.keyboard.press('Control+t');
      await page.locator('.quick-input-widget input').fill(theme ?? '');
      await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: theme ?? '' }).waitFor();
      await page.keyboard.press('Enter');
      await page.locator(`.monaco-workbench.${kind}`).waitFor();
      for (const words of [PLAIN, NEW, OLD, DELETED_NEW, REMARK]) await until(async () => (await look(words)).contrast >= 4.5);
    });
  }

  it('the signs can be hidden, but on the line of the cursor', async () => {
    await goTo(page, 46);
    mkdirSync(path.join(editor.folder, '.vscode'), { recursive: true });
    writeFileSync(path.join(editor.folder, '.vscode/settings.json'), JSON.stringify({ 'resolute.changes.signs': 'hidden' }));
    const line = (/** @type {string} */ words) => page.locator('.lines-content .view-line', { hasText: words.replaceAll(' ', '\u00a0') }).first().evaluate(element =>
      [...element.querySelectorAll('span')].filter(inner => !inner.childElementCount && getComputedStyle(inner).display !== 'none').map(inner => inner.textContent).join('').replaceAll('\u00a0', ' ').trim());
    await until(async () => /^c\)\s+that in many countries libraries/.test(await line('in many countries')));
    assert.match(await line('few libraries have'), /^\{--d\).*--\}$/);
    await goTo(page, 45);
    await until(async () => /^d\)[^{]*networks;$/.test(await line('few libraries have')));
    assert.match(await line('in many countries'), /\{--in many countries --\}/);
    writeFileSync(path.join(editor.folder, '.vscode/settings.json'), '{}');
    await until(async () => /\{--d\)/.test(await line('few libraries have')));
  });

  it('the Changes view lists them, follows the cursor, and decides', async () => {
    await page.locator('.activitybar [aria-label^="Resolute"]').first().click();
    const row = (/** @type {string} */ words) => page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: words }).first();
    await row('considering').waitFor();
    await goTo(page, 46);
    await page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row.selected', { hasText: 'that few libraries' }).waitFor();
    assert.match(await row('that few libraries').getAttribute('aria-label') ?? '', /d\) that few libraries .*, deleted, 1 deletion, by APT/);
    assert.match(await row('that few libraries').innerText(), /^SUP d\) that few libraries/);
    await row('that few libraries').hover();
    await row('that few libraries').getByRole('button', { name: 'Reject' }).click();
    await page.locator('.view-line').filter({ hasText: /^d\).*few.libraries.*networks;$/ }).waitFor();
    await page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row.selected.focused', { hasText: 'that libraries can help' }).waitFor(); // the next one
    await goTo(page, 46);
    await page.keyboard.press('Control+z');
    await page.locator('.view-line').filter({ hasText: /^\{--d\)/ }).waitFor();
  });
});
