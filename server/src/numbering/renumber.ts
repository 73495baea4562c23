/**
 * Renumbering: labels of clauses, and the references in prose that point to them (markup, section 4). Pure: from a
 * document to edits, and to what a person has to decide.
 *
 * The text in force keeps its words: where changes are tracked, a label that changes is a tracked change, and the
 * label of a deleted clause stays. A reference points to the same clause as before.
 */
import type { Document, Placed } from '../markup/document';
import type { Edit } from '../markup/edit';
import { memo } from '../markup/memo';
import { labelText, letterValue, readMarker, romanValue } from '../markup/labels';
import type { Label } from '../markup/types';
import { isTracked } from '../changes/status';
import { attributeText, names, ownVoice } from '../changes/attributes';
import { placedAt, type Run } from '../contribution/runs';
import { textOf, texts } from '../contribution/scopes';
import { stretchAt, type Clause } from '../contribution/sections';
import { compose } from './compose';
import { gluedLabel, restored } from './glued';
import { updateReferences, type NewName, type Review } from './references';
import { isLocked, name, type Known, type Named, type Scheme } from './schemes';
import { seriesOf, type Series } from './series';
import { unlabelledIn } from './unlabelled';
import { label, relabel, type Writing } from './write';

export type { Scheme } from './schemes';

/** What is renumbered: everything, or what an offset of the document stands in. */
export type Scope = { readonly of: 'document' } | { readonly of: 'list' | 'section' | 'proposal'; readonly at: number };

export interface Options {
  readonly scope: Scope;
  readonly scheme: Scheme;
  /** Write tracked changes even where the document has none yet. Where it has some, changes are always tracked. */
  readonly tracked: boolean;
  /** Whose the changes are: short name, several divided by semicolons; null for the sponsor of the front matter. */
  readonly author: string | null;
  /** `YYYY-MM-DD` or `YYYY-MM-DDTHH:MMZ`; null for the date of the front matter. */
  readonly date: string | null;
}

export interface Renumbering {
  /** In order, none overlapping; offsets in the document. `label` is true for a clause's own, false for a reference. */
  readonly edits: readonly (Edit & { readonly label: boolean })[];
  /** In order. */
  readonly review: readonly Review[];
}

/** Puts labels right, and what refers to them. Twice is once. */
export function renumber(document: Document, options: Options): Renumbering {
  return options.scheme === 'assign' ? assign(document, options) : named(document, options);
}

/** Clauses without a label get that of the clause above, which is then given twice. */
function assign(document: Document, options: Options): Renumbering {
  const writing = writingOf(document, options), { scope } = options;
  const groups = [...stretches(document, scope)].flatMap(({ run, start }) => run.map((_, i) => start + i));
  const added = groups.flatMap(g => unlabelledIn(document, g)).flatMap(({ placed, above }) =>
    label(placed.block, above.text, writing).map(({ start, end, text }) => ({ start: placed.start + start, end: placed.start + end, text, label: true })));
  if (!added.length) return named(document, options);
  const labelled = added.toReversed().reduce((text, { start, end, text: now }) => text.edit(start, end, now), document);
  const there = (offset: number) => offset + added.filter(({ start }) => start <= offset).reduce((sum, { text }) => sum + text.length, 0);
  const { edits, review } = named(labelled, { ...options, scope: scope.of === 'document' ? scope : { ...scope, at: there(scope.at) } });
  return {
    edits: compose(added, edits),
    review: review.map(({ placed, start, end, message }) => {
      const before = added.filter((edit, i) => edit.start + added.slice(0, i).reduce((sum, { text }) => sum + text.length, 0) < placed.start + start);
      const at = Math.max(before.at(-1)?.start ?? 0, placed.start + start - before.reduce((sum, { text }) => sum + text.length, 0)), here = document.blockAt(at)!;
      return { placed: here, start: at - here.start, end: Math.min(at - here.start + end - start, here.block.source.length), message };
    }),
  };
}

