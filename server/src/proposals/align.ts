/**
 * The paragraphs of any number of proposals beside those of their common text.
 *
 * - `together(family)`: for each paragraph of the text in force what each proposal makes of it, and between them what is new
 */
import type { BlockKind } from '../markup/types';
import { Bags } from '../changes/align';
import type { Unit } from '../changes/compare';
import { byName, type Family, type Proposal } from './family';

/** What one proposal makes of a paragraph of the text in force. */
export interface Fate {
  /** `moved`: deleted here, and new word for word elsewhere. A paragraph that is split or joined stands in a stretch of such. */
  readonly kind: 'kept' | 'changed' | 'deleted' | 'moved' | 'split' | 'joined';
  /** What it reads: nothing where it is deleted or moved away; two paragraphs where it is split. Those that are joined have their paragraph at the first of them. */
  readonly news: readonly Unit[];
}

/** A new paragraph in one wording, and whose it is; in alphabetical order. */
export interface Variant {
  readonly unit: Unit;
  readonly authors: readonly string[];
  /** For those for whom it has only moved: the paragraph of the text in force that it is. */
  readonly from: ReadonlyMap<string, number>;
}

/** A new paragraph, in wordings that are nearly the same; at most one for each proposal. */
export interface Addition { readonly variants: readonly Variant[] }

export interface Together {
  /** By paragraph of the text in force: by author. */
  readonly fates: readonly ReadonlyMap<string, Fate>[];
  /** What is new before each paragraph of the text in force, and behind the last: one list more than there are paragraphs. */
  readonly additions: readonly (readonly Addition[])[];
}

/** New paragraphs with so much in common stand together. */
const NEAR = 0.5;
/** Under which the rest stands. */
export const HEADINGS: ReadonlySet<BlockKind> = new Set(['section', 'heading', 'annex']);
/** What a text has but once: in new texts they stand together whatever they say. */
export const SINGLE: ReadonlySet<BlockKind> = new Set(['instrument', 'title', 'history', 'assembly']);

/** Aligns all proposals. The order in which they are given makes no difference. */
export function together({ base, proposals }: Family): Together {
  const fates = base.map(() => new Map<string, Fate>()), additions: Growing[][] = Array.from({ length: base.length + 1 }, () => []), bags = new Bags();
  for (const proposal of [...proposals].sort((a, b) => byName(a.author, b.author))) {
    const own = new Map<number, New[]>();
    place(proposal, fates, own);
    for (const [at, news] of own) additions[at] = merged(additions[at]!, news, proposal.author, bags);
  }
  return { fates, additions };
}

interface New { readonly unit: Unit; readonly from: number | null }
interface Growing { readonly variants: { unit: Unit; authors: string[]; from: Map<string, number> }[] }

/** Where everything of one proposal belongs. */
function place({ author, steps }: Proposal, fates: readonly Map<string, Fate>[], own: Map<number, New[]>): void {
  const origins = new Map<string, number>();
  let at = 0;
  for (const { olds, move } of steps) { if (move && olds.length) origins.set(move, at); at += olds.length; }
  at = 0;
  for (const { olds, news, move } of steps) {
    if (!olds.length) own.set(at, [...own.get(at) ?? [], ...news.map(unit => ({ unit, from: move ? origins.get(move) ?? null : null }))]);
    else if (!news.length) olds.forEach((_, i) => fates[at + i]!.set(author, { kind: move ? 'moved' : 'deleted', news: [] }));
    else if (olds.length === 1 && news.length === 1) fates[at]!.set(author, { kind: sameUnit(olds[0]!, news[0]!) ? 'kept' : 'changed', news });
    else olds.forEach((_, i) => fates[at + i]!.set(author, { kind: olds.length > news.length ? 'joined' : 'split', news: i ? [] : news }));
    at += olds.length;
  }
}

/** Whether a paragraph says the same; a clause's own label is nobody's proposal. */
export const sameUnit = (a: Unit, b: Unit): boolean => a.body === b.body && sameShape(a, b);

/** Whether only the words of two paragraphs can differ. */
export const sameShape = (a: Unit, b: Unit): boolean => a.kind === b.kind && a.level === b.level && a.labelKind === b.labelKind
  && (a.labelKind !== null || a.text.slice(0, a.marker) === b.text.slice(0, b.marker));

/** What a new paragraph says, a clause without the sign at its end, which depends on where it stands in its list. */
export const said = ({ kind, level, body }: Unit): string => `${kind} ${level} ${kind === 'clause' ? body.replace(/[;,.][ \u00a0]*(?:and)?$/, '') : body}`;

/** New paragraphs of one more proposal among those of the others: in the order of each, the most alike together. */
function merged(rows: Growing[], news: readonly New[], author: string, bags: Bags): Growing[] {
  const n = rows.length, m = news.length, width = m + 1;
  const value = (i: number, j: number): number => {
    const { unit } = news[j]!;
    return Math.max(...rows[i]!.variants.map(variant => {
      if (said(variant.unit) === said(unit)) return 2;
      if (variant.unit.kind !== unit.kind || variant.unit.level !== unit.level) return 0;
      const alike = bags.likeness(variant.unit.body, unit.body);
      return SINGLE.has(unit.kind) ? Math.max(alike, NEAR) : alike < NEAR ? 0 : alike;
    }));
  };
  const own = new Float64Array(n * m), best = new Float64Array((n + 1) * width);
  for (let i = n - 1; i >= 0; i--) for (let j = m - 1; j >= 0; j--) {
    const here = own[i * m + j] = value(i, j);
    best[i * width + j] = Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!, here ? here + best[(i + 1) * width + j + 1]! : 0);
  }
  const result: Growing[] = [];
  for (let i = 0, j = 0; i < n || j < m;) {
    const alike = i < n && j < m ? own[i * m + j]! : 0;
    if (alike && best[i * width + j] === alike + best[(i + 1) * width + j + 1]!) { result.push(joined(rows[i++]!, news[j++]!, author)); continue; }
    if (i < n && (j === m || best[i * width + j] === best[(i + 1) * width + j])) result.push(rows[i++]!);
    else result.push(joined({ variants: [] }, news[j++]!, author));
  }
  return result;
}

function joined({ variants }: Growing, { unit, from }: New, author: string): Growing {
  const same = variants.find(variant => said(variant.unit) === said(unit)), moved = from === null ? [] : [[author, from]] as const;
  if (!same) return { variants: [...variants, { unit, authors: [author], from: new Map(moved) }] };
  same.authors.push(author);
  for (const [name, at] of moved) same.from.set(name, at);
  return { variants };
}
