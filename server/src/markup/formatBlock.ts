/** The normal form of one block (markup, section 7): its pieces put in order, its marks written anew. */
import type { Block, Mark, Piece, Problem, Reading, View } from './types';
import { inView } from './block';
import { contentEnd, inline, isPlain, parseInline } from './inline';
import { isBlank, skipBlanks } from './lines';

/** What holds for all blocks of a document. */
export interface Manner {
  /** The document's own line end. */
  readonly lineEnd: string;
  /** Who holds where a mark names nobody, and when: from the front matter, '' where it is silent. */
  readonly author: string;
  readonly date: string;
}

/** A piece with the text that it shall have. */
type Item = Piece & { readonly text: string };

/** Columns of a level of indentation. */
const STEP = '    ';

/** A block's readings, that of the final view first; none where it goes on with the block above in one view and is not in the other. */
export const readings = (block: Block): Reading[] => [block.final, block.original].filter(reading => reading !== null);

/**
 * The block's text in normal form, without the line end behind it. Its words, marks, authors and dates are
 * proven to be the same by reading the result; where they are not, less is changed, and in the end nothing.
 * `relabel` gives a footnote's new label for its old one. Null where that could not be done.
 */
export function normalBlock(block: Block, manner: Manner, relabel: ((label: string) => string) | null): string | null {
  const { source } = block;
  const content = source.slice(0, contentEnd(source));
  const kind = (block.final ?? block.original)?.kind;
  if (kind === 'front-matter' || kind === 'blank' || kind === 'drafter-note') return content;
  if (isWritten(block, content)) return content;
  const parsed = inline(block);
  let items: readonly Item[] = written(block, manner, relabel);
  for (const view of ['final', 'original'] as const) items = withMarker(items, block, view);
  items = withPrefix(items, kind);
  if (items.some(item => item.kind === 'bar')) items = withCells(items);
  let expected: string | null = null;
  const asWritten = items.map(item => item.text).join('');
  for (const text of parsed.problems.length ? [asWritten] : [withMarks(items, manner), asWritten]) {
    if (text === content) return content;
    const again = parseInline(text, kind);
    expected ??= signature(items, parsed.problems, manner);
    if (signature(again.pieces.map(piece => ({ ...piece, text: text.slice(piece.start, piece.end) })), again.problems, manner) === expected) return text;
  }
  return relabel && parsed.pieces.some(piece => isFootnoteLabel(piece, source)) ? null : content;
}

/** Whether a block is in normal form at first sight: plain text with nothing in front of it, or with its marker as it is written. */
function isWritten(block: Block, content: string): boolean {
  if (block.original !== block.final || !isPlain(block.source)) return false;
  const reading = block.final;
  if (reading?.kind === 'clause') return hasMarker(content, reading);
  return reading !== null && !['heading', 'proposal', 'footnote'].includes(reading.kind) && !isBlank(content.charCodeAt(0));
}

/** Whether a clause begins with its indentation, its label as it is written and one tab. */
function hasMarker(content: string, { level, label, textStart, doubtful }: Reading): boolean {
  return !doubtful && content.startsWith(`${STEP.repeat(level - 1)}${label!.text}\t`) && textStart === 4 * (level - 1) + label!.text.length + 1 && !isBlank(content.charCodeAt(textStart));
}

/** A piece that holds a footnote's label: a reference, or `[^1]:` in front of the footnote's own text. */
export const isFootnoteLabel = (piece: Piece, source: string): boolean =>
  piece.kind === 'footnote-reference' || (piece.kind === 'prefix' && source.startsWith('[^', piece.start));

