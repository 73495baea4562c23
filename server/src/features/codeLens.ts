/** textDocument/codeLens: what stands in small print above a line. One provider a kind of lens, in one list. */
import type { CodeLens, CodeLensParams, Command, Range } from 'vscode-languageserver';
import type { Document } from '../markup/document';
import { contentEnd } from '../markup/inline';
import { basisOf, changesOf, endOfMove, statusesIn } from '../changes/status';
import { placeName } from './changes';
import { rangeIn } from './documents';
import type { Feature } from './feature';
import { readingOf } from './place';
import { groupPrinter, list, Raw } from './raw';
import { referenceLens } from './referenceLens';

/** For the document with a URI, what prints the lenses of a group: JSON of them, divided by commas. */
type LensProvider = (uri: string) => ReturnType<typeof groupPrinter>;

/** Above each changed paragraph what it is proposed to be, and how to decide about it. Between the rows of a table there is no room. */
const decisions: LensProvider = uri => groupPrinter((document, g) => {
  const statuses = statusesIn(document, g);
  return [...document.blocksOf(g)].flatMap(placed => {
    const { block, index } = placed, { status, insertions, deletions, move } = statuses[index]!;
    if (!changesOf(block).length || readingOf(block)?.kind === 'table') return [];
    const all = rangeIn(document, placed, 0, contentEnd(block.source)), counts = [counted(insertions, 'insertion'), counted(deletions, 'deletion')].filter(Boolean).join(', ');
    const other = move && endOfMove(document, g, move.from.block === block ? move.to : move.from), there = other && rangeIn(document, other, 0, contentEnd(other.block.source));
    const said = other ? `${status} ${move.from.block === block ? 'to' : 'from'} ${placeName(document, other)}` : status;
    const commands: Command[] = [
      { title: [said, counts].filter(Boolean).join(' · '), ...there ? { command: 'resolute.showIn', arguments: [uri, there] } : { command: '' } },
      { title: 'Accept', command: 'resolute.acceptIn', arguments: [uri, all] },
      { title: 'Reject', command: 'resolute.rejectIn', arguments: [uri, all] },
    ];
    return commands.map((command): CodeLens => ({ range: { start: all.start, end: all.start }, command }));
  }).map(lens => JSON.stringify(lens)).join(',');
}, basisOf);

const PROVIDERS: readonly LensProvider[] = [decisions, referenceLens];

export const codeLens: Feature = {
  capability: { codeLensProvider: {} },
  register(connection, { documents }) {
    // For each open document, what prints its lenses.
    const printers = new Map<string, ReturnType<typeof groupPrinter>[]>();
    documents.onChange(uri => { if (!documents.get(uri)) printers.delete(uri); });
    connection.onCodeLens(({ textDocument: { uri }, range }: CodeLensParams & Part) => {
      const document = documents.get(uri)?.document;
      if (!document) return [];
      let print = printers.get(uri);
      if (!print) printers.set(uri, print = PROVIDERS.map(provider => provider(uri)));
      return lenses(document, print, range) as unknown as CodeLens[];
    });
  },
};

/** An editor may ask for the lenses around some lines only: ten thousand of them make every key slow, for they all keep their places. */
interface Part { readonly range?: Range }

function lenses(document: Document, print: readonly ReturnType<typeof groupPrinter>[], range: Range | undefined): Raw {
  const inPart = (_: unknown, g: number) => !range || (document.groupStart(g).line <= range.end.line && (document.groupStart(g + 1).line > range.start.line || g + 1 === document.groups.length));
  const groups = document.groups.flatMap((group, g) => inPart(group, g) ? [g] : []);
  return new Raw(list('[', print.flatMap(each => groups.map(g => each(document, g))), ']'));
}

const counted = (count: number, what: string): string => count ? `${count} ${what}${count === 1 ? '' : 's'}` : '';
