/** Fixes that change words as a person reads them, wherever marks and emphasis stand in the source. */
import type { Block } from '../markup/types';
import { inline } from '../markup/inline';
import { sourceAt, type Prose } from '../contribution/prose';
import { changing } from './fixes';
import type { Fix } from './types';

/**
 * A fix that puts `text` in place of the words [start, end) of a block's prose; only what differs is changed. None
 * where what differs goes over the edge of a mark, as then a person has to decide whose words they are; and none in a
 * block whose marks are in disorder, which one more mark would give another meaning.
 */
export function rewording(title: string, block: Block, prose: Prose, start: number, end: number, text: string): readonly Fix[] {
  if (inline(block).problems.length) return [];
  const old = prose.text.slice(start, end);
  let head = 0, tail = 0;
  for (let at = 0; at < old.length && at < text.length && same(old[at]!, text[at]!); at++) if (isBlank(old[at]!) || old[at] === '(') head = at + 1;
  for (let at = 1; old.length - at >= head && text.length - at >= head && same(old[old.length - at]!, text[text.length - at]!); at++) if (isBlank(old[old.length - at]!) || old[old.length - at] === ')') tail = at;
  if (head === old.length - tail) head = tail = 0; // words that are only added stand in place of those beside them
  const from = sourceAt(prose, start + head), to = sourceAt(prose, end - tail, true);
  return block.source.slice(from, to) === old.slice(head, old.length - tail) ? [changing(title, from, to, text.slice(head, text.length - tail))] : [];
}

const isBlank = (sign: string): boolean => sign === ' ' || sign === '\u00a0';
const same = (a: string, b: string): boolean => a === b || (isBlank(a) && isBlank(b));

/** Where words [start, end) of a block's prose stand in its source. */
export const span = (prose: Prose, start: number, end: number): { start: number; end: number } => ({ start: sourceAt(prose, start), end: sourceAt(prose, end, true) });
