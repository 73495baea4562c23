/**
 * From the blocks of a document to Word's paragraphs: which style each has, which characters of the source are
 * printed, and which changes they carry (markup, sections 3 to 6; the styles are those of ITU's own files).
 */
import type { Block, BlockKind, Mark, Piece, Reading, View } from '../../markup/types';
import type { Document, Placed } from '../../markup/document';
import { inView } from '../../markup/block';
import { defaults } from '../../markup/frontMatter';
import { inline } from '../../markup/inline';
import { SUFFIXES } from '../../markup/labels';
import { skipBlanks } from '../../markup/lines';
import { clauseIndent } from '../styles';
import type { Change, Comment, Item, Note, Paragraph, Row, Run, Table, WordBody, WordView } from './model';
import { dateTime } from './xml';

const NOT_PRINTED: ReadonlySet<BlockKind> = new Set(['front-matter', 'blank', 'drafter-note']);
/** Blocks that begin a text with footnotes of its own. */
const BEGINS_TEXT: ReadonlySet<BlockKind> = new Set(['proposal', 'instrument']);

/** The paragraphs, tables and comments of a document in one view. Footnotes hang on their references. */
export function wordBody(document: Document, view: WordView): WordBody {
  const builder = new Builder(document, view);
  for (const placed of document.blocks()) builder.add(placed);
  typedOn(builder.children);
  return { children: builder.children, comments: builder.comments };
}

/**
 * Where a line ends in new words and the lines behind it are new as a whole, brings the tracked ends to where Word has them when all of it
 * is typed at a stretch: the line's own end is new, and its old end stands behind the last of the new ones. What is read is the same,
 * but LibreOffice would take the line's end for new anyway, and then join too much when the change is rejected.
 */
function typedOn(children: readonly (Paragraph | Table)[]): void {
  for (let i = 0; i < children.length; i++) {
    const line = children[i]!, last = line.kind === 'paragraph' ? line.content.at(-1) : undefined, change = last?.insertion;
    if (line.kind === 'table' || line.insertedEnd || line.deletedEnd || !change || change.move) continue;
    let to = i;
    for (let next = children[to + 1]; next?.kind === 'paragraph' && next.insertedEnd === change && !next.deletedEnd; next = children[to + 1]) to++;
    const lowest = children[to]!;
    if (to === i || lowest.kind === 'table' || lowest.style !== line.style || lowest.indent || line.indent || lowest.close !== line.close) continue;
    line.insertedEnd = change;
    lowest.insertedEnd = null;
    i = to;
  }
}

/** A paragraph that is being made: not every one exists in every view. */
interface Draft extends Paragraph { inOriginal: boolean; inFinal: boolean }

class Builder {
  readonly children: (Paragraph | Table)[] = [];
  readonly comments: Comment[] = [];
  private readonly changes = new Map<string, Change>();
  private readonly whose = new Map<Mark, Change>();
  private readonly written = new Map<Mark, Comment>();
  /** The bars between the cells of rows. */
  private readonly bars = new Set<Item>();
  private readonly author: string;
  private readonly date: string | null;
  private readonly notes: Notes;
  /** The paragraph above goes on with the next one. */
  private open: Paragraph | null = null;
  /** Counts the texts that have footnotes of their own. */
  private text = 0;
  /** Level of the last clause that begins at the margin. */
  private flat = 1;
  /** Kind of the printed block above, and what a title would be the title of. */
  private above: BlockKind | null = null;
  private part: Part = RESOLUTION;

  constructor(private readonly document: Document, private readonly view: WordView) {
    const { author, date } = defaults(document);
    this.author = author ?? 'Author';
    this.date = date;
    this.notes = new Notes(document, view);
  }

