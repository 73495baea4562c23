/** Recording in an editor that has already made its user's edits: edits put together, and what makes them the recorded ones. */
import type { Document } from '../markup/document';
import { applyEdits, type Edit } from '../markup/edit';

export const ordered = (edits: readonly Edit[]): Edit[] => [...edits].sort((a, b) => a.start - b.start || a.end - b.end);

/** How much longer a text is after an edit. */
export const growth = ({ start, end, text }: Edit): number => text.length - (end - start);

/** An edit without the characters that stay the same at its start and its end; `old` is the text that it replaces. */
export function trimmed(old: string, { start, end, text }: Edit): Edit {
  let head = 0, tail = 0;
  const most = Math.min(old.length, text.length);
  while (head < most && old[head] === text[head]) head++;
  while (tail < most - head && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail++;
  return { start: start + head, end: end - tail, text: text.slice(head, text.length - tail) };
}

/** The edits that do what `first` and, in the text with these, `then` do. None of them touch; offsets count in the text before `first`. */
export function compose(first: readonly Edit[], then: readonly Edit[]): Edit[] {
  let result = ordered(first);
  for (const edit of ordered(then).reverse()) {
    let shift = 0, from = 0;
    for (; from < result.length && result[from]!.start + shift + result[from]!.text.length < edit.start; from++) shift += growth(result[from]!);
    let to = from, { text } = edit, start = edit.start - shift, end = edit.end - shift;
    for (let rest = shift; to < result.length && result[to]!.start + rest <= edit.end; to++) {
      const here = result[to]!, at = here.start + rest, stop = at + here.text.length;
      if (at <= edit.start) { start = here.start; text = here.text.slice(0, edit.start - at) + text; }
      rest += growth(here);
      end = Math.max(here.end, edit.end - rest);
      if (stop > edit.end) text += here.text.slice(edit.end - at);
    }
    result = [...result.slice(0, from), { start, end, text }, ...result.slice(to)];
  }
  return result;
}

/**
 * The edits that make the recorded text of the one with the author's own edits. Offsets count in the text with the
 * author's edits. What the author typed stays where it can, so that what hangs on it (a caret, a snippet's next
 * place) does.
 */
export function correct(before: Document, edits: readonly Edit[], recorded: readonly Edit[]): Edit[] {
  const result: Edit[] = [];
  const made = ordered(edits), wanted = ordered(recorded);
  let shift = 0;
  for (let m = 0, w = 0; m < made.length || w < wanted.length;) {
    const start = Math.min(made[m]?.start ?? Infinity, wanted[w]?.start ?? Infinity);
    let end = start;
    const here: Edit[] = [], there: Edit[] = [];
    for (let grown = true; grown;) {
      grown = false;
      while (m < made.length && made[m]!.start <= end) { end = Math.max(end, made[m]!.end); here.push(made[m++]!); grown = true; }
      while (w < wanted.length && wanted[w]!.start <= end) { end = Math.max(end, wanted[w]!.end); there.push(wanted[w++]!); grown = true; }
    }
    const source = before.slice(start, end), local = (edit: Edit): Edit => ({ ...edit, start: edit.start - start, end: edit.end - start });
    const text = applyEdits(source, here.map(local)), right = applyEdits(source, there.map(local));
    if (text !== right) result.push(...around(text, trimmed(text, { start: start + shift, end: start + shift + text.length, text: right }), start + shift));
    shift += text.length - (end - start);
  }
  return result;
}

/** An edit that puts something before and behind a text is two: the text itself stays. `base` is where `text` starts. */
function around(text: string, edit: Edit, base: number): Edit[] {
  const old = text.slice(edit.start - base, edit.end - base), at = old ? edit.text.lastIndexOf(old) : -1;
  return at < 0 ? [edit] : [{ start: edit.start, end: edit.start, text: edit.text.slice(0, at) }, { start: edit.end, end: edit.end, text: edit.text.slice(at + old.length) }]
    .filter(({ text: put }) => put);
}
