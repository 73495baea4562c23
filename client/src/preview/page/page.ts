/// <reference lib="dom" />
import type { FromPage, PageState, ToPage, View, WordResult } from '../messages';
import { open, type Block, type WordFile } from './manuscript';
import './page.css';
import { Press, type Print } from './press';
import { Sheets } from './sheets';

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; getState(): PageState | undefined; setState(state: PageState): void };

const editor = acquireVsCodeApi();
const find = <T extends HTMLElement = HTMLElement>(id: string): T => document.getElementById(id) as T;
const desk = find('desk'), sheetsBox = find('sheets'), band = find('band');
const press = new Press(find('gauge'), document.body.dataset['nonce'] ?? '');
find('gauge').classList.add('docx');
const sheets = new Sheets(sheetsBox, author => press.authors.colour(author));

const state: PageState = { view: 'markup', zoom: 'fit', ...editor.getState(), uri: document.body.dataset['uri'] ?? '' };
let word: (WordResult & { file: WordFile }) | undefined;
let shown: { print: Print; view: View; lines: number[]; file: WordFile } | undefined;
let cursor = -1;
/** Until when the page does not follow the cursor, because the reader is moving it: milliseconds as `performance.now()` counts. */
let busyUntil = 0;
/** Until when the page is on its way to the cursor; pages that change meanwhile must not stop it. */
let followingUntil = 0;

// ---- Drawing ----

let drawing = false, wanted = false;
/** Why there is no newer page than the one shown; empty where there is no reason. */
let failure = '';

/** Draws the newest file in the chosen view. What comes while it draws is drawn next, and only the newest of it. */
async function draw(): Promise<void> {
  wanted = true;
  if (drawing) return;
  drawing = true;
  while (wanted && word) {
    wanted = false;
    const { file, lines, version, problems } = word, { view } = state;
    try {
      const print = await press.print(file, view);
      const place = anchor(print, file);
      shown = { print, view, lines, file };
      sheets.show(print);
      fit();
      markCurrent();
      place();
      if (performance.now() < followingUntil) follow(false);
      showAuthors();
      if (failure) fail(failure); else say(problems?.join('\n') ?? '', false);
      document.body.dataset['version'] = `${version}`;
      document.body.dataset['shown'] = view;
    } catch (error) {
      say(couldNot(messageOf(error)), true);
    }
  }
  drawing = false;
}

function fail(why: string): void {
  failure = why;
  say(couldNot(why), true);
}

const couldNot = (why: string): string => `The page could not be drawn: ${why}`;

const messageOf = (error: unknown): string => error instanceof Error ? error.message : String(error);

function say(message: string, failed: boolean): void {
  band.textContent = message;
  band.classList.toggle('failed', failed);
  band.hidden = message === '';
}

function showAuthors(): void {
  const names = [...new Set([...sheetsBox.querySelectorAll<HTMLElement>('.change[data-author]')].map(e => e.dataset['author']!))];
  find('authors').replaceChildren(...names.map(name => {
    const chip = document.createElement('span');
    chip.className = `author-${press.authors.colour(name)}`;
    chip.textContent = name;
    return chip;
  }));
}

// ---- Where is what ----

const elementsOf = (block: number): HTMLElement[] => [...sheetsBox.querySelectorAll<HTMLElement>(`[data-block="${block}"]`)];
const lineOf = (block: number): number => shown!.lines[shown!.print.manuscript.blocks[block]?.source ?? -1] ?? -1;
const blockOf = (element: Element | null): number | undefined => {
  const holder = element?.closest<HTMLElement>('[data-block]');
  return holder ? Number(holder.dataset['block']) : undefined;
};

/** The block that was written from a line, and how far into it the line lies (0 to 1). */
function blockAt(line: number): { block: number; share: number } | undefined {
  if (!shown) return undefined;
  const { blocks } = shown.print.manuscript;
  let block = 0, start = -1;
  for (let i = 0; i < blocks.length; i++) {
    const l = lineOf(i);
    if (l <= line && l > start) { block = i; start = l; }
  }
  let end = Infinity;
  for (let i = block + 1; i < blocks.length && end === Infinity; i++) if (lineOf(i) > start) end = lineOf(i);
  return { block, share: start < 0 || end === Infinity ? 0 : Math.min((line - start) / (end - start), 1) };
}

/** The height in the window at which a share of a block lies, its pieces on several pages taken together. */
function heightOf(block: number, share: number): { y: number; top: number; bottom: number } | undefined {
  const boxes = elementsOf(block).map(e => e.getBoundingClientRect());
  let rest = boxes.reduce((sum, b) => sum + b.height, 0) * share;
  for (const box of boxes) {
    if (rest <= box.height) return { y: box.top + rest, top: box.top, bottom: box.bottom };
    rest -= box.height;
  }
  const last = boxes.at(-1);
  return last && { y: last.bottom, top: last.top, bottom: last.bottom };
}

