/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { strFromU8, unzipSync } from 'fflate';
import type { View } from '../messages';
import { settle, tag } from './settle';
import { all, attribute, child, make, on, Styles, twips, unwrap, W } from './word';

/** A paragraph or table, ready to be drawn: equal XML is drawn equally, wherever it stands. */
export interface Block {
  xml: string;
  /** The child of the file's body that it comes from, counting paragraphs and tables from 0; -1 for none. */
  source: number;
  /** The section it belongs to. */
  section: number;
  newPage: boolean;
}

type Story = Partial<Record<'default' | 'first' | 'even', string[]>>;

/** Lengths in CSS pixels. */
export interface Section {
  width: number; height: number;
  margin: { top: number; right: number; bottom: number; left: number; header: number; footer: number };
  continuous: boolean;
  titlePage: boolean;
  firstNumber: number | undefined;
  headers: Story;
  footers: Story;
}

export interface Comment { author: string; date: string; text: string[] }

/** One view of a Word file, taken apart into what pages are made of. */
export interface Manuscript {
  blocks: Block[];
  sections: Section[];
  footnotes: Map<string, string[]>;
  comments: Map<string, Comment>;
  evenAndOdd: boolean;
  /** Distance of the tab stops that nobody set, in CSS pixels. */
  tabDistance: number;
  /** The file's other parts as docx-preview is to read them: repaired styles, and all pictures reachable from the body. */
  surroundings: Record<string, Uint8Array | string>;
  bodyPath: string;
}

/** A Word file taken out of its zip and parsed; from it each view is made. */
export interface WordFile { parts: Record<string, Uint8Array>; bodyPath: string; xml: (path: string) => Document | undefined }

/** @throws an Error in the user's words where the bytes are no Word file. */
export function open(docx: Uint8Array): WordFile {
  const parts = unzipSync(docx);
  const parsed = new Map<string, Document | undefined>();
  const xml = (path: string): Document | undefined => {
    if (!parsed.has(path)) {
      const part = parts[path];
      const document = part && new DOMParser().parseFromString(strFromU8(part), 'application/xml');
      if (document?.getElementsByTagName('parsererror').length) throw new Error(`the part ${path} of the Word file is damaged`);
      parsed.set(path, document);
    }
    return parsed.get(path);
  };
  const bodyPath = relations({ parts, bodyPath: '', xml }, '').find(r => r.type === 'officeDocument')?.target;
  if (!bodyPath || !parts[bodyPath]) throw new Error('this is not a Word file');
  return { parts, bodyPath, xml };
}

interface Relation { id: string; type: string; target: string; external: boolean }

