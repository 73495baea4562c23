import { tidied } from '../word/read/tidy';
import { emit, Failure, only, read, replace, type Command } from './command';
import { REWRITE } from './rewrite';

export const tidy: Command = {
  name: 'tidy',
  usage: 'FILE [-w | -o FILE]',
  about: 'Make clean markup of a text from a PDF or a clipboard, or of HTML that a word processor wrote.',
  options: REWRITE,
  async run(files, options) {
    const file = only(files);
    if (options.write && (options.output || file === '-')) throw new Failure(`-w changes the file itself and goes with ${file === '-' ? 'a file only, not with standard input' : 'no -o'}`);
    const { document } = await read(file), text = /^\s*<(?:!doctype html|html|head|meta|body)\b/i.test(document.text) ? await ofHtml(document.text) : tidied(document.text, document.grammar);
    if (!options.write) await emit(text, options); else await replace(file, text);
    return 0;
  },
};

/** As it would be pasted into an empty text. */
async function ofHtml(html: string): Promise<string> {
  // Loaded when needed: the other commands do without.
  const { paste } = await import('../word/read/clipboard'), { rich } = paste({ html, plain: '', text: '', start: 0, end: 0, final: false });
  if (!rich) throw new Failure('there is no text in this HTML, or it is longer than 32 MB');
  for (const { message, paragraph } of rich.report) process.stderr.write(`${paragraph && `“${paragraph}”: `}${message}\n`);
  return rich.edits.map(({ text }) => `${text}\n`).join('');
}
