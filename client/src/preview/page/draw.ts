/// <reference lib="dom" />
import { defaultOptions, parseAsync, renderDocument, type HElement } from 'docx-preview';
import { strToU8, zipSync } from 'fflate';
import type { Manuscript } from './manuscript';
import type { Change, Note } from './settle';
import { W } from './word';

/** The elements of some paragraphs and tables, one for each, and the style sheets they are drawn with. */
export interface Drawn { elements: HTMLElement[]; styles: string[] }

/** Draws blocks with docx-preview, apart from their document: only what has changed need be drawn. */
export async function draw(blocks: string[], manuscript: Manuscript, make: (note: Note, children: Node[]) => Node): Promise<Drawn> {
  const parts: Record<string, Uint8Array> = {
    [manuscript.bodyPath]: strToU8(`<w:document xmlns:w="${W}"><w:body>${blocks.join('')}</w:body></w:document>`),
  };
  for (const [path, part] of Object.entries(manuscript.surroundings)) parts[path] = typeof part === 'string' ? strToU8(part) : part;
  const options = {
    ...defaultOptions, inWrapper: false, breakPages: false, ignoreFonts: true, useBase64URL: true, renderAltChunks: false, renderChanges: true,
    renderHeaders: false, renderFooters: false, renderFootnotes: false, renderEndnotes: false,
    h: (element: HElement | Node | string): Node => {
      if (typeof element === 'string') return withTabs(element);
      if (element instanceof Node) return defaultOptions.h(element);
      if (typeof element.style === 'string') {
        // As an attribute the content security policy would drop it.
        const { style, ...rest } = element, node = defaultOptions.h(rest) as HTMLElement;
        node.style.cssText = style;
        return node;
      }
      if (element.tagName !== 'ins' && element.tagName !== 'del') return defaultOptions.h(element);
      return make(JSON.parse(String(element['dateTime'])) as Note, (element.children ?? []) as Node[]);
    },
  };
  const nodes = await renderDocument(await parseAsync(zipSync(parts, { level: 0 }), options), options);
  const styles: string[] = [], elements: HTMLElement[] = [];
  for (const node of nodes) {
    if (node instanceof HTMLStyleElement) styles.push(node.textContent);
    else if (node instanceof HTMLElement) elements.push(...node.querySelectorAll<HTMLElement>(':scope > article > *'));
  }
  if (elements.length !== blocks.length) throw new Error('a part of the text could not be placed');
  return { elements, styles };
}

/** A tab is an element of its own: its width is known only where it stands. */
function withTabs(text: string): Node {
  if (!text.includes('\t')) return document.createTextNode(text);
  const fragment = document.createDocumentFragment();
  text.split('\t').forEach((piece, i) => {
    if (i > 0) {
      const tab = document.createElement('span');
      tab.className = 'tab';
      tab.textContent = '\t';
      fragment.append(tab);
    }
    if (piece) fragment.append(piece);
  });
  return fragment;
}

/** Authors keep their colour as long as the page is open. */
export class Authors {
  private readonly seen = new Map<string, number>();
  colour(author: string): number {
    if (!this.seen.has(author)) this.seen.set(author, this.seen.size % 8);
    return this.seen.get(author)!;
  }
}

/** The element that stands for a note of the rewriting; a note on a paragraph or row is a marker that `bind` takes away again. */
export function makeNote(authors: Authors): (note: Note, children: Node[]) => Node {
  return (note, children) => {
    const changed = note.kind === 'change' && !(note.whole === 'row');
    const element = document.createElement(changed ? (note.deleted ? 'del' : 'ins') : 'span');
    element.append(...children);
    if (note.kind === 'change') {
      element.className = `change author-${authors.colour(note.by)}`;
      if (note.moved) element.classList.add('moved');
      if (note.whole) element.classList.add(`whole-${note.whole}`);
      if (note.deleted) element.classList.add('deleted');
      element.title = describe(note);
      element.dataset['author'] = note.by;
    } else if (note.kind === 'footnote' || note.kind === 'comment') {
      element.className = note.kind;
      element.dataset['id'] = note.id;
    } else if (note.kind === 'paragraph') {
      element.className = 'note';
      element.dataset['note'] = JSON.stringify(note);
    } else element.className = note.kind;
    return element;
  };
}

function describe(change: Change): string {
  const what = change.moved ? (change.deleted ? 'Moved away' : 'Moved here') : change.deleted ? 'Deleted' : 'Inserted';
  const on = change.on && !Number.isNaN(Date.parse(change.on))
    ? `, ${new Date(change.on).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })}` : '';
  return `${what}${change.by && ` by ${change.by}`}${on}`;
}

type ParagraphNote = Extract<Note, { kind: 'paragraph' }>;

/** What a drawn paragraph was noted with. */
export const notes = new WeakMap<Element, ParagraphNote>();

/** Takes the markers out of a freshly drawn block and gives what they say to the paragraphs and rows they stand in. */
export function bind(block: HTMLElement): void {
  for (const marker of block.querySelectorAll<HTMLElement>('span.note')) {
    const paragraph = marker.closest('p')!, note = JSON.parse(marker.dataset['note']!) as ParagraphNote;
    marker.remove();
    notes.set(paragraph, note);
    paragraph.style.fontSize = `${note.size / 2}pt`;
    // What a tab divides does not run together: between two words from the left it stands from the right all the same.
    if (note.rightToLeft) for (const tab of paragraph.querySelectorAll('.tab')) { tab.before('\u200f'); tab.after('\u200f'); }
  }
  for (const marker of block.querySelectorAll<HTMLElement>('span.whole-row')) {
    const row = marker.closest('tr')!;
    row.className += ` ${marker.className}`;
    row.title = marker.title;
    marker.remove();
  }
  for (const marker of block.querySelectorAll('span.headerRow')) {
    marker.closest('tr')!.classList.add('repeats');
    marker.remove();
  }
}
