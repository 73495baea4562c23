import { htmlTable } from '../proposals/htmlTable';
import { family, type Family } from '../proposals/family';
import { emit, Failure, OUTPUT, read, type Command } from './command';
import { said } from './rewrite';

export const BASE = { base: { type: 'string', about: '--base FILE: the text in force; as if nothing is said, what most of the proposals start from' } } as const satisfies Command['options'];

/** Reads proposals and brings them together. Throws a `Failure` where there is nothing in common. */
export async function familyOf(files: readonly string[], base: string | undefined): Promise<Family> {
  if (!files.length) throw new Failure('files are missing: the proposals, one or more');
  const source = async (file: string) => ({ name: file, document: (await read(file)).document });
  const sources = [];
  for (const file of files) sources.push(await source(file));
  const found = family(sources, base === undefined ? null : await source(base));
  if (!found?.proposals.length) throw new Failure('none of these texts proposes to change a text in force, or a new one: no line such as “RESOLUTION 98 (Rev. Geneva, 2022)”');
  return found;
}

export const sideBySide: Command = {
  name: 'side-by-side',
  usage: 'FILE… -o OUT.docx|OUT.html [--base FILE] [--with-base] [--unchanged] [--paper A4|A3] [--marks tracked|drawn]',
  about: 'Set proposals to change the same text, or for the same new text, side by side in a table, clause by clause, for Word or as a page for a browser.',
  options: {
    output: { ...OUTPUT.output, about: '-o, --output OUT.docx or OUT.html: the file to write' },
    ...BASE,
    'with-base': { type: 'boolean', about: '--with-base: the text in force in a column of its own, the first' },
    unchanged: { type: 'boolean', about: '--unchanged: also what nobody changes, in full' },
    paper: { type: 'string', about: '--paper A4|A3: landscape; A4 as if nothing is said' },
    marks: { type: 'string', about: '--marks tracked|drawn: tracked changes (as if nothing is said), or underlined and struck through' },
  },
  async run(files, options) {
    const output = said(options, 'output'), paper = said(options, 'paper') ?? 'A4', marks = said(options, 'marks') ?? 'tracked';
    if (!output || !/\.(?:docx|html?)$/i.test(output)) throw new Failure('-o OUT.docx or -o OUT.html is missing: where the table is to be written');
    if (paper !== 'A4' && paper !== 'A3') throw new Failure(`--paper is A4 or A3, not ${paper}`);
    if (marks !== 'tracked' && marks !== 'drawn') throw new Failure(`--marks is tracked or drawn, not ${marks}`);
    const found = await familyOf(files, said(options, 'base'));
    for (const { message } of found.remarks) process.stderr.write(`${message}\n`);
    const how = { withBase: options['with-base'] === true, unchanged: options.unchanged === true };
    // Loaded when needed: the library behind it is larger than all the rest.
    await emit(/\.docx$/i.test(output) ? await (await import('../proposals/wordTable')).wordTable(found, { ...how, paper, marks }) : htmlTable(found, how), options);
    return 0;
  },
};
