/** The parts of a Word file that hold text (body, footnotes, endnotes, comments, page headers): from their elements to paragraphs and tables. */
import type { Block, Cell, Change, Item, Paragraph, Repeated, Row, Run, Table } from './model';
import { wordsOf } from './model';
import { UnreadableWord } from './package';
import type { Report } from './report';
import type { Styles } from './styles';
import { symbol } from './symbols';
import type { Attributes, Handler } from './xml';

/** What is the same for all parts of a file. */
export interface Context {
  readonly styles: Styles;
  readonly report: Report;
  readonly changes: Changes;
  /** Which note the reference at a bookmark refers to. */
  readonly noteAt: Map<string, string>;
  /** The marks of notes that Word does not number, by the notes' keys. */
  readonly marks: Map<string, string>;
  /** How many paragraphs there are so far. */
  paragraphs: number;
}

/** Changes by who, when and move: equal ones are one object. */
export class Changes {
  private readonly known = new Map<string, Change>();
  private readonly moves = new Map<string, string>();

  of({ 'w:author': author = '', 'w:date': written = '' }: Attributes, move: string | null = null): Change {
    const key = `${written} ${move} ${author}`;
    let change = this.known.get(key);
    if (!change) {
      const date = dateOf(written), plain = `${date} ${move} ${author}`;
      change = this.known.get(plain) ?? { author: author.trim(), date, move };
      this.known.set(key, change).set(plain, change);
    }
    return change;
  }

  /** The name by which the two ends of a move know each other. */
  move(name: string): string {
    let move = this.moves.get(name);
    if (!move) {
      const own = /^move_([\w-]+)$/.exec(name)?.[1];
      this.moves.set(name, move = own ?? `m${this.moves.size + 1}`);
    }
    return move;
  }
}

/** Word's date and time as the markup has it: to the minute, midnight left out; null for what is none. */
function dateOf(written: string): string | null {
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(written);
  if (!match || Number.isNaN(Date.parse(match[1]!))) return null;
  let [, day, time, zone] = match;
  if (zone && zone !== 'Z' && time) [day, time] = new Date(`${day}T${time}:00${zone}`).toISOString().slice(0, 16).split('T') as [string, string];
  return time && time !== '00:00' ? `${day}T${time}Z` : day!;
}

interface Field { phase: 'instruction' | 'result'; instruction: string; repeated: Repeated | null }
interface Look { italic: boolean; bold: boolean; underline: boolean; highlighted: boolean }
/** `start`: how much was read before it. */
interface Open { readonly paragraph: Paragraph; readonly boxes: Block[]; readonly start: number }

/** Elements whose content is no text. */
const SKIPPED: ReadonlySet<string> = new Set([
  'w:sdtPr', 'w:sdtEndPr', 'w:customXmlPr', 'w:smartTagPr', 'w:tblPr', 'w:tblGrid', 'w:tblPrEx', 'w:tabs', 'w:pBdr', 'w:ffData', 'w:framePr', 'w:rubyPr', 'w:tcBorders', 'w:tcMar', 'w:binData', 'w:background', 'mc:Ignorable',
]);
/** Tracked changes that change no word, and what they change. */
const FORM_CHANGES: Readonly<Record<string, string>> = {
  'w:rPrChange': 'A tracked change of the letters’ form (bold, size, language…) was taken over without its mark.',
  'w:pPrChange': 'A tracked change of the paragraph’s form (style, indentation…) was taken over without its mark.',
  'w:tblPrChange': 'A tracked change of a table’s form was taken over without its mark.', 'w:tblPrExChange': 'A tracked change of a table’s form was taken over without its mark.',
  'w:trPrChange': 'A tracked change of a table’s form was taken over without its mark.', 'w:tcPrChange': 'A tracked change of a table’s form was taken over without its mark.',
  'w:tblGridChange': 'A tracked change of a table’s form was taken over without its mark.', 'w:sectPrChange': 'A tracked change of the page’s form was taken over without its mark.',
};
const STORIES: ReadonlySet<string> = new Set(['w:body', 'w:footnote', 'w:endnote', 'w:comment', 'w:hdr', 'w:ftr']);
const isOn = ({ 'w:val': value }: Attributes): boolean => value === undefined || !['0', 'false', 'off', 'none'].includes(value);
/** More bookmarks or moves than this are not open at a time but in a file that is made to be slow. */
const MOST_OPEN = 50;
/** Paragraphs of a file, pieces and letters of a paragraph: many times what the longest of real files has. */
const MOST = { paragraphs: 30_000, pieces: 20_000, letters: 500_000 } as const;

