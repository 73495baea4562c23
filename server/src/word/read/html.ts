/**
 * HTML as word processors put it on the clipboard: the same paragraphs, tables, notes and comments as those of a Word file. Word says
 * what HTML has no words for in styles of its own (`mso-…`) and in `ins` and `del`; LibreOffice and Google Docs have
 * footnotes and lists of theirs.
 */
import { Parser } from 'htmlparser2';
import { letterText, romanText } from '../../markup/labels';
import { paragraphsOf, wordsOf, type Block, type Change, type Comment, type Item, type Note, type Paragraph, type Table } from './model';
import type { Report } from './report';
import { Changes, MERGED } from './story';
import { Styles } from './styles';
import { symbol } from './symbols';
import type { Story } from './text';

type Attributes = Readonly<Record<string, string>>;

/** What an element passes on to what stands in it. */
interface Scope {
  readonly name: string;
  readonly italic: boolean;
  readonly bold: boolean;
  readonly underline: boolean;
  readonly struck: boolean;
  /** In a link, where an underline means nothing. */
  readonly link: boolean;
  /** Above or below the line. */
  readonly raised: boolean;
  /** Blanks and line ends are as they are written. */
  readonly exact: boolean;
  /** A symbol font; '' for any other. */
  readonly font: string;
  readonly insertion: Change | null;
  readonly deletion: Change | null;
  /** What stands in it is no text. */
  readonly silent: boolean;
  /** What is to be done at its end; of this element alone. */
  readonly close: (() => void) | null;
}

/** What is known of a paragraph before its first word. */
type Opening = Pick<Paragraph, 'style' | 'numbering' | 'indent'>;
interface List { readonly format: string; next: number }

const BLOCKS: ReadonlySet<string> = new Set(['p', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'dt', 'dd', 'pre', 'blockquote', 'center', 'address', 'section', 'article', 'header', 'footer', 'main', 'aside', 'figure', 'figcaption', 'form', 'caption', 'body', 'hr']);
const SILENT: ReadonlySet<string> = new Set(['head', 'title', 'style', 'script', 'xml', 'template', 'noscript', 'object', 'iframe', 'select', 'svg', 'button', 'textarea']);
const NO_OPENING: Opening = { style: null, numbering: null, indent: null };
const OUTSIDE: Scope = { name: '', italic: false, bold: false, underline: false, struck: false, link: false, raised: false, exact: false, font: '', insertion: null, deletion: null, silent: false, close: null };
/** Twips of a length in CSS. */
const UNITS: Readonly<Record<string, number>> = { cm: 567, mm: 56.7, in: 1440, pt: 20, px: 15, pc: 240 };

/** Reads a fragment. Whatever is written in it is read; what is no text is left out. */
export function readHtml(html: string, report: Report): Story {
  const reader = new HtmlReader(report);
  const parser = new Parser({
    onopentag: (name, attributes) => reader.open(name, attributes), onclosetag: () => reader.close(), ontext: text => reader.text(text),
    oncomment: comment => { if (/^(?:Start|End)Fragment$/.test(comment.trim())) reader.edge(); },
  }, { recognizeSelfClosing: false });
  parser.write(html);
  parser.end();
  return reader.end();
}

class HtmlReader {
  private readonly changes = new Changes();
  private readonly styles = new Styles(null, null);
  private readonly scopes: Scope[] = [OUTSIDE];
  private readonly containers: Block[][] = [[]];
  private readonly tables: Table[] = [];
  private readonly lists: List[] = [];
  /** The names of Word's styles by the classes that stand for them. */
  private readonly names = new Map<string, string>();
  private readonly told = new Set<string>();
  private readonly notes = new Map<string, Note>();
  /** The note that the text of a container is. */
  private readonly inNote: string[] = [];
  /** The note that this paragraph is, where notes have no container. */
  private noteHere: string | null = null;
  private readonly comments = new Map<string, { author: string; text: string }>();
  /** Comments by their numbers, as the text refers to them. */
  private readonly hung = new Map<string, { author: string; date: string; parent: string | null }>();
  private comment: { id: string; author: string } | null = null;
  private readonly begun = new Set<string>();
  private paragraph: Paragraph | null = null;
  private opening: Opening = NO_OPENING;
  /** The label that a list gives to the paragraph that comes; with the change that its item is. */
  private label = '';
  /** What captures the text of an element instead of the paragraph. */
  private captured: string | null = null;
  private hasHeads = false;

