/**
 * Clauses that stand elsewhere than they stood, changed or not: a deleted paragraph and an inserted one of nearly
 * the same words (markup, section 6).
 *
 * - `moves(run)`: the moves within a text, by the groups that hold one of their ends; kept with the text
 */
import type { Group } from '../markup/document';
import type { Block, BlockKind, View } from '../markup/types';
import { inline } from '../markup/inline';
import { memo } from '../markup/memo';
import { plainText } from '../markup/text';
import type { Run } from '../contribution/runs';
import { Bags } from './align';
import { isChange } from './attributes';
import { compareWords, wordsOf } from './words';

/** One end of a move: group in its run, block in its group. */
export interface MoveEnd { readonly group: number; readonly index: number; readonly block: Block }

export interface Move {
  readonly from: MoveEnd;
  readonly to: MoveEnd;
  /** Numbers of stretches in which the words differ between its ends; a replacement is one of each. */
  readonly insertions: number;
  readonly deletions: number;
  /** What differs, for a reader: `shall → should`. */
  readonly differences: readonly { readonly before: string; readonly after: string }[];
}

const NONE: ReadonlyMap<Group, ReadonlyMap<Block, Move>> = new Map();
const PROSE: ReadonlySet<BlockKind> = new Set(['clause', 'paragraph']);
/** So much two clauses have to have in common to be one that moved, as where a comparison pairs clauses under different headings… */
const ALIKE = 0.6;
/** …and so many words: what is shorter is soon like something else. */
const WORDS = 4;
/** At most so many pairs are compared with each other; above, what moved has to be named or to have the same words. */
const PAIRS = 40_000;

/** A paragraph that is in one view only. */
interface Lone {
  readonly index: number;
  readonly block: Block;
  readonly view: View;
  /** A clause or a paragraph, which may move without a name. */
  readonly prose: boolean;
  readonly words: string;
  /** Whose it is; only what is of the same authors is paired. */
  readonly authors: string;
  /** `m1` where its marks say so. */
  readonly name: string | null;
  /** So many paragraphs of the group above it are in both views. */
  readonly above: number;
}

/** What a group has of them, and how many of its paragraphs are in both views. */
const lonesIn = memo(({ blocks }: Group): { readonly lones: readonly Lone[]; readonly standing: number } => {
  const lones: Lone[] = [];
  let standing = 0;
  blocks.forEach((block, index) => {
    const { original, final } = block, reading = final ?? original, above = blocks[index - 1];
    if (original && final) { standing++; return; }
    // A line that was split off, or joined to the one above, has not moved.
    if (!reading || (original ? above?.joinsInFinal : above?.joinsInOriginal) || block.joinsInFinal || block.joinsInOriginal) return;
    const view: View = final ? 'final' : 'original', [mark] = inline(block).marks.filter(isChange);
    lones.push({ index, block, view, prose: PROSE.has(reading.kind), words: plainText(block, view, reading.textStart).replace(/[\s\u00a0]+/g, ' '),
      authors: mark?.attribute?.authors.join('; ') ?? '', name: mark?.attribute?.move ?? null, above: standing });
  });
  return { lones, standing };
});

interface End extends Lone { readonly group: number }

/** What is written anew where it stood has not moved: something stays between the two ends. */
const mayMove = (from: End, to: End): boolean => from.authors === to.authors && from.above !== to.above;

