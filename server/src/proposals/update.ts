/**
 * Bringing a draft up to date when a proposal was revised.
 *
 * - `update(draft, before, after)`: the draft with what is new since, the decisions that were taken in it kept
 */
import { diffArrays } from 'diff';
import { Document } from '../markup/document';
import { parseInline } from '../markup/inline';
import { viewText } from '../markup/views';
import { align } from '../changes/align';
import { wordsOf } from '../changes/words';
import { inOrder, type Draft } from './consolidate';
import { ASKS, SAYS } from './decisions';
import { renumbered } from './labels';
import { note, readFor } from './merge';

/**
 * @param draft as the editor has left it
 * @param before what the proposals gave when the draft was made, `after` what they give now
 *
 * What an editor has not touched is as in `after`. Where both have changed the same words, the editor's stay, and a comment
 * asks for a decision and says what is proposed now. Labels follow, if they were in order.
 */
export function update(draft: Document, before: Draft, after: Draft): Draft {
  const wasInOrder = !renumbered(draft).edits.length, text = before.text === after.text ? draft.text : merged(draft, before.text, after.text);
  const document = Document.parse(text, () => draft.grammar), { review, text: ordered } = inOrder(document);
  return { text: wasInOrder ? ordered : text, review: [...after.review.filter(({ kind }) => kind === 'remark'), ...review] };
}

function merged(draft: Document, before: string, after: string): string {
  const [first, ours, last] = [before, draft.text, after].map(text => Document.parse(text, () => draft.grammar).frontMatter?.source ?? '') as [string, string, string];
  const old = linesOf(before.slice(first.length)), mine = sideOf(old, linesOf(draft.text.slice(ours.length))), theirs = sideOf(old, linesOf(after.slice(last.length))), lines: string[] = [];
  let at = 0;
  // Where only the label differs, the line is the editor's if it was touched at all.
  const keep = (to: number) => { for (; at < to; at++) lines.push(mine.at(at) === old[at] ? theirs.at(at) : mine.at(at)); };
  for (const { from, to, own, other } of stretches(mine.changes, theirs.changes)) {
    keep(from);
    const here = mine.rewritten(from, to, own), there = theirs.rewritten(from, to, other);
    lines.push(...!other.length ? here : !own.length ? there : decided(old.slice(from, to), here, there, lines, draft));
    at = to;
  }
  keep(old.length);
  return (ours === first ? last : ours) + lines.join(/\r\n?|\n/.exec(draft.text)?.[0] ?? '\n');
}

/** Lines that the editor and the proposals have changed: word by word where that is possible, else the editor's with a comment. */
function decided(old: readonly string[], mine: readonly string[], theirs: readonly string[], above: string[], { grammar }: Document): string[] {
  const read = (lines: readonly string[]) => Document.parse(lines.map(bare).join('\n'), () => grammar), said = (lines: readonly string[]) => viewText(read(lines), 'original') + viewText(read(lines), 'final');
  if (said(mine) === said(theirs)) return [...mine];
  if (!old.length) return [...mine, ...theirs]; // new on both sides: nobody's words take the place of another's
  if (old.length === mine.length && old.length === theirs.length) {
    const lines = old.map((line, i) => mergedLine(line, mine[i]!, theirs[i]!));
    if (lines.every(line => line !== null)) return lines;
  }
  const words = viewText(Document.parse(theirs.join('\n'), () => grammar), 'final').replace(/[\s\u00a0]+/g, ' ').trim();
  const comment = note(`${SAYS.revised}, and so had this draft, which was left as it is. They say now: ${words ? `“${words}”` : 'nothing'}`);
  const commented = (line: string) => line.replace(EARLIER, '').replace(/(?:\|[ \t]*)?$/, end => comment + end), result = [...mine], last = result.findLastIndex(holdsComments);
  if (last >= 0) result[last] = commented(result[last]!);
  else {
    // The editor has deleted the lines: what stands above has the comment.
    const place = above.findLastIndex(holdsComments);
    if (place >= 0) above[place] = commented(above[place]!);
  }
  return result;
}

/** A line with words, and no drafter's note, in which a comment would be none. */
const holdsComments = (line: string): boolean => line.trim() !== '' && !line.replace(BLANK, '').startsWith('//');

/** What was asked here when the draft was brought up to date before. */
const EARLIER = new RegExp(`\\{>>${ASKS}${SAYS.revised}[^]*?<<\\}`);

/** A line in which two have changed different words; null where they have changed the same ones. */
function mergedLine(old: string, mine: string, theirs: string): string | null {
  if (bare(theirs) === bare(old)) return mine;
  if (bare(mine) === bare(old)) return theirs;
  const words = tokens(old), own = sideOfWords(words, tokens(mine)), other = sideOfWords(words, tokens(theirs)), result: string[] = [];
  let at = 0;
  for (const { from, to, own: ours, other: others } of stretches(own.changes, other.changes)) {
    // Changes that touch are one to a reader.
    if (ours.length && others.length || (from === at && from > 0)) return null;
    result.push(...words.slice(at, from), ...(ours.length ? own : other).rewritten(from, to, ours.length ? ours : others));
    at = to;
  }
  return [...result, ...words.slice(at)].join('');
}