  constructor(private readonly report: Report) {}

  end(): Story {
    this.closeParagraph();
    const comments = new Map<string, Comment>();
    for (const [id, { author, text }] of this.comments) {
      const { author: initials = '', date = '', parent = null } = this.hung.get(id) ?? {};
      comments.set(id, { id, change: this.changes.of({ 'w:author': author || initials, 'w:date': date }), text, parent: parent !== null && parent !== id ? parent : null });
    }
    const [blocks = []] = this.containers, { notes } = this;
    for (const paragraph of [...paragraphsOf(blocks)]) for (const item of paragraph.content) if (item.kind === 'reference' && !notes.get(item.note)?.blocks.length) {
      this.report.add('The text of a footnote is not on the clipboard.', wordsOf(paragraph));
      notes.delete(item.note);
    }
    return { blocks, notes, noteAt: new Map(), comments, styles: this.styles, lists: null, report: this.report, own: false };
  }

  open(name: string, attributes: Attributes): void {
    const above = this.scopes.at(-1)!;
    if (above.silent && name !== 'a' && name !== 'style') { this.scopes.push({ ...above, name, close: null }); return; }
    const css = styleOf(attributes['style']), classes = (attributes['class'] ?? '').split(/\s+/).filter(Boolean);
    if (BLOCKS.has(name)) this.openBlock(name, css, classes);
    this.scopes.push({ ...above, name, close: null, ...this.look(above, name, css), ...this.tracked(above, name, attributes, classes), ...this.special(name, attributes, css, classes) });
  }

  /** What was copied begins or ends here. */
  edge(): void { if (!this.inNote.length && !this.comment && !this.tables.length) this.closeParagraph(); }

  close(): void {
    const scope = this.scopes.pop();
    if (!scope || this.scopes.length === 0) { this.scopes.push(OUTSIDE); return; }
    scope.close?.();
    if (BLOCKS.has(scope.name) && !scope.silent) this.closeParagraph();
  }

  text(text: string): void {
    const scope = this.scopes.at(-1)!;
    if (this.captured !== null) { this.captured += text; return; }
    if (scope.silent) return;
    if (scope.font) this.add([...text].map(sign => symbol(scope.font, sign.codePointAt(0)!) ?? sign).join(''));
    else if (scope.exact) this.add(text.replace(/\r\n?/g, '\n'));
    else this.addFlowing(text.replace(/[ \t\r\n\f]+/g, ' '));
  }

  /** Blanks at the start of a paragraph and behind other blanks are not shown. */
  private addFlowing(text: string): void {
    const last = this.paragraph?.content.findLast(item => item.kind === 'run' || item.kind === 'reference');
    const isShown = last && !(last.kind === 'run' && /[ \n\t]$/.test(last.text));
    this.add(isShown ? text : text.replace(/^ /, ''));
  }

