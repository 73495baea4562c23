/**
 * One draft from several proposals: every change with its author, what agrees said once, what conflicts set out for decision.
 *
 * - `consolidate(family)`: the draft, and what an editor has to look at
 */
import { stringify } from 'yaml';
import { Document } from '../markup/document';
import { applyEdits } from '../markup/edit';
import type { BlockKind } from '../markup/types';
import { attributeText } from '../changes/attributes';
import { Composer, literal, type Step, type Unit } from '../changes/compare';
import { compareWords, wordsOf } from '../changes/words';
import { placedAt } from '../contribution/runs';
import { texts } from '../contribution/scopes';
import { HEADINGS, SINGLE, together, sameShape, sameUnit, type Addition, type Fate, type Together, type Variant } from './align';
import { ASKS, decisions, SAYS, type Kind } from './decisions';
import { byName, type Family } from './family';
import { renumbered } from './labels';
import { mergeNew, mergeWords, note, readFor, type Version } from './merge';

/** Something that an editor has to look at. `remark`: about a proposal as a whole; it has no line of its own (-1). */
export interface Review {
  readonly kind: Kind | 'numbering' | 'remark';
  /** In the draft, from 0. */
  readonly line: number;
  readonly message: string;
  readonly authors: readonly string[];
}

export interface Draft { readonly text: string; readonly review: readonly Review[] }

/**
 * The draft. Its original view is the text in force, word for word; with the changes of all others rejected it is what
 * one author proposes, apart from labels, square brackets around alternatives and the sign at the end of a new clause.
 */
export function consolidate(family: Family): Draft {
  const text = new Writer(family, together(family)).draft(), remarks = family.remarks.map(({ authors, message }): Review => ({ kind: 'remark', line: -1, message, authors }));
  const draft = inOrder(Document.parse(text, () => family.document.grammar));
  return { text: draft.text, review: [...remarks, ...draft.review] };
}

/** A draft with its labels put right, and all that is left to decide in it. */
export function inOrder(draft: Document): Draft {
  let document = draft, { edits, review } = renumbered(draft);
  // Labels that several have given in numberings of their own can hide which list is which, until they are put right once.
  for (let times = 0; edits.length && times < 3; times++) {
    document = Document.parse(applyEdits(document.text, edits), () => draft.grammar);
    ({ edits, review } = renumbered(document));
  }
  const labels = review.map(({ placed, start, message }): Review => ({ kind: 'numbering', line: document.positionAt(placed.start + start).line, message, authors: [] }));
  return { text: document.text, review: [...open(document), ...labels].sort((a, b) => a.line - b.line) };
}

/** What the comments of a draft say is left to decide, in order. */
const open = (document: Document): Review[] => texts(document).flatMap(({ run, start: first }) => decisions(run).map(({ kind, group, index, start, message, choices }): Review => ({
  kind, line: document.positionAt(placedAt(document, first + group, index).start + start).line, message: ASKS + message, authors: [...new Set(choices().flatMap(({ authors }) => authors))].sort(byName),
})));

/** Kinds in which a square bracket does not make another kind of the paragraph. */
const PROSE: ReadonlySet<BlockKind> = new Set(['clause', 'paragraph', 'note', 'footnote']);
const SPACED: ReadonlySet<BlockKind> = new Set([...HEADINGS, 'proposal']);

class Writer {
  private readonly lines: string[] = [];
  /** The paragraph of the text in force that comes next goes on with a clause, which a blank line says, whatever of the lines before it will be left. */
  private goesOn = false;
  /** The next line has a blank line before it for that reason. */
  private apart = false;
  private readonly dates: ReadonlyMap<string, string | null>;
  /** Both ends of the moves that marks can show: by paragraph of the text in force, by wording of the new one. */
  private readonly moves = new Map<number | Variant, string>();
  /** Whose labels of clauses became which, where they only follow the numbering. */
  private readonly relabelled = new Map<string, Set<string>>();

