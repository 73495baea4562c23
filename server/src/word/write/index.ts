/** A document as a Word file in ITU's form, its marks as tracked changes. */
import { File, Header, Packer, Paragraph } from 'docx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Document } from '../../markup/document';
import { frontMatter, type FrontMatter } from '../../markup/frontMatter';
import { UnreadableWord } from '../read/package';
import { OWN_PROPERTY, OWN_VERSION } from '../properties';
import { PAGE, styleSheet } from '../styles';
import { wordBody } from './body';
import { frame } from './cover';
import { commentOptions, Emitter, NO_DATE } from './emit';
import type { WordView } from './model';
import { withTemplate } from './template';
import { clean, dateTime, Element, escapeXml } from './xml';

export type { WordView } from './model';

export interface WordFile {
  readonly docx: Uint8Array<ArrayBuffer>;
  /** For each paragraph and table of the file's body, in order: the source line (from 0) it comes from; -1 for the cover. */
  readonly lines: readonly number[];
  /** Why the file does not have the form of the template, for the user; null where it has, or where none was given. */
  readonly templateProblem: string | null;
}

/**
 * Writes a document. The same text gives the same bytes, whenever and wherever it is written. Drafter's notes, blank lines
 * and unknown keys of the front matter are not in the file; everything else is. `template`: a Word file whose form it has instead of ours.
 */
export async function writeWord(document: Document, { view, template }: { view: WordView; template?: Uint8Array | undefined }): Promise<WordFile> {
  const front = frontMatter(document), { children, comments } = wordBody(document, view);
  const { cover, header } = frame(front), emitter = new Emitter(children, front.values.language === 'ar');
  const body = children.map(child => (child.kind === 'table' ? emitter.table(child) : emitter.paragraph(child)).toXml());
  const lines = [...cover.map(() => -1), ...children.map(({ line }) => line)];
  // A body ends in a paragraph.
  if (children.at(-1)?.kind !== 'paragraph') { body.push('<w:p/>'); lines.push(-1); }
  const { width, height, margin, header: top, footer } = PAGE;
  const file = new File({
    styles: styleSheet(front.values.language ?? 'en'),
    // A line before a line break is not stretched to the margin.
    compatibility: { version: 15, doNotExpandShiftReturn: true },
    customProperties: properties(front),
    comments: { children: comments.map(commentOptions) },
    sections: [{
      properties: { page: { size: { width, height }, margin: { top: margin, right: margin, bottom: margin, left: margin, header: top, footer } }, titlePage: true },
      headers: { default: header, first: new Header({ children: [new Paragraph({ style: 'Header' })] }) }, children: [...cover, new Paragraph({}).addChildElement(new Element('w:textHere')) as Paragraph],
    }],
  });
  for (const footnote of emitter.footnotes) file.FootNotes.View.addChildElement(footnote);
  const packed = await Packer.toBuffer(file, undefined, [{ path: 'docProps/core.xml', data: coreProperties(front) }]), text = body.join('');
  try {
    return { docx: repack(packed, text, template), lines, templateProblem: null };
  } catch (error) {
    if (error instanceof UnreadableWord) return { docx: repack(packed, text), lines, templateProblem: error.message };
    throw error;
  }
}

/** The front matter as custom properties of the file, so that it can be read back: `sponsor`, `contacts.1.name`. */
function properties({ values, contacts }: FrontMatter): { name: string; value: string }[] {
  const people = contacts.flatMap((contact, i) => Object.entries(contact).map(([key, value]) => [`contacts.${i + 1}.${key}`, value] as const));
  return [[OWN_PROPERTY, OWN_VERSION] as const, ...Object.entries(values), ...people].map(([name, value]) => ({ name: clean(name), value: clean(String(value)) }));
}

/** Title, author and date of the file, from the front matter alone: never the clock. */
function coreProperties({ values: { title, source, sponsor, keywords, date } }: FrontMatter): string {
  const element = (name: string, text: string | undefined, attributes = '') => text ? `<${name}${attributes}>${escapeXml(text)}</${name}>` : '';
  const day = dateTime(date ?? '') ?? undefined, type = ' xsi:type="dcterms:W3CDTF"';
  return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    + element('dc:title', title) + element('dc:creator', source ?? sponsor) + element('cp:keywords', keywords)
    + element('dcterms:created', day, type) + element('dcterms:modified', day, type) + '</cp:coreProperties>';
}

/** Where the text goes once the library has written all around it: the paragraphs of a long one would take it many times as long. */
const PLACE = /<w:p><w:textHere(?:\/>|><\/w:textHere>)<\/w:p>/;
const UNDATED = new RegExp(`(<w:comment [^>]*?) w:date="${NO_DATE.toISOString()}"`, 'g');
/** The paragraph of the rule above footnotes: low, as a line of ordinary text would take room from the page that LibreOffice does not. */
const RULE = /(<w:footnote w:type="\w*[sS]eparator"[^>]*><w:p>).*?(<w:\w*[sS]eparator\/>)/gs, LOW = '<w:sz w:val="12"/>';

/** The same parts in one order and with one date, the text (XML) in its place, without the dates and footnote marks that only the library puts there, in the form of a template where one is given. */
export function repack(packed: Uint8Array, text = '', template?: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts = unzipSync(packed);
  const mend = (path: string, change: (xml: string) => string) => { const part = parts[path]; if (part) parts[path] = strToU8(change(strFromU8(part))); };
  mend('word/document.xml', xml => xml.replace(PLACE, () => text));
  mend('word/comments.xml', xml => xml.replace(UNDATED, '$1'));
  mend('word/footnotes.xml', xml => xml.replace(RULE, `$1<w:pPr><w:spacing w:before="0"/><w:rPr>${LOW}</w:rPr></w:pPr><w:r><w:rPr>${LOW}</w:rPr>$2`));
  // The local time of 1980 is what a zip file's first possible date is stored as, in every time zone.
  return zipSync(Object.fromEntries(Object.entries(template ? withTemplate(parts, template) : parts).sort(([a], [b]) => a < b ? -1 : 1)), { mtime: new Date(1980, 0, 1) });
}