  /** What an element says of its text's look. */
  private look(above: Scope, name: string, css: Css): Partial<Scope> {
    const weight = css['font-weight'], slant = css['font-style'], line = css['text-decoration'] ?? css['text-decoration-line'] ?? '', space = css['white-space'] ?? '';
    const symbols = css['mso-char-type'] === 'symbol' ? css['mso-symbol-font-family'] ?? css['font-family'] ?? '' : /^["']?(?:symbol|wingdings)/i.test(css['font-family'] ?? '') ? css['font-family']! : null;
    return {
      italic: slant ? /italic|oblique/.test(slant) : above.italic || name === 'i' || name === 'em',
      bold: weight ? /^(?:bold|bolder|[6-9]00)$/.test(weight) : above.bold || name === 'b' || name === 'strong',
      underline: above.underline || name === 'u' || /underline/.test(line) && name !== 'ins',
      struck: above.struck || name === 's' || name === 'strike' || /line-through/.test(line) && name !== 'del',
      link: above.link || name === 'a',
      raised: above.raised || name === 'sup' || name === 'sub' || /^su[bp]/.test(css['vertical-align'] ?? ''),
      exact: space ? space.startsWith('pre') : above.exact || name === 'pre',
      font: symbols?.replace(/["']/g, '') ?? (css['font-family'] ? '' : above.font),
    };
  }

  /** `<ins cite="mailto:Name" datetime="2024-09-22T10:30">`; `<span class=msoIns>` alone where nobody is named. */
  private tracked(above: Scope, name: string, { cite = '', datetime = '' }: Attributes, classes: readonly string[]): Partial<Scope> {
    const side = name === 'ins' || classes.includes('msoIns') ? 'insertion' : name === 'del' || classes.includes('msoDel') ? 'deletion' : null;
    if (!side || name !== 'ins' && name !== 'del' && above[side]) return {};
    const change = this.changes.of({ 'w:author': /^mailto:/i.test(cite) ? decoded(cite.slice(7)) : '', 'w:date': datetime });
    return { [side]: change };
  }

  /** Elements that mean more than their text. */
  private special(name: string, attributes: Attributes, css: Css, classes: readonly string[]): Partial<Scope> {
    const element = css['mso-element'] ?? '';
    if (css['mso-comment-author'] && this.comment) this.comment.author = css['mso-comment-author'];
    if (/^none\b/.test(css['display'] ?? '') || css['mso-hide'] === 'all' || /^(?:header|footer)$/.test(element)) return { silent: true };
    if (name === 'style') return { silent: true, ...this.capture(text => this.readStyles(text)) };
    if (SILENT.has(name)) return { silent: true };
    if (css['mso-list']?.toLowerCase() === 'ignore') return this.capture(text => { this.label = labelOf(text); });
    if (css['mso-tab-count']) { this.add('\t'.repeat(Math.min(Number(css['mso-tab-count']) || 1, 20))); return { silent: true }; }
    if (css['mso-special-character'] === 'comment') return { silent: true };
    if (css['mso-spacerun']) return this.capture(text => this.add(text.replace(/[\s\u00a0]/g, ' ')));
    if (element === 'comment') return this.openComment();
    const note = /^(?:(?:ftn|edn)|sd(?:foot|end)note)\d+$/.exec(attributes['id'] ?? '')?.[0];
    if (note && name === 'div') return this.openNote(note);
    switch (name) {
      case 'a': return this.link(attributes, css, classes);
      case 'br': if (this.paragraph && !attributes['clear'] && !css['page-break-before']) this.add('\n'); return {};
      case 'o:p': this.endOfParagraph(); return {};
      case 'img': this.picture(attributes['alt'] ?? ''); return {};
      case 'ol': case 'ul': return this.openList(name, attributes, css);
      case 'li': this.openListItem(attributes, css); return { close: () => { this.closeParagraph(); this.label = ''; } };
      case 'thead': this.hasHeads = true; return { close: () => { this.hasHeads = false; } };
      case 'table': return this.openTable();
      case 'tr': this.tables.at(-1)?.rows.push({ header: this.hasHeads, cells: [], insertion: null, deletion: null }); return {};
      case 'td': case 'th': return this.openCell(name, attributes);
      default: return {};
    }
  }

  private capture(then: (text: string) => void): Partial<Scope> {
    if (this.captured !== null) return {};
    this.captured = '';
    return { close: () => { const text = this.captured ?? ''; this.captured = null; then(text); } };
  }

  /** `p.Restitle { mso-style-name:Res_title; }`: what the classes stand for. */
  private readStyles(text: string): void {
    for (const [, selectors, rules] of text.matchAll(/([^{}]{1,400})\{([^{}]*)\}/g)) {
      const name = /mso-style-name:\s*("[^"]*"|[^;]*)/.exec(rules!)?.[1]?.replace(/["\\]|,.*/g, '').trim();
      if (name) for (const [, own] of selectors!.matchAll(/\.([\w-]+)/g)) this.names.set(own!, name);
    }
  }

  /** The style of a paragraph, as far as it is one of Word's. */
  private styleOf(name: string, classes: readonly string[]): string | null {
    const heading = /^h([1-6])$/.exec(name)?.[1];
    for (const own of classes) {
      const style = this.names.get(own) ?? own.replace(/^Mso/, '');
      this.styles.know(style);
      if (this.styles.roleOf(style).role || !heading && (this.names.has(own) || own.startsWith('Mso'))) return style;
    }
    if (heading) this.styles.know(`heading ${heading}`);
    return heading ? `heading ${heading}` : null;
  }

  private openBlock(name: string, css: Css, classes: readonly string[]): void {
    this.closeParagraph();
    const level = /\blevel(\d)/.exec(css['mso-list'] ?? '')?.[1], left = twips(css['margin-left']), hanging = -twips(css['text-indent']);
    const inItem = this.label && name !== 'li' ? this.opening.numbering : null;
    this.opening = {
      style: this.styleOf(name, classes), numbering: level ? { list: null, level: Number(level) - 1 } : inItem,
      indent: left && !level && !inItem ? { left, hanging } : null,
    };
  }

  private openParagraph(): Paragraph {
    if (this.paragraph) return this.paragraph;
    this.paragraph = { kind: 'paragraph', ...this.opening, numberInserted: null, content: [], insertedEnd: null, deletedEnd: null, endsCover: false };
    this.opening = NO_OPENING;
    const { label } = this;
    this.label = '';
    if (label) this.add(label);
    return this.paragraph;
  }

  private closeParagraph(): void {
    const { paragraph, noteHere } = this;
    this.paragraph = null;
    this.noteHere = null;
    if (!paragraph) return;
    const words = wordsOf(paragraph).trim(), last = paragraph.content.at(-1);
    // The break in front of a paragraph's end shows nothing.
    if (last?.kind === 'run') last.text = last.text.replace(/\n$/, '');
    if (noteHere) this.noteOf(noteHere).blocks.push(paragraph); else this.containers.at(-1)!.push(paragraph);
    if (words) for (const message of this.told) this.report.add(message, words);
    this.told.clear();
  }

  /** Word closes each paragraph with an empty element that looks, and is tracked, like its end. */
  private endOfParagraph(): void {
    const { insertion, deletion } = this.scopes.at(-1)!;
    if (!this.paragraph) return;
    this.paragraph.insertedEnd = insertion;
    this.paragraph.deletedEnd = deletion;
  }

  private add(text: string): void {
    if (!text || !this.paragraph && !text.trim() && !this.label) return;
    const { content } = this.openParagraph(), { italic, bold, underline, struck, link, raised, insertion, deletion } = this.scopes.at(-1)!, last = content.at(-1);
    if (struck && !deletion && text.trim()) this.tell('Text that is struck out by hand, not as a tracked change, is plain text.');
    if (raised && text.trim()) this.tell('Raised or lowered signs stand on the line.');
    const look = { italic, bold, underline: underline && !insertion && !link, highlighted: false, insertion, deletion };
    if (last?.kind === 'run' && last.insertion === insertion && last.deletion === deletion && last.italic === italic && last.bold === bold && last.underline === look.underline) last.text += text;
    else content.push({ kind: 'run', text, ...look });
  }

  private push(item: Item): void { this.openParagraph().content.push(item); }

  /** Something to tell the user; it is told with the paragraph's words. */
  private tell(message: string): void { this.told.add(message); }

  private picture(alt: string): void {
    const name = alt.replace(/\s+/g, ' ').trim().slice(0, 80);
    this.add(`[Picture${name ? `: ${name}` : ''}]`);
    this.tell(`A picture${name ? ` (${name})` : ''} is a placeholder.`);
  }

  private link(attributes: Attributes, css: Css, classes: readonly string[]): Partial<Scope> {
    const href = attributes['href'] ?? '', aim = href.includes('#') ? decoded(href.slice(href.indexOf('#') + 1)) : '';
    const { insertion, deletion } = this.scopes.at(-1)!, tracked = { insertion, deletion };
    const named = /^_msocom_(\d+)$/.exec(attributes['name'] ?? '')?.[1];
    if (named && this.comment) this.comment.id = named;
    if (classes.includes('msocomoff')) return { silent: true };
    const remark = /^_msocom_(\d+)$/.exec(aim)?.[1];
    if (remark) {
      this.openParagraph().content.push({ kind: 'comment-end', id: remark, ...tracked }, { kind: 'comment', id: remark, ...tracked });
      return { silent: true };
    }
    const reference = css['mso-comment-reference'];
    if (reference) { this.beginComment(reference, css); return {}; }
    if (/^_(?:ftn|edn)ref\d+$|^sd(?:foot|end)note\d+anc$|^ftnt_ref\d+$/.test(aim)) {
      if (!this.inNote.length && this.paragraph === null) this.noteHere = /^ftnt\d+$/.exec(attributes['id'] ?? attributes['name'] ?? '')?.[0] ?? null;
      if (this.noteHere) this.openParagraph();
      return { silent: true };
    }
    const key = /^_((?:ftn|edn)\d+)$|^(sd(?:foot|end)note\d+)sym$|^(ftnt\d+)$/.exec(aim)?.slice(1).find(Boolean);
    if (key && !this.inNote.includes(key)) {
      const note = this.noteOf(key);
      this.push({ kind: 'reference', note: key, ...tracked });
      return this.capture(text => {
        const mark = text.replace(/[[\]\s]+/g, '');
        if (mark && !/^(?:\d+|[ivxlc]+)$/.test(mark)) note.mark = mark;
      });
    }
    if (key) return { silent: true };
    if (/^(?:https?|mailto):/i.test(href)) this.tell(`The text has a link to ${href}; only its words were taken over.`);
    return {};
  }

  private noteOf(key: string): Note {
    let note = this.notes.get(key);
    if (!note) this.notes.set(key, note = { mark: null, blocks: [] });
    return note;
  }

  private openNote(key: string): Partial<Scope> {
    const { blocks } = this.noteOf(key);
    this.containers.push(blocks);
    this.inNote.push(key);
    return { close: () => { this.closeParagraph(); this.containers.pop(); this.inNote.pop(); } };
  }

  private openComment(): Partial<Scope> {
    const blocks: Block[] = [], comment = { id: String(this.comments.size + 1), author: '' };
    this.comment = comment;
    this.containers.push(blocks);
    return { close: () => {
      this.closeParagraph();
      this.containers.pop();
      this.comment = null;
      this.comments.set(comment.id, { author: comment.author, text: [...paragraphsOf(blocks)].map(paragraph => wordsOf(paragraph).trim()).filter(Boolean).join(' ') });
    } };
  }

  /** `mso-comment-reference:AB_1; mso-comment-date:20240922T1030; mso-comment-parent:2`: initials and number, and what it answers. */
  private beginComment(reference: string, css: Css): void {
    const [, initials = '', id = ''] = /^(.*)_(\d+)$/.exec(reference.trim()) ?? [];
    const date = (css['mso-comment-date'] ?? '').replace(/^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d))?.*$/, (_, year: string, month: string, day: string, hour?: string, minute?: string) => `${year}-${month}-${day}${hour ? `T${hour}:${minute}` : ''}`);
    if (!id || this.begun.has(id)) return;
    this.begun.add(id);
    this.hung.set(id, { author: initials, date, parent: css['mso-comment-parent']?.trim() ?? null });
    if (css['mso-comment-done'] === 'yes') this.tell('A comment that is marked as resolved is a comment like any other.');
    const { insertion, deletion } = this.scopes.at(-1)!;
    this.push({ kind: 'comment-start', id, insertion, deletion });
  }

  private openList(name: string, attributes: Attributes, css: Css): Partial<Scope> {
    this.closeParagraph();
    const type = css['list-style-type'] ?? attributes['type'] ?? '';
    this.lists.push({ format: name === 'ul' ? 'dash' : /^(?:a|lower-alpha|lower-latin|A|upper-alpha)$/.test(type) ? 'letter' : /^(?:i|lower-roman)$/.test(type) ? 'roman' : 'number', next: ordinal(attributes['start']) ?? 1 });
    return { close: () => { this.closeParagraph(); this.lists.pop(); } };
  }

  private openListItem(attributes: Attributes, css: Css): void {
    const list = this.lists.at(-1);
    if (!list || css['list-style-type'] === 'none') return;
    const number = ordinal(attributes['value']) ?? list.next;
    list.next = number + 1;
    this.label = list.format === 'dash' ? '–\t' : list.format === 'letter' ? `${letterText(number)})\t` : list.format === 'roman' ? `${romanText(number)})\t` : `${number}\t`;
    this.opening = { ...this.opening, numbering: { list: null, level: this.lists.length - 1 }, indent: null };
  }

  private openTable(): Partial<Scope> {
    this.closeParagraph();
    const table: Table = { kind: 'table', rows: [] };
    this.tables.push(table);
    return { close: () => {
      this.closeParagraph();
      this.tables.pop();
      table.rows = table.rows.filter(({ cells }) => cells.length);
      if (table.rows.length) this.containers.at(-1)!.push(table);
    } };
  }

  private openCell(name: string, attributes: Attributes): Partial<Scope> {
    const row = this.tables.at(-1)?.rows.at(-1);
    if (!row) return {};
    this.closeParagraph();
    if (name === 'td' && !this.hasHeads) row.header = false; else if (!row.cells.length) row.header = true;
    const blocks: Block[] = [], span = Math.min(Math.max(Number(attributes['colspan']) || 1, 1), 64);
    if (span > 1 || Number(attributes['rowspan']) > 1) this.tell(MERGED);
    row.cells.push({ blocks, span, insertion: null, deletion: null });
    this.containers.push(blocks);
    return { close: () => { this.closeParagraph(); this.containers.pop(); } };
  }
}

