/**
 * Bringing a draft up to date when a proposal was revised.
 *
 * - `update(draft, before, after)`: the draft with what is new since, the decisions that were taken in it kept
 */
import { diffArrays } from 'diff';
import type { Document } from '../markup/document';
import type { Draft, Review } from './consolidate';

/** Lines [from, to) of a text became others. */
interface Change { readonly from: number; readonly to: number; readonly lines: readonly string[] }

/**
 * @param draft as the editor has left it
 * @param before what the proposals gave when the draft was made, `after` what they give now
 *
 * What an editor has not touched is as in `after`. Where both have changed a paragraph, the editor's stays, and the review
 * list says that the proposals have changed there.
 */
export function update(draft: Document, before: Draft, after: Draft): Draft {
  const old = linesOf(before.text), decided = changes(old, linesOf(draft.text)), revised = changes(old, linesOf(after.text));
  const lines: string[] = [], review: Review[] = [], places: number[] = [];
  let at = 0, behind = 0;
  /** Takes over lines of `after`, which stand in the result at this place, or not at all. */
  const follow = (count: number, taken: boolean) => { for (let i = 0; i < count; i++) places[behind++] = taken ? lines.length + i : -1; };
  const keep = (to: number) => { follow(to - at, true); lines.push(...old.slice(at, to)); at = to; };
  for (const { from, to, mine, theirs } of stretches(decided, revised)) {
    keep(from);
    const own = rewritten(old, from, to, mine), other = rewritten(old, from, to, theirs), stays = mine.length > 0;
    if (stays && theirs.length && own.join('\n') !== other.join('\n'))
      review.push({ kind: 'conflict', line: lines.length, message: 'The proposals have changed here since, and so had this draft: it was left as it is', authors: [] });
    follow(other.length, !stays || own.join('\n') === other.join('\n'));
    lines.push(...stays ? own : other);
    at = to;
  }
  keep(old.length);
  const open = after.review.map(item => ({ ...item, line: item.line < 0 ? -1 : places[item.line] ?? -1 })).filter(({ line, kind }) => line >= 0 || kind === 'remark');
  return { text: lines.join('\n'), review: [...review, ...open].sort((a, b) => a.line - b.line) };
}

/** Lines that the editor, the proposals or both have changed. */
interface Stretch { readonly from: number; to: number; readonly mine: Change[]; readonly theirs: Change[] }

function stretches(decided: readonly Change[], revised: readonly Change[]): Stretch[] {
  const all = [...decided.map(change => ({ change, isMine: true })), ...revised.map(change => ({ change, isMine: false }))].sort((a, b) => a.change.from - b.change.from || a.change.to - b.change.to);
  const result: Stretch[] = [];
  for (const { change, isMine } of all) {
    let last = result.at(-1);
    // Two insertions at one place belong together; what only touches does not.
    if (!last || !(change.from < last.to || change.to === last.from && last.from === last.to)) result.push(last = { from: change.from, to: change.to, mine: [], theirs: [] });
    last.to = Math.max(last.to, change.to);
    (isMine ? last.mine : last.theirs).push(change);
  }
  return result;
}

/** Lines [from, to) with the changes in them made. */
function rewritten(old: readonly string[], from: number, to: number, changes: readonly Change[]): string[] {
  const result: string[] = [];
  let at = from;
  for (const change of changes) {
    result.push(...old.slice(at, change.from), ...change.lines);
    at = change.to;
  }
  return [...result, ...old.slice(at, to)];
}

const linesOf = (text: string): string[] => text.split(/\r\n?|\n/);

function changes(old: readonly string[], now: readonly string[]): Change[] {
  const result: { from: number; to: number; lines: string[] }[] = [];
  let at = 0, open: { from: number; to: number; lines: string[] } | null = null;
  for (const { added, removed, value } of diffArrays([...old], [...now])) {
    if (!added && !removed) { at += value.length; open = null; continue; }
    if (!open) result.push(open = { from: at, to: at, lines: [] });
    if (added) open.lines.push(...value); else open.to = at += value.length;
  }
  return result;
}
