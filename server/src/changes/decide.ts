/**
 * Accepting and rejecting tracked changes, and saying whose they are. Accepting never changes the final view,
 * rejecting never the original one; the layout apart, for blank lines and blanks at the ends of lines mean nothing.
 * Comments stay, as in Word, as long as there is something left of the paragraph they stand in.
 *
 * - `decide(document, 'accept' | 'reject', { author?, range? })`: the edits; all changes where nothing narrows them down
 * - `extent(document, placed)`: the range of a clause, a section, a text… with all that stands below it, for `decide`
 * - `attribute(document, { author, from? })`: the edits that say whose the marks are; `author: null` makes them anonymous
 */
import type { Attribute, Block, Mark, Piece, View } from '../markup/types';
import type { Document, Placed } from '../markup/document';
import { applyEdits, type Edit } from '../markup/edit';
import { inline, parseInline } from '../markup/inline';
import { skipBlanks } from '../markup/lines';
import { footnotesIn, type PlacedMark } from '../contribution/footnotes';
import { parents } from '../contribution/outline';
import { texts } from '../contribution/scopes';
import { attributeText, isChange, names, ownVoice, voiceOf, type Voice } from './attributes';
import { moves } from './moved';
import { counts, paragraphs } from './paragraphs';

export type Decision = 'accept' | 'reject';

/** Which changes are decided: all, unless something narrows them down. */
export interface Which {
  /** Those of one author. Rejecting one that others share leaves it to the others; accepting it accepts it for all. */
  readonly author?: string;
  /** Those that touch [start, end) of the document, or one of several such stretches; where the two are the same, the innermost change there. */
  readonly range?: Stretch | readonly Stretch[];
}

interface Stretch { readonly start: number; readonly end: number }

/** The edits that accept or reject changes. Both ends of a move are decided together, and a footnote goes with the references to it. */
export function decide(document: Document, decision: Decision, which: Which = {}): Edit[] {
  const own = ownVoice(document), chosen = choose(document, which, own);
  const isMeant = (mark: Mark) => which.author === undefined || voiceOf(mark, own).authors.includes(which.author);
  for (const mark of [...namedEnds(document, chosen), ...otherEnds(document, chosen)]) if (isMeant(mark)) chosen.add(mark);
  for (const mark of footnotesOf(document, chosen)) if (isMeant(mark)) chosen.add(mark);
  const walk = new Walk(own);
  for (const mark of chosen) {
    const others = which.author !== undefined && decision === 'reject' ? voiceOf(mark, own).authors.filter(author => author !== which.author) : [];
    if (others.length) walk.left.set(mark, others); else walk.decided.set(mark, decision);
  }
  if (chosen.size) for (const placed of document.blocks()) walk.step(placed);
  return walk.edits;
}

function* allChanges(document: Document): Generator<{ mark: Mark; start: number; end: number }> {
  for (const { block, start } of document.blocks()) {
    if (!block.source.includes('{')) continue;
    for (const mark of inline(block).marks) if (isChange(mark)) yield { mark, start: start + mark.start, end: start + (mark.attribute?.end ?? mark.end) };
  }
}

function choose(document: Document, { author, range }: Which, own: Voice): Set<Mark> {
  const all = [...allChanges(document)];
  const within = (stretch: Stretch) => {
    if (stretch.start < stretch.end) return all.filter(({ start, end }) => start < stretch.end && end > stretch.start);
    const at = stretch.start, holding = all.filter(({ start, end }) => start <= at && at < end);
    // A cursor right behind a mark means that mark, unless it is in another.
    return (holding.length ? holding : all.filter(({ end }) => end === at)).slice(-1);
  };
  const found = range ? [range].flat().flatMap(within) : all;
  return new Set(found.map(({ mark }) => mark).filter(mark => author === undefined || voiceOf(mark, own).authors.includes(author)));
}

/** The marks that have the name of a move with one that is chosen; names hold within a text. */
function namedEnds(document: Document, chosen: ReadonlySet<Mark>): Mark[] {
  if (![...chosen].some(mark => mark.attribute?.move)) return [];
  return texts(document).flatMap(({ run }) => {
    const marks = run.flatMap(({ blocks }) => blocks.flatMap(block => block.source.includes('{') ? inline(block).marks.filter(mark => isChange(mark) && mark.attribute?.move) : []));
    const named = new Set(marks.filter(mark => chosen.has(mark)).map(mark => mark.attribute!.move));
    return marks.filter(mark => named.has(mark.attribute!.move));
  });
}