/** Reads one part. `story` is called with each text in it: the element it stands in, and its paragraphs and tables. */
export class StoryReader implements Handler {
  private readonly names: string[] = [];
  private skipping = 0;
  private readonly containers: Block[][] = [];
  private readonly stories: Attributes[] = [];
  private readonly paragraphs: Open[] = [];
  private readonly tables: Table[] = [];
  private readonly insertions: Change[] = [];
  private readonly deletions: Change[] = [];
  private readonly looks: Look[] = [];
  private readonly fields: Field[] = [];
  /** How many of the open fields have no result yet. */
  private instructions = 0;
  private readonly moves: { id: string; side: string; move: string }[] = [];
  private readonly bookmarks = new Map<string, string>();
  private readonly alternatives: number[] = [];
  private readonly rubies: string[] = [];
  private readonly characterLooks = new Map<string, { italic: boolean; bold: boolean }>();
  private readonly notes = new Set<string>();
  private capturing = false;
  private captured = '';
  private inRubyText = 0;
  /** The note whose own mark the text of this run is. */
  private marked: string | null = null;
  private picture: { name: string; shows: boolean; amount: number } | null = null;
  /** How much was read so far: characters, and placeholders of what is no text. */
  private amount = 0;
  private paragraphId = '';
  /** What was told when the text began. */
  private told = 0;

  constructor(
    private readonly context: Context, private readonly links: ReadonlyMap<string, string>,
    private readonly story: (name: string, attributes: Attributes, blocks: Block[], lastParagraphId: string) => void,
  ) {}

