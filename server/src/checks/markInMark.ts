import { replacing } from './fixes';
import { markName, problemsOf } from './marks';
import type { Rule } from './types';

/** A mark inside one that cannot hold it. */
export const markInMark: Rule = {
  code: 'mark-in-mark', severity: 'error', looksAt: 'block',
  run: block => problemsOf(block, 'mark-in-mark').map(({ start, end, mark }) => ({
    start, end,
    message: `${markName(mark)} cannot stand inside the mark around it, so these signs would be printed. New words may hold deletions and comments, deleted words comments only; end the outer mark before this one.`,
    fixes: [replacing('Print these signs as they stand', start, end, `\\${block.source.slice(start, end)}`)],
  })),
};
