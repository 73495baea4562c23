/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { notes } from './draw';

/** A piece of text that stands on one page: a whole paragraph or table, or what a page break leaves of one. Lengths in CSS pixels. */
export interface Piece {
  /** Different for each piece: a page is drawn anew only where it holds other pieces than before. */
  id: number;
  element: HTMLElement;
  height: number;
  before: number;
  after: number;
  /** Ids of the footnotes cited in it, in order. */
  footnotes: string[];
  keepWithNext: boolean;
  splittable: boolean;
  /** Places where it can be divided, and how it was divided before. */
  cuts?: Cut[];
  halves: Map<number, [Piece, Piece]>;
}

/** A place between two lines or rows: how high what is above it is, which footnotes that cites, and which line or row comes below. */
export interface Cut { height: number; footnotes: string[]; index: number; y: number }

let lastId = 0;

/**
 * Lays blocks out in a column of the given width and takes their measures. All tabs that are the first of their paragraph are set
 * together, then all second ones, so that the browser lays out a few times and not once a tab.
 * @param gauge an element of the page that is laid out but not seen
 */
export function measure(elements: HTMLElement[], width: number, tabDistance: number, gauge: HTMLElement): Piece[] {
  gauge.style.width = `${width}px`;
  gauge.replaceChildren(...elements);
  setTabs(elements, tabDistance);
  const edges: number[] = [];
  const pieces = elements.map((element): Piece => {
    const style = getComputedStyle(element), note = notes.get(element);
    edges.push(-parseFloat(style.marginLeft)); // from the block to the edge of the text
    return {
      id: ++lastId, element, height: inTwips(element.getBoundingClientRect().height), before: parseFloat(style.marginTop), after: parseFloat(style.marginBottom),
      footnotes: cited(element), keepWithNext: note?.with === 'next', splittable: !note?.whole, halves: new Map(),
    };
  });
  elements.forEach((element, i) => element.style.setProperty('--edge', `${edges[i]}px`));
  drawBars(elements, gauge); // last: they take no room, but adding them makes the browser lay out again
  gauge.replaceChildren();
  return pieces;
}

/** Word measures in twips, 15 to a pixel. The browser cuts each line's height at 1/64 pixel, which is half a pixel on a full page: room for a line too many. */
const inTwips = (pixels: number): number => Math.ceil(pixels * 15 - 0.01) / 15;

const cited = (element: Element): string[] => [...element.querySelectorAll<HTMLElement>('.footnote')].map(e => e.dataset['id']!);

function setTabs(elements: HTMLElement[], tabDistance: number): void {
  const paragraphs = elements.flatMap(e => e.matches('p') ? [e] : [...e.querySelectorAll<HTMLElement>('p')])
    .map(p => ({ p, tabs: [...p.querySelectorAll<HTMLElement>('.tab')], note: notes.get(p) }));
  for (let round = 0; ; round++) {
    const due = paragraphs.filter(({ tabs }) => tabs.length > round);
    if (due.length === 0) return;
    const widths = due.map(({ p, tabs, note }) => {
      const tab = tabs[round]!, box = p.getBoundingClientRect(), at = tab.getBoundingClientRect(), style = getComputedStyle(p);
      const rightToLeft = style.direction === 'rtl', indent = parseFloat(rightToLeft ? style.marginRight : style.marginLeft);
      // Word counts from the edge of the column, not from the paragraph's own indentation.
      const x = indent + (rightToLeft ? box.right - at.right : at.left - box.left);
      const stops = note?.hangs ? [...note.tabs ?? [], [indent, 'left'] as [number, string, string?]].sort((a, b) => a[0] - b[0]) : note?.tabs ?? [];
      const stop = stops.find(([position]) => position > x + 0.5);
      const [position, alignment, leader] = stop ?? [(Math.floor((x + 0.5) / tabDistance) + 1) * tabDistance, 'left'];
      if (alignment === 'left' || alignment === 'start' || alignment === 'num') return { tab, width: position - x, leader };
      const range = document.createRange();
      range.setStartAfter(tab);
      const next = tabs[round + 1];
      if (next) range.setEndBefore(next); else range.setEndAfter(p.lastChild!);
      const text = range.getBoundingClientRect().width * (alignment === 'center' ? 0.5 : 1);
      return { tab, width: Math.max(position - x - text, 0), leader };
    });
    for (const { tab, width, leader } of widths) {
      tab.style.width = `${width}px`;
      if (leader) tab.classList.add(`leader-${leader}`);
    }
  }
}

