/** textDocument/foldingRange: headings, proposals, resolutions, sections, clauses with sub-clauses, annexes, front matter. */
import type { Document } from '../markup/document';
import { lineStarts } from '../markup/lines';
import { contentEnd } from '../markup/inline';
import type { Block } from '../markup/types';
import { groupEntries, parents, type Entry } from '../contribution/outline';
import type { Feature } from './feature';
import { groupPrinter, list, Raw, utf8 } from './raw';

export const foldingRange: Feature = {
  capability: { foldingRangeProvider: true },
  register(connection, { documents }) {
    connection.onFoldingRanges(({ textDocument }) => {
      const open = documents.get(textDocument.uri);
      return open ? foldingRanges(open.document) as unknown as [] : [];
    });
  },
};

/** All folding ranges as JSON; those inside a group are printed once and kept. */
export function foldingRanges(document: Document): Raw {
  const above = parents(document), { groups } = document, pieces: Buffer[] = [];
  const last = new Int32Array(groups.length);
  for (let g = groups.length - 1; g >= 0; g--) {
    last[g] = Math.max(last[g]!, g);
    if (above[g]! >= 0) last[above[g]!] = Math.max(last[above[g]!]!, last[g]!);
    // What holds other groups folds to the end of the last of them.
    if (last[g]! > g) pieces.push(utf8(fold(document.groupStart(g).line, lastTextLine(document, last[g]!))));
  }
  for (let g = 0; g < groups.length; g++) pieces.push(inside(document, g));
  return new Raw(list('[', pieces, ']'));
}

const fold = (start: number, end: number, kind = ''): string => end > start ? `{"startLine":${start},"endLine":${end}${kind}}` : '';

const inside = groupPrinter((document, g, line) => {
  const ranges: string[] = [], group = document.groups[g]!;
  const visit = (entry: Entry) => {
    if (entry.children.length || entry.block.lineCount > 1) ranges.push(fold(line + entry.line, line + lastLine(entry)));
    entry.children.forEach(visit);
  };
  groupEntries(group).forEach(visit);
  const first = group.blocks[0]!;
  if (first.final?.kind === 'front-matter') ranges.push(fold(line, line + textLines(first) - 1, ',"kind":"region"'));
  let at = line, notes = -1;
  for (const block of [...group.blocks, null]) { // drafter's notes that stand together fold as one comment
    const isNote = block?.final?.kind === 'drafter-note';
    if (isNote && notes < 0) notes = at;
    if (!isNote && notes >= 0) { ranges.push(fold(notes, at - 1, ',"kind":"comment"')); notes = -1; }
    at += block?.lineCount ?? 0;
  }
  return ranges.filter(Boolean).join(',');
});

/** The last line of text of an entry and of all below it, from the start of its group. */
function lastLine(entry: Entry): number {
  const own = entry.line + textLines(entry.block) - 1, child = entry.children.at(-1);
  return child ? Math.max(own, lastLine(child)) : own;
}

const lastTextLine = (document: Document, g: number): number => {
  const group = document.groups[g]!, block = group.blocks.at(-1)!;
  return document.groupStart(g + 1).line - block.lineCount + textLines(block) - 1;
};

/** Lines of a block that hold text; the blank lines behind are left out. */
const textLines = (block: Block): number => block.lineCount < 2 ? 1 : lineStarts(block.source.slice(0, contentEnd(block.source))).length;
