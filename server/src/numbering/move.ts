/**
 * Moving a clause with all that stands below it: past its neighbour, or to another level of its list. What is in force
 * is moved as a tracked change where changes are tracked: deleted here, inserted there, the two ends paired.
 */
import type { Block, Label, View } from '../markup/types';
import type { Document, Placed } from '../markup/document';
import { applyEdits, type Edit } from '../markup/edit';
import { inView } from '../markup/block';
import { contentEnd, inline } from '../markup/inline';
import { labelText } from '../markup/labels';
import { lineEnd, skipBlanks } from '../markup/lines';
import { attributeText, names, ownVoice } from '../changes/attributes';
import { placedAt } from '../contribution/runs';
import { sections, stretchAt, type Clause } from '../contribution/sections';
import { compose } from './compose';
import { updateReferences, type NewName } from './references';
import { renumber, schemeInUse, writingOf, type Options } from './renumber';
import { relabel } from './write';

export type Direction = 'up' | 'down' | 'in' | 'out';

export interface MoveOptions extends Pick<Options, 'tracked' | 'author' | 'date'> {
  /** Put the labels of the list right afterwards, and what refers to them. */
  readonly renumber: boolean;
}

export interface Move {
  readonly edits: readonly Edit[];
  /** Where the offset is afterwards, in the new text. */
  readonly offset: number;
}

const LEVEL = '    ';

/** Moves the clause in which an offset stands; null where there is no clause, or nowhere to go. */
export function move(document: Document, offset: number, direction: Direction, options: MoveOptions): Move | null {
  const placed = document.blockAt(offset);
  if (!placed?.block.final?.label) return null;
  const unit = unitAt(document, placed);
  const moved = !unit ? null : direction === 'up' || direction === 'down' ? pass(document, unit, direction, options) : shift(document, unit, direction, options);
  if (!moved) return null;
  const inside = offset - unit!.start, edits = [...moved.edits].sort((a, b) => a.start - b.start);
  let at = moved.at + inside + (inside >= placed.block.final.label.start ? moved.grown : 0);
  if (!options.renumber) return { edits, offset: at };
  const after = edits.toReversed().reduce((text, { start, end, text: now }) => text.edit(start, end, now), document), scope = { of: 'list', at } as const;
  const labels = renumber(after, { ...options, scope, scheme: schemeInUse(after, scope) }).edits;
  at += labels.filter(({ end }) => end <= at).reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0);
  return { edits: compose(edits, labels), offset: at };
}

/** A clause with what stands below it, [start, end) in the document, its last line end not included. */
interface Unit { readonly clause: Clause; readonly clauses: readonly Clause[]; readonly blocks: readonly Placed[]; readonly start: number; readonly end: number }

function clausesAround(document: Document, { group }: Placed): { clauses: readonly Clause[]; first: number } {
  const { run, start } = stretchAt(document.groups, group);
  return { clauses: sections(run).final.clauses, first: start };
}

function unitAt(document: Document, placed: Placed): Unit | null {
  const { clauses, first } = clausesAround(document, placed), clause = clauses.find(({ block }) => block === placed.block);
  if (!clause || clause.reading.doubtful) return null;
  const isBelow = (other: Clause | null): boolean => other !== null && (other === clause || isBelow(other.parent));
  const own = clauses.filter(isBelow), last = own.at(-1)!;
  // A clause does not leave its group: what begins one (a heading that is proposed, say) ends the list in one view.
  if (last.group !== clause.group) return null;
  const blocks = [...document.blocksOf(first + clause.group)].filter(({ index }) => index >= clause.index && index <= last.index);
  // Lines that go on with each other in one of the views stay together.
  const above = placed.start > 0 ? document.blockAt(placed.start - 1) : null;
  if ([...above ? [above] : [], ...blocks].some(({ block }) => block.joinsInFinal || block.joinsInOriginal)) return null;
  const behind = blocks.at(-1)!;
  return { clause, clauses: own, blocks, start: placed.start, end: behind.start + contentEnd(behind.block.source) };
}

/** What a direction does: its edits, where the clause begins afterwards, and by how much its first line grew in front of its label. */
interface Done { readonly edits: readonly Edit[]; readonly at: number; readonly grown: number }

