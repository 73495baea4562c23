/** Sections and the clauses in them, in each view: what stands under what, and how a clause is labelled. */
import { isHead, type Group } from '../markup/document';
import type { Block, BlockKind, Label, Reading, View } from '../markup/types';
import { memo } from '../markup/memo';
import { plainText } from '../markup/text';
import { opensText } from './scopes';
import { runs, type Run } from './runs';

/** What opens a section, an annex, a text… in a view. Numbers of groups count in the run. */
export interface Head {
  readonly group: number;
  readonly kind: BlockKind;
  readonly block: Block;
  /** Its words in the view, on one line. */
  readonly phrase: string;
}

export interface Clause {
  /** Group in the run, and block in the group. */
  readonly group: number;
  readonly index: number;
  readonly block: Block;
  readonly reading: Reading;
  readonly label: Label;
  /** What it stands under; null at the very top of a text. */
  readonly head: Head | null;
  /** The clause it is a sub-clause of. */
  readonly parent: Clause | null;
  /** Labels from the top of its list to its own: `2`, `a)`; a decimal label names its parents by itself. */
  readonly path: readonly string[];
  /** Lists of a run, counted from 0: a section, a title, a history or an enacting formula ends a list. */
  readonly list: number;
  /** A paragraph, a note or a table in column 0 stands between it and the clause above. */
  readonly apart: boolean;
}

export interface Sections {
  readonly heads: readonly Head[];
  readonly clauses: readonly Clause[];
}

const ENDS_LIST: ReadonlySet<BlockKind> = new Set(['title', 'history', 'assembly']);

/**
 * Whether a group has to be read with the one above: its head stands in one view only, so that in the other
 * the list above goes on (a section heading that is proposed, or deleted).
 */
function continues(group: Group): boolean {
  const { original, final } = group.blocks[0]!;
  if (original === final) return false;
  return !opensText(group) && !(isHead(original) && isHead(final));
}

const runOf = runs();

/** The groups that have to be read together with group `g`, and the index of the first. Texts end what goes on. */
export function stretchAt(groups: readonly Group[], g: number): { run: Run; start: number } {
  let start = g, end = g + 1;
  while (start > 0 && continues(groups[start]!)) start--;
  while (end < groups.length && continues(groups[end]!)) end++;
  return { run: runOf(groups, start, end), start };
}

/** The sections and clauses of a run in each view; one object where the views do not differ. Reads each run once. */
export const sections = memo((run: Run): Readonly<Record<View, Sections>> => {
  const final = read(run, 'final');
  const same = run.every(group => group.blocks.every(block => block.original === block.final && !block.source.includes('{')));
  return { final, original: same ? final : read(run, 'original') };
});

function read(run: Run, view: View): Sections {
  const heads: Head[] = [], clauses: Clause[] = [];
  let head: Head | null = null, list = 0, open: Clause[] = [], apart = false;
  run.forEach((group, g) => group.blocks.forEach((block, index) => {
    const reading = block[view];
    if (!reading) return;
    if (index === 0 && isHead(reading)) {
      heads.push(head = { group: g, kind: reading.kind, block, phrase: plainText(block, view).replace(/[\s\u00a0]+/g, ' ') });
      list++;
      open = [];
    } else if (ENDS_LIST.has(reading.kind)) {
      list++;
      open = [];
    } else if (reading.label) {
      while (open.length && open.at(-1)!.reading.level >= reading.level) open.pop();
      const parent: Clause | null = open.at(-1) ?? null;
      const { label } = reading;
      const above: readonly string[] = !parent ? [] : decimal(parent.label, label) ? parent.path.slice(0, -1) : parent.path;
      const clause: Clause = { group: g, index, block, reading, label, head, parent, path: [...above, label.text], list, apart };
      clauses.push(clause);
      if (!reading.doubtful) open.push(clause);
      apart = false;
      return;
    }
    if (reading.kind === 'paragraph' || reading.kind === 'table' || reading.kind === 'note' || reading.kind === 'reasons') apart = true;
  }));
  return { heads, clauses };
}

/** 1.1 under 1: the label names its parent by itself. */
const decimal = (parent: Label, label: Label): boolean => parent.kind === 'number' && label.kind === 'number' && label.parts.length > parent.parts.length;
