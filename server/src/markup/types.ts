/**
 * The vocabulary of the markup: what a document is made of. All offsets are UTF-16 code units and lines
 * count from 0. An offset inside a block counts from the start of that block, never from the start of
 * the document, so a block can be reused wherever an edit moves it.
 */

/** The two readings of a tracked text: the text in force, and the text as it would be if all is accepted. */
export type View = 'original' | 'final';

export type BlockKind =
  | 'front-matter' | 'blank' | 'drafter-note'
  | 'heading' | 'proposal' | 'instrument' | 'title' | 'history' | 'assembly' | 'section' | 'clause'
  | 'paragraph' | 'footnote' | 'reasons' | 'annex' | 'note' | 'table';

export type LabelKind = 'letter' | 'roman' | 'number' | 'dash';

/** One part of a label: the 3 of `3bis` is `{ value: 3, suffix: 2 }` (0 none, 2 bis, 3 ter, 4 quater, …). */
export interface Ordinal { readonly value: number; readonly suffix: number }

export interface Label {
  readonly kind: LabelKind;
  /** As it would be written: `a)`, `b)bis`, `3`, `1.2`, `iv)`, `–`. */
  readonly text: string;
  /** One for letters, romans and plain numbers; one a part for decimals; none for dashes. */
  readonly parts: readonly Ordinal[];
  /** Where the label's characters lie in the block; marks may stand between or around them. */
  readonly start: number;
  readonly end: number;
}

/** What a block is in one view. */
export interface Reading {
  readonly kind: BlockKind;
  /** Depth of a heading (1 to 6) or of a clause in its list (from 1); 1 on the line that opens the reasons; otherwise 0. */
  readonly level: number;
  readonly label: Label | null;
  /** Where the block's own text begins: behind indentation, marker and separator. */
  readonly textStart: number;
  /** A clause whose marker may be an accident of wrapping (markup, section 4): renumbering leaves it alone. */
  readonly doubtful: boolean;
}

/**
 * A paragraph with its continuation lines, its line ends and the blank lines behind it. Immutable; blocks
 * that an edit does not touch are the same objects in the next version of the document.
 */
export interface Block {
  readonly source: string;
  /** Line ends in `source`. */
  readonly lineCount: number;
  /** Null where the block does not exist in that view. One object for both views where they agree. */
  readonly original: Reading | null;
  readonly final: Reading | null;
  /** `{++¶++}`: the paragraph end is new, so in the original view the block goes on with the next one. */
  readonly joinsInOriginal: boolean;
  /** `{--¶--}`: the paragraph end is deleted, so in the final view the block goes on with the next one. */
  readonly joinsInFinal: boolean;
  /** Kept here by `inline()` when first asked for; read it through that function. */
  structure: Inline | null;
}

export type MarkKind = 'insertion' | 'deletion' | 'substitution' | 'comment' | 'highlight';

/** `{@APT; EUR 2024-09-22 #m1}` behind a mark. */
export interface Attribute {
  readonly start: number;
  readonly end: number;
  readonly authors: readonly string[];
  /** `YYYY-MM-DD` or `YYYY-MM-DDTHH:MMZ`, as written. */
  readonly date: string | null;
  /** Pairs the two ends of a move. */
  readonly move: string | null;
}

export interface Mark {
  readonly kind: MarkKind;
  /** From the opening brace to behind the closing one; the attribute is not included. */
  readonly start: number;
  readonly end: number;
  /** Of a substitution: where `~>` stands; otherwise -1. */
  readonly divider: number;
  readonly attribute: Attribute | null;
  /** `{++¶++}` or `{--¶--}` at the end of a paragraph. */
  readonly pilcrow: boolean;
}

export type PieceKind =
  | 'text'
  /** A backslash and the ASCII punctuation behind it. */
  | 'escape'
  /** A backslash at the end of a line. */
  | 'line-break'
  /** A line end and the indentation behind it, inside a paragraph: reads as one space. */
  | 'soft-break'
  /** Line ends, blank lines and indentation between two paragraphs of a block. */
  | 'paragraph-break'
  | 'footnote-reference'
  /** The text of a comment. */
  | 'comment'
  /** Stars that open or close emphasis. */
  | 'emphasis'
  /** Openers, dividers and closers of marks. */
  | 'mark'
  | 'attribute'
  /** The ¶ of a tracked paragraph end. */
  | 'pilcrow'
  /** A bar between the cells of a table row. */
  | 'bar'
  /** `#`, `//`, `[^1]:`, a backslash in column 0. */
  | 'prefix'
  /** Blanks before the first character of the block. */
  | 'indent'
  /** Blanks at the end of the block, its last line end and the blank lines behind it. */
  | 'trailing';

/** The smallest part of a block. The pieces of a block, joined, are its source. */
export interface Piece {
  readonly kind: PieceKind;
  readonly start: number;
  readonly end: number;
  readonly italic: boolean;
  readonly bold: boolean;
  /** The mark that inserts this piece (an insertion, or a substitution whose new half it is in). */
  readonly insertion: Mark | null;
  /** The mark that deletes this piece; both are set in a deletion inside an insertion. */
  readonly deletion: Mark | null;
  readonly highlight: Mark | null;
  /** Of a comment's text: its mark. */
  readonly comment: Mark | null;
}

export type ProblemCode =
  | 'unclosed-mark' | 'stray-closer' | 'missing-divider' | 'mark-in-mark' | 'stray-attribute' | 'malformed-attribute' | 'empty-mark';

/** Something wrong with the writing of a block, independent of what stands around it. */
export interface Problem {
  readonly code: ProblemCode;
  readonly start: number;
  readonly end: number;
  /** The kind of mark it is about. */
  readonly mark: MarkKind | null;
}

export interface Inline {
  readonly pieces: readonly Piece[];
  /** In source order; a mark inside another comes after it. */
  readonly marks: readonly Mark[];
  readonly problems: readonly Problem[];
}

/**
 * The words by which a language's blocks are known. They are facts, so they come in from `knowledge/`:
 * this floor knows shapes only.
 */
export interface Grammar {
  readonly language: string;
  /** Openings of section phrases: `recalling`, `taking into account`, `instructs`. */
  readonly sections: readonly string[];
  /** Openings of enacting formulas: `The World Telecommunication Standardization Assembly`. */
  readonly assemblies: readonly string[];
  /** `RESOLUTION`, `DRAFT NEW RESOLUTION`, in capitals. */
  readonly instruments: readonly string[];
  /** `ANNEX`, `APPENDIX`, in capitals; the capitalized form is read too. */
  readonly annexes: readonly string[];
  /** `Reasons`; a colon follows. */
  readonly reasons: readonly string[];
  /** `NOTE`. */
  readonly notes: readonly string[];
}
