/** The structure of a contribution: which block stands under which. */
import type { Block, BlockKind, View } from '../markup/types';
import type { Document, Group } from '../markup/document';
import { memo } from '../markup/memo';
import { plainText } from '../markup/text';

/** A block in the structure. Lines count from the start of its group, so that the entry holds wherever the group moves. */
export interface Entry {
  readonly kind: BlockKind;
  readonly block: Block;
  readonly index: number;
  readonly line: number;
  readonly children: readonly Entry[];
}

/** A block at its place in the document. */
export interface OutlineNode {
  readonly kind: BlockKind;
  /** Its words in the final view, or in the original one where it is not in that. */
  readonly name: string;
  /** Label of a clause or footnote in each view, '' for blocks that have none; null where it is not in that view. */
  readonly original: string | null;
  readonly final: string | null;
  /** From 0. */
  readonly line: number;
  readonly children: readonly OutlineNode[];
}

/** The entries of a group: its head with the rest below it, clauses below clauses by level. */
export const groupEntries = memo((group: Group): readonly Entry[] => {
  const roots: Mutable[] = [], clauses: { level: number; entry: Mutable }[] = [];
  let line = 0, head: Mutable | null = null;
  group.blocks.forEach((block, index) => {
    const reading = block.final ?? block.original;
    if (reading && reading.kind !== 'blank' && reading.kind !== 'drafter-note' && reading.kind !== 'front-matter') {
      const entry: Mutable = { kind: reading.kind, block, index, line, children: [] };
      if (reading.kind === 'clause') {
        while (clauses.length && clauses.at(-1)!.level >= reading.level) clauses.pop();
        (clauses.at(-1)?.entry.children ?? head?.children ?? roots).push(entry);
        clauses.push({ level: reading.level, entry });
      } else if (index === 0) roots.push(head = entry);
      else (head?.children ?? roots).push(entry);
    }
    line += block.lineCount;
  });
  return roots;
});
type Mutable = Omit<Entry, 'children'> & { children: Mutable[] };

/**
 * How high a group's head stands: a lower number holds the higher ones below it. A heading of the second level
 * or deeper stands inside an annex or a resolution where one is open.
 */
export function rank(group: Group, within: number | undefined): number {
  const reading = group.blocks[0]?.final ?? group.blocks[0]?.original;
  switch (reading?.kind) {
    case 'heading': return reading.level === 1 ? 1 : (within === undefined ? 1 : Math.min(4, Math.floor(within))) + reading.level / 10;
    case 'proposal': return 2;
    case 'instrument': case 'reasons': return 3;
    case 'annex': return 4;
    case 'section': return 5;
    default: return 6;
  }
}

/** The groups as a tree by rank: for each, the index of the group it stands under, or -1. */
export function parents(document: Document): Int32Array {
  const result = new Int32Array(document.groups.length).fill(-1);
  const open: { rank: number; group: number }[] = [];
  for (let g = 0; g < document.groups.length; g++) {
    const here = rank(document.groups[g]!, open.at(-1)?.rank);
    while (open.length && open.at(-1)!.rank >= here) open.pop();
    result[g] = open.at(-1)?.group ?? -1;
    if (here < 6) open.push({ rank: here, group: g });
  }
  return result;
}

/** The whole structure of a document. */
export function outline(document: Document): readonly OutlineNode[] {
  type Node = Omit<OutlineNode, 'children'> & { children: Node[] };
  const above = parents(document), heads: (Node | undefined)[] = [], roots: Node[] = [];
  for (let g = 0; g < document.groups.length; g++) {
    const { line } = document.groupStart(g);
    const place = (entry: Entry): Node => ({ kind: entry.kind, name: nameOf(entry.block), original: labelIn(entry.block, 'original'), final: labelIn(entry.block, 'final'), line: line + entry.line, children: entry.children.map(place) });
    const nodes = groupEntries(document.groups[g]!).map(place);
    (heads[above[g]!]?.children ?? roots).push(...nodes);
    heads[g] = nodes[0];
  }
  return roots;
}

const FOOTNOTE_LABEL = /\[\^([^\]\s[]+)\]/;

/** The label of a clause or footnote in one view; '' for a block without one, null where it is not in that view. */
export function labelIn(block: Block, view: View): string | null {
  const reading = block[view];
  if (!reading) return null;
  return reading.kind === 'footnote' ? FOOTNOTE_LABEL.exec(block.source)?.[1] ?? '' : reading.label?.text ?? '';
}

/** A block's words without its marker: in the final view, or in the original one where it is not in that. */
export function nameOf(block: Block, limit = Infinity): string {
  const view: View = block.final ? 'final' : 'original';
  return plainText(block, view, (block.final ?? block.original)?.textStart ?? 0, limit);
}
