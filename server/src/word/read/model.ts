/** What a Word file says, as it is read: paragraphs and tables whose pieces carry their changes. */

/** Who changed something, and when (`YYYY-MM-DD` or `YYYY-MM-DDTHH:MMZ`; null where nobody says). Equal changes are one object. */
export interface Change {
  readonly author: string;
  readonly date: string | null;
  /** What pairs it with the other end of a move. */
  readonly move: string | null;
}

/** Both are set where someone deletes what another inserted. */
export interface Tracked { insertion: Change | null; deletion: Change | null }

/** Text of one look. `\t` is a tab, `\n` a line break. */
export interface Run extends Tracked {
  readonly kind: 'run';
  text: string;
  italic: boolean;
  bold: boolean;
  underline: boolean;
  highlighted: boolean;
}

/** A reference to the footnote or endnote of that key. */
export interface Reference extends Tracked { readonly kind: 'reference'; readonly note: string }

/** A field that repeats the number of the reference at a bookmark; `text` is what it shows. */
export interface Repeated extends Tracked { readonly kind: 'repeated'; readonly bookmark: string; text: string }

/** Where the range of a comment begins and ends, and where the comment itself hangs. */
export interface Anchor extends Tracked { readonly kind: 'comment-start' | 'comment-end' | 'comment'; readonly id: string }

export type Item = Run | Reference | Repeated | Anchor;

export interface Paragraph {
  readonly kind: 'paragraph';
  style: string | null;
  /** Where the paragraph says so itself; twips. */
  indent: { left: number; hanging: number } | null;
  /** The list that numbers it; null where its style says. */
  numbering: { list: string | null; level: number | null } | null;
  /** The number is new. */
  numberInserted: Change | null;
  content: Item[];
  /** The paragraph's end is new: without it the text goes on with the next paragraph. */
  insertedEnd: Change | null;
  deletedEnd: Change | null;
  /** The cover above ends here. */
  endsCover: boolean;
}

export interface Cell extends Tracked { blocks: Block[]; /** Columns that it covers. */ span: number }
export interface Row extends Tracked { header: boolean; cells: Cell[] }
export interface Table { readonly kind: 'table'; rows: Row[] }
export type Block = Paragraph | Table;

export interface Note {
  /** The mark that stands for its number; null where Word numbers it. */
  mark: string | null;
  blocks: Block[];
}

export interface Comment {
  readonly id: string;
  readonly change: Change;
  readonly text: string;
  /** The comment that it answers. */
  parent: string | null;
}

/** What the markup could not hold as it was, with the words that the paragraph begins with ('' for the file as a whole). */
export interface Simplified { readonly message: string; readonly paragraph: string }

/** Text of a paragraph, changes and all. */
export function wordsOf({ content }: Paragraph): string {
  let text = '';
  for (const item of content) if (item.kind === 'run') text += item.text;
  return text;
}

/** Whether a paragraph consists of nothing but insertions (or deletions); an empty one does of both. */
export const isWhole = ({ content }: { readonly content: readonly Item[] }, side: 'insertion' | 'deletion'): boolean =>
  content.every(item => item[side] !== null || item.kind === 'comment' || item.kind === 'comment-start' || item.kind === 'comment-end' || item.kind === 'run' && item.text.trim() === '');

/** All paragraphs of some blocks, those of tables too, in order. */
export function* paragraphsOf(blocks: readonly Block[]): Generator<Paragraph> {
  for (const block of blocks) {
    if (block.kind === 'paragraph') yield block;
    else for (const { cells } of block.rows) for (const cell of cells) yield* paragraphsOf(cell.blocks);
  }
}
