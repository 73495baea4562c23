/** Which clauses are numbered together: those that follow each other at one level of a list. */
import type { Label, LabelKind, Ordinal, View } from '../markup/types';
import { continues, indentColumns } from '../markup/classify';
import { skipBlanks } from '../markup/lines';
import { memo } from '../markup/memo';
import { sections, type Clause } from '../contribution/sections';
import type { Run } from '../contribution/runs';

export interface Series {
  /** In order. Dashes and doubtful clauses are in no series. */
  readonly clauses: readonly Clause[];
  readonly kind: LabelKind;
  /** How many parts the labels have: 2 for 1.1. */
  readonly depth: number;
  /**
   * Where a list starts anew though nothing stands between that could introduce it: the clause above that has
   * its first label already. A heading may be missing; null otherwise.
   */
  readonly anew: Clause | null;
}

/** The series of a run in each view, in the order in which they begin. */
export const seriesOf = memo((run: Run): Readonly<Record<View, readonly Series[]>> => {
  const both = sections(run), original = read(both.original.clauses, null);
  if (both.original === both.final) return { original, final: original };
  return { original, final: read(both.final.clauses, new Map(original.flatMap(series => series.clauses.map(({ block }) => [block, series] as const)))) };
});

export const isFirst = ({ parts }: Label): boolean => parts.every(({ value, suffix }) => value === 1 && suffix === 0);

/** Whether the parts of a label come later in the alphabet or in counting than those of another. */
export function isBehind(parts: readonly Ordinal[], before: readonly Ordinal[]): boolean {
  for (let i = 0; i < parts.length; i++) {
    const here = parts[i]!, there = before[i] ?? { value: 0, suffix: 0 };
    if (here.value !== there.value) return here.value > there.value;
    if (here.suffix !== there.suffix) return here.suffix > there.suffix;
  }
  return false;
}

/** Whether a series begins with 1 or a): in a section, and below a clause. Elsewhere numbers may go on across headings. */
export const beginsAtFirst = ({ parent, head }: Clause): boolean => parent !== null || head?.kind === 'section';

/** Reads series; `before` says to which one a clause belongs in the text in force. */
function read(clauses: readonly Clause[], before: ReadonlyMap<unknown, Series> | null): Series[] {
  const open = new Map<string, Clause[]>(), adopted = new Map<Clause, Clause | null>(), ids = new Map<Clause | null, number>([[null, 0]]);
  for (const clause of clauses) {
    ids.set(clause, ids.size);
    const { label } = clause;
    if (clause.reading.doubtful || label.kind === 'dash') continue;
    const above = adopts(clause, open.get(keyOf(clause, ids))?.at(-1) ?? null, adopted);
    if (above) adopted.set(clause, above);
    const key = keyOf(above ?? clause, ids), siblings = open.get(key);
    if (siblings) siblings.push(clause); else open.set(key, [clause]);
  }
  return [...open.values()].flatMap(siblings => divide(siblings, before));
}

const keyOf = ({ list, parent, label }: Clause, ids: ReadonlyMap<Clause | null, number>): string => `${list} ${ids.get(parent)} ${label.kind} ${label.parts.length}`;

/**
 * A label of the wrong kind, `a) b) 3 d)`: it goes on from the clause that it seems to stand below, with no
 * indentation. Gives that clause.
 */
function adopts(clause: Clause, previous: Clause | null, adopted: ReadonlyMap<Clause, Clause | null>): Clause | null {
  const { parent, label } = clause;
  if (previous) { const above = adopted.get(previous); return above && continues(label.parts, previous.label.parts) ? above : null; }
  if (!parent || parent.label.kind === 'dash' || parent.label.kind === label.kind || label.parts.length > 1 || parent.label.parts.length > 1) return null;
  return columns(parent) === columns(clause) && continues(label.parts, parent.label.parts) ? parent : null;
}

const columns = ({ block: { source } }: Clause): number => indentColumns(source, skipBlanks(source, 0));

/** Divides siblings where a list starts anew. */
function divide(siblings: readonly Clause[], before: ReadonlyMap<unknown, Series> | null): Series[] {
  const { kind, parts: { length: depth } } = siblings[0]!.label, result: Series[] = [];
  let clauses: Clause[] = [], anew: Clause | null = null, labels = new Map<string, Clause>();
  const close = (next: Clause | null) => {
    result.push({ clauses, kind, depth, anew });
    clauses = [];
    anew = next;
    labels = new Map();
  };
  for (const clause of siblings) {
    const { label, apart } = clause, previous = clauses.at(-1), again = labels.get(label.text) ?? null;
    if (previous) {
      const own = before?.get(clause.block), others = before?.get(previous.block), apartInForce = own && others && own !== others;
      // Two lists of the text in force between which a heading or a paragraph is deleted are one; so are new clauses and the list that they are put in front of.
      const joined = !apart && own && !own.anew && (apartInForce || clauses.every(({ block }) => !before?.get(block)));
      if (isFirst(label) && label.kind === kind && !joined && (apart || (again && !isFirst(previous.label)))) close(apart ? null : again);
      else if (apart && apartInForce) close(null);
      // 2.1 behind 1.3: the 2 is that of a heading or a paragraph.
      else if (depth > 1 && label.parts.at(-1)!.value === 1 && continues(label.parts.slice(0, -1), previous.label.parts.slice(0, -1))) close(null);
    }
    clauses.push(clause);
    labels.set(label.text, clause);
  }
  close(null);
  return result;
}