/** The words of a line; marks that touch each other, with what is said about them, are one. */
function tokens(line: string): string[] {
  const result: string[] = [];
  let at = 0, isMark = false;
  for (const { start, end, attribute } of parseInline(line).marks) {
    if (start < at) continue;
    const stop = attribute?.end ?? end, text = line.slice(start, stop);
    if (isMark && start === at) result[result.length - 1] += text;
    else result.push(...wordsOf(line.slice(at, start)), text);
    at = stop;
    isMark = true;
  }
  return [...result, ...wordsOf(line.slice(at))];
}

const BLANK = /^(?:[ \t\u00a0]*(?:\r\n?|\n))+/;
/** A line without the blank lines in front of it and the label that it has in the final view: that only follows from where it stands. */
const bare = (line: string): string => line.replace(BLANK, '').replace(/^([ \t\u00a0]*)\{~~([^~{}]*)~>[^~{}]*~~\}(?:\{@[^{}]*\})?(?=\)?\t)/, '$1$2').replace(/^([ \t\u00a0]*\{\+\+)(?:\p{L}{1,3}|\d+(?:\.\d+)*)(?=\)?\t)/u, '$1#');

interface Change { readonly from: number; readonly to: number; readonly lines: readonly string[] }

/** Lines (or words) beside those that they were made of. */
class Side {
  /** Lines [from, to) of the old ones became others. */
  readonly changes: readonly Change[];
  /** By old line: the line that it is now, for those that stay. */
  private readonly now: readonly number[];

  /** `to`: by old line the one that it became, or -1; in the same order. */
  constructor(old: readonly string[], private readonly lines: readonly string[], to: ArrayLike<number>, key = (line: string): string => line) {
    const changes: Change[] = [], now: number[] = [];
    let at = 0, here = 0;
    for (let i = 0; i <= old.length; i++) {
      const target = i < old.length ? to[i]! : lines.length;
      if (target < 0) continue;
      if (i > at || target > here) changes.push({ from: at, to: i, lines: lines.slice(here, target) });
      if (i < old.length) { if (key(old[i]!) === key(lines[target]!)) now[i] = target; else changes.push({ from: i, to: i + 1, lines: [lines[target]!] }); }
      at = i + 1;
      here = target + 1;
    }
    this.changes = changes;
    this.now = now;
  }

  at(old: number): string { return this.lines[this.now[old]!]!; }

  /** Old lines [from, to) as they are now; the changes are those in them. */
  rewritten(from: number, to: number, changes: readonly Change[]): string[] {
    const result: string[] = [];
    let at = from;
    const keep = (end: number) => { for (; at < end; at++) result.push(this.at(at)); };
    for (const change of changes) {
      keep(change.from);
      result.push(...change.lines);
      at = change.to;
    }
    keep(to);
    return result;
  }
}

/** What stands in a line beside words: comments, attributes, the signs of marks. */
const SIGNS = /\{>>[^]*?<<\}|\{@[^{}]*\}|\{(?:\+\+|--|~~|==)|(?:\+\+|--|~~|==)\}|~>/g;

/** Lines: those of the text in force are known by what they say in it, the others by what they have in common. */
function sideOf(old: readonly string[], lines: readonly string[]): Side {
  const paragraph = (line: string) => {
    const inForce = (line.includes('{') ? readFor(line, []) : line).replace(BLANK, ''), isNew = !inForce.trim() && line.trim() !== '', text = isNew ? bare(line) : inForce;
    return { kind: 'paragraph' as const, level: isNew ? 1 : 0, label: '', labelKind: null, indent: '', text, body: text.replace(SIGNS, ' ') };
  };
  return new Side(old, lines, align(old.map(paragraph), lines.map(paragraph)), bare);
}

function sideOfWords(old: readonly string[], words: readonly string[]): Side {
  const to: number[] = [];
  let here = 0;
  for (const { added, removed, value: { length } } of diffArrays([...old], [...words])) for (let i = 0; i < length; i++) if (removed) to.push(-1); else if (added) here++; else to.push(here++);
  return new Side(old, words, to);
}

/** What the editor, the proposals or both have changed. */
interface Stretch { readonly from: number; to: number; readonly own: Change[]; readonly other: Change[] }

function stretches(own: readonly Change[], other: readonly Change[]): Stretch[] {
  const all = [...own.map(change => ({ change, isOwn: true })), ...other.map(change => ({ change, isOwn: false }))].sort((a, b) => a.change.from - b.change.from || a.change.to - b.change.to);
  const result: Stretch[] = [];
  for (const { change, isOwn } of all) {
    let last = result.at(-1);
    // Two insertions at one place belong together; what only touches does not.
    if (!last || !(change.from < last.to || change.to === last.from && last.from === last.to)) result.push(last = { from: change.from, to: change.to, own: [], other: [] });
    last.to = Math.max(last.to, change.to);
    (isOwn ? last.own : last.other).push(change);
  }
  return result;
}

/** The lines of a text, each with the blank lines in front of it, on which it depends what it goes on with. A manual line break ends no paragraph. */
const linesOf = (text: string): string[] => text.split(/(?<!\\)(?<![\r\n][ \t\u00a0]*)(?:\r\n?|\n)/);
