/** The text in force that a document modifies (`base:` in its front matter), and what in it answers to what in the document. */
import type { Document, Placed } from '../markup/document';
import type { Block } from '../markup/types';
import { frontMatter } from '../markup/frontMatter';
import { placedAt } from '../contribution/runs';
import { textOf, texts, type Text } from '../contribution/scopes';
import { sections, stretchAt } from '../contribution/sections';
import { clauseOf, headPhrase, wordsIn } from './place';
import type { Workspace } from './workspace';

/** The URI of the text in force; null where none is named, or where the document lies nowhere that a path could begin. */
export function baseUri(document: Document, uri: string): string | null {
  const { base } = frontMatter(document).values;
  if (!base) return null;
  // Encoded as editors do it, so that a text open in the editor is known by this URI.
  const path = base.split(/[\\/]/).map(part => encodeURIComponent(part).replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)).join('/');
  try { return new URL(path, uri).href; } catch { return null; }
}

/** The text in force, or null where none is named or none is there. */
export async function baseOf(document: Document, uri: string, workspace: Workspace): Promise<Document | null> {
  const base = baseUri(document, uri);
  return base && base !== uri ? workspace.document(base) : null;
}

/**
 * The text in force that the checks read a document beside: undefined where none is named that can be read (the
 * document lies nowhere yet, or not on a disk, or the base is a Word file), null where it is not there.
 */
export async function inForceOf(document: Document, uri: string, workspace: Workspace): Promise<Document | null | undefined> {
  const base = baseUri(document, uri);
  if (base === null || base === uri || /\.docx?$/i.test(base)) return undefined;
  return await workspace.document(base) ?? (base.startsWith('file:') ? null : undefined);
}

/**
 * What a block answers to in the text in force: the instrument of the same name, in it the section under the same
 * heading, in it the clause with the same labels, all as the original view has them. Null where there is none.
 */
export function counterpart(document: Document, placed: Placed, base: Document): Placed | null {
  const { block, group: g } = placed;
  if (!block.original) return null;
  const text = textOf(document, g), name = instrumentName(document, text);
  const other = name && texts(base).find(candidate => instrumentName(base, candidate) === name);
  if (!other) return null;
  if (block.original.kind === 'instrument') return placedAt(base, other.instrument, 0);
  const clause = clauseOf(document, placed, 'original');
  const head = clause ? clause.head && { block: clause.head.block, group: clause.head.group + stretchAt(document.groups, g).start } : placed.index === 0 ? { block, group: g } : null;
  if (!head) return null;
  const answer = sections(other.run).final.heads.filter(candidate => sameHead(candidate.block, 'final', head.block))[nth(document, text, head)];
  if (!answer) return null;
  if (!clause) return placedAt(base, other.start + answer.group, 0);
  const alike = sections(other.run).final.clauses.filter(candidate => candidate.head === answer && candidate.path.join() === clause.path.join());
  // A dash names no clause, and a letter may be given twice: then the words decide.
  const found = alike.find(candidate => wordsIn(candidate.block, 'final') === wordsIn(block, 'original')) ?? (clause.label.kind === 'dash' ? undefined : alike[0]);
  return found ? placedAt(base, other.start + found.group, found.index) : null;
}

/** `RESOLUTION 98`: the line that names a text, without where and when it was adopted. */
function instrumentName(document: Document, { instrument }: Text): string {
  return instrument < 0 ? '' : headPhrase(document.groups[instrument]!.blocks[0]!).original.replace(/ ?\(.*$/, '').toUpperCase();
}

const sameHead = (block: Block, view: 'original' | 'final', head: Block): boolean =>
  block[view]?.kind === head.original?.kind && headPhrase(block)[view] === headPhrase(head).original;

/** How many sections under the same heading stand above in the same text: a resolution may have two. */
function nth(document: Document, { start }: Text, head: { readonly block: Block; readonly group: number }): number {
  let count = 0;
  for (let g = start; g < head.group; g++) {
    if (sameHead(document.groups[g]!.blocks[0]!, 'original', head.block)) count++;
  }
  return count;
}
