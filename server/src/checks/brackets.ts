import { brackets, type Bracket } from '../contribution/brackets';
import { changing } from './fixes';
import type { FoundAt, Rule } from './types';

/** A square bracket without its other half in the same text: nobody can say what is not agreed. */
export const unbalancedBracket: Rule = {
  code: 'unbalanced-bracket', severity: 'warning', looksAt: 'text',
  run: run => {
    const { unclosed, unopened } = brackets(run);
    const report = (message: string) => ({ group, index, at }: Bracket): FoundAt => ({ group, index, start: at, end: at + 1, message, fixes: [changing('Remove this bracket', at, at + 1, '')] });
    return [
      ...unclosed.map(report('This bracket does not end in this text, so it is not clear which words are not agreed. It ends with ].')),
      ...unopened.map(report('No bracket begins in this text before this one ends, so it is not clear which words are not agreed. It begins with [.')),
    ];
  },
};