/** The marks at both ends of the moves of which one end is wholly chosen: what is shown as one entry is decided as one. */
function otherEnds(document: Document, chosen: ReadonlySet<Mark>): Mark[] {
  if (!chosen.size) return [];
  const all = new Set(texts(document).flatMap(({ run }) => [...moves(run).values()].flatMap(ends => [...ends.values()])));
  return [...all].flatMap(({ from, to }) => {
    const ends = [from, to].map(({ block }) => inline(block).marks.filter((mark, _, marks) => isChange(mark) && !marks.some(outer => outer.start < mark.start && mark.end < outer.end)));
    return ends.some(marks => marks.every(mark => chosen.has(mark))) ? [from, to].flatMap(({ block }, i) => inChosenParagraphs(block, ends[i]!, chosen)) : [];
  });
}

/** Of the marks of a block those in the paragraphs in which some are chosen, or all: a clause's further paragraph may have moved by itself. */
function inChosenParagraphs(block: Block, marks: readonly Mark[], chosen: ReadonlySet<Mark>): readonly Mark[] {
  const breaks = inline(block).pieces.filter(({ kind }) => kind === 'paragraph-break'), paragraph = (mark: Mark) => breaks.filter(({ start }) => start < mark.start).length;
  const those = new Set(marks.filter(mark => chosen.has(mark)).map(paragraph));
  return those.size ? marks.filter(mark => those.has(paragraph(mark))) : marks;
}

/** The marks that insert (delete) whole footnotes to which every reference is inserted (deleted) by one of the chosen marks. */
function footnotesOf(document: Document, chosen: ReadonlySet<Mark>): Mark[] {
  if (!chosen.size) return [];
  return texts(document).flatMap(({ run }) => {
    const all = footnotesIn(run), by = ({ group, index, mark }: PlacedMark): Mark | null => {
      const piece = inline(run[group]!.blocks[index]!).pieces.find(piece => piece.start === mark.start);
      return mark.views.length === 1 ? piece?.[mark.views[0] === 'final' ? 'insertion' : 'deletion'] ?? null : null;
    };
    return all.filter(({ mark }) => mark.definition && mark.views.length === 1).flatMap(note => {
      const references = all.filter(({ mark }) => !mark.definition && mark.label === note.mark.label), block = run[note.group]!.blocks[note.index]!;
      const together = references.length && references.every(reference => { const mark = by(reference); return mark && chosen.has(mark) && reference.mark.views[0] === note.mark.views[0]; });
      return together ? inline(block).marks.filter(({ kind }) => kind === (note.mark.views[0] === 'final' ? 'insertion' : 'deletion')) : [];
    });
  });
}

/** The range of a clause with the clauses below it, or of a section, an annex, an instrument, a proposal with all they hold. */
export function extent(document: Document, { block, start, group: g, index }: Placed): { start: number; end: number } {
  const { groups } = document;
  const reading = block.final ?? block.original;
  if (index === 0 && reading?.kind !== 'clause') {
    const above = parents(document);
    let last = g + 1;
    while (last < groups.length && holds(above, g, last)) last++;
    return { start, end: document.groupStart(last).start };
  }
  let end = start + block.source.length;
  for (const below of groups[g]!.blocks.slice(index + 1)) {
    const { kind, level } = below.final ?? below.original ?? { kind: 'clause', level: Infinity };
    if (reading?.kind !== 'clause' || kind !== 'clause' || level <= reading.level) break;
    end += below.source.length;
  }
  return { start, end };
}

const holds = (above: Int32Array, outer: number, inner: number): boolean => above[inner]! === outer || (above[inner]! > outer && holds(above, outer, above[inner]!));

/** Front matter, blank lines and drafter's notes hold no marks. A note that is itself inserted stands in marks. */
const isOpaque = ({ source, final }: Block): boolean => final?.kind === 'front-matter' || final?.kind === 'blank' || source.startsWith('//');

/** Goes over the blocks of a document, from the first to the last, and gathers the edits. */
class Walk {
  readonly edits: Edit[] = [];
  readonly decided = new Map<Mark, Decision>();
  /** Marks that stay, with the authors that are left to them. */
  readonly left = new Map<Mark, readonly string[]>();
  /** The paragraph above has lost its end, so the next one goes on with it. */
  private joining = false;
  /** In which views something is there of the paragraph that is being joined. */
  private exists: Record<View, boolean> = { original: false, final: false };

  constructor(private readonly own: Voice) {}

