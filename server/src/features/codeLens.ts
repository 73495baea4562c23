/** textDocument/codeLens: what stands in small print above a line. One provider a kind of lens, in one list. */
import type { CodeLens, Command } from 'vscode-languageserver';
import type { Document } from '../markup/document';
import { contentEnd } from '../markup/inline';
import { changesOf, statusOf } from '../changes/status';
import { rangeIn } from './documents';
import type { Feature } from './feature';
import { readingOf } from './place';
import { groupPrinter, list, Raw } from './raw';
import { referenceLens } from './referenceLens';

/** For the document with a URI, what prints the lenses of a group: JSON of them, divided by commas. */
type LensProvider = (uri: string) => ReturnType<typeof groupPrinter>;

/** Above each changed paragraph what it is proposed to be, and how to decide about it. Between the rows of a table there is no room. */
const decisions: LensProvider = uri => groupPrinter((document, g) => [...document.blocksOf(g)].flatMap(placed => {
  const { block } = placed;
  if (!changesOf(block).length || readingOf(block)?.kind === 'table') return [];
  const { status, insertions, deletions } = statusOf(block), all = rangeIn(document, placed, 0, contentEnd(block.source));
  const said = `${status} · ${[counted(insertions, 'insertion'), counted(deletions, 'deletion')].filter(Boolean).join(', ')}`;
  const commands: Command[] = [
    { title: said, command: '' },
    { title: 'Accept', command: 'resolute.acceptIn', arguments: [uri, all] },
    { title: 'Reject', command: 'resolute.rejectIn', arguments: [uri, all] },
  ];
  return commands.map((command): CodeLens => ({ range: { start: all.start, end: all.start }, command }));
}).map(lens => JSON.stringify(lens)).join(','));

const PROVIDERS: readonly LensProvider[] = [decisions, referenceLens];

export const codeLens: Feature = {
  capability: { codeLensProvider: {} },
  register(connection, { documents }) {
    // For each open document, what prints its lenses.
    const printers = new Map<string, ReturnType<typeof groupPrinter>[]>();
    documents.onChange(uri => { if (!documents.get(uri)) printers.delete(uri); });
    connection.onCodeLens(({ textDocument: { uri } }) => {
      const document = documents.get(uri)?.document;
      if (!document) return [];
      let print = printers.get(uri);
      if (!print) printers.set(uri, print = PROVIDERS.map(provider => provider(uri)));
      return lenses(document, print) as unknown as CodeLens[];
    });
  },
};

const lenses = (document: Document, print: readonly ReturnType<typeof groupPrinter>[]): Raw =>
  new Raw(list('[', print.flatMap(each => document.groups.map((_, g) => each(document, g))), ']'));

const counted = (count: number, what: string): string => count ? `${count} ${what}${count === 1 ? '' : 's'}` : '';
