/**
 * Answers that are printed piece by piece: most pieces are kept from the answer before, so that an answer of a
 * megabyte costs little more than sending it. `messageWriter.ts` sends the pieces as they are.
 */
import type { Document } from '../markup/document';
import { memo } from '../markup/memo';

/** A result that is already JSON, in pieces of UTF-8. */
export class Raw {
  constructor(readonly pieces: readonly Buffer[]) {}
}

export const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
export const COMMA = utf8(',');
const EMPTY = utf8('');

/**
 * JSON of a group, with absolute lines; printed anew only when it has moved to another line, or when what it
 * depends on has changed: `on`, or the group itself.
 */
export function groupPrinter(print: (document: Document, group: number, line: number) => string, on = (document: Document, g: number): object => document.groups[g]!): (document: Document, group: number) => Buffer {
  const printed = memo((_: object) => ({ line: -1, json: EMPTY }));
  return (document, g) => {
    const kept = printed(on(document, g)), { line } = document.groupStart(g);
    if (kept.line !== line) Object.assign(kept, { line, json: utf8(print(document, g, line)) });
    return kept.json;
  };
}

/** `before` + the non-empty pieces, divided by commas + `after`. */
export function list(before: string, pieces: Iterable<Buffer>, after: string): Buffer[] {
  const result = [utf8(before)];
  for (const piece of pieces) if (piece.length) {
    if (result.length > 1) result.push(COMMA);
    result.push(piece);
  }
  result.push(utf8(after));
  return result;
}

/** A message as it goes over the wire, with its header; a raw result goes out as it is. */
export function encode(message: object): Buffer {
  const { result, ...rest } = message as { result?: unknown };
  const pieces = result instanceof Raw ? [utf8(`${JSON.stringify(rest).slice(0, -1)},"result":`), ...result.pieces, utf8('}')] : [utf8(JSON.stringify(message))];
  return Buffer.concat([utf8(`Content-Length: ${pieces.reduce((sum, { length }) => sum + length, 0)}\r\n\r\n`), ...pieces]);
}
