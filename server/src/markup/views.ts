/** The original and the final view of a document as clean markup (markup, section 6). */
import type { Block, View } from './types';
import type { Document } from './document';
import { inView } from './block';
import { inline } from './inline';
import { skipBlanks } from './lines';

/**
 * The text of one view: front matter, drafter's notes and the author's blank lines kept; marks, attributes
 * and comments gone; paragraphs that do not exist in the view gone with their line end; a paragraph whose end
 * does not exist in the view going on with the next one, whose indentation is dropped.
 */
export function viewText(document: Pick<Document, 'blocks'>, view: View): string {
  let text = '', joining = false;
  for (const { block } of document.blocks()) {
    if (untouched(block) && !joining) { text += block.source; continue; }
    ({ text, joining } = append(text, joining, block, view));
  }
  return text;
}

const untouched = (block: Block): boolean => !block.source.includes('{') || block.final?.kind === 'front-matter' || block.final?.kind === 'drafter-note';

/** The paragraphs of a block: their pieces, and the line end with what stands behind it. */
function append(text: string, joining: boolean, block: Block, view: View): { text: string; joining: boolean } {
  const { source } = block, { pieces } = inline(block);
  let from = 0;
  while (from < pieces.length) {
    let to = from;
    while (to < pieces.length && pieces[to]!.kind !== 'paragraph-break' && pieces[to]!.kind !== 'trailing') to++;
    const paragraph = pieces.slice(from, to), behind = pieces[to];
    const words = paragraph.filter(piece => piece.kind !== 'indent' && !piece.comment && !['mark', 'attribute', 'comment', 'pilcrow'].includes(piece.kind));
    const counted = words.filter(piece => piece.kind !== 'soft-break' && !(piece.kind === 'text' && skipBlanks(source, piece.start) >= piece.end));
    const exists = !counted.length || counted.some(piece => inView(piece, view));
    const ended = !paragraph.some(piece => piece.kind === 'pilcrow' && (view === 'original' ? piece.insertion : piece.deletion));
    if (exists) {
      const kept = words.filter(piece => inView(piece, view)).map(piece => source.slice(piece.start, piece.end)).join('');
      const indent = pieces[from]!.kind === 'indent' && !joining ? source.slice(pieces[from]!.start, pieces[from]!.end) : '';
      const start = joining || !counted.length ? kept : kept.slice(skipBlanks(kept, 0));
      text += indent + start;
      joining = !ended;
      if (behind && ended && (start !== '' || !paragraph.length)) {
        const tail = source.slice(behind.start, behind.end);
        text += tail.slice(skipBlanks(tail, 0));
      } else if (behind && ended && indent) text = text.slice(0, text.length - indent.length);
    }
    from = to + 1;
  }
  return { text, joining };
}
