import type { Block, MarkKind } from '../markup/types';
import { contentEnd, inline } from '../markup/inline';
import { editing, replacing } from './fixes';
import type { Rule } from './types';
import { CLOSERS, markName, problemsOf } from './marks';

/** Nothing closes a mark in its paragraph, so that it is printed as it stands. */
export const unclosedMark: Rule = {
  code: 'unclosed-mark', severity: 'error', looksAt: 'block',
  run: block => problemsOf(block, 'unclosed-mark').map(({ start, end, mark }) => ({
    start, end,
    message: `${markName(mark)} begins here and does not end in this paragraph, so it would be printed as it stands. It ends with ${CLOSERS[mark!]}.`,
    fixes: [close(block, start, mark!), replacing('Print these signs as they stand', start, end, `\\${block.source.slice(start, end)}`)],
  })),
};

/** Before the blanks that end the paragraph in which the mark begins. A replacement has nothing to replace by yet. */
function close(block: Block, start: number, mark: MarkKind) {
  const stop = inline(block).pieces.find(piece => piece.kind === 'paragraph-break' && piece.start > start)?.start ?? contentEnd(block.source);
  const text = mark === 'substitution' && !block.source.slice(start, stop).includes('~>') ? `~>${CLOSERS[mark]}` : CLOSERS[mark];
  return editing('End it at the end of the paragraph', [{ start: stop, end: stop, text }], true);
}
