/** The styles of a file: what a paragraph of a style is, known by the names of ITU's styles and of Word's own headings. */
import type { Package } from './package';
import { readXml, type Attributes } from './xml';

/** What paragraphs of a style are; null for plain text. */
export type Role =
  | 'heading' | 'proposal' | 'instrument' | 'title' | 'history' | 'section' | 'clause' | 'annex' | 'reasons' | 'footnote' | 'table-head' | 'contents' | null;

export interface Style {
  readonly name: string;
  basedOn: string | null;
  role: Role;
  /** Depth of a heading (1 to 6) or of a clause below those at the margin (1 to 3). */
  level: number;
  italic: boolean | null;
  bold: boolean | null;
  /** The list that numbers its paragraphs. */
  list: string | null;
  listLevel: number | null;
}

/** By the names as Word shows them, in small letters and without blanks, lines and hyphens. */
const ROLES: readonly (readonly [RegExp, Role])[] = [
  [/^heading(?:\d|b|i)?$/, 'heading'], [/^proposal$/, 'proposal'], [/^(?:res|dec|op)no$/, 'instrument'], [/^(?:res|dec|op|annex|appendix|section)title$/, 'title'],
  [/^resref$/, 'history'], [/^call$/, 'section'], [/^enumlev[1-9]$/, 'clause'], [/^(?:annex|appendix|section|attachment)(?:no|ref)$/, 'annex'],
  [/^reasons$/, 'reasons'], [/^footnotetext$/, 'footnote'], [/^tablehead$/, 'table-head'], [/^toc\d?$/, 'contents'],
];

/** Styles whose paragraphs are known by their words or places. */
const LOOKS = /^(?:normal|bodytext|note|source|title|table|equation|figure|listparagraph|header|footer|plaintext|default|endnotetext|annotationtext|nospacing|quote)/i;

export class Styles {
  private readonly byId = new Map<string, Style>();
  private standard: string | null = null;

  /** Without styles where the file has no part of that path, or where there is no file. */
  constructor(file: Package | null, path: string | null) {
    if (!path || !file?.has(path)) return;
    let style: Style | null = null, inRunProperties = false;
    const on = ({ 'w:val': value }: Attributes) => value === undefined || !['0', 'false', 'off', 'none'].includes(value);
    readXml(file, path, {
      open: (name, attributes) => {
        const value = attributes['w:val'] ?? '';
        switch (name) {
          case 'w:style': {
            style = { name: '', basedOn: null, role: null, level: 0, italic: null, bold: null, list: null, listLevel: null };
            if (attributes['w:styleId']) this.byId.set(attributes['w:styleId'], style);
            if (attributes['w:type'] === 'paragraph' && ['1', 'true', 'on'].includes(attributes['w:default'] ?? '')) this.standard = attributes['w:styleId'] ?? null;
            break;
          }
          case 'w:name': if (style) Object.assign(style, { name: value }, roleOf(value)); break;
          case 'w:basedOn': if (style) style.basedOn = value; break;
          case 'w:numId': if (style) style.list = value; break;
          case 'w:ilvl': if (style) style.listLevel = Number(value); break;
          case 'w:rPr': inRunProperties = true; break;
          case 'w:i': if (style && inRunProperties) style.italic = on(attributes); break;
          case 'w:b': if (style && inRunProperties) style.bold = on(attributes); break;
        }
      },
      close: name => {
        if (name === 'w:style') style = null;
        else if (name === 'w:rPr') inRunProperties = false;
      },
    });
  }

  /** Takes in a style of which nothing but the name is known; the name is its id. */
  know(name: string): void {
    if (!this.byId.has(name)) this.byId.set(name, { name, basedOn: null, ...roleOf(name), italic: null, bold: null, list: null, listLevel: null });
  }

  /** What paragraphs of a style are, and how deep: as its own name says, or the nearest one that it is based on. */
  roleOf(id: string | null): { role: Role; level: number } {
    return this.find(id, ({ role, level }) => role ? { role, level } : null) ?? { role: null, level: 0 };
  }

  /** The name of a style that says something of its paragraphs that is not read; null for those that only say how they look. */
  unknownName(id: string | null): string | null {
    const name = id === null ? '' : this.byId.get(id)?.name ?? '';
    return !name || this.roleOf(id).role || LOOKS.test(name.replace(/[\s_-]/g, '')) ? null : name;
  }

  /** Whether a character style, or one that it is based on, slants or thickens its text. */
  lookOf(id: string): { italic: boolean; bold: boolean } {
    return { italic: this.find(id, style => style.italic) ?? false, bold: this.find(id, style => style.bold) ?? false };
  }

  /** The list and level that a style numbers its paragraphs with. */
  numberingOf(id: string | null): { list: string; level: number } | null {
    const list = this.find(id, style => style.list);
    return list ? { list, level: this.find(id, style => style.listLevel) ?? 0 } : null;
  }

  private find<T>(id: string | null, of: (style: Style) => T | null): T | null {
    let next = id ?? this.standard;
    // A style may say, wrongly, that it is based on itself.
    for (let steps = 0; next !== null && steps < 20; steps++) {
      const style = this.byId.get(next);
      if (!style) return null;
      const found = of(style);
      if (found !== null) return found;
      next = style.basedOn;
    }
    return null;
  }
}

function roleOf(name: string): { role: Role; level: number } {
  const plain = name.toLowerCase().replace(/[\s_-]/g, ''), role = ROLES.find(([pattern]) => pattern.test(plain))?.[1] ?? null;
  const digit = Number(/\d$/.exec(plain)?.[0] ?? 1);
  return { role, level: role === 'heading' ? Math.min(digit || 1, 6) : role === 'clause' ? digit : 0 };
}
