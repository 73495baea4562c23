/** What a person sees of a text, and what they should see after edits: for tests of recording, with and without an editor. */
import { inView } from '../../src/markup/block';
import type { Document } from '../../src/markup/document';
import type { Edit } from '../../src/markup/edit';
import { inline } from '../../src/markup/inline';
import type { Mark, Piece } from '../../src/markup/types';
import { viewText } from '../../src/markup/views';
import { paragraphs } from '../../src/changes/paragraphs';

/** The lines of the original view with their indentation, without blank ones and notes. */
export const indented = (document: Document) => viewText(document, 'original').split('\n').map(line => line.trimEnd()).filter(line => line && !line.startsWith('//')).join('\n');

/** What a person sees in the final view: signs, and line ends where a paragraph ends, each with its place in the text. A deleted paragraph is an empty line. */
export interface Sign { readonly sign: string; readonly at: number; readonly start: number; readonly end: number }
export function signs(document: Document): Sign[] {
  const result: Sign[] = [];
  let joining = false;
  for (const { block, start } of document.blocks()) {
    const { source } = block;
    for (const { pieces, behind } of paragraphs(block)) {
      let exists = false;
      for (const piece of pieces) {
        if (!inView(piece, 'final')) continue;
        const whole = piece.kind === 'escape' || piece.kind === 'footnote-reference' || piece.kind === 'soft-break' || piece.kind === 'line-break' || (piece.kind === 'prefix' && source[piece.start] === '[');
        for (let at = piece.start; at < piece.end; at++) {
          const sign = source[at]!;
          exists ||= !/\s/.test(sign);
          if (!/\s/.test(sign) && piece.kind !== 'line-break') result.push({ sign, at: start + at, start: start + (whole ? piece.start : at), end: start + (whole ? piece.end : at + 1) });
        }
      }
      const ended = !pieces.some(piece => piece.kind === 'pilcrow' && piece.deletion);
      if (exists || !joining) joining = !ended;
      if (ended && behind && (exists || !joining)) {
        for (let at = behind.start; at < behind.end; at++) if (source[at] === '\n') result.push({ sign: '\n', at: start + at, start: start + at, end: start + at + 1 });
      }
    }
  }
  return result;
}
const lined = (list: readonly { sign: string }[]) => list.map(({ sign }) => sign).join('').replace(/\n+/g, '\n').replace(/^\n|\n$/g, '');
export const shown = (document: Document) => lined(signs(document));
export function expected(document: Document, edits: readonly Edit[]): string {
  const all = signs(document), result: { sign: string }[] = [];
  let i = 0;
  for (const edit of edits) {
    for (; i < all.length && all[i]!.at < edit.start && !(all[i]!.end > edit.start && edit.end > edit.start); i++) result.push(all[i]!);
    const left: Sign[] = [];
    for (; edit.start < edit.end && i < all.length && all[i]!.start < edit.end; i++) {
      const { sign, start, end } = all[i]!;
      if (sign === '\n' && (start < edit.start || end > edit.end)) (start < edit.start ? result : left).push(all[i]!);
    }
    result.push(...[...edit.text.replace(/[^\S\n]/g, '')].map(sign => ({ sign })), ...left);
  }
  return lined([...result, ...all.slice(i)]);
}
/** Rows stay whole and notes stay apart, so only the words that the author sees are what they would be without recording. */
export const letters = (view: string) => view.replace(/[|\n]/g, '');
export const touches = (document: Document, edits: readonly Edit[]) => [...document.blocks()].some(({ block: { source }, start }) =>
  /^(?:\||\/\/)/.test(source) && edits.some(edit => edit.start <= start + source.length && start <= edit.end));

/** What cannot be cut in two: comments, escapes, footnote references. Where it is `indivisible`, nothing is typed in it either. */
export const units = (document: Document) => [...document.blocks()].flatMap(({ block, start }) => {
  const { marks, pieces } = inline(block), comments = marks.filter(mark => mark.kind === 'comment');
  const whole = pieces.filter(({ kind, start: at }) => kind === 'escape' || kind === 'footnote-reference' || (kind === 'prefix' && block.source[at] === '['));
  return [...comments, ...whole].map(piece => ({ start: start + piece.start, end: start + (('attribute' in piece && piece.attribute?.end) || piece.end), indivisible: comments.includes(piece as Mark) || (piece as Piece).kind === 'escape' }));
});

/** Whether a person can say beforehand what they will see: the edits cut through no unit, delete words where they delete, and bring no signs of the markup. */
export function isPlain(document: Document, edits: readonly Edit[]): boolean {
  const all = signs(document), whole = units(document), fence = document.frontMatter?.source.length ?? 0;
  return edits.every(({ start, end, text }) => start >= fence && !/[\\{}[\]|/#*]/.test(text) && (text !== '' || all.some(({ sign, start: from, end: to }) => sign !== '|' && from < end && to > start))
    && !whole.some(({ start: from, end: to, indivisible }) => [start, end].some(at => from < at && at < to) && (indivisible || start < end)));
}

/** Lists without one or more of some edits. */
export const without = (edits: readonly Edit[]) => edits.reduce<Edit[][]>((lists, edit) => [...lists, ...lists.map(list => [...list, edit])], [[]]).slice(0, -1);
