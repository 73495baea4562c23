/** What completion offers, in the project's own terms, and what it is told of the line it is about. */
import type { CompletionItemKind } from 'vscode-languageserver';
import type { Placed } from '../../markup/document';
import { lineStarts } from '../../markup/lines';
import type { Known } from '../known';
import type { Place } from '../place';

export interface Offer {
  readonly label: string;
  readonly text: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string;
  /** What is compared with what is typed, where that is not the text. */
  readonly filter?: string;
  /** The text has placeholders. */
  readonly snippet?: true;
  /** Text that goes in elsewhere, at an offset of the document. */
  readonly also?: { readonly at: number; readonly text: string };
  /** A block whose words explain the item. */
  readonly about?: Placed;
  /** What of the catalogues explains it. */
  readonly known?: Known;
}

/** What is offered for [start, end) of the document, best first. */
export interface Offers {
  readonly start: number;
  readonly end: number;
  readonly items: readonly Offer[];
  /** There are more: to be asked again when something is typed. */
  readonly incomplete?: true;
}

/** The line of the cursor: its offset in the document, and its text on both sides. */
export interface Line { readonly start: number; readonly before: string; readonly after: string }

/** What may stand at a place, or null. `byItself`: a sign was typed that may begin something, and nobody has asked. */
export type Offerer = (place: Place, line: Line, byItself: boolean) => Offers | null;

export function lineAt({ placed: { block: { source }, start }, at }: Place): Line {
  const from = lineStarts(source.slice(0, at)).at(-1)!, length = source.slice(at).search(/[\r\n]/);
  return { start: start + from, before: source.slice(from, at), after: length < 0 ? source.slice(at) : source.slice(at, at + length) };
}