function relations(file: WordFile, path: string): Relation[] {
  const slash = path.lastIndexOf('/') + 1, folder = path.slice(0, slash);
  const root = file.xml(`${folder}_rels/${path.slice(slash)}.rels`)?.documentElement;
  return [...root?.children ?? []].map(e => {
    const target = e.getAttribute('Target') ?? '', external = e.getAttribute('TargetMode') === 'External';
    return {
      id: e.getAttribute('Id') ?? '', type: (e.getAttribute('Type') ?? '').replace(/.*\//, ''), external,
      target: external ? target : new URL(target, `part:/${folder}`).pathname.replace(/^\//, ''),
    };
  });
}

/** Makes one view of a file. Pure: the file stays as it is, so that the next view starts from the same XML. */
export function compose(file: WordFile, view: View): Manuscript {
  const bodyRelations = relations(file, file.bodyPath);
  const part = (type: string): string | undefined => bodyRelations.find(r => r.type === type)?.target;
  const root = (path: string | undefined): Element | undefined => path ? file.xml(path)?.documentElement : undefined;
  const styles = new Styles(root(part('styles')));
  const settings = root(part('settings'));
  const pictures: Relation[] = [];
  const writer = new XMLSerializer();

  const body = child(root(file.bodyPath), 'body')?.cloneNode(true) as Element | undefined;
  if (!body) throw new Error('the Word file has no text');
  [...body.children].filter(e => e.localName === 'p' || e.localName === 'tbl').forEach((e, i) => e.setAttribute('source', `${i}`));
  settle(body, view);

  // Word numbers footnotes in the order of their references, whatever their ids.
  const numbers = new Map<string, string>();
  let count = 0;
  for (const reference of all(body, 'footnoteReference')) {
    const id = attribute(reference, 'id') ?? '';
    const ownMark = !['0', 'false', null].includes(attribute(reference, 'customMarkFollows'));
    if (!numbers.has(id)) numbers.set(id, ownMark ? '' : `${++count}`);
  }

  /** Everything under `story` in a form that docx-preview draws as Word does. */
  const repair = (story: Element, path: string, noteNumber?: string): Element => {
    if (path !== file.bodyPath) adoptPictures(story, relations(file, path), path, pictures);
    unwrapTransparent(story);
    if (view === 'markup') wrapCommented(story);
    for (const run of all(story, 'r')) repairRun(run, styles, numbers, noteNumber);
    drawFields(story);
    spaceLines(story);
    for (const row of all(story, 'tr')) {
      const header = child(child(row, 'trPr'), 'tblHeader'), first = all(row, 'p')[0];
      if (header && on(header) && first) first.append(tag(row.ownerDocument, { kind: 'headerRow' }));
    }
    for (const paragraph of all(story, 'p')) describeParagraph(paragraph, styles);
    for (const table of all(story, 'tbl')) nameTable(table, styles);
    for (const scrap of all(story, ...scraps)) scrap.remove();
    return story;
  };
  const drawn = (story: Element, path: string, noteNumber?: string): string[] =>
    [...repair(story, path, noteNumber).children].filter(e => e.localName === 'p' || e.localName === 'tbl').map(e => writer.serializeToString(e));

  const stories = (sectPr: Element | undefined, name: 'header' | 'footer', before: Story): Story => {
    const result = { ...before };
    for (const reference of sectPr ? all(sectPr, `${name}Reference`) : []) {
      const id = [...reference.attributes].find(a => a.localName === 'id')?.value;
      const target = bodyRelations.find(r => r.id === id)?.target, story = root(target)?.cloneNode(true) as Element | undefined;
      if (!story || !target) continue;
      settle(story, view);
      result[(attribute(reference, 'type') ?? 'default') as keyof Story] = drawn(story, target);
    }
    return result;
  };

  repair(body, file.bodyPath);
  const blocks: Block[] = [], sections: Section[] = [];
  let newPage = false;
  for (const element of [...body.children]) {
    if (element.localName !== 'p' && element.localName !== 'tbl') continue;
    const source = Number(element.getAttribute('source') ?? -1);
    element.removeAttribute('source');
    const pPr = child(element, 'pPr'), sectPr = child(pPr, 'sectPr');
    sectPr?.remove();
    const wanted = element.localName === 'p' ? styles.property(pPr, 'pageBreakBefore') : undefined;
    newPage ||= wanted !== undefined && on(wanted);
    child(pPr, 'pageBreakBefore')?.remove();
    for (const piece of cutAtPageBreaks(element)) {
      if (piece === 'break') { newPage = true; continue; }
      blocks.push({ xml: writer.serializeToString(piece), source, section: sections.length, newPage });
      newPage = false;
    }
    if (sectPr) sections.push(section(sectPr, sections.at(-1), stories));
  }
  sections.push(section(child(body, 'sectPr'), sections.at(-1), stories));

  const footnotes = new Map<string, string[]>(), notesPath = part('footnotes');
  for (const note of notesPath ? all(root(notesPath)!, 'footnote') : []) {
    const id = attribute(note, 'id') ?? '';
    if (!numbers.has(id)) continue;
    const story = note.cloneNode(true) as Element;
    settle(story, view);
    footnotes.set(id, drawn(story, notesPath!, numbers.get(id)!));
  }
  const comments = new Map<string, Comment>();
  const commentsRoot = view === 'markup' ? root(part('comments')) : undefined;
  for (const comment of commentsRoot ? all(commentsRoot, 'comment') : []) {
    comments.set(attribute(comment, 'id') ?? '', {
      author: attribute(comment, 'author') ?? '', date: attribute(comment, 'date') ?? '',
      text: all(comment, 'p').map(p => all(p, 't').map(t => t.textContent).join('')),
    });
  }

  const surroundings: Manuscript['surroundings'] = {};
  for (const [path, bytes] of Object.entries(file.parts)) {
    if (path === '[Content_Types].xml' || path.startsWith('_rels/') || path.includes('/media/') || path.includes('/theme/')) surroundings[path] = bytes;
  }
  const stylesPath = part('styles'), stylesXml = root(stylesPath)?.cloneNode(true) as Element | undefined;
  if (stylesPath && stylesXml) {
    spaceLines(stylesXml);
    for (const property of all(stylesXml, 'numPr', 'pageBreakBefore')) property.remove();
    surroundings[stylesPath] = writer.serializeToString(stylesXml);
  }
  surroundings[file.bodyPath.replace(/([^/]*)$/, '_rels/$1.rels')] = writeRelations([
    ...bodyRelations.filter(r => ['styles', 'theme', 'image'].includes(r.type)), ...pictures,
  ]);
  return {
    blocks, sections, footnotes, comments, surroundings, bodyPath: file.bodyPath,
    evenAndOdd: on(child(settings, 'evenAndOddHeaders')),
    tabDistance: twips(attribute(child(settings, 'defaultTabStop'), 'val'), 48),
  };
}

const officeRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function writeRelations(list: Relation[]): string {
  const xml = document.implementation.createDocument('http://schemas.openxmlformats.org/package/2006/relationships', 'Relationships');
  for (const { id, type, target, external } of list) {
    const e = xml.createElementNS(xml.documentElement.namespaceURI, 'Relationship');
    e.setAttribute('Id', id);
    e.setAttribute('Type', `${officeRelations}/${type}`);
    e.setAttribute('Target', external ? target : `/${target}`);
    if (external) e.setAttribute('TargetMode', 'External');
    xml.documentElement.append(e);
  }
  return new XMLSerializer().serializeToString(xml);
}

function section(sectPr: Element | undefined, before: Section | undefined, stories: (s: Element | undefined, name: 'header' | 'footer', before: Story) => Story): Section {
  const size = child(sectPr, 'pgSz'), margin = child(sectPr, 'pgMar'), number = attribute(child(sectPr, 'pgNumType'), 'start');
  const side = (name: string, otherwise: number): number => Math.abs(twips(attribute(margin, name), otherwise));
  return {
    width: twips(attribute(size, 'w'), 793.8), height: twips(attribute(size, 'h'), 1122.5), // A4 where nothing is said
    margin: { top: side('top', 96), right: side('right', 96), bottom: side('bottom', 96), left: side('left', 96) + side('gutter', 0), header: side('header', 48), footer: side('footer', 48) },
    continuous: attribute(child(sectPr, 'type'), 'val') === 'continuous',
    titlePage: on(child(sectPr, 'titlePg')),
    firstNumber: number === null ? undefined : Number(number),
    headers: stories(sectPr, 'header', before?.headers ?? {}), footers: stories(sectPr, 'footer', before?.footers ?? {}),
  };
}

/** What draws nothing, or what we have read and docx-preview would draw its own way. */
const scraps = ['bookmarkStart', 'bookmarkEnd', 'commentRangeStart', 'commentRangeEnd', 'commentReference', 'lastRenderedPageBreak',
  'numPr', 'proofErr', 'framePr', 'pPrChange', 'rPrChange', 'altChunk'];

/** Containers that only hold text together: docx-preview loses what it does not expect inside them. */
function unwrapTransparent(story: Element): void {
  for (const choice of [...story.getElementsByTagNameNS('http://schemas.openxmlformats.org/markup-compatibility/2006', 'Choice')]) {
    if (choice.getAttribute('Requires') === 'w15') choice.parentElement!.replaceWith(...choice.childNodes); // text that others do without
  }
  for (const holder of all(story, 'hyperlink', 'smartTag', 'customXml', 'sdtContent', 'bdo', 'dir')) unwrap(holder);
  for (const control of all(story, 'sdt')) { child(control, 'sdtPr')?.remove(); child(control, 'sdtEndPr')?.remove(); unwrap(control); }
  for (const field of all(story, 'fldSimple')) {
    const kind = pageField(attribute(field, 'instr') ?? '');
    if (!kind) { unwrap(field); continue; }
    const rPr = child(child(field, 'r'), 'rPr');
    field.replaceWith(tag(field.ownerDocument, { kind }, make(field.ownerDocument, 'r', {}, ...rPr ? [rPr] : [], make(field.ownerDocument, 't', {}, '1'))));
  }
}

const pageField = (instruction: string): 'page' | 'pages' | undefined => {
  const name = instruction.trim().split(/\s+/)[0]?.toUpperCase();
  return name === 'PAGE' ? 'page' : name === 'NUMPAGES' || name === 'SECTIONPAGES' ? 'pages' : undefined;
};

/** Page numbers are fields whose remembered value is stale or missing: they become tags that each page fills in for itself. */
function drawFields(story: Element): void {
  const document = story.ownerDocument;
  const fields: { instruction: string; runs: Element[] }[] = [];
  for (const run of new Set(all(story, 'fldChar', 'instrText').map(e => e.parentElement!))) {
    // Word allows several parts of a field in one run, together with text; apart they are easier to follow.
    const rPr = child(run, 'rPr'), contents = [...run.children].filter(e => e !== rPr);
    run.replaceWith(...contents.map(e => make(document, 'r', {}, ...rPr ? [rPr.cloneNode(true)] : [], e)));
  }
  for (const run of all(story, 'r')) {
    const mark = child(run, 'fldChar'), type = attribute(mark, 'fldCharType'), field = fields.at(-1);
    if (type === 'begin') fields.push({ instruction: '', runs: [run] });
    else if (field) {
      field.runs.push(run);
      field.instruction += child(run, 'instrText')?.textContent ?? '';
    }
    if (type !== 'end' || !field) continue;
    fields.pop();
    const kind = pageField(field.instruction);
    if (kind) {
      const rPr = child(field.runs[0], 'rPr');
      run.after(tag(document, { kind }, make(document, 'r', {}, ...rPr ? [rPr.cloneNode(true)] : [], make(document, 't', {}, '1'))));
      for (const r of field.runs) r.remove();
    }
    fields.at(-1)?.runs.push(...kind ? [] : field.runs);
  }
}

/** The text between a comment's two ends, run by run: a comment may reach over paragraphs and into changes. */
function wrapCommented(story: Element): void {
  const document = story.ownerDocument, open: string[] = [];
  for (const e of all(story, 'commentRangeStart', 'commentRangeEnd', 'commentReference', 'r')) {
    const id = attribute(e, 'id') ?? '';
    if (e.localName === 'commentRangeStart') open.push(id);
    else if (e.localName === 'commentRangeEnd') open.splice(open.indexOf(id), open.includes(id) ? 1 : 0);
    else if (e.localName === 'commentReference') e.parentElement!.replaceWith(tag(document, { kind: 'comment', id }));
    else if (open.length > 0) {
      const holder = tag(document, { kind: 'comment', id: open.at(-1)! });
      e.replaceWith(holder);
      holder.append(e);
    }
  }
}

/** Headers and footnotes are drawn as part of the body, so the body must know their pictures. */
function adoptPictures(story: Element, own: Relation[], path: string, pictures: Relation[]): void {
  for (const blip of story.getElementsByTagNameNS('*', 'blip')) {
    const embed = [...blip.attributes].find(a => a.localName === 'embed'), relation = own.find(r => r.id === embed?.value);
    if (!embed || !relation) continue;
    embed.value = `${path.replace(/\W/g, '_')}_${relation.id}`;
    if (!pictures.some(p => p.id === embed.value)) pictures.push({ ...relation, id: embed.value });
  }
}

function repairRun(run: Element, styles: Styles, numbers: Map<string, string>, noteNumber: string | undefined): void {
  const document = run.ownerDocument;
  let rPr = child(run, 'rPr');
  // In docx-preview's style sheet a paragraph's style wins over a character style; as properties of the run itself it cannot.
  const named = child(rPr, 'rStyle');
  for (const style of named ? styles.chain(attribute(named, 'val')) : []) {
    for (const property of child(style, 'rPr')?.children ?? []) if (!child(rPr, property.localName)) rPr!.append(property.cloneNode(true));
  }
  named?.remove();
  for (const e of [...run.children]) {
    if (e.localName === 'noBreakHyphen') e.replaceWith(make(document, 't', {}, '\u2011'));
    else if (e.localName === 'tab' || e.localName === 'ptab') e.replaceWith(make(document, 't', {}, '\t'));
    else if (e.localName === 'cr') e.replaceWith(make(document, 'br'));
    else if (e.localName === 'footnoteRef') e.replaceWith(make(document, 't', {}, noteNumber ?? ''));
    else if (e.localName === 'footnoteReference') {
      if (!rPr) run.prepend(rPr = make(document, 'rPr'));
      if (!child(rPr, 'vertAlign')) rPr.append(make(document, 'vertAlign', { val: 'superscript' }));
      const id = attribute(e, 'id') ?? '';
      e.replaceWith(make(document, 't', {}, numbers.get(id) ?? ''));
      const holder = tag(document, { kind: 'footnote', id });
      run.replaceWith(holder);
      holder.append(run);
    }
  }
}

/** A single line in Word is the font's own height, 1.15 of its size in the fonts that ITU uses; in a style sheet `1` would be the bare size. */
function spaceLines(root: Element): void {
  for (const spacing of all(root, 'spacing')) {
    const line = Number(attribute(spacing, 'line') ?? NaN), rule = attribute(spacing, 'lineRule') ?? 'auto';
    if (Number.isNaN(line) || rule === 'exact') continue;
    // "At least" only shows where it is more than a line of ordinary text, and then it is the line's height.
    const height = rule === 'auto' ? [Math.round(line * 1.15), 'auto'] : line > 280 ? [line, 'exact'] : [276, 'auto'];
    spacing.setAttributeNS(spacing.namespaceURI, 'w:line', `${height[0]}`);
    spacing.setAttributeNS(spacing.namespaceURI, 'w:lineRule', `${height[1]}`);
  }
}

function describeParagraph(paragraph: Element, styles: Styles): void {
  const document = paragraph.ownerDocument;
  let pPr = child(paragraph, 'pPr');
  if (!pPr) paragraph.prepend(pPr = make(document, 'pPr'));
  // Without a named style docx-preview mixes up the defaults of the document with those of its default style.
  if (!child(pPr, 'pStyle')) pPr.prepend(make(document, 'pStyle', { val: styles.paragraph }));
  const is = (name: string): boolean => { const p = styles.property(pPr, name); return p !== undefined && on(p); };
  const tabs = styles.tabs(pPr), indent = styles.property(pPr, 'ind'), rightToLeft = is('bidi');
  if (rightToLeft) {
    // Left and right are where lines begin and end: here it is the other way round.
    const side = attribute(styles.property(pPr, 'jc'), 'val') ?? 'left', shown = /left|start/.test(side) ? 'right' : /right|end/.test(side) ? 'left' : side;
    child(pPr, 'jc')?.remove();
    pPr.append(make(document, 'jc', { val: shown }));
  }
  // A line is at least as high as the paragraph's mark.
  const mark = attribute(child(child(pPr, 'rPr'), 'sz'), 'val');
  pPr.after(tag(document, {
    kind: 'paragraph', size: mark ? Number(mark) : styles.size(pPr), ...(tabs.length > 0 && { tabs }),
    ...(rightToLeft && { rightToLeft }), ...(is('keepNext') && { with: 'next' }), ...(is('keepLines') && { whole: true }),
    ...(Number(attribute(indent, 'hanging') ?? 0) > 0 && { hangs: true }),
  }));
  child(pPr, 'tabs')?.remove();
}

/** Like paragraphs, tables get the default style only where they name it; whether their columns are fixed, or stand the other way round, is looked for in the wrong place. */
function nameTable(table: Element, styles: Styles): void {
  let tblPr = child(table, 'tblPr');
  if (!tblPr) table.prepend(tblPr = make(table.ownerDocument, 'tblPr'));
  if (styles.table && !child(tblPr, 'tblStyle')) tblPr.prepend(make(table.ownerDocument, 'tblStyle', { val: styles.table }));
  const layout = child(tblPr, 'tblLayout');
  layout?.setAttributeNS(W, 'w:val', attribute(layout, 'type') ?? 'auto');
  const mirrored = child(tblPr, 'bidiVisual');
  if (mirrored && on(mirrored)) tblPr.append(make(table.ownerDocument, 'bidi'));
}

/** A paragraph or table in pieces, with `break` where a new page starts; after the last break nothing stands unless there is text. */
function cutAtPageBreaks(element: Element): (Element | 'break')[] {
  const pieces: (Element | 'break')[] = [];
  for (const br of element.localName === 'p' ? all(element, 'br') : []) {
    if (attribute(br, 'type') !== 'page') continue;
    const range = element.ownerDocument.createRange(), pPr = child(element, 'pPr')!, note = pPr.nextElementSibling!;
    range.setStartAfter(note);
    range.setEndBefore(br);
    const piece = element.cloneNode(false) as Element;
    piece.append(pPr.cloneNode(true), note.cloneNode(true), range.extractContents());
    br.remove();
    pieces.push(piece, 'break');
  }
  if (pieces.length === 0 || all(element, 't', 'delText', 'drawing').length > 0) pieces.push(element);
  return pieces;
}
