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
import { inline } from '../markup/inline';
import { memo } from '../markup/memo';
import { romanValue, SUFFIXES } from '../markup/labels';
import { plainText } from '../markup/text';
import { phrasesOf, referenceWordsOf } from '../knowledge/phrases';
import { prose, sourceAt, type Prose } from './prose';
import { placedAt, type Run } from './runs';
import { headKind, texts, textOf, type Text } from './scopes';
import { sections, stretchAt } from './sections';

export interface ReferenceLabel {
  /** As a clause is labelled: `c)`, `2`, `1.1`, `b)bis`. */
  readonly text: string;
  /** Labels from the top of the list: `2`, `a)` for the `a)` of `resolves 2 a)`. */
  readonly path: readonly string[];
  /** The labels of the path as they are written; several references may share the first ones: `2 a) and b)`. */
  readonly steps: readonly { readonly text: string; readonly start: number; readonly end: number }[];
  /** Where the label is written, in the block's source, from its first character to its last; marks may stand between. */
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
  /** Says where to look: `above`, `below`, `of this resolution`. */
  readonly pointing: boolean;
  /** It points to another text (`of Resolution 97`), which is named here. */
  readonly foreign: { readonly start: number; readonly end: number } | null;
  /** The text that is named, where it is: `resolution 97`, and what adopted it. It may be the text that speaks. */
  readonly named: { readonly text: string; readonly body: string } | null;
}

