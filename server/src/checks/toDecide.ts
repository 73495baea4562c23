import type { Block, Mark } from '../markup/types';
import { inline } from '../markup/inline';
import { plainText } from '../markup/text';
import type { Edit } from '../markup/edit';
import { placedAt, type Run } from '../contribution/runs';
import type { Fix, FoundAt, Rule } from './types';

/** The words with which the comment begins by which a consolidated draft asks for a decision. */
const ASKS = 'To decide: ';
const hasAsk = (block: Block): boolean => block.source.includes(`{>>${ASKS}`);

/** What several proposals want at one place of a consolidated draft, and nobody has decided yet. */
export const toDecide: Rule = {
  code: 'to-decide', severity: 'warning', looksAt: 'text',
  run: run => run.flatMap((group, g) => group.blocks.flatMap((block, index): FoundAt[] => !hasAsk(block) ? [] : asksIn(block).map(comment => {
    const message = commentText(block, comment).slice(ASKS.length);
    const fixes = block.original ? withinParagraph(block, comment) : wholeParagraphs(run, g, index, comment);
    return { group: g, index, start: comment.start, end: comment.end, message: `Not decided yet: ${message}.`, fixes };
  }))),
};

const asksIn = (block: Block): Mark[] => inline(block).marks.filter(({ kind, start }) => kind === 'comment' && block.source.startsWith(ASKS, start + 3));
const commentText = (block: Block, { start, end }: Mark): string => block.source.slice(start + 3, end - 3).replace(/\\(.)/g, '$1');
const behind = ({ end, attribute }: Mark): number => attribute?.end ?? end;
const authorsOf = (mark: Mark): readonly string[] => mark.attribute?.authors ?? [];
const namesOf = (mark: Mark): string => authorsOf(mark).join(' and ');

/** The attribute of a mark with other authors in it. */
const given = ({ end, attribute }: Mark, authors: readonly string[]): Edit => ({ start: attribute?.start ?? end, end: attribute?.end ?? end, text: `{@${authors.join('; ')}}` });
const gone = (mark: Mark): Edit => ({ start: mark.start, end: behind(mark), text: '' });
/** A mark without its signs: the words stay. */
const plain = (mark: Mark): Edit[] => [{ start: mark.start, end: mark.start + 3, text: '' }, { start: mark.end - 3, end: behind(mark), text: '' }];

/** The square brackets inside an insertion, taken away. */
function unbracketed({ source }: Block, { start, end }: Mark): Edit[] {
  const words = source.slice(start + 3, end - 3), open = words.indexOf('['), close = words.lastIndexOf(']');
  return open < 0 || close < open ? [] : [open, close].map(at => ({ start: start + 3 + at, end: start + 4 + at, text: '' }));
}

/** Choices between insertions that stand one after the other in front of the comment. */
function withinParagraph(block: Block, comment: Mark): Fix[] {
  const marks = inline(block).marks.filter(mark => behind(mark) <= comment.start), choices: Mark[] = [];
  let at = comment.start, last = marks.pop();
  for (; last && behind(last) === at && last.kind === 'insertion'; last = marks.pop()) { choices.unshift(last); at = last.start; }
  const deletion = last && behind(last) === at && last.kind === 'deletion' ? last : null;
  if (!choices.length) return [];
  const inBlock = (title: string, edits: readonly Edit[]): Fix => ({ title, preferred: false, edits: (_, { placed }) => edits.map(edit => ({ ...edit, start: edit.start + placed.start, end: edit.end + placed.start })) });
  const others = deletion ? authorsOf(deletion).filter(author => !choices.some(choice => authorsOf(choice).includes(author))) : [];
  return [
    ...choices.map(chosen => inBlock(`Take what ${namesOf(chosen)} proposed`, [
      ...deletion ? [given(deletion, authorsOf(chosen))] : [], ...choices.flatMap(choice => choice === chosen ? unbracketed(block, choice) : [gone(choice)]), gone(comment),
    ])),
    ...deletion && others.length ? [inBlock(`Delete it, as ${others.join(' and ')} proposed`, [given(deletion, others), ...choices.map(gone), gone(comment)])] : [],
    inBlock('Keep the text in force', [...deletion ? plain(deletion) : [], ...choices.map(gone), gone(comment)]),
  ];
}

