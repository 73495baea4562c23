/**
 * Proposals side by side, clause by clause: the rows of the table, for whatever it is printed with.
 *
 * - `sideBySide(family, { withBase, unchanged })`: columns, each a text with its changes marked, and the rows that their lines belong to
 */
import type { BlockKind } from '../markup/types';
import { Composer, literal, type Step, type Unit } from '../changes/compare';
import { compareWords, wordsOf } from '../changes/words';
import { Document } from '../markup/document';
import { attributeText } from '../changes/attributes';
import { plainText } from '../markup/text';
import { HEADINGS, said, sameUnit, together, type Variant } from './align';
import type { Family, Proposal } from './family';

export interface How {
  /** The text in force in the first column. */
  readonly withBase: boolean;
  /** What nobody changes is shown too, and what a proposal leaves as it is beside what others change. */
  readonly unchanged: boolean;
}

export interface Column {
  /** Who, then the symbol and identifier of the proposal. */
  readonly head: string;
  readonly detail: string;
  readonly author: string;
  /** The whole text with marks; attributes name everybody. */
  readonly document: Document;
  /** For each line of it (from 0) the row that it belongs to. */
  readonly rows: readonly number[];
  readonly reasons: readonly string[];
}

export interface Row {
  readonly id: number;
  /** `across`: the heading of a section, the same in all columns. `folded`: paragraphs that nobody changes, in few words. */
  readonly kind: 'cells' | 'across' | 'folded';
  /** Of `across` and `folded`: what it says. */
  readonly text: string;
  /** By column: whether it shows anything. */
  readonly shown: readonly boolean[];
  /** Of a paragraph in force: who shows nothing leaves it as it is. */
  readonly inForce: boolean;
}
/** What stands there in few words. */
export const UNCHANGED = 'Not changed';

export interface SideBySide { readonly title: string; readonly columns: readonly Column[]; readonly rows: readonly Row[] }

/** Kinds by which what follows them is read. */
const TELLS: ReadonlySet<BlockKind> = new Set([...HEADINGS, 'instrument', 'title', 'history', 'assembly', 'footnote']);

export function sideBySide(family: Family, { unchanged, ...how }: How): SideBySide {
  const { base, proposals } = family, all = together(family), withBase = how.withBase && base.length > 0;
  // Rows are numbered as they stand: what is new before a paragraph, then the paragraph.
  const additionRows = all.additions.map(() => 0);
  let count = 0;
  all.additions.forEach((additions, k) => { additionRows[k] = count; count += additions.length + 1; });
  const paragraphRow = (k: number) => additionRows[k]! + all.additions[k]!.length;

  const rows: Row[] = [], offset = withBase ? 1 : 0, everywhere = Array.from({ length: proposals.length + offset }, () => true);
  let folded: { unit: Unit; row: number }[] = [];
  const fold = () => {
    if (folded.length) rows.push({ id: folded[0]!.row, kind: 'folded', text: unchangedText(folded.map(({ unit }) => unit)), shown: [], inForce: true });
    folded = [];
  };
  base.concat([undefined as never]).forEach((unit: Unit | undefined, k) => {
    all.additions[k]!.forEach(({ variants }, i) => {
      fold();
      const authors = new Set(variants.flatMap(variant => variant.authors)), [{ unit: first }] = variants as [Variant];
      if (!base.length && HEADINGS.has(first.kind) && variants.length === 1 && authors.size === proposals.length) { rows.push({ id: additionRows[k]! + i, kind: 'across', text: first.body, shown: [], inForce: false }); return; }
      rows.push({ id: additionRows[k]! + i, kind: 'cells', text: '', shown: [...withBase ? [false] : [], ...proposals.map(({ author }) => authors.has(author))], inForce: false });
    });
    if (!unit) return;
    const row = paragraphRow(k), touches = proposals.map(({ author }) => (all.fates[k]!.get(author)?.kind ?? 'kept') !== 'kept');
    if (!touches.includes(true)) {
      if (HEADINGS.has(unit.kind)) { fold(); rows.push({ id: row, kind: 'across', text: unit.body, shown: [], inForce: true }); }
      else if (unchanged) rows.push({ id: row, kind: 'cells', text: '', shown: everywhere, inForce: true });
      else folded.push({ unit, row });
      return;
    }
    fold();
    rows.push({ id: row, kind: 'cells', text: '', shown: everywhere.map((_, c) => c < offset || unchanged || touches[c - offset]!), inForce: true });
  });
  fold();
  // What is not shown is not made, but for what tells what kind of text the rest is.
  const shows = new Map(rows.filter(({ kind }) => kind === 'cells').map(({ id, shown }) => [id, shown]));
  const columns = proposals.map((proposal, p) => {
    const places = rowsOf(proposal, (at, unit) => additionRows[at]! + all.additions[at]!.findIndex(({ variants }) => variants.some(variant => variant.authors.includes(proposal.author) && said(variant.unit) === said(unit))), paragraphRow);
    // Where nothing is in force nothing is marked as new: only where one differs from another.
    if (!base.length) return columnOf(family, proposal, places.map(place => ({ ...place, line: differing(all.additions[0]![place.row]!.variants[0]!.unit, place.step.news[0]!) })));
    return columnOf(family, proposal, places.filter(({ step: { olds, news }, row }) => shows.get(row)?.[p + offset] || [...olds, ...news].some(({ kind }) => TELLS.has(kind))));
  });
  if (withBase) columns.unshift(columnOf(family, null, base.map((unit, k) => ({ step: { olds: [unit], news: [unit] }, row: paragraphRow(k) }))));
  return { title: `${family.title}: proposals side by side${base.length ? '' : ' (in yellow: what differs from the first)'}`, columns, rows };
}

