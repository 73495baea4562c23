/** From the paragraphs and tables of a Word file to lines of markup in normal form (markup, sections 3, 4 and 7). */
import { INITIAL_ENTRY, readBlock } from '../../markup/block';
import { classify, type Entry } from '../../markup/classify';
import { readMarker, type Marker } from '../../markup/labels';
import { normalBlock } from '../../markup/formatBlock';
import { isSpaced } from '../../markup/normalForm';
import type { Block as MarkupBlock, BlockKind, Grammar, Reading } from '../../markup/types';
import { viewOf, withUprightLabel } from './labels';
import { attribute, lineOf, type Surroundings } from './marks';
import { isWhole, paragraphsOf, wordsOf, type Block, type Change, type Item, type Note, type Paragraph, type Run, type Table } from './model';
import type { Report } from './report';
import type { Role, Styles } from './styles';
import { rowLine, type Cells } from './table';

/** What the lines are written from. */
export interface Source {
  readonly styles: Styles;
  readonly grammar: Grammar;
  readonly report: Report;
  readonly notes: ReadonlyMap<string, Note>;
  readonly around: Pick<Surroundings, 'author' | 'date' | 'comments' | 'answers'>;
  /** Written by this project: then headings are as deep as they say, and emphasis means emphasis. */
  readonly own: boolean;
}

/** Kinds that a line shows by its words: such a line is not emphasized as a whole. */
const STRUCTURAL: ReadonlySet<BlockKind> = new Set(['proposal', 'instrument', 'history', 'assembly', 'section', 'annex']);
/** Kinds that a plain paragraph of Word has by accident only. */
const ACCIDENTAL: ReadonlySet<BlockKind> = new Set(['heading', 'drafter-note', 'table', 'footnote', 'front-matter']);
const STEP = '    ';

/** A paragraph on its way to a line. */
interface Draft { readonly paragraph: Paragraph; readonly role: Role; content: Item[] }
type Accepts = (kind: BlockKind) => boolean;

export class LineWriter {
  readonly lines: string[] = [];
  /** Where in the lines the footnotes of the last part begin. */
  notesFrom = 0;
  private entry: Entry;
  private above: MarkupBlock | null = null;
  /** The line above goes on with the next one. */
  private open = false;
  /** Level of the last clause that begins at the margin. */
  private flat = 1;
  /** Inside a text that a `#` heading would end. */
  private inText = false;
  /** The head of the resolution or annex had a style of its own, so its title has one too. */
  private styledHead = false;
  private onlyProposal = false;
  private readonly labels = new Map<string, string>();
  private readonly taken = new Set<string>();
  /** Styles that the user was told of. */
  private readonly told = new Set<string>();
  /** Notes that were referred to since the last ones were written. */
  private waiting: string[] = [];
  private lastNumber = 0;
  /** How the paragraph begins that is being written. */
  private words = '';
  private readonly around: Surroundings;
  private readonly heads: RegExp;

  /** `entry`: what stands in front of the text; `labels`: those that footnotes around it have. */
  constructor(private readonly source: Source, entry: Entry = INITIAL_ENTRY, labels: Iterable<string> = []) {
    this.entry = entry;
    for (const label of labels) {
      this.taken.add(label);
      if (/^\d{1,6}$/.test(label)) this.lastNumber = Math.max(this.lastNumber, Number(label));
    }
    this.around = { ...source.around, label: note => this.label(note), simplified: message => source.report.add(message, this.words) };
    this.heads = new RegExp(`^\\s*(?:(?:${source.grammar.reasons.map(quoted).join('|')})\\s?[:：]|(?:${source.grammar.notes.map(quoted).join('|')})(?:\\s+\\d+)?\\s+[–—-])`);
  }

