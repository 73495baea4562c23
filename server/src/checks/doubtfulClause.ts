import type { Document } from '../markup/document';
import type { Edit } from '../markup/edit';
import { contentEnd } from '../markup/inline';
import { lineEnd, skipBlanks } from '../markup/lines';
import { placedAt } from '../contribution/runs';
import { sections } from '../contribution/sections';
import { replacing } from './fixes';
import type { Finding, Rule } from './types';

/** A line that looks like a clause, behind one that has not ended (markup, section 4). */
export const doubtfulClause: Rule = {
  code: 'doubtful-clause', severity: 'hint', looksAt: 'group',
  run: run => sections(run).final.clauses.filter(({ reading }) => reading.doubtful).map(({ group, index, block: { source }, label }) => ({
    group, index, start: label.start, end: Math.min(label.end, lineEnd(source, label.start)),
    message: `Is this clause ${label.text}? The line above has not ended, and ${label.text} does not follow from the labels before, so this may be one line that was broken in two.`,
    fixes: [
      ...index > 0 ? [{ title: 'Join it to the line above', preferred: false, edits: joining }] : [],
      ...skipBlanks(source, 0) === 0 ? [replacing('Make it a paragraph', 0, 0, '\\')] : [],
    ],
  })),
};

/** One blank in place of the line end, and in place of what divided marker and text. */
function joining(document: Document, { placed, end }: Finding): readonly Edit[] {
  const above = placedAt(document, placed.group, placed.index - 1), { source } = placed.block;
  const from = placed.start + end, to = placed.start + skipBlanks(source, end);
  return [{ start: above.start + contentEnd(above.block.source), end: placed.start + skipBlanks(source, 0), text: ' ' }, ...to > from ? [{ start: from, end: to, text: ' ' }] : []];
}