/** The moves within a text, by the groups that hold one of their ends and the blocks that are these ends. */
export const moves = memo((run: Run): ReadonlyMap<Group, ReadonlyMap<Block, Move>> => {
  const gone: End[] = [], come: End[] = [];
  let standing = 0;
  run.forEach((group, g) => {
    const own = lonesIn(group);
    for (const lone of own.lones) (lone.view === 'final' ? come : gone).push({ ...lone, group: g, above: lone.above + standing });
    standing += own.standing;
  });
  if (!gone.length || !come.length) return NONE;
  const result = new Map<Group, Map<Block, Move>>();
  const pair = (from: End, to: End): void => {
    const move = moveOf(from, to);
    for (const { group, block } of [from, to]) result.set(run[group]!, (result.get(run[group]!) ?? new Map<Block, Move>()).set(block, move));
  };
  const isPaired = ({ group, block }: End): boolean => result.get(run[group]!)?.has(block) === true;
  const pairNamed = (key: (end: End) => string | null, fits: (from: End, to: End) => boolean): void => {
    const olds = byKey(gone.filter(end => !isPaired(end)), key), news = byKey(come.filter(end => !isPaired(end)), key);
    for (const [name, from] of olds) {
      const to = news.get(name);
      if (to?.length === from.length && from.every((end, i) => fits(end, to[i]!))) from.forEach((end, i) => pair(end, to[i]!));
    }
  };
  pairNamed(({ name }) => name, () => true);
  pairNamed(({ prose, words, authors }) => !prose || words.split(' ').length < WORDS ? null : `${authors}\n${words}`, mayMove);
  const olds = gone.filter(end => end.prose && !end.name && !isPaired(end)), news = come.filter(end => end.prose && !end.name && !isPaired(end));
  if (olds.length * news.length <= PAIRS) for (const [from, to] of likest(olds, news)) pair(olds[from]!, news[to]!);
  return result;
});

/** What was paired last among paragraphs of which the first is this one. */
const paired = new WeakMap<Block, { readonly ends: readonly unknown[]; readonly pairs: readonly (readonly [number, number])[] }>();

/** The indices of those that are each other's likest; not looked for again while somebody types in other paragraphs. */
function likest(olds: readonly End[], news: readonly End[]): readonly (readonly [number, number])[] {
  if (!olds.length || !news.length) return [];
  const ends = [olds.length, ...[...olds, ...news].flatMap(({ block, above }) => [block, above])], known = paired.get(olds[0]!.block);
  if (known?.ends.length === ends.length && known.ends.every((end, i) => end === ends[i])) return known.pairs;
  const bags = new Bags(), best = [olds, news].map(list => list.map(() => ({ other: -1, value: 0 }))) as [Best[], Best[]];
  olds.forEach((from, f) => news.forEach((to, t) => {
    const [a, b] = [bags.size(from.words), bags.size(to.words)];
    if (!mayMove(from, to) || Math.min(a, b) < WORDS || 2 * Math.min(a, b) < ALIKE * (a + b)) return;
    const value = bags.likeness(from.words, to.words);
    if (value < ALIKE) return;
    if (value > best[0][f]!.value) best[0][f] = { other: t, value };
    if (value > best[1][t]!.value) best[1][t] = { other: f, value };
  }));
  const pairs = best[0].flatMap(({ other }, f) => other >= 0 && best[1][other]!.other === f ? [[f, other] as const] : []);
  paired.set(olds[0]!.block, { ends, pairs });
  return pairs;
}

interface Best { readonly other: number; readonly value: number }

function byKey<T>(items: readonly T[], key: (item: T) => string | null): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item), same = name === null ? undefined : map.get(name);
    if (same) same.push(item); else if (name !== null) map.set(name, [item]);
  }
  return map;
}

/** For a paragraph that moved the one that it became, and how they differ: looked for once, however often its text is edited elsewhere. */
const compared = new WeakMap<Block, { readonly to: Block; readonly differences: Move['differences'] }>();

function moveOf(from: MoveEnd & Lone, to: MoveEnd & Lone): Move {
  let known = compared.get(from.block);
  if (known?.to !== to.block) {
    const changed = compareWords(wordsOf(from.words), wordsOf(to.words)).filter(({ same }) => !same);
    compared.set(from.block, known = { to: to.block, differences: changed.map(({ old, now }) => ({ before: old.join(''), after: now.join('') })) });
  }
  const { differences } = known;
  const end = ({ group, index, block }: MoveEnd): MoveEnd => ({ group, index, block });
  return { from: end(from), to: end(to), differences, insertions: differences.filter(({ after }) => after).length, deletions: differences.filter(({ before }) => before).length };
}
