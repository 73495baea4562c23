/** What the Enter key adds in a list of clauses: the next label, or an end to the list. */
import type { Label } from './types';
import type { Document, Placed } from './document';
import type { Edit } from './edit';
import { indentColumns } from './classify';
import { inline } from './inline';
import { labelText, readMarker, SUFFIXES } from './labels';
import { skipBlanks } from './lines';

/**
 * The edits that follow on Enter. `offset` is the caret on its new line, `character` what was typed; for anything
 * but a line end there are none. Behind a clause the new line gets the next label of its list, and what
 * stood behind the caret becomes the text of the new clause. On an empty clause the label goes: the list ends, or
 * goes on one level up. The caret belongs at the end of the edit.
 */
export function formatOnType(document: Document, offset: number, character: string): Edit[] {
  const { line, character: column } = document.positionAt(offset);
  const above = document.lineText(line - 1), here = document.lineText(line);
  const first = skipBlanks(above, 0), end = skipBlanks(here, 0);
  const clause = line > 0 ? document.blockAtLine(line - 1) : null, reading = clause?.block.final;
  if (!/^(?:\r\n?|\n)$/.test(character) || !clause || !reading || column > end || first === above.length) return [];
  const start = document.offsetAt({ line, character: 0 });
  const marker = readMarker(above, first), empty = marker !== null && skipBlanks(above, marker.end) === above.length;
  if (empty && end === here.length && ((reading.kind === 'clause' && clause.line === line - 1) || (marker.kind === 'dash' && reading.kind !== 'front-matter'))) {
    const parent = parentOf(document, clause, line - 1);
    const label = parent && following(parent.block.final!.label!);
    return [{ start: document.offsetAt({ line: line - 1, character: 0 }), end: start + end, text: label ? `${indentOf(parent)}${label}\t` : '' }];
  }
  if (reading.kind !== 'clause' || !reading.label || reading.doubtful || above.endsWith('\\')) return [];
  const { pieces, marks, problems } = inline(clause.block), at = document.offsetAt({ line: line - 1, character: first }) - clause.start;
  // Inside a mark, and behind a further paragraph of the clause, Enter only breaks the line.
  const caret = offset - clause.start;
  if (problems.length || marks.some(mark => mark.start < caret && caret < mark.end) || pieces.some(piece => piece.kind === 'paragraph-break' && piece.end <= at)) return [];
  const label = following(reading.label);
  return label ? [{ start, end: start + end, text: `${indentOf(clause)}${label}\t` }] : [];
}

/**
 * The label, with the tab behind it, of a clause that would stand on the line of `offset` with that line's
 * indentation: the one that follows in the list above. Null where no such list is open, as right below a section
 * phrase.
 */
export function nextLabel(document: Document, offset: number): string | null {
  const { line } = document.positionAt(offset), text = document.lineText(line);
  const columns = indentColumns(text, skipBlanks(text, 0));
  for (const placed of clausesAbove(document, line)) {
    const deeper = columnsOf(placed) - columns;
    if (deeper > 0) continue;
    const label = deeper === 0 ? following(placed.block.final!.label!) : null;
    return label && `${label}\t`;
  }
  return null;
}

/** The clause one level above the clause of a line: by its level, or by indentation for a dash without text, which is none yet. */
function parentOf(document: Document, { block, line: own }: Placed, line: number): Placed | null {
  const reading = block.final!, text = document.lineText(line);
  const isClause = reading.kind === 'clause' && own === line, columns = indentColumns(text, skipBlanks(text, 0));
  for (const placed of clausesAbove(document, line)) if (isClause ? placed.block.final!.level < reading.level : columnsOf(placed) < columns) return placed;
  return null;
}

/** The clauses of the final view above a line, from below, as long as they belong to the same lists. */
function* clausesAbove(document: Document, line: number): Generator<Placed> {
  const here = document.blockAtLine(line);
  if (!here) return;
  const blocks = [...document.blocksOf(here.group)].filter(placed => placed.line < line);
  for (const placed of blocks.reverse()) {
    const kind = placed.block.final?.kind;
    if (kind === 'clause') yield placed;
    else if (kind && !KEEPS_LISTS.has(kind)) return;
  }
}

/** Blocks that do not end a list (markup, section 3). */
const KEEPS_LISTS: ReadonlySet<string> = new Set(['paragraph', 'footnote', 'table', 'note', 'drafter-note', 'reasons']);

const indentOf = ({ block: { source } }: Placed): string => source.slice(0, skipBlanks(source, 0));
const columnsOf = ({ block: { source } }: Placed): number => indentColumns(source, skipBlanks(source, 0));

/** The label behind a label in its list: c) behind b), 1.3 behind 1.2, 3ter behind 3bis; null where ordinals end. */
function following({ kind, parts }: Label): string | null {
  if (kind === 'dash') return labelText(kind, parts);
  const last = parts.at(-1)!;
  const next = last.suffix ? { ...last, suffix: last.suffix + 1 } : { value: last.value + 1, suffix: 0 };
  return next.suffix < SUFFIXES.length ? labelText(kind, [...parts.slice(0, -1), next]) : null;
}