  constructor(private readonly family: Family, private readonly all: Together) {
    this.dates = new Map(family.proposals.map(({ author, date }) => [author, date]));
    this.nameMoves();
    for (const [k, fates] of all.fates.entries()) for (const [author, { news: [now] }] of fates) {
      const old = family.base[k]!;
      if (now?.label && old.label && now.label !== old.label) this.relabelled.set(author, (this.relabelled.get(author) ?? new Set()).add(`${old.label.replace(')', '')} ${now.label.replace(')', '')}`));
    }
  }

  /** The draft before its labels are put right. */
  draft(): string {
    const { family: { base, common }, all } = this;
    if (Object.keys(common).length) this.lines.push('---', ...stringify(common, { lineWidth: 0 }).trimEnd().split('\n'), '---');
    base.forEach((unit, k) => {
      this.goesOn = unit.further;
      all.additions[k]!.forEach(addition => this.addition(addition));
      if (k && (SPACED.has(unit.kind) && base[k - 1]!.kind !== 'annex' || /(?:\r\n?|\n)[ \t\u00a0]*(?:\r\n?|\n)/.test(base[k - 1]!.tail))) this.space();
      this.apart = false;
      this.goesOn = base[k + 1]?.further ?? false;
      this.clause(unit, k);
    });
    all.additions[base.length]!.forEach(addition => this.addition(addition));
    return `${this.lines.join('\n')}\n`;
  }

  private space(): void { if (this.lines.length && this.lines.at(-1) !== '') this.lines.push(''); }

  private attribute(authors: readonly string[], move: string | null = null): string {
    const dates = new Set(authors.map(author => this.dates.get(author) ?? null));
    return attributeText({ authors, date: dates.size === 1 ? [...dates][0]! : null, move }, { authors: [], date: null });
  }

  /** What is proposed for a paragraph of the text in force. */
  private clause(unit: Unit, k: number): void {
    const fates = this.all.fates[k]!, of = (...kinds: Fate['kind'][]) => [...fates].filter(([, { kind }]) => kinds.includes(kind)).map(([author]) => author).sort(byName);
    const parted = this.parted(unit, k);
    if (parted !== null) { if (parted) this.put(unit, parted); return; }
    const gone = of('deleted', 'moved', 'split', 'joined'), versions = this.versions(unit, fates);
    if (!versions.length) {
      this.put(unit, gone.length ? this.whole(unit, 'original', gone, this.moves.get(k)) : literal(unit.text));
    } else {
      const rewritten = gone.length || versions.some(({ news }) => !sameShape(unit, news[0]!)) ? null
        : mergeWords(unit, versions.map(({ authors, news }): Version => ({ authors, body: news[0]!.body })), authors => this.attribute(authors));
      if (rewritten !== null) this.put(unit, rewritten);
      else this.alternatives(unit, [['delete', of('deleted')], ['move', of('moved')], ['split', of('split')], ['join with another', of('joined')]], versions);
    }
    for (const author of of('split', 'joined')) for (const extra of fates.get(author)!.news) this.put(extra, this.whole(extra, 'final', [author]));
  }

  /** Whole paragraphs as alternatives: the one in force deleted, each wording of those who change it new. */
  private alternatives(unit: Unit, gone: readonly (readonly [what: string, authors: readonly string[]])[], versions: readonly { authors: readonly string[]; news: readonly Unit[] }[]): void {
    const everybody = [...gone, ...versions.map(({ authors }) => ['', authors] as const)].flatMap(([, authors]) => authors).sort(byName);
    this.put(unit, this.whole(unit, 'original', everybody));
    const isOpen = everybody.length > versions[0]!.authors.length;
    const message = [...gone.filter(([, authors]) => authors.length).map(([what, authors]) => `${authors.join(' and ')} would ${what} this paragraph`), ...versions.map(({ authors }) => `${authors.join(' and ')} ${SAYS.change}`)].join('; ');
    versions.forEach(({ authors, news: [now] }, i) => {
      const inside = isOpen && PROSE.has(now!.kind) ? bracketed(now!) : now!;
      this.put(now!, this.whole(inside, 'final', authors) + (isOpen && !i ? note(message) : ''));
    });
  }

