import { decide, extent, type Decision } from '../changes/decide';
import type { Command } from './command';
import { PLACE, place, REWRITE, rewrite, said } from './rewrite';

/** The command that takes one decision about tracked changes. */
const decision = (name: Decision, about: string): Command => ({
  name, about,
  usage: 'FILE [--author A] [--clause ADDRESS | --line N] [-w | -o FILE]',
  options: { author: { type: 'string', about: '--author A: only the changes of this author' }, ...PLACE, ...REWRITE },
  run: (files, options) => rewrite(files, options, document => {
    const author = said(options, 'author'), placed = place(document, options);
    return decide(document, name, { ...(author === undefined ? {} : { author }), ...(placed ? { range: extent(document, placed) } : {}) });
  }),
});

export const accept = decision('accept', 'Accept tracked changes: all, or those of an author or a clause.');
export const reject = decision('reject', 'Reject tracked changes: all, or those of an author or a clause.');
