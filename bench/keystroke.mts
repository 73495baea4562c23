/**
 * How long a key takes to become a painted character, in the real editor, without and with the Word page beside:
 *   npm run package && npx tsx bench/keystroke.mts [LETTERS]
 * Types LETTERS (500) each way into a contribution of 100 KB, in turns of 50, so that whatever else the machine does hits both alike; pauses
 * now and then, so that the page is drawn anew while the next word is typed. The page has a process of its own, as on
 * the desktop. Prints medians, 95th percentiles and their difference.
 */
/// <reference lib="dom" />
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openWorkbench, webview } from '../client/test/host/workbench.mjs';
import { endOfLine, goTo } from '../client/test/ui/editor.mjs';

const TURN = 50, letters = Number(process.argv[2] ?? 500);

const clause = (section: number, i: number): string =>
  `${String.fromCharCode(97 + i)})\tthat paragraph ${section} says {++more than ++}what *recalling* a) said of Recommendation ITU-T Y.${4000 + i}, and says it at some length;\n`;
const head = '---\nmeeting: WTSA-24\nsource: Example Administration\nsponsor: XMP\ndate: 2024-09-22\n---\n# Proposal\n\nMOD\tXMP/1/1\nRESOLUTION 1 (Rev. Geneva, 2022)\nA title\n';
let text = head;
for (let section = 0; text.length < 100_000; section++) text += `\n${section ? 'considering' : 'recalling'}\n${Array.from({ length: 20 }, (_, i) => clause(section, i)).join('')}`;

let seed = 1;
/** The same numbers in every run, from 0 up to 1. */
const random = (): number => (seed = seed * 48271 % 2147483647) / 2147483647;

const { page, folder, close } = await openWorkbench({ file: 'study-group.resolution', apart: true, settings: { 'editor.minimap.enabled': false } });
try {
  writeFileSync(path.join(folder, 'long.resolution'), text);
  await page.locator('.view-line').first().waitFor();
  // Another text keeps the right half, so that the lines are as wide without the page as with it.
  await page.keyboard.press('Control+\\');
  await page.locator('.editor-group-container').nth(1).waitFor();
  await page.keyboard.press('Control+1');
  await page.keyboard.press('Control+p');
  await page.locator('.quick-input-widget input').fill('long.resolution');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'long.resolution' }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: 'long.resolution' }).waitFor();
  await page.locator('.view-line', { hasText: 'meeting' }).waitFor();

  await page.evaluate(() => {
    const times: number[] = [];
    let word = '', pressed = 0;
    addEventListener('keydown', event => {
      if (event.key.length !== 1) return;
      word = event.key === ' ' ? '' : word + event.key;
      pressed = word ? event.timeStamp : 0;
    }, true);
    // The editor changes its lines in an animation frame; a task that is asked for there runs when that frame is painted.
    const painted = new MessageChannel();
    painted.port1.onmessage = ({ data }) => { times.push(performance.now() - data); };
    new MutationObserver(mutations => {
      if (!pressed || !mutations.some(({ target }) => (target instanceof Element ? target : target.parentElement)?.closest('.view-lines')?.textContent?.includes(word))) return;
      painted.port2.postMessage(pressed);
      pressed = 0;
    }).observe(document.querySelector('.editor-group-container .view-lines')!, { subtree: true, childList: true, characterData: true });
    Object.assign(globalThis, { times });
  });

  const typeSome = async (): Promise<number[]> => {
    await goTo(page, 60 + Math.floor(random() * 500));
    await endOfLine(page);
    await page.evaluate(() => { (globalThis as unknown as { times: number[] }).times.length = 0; });
    for (let typed = 0; typed < TURN;) {
      await page.keyboard.press('Space');
      for (let length = 3 + Math.floor(random() * 6); length > 0 && typed < TURN; length--, typed++) {
        await page.keyboard.press(String.fromCharCode(97 + Math.floor(random() * 26)));
        await setTimeout(60 + random() * 100);
      }
      if (random() < 0.3) await setTimeout(300 + random() * 600);
    }
    return page.evaluate(() => [...(globalThis as unknown as { times: number[] }).times]);
  };

  const without: number[] = [], beside: number[] = [];
  await typeSome(); // warms up
  while (without.length < letters) {
    without.push(...await typeSome());
    await page.keyboard.press('Control+Shift+v');
    await webview(page).locator('body[data-shown]').waitFor();
    beside.push(...await typeSome());
    await page.locator('.tab', { hasText: 'Word: long' }).locator('.codicon-close').click();
    await page.locator('iframe.webview').waitFor({ state: 'detached' });
  }

  const percentile = (values: number[], share: number): number => [...values].sort((a, b) => a - b)[Math.floor(values.length * share)]!;
  const line = (name: string, figure: (share: number) => number): void =>
    console.log(`${name.padEnd(24)} p50 ${figure(0.5).toFixed(1).padStart(6)} ms   p95 ${figure(0.95).toFixed(1).padStart(6)} ms   p99 ${figure(0.99).toFixed(1).padStart(6)} ms`);
  console.log(`From the key to the painted character, in a contribution of ${Math.round(text.length / 1000)} KB:`);
  line(`the text alone (${without.length})`, share => percentile(without, share));
  line(`the Word page beside (${beside.length})`, share => percentile(beside, share));
  line('the difference', share => percentile(beside, share) - percentile(without, share));
} finally {
  await close();
}