  /** How those who change a paragraph word it, each wording once. */
  private versions(unit: Unit, fates: ReadonlyMap<string, Fate>): { authors: string[]; news: Unit[] }[] {
    const found = new Map<string, { authors: string[]; news: Unit[] }>();
    for (const author of [...fates.keys()].sort(byName)) {
      const { kind, news: [now] } = fates.get(author)!;
      if (kind !== 'changed') continue;
      const own = this.unnumbered(unit, now!, author);
      if (sameUnit(unit, own)) continue;
      const key = `${own.kind} ${own.level} ${own.labelKind} ${own.labelKind ? '' : own.text.slice(0, own.marker)} ${own.body}`, known = found.get(key);
      if (known) known.authors.push(author); else found.set(key, { authors: [author], news: [own] });
    }
    return [...found.values()];
  }

  /** A wording without the references that only follow the author's own numbering: the draft has a numbering of its own. */
  private unnumbered(unit: Unit, now: Unit, author: string): Unit {
    const pairs = this.relabelled.get(author);
    if (!pairs || now.kind !== unit.kind) return now;
    let body = '', before = '', changed = false;
    const stretches = compareWords(wordsOf(unit.body), wordsOf(now.body));
    stretches.forEach(({ same, old, now: words }, i) => {
      const next = stretches[i + 1]?.now.join('') ?? '', isLetter = /^[a-z]{1,2}$/.test(old.join('')) && next.startsWith(')'), isNumber = /^\d+$/.test(old.join('')) && /\*[ \u00a0]$/.test(before);
      const follows = !same && (isLetter || isNumber) && pairs.has(`${old.join('')} ${words.join('')}`);
      changed ||= follows;
      body += before = (follows ? old : words).join('');
    });
    return changed ? { ...now, body, text: now.text.slice(0, now.marker) + body } : now;
  }

  /** A paragraph that is split in two or joined with the next, where nobody proposes anything else for it; '' for the second of two that are joined. */
  private parted(unit: Unit, k: number): string | null {
    const { base } = this.family, fates = this.all.fates[k]!;
    const by = [...fates].filter(([, { kind }]) => kind === 'split' || kind === 'joined').map(([author]) => author).sort(byName);
    if (!by.length) return null;
    const others = (at: number) => [...this.all.fates[at]!].some(([author, { kind }]) => kind !== 'kept' && !by.includes(author));
    const steps = by.map(author => this.stepAt(author, k)), first = steps[0]!;
    const alone = steps.every(step => step.start === first.start && step.step.olds.length === first.step.olds.length && step.step.news.map(({ body }) => body).join('\n') === first.step.news.map(({ body }) => body).join('\n'))
      && first.step.olds.every((_, i) => !others(first.start + i)) && !first.step.olds.some((_, i) => i > 0 && this.all.additions[first.start + i]!.length);
    if (!alone) return null;
    if (k > first.start) return '';
    const { olds, news } = first.step, like = (now: Unit, old: Unit): Unit => sameShape(old, now) ? { ...now, text: old.text.slice(0, old.marker) + now.body, marker: old.marker, label: old.label, indent: old.indent } : now;
    const composer = new Composer('', '\n', this.family.document.grammar, () => this.attribute(by));
    composer.add({ olds: olds.map((_, i) => base[first.start + i]!).map(old => ({ ...old, tail: '\n' })), news: news.map((now, i) => ({ ...i ? now : like(now, unit), tail: '\n' })) });
    return composer.text.replace(/^[ \t\u00a0]+/, '').replace(/\n$/, '');
  }

  private stepAt(author: string, k: number): { step: Step; start: number } {
    let at = 0;
    for (const step of this.family.proposals.find(proposal => proposal.author === author)!.steps) {
      if (k < at + step.olds.length) return { step, start: at };
      at += step.olds.length;
    }
    throw new Error('A paragraph of the text in force is missing.');
  }

