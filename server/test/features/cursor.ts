/** Texts of test cases: a cursor in them is written `|`. */
import { Document } from '../../src/markup/document';
import { grammarOf } from '../../src/knowledge/grammar';

/** A text without its cursor, and the offset of the cursor. Another sign than `|` stands for it where the text holds a table. */
export function cursor(marked: string, sign = '|'): { text: string; offset: number; document: Document } {
  const offset = marked.indexOf(sign);
  if (offset < 0 || marked.indexOf(sign, offset + 1) >= 0) throw new Error(`One ${sign} has to stand in the text:\n${marked}`);
  const text = marked.slice(0, offset) + marked.slice(offset + sign.length);
  return { text, offset, document: Document.parse(text, grammarOf) };
}

export const parse = (text: string): Document => Document.parse(text, grammarOf);
