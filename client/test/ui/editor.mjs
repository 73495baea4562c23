// @ts-check
// What a user does and sees in the text, for the tests of this folder.
import { setTimeout } from 'node:timers/promises';

/** @typedef {import('playwright-core').Page} Page */

/** Waits until something holds, as long as the page waits for an element. @param {() => Promise<boolean>} holds */
export async function until(holds) {
  const end = Date.now() + 15_000;
  while (!await holds().catch(() => false)) {
    if (Date.now() > end) throw new Error(`In vain waited for: ${holds}`);
    await setTimeout(50);
  }
}

/** Puts the cursor at the start of a line, counted from 1. @param {Page} page @param {number} line */
export async function goTo(page, line) {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+1');
  await page.keyboard.press('Control+g');
  await page.locator('.quick-input-widget input').fill(`:${line}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: `${line}` }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  await until(async () => (await placeOf(page)).line === line);
}

/** Where the cursor is, as the status bar says it: lines and columns from 1, a tab as wide as it looks. @param {Page} page */
export async function placeOf(page) {
  const said = await page.locator('[id="status.editor.selection"]').innerText();
  const [, line, column] = /Ln (\d+), Col (\d+)/.exec(said) ?? [];
  return { line: Number(line), column: Number(column) };
}

/** Puts the cursor at the end of its line, which may be several rows below. @param {Page} page */
export async function endOfLine(page) {
  await page.keyboard.press('End');
  await page.keyboard.press('End');
}

/** How the first of some words looks in the text. @param {Page} page @param {string} words */
export async function styleOf(page, words) {
  return page.locator('.view-line span:not(:has(span))', { hasText: words.replaceAll(' ', '\u00a0') }).first().evaluate(element => {
    const { color, fontWeight, textDecorationLine } = getComputedStyle(element);
    return { color, weight: Number(fontWeight) >= 600 ? 'bold' : 'normal', decoration: textDecorationLine };
  });
}
