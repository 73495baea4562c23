// @ts-check
// An editor's way with several proposals: one draft, the Review view, decisions, a revised proposal. Each test goes on where the one before ended.
import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { openWorkbench } from '../host/workbench.mjs';
import { until } from './editor.mjs';

describe('Several proposals in the window', () => {
  /** @type {Awaited<ReturnType<typeof openWorkbench>>} */
  let editor;
  /** @type {import('playwright-core').Page} */
  let page;
  before(async function () {
    this.timeout(60_000);
    editor = await openWorkbench({ settings: { 'workbench.colorTheme': 'Default Light Modern', 'editor.minimap.enabled': false, 'editor.codeLens': false, 'explorer.autoReveal': false } }); // or the text that opens takes the selection in the Explorer away
    ({ page } = editor);
    const eur = readFileSync(file('eur'), 'utf8');
    writeFileSync(file('eur-revised'), eur.replace('by the end of 2027', 'by the end of 2028').replace('privacy {++and security ++}', 'privacy {++and safety ++}'));
  });
  after(() => editor?.close());

  let pictures = 0;
  afterEach(async function () {
    const { state, title = '' } = this.currentTest ?? {}, folder = process.env.RESOLUTE_PICTURES;
    if (!page || (!folder && state !== 'failed')) return;
    const picture = path.join(folder ?? tmpdir(), `proposals ${++pictures} ${title.replaceAll('/', ' ')}.png`);
    mkdirSync(path.dirname(picture), { recursive: true });
    await page.screenshot({ path: picture });
    if (state === 'failed') console.log(`      A picture of the window: ${picture}`);
  });

  /** @param {string} name */
  const file = name => path.join(editor.folder, 'proposals', `${name}.resolution`);
  const inExplorer = (/** @type {string} */ name) => page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();
  /** A row of the Review view. @param {string} words */
  const row = words => page.locator('.pane', { has: page.locator('.pane-header', { hasText: 'Review' }) }).locator('.monaco-list-row', { hasText: words });
  /** Whether words stand in the part of the text that is in sight. @param {string} words */
  const inText = async words => (await page.locator('.monaco-editor .view-lines').first().innerText()).replaceAll('\u00a0', ' ').includes(words);
  /** Runs a command by its title. The text that was just shown may take the focus away from the palette: then it is opened once more. @param {string} title */
  const command = title => until(async () => {
    const input = page.locator('.quick-input-widget input.input'), limit = { timeout: 1000 };
    try {
      if (!await input.isVisible()) await page.keyboard.press('F1');
      await input.fill(`>${title}`, limit);
      await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click(limit);
      return true;
    } catch { return false; }
  });
  /** Ticks a text in a list, or takes its tick away. A click on a list that is being drawn may be lost. @param {string} name */
  const tick = async name => {
    const box = page.locator('.quick-input-list .monaco-list-row', { has: page.getByText(`${name}.resolution`, { exact: true }) }).locator('.monaco-checkbox').first();
    const isTicked = () => box.evaluate(element => element.classList.contains('checked')), before = await isTicked();
    await until(async () => { if (await isTicked() === before) await box.click(); return await isTicked() !== before; });
  };

  it('are made into one draft from the Explorer, and what is to be decided is listed', async () => {
    await inExplorer('proposals').click();
    await inExplorer('apt.resolution').click();
    for (const name of ['eur.resolution', 'iap.resolution']) await inExplorer(name).click({ modifiers: ['Control'] });
    await inExplorer('iap.resolution').click({ button: 'right' });
    const consolidate = page.locator('.monaco-menu').getByText('Consolidate…');
    await consolidate.waitFor();
    // A menu that has just come takes no click for a moment, so that nobody clicks by mistake.
    await until(async () => { if (await consolidate.isVisible()) await consolidate.click(); return !await consolidate.isVisible(); });
    await page.getByText('4 things are left to decide.', { exact: true }).waitFor();
    await page.getByText('Show Them').click();
    await row('by the end of 2027').last().waitFor();
    assert.equal(await row('considering').first().getAttribute('aria-label'), 'considering, 2 things to decide');
    assert.equal(await row('Delete it, as EUR proposed').count(), 1);
  });

  it('a click leads to the place, the tick takes an answer, and one step takes it back', async () => {
    const answer = row('by the end of 2027').last();
    await answer.click();
    await until(() => inText('to publish{++[, by 2026,]++}'));
    await answer.hover();
    await answer.locator('.action-label').first().click();
    await until(() => inText('to publish{++, by the end of 2027,++}{@EUR 2024-09-21} a handbook'));
    await until(async () => await row('by 2026').count() === 0);
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+z');
    await until(() => inText('to publish{++[, by 2026,]++}'));
    await row('by the end of 2027').last().waitFor();
  });

  it('an answer is taken with the keyboard', async () => {
    await row('by the end of 2027').last().click();
    await command('Focus on Review View');
    await page.keyboard.press('Control+Enter');
    await until(() => inText('to publish{++, by the end of 2027,++}{@EUR 2024-09-21} a handbook'));
  });

  it('a revised proposal is taken over; what was decided stays, and is asked about where it was revised', async () => {
    await command('Bring a Consolidated Draft up to Date…');
    await page.getByText('(1 of 2)').waitFor();
    for (const name of ['apt', 'eur', 'iap']) await tick(name);
    await page.keyboard.press('Enter');
    await page.getByText('(2 of 2)').waitFor();
    for (const name of ['eur', 'eur-revised']) await tick(name); // the tick at the old one goes
    await page.keyboard.press('Enter');
    await row('Leave it as it is').waitFor();
    await row('Leave it as it is').click();
    await until(() => inText('privacy {++and safety ++}'));
    assert.ok(await inText('to publish{++, by the end of 2027,++}{@EUR 2024-09-21} a handbook'));
    assert.ok(await inText('They say now:'));
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+z');
    await until(() => inText('privacy {++and security ++}'));
    assert.ok(await inText('to publish{++, by the end of 2027,++}'));
  });
});
