/** Behind `[^`: footnotes. */
import { CompletionItemKind } from 'vscode-languageserver';
import type { Document } from '../../markup/document';
import { footnotesIn } from '../../contribution/footnotes';
import { placedAt } from '../../contribution/runs';
import { headKind, textOf } from '../../contribution/scopes';
import { mainView, wordsIn } from '../place';
import type { Offer, Offerer } from './offer';

/** Behind `[^`: the footnotes of the text, and a new one. */
export const footnotes: Offerer = ({ document, placed }, { before, after, start }) => {
  const opened = /(?<!\\)\[\^([^\]\s[]*)$/.exec(before);
  if (!opened || before.length === opened[0].length) return null;
  const text = textOf(document, placed.group), marks = footnotesIn(text.run).filter(({ mark }) => mark.definition);
  const known = new Map(marks.map(({ group, index, mark }) => [mark.label, placedAt(document, text.start + group, index)]));
  const items = [...known].map(([label, about]): Offer => ({ label: `[^${label}]`, text: `[^${label}]`, kind: CompletionItemKind.Reference, detail: wordsIn(about.block, mainView(about.block), 80), about }));
  let next = 1;
  while (known.has(String(next))) next++;
  const end = start + before.length + (after.startsWith(']') ? 1 : 0);
  const at = endOf(document, text.end), lead = at > 0 && !/[\r\n]/.test(document.slice(at - 1, at)) ? '\n' : '';
  // At the very end of a document both would go in at one place; there they are one text.
  const fresh: Offer = { label: `[^${next}]`, kind: CompletionItemKind.Reference, detail: 'A new footnote', ...at !== end ? { text: `[^${next}]`, also: { at, text: `${lead}[^${next}]: \n` } } : { text: `[^${next}]\n[^${next}]: ` } };
  return { start: start + before.length - opened[0].length, end, items: [...items, fresh] };
};

/** Where a new last line of the groups before `end` goes: behind the last line that holds words, its reasons left behind. */
function endOf(document: Document, end: number): number {
  let last = end - 1;
  while (last > 0 && headKind(document.groups[last]!) === 'reasons') last--;
  const { start } = document.groupStart(last + 1), { source } = document.groups[last]!.blocks.at(-1)!;
  const content = source.trimEnd().length, behind = /^[ \t\u00a0]*(?:\r\n?|\n)?/.exec(source.slice(content))![0].length;
  return start - source.length + content + behind;
}