  add(placed: Placed): void {
    const { block } = placed, reading = this.reading(block), kind = reading?.kind ?? 'paragraph';
    if (NOT_PRINTED.has((block.final ?? block.original)?.kind ?? 'paragraph')) return;
    if (BEGINS_TEXT.has(kind)) this.text++;
    if (kind !== 'footnote' || !this.notes.isReferredTo(block)) {
      const paragraphs = this.paragraphs(placed);
      if (kind === 'table') this.addRow(paragraphs.shift()!);
      if (kind === 'footnote') unreferred(paragraphs, block);
      this.children.push(...this.kept(paragraphs));
    }
    if (reading) this.above = kind;
  }

  private reading(block: Block): Reading | null {
    return this.view === 'marked' ? block.final ?? block.original : block[this.view];
  }

  /** The paragraphs that exist in the view, those whose ends do not exist in it joined with the next. */
  private kept(drafts: readonly Draft[]): Paragraph[] {
    if (this.view === 'marked') return [...drafts];
    const result: Paragraph[] = [];
    for (const draft of drafts) {
      if (!(this.view === 'original' ? draft.inOriginal : draft.inFinal)) continue;
      const ended = (this.view === 'original' ? draft.insertedEnd : draft.deletedEnd) === null;
      draft.insertedEnd = draft.deletedEnd = null;
      if (this.open) this.open.content.push(...draft.content); else result.push(draft);
      this.open = ended ? null : this.open ?? draft;
    }
    return result;
  }

  private paragraphs(placed: Placed): Draft[] {
    const { block, line } = placed, { pieces } = inline(block);
    const reading = this.reading(block), drafts: Draft[] = [];
    let from = 0;
    for (let to = 0; to <= pieces.length; to++) {
      const kind = pieces[to]?.kind;
      if (to < pieces.length && kind !== 'paragraph-break' && kind !== 'trailing') continue;
      const start = pieces[from]?.start ?? 0;
      if (to > from) drafts.push(this.paragraph(placed, pieces.slice(from, to), line + (start ? lineEndsIn(block.source, start) : 0)));
      from = to + 1;
      if (kind === 'trailing') break;
    }
    drafts.forEach((draft, i) => this.dress(draft, reading, i, placed));
    return drafts;
  }

  private paragraph({ block, group }: Placed, pieces: readonly Piece[], line: number): Draft {
    const existence = existenceOf(block.source, pieces);
    const draft: Draft = { kind: 'paragraph', line, style: null, indent: null, close: false, aboveTable: false, content: [], insertedEnd: null, deletedEnd: null, ...existence };
    const inserted = existence.inOriginal ? null : this.changeOf(lastMark(pieces, 'insertion'));
    const deleted = existence.inFinal ? null : this.changeOf(lastMark(pieces, 'deletion'));
    const pilcrows = pieces.filter(piece => piece.kind === 'pilcrow');
    draft.insertedEnd = inserted ?? this.changeOf(pilcrows.find(piece => piece.insertion)?.insertion);
    draft.deletedEnd = deleted ?? this.changeOf(pilcrows.find(piece => piece.deletion)?.deletion);
    draft.content = this.items(block, pieces, this.document.groups[group]!.blocks[0]!);
    // What stands between the marks of a paragraph that is new or deleted as a whole goes with it.
    if (this.view === 'marked') for (const item of draft.content) {
      item.insertion ??= inserted;
      item.deletion ??= deleted;
    }
    return draft;
  }

  /** Whose a mark is: its attribute's word, else the front matter's. */
  private changeOf(mark: Mark | null | undefined): Change | null {
    if (!mark) return null;
    let change = this.whose.get(mark);
    if (change) return change;
    const { attribute } = mark, author = attribute?.authors.join('; ') || this.author, day = attribute?.date ?? this.date ?? '';
    const move = mark.kind === 'substitution' ? null : attribute?.move ?? null, key = `${day} ${move} ${author}`;
    change = this.changes.get(key);
    if (!change) {
      // Days that are written otherwise, or do not exist, are the same to Word.
      const date = dateTime(day), same = `${date}\n${move} ${author}`;
      this.changes.set(key, change = this.changes.get(same) ?? { author, date, move }).set(same, change);
    }
    this.whose.set(mark, change);
    return change;
  }

