/**
 * What stands before and around a contribution's text: the cover of a contribution to WTSA, the head of a study
 * group's contribution, the page headers. The forms are those of WTSA-16 documents and of a study group's template
 * (study period 2025-2028); their labels are English in every language.
 */
import { AlignmentType, BorderStyle, Header, LineRuleType, PageNumber, Paragraph, Table, TableCell, TableLayoutType, TableRow, TextRun, VerticalAlignTable, WidthType, type IBorderOptions, type ParagraphChild } from 'docx';
import type { Contact, FrontMatter } from '../../markup/frontMatter';
import { TEXT_WIDTH } from '../styles';
import { Element, textElements } from './xml';

export interface Frame {
  /** Stands before the text. */
  readonly cover: readonly (Paragraph | Table)[];
  /** On every page but the first. */
  readonly header: Header;
}

type Values = FrontMatter['values'];

/**
 * The template that the front matter names; where it names none, what it says tells: a study group's contribution
 * has a study group, a contribution to an assembly has a meeting and a document or a source, the rest is a text by itself.
 */
const templateOf = ({ template, 'study-group': group, meeting, document, source }: Values): string | undefined =>
  template ?? (group ? 'study-group-contribution' : meeting && (document || source) ? 'wtsa-contribution' : undefined);

/** The cover and the header that the template asks for. */
export function frame({ values, contacts }: FrontMatter): Frame {
  switch (templateOf(values)) {
    case 'wtsa-contribution': return { cover: assemblyCover(values, contacts), header: header('', '', assemblySymbol(values)) };
    case 'study-group-contribution': return { cover: studyGroupCover(values, contacts), header: header('- ', ' -', studyGroupSymbol(values)) };
    default: return { cover: [], header: header('- ', ' -', '') };
  }
}

const LANGUAGES: Record<string, { name: string; letter: string }> = {
  en: { name: 'English', letter: 'E' }, fr: { name: 'French', letter: 'F' }, es: { name: 'Spanish', letter: 'S' },
  ru: { name: 'Russian', letter: 'R' }, ar: { name: 'Arabic', letter: 'A' }, zh: { name: 'Chinese', letter: 'C' },
};
const language = ({ language: code }: Values) => LANGUAGES[code ?? 'en'] ?? LANGUAGES['en']!;

/** The symbol of a document of an assembly, as ITU prints it: `WTSA24/37(Add.37)-E`; '' where it has no number. */
export function assemblySymbol(values: Values): string {
  const { meeting = '', document, addendum, revision } = values;
  if (!document) return '';
  const additions = `${addendum ? `(Add.${addendum})` : ''}${revision ? `(Rev.${revision})` : ''}`;
  return `${meeting.replace(/-(?=\d)/, '')}${meeting && '/'}${document}${additions}-${language(values).letter}`;
}

/** The symbol of a contribution to a study group: `SG12-C37`. */
const studyGroupSymbol = ({ document, 'study-group': group, revision }: Values): string =>
  document ? `${group ? `SG${group}-` : ''}${/^\d/.test(document) ? 'C' : ''}${document}${revision ? `R${revision}` : ''}` : '';

const words = (text: string, bold = false): ParagraphChild[] => text ? [new TextRun({ ...(bold && { bold }), children: textElements(text, false) })] : [];

function header(before: string, behind: string, symbol: string): Header {
  const line = (children: ParagraphChild[]) => new Paragraph({ style: 'Header', children });
  const number = new TextRun({ children: [before, PageNumber.CURRENT, behind] });
  return new Header({ children: [line([number]), ...symbol ? [line(words(symbol))] : []] });
}

/** Rows whose cells span columns of a grid of the given widths (twips), the first at the side where the text begins. */
function grid(widths: readonly number[], rows: readonly TableRow[], { language: code }: Values): Table {
  const none: IBorderOptions = { style: BorderStyle.NONE };
  return new Table({
    rows: [...rows], columnWidths: [...widths], width: { size: TEXT_WIDTH, type: WidthType.DXA }, layout: TableLayoutType.FIXED, visuallyRightToLeft: code === 'ar',
    margins: { left: 57, right: 57 }, borders: { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none },
  });
}

