import type { Block } from '../markup/types';
import { inView } from '../markup/block';
import { inline } from '../markup/inline';
import { skipBlanks } from '../markup/lines';
import type { FoundAt, Rule } from './types';

/** A row of a table with another number of cells than its first row. */
export const tableCells: Rule = {
  code: 'table-cells', severity: 'hint', looksAt: 'group',
  run: run => {
    const found: FoundAt[] = [];
    run.forEach((group, g) => {
      let header = 0;
      group.blocks.forEach((block, index) => {
        if (block.final?.kind !== 'table') { if (block.final) header = 0; return; }
        const { count, start, end } = cells(block);
        if (!header) header = count;
        else if (count !== header) found.push({ group: g, index, start, end, message: `This row has ${count} ${count === 1 ? 'cell' : 'cells'}, the first row of the table ${header}.` });
      });
    });
    return found;
  },
};

/** How many cells a row has in the final view, and where it stands. A bar at its start or end is its border. */
function cells(block: Block): { count: number; start: number; end: number } {
  const { source } = block, pieces = inline(block).pieces.filter(piece => piece.kind !== 'trailing' && piece.kind !== 'indent');
  const shown = pieces.filter(piece => inView(piece, 'final') && !(piece.kind === 'text' && skipBlanks(source, piece.start) >= piece.end));
  const bars = shown.filter(piece => piece.kind === 'bar').length;
  const count = bars + 1 - (shown[0]?.kind === 'bar' ? 1 : 0) - (shown.length > 1 && shown.at(-1)!.kind === 'bar' ? 1 : 0);
  return { count, start: pieces[0]?.start ?? 0, end: pieces.at(-1)?.end ?? 0 };
}
