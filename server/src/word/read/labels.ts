/** Labels: those that Word draws are written out, and those that are typed lose their emphasis. */
import { readMarker } from '../../markup/labels';
import { isWhole, paragraphsOf, type Block, type Change, type Item, type Paragraph, type Run } from './model';
import { Counter, type Lists } from './numbering';
import type { Styles } from './styles';

type Side = 'insertion' | 'deletion';

/**
 * Puts the numbers that Word draws in front of their paragraphs, in place; to be called with settled ends. They are counted in
 * each view, so a clause that moves down because of an inserted one has its old label deleted and its new one inserted, by
 * whoever made the last change above it.
 */
export function writeNumbers(blocks: readonly Block[], styles: Styles, lists: Lists): void {
  const counters = { original: new Counter(lists), final: new Counter(lists) };
  let above: Paragraph | null = null, cause: Change | null = null;
  for (const paragraph of paragraphsOf(blocks)) {
    const inherited = styles.numberingOf(paragraph.style), own = paragraph.numbering;
    const list = own?.list ?? inherited?.list ?? null, level = Math.min(Math.max(own?.level ?? inherited?.level ?? 0, 0), 8);
    const change = tracking(paragraph);
    if (list && list !== '0' && paragraph.content.some(item => item.kind !== 'run' || item.text.trim() !== '')) {
      const inserted = isWhole(paragraph, 'insertion') ? change.insertion : null, deleted = isWhole(paragraph, 'deletion') ? change.deletion : null;
      // Where the line above goes on with this one, this one has no label of its own in that view.
      const joined = { original: above && !isWhole(above, 'insertion') ? above.insertedEnd : null, final: above && !isWhole(above, 'deletion') ? above.deletedEnd : null };
      const added = inserted ?? paragraph.numberInserted ?? joined.original, gone = deleted ?? joined.final;
      const original = added ? '' : counters.original.next(list, level), final = gone ? '' : counters.final.next(list, level);
      if (added || gone) cause = added ?? gone;
      const only = (text: string, insertion: Change | null, deletion: Change | null): Run[] => text ? [run(text, insertion, deletion)] : [];
      if (added && gone) paragraph.content.unshift(...only(new Counter(lists).next(list, level), added, gone));
      else if (added) paragraph.content.unshift(...only(final, added, null));
      else if (gone) paragraph.content.unshift(...only(original, null, gone));
      else paragraph.content.unshift(...replaced(original, final, cause));
    }
    cause = change.insertion ?? change.deletion ?? cause;
    if (paragraph.content.length) above = paragraph;
  }
}

/** Who made the last change of a paragraph's existence or end. */
const tracking = (paragraph: Paragraph): Record<Side, Change | null> => ({
  insertion: paragraph.insertedEnd ?? paragraph.content.find(item => item.insertion)?.insertion ?? null,
  deletion: paragraph.deletedEnd ?? paragraph.content.find(item => item.deletion)?.deletion ?? null,
});

const run = (text: string, insertion: Change | null, deletion: Change | null): Run => ({ kind: 'run', text, italic: false, bold: false, underline: false, highlighted: false, insertion, deletion });

/** A label that differs between the views: what differs is replaced. */
function replaced(original: string, final: string, cause: Change | null): Run[] {
  if (original === final || !cause) return final ? [run(final, null, null)] : [];
  let start = 0, end = 0;
  while (start < original.length && original[start] === final[start]) start++;
  while (end < Math.min(original.length, final.length) - start && original.at(-1 - end) === final.at(-1 - end)) end++;
  const middle = (text: string) => text.slice(start, text.length - end);
  return [run(final.slice(0, start), null, null), run(middle(original), null, cause), run(middle(final), cause, null), run(final.slice(final.length - end), null, null)].filter(({ text }) => text);
}

/** What a paragraph says in one view, and which runs say it. */
export function viewOf(content: readonly Item[], side: Side): { text: string; runs: Run[] } {
  const runs = content.filter((item): item is Run => item.kind === 'run' && item[side] === null);
  return { text: runs.map(({ text }) => text).join(''), runs };
}

/** A paragraph's content with upright letters up to the end of its label in either view, and up to where `heads` ends. */
export function withUprightLabel(content: readonly Item[], heads: RegExp | null): Item[] {
  let items = [...content];
  for (const side of ['deletion', 'insertion'] as const) {
    const { text } = viewOf(items, side), start = text.length - text.trimStart().length;
    const marker = readMarker(text, start);
    const end = marker ? marker.textStart : heads?.exec(text)?.[0].length ?? 0;
    if (end) items = upright(items, side, end);
  }
  return items;
}

/** Takes emphasis from the first `end` characters of a view. */
function upright(items: Item[], side: Side, end: number): Item[] {
  let at = 0;
  const isUpright = items.every(item => {
    const start = at;
    if (item.kind === 'run' && item[side] === null) at += item.text.length;
    return start >= end || item.kind !== 'run' || !item.italic && !item.bold;
  });
  if (isUpright) return items;
  at = 0;
  return items.flatMap((item): Item[] => {
    if (item.kind !== 'run' || item[side] !== null || at >= end) return [item];
    const inside = item.text.slice(0, end - at);
    at += item.text.length;
    if (!item.italic && !item.bold) return [item];
    const rest = item.text.slice(inside.length);
    return [{ ...item, text: inside, italic: false, bold: false }, ...rest ? [{ ...item, text: rest }] : []];
  });
}
