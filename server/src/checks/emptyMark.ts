import { inline } from '../markup/inline';
import { replacing } from './fixes';
import { problemsOf } from './marks';
import type { Rule } from './types';

/** A mark without any words. */
export const emptyMark: Rule = {
  code: 'empty-mark', severity: 'hint', looksAt: 'block',
  run: block => problemsOf(block, 'empty-mark').map(({ start, end }) => {
    const attribute = inline(block).marks.find(mark => mark.start === start)?.attribute;
    return { start, end, message: 'This mark holds no words and changes nothing.', fixes: [replacing('Remove it', start, attribute?.end ?? end, '', true)] };
  }),
};
