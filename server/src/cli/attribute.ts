import { attribute as attributed } from '../changes/decide';
import { Failure, type Command } from './command';
import { REWRITE, rewrite, said } from './rewrite';

export const attribute: Command = {
  name: 'attribute',
  usage: 'FILE --author A | --anonymous [--from B] [-w | -o FILE]',
  about: 'Say whose the tracked changes and comments are.',
  options: {
    author: { type: 'string', about: '--author A: whose they are from now on; several are divided by semicolons' },
    anonymous: { type: 'boolean', about: '--anonymous: nobody’s; names and dates go' },
    from: { type: 'string', about: '--from B: only those of this author' },
    ...REWRITE,
  },
  async run(files, options) {
    const author = said(options, 'author'), from = said(options, 'from');
    if (!author === !options.anonymous) throw new Failure('one of --author and --anonymous is needed');
    return rewrite(files, options, document => attributed(document, { author: author || null, ...(from === undefined ? {} : { from }) }));
  },
};
