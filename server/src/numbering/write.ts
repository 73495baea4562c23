/** Writing labels into text that may hold tracked changes (markup, section 6): marks on a label are merged, never stacked. */
import type { Block, Piece } from '../markup/types';
import type { Edit } from '../markup/edit';
import { inView } from '../markup/block';
import { inline } from '../markup/inline';
import { SUFFIXES } from '../markup/labels';
import { skipBlanks } from '../markup/lines';
import { isChange } from '../changes/attributes';

/** How changes are written: as they are, or as tracked ones with this attribute (`{@APT}`, or '' where the front matter says it). */
export type Writing = { readonly tracked: false } | { readonly tracked: true; readonly attribute: string };

/**
 * Edits that make `text` of the words of the final view in [start, end); all offsets count in the block. Marks that
 * hold no other words become one, which keeps the first one's author. What is newly proposed is changed directly.
 */
export function rewrite(block: Block, start: number, end: number, text: string, writing: Writing): Edit[] {
  const { source } = block, { pieces, marks } = inline(block);
  const words = pieces.filter(piece => piece.start < end && piece.end > start && inView(piece, 'final') && piece.kind !== 'emphasis')
    .map(piece => ({ start: Math.max(start, piece.start), end: Math.min(end, piece.end), isNew: piece.insertion !== null }));
  if (!words.length) return [];
  const first = words[0]!, last = words.at(-1)!;
  const touching = marks.filter(mark => isChange(mark) && mark.start < last.end && mark.end > first.start);
  const from = Math.min(first.start, ...touching.map(mark => mark.start)), to = Math.max(last.end, ...touching.map(mark => mark.attribute?.end ?? mark.end));
  const within = pieces.filter(piece => piece.start < to && piece.end > from);
  const others = marks.some(mark => !isChange(mark) && (within.some(({ kind, start: at }) => kind === 'mark' && (at === mark.start || at === mark.end - 3))));
  if (!others && within.every(piece => isLabelOnly(piece, first.start, last.end))) {
    const old = within.filter(piece => inView(piece, 'original')).map(piece => source.slice(Math.max(from, piece.start), Math.min(to, piece.end))).join('');
    const by = touching.find(mark => mark.attribute)?.attribute, attribute = touching.length ? by ? source.slice(by.start, by.end) : '' : writing.tracked ? writing.attribute : null;
    return [{ start: from, end: to, text: attribute === null ? text : tracked(old, text, attribute) }];
  }
  const home = words.find(({ isNew }) => isNew) ?? first;
  return words.flatMap((word): Edit[] => {
    const now = word === home ? text : '', { isNew, ...span } = word;
    return [{ ...span, text: isNew || !writing.tracked ? now : tracked(source.slice(span.start, span.end), now, writing.attribute) }];
  });
}

/** Whether a piece has nothing in the final view but words in [start, end), and no comment that would be lost. */
function isLabelOnly(piece: Piece, start: number, end: number): boolean {
  if (piece.comment || piece.kind === 'comment' || piece.kind === 'emphasis') return false;
  if (!inView(piece, 'final')) return true;
  return piece.kind === 'text' ? piece.end > start && piece.start < end && (piece.insertion === null || (piece.start >= start && piece.end <= end)) : false;
}

function tracked(old: string, text: string, attribute: string): string {
  if (old === text) return text;
  const behind = text.slice(old.length);
  if (old && text.startsWith(old) && ORDINALS.has(behind)) return `${old}{++${behind}++}${attribute}`;
  return `${!old ? `{++${text}++}` : !text ? `{--${old}--}` : `{~~${old}~>${text}~~}`}${attribute}`;
}

/**
 * Edits that write another label, in the form in which it is written now: `2.` becomes `3.`. [start, end) are the
 * label's characters, marks between them or not.
 */
export function relabel(block: Block, start: number, end: number, text: string, writing: Writing): Edit[] {
  const offsets: number[] = [];
  let written = '';
  for (const piece of inline(block).pieces) {
    if (piece.start >= end || piece.end <= start || piece.kind === 'emphasis' || !inView(piece, 'final')) continue;
    for (let at = Math.max(start, piece.start); at < Math.min(end, piece.end); at++) { written += block.source[at]!; offsets.push(at); }
  }
  const tail = TAIL.exec(written)?.[0] ?? '', now = /^\d/.test(text) ? text + tail : text;
  if (!written || now === written) return [];
  const core = written.length - tail.length;
  return core && now.endsWith(tail) && TAIL.exec(now)?.[0] === (tail || undefined)
    ? rewrite(block, start, offsets[core - 1]! + 1, now.slice(0, now.length - tail.length), writing)
    : rewrite(block, start, end, now, writing);
}

/** What stands behind the letter or number itself. */
const TAIL = /(?:\)[a-z]*|\.)$/;

const ORDINALS: ReadonlySet<string> = new Set(SUFFIXES.filter(Boolean));

/** Edits that put a label in front of a block that has none. */
export function label(block: Block, text: string, writing: Writing): Edit[] {
  const marker = `${text}\t`, isNew = block.original === null;
  const at = isNew ? inline(block).pieces.find(piece => piece.kind === 'text' && inView(piece, 'final'))?.start ?? 0 : skipBlanks(block.source, 0);
  return [{ start: at, end: at, text: isNew || !writing.tracked ? marker : tracked('', marker, writing.attribute) }];
}