  /** Writes a whole text, its footnotes at the end of their parts. With `inside`, the first line goes on with one that is there: it is just words. */
  write(blocks: readonly Block[], inside = false): void {
    const drafts = this.drafts(blocks);
    drafts.forEach((draft, i) => {
      if ('rows' in draft) this.table(draft);
      else if (inside && i === 0) this.lines.push(lineOf(drafts.length > 1 ? draft.content : draft.paragraph.content, this.around));
      else this.paragraph(draft, drafts[i + 1]);
    });
    this.notesFrom = this.lines.length;
    this.footnotes(this.waiting);
    // A note that nothing refers to is not shown by Word, but it is there.
    for (const [key, { blocks: own }] of this.source.notes) {
      const words = [...paragraphsOf(own)].map(wordsOf).join(' ').trim();
      if (this.labels.has(key) || !words) continue;
      this.source.report.add('A footnote that nothing refers to stands at the end.', words);
      this.label(key);
      this.footnotes([key]);
    }
  }

  /** Tables, and the paragraphs with something in them, blanks at their edges gone. */
  private drafts(blocks: readonly Block[]): (Draft | Table)[] {
    const drafts: (Draft | Table)[] = [];
    let loose: Item[] = [];
    for (const block of blocks) {
      if (block.kind === 'table') { drafts.push(block); continue; }
      const above = drafts.at(-1), paragraph = above && !('rows' in above) ? above : null;
      const joined = paragraph && (paragraph.paragraph.insertedEnd ?? paragraph.paragraph.deletedEnd) ? paragraph : null;
      const content = trimmed(block, joined);
      if (content.every(isAnchor)) {
        // What hangs on an empty paragraph hangs on the one above.
        if (paragraph) paragraph.content.push(...content); else loose.push(...content);
        continue;
      }
      drafts.push({ paragraph: block, role: this.source.styles.roleOf(block.style).role, content: [...loose, ...content] });
      loose = [];
    }
    drafts.findLast((draft): draft is Draft => !('rows' in draft))?.content.push(...loose);
    return drafts;
  }

