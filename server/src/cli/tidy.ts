import { findings } from '../checks';
import { grammarOf } from '../knowledge/grammar';
import { Document } from '../markup/document';
import { applyEdits } from '../markup/edit';
import { format } from '../markup/normalForm';
import { tidyText } from '../word/read/tidy';
import { emit, Failure, only, read, replace, type Command } from './command';
import { REWRITE } from './rewrite';

export const tidy: Command = {
  name: 'tidy',
  usage: 'FILE [-w | -o FILE]',
  about: 'Make clean markup of a text from a PDF or a clipboard.',
  options: REWRITE,
  async run(files, options) {
    const file = only(files);
    if (options.write && (options.output || file === '-')) throw new Failure(`-w changes the file itself and goes with ${file === '-' ? 'a file only, not with standard input' : 'no -o'}`);
    const text = tidied((await read(file)).document);
    if (!options.write) await emit(text, options); else await replace(file, text);
    return 0;
  },
};

/** A text tidied, its glued headings on lines of their own, in normal form. */
function tidied({ text, grammar }: Document): string {
  let document = Document.parse(tidyText(text, grammar), grammarOf);
  const edits = findings(document).filter(({ code }) => code === 'glued-heading').flatMap(finding => finding.fixes[0]?.edits(document, finding) ?? []);
  document = Document.parse(applyEdits(document.text, edits), grammarOf);
  return applyEdits(document.text, format(document));
}
