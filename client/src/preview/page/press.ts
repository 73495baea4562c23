/// <reference lib="dom" />
import type { View } from '../messages';
import { Authors, bind, draw, makeNote } from './draw';
import { compose, type Manuscript, type WordFile } from './manuscript';
import { cuts, divide, measure, type Piece } from './measure';
import { columnWidth, paginate, type Page } from './paginate';

export interface Print { manuscript: Manuscript; pages: Page[]; footnote: (id: string, page: Page) => Piece[] }

/** Makes pages from Word files; what a file has in common with the one before, or one view with another, is not drawn again. */
export class Press {
  readonly authors = new Authors();
  private pieces = new Map<string, Piece>();
  private styles: string[] = [];

  constructor(private readonly gauge: HTMLElement, private readonly nonce: string) {}

  /** @throws an Error in the user's words where the file cannot be drawn; what was there before stays usable. */
  async print(file: WordFile, view: View): Promise<Print> {
    file.xml(file.bodyPath);
    await breathe();
    const manuscript = compose(file, view), { sections, blocks, footnotes, tabDistance } = manuscript;
    await breathe();
    const wanted = new Map<string, { xml: string; width: number }>();
    const want = (xml: string, width: number): unknown => wanted.set(key(xml, width), { xml, width });
    for (const block of blocks) want(block.xml, columnWidth(sections[block.section]!));
    for (const section of sections) {
      const width = columnWidth(section);
      for (const story of [section.headers, section.footers]) for (const xml of Object.values(story).flat()) want(xml, width);
      for (const xml of [...footnotes.values()].flat()) want(xml, width);
    }
    const pieces = await this.draw(wanted, manuscript);
    const piece = (xml: string, width: number): Piece => pieces.get(key(xml, width))!;
    await breathe();
    const pages = paginate(manuscript, {
      piece, cuts: (p, width) => cuts(p, width, this.gauge), divide: (p, cut, width) => divide(p, cut, width, tabDistance, this.gauge),
    });
    this.pieces = pieces;
    await breathe();
    return { manuscript, pages, footnote: (id, page) => (footnotes.get(id) ?? []).map(xml => piece(xml, columnWidth(page.section))) };
  }

  private async draw(wanted: Map<string, { xml: string; width: number }>, manuscript: Manuscript): Promise<Map<string, Piece>> {
    let missing = [...wanted].filter(([id]) => !this.pieces.has(id));
    let drawn = await draw(missing.map(([, { xml }]) => xml), manuscript, makeNote(this.authors));
    if (drawn.styles.join() !== this.styles.join()) {
      // Other styles: everything may look different.
      if (missing.length < wanted.size) drawn = await draw((missing = [...wanted]).map(([, { xml }]) => xml), manuscript, makeNote(this.authors));
      this.pieces = new Map();
      this.setStyles(drawn.styles);
    }
    drawn.elements.forEach(bind);
    const measured = new Map<string, Piece>();
    for (const width of new Set(missing.map(([, m]) => m.width))) {
      const here = missing.flatMap(([id, m], i) => m.width === width ? [{ id, element: drawn.elements[i]! }] : []);
      measure(here.map(h => h.element), width, manuscript.tabDistance, this.gauge).forEach((p, i) => measured.set(here[i]!.id, p));
    }
    // What is no longer wanted is forgotten, except for the other views, which the reader may turn back to.
    const kept = [...this.pieces].filter(([id]) => !wanted.has(id)).slice(-4 * wanted.size);
    return new Map([...kept, ...[...wanted.keys()].map((id): [string, Piece] => [id, measured.get(id) ?? this.pieces.get(id)!])]);
  }

  private setStyles(styles: string[]): void {
    this.styles = styles;
    for (const old of document.head.querySelectorAll('style')) old.remove();
    for (const text of styles) {
      const style = document.createElement('style');
      style.nonce = this.nonce;
      style.textContent = text;
      document.head.append(style);
    }
  }
}

/** Lets what waits go first, a key above all: where the editor runs in a browser, it shares this thread. */
const breathe = (): Promise<void> => new Promise(resolve => setTimeout(resolve));

const key = (xml: string, width: number): string => `${width} ${xml}`;
