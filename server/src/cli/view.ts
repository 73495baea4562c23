import { viewText } from '../markup/views';
import { emit, Failure, only, OUTPUT, read, type Command } from './command';

export const view: Command = {
  name: 'view',
  usage: '--original | --final FILE [-o FILE]',
  about: 'Print the text in force, or the text as it would be if all changes are accepted.',
  options: {
    original: { type: 'boolean', about: '--original: without what is proposed' },
    final: { type: 'boolean', about: '--final: with all that is proposed' },
    ...OUTPUT,
  },
  async run(files, options) {
    if (!options.original === !options.final) throw new Failure('one of --original and --final is needed');
    const { document, mark } = await read(only(files));
    await emit(mark + viewText(document, options.original ? 'original' : 'final'), options);
    return 0;
  },
};