/** The pieces of a block, line ends and indentation in order. */
function written(block: Block, { lineEnd }: Manner, relabel: ((label: string) => string) | null): Item[] {
  const { source } = block, reading = readings(block)[0];
  const level = reading?.kind === 'clause' ? reading.level : 0;
  const inner = lineEnd + STEP.repeat(Math.max(level, 1));
  const text = (piece: Piece): string => {
    const own = source.slice(piece.start, piece.end);
    switch (piece.kind) {
      // A block without a reading goes on with the one above: its indentation is no level.
      case 'indent': return reading ? '' : own;
      case 'soft-break': return ' ';
      case 'line-break': return `\\${inner}`;
      case 'paragraph-break': return lineEnd + inner;
      case 'comment': return own.replace(/(?<!\\)[ \t\u00a0]*(?:(?:\r\n?|\n)[ \t\u00a0]*)+/g, found => found.match(/\r\n?|\n/g)!.length > 1 ? lineEnd + inner : ' ');
      case 'prefix': case 'footnote-reference': return relabel ? own.replace(/\[\^(.+)\]/, (_, label: string) => `[^${relabel(label)}]`) : own;
      default: return own;
    }
  };
  const items = inline(block).pieces.filter(piece => piece.kind !== 'trailing').map(piece => ({ ...piece, text: text(piece) }));
  return level > 1 ? [{ ...items[0]!, ...PLAIN, kind: 'indent', start: 0, end: 0, text: STEP.repeat(level - 1) }, ...items] : items;
}

const PLAIN = { italic: false, bold: false, insertion: null, deletion: null, highlight: null, comment: null } as const;

const sameContext = (a: Item, b: Item): boolean => a.insertion === b.insertion && a.deletion === b.deletion && a.highlight === b.highlight && a.comment === b.comment;

/** The label in the form that is written, and a tab behind it, where no mark stands within; otherwise the tab alone. */
function withMarker(items: readonly Item[], block: Block, view: View): readonly Item[] {
  const reading = block[view], other = block[view === 'final' ? 'original' : 'final'];
  if (reading?.kind !== 'clause' || !reading.label || reading.doubtful) return items;
  if (other === reading && hasMarker(block.source, reading)) return items;
  const { label, textStart } = reading;
  const parts = items.flatMap(item => divide(item, textStart));
  const inRegion = (item: Item): boolean => item.kind !== 'indent' && item.start < textStart && inView(item, view);
  const first = parts.findIndex(inRegion), last = parts.findLastIndex(inRegion);
  if (first < 0) return items;
  const region = parts.slice(first, last + 1), end = region.at(-1)!, start = region[0]!;
  // What the other view shows too is changed only where it means the same there.
  const shared = other !== reading && region.some(item => inView(item, 'original') && inView(item, 'final'));
  if (shared && !(other?.kind === 'clause' && other.textStart === textStart)) return items;
  const blanks = end.text.length - end.text.trimEnd().length;
  if (!['text', 'soft-break'].includes(end.kind) || !blanks) return items;
  const rest = parts.slice(last + 1);
  if (rest[0]?.kind === 'text' && sameContext(rest[0], end)) rest[0] = { ...rest[0], text: rest[0].text.slice(skipBlanks(rest[0].text, 0)) };
  if (region.every(item => ['text', 'emphasis', 'soft-break'].includes(item.kind) && sameContext(item, start))) {
    const stars = (from: number, to: number) => region.filter(item => item.kind === 'emphasis' && item.start >= from && item.end <= to).map(item => item.text).join('');
    const opened = stars(0, label.start), closed = stars(label.end, textStart);
    const plain = region.filter(item => item.kind !== 'emphasis').map(item => item.text).join('');
    if (!plain.includes('*') && (opened === closed || closed === '')) {
      const marker: Item = { ...start, kind: 'text', italic: false, bold: false, text: `${label.text}\t` };
      const emphasis: Item[] = opened === closed ? [] : [{ ...start, kind: 'emphasis', text: opened }];
      return [...parts.slice(0, first), marker, ...emphasis, ...rest];
    }
  }
  return [...parts.slice(0, last), { ...end, kind: 'text', text: `${end.text.trimEnd()}\t` }, ...rest];
}

/** An item in two where a source offset inside divides it. */
function divide(item: Item, at: number): Item[] {
  if (item.kind !== 'text' || at <= item.start || at >= item.end) return [item];
  return [{ ...item, end: at, text: item.text.slice(0, at - item.start) }, { ...item, start: at, text: item.text.slice(at - item.start) }];
}

