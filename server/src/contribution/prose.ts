/** The words of a block in one view, with the way back to the source. */
import type { Block, View } from '../markup/types';
import { inView } from '../markup/block';
import { inline } from '../markup/inline';
import { memo } from '../markup/memo';

export interface Prose {
  /** Words without marks, emphasis, escapes and footnote references; a soft break is a blank, a new paragraph a line feed. */
  readonly text: string;
  /** Pairs of offsets, in `text` and in the source: from the one on, text and source run side by side. */
  readonly starts: readonly (readonly [number, number])[];
  /** Stretches of `text` in italic or bold, [start, end). */
  readonly emphasis: readonly (readonly [number, number])[];
}

/** The words of a block from the offset `from` of its source on; empty where the block is not in that view. */
export function prose(block: Block, view: View, from: number): Prose {
  if (from !== block[view]?.textStart) return read(block, view, from);
  const one = block.original === block.final && !block.source.includes('{') ? 'final' : view;
  return kept(block)[one] ??= read(block, one, from);
}

/** From the text behind the label on, as nearly everybody reads it. */
const kept = memo((_: Block): { -readonly [view in View]?: Prose } => ({}));

function read(block: Block, view: View, from: number): Prose {
  const { source } = block;
  let text = '';
  const starts: [number, number][] = [], emphasis: [number, number][] = [];
  const add = (part: string, at: number, emphasized: boolean) => {
    if (!part) return;
    starts.push([text.length, at]);
    if (emphasized) {
      const last = emphasis.at(-1);
      if (last && last[1] === text.length) last[1] += part.length; else emphasis.push([text.length, text.length + part.length]);
    }
    text += part;
  };
  for (const piece of inline(block).pieces) {
    if (piece.end <= from || !inView(piece, view)) continue;
    const emphasized = piece.italic || piece.bold, start = Math.max(piece.start, from);
    switch (piece.kind) {
      case 'text': add(source.slice(start, piece.end), start, emphasized); break;
      case 'escape': add(source.slice(piece.start + 1, piece.end), piece.start + 1, emphasized); break;
      case 'soft-break': case 'line-break': add(' ', piece.start, emphasized); break;
      case 'paragraph-break': add('\n', piece.start, false); break;
      case 'bar': add('|', piece.start, false); break;
    }
  }
  return { text, starts, emphasis };
}

/** The source offset of the character at `index`; with `end`, the offset behind the character before `index`. */
export function sourceAt({ starts }: Prose, index: number, end = false): number {
  const at = end ? Math.max(0, index - 1) : index;
  let low = 0, high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]![0] <= at) low = middle; else high = middle - 1;
  }
  const [index0, offset] = starts[low] ?? [0, 0];
  return offset + index - index0;
}
