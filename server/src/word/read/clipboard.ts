/** What is pasted, as markup that fits where it is pasted: HTML of word processors, and plain text that comes from a PDF. */
import { grammarOf } from '../../knowledge/grammar';
import { readBlock } from '../../markup/block';
import { Document, type Placed } from '../../markup/document';
import type { Edit } from '../../markup/edit';
import { defaults } from '../../markup/frontMatter';
import { contentEnd, inline } from '../../markup/inline';
import { readMarker } from '../../markup/labels';
import { viewText } from '../../markup/views';
import { coverOf, languageOf } from './cover';
import { frontMatterText, type Front } from './frontMatter';
import { readHtml } from './html';
import { viewOf } from './labels';
import type { Block, Simplified } from './model';
import { Report } from './report';
import { linesOf } from './text';
import { tidied } from './tidy';

/** Offsets of the selection in UTF-16 units. */
export interface Clipboard {
  /** Null where there is none, or none that a word processor wrote. */
  readonly html: string | null;
  readonly plain: string;
  /** The text that it is pasted into, and what is selected in it. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** As if all its changes were accepted: where changes are recorded, what is pasted is itself one. */
  readonly final: boolean;
}

export interface Pasted {
  /** What becomes of the text, in order: what takes the place of the selection, and the footnotes. Lines end in LF. */
  readonly edits: readonly Edit[];
  /** What the markup could not hold as it was. */
  readonly report: readonly Simplified[];
}

/** `rich`: with changes, footnotes, emphasis; `clean`: the plain text tidied. Null where that is no more than the plain text. */
export interface PasteAnswer { readonly rich: Pasted | null; readonly clean: string | null }

/** Longer than any clipboard of a real text. */
const LONGEST = 1 << 25;

export function paste(clipboard: Clipboard): PasteAnswer {
  const { html, plain } = clipboard;
  if (html !== null) return { rich: html.length > LONGEST ? null : rich(html, clipboard), clean: null };
  // One line is no text from a PDF, and a very long one no text for now.
  const { grammar } = Document.parse(frontOf(clipboard.text), grammarOf);
  const clean = plain.length < LONGEST / 16 && plain.trim().includes('\n') ? tidied(plain, grammar).trimEnd() : null;
  return { rich: null, clean: clean === null || same(clean, plain) ? null : clean };
}

const frontOf = (text: string): string => /^---\r?\n[^]*?\n---(?=\r?\n|$)/.exec(text)?.[0] ?? '';
const same = (a: string, b: string): boolean => a.replace(/\r\n?/g, '\n').trim() === b.replace(/\r\n?/g, '\n').trim();