  step({ block, start }: Placed): void {
    if (!this.joining && (isOpaque(block) || !inline(block).marks.some(mark => this.decided.has(mark) || this.left.has(mark)))) return;
    const work = new BlockWork(block, this.decided);
    for (const mark of inline(block).marks) {
      const authors = this.left.get(mark), { attribute } = mark;
      if (authors && !work.isRemoved(mark.start)) work.replace(attribute?.start ?? mark.end, attribute?.end ?? mark.end, attributeText({ authors, date: attribute?.date ?? this.own.date, move: attribute?.move ?? null }, this.own));
    }
    paragraphs(block).forEach(({ pieces, behind }, i) => this.paragraph(work, pieces, behind, i === 0));
    this.edits.push(...work.finish().map(edit => ({ ...edit, start: start + edit.start, end: start + edit.end })));
  }

  private paragraph(work: BlockWork, pieces: readonly Piece[], behind: Piece | null, first: boolean): void {
    const { source } = work.block;
    const words = pieces.filter(piece => counts(source, piece)), left = words.filter(piece => !work.isGone(piece));
    if (words.length && !left.length) {
      // Nothing is left of the paragraph. What goes on below it in the same block keeps its own line and indentation.
      const from = first || this.joining ? pieces[0]!.start : lineStart(source, pieces[0]!.start);
      // Without the blank line in front of it, the further paragraph would go on in the line of the clause above.
      const own = first ? /^[ \t\u00a0]*(?:\r\n?|\n)/.exec(behind ? source.slice(behind.start, behind.end) : '')?.[0].length : undefined;
      const to = !behind ? pieces.at(-1)!.end : this.joining || behind.kind === 'trailing' ? behind.end : own === undefined ? lineStart(source, behind.end) : behind.start + own;
      work.remove(from, to);
      return;
    }
    if (this.joining && first && pieces[0]?.kind === 'indent') work.remove(pieces[0].start, pieces[0].end);
    const ends = pieces.filter(piece => piece.kind === 'pilcrow');
    const ended = !ends.some(piece => work.isGone(piece));
    work.tidy(pieces, this.joining);
    if (!ended) for (const { insertion, deletion } of ends) for (const mark of [insertion, deletion]) if (mark) work.drop(mark);
    for (const view of ['original', 'final'] as const) {
      const change = (piece: Piece) => view === 'original' ? piece.insertion : piece.deletion;
      const isIn = (piece: Piece) => { const mark = change(piece); return !mark || this.decided.has(mark); };
      const there = left.some(isIn);
      // An inserted (deleted) paragraph that joins one which stays keeps its own end inserted (deleted).
      if (this.joining && this.exists[view] && !there && ended && left.length && !ends.some(piece => change(piece))) {
        const sign = view === 'original' ? '++' : '--', mark = change(left.at(-1)!)!;
        work.replace(behind?.start ?? source.length, behind?.start ?? source.length, `{${sign}¶${sign}}${attributeOf(mark, source)}`);
      }
      this.exists[view] = there || (this.joining && this.exists[view]);
    }
    if (!ended && behind) work.remove(behind.start, behind.end);
    this.joining = !ended;
  }
}

const attributeOf = ({ attribute }: Mark, source: string): string => attribute ? source.slice(attribute.start, attribute.end) : '';

/** Where the line begins that holds the character before `offset`, or that begins at `offset`. */
function lineStart(source: string, offset: number): number {
  let at = offset;
  while (at > 0 && source[at - 1] !== '\n' && source[at - 1] !== '\r') at--;
  return at;
}

/** What is taken out of one block and put into it. Offsets count in the block. */
class BlockWork {
  private readonly removed: Uint8Array;
  private readonly added: Edit[] = [];
  private readonly marks: readonly Mark[];

  constructor(readonly block: Block, private readonly decided: ReadonlyMap<Mark, Decision>) {
    this.removed = new Uint8Array(block.source.length);
    const { pieces, marks } = inline(block);
    this.marks = marks;
    for (const piece of pieces) if (this.isGone(piece)) this.remove(piece.start, piece.end);
    for (const mark of marks) if (decided.has(mark)) this.removeSigns(mark);
    for (const { kind, start, end, insertion, deletion } of pieces)
      if (kind === 'pilcrow' && (!insertion || decided.has(insertion)) && (!deletion || decided.has(deletion))) this.remove(start, end);
    // From the inside out: a mark that has lost all that was in it goes too.
    for (const mark of [...marks].reverse())
      if (!decided.has(mark) && mark.kind !== 'substitution' && mark.end > mark.start + 6 && this.isEmpty(mark.start + 3, mark.end - 3)) this.removeSigns(mark);
  }

