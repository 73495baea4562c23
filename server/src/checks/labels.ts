import type { Label, Ordinal, View } from '../markup/types';
import { continues } from '../markup/classify';
import { labelText } from '../markup/labels';
import { memo } from '../markup/memo';
import { sections, type Clause } from '../contribution/sections';
import type { Run } from '../contribution/runs';
import { changing } from './fixes';
import type { Fix, FoundAt, Rule } from './types';

/** A label that another clause of the list has too. */
export const duplicateLabel: Rule = {
  code: 'duplicate-label', severity: 'error', looksAt: 'group',
  run: run => {
    const final = readLists(run, 'final').duplicates;
    const seen = new Set(final.map(({ clause }) => clause.block));
    const { original: inOriginal, final: inFinal } = sections(run);
    // What is wrong in the text in force is not the drafter's doing, but good to know.
    const original = inOriginal === inFinal ? [] : readLists(run, 'original').duplicates.filter(({ clause }) => !seen.has(clause.block));
    return [...final.map(repeat => duplicate(repeat, 'final')), ...original.map(repeat => duplicate(repeat, 'original'))];
  },
};

/** A label that does not follow from the one before. */
export const labelOrder: Rule = {
  code: 'label-order', severity: 'warning', looksAt: 'group',
  run: run => readLists(run, 'final').breaks.map(({ clause, previous, expected, fix }): FoundAt => ({
    ...at(clause), fixes: fix ? [fix] : [],
    message: !previous ? `This list begins with ${clause.label.text}; ${expected} was expected.`
      : isBehind(clause.label, previous.label) ? `${previous.label.text} is followed by ${clause.label.text}; ${expected} was expected.`
      : `${clause.label.text} comes after ${previous.label.text}, so these clauses are not in order; ${expected} was expected.`,
  })),
};

interface Repeat { readonly clause: Clause; readonly first: Clause; readonly fix: Fix | null; readonly anew: boolean }
interface Break { readonly clause: Clause; readonly previous: Clause | null; readonly expected: string; readonly fix: Fix | null }
interface Lists { readonly duplicates: readonly Repeat[]; readonly breaks: readonly Break[] }

const finalLists = memo((run: Run) => read(sections(run).final.clauses));
const readLists = (run: Run, view: View): Lists => view === 'final' ? finalLists(run) : read(sections(run).original.clauses);

/** Reads the clauses of a run, list by list and level by level. */
function read(clauses: readonly Clause[]): Lists {
  const duplicates: Repeat[] = [], breaks: Break[] = [];
  for (const series of seriesOf(clauses)) {
    let labels = new Map<string, Clause>();
    /** What the clause above would be called if its label were put right. */
    let meant: readonly Ordinal[] | null = null;
    series.forEach((clause, i) => {
      const previous = i > 0 ? series[i - 1]! : null, { label } = clause;
      const inOrder = previous ? follows(label.parts, previous.label.parts) || (meant !== null && follows(label.parts, meant)) : mayBegin(clause);
      meant = null;
      if (previous && isFirst(label) && (clause.apart || (labels.has(label.text) && !isFirst(previous.label)))) {
        // A list that starts anew: behind a paragraph that may well introduce it, or where a heading is missing.
        if (!clause.apart) duplicates.push({ clause, first: labels.get(label.text)!, fix: null, anew: true });
        labels = new Map();
      } else if (labels.has(label.text)) {
        duplicates.push({ clause, first: labels.get(label.text)!, fix: repair(series, i), anew: false });
        meant = expectedParts(clause, previous);
      } else if (!inOrder) {
        breaks.push({ clause, previous, expected: labelText(label.kind, expectedParts(clause, previous)), fix: repair(series, i) });
        meant = expectedParts(clause, previous);
      }
      labels.set(label.text, clause);
    });
  }
  return { duplicates, breaks };
}

