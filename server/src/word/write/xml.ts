/** The elements of WordprocessingML that the `docx` library does not offer, and text as XML can hold it. */
import { XmlComponent } from 'docx';

type Attributes = Readonly<Record<string, string | number | null>>;
type Context = Parameters<XmlComponent['prepForXml']>[0];
type Child = XmlComponent | string;

/** An element by its name, with attributes (null: left out) and children in the order of the schema. */
export class Element extends XmlComponent {
  constructor(name: string, private readonly attributes: Attributes = {}, private readonly children: readonly Child[] = []) { super(name); }

  override prepForXml(context: Context): ReturnType<XmlComponent['prepForXml']> {
    // A long text has tens of thousands of these: no arrays or objects that the result does not need.
    const content: unknown[] = [];
    let given: Record<string, string | number> | null = null;
    for (const key in this.attributes) {
      const value = this.attributes[key];
      if (value !== null && value !== undefined) (given ??= {})[key] = value;
    }
    if (given) content.push({ _attr: given });
    for (const child of this.children) {
      const prepared = typeof child === 'string' ? child : child.prepForXml(context);
      if (prepared !== undefined) content.push(prepared);
    }
    return { [this.rootKey]: content.length === 1 && given ? content[0] : content };
  }

  /** The element as text, if all it holds are texts and elements of this kind: many times as fast as the library is. */
  toXml(): string {
    let xml = `<${this.rootKey}`;
    for (const key in this.attributes) {
      const value = this.attributes[key];
      if (value !== null && value !== undefined) xml += ` ${key}="${typeof value === 'string' ? escaped(value) : value}"`;
    }
    if (!this.children.length) return `${xml}/>`;
    xml += '>';
    for (const child of this.children) xml += typeof child === 'string' ? escaped(child) : (child as Element).toXml();
    return `${xml}</${this.rootKey}>`;
  }
}

/** The signs with a meaning of their own in XML. */
const escaped = (text: string): string => MEANING.test(text) ? text.replace(/[<>&"]/g, sign => `&#${sign.charCodeAt(0)};`) : text;
const MEANING = /[<>&"]/;

/** Code points that XML 1.0 has no place for: most control characters, half surrogate pairs, two non-characters. */
const IMPOSSIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text without the characters that XML cannot hold. */
export const clean = (text: string): string => text.replace(IMPOSSIBLE, '');

/** `YYYY-MM-DD` or `YYYY-MM-DDTHH:MMZ` as Word writes a date and time; null for anything else and for days that there are not. */
export function dateTime(text: string): string | null {
  const match = /^(\d{4}-\d\d-\d\d)(?:(T\d\d:\d\d)Z)?$/.exec(text), written = `${match?.[1]}${match?.[2] ?? 'T00:00'}:00`;
  const time = match ? Date.parse(`${written}Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(written) ? `${written}Z` : null;
}

/** For XML that is written as a string: the signs with a meaning of their own escaped. */
export const escapeXml = (text: string): string => escaped(clean(text));

/** What a run holds for a text: words, `\t` as a tab, `\n` as a line break, U+2011 as Word's non-breaking hyphen. */
export function textElements(text: string, deleted: boolean): Element[] {
  const elements: Element[] = [];
  for (const part of SPECIAL.test(text) ? clean(text).split(/([\t\n\u2011])/) : [text]) {
    if (part === '\t') elements.push(new Element('w:tab'));
    else if (part === '\n') elements.push(new Element('w:br'));
    else if (part === '\u2011') elements.push(new Element('w:noBreakHyphen'));
    else if (part) elements.push(new Element(deleted ? 'w:delText' : 'w:t', PRESERVE, [part]));
  }
  return elements;
}
const SPECIAL = /[\u0000-\u001f\u2011\ud800-\udfff\ufffe\uffff]/, PRESERVE = { 'xml:space': 'preserve' };
