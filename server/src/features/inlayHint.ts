/** textDocument/inlayHint: behind a reference, the first words of the clause that it points to. */
import type { InlayHint } from 'vscode-languageserver';
import type { Document } from '../markup/document';
import { inline } from '../markup/inline';
import { isChange } from '../changes/attributes';
import { referencesOf, resolve } from '../contribution/references';
import type { Feature } from './feature';
import { mainView, wordsIn } from './place';

/** Characters of a clause that are shown: enough to know it again. */
const LENGTH = 32;

export const inlayHint: Feature = {
  capability: { inlayHintProvider: true },
  register(connection, { documents }) {
    connection.languages.inlayHint.on(({ textDocument: { uri }, range }) => {
      const document = documents.get(uri)?.document;
      return document ? hints(document, document.offsetAt(range.start), document.offsetAt(range.end)) : [];
    });
  },
};

/** The hints in a stretch. A reference to many clauses (a range, a long list) says enough by itself. */
function hints(document: Document, start: number, end: number): InlayHint[] {
  const from = document.blockAt(start), to = document.blockAt(end), found: InlayHint[] = [];
  if (!from || !to) return found;
  for (let g = from.group; g <= to.group; g++) for (const reference of referencesOf(document, g)) {
    const { placed, views, reference: { labels } } = reference;
    if (!views.includes('final') || placed.start > end || placed.start + placed.block.source.length < start || labels.length > 3) continue;
    for (const { label, clauses: [clause, ...more] } of resolve(document, reference, 'final')?.targets ?? []) {
      if (!clause || more.length || label.through) continue;
      const words = wordsIn(clause.block, mainView(clause.block), LENGTH);
      // Behind the signs of a change that ends with the label.
      const mark = inline(placed.block).marks.find(candidate => isChange(candidate) && candidate.end - 3 === label.end);
      if (words) found.push({ position: document.positionAt(placed.start + (mark ? mark.attribute?.end ?? mark.end : label.end)), label: `“${words}”`, paddingLeft: true, tooltip: wordsIn(clause.block, mainView(clause.block)) });
    }
  }
  return found;
}
