/** textDocument/hover: what the thing under the cursor is, in a few lines. */
import { MarkupKind, type Hover } from 'vscode-languageserver';
import type { Block, Mark, MarkKind, Piece } from '../markup/types';
import type { Document, Placed } from '../markup/document';
import { contentEnd, inline } from '../markup/inline';
import { defaults, FRONT_MATTER_KEYS, frontMatter } from '../markup/frontMatter';
import { shorten } from '../markup/text';
import { definitionsOf } from '../contribution/footnotes';
import { symbolOf } from '../knowledge/symbols';
import { baseOf, counterpart } from './base';
import { rangeOf } from './documents';
import type { Feature } from './feature';
import { explainWords } from './glossary';
import { day, paragraphs, parts, plain } from './markdown';
import { address, labelAt, subjectAt, type Subject } from './linked';
import { authorship, mainView, marksAt, oneLine, placeAt, wordsIn, type Place } from './place';

export const hover: Feature = {
  capability: { hoverProvider: true },
  register(connection, { documents, workspace }) {
    connection.onHover(async ({ textDocument: { uri }, position }): Promise<Hover | null> => {
      const open = documents.get(uri);
      if (!open) return null;
      const { document } = open;
      const shown = await explain(document, document.offsetAt(position), () => baseOf(document, uri, workspace));
      return shown && { contents: { kind: MarkupKind.Markdown, value: shown.markdown }, range: rangeOf(document, shown.start, shown.end) };
    });
  },
};

/** What is shown about a stretch of the document; offsets in the document. */
export interface Explanation { readonly start: number; readonly end: number; readonly markdown: string }

/** Long texts are cut here: who wants to read on goes there. */
const LONG = 600;
const quote = (text: string): string => plain(shorten(text, LONG)) || '*(no text)*';

/**
 * What there is to say at an offset; null for plain words.
 * @param base gives the text in force; asked only where it has something to add
 */
export async function explain(document: Document, offset: number, base: () => Promise<Document | null>): Promise<Explanation | null> {
  const place = placeAt(document, offset);
  if (!place) return null;
  if (place.reading?.kind === 'front-matter') return explainKey(document, offset);
  if (place.at > contentEnd(place.placed.block.source)) return null;
  const found = [
    explainReference(place) ?? explainWords(place),
    explainProposal(place),
    await explainBlock(place, base),
    explainMark(place),
  ].filter(part => part !== null);
  const [narrowest] = [...found].sort((a, b) => a.end - a.start - (b.end - b.start));
  return narrowest ? { start: narrowest.start, end: narrowest.end, markdown: parts(found.map(part => part.markdown)) } : null;
}

function explainKey(document: Document, offset: number): Explanation | null {
  const entry = frontMatter(document).entries.find(({ keyStart, valueEnd }) => keyStart <= offset && offset <= valueEnd);
  if (!entry || !Object.hasOwn(FRONT_MATTER_KEYS, entry.key)) return null;
  return { start: entry.keyStart, end: entry.keyEnd, markdown: FRONT_MATTER_KEYS[entry.key as keyof typeof FRONT_MATTER_KEYS].about };
}

/** The clauses that a cross-reference points to, or the heading of its section. */
function explainReference(place: Place): Explanation | null {
  const subject = subjectAt(place);
  if (subject?.kind === 'footnote') return explainFootnote(place.document, subject);
  if (!subject?.reference) return null;
  const { document } = place;
  if (subject.kind === 'section') return { ...subject.span, markdown: under(document, subject.section) };
  const shown = subject.clauses.slice(0, SHOWN).map(clause => `${address(document, clause)}  \n${bothWords(clause.block)}`);
  const more = subject.clauses.length > SHOWN ? `*and ${subject.clauses.length - SHOWN} more*` : null;
  return { ...subject.span, markdown: paragraphs(...shown, more) };
}

/** How many clauses of a range are shown. */
const SHOWN = 4;

/** A text as it would be, and as it is where that differs. */
function bothWords(block: Block): string {
  const now = wordsIn(block, 'final'), before = wordsIn(block, 'original');
  if (!block.final) return `~~${quote(before)}~~`;
  return !block.original || now === before ? quote(now) : `${quote(now)}\n\nText in force: ${quote(before)}`;
}

function explainFootnote(document: Document, { span, group, mark, view }: Subject & { kind: 'footnote' }): Explanation | null {
  if (mark.definition) return null;
  const [definition] = definitionsOf(document, group, mark.label, view);
  return { ...span, markdown: definition ? `Footnote ${plain(mark.label)}  \n${bothWords(definition.block)}` : `Footnote ${plain(mark.label)} has no text yet.` };
}

