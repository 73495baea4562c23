/**
 * What is proposed: for each block as a whole, and change by change (markup, section 6).
 *
 * - `statusOf(block)`: ADD, SUP, MOD, moved, renumbered or NOC, with authors and counts; kept with the block
 * - `changesOf(block)`: its changes with words before and after; offsets in the block; kept with the block
 * - `whereabouts(document, placed)`: proposal, section and address of a block
 * - `proposed(document)`: `statusOf` for every block of a document, with addresses
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
import { counts } from './paragraphs';

/** In ITU's letters, as far as there are letters for it: inserted, deleted, changed, moved, only its label changed, untouched. */
export type Status = 'ADD' | 'SUP' | 'MOD' | 'moved' | 'renumbered' | 'NOC';

export interface BlockStatus {
  readonly status: Status;
  /** Authors that its marks name, each once, in order. */
  readonly authors: readonly string[];
  /** It has a mark that names nobody, so that what holds for the document holds for it. */
  readonly unnamed: boolean;
  /** Numbers of marks; a replacement is one of each. */
  readonly insertions: number;
  readonly deletions: number;
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

export function whereabouts(document: Document, placed: Placed): Whereabouts {
  const { block, group } = placed, view: View = block.final ? 'final' : 'original';
  const text = textOf(document, group);
  const proposal = text.proposal >= 0 ? readProposal(words(document, text.proposal, view))?.identifier ?? '' : '';
  let g = group;
  while (g > text.start && !(NAMES_PLACE.has(headKind(document.groups[g]!)!) && document.groups[g]!.blocks[0]![view])) g--;
  const head = document.groups[g]!.blocks[0]!, section = NAMES_PLACE.has(headKind(document.groups[g]!)!) ? words(document, g, view, head[view]?.textStart) : '';
  const kind = block[view]?.kind ?? '', own = kind === 'proposal' ? proposal : kind === 'instrument' ? words(document, group, view) : '';
  return { proposal, section, address: addressOf(document, placed) ?? (own || section || kind) };
}

const words = (document: Document, g: number, view: View, from = 0): string => plainText(placedAt(document, g, 0).block, view, from).replace(/[\s\u00a0]+/g, ' ');

/** One row of what is proposed, block by block. */
export interface Proposed extends Omit<BlockStatus, 'unnamed'> {
  readonly kind: BlockKind;
  readonly address: string;
  readonly placed: Placed;
}

const SILENT: ReadonlySet<BlockKind> = new Set(['front-matter', 'blank', 'drafter-note']);

/** What every block of a document is proposed to be, in order; the front matter and the drafter's notes are not. */
export function proposed(document: Document): Proposed[] {
  const own = ownVoice(document).authors;
  return [...document.blocks()].flatMap(placed => {
    const kind = (placed.block.final ?? placed.block.original)?.kind ?? 'paragraph';
    if (SILENT.has(kind)) return [];
    const { unnamed, authors, ...status } = statusOf(placed.block);
    return [{ kind, address: whereabouts(document, placed).address, placed, ...status, authors: unnamed ? [...new Set([...own, ...authors])] : authors }];
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
  const own = ownVoice(document);
  return [...document.blocks()].flatMap(placed => {
    const found = changesOf(placed.block);
    if (!found.length) return [];
    const where = whereabouts(document, placed), { start } = placed;
    return found.map(change => ({ ...change, ...where, ...voiceOf(change.mark, own), placed, start: start + change.mark.start, end: start + (change.mark.attribute?.end ?? change.mark.end) }));
  });
}

const BREAKS: ReadonlySet<Piece['kind']> = new Set(['soft-break', 'line-break', 'paragraph-break']);

const wordsOf = ({ source }: Block, pieces: readonly Piece[]): string => pieces
  .filter(piece => !piece.comment && (BREAKS.has(piece.kind) || piece.kind === 'text' || piece.kind === 'escape' || piece.kind === 'bar' || piece.kind === 'footnote-reference'))
  .map(({ kind, start, end }) => BREAKS.has(kind) ? ' ' : source.slice(kind === 'escape' ? start + 1 : start, end)).join('');
