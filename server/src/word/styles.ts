/**
 * ITU's paragraph and character styles, by the ids that its own Word files use. The values are those of texts
 * published by the Telecommunication Standardization Bureau (Recommendation ITU-T A.1 and Resolution 1 of WTSA-16)
 * and of a study group's contribution template (study period 2025-2028).
 *
 * Lengths are twips (1/20 point; 794 is 1.4 cm), sizes half-points.
 */
import { AlignmentType, LineRuleType, TabStopType, type ICharacterStyleOptions, type IParagraphStyleOptions, type IStylesOptions, type TabStopDefinition } from 'docx';

/** A4, with the margins of a contribution. */
export const PAGE = { width: 11907, height: 16840, margin: 1134, header: 425, footer: 709 } as const;
export const TEXT_WIDTH = PAGE.width - 2 * PAGE.margin;

/** Where a clause's text starts, and where those of deeper levels do. */
export const TAB_STOPS = [794, 1191, 1588, 1985] as const;

/** Indentation of a clause that hangs from its label, by the step: 1 to 3 are the styles enumlev1 to enumlev3. */
export function clauseIndent(step: number): { left: number; hanging: number } {
  return step === 1 ? { left: 794, hanging: 794 } : { left: 397 * (step + 1), hanging: 397 };
}

const left = (...positions: readonly number[]): TabStopDefinition[] => positions.map(position => ({ type: TabStopType.LEFT, position }));
const clear = (...positions: readonly number[]): TabStopDefinition[] => positions.map(position => ({ type: TabStopType.CLEAR, position }));
const NO_TABS = clear(...TAB_STOPS);
const TABLE_TABS = [...clear(794, 1191, 1588), ...left(284, 567, 851, 1134, 1418, 1701, 2268, 2552, 2835, 3119, 3402, 3686, 3969)];

/** The library writes the tab stops of a style, though its types do not name them. */
type Paragraph = NonNullable<IParagraphStyleOptions['paragraph']> & { readonly tabStops?: readonly TabStopDefinition[] };
type Run = NonNullable<IParagraphStyleOptions['run']>;

/** A paragraph style: its id, the name that Word shows, the style it is based on ('' for none), the style of the paragraph behind it. */
function style(id: string, name: string, basedOn: string, next: string, paragraph: Paragraph = {}, run: Run = {}): IParagraphStyleOptions {
  return { id, name, ...(basedOn && { basedOn }), next, quickFormat: true, paragraph, run };
}

const CENTER = AlignmentType.CENTER, START = AlignmentType.LEFT, RIGHT = AlignmentType.RIGHT;
const HEAD: Paragraph = { keepNext: true, keepLines: true };
const headOfPart = (before: number, after: number): Paragraph => ({ ...HEAD, alignment: CENTER, spacing: { before, after } });