  private paragraph(draft: Draft, next: Draft | Table | undefined): void {
    const { paragraph, role } = draft;
    this.words = wordsOf(paragraph).trim();
    const content = this.fitted(this.dressed(draft), role);
    if (role === 'heading') {
      const { level } = this.source.styles.roleOf(paragraph.style), depth = this.source.own || !this.inText ? level : Math.min(level + 1, 6);
      return this.add(draft, prefixed(content, `${'#'.repeat(depth)} `), next, kind => kind === 'heading');
    }
    if (role === 'footnote' && this.source.own) {
      // A footnote that nothing refers to is printed where it stands.
      const label = /^(\S+)\t/.exec(viewOf(content, 'deletion').text || viewOf(content, 'insertion').text)?.[1];
      if (label) {
        const own = this.taken.has(label) ? this.free(label) : label;
        this.taken.add(own);
        const text = withoutStart(content, label.length + 1), whole = isWhole({ content }, 'insertion') || isWhole({ content }, 'deletion');
        return this.addLine(draft, next, () => whole ? lineOf(prefixed(text, ' '), this.around).replace(/^(\{..) /, `$1[^${own}]: `) : `[^${own}]: ${lineOf(text, this.around)}`);
      }
    }
    if (this.isFurther(draft, content)) return this.further(paragraph, content);
    this.add(draft, content, next, kind => !ACCIDENTAL.has(kind) && (role !== 'contents' || kind === 'paragraph')
      && (kind !== 'title' || role === 'title' || role === 'history' || role === 'instrument' || role === 'annex' || !this.styledHead));
    const kinds = [this.above?.final?.kind, this.above?.original?.kind], unknown = this.source.own ? null : this.source.styles.unknownName(paragraph.style);
    if (unknown && !this.told.has(unknown) && kinds.includes('paragraph')) {
      this.told.add(unknown);
      this.source.report.add(`Paragraphs in the style “${unknown}”, of which this is the first, are plain paragraphs.`, this.words);
    }
    if (role === 'section' && !kinds.includes('section')) this.source.report.add('A line in the style Call does not begin like a section (recalling, resolves…); it is a plain paragraph.', this.words);
  }

  /** Writes a line; where it would be something else than in Word, with the backslash that makes it a plain paragraph. */
  private add(draft: Draft, content: readonly Item[], next: Draft | Table | undefined, accepts: Accepts): void {
    const wanted = this.clauseLevel(draft, content);
    this.addLine(draft, next, read => {
      for (let level = wanted, tries = 0; ; tries++) {
        const line = STEP.repeat(Math.max(level - 1, 0)) + lineOf(content, this.around, { indentation: STEP.repeat(Math.max(level, 1)) });
        const { kinds, level: own } = read(line);
        if (!kinds.every(accepts) || line === '---' || level > 1 && kinds.length && !kinds.includes('clause')) break;
        // The lists above may leave less room than Word's indentation, or more.
        if (!kinds.includes('clause') || own === level || tries === 2) return line;
        level = own;
      }
      const flat = lineOf(content, this.around);
      return flat !== '---' && read(flat).kinds.every(accepts) ? flat : escapedStart(flat);
    });
  }

  /** Adds the line that `make` gives; what it asks to `read` is told as the kinds and the level that the line would have. */
  private addLine({ paragraph, content }: Draft, next: Draft | Table | undefined, make: (read: (line: string) => { kinds: BlockKind[]; level: number }) => string): void {
    const { grammar } = this.source, ends = this.pilcrows(paragraph, content), before = this.waiting;
    const following = ends && next && !('rows' in next) ? `${lineOf(next.content, { ...this.around, label: () => '1', simplified: () => {} })}\n` : '';
    const readLine = (line: string) => readBlock(`${line}${ends}\n`, this.entry, grammar, following);
    this.waiting = [];
    let tried = '', result = null as ReturnType<typeof readLine> | null;
    const line = make(one => {
      result = readLine(tried = one);
      const { final, original } = result.block;
      return { kinds: [final, original].flatMap(reading => reading ? [reading.kind] : []), level: (final ?? original)?.level ?? 0 };
    });
    if (!result || tried !== line) result = readLine(line);
    const written = this.withOwnMarker(result.block);
    if (written !== null) result = readBlock(written, this.entry, grammar, following);
    const { block, next: entry } = result;
    if (this.opensRegion(block)) this.footnotes(before); else this.waiting = [...before, ...this.waiting];
    if (this.above && isSpaced(block, this.above)) this.lines.push('');
    this.lines.push(block.source.slice(0, -1));
    this.entry = entry;
    this.above = block;
    this.open = ends !== '';
    const kinds = [block.final?.kind, block.original?.kind];
    if (kinds.includes('instrument') || kinds.includes('annex')) {
      const role = this.source.styles.roleOf(paragraph.style).role;
      this.styledHead = role === 'instrument' || role === 'annex';
    }
    if (kinds.includes('instrument') || kinds.includes('proposal') || kinds.includes('annex')) this.inText = true;
  }

  /** The text of a clause whose marker is not written as the markup writes it (`1.`, `a bis)`, `-`, blanks for a tab); null where it is. */
  private withOwnMarker(block: MarkupBlock): string | null {
    const { source } = block, bare = (start: number, end: number) => source.slice(start, end).replace(/[{}+~>-]/g, '');
    const isOwn = (reading: Reading | null) => reading?.kind !== 'clause' || reading.doubtful
      || bare(reading.label!.start, reading.label!.end) === reading.label!.text && bare(reading.label!.end, reading.textStart) === '\t' && !/[ \t\u00a0]/.test(source[reading.textStart] ?? '');
    if (isOwn(block.final) && isOwn(block.original)) return null;
    const text = normalBlock(block, { lineEnd: '\n', author: this.around.author, date: this.around.date }, null);
    return text === null ? null : `${text}\n`;
  }

  /** Whether a block begins a part with footnotes of its own, as the normal form has them. */
  private opensRegion({ original, final }: MarkupBlock): boolean {
    const is = (kind: BlockKind, level?: number) => [original, final].some(reading => reading?.kind === kind && (level === undefined || reading.level === level));
    const proposal = is('proposal'), opens = proposal || is('heading', 1) || is('reasons', 1) || is('instrument') && !this.onlyProposal;
    this.onlyProposal = proposal;
    return opens;
  }

  /** The content without looks that belong to the kind of line, and with what Word shows by other means. */
  private dressed({ role, content, paragraph }: Draft): Item[] {
    if (role === 'proposal') return content.map(item => item.kind === 'run' ? { ...item, italic: false, bold: false, text: item.underline && item.text === 'NOC' ? '_NOC_' : item.text } : item);
    const runs = content.filter((item): item is Run => item.kind === 'run');
    if (runs.some(({ underline, text }) => underline && text.trim())) this.source.report.add('Underlined text that is no tracked change is plain text.', this.words);
    if (!runs.some(({ italic, bold }) => italic || bold)) return content;
    if (role === 'instrument' || role === 'annex') return content.map(plainRun);
    const shown = runs.filter(({ text }) => text.trim()), first = shown[0];
    if (first && (first.italic || first.bold) && shown.every(({ italic, bold }) => italic === first.italic && bold === first.bold)) {
      const view = isWhole(paragraph, 'deletion') ? 'insertion' : 'deletion';
      const kind = classify(viewOf(content, view).text.trim(), 0, this.entry.final, this.source.grammar).reading.kind;
      if (STRUCTURAL.has(kind) || !this.source.own && (role !== null && role !== 'clause' && role !== 'reasons' && role !== 'footnote' || kind === 'title')) return content.map(plainRun);
    }
    return withUprightLabel(content, this.heads);
  }

  /** The words of a line as its kind wants them: RESOLUTION and ANNEX as their style shows them, in capitals and on one line. */
  private fitted(content: Item[], role: Role): Item[] {
    if (role !== 'instrument' && role !== 'annex' && role !== 'section') return content;
    const items = content.map(item => item.kind === 'run' && item.text.includes('\n') ? { ...item, text: item.text.replace(/\s*\n\s*/g, ' ') } : item);
    const kindOf = (list: readonly Item[]) => classify(viewOf(list, 'deletion').text.trim(), 0, this.entry.final, this.source.grammar).reading.kind;
    if (kindOf(items) === role) return items;
    let done = false;
    const changed = items.map(item => {
      if (item.kind !== 'run' || done) return item;
      const end = role === 'section' ? Math.max(item.text.search(/\S/), -1) + 1 : /^[^\d[(]*/.exec(item.text)![0].length, start = item.text.slice(0, end);
      done = role === 'section' ? end > 0 : end < item.text.length;
      return { ...item, text: (role === 'section' ? start.toLowerCase() : start.toUpperCase()) + item.text.slice(end) };
    });
    return kindOf(changed) === role ? changed : items;
  }

  /** The level of a paragraph that begins like a clause; 0 for any other. */
  private clauseLevel({ paragraph, role }: Draft, content: readonly Item[]): number {
    const { joinedInFinal, joinedInOriginal } = this.entry;
    if (role === 'heading' || role === 'contents' || joinedInFinal && joinedInOriginal) return 0;
    const marker = markerOf(content, joinedInFinal || isWhole({ content }, 'deletion') ? 'insertion' : 'deletion');
    if (!marker) return 0;
    const { styles } = this.source, parts = marker.kind === 'number' ? marker.parts.length : 1;
    if (role === 'clause') {
      const { level } = styles.roleOf(paragraph.style), deeper = level === 3 && paragraph.indent ? Math.round(paragraph.indent.left / 397) - 1 : 0;
      return this.flat + Math.max(level, deeper);
    }
    const depth = paragraph.numbering?.level ?? styles.numberingOf(paragraph.style)?.level ?? 0;
    if (depth > 0 && parts < depth + 1) return depth + 1;
    return this.flat = parts;
  }

  /** Whether a paragraph belongs to the clause above: it begins where the clause's text does, without a label. */
  private isFurther({ paragraph: { indent, numbering }, role }: Draft, content: readonly Item[]): boolean {
    const above = this.above?.final ?? this.above?.original;
    if (above?.kind !== 'clause' || this.open || numbering) return false;
    if (!(indent ? indent.left > 0 && indent.hanging === 0 && (role === null || role === 'clause') : role === 'clause')) return false;
    return (['deletion', 'insertion'] as const).every(side => {
      const { text } = viewOf(content, side);
      return !readMarker(text, text.length - text.trimStart().length);
    });
  }

  private further(paragraph: Paragraph, content: readonly Item[]): void {
    const above = this.above!.final ?? this.above!.original!, indentation = STEP.repeat(Math.max(above.level, 1));
    const ends = this.pilcrows(paragraph, content);
    this.lines.push('', indentation + lineOf(content, this.around, { indentation }) + ends);
    this.open = ends !== '';
  }

  /** `{++¶++}`, `{--¶--}`: the tracked end of a paragraph that is not new, or gone, as a whole. */
  private pilcrows({ insertedEnd, deletedEnd }: Paragraph, content: readonly Item[]): string {
    const inserted = insertedEnd && !isWhole({ content }, 'insertion') ? insertedEnd : null, deleted = deletedEnd && !isWhole({ content }, 'deletion') ? deletedEnd : null;
    const written = (open: string, inside: string, close: string, change: Change) => `${open}${inside}${close}${attribute(change, this.around)}`;
    const gone = deleted ? written('{--', '¶', '--}', deleted) : '';
    return inserted ? written('{++', gone || '¶', '++}', inserted) : gone;
  }

  private table({ rows }: Table): void {
    const heads = rows.map(row => row.cells.length > 0 && (row.header || row.cells.every(cell => cell.blocks.every(block => block.kind === 'paragraph' && this.source.styles.roleOf(block.style).role === 'table-head'))));
    const lastHead = heads.indexOf(false) < 0 ? heads.length - 1 : heads.indexOf(false) - 1;
    rows.forEach((row, i) => {
      this.words = [...paragraphsOf(row.cells.flatMap(cell => cell.blocks))].map(wordsOf).join(' ').trim();
      const cells: Cells = { ...row, plainHead: heads[i]! && !this.source.own };
      this.row(rowLine(cells, this.around));
      if (i === lastHead) this.row(`| ${Array.from({ length: row.cells.reduce((sum, { span }) => sum + span, 0) }, () => '---').join(' | ')} |`);
    });
  }

  private row(line: string): void {
    const { block, next } = readBlock(`${line}\n`, this.entry, this.source.grammar, '');
    this.lines.push(line);
    this.entry = next;
    this.above = block;
    this.open = false;
  }

  /** The label of a note; a note that is asked for for the first time is written at the end of its part. */
  private label(key: string): string {
    let label = this.labels.get(key);
    if (label === undefined) {
      const mark = this.source.notes.get(key)?.mark?.replace(/[[\]\s]+/g, '') ?? '';
      label = this.free(mark);
      this.labels.set(key, label);
      this.waiting.push(key);
    }
    return label;
  }

  /** A label that no other footnote has: the mark that was asked for where it is no number, else the next number. */
  private free(mark: string): string {
    const own = mark && !/^\d+$/.test(mark) ? mark : null;
    let label = own ?? String(++this.lastNumber);
    for (let next = 2; this.taken.has(label); next++) label = own === null ? String(++this.lastNumber) : `${own}-${next}`;
    this.taken.add(label);
    return label;
  }

  private footnotes(keys: readonly string[]): void {
    for (const key of keys) {
      const label = this.labels.get(key)!, contents = contentsOf(this.source.notes.get(key));
      this.words = contents[0] ? viewOf(contents[0], 'deletion').text : '';
      const whole = contents.length > 0 && (['insertion', 'deletion'] as const).some(side => contents.every(content => isWhole({ content }, side)));
      const [first = '', ...more] = contents.map((content, i) => lineOf(whole && i === 0 ? prefixed(content, ' ') : content, this.around));
      this.row(whole ? first.replace(/^(\{..) /, `$1[^${label}]: `) : `[^${label}]: ${first}`.trimEnd());
      for (const text of more) this.lines.push('', STEP + text);
    }
  }
}

const quoted = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const isAnchor = ({ kind }: Item): boolean => kind === 'comment' || kind === 'comment-start' || kind === 'comment-end';
const plainRun = (item: Item): Item => item.kind === 'run' ? { ...item, italic: false, bold: false } : item;

function markerOf(content: readonly Item[], side: 'insertion' | 'deletion'): Marker | null {
  const { text } = viewOf(content, side);
  return readMarker(text, text.length - text.trimStart().length);
}

/** The paragraphs of a note, each with something in it. */
function contentsOf(note: Note | undefined): Item[][] {
  if (!note) return [];
  return [...paragraphsOf(note.blocks)].map(paragraph => trimmed(paragraph, null)).filter(content => !content.every(isAnchor));
}

/**
 * The content of a paragraph without untracked blanks at its edges. A blank at the start of a line that goes on with the one above
 * goes to the end of that; one at the end stays where the line goes on with the next.
 */
function trimmed(paragraph: Paragraph, above: Draft | null): Item[] {
  const items = paragraph.content.map(item => ({ ...item })), goesOn = paragraph.insertedEnd ?? paragraph.deletedEnd;
  const edge = (from: 'start' | 'end'): string => {
    let cut = '';
    for (let i = from === 'start' ? 0 : items.length - 1; i >= 0 && i < items.length;) {
      const item = items[i]!, step = from === 'start' ? 1 : -1;
      if (isAnchor(item)) { i += step; continue; }
      if (item.kind !== 'run' || item.insertion || item.deletion) break;
      const text = from === 'start' ? item.text.replace(/^[\s\u00a0]+/, '') : item.text.replace(/[\s\u00a0]+$/, '');
      cut += from === 'start' ? item.text.slice(0, item.text.length - text.length) : '';
      item.text = text;
      if (text) break;
      items.splice(i, 1);
      if (from === 'end') i--;
    }
    return cut;
  };
  const blanks = edge('start');
  if (!goesOn) edge('end');
  if (above && blanks && items.some(item => !isAnchor(item))) {
    above.content.push({ kind: 'run', text: blanks.replace(/\s+/g, ' '), italic: false, bold: false, underline: false, highlighted: false, insertion: null, deletion: null });
  }
  return items;
}

/** The content with a text in front, which is inserted or deleted with it where it is so as a whole. */
function prefixed(content: readonly Item[], text: string): Item[] {
  const changeOf = (side: 'insertion' | 'deletion') => isWhole({ content }, side) ? content.find(item => item[side])?.[side] ?? null : null;
  return [{ kind: 'run', text, italic: false, bold: false, underline: false, highlighted: false, insertion: changeOf('insertion'), deletion: changeOf('deletion') }, ...content];
}

/** The content without its first characters. */
function withoutStart(content: readonly Item[], count: number): Item[] {
  let left = count;
  return content.flatMap((item): Item[] => {
    if (item.kind !== 'run' || !left) return [item];
    const text = item.text.slice(left);
    left -= item.text.length - text.length;
    return text ? [{ ...item, text }] : [];
  });
}

/** A line with the backslash that makes it a plain paragraph, inside of the marks that it begins with. */
function escapedStart(line: string): string {
  const replacement = /^\{~~((?:[^~]|~(?!>))*)~>/.exec(line);
  if (replacement) return `{~~\\${replacement[1]}~>\\${line.slice(replacement[0].length)}`;
  return line.replace(/^(?:\{(?:\+\+|--|==))*/, '$&\\');
}
