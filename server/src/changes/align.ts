/** Which paragraph of a text became which of another. */
import type { BlockKind, LabelKind } from '../markup/types';

/** A paragraph, as far as it tells one from another. */
export interface Alignable {
  readonly kind: BlockKind;
  /** That of a clause or heading; -1 of a paragraph that goes on with a clause. */
  readonly level: number;
  /** The label's text, or '', and its kind. */
  readonly label: string;
  readonly labelKind: LabelKind | null;
  /** Blanks in front of it. */
  readonly indent: string;
  /** Its source, and that without its marker. */
  readonly text: string;
  readonly body: string;
}

/** Kinds that structure a text. They are matched first, so that no clause is sought across the heading of its section. */
export const HEADS: ReadonlySet<BlockKind> = new Set(['proposal', 'instrument', 'assembly', 'section', 'annex', 'heading']);
/** Kinds that turn into one another as a text is worked on. */
const PROSE: ReadonlySet<BlockKind> = new Set(['clause', 'paragraph', 'title', 'note', 'reasons']);

/** What makes two paragraphs the same, pass after pass; '' for those that a pass does not match. `under` tells the heading above. */
type Pass = (unit: Alignable, under: number) => string;
const HEAD_PASSES: readonly Pass[] = [
  ({ kind, text }) => `${kind} ${kind === 'instrument' || kind === 'assembly' ? text.replace(/\(.*/s, '').trimEnd() : text}`.replace(/[\s\u00a0]+/g, ' '),
];
const PASSES: readonly Pass[] = [
  ({ kind, level, text }, under) => `${under} ${kind} ${level} ${text}`,
  ({ kind, level, indent, label, body }, under) => label && body.length > 20 ? `${under} ${kind} ${level}${indent} ${body}` : '',
  ({ kind, level, text }) => `${kind} ${level} ${text}`,
];

/** At most so many pairs of paragraphs are compared with each other; above, the halves of the texts are. */
const CELLS = 200_000;

/** For each paragraph of `old` the index of the one of `now` that it became, or -1; in the same order. Linear where most is the same. */
export function align(old: readonly Alignable[], now: readonly Alignable[]): Int32Array {
  const bags = new Bags(), result = new Int32Array(old.length).fill(-1);
  const [oldHeads, nowHeads] = [old, now].map(units => units.flatMap(({ kind }, i) => HEADS.has(kind) ? [i] : [])) as [number[], number[]];
  const none = (units: readonly unknown[]) => new Int32Array(units.length);
  match(oldHeads.map(i => old[i]!), nowHeads.map(i => now[i]!), none(oldHeads), none(nowHeads), HEAD_PASSES, bags).forEach((j, i) => { if (j >= 0) result[oldHeads[i]!] = nowHeads[j]!; });

  // Paragraphs are under the same heading where these became one another; no clause is sought across a heading that stayed.
  const oldUnder = none(old), nowUnder = none(now).fill(-1);
  let under = -1;
  old.forEach(({ kind }, i) => {
    if (HEADS.has(kind)) under = i;
    oldUnder[i] = under;
    if (result[i]! >= 0) nowUnder[result[i]!] = i;
  });
  under = -1;
  now.forEach(({ kind }, j) => {
    if (HEADS.has(kind)) under = nowUnder[j]! >= 0 ? nowUnder[j]! : old.length + j;
    nowUnder[j] = under;
  });
  let i = 0, j = 0;
  for (const head of [...oldHeads.filter(head => result[head]! >= 0), old.length]) {
    const to = head < old.length ? result[head]! : now.length;
    match(old.slice(i, head), now.slice(j, to), oldUnder.subarray(i, head), nowUnder.subarray(j, to), PASSES, bags).forEach((at, k) => { if (at >= 0) result[i + k] = j + at; });
    i = head + 1;
    j = to + 1;
  }
  return result;
}

