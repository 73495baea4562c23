/**
 * Groups that belong together, as values: the same groups give the same object, so that what is derived from
 * them (see `markup/memo.ts`) is kept for as long as no edit touches one of them.
 */
import type { Document, Group, Placed } from '../markup/document';

export type Run = readonly Group[];

/** Gives a function from a stretch of a document's groups, [start, end), to its run; equal stretches give one object. */
export function runs(): (groups: readonly Group[], start: number, end: number) => Run {
  const known = new WeakMap<Group, Run>();
  return (groups, start, end) => {
    const head = groups[start]!, run = known.get(head);
    if (run && run.length === end - start && run.every((group, i) => group === groups[start + i])) return run;
    const fresh = groups.slice(start, end);
    known.set(head, fresh);
    return fresh;
  };
}

/** The block `index` of group `g` at its place in the document. */
export function placedAt(document: Document, g: number, index: number): Placed {
  let { start, line } = document.groupStart(g);
  const { blocks } = document.groups[g]!;
  for (let i = 0; i < index; i++) {
    start += blocks[i]!.source.length;
    line += blocks[i]!.lineCount;
  }
  return { block: blocks[index]!, start, line, group: g, index };
}