function rich(html: string, { plain, text, start, end, final }: Clipboard): Pasted | null {
  const report = new Report(), story = readHtml(html, report), around = text.slice(0, start) + text.slice(end);
  if (!story.blocks.length) return null;
  const document = Document.parse(around, grammarOf);
  if (start < frontOf(around).length) return null;
  let front: Front = { values: {}, contacts: [] }, { blocks } = story, { author, date } = defaults(document), { grammar } = document;
  // What is pasted where there is nothing is the whole text, and brings its own front matter.
  if (!around.trim()) {
    ({ front, blocks } = coverOf(blocks, { ...front, own: false }, report));
    const language = languageOf(blocks);
    if (language !== 'en') front = { ...front, values: { ...front.values, language } };
    ({ date = null } = front.values);
    grammar = grammarOf(language);
  }
  const { from, inside, apart, entry, inMark, inRow, behind, blockEnd } = placeOf(document, around, start, blocks, isWhole(plain)), onlyFinal = final || inMark;
  const { lines, notesFrom } = linesOf({ ...story, blocks }, {
    grammar, author: author ?? '', date: date ?? '', inside, labels: [...around.matchAll(/\[\^([^\]\s[]+)\]/g)].map(match => match[1]!), ...entry && { entry },
  });
  const joined = (some: readonly string[]) => onlyFinal ? viewText(Document.parse(some.join('\n'), () => grammar), 'final').trimEnd() : some.join('\n');
  let written = joined(lines.slice(0, notesFrom));
  const notes = joined(lines.slice(notesFrom));
  if (!notes && same(written, plain)) return null;
  if (onlyFinal && /(?<!\\)\{(?:\+\+|--|~~|>>)/.test(lines.join())) report.add(`What is pasted ${final ? 'while changes are tracked' : 'inside of a tracked change'} is part of one: changes in it were accepted, comments left out.`, '');
  // A mark, a comment and a cell are on one line.
  const onOneLine = inRow || inMark && !final;
  if (onOneLine) written = written.replace(/\\?\n\s*/g, ' ');
  if (inRow) written = written.replace(/(?<!\\)\|/g, '\\|');
  if (apart && !onOneLine) written = `\n${written}`;
  if (inMark && from < start) written = written.trimStart();
  if (behind && !onOneLine && (isWhole(plain) || blocks.at(-1)!.kind === 'table')) written += '\n';
  // Footnotes stand behind the paragraph that they are pasted into, by an edit of their own where there is room for one: the cursor stays at the words.
  const lineEnd = /\r\n?|\n/g;
  lineEnd.lastIndex = end;
  const below = blockEnd > start ? blockEnd + end - start : lineEnd.exec(text) ? lineEnd.lastIndex : -1, isLast = below < 0;
  // What goes on behind a line end must not begin with a blank: it would be a further line of what is pasted.
  const to = written.endsWith('\n') ? end + /^[ \t\u00a0]*/.exec(text.slice(end))![0].length : end;
  const edits = [{ start: from, end: to, text: frontMatterText(front) + written + (notes && isLast ? `\n${notes}` : '') }];
  return { edits: notes && !isLast ? [...edits, { start: below, end: below, text: blockEnd > start ? `\n${notes}` : `${notes}\n` }] : edits, report: report.entries };
}

/** Whether whole paragraphs were copied, the end of the last one too. */
const isWhole = (plain: string): boolean => /[\r\n]$/.test(plain);

/**
 * How something fits into a text: from where it is put in (what stands alone in front may be a label, in the place of which comes one
 * that is pasted), whether it goes on with the words there or begins on a line of its own behind them, what stands in front of it and behind it on its line, and where its paragraph ends.
 */
function placeOf(document: Document, text: string, offset: number, blocks: readonly Block[], whole: boolean) {
  const before = /[^\r\n]*$/.exec(text.slice(0, offset))![0], behind = /^[^\r\n]*/.exec(text.slice(offset))![0].trim();
  const first = blocks[0]!, labelled = first.kind === 'paragraph' && readMarker(viewOf(first.content, 'deletion').text.trimStart()) !== null;
  const [, opener = '', label = ''] = /^(\s*(?:\{\+\+)?)(\S+[ \t\u00a0]+)$/.exec(before) ?? [], alone = /^(?:\+\+\})?$/.test(behind) && !/^\d{3,}/.test(label) && readMarker(label)?.textStart === label.length;
  const from = !labelled || before.trim() && !alone ? offset : opener.trim() ? offset - label.length : offset - before.length;
  const inside = from === offset && before.trim() !== '' && first.kind === 'paragraph' && (!whole || behind !== '' || alone);
  const apart = from === offset && before.trim() !== '' && !inside, line = from < offset ? offset - before.length : offset, placed = document.blockAt(line);
  if (!placed) return { from, inside, apart, behind, entry: null, inMark: false, inRow: false, blockEnd: offset };
  const { block, start } = placed;
  return {
    from, inside, apart, behind, entry: entryAt(document, placed, line - start),
    inRow: (block.final ?? block.original)?.kind === 'table' && before.trim() !== '' && behind !== '',
    inMark: inline(block).marks.some(mark => start + mark.start < offset && offset < start + mark.end), blockEnd: Math.max(start + contentEnd(block.source), from),
  };
}

/** What stands in front of a line that begins at an offset in a block, or behind it. */
function entryAt({ groups, grammar }: Document, { block, group, index }: Placed, at: number) {
  const entry = groups[group]!.entries[index]!;
  return at === 0 ? entry : readBlock(block.source.slice(0, at), entry, grammar, '').next;
}