/** A reference at its place. */
export interface PlacedReference {
  readonly placed: Placed;
  /** The views it is read in. */
  readonly views: readonly View[];
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

/** What a language's references are read with, and what was read: kept with each block and group. */
const reader = memo((grammar: Grammar) => {
  const words = referenceWordsOf(grammar.language);
  const gap = grammar.language === 'zh' ? `${BLANK}*` : `${BLANK}+`;
  const items = `(?:(?:${any(words.items)}|§+)${BLANK}*)`;
  // Most words are passed over at their first letter, which is what makes a long text quick to read.
  const edge = grammar.sections.every(phrase => /^[a-z]/.test(phrase)) ? '\\b' : '';
  const openings = new RegExp(`${edge}(?:${any(grammar.sections)})`, 'gi');
  const anywhere = new RegExp(openings);
  /** Without any of these in its text, a block refers to nothing. */
  const pointers = new RegExp(`[a-z]\\)|\\b\\d{1,2}\\b|${any([...words.above, ...words.below])}`, 'i');
  const phrases = new RegExp(any([...grammar.sections, ...phrasesOf(grammar.language).map(({ phrase }) => phrase)]), 'iy');
  const joined = new RegExp(`(?:${BLANK}*,${BLANK}*(?:(?:${any(words.and)})${gap})?|${gap}(?:${any(words.and)})${gap}|(${BLANK}*[–-]${BLANK}*|${gap}(?:${any(words.to)})${gap}))${items}?`, 'y');
  const before = new RegExp(`^${BLANK}*,?${BLANK}*${items}?`, 'i');
  const where = new RegExp(`^${BLANK}*,?${BLANK}*(?:${any([...words.above, ...words.below])})(?!\\p{L})`, 'u');
  const of = `(?:${any(words.of)})${gap}`;
  const own = new RegExp(`^${BLANK}*,?${BLANK}*${of}(?:${any(words.own)})${gap}(?:${any(words.texts)})`, 'iu');
  const textWords = any([...words.texts, ...words.texts.map(word => word.toLowerCase())]);
  const named = `(${textWords})${BLANK}*((?:ITU-[RTD]${BLANK}+)?[\\p{L}\\d][\\p{L}\\d./-]{0,11})?`;
  // What adopted it is named in capitals; `of this conference` says nothing new.
  const adopter = `(?:${any(words.own)})${BLANK}+\\p{L}+|((?:the${BLANK}+)?\\p{Lu}[\\p{L}-]*(?:${BLANK}+\\p{Lu}[\\p{L}-]*)*)`;
  const body = `(?:${BLANK}*\\([^()]{0,60}\\))?(?:${BLANK}+(?:${any(words.of)})${BLANK}+(?:${adopter}))?`;
  const foreignBehind = new RegExp(`^${BLANK}*,?${BLANK}*${of}(?:[\\p{L}-]+${BLANK}+){0,3}?${named}${body}`, 'du');
  const foreignAhead = new RegExp(`${named}${body},?${BLANK}*(?:(?:in|under|its|particularly|notably|especially)[ ,\\u00a0]+)*$`, 'du');
  const introduced = new RegExp(`(?:^|[^\\p{L}])(?:${any(words.introduce)})${BLANK}*$`, 'iu');
  const ofAhead = new RegExp(`${BLANK}${of}(?:the${BLANK}+)?$`);
  const labelsAhead = new RegExp(`(?:^|[^\\p{L}\\p{N}.])(${items})?((?:\\(?[a-z]{1,5}\\)|\\d{1,2})[^;:"“”]{0,60}?)${BLANK}+${of}(?:the${BLANK}+)?$`, 'diu');

  /** Labels from `at` on: where they stand in the text, and where they end; null where there are none. */
  function labels(text: string, at: number): { labels: Item[]; end: number } | null {
    const result: Item[] = [];
    let item = label(text, at), through = false, end = at;
    for (let path: Step[] = []; item;) {
      let same = path.length - 1;
      while (same >= 0 && !alike(path[same]!.kind, item.kind)) same--;
      path = [...(same >= 0 ? path.slice(0, same) : path), item];
      // `2 a)` and `c) iv)`: a label of another kind directly behind is one below.
      for (let below = label(text, skip(text, item.end)); below && isBelow(below, item); below = label(text, skip(text, item.end))) path.push(item = item.kind === 'letter' ? { ...below, kind: 'roman' } : below);
      result.push({ ...item, path, through });
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
    let behind = 0, quoted: ReturnType<typeof quotations> | null = null;
    openings.lastIndex = 0;
    for (let match = openings.exec(text); match; match = openings.exec(text)) {
      const start = match.index;
      openings.lastIndex = start + 1;
      if (!atWord(text, start, start + match[0].length, grammar)) continue;
      const reference = readAt(words, start, behind);
      if (!reference || (quoted ??= quotations(text)).some(([from, to]) => from < start && start < to)) { openings.lastIndex = start + match[0].length; continue; }
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
    if (list && list.labels[0]!.start === phraseEnd && grammar.language !== 'zh') list = null; // a label stands apart from the phrase
    if (!list && run && run[1] > phraseEnd) {
      // `*instructs the Director of …* 3` and `*instructs the Director of … 3*`
      const end = trimmed(text, run[1]);
      list = labels(text, end + before.exec(text.slice(end, end + 40))![0].length);
      if (list) phraseEnd = end;
    }
    if (!list) {
      const from = Math.max(floor, start - 90), ahead = ofAhead.test(text.slice(Math.max(from, start - 20), start)) ? labelsAhead.exec(text.slice(from, start)) : null;
      const front = ahead && labels(text, from + ahead.indices![2]![0]);
      if (ahead && front?.end === from + ahead.indices![2]![1]) {
        const certain = run !== undefined || front.labels[0]!.kind !== 'number';
        if (run) phraseEnd = Math.max(phraseEnd, trimmed(text, run[1]));
        if (certain || ahead[1]) return finish(words, { phrase: [start, phraseEnd], labels: front.labels, from: from + (ahead.indices![1] ?? ahead.indices![2]!)[0], to: phraseEnd, certain, single: false });
      }
    }
    if (!list) {
      // A heading that no table knows: the words up to the first label. Counts only where the text has such a section.
      const tail = /^[^.;:()"“”«»\n]{1,200}?[ \u00a0](?=\d{1,2}(?![\p{L}\p{N}])|[a-z]{1,2}\))/u.exec(text.slice(phraseEnd, phraseEnd + 210))?.[0];
      const end = tail && !opensIn(tail) ? phraseEnd + tail.length : -1;
      list = end < 0 ? null : labels(text, end);
      if (list) return finish(words, { phrase: [start, trimmed(text, end)], labels: list.labels, from: start, to: list.end, certain: false, single: false, guessed: true });
      // `pursuant to *recognizing* above`: the section as a whole.
      if (!where.test(text.slice(phraseEnd, phraseEnd + 30)) || start === 0 || isOpening(text, start)) return null;
      return finish(words, { phrase: [start, phraseEnd], labels: [], from: start, to: phraseEnd, certain: false, single: false });
    }
    const emphasized = words.emphasis.some(([from, to]) => from < list!.end && start < to);
    const certain = emphasized || list.labels[0]!.kind !== 'number';
    return finish(words, { phrase: [start, phraseEnd], labels: list.labels, from: start, to: list.end, certain, single: list.labels.length === 1 });
  }

  /** Whether another phrase opens in a text. */
  const opensIn = (text: string): boolean => [...text.matchAll(anywhere)].some(match => atWord(text, match.index, match.index + match[0].length, grammar));

  function finish(words: Prose, found: { phrase: [number, number]; labels: readonly Item[]; from: number; to: number; certain: boolean; single: boolean; guessed?: boolean }): { reference: Reference; end: number } | null {
    const { text } = words, tail = text.slice(found.to, found.to + 160);
    const pointing = where.test(tail), ours = own.test(tail);
    const aheadFrom = Math.max(0, found.from - 200);
    const foreign = ours ? null : otherText(foreignBehind.exec(tail), found.to) ?? (pointing ? null : otherText(foreignAhead.exec(text.slice(aheadFrom, found.from)), aheadFrom));
    const [first] = found.labels;
    // `…, considering a) that` is a heading and a clause that lost their line ends, not a reference.
    if (found.single && isFirst(first!) && !pointing && !ours && !foreign && isOpening(text, found.from) && /^[ \u00a0]+\p{L}/u.test(tail)) return null;
    // `which resolves 2 problems`: a number behind a verb.
    if (!found.certain && !found.guessed && first && !pointing && !ours && !foreign && /^[ \u00a0]+[\p{L}\p{N}]/u.test(tail) && !introduced.test(text.slice(Math.max(0, found.from - 20), found.from))) return null;
    const at = (index: number, end = false) => sourceAt(words, index, end);
    return { end: found.to, reference: {
      start: at(found.from), end: at(found.to, true),
      phrase: text.slice(...found.phrase), phraseStart: at(found.phrase[0]), phraseEnd: at(found.phrase[1], true),
      labels: found.labels.map(({ text: label, path, start, end, through }) => ({
        text: label, path: path.map(step => step.text), steps: path.map(step => ({ text: step.text, start: at(step.start), end: at(step.end, true) })), start: at(start), end: at(end, true), through,
      })),
      certain: !found.guessed && (found.certain || pointing || ours || foreign !== null), pointing: pointing || ours,
      foreign: foreign && { start: at(foreign.start), end: at(foreign.end, true) }, named: foreign && foreign.named,
    } };
  }

  /** The text that is named in a match (its kind, its number, what adopted it), which was looked for from `offset` on. */
  function otherText(match: RegExpExecArray | null, offset: number) {
    if (!match) return null;
    const [kind, number] = [match.indices![1]!, match.indices![2]];
    return { start: offset + kind[0], end: offset + (number ?? kind)[1], named: { text: key(`${match[1]} ${match[2] ?? ''}`), body: key(match[3] ?? '') } };
  }

  /** Whether a block may refer to anything: it holds words of a section heading, and something that looks like a label. */
  function mayRefer({ original, final, source }: Block): boolean {
    if (!PROSE.has((final ?? original)?.kind ?? 'blank') && !PROSE.has((original ?? final)?.kind ?? 'blank')) return false;
    openings.lastIndex = 0;
    return source.includes('{') || (openings.test(source) && pointers.test(source.slice(final?.textStart ?? 0)));
  }
  const ofBlock = memo((block: Block): Found => {
    const final = read(block, 'final');
    const original = block.source.includes('{') || block.original !== block.final ? read(block, 'original') : final;
    return original.length || final.length ? { original, final } : NONE;
  });
  const ofGroup = memo((group: Group) => group.blocks.flatMap((block, index) => {
    const found = mayRefer(block) ? ofBlock(block) : NONE;
    return found === NONE ? [] : [{ index, found }];
  }));
  const ofRun = memo((run: Run): readonly Dangling[] => run.flatMap((group, g) => ofGroup(group).flatMap(({ index, found }) => found.final.flatMap((reference): Dangling[] => {
    if (!reference.certain || pointsOut(reference, instrumentIn(run))) return [];
    const hit = lookUp(run, 'final', reference, g, grammar.language);
    if (!hit) return reference.pointing ? [{ group: g, index, reference, label: null, last: null }] : [];
    return reference.labels.filter((_, i) => !hit.clauses[i]!.length).map(label => ({ group: g, index, reference, label, last: hit.last }));
  }))));
  const deletedOf = memo((run: Run): readonly ToDeleted[] => !run.some(hasDeleted) ? [] : run.flatMap((group, g) => ofGroup(group).flatMap(({ index, found }) => found.final.flatMap((reference): ToDeleted[] => {
    const same = ({ start, end, text }: ReferenceLabel) => (other: ReferenceLabel) => other.start === start && other.end === end && other.text === text;
    const before = found.original === found.final ? reference : found.original.find(other => other.labels.some(label => reference.labels.some(same(label))));
    const hit = before && !pointsOut(before, instrumentIn(run)) ? lookUp(run, 'original', before, g, grammar.language) : null;
    return reference.labels.flatMap(label => {
      const clause = hit?.clauses[before!.labels.findIndex(same(label))]?.at(-1), block = clause && run[clause.group]!.blocks[clause.index]!;
      return block && isDeleted(block) ? [{ group: g, index, reference, label, clause }] : [];
    });
  }))));
  return { ofGroup, dangling: ofRun, toDeleted: deletedOf };
});

/** Whether a clause of the text in force is deleted, and not moved to another place. */
const isDeleted = (block: Block): boolean => !!block.original?.label && !block.final && !inline(block).marks.some(({ attribute }) => attribute?.move);
const hasDeleted = memo((group: Group): boolean => group.blocks.some(block => block.original !== block.final && isDeleted(block)));

const instrumentIn = (run: Run): Group | null => run.find(group => headKind(group) === 'instrument') ?? null;

interface Step { readonly kind: LabelKind | 'either'; readonly text: string; readonly start: number; readonly end: number }
interface Item extends Step { readonly path: readonly Step[]; readonly through: boolean }

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

/** The end of what stands before `end` without the blanks behind it. */
function trimmed(text: string, end: number): number {
  while (end > 0 && /\s/.test(text[end - 1]!)) end--;
  return end;
}

/** Whether the words in front end a clause: what follows may be a heading that lost its line. */
const isOpening = (text: string, at: number): boolean => /[,;.:][ \u00a0]*$/.test(text.slice(Math.max(0, at - 3), at));

function atWord(text: string, start: number, end: number, { language }: Grammar): boolean {
  if (language === 'zh') return true;
  return !/[\p{L}\p{N}-]/u.test(text[start - 1] ?? '') && !/[\p{L}\p{N}-]/u.test(text[end] ?? '');
}

/** What stands in quotation marks, paragraph by paragraph, [start, end): another text. */
function quotations(text: string): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const match of text.matchAll(/“[^”\n]*|«[^»\n]*|"[^"\n]*"?/g)) found.push([match.index, match.index + match[0].length]);
  return found;
}

/** A phrase as it is compared: `-ize` and `-ise`, capitals and blanks make no difference. */
const key = (phrase: string): string => phrase.toLowerCase().replace(/[\s\u00a0]+/g, ' ').replace(/is(?=e|es|ing\b)/g, 'iz').trim();

/** A section and its clauses by their labels; numbers of groups count in its stretch. */
interface Offered {
  readonly key: string;
  readonly group: number;
  readonly clauses: readonly { readonly path: string; readonly depth: number; readonly group: number; readonly index: number }[];
  /** Where in `clauses` a path stands first. */
  readonly byPath: ReadonlyMap<string, number>;
}
/** A section in a text, whose stretch begins at group `base` of the text. */
interface Based { readonly section: Offered; readonly base: number }

const stretchOffers = memo((run: Run): Readonly<Record<View, readonly Offered[]>> => {
  const both = sections(run);
  const offers = (view: View): Offered[] => both[view].heads.filter(head => head.kind === 'section').map(head => {
    const clauses = both[view].clauses.filter(clause => clause.head === head && !clause.reading.doubtful).map(({ path, group, index }) => ({ path: path.join(' '), depth: path.length, group, index }));
    return { key: key(head.phrase), group: head.group, clauses, byPath: new Map(clauses.map(({ path }, i) => [path, i] as const).reverse()) };
  });
  const final = offers('final');
  return { final, original: both.original === both.final ? final : offers('original') };
});

/** What a text offers to references in each view, in order, and by name. */
interface Offers { readonly all: Based[]; readonly byKey: Map<string, Based[]> }
const offers = memo((run: Run): Readonly<Record<View, Offers>> => {
  const result: Record<View, Offers> = { original: { all: [], byKey: new Map() }, final: { all: [], byKey: new Map() } };
  for (let g = 0; g < run.length;) {
    const stretch = stretchAt(run, g), base = g, offered = stretchOffers(stretch.run);
    for (const view of ['original', 'final'] as const) for (const section of offered[view]) {
      const { all, byKey } = result[view], based = { section, base }, same = byKey.get(section.key);
      all.push(based);
      if (same) same.push(based); else byKey.set(section.key, [based]);
    }
    g += stretch.run.length;
  }
  return result;
});

/** A block of a text. */
export interface Place { readonly group: number; readonly index: number }
/** Where a reference points in a text: the section, and the clauses of each label, none where there is no such clause. */
interface Hit { readonly section: Place; readonly clauses: readonly (readonly Place[])[]; readonly last: string | null }

/** Looks a reference up in a text; null where the text has no such section. Of several, the nearest that has the labels. */
function lookUp(run: Run, view: View, reference: Reference, near: number, language: string): Hit | null {
  const offered = offers(run)[view];
  let candidates = named(offered, key(reference.phrase), reference.certain);
  if (!candidates.length) candidates = named(offered, expanded(reference.phrase, language), reference.certain);
  if (!candidates.length) return null;
  // What stands above comes first, the nearest in front; then what stands below.
  const distance = ({ section, base }: Based) => { const g = base + section.group; return g <= near ? near - g : run.length + g - near; };
  const paths = reference.labels.map(({ path }) => path.join(' '));
  let best = candidates[0]!, least = Infinity;
  for (const candidate of candidates) {
    const missed = paths.reduce((count, path) => count + (candidate.section.byPath.has(path) ? 0 : 1), 0);
    if (missed < least || (missed === least && distance(candidate) < distance(best))) [best, least] = [candidate, missed];
  }
  return pointed(best, reference);
}

/** Sections of that name; where there are none, and the name may be cut short, those whose heading begins with it. */
function named({ all, byKey }: Offers, phrase: string, short: boolean): readonly Based[] {
  return byKey.get(phrase) ?? (!short ? [] : all.filter(({ section }) => section.key.startsWith(`${phrase} `) || section.key.startsWith(`${phrase},`)));
}

function expanded(phrase: string, language: string): string {
  let result = phrase;
  for (const [short, long] of Object.entries(referenceWordsOf(language).abbreviations)) result = result.replace(new RegExp(`(?:the )?\\b${short}\\b`, 'g'), long);
  return key(result);
}

function pointed({ section, base }: Based, { labels }: Reference): Hit {
  const place = (i: number): Place => ({ group: base + section.clauses[i]!.group, index: section.clauses[i]!.index });
  let previous = -1;
  const clauses = labels.map(({ path, through }) => {
    const at = section.byPath.get(path.join(' ')) ?? -1;
    const places: Place[] = [];
    if (at >= 0 && through && previous >= 0)
      for (let i = previous + 1; i < at; i++) if (section.clauses[i]!.depth === path.length) places.push(place(i));
    if (at >= 0) places.push(place(at));
    previous = at;
    return places;
  });
  return { section: { group: base + section.group, index: 0 }, clauses, last: section.clauses.findLast(clause => clause.depth === 1)?.path ?? null };
}

/** How a text names itself, and what adopted it. */
const identity = memo((group: Group) => ({
  name: key(plainText(group.blocks[0]!, group.blocks[0]!.final ? 'final' : 'original')),
  adopted: key(group.blocks.filter(block => block.final?.kind === 'assembly').map(block => plainText(block, 'final')).join(' ')),
}));

/** Whether a reference points out of the text whose instrument is given: to a text that is named, and is another. */
function pointsOut({ foreign, named }: Reference, instrument: Group | null): boolean {
  if (!foreign) return false;
  if (!instrument || !named) return true;
  const { name, adopted } = identity(instrument);
  const same = /\d/.test(named.text) && (name === named.text || name.startsWith(`${named.text} `));
  return !same || (named.body !== '' && !adopted.includes(named.body.replace(/^the /, '')));
}

/** The text that prose in group `g` speaks of: the one it stands in; outside of any, the only instrument of the document. */
function spokenOf(document: Document, g: number): Text {
  const own = textOf(document, g);
  if (own.instrument >= 0 || own.proposal >= 0) return own;
  const others = texts(document).filter(text => text.instrument >= 0);
  return others.length === 1 ? others[0]! : own;
}

/** Whether a reference belongs to another text (`of Resolution 97`). */
export const isForeign = (document: Document, { placed, reference }: PlacedReference): boolean =>
  pointsOut(reference, instrumentIn(spokenOf(document, placed.group).run));

export interface Target {
  readonly label: ReferenceLabel;
  /** The clause; of a range, all from behind the label before to this one. None where there is no such clause. */
  readonly clauses: readonly Placed[];
}

/**
 * What a reference points to in a view: the heading of the section, and the clauses of each label. Null where it
 * belongs to another text, or where its text has no such section.
 */
export function resolve(document: Document, found: PlacedReference, view: View): { readonly section: Placed; readonly targets: readonly Target[] } | null {
  if (isForeign(document, found)) return null;
  const { placed, reference } = found, { run, start } = spokenOf(document, placed.group);
  const hit = lookUp(run, view, reference, placed.group - start, document.grammar.language);
  const place = ({ group, index }: Place) => placedAt(document, start + group, index);
  return hit && { section: place(hit.section), targets: reference.labels.map((label, i) => ({ label, clauses: hit.clauses[i]!.map(place) })) };
}

/** The references in the prose of a group, block by block; those of the original view first where the views differ. */
export function referencesOf(document: Document, g: number): readonly PlacedReference[] {
  return reader(document.grammar).ofGroup(document.groups[g]!).flatMap(({ index, found }) => {
    const placed = placedAt(document, g, index), one = found.original === found.final;
    const list = (views: readonly View[]): PlacedReference[] => found[views.at(-1)!].map(reference => ({ placed, views, reference }));
    return one ? list(BOTH) : [...list(['original']), ...list(['final'])];
  }).filter(found => counts(document, found));
}

const BOTH: readonly View[] = ['original', 'final'];

/** What may be a reference is one only where all it names is there. */
function counts(document: Document, found: PlacedReference): boolean {
  if (found.reference.certain) return true;
  const text = spokenOf(document, found.placed.group);
  return found.views.some(view => {
    const hit = lookUp(text.run, view, found.reference, found.placed.group - text.start, document.grammar.language);
    return hit !== null && hit.clauses.every(clauses => clauses.length > 0);
  });
}

/** All references of a document, in order. */
export function* references(document: Document): Generator<PlacedReference> {
  for (let g = 0; g < document.groups.length; g++) yield* referencesOf(document, g);
}

/** The references that point to a clause in a view; those whose range goes over it too. */
export function* referencesTo(document: Document, clause: Placed, view: View): Generator<PlacedReference> {
  const { start } = textOf(document, clause.group);
  for (const found of references(document)) {
    if (!found.views.includes(view) || spokenOf(document, found.placed.group).start !== start) continue;
    if (resolve(document, found, view)?.targets.some(({ clauses }) => clauses.some(({ group, index }) => group === clause.group && index === clause.index))) yield found;
  }
}

/** A reference of the final view that points to nothing. Group and block count in the text. */
export interface Dangling {
  readonly group: number;
  readonly index: number;
  readonly reference: Reference;
  /** The label that no clause has; null where the text has no such section. */
  readonly label: ReferenceLabel | null;
  /** The last label that the section does have, at the top of its list; null where its clauses have none. */
  readonly last: string | null;
}

/** The references in a text that point to nothing in the final view. Found once for as long as the text does not change. */
export const dangling = (run: Run, grammar: Grammar): readonly Dangling[] => instrumentIn(run) ? reader(grammar).dangling(run) : [];

/** A reference that nobody has changed, to a clause of the text in force that is deleted. Groups and blocks count in the text. */
export interface ToDeleted {
  readonly group: number;
  readonly index: number;
  readonly reference: Reference;
  readonly label: ReferenceLabel;
  readonly clause: Place;
}

/** The references in a text to clauses that are deleted. Found once for as long as the text does not change. */
export const toDeleted = (run: Run, grammar: Grammar): readonly ToDeleted[] => instrumentIn(run) ? reader(grammar).toDeleted(run) : [];