  private items(block: Block, pieces: readonly Piece[], head: Block): Item[] {
    const { source } = block, marked = this.view === 'marked';
    const marks = inline(block).marks.filter(({ kind }) => kind === 'comment' || kind === 'highlight');
    const zones = new Zones(block, (head.final ?? head.original)?.kind === 'section');
    const items: Item[] = [];
    for (const piece of pieces) {
      if (piece.kind === 'mark') { if (marked) this.commentSign(block, piece, items, marks); continue; }
      if (!PRINTED.has(piece.kind) || piece.comment || (!marked && !inView(piece, this.view as View))) continue;
      const insertion = marked ? this.changeOf(piece.insertion) : null, deletion = marked ? this.changeOf(piece.deletion) : null;
      if (piece.kind === 'footnote-reference') {
        const label = source.slice(piece.start + 2, piece.end - 1), note = this.notes.find(label, this.text, placed => this.footnote(placed));
        if (note) { items.push({ kind: 'reference', note, insertion, deletion }); continue; }
      }
      const highlighted = marked && piece.highlight !== null && !threadBehind(piece.highlight, marks).length;
      for (const { start, end, zone } of zones.of(piece)) {
        if (zone === 'dropped' || (zone === 'separator' && items.at(-1) === zones.separator)) continue;
        const text = zone === 'separator' ? '\t' : printed(source, piece, start, end);
        const label = zone === 'label' || zone === 'italic label';
        const run: Run = {
          kind: 'run', text, italic: label ? zone === 'italic label' : piece.italic, bold: label ? false : piece.bold,
          underline: false, smallLetters: false, highlighted, style: null, insertion, deletion,
        };
        if (zone === 'separator') zones.separator = run;
        if (piece.kind === 'bar') this.bars.add(run);
        items.push(run);
      }
    }
    return items;
  }

  /** What Word needs of a comment where its sign, or that of its range, opens. */
  private commentSign(block: Block, piece: Piece, items: Item[], marks: readonly Mark[]): void {
    const mark = marks.find(({ start }) => start === piece.start);
    if (!mark) return;
    const tracked = { insertion: this.changeOf(piece.insertion), deletion: this.changeOf(piece.deletion) };
    const begun = this.written.get(mark);
    if (!begun) {
      const thread = mark.kind === 'comment' ? [mark, ...threadBehind(mark, marks)] : threadBehind(mark, marks);
      for (const comment of this.thread(block, thread)) items.push({ kind: 'comment-start', comment, ...tracked });
    }
    const comment = begun ?? this.written.get(mark);
    if (comment) items.push({ kind: 'comment-end', comment, ...tracked });
  }

  /** The comments of a thread; all but the first are answers to it. */
  private thread(block: Block, marks: readonly Mark[]): Comment[] {
    const first = this.notes.most + 1 + this.comments.length, { pieces } = inline(block);
    return marks.map((mark, i) => {
      const text = pieces.filter(piece => piece.comment === mark && piece.kind !== 'mark').map(piece => printed(block.source, piece, piece.start, piece.end)).join('').replace(/[ \t]*[\r\n]+[ \t]*/g, ' ').trim();
      const comment: Comment = { id: first + i, parent: i ? first : null, change: this.changeOf(mark)!, text };
      this.comments.push(comment);
      this.written.set(mark, comment);
      return comment;
    });
  }

  private footnote(placed: Placed): Paragraph[] {
    const above = this.open;
    this.open = null;
    const paragraphs = this.kept(this.paragraphs(placed));
    this.open = above;
    for (const paragraph of paragraphs) paragraph.insertedEnd = paragraph.deletedEnd = null;
    const first = paragraphs[0]?.content.find(item => item.kind === 'run');
    if (first) first.text = first.text.slice(skipBlanks(first.text, 0));
    return paragraphs;
  }

