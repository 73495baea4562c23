import type { Document, Placed } from '../markup/document';
import { applyEdits, type Edit } from '../markup/edit';
import { plainText } from '../markup/text';
import { readProposal } from '../markup/classify';
import { whereabouts } from '../changes/status';
import { findAddress } from '../contribution/addresses';
import { emit, Failure, only, OUTPUT, read, replace, type Command, type Options } from './command';

export const REWRITE = { ...OUTPUT, write: { type: 'boolean', short: 'w', about: '-w, --write: change the file itself' } } as const satisfies Command['options'];

/** Reads one file, changes it, and writes it to where the options say. */
export async function rewrite(files: readonly string[], options: Options, change: (document: Document) => readonly Edit[]): Promise<number> {
  const file = only(files);
  if (options.write && (options.output || file === '-')) throw new Failure(`-w changes the file itself and goes with ${file === '-' ? 'a file only, not with standard input' : 'no -o'}`);
  const { document, mark } = await read(file);
  const edits = change(document), text = mark + applyEdits(document.text, edits);
  if (!options.write) await emit(text, options);
  else if (edits.length) await replace(file, text);
  return 0;
}

/** The text of an option, or undefined where it was not given. */
export const said = (options: Options, name: string): string | undefined => typeof options[name] === 'string' ? options[name] : undefined;

export const DATE = '--date YYYY-MM-DD';

/** The date that `--date` gives, if it does. */
export function dateOf(options: Options): string | undefined {
  const date = said(options, 'date');
  if (date !== undefined && !/^\d{4}-\d\d-\d\d(?:T\d\d:\d\dZ)?$/.test(date)) throw new Failure(`a date is written YYYY-MM-DD or YYYY-MM-DDTHH:MMZ, not ${date}`);
  return date;
}

/** An option that has to be given. */
export function needed(options: Options, name: string, what: string): string {
  const value = said(options, name);
  if (!value) throw new Failure(`--${name} is missing: ${what}`);
  return value;
}

export const PLACE = {
  clause: { type: 'string', about: '--clause ADDRESS: only this clause with what stands below it (resolves 2 a), or a whole section (resolves), or a proposal (APT/37A37/1)' },
  line: { type: 'string', about: '--line N: only the clause or section of this line, counted from 1' },
} as const satisfies Command['options'];

/** The block that `--clause` or `--line` names, or null where neither is given. Throws a `Failure` where it is not there, or there more than once. */
export function place(document: Document, options: Options): Placed | null {
  const address = said(options, 'clause'), line = said(options, 'line');
  if (line !== undefined) {
    const placed = /^[1-9]\d*$/.test(line) && Number(line) <= document.lineCount ? document.blockAtLine(Number(line) - 1) : null;
    if (!placed) throw new Failure(`there is no line ${line}; the text has ${document.lineCount}`);
    return placed;
  }
  if (address === undefined) return null;
  const clauses = findAddress(document, address), found = clauses.length ? clauses : heads(document, address);
  if (!found.length) throw new Failure(`there is no “${address}”; resolute changes FILE lists the addresses`);
  if (found.length > 1) throw new Failure(`“${address}” stands in lines ${found.map(placed => placed.line + 1).join(', ')}; say which with --line`);
  return found[0]!;
}

/** The headings of sections, annexes and texts with these words, where the text is named before them in that text only (`APT/37A37/1 resolves`); and the proposals with this identifier. */
function heads(document: Document, address: string): Placed[] {
  const plain = (text: string) => text.toLowerCase().replace(/[\s\u00a0]+/g, ' ').trim(), wanted = plain(address);
  return [...document.blocks()].filter(placed => {
    const { block, index } = placed, view = block.final ? 'final' : 'original', text = index === 0 ? plainText(block, view, block[view]?.textStart) : '';
    if (text === '') return false;
    return plain(text) === wanted || readProposal(text)?.identifier === address || (wanted.endsWith(` ${plain(text)}`) && plain(`${whereabouts(document, placed).proposal} ${text}`) === wanted);
  });
}