  open(name: string, attributes: Attributes): void {
    if (this.skipping) { this.skipping++; return; }
    if (SKIPPED.has(name)) { this.skipping = 1; return; }
    const formChange = FORM_CHANGES[name];
    if (formChange) { this.note(formChange); this.skipping = 1; return; }
    const parent = this.names.at(-1) ?? '';
    this.names.push(name);
    const value = attributes['w:val'] ?? '', paragraph = this.paragraphs.at(-1)?.paragraph;
    switch (name) {
      case 'w:t': case 'w:delText': case 'm:t': case 'w:instrText': case 'w:delInstrText': this.capturing = true; this.captured = ''; break;
      case 'w:r': case 'm:r': this.looks.push({ italic: false, bold: false, underline: false, highlighted: false }); break;
      case 'w:p': this.openParagraph(attributes['w14:paraId'] ?? ''); break;
      case 'w:sectPr': if (parent === 'w:pPr') this.note('A section with a page form of its own (landscape, columns) ends here; the pages are all alike.'); break;
      case 'w:pStyle': if (paragraph) paragraph.style = value; break;
      case 'w:ilvl': if (paragraph) (paragraph.numbering ??= { list: null, level: null }).level = Number(value) || 0; break;
      case 'w:numId': if (paragraph) (paragraph.numbering ??= { list: null, level: null }).list = value; break;
      case 'w:ind': if (paragraph) paragraph.indent = { left: Number(attributes['w:left'] ?? attributes['w:start']) || 0, hanging: Number(attributes['w:hanging']) || 0 }; break;
      case 'w:rStyle': case 'w:b': case 'w:i': case 'w:u': case 'w:highlight': case 'w:vanish': case 'w:vertAlign': case 'w:strike': case 'w:dstrike':
        if (parent === 'w:rPr' && this.looks.length && this.names.at(-3) !== 'w:pPr') this.look(name, attributes);
        break;
      case 'w:ins': case 'w:moveTo': this.openChange(attributes, parent, 'insertion', name === 'w:moveTo'); break;
      case 'w:del': case 'w:moveFrom': this.openChange(attributes, parent, 'deletion', name === 'w:moveFrom'); break;
      case 'w:moveFromRangeStart': case 'w:moveToRangeStart': if (this.moves.length < MOST_OPEN) this.moves.push({ id: attributes['w:id'] ?? '', side: name.slice(0, -10), move: this.context.changes.move(attributes['w:name'] ?? '') }); break;
      case 'w:moveFromRangeEnd': case 'w:moveToRangeEnd': {
        const at = this.moves.findLastIndex(({ id, side }) => id === attributes['w:id'] && side === name.slice(0, -8));
        if (at >= 0) this.moves.splice(at, 1);
        break;
      }
      case 'w:tab': case 'w:ptab': this.add('\t'); break;
      case 'w:br': case 'w:cr': if (attributes['w:type'] !== 'page' && attributes['w:type'] !== 'column') this.add('\n'); break;
      case 'w:noBreakHyphen': this.add('\u2011'); break;
      case 'w:softHyphen': this.add('\u00ad'); break;
      case 'w:sym': {
        const code = parseInt(attributes['w:char'] ?? '', 16) || 0, sign = symbol(attributes['w:font'] ?? '', code);
        if (!sign) this.note(`A sign of the font ${attributes['w:font'] ?? ''} is not known; it may look different.`);
        this.add(sign ?? (code > 31 && !(code >= 0xd800 && code <= 0xdfff) && code < 0xfffe ? String.fromCharCode(code) : '\ufffd'));
        break;
      }
      case 'w:fldChar': this.fieldSign(attributes['w:fldCharType'] ?? ''); break;
      case 'w:fldSimple': this.openField(attributes['w:instr'] ?? ''); this.beginResult(); break;
      case 'w:footnoteReference': case 'w:endnoteReference': this.reference(`${name} ${attributes['w:id']}`, isOn({ 'w:val': attributes['w:customMarkFollows'] ?? '0' })); break;
      case 'w:commentRangeStart': this.anchor('comment-start', attributes); break;
      case 'w:commentRangeEnd': this.anchor('comment-end', attributes); break;
      case 'w:commentReference': this.anchor('comment', attributes); break;
      case 'w:bookmarkStart': this.openBookmark(attributes); break;
      case 'w:bookmarkEnd': this.bookmarks.delete(attributes['w:id'] ?? ''); break;
      case 'w:hyperlink': this.link(attributes['r:id']); break;
      case 'w:tbl': this.tables.push({ kind: 'table', rows: [] }); break;
      case 'w:tr': this.tables.at(-1)?.rows.push({ header: false, cells: [], insertion: null, deletion: null }); break;
      case 'w:tblHeader': if (this.row) this.row.header = isOn(attributes); break;
      case 'w:tc': this.openCell(); break;
      case 'w:gridSpan': if (this.cell) { this.cell.span = Math.min(Math.max(Number(value) || 1, 1), 64); this.note(MERGED); } break;
      case 'w:vMerge': case 'w:hMerge': this.note(MERGED); break;
      case 'w:cellIns': if (this.cell) this.cell.insertion = this.context.changes.of(attributes); break;
      case 'w:cellDel': if (this.cell) this.cell.deletion = this.context.changes.of(attributes); break;
      case 'w:cellMerge': this.note('A tracked change that merges or splits cells was taken over without its mark.'); break;
      case 'w:numberingChange': this.note(`The number of a list was changed from “${attributes['w:original'] ?? ''}”.`); break;
      case 'w:drawing': case 'w:pict': case 'w:object': this.picture ??= { name: '', shows: name === 'w:object', amount: this.amount }; break;
      case 'wp:docPr': if (this.picture) this.picture.name ||= attributes['descr'] || attributes['title'] || attributes['name'] || ''; break;
      case 'v:imagedata': if (this.picture) { this.picture.shows = true; this.picture.name ||= attributes['o:title'] ?? ''; } break;
      case 'a:graphicData': if (this.picture && !/wordprocessing(?:Shape|Canvas|Group)$/.test(attributes['uri'] ?? '')) this.picture.shows = true; break;
      case 'a:blip': if (this.picture) this.picture.shows = true; break;
      case 'w:txbxContent': this.note('The text of a text box was put behind the paragraph that the box hangs on.'); this.containers.push([]); break;
      case 'mc:AlternateContent': this.alternatives.push(this.amount); break;
      case 'mc:Choice': case 'mc:Fallback': if (this.amount > (this.alternatives.at(-1) ?? 0)) { this.names.pop(); this.skipping = 1; } break;
      case 'w:ruby': this.rubies.push(''); break;
      case 'w:rt': this.inRubyText++; break;
      case 'm:oMath': this.note('A formula was taken over as plain text.'); break;
      case 'm:den': this.add('/'); break;
      case 'm:sup': this.add('^'); break;
      case 'm:sub': this.add('_'); break;
      case 'w:altChunk': case 'w:subDoc': this.note('Another file that is embedded here was left out.'); break;
      default: if (STORIES.has(name)) { this.containers.push([]); this.stories.push(attributes); this.told = this.context.report.entries.length; }
    }
  }

