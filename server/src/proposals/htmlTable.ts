/** Proposals side by side as one page for a browser: no other file, no script. */
import type { Block, Piece } from '../markup/types';
import { inView } from '../markup/block';
import { inline } from '../markup/inline';
import type { Family } from './family';
import { sideBySide, UNCHANGED, type Column, type How } from './table';

const STYLE = `
  body { font: 15px/1.4 "Times New Roman", "Liberation Serif", serif; margin: 1.5rem; color: #1a1a1a; background: #fff; }
  h1 { font-size: 1.3rem; }
  table { border-collapse: collapse; table-layout: fixed; width: 100%; }
  th, td { border: 1px solid #999; padding: .3rem .5rem; vertical-align: top; text-align: left; overflow-wrap: anywhere; }
  thead th { position: sticky; top: 0; background: #ececec; text-align: center; }
  thead small { font-weight: normal; display: block; }
  p { margin: .2rem 0; } ins { color: #0a5c2b; text-decoration: underline; } del { color: #a01722; text-decoration: line-through; }
  .across { background: #ececec; font-style: italic; font-weight: bold; } .folded { color: #555; text-align: center; font-style: italic; }
  .section { font-style: italic; } .instrument, .title, .annex, .heading { font-weight: bold; } .level2 { margin-left: 1.4em; } .level3 { margin-left: 2.8em; }
  @media print { thead th { position: static; } @page { size: A4 landscape; margin: 1cm; } }
  @media (prefers-color-scheme: dark) { body { background: #1e1e1e; color: #e4e4e4; } thead th, .across { background: #333; } ins { color: #7bd88f; } del { color: #ff8f9d; } .folded { color: #aaa; } }`;

/** The page; the same family gives the same text. */
export function htmlTable(family: Family, how: How): string {
  const { title, columns, rows } = sideBySide(family, how), name = escape(title);
  const cells = columns.map(cellsOf), span = ` colspan="${columns.length}"`;
  const reasons = columns.some(column => column.reasons.length);
  return [
    '<!DOCTYPE html>', `<html lang="${escape(family.document.grammar.language)}"${family.document.grammar.language === 'ar' ? ' dir="rtl"' : ''}>`, `<head><meta charset="utf-8"><title>${name}</title><style>${STYLE}\n</style></head>`,
    '<body>', `<h1>${name}</h1>`, '<table>',
    `<thead><tr>${columns.map(({ head, detail }) => `<th scope="col">${escape(head)}<small>${escape(detail)}</small></th>`).join('')}</tr></thead>`, '<tbody>',
    ...rows.map(({ id, kind, text, shown, inForce }) => kind === 'cells' ? `<tr>${columns.map((_, c) => shown[c] ? `<td>${cells[c]!.get(id) ?? ''}</td>` : inForce ? `<td class="folded">${UNCHANGED}</td>` : '<td></td>').join('')}</tr>` : `<tr><td${span} class="${kind}">${escape(text)}</td></tr>`),
    ...reasons ? [`<tr><td${span} class="across">Reasons</td></tr>`, `<tr>${columns.map(column => `<td>${column.reasons.map(reason => `<p>${escape(reason)}</p>`).join('')}</td>`).join('')}</tr>`] : [],
    '</tbody>', '</table>', '</body>', '</html>', '',
  ].join('\n');
}

/** What stands in the cells of a column, by row. */
function cellsOf({ document, rows }: Column): Map<number, string> {
  const result = new Map<number, string>();
  for (const { block, line } of document.blocks()) {
    const reading = block.final ?? block.original, row = rows[line];
    if (row === undefined || !reading || reading.kind === 'blank') continue;
    const level = reading.kind === 'clause' && reading.level > 1 ? ` level${Math.min(reading.level, 3)}` : '';
    result.set(row, `${result.get(row) ?? ''}<p class="${reading.kind}${level}">${paragraph(block)}</p>`);
  }
  return result;
}

const SILENT: ReadonlySet<Piece['kind']> = new Set(['mark', 'attribute', 'comment', 'emphasis', 'indent', 'trailing', 'pilcrow']);

function paragraph(block: Block): string {
  const { source } = block;
  return inline(block).pieces.filter(piece => !piece.comment && !SILENT.has(piece.kind)).map(piece => {
    const { kind, start, end, italic, bold } = piece, raw = source.slice(start, end);
    let text = kind === 'escape' ? escape(raw.slice(1)) : kind === 'line-break' || kind === 'paragraph-break' ? '<br>' : kind === 'soft-break' ? ' ' : kind === 'prefix' ? '' : kind === 'footnote-reference' ? `<sup>${escape(raw.slice(2, -1))}</sup>` : escape(raw).replace('\t', '&emsp;');
    if (!text) return '';
    if (italic) text = `<i>${text}</i>`;
    if (bold) text = `<b>${text}</b>`;
    if (piece.highlight) text = `<mark>${text}</mark>`;
    return !inView(piece, 'original') ? `<ins>${text}</ins>` : !inView(piece, 'final') ? `<del>${text}</del>` : text;
  }).join('').replace(/<\/(ins|del)><\1>/g, '');
}

const escape = (text: string): string => text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`);
