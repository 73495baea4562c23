import type { Document } from '../markup/document';
import type { Edit } from '../markup/edit';
import type { Ordinal, View } from '../markup/types';
import { continues } from '../markup/classify';
import { labelText, SUFFIXES } from '../markup/labels';
import { memo } from '../markup/memo';
import { sections, type Clause } from '../contribution/sections';
import type { Run } from '../contribution/runs';
import { gluedLabel } from '../numbering/glued';
import { rename, renumber, schemeInUse, type Scope } from '../numbering/renumber';
import { isLocked } from '../numbering/schemes';
import { beginsAtFirst, isBehind, isFirst, seriesOf, type Series } from '../numbering/series';
import type { Finding, Fix, FoundAt, Rule, Severity } from './types';

/** A label that another clause of the list has too. */
export const duplicateLabel: Rule = rule('duplicate-label', 'error');

/** A label that does not follow from the one before. */
export const labelOrder: Rule = rule('label-order', 'warning');

/** A number among letters, or a letter among numbers. */
export const labelKind: Rule = rule('label-kind', 'warning');

/** Two letters of which one was deleted: `nm)`. */
export const gluedLetters: Rule = rule('glued-label', 'warning');

type Code = 'duplicate-label' | 'label-order' | 'label-kind' | 'glued-label';

function rule(code: Code, severity: Severity): Rule {
  return { code, severity, looksAt: 'group', run: run => {
    const final = wrong(run).filter(one => one.code === code);
    const { original: inForce, final: proposed } = sections(run);
    if (inForce === proposed) return final.map(one => found(one, 'final'));
    // What is wrong in the text in force is not the drafter's doing, but good to know.
    const seen = new Set(wrong(run).map(({ clause }) => clause.block));
    const original = read(seriesOf(run).original, () => false).filter(one => one.code === code && !seen.has(one.clause.block));
    return [...final.map(one => found(one, 'final')), ...original.map(one => found(one, 'original'))];
  } };
}

/** What is wrong with a label, and what was expected in its place; null where it cannot be told. */
interface Wrong { readonly code: Code; readonly clause: Clause; readonly previous: Clause | null; readonly expected: string; readonly first: Clause | null; readonly anew: boolean; readonly label: string | null }

const wrong = memo((run: Run): readonly Wrong[] => read(seriesOf(run).final, isLocked(run)));

function read(all: readonly Series[], isLocked: (clause: Clause) => boolean): readonly Wrong[] {
  const result: Wrong[] = [];
  for (const { clauses, kind, anew } of all) {
    const labels = new Map<string, Clause>();
    /** What the clause above would be called if its label were put right. */
    let meant: readonly Ordinal[] | null = null;
    clauses.forEach((clause, i) => {
      const previous = i > 0 ? clauses[i - 1]! : null, { label } = clause, first = previous ? labels.get(label.text) ?? null : anew;
      const inOrder = previous ? continues(label.parts, previous.label.parts) || (meant !== null && continues(label.parts, meant)) : mayBegin(clause);
      const expects = next(clause, meant ?? previous?.label.parts ?? null), expected = labelText(kind, expects);
      const code: Code | null = label.kind !== kind ? 'label-kind' : !inOrder && gluedLabel(clause, expected) ? 'glued-label'
        : first ? 'duplicate-label' : inOrder || isLocked(clause) ? null : 'label-order';
      if (code) result.push({ code, clause, previous, first, expected, anew: first !== null && !previous, label: first && !previous ? null : repair(clauses, i, expected, expects) });
      // A label in disorder says nothing of the next one, but what it was expected to be does.
      meant = code && !(first && !previous) ? code === 'glued-label' || code === 'label-kind' ? expects : expectedParts(clause, previous) : null;
      labels.set(label.text, clause);
    });
  }
  return result;
}

/** A section's list begins with a) or 1. Elsewhere numbers may go on across headings, and a decimal belongs to a heading's number. */
function mayBegin(clause: Clause): boolean {
  const { label, parent } = clause;
  if (label.parts.length > 1) return parent?.label.parts.length !== label.parts.length - 1 || continues(label.parts, parent.label.parts);
  return !beginsAtFirst(clause) || isFirst(label);
}

/** The label that was expected in place of a clause's own. */
const expectedParts = (clause: Clause, previous: Clause | null): readonly Ordinal[] => next(clause, previous?.label.parts ?? null);

