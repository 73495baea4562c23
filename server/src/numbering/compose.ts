import type { Edit } from '../markup/edit';

/**
 * Two sets of edits as one: `first` of a text, `second` of what the text becomes by it; both in order. An edit of the
 * second set lies within the new words of one of the first, or beside all of them. What else edits say, they keep.
 */
export function compose<E extends Edit>(first: readonly E[], second: readonly E[]): E[] {
  const merged = first.map(edit => ({ edit, later: [] as Edit[] })), beside: E[] = [];
  for (const one of second) {
    const { start, end, text } = one;
    let shift = 0;
    const home = merged.find(({ edit }) => {
      const from = edit.start + shift;
      if (from <= start && end <= from + edit.text.length) return true;
      if (from < end) shift += edit.text.length - (edit.end - edit.start);
      return false;
    });
    if (home) home.later.push({ start: start - home.edit.start - shift, end: end - home.edit.start - shift, text });
    else beside.push({ ...one, start: start - shift, end: end - shift });
  }
  const whole = merged.map(({ later, edit }) => ({ ...edit, text: later.reduceRight((text, change) => text.slice(0, change.start) + change.text + text.slice(change.end), edit.text) }));
  return [...whole, ...beside].sort((a, b) => a.start - b.start || a.end - b.end);
}
