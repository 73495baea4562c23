import { compare as compared } from '../changes/compare';
import { emit, Failure, OUTPUT, read, type Command } from './command';
import { DATE, dateOf, said } from './rewrite';

export const compare: Command = {
  name: 'compare',
  usage: 'BASE NEW [--drafts] [--author A] [--date D] [-o FILE]',
  about: 'Print NEW with tracked changes that say what became of BASE in it.',
  options: {
    drafts: { type: 'boolean', about: '--drafts: both are drafts with tracked changes; compare what they propose' },
    author: { type: 'string', about: '--author A: whose the changes are; as if nothing is said, the sponsor in the front matter of NEW' },
    date: { type: 'string', about: `${DATE}: when; as if nothing is said, the date in the front matter of NEW` },
    ...OUTPUT,
  },
  async run(files, options) {
    const [base, now, ...more] = files, author = said(options, 'author'), date = dateOf(options);
    if (!base || !now || more.length) throw new Failure('two files are expected: the text as it was, and the new one');
    if (base === '-' && now === '-') throw new Failure('only one of the two texts can be standard input');
    const old = await read(base), { document, mark } = await read(now);
    await emit(mark + compared(old.document, document, { drafts: options.drafts === true, ...(author === undefined ? {} : { author }), ...(date === undefined ? {} : { date }) }), options);
    return 0;
  },
};