/** One blank behind the signs of a heading and of a footnote, a tab behind a proposal's symbol. */
function withPrefix(items: readonly Item[], kind: string | undefined): readonly Item[] {
  if (kind === 'proposal' && items.every(item => item.kind === 'text' && !item.insertion && !item.deletion && !item.highlight)) {
    return [{ ...items[0]!, text: items.map(item => item.text).join('').replace(/^(\S+)[ \t\u00a0]+(?=\S)/, '$1\t') }];
  }
  const [prefix, text, ...rest] = items;
  if (prefix?.kind !== 'prefix' || prefix.text === '\\' || text?.kind !== 'text') return items;
  return [prefix, { ...text, text: ` ${text.text.slice(skipBlanks(text.text, 0))}` }, ...rest];
}

/** One blank on each side of a table's bars; the marks around a whole row stay at its edge. */
function withCells(items: readonly Item[]): Item[] {
  const result: Item[] = [];
  const opens = (item: Item) => item.kind === 'mark' && item.text.startsWith('{'), closes = (item: Item) => item.kind === 'mark' && item.text.endsWith('}');
  for (const item of items) {
    const before = result.at(-1);
    if (before?.kind === 'bar' && item.kind === 'text' && sameContext(before, item)) {
      result.push({ ...item, text: ` ${item.text.slice(skipBlanks(item.text, 0))}` });
      continue;
    }
    if (before?.kind === 'bar' && !closes(item)) result.push({ ...before, kind: 'text', text: ' ' });
    else if (before && item.kind === 'bar' && !opens(before)) {
      const padded = before.kind === 'text' && sameContext(before, item);
      if (padded) result[result.length - 1] = { ...before, text: `${trimBlanks(before.text)} ` };
      else result.push({ ...item, kind: 'text', text: ' ' });
    }
    result.push(item);
  }
  return result;
}

function trimBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(0, end);
}

/** A mark's authors, date and move as they hold, for comparing; a tracked paragraph end never equals another mark. */
function voice(mark: Mark, { author, date }: Manner): string {
  if (mark.pilcrow) return `¶${mark.start}`;
  return `${mark.attribute?.authors.length ? mark.attribute.authors.join('; ') : author}\n${mark.attribute?.date ?? date}\n${mark.attribute?.move ?? ''}`;
}

/** The attribute to write behind a mark: what the front matter does not say. */
function attribute({ attribute }: Mark, { author, date }: Manner): string {
  if (!attribute) return '';
  const authors = attribute.authors.join('; ');
  const said = [authors === author ? '' : authors, attribute.date === date ? '' : attribute.date, attribute.move && `#${attribute.move}`].filter(Boolean);
  return said.length ? `{@${said.join(' ')}}` : '';
}

interface Run { readonly kind: 'insertion' | 'deletion' | null; readonly mark: Mark | null; readonly items: Item[] }

/** The text of items, their marks written anew. */
function withMarks(items: readonly Item[], manner: Manner): string {
  let text = '';
  for (const group of runsOf(items.filter(item => item.kind !== 'mark' && item.kind !== 'attribute'), item => item.highlight, same)) {
    const inside = withChanges(group, manner), { highlight } = group[0]!;
    text += highlight ? `{==${inside}==}${attribute(highlight, manner)}` : inside;
  }
  return text;
}

const same = (a: Mark, b: Mark): boolean => a === b;

/** Insertions, deletions and replacements; marks of one voice that touch become one. */
function withChanges(items: readonly Item[], manner: Manner): string {
  const ofOneVoice = (a: Mark, b: Mark) => a === b || voice(a, manner) === voice(b, manner);
  const runs: Run[] = runsOf(items, item => item.insertion ?? item.deletion, (a, b) => ofOneVoice(a, b), item => item.insertion ? 'insertion' : item.deletion ? 'deletion' : null)
    .map(group => ({ kind: group[0]!.insertion ? 'insertion' : group[0]!.deletion ? 'deletion' : null, mark: group[0]!.insertion ?? group[0]!.deletion, items: group }));
  let text = '';
  for (let i = 0; i < runs.length; i++) {
    const { kind, mark, items: group } = runs[i]!, next = runs[i + 1];
    if (!mark) { text += withComments(group, manner); continue; }
    const replaced = kind === 'deletion' && next?.kind === 'insertion' && (next.mark === mark || (!mark.attribute?.move && ofOneVoice(mark, next.mark!)));
    if (replaced) {
      text += `{~~${withComments(group, manner)}~>${withDeletions(next.items, manner)}~~}${attribute(mark, manner)}`;
      i++;
    } else if (kind === 'deletion') text += `{--${withComments(group, manner)}--}${attribute(mark, manner)}`;
    else text += `{++${withDeletions(group, manner)}++}${attribute(mark, manner)}`;
  }
  return text;
}