function named(document: Document, { scope, scheme, ...options }: Options): Renumbering {
  const names = [...stretches(document, scope)].map(({ run, start }) => {
    if (scope.of === 'document' || scope.of === 'proposal') return { start, named: allNames[scheme](run) };
    const inScope = filter(document, scope, run, start);
    return { start, named: namesIn(run, series => inScope(series.clauses[0]!), (series, known) => name(series, scheme, known)) };
  });
  if (scope.of === 'document') return written(document, names, () => true, options);
  const heads = new Set(names.flatMap(({ named }) => named.map(({ clause }) => clause.head?.block))), own = document.blockAt(scope.at)?.group ?? 0;
  const covers = ({ block, group }: Placed) => heads.has(block) || group === own || (scope.of === 'proposal' && textOf(document, group) === textOf(document, own));
  return written(document, names, covers, options);
}

/**
 * Gives one clause another label, and does so where it is referred to. Null where the block is no clause of the final
 * view that has a label, or where `text` is no label of its kind.
 */
export function rename(document: Document, { block, group }: Placed, text: string, options: Omit<Options, 'scope' | 'scheme'>): Renumbering | null {
  const { run, start } = stretchAt(document.groups, group), clause = seriesOf(run).final.flatMap(series => series.clauses).find(candidate => candidate.block === block);
  const label = clause && labelLike(clause.label, text);
  if (!label) return null;
  const named = namesIn(run, ({ clauses }) => clauses[0]!.list === clause.list,
    ({ clauses }) => clauses.map(other => ({ clause: other, label: other === clause ? label : other.label, review: null })));
  return written(document, [{ start, named }], () => false, options);
}

/** A label read from what somebody wrote, in place of another: `d`, `d)` and `D)` are all d). Null for what is no label of its kind. */
export function labelLike({ kind, parts }: Label, text: string): Label | null {
  const plain = text.trim().toLowerCase(), whole = kind === 'number' || plain.includes(')') ? plain : plain.replace(/^[a-z]+?(?=(?:bis|ter|quater|[a-z]+ies)?$)/, '$&)');
  const marker = readMarker(whole);
  if (!marker || marker.end !== whole.length || marker.parts.length !== parts.length) return null;
  if (marker.kind !== kind && !(marker.kind === 'either' && kind !== 'number' && kind !== 'dash') && !(marker.kind === 'roman' && kind === 'letter')) return null;
  const values = kind === 'number' ? marker.parts : [{ value: (kind === 'roman' ? romanValue : letterValue)(/^[a-z]+/.exec(whole)![0]), suffix: marker.parts[0]!.suffix }];
  return { kind, parts: values, text: labelText(kind, values), start: 0, end: 0 };
}

/** The scheme that goes on as the text does: new clauses that have been called 3bis stay what they are. */
export function schemeInUse(document: Document, scope: Scope): Scheme {
  for (const { run, start } of stretches(document, scope)) {
    const inScope = filter(document, scope, run, start);
    for (const { clauses } of seriesOf(run).final) for (const { block, label } of clauses) if (!block.original && label.parts.at(-1)!.suffix > 0 && inScope(clauses[0]!)) return 'insert';
  }
  return 'sequential';
}

/** The edits by which clauses get their names, in their own labels and wherever they are referred to. */
function written(document: Document, stretches: readonly { readonly start: number; readonly named: readonly NamedPath[] }[], covers: (section: Placed) => boolean, options: Pick<Options, 'tracked' | 'author' | 'date'>): Renumbering {
  const writing = writingOf(document, options), edits: (Edit & { label: boolean })[] = [], review: Review[] = [], named: NewName[] = [];
  for (const { start, named: here } of stretches) for (const { clause, label: { text }, path, review: message } of here) {
    const { label } = clause;
    named.push({ clause, path, start });
    if (!message && label.text === text) continue;
    const placed = placedAt(document, start + clause.group, clause.index);
    if (message) review.push({ placed, start: label.start, end: label.end, message });
    if (label.text === text) continue;
    const glued = gluedLabel(clause, text);
    for (const edit of glued ? restored(clause, glued, writing) : relabel(placed.block, label.start, label.end, text, writing))
      edits.push({ start: placed.start + edit.start, end: placed.start + edit.end, text: edit.text, label: true });
  }
  const references = updateReferences(document, named, covers, writing);
  return {
    edits: [...edits, ...references.edits.map(edit => ({ ...edit, label: false }))].sort((a, b) => a.start - b.start),
    review: [...review, ...references.review].sort((a, b) => a.placed.start + a.start - b.placed.start - b.start),
  };
}

