/** Proposals side by side as a Word file: a landscape table with a column for each. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { AlignmentType, File, Footer, Header, Packer, PageNumber, PageOrientation, Paragraph as WordParagraph, TextRun, type IStylesOptions, type XmlComponent } from 'docx';
import { PAGE, styleSheet } from '../word/styles';
import { wordBody } from '../word/write/body';
import { Emitter } from '../word/write/emit';
import { repack } from '../word/write';
import { clean, Element, escapeXml } from '../word/write/xml';
import type { Item, Paragraph, Run } from '../word/write/model';
import type { Family } from './family';
import { sideBySide, UNCHANGED, type Column, type How } from './table';

export interface Printing extends How {
  readonly paper: 'A4' | 'A3';
  /** Changes as tracked changes, or as plain text that is underlined and struck through. */
  readonly marks: 'tracked' | 'drawn';
}

/** Twips, portrait. */
const PAPER = { A4: { width: 11907, height: 16840 }, A3: { width: 16840, height: 23811 } } as const;
const MARGIN = 850, GREY = 'E7E6E6';

/** The file's bytes; the same family gives the same bytes. */
export async function wordTable(family: Family, { paper, marks, ...how }: Printing): Promise<Uint8Array<ArrayBuffer>> {
  const { title, columns, rows } = sideBySide(family, how), { width, height } = PAPER[paper];
  const bodies = columns.map(({ document }) => wordBody(document, 'marked').children);
  const emitter = new Emitter(bodies.flat()), cells = columns.map((column, c) => paragraphsByRow(column, bodies[c]!, marks));
  const whole = height - 2 * MARGIN, each = Math.floor(whole / columns.length);
  const text = (words: string, style: string) => new WordParagraph({ style, children: [new TextRun(clean(words))] });
  const cell = (children: readonly XmlComponent[], { span, grey = false }: { span?: number; grey?: boolean } = {}) => new Element('w:tc', {}, [
    new Element('w:tcPr', {}, [value('w:tcW', { 'w:w': each * (span ?? 1), 'w:type': 'dxa' }), ...span ? [value('w:gridSpan', { 'w:val': span })] : [], ...grey ? [value('w:shd', { 'w:val': 'clear', 'w:color': 'auto', 'w:fill': GREY })] : []]),
    ...children.length ? children : [new WordParagraph({ style: 'Cell' })],
  ]);
  // Most cells of a long table are empty: they are one object.
  const empty = cell([]), unchanged = cell([text(UNCHANGED, 'Folded')]), row = (cells: readonly Element[], ...properties: string[]) => new Element('w:tr', {}, [...properties.length ? [new Element('w:trPr', {}, properties.map(name => new Element(name)))] : [], ...cells]);
  const across = (words: string, style: string) => row([cell([text(words, style)], { span: columns.length, grey: style === 'Across' })], 'w:cantSplit');

  const table = new Element('w:tbl', {}, [
    new Element('w:tblPr', {}, [
      ...family.document.grammar.language === 'ar' ? [new Element('w:bidiVisual')] : [], value('w:tblW', { 'w:w': each * columns.length, 'w:type': 'dxa' }),
      new Element('w:tblBorders', {}, ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(side => value(`w:${side}`, { 'w:val': 'single', 'w:sz': 4, 'w:space': 0, 'w:color': 'auto' }))),
      value('w:tblLayout', { 'w:type': 'fixed' }),
      new Element('w:tblCellMar', {}, [['top', 40], ['left', 85], ['bottom', 60], ['right', 85]].map(([side, width]) => value(`w:${side}`, { 'w:w': width!, 'w:type': 'dxa' }))),
    ]),
    new Element('w:tblGrid', {}, columns.map(() => value('w:gridCol', { 'w:w': each }))),
    row(columns.map(({ head, detail }) => cell([text(head, 'Who'), ...detail ? [text(detail, 'Symbol')] : []], { grey: true })), 'w:cantSplit', 'w:tblHeader'),
    ...rows.map(({ id, kind, text: words, shown, inForce }) => kind === 'cells'
      ? row(columns.map((_, c) => { const found = shown[c] ? cells[c]!.get(id) : undefined; return found ? cell(found.map(paragraph => emitter.paragraph(paragraph))) : inForce && !shown[c] ? unchanged : empty; }))
      : across(words, kind === 'across' ? 'Across' : 'Folded')),
    ...columns.some(({ reasons }) => reasons.length) ? [across('Reasons', 'Across'), row(columns.map(({ reasons }) => cell(reasons.map(reason => text(reason, 'Cell')))))] : [],
  ]);
  const file = new File({
    styles: tableStyles(family.document.grammar.language),
    sections: [{
      properties: { page: { size: { width, height, orientation: PageOrientation.LANDSCAPE }, margin: { top: MARGIN, right: MARGIN, bottom: MARGIN, left: MARGIN, header: PAGE.header, footer: PAGE.header } } },
      headers: { default: new Header({ children: [text(title, 'Running')] }) },
      footers: { default: new Footer({ children: [new WordParagraph({ style: 'Running', children: [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })] })] }) },
      children: [new WordParagraph(PLACE), new WordParagraph({ style: 'Running' })],
    }],
  });
  for (const footnote of emitter.footnotes) file.FootNotes.View.addChildElement(footnote);
  // The library takes long over tables of thousands of cells, and the table need not be packed twice.
  const parts = unzipSync(repack(await Packer.toBuffer(file, undefined, [{ path: 'docProps/core.xml', data: CORE }]))), written = xmlOf(table.prepForXml({ stack: [], file, viewWrapper: file.Document }));
  parts[DOCUMENT] = strToU8(strFromU8(parts[DOCUMENT]!).replace(new RegExp(`<w:p>(?:(?!</w:p>).)*${PLACE}.*?</w:p>`), () => written));
  return zipSync(parts, { mtime: new Date(1980, 0, 1) });
}