/** What stands in an insertion: text, and deletions of newly proposed text. */
function withDeletions(items: readonly Item[], manner: Manner): string {
  let text = '';
  for (const group of runsOf(items, item => item.deletion, (a, b) => a === b || voice(a, manner) === voice(b, manner))) {
    const inside = withComments(group, manner), { deletion } = group[0]!;
    text += deletion ? `{--${inside}--}${attribute(deletion, manner)}` : inside;
  }
  return text;
}

function withComments(items: readonly Item[], manner: Manner): string {
  let text = '';
  for (const group of runsOf(items, item => item.comment, same)) {
    const inside = group.map(item => item.text).join(''), { comment } = group[0]!;
    text += comment ? `{>>${inside}<<}${attribute(comment, manner)}` : inside;
  }
  return text;
}

/**
 * Items that stand in marks which are as good as one, together. Where two marks become one, stars that close
 * emphasis before the same stars open it fall away: `{++*a*++}{++*b*++}` is `{++*ab*++}`.
 */
function runsOf(items: readonly Item[], markOf: (item: Item) => Mark | null, asOne: (a: Mark, b: Mark) => boolean, kindOf: (item: Item) => string | null = () => null): Item[][] {
  const runs: Item[][] = [];
  for (const [i, item] of items.entries()) {
    const run = runs.at(-1), before = run?.at(-1), mark = markOf(item), above = before ? markOf(before) : null;
    if (!run || !before || kindOf(item) !== kindOf(before) || (mark === null) !== (above === null) || (mark && above && !asOne(mark, above))
      || (markOf(items[i - 1]!) !== mark && !starsPair(items, i))) { runs.push([item]); continue; }
    if (mark !== above && item.kind === 'emphasis' && before.kind === 'emphasis' && item.text === before.text) { run.pop(); continue; }
    run.push(item);
  }
  return runs.filter(run => run.length);
}

/** Whether stars at the edges of the items before and at `i` go on being emphasis where no mark stands between the two. */
function starsPair(items: readonly Item[], i: number): boolean {
  const before = items[i - 1]!, item = items[i]!;
  if (before.kind === 'emphasis' && item.kind === 'emphasis') return before.text === item.text;
  if (before.kind === 'emphasis') return !areJustStars(items[i - 2]?.text.slice(-1) ?? '', item.text.slice(0, 1));
  return item.kind !== 'emphasis' || !areJustStars(items[i + 1]?.text.slice(0, 1) ?? '', before.text.slice(-1));
}

/** Whether stars at the edge of emphasis are no emphasis there: with a sign inside and a letter outside of them. */
export const areJustStars = (inside: string, outside: string): boolean => /[\p{P}\p{S}]/u.test(inside) && /[^\s\p{P}\p{S}]/u.test(outside);

/** All that formatting must not change in a block, as one text: words with emphasis, marks with their voice, problems. */
function signature(items: readonly Item[], problems: readonly Problem[], manner: Manner): string {
  const ordinals = new Map<Mark, number>();
  const ordinal = (mark: Mark | null): string => {
    if (!mark) return '';
    if (!ordinals.has(mark)) ordinals.set(mark, ordinals.size);
    return `${ordinals.get(mark)} ${voice(mark, manner)}`;
  };
  const named = (mark: Mark | null): string => mark ? mark.pilcrow ? '¶' : voice(mark, manner) : '';
  let result = problems.map(problem => problem.code).join(), last = '';
  for (const item of items) {
    if (item.text === '' || item.kind === 'indent' || item.kind === 'emphasis' || item.kind === 'mark' || item.kind === 'attribute' || item.kind === 'trailing') continue;
    const kind = item.kind === 'soft-break' ? 'text' : item.kind;
    const state = [kind, item.italic, item.bold, named(item.insertion), named(item.deletion), ordinal(item.highlight), ordinal(item.comment)].join('\u0001');
    result += state === last ? item.text : `\u0002${state}\u0003${item.text}`;
    last = state;
  }
  return result;
}
