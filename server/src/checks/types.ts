/** The vocabulary of the checks. */
import type { Document, Placed } from '../markup/document';
import type { Block, Grammar } from '../markup/types';
import type { Edit } from '../markup/edit';
import type { Run } from '../contribution/runs';

/** `error`: the text says something it cannot mean. `warning`: very likely not meant. `information`, `hint`: worth a look. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** A way to put right what is found. Its edits are worked out when somebody asks for them. */
export interface Fix {
  /** What the user reads: `Change this label to c)`. */
  readonly title: string;
  /** The fix that is meant in nearly every case; at most one of a finding's. */
  readonly preferred: boolean;
  readonly edits: (document: Document, finding: Finding) => readonly Edit[];
}

/** Another place that belongs to a finding, with what to say of it. */
export interface Related { readonly group: number; readonly index: number; readonly start: number; readonly end: number; readonly message: string }

/** What a rule finds. Offsets count in the block's source. */
export interface Found {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** A function where to make them costs something: it is called when somebody asks for them. */
  readonly fixes?: readonly Fix[] | (() => readonly Fix[]);
  /** Where the rule's own severity does not fit. */
  readonly severity?: Severity;
}

/** What a rule finds that looks at more than a block: in which group of what it was given, and in which of its blocks. */
export interface FoundAt extends Found {
  readonly group: number;
  readonly index: number;
  readonly related?: readonly Related[];
}

/** One finding at its place in a document. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** The block it is in; `start` and `end` count in that block's source. */
  readonly placed: Placed;
  readonly start: number;
  readonly end: number;
  readonly related: readonly { readonly placed: Placed; readonly start: number; readonly end: number; readonly message: string }[];
  readonly fixes: readonly Fix[];
}

/** A rule and what it looks at; the less it looks at, the less is done anew after an edit. */
export type Rule = { readonly code: string; readonly severity: Severity } & (
  /** A block by itself. Must depend on nothing else. */
  | { readonly looksAt: 'block'; readonly run: (block: Block) => readonly Found[] }
  /** Groups whose lists hang together: most often one (see `stretchAt`). Groups count in the run. */
  | { readonly looksAt: 'group'; readonly run: (run: Run, grammar: Grammar) => readonly FoundAt[] }
  /** A text (see `texts`): a resolution with its proposal's line, annexes and reasons. Groups count in the run. */
  | { readonly looksAt: 'text'; readonly run: (run: Run, grammar: Grammar) => readonly FoundAt[] }
  /** The whole document, put together from what is kept with its texts. Groups count in the document. */
  | { readonly looksAt: 'document'; readonly run: (document: Document) => readonly FoundAt[] }
  /** The document beside the text in force that it names; null where that is not there. Groups count in the document. */
  | { readonly looksAt: 'base'; readonly run: (document: Document, base: Document | null) => readonly FoundAt[] });
