import type { Document } from '../markup/document';
import { renumber as renumbered, type Renumbering, type Scheme } from '../numbering/renumber';
import { emit, Failure, json, JSON_OUTPUT, only, read, table, type Command } from './command';
import { DATE, dateOf, REWRITE, rewrite, said } from './rewrite';

const SCHEMES: readonly Scheme[] = ['sequential', 'insert', 'assign'];

export const renumber: Command = {
  name: 'renumber',
  usage: 'FILE [--scheme sequential|insert|assign] [--tracked] [--author A] [--date D] [--strict] [--dry-run [--json]] [-w | -o FILE]',
  about: 'Put the labels of clauses right, and what refers to them.',
  options: {
    scheme: { type: 'string', about: '--scheme S: sequential (as if nothing is said): a, b, c; insert: what is in force keeps its label, what is new takes bis; assign: only clauses without a label, or with one that is given twice' },
    tracked: { type: 'boolean', about: '--tracked: as tracked changes even where the text has none yet' },
    author: { type: 'string', about: '--author A: whose the changes are; as if nothing is said, the sponsor in the front matter' },
    date: { type: 'string', about: `${DATE}: when; as if nothing is said, the date in the front matter` },
    strict: { type: 'boolean', about: '--strict: exit with 1 where something is left to decide' },
    'dry-run': { type: 'boolean', about: '--dry-run: print what would be changed, and change nothing' },
    ...JSON_OUTPUT, ...REWRITE,
  },
  async run(files, options) {
    const scheme = SCHEMES.find(name => name === (said(options, 'scheme') ?? 'sequential'));
    if (!scheme) throw new Failure(`there is no scheme ${said(options, 'scheme')}; there are ${SCHEMES.join(', ')}`);
    const ask = { scheme, scope: { of: 'document' }, tracked: options.tracked === true, author: said(options, 'author') ?? null, date: dateOf(options) ?? null } as const;
    let left = 0;
    if (options['dry-run'] || options.json) {
      const { document, file } = await read(only(files)), result = renumbered(document, ask);
      left = result.review.length;
      await emit(options.json ? json(wire(document, result)) : table(rows(document, file, result)), options);
    } else {
      await rewrite(files, options, document => {
        const { edits, review } = renumbered(document, ask);
        left = review.length;
        for (const { placed, message } of review) process.stderr.write(`${only(files)}:${placed.line + 1}  ${message}\n`);
        return edits;
      });
    }
    return options.strict && left ? 1 : 0;
  },
};

const wire = (document: Document, { edits, review }: Renumbering) => ({
  edits: edits.map(({ start, end, text }) => {
    const from = document.positionAt(start), to = document.positionAt(end);
    return { line: from.line + 1, column: from.character + 1, endLine: to.line + 1, endColumn: to.character + 1, newText: text };
  }),
  review: review.map(({ placed, start, message }) => ({ line: document.positionAt(placed.start + start).line + 1, message })),
});

/** Where, what stands there, what is to stand there; and what is left to decide. */
function rows(document: Document, file: string, { edits, review }: Renumbering): string[][] {
  const at = (offset: number) => `${file}:${document.positionAt(offset).line + 1}`;
  return [
    ...edits.map(({ start, end, text, label }) => [at(start), label ? 'label' : 'reference', `${document.slice(start, end)} → ${text}`]),
    ...review.map(({ placed, start, message }) => [at(placed.start + start), 'to decide', message]),
  ];
}
