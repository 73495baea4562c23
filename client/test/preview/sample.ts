/** Word files as the writer makes them, with everything in them that the page has to get right. */
import {
  AlignmentType, CommentRangeEnd, CommentRangeStart, CommentReference, DeletedTextRun, Document, Footer, FootnoteReferenceRun, Header, InsertedTextRun, NoBreakHyphen,
  Packer, PageBreak, PageNumber, PageOrientation, Paragraph, Tab, Table, TableCell, TableRow, TextRun, WidthType, type IParagraphOptions, type ISectionOptions,
} from 'docx';
import { strToU8, zipSync } from 'fflate';

/** Styles in ITU's manner: almost everything, the tab stops too, is said once in Normal and inherited. */
const style = (id: string, basedOn: string, pPr: string, rPr = ''): string =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${id}"/><w:basedOn w:val="${basedOn}"/><w:pPr>${pPr}</w:pPr><w:rPr>${rPr}</w:rPr></w:style>`;
const styles = `<?xml version="1.0" encoding="UTF-8"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr>
<w:tabs>${[794, 1191, 1588, 1985].map(position => `<w:tab w:val="left" w:pos="${position}"/>`).join('')}</w:tabs>
<w:spacing w:before="120" w:line="240" w:lineRule="auto"/><w:jc w:val="both"/></w:pPr><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="24"/></w:rPr></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
${[
    style('Call', 'Normal', '<w:keepNext/><w:keepLines/><w:spacing w:before="160"/><w:ind w:left="794"/>', '<w:i/>'),
    style('enumlev1', 'Normal', '<w:spacing w:before="80"/><w:ind w:left="794" w:hanging="794"/>'),
    style('enumlev2', 'enumlev1', '<w:ind w:left="1191" w:hanging="397"/>'),
    style('Centred', 'Normal', '<w:keepNext/><w:tabs><w:tab w:val="clear" w:pos="794"/><w:tab w:val="clear" w:pos="1191"/></w:tabs><w:jc w:val="center"/>'),
    style('ResNo', 'Centred', '', '<w:caps/><w:sz w:val="28"/>'),
    style('Restitle', 'Centred', '', '<w:b/><w:sz w:val="28"/>'),
    style('FootnoteText', 'Normal', '<w:spacing w:before="60"/>', '<w:sz w:val="22"/>'),
    style('Header', 'Normal', '<w:spacing w:before="0"/><w:jc w:val="center"/>', '<w:sz w:val="18"/>'),
    style('Signature', 'Centred', '<w:tabs><w:tab w:val="clear" w:pos="1588"/><w:tab w:val="clear" w:pos="1985"/><w:tab w:val="right" w:leader="dot" w:pos="9639"/></w:tabs><w:jc w:val="left"/>'),
  ].join('\n')}</w:styles>`;
const apt = { author: 'APT', date: '2024-09-22T00:00:00Z' }, eur = { author: 'EUR', date: '2024-09-30T00:00:00Z' };
let changes = 0;
const inserted = (text: string, by = apt): InsertedTextRun => new InsertedTextRun({ text, id: ++changes, ...by });
const deleted = (text: string, by = apt): DeletedTextRun => new DeletedTextRun({ text, id: ++changes, ...by });
const p = (style: string, ...children: NonNullable<IParagraphOptions['children']>): Paragraph => new Paragraph({ style, children });
const text = (words: string): TextRun => new TextRun({ children: words.split('\t').flatMap((w, i) => i === 0 ? [w] : [new Tab(), w]) });
const filler = 'that the members of the union have gathered experience with this matter and wish to share it with others, so that everyone may benefit from it';

/** Keeps count of the source lines while a body is put together, as the writer does. */
class Body {
  readonly children: (Paragraph | Table)[] = [];
  readonly lines: number[] = [];
  constructor(private line: number) {}
  add(child: Paragraph | Table, lines = 1): this {
    this.children.push(child);
    this.lines.push(this.line);
    this.line += lines;
    return this;
  }
}

