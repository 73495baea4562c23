import { replacing } from './fixes';
import { markName, OPENERS, problemsOf } from './marks';
import type { Rule } from './types';

/** A mark ends that has not begun. */
export const strayCloser: Rule = {
  code: 'stray-closer', severity: 'warning', looksAt: 'block',
  run: block => problemsOf(block, 'stray-closer').map(({ start, end, mark }) => ({
    start, end,
    message: `${markName(mark)} ends here, but none begins before it in this paragraph (${OPENERS[mark!]}), so these signs would be printed.`,
    fixes: [replacing('Remove these signs', start, end, ''), replacing('Print these signs as they stand', start, end, `\\${block.source.slice(start, end)}`)],
  })),
};
