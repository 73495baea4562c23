/**
 * A template of the user's own: what gives a Word file its form (styles, theme, lists, settings, page, headers and footers) is taken out of
 * it and put into a file of ours. Of the text in a template nothing is taken.
 */
import { Package, UnreadableWord } from '../read/package';
import { relationships, targetOf, type Relationship } from '../read/relationships';
import { readXml, type Attributes } from '../read/xml';
import { TEXT_WIDTH } from '../styles';
import { escapeXml } from './xml';

/** The parts of a file by their paths. */
export type Parts = Record<string, Uint8Array>;

interface Node { readonly name: string; readonly attributes: Attributes; readonly children: (Node | string)[] }
/** A style: `paragraph`, `character`, `table` or `numbering`; names are alike whatever their case. */
interface Style { readonly id: string; readonly name: string; readonly type: string; readonly basedOn: string | null; readonly numbered: boolean }

const MAIN = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main', RELATIONSHIPS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
/** Of the prefixes that reading gives, whatever the template calls them. */
const NAMESPACES = {
  'xmlns:w': MAIN, 'xmlns:r': OFFICE, 'xmlns:m': 'http://schemas.openxmlformats.org/officeDocument/2006/math', 'xmlns:mc': 'http://schemas.openxmlformats.org/markup-compatibility/2006',
  'xmlns:w14': 'http://schemas.microsoft.com/office/word/2010/wordml', 'xmlns:w15': 'http://schemas.microsoft.com/office/word/2012/wordml',
};
const IMAGES: Readonly<Record<string, string>> = { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', bmp: 'image/bmp', svg: 'image/svg+xml', emf: 'image/x-emf', wmf: 'image/x-wmf', tif: 'image/tiff', tiff: 'image/tiff' };
/** Settings that are about the template's own text or bind a file to others, and those that would keep colleagues from working on it or take away their names. */
const OWN_SETTINGS: ReadonlySet<string> = new Set(['w:attachedTemplate', 'w:linkStyles', 'w:mailMerge', 'w:rsids', 'w:docVars', 'w:attachedSchema', 'w:saveThroughXslt', 'w:documentProtection', 'w:writeProtection', 'w:removePersonalInformation', 'w:removeDateAndTime', 'sl:schemaLibrary']);
/** Parts of ours that name styles. */
const STYLED = ['word/document.xml', 'word/footnotes.xml', 'word/endnotes.xml', 'word/comments.xml'] as const;

/**
 * A file's parts with the form of a template (.docx or .dotx).
 * @throws UnreadableWord where the template is no Word file, is made to do harm, or refers to other files
 */
export function withTemplate(parts: Parts, template: Uint8Array): Parts {
  const file = new Package(template), main = targetOf(relationships(file, ''), 'officeDocument');
  if (!main || !file.has(main)) throw new UnreadableWord('The file is no Word document (.docx) or template (.dotx).');
  const links = relationships(file, main), made = new Form(file, parts);
  const styles = targetOf(links, 'styles'), settings = targetOf(links, 'settings');
  if (styles && file.has(styles)) made.takeStyles(treeOf(file, styles));
  if (settings && file.has(settings)) made.takeSettings(treeOf(file, settings));
  for (const [type, path] of [['theme', 'word/theme/theme1.xml'], ['numbering', 'word/numbering.xml']] as const) {
    const source = targetOf(links, type);
    if (source && file.has(source)) made.take(source, path);
  }
  made.takePage(pageOf(file, main), links);
  return made.parts;
}

class Form {
  readonly parts: Parts;
  private images = 0;
  private readonly types = new Map<string, string>();
  private overrides = '';

  constructor(private readonly file: Package, parts: Parts) { this.parts = { ...parts }; }

  /** The template's styles, and those of ours that it lacks; our text names them as the template does. */
  takeStyles(root: Node): void {
    const theirs = nodes(root, 'w:style').map(styleOf), byName = new Map(theirs.map(style => [style.name.toLowerCase(), style])), byId = new Map(theirs.map(style => [style.id, style]));
    const ours = new Map([...this.text('word/styles.xml').matchAll(/<w:style [^>]*w:styleId="([^"]*)"[^>]*>[^]*?<\/w:style>/g)].map(([xml, id]) => [id!, { xml, name: /<w:name w:val="([^"]*)"/.exec(xml)?.[1] ?? id!, type: /w:type="(\w+)"/.exec(xml)?.[1] ?? 'paragraph' }]));
    const ids = new Map<string, string>(), added: string[] = [];
    const need = (id: string): string => {
      const known = ids.get(id), own = ours.get(id);
      if (known !== undefined || !own) return known ?? id;
      const same = byName.get(own.name.toLowerCase());
      let free = same?.type === own.type ? same.id : id;
      if (same?.type !== own.type) for (let n = 1; byId.has(free); n++) free = `${id}${n}`;
      ids.set(id, free);
      if (same?.type === own.type) return free;
      const xml = own.xml.replace(/ w:default="[^"]*"/, '').replace(/w:styleId="[^"]*"/, `w:styleId="${free}"`).replace(/<w:(basedOn|next|link) w:val="([^"]*)"\/>/g, (whole, role: string, to: string) => ours.has(to) ? `<w:${role} w:val="${need(to)}"/>` : byId.has(to) ? whole : '');
      byId.set(free, { id: free, name: own.name, type: own.type, basedOn: /<w:basedOn w:val="([^"]*)"/.exec(xml)?.[1] ?? null, numbered: false });
      added.push(same ? xml.replace(/(<w:name w:val="[^"]*)"/, '$1 (Resolute)"') : xml);
      return free;
    };
    const isNumbered = (id: string): boolean => {
      for (let style = byId.get(id), steps = 0; style && steps < 20; style = byId.get(style.basedOn ?? ''), steps++) if (style.numbered) return true;
      return false;
    };
    for (const path of STYLED) if (this.parts[path]) this.put(path, this.text(path).replace(/<w:(pStyle|rStyle|tblStyle) w:val="([^"]*)"(?:\/>|><\/w:\1>)/g, (_, role: string, id: string) => {
      const named = need(id);
      // The labels are in our text already.
      return `<w:${role} w:val="${escapeXml(named)}"/>${role === 'pStyle' && isNumbered(named) ? '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>' : ''}`;
    }));
    this.put('word/styles.xml', xmlOf(root).replace(/<\/w:styles>$/, () => `${added.join('')}</w:styles>`));
  }

  takeSettings(root: Node): void {
    const without = (node: Node, isOut: (child: Node) => boolean): Node => ({ ...node, children: node.children.filter(child => typeof child === 'string' || !isOut(child)) });
    const { children, ...rest } = without(root, child => OWN_SETTINGS.has(child.name) || refersOut(child));
    // The special notes that it names (lines above notes) are its own: ours have other numbers.
    this.put('word/settings.xml', xmlOf({ ...rest, children: children.map(child => typeof child === 'string' ? child : /^w:(?:foot|end)notePr$/.test(child.name) ? without(child, ({ name }) => /^w:(?:foot|end)note$/.test(name)) : child) }));
  }

  /** Takes a part over as it is, with the images that are in it. */
  take(source: string, path: string): void {
    readXml(this.file, source, { open: () => {}, close: () => {} });
    const links = [...relationships(this.file, source).values()].map(link => relation(link.id, `${OFFICE}/${link.type}`, this.targetOf(link, path), link.external));
    const relationsPath = path.replace(/([^/]*)$/, '_rels/$1.rels');
    delete this.parts[relationsPath];
    if (links.length) this.put(relationsPath, relations(links));
    this.parts[path] = bytesOf(this.file, source);
  }

  /** The page of the template's last section, with the headers and footers that hold there. */
  takePage(page: Page | null, links: ReadonlyMap<string, Relationship>): void {
    if (!page) return;
    const own = [...this.text('word/_rels/document.xml.rels').matchAll(/<Relationship [^>]*>/g)].map(([xml]) => xml), kept = own.filter(xml => !/\/(?:header|footer)"/.test(xml));
    for (const path of Object.keys(this.parts)) if (/^word\/(?:_rels\/)?(?:header|footer)\d+\.xml(?:\.rels)?$/.test(path)) delete this.parts[path];
    let count = 0;
    const references = [...page.references].flatMap(([key, id]) => {
      const [kind = '', type = ''] = key.split(' '), link = links.get(id);
      if (!link || link.external || !this.file.has(link.target)) return [];
      const name = `${kind}${++count}`;
      this.take(link.target, `word/${name}.xml`);
      this.overrides += `<Override PartName="/word/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${kind}+xml"/>`;
      kept.push(relation(name, `${OFFICE}/${kind}`, `${name}.xml`, false));
      return [`<w:${kind}Reference w:type="${escapeXml(type)}" r:id="${name}"/>`];
    });
    this.put('word/_rels/document.xml.rels', relations(kept));
    const section = `<w:sectPr>${references.join('')}${page.properties.map(xmlOf).join('')}</w:sectPr>`, scale = page.width > 0 ? page.width / TEXT_WIDTH : 1;
    this.put('word/document.xml', this.text('word/document.xml')
      .replace(/<w:sectPr(?:\s[^>]*)?>(?:(?!<w:sectPr)[^])*<\/w:sectPr>(?=<\/w:body>)/, () => section)
      .replace(/<w:(?:tblW|gridCol|tcW) [^>]*>/g, xml => /w:type="(?!dxa)/.test(xml) ? xml : xml.replace(/w:w="(\d+)"/, (_, width: string) => `w:w="${Math.round(Number(width) * scale)}"`)));
    const types = this.text('[Content_Types].xml').replace(/<Override [^>]*PartName="\/word\/(?:header|footer)\d+\.xml"[^>]*>/g, '');
    const extensions = [...this.types].filter(([extension]) => !types.includes(`Extension="${extension}"`)).map(([extension, type]) => `<Default Extension="${extension}" ContentType="${type}"/>`);
    this.put('[Content_Types].xml', types.replace('</Types>', () => `${extensions.join('')}${this.overrides}</Types>`));
  }

  /** Where a part that is taken over finds what it refers to: an image, which comes too, or the address of a link. */
  private targetOf({ type, external, target }: Relationship, from: string): string {
    const extension = /\.(\w+)$/.exec(target)?.[1]?.toLowerCase() ?? '', contentType = IMAGES[extension];
    if (external && type === 'hyperlink') return target;
    if (external) throw new UnreadableWord('It takes something from another file when it is opened (a linked picture, for example). Open it in Word, replace the links by what they show, and save it.');
    if (type !== 'image' || !contentType || !this.file.has(target)) throw new UnreadableWord(`Its page headers, lists or theme hold something other than text and pictures (${type}). Open it in Word, remove that, and save it.`);
    const name = `template${++this.images}.${extension}`;
    this.types.set(extension, contentType);
    this.parts[`word/media/${name}`] = bytesOf(this.file, target);
    return `${from.includes('/theme/') ? '../' : ''}media/${name}`;
  }

  private text(path: string): string { return new TextDecoder().decode(this.parts[path]); }
  private put(path: string, xml: string): void { this.parts[path] = new TextEncoder().encode(xml); }
}

/** A section's page: what is said of it but for its headers and footers; those by kind and page (`header default`); the width of its text in twips. */
interface Page { readonly properties: readonly Node[]; readonly references: ReadonlyMap<string, string>; readonly width: number }

/** The page of the last section; headers and footers that it does not name are those of the section before. Null where there is none. */
function pageOf(file: Package, main: string): Page | null {
  const references = new Map<string, string>();
  let last: Node | null = null;
  for (const section of collect(file, main, 'w:sectPr')) {
    last = section;
    for (const { name, attributes } of section.children.filter(child => typeof child !== 'string')) {
      const kind = /^w:(header|footer)Reference$/.exec(name)?.[1];
      if (kind && /^(?:default|first|even)$/.test(attributes['w:type'] ?? '')) references.set(`${kind} ${attributes['w:type']}`, attributes['r:id'] ?? '');
    }
  }
  if (!last) return null;
  const properties = last.children.filter((child): child is Node => typeof child !== 'string' && !/Reference$|Change$/.test(child.name) && child.name.startsWith('w:') && !refersOut(child));
  const number = (name: string, attribute: string) => Number(properties.find(property => property.name === name)?.attributes[attribute]);
  const width = number('w:pgSz', 'w:w') - number('w:pgMar', 'w:left') - number('w:pgMar', 'w:right') - (number('w:pgMar', 'w:gutter') || 0);
  return { properties, references, width: width || 0 };
}

/** The elements of a name in a part, or its root, as trees. */
function collect(file: Package, path: string, wanted: string | null): Node[] {
  const found: Node[] = [], open: (Node | null)[] = [];
  readXml(file, path, {
    open: (name, attributes) => {
      if (Object.entries(attributes).some(([key, value]) => key.startsWith('xmlns') && value.startsWith('http://purl.oclc.org/ooxml/'))) throw new UnreadableWord('It is saved as “Strict Open XML”. Open it in Word and save it as “Word Document” or “Word Template”.');
      const above = open.at(-1), node: Node = { name, attributes, children: [] };
      if (above) above.children.push(node);
      else if (wanted === null || name === wanted) found.push(node);
      open.push(above || wanted === null || name === wanted ? node : null);
    },
    close: () => { open.pop(); },
    text: text => { if (text.trim()) open.at(-1)?.children.push(text); },
  });
  return found;
}

function treeOf(file: Package, path: string): Node {
  const [root] = collect(file, path, null);
  return { ...root!, attributes: { ...root!.attributes, ...NAMESPACES } };
}

const nodes = ({ children }: Node, name: string): Node[] => children.filter((child): child is Node => typeof child !== 'string' && child.name === name);
const valueOf = (node: Node, name: string): string | null => nodes(node, name)[0]?.attributes['w:val'] ?? null;

const styleOf = (node: Node): Style => ({
  id: node.attributes['w:styleId'] ?? '', name: valueOf(node, 'w:name') ?? '', type: node.attributes['w:type'] ?? 'paragraph', basedOn: valueOf(node, 'w:basedOn'),
  numbered: nodes(node, 'w:pPr').some(properties => nodes(properties, 'w:numPr').length > 0),
});

/** Whether something in an element refers to another part. */
const refersOut = ({ attributes, children }: Node): boolean => Object.keys(attributes).some(key => key.startsWith('r:')) || children.some(child => typeof child !== 'string' && refersOut(child));

function xmlOf({ name, attributes, children }: Node): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`).join('');
  return children.length ? `<${name}${given}>${children.map(child => typeof child === 'string' ? escapeXml(child) : xmlOf(child)).join('')}</${name}>` : `<${name}${given}/>`;
}

const relation = (id: string, type: string, target: string, external: boolean): string => `<Relationship Id="${escapeXml(id)}" Type="${type}" Target="${escapeXml(target)}"${external ? ' TargetMode="External"' : ''}/>`;
const relations = (all: readonly string[]): string => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="${RELATIONSHIPS}">${all.join('')}</Relationships>`;

function bytesOf(file: Package, path: string): Uint8Array {
  const pieces = [...file.read(path)], bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) { bytes.set(piece, at); at += piece.length; }
  return bytes;
}
