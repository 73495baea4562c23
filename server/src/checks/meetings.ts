import type { Block, BlockKind } from '../markup/types';
import { memo } from '../markup/memo';
import { prose, sourceAt } from '../contribution/prose';
import type { Run } from '../contribution/runs';
import { changing } from './fixes';
import type { Fix, FoundAt, Rule } from './types';

/** Place and year of a meeting in a line, as written, and where they stand in the block. */
interface Named { readonly meeting: string; readonly start: number; readonly end: number }

const REVISION = /^(?:Rev|Rév|Пересм)\.[ \u00a0]?/iu;
const MEETING = /^[^,;()\d]+,[ \u00a0]?(?:19|20)\d\d(?:[ \u00a0]г\.)?$/;

/** The meeting that a line names: the last one of those in its parentheses. Null where there is none, or in a form that is not place and year. */
const meetingIn = memo((block: Block): Named | null => {
  const words = prose(block, 'final', 0), list = /\(([^()]*)\)[,\s]*$/.exec(words.text);
  if (!list) return null;
  const from = list.index + 1 + list[1]!.lastIndexOf(';') + 1, last = words.text.slice(from, list.index + 1 + list[1]!.length), lead = /^\s*/.exec(last)![0].length;
  const meeting = last.trim().replace(REVISION, ''), at = from + lead + last.trim().length - meeting.length;
  return MEETING.test(meeting) ? { meeting, start: sourceAt(words, at), end: sourceAt(words, at + meeting.length, true) } : null;
});

const same = (one: Named, other: Named): boolean => one.meeting.replace(/[\s\u00a0]+/g, ' ').toLowerCase() === other.meeting.replace(/[\s\u00a0]+/g, ' ').toLowerCase();

/** Number, history and enacting formula of a text that do not name one and the same meeting as the last. */
export const differentMeetings: Rule = {
  code: 'different-meetings', severity: 'warning', looksAt: 'text',
  run: run => {
    const number = line(run, 'instrument'), history = line(run, 'history'), assembly = line(run, 'assembly');
    const named = [number, history, assembly].filter(found => found !== null);
    if (number && history && assembly && !same(number, history) && same(history, assembly))
      return [report(number, `The history and the enacting formula name ${history.meeting} as the last meeting, the number of the resolution ${number.meeting}.`, [replacing(number, history)])];
    const [first, ...others] = named;
    return others.filter(other => !same(first!, other)).map(other => report(other,
      `The ${first === number ? 'number of the resolution' : 'history'} names ${first!.meeting}, this line ${other === history ? 'ends with ' : ''}${other.meeting}.`,
      [other === history ? changing(`Add ${first!.meeting}`, other.end, other.end, `; ${first!.meeting}`) : replacing(other, first!)]));
  },
};

interface Line extends Named { readonly group: number; readonly index: number; readonly block: Block }

/** The first line of a kind in the final view, if it names a meeting. */
function line(run: Run, kind: BlockKind): Line | null {
  for (const [group, { blocks }] of run.entries()) {
    const index = blocks.findIndex(({ final }) => final?.kind === kind);
    if (index >= 0) { const named = meetingIn(blocks[index]!); return named && { ...named, group, index, block: blocks[index]! }; }
    // All three stand above the first section.
    if (blocks[0]!.final?.kind === 'section') return null;
  }
  return null;
}

/** None where marks stand in the words, or where the other line is in capitals. */
const replacing = ({ start, end, meeting, block }: Line, other: Named): Fix | null =>
  block.source.slice(start, end) === meeting && other.meeting !== other.meeting.toUpperCase() ? changing(`Change it to ${other.meeting}`, start, end, other.meeting) : null;

const report = ({ group, index, start, end }: Line, message: string, fixes: readonly (Fix | null)[]): FoundAt =>
  ({ group, index, start, end, message, fixes: fixes.filter(fix => fix !== null) });
