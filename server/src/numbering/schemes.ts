/** What the clauses of a series are to be called. */
import type { Block, Label, Ordinal } from '../markup/types';
import type { Group } from '../markup/document';
import { labelText, SUFFIXES } from '../markup/labels';
import { memo } from '../markup/memo';
import type { Clause } from '../contribution/sections';
import { beginsAtFirst, isBehind, type Series } from './series';

/**
 * `sequential`: one after another. `insert`: the clauses of the text in force keep their labels, new ones take bis,
 * ter, quater behind them. `assign`: only clauses without a label, or with one that is given twice, get one, in the same way.
 */
export type Scheme = 'sequential' | 'insert' | 'assign';

/** What a clause is to be called; what it is called now where that is left as it is, with the reason where somebody has to look at it. */
export interface Named { readonly clause: Clause; readonly label: Pick<Label, 'kind' | 'text' | 'parts'>; readonly review: string | null }

/** What is known beside the series itself. */
export interface Known {
  /** The series of the text in force that a block belongs to. */
  readonly inForce: (block: Block) => Series | undefined;
  /** The label that was given to the clause above. */
  readonly parent: readonly Ordinal[] | null;
  readonly isLocked: (clause: Clause) => boolean;
}

/** The labels that the clauses of a series get by a scheme, in order. Where it cannot be known what was meant, labels stay and are to be looked at. */
export function name(series: Series, scheme: Scheme, known: Known): readonly Named[] {
  if (series.anew) return series.clauses.map((clause, i) => stay(clause, i > 0 ? null
    : `The list starts again with ${clause.label.text} here. If a heading is missing above, put it in; if not, change ${clause.label.text}, and renumber once more.`));
  return scheme === 'sequential' ? sequential(series, known) : between(series, scheme, known);
}

const stay = (clause: Clause, review: string | null): Named => ({ clause, label: clause.label, review });

function called(clause: Clause, { kind }: Series, parts: readonly Ordinal[]): Named {
  const text = labelText(kind, parts);
  return text === clause.label.text ? stay(clause, null) : { clause, label: { kind, parts, text }, review: null };
}

const withLast = (parts: readonly Ordinal[], last: Ordinal): readonly Ordinal[] => [...parts.slice(0, -1), last];
const next = (parts: readonly Ordinal[]): readonly Ordinal[] => withLast(parts, { value: parts.at(-1)!.value + 1, suffix: 0 });
/** 3bis behind 3, 3ter behind 3bis; null where the ordinals end. */
function nextOrdinal(parts: readonly Ordinal[]): readonly Ordinal[] | null {
  const { value, suffix } = parts.at(-1)!, following = Math.max(suffix, 1) + 1;
  return following < SUFFIXES.length ? withLast(parts, { value, suffix: following }) : null;
}

/** The label with which a series begins. */
function start({ clauses, depth }: Series, { inForce, parent }: Known): readonly Ordinal[] {
  const first = clauses[0]!, one = { value: 1, suffix: 0 };
  if (depth > 1 && parent?.length === depth - 1) return [...parent, one];
  // 2.1 may stand below a heading's 2, and numbers may go on across headings: then they begin as in the text in force.
  if (depth === 1 && beginsAtFirst(first)) return [one];
  const kept = clauses.map(({ block }) => inForce(block)).find(series => series?.depth === depth);
  const { parts } = (kept?.clauses[0] ?? first).label;
  return depth > 1 && beginsAtFirst(first) ? withLast(parts, one) : parts;
}

function sequential(series: Series, known: Known): Named[] {
  let last: readonly Ordinal[] | null = null;
  return series.clauses.map(clause => {
    if (known.isLocked(clause)) {
      const late: boolean = last !== null && !isBehind(clause.label.parts, last), above: string = last ? labelText(series.kind, last) : '';
      if (!late) last = clause.label.parts;
      return stay(clause, late ? `A note says to keep ${clause.label.text}, but the clause above is ${above} now.` : null);
    }
    // What the text in force calls 3bis stays the bis of the clause in front of it.
    const ordinal: boolean = (clause.block.original?.label?.parts.at(-1)?.suffix ?? 0) > 0;
    last = last === null ? start(series, known) : (ordinal ? nextOrdinal(last) : null) ?? next(last);
    return called(clause, series, last);
  });
}

