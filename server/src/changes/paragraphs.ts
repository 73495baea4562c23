/** The paragraphs of a block: what is inserted, deleted, joined or split as one. */
import type { Block, Piece } from '../markup/types';
import { inline } from '../markup/inline';
import { skipBlanks } from '../markup/lines';

export interface Paragraph {
  /** Without the break behind it; the first paragraph of a block begins with the block's indentation. */
  readonly pieces: readonly Piece[];
  /** Line ends, blank lines and the next paragraph's indentation; null at the end of a text that has no line end. */
  readonly behind: Piece | null;
}

export function paragraphs(block: Block): Paragraph[] {
  const result: Paragraph[] = [], { pieces } = inline(block);
  for (let from = 0; from < pieces.length;) {
    let to = from;
    while (to < pieces.length && pieces[to]!.kind !== 'paragraph-break' && pieces[to]!.kind !== 'trailing') to++;
    result.push({ pieces: pieces.slice(from, to), behind: pieces[to] ?? null });
    from = to + 1;
  }
  return result;
}

/** Whether a piece can make a paragraph exist: words and signs, but no blanks, comments or signs of marks (markup, section 6). */
export function counts(source: string, { kind, start, end, comment }: Piece): boolean {
  switch (kind) {
    case 'indent': case 'mark': case 'attribute': case 'comment': case 'pilcrow': case 'soft-break': case 'paragraph-break': case 'trailing': return false;
    case 'text': return comment === null && skipBlanks(source, start) < end;
    default: return comment === null;
  }
}
