/** The words of a block as a person reads them: no marks, no emphasis signs, no escapes, no footnote references. */
import type { Block, View } from './types';
import { inView } from './block';
import { contentEnd, inline, isPlain } from './inline';

/**
 * Text of a block in one view, from the offset `from` of its source on; breaks read as one space. With `limit`,
 * at most about that many characters, cut at a word and closed with an ellipsis. '' where the view has nothing of it.
 */
export function plainText(block: Block, view: View, from = 0, limit = Infinity): string {
  const { source } = block;
  if (isPlain(source)) return shorten(source.slice(from, contentEnd(source)).trim(), limit);
  let text = '';
  for (const piece of inline(block).pieces) {
    if (piece.end <= from || !inView(piece, view)) continue;
    switch (piece.kind) {
      case 'text': text += source.slice(Math.max(piece.start, from), piece.end); break;
      case 'escape': text += source.slice(piece.start + 1, piece.end); break;
      case 'soft-break': case 'line-break': case 'paragraph-break': text += ' '; break;
      case 'bar': text += '|'; break;
    }
    if (text.length > limit + 20) break;
  }
  return shorten(text.trim(), limit);
}

/** A text cut at a word where it is longer than `limit`. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.lastIndexOf(' ', limit);
  return `${text.slice(0, cut > limit / 2 ? cut : limit)}…`;
}
