/** What is linked with what: a cross-reference with its clauses, a clause with what refers to it, a footnote with its references. */
import type { Document, Placed } from '../markup/document';
import type { Label, View } from '../markup/types';
import { contentEnd } from '../markup/inline';
import { addressOf } from '../contribution/addresses';
import { definitionsOf, footnoteMarks, referencesToFootnote, type FootnoteMark } from '../contribution/footnotes';
import { referencesOf, resolve, type PlacedReference } from '../contribution/references';
import { texts } from '../contribution/scopes';
import { plain } from './markdown';
import { mainView, touches, type Place } from './place';

/** A stretch of a document, offsets in the document. */
export interface Span { readonly start: number; readonly end: number }

/** What a place is about. */
export type Subject = { readonly span: Span } & (
  /** Clauses: by their own label, or by a cross-reference, which names their section. */
  | { readonly kind: 'clauses'; readonly clauses: readonly Placed[]; readonly reference: boolean }
  | { readonly kind: 'section'; readonly section: Placed; readonly reference: boolean }
  | { readonly kind: 'footnote'; readonly group: number; readonly mark: FootnoteMark; readonly view: View });

/** What the label, heading, cross-reference or footnote sign at a place is about; null for other words. */
export function subjectAt(place: Place): Subject | null {
  const { document, placed, at, reading } = place, { block, start, group } = placed;
  const span = (part: Span) => ({ start: start + part.start, end: start + part.end });
  if (at > contentEnd(block.source)) return null;
  const mark = footnoteMarks(block).find(candidate => touches(candidate, at));
  if (mark) return { kind: 'footnote', span: span(mark), group, mark, view: mark.views.at(-1) ?? 'final' };
  const label = labelAt(place);
  if (label) return { kind: 'clauses', span: span(label), clauses: [placed], reference: false };
  if (reading?.kind === 'section') return { kind: 'section', span: span({ start: 0, end: contentEnd(block.source) }), section: placed, reference: false };
  // As the final view has it, where both have a reference there.
  for (const found of referencesOf(document, group).toReversed()) {
    const { reference } = found;
    if (found.placed.index !== placed.index || !touches(reference, at)) continue;
    const leads = resolve(document, found, viewOf(found));
    const target = leads?.targets.find(({ label }) => touches(label, at));
    if (target?.clauses.length) return { kind: 'clauses', span: span(target.label), clauses: target.clauses, reference: true };
    const phrase = { start: reference.phraseStart, end: reference.phraseEnd };
    if (leads && !target && touches(phrase, at)) return { kind: 'section', span: span(phrase), section: leads.section, reference: true };
  }
  return null;
}

const viewOf = ({ views }: PlacedReference): View => views.at(-1) ?? 'final';

/** Where something is said to be, and where it is referred to. */
export interface Occurrences { readonly definitions: readonly Span[]; readonly references: readonly Span[] }

/** Where a subject is defined, and where it is referred to; each place once. */
export function occurrences(document: Document, subject: Subject): Occurrences {
  switch (subject.kind) {
    case 'footnote': {
      const { group, mark: { label }, view } = subject;
      const definitions = definitionsOf(document, group, label, view);
      return {
        definitions: definitions.flatMap(({ block, start }) => footnoteMarks(block).filter(({ definition }) => definition).slice(0, 1).map(mark => at(start, mark))),
        references: referencesToFootnote(document, definitions[0]?.group ?? group, label, view).map(({ placed, mark }) => at(placed.start, mark)),
      };
    }
    case 'section': {
      const { section } = subject;
      return {
        definitions: [{ start: section.start, end: section.start + contentEnd(section.block.source) }],
        references: found(document, section.group, () => true,
          (reference, view) => resolve(document, reference, view)?.section.start === section.start ? [{ start: reference.reference.phraseStart, end: reference.reference.phraseEnd }] : []),
      };
    }
    case 'clauses': {
      const wanted = new Set(subject.clauses.map(({ start }) => start));
      const labels = new Set(subject.clauses.flatMap(({ block }) => [block.final?.label?.text, block.original?.label?.text]));
      return {
        definitions: subject.clauses.map(labelSpan),
        references: found(document, subject.clauses[0]!.group, ({ reference }) => reference.labels.some(({ text, through }) => through || labels.has(text)),
          (reference, view) => resolve(document, reference, view)?.targets.filter(({ clauses }) => clauses.some(({ start }) => wanted.has(start))).map(({ label }) => label) ?? []),
      };
    }
  }
}

const at = (start: number, part: Span): Span => ({ start: start + part.start, end: start + part.end });

/** The parts that are meant of the cross-references to the text of group `g`, each once; `mayBe` spares looking the others up. */
function found(document: Document, g: number, mayBe: (reference: PlacedReference) => boolean, partsOf: (reference: PlacedReference, view: View) => readonly Span[]): Span[] {
  const spans = new Map<string, Span>();
  // A text is referred to from itself, and from what stands outside of any (the introduction).
  for (const text of texts(document)) if ((text.start <= g && g < text.end) || (text.instrument < 0 && text.proposal < 0))
    for (let here = text.start; here < text.end; here++) for (const reference of referencesOf(document, here)) {
      if (!mayBe(reference)) continue;
      for (const view of reference.views) for (const part of partsOf(reference, view)) {
        const span = at(reference.placed.start, part);
        spans.set(`${span.start} ${span.end}`, span);
      }
    }
  return [...spans.values()];
}

/** The label of the clause, where the cursor is at it: there one can ask about the clause. */
export function labelAt({ placed: { block: { original, final } }, at: offset }: Place): Label | null {
  return [final, original].map(reading => reading?.label ?? null).find(label => label && touches(label, offset)) ?? null;
}

/** The label of a clause as it stands in the document. */
export function labelSpan({ block, start }: Placed): Span {
  const label = block[mainView(block)]?.label;
  return label ? { start: start + label.start, end: start + label.end } : { start, end: start };
}

/** The address of a clause as Markdown; '' for one that has none. */
export function address(document: Document, clause: Placed): string {
  const text = addressOf(document, clause);
  return text ? `**${plain(text)}**` : '';
}
