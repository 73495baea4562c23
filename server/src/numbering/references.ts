/**
 * References in prose to clauses that are called otherwise now.
 *
 * A reference that nobody has changed means the clause that it means in the text in force; any other means what it
 * says in the final view. Where that leaves more than one clause, or none, somebody has to look at it.
 */
import type { Document, Group, Placed } from '../markup/document';
import type { View } from '../markup/types';
import type { Edit } from '../markup/edit';
import { inline } from '../markup/inline';
import { memo } from '../markup/memo';
import { plainText } from '../markup/text';
import { referencesOf, resolve, type PlacedReference, type ReferenceLabel } from '../contribution/references';
import { placedAt, type Run } from '../contribution/runs';
import { textOf, texts, type Text } from '../contribution/scopes';
import { sections, stretchAt, type Clause } from '../contribution/sections';
import { relabel, rewrite, type Writing } from './write';

/** What could not be decided, with the words that it is about. Offsets count in the block. */
export interface Review { readonly placed: Placed; readonly start: number; readonly end: number; readonly message: string }

/** A clause with the labels, from the top of its list, that it gets or keeps; its group counts from `start`. */
export interface NewName { readonly clause: Clause; readonly start: number; readonly path: readonly string[] }

/** What a label of a reference means: a clause; nothing; clauses between which one cannot tell. */
type Meaning =
  | { readonly clause: Placed; readonly deleted: boolean }
  | { readonly clause: null; readonly among: readonly Placed[] };

/** What is to stand in [start, end) of a block, in place of what the label there was. */
interface Wanted { readonly placed: Placed; readonly start: number; readonly end: number; readonly old: string; readonly text: string }

/** Edits of the references to the clauses given, and what about them and about the sections that are covered has to be looked at. */
export function updateReferences(document: Document, named: readonly NewName[], covers: (section: Placed) => boolean, writing: Writing): { edits: Edit[]; review: Review[] } {
  const edits: Edit[] = [], review: Review[] = [];
  const paths = new Map(named.map(({ clause, path }) => [clause.block, path]));
  for (const g of groupsConcerned(document, named, covers)) {
    const found = referencesOf(document, g), wanted = new Map<Placed['block'], Map<number, Wanted>>();
    for (const reference of found) {
      if (!reference.views.includes('final') || !reference.reference.labels.length) continue;
      const { placed, reference: { labels, phrase } } = reference, read = meaningsOf(document, reference, found);
      const inBlock = wanted.get(placed.block) ?? wanted.set(placed.block, new Map()).get(placed.block)!;
      labels.forEach((label, i) => {
        const shown = `“${phrase} ${label.path.join(' ')}”`, look = (message: string | null) => { if (message) review.push({ placed, start: label.start, end: label.end, message }); };
        const path = newPath(i);
        if (typeof path === 'string' || !path) { look(path); return; }
        // At another level of its list now: its labels are written anew, where no other reference shares them.
        const steps: readonly Wanted[] = path.length === label.path.length ? path.map((text, k) => ({ placed, ...label.steps[k]!, old: label.steps[k]!.text, text }))
          : [{ placed, start: label.steps[0]!.start, end: label.end, old: label.path.join(' '), text: path.join(' ') }];
        for (const step of steps) {
          const other = inBlock.get(step.start);
          if (other && other.text !== step.text) look(`${shown} is ${path.join(' ')} now, and no longer stands below ${other.text}. Say so here.`);
          else inBlock.set(step.start, step);
        }
      });

      /** What a label is to read: the labels of its clause; a sentence where somebody has to look at it; null where it stays. */
      function newPath(i: number): readonly string[] | string | null {
        const label = labels[i]!, meaning = read.meanings[i] ?? null, shown = `“${phrase} ${label.path.join(' ')}”`;
        if (!meaning) {
          const now = label.path.join(' '), taker = read.section && named.find(({ clause, path }) => clause.head?.block === read.section!.block && path.join(' ') === now && clause.path.join(' ') !== now);
          return taker ? `There was no ${shown}; now it is the clause that was ${taker.clause.path.join(' ')}. Is that what is meant here?` : null;
        }
        if (!meaning.clause) return meaning.among.some(({ block }) => paths.has(block)) ? `${count(meaning.among)} clauses are called ${shown}, so this could mean any of them. Say which.` : null;
        if (meaning.deleted) return read.section && covers(read.section) ? `${shown} is deleted, but this still refers to it: ${wordsOf(meaning.clause)}` : null;
        const opens = labels[i + 1]?.through ? i : label.through ? i - 1 : -1, path = paths.get(meaning.clause.block) ?? null;
        if (!path || opens < 0 || !isApart(document, reference, read.meanings, opens)) return path;
        const [from, to] = [read.meanings[opens], read.meanings[opens + 1]].map(end => end?.clause && paths.get(end.clause.block)?.at(-1));
        return !label.through || !from || !to ? null : `Between the ends of this range there are other clauses now than before. From end to end it would read ${from} to ${to}; change it if that is meant.`;
      }
    }
    for (const steps of wanted.values()) for (const step of steps.values()) edits.push(...written(step, writing));
  }
  return { edits, review };
}