/** Clauses that follow each other at one level: same list, same clause above, same kind of label. */
function seriesOf(clauses: readonly Clause[]): Iterable<readonly Clause[]> {
  const lists = new Map<number, Map<Clause | null, Map<string, Clause[]>>>();
  for (const clause of clauses) {
    if (clause.reading.doubtful || clause.label.kind === 'dash') continue;
    const list = lists.get(clause.list) ?? lists.set(clause.list, new Map()).get(clause.list)!;
    const siblings = list.get(clause.parent) ?? list.set(clause.parent, new Map()).get(clause.parent)!;
    const kind = `${clause.label.kind} ${clause.label.parts.length}`;
    const series = siblings.get(kind);
    if (series) series.push(clause); else siblings.set(kind, [clause]);
  }
  return [...lists.values()].flatMap(list => [...list.values()].flatMap(siblings => [...siblings.values()]));
}

const isFirst = ({ parts }: Label): boolean => parts.every(({ value, suffix }) => value === 1 && suffix === 0);

/** Whether a label is the next one; 2.1 may follow 1.3, as the 2 may be a heading's. */
const follows = (parts: readonly Ordinal[], before: readonly Ordinal[]): boolean => continues(parts, before)
  || (parts.length > 1 && parts.at(-1)!.value === 1 && continues(parts.slice(0, -1), before.slice(0, -1)));

/** A section's list begins with a) or 1. Elsewhere numbers may go on across headings, and a decimal belongs to a heading's number. */
function mayBegin({ label, head, parent }: Clause): boolean {
  if (label.parts.length > 1) return parent?.label.parts.length !== label.parts.length - 1 || continues(label.parts, parent.label.parts);
  return parent !== null || head?.kind === 'section' ? isFirst(label) : true;
}

/** The label that was expected in place of a clause's own. */
function expectedParts({ label, parent }: Clause, previous: Clause | null): readonly Ordinal[] {
  if (previous) return [...previous.label.parts.slice(0, -1), { value: previous.label.parts.at(-1)!.value + 1, suffix: 0 }];
  return parent && label.parts.length > 1 ? [...parent.label.parts, { value: 1, suffix: 0 }] : [{ value: 1, suffix: 0 }];
}

/** Whether a label comes later in the alphabet or in counting than another. */
function isBehind({ parts }: Label, before: Label): boolean {
  for (let i = 0; i < parts.length; i++) {
    const here = parts[i]!, there = before.parts[i] ?? { value: 0, suffix: 0 };
    if (here.value !== there.value) return here.value > there.value;
    if (here.suffix !== there.suffix) return here.suffix > there.suffix;
  }
  return false;
}

/** `Change this label to c)`, where c) is free and the clause behind goes on from it. At the end of a list only one label may be skipped: otherwise clauses may be missing. */
function repair(series: readonly Clause[], i: number): Fix | null {
  const clause = series[i]!, next = series[i + 1], parts = expectedParts(clause, series[i - 1] ?? null), text = labelText(clause.label.kind, parts);
  if (!next && clause.label.parts.at(-1)!.value > parts.at(-1)!.value + 1) return null;
  if (series.some(({ label }) => label.text === text) || (next && !continues(next.label.parts, parts))) return null;
  const written = clause.block.source.slice(clause.label.start, clause.label.end), end = clause.label.end - (written.endsWith(')') ? 1 : 0);
  const core = clause.block.source.slice(clause.label.start, end);
  // A label that is written with marks inside, or with its suffix behind the bracket, is left to renumbering.
  if (!/^[a-z\d.]+$/.test(core)) return null;
  return changing(`Change this label to ${text}`, clause.label.start, end, text.replace(')', ''));
}

function at({ group, index, label }: Clause): { group: number; index: number; start: number; end: number } {
  return { group, index, start: label.start, end: label.end };
}

function duplicate({ clause, first, fix, anew }: Repeat, view: View): FoundAt {
  const { text } = clause.label, where = clause.head?.kind === 'section' ? ` under “${clause.head.phrase}”` : ' in this list';
  return {
    ...at(clause), severity: view === 'final' ? 'error' : 'information', fixes: fix && view === 'final' ? [fix] : [],
    related: [{ ...at(first), message: `The first ${text}.` }],
    message: view === 'original' ? `In the text in force there are already two clauses ${text}${where}.`
      : anew ? `The list starts again with ${text}, so there are two clauses ${text}${where}. Is a heading missing above this line?`
      : `There is already a clause ${text}${where}, so a reference to it could mean either.`,
  };
}
