import type { Document } from '../markup/document';
import { memo } from '../markup/memo';
import { definitionsOf, footnotesIn, referencesToFootnote, type PlacedMark } from '../contribution/footnotes';
import { texts, type Text } from '../contribution/scopes';
import type { Run } from '../contribution/runs';
import type { FoundAt, Rule } from './types';

const isThere = ({ mark }: PlacedMark): boolean => mark.views.includes('final');
const at = ({ group, index, mark }: PlacedMark, base = 0) => ({ group: base + group, index, start: mark.start, end: mark.end });

/** Marks that have no partner in their own text; whether another text has one is asked for these only. */
const unmatched = memo((run: Run) => {
  const marks = footnotesIn(run).filter(isThere);
  const labels = (definition: boolean) => new Set(marks.filter(({ mark }) => mark.definition === definition).map(({ mark }) => mark.label));
  const defined = labels(true), used = labels(false);
  return { undefined: marks.filter(({ mark }) => !mark.definition && !defined.has(mark.label)), unused: marks.filter(({ mark }) => mark.definition && !used.has(mark.label)) };
});

/** `[^1]` without a footnote. */
export const undefinedFootnote: Rule = {
  code: 'undefined-footnote', severity: 'error', looksAt: 'document',
  run: document => eachText(document, text => unmatched(text.run).undefined
    .filter(({ group, mark }) => !definitionsOf(document, text.start + group, mark.label, 'final').length)
    .map(placed => ({ ...at(placed, text.start), message: `Footnote ${placed.mark.label} is missing. Its text stands on a line of its own: [^${placed.mark.label}]: …` }))),
};

/** A footnote that nothing refers to. */
export const unusedFootnote: Rule = {
  code: 'unused-footnote', severity: 'warning', looksAt: 'document',
  run: document => eachText(document, text => unmatched(text.run).unused
    .filter(({ group, mark }) => !referencesToFootnote(document, text.start + group, mark.label, 'final').length)
    .map(placed => ({ ...at(placed, text.start), message: `Nothing refers to footnote ${placed.mark.label}, so it would not be printed. A reference to it is written [^${placed.mark.label}].` }))),
};

/** Two footnotes with one label in one text. */
export const duplicateFootnote: Rule = {
  code: 'duplicate-footnote', severity: 'error', looksAt: 'text',
  run: run => repeated(run).map(({ placed, first }) => ({
    ...at(placed), related: [{ ...at(first), message: `The first footnote ${placed.mark.label}.` }],
    message: `There is already a footnote ${placed.mark.label} in this text.`,
  })),
};

const repeated = memo((run: Run) => {
  const first = new Map<string, PlacedMark>(), found: { placed: PlacedMark; first: PlacedMark }[] = [];
  for (const placed of footnotesIn(run)) {
    if (!placed.mark.definition || !isThere(placed)) continue;
    const before = first.get(placed.mark.label);
    if (before) found.push({ placed, first: before }); else first.set(placed.mark.label, placed);
  }
  return found;
});

const eachText = (document: Document, find: (text: Text) => readonly FoundAt[]): FoundAt[] => texts(document).flatMap(find);
