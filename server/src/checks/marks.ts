/** What the rules about marks share. */
import type { Block, MarkKind, Problem, ProblemCode } from '../markup/types';
import { inline } from '../markup/inline';

export const OPENERS: Record<MarkKind, string> = { insertion: '{++', deletion: '{--', substitution: '{~~', comment: '{>>', highlight: '{==' };
export const CLOSERS: Record<MarkKind, string> = { insertion: '++}', deletion: '--}', substitution: '~~}', comment: '<<}', highlight: '==}' };

const NAMES: Record<MarkKind, string> = { insertion: 'An insertion', deletion: 'A deletion', substitution: 'A replacement', comment: 'A comment', highlight: 'A highlight' };

/** `An insertion`, at the start of a sentence. */
export const markName = (kind: MarkKind | null): string => kind ? NAMES[kind] : 'A mark';

/** What is wrong, in one way, with the marks of a block. A block without braces has none. */
export function problemsOf(block: Block, code: ProblemCode): readonly Problem[] {
  return block.source.includes('{') || block.source.includes('}') ? inline(block).problems.filter(problem => problem.code === code) : [];
}
