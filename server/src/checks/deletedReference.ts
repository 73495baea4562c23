import { plainText } from '../markup/text';
import { toDeleted } from '../contribution/references';
import type { Rule } from './types';

/** A cross-reference to a clause that is deleted, whatever clause has its label now. */
export const deletedReference: Rule = {
  code: 'deleted-reference', severity: 'warning', looksAt: 'text',
  run: (run, grammar) => toDeleted(run, grammar).map(({ group, index, reference, label, clause }) => {
    const block = run[clause.group]!.blocks[clause.index]!, { textStart, label: own } = block.original!;
    return {
      group, index, start: label.start, end: label.end,
      message: `“${reference.phrase.replace(/[\s\u00a0]+/g, ' ')} ${label.path.join(' ')}” is deleted, but this still refers to it: “${plainText(block, 'original', textStart, 60)}”`,
      related: [{ ...clause, start: own!.start, end: own!.end, message: 'The deleted clause.' }],
    };
  }),
};