function pass(document: Document, unit: Unit, direction: 'up' | 'down', options: MoveOptions): Done | null {
  const { clause } = unit, { clauses, first } = clausesAround(document, unit.blocks[0]!);
  const siblings = clauses.filter(other => other.list === clause.list && other.parent === clause.parent && other.label.kind === clause.label.kind && !other.reading.doubtful);
  const neighbour = siblings[siblings.indexOf(clause) + (direction === 'up' ? -1 : 1)];
  const other = neighbour && unitAt(document, placedAt(document, first + neighbour.group, neighbour.index));
  if (!other || neighbour.group !== clause.group) return null;
  const upper = direction === 'up' ? other : unit, lower = direction === 'up' ? unit : other;
  const text = ({ start, end }: Unit) => document.slice(start, end);
  const isNew = ({ blocks }: Unit) => blocks.every(({ block }) => block.original === null);
  const writing = writingOf(document, options);
  if (!writing.tracked || (isNew(unit) && isNew(other))) {
    const edits = [{ start: upper.start, end: upper.end, text: text(lower) }, { start: lower.start, end: lower.end, text: text(upper) }];
    return { edits, at: direction === 'up' ? upper.start : lower.start + text(lower).length - text(upper).length, grown: 0 };
  }
  // Of two clauses the new one can simply be put elsewhere; otherwise the one that is asked for is moved.
  const plain = isNew(unit) ? unit : isNew(other) ? other : null, goes = plain ?? unit, stays = goes === unit ? other : unit, eol = lineEndOf(document);
  const up = goes === lower, there = up ? stays.start : stays.end;
  const gone = plain ? { start: goes.start, end: lineAfter(document, goes.end), text: '' } : deleted(document, goes, options), words = plain ? text(goes) : inserted(document, goes, options);
  if (!gone || words === null) return null;
  const put = { start: there, end: there, text: up ? words + eol : eol + words };
  // Taken out before it is put in below, it moves what stands between.
  const removed = gone.text.length - (gone.end - gone.start);
  const at = goes === unit ? up ? put.start : put.start + removed + eol.length : up ? unit.start + put.text.length : unit.start + removed;
  const shiftOfLabel = goes === unit && !plain ? 3 : 0;
  return { edits: [gone, put], at, grown: shiftOfLabel };
}

function shift(document: Document, unit: Unit, direction: 'in' | 'out', options: MoveOptions): Done | null {
  const { clause } = unit, { clauses, first } = clausesAround(document, unit.blocks[0]!), place = clauses.indexOf(clause);
  const above = clauses.slice(0, place).filter(other => other.list === clause.list && !other.reading.doubtful);
  const parent = (direction === 'in' ? above.findLast(other => other.parent === clause.parent) : clause.parent?.parent) ?? null;
  if (direction === 'in' ? !parent : !clause.parent) return null;
  // A paragraph or a table between the clauses stands in column 0 and has no level.
  if (unit.blocks.some(({ block: { final } }) => final && final.kind !== 'clause' && final.kind !== 'drafter-note')) return null;
  // The clause it comes behind at its new level, or the first one of a level that begins.
  const model = direction === 'in' ? above.findLast(other => other.parent === parent) ?? null : clause.parent;
  const label = following(model?.label ?? null, clause.label.kind), path = pathOf(parent, label);
  const from = columns(clause), to = direction === 'out' ? columns(clause.parent!) : model ? columns(model) : `${columns(parent!)}${LEVEL}`;
  const isNew = unit.blocks.every(({ block }) => block.original === null), writing = writingOf(document, options);
  const named = unit.clauses.map((own): NewName => ({ clause: own, start: first, path: own === clause ? path : [...path, ...own.path.slice(clause.path.length)] }));
  const references = updateReferences(document, named, () => false, writing).edits.filter(({ start }) => start < unit.start || start >= unit.end);
  const reindented = (text: string): Edit[] => indentations(text, from, to);
  if (writing.tracked && !isNew) {
    const gone = deleted(document, unit, options), words = inserted(document, unit, options, label.text);
    if (!gone || words === null) return null;
    const now = applyEdits(words, reindented(words)), eol = lineEndOf(document);
    return { edits: [{ ...gone, text: `${gone.text}${eol}${now}` }, ...references], at: gone.start + gone.text.length + eol.length, grown: 3 + to.length - from.length };
  }
  const text = document.slice(unit.start, unit.end), { label: own, block } = clause;
  const edits = [...reindented(text), ...relabel(block, own.start, own.end, label.text, writing)].map(edit => ({ ...edit, start: unit.start + edit.start, end: unit.start + edit.end }));
  const grown = to.length - from.length + (own.kind === 'dash' ? 0 : label.text.length - own.text.length);
  const moved = references.filter(({ end }) => end <= unit.start).reduce((sum, edit) => sum + edit.text.length - (edit.end - edit.start), 0);
  return { edits: [...edits, ...references], at: unit.start + moved, grown };
}

const columns = ({ block: { source } }: Clause): string => source.slice(0, skipBlanks(source, 0));

/** The next label behind another, or the first of a list in a clause: letters below numbers, romans below letters, dashes below these. */
function following(behind: Label | null, kind: Label['kind']): Pick<Label, 'kind' | 'parts' | 'text'> {
  const below = kind === 'number' ? 'letter' : kind === 'letter' ? 'roman' : 'dash';
  if (behind) {
    const parts = behind.parts.map((part, i) => i === behind.parts.length - 1 ? { value: part.value + 1, suffix: 0 } : part);
    return { kind: behind.kind, parts, text: labelText(behind.kind, parts) };
  }
  const parts = below === 'dash' ? [] : [{ value: 1, suffix: 0 }];
  return { kind: below, parts, text: labelText(below, parts) };
}

