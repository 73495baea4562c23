/** callHierarchy: which clauses refer to a clause, and to which it refers itself; as far as one likes to follow. */
import { SymbolKind, type CallHierarchyItem, type Range } from 'vscode-languageserver';
import type { Document, Placed } from '../markup/document';
import { contentEnd } from '../markup/inline';
import { addressOf } from '../contribution/addresses';
import { referencesOf, resolve, type ReferenceLabel } from '../contribution/references';
import { placedAt } from '../contribution/runs';
import { rangeIn, rangeOf } from './documents';
import type { Feature } from './feature';
import { labelled } from './renameLabel';
import { occurrences } from './linked';
import { mainView, placeAt, readingOf, wordsIn } from './place';

export const callHierarchy: Feature = {
  capability: { callHierarchyProvider: true },
  register(connection, { documents }) {
    /** What an item is about, if the text is still as it was there. */
    const find = ({ uri, range, selectionRange, name }: CallHierarchyItem): { document: Document; placed: Placed } | null => {
      const document = documents.get(uri)?.document, placed = document?.blockAt(document.offsetAt(selectionRange.start));
      return document && placed && document.positionAt(placed.start).line === range.start.line && item(document, uri, placed).name === name ? { document, placed } : null;
    };
    connection.languages.callHierarchy.onPrepare(({ textDocument: { uri }, position }) => {
      const document = documents.get(uri)?.document, place = document && placeAt(document, document.offsetAt(position));
      if (!document || !place) return null;
      const clause = labelled(place)?.clause ?? (place.reading?.kind === 'clause' ? place.placed : null);
      return clause && [item(document, uri, clause)];
    });
    connection.languages.callHierarchy.onIncomingCalls(({ item: to }) => {
      const found = find(to);
      if (!found) return null;
      const { document, placed } = found, from = new Map<number, { placed: Placed; ranges: Range[] }>();
      const { references } = occurrences(document, { kind: 'clauses', clauses: [placed], reference: false, span: { start: placed.start, end: placed.start } });
      for (const { start, end } of references) {
        const here = document.blockAt(start)!, entry = from.get(here.start) ?? { placed: here, ranges: [] };
        entry.ranges.push(rangeOf(document, start, end));
        from.set(here.start, entry);
      }
      return [...from.values()].map(({ placed: here, ranges }) => ({ from: item(document, to.uri, here), fromRanges: ranges }));
    });
    connection.languages.callHierarchy.onOutgoingCalls(({ item: from }) => {
      const found = find(from);
      if (!found) return null;
      const { document, placed } = found, to = new Map<number, { placed: Placed; ranges: Range[] }>();
      const add = (there: Placed, { start, end }: ReferenceLabel) => {
        const entry = to.get(there.start) ?? { placed: there, ranges: [] };
        entry.ranges.push(rangeIn(document, placed, start, end));
        to.set(there.start, entry);
      };
      for (const reference of referencesOf(document, placed.group)) {
        if (reference.placed.index !== placed.index || !reference.views.includes(mainView(placed.block))) continue;
        for (const { label, clauses } of resolve(document, reference, mainView(placed.block))?.targets ?? []) for (const clause of clauses) add(clause, label);
      }
      return [...to.values()].map(({ placed: there, ranges }) => ({ to: item(document, from.uri, there), fromRanges: ranges }));
    });
  },
};

/** A paragraph as an item: by its address, or, where it has none, by the heading it stands under. */
function item(document: Document, uri: string, placed: Placed): CallHierarchyItem {
  const { block } = placed, label = readingOf(block)?.label, head = placedAt(document, placed.group, 0).block;
  return {
    uri, kind: SymbolKind.String, name: addressOf(document, placed) ?? (wordsIn(head, mainView(head), 60) || wordsIn(block, mainView(block), 60)), detail: wordsIn(block, mainView(block), 80),
    range: rangeIn(document, placed, 0, contentEnd(block.source)), selectionRange: label ? rangeIn(document, placed, label.start, label.end) : rangeIn(document, placed, 0, 0),
  };
}
