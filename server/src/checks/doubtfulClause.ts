import { lineEnd } from '../markup/lines';
import { replacing } from './fixes';
import type { Rule } from './types';

/** A line that looks like a clause, behind one that has not ended (markup, section 4). */
export const doubtfulClause: Rule = {
  code: 'doubtful-clause', severity: 'hint', looksAt: 'block',
  run: block => {
    const reading = block.final ?? block.original;
    if (!reading?.doubtful || !reading.label) return [];
    const { label } = reading;
    const joined = block.source.startsWith(' ') || block.source.startsWith('\t') ? [] : [replacing('Make it go on with the line above', 0, 0, '    '), replacing('Make it a paragraph', 0, 0, '\\')];
    return [{
      start: label.start, end: Math.min(label.end, lineEnd(block.source, label.start)),
      message: `Is this clause ${label.text}? The line above has not ended, and ${label.text} does not follow from the labels before, so this may be one line that was broken in two.`,
      fixes: joined,
    }];
  },
};