/** A line in the margin beside every line of text that holds a change. */
function drawBars(elements: HTMLElement[], gauge: HTMLElement): void {
  const left = gauge.getBoundingClientRect().left;
  const bars: { p: HTMLElement; left: number; top: number; height: number }[] = [];
  for (const element of elements) {
    for (const row of element.querySelectorAll<HTMLElement>('tr.change')) {
      const box = row.getBoundingClientRect(), cell = row.querySelector<HTMLElement>('p');
      if (cell) bars.push({ p: cell, left: left - cell.getBoundingClientRect().left, top: box.top - cell.getBoundingClientRect().top, height: box.height });
    }
    for (const p of element.matches('p') ? [element] : element.querySelectorAll<HTMLElement>('p')) {
      const changes = [...p.querySelectorAll('.change')];
      if (changes.length === 0) continue;
      const box = p.getBoundingClientRect();
      const rects = changes.flatMap(change => [...change.getClientRects()]).filter(r => r.height > 0).sort((a, b) => a.top - b.top);
      let bar: { p: HTMLElement; left: number; top: number; height: number } | undefined;
      for (const rect of rects) {
        const top = rect.top - box.top, bottom = rect.bottom - box.top;
        if (bar && top < bar.top + bar.height + 4) bar.height = Math.max(bar.height, bottom - bar.top);
        else bars.push(bar = { p, left: left - box.left, top, height: bottom - top });
      }
    }
  }
  for (const { p, left: x, top, height } of bars) {
    const bar = document.createElement('i');
    bar.className = 'bar';
    bar.style.cssText = `left:${x - 20}px;top:${top}px;height:${height}px`;
    p.append(bar);
  }
}

/** Where a piece can be divided, from the top: never so that a single line of a paragraph stands alone. */
export function cuts(piece: Piece, width: number, gauge: HTMLElement): Cut[] {
  if (piece.cuts) return piece.cuts;
  gauge.style.width = `${width}px`;
  gauge.replaceChildren(piece.element);
  const top = piece.element.getBoundingClientRect().top;
  piece.cuts = piece.element.matches('table') ? rowCuts(piece.element, top) : lineCuts(piece.element, top);
  gauge.replaceChildren();
  return piece.cuts;
}

function rowCuts(table: HTMLElement, top: number): Cut[] {
  const rows = [...table.querySelectorAll<HTMLTableRowElement>(':scope > tr, :scope > tbody > tr')];
  let spanned = 0;
  const footnotes: string[] = [], found: Cut[] = [];
  rows.forEach((row, i) => {
    spanned = Math.max(spanned - 1, ...[...row.cells].map(cell => cell.rowSpan - 1));
    footnotes.push(...cited(row));
    const y = row.getBoundingClientRect().bottom - top;
    if (spanned <= 0 && i < rows.length - 1 && !row.matches('.repeats')) found.push({ height: inTwips(y), footnotes: [...footnotes], index: i + 1, y });
  });
  return found;
}

function lineCuts(paragraph: HTMLElement, top: number): Cut[] {
  const range = document.createRange();
  range.selectNodeContents(paragraph);
  const bar = paragraph.querySelector(':scope > .bar');
  if (bar) range.setEndBefore(bar);
  const lines: { top: number; bottom: number }[] = [];
  for (const rect of [...range.getClientRects()].filter(r => r.height > 0).sort((a, b) => a.bottom - b.bottom)) {
    const line = lines.at(-1);
    // A superscript overlaps the text of its line; the next line starts about where this one ends.
    if (line && (rect.top + rect.bottom) / 2 < line.bottom + 1) { line.top = Math.min(line.top, rect.top); line.bottom = Math.max(line.bottom, rect.bottom); }
    else lines.push({ top: rect.top, bottom: rect.bottom });
  }
  const references = [...paragraph.querySelectorAll<HTMLElement>('.footnote')].map(e => ({ id: e.dataset['id']!, y: e.getBoundingClientRect() }));
  const found: Cut[] = [];
  for (let i = 2; i <= lines.length - 2; i++) {
    const y = (lines[i - 1]!.bottom + lines[i]!.top) / 2;
    found.push({ height: inTwips(y - top), index: i, y: y - top, footnotes: references.filter(r => (r.y.top + r.y.bottom) / 2 < y).map(r => r.id) });
  }
  return found;
}