  /** A new paragraph, in all its wordings. */
  private addition({ variants }: Addition): void {
    const [first, ...others] = [...variants].sort((a, b) => byName(a.authors[0]!, b.authors[0]!)) as [Variant, ...Variant[]];
    // One comment holds all: a second one would be a reply to it.
    const whose = (variant: Variant) => variant.authors.join(' and ') + (variant.from.size ? ` (from ${this.placeOf([...variant.from.values()][0]!)})` : '');
    const one = others.length && (SINGLE.has(first.unit.kind) || (!this.family.base.length && HEADINGS.has(first.unit.kind))) ? mergeNew([first, ...others], authors => this.attribute(authors)) : null;
    if (one !== null) {
      if (SPACED.has(first.unit.kind)) this.space();
      this.put(first.unit, one);
      return;
    }
    const near = note(`${[first, ...others].map(whose).join('; ')} ${SAYS.near}`);
    for (const variant of [first, ...others]) {
      if (SPACED.has(variant.unit.kind)) this.space();
      const marked = variant === first ? this.whole(first.unit, 'final', first.authors, this.moves.get(first)) : this.differing(first.unit, variant), movers = [...variant.from.keys()];
      this.put(variant.unit, marked + (others.length ? variant === others.at(-1) ? near : '' : movers.length ? note(`${movers.join(' and ')} ${SAYS.move}, from ${this.placeOf(variant.from.get(movers[0]!)!)}`) : ''));
    }
  }

  /** Where a paragraph of the text in force stands, for people: `recalling a)`. */
  private placeOf(k: number): string {
    const { base } = this.family, { label } = base[k]!;
    let head = k;
    while (head > 0 && !HEADINGS.has(base[head]!.kind)) head--;
    return `${HEADINGS.has(base[head]!.kind) ? `“${base[head]!.body.replace(/\[\^[^\]]*\]/g, '')}”` : 'the top'}${/[\p{L}\d]/u.test(label) ? ` ${label}` : ''}`;
  }

  /** A new paragraph with those of its words highlighted that another one has not. */
  private differing(other: Unit, variant: Variant): string {
    const { unit, authors } = variant, by = this.attribute(authors), plain = this.whole(unit, 'final', authors, this.moves.get(variant));
    if (this.moves.has(variant) || unit.kind === 'table') return plain;
    let line = '', open = unit.text.slice(0, unit.marker);
    for (const { same, now } of compareWords(wordsOf(other.body), wordsOf(unit.body))) {
      if (same) { open += now.join(''); continue; }
      if (open) line += `{++${open}++}${by}`;
      if (now.length) line += `{=={++${now.join('')}++}${by}==}`;
      open = '';
    }
    if (open) line += `{++${open}++}${by}`;
    return readFor(line, authors) === unit.text && readFor(line, []) === '' ? line : plain;
  }

  /** A paragraph that is only in one view. */
  private whole(unit: Unit, view: 'original' | 'final', authors: readonly string[], move: string | null = null): string {
    return new Composer('', '\n', this.family.document.grammar, () => this.attribute(authors, move)).whole(unit, view);
  }

  private put({ indent, further }: Unit, text: string): void {
    if (further || this.apart) this.space();
    this.apart = this.goesOn;
    this.lines.push(...`${indent}${text}`.split('\n'));
  }

  /** Names the moves whose two ends are the same people's, in the order of the text in force. */
  private nameMoves(): void {
    const variants = this.all.additions.flat().flatMap(addition => addition.variants).filter(({ from, authors }) => from.size && from.size === authors.length && new Set(from.values()).size === 1);
    const origin = (variant: Variant) => [...variant.from.values()][0]!;
    for (const variant of variants.sort((a, b) => origin(a) - origin(b))) {
      const fates = [...this.all.fates[origin(variant)]!].filter(([, { kind }]) => kind !== 'kept');
      if (!fates.every(([author, { kind }]) => kind === 'moved' && variant.authors.includes(author)) || fates.length !== variant.authors.length) continue;
      const name = `m${origin(variant) + 1}`; // the same when a draft is brought up to date
      this.moves.set(variant, name).set(origin(variant), name);
    }
  }
}

function bracketed(unit: Unit): Unit {
  const [, inside, sign] = /^([^]*?)([;,.:]?(?:[ \u00a0]and)?)$/.exec(unit.body) as unknown as [string, string, string];
  const body = `[${inside}]${sign}`;
  return { ...unit, body, text: unit.text.slice(0, unit.marker) + body };
}