/** `align` for paragraphs under the headings that `oldUnder` and `nowUnder` give: what is the same in a pass first, then what is most alike. */
function match(old: readonly Alignable[], now: readonly Alignable[], oldUnder: Int32Array, nowUnder: Int32Array, passes: readonly Pass[], bags: Bags): Int32Array {
  const result = new Int32Array(old.length).fill(-1);
  const keys = passes.map(key => [old.map((unit, i) => key(unit, oldUnder[i]!)), now.map((unit, j) => key(unit, nowUnder[j]!))] as const);

  const solve = (a: number, aEnd: number, b: number, bEnd: number, pass: number): void => {
    const key = keys[pass];
    if (a === aEnd || b === bEnd) return;
    if (!key) { similar(a, aEnd, b, bEnd); return; }
    const [left, right] = key;
    while (a < aEnd && b < bEnd && left[a] && left[a] === right[b]) result[a++] = b++;
    while (a < aEnd && b < bEnd && left[aEnd - 1] && left[aEnd - 1] === right[bEnd - 1]) result[--aEnd] = --bEnd;
    const found = anchors(left, a, aEnd, right, b, bEnd);
    let i = a, j = b;
    for (const [x, y] of found) {
      result[x] = y;
      solve(i, x, j, y, pass);
      i = x + 1;
      j = y + 1;
    }
    solve(i, aEnd, j, bEnd, found.length ? pass : pass + 1);
  };

  /** Pairs those that have most in common, in order. */
  const similar = (a: number, aEnd: number, b: number, bEnd: number): void => {
    const n = aEnd - a, m = bEnd - b;
    if (n * m > CELLS) {
      const i = a + (n >> 1), j = b + (m >> 1);
      similar(a, i, b, j);
      similar(i, aEnd, j, bEnd);
      return;
    }
    const value = new Float64Array(n * m), best = new Float64Array((n + 1) * (m + 1)), width = m + 1;
    for (let i = n - 1; i >= 0; i--) for (let j = m - 1; j >= 0; j--) {
      const own = value[i * m + j] = likeness(old[a + i]!, now[b + j]!, oldUnder[a + i] === nowUnder[b + j], bags);
      best[i * width + j] = Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!, own ? own + best[(i + 1) * width + j + 1]! : 0);
    }
    for (let i = 0, j = 0; i < n && j < m;) {
      const here = best[i * width + j]!, own = value[i * m + j]!;
      if (own && here === own + best[(i + 1) * width + j + 1]!) result[a + i++] = b + j++;
      else if (here === best[(i + 1) * width + j]!) i++; else j++;
    }
  };

  solve(0, old.length, 0, now.length, 0);
  return result;
}

/** Pairs of what has the same key (none, where it is '') in [a, aEnd) and [b, bEnd), if it is equally frequent there: the longest chain of them that is in order. */
export function anchors(left: readonly string[], a: number, aEnd: number, right: readonly string[], b: number, bEnd: number): [number, number][] {
  const places = new Map<string, [number[], number[]]>();
  for (let i = a; i < aEnd; i++) if (left[i]) { const found = places.get(left[i]!); if (found) found[0].push(i); else places.set(left[i]!, [[i], []]); }
  for (let j = b; j < bEnd; j++) if (right[j]) places.get(right[j]!)?.[1].push(j);
  const pairs: [number, number][] = [];
  for (const [is, js] of places.values()) if (is.length === js.length) is.forEach((i, k) => pairs.push([i, js[k]!]));
  pairs.sort((x, y) => x[0] - y[0]);
  const ends: number[] = [], previous: number[] = [];
  pairs.forEach(([, j], k) => {
    let low = 0, high = ends.length;
    while (low < high) { const middle = (low + high) >> 1; if (pairs[ends[middle]!]![1] < j) low = middle + 1; else high = middle; }
    previous[k] = low > 0 ? ends[low - 1]! : -1;
    ends[low] = k;
  });
  const chain: [number, number][] = [];
  for (let k = ends.at(-1) ?? -1; k >= 0; k = previous[k]!) chain.push(pairs[k]!);
  return chain.reverse();
}

/** How much two paragraphs are one, which stand under the same heading or not: 0 where they are not, otherwise more for a few that are very like than for many that are a little. */
function likeness(old: Alignable, now: Alignable, together: boolean, bags: Bags): number {
  const same = old.kind === now.kind;
  if (!same && !(PROSE.has(old.kind) && PROSE.has(now.kind))) return 0;
  if (same ? old.level !== now.level : Math.max(old.level, now.level) > 1 || Math.min(old.level, now.level) < 0) return 0;
  // A clause deeper in its list by its label and one that is so by its indentation are not on one level.
  if (same && old.indent !== now.indent && old.labelKind !== now.labelKind) return 0;
  const common = bags.likeness(old.body, now.body), label = same && old.label !== '' && old.label === now.label;
  const least = HEADS.has(old.kind) || old.kind === 'history' ? 0.2 : !same || !together ? 0.6 : label ? 0.12 : 0.4;
  return common < least ? 0 : common * common + (label ? 0.05 : 0) + 0.001;
}

/** The share of words that texts have in common. */
export class Bags {
  private readonly ids = new Map<string, number>();
  private readonly bags = new Map<string, Int32Array>();

  /** From 0 (none) to 1 (all); how often a word stands there counts, where it stands does not. */
  likeness(one: string, other: string): number {
    const a = this.bag(one), b = this.bag(other);
    return a.length + b.length ? 2 * this.common(one, other) / (a.length + b.length) : 1;
  }

  /** How many words of `one` are in `other` too. */
  common(one: string, other: string): number {
    const a = this.bag(one), b = this.bag(other);
    let common = 0;
    for (let i = 0, j = 0; i < a.length && j < b.length;)
      if (a[i] === b[j]) { common++; i++; j++; } else if (a[i]! < b[j]!) i++; else j++;
    return common;
  }

  size(text: string): number { return this.bag(text).length; }

  private bag(text: string): Int32Array {
    let bag = this.bags.get(text);
    if (!bag) {
      bag = Int32Array.from(text.match(/[\p{L}\p{N}]+/gu) ?? [], word => {
        let id = this.ids.get(word);
        if (id === undefined) this.ids.set(word, id = this.ids.size);
        return id;
      }).sort();
      this.bags.set(text, bag);
    }
    return bag;
  }
}
