/**
 * Cross-references in prose to clauses (markup, section 4): `*recognizing* c) above`, `resolves 1, 3 and 4`,
 * `items a) to c) of *recalling*`, `instructs the Secretary-General 2 a)`. A phrase of a section with labels
 * behind it, or labels with `of` and the phrase behind them.
 *
 * Where prose could be read otherwise, what is found counts only where it points to a clause that is there:
 * `recognizing 3 of the proposals` is no reference in a text whose *recognizing* has letters.
 */
import type { Document, Group, Placed } from '../markup/document';
import type { Block, BlockKind, Grammar, LabelKind, View } from '../markup/types';
import { memo } from '../markup/memo';
import { romanValue, SUFFIXES } from '../markup/labels';
import { phrasesOf, referenceWordsOf } from '../knowledge/phrases';
import { prose, sourceAt, type Prose } from './prose';
import { placedAt, type Run } from './runs';
import { texts, textOf, type Text } from './scopes';
import { sections, stretchAt } from './sections';

export interface ReferenceLabel {
  /** As a clause is labelled: `c)`, `2`, `1.1`, `b)bis`. */
  readonly text: string;
  /** Labels from the top of the list: `2`, `a)` for the `a)` of `resolves 2 a)`. */
  readonly path: readonly string[];
  /** Where the label is written, in the block's source. */
  readonly start: number;
  readonly end: number;
  /** It closes a range that the label before it opens. */
  readonly through: boolean;
}

/** A cross-reference in one view of a block. Offsets count in the block's source. */
export interface Reference {
  readonly start: number;
  readonly end: number;
  /** The section it names, as written. */
  readonly phrase: string;
  readonly phraseStart: number;
  readonly phraseEnd: number;
  /** None in `pursuant to *recognizing* above`. */
  readonly labels: readonly ReferenceLabel[];
  /** A reference whatever it points to; otherwise one only where it points to clauses. */
  readonly certain: boolean;
  /** It points to another text (`of Resolution 97`), which is named here. */
  readonly foreign: { readonly start: number; readonly end: number } | null;
  /** The text that is named, where it is: `resolution 97`, and what adopted it. It may be the text that speaks. */
  readonly named: { readonly text: string; readonly body: string } | null;
}

/** A reference at its place. */
export interface PlacedReference {
  readonly placed: Placed;
  readonly view: View;
  readonly reference: Reference;
}

type Found = Readonly<Record<View, readonly Reference[]>>;
const NONE: Found = { original: [], final: [] };
const PROSE: ReadonlySet<BlockKind> = new Set(['clause', 'paragraph', 'footnote', 'note', 'table', 'reasons']);

const BLANK = '[ \\u00a0]';
const SUFFIX = SUFFIXES.filter(Boolean).sort((a, b) => b.length - a.length).join('|');
const LETTER = new RegExp(`\\(?([a-z]{1,2}|[ivx]{3,5})(?:${BLANK}?(${SUFFIX}))?\\)(?:${BLANK}?(${SUFFIX})(?!\\p{L}))?`, 'uy');
const NUMBER = new RegExp(`(\\d{1,2}(?:${SUFFIX})?(?:\\.\\d{1,2}(?:${SUFFIX})?)*)(?:${BLANK}(${SUFFIX})(?!\\p{L}))?(?:\\)|(?=[a-z]{1,2}\\))|(?![\\p{L}\\p{N}%°/-]|[.,]\\d))`, 'uy');
const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/ /g, BLANK);
const any = (words: readonly string[]): string => words.length ? [...words].sort((a, b) => b.length - a.length).map(escape).join('|') : '(?!)';
/** A word at the start of a sentence or in capitals is the same word. */
const cased = (words: readonly string[]): string[] => [...new Set(words.flatMap(word => [word, word[0]!.toUpperCase() + word.slice(1), word.toUpperCase()]))];

