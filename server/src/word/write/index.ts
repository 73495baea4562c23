/** A document as a Word file in ITU's form, its marks as tracked changes. */
import { File, Packer, Paragraph } from 'docx';
import { unzipSync, zipSync } from 'fflate';
import type { Document } from '../../markup/document';
import { frontMatter, type FrontMatter } from '../../markup/frontMatter';
import { OWN_PROPERTY, OWN_VERSION } from '../properties';
import { PAGE, styleSheet } from '../styles';
import { wordBody } from './body';
import { frame } from './cover';
import { commentOptions, Emitter, NO_DATE } from './emit';
import type { WordView } from './model';
import { clean, dateTime, escapeXml } from './xml';

export type { WordView } from './model';

export interface WordFile {
  readonly docx: Uint8Array<ArrayBuffer>;
  /** For each paragraph and table of the file's body, in order: the source line (from 0) it comes from; -1 for the cover. */
  readonly lines: readonly number[];
}

/**
 * Writes a document. The same text gives the same bytes, whenever and wherever it is written. Drafter's notes, blank lines
 * and unknown keys of the front matter are not in the file; everything else is.
 */
export async function writeWord(document: Document, { view }: { view: WordView }): Promise<WordFile> {
  const front = frontMatter(document), { children, comments } = wordBody(document, view);
  const { cover, header } = frame(front), emitter = new Emitter(children);
  const body = [...cover, ...children.map(child => child.kind === 'table' ? emitter.table(child) : emitter.paragraph(child))];
  const lines = [...cover.map(() => -1), ...children.map(({ line }) => line)];
  // A body ends in a paragraph.
  if (children.at(-1)?.kind !== 'paragraph') { body.push(new Paragraph({})); lines.push(-1); }
  const { width, height, margin, header: top, footer } = PAGE;
  const file = new File({
    styles: styleSheet(front.values.language ?? 'en'),
    customProperties: properties(front),
    comments: { children: comments.map(commentOptions) },
    sections: [{
      properties: { page: { size: { width, height }, margin: { top: margin, right: margin, bottom: margin, left: margin, header: top, footer } }, titlePage: true },
      headers: { default: header }, children: body,
    }],
  });
  for (const footnote of emitter.footnotes) file.FootNotes.View.addChildElement(footnote);
  const packed = await Packer.toBuffer(file, undefined, [{ path: 'docProps/core.xml', data: coreProperties(front) }]);
  return { docx: repack(packed), lines };
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

const UNDATED = new RegExp(`(<w:comment [^>]*?) w:date="${NO_DATE.toISOString()}"`, 'g');

/** The same parts in one order and with one date, and without the dates that only the library needed. */
export function repack(packed: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts = unzipSync(packed), comments = parts['word/comments.xml'];
  if (comments) parts['word/comments.xml'] = new TextEncoder().encode(new TextDecoder().decode(comments).replace(UNDATED, '$1'));
  // The local time of 1980 is what a zip file's first possible date is stored as, in every time zone.
  return zipSync(Object.fromEntries(Object.entries(parts).sort(([a], [b]) => a < b ? -1 : 1)), { mtime: new Date(1980, 0, 1) });
}