// ---- Keeping the place ----

/** Remembers what the reader looks at; the result puts it back to where it was, once the new pages lie on the desk. */
function anchor(next: Print, file: WordFile): () => void {
  if (!shown) return () => follow(false);
  const view = desk.getBoundingClientRect();
  const visible = (e: HTMLElement): boolean => { const box = e.getBoundingClientRect(); return box.bottom > view.top && box.top < view.bottom; };
  const at = cursor < 0 ? undefined : blockAt(cursor);
  let element = at && elementsOf(at.block).find(visible);
  for (const sheet of element ? [] : sheets.all.filter(visible)) {
    element = [...sheet.querySelectorAll<HTMLElement>('[data-block]')].find(visible);
    if (element) break;
  }
  if (!element) return () => {};
  const from = Number(element.dataset['block']), part = elementsOf(from).indexOf(element), top = element.getBoundingClientRect().top;
  const before = shown.print.manuscript.blocks, after = next.manuscript.blocks;
  const to = file === shown.file ? sameSource(before, after, from) : sameText(before, after, from);
  return () => {
    const elements = elementsOf(to), there = elements[part] ?? elements[0];
    if (there) desk.scrollTop += there.getBoundingClientRect().top - top;
  };
}

/** Another view of the same file: blocks keep their place in the file, though some may be gone. */
function sameSource(before: Block[], after: Block[], from: number): number {
  const source = before[from]!.source, found = after.findIndex(b => b.source >= source);
  return found < 0 ? after.length - 1 : found;
}

/** Another version of the text: what stands before and after the change is the same. */
function sameText(before: Block[], after: Block[], from: number): number {
  let head = 0, tail = 0;
  const shorter = Math.min(before.length, after.length);
  while (head < shorter && before[head]!.xml === after[head]!.xml) head++;
  while (tail < shorter - head && before.at(-1 - tail)!.xml === after.at(-1 - tail)!.xml) tail++;
  if (from < head) return from;
  if (from >= before.length - tail) return from + after.length - before.length;
  for (let distance = 0; distance < after.length; distance++) {
    for (const i of [from - distance, from + distance]) if (after[i]?.xml === before[from]!.xml) return i;
  }
  return Math.min(from, after.length - 1);
}

// ---- Following the cursor, pointing back ----

function markCurrent(): void {
  for (const e of sheetsBox.querySelectorAll('.current')) e.classList.remove('current');
  for (const e of sheetsBox.querySelectorAll('[data-block][tabindex="0"]')) e.setAttribute('tabindex', '-1');
  const at = shown && cursor >= 0 ? blockAt(cursor) : undefined;
  const elements = at ? elementsOf(at.block) : [];
  for (const e of elements) e.classList.add('current');
  (elements[0] ?? sheetsBox.querySelector('[data-block]'))?.setAttribute('tabindex', '0');
}

/** Brings the cursor's block into view, unless it is or the reader is busy. */
function follow(smoothly: boolean): void {
  const at = cursor < 0 ? undefined : blockAt(cursor), view = desk.getBoundingClientRect();
  const place = at && heightOf(at.block, at.share);
  if (!place || performance.now() < busyUntil) return;
  if (place.y >= view.top + view.height * 0.1 && place.y <= view.bottom - view.height * 0.2) return;
  followingUntil = performance.now() + 1000;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  desk.scrollBy({ top: place.y - view.top - view.height * 0.35, behavior: smoothly && !calm ? 'smooth' : 'instant' });
}

function reveal(target: Element | null, y?: number): void {
  const block = blockOf(target);
  if (block === undefined || !shown) return;
  let start = lineOf(block);
  // What the writer added at the end of the text belongs to what stands before it.
  for (let i = block; start < 0 && i > 0; i--) start = lineOf(i - 1);
  let line = start;
  if (y !== undefined && start >= 0 && elementsOf(block)[0]?.matches('table')) {
    // A table's rows are lines of their own; it ends where the next block starts.
    const next = shown.print.manuscript.blocks.findIndex((_, i) => i > block && lineOf(i) > start);
    const boxes = elementsOf(block).map(e => e.getBoundingClientRect());
    const above = boxes.reduce((sum, b) => sum + Math.max(0, Math.min(y - b.top, b.height)), 0), whole = boxes.reduce((sum, b) => sum + b.height, 0);
    if (next > 0) line += Math.floor((above / whole) * (lineOf(next) - start));
  }
  busyUntil = performance.now() + 600;
  editor.postMessage({ type: 'reveal', line: Math.max(line, 0) });
}

