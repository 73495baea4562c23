import { editing } from './fixes';
import { problemsOf } from './marks';
import type { Rule } from './types';

/** `{~~…~~}` that does not say where the old words end. */
export const missingDivider: Rule = {
  code: 'missing-divider', severity: 'error', looksAt: 'block',
  run: block => problemsOf(block, 'missing-divider').map(({ start, end }) => ({
    start, end,
    message: 'A replacement needs ~> between the old words and the new ones: {~~old~>new~~}. Without it, all of this would be printed as it stands.',
    fixes: ([['Make it a deletion', '{--', '--}'], ['Make it an insertion', '{++', '++}']] as const)
      .map(([title, open, close]) => editing(title, [{ start, end: start + 3, text: open }, { start: end - 3, end, text: close }])),
  })),
};