/** The two pieces that a cut makes of one. The piece itself stays whole: another version of the text may need it so. */
export function divide(piece: Piece, cut: Cut, width: number, tabDistance: number, gauge: HTMLElement): [Piece, Piece] {
  const before = piece.halves.get(cut.index);
  if (before) return before;
  const whole = copy(piece.element);
  for (const bar of whole.querySelectorAll('.bar')) bar.remove();
  gauge.style.width = `${width}px`;
  gauge.replaceChildren(whole);
  const [first, rest] = whole.matches('table') ? divideTable(whole, cut) : divideParagraph(whole, cut);
  gauge.replaceChildren();
  const [a, b] = measure([first, rest], width, tabDistance, gauge) as [Piece, Piece];
  const halves: [Piece, Piece] = [{ ...a, keepWithNext: false }, { ...b, before: 0, keepWithNext: piece.keepWithNext }];
  piece.halves.set(cut.index, halves);
  return halves;
}

/** A copy of a drawn block that still knows what its paragraphs were noted with. */
function copy(element: HTMLElement): HTMLElement {
  const twin = element.cloneNode(true) as HTMLElement;
  const from = [element, ...element.querySelectorAll('p')], to = [twin, ...twin.querySelectorAll('p')];
  from.forEach((e, i) => { const note = notes.get(e); if (note) notes.set(to[i]!, note); });
  return twin;
}

function divideTable(table: HTMLElement, cut: Cut): [HTMLElement, HTMLElement] {
  const rows = [...table.querySelectorAll<HTMLTableRowElement>(':scope > tr, :scope > tbody > tr')];
  // The columns of both parts must stay as wide as in the whole.
  const widths = rows.map(row => [...row.cells].map(cell => cell.getBoundingClientRect().width));
  table.style.width = `${table.getBoundingClientRect().width}px`;
  rows.forEach((row, i) => [...row.cells].forEach((cell, j) => { cell.style.width = `${widths[i]![j]}px`; cell.style.boxSizing = 'border-box'; }));
  const rest = table.cloneNode(false) as HTMLElement;
  for (const columns of table.querySelectorAll(':scope > colgroup')) rest.append(columns.cloneNode(true));
  for (const row of rows.filter(r => r.matches('.repeats'))) if (rows.indexOf(row) < cut.index) rest.append(copy(row));
  rest.append(...rows.slice(cut.index));
  rest.style.marginTop = '0';
  table.style.marginBottom = '0';
  return [table, rest];
}

function divideParagraph(paragraph: HTMLElement, cut: Cut): [HTMLElement, HTMLElement] {
  const y = paragraph.getBoundingClientRect().top + cut.y;
  const range = document.createRange(), texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  const below = (node: Node, from: number, to: number): boolean => {
    range.setStart(node, from);
    range.setEnd(node, to);
    const rects = [...range.getClientRects()].filter(r => r.height > 0), last = rects.at(-1);
    return last !== undefined && (last.top + last.bottom) / 2 > y;
  };
  let node = texts.nextNode();
  while (node && !below(node, 0, node.textContent!.length)) node = texts.nextNode();
  let low = 0, high = node?.textContent?.length ?? 0; // the first character below the cut is in (low, high]
  while (node && high - low > 1) {
    const middle = (low + high) >> 1;
    if (below(node, low, middle)) high = middle; else low = middle;
  }
  const first = paragraph.cloneNode(false) as HTMLElement, note = notes.get(paragraph);
  range.setStart(paragraph, 0);
  if (node) range.setEnd(node, low); else range.setEndAfter(paragraph.lastChild!);
  const style = getComputedStyle(paragraph);
  if (style.textAlign === 'justify') first.style.textAlignLast = 'justify';
  first.append(range.extractContents());
  first.style.marginBottom = '0';
  paragraph.style.marginTop = '0';
  paragraph.style.textIndent = '0';
  if (note) notes.set(first, note);
  return [first, paragraph];
}
