import type { Document } from '../markup/document';
import type { Edit } from '../markup/edit';
import type { Block, Grammar } from '../markup/types';
import { memo } from '../markup/memo';
import { lastSign } from '../markup/classify';
import { contentEnd } from '../markup/inline';
import { replacing } from './fixes';
import type { FoundAt, Rule } from './types';

/** A section's heading at the end of the clause above it (markup, section 4): the list behind it starts anew. */
export const gluedHeading: Rule = {
  code: 'glued-heading', severity: 'hint', looksAt: 'group',
  run: (run, grammar) => {
    const found: FoundAt[] = [];
    run.forEach((group, g) => group.blocks.forEach((block, index) => {
      const at = gluedTo(block, group.blocks[index + 1], grammar);
      if (at) found.push({
        group: g, index, ...at,
        message: `“${block.source.slice(at.start, at.end)}” looks like the heading of the list that starts on the next line.`,
        fixes: [replacing('Put the heading on a line of its own', at.gap, at.start, '\n\n', true)],
      });
    }));
    return found;
  },
};

/** The edits that put all such headings of a document on lines of their own. */
export function ungluedHeadings(document: Document): Edit[] {
  const placed = [...document.blocks()];
  return placed.flatMap(({ block, start, group }, i) => {
    const next = placed[i + 1], at = next?.group === group && gluedTo(block, next.block, document.grammar);
    return at ? [{ start: start + at.gap, end: start + at.start, text: '\n\n' }] : [];
  });
}

function gluedTo(block: Block, below: Block | undefined, grammar: Grammar) {
  const next = below?.final?.label;
  if (block.final?.kind !== 'clause' || !next || next.kind === 'dash' || !next.parts.every(({ value, suffix }) => value === 1 && suffix === 0)) return null;
  return headingAt(block, grammar);
}

const phrases = memo((grammar: Grammar) => new RegExp(`[,;.:。，；]([ \\t\\u00a0]*)((?:${[...grammar.sections].sort((a, b) => b.length - a.length).map(words => words.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&')).join('|')})(?![\\p{L}-])[^;.:{}]*)$`, 'u'));

/** Where a section phrase stands behind the clause's own end; only in words without tracked changes. */
function headingAt({ source, final }: Block, grammar: Grammar): { start: number; end: number; gap: number } | null {
  const end = contentEnd(source);
  if (!final || ',;.'.includes(lastSign(source.slice(0, end)) || ',')) return null;
  const from = Math.max(final.textStart, end - 300), match = phrases(grammar).exec(source.slice(from, end));
  return match && { gap: from + match.index + 1, start: from + match.index + 1 + match[1]!.length, end };
}