/** What a language's references are read with, and what was read: kept with each block and group. */
const reader = memo((grammar: Grammar) => {
  const words = referenceWordsOf(grammar.language);
  const gap = grammar.language === 'zh' ? `${BLANK}*` : `${BLANK}+`;
  const items = `(?:(?:${any(cased(words.items))}|§+)${grammar.language === 'zh' ? `${BLANK}*` : `${BLANK}*`})`;
  const openings = new RegExp(any(cased(grammar.sections)), 'g');
  const phrases = new RegExp(any(cased([...grammar.sections, ...phrasesOf(grammar.language).map(({ phrase }) => phrase)])), 'y');
  const joined = new RegExp(`(?:${BLANK}*,${BLANK}*(?:(?:${any(words.and)})${gap})?|${gap}(?:${any(words.and)})${gap}|(${BLANK}*[–-]${BLANK}*|${gap}(?:${any(words.to)})${gap}))${items}?`, 'y');
  const before = new RegExp(`^${BLANK}*,?${BLANK}*${items}?`);
  const where = new RegExp(`^${BLANK}*,?${BLANK}*(?:${any([...words.above, ...words.below])})(?!\\p{L})`, 'u');
  const of = `(?:${any(words.of)})${gap}`;
  const own = new RegExp(`^${BLANK}*,?${BLANK}*${of}(?:${any(words.own)})${gap}(?:${any(words.texts)})`, 'iu');
  const named = `(${any(words.texts)})${BLANK}*((?:ITU-[RTD]${BLANK}+)?[\\p{L}\\d][\\p{L}\\d./-]{0,11})?`;
  const body = `(?:${BLANK}*\\([^()]{0,60}\\))?(?:${BLANK}+(?:${any(words.of)})${BLANK}+((?:the${BLANK}+)?\\p{Lu}[\\p{L}-]*(?:${BLANK}+\\p{Lu}[\\p{L}-]*)*))?`;
  const foreignBehind = new RegExp(`^(${BLANK}*,?${BLANK}*${of}(?:[\\p{L}-]+${BLANK}+){0,3}?)${named}${body}`, 'iu');
  const foreignAhead = new RegExp(`${named}${body},?${BLANK}*(?:(?:in|under|its|particularly|notably|especially)[ ,\\u00a0]+)*$`, 'u');
  const labelsAhead = new RegExp(`(?:^|[^\\p{L}\\p{N}.])(${items})?((?:\\(?[a-z]{1,5}\\)|\\d{1,2})[^;:"“”]{0,60}?)${BLANK}+${of}(?:the${BLANK}+)?$`, 'u');

  /** Labels from `at` on: where they stand in the text, and where they end; null where there are none. */
  function labels(text: string, at: number): { labels: Item[]; end: number } | null {
    const result: Item[] = [];
    let item = label(text, at), through = false, end = at;
    for (let path: Step[] = []; item;) {
      let same = path.length - 1;
      while (same >= 0 && !alike(path[same]!.kind, item.kind)) same--;
      path = [...(same >= 0 ? path.slice(0, same) : path), item];
      // `2 a)` and `c) iv)`: a label of another kind directly behind is one below.
      for (let below = label(text, skip(text, item.end)); below && isBelow(below, item); below = label(text, skip(text, item.end))) path.push(item = below);
      result.push({ ...item, path: path.map(step => step.text), through });
      end = item.end;
      joined.lastIndex = end;
      const join = joined.exec(text);
      item = join && label(text, joined.lastIndex);
      through = join?.[1] !== undefined;
    }
    return result.length ? { labels: result, end } : null;
  }

  function read(block: Block, view: View): Reference[] {
    const reading = block[view];
    if (!reading || !PROSE.has(reading.kind)) return [];
    const words = prose(block, view, reading.textStart), { text } = words;
    const found: Reference[] = [];
    let behind = 0;
    openings.lastIndex = 0;
    for (let match = openings.exec(text); match; match = openings.exec(text)) {
      const start = match.index;
      openings.lastIndex = start + 1;
      if (!atWord(text, start, start + match[0].length, grammar) || isQuoted(text, start)) continue;
      const reference = readAt(words, start, behind);
      if (!reference) { openings.lastIndex = start + match[0].length; continue; }
      found.push(reference.reference);
      behind = openings.lastIndex = reference.end;
    }
    return found;
  }

  /** The reference whose phrase starts at `start`; nothing before `floor` belongs to it. */
  function readAt(words: Prose, start: number, floor: number): { reference: Reference; end: number } | null {
    const { text } = words;
    const run = words.emphasis.find(([from, to]) => from <= start && start < to);
    phrases.lastIndex = start;
    let phraseEnd = start + phrases.exec(text)![0].length;
    let list = labels(text, phraseEnd + before.exec(text.slice(phraseEnd, phraseEnd + 40))![0].length);
    if (list && list.labels[0]!.start === phraseEnd) list = null; // a label stands apart from the phrase
    if (!list && run && run[1] > phraseEnd) {
      // `*instructs the Director of …* 3` and `*instructs the Director of … 3*`
      const end = trimmed(text, run[1]);
      list = labels(text, end + before.exec(text.slice(end, end + 40))![0].length);
      if (list) phraseEnd = end;
    }
    if (!list) {
      const ahead = labelsAhead.exec(text.slice(Math.max(floor, start - 90), start));
      if (ahead) {
        const at = start - ahead[0].length + ahead[0].lastIndexOf(ahead[2]!), front = labels(text, at);
        if (front && front.end === at + ahead[2]!.length && (run || ahead[1] || front.labels[0]!.kind !== 'number')) {
          if (run) phraseEnd = Math.max(phraseEnd, trimmed(text, run[1]));
          return finish(words, { phrase: [start, phraseEnd], labels: front.labels, from: ahead[1] ? at - ahead[1].length : at, to: phraseEnd, certain: run !== undefined || front.labels[0]!.kind !== 'number', single: false });
        }
      }
    }
    if (!list) {
      // A heading that no table knows: the words up to the first label. Counts only where the text has such a section.
      const tail = /^[^.;:()"“”«»\n]{1,200}?[ \u00a0](?=\d{1,2}(?![\p{L}\p{N}])|[a-z]{1,2}\))/u.exec(text.slice(phraseEnd, phraseEnd + 210));
      const end = tail ? phraseEnd + tail[0].length : -1;
      list = tail && labels(text, end);
      if (list) return finish(words, { phrase: [start, trimmed(text, end)], labels: list.labels, from: start, to: list.end, certain: false, single: false });
      // `pursuant to *recognizing* above`: the section as a whole.
      if (!where.test(text.slice(phraseEnd, phraseEnd + 30)) || isOpening(text, start)) return null;
      return finish(words, { phrase: [start, phraseEnd], labels: [], from: start, to: phraseEnd, certain: false, single: false });
    }
    const certain = list.labels[0]!.kind !== 'number' || words.emphasis.some(([from, to]) => from < list!.end && start < to);
    return finish(words, { phrase: [start, phraseEnd], labels: list.labels, from: start, to: list.end, certain, single: list.labels.length === 1 });
  }

  function finish(words: Prose, found: { phrase: [number, number]; labels: readonly Item[]; from: number; to: number; certain: boolean; single: boolean }): { reference: Reference; end: number } | null {
    const { text } = words, tail = text.slice(found.to, found.to + 160);
    const pointing = where.test(tail), ours = own.test(tail);
    const foreign = ours ? null : behindIt(tail) ?? (pointing ? null : aheadOfIt(text, found.from));
    const [first] = found.labels;
    // `…, considering a) that` is a heading and a clause that lost their line ends, not a reference.
    if (found.single && isFirst(first!) && !pointing && !ours && !foreign && isOpening(text, found.from) && /^[ \u00a0]+\p{L}/u.test(tail)) return null;
    const at = (index: number, end = false) => sourceAt(words, index, end);
    const range = foreign && { start: at(found.to * foreign.behind + foreign.start), end: at(found.to * foreign.behind + foreign.end, true) };
    return { end: found.to, reference: {
      start: at(found.from), end: at(found.to, true),
      phrase: text.slice(...found.phrase), phraseStart: at(found.phrase[0]), phraseEnd: at(found.phrase[1], true),
      labels: found.labels.map(({ text: label, path, start, end, through }) => ({ text: label, path, start: at(start), end: at(end, true), through })),
      certain: found.certain || pointing || ours, foreign: range, named: foreign && foreign.named,
    } };
  }

  function behindIt(tail: string) {
    const match = foreignBehind.exec(tail);
    return match && { behind: 1, start: match[1]!.length, end: match[1]!.length + match[2]!.length + (match[3] ? tail.slice(match[1]!.length + match[2]!.length).indexOf(match[3]) + match[3].length : 0), named: { text: key(`${match[2]} ${match[3] ?? ''}`), body: key(match[4] ?? '') } };
  }

  function aheadOfIt(text: string, end: number) {
    const from = Math.max(0, end - 200), match = foreignAhead.exec(text.slice(from, end));
    return match && match[2] ? { behind: 0, start: from + match.index, end: from + match.index + match[0].indexOf(match[2], match[1]!.length) + match[2].length, named: { text: key(`${match[1]} ${match[2]}`), body: key(match[3] ?? '') } } : null;
  }

  const ofBlock = memo((block: Block): Found => {
    const { original, final, source } = block;
    if (!PROSE.has((final ?? original)?.kind ?? 'blank') && !PROSE.has((original ?? final)?.kind ?? 'blank')) return NONE;
    const marked = source.includes('{');
    openings.lastIndex = 0;
    if (!marked && !openings.test(source)) return NONE;
    const inFinal = read(block, 'final');
    const inOriginal = marked || original !== final ? read(block, 'original') : inFinal;
    return inFinal.length || inOriginal.length ? { original: inOriginal, final: inFinal } : NONE;
  });
  const ofGroup = memo((group: Group) => group.blocks.flatMap((block, index) => {
    const found = ofBlock(block);
    return found === NONE ? [] : [{ index, found }];
  }));
  return { ofBlock, ofGroup };
});

interface Step { readonly kind: LabelKind | 'either'; readonly text: string; readonly start: number; readonly end: number }
interface Item extends Step { readonly path: readonly string[]; readonly through: boolean }

function label(text: string, at: number): Step | null {
  LETTER.lastIndex = at;
  const letter = LETTER.exec(text);
  if (letter) {
    const [, letters, inside, behind] = letter as unknown as [string, string, string?, string?];
    const roman = romanValue(letters) > 0;
    if (letters.length > 2 && !roman) return null;
    return { kind: !roman ? 'letter' : letters.length === 1 ? 'either' : 'roman', text: `${letters})${inside ?? behind ?? ''}`, start: text[at] === '(' ? at + 1 : at, end: LETTER.lastIndex };
  }
  NUMBER.lastIndex = at;
  const number = NUMBER.exec(text);
  return number && { kind: 'number', text: number[1]! + (number[2] ?? ''), start: at, end: at + number[0].length };
}

/** i), v), x) go with letters and with romans. */
const alike = (a: Step['kind'], b: Step['kind']): boolean => a === b || (a === 'either' && b !== 'number') || (b === 'either' && a !== 'number');
const isBelow = (below: Step, above: Step): boolean => above.kind === 'number' ? below.kind !== 'number' : above.kind === 'letter' && below.kind !== 'number' && below.kind !== 'letter';
const isFirst = ({ text }: Step): boolean => text === 'a)' || text === 'i)' || text === '1';
const skip = (text: string, at: number): number => text[at] === ' ' || text[at] === '\u00a0' ? at + 1 : at;
const trimmed = (text: string, end: number): number => end - (text.slice(0, end).length - text.slice(0, end).trimEnd().length);

/** Whether the words in front end a clause, or there are none: what follows may be a heading that lost its line. */
const isOpening = (text: string, at: number): boolean => /(?:^|[,;.:])[ \u00a0]*$/.test(text.slice(Math.max(0, at - 3), at));

function atWord(text: string, start: number, end: number, { language }: Grammar): boolean {
  if (language === 'zh') return true;
  return !/[\p{L}\p{N}-]/u.test(text[start - 1] ?? '') && !/[\p{L}\p{N}-]/u.test(text[end] ?? '');
}

/** Inside quotation marks stands another text. */
function isQuoted(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at);
  if (!/["“«]/.test(line)) return false;
  const curly = line.lastIndexOf('“') > line.lastIndexOf('”'), angular = line.lastIndexOf('«') > line.lastIndexOf('»');
  return curly || angular || line.split('"').length % 2 === 0;
}

/** A phrase as it is compared: `-ize` and `-ise`, capitals and blanks make no difference. */
const key = (phrase: string): string => phrase.toLowerCase().replace(/[\s\u00a0]+/g, ' ').replace(/is(?=e|es|ing\b)/g, 'iz').trim();

/** What a text offers to references: its sections, and in each its clauses by their labels. Numbers of groups count in the text. */
interface Offered { readonly key: string; readonly group: number; readonly clauses: readonly { readonly path: string; readonly depth: number; readonly group: number; readonly index: number }[] }

const stretchOffers = memo((run: Run): Readonly<Record<View, readonly Offered[]>> => {
  const both = sections(run);
  const offers = (view: View): Offered[] => both[view].heads.filter(head => head.kind === 'section').map(head => ({
    key: key(head.phrase), group: head.group,
    clauses: both[view].clauses.filter(clause => clause.head === head && !clause.doubtful).map(({ path, group, index }) => ({ path: path.join(' '), depth: path.length, group, index })),
  }));
  const final = offers('final');
  return { final, original: both.original === both.final ? final : offers('original') };
});

const offers = memo((run: Run): Readonly<Record<View, readonly Offered[]>> => {
  const result: Record<View, Offered[]> = { original: [], final: [] };
  for (let g = 0; g < run.length;) {
    const stretch = stretchAt(run, g);
    for (const view of ['original', 'final'] as const)
      for (const section of stretchOffers(stretch.run)[view]) result[view].push(g === 0 ? section : { ...section, group: section.group + g, clauses: section.clauses.map(clause => ({ ...clause, group: clause.group + g })) });
    g += stretch.run.length;
  }
  return result;
});