  /** Gives a paragraph the style of its kind. */
  private dress(draft: Draft, reading: Reading | null, index: number, { block }: Placed): void {
    const kind = reading?.kind ?? 'paragraph', level = reading?.level ?? 0;
    switch (kind) {
      case 'heading': draft.style = level === 1 && !startsWithNumber(draft) ? 'Headingb' : `Heading${level}`; break;
      case 'proposal': draft.style = 'Proposal'; proposalLine(draft); break;
      case 'instrument': draft.style = 'ResNo'; numberLine(draft, false); this.part = RESOLUTION; break;
      case 'title': draft.style = this.part.title; draft.close = this.above === 'title'; break;
      case 'history': draft.style = 'Resref'; break;
      case 'assembly': draft.style = 'Normalaftertitle'; break;
      case 'section': draft.style = 'Call'; break;
      case 'clause': this.clauseLine(draft, reading!, index > 0); break;
      case 'reasons': draft.style = 'Reasons'; if (level === 1 && index === 0) reasonsLine(draft); break;
      case 'annex': {
        const isReference = this.above === 'annex' && textOf(draft).startsWith('(');
        if (!isReference) this.part = partOf(textOf(draft), this.document.grammar.annexes);
        draft.style = isReference ? this.part.reference : this.part.number;
        if (!isReference) numberLine(draft, true);
        break;
      }
      case 'note': draft.style = 'Note'; break;
      case 'footnote': draft.style = 'FootnoteText'; break;
      case 'paragraph':
        if (this.above === 'title') draft.style = 'Normalaftertitle';
        if (block.source[0] !== '\\') unescapeStart(draft);
        break;
      default: draft.style = null;
    }
  }

  /**
   * Clauses of the first level and decimals begin at the margin and run on to it, as in ITU's texts; those below hang
   * from their labels, one step further in with each level.
   */
  private clauseLine(paragraph: Paragraph, { level, label }: Reading, further: boolean): void {
    const flat = level === 1 || (label?.kind === 'number' && label.parts.length === level);
    if (flat) this.flat = level;
    const step = flat ? 0 : Math.max(1, level - this.flat);
    if (step) paragraph.style = `enumlev${Math.min(step, 3)}`;
    if (further) paragraph.indent = { left: clauseIndent(Math.max(step, 1)).left, hanging: 0 };
    else if (step > 3 || label?.kind === 'dash' && !step) paragraph.indent = clauseIndent(Math.max(step, 1));
  }

  /** A table row joins the table above it. */
  private addRow(draft: Draft): void {
    let table = this.children.at(-1);
    if (this.view !== 'marked' && !(this.view === 'original' ? draft.inOriginal : draft.inFinal)) return;
    const cells = cellsOf(draft, this.bars);
    // One dash is what is said of a cell that holds nothing.
    if (cells.length && cells.every(cell => /^\s*(?::-+:?|-+:|-{2,})\s*$/.test(textOf(cell)))) {
      // The line under the head is not printed; it tells that the row above is one.
      const head = table?.kind === 'table' ? table.rows.at(-1) : undefined;
      if (head) { head.header = true; for (const cell of head.cells) cell.style = 'Tablehead'; }
      return;
    }
    if (table?.kind === 'paragraph' && (!table.style || table.style === 'Normalaftertitle')) table.aboveTable = true;
    if (table?.kind !== 'table') this.children.push(table = { kind: 'table', line: draft.line, rows: [] });
    const row: Row = { line: draft.line, header: false, cells, insertion: draft.inOriginal ? null : draft.insertedEnd, deletion: draft.inFinal ? null : draft.deletedEnd };
    if (this.view !== 'marked') row.insertion = row.deletion = null;
    table.rows.push(row);
    this.open = null;
  }
}

const PRINTED: ReadonlySet<Piece['kind']> = new Set(['text', 'escape', 'line-break', 'soft-break', 'paragraph-break', 'footnote-reference', 'bar']);

/** What a piece prints between two of its offsets. */
function printed(source: string, piece: Piece, start: number, end: number): string {
  switch (piece.kind) {
    case 'escape': return source.slice(piece.start + 1, piece.end);
    case 'line-break': case 'paragraph-break': return '\n';
    case 'soft-break': return ' ';
    default: return source.slice(start, end);
  }
}

