import { applyEdits } from '../markup/edit';
import { format as normalForm } from '../markup/normalForm';
import { emit, Failure, only, OUTPUT, read, replace, type Command } from './command';

export const format: Command = {
  name: 'format',
  usage: 'FILE [-w | -o FILE] [--check]',
  about: 'Put a text into its normal form.',
  options: {
    ...OUTPUT,
    write: { type: 'boolean', short: 'w', about: '-w, --write: change the file itself' },
    check: { type: 'boolean', about: '--check: change nothing, and exit with 1 where the text is not in normal form' },
  },
  async run(files, options) {
    const file = only(files);
    if (options.write && (options.output || file === '-')) throw new Failure(`-w changes the file itself and goes with ${file === '-' ? 'a file only, not with standard input' : 'no -o'}`);
    const { document, mark } = await read(file);
    const edits = normalForm(document), [first] = edits;
    if (options.check) {
      if (!first) return 0;
      const { line, character } = document.positionAt(first.start);
      await emit(`${file}:${line + 1}:${character + 1}  not in normal form; resolute format -w ${file} puts it into it\n`, options);
      return 1;
    }
    const text = mark + applyEdits(document.text, edits);
    if (!options.write) await emit(text, options);
    else if (first) await replace(file, text);
    return 0;
  },
};
