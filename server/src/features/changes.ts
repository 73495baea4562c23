/** resolute/marks, resolute/changes, resolute/nextChange: what is proposed, for an editor that paints it, lists it and walks through it. */
import { RequestType, type Position, type Range } from 'vscode-languageserver';
import type { Block, BlockKind, Mark } from '../markup/types';
import type { Document, Group, Placed } from '../markup/document';
import { inView } from '../markup/block';
import { inline } from '../markup/inline';
import { memo } from '../markup/memo';
import { shorten } from '../markup/text';
import { voiceOf, ownVoice, type Voice } from '../changes/attributes';
import { basisOf, changesOf, endOfMove, statusesIn, statusOf, whereabouts, type BlockChange, type BlockStatus, type Status } from '../changes/status';
import { brackets, type Pair } from '../contribution/brackets';
import { nameOf } from '../contribution/outline';
import { placedAt } from '../contribution/runs';
import { headKind, texts, type Text } from '../contribution/scopes';
import { rangeIn, rangeOf } from './documents';
import type { Feature } from './feature';
import type { Span } from './linked';
import { oneLine, readingOf } from './place';
import { COMMA, groupPrinter, list, Raw, utf8 } from './raw';

/** The words of one mark, or of one half of a replacement. */
export interface ShownMark {
  readonly kind: 'insertion' | 'deletion' | 'comment' | 'highlight';
  readonly range: Range;
  /** Brackets, dividers, attribute. */
  readonly signs: readonly Range[];
  /** The first of several; null where nothing says whose it is. */
  readonly author: string | null;
  readonly date: string | null;
  /** Which mark of the answer this is; the halves of a replacement have the same. */
  readonly id: number;
}

/** A row of what is proposed. `before`, `after` and `date` are those of a change. */
export interface ChangeNode {
  readonly kind: 'proposal' | 'text' | 'section' | 'clause' | 'block' | 'change' | 'bracket';
  readonly name: string;
  readonly status?: Status;
  readonly authors: readonly string[];
  readonly insertions: number;
  readonly deletions: number;
  readonly range: Range;
  /** Of a clause that moved: where it stood; and that in words, with what has changed in it. */
  readonly from?: Range;
  readonly note?: string;
  readonly before?: string;
  readonly after?: string;
  readonly date?: string;
  readonly children: readonly ChangeNode[];
}

export const MarksRequest = new RequestType<{ uri: string; startLine: number; endLine: number }, { version: number; marks: ShownMark[] } | null, void>('resolute/marks');
export const ChangesRequest = new RequestType<{ uri: string }, { version: number; roots: ChangeNode[] } | null, void>('resolute/changes');
export const NextChangeRequest = new RequestType<{ uri: string; position: Position; forward: boolean }, Range | null, void>('resolute/nextChange');

export const changes: Feature = {
  capability: {},
  register(connection, { documents }) {
    connection.onRequest(MarksRequest, ({ uri, startLine, endLine }) => {
      const open = documents.get(uri);
      return open ? { version: open.version, marks: marksIn(open.document, startLine, endLine) } : null;
    });
    connection.onRequest(ChangesRequest, ({ uri }) => {
      const open = documents.get(uri);
      return open ? new Raw(list(`{"version":${open.version},"roots":[`, roots(open.document), ']}')) as unknown as { version: number; roots: [] } : null;
    });
    connection.onRequest(NextChangeRequest, ({ uri, position, forward }) => {
      const document = documents.get(uri)?.document;
      if (!document) return null;
      const next = nextChange(document, document.offsetAt(position), forward);
      return next && rangeOf(document, next.start, next.end);
    });
  },
};