type Css = Readonly<Record<string, string>>;

/** The declarations of a `style` attribute; names in small letters, values without quotation marks. */
function styleOf(text = ''): Css {
  const css: Record<string, string> = {};
  for (const [, name, value] of text.matchAll(/(?<![\w-])([\w-]+)\s*:\s*("[^"]*"|[^;]*)/g)) css[name!.toLowerCase()] = value!.replace(/\s+/g, ' ').replace(/^"|"$/g, '').trim();
  return css;
}

/** The number of a list's item, if it is one that a list may have. */
function ordinal(text = ''): number | null {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 && number < 1000 ? number : null;
}

function twips(length = ''): number {
  const [, number, unit] = /^(-?[\d.]+)(\w+)/.exec(length) ?? [];
  return Math.round(Number(number ?? 0) * (UNITS[unit ?? ''] ?? 0)) || 0;
}

/** The label that Word has drawn, a tab behind it; its bullets are signs of symbol fonts. */
function labelOf(text: string): string {
  const label = text.replace(/[\s\u00a0]+/g, ' ').trim();
  return !label ? '' : /^(?:o|[^\p{L}\p{N}]|[\u00a7\u00fc\u00d8\uf000-\uf0ff])$/u.test(label) ? '–\t' : `${label}\t`;
}

function decoded(text: string): string {
  try { return decodeURIComponent(text); } catch { return text; }
}
