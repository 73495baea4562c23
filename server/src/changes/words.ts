/** What an editor would mark to make one paragraph of another: word by word, but not more often than reads well. */
import { diffArrays } from 'diff';
import { anchors } from './align';

/** A stretch that is the same in both texts (`old` and `now` then differ at most in their line wraps), or a change. */
export interface Stretch {
  readonly same: boolean;
  readonly old: readonly string[];
  readonly now: readonly string[];
}

/** Texts with more changed words than that are two texts; to find what they still have in common would take very long. */
const MOST_CHANGES = 1500;

/** Stands for the end of a paragraph among words. No word of a text can be this. */
export const PARAGRAPH_END = '\n¶';

const BREAK = /^[ \t\u00a0]*[\r\n]/;
const WORD = /\\(?:\r\n?|\n)[ \t\u00a0]*|\\[!-/:-@[-`{-~]|\[\^[^\]\s[]+\]|[ \t\u00a0]*(?:\r\n?|\n)[ \t\u00a0]*|[\p{L}\p{N}\p{M}]+|\*+|[^]/gu;

/** The words of a paragraph's source: words, signs, blanks, escapes, footnote references, line wraps. Joined they are the source. */
export const wordsOf = (text: string): string[] => text.match(WORD) ?? [];

/** A line wrap reads as one blank. */
const plain = (word: string): string => word !== PARAGRAPH_END && BREAK.test(word) ? ' ' : word;
const isWord = (word: string): boolean => /^[\p{L}\p{N}]/u.test(word);
const sizeOf = (words: readonly string[]): number => words.reduce((sum, word) => sum + word.length, 0);

/** The stretches of which two paragraphs consist, same and changed by turns. */
export function compareWords(old: readonly string[], now: readonly string[]): Stretch[] {
  const a = old.map(plain), b = now.map(plain);
  let head = 0, tail = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const result: Stretch[] = [];
  let i = 0, j = 0;
  const add = (same: boolean, olds: number, nows: number) => {
    if (!olds && !nows) return;
    const stretch = { same, old: old.slice(i, i += olds), now: now.slice(j, j += nows) }, last = result.at(-1);
    if (last?.same === same) result[result.length - 1] = joined([last, stretch], same); else result.push(stretch);
  };
  add(true, head, head);
  const between = (to: number, end: number) => {
    const parts = diffArrays(a.slice(i, to), b.slice(j, end), { maxEditLength: MOST_CHANGES });
    if (!parts) add(false, to - i, end - j);
    else for (const { added, removed, count } of parts) add(!added && !removed, added ? 0 : count, removed ? 0 : count);
  };
  // Words that stand as often in both are matched first, so that no blank or comma is matched at their cost.
  const rare = (words: readonly string[]) => words.map(word => word.length > 2 && isWord(word) ? word : '');
  for (const [x, y] of anchors(rare(a), head, a.length - tail, rare(b), head, b.length - tail)) {
    between(x, y);
    add(true, 1, 1);
  }
  between(a.length - tail, b.length - tail);
  add(true, tail, tail);
  return merged(balanced(smooth(unite(slide(result)))).flatMap(trim)).flatMap(refine);
}

const joined = (stretches: readonly Stretch[], same = false): Stretch => ({ same, old: stretches.flatMap(({ old }) => old), now: stretches.flatMap(({ now }) => now) });

/** Where an insertion or a deletion could begin at several places, it begins as late as it can: `smart {++sustainable ++}cities`. */
function slide(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (let i = 0; i < stretches.length; i++) {
    const change = stretches[i]!, next = stretches[i + 1], pure = change.old.length ? change.old : change.now;
    if (change.same || !next || (change.old.length && change.now.length) || pure.includes(PARAGRAPH_END)) { result.push(change); continue; }
    let by = 0;
    while (by < next.now.length && plain((by < pure.length ? pure[by] : next.now[by - pure.length])!) === plain(next.now[by]!)) by++;
    const old = [...change.old, ...next.old], now = [...change.now, ...next.now];
    const part = (from: [number, number], to: [number, number], same: boolean): Stretch => ({ same, old: old.slice(from[0], to[0]), now: now.slice(from[1], to[1]) });
    const behind: [number, number] = [by + change.old.length, by + change.now.length];
    result.push(part([0, 0], [by, by], true), part([by, by], behind, false), part(behind, [old.length, now.length], true));
    i++;
  }
  return merged(result.filter(({ old, now }) => old.length || now.length));
}

/** Two insertions (deletions) are one where what stands between them stands at the edge of one of them too: `IoT{++, digital twins++} and`. */
function unite(stretches: readonly Stretch[]): Stretch[] {
  const result = [...stretches];
  for (let i = 1; i + 1 < result.length; i++) {
    const before = result[i - 1]!, { same, old, now } = result[i]!, behind = result[i + 1]!;
    const added = !before.old.length && !behind.old.length, taken = !before.now.length && !behind.now.length;
    if (!same || added === taken) continue;
    const [first, between, second] = added ? [before.now, now, behind.now] : [before.old, old, behind.old];
    if ([first, second].some(words => words.includes(PARAGRAPH_END))) continue;
    const change = (words: readonly string[]): Stretch => added ? { same: false, old: [], now: words } : { same: false, old: words, now: [] };
    const size = between.length, alike = (words: readonly string[]) => words.length >= size && words.every((word, k) => k >= size || plain(word) === plain(between[k]!));
    if (alike(second.slice(-size))) result.splice(i - 1, 3, change([...first, ...between, ...second.slice(0, -size)]), { same, old: added ? old : second.slice(-size), now: added ? second.slice(-size) : now });
    else if (alike(first)) result.splice(i - 1, 3, { same, old: added ? old : first.slice(0, size), now: added ? first.slice(0, size) : now }, change([...first.slice(size), ...between, ...second]));
    else continue;
    i = Math.max(0, i - 2);
  }
  return merged(result);
}

/** Changes that touch, as one. */
function merged(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const stretch of stretches) {
    const last = result.at(-1);
    if (last && last.same === stretch.same) result[result.length - 1] = joined([last, stretch], stretch.same); else result.push(stretch);
  }
  return result;
}

/** Takes into the changes what little stands unchanged between them: nobody keeps one “of” of a phrase that is written anew. */
function smooth(stretches: readonly Stretch[]): Stretch[] {
  let result = [...stretches];
  for (let i = 1; i + 1 < result.length; i++) {
    const { same, now } = result[i]!, before = result[i - 1]!, behind = result[i + 1]!;
    if (!same || !isTiny(now, before, behind)) continue;
    result.splice(i - 1, 3, joined([before, result[i]!, behind]));
    i = Math.max(0, i - 3);
  }
  return result;
}

function isTiny(words: readonly string[], before: Stretch, behind: Stretch): boolean {
  const onlyAdds = !before.old.length && !behind.old.length, onlyTakes = !before.now.length && !behind.now.length;
  if (onlyAdds || onlyTakes || [before, behind].some(({ old, now }) => old.includes(PARAGRAPH_END) || now.includes(PARAGRAPH_END))) return false;
  const size = sizeOf(words), letters = words.filter(isWord);
  const around = Math.min(...[before, behind].map(({ old, now }) => Math.max(sizeOf(old), sizeOf(now))));
  if (!letters.length) return size <= 2;
  return (letters.length === 1 && letters[0]!.length <= 3 && size <= around) || size * 2 <= around;
}

/** With which words a change begins and ends that it need not hold. */
function trim({ same, old, now }: Stretch): Stretch[] {
  let head = 0, tail = 0;
  const least = Math.min(old.length, now.length);
  while (!same && head < least && plain(old[head]!) === plain(now[head]!)) head++;
  while (!same && tail < least - head && plain(old.at(-1 - tail)!) === plain(now.at(-1 - tail)!)) tail++;
  if (same || !head && !tail || [...old.slice(0, head), ...old.slice(old.length - tail)].some(word => word.startsWith('*'))) return [{ same, old, now }];
  const part = (from: number, end: number, kept: boolean): Stretch => ({ same: kept, old: old.slice(from, old.length - end), now: now.slice(from, now.length - end) });
  const begins: Stretch = { same: true, old: old.slice(0, head), now: now.slice(0, head) }, ends: Stretch = { same: true, old: old.slice(old.length - tail), now: now.slice(now.length - tail) };
  return [begins, part(head, tail, false), ends].filter(stretch => stretch.old.length || stretch.now.length);
}

/** Emphasis does not reach across the edge of a mark: a change that holds one of its ends is widened to the other. */
function balanced(stretches: readonly Stretch[]): Stretch[] {
  const result = [...stretches];
  for (let i = 0; i < result.length; i++) {
    if (result[i]!.same || isBalanced(result[i]!)) continue;
    let to = i + 1, whole = result[i]!;
    while (to < result.length && !isBalanced(whole)) whole = joined([whole, result[to++]!]);
    if (isBalanced(whole) && !whole.now.includes(PARAGRAPH_END) && !whole.old.includes(PARAGRAPH_END)) result.splice(i, to - i, whole);
  }
  return merged(result);
}

const isBalanced = ({ old, now }: Stretch): boolean => [old, now].every(words => {
  const open: string[] = [];
  for (const word of words) if (word.startsWith('*')) { if (open.at(-1) === word) open.pop(); else open.push(word); }
  return !open.length;
});

/** A word that only grows or shrinks at one end is not written anew: `thing{++s++}`, `{++S++}SC`. */
function refine(stretch: Stretch): Stretch[] {
  const { same, old: [old, ...more], now: [now, ...others] } = stretch;
  if (same || more.length || others.length || !old || !now || !isWord(old) || !isWord(now)) return [stretch];
  const [short, long] = old.length < now.length ? [old, now] : [now, old];
  if (short.length * 2 < long.length) return [stretch];
  const kept: Stretch = { same: true, old: [short], now: [short] };
  const changed = (part: string): Stretch => old === short ? { same: false, old: [], now: [part] } : { same: false, old: [part], now: [] };
  if (long.startsWith(short)) return [kept, changed(long.slice(short.length))];
  if (long.endsWith(short)) return [changed(long.slice(0, long.length - short.length)), kept];
  return [stretch];
}
