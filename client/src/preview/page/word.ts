/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** Small hands for WordprocessingML: names without their prefix, and the chain of styles behind a paragraph. */

export const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** 1 inch = 1440 twips = 96 CSS pixels. */
export const twips = (value: string | null | undefined, otherwise = 0): number =>
  value == null || Number.isNaN(Number(value)) ? otherwise : Number(value) / 15;

export const attribute = (element: Element | undefined, name: string): string | null =>
  element?.getAttributeNS(W, name) ?? null;

export const child = (element: Element | undefined, name: string): Element | undefined => {
  for (let e = element?.firstElementChild; e; e = e.nextElementSibling) if (e.localName === name && e.namespaceURI === W) return e;
  return undefined;
};

/** All descendants of one of the names, in document order; a list that later changes do not disturb. */
export const all = (element: Element, ...names: string[]): Element[] =>
  names.length === 1
    ? [...element.getElementsByTagNameNS(W, names[0]!)]
    : [...element.getElementsByTagNameNS(W, '*')].filter(e => names.includes(e.localName));

export function make(document: Document, name: string, attributes: Record<string, string> = {}, ...children: (Node | string)[]): Element {
  const element = document.createElementNS(W, `w:${name}`);
  for (const [key, value] of Object.entries(attributes)) element.setAttributeNS(W, `w:${key}`, value);
  element.append(...children);
  return element;
}

/** Puts an element's children in its place. */
export const unwrap = (element: Element): void => element.replaceWith(...element.childNodes);

/** Whether a property that is on by being there (`w:keepNext`, `w:b`) is on. */
export const on = (property: Element | undefined): boolean =>
  property !== undefined && !['0', 'false', 'off'].includes(attribute(property, 'val') ?? '');

/** A tab stop: its distance from the edge of the text in pixels, how text aligns at it (`left`, `center`, `right`…), what fills it. */
export type TabStop = [position: number, alignment: string, leader?: string];

export class Styles {
  private readonly byId = new Map<string, Element>();
  private readonly stops = new Map<string, TabStop[]>();
  private readonly defaults: Element | undefined;
  /** The style of paragraphs that name none. */
  readonly paragraph: string;
  /** The style of tables that name none. */
  readonly table: string | undefined;

  constructor(root: Element | undefined) {
    for (const style of root ? all(root, 'style') : []) this.byId.set(attribute(style, 'styleId') ?? '', style);
    this.defaults = child(root, 'docDefaults');
    const byDefault = (type: string): string | undefined =>
      [...this.byId].find(([, s]) => attribute(s, 'type') === type && ['1', 'true', 'on'].includes(attribute(s, 'default') ?? ''))?.[0];
    this.paragraph = byDefault('paragraph') ?? 'Normal';
    this.table = byDefault('table');
  }

  /** The style and those it is based on, the nearest first. */
  chain(id: string | null): Element[] {
    const chain: Element[] = [];
    for (let s = this.byId.get(id ?? ''); s && !chain.includes(s); s = this.byId.get(attribute(child(s, 'basedOn'), 'val') ?? '')) chain.push(s);
    return chain;
  }

  /** A property of a paragraph, its own or its style's. */
  property(pPr: Element | undefined, name: string): Element | undefined {
    const own = child(pPr, name);
    if (own) return own;
    for (const style of this.chain(this.of(pPr))) {
      const inherited = child(child(style, 'pPr'), name);
      if (inherited) return inherited;
    }
    return child(child(child(this.defaults, 'pPrDefault'), 'pPr'), name);
  }

  /** The size of a paragraph's text as its style says, in half-points. */
  size(pPr: Element | undefined): number {
    for (const style of this.chain(this.of(pPr))) {
      const size = attribute(child(child(style, 'rPr'), 'sz'), 'val');
      if (size) return Number(size);
    }
    return Number(attribute(child(child(child(this.defaults, 'rPrDefault'), 'rPr'), 'sz'), 'val') ?? 20);
  }

  tabs(pPr: Element | undefined): TabStop[] {
    const id = this.of(pPr);
    let stops = this.stops.get(id);
    if (!stops) {
      stops = this.chain(id).reverse().reduce((sum, style) => withTabs(sum, child(child(style, 'pPr'), 'tabs')), [] as TabStop[]);
      this.stops.set(id, stops);
    }
    return withTabs(stops, child(pPr, 'tabs'));
  }

  private of(pPr: Element | undefined): string {
    return attribute(child(pPr, 'pStyle'), 'val') ?? this.paragraph;
  }
}

function withTabs(stops: TabStop[], tabs: Element | undefined): TabStop[] {
  if (!tabs) return stops;
  const sum = new Map(stops.map(stop => [stop[0], stop]));
  for (const tab of all(tabs, 'tab')) {
    const position = twips(attribute(tab, 'pos')), alignment = attribute(tab, 'val') ?? 'left', leader = attribute(tab, 'leader');
    sum.delete(position);
    if (alignment !== 'clear' && alignment !== 'bar') sum.set(position, leader && leader !== 'none' ? [position, alignment, leader] : [position, alignment]);
  }
  return [...sum.values()].sort((a, b) => a[0] - b[0]);
}
