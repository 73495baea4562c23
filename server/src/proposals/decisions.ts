/**
 * What is left to decide in a consolidated draft. The draft itself says it, in comments, so the list is right whoever
 * edits the text and however: the Problems and the Review view, the command line and the consolidation all take it from here.
 *
 * - `decisions(run)`: the open questions of a text, in order, each with the answers to choose from
 */
import type { Block, Mark } from '../markup/types';
import type { Group, Document, Placed } from '../markup/document';
import type { Edit } from '../markup/edit';
import { inline } from '../markup/inline';
import { memo } from '../markup/memo';
import { plainText } from '../markup/text';
import { decide } from '../changes/decide';
import { placedAt, type Run } from '../contribution/runs';
import { withLabels } from './labels';

/** The words with which the comment begins by which a draft asks for a decision. */
export const ASKS = 'To decide: ';
/** The words by which the comments tell what they are about; what makes a draft writes them. */
export const SAYS = { change: 'would change it', near: 'propose nearly the same here', move: 'would move this here', revised: 'the proposals have changed here since' } as const;

export type Kind = 'conflict' | 'near-duplicate' | 'move';

/** One answer. */
export interface Choice {
  /** What it does: `Take what APT proposed`. */
  readonly title: string;
  /** Whose proposal it is; nobody's where the text in force is kept. */
  readonly authors: readonly string[];
  /** What then stands there; '' where that needs no words. */
  readonly words: string;
  /** The edits of the document; `placed` is the block of the comment. */
  readonly edits: (document: Document, placed: Placed) => readonly Edit[];
}

export interface Decision {
  readonly kind: Kind;
  /** The comment, in the block `index` of group `group` of the run; offsets in the block. */
  readonly group: number;
  readonly index: number;
  readonly start: number;
  readonly end: number;
  /** The comment's words behind `To decide: `. */
  readonly message: string;
  /** Worked out when asked for. */
  readonly choices: () => readonly Choice[];
}

interface Ask { readonly index: number; readonly comment: Mark; readonly message: string }

const asksIn = memo((group: Group): readonly Ask[] => {
  let found: Ask[] | null = null;
  group.blocks.forEach((block, index) => {
    if (!block.source.includes(`{>>${ASKS}`)) return;
    for (const comment of inline(block).marks) if (comment.kind === 'comment' && block.source.startsWith(ASKS, comment.start + 3))
      (found ??= []).push({ index, comment, message: block.source.slice(comment.start + 3 + ASKS.length, comment.end - 3).replace(/\\(.)/g, '$1') });
  });
  return found ?? NOTHING;
});
const NOTHING: readonly never[] = [];

/** What several proposals want at one place of a text, and nobody has decided yet. */
export function decisions(run: Run): readonly Decision[] {
  let found: Decision[] | null = null;
  run.forEach((group, g) => {
    for (const { index, comment, message } of asksIn(group)) {
      const paragraph = { run, group: g, index }, kind = message.endsWith(SAYS.near) ? 'near-duplicate' : message.includes(SAYS.move) ? 'move' : 'conflict';
      const known = () => message.startsWith(SAYS.revised) ? [] : kind === 'move' ? moved(paragraph, comment) : kind === 'near-duplicate' ? nearlyTheSame(paragraph, message)
        : message.endsWith(SAYS.change) ? rewritten(paragraph, message) : withinParagraph(paragraph, comment, message);
      // Where the text was worked on since, so that the answers are not there any more, the question can be taken away.
      const choices = () => { const found = known(); return found.length ? found : [choice(paragraph, 'Leave it as it is', [], '', [{ paragraph, edits: [gone(comment)] }])]; };
      (found ??= []).push({ kind, group: g, index, start: comment.start, end: comment.end, message, choices });
    }
  });
  return found ?? NOTHING;
}

/** A block of the run. */
interface Paragraph { readonly run: Run; readonly group: number; readonly index: number }
/** What happens to a block: marks of it are rejected, and edits made beside. */
interface Changed { readonly paragraph: Paragraph; readonly rejected?: readonly Mark[]; readonly edits?: readonly Edit[] }

const blockOf = ({ run, group, index }: Paragraph): Block => run[group]!.blocks[index]!;
const marksOf = (paragraph: Paragraph, kind: Mark['kind']): Mark[] => inline(blockOf(paragraph)).marks.filter(mark => mark.kind === kind);
const behind = ({ end, attribute }: Mark): number => attribute?.end ?? end;
const authorsOf = (mark: Mark | undefined): readonly string[] => mark?.attribute?.authors ?? [];
const named = (authors: readonly string[]): string => authors.join(' and ');
/** A new paragraph, without others that go on with it. */
const isNew = (paragraph: Paragraph): boolean => !blockOf(paragraph).original && blockOf(paragraph).final !== null && !inline(blockOf(paragraph)).pieces.some(({ kind }) => kind === 'paragraph-break');
const wordsOf = (paragraph: Paragraph): string => { const block = blockOf(paragraph); return block.final ? plainText(block, 'final', block.final.textStart) : ''; };

