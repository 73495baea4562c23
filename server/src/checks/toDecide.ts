import { decisions } from '../proposals/decisions';
import type { FoundAt, Rule } from './types';

/** What several proposals want at one place of a consolidated draft, and nobody has decided yet. */
export const toDecide: Rule = {
  code: 'to-decide', severity: 'warning', looksAt: 'text',
  run: run => decisions(run).map(({ group, index, start, end, message, choices }): FoundAt => ({
    group, index, start, end, message: `Not decided yet: ${message}.`,
    fixes: () => choices().map(({ title, edits }) => ({ title, preferred: false, edits: (document, { placed }) => edits(document, placed) })),
  })),
};