/** The marks that touch the lines from `startLine` to `endLine`, in order; one inside another comes after it. */
export function marksIn(document: Document, startLine: number, endLine: number): ShownMark[] {
  const own = ownVoice(document), found: ShownMark[] = [];
  let id = 0;
  for (let placed = document.blockAtLine(Math.max(0, startLine)); placed && placed.line <= endLine; placed = following(document, placed)) {
    if (!placed.block.source.includes('{')) continue;
    for (const mark of inline(placed.block).marks) {
      const { start, end } = rangeIn(document, placed, mark.start, endOf(mark));
      if (end.line < startLine || start.line > endLine) continue;
      const { authors: [author = null], date } = voiceOf(mark, own);
      for (const { kind, words, signs } of halves(mark))
        found.push({ kind, range: rangeIn(document, placed, ...words), signs: signs.map(sign => rangeIn(document, placed, ...sign)), author, date, id });
      id++;
    }
  }
  return found;
}

type Part = readonly [start: number, end: number];

/** A mark as it is painted: its words and its signs; a replacement is painted as a deletion and an insertion. */
function halves(mark: Mark): { kind: ShownMark['kind']; words: Part; signs: Part[] }[] {
  const { kind, start, end, divider, attribute } = mark;
  const opening: Part = [start, start + 3], closing: Part[] = [[end - 3, end], ...(attribute ? [[attribute.start, attribute.end] as const] : [])];
  if (kind !== 'substitution') return [{ kind, words: [start + 3, end - 3], signs: [opening, ...closing] }];
  return [
    { kind: 'deletion', words: [start + 3, divider], signs: [opening, [divider, divider + 2]] },
    { kind: 'insertion', words: [divider + 2, end - 3], signs: closing },
  ];
}

const endOf = (mark: Mark): number => mark.attribute?.end ?? mark.end;

function following(document: Document, { group, index, start, line, block }: Placed): Placed | null {
  const last = index + 1 === document.groups[group]!.blocks.length, next = last ? { group: group + 1, index: 0 } : { group, index: index + 1 };
  const found = document.groups[next.group]?.blocks[next.index];
  return found ? { block: found, start: start + block.source.length, line: line + block.lineCount, ...next } : null;
}

/** The changes that touch a stretch of a document, or the innermost one at a cursor, as `decide` understands them; in order. */
export function changesIn(document: Document, { start, end }: Span): { readonly placed: Placed; readonly change: BlockChange }[] {
  const found: { placed: Placed; change: BlockChange; start: number; end: number }[] = [];
  const first = start > 0 ? document.blockAt(start - 1) : document.blockAt(start);
  for (let placed = first; placed && placed.start <= end; placed = following(document, placed))
    for (const change of changesOf(placed.block)) found.push({ placed, change, start: placed.start + change.mark.start, end: placed.start + endOf(change.mark) });
  if (start < end) return found.filter(change => change.start < end && change.end > start);
  const holding = found.filter(change => change.start <= start && start < change.end);
  return (holding.length ? holding : found.filter(change => change.end === start)).slice(-1);
}

/** The first change that begins at or behind an offset, or the last one that ends at or before it; null where there is none. */
export function nextChange(document: Document, offset: number, forward: boolean): Span | null {
  const from = document.blockAt(offset);
  if (!from) return null;
  const step = forward ? 1 : -1;
  for (let g = from.group; g >= 0 && g < document.groups.length; g += step) {
    if (!isTouched(document.groups[g]!)) continue;
    const found = [...document.blocksOf(g)].flatMap(({ block, start }) => changesOf(block).map(({ mark }) => ({ start: start + mark.start, end: start + endOf(mark) })));
    const next = forward ? found.find(({ start }) => start >= offset)
      : found.reduce<Span | null>((best, span) => span.end <= offset && (!best || span.end >= best.end) ? span : best, null);
    if (next) return next;
  }
  return null;
}

/** How many changes there are, and whose; `unnamed` where one says nothing of that. */
interface Sum { readonly insertions: number; readonly deletions: number; readonly authors: readonly string[]; readonly unnamed: boolean }

const sumOf = memo((group: Group): Sum => sum(group.blocks.map(statusOf)));
const sum = (parts: readonly Sum[]): Sum => ({
  insertions: parts.reduce((count, { insertions }) => count + insertions, 0), deletions: parts.reduce((count, { deletions }) => count + deletions, 0),
  authors: [...new Set(parts.flatMap(({ authors }) => authors))], unnamed: parts.some(({ unnamed }) => unnamed),
});
const isTouched = (group: Group): boolean => { const { insertions, deletions } = sumOf(group); return insertions + deletions > 0; };