  close(name: string): void {
    if (this.skipping) { this.skipping--; return; }
    this.names.pop();
    const parent = this.names.at(-1) ?? '';
    switch (name) {
      case 'w:t': case 'w:delText': case 'm:t': this.capturing = false; this.add(this.captured.includes('\n') || this.captured.includes('\r') ? this.captured.replace(/[\r\n]+/g, ' ') : this.captured); break;
      case 'w:instrText': case 'w:delInstrText': {
        this.capturing = false;
        const field = this.fields.at(-1);
        if (field?.phase === 'instruction') field.instruction += this.captured;
        break;
      }
      case 'w:r': case 'm:r': this.looks.pop(); this.marked = null; break;
      case 'w:p': this.closeParagraph(); break;
      case 'w:ins': case 'w:moveTo': if (!PROPERTIES.has(parent)) this.insertions.pop(); break;
      case 'w:del': case 'w:moveFrom': if (!PROPERTIES.has(parent)) this.deletions.pop(); break;
      case 'w:fldSimple': this.fields.pop(); break;
      case 'w:tc': this.closeCell(); break;
      case 'w:tbl': {
        const table = this.tables.pop();
        if (table?.rows.some(({ cells }) => cells.length)) this.containers.at(-1)?.push(table);
        break;
      }
      case 'w:drawing': case 'w:pict': case 'w:object':
        if (!this.names.some(open => open === 'w:drawing' || open === 'w:pict' || open === 'w:object')) this.closePicture();
        break;
      case 'w:txbxContent': {
        const blocks = this.containers.pop() ?? [];
        (this.paragraphs.at(-1)?.boxes ?? this.containers.at(-1))?.push(...blocks);
        break;
      }
      case 'mc:AlternateContent': this.alternatives.pop(); break;
      case 'w:rt': this.inRubyText--; break;
      case 'w:ruby': {
        const above = this.rubies.pop();
        if (above) this.add(` (${above})`);
        break;
      }
      default: if (STORIES.has(name)) {
        this.story(name, this.stories.pop() ?? {}, this.containers.pop() ?? [], this.paragraphId);
        for (const note of this.notes) this.context.report.add(note, '');
        this.notes.clear();
      }
    }
  }

  text(text: string): void { if (this.capturing && !this.skipping) this.captured += text; }

  private get row(): Row | undefined { return this.tables.at(-1)?.rows.at(-1); }
  private get cell(): Cell | undefined { return this.row?.cells.at(-1); }

  /** Something to tell the user; it is told with the next paragraph that ends. */
  private note(message: string): void { this.notes.add(message); }

