/** Whose end a tracked paragraph end is: Word and the markup see an inserted paragraph from different sides. */
import type { Block, Change, Paragraph } from './model';
import { isWhole } from './model';

/**
 * Brings tracked paragraph ends to where the markup has them, in place. Who types a new paragraph behind another in Word makes
 * the end of the *upper* one new, and the old end stands behind the new words; in the markup the new paragraph takes its own end with
 * it, and the line above stays untouched. What the two views read is the same.
 */
export function settleEnds(blocks: readonly Block[]): void {
  for (const block of blocks) if (block.kind === 'table') for (const { cells } of block.rows) for (const cell of cells) settleEnds(cell.blocks);
  for (const [side, end] of [['insertion', 'insertedEnd'], ['deletion', 'deletedEnd']] as const) {
    // For each paragraph the one that its end would go to: behind it are only new (or deleted) ones, the last of which has an old end.
    const goesTo: number[] = [];
    for (let i = blocks.length - 2; i >= 0; i--) {
      const next = blocks[i + 1]!;
      goesTo[i] = next.kind !== 'paragraph' || !isWhole(next, side) ? -1 : next[end] ? goesTo[i + 1] ?? -1 : i + 1;
    }
    for (let i = 0; i < blocks.length; i++) {
      const upper = blocks[i]!, to = goesTo[i] ?? -1;
      if (upper.kind !== 'paragraph' || !upper[end] || to < 0) continue;
      const lower = blocks[to] as Paragraph;
      lower[end] = ownChange(lower, side) ?? upper[end];
      upper[end] = null;
      i = to;
    }
  }
}

const ownChange = ({ content }: Paragraph, side: 'insertion' | 'deletion'): Change | null => content.findLast(item => item[side])?.[side] ?? null;
