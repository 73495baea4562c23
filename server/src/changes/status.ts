/**
 * What is proposed: for each block as a whole, and change by change (markup, section 6).
 *
 * - `statusOf(block)`: ADD, SUP, MOD, moved, renumbered or NOC, with authors and counts, as its own marks say; kept with the block
 * - `statusesIn(document, g)`: the same for the blocks of a group, with what the paragraphs around say: where it moved, of what it was split off;
 *   `basisOf(document, g)`: the object with which that changes
 * - `changesOf(block)`: its changes with words before and after; offsets in the block; kept with the block
 * - `whereabouts(document, placed)`: proposal, section and address of a block
 * - `proposed(document)`: one entry for every paragraph of a document, with addresses; for one that moved, where it stands now
 * - `isTracked(group)`: whether there are changes in a group at all
 * - `changes(document)`: `changesOf` for every block of a document, with places, authors and dates
 */
import type { Block, BlockKind, Mark, Piece, View } from '../markup/types';
import type { Document, Group, Placed } from '../markup/document';
import { memo } from '../markup/memo';
import { inView } from '../markup/block';
import { inline } from '../markup/inline';
import { readProposal } from '../markup/classify';
import { plainText } from '../markup/text';
import { addressOf } from '../contribution/addresses';
import { placedAt } from '../contribution/runs';
import { headKind, textOf } from '../contribution/scopes';
import { isChange, ownVoice, voiceOf } from './attributes';
import { moves, type Move, type MoveEnd } from './moved';
import { counts } from './paragraphs';

/** In ITU's letters, as far as there are letters for it: inserted, deleted, changed, moved, only its label changed, untouched. */
export type Status = 'ADD' | 'SUP' | 'MOD' | 'moved' | 'renumbered' | 'NOC';

export interface BlockStatus {
  readonly status: Status;
  /** Authors that its marks name, each once, in order. */
  readonly authors: readonly string[];
  /** It has a mark that names nobody, so that what holds for the document holds for it. */
  readonly unnamed: boolean;
  /** Numbers of marks; a replacement is one of each. Of what moved, how often its words differ from those where it stood. */
  readonly insertions: number;
  readonly deletions: number;
  /** Where it stood and where it stands, as far as both are known; one object for its two ends. */
  readonly move?: Move;
  /** Whose label is its own, and in which view, where it is not its own in the final view: that of the clause it has been joined with. */
  readonly named?: { readonly index: number; readonly view: View };
}

/** Whether a group holds an insertion or a deletion. */
export const isTracked = memo((group: Group): boolean => group.blocks.some(block => block.source.includes('{') && inline(block).marks.some(isChange)));

const UNTOUCHED: BlockStatus = { status: 'NOC', authors: [], unnamed: false, insertions: 0, deletions: 0 };

/**
 * What a block is proposed to be, from its marks. Comments change nothing. A line that begins only in one view,
 * because a clause was split or joined there, is added or deleted.
 */
export const statusOf = memo((block: Block): BlockStatus => {
  if (!block.source.includes('{')) return UNTOUCHED;
  const marks = inline(block).marks.filter(isChange);
  if (!marks.length) return UNTOUCHED;
  const of = (kind: Mark['kind']) => marks.filter(mark => mark.kind === kind || mark.kind === 'substitution').length;
  return {
    status: readStatus(block, marks),
    authors: [...new Set(marks.flatMap(({ attribute }) => attribute?.authors ?? []))],
    unnamed: marks.some(({ attribute }) => !attribute?.authors.length),
    insertions: of('insertion'), deletions: of('deletion'),
  };
});

function readStatus(block: Block, marks: readonly Mark[]): Status {
  const { original, final, source } = block;
  if (!original || !final) {
    if (marks.every(mark => mark.attribute?.move || marks.some(outer => outer !== mark && outer.start < mark.start && mark.end < outer.end))) return 'moved';
    return original ? 'SUP' : 'ADD';
  }
  if (original.kind !== final.kind || block.joinsInOriginal || block.joinsInFinal) return 'MOD';
  const inBody = ({ start, end, insertion, deletion }: Piece) => start < end && (insertion === null) !== (deletion === null) && end > (insertion ? final : original).textStart;
  if (inline(block).pieces.some(piece => counts(source, piece) && inBody(piece))) return 'MOD';
  if (original.label || final.label) return original.label?.text === final.label?.text ? 'NOC' : 'renumbered';
  if (marker(block, 'original') === marker(block, 'final')) return 'NOC';
  return final.kind === 'footnote' ? 'renumbered' : 'MOD';
}

/**
 * What the blocks of a group are proposed to be. A clause that was split or joined is the line that holds most of its
 * original text (markup, section 6); the two ends of a move say the same.
 */