const DOCUMENT = 'word/document.xml';
/** Stands where the table will be. */
const PLACE = 'the table';

/** Elements as the library prepares them, as text. */
function xmlOf(prepared: unknown): string {
  if (prepared === null || prepared === undefined) return '';
  if (typeof prepared !== 'object') return escapeXml(String(prepared));
  let text = '';
  for (const [name, content] of Object.entries(prepared) as [string, unknown][]) {
    const parts: readonly unknown[] = Array.isArray(content) ? content : [content];
    let attributes = '', inside = '';
    for (const part of parts) {
      const own = (part as { _attr?: Readonly<Record<string, unknown>> } | null)?._attr;
      if (own) for (const key in own) attributes += ` ${key}="${escapeXml(String(own[key]))}"`; else inside += xmlOf(part);
    }
    text += inside ? `<${name}${attributes}>${inside}</${name}>` : `<${name}${attributes}/>`;
  }
  return text;
}

/** An element that says one thing. */
const value = (name: string, attributes: Readonly<Record<string, string | number>>): Element => new Element(name, attributes);

const CORE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>';

/** The paragraphs of a column by the row that they stand in, dressed for a narrow cell. */
function paragraphsByRow({ rows }: Column, children: ReturnType<typeof wordBody>['children'], marks: Printing['marks']): Map<number, Paragraph[]> {
  const result = new Map<number, Paragraph[]>();
  const add = (paragraph: Paragraph, line: number) => {
    const row = rows[line] ?? -1, style = STYLES[paragraph.style ?? ''] ?? 'Cell';
    const content = paragraph.content.filter(item => item.kind === 'run' || item.kind === 'reference');
    const dressed: Paragraph = { ...paragraph, style, indent: null, close: false, content: marks === 'drawn' ? content.map(drawn) : content, ...(marks === 'drawn' && { insertedEnd: null, deletedEnd: null }) };
    result.set(row, [...result.get(row) ?? [], dressed]);
  };
  for (const child of children) {
    if (child.kind === 'paragraph') { add(child, child.line); continue; }
    // A table in a cell is its rows, the cells divided by bars.
    for (const { line, cells, insertion, deletion } of child.rows) {
      const bar: Run = { kind: 'run', text: ' | ', italic: false, bold: false, underline: false, smallLetters: false, highlighted: false, style: null, insertion, deletion };
      add({ ...cells[0]!, kind: 'paragraph', line, content: cells.flatMap(({ content }, i) => i ? [{ ...bar }, ...content] : content), insertedEnd: insertion, deletedEnd: deletion }, line);
    }
  }
  return result;
}

function drawn(item: Item): Item {
  if (item.kind !== 'run') return { ...item, insertion: null, deletion: null };
  return { ...item, underline: item.insertion !== null || item.underline, struck: item.deletion !== null, insertion: null, deletion: null };
}

/** The styles of a contribution as they are called in a cell. */
const STYLES: Readonly<Record<string, string>> = {
  ResNo: 'CellHead', Restitle: 'CellHead', Resref: 'CellReference', AnnexNo: 'CellHead', Annextitle: 'CellHead', AppendixNo: 'CellHead', Appendixtitle: 'CellHead', SectionNo: 'CellHead', Sectiontitle: 'CellHead',
  Annexref: 'CellReference', Appendixref: 'CellReference', Call: 'CellCall', Headingb: 'CellBold', Heading1: 'CellBold', Heading2: 'CellBold', Heading3: 'CellBold', enumlev1: 'Cell1', enumlev2: 'Cell2', enumlev3: 'Cell2',
};

function tableStyles(language: string): IStylesOptions {
  const sheet = styleSheet(language), LEFT = AlignmentType.LEFT, CENTER = AlignmentType.CENTER;
  const tabs = [284, 567, 851].map(position => ({ type: 'left' as const, position }));
  const style = (id: string, paragraph: object, run: object = {}, basedOn = 'Cell') => ({ id, name: id, basedOn, next: id, paragraph, run });
  return {
    ...sheet,
    paragraphStyles: [
      ...(sheet.paragraphStyles ?? []).filter(({ id }) => id === 'Normal' || id === 'Note' || id === 'FootnoteText'),
      { id: 'Cell', name: 'Cell', basedOn: 'Normal', next: 'Cell', run: { size: 18 }, paragraph: { alignment: LEFT, spacing: { before: 40, after: 0 }, tabStops: [...[794, 1191, 1588, 1985].map(position => ({ type: 'clear' as const, position })), ...tabs] } as object },
      style('Cell1', { indent: { left: 284, hanging: 284 } }), style('Cell2', { indent: { left: 567, hanging: 283 } }),
      style('CellHead', { alignment: CENTER, keepNext: true }, { bold: true }), style('CellReference', { alignment: CENTER }, { italics: true }),
      style('CellCall', { keepNext: true, indent: { left: 284 } }, { italics: true }), style('CellBold', { keepNext: true }, { bold: true }),
      style('Who', { alignment: CENTER }, { bold: true }), style('Symbol', { alignment: CENTER, spacing: { before: 0, after: 40 } }),
      style('Across', { keepNext: true }, { italics: true, bold: true }), style('Folded', { alignment: CENTER }, { italics: true, color: '666666' }), style('Running', { alignment: CENTER }, { size: 16 }),
    ],
    characterStyles: sheet.characterStyles ?? [],
  };
}

