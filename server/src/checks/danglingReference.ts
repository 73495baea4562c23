import { dangling, toDeleted } from '../contribution/references';
import type { Rule } from './types';

/** A cross-reference to a clause that is not there in the final view. */
export const danglingReference: Rule = {
  code: 'dangling-reference', severity: 'warning', looksAt: 'text',
  run: (run, grammar) => dangling(run, grammar).filter(({ label }) => !toDeleted(run, grammar).some(other => other.label === label)).map(({ group, index, reference, label, last }) => {
    const phrase = reference.phrase.replace(/[\s\u00a0]+/g, ' ');
    return {
      group, index, start: label?.start ?? reference.phraseStart, end: label?.end ?? reference.phraseEnd,
      message: !label ? `No section of this text is headed “${phrase}”.`
        : `There is no clause “${phrase} ${label.path.join(' ')}” in this text. ${last ? `The last clause of “${phrase}” is ${last}.` : `The text under “${phrase}” has no labelled clauses.`}`,
    };
  }),
};