/** Which parts of a block's first paragraph are its label, what divides the label from the text, and what is not printed. */
class Zones {
  /** The tab that stands for the separator, once it is made. */
  separator: Run | null = null;
  private readonly cuts: readonly number[];

  constructor(private readonly block: Block, private readonly inSection: boolean) {
    const cuts = new Set<number>();
    for (const reading of [block.original, block.final]) if (reading) {
      if (reading.label) cuts.add(reading.label.start).add(reading.label.end);
      if (reading.textStart) cuts.add(reading.textStart);
    }
    this.cuts = [...cuts].sort((a, b) => a - b);
  }

  /** A piece cut where zones meet. */
  *of(piece: Piece): Generator<{ start: number; end: number; zone: string }> {
    let start = piece.start;
    if (piece.kind === 'text') for (const cut of this.cuts) if (cut > start && cut < piece.end) {
      yield { start, end: cut, zone: this.at(start, cut, piece) };
      start = cut;
    }
    yield { start, end: piece.end, zone: this.at(start, piece.end, piece) };
  }

  private at(start: number, end: number, piece: Piece): string {
    const { block } = this;
    // A piece of both views is read as in the final one; one that is in neither is just text.
    const reading = piece.deletion ? piece.insertion ? null : block.original : block.final ?? (piece.insertion ? null : block.original);
    if (!reading || start >= reading.textStart) return 'text';
    const { label } = reading;
    if (!label) return reading.kind === 'heading' || reading.kind === 'footnote' ? 'dropped' : 'text';
    if (start < label.start) return 'dropped';
    if (start < label.end) return this.inSection && reading.level === 1 && (label.kind === 'letter' || label.kind === 'roman') ? 'italic label' : 'label';
    return skipBlanks(block.source, start) >= end || piece.kind === 'soft-break' ? 'separator' : 'text';
  }
}

/**
 * The footnotes of a document: which definition a label means where. One whose references are all gone from a view is not
 * in that view either, as Word has it.
 */
class Notes {
  private readonly definitions = new Map<string, Placed>();
  private readonly made = new Map<Block, Note>();
  private readonly referredTo = new Set<Block>();
  private making = false;
  /** How many footnotes the file has at most. */
  readonly most: number;

  constructor(document: Document, view: WordView) {
    const references: { label: string; text: number }[] = [];
    let text = 0;
    for (const placed of document.blocks()) {
      const { block } = placed, kind = (view === 'marked' ? block.final ?? block.original : block[view])?.kind;
      if (kind && BEGINS_TEXT.has(kind)) text++;
      if (!block.source.includes('[^')) continue;
      const pieces = inline(block).pieces;
      if (kind === 'footnote') {
        const label = /\[\^([^\]\s[]+)\]:/.exec(block.source)![1]!;
        for (const key of [`${text} ${label}`, label]) if (!this.definitions.has(key)) this.definitions.set(key, placed);
      } else if (kind && !NOT_PRINTED.has(kind)) for (const piece of pieces)
        if (piece.kind === 'footnote-reference') references.push({ label: block.source.slice(piece.start + 2, piece.end - 1), text });
    }
    this.most = references.length;
    for (const { label, text: where } of references) {
      const definition = this.definition(label, where);
      if (definition) this.referredTo.add(definition.block);
    }
  }

  isReferredTo(block: Block): boolean { return this.referredTo.has(block); }

  /** The footnote of a label in the given text, made where it is asked for first; null where there is none. */
  find(label: string, text: number, make: (placed: Placed) => Paragraph[]): Note | null {
    const definition = this.definition(label, text);
    // A footnote cannot refer to footnotes: Word has no place for that.
    if (!definition || !this.isReferredTo(definition.block) || this.making) return null;
    let note = this.made.get(definition.block);
    if (!note) {
      this.making = true;
      this.made.set(definition.block, note = { label, paragraphs: make(definition), references: 0 });
      this.making = false;
    }
    note.references++;
    return note;
  }