/** New labels between those that stay. */
function between(series: Series, scheme: 'insert' | 'assign', known: Known): Named[] {
  const { clauses } = series, stays = scheme === 'insert' ? labelsInForce(series, known) : labelsGivenOnce(series, known);
  if (clauses.every(clause => !stays.has(clause))) return sequential(series, known);
  const taken = new Set([...stays.values()].map(parts => labelText(series.kind, parts)));
  let last: readonly Ordinal[] | null = null;
  return clauses.map((clause, i) => {
    const kept = stays.get(clause);
    if (kept) {
      const again = last !== null && labelText(series.kind, kept) === labelText(series.kind, last);
      last = kept;
      return again ? stay(clause, `Two clauses of the text in force are called ${clause.label.text}. Renumber the list, or give this one a label yourself.`) : called(clause, series, kept);
    }
    const ahead = clauses.slice(i + 1).map(other => stays.get(other)).find(parts => parts !== undefined);
    const fits = (parts: readonly Ordinal[] | null): parts is readonly Ordinal[] => parts !== null && !taken.has(labelText(series.kind, parts)) && (!ahead || isBehind(ahead, parts)) && (!last || isBehind(parts, last));
    let parts: readonly Ordinal[] | null;
    if (!last) parts = scheme === 'assign' ? start(series, known) : null;
    else if (!ahead) parts = next(scheme === 'insert' ? latest(last, clauses, known) : last);
    else parts = scheme === 'assign' && fits(next(last)) ? next(last) : nextOrdinal(last);
    if (fits(parts)) { last = parts; return called(clause, series, parts); }
    return stay(clause, !last
      ? `This clause stands in front of ${labelText(series.kind, ahead ?? clause.label.parts)}, where no label is free. Give it one yourself, or renumber the list.`
      : `No label is free between ${labelText(series.kind, last)} and ${ahead ? labelText(series.kind, ahead) : 'what follows'}. Give this clause one yourself, or renumber the list.`);
  });
}

/** The last label of the text in force, deleted or not: a number that was given is not given again. */
function latest(last: readonly Ordinal[], clauses: readonly Clause[], { inForce }: Known): readonly Ordinal[] {
  const before = clauses.map(({ block }) => inForce(block)).find(series => series !== undefined)?.clauses.at(-1)?.label.parts;
  return before && before.length === last.length && isBehind(before, last) ? before : last;
}

/** The clauses of the text in force with the labels that they have there. */
function labelsInForce({ clauses, kind, depth }: Series, { isLocked }: Known): Map<Clause, readonly Ordinal[]> {
  const result = new Map<Clause, readonly Ordinal[]>();
  for (const clause of clauses) {
    const label = isLocked(clause) ? clause.label : clause.block.original?.label;
    if (label?.kind === kind && label.parts.length === depth) result.set(clause, label.parts);
  }
  return result;
}

/** The clauses whose label no other has; of several with one label, the one that has it in the text in force, or else the first. */
function labelsGivenOnce({ clauses, kind }: Series, { isLocked }: Known): Map<Clause, readonly Ordinal[]> {
  const owners = new Map<string, Clause>();
  const rank = (clause: Clause) => isLocked(clause) ? 2 : clause.block.original?.label?.text === clause.label.text ? 1 : 0;
  for (const clause of clauses) {
    const owner = owners.get(clause.label.text);
    if (clause.label.kind === kind && (!owner || rank(clause) > rank(owner))) owners.set(clause.label.text, clause);
  }
  return new Map([...owners.values()].map(clause => [clause, clause.label.parts]));
}

const KEEP = /^\/\/[ \t\u00a0]*keep\b/i;

/** The clauses of a group, by their index, that the drafter's note `// keep` on the line above locks. */
const lockedIn = memo((group: Group): ReadonlySet<number> => {
  const locked = new Set<number>();
  group.blocks.forEach(({ source }, i) => { if (source.startsWith('//') && KEEP.test(source)) locked.add(i + 1); });
  return locked;
});

/** Whether the label of a clause of a run is to stay what it is. */
export const isLocked = (run: readonly Group[]) => ({ group, index }: Clause): boolean => lockedIn(run[group]!).has(index);