function written({ placed, start: from, end: to, old, text }: Wanted, writing: Writing): Edit[] {
  if (old === text) return [];
  const edits = old.includes(' ') || text.includes(' ') ? rewrite(placed.block, from, to, text, writing) : relabel(placed.block, from, to, text, writing);
  return edits.map(({ start, end, text: now }) => ({ start: placed.start + start, end: placed.start + end, text: now }));
}

/**
 * The groups in which references may have to change: those of the texts in which a label changes or is another than in
 * the text in force, and those outside of any text. In all others, which are most, references stay what they are.
 */
function* groupsConcerned(document: Document, named: readonly NewName[], covers: (section: Placed) => boolean): Generator<number> {
  const own = new Set<Text>(), concerned = new Set<Text>();
  for (const { clause, path, start } of named) {
    const text = textOf(document, start + clause.group);
    own.add(text);
    if (path.length !== clause.path.length || path.at(-1) !== clause.label.text) concerned.add(text);
  }
  for (const text of texts(document)) if (!text.run.every(agree) && (own.has(text) || covers(placedAt(document, text.start, 0)))) concerned.add(text);
  if (concerned.size) for (const text of texts(document)) if (concerned.has(text) || (text.instrument < 0 && text.proposal < 0)) for (let g = text.start; g < text.end; g++) yield g;
}

/** Whether the labels of a group are the same in both views. */
const agree = memo((group: Group): boolean => group.blocks.every(({ original, final }) =>
  original === final || (original?.label?.text === final?.label?.text && (original?.kind === 'section') === (final?.kind === 'section'))));

const count = (clauses: readonly Placed[]): string => clauses.length === 2 ? 'Two' : String(clauses.length);
const wordsOf = ({ block }: Placed): string => `“${plainText(block, 'original', block.original?.textStart ?? 0, 60)}”`;