  private openParagraph(id: string): void {
    if (++this.context.paragraphs > MOST.paragraphs) throw new UnreadableWord(`The file has more than ${MOST.paragraphs.toLocaleString('en')} paragraphs; no document for a meeting does.`);
    this.paragraphId = id;
    const paragraph: Paragraph = { kind: 'paragraph', style: null, indent: null, numbering: null, numberInserted: null, content: [], insertedEnd: null, deletedEnd: null, endsCover: false };
    this.paragraphs.push({ paragraph, boxes: [], start: this.amount });
  }

  private closeParagraph(): void {
    const open = this.paragraphs.pop();
    if (!open) return;
    const blocks = this.containers.at(-1), above = blocks?.at(-1);
    // One empty paragraph is as good as many.
    if (!open.boxes.length && isEmpty(open.paragraph) && above?.kind === 'paragraph' && isEmpty(above)) return;
    blocks?.push(open.paragraph, ...open.boxes);
    if (open.paragraph.endsCover) { this.context.report.forget(this.told); this.notes.clear(); }
    if (!this.notes.size) return;
    const words = wordsOf(open.paragraph).trim();
    if (!words) return;
    for (const note of this.notes) this.context.report.add(note, words);
    this.notes.clear();
  }

  private openChange(attributes: Attributes, parent: string, side: 'insertion' | 'deletion', isMove: boolean): void {
    const { changes } = this.context, paragraph = this.paragraphs.at(-1)?.paragraph;
    const range = isMove ? this.moves.findLast(move => move.side === (side === 'insertion' ? 'w:moveTo' : 'w:moveFrom'))?.move ?? null : null;
    const change = changes.of(attributes, range);
    if (!PROPERTIES.has(parent)) (side === 'insertion' ? this.insertions : this.deletions).push(change);
    else if (parent === 'w:rPr') { if (this.names.at(-3) === 'w:pPr' && paragraph) paragraph[side === 'insertion' ? 'insertedEnd' : 'deletedEnd'] = change; }
    else if (parent === 'w:trPr') { if (this.row) this.row[side] = change; }
    else if (paragraph && side === 'insertion') paragraph.numberInserted = change;
  }

  private look(name: string, attributes: Attributes): void {
    const look = this.looks.at(-1)!;
    switch (name) {
      case 'w:b': look.bold = isOn(attributes); break;
      case 'w:i': look.italic = isOn(attributes); break;
      case 'w:u': look.underline = isOn(attributes) && !this.names.includes('w:hyperlink'); break;
      case 'w:highlight': look.highlighted = isOn(attributes); break;
      case 'w:vanish': if (isOn(attributes)) this.note('Hidden text was taken over as text like any other.'); break;
      case 'w:vertAlign': if (attributes['w:val'] !== 'baseline') this.note('Raised or lowered signs stand on the line.'); break;
      case 'w:strike': case 'w:dstrike': if (isOn(attributes)) this.note('Text that is struck out by hand, not as a tracked change, is plain text.'); break;
      case 'w:rStyle': {
        const id = attributes['w:val'] ?? '';
        let style = this.characterLooks.get(id);
        if (!style) this.characterLooks.set(id, style = this.context.styles.lookOf(id));
        look.italic ||= style.italic;
        look.bold ||= style.bold;
      }
    }
  }

  /** Text of the run that is open. */
  private add(text: string): void {
    if (!text) return;
    const open = this.paragraphs.at(-1);
    if (!open) return;
    if (this.marked !== null) { const { marks } = this.context; marks.set(this.marked, (marks.get(this.marked) ?? '') + text); this.amount++; return; }
    if (this.inRubyText) { this.rubies[this.rubies.length - 1] += text; this.amount++; return; }
    const field = this.fields.at(-1);
    if (field) {
      if (this.instructions) return;
      if (field.repeated) { field.repeated.text += text; return; }
    }
    this.amount += text.length;
    const { content } = open.paragraph;
    if (content.length > MOST.pieces || this.amount - open.start > MOST.letters) throw new UnreadableWord(`A paragraph of the file has more than ${MOST.pieces.toLocaleString('en')} pieces or ${MOST.letters.toLocaleString('en')} letters; no real one does.`);
    const look = this.looks.at(-1), last = content.at(-1);
    const insertion = this.insertions.at(-1) ?? null, deletion = this.deletions.at(-1) ?? null;
    const italic = look?.italic ?? false, bold = look?.bold ?? false, underline = look?.underline ?? false, highlighted = look?.highlighted ?? false;
    if (last?.kind === 'run' && last.insertion === insertion && last.deletion === deletion && last.italic === italic && last.bold === bold && last.underline === underline && last.highlighted === highlighted) last.text += text;
    else content.push({ kind: 'run', text, italic, bold, underline, highlighted, insertion, deletion });
  }