/** How changes to a document are written. */
export function writingOf(document: Document, { tracked, author, date }: Pick<Options, 'tracked' | 'author' | 'date'>): Writing {
  if (!tracked && !document.groups.some(isTracked)) return { tracked: false };
  const own = ownVoice(document);
  return { tracked: true, attribute: attributeText({ authors: author === null ? own.authors : names(author), date: date ?? own.date, move: null }, own) };
}

/** The stretches of groups that a scope touches, each with the index of its first group. */
function* stretches(document: Document, scope: Scope): Generator<{ run: Run; start: number }> {
  let from = 0, to = document.groups.length;
  if (scope.of !== 'document') {
    const placed = document.blockAt(scope.at);
    if (!placed) return;
    from = placed.group;
    to = from + 1;
    if (scope.of === 'proposal') {
      const own = textOf(document, placed.group), same = own.proposal < 0 ? [own] : texts(document).filter(({ proposal }) => proposal === own.proposal);
      from = same[0]!.start;
      to = same.at(-1)!.end;
    }
  }
  for (let g = from; g < to;) {
    const stretch = stretchAt(document.groups, g);
    yield stretch;
    g = stretch.start + stretch.run.length;
  }
}

/** Which clauses of a stretch a scope holds. */
function filter(document: Document, scope: Scope, run: Run, start: number): (clause: Clause) => boolean {
  if (scope.of === 'document' || scope.of === 'proposal') return () => true;
  const placed = document.blockAt(scope.at)!, g = placed.group - start, clauses = seriesOf(run).final.flatMap(series => series.clauses);
  // The last clause in front of the place, or the first one behind it, says in which section and in which list it stands.
  const before = ({ group, index }: Clause) => group < g || (group === g && index <= placed.index);
  const inGroup = clauses.filter(({ group }) => group === g).sort((a, b) => a.index - b.index);
  const clause = inGroup.findLast(before) ?? inGroup[0];
  if (!clause) return () => false;
  return scope.of === 'section' ? other => other.head === clause.head : other => other.head === clause.head && other.list === clause.list;
}

/** The name of a clause, and the labels from the top of its list to it. */
interface NamedPath extends Named { readonly path: readonly string[] }

/** The names of the clauses of a stretch, as `choose` gives them to each series, parents before what stands below them. */
function namesIn(run: Run, inScope: (series: Series) => boolean, choose: (series: Series, known: Known) => readonly Named[]): NamedPath[] {
  const { original, final } = seriesOf(run);
  const before = new Map(original.flatMap(series => series.clauses.map(({ block }) => [block, series] as const)));
  const labels = new Map<Clause, Named>(), isLockedHere = isLocked(run);
  for (const series of final.filter(inScope).sort(byDepth)) {
    const { parent } = series.clauses[0]!;
    const known: Known = { inForce: block => before.get(block), parent: parent && (labels.get(parent)?.label ?? parent.label).parts, isLocked: isLockedHere };
    for (const named of choose(series, known)) labels.set(named.clause, named);
  }
  const pathOf = (clause: Clause): readonly string[] => {
    const { parent } = clause, { text, kind, parts } = labels.get(clause)?.label ?? clause.label;
    if (!parent) return [text];
    const isDecimal = parent.label.kind === 'number' && kind === 'number' && parts.length > parent.label.parts.length;
    return [...isDecimal ? pathOf(parent).slice(0, -1) : pathOf(parent), text];
  };
  return [...labels.values()].map(named => ({ ...named, path: pathOf(named.clause) }));
}

/** The names in a whole stretch; a list is named once for as long as nobody edits it. */
const namesBy = (scheme: Scheme) => memo((run: Run): readonly NamedPath[] => namesIn(run, () => true, (series, known) => name(series, scheme, known)));
const allNames: Readonly<Record<Scheme, (run: Run) => readonly NamedPath[]>> = { sequential: namesBy('sequential'), insert: namesBy('insert'), assign: namesBy('assign') };

/** Lists before the lists in their clauses. */
const byDepth = (a: Series, b: Series): number => a.clauses[0]!.reading.level - b.clauses[0]!.reading.level;