  /** The definition in the same text, else the first of the document. */
  private definition(label: string, text: number): Placed | undefined {
    return this.definitions.get(`${text} ${label}`) ?? this.definitions.get(label);
  }
}

/** The comments right behind a mark. */
function threadBehind(mark: Mark, marks: readonly Mark[]): Mark[] {
  const thread: Mark[] = [];
  for (let above = mark; ;) {
    const end = above.attribute?.end ?? above.end;
    const comment = marks.find(({ kind, start }) => kind === 'comment' && start === end);
    if (!comment) return thread;
    thread.push(above = comment);
  }
}

/** Whether a paragraph exists in the two views: whether anything of it but blanks does (markup, section 6). */
function existenceOf(source: string, pieces: readonly Piece[]): { inOriginal: boolean; inFinal: boolean } {
  let counted = false, inOriginal = false, inFinal = false;
  for (const piece of pieces) {
    if (piece.comment || piece.kind === 'indent' || piece.kind === 'soft-break' || !(PRINTED.has(piece.kind) || piece.kind === 'prefix' || piece.kind === 'emphasis')) continue;
    if (piece.kind === 'text' && skipBlanks(source, piece.start) >= piece.end) continue;
    counted = true;
    inOriginal ||= !piece.insertion;
    inFinal ||= !piece.deletion;
  }
  return counted ? { inOriginal, inFinal } : { inOriginal: true, inFinal: true };
}

function lastMark(pieces: readonly Piece[], side: 'insertion' | 'deletion'): Mark | null {
  for (let i = pieces.length - 1; i >= 0; i--) if (pieces[i]![side]) return pieces[i]![side];
  return null;
}

function lineEndsIn(source: string, end: number): number {
  return source.slice(0, end).match(/\r\n|\r|\n/g)?.length ?? 0;
}

const runsOf = (paragraph: Paragraph): Run[] => paragraph.content.filter(item => item.kind === 'run');
const textOf = (paragraph: Paragraph): string => runsOf(paragraph).map(run => run.text).join('');
const startsWithNumber = (paragraph: Paragraph): boolean => /^\s*(?:\d|[A-Z]\.\d)/.test(textOf(paragraph));

/** Cuts a run in two; both keep its look and its changes. */
function cut(paragraph: Paragraph, run: Run, at: number): [Run, Run] {
  const before: Run = { ...run, text: run.text.slice(0, at) }, behind: Run = { ...run, text: run.text.slice(at) };
  const parts = [before, behind].filter(({ text }) => text);
  paragraph.content.splice(paragraph.content.indexOf(run), 1, ...parts);
  return [before, behind];
}

/** `MOD`, a tab, the identifier; an underlined NOC is underlined. */
function proposalLine(paragraph: Paragraph): void {
  const done = { original: false, final: false };
  for (const run of runsOf(paragraph)) {
    const original = !run.insertion, final = !run.deletion;
    if ((original && !done.original) || (final && !done.final)) {
      const tabbed = run.text.replace(/[ \t\u00a0]+/, '\t');
      if (tabbed.includes('\t')) { run.text = tabbed; done.original ||= original; done.final ||= final; }
    }
    if (run.text.startsWith('_NOC_')) {
      run.text = run.text.replace('_NOC_', 'NOC');
      cut(paragraph, run, 3)[0].underline = true;
    }
  }
}

/**
 * The line of an instrument or annex, which its style sets in capitals: what stands in parentheses is not, the number
 * of a resolution is what a running foot looks for, and `(to Resolution 1 …)` goes on a line of its own.
 */
