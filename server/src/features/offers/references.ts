/** In prose: the sections of the text, and the clauses of a section that is named. */
import { CompletionItemKind } from 'vscode-languageserver';
import { placedAt } from '../../contribution/runs';
import { textOf } from '../../contribution/scopes';
import { sections, stretchAt } from '../../contribution/sections';
import { headPhrase, wordsIn, type Place } from '../place';
import type { Offer, Offerer } from './offer';

/** The headings of the sections of the text at a place, in its final view. */
function headings({ document, placed }: Place): { readonly group: number; readonly phrase: string }[] {
  const { start, end } = textOf(document, placed.group), found: { group: number; phrase: string }[] = [];
  for (let g = start; g < end; g++) {
    const [head] = document.groups[g]!.blocks;
    if (head!.final?.kind === 'section') found.push({ group: g, phrase: headPhrase(head!).final });
  }
  return found;
}

/** `*recalling* ` and what has been typed of a label behind it: its clauses. By itself only where the name is set off by stars. */
export const clauses: Offerer = (place, { start, before }, byItself) => {
  const typed = /(\p{L})(\*{0,2})[ \u00a0]([a-z]{0,2}\)?|\d{0,2}(?:\.\d{0,2})*)$/u.exec(before);
  if (!typed || (byItself && !typed[2]) || place.reading?.kind === 'section') return null;
  const name = before.slice(0, before.length - typed[0].length + 1).toLowerCase();
  const [section] = headings(place).filter(({ phrase }) => name.endsWith(phrase.toLowerCase())).sort((a, b) => b.phrase.length - a.phrase.length);
  if (!section || name.length === section.phrase.length || /[\p{L}\p{N}]/u.test(name.at(-section.phrase.length - 1) ?? '')) return null;
  const { document } = place, stretch = stretchAt(document.groups, section.group);
  const items = sections(stretch.run).final.clauses.filter(({ head, path }) => head?.group === section.group - stretch.start && !path.includes('–')).map((clause): Offer => {
    const text = clause.path.join(' '), about = placedAt(document, stretch.start + clause.group, clause.index);
    return { label: text, text, kind: CompletionItemKind.Reference, detail: wordsIn(clause.block, 'final', 80), about };
  });
  return { start: start + before.length - typed[3]!.length, end: start + before.length, items };
};

/** Behind a star that opens emphasis in prose: the sections of this text. */
export const sectionNames: Offerer = (place, { start, before, after }) => {
  const typed = /(?:^|[\s\u00a0(“"])\*(\p{L}[^*.,;:]*)?$/u.exec(before);
  if (!typed || place.reading?.kind === 'section' || (before.match(/(?<!\\)\*/g)?.length ?? 0) % 2 === 0) return null;
  const names = [...new Set(headings(place).map(({ phrase }) => phrase))];
  const length = (typed[1]?.length ?? 0) + 1;
  return { start: start + before.length - length, end: start + before.length + (after.startsWith('*') ? 1 : 0), items: names.map(phrase => ({ label: phrase, text: `*${phrase}*`, kind: CompletionItemKind.Reference, detail: 'Section of this text' })) };
};