/** The block above, which may be the last one of the group before. */
function above({ run, group, index }: Paragraph): Paragraph | null {
  if (index > 0) return { run, group, index: index - 1 };
  return group > 0 ? { run, group: group - 1, index: run[group - 1]!.blocks.length - 1 } : null;
}

/** An answer; `asked` is the block with the comment. A footnote goes with what is rejected, and so does the other end of a move; labels follow. */
const choice = (asked: Paragraph, title: string, authors: readonly string[], words: string, changed: readonly Changed[]): Choice => ({
  title, authors, words,
  edits: (document, placed) => {
    const here = changed.map(({ paragraph: { group, index }, rejected = [], edits = [] }) => ({ start: placedAt(document, placed.group - asked.group + group, index).start, rejected, edits }));
    const range = here.flatMap(({ start, rejected }) => rejected.map(mark => ({ start: start + mark.start, end: start + behind(mark) }))), gone = range.length ? decide(document, 'reject', { range }) : [];
    const beside = here.flatMap(({ start, edits }) => edits.map(edit => ({ ...edit, start: edit.start + start, end: edit.end + start })));
    // A comment goes with its paragraph.
    return withLabels(document, [...gone, ...beside.filter(edit => !gone.some(({ start, end }) => start < edit.end && edit.start < end))]);
  },
});

/** Another attribute for a mark: that of the wording which is taken, or names. */
const given = ({ end, attribute }: Mark, text: string): Edit => ({ start: attribute?.start ?? end, end: attribute?.end ?? end, text });
const attributeOf = ({ source }: Block, mark: Mark | undefined): string => mark?.attribute ? source.slice(mark.attribute.start, mark.attribute.end) : '';
const gone = (mark: Mark): Edit => ({ start: mark.start, end: behind(mark), text: '' });
const removed = (paragraph: Paragraph): Changed => ({ paragraph, rejected: marksOf(paragraph, 'insertion'), edits: settled(paragraph) });
/** A mark without its signs: the words stay. */
const plain = (mark: Mark): Edit[] => [{ start: mark.start, end: mark.start + 3, text: '' }, { start: mark.end - 3, end: behind(mark), text: '' }];

/** The square brackets inside an insertion, taken away. */
function unbracketed({ source }: Block, { start, end }: Mark): Edit[] {
  const words = source.slice(start + 3, end - 3), open = words.indexOf('['), close = words.lastIndexOf(']');
  return open < 0 || close < open ? [] : [open, close].map(at => ({ start: start + 3 + at, end: start + 4 + at, text: '' }));
}

/** Choices between insertions that stand one after the other in front of the comment. */
function withinParagraph(paragraph: Paragraph, comment: Mark, message: string): Choice[] {
  const block = blockOf(paragraph), marks = inline(block).marks.filter(mark => behind(mark) <= comment.start), wordings: Mark[] = [];
  let at = comment.start, last = marks.pop();
  for (; last && behind(last) === at && last.kind === 'insertion'; last = marks.pop()) { if (message.includes(`${named(authorsOf(last))}: `) && authorsOf(last).length) wordings.unshift(last); at = last.start; }
  const deletion = last && behind(last) === at && last.kind === 'deletion' ? last : null;
  if (!wordings.length) return [];
  const here = (title: string, authors: readonly string[], words: string, rejected: readonly Mark[], edits: readonly Edit[] = []) => choice(paragraph, title, authors, words, [{ paragraph, rejected, edits: [...edits, gone(comment)] }]);
  const inside = (mark: Mark) => block.source.slice(mark.start + 3, mark.end - 3).replace(/^([ \u00a0]*)\[([^]*)\]([ \u00a0]*)$/, '$2').trim();
  const others = deletion ? authorsOf(deletion).filter(author => !wordings.some(wording => authorsOf(wording).includes(author))) : [];
  return [
    ...wordings.map(chosen => here(`Take what ${named(authorsOf(chosen))} proposed`, authorsOf(chosen), inside(chosen), wordings.filter(wording => wording !== chosen), [
      ...deletion ? [given(deletion, attributeOf(block, chosen))] : [], ...unbracketed(block, chosen),
    ])),
    ...deletion && others.length ? [here(`Delete it, as ${named(others)} proposed`, others, '', wordings, [given(deletion, `{@${others.join('; ')}}`)])] : [],
    block.original ? here('Keep the text in force', [], deletion ? block.source.slice(deletion.start + 3, deletion.end - 3).trim() : '', [...deletion ? [deletion] : [], ...wordings])
      : here('Take none of them', [], '', wordings),
  ];
}