  /** Whether a piece goes: what a rejected insertion holds, what an accepted deletion holds. */
  isGone({ insertion, deletion }: Piece): boolean {
    return (insertion !== null && this.decided.get(insertion) === 'reject') || (deletion !== null && this.decided.get(deletion) === 'accept');
  }

  isRemoved(offset: number): boolean { return this.removed[offset] === 1; }
  remove(start: number, end: number): void { this.removed.fill(1, start, end); }
  replace(start: number, end: number, text: string): void { this.remove(start, end); this.added.push({ start, end: start, text }); }
  drop(mark: Mark): void { this.remove(mark.start, mark.attribute?.end ?? mark.end); }

  private removeSigns({ start, end, divider, attribute }: Mark): void {
    this.remove(start, start + 3);
    this.remove(end - 3, end);
    if (divider >= 0) this.remove(divider, divider + 2);
    if (attribute) this.remove(attribute.start, attribute.end);
  }

  private isEmpty(start: number, end: number): boolean { return this.removed.indexOf(0, start) >= end || this.removed.indexOf(0, start) < 0; }

  /** Takes away blanks that would begin a line, and wraps of lines that have lost their words. */
  tidy(pieces: readonly Piece[], joining: boolean): void {
    const { source } = this.block;
    let wrap: Piece | null = null, bare = !joining, changed = false;
    for (const piece of pieces) {
      if (piece.kind === 'indent' || piece.start === piece.end) continue;
      if (this.isEmpty(piece.start, piece.end)) { changed = true; continue; }
      if (piece.kind === 'soft-break') {
        if (bare || (wrap && changed)) this.remove(piece.start, piece.end); else wrap = piece;
        changed = false;
        continue;
      }
      if (bare && piece.kind === 'text') {
        const text = skipBlanks(source, piece.start);
        this.remove(piece.start, Math.min(text, piece.end));
        if (text >= piece.end) continue;
      }
      bare = false;
      if (counts(source, piece) || piece.kind !== 'text') wrap = null;
    }
    if (wrap && changed) this.remove(wrap.start, wrap.end);
  }

  /** The edits, in order. Text that would now be read as a mark is escaped. */
  finish(): Edit[] {
    const edits = this.gather();
    const kept = this.marks.filter(mark => !this.removed[mark.start]).map(mark => mark.kind);
    const text = applyEdits(this.block.source, edits), pilcrows = this.added.filter(edit => edit.text.includes('¶')).length;
    const { marks } = parseInline(text);
    const same = marks.length === kept.length + pilcrows && kept.every((kind, i) => marks[i]!.kind === kind);
    if (same || isOpaque(this.block)) return edits;
    for (const { kind, start, end } of inline(this.block).pieces)
      for (let at = start; kind === 'text' && at < end; at++) if (/[{}>]/.test(this.block.source[at]!) && !this.removed[at]) this.added.push({ start: at, end: at, text: '\\' });
    return this.gather();
  }

  private gather(): Edit[] {
    const edits: Edit[] = [...this.added];
    for (let at = this.removed.indexOf(1); at >= 0;) {
      const end = this.removed.indexOf(0, at);
      edits.push({ start: at, end: end < 0 ? this.removed.length : end, text: '' });
      at = end < 0 ? -1 : this.removed.indexOf(1, end);
    }
    return edits.sort((a, b) => a.start - b.start || a.end - b.end);
  }
}

/**
 * The edits that give marks, comments included, to another author: all, or those of `from`, which may share them
 * with others. With no author they become anonymous: names and dates go, and what the front matter says holds.
 */
export function attribute(document: Document, { author, from }: { readonly author: string | null; readonly from?: string }): Edit[] {
  const own = ownVoice(document), to = names(author ?? ''), edits: Edit[] = [];
  for (const { block, start } of document.blocks()) {
    if (!block.source.includes('{')) continue;
    for (const mark of inline(block).marks) {
      const { attribute: old, end } = mark, { authors, date } = voiceOf(mark, own);
      if (mark.kind === 'highlight' || (from !== undefined && !authors.includes(from))) continue;
      const next = from === undefined ? to : [...new Set(authors.flatMap(name => name === from ? to : [name]))];
      const said: Pick<Attribute, 'authors' | 'date' | 'move'> = { authors: next.length ? next : own.authors, date: author === null ? own.date : date, move: old?.move ?? null };
      const text = attributeText(said, own), at = old?.start ?? end;
      if (text !== block.source.slice(at, old?.end ?? end)) edits.push({ start: start + at, end: start + (old?.end ?? end), text });
    }
  }
  return edits;
}