const sumOfText = memo((run: Text['run']): Sum => sum(run.map(sumOf)));
const whose = ({ authors, unnamed }: Sum, own: Voice): string[] => [...new Set([...unnamed ? own.authors : [], ...authors])];

const SECTIONS: ReadonlySet<BlockKind | undefined> = new Set(['section', 'annex', 'heading', 'reasons']);
/** Names and words are cut here: they are read at a glance, and sent each time the typing pauses. */
const NAME = 60, WORDS = 300;
const CLOSE = utf8(']}'), NOTHING = utf8('');

/** The texts in which something is proposed or stands in brackets, each as JSON. Groups that did not change are not printed again. */
function* roots(document: Document): Generator<Buffer> {
  const own = ownVoice(document), { head, body } = printers(document.frontMatter ?? NOBODY);
  for (const text of texts(document)) {
    const total = sumOfText(text.run), open = bracketsByGroup(text.run);
    if (!total.insertions && !total.deletions && !open.size) continue;
    const start = document.groupStart(text.start), end = document.groupStart(text.end);
    const pieces: Buffer[] = [];
    for (let g = text.start; g < text.end; g++) {
      const group = document.groups[g]!, pairs = open.get(g - text.start) ?? [], rows = isTouched(group) ? body(document, g) : NOTHING;
      if (!rows.length && !pairs.length) continue;
      const inside = [rows, ...pairs.map(pair => utf8(JSON.stringify(bracketNode(document, text, pair))))];
      pieces.push(...pieces.length ? [COMMA] : []);
      if (SECTIONS.has(headKind(group))) pieces.push(head(document, g), ...list('', inside, ''), CLOSE); else pieces.push(...list('', inside, ''));
    }
    yield Buffer.concat([utf8(opening({
      kind: text.proposal >= 0 ? 'proposal' : 'text', name: nameOfText(document, text), authors: whose(total, own), insertions: total.insertions, deletions: total.deletions,
      range: rangeOf(document, start.start, end.start), children: [],
    })), ...pieces, CLOSE]);
  }
}

/** A node as JSON without its end, so that its children can follow. */
const opening = (node: ChangeNode): string => JSON.stringify(node).slice(0, -2);

const NOBODY = {};
/** What a mark that says nothing means stands in the front matter: printed anew when that changes. */
const printers = memo((_front: object) => ({
  head: groupPrinter((document, g) => {
    const { start } = document.groupStart(g), group = document.groups[g]!, total = sumOf(group);
    return opening({
      kind: 'section', name: nameOf(group.blocks[0]!, NAME) || headKind(group)!, authors: whose(total, ownVoice(document)), insertions: total.insertions, deletions: total.deletions,
      range: rangeOf(document, start, start + group.length), children: [],
    });
  }),
  body: groupPrinter((document, g) => {
    const statuses = statusesIn(document, g);
    // What moved is one row, where it stands now.
    return [...document.blocksOf(g)].filter(({ block, index }) => changesOf(block).length && statuses[index]!.move?.from.block !== block)
      .map(placed => JSON.stringify(blockNode(document, placed, statuses[placed.index]!))).join(',');
  }, basisOf),
}));

function nameOfText(document: Document, { proposal, instrument }: Text): string {
  return [proposal, instrument].filter(g => g >= 0).map(g => oneLine(nameOf(document.groups[g]!.blocks[0]!, NAME))).filter(Boolean).join(' · ') || 'Text';
}

