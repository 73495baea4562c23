/** Word files by hand, for tests of reading: the parts that a test names, and around them what every file has. */
import { strToU8, zipSync, type Zippable } from 'fflate';

export const NAMESPACES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
  + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
  + ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export interface Parts {
  /** Content of `w:body`, and of the root elements of the other parts. */
  readonly body: string;
  readonly footnotes?: string;
  readonly endnotes?: string;
  readonly comments?: string;
  readonly commentsExtended?: string;
  readonly numbering?: string;
  readonly styles?: string;
  readonly header?: string;
  /** More relationships of the text, as elements. */
  readonly links?: string;
}

/** The parts as a zip archive holds them, by their paths. */
export function partsOf({ body, links = '', ...others }: Parts): Record<string, string> {
  const roots: Record<keyof typeof others, string> = { footnotes: 'w:footnotes', endnotes: 'w:endnotes', comments: 'w:comments', commentsExtended: 'w15:commentsEx', numbering: 'w:numbering', styles: 'w:styles', header: 'w:hdr' };
  const given = Object.entries(others).filter(([, content]) => content !== undefined) as [keyof typeof others, string][];
  const relations = given.map(([name], i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/${name}" Target="${name}.xml"/>`).join('');
  return {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations}${links}</Relationships>`,
    'word/document.xml': `<?xml version="1.0" encoding="UTF-8"?><w:document ${NAMESPACES}><w:body>${body}</w:body></w:document>`,
    ...Object.fromEntries(given.map(([name, content]) => [`word/${name}.xml`, `<?xml version="1.0" encoding="UTF-8"?><${roots[name]} ${NAMESPACES}>${content}</${roots[name]}>`])),
  };
}

export const zipped = (parts: Record<string, string | Uint8Array>): Uint8Array => zipSync(Object.fromEntries(Object.entries(parts).map(([path, content]) => [path, typeof content === 'string' ? strToU8(content) : content])) as Zippable, { mtime: new Date(1980, 0, 1) });
export const wordFile = (parts: Parts): Uint8Array => zipped(partsOf(parts));

/** A run with a text; a paragraph with content, and with properties in front. */
export const run = (text: string, look = ''): string => `<w:r>${look && `<w:rPr>${look}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
export const gone = (text: string): string => `<w:r><w:delText xml:space="preserve">${text}</w:delText></w:r>`;
export const paragraph = (content: string, properties = ''): string => `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}${content}</w:p>`;
export const change = (name: string, content: string, author = 'Ana', date = '2024-09-22T10:30:00Z'): string => `<w:${name} w:id="1" w:author="${author}" w:date="${date}">${content}</w:${name}>`;
/** The tracked end of a paragraph, among its properties. */
export const end = (name: string, author = 'Ana'): string => `<w:rPr>${change(name, '', author)}</w:rPr>`;
export const style = (id: string): string => `<w:pStyle w:val="${id}"/>`;
/** Styles by their names; an id is a name without blanks and lines. */
export const styles = (...names: string[]): string => names.map(name => `<w:style w:type="paragraph" w:styleId="${name.replace(/[ _]/g, '')}"><w:name w:val="${name}"/></w:style>`).join('');
export const cell = (content: string, properties = ''): string => `<w:tc>${properties && `<w:tcPr>${properties}</w:tcPr>`}${content}</w:tc>`;
export const row = (cells: string, properties = ''): string => `<w:tr>${properties && `<w:trPr>${properties}</w:trPr>`}${cells}</w:tr>`;
export const table = (rows: string): string => `<w:tbl><w:tblPr/><w:tblGrid/>${rows}</w:tbl>`;
