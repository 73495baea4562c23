/** Rows of tables: what of a cell has a place between two bars. */
import { attribute, lineOf, type Surroundings } from './marks';
import type { Block, Cell, Change, Item, Row } from './model';

export interface Cells extends Row { /** Of a table's head: its letters are bold anyway. */ readonly plainHead: boolean }

/** The line of a row; a row that is new or gone as a whole is one mark. */
export function rowLine(row: Cells, around: Surroundings): string {
  const { insertion, deletion } = row;
  // A mark of deletion cannot hold what another inserted; then the cells say for themselves what is gone.
  const whole = insertion ?? (deletion && !contentOf(row.cells).some(item => item.insertion) ? deletion : null);
  if (deletion && whole !== deletion) around.simplified('A table row that one inserted and another deleted stays, its text deleted.');
  const side = whole === null ? null : insertion ? 'insertion' : 'deletion';
  if (side && contentOf(row.cells).some(item => item[side] && item[side] !== whole)) around.simplified(`A table row is ${side === 'insertion' ? 'inserted' : 'deleted'} as a whole; in it are changes of others, which became ${whole!.author}’s.`);
  const line = `| ${row.cells.flatMap(cell => [...cellTexts(cell, row, side, around)]).map(text => text && `${text} `).join('| ')}|`;
  return side === 'insertion' ? `{++${line}++}${attribute(whole!, around)}` : side === 'deletion' ? `{--${line}--}${attribute(whole!, around)}` : line;
}

const contentOf = (cells: readonly Cell[]): Item[] => cells.flatMap(cell => itemsOf(cell.blocks, () => {}));

/** A cell's text, and empty cells for the further columns that it covers. */
function* cellTexts(cell: Cell, row: Cells, side: 'insertion' | 'deletion' | null, around: Surroundings): Generator<string> {
  const items = itemsOf(cell.blocks, around.simplified).map(item => {
    const own = { insertion: item.insertion ?? cell.insertion, deletion: item.deletion ?? cell.deletion ?? (row.deletion && side !== 'deletion' ? row.deletion : null) };
    return { ...item, ...own, ...side && { [side]: null }, ...row.plainHead && item.kind === 'run' && { bold: false } };
  });
  yield lineOf(edged(side ? items.filter(({ kind }) => kind !== 'comment-start' && kind !== 'comment-end') : items), around, { table: true });
  for (let column = 1; column < cell.span; column++) yield '';
}

/** Blanks at the edges of a cell mean nothing. */
function edged(items: Item[]): Item[] {
  const first = items[0], last = items.at(-1);
  if (first?.kind === 'run' && !first.insertion && !first.deletion) first.text = first.text.trimStart();
  if (last?.kind === 'run' && !last.insertion && !last.deletion) last.text = last.text.trimEnd();
  return items;
}

/** All that stands in a cell on one line: paragraphs divided by manual line breaks, tables in it by blanks. */
function itemsOf(blocks: readonly Block[], simplified: (message: string) => void): Item[] {
  const items: Item[] = [];
  const gap = (text: string, change: { insertion: Change | null; deletion: Change | null }) => {
    if (items.some(item => item.kind === 'run' || item.kind === 'reference')) items.push({ kind: 'run', text, italic: false, bold: false, underline: false, highlighted: false, ...change });
  };
  for (const block of blocks) {
    if (block.kind === 'table') {
      simplified('A table inside of a table is plain text in its cell.');
      for (const { cells } of block.rows) cells.forEach((cell, i) => {
        const inner = itemsOf(cell.blocks, simplified);
        gap(i ? ' ' : '\n', { insertion: null, deletion: null });
        items.push(...inner);
      });
      continue;
    }
    if (!block.content.length) continue;
    gap('\n', { insertion: block.content[0]!.insertion, deletion: block.content[0]!.deletion });
    items.push(...block.content.map(item => ({ ...item })));
  }
  return items;
}