/** `line`: what is written for it; as if nothing is said, its changes with their marks. */
interface Place { readonly step: Step; readonly row: number; readonly line?: string }

/** A new paragraph with the words highlighted that another wording of it has not. */
function differing(first: Unit, unit: Unit): string {
  const words = sameUnit(first, unit) ? literal(unit.body) : compareWords(wordsOf(first.body), wordsOf(unit.body)).map(({ same, now }) => same || !now.length ? literal(now.join('')) : `{==${now.join('')}==}`).join('');
  return unit.indent + unit.text.slice(0, unit.marker) + words;
}

/** The row of each step of a proposal. */
function rowsOf({ steps }: Proposal, newRow: (at: number, unit: Unit) => number, paragraphRow: (k: number) => number): Place[] {
  let at = 0, least = -1;
  return steps.map(step => {
    // Two new paragraphs of one proposal may read alike: each stands below the one before.
    const row = step.olds.length ? paragraphRow(at) : Math.max(newRow(at, step.news[0]!), least);
    least = step.olds.length ? -1 : row + 1;
    at += step.olds.length;
    return { step, row };
  });
}

function columnOf({ document: { grammar }, title }: Family, proposal: Proposal | null, places: readonly Place[]): Column {
  const attribute = proposal ? attributeText({ authors: [proposal.author], date: proposal.date, move: null }, { authors: [], date: null }) : '';
  const ended = (unit: Unit): Unit => ({ ...unit, tail: '\n' }), lines: string[] = [], rows: number[] = [];
  for (const { step: { olds, news }, row, line } of places) {
    if (line !== undefined) { lines.push(line); rows.push(row); continue; }
    const composer = new Composer('', '\n', grammar, () => attribute);
    composer.add({ olds: olds.map(ended), news: news.map(ended) });
    for (const line of composer.text.replace(/\n$/, '').split('\n')) { lines.push(line); rows.push(row); }
  }
  return {
    head: proposal?.source ?? 'Text in force', detail: proposal ? [proposal.symbol, proposal.identifier].filter(Boolean).join(' ') : title, author: proposal?.author ?? '',
    document: Document.parse(`${lines.join('\n')}\n`, () => grammar), rows, reasons: proposal?.reasons ?? [],
  };
}

function unchangedText(units: readonly Unit[]): string {
  const isNamed = ({ label }: Unit) => label !== '' && label !== '–', top = Math.min(...units.filter(isNamed).map(({ level }) => level));
  // What stands below a clause goes without saying.
  const labels = units.filter(unit => isNamed(unit) && unit.level === top).map(({ label }) => label);
  if (labels.length && units.every(unit => isNamed(unit) || unit.level > top || unit.level < 0)) return labels.length === 1 ? `${labels[0]} is not changed.` : `${labels[0]} to ${labels.at(-1)} are not changed.`;
  return units.length === 1 ? `${UNCHANGED}: “${short(units[0]!.body)}”` : `${units.length} paragraphs are not changed, from “${short(units[0]!.body)}”`;
}

const short = (body: string): string => plainText(Document.parse(body, () => NO_GRAMMAR).groups[0]!.blocks[0]!, 'final', 0, 60);
const NO_GRAMMAR = { language: 'en', sections: [], assemblies: [], instruments: [], annexes: [], reasons: [], notes: [] };
