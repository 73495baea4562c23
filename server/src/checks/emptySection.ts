import type { Group } from '../markup/document';
import type { BlockKind } from '../markup/types';
import { memo } from '../markup/memo';
import { plainText } from '../markup/text';
import { contentEnd } from '../markup/inline';
import { headKind } from '../contribution/scopes';
import type { FoundAt, Rule } from './types';

const NO_TEXT: ReadonlySet<BlockKind> = new Set(['blank', 'drafter-note', 'footnote']);

/** What a group's section looks like in the final view: not there, with text, without any. */
const state = memo((group: Group): 'none' | 'text' | 'empty' => {
  const [head, ...rest] = group.blocks;
  if (head!.final?.kind !== 'section') return 'none';
  return rest.some(block => block.final ? !NO_TEXT.has(block.final.kind) : block.joinsInFinal) ? 'text' : 'empty';
});

/** A section heading with nothing under it. */
export const emptySection: Rule = {
  code: 'empty-section', severity: 'hint', looksAt: 'text',
  run: groups => {
    const found: FoundAt[] = [];
    for (let g = 0; g < groups.length; g++) {
      if (state(groups[g]!) !== 'empty' || goesOn(groups, g + 1)) continue;
      const head = groups[g]!.blocks[0]!, deleted = groups[g]!.blocks.some(block => block.original?.label && !block.final);
      found.push({
        group: g, index: 0, start: 0, end: contentEnd(head.source),
        message: deleted ? `All clauses under “${plainText(head, 'final')}” are deleted, the heading is not.` : `There is no text under “${plainText(head, 'final')}”.`,
      });
    }
    return found;
  },
};

/** Headings and numbered parts may divide a section, and where the next head is not in the final view, its text belongs to this section. */
function goesOn(groups: readonly Group[], g: number): boolean {
  const next = groups[g];
  if (!next) return false;
  const kind = headKind(next);
  return kind === 'annex' || (kind === 'heading' && next.blocks[0]!.final?.level !== 1) || (!next.blocks[0]!.final && next.blocks.some(block => block.final && !NO_TEXT.has(block.final.kind)));
}