  private push<T extends Item>(item: T): T {
    this.amount++;
    this.paragraphs.at(-1)?.paragraph.content.push(item);
    return item;
  }

  private get tracked(): Pick<Run, 'insertion' | 'deletion'> { return { insertion: this.insertions.at(-1) ?? null, deletion: this.deletions.at(-1) ?? null }; }

  private openField(instruction: string): void {
    this.fields.push({ phase: 'instruction', instruction, repeated: null });
    this.instructions++;
  }

  private fieldSign(type: string): void {
    if (type === 'begin') this.openField('');
    else if (type === 'separate') this.beginResult();
    else if (type === 'end') {
      if (this.fields.at(-1)?.phase === 'instruction') this.beginResult();
      this.fields.pop();
    }
  }

  /** A field that repeats a footnote's number becomes a reference to it; of all others the result is text. */
  private beginResult(): void {
    const field = this.fields.at(-1);
    if (field?.phase !== 'instruction') return;
    field.phase = 'result';
    this.instructions--;
    const bookmark = /^\s*NOTEREF\s+"?([^\s"]+)/i.exec(field.instruction)?.[1];
    if (bookmark && this.paragraphs.length) field.repeated = this.push({ kind: 'repeated', bookmark, text: '', ...this.tracked });
  }

  private reference(key: string, hasMark: boolean): void {
    this.push({ kind: 'reference', note: key, ...this.tracked });
    if (hasMark) this.marked = key;
    for (const name of this.bookmarks.values()) if (!this.context.noteAt.has(name)) this.context.noteAt.set(name, key);
  }

  private openBookmark({ 'w:id': id = '', 'w:name': name = '' }: Attributes): void {
    const open = this.paragraphs.at(-1);
    if (name === '_EndOfCover') { if (open) open.paragraph.endsCover = true; }
    else if (/^_?Ref/i.test(name) && this.bookmarks.size < MOST_OPEN) this.bookmarks.set(id, name);
  }

  private anchor(kind: 'comment-start' | 'comment-end' | 'comment', attributes: Attributes): void {
    if (this.paragraphs.length) this.paragraphs.at(-1)!.paragraph.content.push({ kind, id: attributes['w:id'] ?? '', ...this.tracked });
  }

  private link(id: string | undefined): void {
    const target = id === undefined ? undefined : this.links.get(id);
    if (target) this.note(`The text has a link to ${target}; only its words were taken over.`);
  }

  private openCell(): void {
    this.row?.cells.push({ blocks: [], span: 1, insertion: null, deletion: null });
    this.containers.push([]);
  }

  private closeCell(): void {
    const blocks = this.containers.pop() ?? [], { cell } = this;
    if (cell) cell.blocks = blocks;
  }

  private closePicture(): void {
    const { picture } = this;
    this.picture = null;
    if (!picture?.shows || this.amount > picture.amount) return;
    const name = picture.name.replace(/\s+/g, ' ').trim().slice(0, 80);
    this.add(`[Picture${name ? `: ${name}` : ''}]`);
    this.note(`A picture${name ? ` (${name})` : ''} is a placeholder.`);
  }
}

const isEmpty = ({ content, insertedEnd, deletedEnd, endsCover }: Paragraph): boolean => !content.length && !insertedEnd && !deletedEnd && !endsCover;
const PROPERTIES: ReadonlySet<string> = new Set(['w:rPr', 'w:trPr', 'w:numPr']);
export const MERGED = 'Cells that are merged are single cells here, the rest of them empty.';