/** The paragraphs that end with this one, if they are so many and all new. */
function wordingsAbove(last: Paragraph, parts: readonly string[]): Paragraph[] | null {
  const found: Paragraph[] = [];
  for (let paragraph: Paragraph | null = last; paragraph && found.length < parts.length && isNew(paragraph); paragraph = above(paragraph)) if (parts.some(part => `${part} `.startsWith(`${named(whose(paragraph!))} `))) found.unshift(paragraph);
  return found.length === parts.length ? found : null;
}

const whose = (paragraph: Paragraph): readonly string[] => authorsOf(marksOf(paragraph, 'insertion')[0]);

/** The comments that ask and the highlights of what differs, taken away. */
const settled = (paragraph: Paragraph): Edit[] => [
  ...marksOf(paragraph, 'highlight').flatMap(plain), ...asksIn(paragraph.run[paragraph.group]!).filter(({ index }) => index === paragraph.index).map(({ comment }) => gone(comment)),
];

/** Choices between new paragraphs that are nearly the same. */
function nearlyTheSame(last: Paragraph, message: string): Choice[] {
  const wordings = wordingsAbove(last, message.split('; '));
  if (!wordings) return [];
  const own = (paragraph: Paragraph) => authorsOf(marksOf(paragraph, 'insertion')[0]), kept = (paragraph: Paragraph): Changed => ({ paragraph, edits: settled(paragraph) });
  return [
    ...wordings.map(chosen => choice(last, `Take what ${named(own(chosen))} proposed`, own(chosen), wordsOf(chosen), wordings.map(wording => wording === chosen ? kept(wording) : removed(wording)))),
    choice(last, 'Keep them all', [], '', wordings.map(kept)),
  ];
}

/** Choices between deleting a paragraph and putting others in its place. The comment stands behind the first of these. */
function rewritten(first: Paragraph, message: string): Choice[] {
  const count = message.split('; ').filter(part => part.endsWith(SAYS.change)).length, deleted = above(first), wordings: Paragraph[] = [];
  for (let { group, index } = first; wordings.length < count && group < first.run.length; index++) {
    if (index < first.run[group]!.blocks.length) { const here = { run: first.run, group, index }; if (!isNew(here) || message.split('; ').includes(`${named(whose(here))} ${SAYS.change}`)) wordings.push(here); }
    else { group++; index = -1; }
  }
  if (!deleted || !blockOf(deleted).original || blockOf(deleted).final || wordings.length < count || !wordings.every(isNew)) return [];
  const deletions = marksOf(deleted, 'deletion'), own = (paragraph: Paragraph) => authorsOf(marksOf(paragraph, 'insertion')[0]);
  const others = authorsOf(deletions[0]).filter(author => !wordings.some(wording => own(wording).includes(author)));
  const kept = (paragraph: Paragraph): Changed => ({ paragraph, edits: [...wordsOf(paragraph).startsWith('[') ? marksOf(paragraph, 'insertion').flatMap(mark => unbracketed(blockOf(paragraph), mark)) : [], ...settled(paragraph)] });
  return [
    ...wordings.map(chosen => choice(first, `Take what ${named(own(chosen))} proposed`, own(chosen), wordsOf(chosen).replace(/^\[([^]*)\]/, '$1'),
      [{ paragraph: deleted, edits: deletions.map(mark => given(mark, attributeOf(blockOf(chosen), marksOf(chosen, 'insertion')[0]))) }, ...wordings.map(wording => wording === chosen ? kept(wording) : removed(wording))])),
    ...others.length ? [choice(first, `Delete it, as ${named(others)} proposed`, others, '', [{ paragraph: deleted, edits: deletions.map(mark => given(mark, `{@${others.join('; ')}}`)) }, ...wordings.map(removed)])] : [],
    choice(first, 'Keep the text in force', [], plainText(blockOf(deleted), 'original', blockOf(deleted).original!.textStart), [{ paragraph: deleted, rejected: deletions }, ...wordings.map(removed)]),
  ];
}

/** Whether a paragraph is moved. Its other end is a conflict of its own where others want something else for it. */
function moved(paragraph: Paragraph, comment: Mark): Choice[] {
  // Several paragraphs of one clause may be moved: its own marks stand behind the question before.
  const before = Math.max(0, ...asksIn(paragraph.run[paragraph.group]!).filter(ask => ask.index === paragraph.index && ask.comment.end <= comment.start).map(ask => ask.comment.end));
  const rejected = marksOf(paragraph, 'insertion').filter(({ start, end }) => start >= before && end <= comment.start), [insertion] = rejected, edits = [gone(comment)];
  if (!insertion) return [];
  return [
    choice(paragraph, `Move it, as ${named(authorsOf(insertion))} proposed`, authorsOf(insertion), '', [{ paragraph, edits }]),
    choice(paragraph, insertion.attribute?.move ? 'Leave it where it is' : 'Do not have it here', [], '', [{ paragraph, rejected, edits }]),
  ];
}