const header = (words: string): Header => new Header({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: ['– ', PageNumber.CURRENT, ' –'] })] }), p('Header', text(words))] });
const footer = new Footer({ children: [new Paragraph({ children: [new TextRun({ children: ['of ', PageNumber.TOTAL_PAGES] })] })] });
const size = (landscape = false): ISectionOptions['properties'] => ({
  page: {
    size: { width: 11907, height: 16840, orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
    margin: { top: 1134, bottom: 1134, left: 1134, right: 1134, header: 567, footer: 567 },
  },
});

async function pack(sections: ISectionOptions[], footnotes: Record<string, string> = {}): Promise<Uint8Array> {
  return new Uint8Array(await Packer.toBuffer(new Document({
    sections,
    footnotes: Object.fromEntries(Object.entries(footnotes).map(([id, words]) => [id, { children: [p('FootnoteText', new TextRun({ text: ` ${words}` }))] }])),
    comments: { children: [{ id: 0, author: 'EUR', date: new Date('2024-10-01T00:00:00Z'), children: [new Paragraph('Is this still the name?')] }] },
    externalStyles: styles,
  })));
}

export interface Sample { docx: Uint8Array; lines: number[] }

/** A proposal with every kind of change, footnotes, a table, a comment, and an annex in landscape; the text starts in line 10. */
export async function proposal(): Promise<Sample> {
  const main = new Body(10), annex = new Body(200);
  main.add(p('ResNo', text('Resolution 98 (Rev. '), deleted('Geneva, 2022'), inserted('New Delhi, 2024'), text(')')))
    .add(p('Restitle', text('A title of the right length for sensors and '), inserted('sustainable '), text('cities')))
    .add(p('Call', text('recalling')))
    .add(p('enumlev1', text('a)\tResolution 197 (Rev. Dubai, 2018) of the Plenipotentiary Conference'), new FootnoteReferenceRun(1), text(`, ${filler};`)))
    .add(new Paragraph({ style: 'enumlev1', run: { insertion: { id: ++changes, ...apt } }, children: [inserted('b'), inserted(')'), new InsertedTextRun({ children: [new Tab(), 'a whole new paragraph;'], id: ++changes, ...apt })] }))
    .add(new Paragraph({ style: 'enumlev1', run: { deletion: { id: ++changes, ...eur } }, children: [deleted('x) a whole paragraph that goes;', eur)] }))
    .add(p('enumlev1', deleted('b'), inserted('c'), text(')\tRecommendation ITU'), new TextRun({ children: [new NoBreakHyphen()] }), text('T Y.4000, '), deleted(filler, eur)))
    .add(new Paragraph({ style: 'Normal', run: { deletion: { id: ++changes, ...apt } }, children: [text('This line goes on ')] }))
    .add(p('Normal', text('with this one.')))
    .add(p('Signature', text('For the union\tSigned')))
    .add(p('Normal', new CommentRangeStart(0), text('This text is spoken of.'), new CommentRangeEnd(0), new TextRun({ children: [new CommentReference(0)] })))
    .add(p('Call', text('resolves to instruct Study Group 20')))
    .add(p('enumlev2', text(`\ti)\t${filler};`)));
  for (let i = 1; i <= 30; i++) main.add(p('enumlev1', text(`${i}\t${filler}, ${filler}`), ...(i === 12 || i === 25 ? [new FootnoteReferenceRun(i === 12 ? 2 : 3)] : []), text('.')));
  const cell = (words: string): TableCell => new TableCell({ width: { size: 4800, type: WidthType.DXA }, children: [p('Normal', text(words))] });
  main.add(new Table({ width: { size: 9600, type: WidthType.DXA }, columnWidths: [4800, 4800], rows: [
    new TableRow({ tableHeader: true, children: [cell('Title'), cell('Number')] }),
    ...Array.from({ length: 40 }, (_, i) => new TableRow({ children: [cell(`Row ${i + 1}`), cell(`${i + 1}`)], ...(i === 2 && { insertion: { id: ++changes, ...apt } }), ...(i === 4 && { deletion: { id: ++changes, ...eur } }) })),
  ] }), 42).add(p('Normal', text('After the table.')));
  annex.add(p('ResNo', text('Annex'))).add(p('Normal', text('A wide page.')), 2).add(p('Normal', text('Before the break'), new TextRun({ children: [new PageBreak()] }), text('after the break')));
  const docx = await pack([
    { properties: { ...size(), titlePage: true }, headers: { default: header('WTSA24/37-E'), first: new Header({ children: [p('Header', text('First page'))] }) }, footers: { default: footer }, children: main.children },
    { properties: size(true)!, headers: { default: header('Annex') }, children: annex.children },
  ], {
    1: 'The first note, cited on the first page.', 2: 'The second note.', 3: `The third note is long: ${filler}, ${filler}, ${filler}.`,
  });
  return { docx, lines: [...main.lines, ...annex.lines] };
}

/** A long text of plain clauses, one a line from line 0; `changed` clauses read otherwise, and `extra` ones stand in front. */
export async function long(clauses: number, { changed = [] as number[], extra = 0 } = {}): Promise<Sample> {
  const body = new Body(0);
  for (let i = 0; i < extra; i++) body.add(p('Normal', text(`Something new stands here: ${filler}.`)));
  for (let i = 0; i < clauses; i++) {
    body.add(p('enumlev1', text(`${i + 1}\tClause ${i + 1}${changed.includes(i) ? ' reads otherwise now' : ''}: ${filler}, `), ...(i % 3 === 0 ? [deleted(`${filler}, `), inserted('so it is proposed, ', eur)] : []), text(`${filler}.`)));
  }
  return { docx: await pack([{ properties: size()!, headers: { default: header('Long') }, children: body.children }]), lines: body.lines };
}

/** A file whose body is this WordprocessingML, for what the writer's library cannot say. Line numbers count its paragraphs and tables. */
export function raw(body: string): Sample {
  const ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships', packages = 'http://schemas.openxmlformats.org/package/2006';
  const type = (name: string): string => `application/vnd.openxmlformats-officedocument.wordprocessingml.${name}+xml`;
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${type('document.main')}"/><Override PartName="/word/styles.xml" ContentType="${type('styles')}"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'word/document.xml': `<w:document ${ns}><w:body>${body}<w:sectPr><w:pgSz w:w="11907" w:h="16840"/><w:pgMar w:top="1134" w:bottom="1134" w:left="1134" w:right="1134" w:header="567" w:footer="567"/></w:sectPr></w:body></w:document>`,
    'word/styles.xml': styles,
  };
  const docx = zipSync(Object.fromEntries(Object.entries(parts).map(([path, xml]) => [path, strToU8(xml)])));
  return { docx, lines: (body.match(/<w:p>|<w:p |<w:tbl>/g) ?? []).map((_, i) => i) };
}