function pathOf(parent: Clause | null, { kind, parts, text }: Pick<Label, 'kind' | 'parts' | 'text'>): readonly string[] {
  if (!parent) return [text];
  return kind === 'number' && parent.label.kind === 'number' && parts.length > parent.label.parts.length ? [...parent.path.slice(0, -1), text] : [...parent.path, text];
}

/** Edits that give each line of a text the indentation `to` in place of `from`. */
function indentations(text: string, from: string, to: string): Edit[] {
  const edits: Edit[] = [];
  for (let at = 0; at < text.length; at = nextAfter(text, at)) {
    const end = skipBlanks(text, at);
    if (end >= lineEnd(text, at)) continue;
    if (text.startsWith(from, at) && !text.startsWith('//', at)) edits.push({ start: at, end: at + from.length, text: to });
  }
  return edits;
}

function nextAfter(text: string, at: number): number {
  const end = lineEnd(text, at);
  return text.startsWith('\r\n', end) ? end + 2 : end + 1;
}

const lineEndOf = (document: Document): string => /\r\n?|\n/.exec(document.slice(0, 20_000))?.[0] ?? '\n';
const lineAfter = (document: Document, offset: number): number => {
  const text = document.slice(offset, offset + 2);
  return offset + (text.startsWith('\r\n') ? 2 : /^[\r\n]/.test(text) ? 1 : 0);
};

/** The attribute of the ends of a move that is not there yet. */
function moveAttribute(document: Document, { author, date }: MoveOptions): string {
  const own = ownVoice(document), last = Math.max(0, ...[...document.text.matchAll(/#m(\d+)\}/g)].map(match => Number(match[1])));
  return attributeText({ authors: author === null ? own.authors : names(author), date: date ?? own.date, move: `m${last + 1}` }, own);
}

/** What is left of a clause where it is taken away: its words in force, deleted. What was proposed in it goes along. */
function deleted(document: Document, { blocks, start, end }: Unit, options: MoveOptions): Edit | null {
  return rewritten(document, blocks, 'original', '{--', '--}', start, end, options);
}

/** A clause as it is put in elsewhere: its words in the final view, inserted; with another label if one is given. Null where that cannot be written. */
function inserted(document: Document, { blocks, start, end }: Unit, options: MoveOptions, label?: string): string | null {
  return rewritten(document, blocks, 'final', '{++', '++}', start, end, options, label)?.text ?? null;
}

function rewritten(document: Document, blocks: readonly Placed[], view: View, open: string, close: string, start: number, end: number, options: MoveOptions, label?: string): Edit | null {
  const attribute = moveAttribute(document, options), lines: string[] = [];
  for (const [i, { block }] of blocks.entries()) {
    if (block.final?.kind === 'drafter-note') { if (view === 'final') lines.push(block.source.slice(0, contentEnd(block.source))); continue; }
    // A table, and a line that is broken by hand, cannot be taken into a mark as a whole.
    if (inline(block).pieces.some(({ kind }) => kind === 'line-break' || kind === 'bar' || kind === 'pilcrow')) return null;
    // What is deleted already stays where it is, as it is.
    if (!block.final) { if (view === 'original') lines.push(block.source.slice(0, contentEnd(block.source))); continue; }
    if (!block[view]) continue;
    for (const [k, { indent, words }] of paragraphs(block, view).entries()) {
      const own = block[view].label, now = i === 0 && k === 0 && label && own ? words.replace(/^\S+/, label) : words;
      if (now) lines.push(`${indent}${open}${now}${close}${attribute}`);
    }
  }
  return { start, end, text: lines.join(lineEndOf(document)) };
}

/** The lines of a block in a view, each with its indentation; comments go with the words that are proposed. */
function paragraphs(block: Block, view: View): { indent: string; words: string }[] {
  const result = [{ indent: '', words: '' }];
  const { pieces, marks } = inline(block);
  for (const piece of pieces) {
    const text = block.source.slice(piece.start, piece.end), last = result.at(-1)!;
    if (piece.kind === 'trailing') break;
    if (piece.kind === 'indent') last.indent = text;
    else if (piece.kind === 'soft-break' || piece.kind === 'paragraph-break') result.push({ indent: /[ \t\u00a0]*$/.exec(text)![0], words: '' });
    else if (piece.kind === 'comment') {
      const { comment } = piece;
      if (view === 'final' && comment && marks.includes(comment) && !last.words.includes(block.source.slice(comment.start, comment.end))) last.words += block.source.slice(comment.start, comment.attribute?.end ?? comment.end);
    } else if (inView(piece, view)) last.words += text;
  }
  return result;
}