const row = (...children: TableCell[]): TableRow => new TableRow({ cantSplit: true, children });

interface CellOptions { span?: number; rule?: { above?: number; below?: number }; middle?: boolean }

/** A cell; a rule above or below it is measured in eighths of a point. */
function cell(children: readonly Paragraph[], { span = 1, rule, middle }: CellOptions = {}): TableCell {
  const line = (size: number): IBorderOptions => ({ style: BorderStyle.SINGLE, size, color: 'auto' });
  return new TableCell({
    children: [...children], columnSpan: span, ...(middle && { verticalAlign: VerticalAlignTable.CENTER }),
    ...(rule && { borders: { ...(rule.above && { top: line(rule.above) }), ...(rule.below && { bottom: line(rule.below) }) } }),
  });
}

/** A paragraph too low to be seen before the tables: LibreOffice puts a whole empty line there where the text has footnotes. */
const startOfCover = (): Paragraph => new Paragraph({ spacing: { before: 0, line: 20, lineRule: LineRuleType.EXACT } });

/** The empty paragraph that divides the cover from the text: the bookmark tells a reader that all above it comes from the front matter. */
function endOfCover(): Paragraph {
  const paragraph = new Paragraph({});
  return paragraph.addChildElement(new Element('w:bookmarkStart', { 'w:id': 0, 'w:name': '_EndOfCover' })).addChildElement(new Element('w:bookmarkEnd', { 'w:id': 0 })) as Paragraph;
}

const styled = (style: string, text: string): Paragraph => new Paragraph({ style, children: words(text) });
const strong = (text: string): Paragraph => new Paragraph({ alignment: AlignmentType.LEFT, children: words(text, true) });

/** `Contact:`, who it is, and how to reach them; one row for each person. */
function contactRows(contacts: readonly Contact[], spans: readonly [number, number, number]): TableRow[] {
  const rule = { above: 6, below: 6 };
  return contacts.map(({ name, organization, country, email, telephone }) => {
    const who = [name, organization, country].filter(Boolean).join('\n');
    const how = [telephone && `Tel:\t${telephone}`, email && `E-mail:\t${email}`].filter(Boolean).join('\n');
    const text = (value: string) => new Paragraph({ alignment: AlignmentType.LEFT, children: words(value) });
    return row(cell([strong('Contact:')], { span: spans[0], rule }), cell([text(who)], { span: spans[1], rule }), cell([text(how)], { span: spans[2], rule }));
  });
}

/** A label and what it says, over the whole width; nothing where nothing is said. */
function labelled(label: string, text: string | undefined, style: string, spans: readonly [number, number], rule?: CellOptions['rule']): TableRow[] {
  return text ? [row(cell([strong(label)], { span: spans[0], ...(rule && { rule }) }), cell([styled(style, text)], { span: spans[1], ...(rule && { rule }) }))] : [];
}