const PARAGRAPHS: readonly IParagraphStyleOptions[] = [
  style('Proposal', 'Proposal', 'Normal', 'Normal', { keepNext: true, spacing: { before: 240 } }, { bold: true }),
  style('Reasons', 'Reasons', 'Normal', 'Normal'),

  style('ResNo', 'Res_No', 'Normal', 'Restitle', { ...headOfPart(360, 0), tabStops: NO_TABS }, { allCaps: true, size: 28 }),
  style('Restitle', 'Res_title', 'Normal', 'Resref', { ...HEAD, alignment: CENTER, spacing: { before: 360 } }, { bold: true, size: 28 }),
  style('Resref', 'Res_ref', 'Normal', 'Normalaftertitle', { ...HEAD, alignment: CENTER, tabStops: NO_TABS }, { italics: true }),
  style('Normalaftertitle', 'Normal_after_title', 'Normal', 'Normal', { spacing: { before: 360 } }),
  style('Call', 'Call', 'Normal', 'Normal', { ...HEAD, alignment: START, spacing: { before: 160 }, indent: { left: 794 } }, { italics: true }),
  style('enumlev1', 'enumlev1', 'Normal', 'enumlev1', { spacing: { before: 80 }, indent: clauseIndent(1) }),
  style('enumlev2', 'enumlev2', 'enumlev1', 'enumlev2', { indent: clauseIndent(2) }),
  style('enumlev3', 'enumlev3', 'enumlev2', 'enumlev3', { indent: clauseIndent(3) }),

  ...[360, 240, 160, 160, 160, 160].map((before, i) => style(`Heading${i + 1}`, `heading ${i + 1}`, i ? 'Heading1' : 'Normal', 'Normal',
    { ...HEAD, alignment: START, spacing: { before }, indent: { left: 794, hanging: 794 }, outlineLevel: i }, { bold: true })),
  style('Headingb', 'Heading_b', 'Normal', 'Normal', { keepNext: true, alignment: START, spacing: { before: 160 }, outlineLevel: 0 }, { bold: true }),

  style('AnnexNo', 'Annex_No', 'Normal', 'Annextitle', headOfPart(480, 80), { allCaps: true, size: 28 }),
  style('Annexref', 'Annex_ref', 'Normal', 'Annextitle', headOfPart(120, 280)),
  style('Annextitle', 'Annex_title', 'Normal', 'Normalaftertitle', headOfPart(240, 280), { bold: true, size: 28 }),
  style('AppendixNo', 'Appendix_No', 'AnnexNo', 'Appendixtitle'),
  style('Appendixref', 'Appendix_ref', 'Annexref', 'Appendixtitle'),
  style('Appendixtitle', 'Appendix_title', 'Annextitle', 'Normalaftertitle'),
  style('SectionNo', 'Section_No', 'Normal', 'Sectiontitle', headOfPart(480, 80), { allCaps: true, size: 28 }),
  style('Sectiontitle', 'Section_title', 'Normal', 'Normalaftertitle', headOfPart(240, 280), { bold: true, size: 28 }),

  style('Note', 'Note', 'Normal', 'Normal', { spacing: { before: 80 } }, { size: 22 }),
  style('FootnoteText', 'footnote text', 'Note', 'FootnoteText', { keepLines: true, indent: { left: 255, hanging: 255 }, tabStops: left(255) }),
  style('CommentText', 'annotation text', 'Normal', 'CommentText', { alignment: START, spacing: { before: 0 } }, { size: 20 }),
  style('Tablehead', 'Table_head', 'Normal', 'Tabletext', { keepNext: true, alignment: CENTER, spacing: { before: 80, after: 80 }, tabStops: TABLE_TABS }, { bold: true, size: 22 }),
  style('Tabletext', 'Table_text', 'Normal', 'Tabletext', { alignment: START, spacing: { before: 40, after: 40 }, tabStops: TABLE_TABS }, { size: 22 }),

  style('Source', 'Source', 'Normal', 'Title1', { alignment: CENTER, spacing: { before: 840, after: 200 } }, { bold: true, size: 28 }),
  style('Title1', 'Title 1', 'Source', 'Normal', { spacing: { before: 240, after: 0 } }, { bold: false, allCaps: true }),
  style('Docnumber', 'Docnumber', 'Normal', 'Docnumber', { alignment: RIGHT }, { bold: true, size: 32 }),
  style('VenueDate', 'VenueDate', 'Normal', 'VenueDate', { alignment: RIGHT }),
  ...['Question', 'Source', 'Title', 'Summary'].map(part => style(`TSBHeader${part}`, `TSBHeader${part}`, 'Normal', 'Normal', { alignment: START })),
  style('TSBHeaderRight14', 'TSBHeaderRight14', 'Normal', 'TSBHeaderRight14', { alignment: RIGHT }, { bold: true, size: 28 }),
  style('Header', 'header', 'Normal', 'Header', { alignment: CENTER, spacing: { before: 0 }, tabStops: NO_TABS }, { size: 18 }),
  style('Footer', 'footer', 'Normal', 'Footer', { spacing: { before: 0 }, tabStops: [...NO_TABS, ...left(5954), { type: TabStopType.RIGHT, position: TEXT_WIDTH }] }, { size: 16 }),
];

const CHARACTERS: readonly ICharacterStyleOptions[] = [
  // A running foot finds the number of a resolution by this style.
  { id: 'href', name: 'href', basedOn: 'DefaultParagraphFont' },
  { id: 'FootnoteReference', name: 'footnote reference', basedOn: 'DefaultParagraphFont', run: { superScript: true } },
  { id: 'CommentReference', name: 'annotation reference', basedOn: 'DefaultParagraphFont', run: { size: 16 } },
];

/** The languages of ITU as Word names them. */
const LANGUAGE_TAGS: Record<string, string> = { en: 'en-GB', fr: 'fr-FR', es: 'es-ES', ru: 'ru-RU', ar: 'ar-SA', zh: 'zh-CN' };

/** The style sheet for a text in one of ITU's languages (en fr es ru ar zh). */
export function styleSheet(language: string): IStylesOptions {
  const tag = LANGUAGE_TAGS[language] ?? 'en-GB', rightToLeft = language === 'ar';
  const latin = rightToLeft || language === 'zh' ? 'en-GB' : tag;
  return {
    default: {
      document: {
        run: {
          font: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia: language === 'zh' ? 'SimSun' : 'Times New Roman' },
          size: 24, language: { value: latin, eastAsia: 'zh-CN', bidirectional: 'ar-SA' },
        },
      },
    },
    paragraphStyles: [
      style('Normal', 'Normal', '', 'Normal', {
        tabStops: left(...TAB_STOPS), spacing: { before: 120, after: 0, line: 240, lineRule: LineRuleType.AUTO },
        alignment: AlignmentType.JUSTIFIED, ...(rightToLeft && { bidirectional: true }),
      }),
      ...PARAGRAPHS,
    ],
    characterStyles: CHARACTERS,
  };
}