/** What the labels of a reference of the final view mean; null for one that points to nothing. `beside` are all references of its group. */
export function meaningsOf(document: Document, found: PlacedReference, beside: readonly PlacedReference[]): { readonly section: Placed | null; readonly meanings: readonly (Meaning | null)[] } {
  const { placed, reference: { labels } } = found;
  const now = resolve(document, found, 'final');
  const counterparts = found.views.length > 1 ? [found] : beside.filter(other => other.placed.index === placed.index && other.views.includes('original') && overlaps(other.reference, found.reference));
  const before = counterparts.map(other => ({ other, resolved: resolve(document, other, 'original') }));
  const meanings = labels.map((label): Meaning | null => {
    const finals = now ? clausesAt(document, now.section, 'final', label) : [];
    for (const { other, resolved } of before) {
      const old = resolved && other.reference.labels.find(candidate => overlaps(candidate, label));
      if (!old) continue;
      const originals = clausesAt(document, resolved.section, 'original', old), isUnchanged = old.start === label.start && old.end === label.end && old.text === label.text;
      if (isUnchanged && originals.length === 1) return standing(document, originals[0]!);
      const common = originals.filter(clause => finals.some(({ block }) => block === clause.block));
      if (common.length === 1 && (isUnchanged || finals.length > 1)) return { clause: common[0]!, deleted: false };
    }
    if (!finals.length) return null;
    return finals.length > 1 ? { clause: null, among: finals } : { clause: finals[0]!, deleted: false };
  });
  return { section: now?.section ?? before.find(({ resolved }) => resolved)?.resolved?.section ?? null, meanings };
}

const overlaps = (a: { readonly start: number; readonly end: number }, b: { readonly start: number; readonly end: number }): boolean => a.start < b.end && b.start < a.end;

/** A clause of the text in force, where it is now: it may have been moved. */
function standing(document: Document, clause: Placed): Meaning {
  if (clause.block.final?.label) return { clause, deleted: false };
  const move = inline(clause.block).marks.find(({ kind, attribute }) => kind === 'deletion' && attribute?.move)?.attribute?.move;
  if (move) for (const placed of document.blocks()) {
    if (placed.block !== clause.block && placed.block.final?.label && placed.block.source.includes(`#${move}}`)) return { clause: placed, deleted: false };
  }
  return { clause, deleted: true };
}

/** The clauses of a section that a label names in a view. */
function clausesAt(document: Document, section: Placed, view: View, { path }: ReferenceLabel): Placed[] {
  const { run, start } = stretchAt(document.groups, section.group);
  return (byPath(run)[view].get(`${section.group - start} ${path.join(' ')}`) ?? []).map(({ group, index }) => placedAt(document, start + group, index));
}

const byPath = memo((run: Run): Readonly<Record<View, ReadonlyMap<string, readonly Clause[]>>> => {
  const both = sections(run);
  const index = (view: View) => {
    const map = new Map<string, Clause[]>();
    for (const clause of both[view].clauses) {
      if (!clause.head || clause.reading.doubtful) continue;
      const key = `${clause.head.group} ${clause.path.join(' ')}`, same = map.get(key);
      if (same) same.push(clause); else map.set(key, [clause]);
    }
    return map;
  };
  const final = index('final');
  return { final, original: both.original === both.final ? final : index('original') };
});

/** Whether other clauses stand between the ends of a range than the text in force has there; or whether one end is gone. */
function isApart(document: Document, { placed, reference: { labels }, views }: PlacedReference, meanings: readonly (Meaning | null)[], opens: number): boolean {
  const first = meanings[opens]?.clause, last = meanings[opens + 1]?.clause;
  const isGone = (i: number) => { const meaning = meanings[i]; return !meaning?.clause || meaning.deleted; };
  if (isGone(opens) || isGone(opens + 1) || !first || !last || first.group !== last.group) return true;
  const between = (view: View): readonly Placed['block'][] | null => {
    const { clauses } = sections(stretchAt(document.groups, first.group).run)[view];
    const from = clauses.findIndex(({ block }) => block === first.block), to = clauses.findIndex(({ block }) => block === last.block);
    return from < 0 || to < 0 ? null : from > to ? [last.block] : clauses.slice(from, to + 1).filter(({ parent }) => parent === clauses[from]!.parent).map(({ block }) => block);
  };
  const label = labels[opens + 1]!, isUnchanged = views.length > 1 || !placed.block.source.slice(labels[opens]!.start, label.end).includes('{');
  const before = isUnchanged ? between('original') : null, now = between('final');
  return !!before && !!now && now.some(block => !before.includes(block));
}