function assemblyCover(values: Values, contacts: readonly Contact[]): (Paragraph | Table)[] {
  const { meeting = '', place, dates, date, document, addendum, revision, source, title, keywords, abstract } = values;
  const assembly = /^WTSA-\d\d$/.test(meeting) ? `World Telecommunication Standardization Assembly (${meeting})` : meeting;
  const right = (text: string) => new Paragraph({ alignment: AlignmentType.LEFT, children: words(text, true) });
  const number = document ? `${revision ? `Revision ${revision} to\n` : ''}${addendum ? `Addendum ${addendum} to\n` : ''}Document ${document}-${language(values).letter}` : '';
  const line = (left: Paragraph, text: string) => row(cell([left]), cell([right(text)]));
  const first = grid([6407, 3232], [
    row(cell([new Paragraph({ alignment: AlignmentType.LEFT, children: [new TextRun({ bold: true, size: 28, children: textElements(assembly, false) })] }), strong([place, dates].filter(Boolean).join(', '))], { span: 2, rule: { below: 12 } })),
    line(strong('PLENARY MEETING'), number),
    // Among Arabic, the day would else stand behind the year.
    line(new Paragraph({}), `${values.language === 'ar' ? '\u200e' : ''}${longDate(date)}`),
    line(new Paragraph({}), `Original: ${language(values).name}`),
    ...source ? [row(cell([styled('Source', source)], { span: 2 }))] : [],
    ...title ? [row(cell([styled('Title1', title)], { span: 2 }))] : [],
  ], values);
  const rows = [
    ...labelled('Abstract:', abstract, 'TSBHeaderSummary', [1, 2], { above: 6, below: 6 }),
    ...labelled('Keywords:', keywords, 'TSBHeaderSummary', [1, 2], { above: 6, below: 6 }),
    ...contactRows(contacts, [1, 1, 1]),
  ];
  return [startOfCover(), first, ...rows.length ? [new Paragraph({}), grid([1418, 4111, 4110], rows, values)] : [], endOfCover()];
}

/** `2024-09-22` as a cover has it: `22 September 2024`; what is no such date stays as it is. */
function longDate(date = ''): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)/.exec(date), month = MONTHS[Number(match?.[2]) - 1];
  return match && month ? `${Number(match[3])} ${month} ${match[1]}` : date;
}
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** The study periods of ITU-T, by the years that they cover. */
const STUDY_PERIODS = [{ first: 2025, last: 2028 }, { first: 2022, last: 2024 }, { first: 2017, last: 2020 }];

function studyGroupCover(values: Values, contacts: readonly Contact[]): (Paragraph | Table)[] {
  const { place, dates, date, source, title, keywords, abstract, questions, 'study-group': group } = values;
  const year = Number(/\b20\d\d\b/.exec(`${date} ${dates}`)?.[0]);
  const period = STUDY_PERIODS.find(({ first, last }) => first <= year && year <= last);
  const small = (text: string, size: number, bold = false) => new Paragraph({ alignment: AlignmentType.LEFT, run: { size }, children: [new TextRun({ ...(bold && { bold }), size, children: textElements(text, false) })] });
  const organization = [small('INTERNATIONAL TELECOMMUNICATION UNION', 16), small('TELECOMMUNICATION\nSTANDARDIZATION SECTOR', 26, true), ...period ? [small(`STUDY PERIOD ${period.first}-${period.last}`, 20)] : []];
  const below = { below: 12 };
  const first = grid([1418, 3685, 425, 4111], [
    row(cell(organization, { span: 2, rule: below }), cell([
      styled('Docnumber', studyGroupSymbol(values)), styled('TSBHeaderRight14', group ? `STUDY GROUP ${group}` : ''), styled('TSBHeaderRight14', `Original: ${language(values).name}`),
    ], { span: 2, rule: below, middle: true })),
    row(cell([strong('Question(s):')]), cell([styled('TSBHeaderQuestion', questions ?? '')]), cell([styled('VenueDate', [place, dates].filter(Boolean).join(', '))], { span: 2 })),
    row(cell([new Paragraph({ alignment: AlignmentType.CENTER, children: words('CONTRIBUTION', true) })], { span: 4 })),
    ...labelled('Source:', source, 'TSBHeaderSource', [1, 3]),
    ...labelled('Title:', title, 'TSBHeaderTitle', [1, 3]),
    ...contactRows(contacts, [1, 2, 1]),
  ], values);
  const rows = [...labelled('Keywords:', keywords, 'TSBHeaderSummary', [1, 1]), ...labelled('Abstract:', abstract, 'TSBHeaderSummary', [1, 1])];
  return [startOfCover(), first, ...rows.length ? [new Paragraph({}), grid([1418, TEXT_WIDTH - 1418], rows, values)] : [], endOfCover()];
}
