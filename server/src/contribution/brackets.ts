/**
 * Square brackets, ITU's sign of what is not agreed: where they stand in the final view, and which belong together.
 *
 * - `brackets(run)`: pairs, unclosed and unopened brackets of a text (`Text.run` of `scopes.ts`); kept with the run
 */
import type { Group } from '../markup/document';
import type { Block, BlockKind } from '../markup/types';
import { memo } from '../markup/memo';
import { inView } from '../markup/block';
import { inline } from '../markup/inline';
import type { Run } from './runs';

/** One bracket: its group in the run, its block in the group, its offset in the block. */
export interface Bracket { readonly group: number; readonly index: number; readonly at: number }
export interface Pair { readonly open: Bracket; readonly close: Bracket }

export interface Brackets {
  /** In the order in which they close: a pair inside another comes before it. */
  readonly pairs: readonly Pair[];
  readonly unclosed: readonly Bracket[];
  readonly unopened: readonly Bracket[];
}

const SILENT: ReadonlySet<BlockKind> = new Set(['front-matter', 'blank', 'drafter-note', 'proposal', 'instrument']);
/** What stands for a number or a text to come, and is agreed: `[APT-1]`, `[…]`. */
const PLACEHOLDER = /\[(?:\p{Lu}{2}\p{L}*[-\u2010-\u2013](?:\d+|X+)|\.\.\.|…)\]/gu;

/** Offsets of a block's brackets. That of a closing one is given as `~at`. */
function bracketsIn(block: Block): number[] {
  if (!block.final || SILENT.has(block.final.kind)) return [];
  const { source } = block, found: number[] = [];
  for (const piece of inline(block).pieces) {
    if (piece.kind !== 'text' || !inView(piece, 'final')) continue;
    const text = source.slice(piece.start, piece.end).replace(PLACEHOLDER, ({ length }) => ' '.repeat(length));
    for (const { 0: sign, index } of text.matchAll(/[[\]]/g)) found.push(sign === '[' ? piece.start + index : ~(piece.start + index));
  }
  return found;
}

const ofGroup = memo((group: Group): readonly (readonly [index: number, at: number])[] =>
  group.blocks.flatMap((block, index) => /[[\]]/.test(block.source) ? bracketsIn(block).map(at => [index, at] as const) : []));

/** The brackets of a run, often a text: what is not agreed may go over several of its paragraphs and sections. */
export const brackets = memo((run: Run): Brackets => {
  const pairs: Pair[] = [], unclosed: Bracket[] = [], unopened: Bracket[] = [];
  run.forEach((group, g) => {
    for (const [index, at] of ofGroup(group)) {
      if (at >= 0) { unclosed.push({ group: g, index, at }); continue; }
      const close = { group: g, index, at: ~at }, open = unclosed.pop();
      if (open) pairs.push({ open, close }); else unopened.push(close);
    }
  });
  return { pairs, unclosed, unopened };
});
