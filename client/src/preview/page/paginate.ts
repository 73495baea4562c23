import type { Manuscript, Section } from './manuscript';
import type { Cut, Piece } from './measure';

/** A piece on a page, from which block of the manuscript, and the space above it, in CSS pixels. */
export interface Item { piece: Piece; block: number; space: number }

export interface Page {
  section: Section;
  /** The number printed on it. */
  number: number;
  header: Piece[];
  footer: Piece[];
  items: Item[];
  footnotes: string[];
  /** From the edge of the paper to where the text may start and must end, in CSS pixels. */
  top: number;
  bottom: number;
}

/** What laying out needs from the measuring: the piece for a block's XML in a column, and how pieces can be divided. */
export interface Measures {
  piece(xml: string, width: number): Piece;
  cuts(piece: Piece, width: number): Cut[];
  divide(piece: Piece, cut: Cut, width: number): [Piece, Piece];
}

export const columnWidth = ({ width, margin }: Section): number => width - margin.left - margin.right;

/** The line above the footnotes with the space around it. */
export const separatorHeight = 8;

/** Of the space behind a paragraph and that before the next, Word leaves the larger. */
const between = (above: Piece | undefined, below: Piece): number => Math.max(below.before - (above?.after ?? 0), 0);

const heightOf = (pieces: Piece[]): number => pieces.reduce((sum, p) => sum + p.before + p.height + p.after, 0);

/**
 * Distributes a manuscript over pages as Word does: footnotes stand below the lines that cite them, no first or last line of a
 * paragraph stands alone, headings stay with what follows, rows are not torn apart, and the space above a paragraph vanishes at the top of a page.
 */
export function paginate(manuscript: Manuscript, measures: Measures): Page[] {
  const { blocks, sections } = manuscript;
  const pages: Page[] = [];
  let page: Page, room = 0, used = 0, soft = false;

  const notesHeight = (ids: string[]): number => {
    const unique = [...new Set(ids)], width = columnWidth(page.section);
    return unique.length === 0 ? 0
      : separatorHeight + heightOf(unique.flatMap(id => (manuscript.footnotes.get(id) ?? []).map(xml => measures.piece(xml, width))));
  };
  const turn = (section: Section, firstOfSection: boolean, automatic: boolean): void => {
    const number = (firstOfSection ? section.firstNumber : undefined) ?? (pages.at(-1)?.number ?? 0) + 1;
    const kind = section.titlePage && firstOfSection ? 'first' : manuscript.evenAndOdd && number % 2 === 0 ? 'even' : 'default';
    const width = columnWidth(section), { margin, height } = section;
    const header = (section.headers[kind] ?? []).map(xml => measures.piece(xml, width));
    const footer = (section.footers[kind] ?? []).map(xml => measures.piece(xml, width));
    const top = Math.max(margin.top, margin.header + heightOf(header)), bottom = Math.max(margin.bottom, margin.footer + heightOf(footer));
    pages.push(page = { section, number, header, footer, items: [], footnotes: [], top, bottom });
    [room, used, soft] = [height - top - bottom, 0, automatic];
  };
  const place = (piece: Piece, block: number): void => {
    const width = columnWidth(sections[blocks[block]!.section]!);
    const add = (part: Piece, space: number): void => {
      page.items.push({ piece: part, block, space });
      page.footnotes.push(...part.footnotes.filter(id => !page.footnotes.includes(id)));
      used += space + part.height + part.after;
    };
    for (let rest = piece; ;) {
      const space = soft && page.items.length === 0 ? 0 : between(page.items.at(-1)?.piece, rest), start = used + space;
      // What fills the page to the last twip no longer fits, as in LibreOffice.
      const fits = (height: number, footnotes: string[]): boolean => start + height + notesHeight([...page.footnotes, ...footnotes]) < room - 0.01;
      if (fits(rest.height, rest.footnotes)) { add(rest, space); return; }
      if (rest.splittable || page.items.length === 0) {
        const cut = measures.cuts(rest, width).findLast(c => fits(c.height, c.footnotes));
        if (cut) {
          const [first, next] = measures.divide(rest, cut, width);
          add(first, space);
          turn(page.section, false, true);
          rest = next;
          continue;
        }
      }
      if (page.items.length === 0) { add(rest, space); return; } // taller than any page: the page grows
      turn(page.section, false, true);
    }
  };
  const stays = (i: number): boolean => i + 1 < blocks.length && !blocks[i + 1]!.newPage && blocks[i + 1]!.section === blocks[i]!.section;

  turn(sections[0]!, true, false);
  blocks.forEach((block, i) => {
    const section = sections[block.section]!, width = columnWidth(section);
    const piece = measures.piece(block.xml, width);
    if (i > 0 && block.section !== blocks[i - 1]!.section && !(section.continuous && section.width === page.section.width && section.height === page.section.height)) {
      turn(section, true, false);
    } else if (block.newPage && page.items.length > 0) turn(page.section, false, false);
    if (piece.keepWithNext && page.items.length > 0) {
      let needed = 0, j = i, above = page.items.at(-1)?.piece, last = piece;
      for (; last.keepWithNext && stays(j); above = last, last = measures.piece(blocks[++j]!.xml, width)) needed += between(above, last) + last.height + last.after;
      const space = between(above, last), whole = space + last.height, left = room - used - notesHeight(page.footnotes);
      needed += needed + whole > left && last.splittable ? space + (measures.cuts(last, width)[0]?.height ?? last.height) : whole;
      if (needed > left && needed <= room) turn(page.section, false, true);
    }
    place(piece, i);
  });
  return pages;
}