function numberLine(paragraph: Paragraph, annex: boolean): void {
  let inside = false;
  paragraph.content = paragraph.content.flatMap((item): Item[] => {
    if (item.kind !== 'run') return [item];
    const at = inside ? 0 : item.text.search(annex ? TO_TEXT : /\(/);
    inside ||= at >= 0;
    const before = at < 0 ? item.text : item.text.slice(0, at), behind: Run = { ...item, text: item.text.slice(before.length), smallLetters: true };
    const parts: Run[] = annex
      ? (inside ? before.replace(/[ \u00a0]+$/, '\n') : before).split(LATIN).map((text, i) => ({ ...item, text, smallLetters: i % 2 > 0 }))
      : before.split(/(\d[^\s(]*|\[[^\]]*\])/).map((text, i) => ({ ...item, text, style: i % 2 ? 'href' : null }));
    return [...parts, behind].filter(({ text }) => text);
  });
}

/** `Section 1bis`: of the number of a section or annex, this stays as it is. */
const LATIN = new RegExp(`(?<=\\d)(${SUFFIXES.filter(Boolean).join('|')})\\b`);
const TO_TEXT = /\((?:to|of|à|a la|к|إلى)[ \u00a0]/i;

/** `Reasons:` in bold. */
function reasonsLine(paragraph: Paragraph): void {
  for (const run of runsOf(paragraph)) {
    const colon = run.text.search(/[:：]/);
    if (colon >= 0) { cut(paragraph, run, colon + 1)[0].bold = true; return; }
    run.bold = true;
  }
}

/** A definition that nothing refers to: its label is printed, so that nothing is lost. */
function unreferred(paragraphs: readonly Paragraph[], block: Block): void {
  const first = paragraphs[0];
  if (!first) return;
  const label = /\[\^([^\]\s[]+)\]:/.exec(block.source)![1]!, run = runsOf(first)[0];
  if (run) run.text = `${label}\t${run.text.slice(skipBlanks(run.text, 0))}`;
  else first.content.push({ kind: 'run', text: label, italic: false, bold: false, underline: false, smallLetters: false, highlighted: false, style: null, insertion: first.insertedEnd, deletion: first.deletedEnd });
}

/** The backslash that makes a line a plain paragraph, where it stands inside a mark. */
function unescapeStart(paragraph: Paragraph): void {
  const run = runsOf(paragraph)[0];
  if (run && (run.insertion || run.deletion) && run.text.startsWith('\\')) run.text = run.text.slice(1);
}

interface Part { readonly number: string; readonly reference: string; readonly title: string }
const RESOLUTION: Part = { number: 'ResNo', reference: 'Resref', title: 'Restitle' };
const ANNEX: Part = { number: 'AnnexNo', reference: 'Annexref', title: 'Annextitle' };
const APPENDIX: Part = { number: 'AppendixNo', reference: 'Appendixref', title: 'Appendixtitle' };
const SECTION: Part = { number: 'SectionNo', reference: 'Annexref', title: 'Sectiontitle' };

/** Which part of a text an annex line opens. A grammar names annexes first, then appendices, and sections last. */
function partOf(text: string, words: readonly string[]): Part {
  const index = words.findIndex(word => text.toUpperCase().startsWith(word));
  return index === 1 ? APPENDIX : index > 1 && index === words.length - 1 ? SECTION : ANNEX;
}

/** The cells of a row: its text cut at the bars, blanks around each dropped. */
function cellsOf(row: Paragraph, bars: ReadonlySet<Item>): Paragraph[] {
  const cells: Paragraph[] = [];
  const open = (): Paragraph => {
    const cell: Paragraph = { ...row, style: 'Tabletext', content: [], insertedEnd: null, deletedEnd: null };
    cells.push(cell);
    return cell;
  };
  let cell = open();
  for (const item of row.content) {
    if (bars.has(item)) cell = open(); else cell.content.push(item);
  }
  const bare = ({ content }: Paragraph) => content.every(item => item.kind === 'run' && item.text.trim() === '');
  // The bars at both ends of a row are its edges.
  if (cells.length > 1 && bare(cells[0]!)) cells.shift();
  if (cells.length > 1 && bare(cells.at(-1)!)) cells.pop();
  for (const { content } of cells) {
    for (let run = content[0]; run?.kind === 'run'; run = content[0]) { run.text = run.text.trimStart(); if (run.text) break; content.shift(); }
    for (let run = content.at(-1); run?.kind === 'run'; run = content.at(-1)) { run.text = run.text.trimEnd(); if (run.text) break; content.pop(); }
  }
  return cells;
}