interface Paragraph { readonly g: number; readonly index: number; readonly block: Block }

/** Choices between whole paragraphs: a deleted one and what some put in its place, or new ones that are nearly the same. */
function wholeParagraphs(run: Run, g: number, index: number, comment: Mark): Fix[] {
  const all: Paragraph[] = run.flatMap((group, k) => group.blocks.map((block, i) => ({ g: k, index: i, block }))), here = all.findIndex(other => other.g === g && other.index === index);
  const isNew = ({ block }: Paragraph) => !block.original && block.final !== null, text = commentText(all[here]!.block, comment), parts = text.slice(ASKS.length).split('; ');
  const isNear = text.endsWith('nearly the same here'), count = isNear ? parts.length : parts.filter(part => part.endsWith('would change it')).length;
  const first = isNear ? here - count + 1 : here, choices = all.slice(Math.max(0, first), first + count), above = all[first - 1], deleted = !isNear && above && above.block.original && !above.block.final ? above : null;
  if (choices.length !== count || !choices.every(isNew) || (!isNear && !deleted)) return [];
  const insertions = ({ block }: Paragraph) => inline(block).marks.filter(({ kind }) => kind === 'insertion');
  const deletions = deleted ? inline(deleted.block).marks.filter(({ kind }) => kind === 'deletion') : [];
  const own = (paragraph: Paragraph) => authorsOf(insertions(paragraph)[0]!), everybody = choices.flatMap(own);
  const others = deletions.length ? authorsOf(deletions[0]!).filter(author => !everybody.includes(author)) : [];
  const among = (title: string, edits: readonly (readonly [Paragraph, readonly Edit[]])[]): Fix => ({
    title, preferred: false,
    edits: (document, { placed }) => edits.flatMap(([other, list]) => { const { start } = placedAt(document, placed.group - g + other.g, other.index); return list.map(edit => ({ ...edit, start: edit.start + start, end: edit.end + start })); }),
  });
  const removed = (paragraph: Paragraph): Edit[] => [{ start: 0, end: paragraph.block.source.length, text: '' }];
  const clear = (paragraph: Paragraph): Edit[] => asksIn(paragraph.block).map(gone), highlights = ({ block }: Paragraph) => inline(block).marks.filter(({ kind }) => kind === 'highlight').flatMap(plain);
  const kept = (paragraph: Paragraph): Edit[] => {
    const marks = insertions(paragraph), brackets = isNear || plainText(paragraph.block, 'final', paragraph.block.final!.textStart)[0] !== '[' ? [] : marks.flatMap(mark => unbracketed(paragraph.block, mark));
    return [...brackets, ...highlights(paragraph), ...clear(paragraph)];
  };
  const named = (authors: readonly string[]) => authors.join(' and ');
  return [
    ...choices.map(chosen => among(`Take what ${named(own(chosen))} proposed`, [
      ...deleted ? [[deleted, deletions.map(mark => given(mark, own(chosen)))] as const] : [], ...choices.map(choice => [choice, choice === chosen ? kept(choice) : removed(choice)] as const),
    ])),
    ...deleted && others.length ? [among(`Delete it, as ${named(others)} proposed`, [[deleted, deletions.map(mark => given(mark, others))], ...choices.map(choice => [choice, removed(choice)] as const)])] : [],
    deleted ? among('Keep the text in force', [[deleted, deletions.flatMap(plain)], ...choices.map(choice => [choice, removed(choice)] as const)]) : among('Keep them all', choices.map(choice => [choice, kept(choice)] as const)),
  ];
}
