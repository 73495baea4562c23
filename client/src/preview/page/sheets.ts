/// <reference lib="dom" />
import { notes } from './draw';
import type { Piece } from './measure';
import type { Item, Page } from './paginate';
import type { Print } from './press';

/** Puts pages on the desk. A page that holds what an old one held stays as it is: nothing flashes, nothing is laid out twice. */
export class Sheets {
  private drawn: { key: string; sheet: HTMLElement }[] = [];

  constructor(private readonly desk: HTMLElement, private readonly colour: (author: string) => number) {}

  /** The pages in order, each in its sheet. */
  get all(): HTMLElement[] { return this.drawn.map(d => d.sheet); }

  show(print: Print): void {
    const old = new Map<string, HTMLElement[]>();
    for (const { key, sheet } of this.drawn) old.set(key, [...old.get(key) ?? [], sheet]);
    this.drawn = print.pages.map(page => {
      const key = keyOf(page, print), sheet = old.get(key)?.shift() ?? makeSheet(page, print);
      number(sheet, page);
      return { key, sheet };
    });
    const stay = new Set(this.all);
    for (const sheet of [...this.desk.children]) if (!stay.has(sheet as HTMLElement)) sheet.remove();
    this.drawn.forEach(({ sheet }, i) => {
      if (this.desk.children[i] !== sheet) this.desk.insertBefore(sheet, this.desk.children[i] ?? null);
    });
    this.placeComments(print);
  }

  /** Comments stand in the margin, each beside the text it is about, below one another where they would meet. */
  private placeComments({ manuscript }: Print): void {
    for (const { sheet } of this.drawn) {
      const here = new Set([...sheet.querySelectorAll<HTMLElement>('.paper .comment')].map(e => e.dataset['id']!));
      const ids = [...manuscript.comments.keys()].filter(id => here.has(id)); // a reply comes after what it replies to
      const text = JSON.stringify(ids.map(id => manuscript.comments.get(id)));
      if (sheet.dataset['comments'] === text) continue;
      sheet.dataset['comments'] = text;
      sheet.querySelector('.margin')?.remove();
      if (ids.length === 0) continue;
      const margin = element('aside', 'margin');
      margin.setAttribute('aria-label', 'Comments');
      sheet.append(margin);
      const scale = sheet.querySelector('.paper')!.getBoundingClientRect().height / sheet.querySelector<HTMLElement>('.paper')!.offsetHeight;
      const top = sheet.getBoundingClientRect().top;
      let free = 0;
      for (const id of ids) {
        const comment = manuscript.comments.get(id)!, about = sheet.querySelector<HTMLElement>(`.paper .comment[data-id="${CSS.escape(id)}"]`)!;
        const note = element('div', `remark author-${this.colour(comment.author)}`);
        note.dataset['id'] = id;
        const who = element('b', '');
        who.textContent = comment.author;
        note.append(who, ...comment.text.map(line => { const p = element('div', ''); p.textContent = line; return p; }));
        margin.append(note);
        const y = Math.max(free, (about.getBoundingClientRect().top - top) / scale);
        note.style.top = `${y}px`;
        free = y + note.offsetHeight + 6;
      }
    }
  }
}

const ids = (pieces: Piece[]): string => pieces.map(p => p.id).join();

function keyOf(page: Page, print: Print): string {
  const { section, header, footer, items, footnotes, number } = page;
  const total = [...header, ...footer].some(p => p.element.querySelector('span.pages')) ? print.pages.length : 0;
  return JSON.stringify([section.width, section.height, section.margin, ids(header), ids(footer), number, total,
    items.map(i => [i.piece.id, i.space]), footnotes.map(id => ids(print.footnote(id, page)))]);
}

function element(name: string, className: string): HTMLElement {
  const e = document.createElement(name);
  e.className = className;
  return e;
}

function makeSheet(page: Page, print: Print): HTMLElement {
  const { section, header, footer, items, footnotes, top, bottom } = page, { margin } = section;
  const sheet = element('div', 'sheet'), paper = element('section', 'paper docx');
  const copies = (pieces: Piece[]): Node[] => pieces.map(p => p.element.cloneNode(true));
  const part = (name: string, style: Partial<CSSStyleDeclaration>, content: Node[]): void => {
    if (content.length === 0) return;
    const box = element('div', name);
    Object.assign(box.style, { left: `${margin.left}px`, right: `${margin.right}px`, ...style });
    box.append(...content);
    paper.append(box);
  };
  part('header', { top: `${margin.header}px` }, copies(header));
  part('body', { top: `${top}px` }, items.map(place));
  part('footnotes', { bottom: `${bottom}px` }, footnotes.flatMap(id => copies(print.footnote(id, page)).map(note => {
    (note as HTMLElement).dataset['footnote'] = id;
    return note;
  })));
  const first = footnotes[0] && print.footnote(footnotes[0], page)[0];
  if (first && notes.get(first.element)?.rightToLeft) paper.querySelector('.footnotes')!.classList.add('right-to-left');
  part('footer', { bottom: `${margin.footer}px` }, copies(footer));
  for (const field of paper.querySelectorAll('span.page')) fill(field, page.number);
  for (const field of paper.querySelectorAll('span.pages')) fill(field, print.pages.length);
  const height = Math.max(section.height, top + bottom + items.reduce((sum, { piece, space }) => sum + space + piece.height + piece.after, 0));
  sheet.style.setProperty('--width', `${section.width}px`);
  sheet.style.setProperty('--height', `${height}px`);
  paper.setAttribute('aria-label', `Page ${page.number}`);
  sheet.append(paper);
  return sheet;
}

/** Keeps the formatting of the field and puts the number in. */
function fill(field: Element, value: number): void {
  let inner = field;
  while (inner.firstElementChild) inner = inner.firstElementChild;
  inner.textContent = `${value}`;
}

function place({ piece, space }: Item): HTMLElement {
  const copy = piece.element.cloneNode(true) as HTMLElement;
  copy.style.marginTop = `${space}px`;
  copy.tabIndex = -1;
  return copy;
}

/** A page that stays may hold what now is another block of the text. */
function number(sheet: HTMLElement, page: Page): void {
  const body = sheet.querySelector('.body');
  page.items.forEach(({ block }, i) => { (body!.children[i] as HTMLElement).dataset['block'] = `${block}`; });
}
