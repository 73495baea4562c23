/** What the Word page and the editor say to each other, and what the page remembers over a reload of the window. */

/** How tracked changes are shown: all of them marked, all accepted, or all rejected. */
export type View = 'markup' | 'final' | 'original';

/** What the server hands over for one version of a text. */
export interface WordResult {
  /** The version of the text that was written. */
  version: number;
  /** The file, as it would be saved. */
  docx: Uint8Array;
  /** For each paragraph and table of the file's body, in order: its source line (from 0), or -1 where it comes from the front matter. */
  lines: number[];
  /** What the Word file cannot hold as written, in sentences for the user. */
  problems?: string[];
}

export type ToPage =
  | ({ type: 'word' } & WordResult)
  | { type: 'failed'; message: string }
  /** The cursor stands in this line (from 0); with `follow`, the page goes there. */
  | { type: 'cursor'; line: number; follow: boolean };

export type FromPage =
  | { type: 'ready' }
  /** The user pointed at a paragraph that was written from this line (from 0). */
  | { type: 'reveal'; line: number };

export interface PageState {
  /** The text that is shown. */
  uri: string;
  view: View;
  /** 1 is the size of the paper; `fit` makes the page as wide as the panel. */
  zoom: number | 'fit';
}