function next({ parent, label }: Clause, before: readonly Ordinal[] | null): readonly Ordinal[] {
  if (before) return [...before.slice(0, -1), { value: before.at(-1)!.value + 1, suffix: 0 }];
  return parent && label.parts.length > 1 ? [...parent.label.parts, { value: 1, suffix: 0 }] : [{ value: 1, suffix: 0 }];
}

/**
 * The label that was expected, where it is free and the clause behind goes on from it; otherwise the bis of the clause above for one
 * that may be new. At the end of a list only one label may be skipped: otherwise clauses may be missing.
 */
function repair(clauses: readonly Clause[], i: number, expected: string, parts: readonly Ordinal[]): string | null {
  const clause = clauses[i]!, behind = clauses[i + 1], { label, block: { original, final } } = clause;
  const isFree = (text: string) => clauses.every(other => other.label.text !== text);
  if (gluedLabel(clause, expected)) return expected;
  if (!behind && label.parts.at(-1)!.value > parts.at(-1)!.value + 1) return null;
  if (isFree(expected) && (!behind || continues(behind.label.parts, parts))) return expected;
  const above = clauses[i - 1]?.label, last = above?.parts.at(-1);
  if (!above || !last || above.kind !== label.kind || (original !== final && original?.label?.text === label.text) || Math.max(last.suffix, 1) + 1 >= SUFFIXES.length) return null;
  const bis = labelText(above.kind, [...above.parts.slice(0, -1), { value: last.value, suffix: Math.max(last.suffix, 1) + 1 }]);
  return behind && isFree(bis) && isBehind(behind.label.parts, above.parts) ? bis : null;
}

/** The ways to put a label right: by itself, with its section, with all of the document. */
function fixes({ label, clause }: Wrong): Fix[] {
  const as = { tracked: false, author: null, date: null };
  const section: Fix['edits'] = (document, { placed }) => renumbered(document, { of: 'section', at: placed.start });
  return [
    ...label === null ? [] : [{ title: `Change this label to ${label}`, preferred: false, edits: (document: Document, { placed }: Finding) => rename(document, placed, label, as)?.edits ?? [] }],
    { title: clause.head?.kind === 'section' ? `Renumber “${shortened(clause.head.phrase)}” and what refers to it` : 'Renumber this list and what refers to it', preferred: false, edits: section },
    { title: 'Renumber the whole document', preferred: false, edits: document => renumbered(document, { of: 'document' }) },
  ];
}

const renumbered = (document: Document, scope: Scope): readonly Edit[] => renumber(document, { scope, scheme: schemeInUse(document, scope), tracked: false, author: null, date: null }).edits;
const shortened = (phrase: string): string => phrase.length > 40 ? `${phrase.slice(0, phrase.lastIndexOf(' ', 40))}…` : phrase;

function at({ group, index, label }: Clause): { group: number; index: number; start: number; end: number } {
  return { group, index, start: label.start, end: label.end };
}

function found(one: Wrong, view: View): FoundAt {
  const { clause, first } = one;
  return {
    ...at(clause), ...view === 'final' ? { fixes: fixes(one) } : { severity: 'information' as const }, message: message(one, view),
    ...first ? { related: [{ ...at(first), message: `The first ${clause.label.text}.` }] } : {},
  };
}

function message({ code, clause, previous, expected, anew }: Wrong, view: View): string {
  const { label, head } = clause, { text } = label, where = head?.kind === 'section' ? ` under “${head.phrase}”` : ' in this list';
  const inForce = view === 'original' ? 'In the text in force: ' : '';
  switch (code) {
    case 'duplicate-label': return view === 'original' ? `In the text in force there are already two clauses ${text}${where}.`
      : anew ? `The list starts again with ${text}, so there are two clauses ${text}${where}. Is a heading missing above this line?`
      : `There is already a clause ${text}${where}, so a reference to it could mean either.`;
    case 'glued-label': return `${inForce}${text} seems to be two letters, of which the first was deleted: ${text[0]}) that became ${expected}.`;
    case 'label-kind': return `${inForce}${text} stands in a list of ${previous!.label.kind === 'number' ? 'numbers' : 'letters'}; ${expected} was expected.`;
    case 'label-order': return inForce + (!previous ? `This list begins with ${text}; ${expected} was expected.`
      : isBehind(label.parts, previous.label.parts) ? `${previous.label.text} is followed by ${text}; ${expected} was expected.`
      : `${text} comes after ${previous.label.text}, so these clauses are not in order; ${expected} was expected.`);
  }
}