for (const event of ['wheel', 'pointerdown', 'keydown', 'touchmove']) {
  desk.addEventListener(event, () => { busyUntil = performance.now() + 600; }, { passive: true });
}

desk.addEventListener('click', event => {
  if (!getSelection()?.isCollapsed) return; // the reader selects text
  const target = event.target as Element, remark = target.closest<HTMLElement>('.remark'), note = target.closest<HTMLElement>('[data-footnote]');
  const about = remark ? `.comment[data-id="${CSS.escape(remark.dataset['id']!)}"]` : note ? `.body .footnote[data-id="${CSS.escape(note.dataset['footnote']!)}"]` : undefined;
  reveal(about ? target.closest('.sheet')!.querySelector(about) : target, about ? undefined : event.clientY);
});

desk.addEventListener('keydown', event => {
  const block = blockOf(document.activeElement);
  if (block === undefined) return;
  if (event.key === 'Enter') reveal(document.activeElement);
  else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const next = elementsOf(block + (event.key === 'ArrowDown' ? 1 : -1))[0];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: 'nearest' });
  } else return;
  event.preventDefault();
});

desk.addEventListener('pointerover', event => {
  const id = (event.target as Element).closest<HTMLElement>('.comment, .remark')?.dataset['id'];
  for (const e of desk.querySelectorAll('.lit')) e.classList.remove('lit');
  if (id !== undefined) for (const e of desk.querySelectorAll(`.comment[data-id="${CSS.escape(id)}"], .remark[data-id="${CSS.escape(id)}"]`)) e.classList.add('lit');
});

// ---- Toolbar and zoom ----

const steps = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];

function scale(): number {
  if (state.zoom !== 'fit') return state.zoom;
  const widest = Math.max(...(shown?.print.pages ?? []).map(p => p.section.width), 1), lane = parseFloat(getComputedStyle(sheetsBox).getPropertyValue('--lane')) || 0;
  return Math.min(Math.max((desk.clientWidth - 32) / (widest + lane), 0.3), 1.5);
}

function fit(): void {
  sheetsBox.style.setProperty('--zoom', `${scale()}`);
}

/** Changes the size of the pages and keeps in its place what lies at the middle of the window. */
function zoom(to: number | 'fit'): void {
  const middle = desk.scrollTop + desk.clientHeight / 2, before = scale();
  state.zoom = to;
  editor.setState(state);
  fit();
  desk.scrollTop = middle * (scale() / before) - desk.clientHeight / 2;
}

const larger = (): number => steps.find(s => s > scale() + 0.01) ?? 3;
const smaller = (): number => steps.findLast(s => s < scale() - 0.01) ?? 0.5;

function show(view: View): void {
  state.view = view;
  editor.setState(state);
  for (const button of document.querySelectorAll<HTMLElement>('[data-view]')) button.setAttribute('aria-pressed', `${button.dataset['view'] === view}`);
  void draw();
}

find('toolbar').addEventListener('click', event => {
  const { view, zoom: step } = (event.target as Element).closest('button')?.dataset ?? {};
  if (view) show(view as View);
  else if (step) zoom(step === 'fit' ? 'fit' : step === 'in' ? larger() : smaller());
});

desk.addEventListener('wheel', event => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  zoom(event.deltaY < 0 ? larger() : smaller());
}, { passive: false });

document.addEventListener('keydown', event => {
  if (!(event.ctrlKey || event.metaKey)) return;
  if (event.key === '0') zoom('fit');
  else if (event.key === '+' || event.key === '=') zoom(larger());
  else if (event.key === '-') zoom(smaller());
  else return;
  event.preventDefault();
});

/** Says which page is in view. */
function where(): void {
  const middle = desk.getBoundingClientRect().top + desk.clientHeight / 2, all = sheets.all;
  const at = all.findLastIndex(sheet => sheet.getBoundingClientRect().top <= middle);
  find('where').textContent = all.length > 0 ? `Page ${Math.max(at, 0) + 1} of ${all.length}` : '';
}

let asked = false;
const whereSoon = (): void => {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => { asked = false; where(); });
};
desk.addEventListener('scroll', whereSoon, { passive: true });
new ResizeObserver(() => { fit(); whereSoon(); }).observe(desk);
new ResizeObserver(whereSoon).observe(sheetsBox);

// ---- Messages of the editor ----

addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.type === 'cursor') {
    cursor = data.line;
    markCurrent();
    if (data.follow) follow(true);
  } else if (data.type === 'failed') {
    fail(data.message);
  } else if (data.type === 'word') {
    try {
      word = { ...data, file: open(data.docx) };
      failure = '';
      void draw();
    } catch (error) {
      fail(messageOf(error));
    }
  }
});

show(state.view);
editor.postMessage({ type: 'ready' });
