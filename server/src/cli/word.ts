import type { WordView } from '../word/write';
import { emit, Failure, only, OUTPUT, read, readBytes, type Command } from './command';

const VIEWS: readonly WordView[] = ['marked', 'final', 'original'];
const isView = (text: unknown): text is WordView => VIEWS.some(view => view === text);

export const word: Command = {
  name: 'word',
  usage: 'FILE -o OUT.docx [--view marked|final|original] [--template FILE]',
  about: 'Write the Word file in ITU’s form, changes as tracked changes.',
  options: {
    output: { ...OUTPUT.output, about: '-o, --output OUT.docx: the file to write; - for standard output' },
    view: { type: 'string', about: '--view marked|final|original: with tracked changes (as if nothing is said), or the text of one view' },
    template: { type: 'string', about: '--template FILE: a .docx or .dotx whose styles, page, headers and footers the file is to have' },
  },
  async run(files, options) {
    const view = options.view ?? 'marked';
    if (!isView(view)) throw new Failure(`--view is one of ${VIEWS.join(', ')}, not ${String(view)}`);
    if (!options.output) throw new Failure('-o OUT.docx is missing: where the Word file is to be written');
    const { document } = await read(only(files)), template = typeof options.template === 'string' ? await readBytes(options.template) : undefined;
    // Loaded when needed: the library behind it is larger than all the rest.
    const { writeWord } = await import('../word/write');
    const { docx, templateProblem } = await writeWord(document, { view, template });
    if (templateProblem) throw new Failure(`${String(options.template)} cannot be used as a template: ${templateProblem}`);
    await emit(docx, options);
    return 0;
  },
};