export function statusesIn(document: Document, g: number): readonly BlockStatus[] {
  const group = document.groups[g]!, alone = joinedStatuses(group), moved = isTracked(group) ? moves(textOf(document, g).run).get(group) : undefined;
  return !moved ? alone : alone.map((status, i) => {
    const move = moved.get(group.blocks[i]!);
    if (!move) return status;
    const [from, to] = [statusOf(move.from.block), statusOf(move.to.block)];
    return { status: 'moved', authors: [...new Set([...to.authors, ...from.authors])], unnamed: from.unnamed || to.unnamed, insertions: move.insertions, deletions: move.deletions, move };
  });
}

/** Statuses of a group stay as they are, their places in the text included, for as long as this is the same object: the group, or the moves that it has a part in. */
export const basisOf = (document: Document, g: number): object => {
  const group = document.groups[g]!;
  return (isTracked(group) && moves(textOf(document, g).run).get(group)) || group;
};

const joinedStatuses = memo(({ blocks }: Group): readonly BlockStatus[] => {
  const result = blocks.map(statusOf);
  for (const [view, joins, other] of [['original', 'joinsInOriginal', 'ADD'], ['final', 'joinsInFinal', 'SUP']] as const) {
    for (let from = 0, to = 0; from < blocks.length; from = ++to) {
      while (to + 1 < blocks.length && blocks[to]![joins]) to++;
      if (to === from || !blocks[from]![view]) continue;
      const sizes = blocks.slice(from, to + 1).map(originalSize), most = from + sizes.indexOf(Math.max(...sizes));
      if (most === from || blocks[most]![view]) continue;
      result[from] = { ...result[from]!, status: other, ...other === 'SUP' && { named: { index: from, view: 'original' } } };
      result[most] = { ...result[most]!, status: 'MOD', ...other === 'SUP' && { named: { index: from, view: 'final' } } };
    }
  }
  return result;
});

/** How many characters of a block are in the original view. */
const originalSize = (block: Block): number => inline(block).pieces.reduce((sum, piece) => counts(block.source, piece) && inView(piece, 'original') ? sum + piece.end - piece.start : sum, 0);

/** What stands in front of a block's own text in a view: `[^1]:`, `##`. */
const marker = (block: Block, view: View): string => inline(block).pieces
  .filter(piece => piece.kind !== 'indent' && inView(piece, view) && piece.start < block[view]!.textStart)
  .map(piece => block.source.slice(piece.start, Math.min(piece.end, block[view]!.textStart))).join('').trim();

/** Where something stands in a contribution. */
export interface Whereabouts {
  /** Identifier of the proposal (`APT/37A37/1`), or '' outside of any. */
  readonly proposal: string;
  /** Phrase of the section, name of the annex, words of the heading it is under; '' where there is none. */
  readonly section: string;
  /** The clause's address; for what is no labelled clause, the section or the name of the proposal or text, and outside of any what kind of block it is. */
  readonly address: string;
}

const NAMES_PLACE: ReadonlySet<BlockKind> = new Set(['section', 'annex', 'heading', 'reasons']);

/** Where a block stands, by its labels in a view: the final one, or the original one where it is not in that. */
export function whereabouts(document: Document, placed: Placed, view: View = placed.block.final ? 'final' : 'original', { proposal, section } = under(document, placed.group, view)): Whereabouts {
  const kind = placed.block[view]?.kind ?? '', own = kind === 'proposal' ? proposal : kind === 'instrument' ? words(document, placed.group, view) : '';
  return { proposal, section, address: addressOf(document, placed, view) ?? (own || section || kind) };
}

/** What a group stands under in a view. */
function under(document: Document, group: number, view: View): Omit<Whereabouts, 'address'> {
  const text = textOf(document, group), names = (g: number) => NAMES_PLACE.has(headKind(document.groups[g]!)!);
  let g = group;
  while (g > text.start && !(names(g) && document.groups[g]!.blocks[0]![view])) g--;
  return {
    proposal: text.proposal >= 0 ? readProposal(words(document, text.proposal, view))?.identifier ?? '' : '',
    section: names(g) ? words(document, g, view, document.groups[g]!.blocks[0]![view]?.textStart) : '',
  };
}

/** `whereabouts` for many blocks in order: what a group stands under is looked up once. */
function locator(document: Document): typeof whereabouts {
  let group = -1, known: Partial<Record<View, Omit<Whereabouts, 'address'>>> = {};
  return (_, placed, view = placed.block.final ? 'final' : 'original') => {
    if (placed.group !== group) { group = placed.group; known = {}; }
    return whereabouts(document, placed, view, known[view] ??= under(document, group, view));
  };
}

