import type { WordView } from '../word/write';
import { emit, Failure, only, OUTPUT, read, type Command } from './command';

const VIEWS: readonly WordView[] = ['marked', 'final', 'original'];
const isView = (text: unknown): text is WordView => VIEWS.some(view => view === text);

export const word: Command = {
  name: 'word',
  usage: 'FILE -o OUT.docx [--view marked|final|original]',
  about: 'Write the Word file in ITU’s form, changes as tracked changes.',
  options: {
    output: { ...OUTPUT.output, about: '-o, --output OUT.docx: the file to write; - for standard output' },
    view: { type: 'string', about: '--view marked|final|original: with tracked changes (as if nothing is said), or the text of one view' },
  },
  async run(files, options) {
    const view = options.view ?? 'marked';
    if (!isView(view)) throw new Failure(`--view is one of ${VIEWS.join(', ')}, not ${String(view)}`);
    if (!options.output) throw new Failure('-o OUT.docx is missing: where the Word file is to be written');
    const { document } = await read(only(files));
    // Loaded when needed: the library behind it is larger than all the rest.
    const { writeWord } = await import('../word/write');
    await emit((await writeWord(document, { view })).docx, options);
    return 0;
  },
};