function blockNode(document: Document, placed: Placed, { move, ...status }: BlockStatus): ChangeNode {
  const { block } = placed, own = ownVoice(document), reading = readingOf(block), from = move && endOfMove(document, placed.group, move.from);
  return {
    kind: reading?.label ? 'clause' : 'block', name: `${reading?.label?.text ?? ''} ${oneLine(nameOf(block, NAME))}`.trim() || (reading?.kind ?? 'paragraph'),
    status: status.status, authors: whose(status, own), insertions: status.insertions, deletions: status.deletions, range: rangeOfChanges(document, placed),
    ...from && { from: rangeOfChanges(document, from), note: [`Stood in ${placeName(document, from)}.`, move.differences.length ? `Changed: ${move.differences.map(difference => nameOfChange({ kind: 'replacement', move: null, ...difference })).join('; ')}` : ''].filter(Boolean).join(' ') },
    children: (from ? [from, placed] : [placed]).flatMap(end => changesOf(end.block).map(change => changeNode(document, end, from && change.kind === (end === from ? 'deletion' : 'insertion') ? { ...change, move: change.move ?? '' } : change, own))),
  };
}

/** A block as far as its words and marks reach. */
const rangeOfChanges = (document: Document, placed: Placed): Range => rangeIn(document, placed, 0, Math.max(...changesOf(placed.block).map(({ mark }) => endOf(mark)), placed.block.source.trimEnd().length));

/** Where a clause stands, without the name of its proposal: `recalling a)`. */
export function placeName(document: Document, placed: Placed): string {
  const { address, proposal } = whereabouts(document, placed);
  return proposal && address.startsWith(`${proposal} `) ? address.slice(proposal.length + 1) : address;
}

function changeNode(document: Document, placed: Placed, change: BlockChange, own: Voice): ChangeNode {
  const { kind, mark } = change, { authors, date } = voiceOf(mark, own), before = shorten(oneLine(change.before), WORDS), after = shorten(oneLine(change.after), WORDS);
  return {
    kind: 'change', name: nameOfChange(change), authors, insertions: kind === 'deletion' || kind === 'join' ? 0 : 1, deletions: kind === 'insertion' || kind === 'split' ? 0 : 1,
    range: rangeIn(document, placed, mark.start, endOf(mark)), ...before ? { before } : {}, ...after ? { after } : {}, ...date ? { date } : {}, children: [],
  };
}

function nameOfChange({ kind, move, before, after }: Omit<BlockChange, 'mark'>): string {
  const [old, now] = [before, after].map(words => shorten(oneLine(words), kind === 'replacement' ? NAME / 2 : NAME)) as [string, string];
  switch (kind) {
    case 'split': return 'New paragraph';
    case 'join': return 'Joined with the next paragraph';
    case 'replacement': return old && now ? `${old} → ${now}` : old ? `− ${old}` : `+ ${now}`;
    default: return `${move !== null ? kind === 'deletion' ? 'Moved from here: ' : 'Moved here: ' : ''}${old || now}` || 'Blank';
  }
}

/** The brackets of a text by the group in which they open, in order. */
const bracketsByGroup = memo((run: Text['run']): ReadonlyMap<number, readonly Pair[]> => {
  const found = new Map<number, Pair[]>();
  for (const pair of brackets(run).pairs) {
    const group = found.get(pair.open.group);
    if (group) group.push(pair); else found.set(pair.open.group, [pair]);
  }
  for (const pairs of found.values()) pairs.sort((a, b) => a.open.index - b.open.index || a.open.at - b.open.at);
  return found;
});

function bracketNode(document: Document, text: Text, { open, close }: Pair): ChangeNode {
  const first = placedAt(document, text.start + open.group, open.index), last = placedAt(document, text.start + close.group, close.index), same = first.start === last.start;
  return {
    kind: 'bracket', name: shorten(same ? words(first.block, open.at, close.at + 1) : `${words(first.block, open.at, first.block.source.length)} …`, NAME),
    authors: [], insertions: 0, deletions: 0, range: rangeOf(document, first.start + open.at, last.start + close.at + 1), children: [],
  };
}

/** The words of the final view in [start, end) of a block. */
const words = (block: Block, start: number, end: number): string => oneLine(inline(block).pieces
  .filter(piece => piece.start < end && piece.end > start && piece.kind !== 'emphasis' && piece.kind !== 'footnote-reference' && inView(piece, 'final'))
  .map(piece => block.source.slice(Math.max(start, piece.start), Math.min(end, piece.end))).join(''));