/** What the symbol of a proposal says. */
function explainProposal({ placed: { block, start }, reading }: Place): Explanation | null {
  if (reading?.kind !== 'proposal') return null;
  const [symbol = ''] = wordsIn(block, mainView(block)).split(/[ \t]/, 1);
  const known = symbolOf(symbol);
  if (!known) return null;
  return { start, end: start + contentEnd(block.source), markdown: paragraphs(`**${plain(known.printed)}** – ${plain(known.name)}`, `${known.means} ${known.how}`) };
}

/** A clause, when its label is asked about, or a section's heading: where it is, and what it is in the text in force. */
async function explainBlock(place: Place, base: () => Promise<Document | null>): Promise<Explanation | null> {
  const { document, placed, reading } = place, { block, start } = placed;
  const label = labelAt(place), section = reading?.kind === 'section' || reading?.kind === 'instrument';
  if (!label && !section) return null;
  const span = { start: start + (label?.start ?? 0), end: start + (label?.end ?? contentEnd(block.source)) };
  const inForce = await base();
  const other = inForce && counterpart(document, placed, inForce);
  if (section) return other ? { ...span, markdown: paragraphs('In the text in force:', under(inForce, other)) } : null;
  const old = other && `${['In the text in force', address(inForce, other)].filter(Boolean).join(', ')}  \n${quote(wordsIn(other.block, 'final'))}`;
  const markdown = paragraphs(address(document, placed), old);
  return markdown ? { ...span, markdown } : null;
}

/** The beginnings of what stands under a heading. */
function under(document: Document, { group }: Placed): string {
  const { blocks } = document.groups[group]!;
  const lines = blocks.map((block, i) => i === 0 ? `*${plain(wordsIn(block, 'final', LINE))}*` : `${plain(block.final?.label?.text ?? '')} ${plain(wordsIn(block, 'final', LINE))}`.trim()).filter(Boolean);
  return [...lines.slice(0, LINES), ...(lines.length > LINES ? ['…'] : [])].join('  \n');
}
const LINE = 80, LINES = 12;

const KINDS: Record<MarkKind, string> = { insertion: 'New', deletion: 'Deleted', substitution: 'Replaced', comment: 'Comment', highlight: 'Commented text' };

/** A tracked change or a comment: whose, from when, and what it does to the text. */
function explainMark(place: Place): Explanation | null {
  const { document, placed: { block, start } } = place;
  const marks = marksAt(place);
  if (!marks.length) return null;
  const lines = marks.map(mark => {
    const { authors, date } = authorship(mark.attribute, defaults(document));
    const what = mark.attribute?.move ? (mark.kind === 'deletion' ? 'Moved from here' : 'Moved here') : mark.pilcrow ? (mark.kind === 'insertion' ? 'New paragraph' : 'Joined with the next paragraph') : KINDS[mark.kind];
    return paragraphs(`**${what}**${authors.length ? ` – ${plain(authors.join('; '))}` : ''}${date ? `, ${day(date)}` : ''}`, within(block, mark));
  });
  const [innermost] = marks;
  return { start: start + innermost!.start, end: start + (innermost!.attribute?.end ?? innermost!.end), markdown: paragraphs(...lines) };
}

/** The words of a mark: before and after. */
function within(block: Block, mark: Mark): string | null {
  const words = (from: number, to: number, kept: (piece: Piece) => boolean) => plain(shorten(oneLine(inline(block).pieces
    .filter(piece => piece.start >= from && piece.end <= to && (piece.kind === 'text' || piece.kind === 'escape' || piece.kind === 'soft-break' || piece.kind === 'comment') && kept(piece))
    .map(piece => piece.kind === 'soft-break' ? ' ' : block.source.slice(piece.start + (piece.kind === 'escape' ? 1 : 0), piece.end)).join('')), LONG));
  switch (mark.kind) {
    case 'substitution': return `Before: ${words(mark.start, mark.divider, piece => !piece.comment) || '–'}  \nAfter: ${words(mark.divider, mark.end, piece => !piece.comment && (!piece.deletion || piece.deletion === mark)) || '–'}`;
    case 'comment': return words(mark.start, mark.end, () => true);
    case 'highlight': return comments(block, mark).map(comment => words(comment.start, comment.end, () => true)).join('  \n');
    default: return wholeBlock(block) || mark.pilcrow ? null : `Before: ${plain(wordsIn(block, 'original', LONG))}  \nAfter: ${plain(wordsIn(block, 'final', LONG))}`;
  }
}

/** The comments on a highlighted text: those that follow it. */
function comments(block: Block, highlight: Mark): Mark[] {
  let end = highlight.attribute?.end ?? highlight.end;
  return inline(block).marks.filter(mark => {
    if (mark.kind !== 'comment' || mark.start !== end) return false;
    end = mark.attribute?.end ?? mark.end;
    return true;
  });
}

const wholeBlock = (block: Block): boolean => !block.original || !block.final;
