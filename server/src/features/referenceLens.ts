/** The lens above a clause that others refer to: by how many, and a way to see them. */
import type { CodeLens } from 'vscode-languageserver';
import type { Document } from '../markup/document';
import { contentEnd } from '../markup/inline';
import { referencesOf, resolve } from '../contribution/references';
import type { Run } from '../contribution/runs';
import { textOf } from '../contribution/scopes';
import { rangeIn } from './documents';
import { labelSpan } from './linked';
import { groupPrinter } from './raw';

export const referenceLens = (uri: string): ReturnType<typeof groupPrinter> => groupPrinter((document, g) => {
  const counts = countsOf(document, g), lenses: CodeLens[] = [];
  for (const placed of counts.size ? document.blocksOf(g) : []) {
    const count = counts.get(placed.block);
    if (!count) continue;
    const { start } = rangeIn(document, placed, 0, contentEnd(placed.block.source));
    lenses.push({ range: { start, end: start }, command: { title: `referred to ${count === 1 ? 'once' : `${count} times`}`, command: 'resolute.showReferences', arguments: [uri, document.positionAt(labelSpan(placed).start)] } });
  }
  return lenses.map(lens => JSON.stringify(lens)).join(',');
}, countsOf);

const counted = new WeakMap<Run, ReadonlyMap<object, number>>();

/** How often the text of a group refers to its own clauses; counted once for as long as nobody edits it. */
function countsOf(document: Document, g: number): ReadonlyMap<object, number> {
  const text = textOf(document, g), kept = counted.get(text.run);
  if (kept) return kept;
  const counts = new Map<object, number>();
  for (let here = text.start; here < text.end; here++) for (const reference of referencesOf(document, here)) {
    if (!reference.views.includes('final')) continue;
    for (const { clauses } of resolve(document, reference, 'final')?.targets ?? []) for (const { block } of clauses) counts.set(block, (counts.get(block) ?? 0) + 1);
  }
  counted.set(text.run, counts);
  return counts;
}
