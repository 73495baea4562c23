/** Line ends and blanks, as LSP and the markup count them. */

export const LF = 10, CR = 13, TAB = 9, SPACE = 32, NBSP = 0xa0;

/** A blank that is no line end: space, tab, no-break space. */
export const isBlank = (code: number): boolean => code === SPACE || code === TAB || code === NBSP;

/**
 * Offset behind the line end of the line that `offset` is in; the text's length where it has none. Where the
 * caller knows that the text holds no CR, `onlyLF` finds it faster.
 */
export function nextLine(text: string, offset: number, onlyLF = false): number {
  if (onlyLF) return text.indexOf('\n', offset) + 1 || text.length;
  for (let i = offset; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === LF) return i + 1;
    if (code === CR) return text.charCodeAt(i + 1) === LF ? i + 2 : i + 1;
  }
  return text.length;
}

/** Offset of the line end (or of the text's end) of the line that `offset` is in. */
export function lineEnd(text: string, offset: number): number {
  for (let i = offset; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === LF || code === CR) return i;
  }
  return text.length;
}

/** Offset of the first character from `offset` on that is no blank; it may be a line end or `text.length`. */
export function skipBlanks(text: string, offset: number): number {
  let i = offset;
  while (i < text.length && isBlank(text.charCodeAt(i))) i++;
  return i;
}

export function isLineEnd(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return offset >= text.length || code === LF || code === CR;
}

/** Offsets at which lines start: 0, and behind each line end. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === LF || (code === CR && text.charCodeAt(i + 1) !== LF)) starts.push(i + 1);
  }
  return starts;
}
