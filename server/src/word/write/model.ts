/** A document as Word sees it: paragraphs and tables with their styles, made of runs that carry their changes. */
import type { View } from '../../markup/types';

/** `marked` keeps every change as a tracked change; the others are clean texts. */
export type WordView = 'marked' | View;

/** Who changed something, and when (`YYYY-MM-DDTHH:MM:SSZ`; null where nobody says). Equal changes are one object. */
export interface Change {
  readonly author: string;
  readonly date: string | null;
  /** What pairs it with the other end of a move. */
  readonly move: string | null;
}

/** Both are set where someone deletes what another inserted. */
interface Tracked { insertion: Change | null; deletion: Change | null }

/** Text of one look. `\t` is a tab, `\n` a line break. */
export interface Run extends Tracked {
  readonly kind: 'run';
  text: string;
  italic: boolean;
  bold: boolean;
  underline: boolean;
  /** Struck through, where a change is drawn and not tracked. */
  struck?: boolean;
  /** Not in capitals, where the paragraph's style writes capitals. */
  smallLetters: boolean;
  /** A range marked in the source to which no comment belongs. */
  highlighted: boolean;
  style: 'href' | null;
}

/** A reference to a footnote that is defined. */
export interface Reference extends Tracked { readonly kind: 'reference'; readonly note: Note }

export interface Comment {
  /** Above the ids of all footnotes: LibreOffice takes one for the other where they are equal. */
  readonly id: number;
  /** Id of the comment that it answers. */
  readonly parent: number | null;
  readonly change: Change;
  readonly text: string;
}

/** Where the range of a comment begins, and where it ends and the comment itself hangs. */
export interface CommentStart extends Tracked { readonly kind: 'comment-start'; readonly comment: Comment }
export interface CommentEnd extends Tracked { readonly kind: 'comment-end'; readonly comment: Comment }

export type Item = Run | Reference | CommentStart | CommentEnd;

export interface Paragraph {
  readonly kind: 'paragraph';
  /** Source line, from 0. */
  readonly line: number;
  /** Id of its style; null for Normal. */
  style: string | null;
  /** Where it differs from the style's; twips. */
  indent: { left: number; hanging: number } | null;
  /** Stands close to the paragraph above, as the second line of a title does. */
  close: boolean;
  /** Stands right above a table, and not as its heading. */
  aboveTable: boolean;
  content: Item[];
  /** The paragraph's end is new: without it the text goes on with the next paragraph. */
  insertedEnd: Change | null;
  deletedEnd: Change | null;
}

export interface Row extends Tracked { readonly line: number; header: boolean; readonly cells: readonly Paragraph[] }
export interface Table { readonly kind: 'table'; readonly line: number; readonly rows: Row[] }

/** A footnote's text; `label` as it is referred to, and how often it is. */
export interface Note { readonly label: string; readonly paragraphs: readonly Paragraph[]; references: number }

export interface WordBody { readonly children: readonly (Paragraph | Table)[]; readonly comments: readonly Comment[] }