const words = (document: Document, g: number, view: View, from = 0): string => plainText(placedAt(document, g, 0).block, view, from).replace(/[\s\u00a0]+/g, ' ');

/** One row of what is proposed, block by block. */
export interface Proposed extends Omit<BlockStatus, 'unnamed' | 'move' | 'named'> {
  readonly kind: BlockKind;
  readonly address: string;
  readonly placed: Placed;
  /** Of what moved: where it stood, by its label in the original view. */
  readonly from?: { readonly address: string; readonly placed: Placed };
}

const SILENT: ReadonlySet<BlockKind> = new Set(['front-matter', 'blank', 'drafter-note']);

/** Where a clause stood or stands that moved. */
export const endOfMove = (document: Document, g: number, { group, index }: MoveEnd): Placed => placedAt(document, textOf(document, g).start + group, index);

/** What every paragraph of a document is proposed to be, in order; the front matter and the drafter's notes are not. What moved comes once, where it stands now. */
export function proposed(document: Document): Proposed[] {
  const own = ownVoice(document).authors, where = locator(document);
  return document.groups.flatMap((_, g) => {
    const statuses = statusesIn(document, g);
    return [...document.blocksOf(g)].flatMap((placed): Proposed[] => {
      const { block, index } = placed, kind = (block.final ?? block.original)?.kind ?? 'paragraph';
      const { unnamed, authors, move, named, ...status } = statuses[index]!;
      if (SILENT.has(kind) || move?.from.block === block) return [];
      const from = move && endOfMove(document, g, move.from);
      return [{
        kind, address: (named ? where(document, placedAt(document, g, named.index), named.view) : where(document, placed)).address, placed, ...status,
        authors: unnamed ? [...new Set([...own, ...authors])] : authors, ...from && { from: { address: whereabouts(document, from).address, placed: from } },
      }];
    });
  });
}

/** One change of a block. */
export interface BlockChange {
  /** `split` and `join` are inserted and deleted paragraph ends. */
  readonly kind: 'insertion' | 'deletion' | 'replacement' | 'split' | 'join';
  readonly mark: Mark;
  /** Pairs the two ends of a move; null for any other change. */
  readonly move: string | null;
  /** The words that it takes away and those that it puts in; what someone deletes of the latter is in neither. */
  readonly before: string;
  readonly after: string;
}

const NO_CHANGES: readonly BlockChange[] = [];

/** Every change of a block, in order. A deletion inside an insertion is a change of its own, behind it. */
export const changesOf = memo((block: Block): readonly BlockChange[] => {
  if (!block.source.includes('{')) return NO_CHANGES;
  const { marks, pieces } = inline(block);
  return marks.filter(isChange).map(mark => ({
    kind: mark.pilcrow ? mark.kind === 'insertion' ? 'split' : 'join' : mark.kind === 'substitution' ? 'replacement' : mark.kind as 'insertion' | 'deletion',
    mark, move: mark.attribute?.move ?? null,
    before: wordsOf(block, pieces.filter(piece => piece.deletion === mark)),
    after: wordsOf(block, pieces.filter(piece => piece.insertion === mark && !piece.deletion)),
  }));
});

/** One change of a document. */
export interface Change extends BlockChange, Whereabouts {
  readonly placed: Placed;
  /** Offsets in the document, the attribute included. */
  readonly start: number;
  readonly end: number;
  readonly authors: readonly string[];
  readonly date: string | null;
}

/** Every change of a document, in order. */
export function changes(document: Document): Change[] {
  const own = ownVoice(document), locate = locator(document);
  return document.groups.flatMap((group, g) => !isTracked(group) ? [] : [...document.blocksOf(g)].flatMap(placed => {
    const found = changesOf(placed.block);
    if (!found.length) return [];
    const { proposal, section, address } = locate(document, placed), { start } = placed;
    // Written out: to spread ten thousand objects takes longer than all the rest.
    return found.map(({ kind, mark, move, before, after }): Change => {
      const { authors, date } = voiceOf(mark, own);
      return { kind, mark, move, before, after, proposal, section, address, authors, date, placed, start: start + mark.start, end: start + (mark.attribute?.end ?? mark.end) };
    });
  }));
}

const BREAKS: ReadonlySet<Piece['kind']> = new Set(['soft-break', 'line-break', 'paragraph-break']);

const wordsOf = ({ source }: Block, pieces: readonly Piece[]): string => pieces
  .filter(piece => !piece.comment && (BREAKS.has(piece.kind) || piece.kind === 'text' || piece.kind === 'escape' || piece.kind === 'bar' || piece.kind === 'footnote-reference'))
  .map(({ kind, start, end }) => BREAKS.has(kind) ? ' ' : source.slice(kind === 'escape' ? start + 1 : start, end)).join('');
