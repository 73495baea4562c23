/**
 * How long a key takes to become a painted character, in the real editor, in three ways: the text alone, with its changes recorded, with the
 * Word page beside:
 *   npm run package && npx tsx bench/keystroke.mts [LETTERS] [alone|recorded|page…]
 * Types LETTERS (500) each way into a contribution of 100 KB, at one place after another, in turns of 50, so that whatever else the machine
 * does hits all alike; pauses now and then, so that the page is drawn anew while the next word is typed. The page has a process of its own, as on
 * the desktop. Prints medians and 95th percentiles, and what each way adds to the text alone. Where changes are recorded, the first
 * key at a place makes a new mark: until that is painted, too, is a line of its own.
 */
/// <reference lib="dom" />
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openWorkbench, runCommand, webview } from '../client/test/host/workbench.mjs';
import { endOfLine, goTo } from '../client/test/ui/editor.mjs';

const TURN = 50, PLACE = 10;
type Way = 'alone' | 'recorded' | 'page';
const [count = '500', ...chosen] = process.argv.slice(2), letters = Number(count), all: readonly Way[] = ['alone', 'recorded', 'page'];
const ways = all.filter(way => !chosen.length || chosen.includes(way));

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
    const times: number[] = [], marked: number[] = [];
    let word = '', pressed = 0, begun = 0;
    addEventListener('keydown', event => {
      if (event.key.length !== 1 || event.ctrlKey) { word = ''; return; }
      if (!word && event.key !== ' ') begun = event.timeStamp;
      word = event.key === ' ' ? '' : word + event.key;
      pressed = word ? event.timeStamp : 0;
    }, true);
    // The editor changes its lines in an animation frame; a task that is asked for there runs when that frame is painted.
    const painted = new MessageChannel();
    painted.port1.onmessage = ({ data: { list, from } }) => { (list === 'marked' ? marked : times).push(performance.now() - from); };
    new MutationObserver(mutations => {
      const shown = [...new Set(mutations.map(({ target }) => (target instanceof Element ? target : target.parentElement)?.closest('.view-lines')?.textContent ?? ''))].join('\n');
      if (pressed && shown.includes(word)) { painted.port2.postMessage({ list: 'times', from: pressed }); pressed = 0; }
      if (begun && word && shown.includes(`{++${word}`)) { painted.port2.postMessage({ list: 'marked', from: begun }); begun = 0; }
    }).observe(document.querySelector('.editor-group-container .view-lines')!, { subtree: true, childList: true, characterData: true });
    Object.assign(globalThis, { times, marked });
  });

  const drain = (name: 'times' | 'marked'): Promise<number[]> => page.evaluate(list => (globalThis as unknown as Record<string, number[]>)[list]!.splice(0), name);
  const typeSome = async (): Promise<{ painted: number[]; marked: number[] }> => {
    await Promise.all([drain('times'), drain('marked')]);
    for (let typed = 0; typed < TURN; typed++) {
      if (typed % PLACE === 0) {
        await goTo(page, 60 + Math.floor(random() * 500));
        await endOfLine(page);
        await setTimeout(400);
      } else if (random() < 0.2) await page.keyboard.press('Space');
      await page.keyboard.press(String.fromCharCode(97 + Math.floor(random() * 26)));
      await setTimeout(60 + random() * 100);
      if (random() < 0.05) await setTimeout(300 + random() * 600);
    }
    return { painted: await drain('times'), marked: await drain('marked') };
  };

  /** What turns a way on, and off again. */
  const record = async (): Promise<void> => {
    const status = page.locator('.statusbar-item', { hasText: 'Track changes' }), before = await status.innerText();
    await runCommand(page, 'Track Changes');
    while (await status.innerText() === before) await setTimeout(20);
  };
  const turns: Record<Way, [on: () => Promise<void>, off: () => Promise<void>]> = {
    alone: [async () => {}, async () => {}],
    recorded: [record, record],
    page: [async () => {
      await page.keyboard.press('Control+Shift+v');
      await webview(page).locator('body[data-shown]').waitFor();
    }, async () => {
      await page.locator('.tab', { hasText: 'Word: long' }).locator('.codicon-close').click();
      await page.locator('iframe.webview').waitFor({ state: 'detached' });
    }],
  };
  const painted: Record<Way, number[]> = { alone: [], recorded: [], page: [] }, marked: number[] = [];
  await typeSome(); // warms up
  for (let typed = 0; typed < letters; typed += TURN) for (const way of ways) {
    const [on, off] = turns[way];
    await on();
    const some = await typeSome();
    await off();
    painted[way].push(...some.painted);
    if (way === 'recorded') marked.push(...some.marked);
  }

  const percentile = (values: number[], share: number): number => [...values].sort((a, b) => a - b)[Math.floor(values.length * share)]!;
  const line = (name: string, figure: (share: number) => number): void =>
    console.log(`${name.padEnd(28)} p50 ${figure(0.5).toFixed(1).padStart(6)} ms   p95 ${figure(0.95).toFixed(1).padStart(6)} ms   p99 ${figure(0.99).toFixed(1).padStart(6)} ms`);
  console.log(`From the key to the painted character, in a contribution of ${Math.round(text.length / 1000)} KB:`);
  const NAMES: Record<Way, string> = { alone: 'the text alone', recorded: 'its changes recorded', page: 'the Word page beside' };
  for (const way of ways) line(`${NAMES[way]} (${painted[way].length})`, share => percentile(painted[way], share));
  for (const way of ways) if (way !== 'alone' && ways.includes('alone')) line(`  more with ${way === 'page' ? 'the page' : 'recording'}`, share => percentile(painted[way], share) - percentile(painted.alone, share));
  if (marked.length) line(`a new mark (${marked.length})`, share => percentile(marked, share));
} finally {
  await close();
}
