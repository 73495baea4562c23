/** What pandoc reads in a Word file after it has accepted or rejected all changes: a second opinion on the views. */
import { spawnSync } from 'node:child_process';
import { normal } from './docx';

export const hasPandoc = (): boolean => spawnSync('pandoc', ['--version']).status === 0;

/** The paragraphs that pandoc finds, in the form of `decided`. */
export function pandocReads(docx: Uint8Array, accepted: boolean): string[] {
  const { stdout, stderr, status } = spawnSync('pandoc', ['--from=docx', '--to=json', `--track-changes=${accepted ? 'accept' : 'reject'}`], { input: docx, maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stderr.toString());
  return paragraphs((JSON.parse(stdout.toString()) as { blocks: unknown }).blocks).map(normal).filter(Boolean);
}

/** Pandoc's tree: `{ t: kind, c: content }`, contents nested in lists. */
interface Piece { t: string; c?: unknown }
const isPiece = (node: unknown): node is Piece => typeof node === 'object' && node !== null && 't' in node;

function paragraphs(node: unknown): string[] {
  if (Array.isArray(node)) return isRow(node) ? [node.flatMap(paragraphs).join(' ')] : node.flatMap(paragraphs);
  if (!isPiece(node)) return [];
  return ['Para', 'Plain', 'Header'].includes(node.t) ? [words(node.c)] : paragraphs(node.c);
}

/** A row is its attributes and its cells; a cell begins with attributes too, followed by its alignment. */
const isRow = (node: readonly unknown[]): boolean => node.length === 2 && Array.isArray(node[1]) && node[1].length > 0 && node[1].every(cell => Array.isArray(cell) && cell.length === 5 && isPiece(cell[1]) && /^Align/.test(cell[1].t));

function words(node: unknown): string {
  if (Array.isArray(node)) return node.map(words).join('');
  if (!isPiece(node)) return '';
  switch (node.t) {
    case 'Str': return String(node.c);
    case 'Space': case 'SoftBreak': case 'LineBreak': return ' ';
    case 'Note': return `⟦${paragraphs(node.c).map(normal).join(' ')}⟧`;
    case 'Quoted': throw new Error('pandoc was not asked for typographic quotes');
    default: return words(node.c);
  }
}
