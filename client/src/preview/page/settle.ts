/// <reference lib="dom" />
import type { View } from '../messages';
import { all, attribute, child, make, unwrap } from './word';

/** What a tracked change is, as it travels through the renderer to the page. */
export interface Change { kind: 'change'; by: string; on?: string; deleted?: true; moved?: true; whole?: 'paragraph' | 'row' }

const inserting = ['ins', 'moveTo'];
const deleting = ['del', 'moveFrom'];

/** The property elements that only note a change (in `w:rPr` of a paragraph mark, in `w:trPr` of a row) are not themselves changed text. */
const holdsText = (change: Element): boolean => !change.parentElement!.localName.endsWith('Pr');

/**
 * Puts one view of the tracked changes into the XML of a story (body, footnotes, a header). In `final` and `original` nothing of a
 * change is left: text, paragraph marks and rows are kept or dropped. In `markup` every change becomes a `w:ins` or `w:del` whose date
 * holds a `Change`, and changed paragraph marks and rows become visible text.
 */
export function settle(story: Element, view: View): void {
  if (view === 'markup') { showChanges(story); return; }
  const [dropped, kept] = view === 'final' ? [deleting, inserting] : [inserting, deleting];
  const has = (properties: Element | undefined, names: string[]): boolean => names.some(name => child(properties, name));

  for (const row of all(story, 'tr')) if (has(child(row, 'trPr'), dropped)) row.remove();
  for (const table of all(story, 'tbl')) if (!child(table, 'tr')) table.remove();
  for (const change of all(story, ...dropped)) if (holdsText(change)) change.remove();
  for (const change of all(story, ...kept)) if (holdsText(change)) unwrap(change);
  for (const paragraph of all(story, 'p')) {
    if (has(child(child(paragraph, 'pPr'), 'rPr'), dropped)) joinWithNext(paragraph);
  }
  for (const mark of all(story, ...inserting, ...deleting)) mark.remove();
}

const isEmpty = (paragraph: Element): boolean => !child(paragraph, 'r') && all(paragraph, 't', 'delText', 'drawing', 'pict').length === 0;

/** Takes a paragraph's end away. The joined paragraph looks like the first of the two, unless nothing is left of that one. */
function joinWithNext(paragraph: Element): void {
  let next = paragraph.nextElementSibling;
  while (next && !['p', 'tbl', 'sectPr'].includes(next.localName)) next = next.nextElementSibling;
  const own = child(paragraph, 'pPr');
  if (child(own, 'sectPr')) return;
  if (next?.localName !== 'p') {
    if (isEmpty(paragraph) && paragraph.parentElement!.localName !== 'tc') paragraph.remove();
    return;
  }
  const properties = child(next, 'pPr');
  if (!isEmpty(paragraph)) {
    const merged = (own ?? make(paragraph.ownerDocument, 'pPr')).cloneNode(true) as Element;
    child(merged, 'rPr')?.remove();
    for (const name of ['rPr', 'sectPr']) { const end = child(properties, name); if (end) merged.append(end); }
    properties?.remove();
    next.prepend(merged);
    const source = paragraph.getAttribute('source');
    if (source) next.setAttribute('source', source);
  }
  own?.remove();
  const at = child(next, 'pPr');
  if (at) at.after(...paragraph.childNodes); else next.prepend(...paragraph.childNodes);
  paragraph.remove();
}

function showChanges(story: Element): void {
  const document = story.ownerDocument;
  for (const change of all(story, ...inserting, ...deleting)) {
    const note = describe(change);
    if (holdsText(change)) {
      change.replaceWith(tag(document, note, ...change.childNodes));
    } else if (change.parentElement!.localName === 'rPr') {
      const paragraph = change.closest('p');
      if (paragraph) paragraph.append(tag(document, { ...note, whole: 'paragraph' }, make(document, 'r', {}, make(document, 't', {}, '¶'))));
    } else if (change.parentElement!.localName === 'trPr') {
      const first = all(change.parentElement!.parentElement!, 'p')[0];
      first?.append(tag(document, { ...note, whole: 'row' }));
    }
  }
}

function describe(change: Element): Change {
  const when = attribute(change, 'date');
  return {
    kind: 'change', by: attribute(change, 'author') ?? '', ...(when && { on: when }),
    ...(deleting.includes(change.localName) && { deleted: true }), ...(change.localName.startsWith('move') && { moved: true }),
  };
}

/** What travels through the renderer beside tracked changes. */
export type Note =
  | Change
  | { kind: 'page' | 'pages' }
  | { kind: 'footnote' | 'comment'; id: string }
  | { kind: 'paragraph'; size: number; tabs?: [number, string, string?][]; with?: 'next'; whole?: true; hangs?: true; rightToLeft?: true }
  | { kind: 'headerRow' };

/** docx-preview hands the date of a tracked change to our element maker untouched: whatever must reach the page rides there. */
export function tag(document: Document, note: Note, ...children: Node[]): Element {
  const name = note.kind === 'change' && note.deleted ? 'del' : 'ins';
  return make(document, name, { date: JSON.stringify(note) }, ...children);
}
