/**
 * Abbreviations in a text: where they are spelled out (`the Internet of things (IoT)`), and where they are used. The
 * rule is ITU's and every editor's: spelled out once, at the first use, and then used.
 */
import type { Block, BlockKind, View } from '../markup/types';
import type { Group } from '../markup/document';
import { memo } from '../markup/memo';
import { catalogue } from '../knowledge/catalogue';
import { citations, type Stretch } from './citations';
import { prose, type Prose } from './prose';
import type { Run } from './runs';
import { headKind } from './scopes';

/** An abbreviation where it is spelled out. Offsets count in the block's prose. */
export interface Spelled {
  /** In the singular: `KPI`. */
  readonly abbreviation: string;
  readonly at: Stretch;
  /** The words that it stands for; null where something in parentheses looks like an abbreviation of what is before it, but not letter by letter. */
  readonly expansion: Stretch | null;
}

export interface Used { readonly abbreviation: string; readonly at: Stretch }

/** What a block has of them in one view. */
export interface Abbreviations { readonly prose: Prose; readonly spelled: readonly Spelled[]; readonly used: readonly Used[] }

const PROSE: ReadonlySet<BlockKind> = new Set(['clause', 'paragraph', 'footnote', 'note', 'table', 'section']);
const MAY_HOLD = /\p{Lu}[\p{Ll}\d]?(?:\p{Lu}|&)|\p{Lu}{2}|[+~-]\}\p{L}/u;

/** The abbreviations of a block in each view; null where there is none. One object where the views do not differ. */
export const abbreviations = memo((block: Block): Readonly<Record<View, Abbreviations | null>> | null => {
  if (!MAY_HOLD.test(block.source)) return null;
  const final = read(block, 'final');
  return { final, original: block.original === block.final && !block.source.includes('{') ? final : read(block, 'original') };
});

const HYPHENS = /[\u2010-\u2013]/g;
const WORD = /(?<![\p{L}\p{N}.@_\/])(?:\p{Ll}{1,3})?\p{Lu}[\p{L}\p{N}]*(?:&\p{Lu}\p{L}*)*(?:[-\u2010-\u2013](?=\p{Lu})[\p{L}\p{N}]+(?:&\p{Lu}\p{L}*)*)*/gu;
/** Roman numerals, and words that head a part of a text. */
const NONE = /^(?:[IVXLCM]+|NOTE|ANNEX|APPENDIX|PART|TABLE|FIGURE)$/;

/** The singular of an abbreviation, its hyphens plain: `KPIs` and `SSC&Cs` are KPI and SSC&C. */
export const singular = (written: string): string => written.replace(HYPHENS, '-').replace(/(?<=[\p{Lu}\d])s$/u, '');

/** Whether a word is written as abbreviations are: two capitals or more, and at most one small letter. */
export function isAbbreviation(word: string): boolean {
  const end = word.length - (word.endsWith('s') ? 1 : 0);
  let capitals = 0, small = 0;
  for (let i = 0; i < end; i++) {
    const sign = word[i]!, lower = sign.toLowerCase();
    if (sign !== lower) capitals++; else if (sign !== sign.toUpperCase()) small++;
  }
  if (capitals < 2 || small > 1) return false;
  const one = singular(word);
  return !one.endsWith('Hz') && one.length <= 12 && !NONE.test(one) && !(capitals > 6 && one.length === capitals);
}

function read(block: Block, view: View): Abbreviations | null {
  const reading = block[view];
  if (!reading || !PROSE.has(reading.kind)) return null;
  const words = prose(block, view, reading.textStart), { text } = words;
  const silent = [...quotations(text), ...citations(block)[view].citations.flatMap(citation => citation.kind === 'recommendation' ? [citation] : citation.revision ? [citation.at, citation.revision] : [citation.at])];
  const spelled = spelledOut(text).filter(({ at }) => !silent.some(stretch => stretch.start <= at.start && at.start < stretch.end)), used: Used[] = [];
  for (const match of text.matchAll(WORD)) {
    const start = match.index, end = start + match[0].length;
    if (!isAbbreviation(match[0]) && !/[-\u2010-\u2013]/.test(match[0])) continue;
    if (silent.some(stretch => stretch.start <= start && start < stretch.end) || spelled.some(({ at }) => at.start === start)) continue;
    if (inCapitals(text, start, end)) continue;
    for (const part of parts(match[0])) {
      const at = { start: start + part.start, end: start + part.end };
      used.push({ abbreviation: singular(match[0].slice(part.start, part.end)), at });
    }
  }
  return spelled.length || used.length ? { prose: words, spelled, used } : null;
}

/** Whether a word stands among others in capitals: a name, or a heading. */
function inCapitals(text: string, start: number, end: number): boolean {
  if (!/^\p{Lu}[\p{Lu}-]+$/u.test(text.slice(start, end)) || catalogue().abbreviation(text.slice(start, end)).length) return false;
  return /\p{Lu}{2,}[.,]?[ \u00a0]$|\bM(?:r|rs|s)\.?[ \u00a0]$/u.test(text.slice(Math.max(0, start - 20), start)) || /^[.,]?[ \u00a0]\p{Lu}{2}/u.test(text.slice(end, end + 4));
}

/** `JCA-IoT` is one where something is known by that name, otherwise two; `UN-Habitat` is UN and a word. */
function parts(word: string): Stretch[] {
  const whole = { start: 0, end: word.length };
  if (!/[-\u2010-\u2013]/.test(word) || catalogue().abbreviation(singular(word)).length) return isAbbreviation(word) ? [whole] : [];
  return [...word.matchAll(/[^-\u2010-\u2013]+/g)].filter(({ 0: part }) => isAbbreviation(part)).map(({ 0: part, index }) => ({ start: index, end: index + part.length }));
}

/** What stands in quotation marks: another text. */
export function quotations(text: string): Stretch[] {
  return [...text.matchAll(/“[^”\n]*|«[^»\n]*|"[^"\n]*"?/g)].map(({ 0: words, index }) => ({ start: index, end: index + words.length }));
}

const IN_PARENTHESES = /[ \u00a0]\((["“]?)([\p{L}\d&\u2010-\u2013-]+)(?:[ \u00a0]\d+)?\1(?:[ \u00a0]and[ \u00a0][\p{L}\d&-]+)?["”]?(?:[,;][ \u00a0][^()]*)?\)/dgu;
const BEHIND = /(?<![\p{L}\p{N}.])([\p{L}\d&]+)[ \u00a0]\(([^()]{5,80})\)/dgu;

function spelledOut(text: string): Spelled[] {
  const found: Spelled[] = [];
  for (const match of text.matchAll(IN_PARENTHESES)) {
    const word = match[2]!, [start, end] = match.indices![2]!;
    if (!isAbbreviation(word)) continue;
    found.push({ abbreviation: singular(word), at: { start, end }, expansion: expansionBefore(text, match.index, singular(word)) });
  }
  for (const match of text.matchAll(BEHIND)) {
    const word = match[1]!, [start, end] = match.indices![1]!, [from, to] = match.indices![2]!;
    if (!isAbbreviation(word)) continue;
    const expansion = expansionBefore(text, to, singular(word));
    if (expansion?.start === from) found.push({ abbreviation: singular(word), at: { start, end }, expansion });
  }
  return found;
}

/** Words that an abbreviation may pass over. */
const SMALL: ReadonlySet<string> = new Set(['and', 'of', 'the', 'for', 'on', 'in', 'to', 'a', 'an', 'with', 'de', 'la']);

/** The words before `end` that an abbreviation stands for: those whose initials are its letters, or those that a catalogue gives. */
function expansionBefore(text: string, end: number, abbreviation: string): Stretch | null {
  const before = text.slice(Math.max(0, end - 160), end), base = end - before.length;
  for (const { name } of catalogue().abbreviation(abbreviation)) {
    const from = before.length - name.length;
    if (from >= 0 && before.slice(from).toLowerCase() === name.toLowerCase()) return { start: base + from, end };
  }
  const letters = [...abbreviation.toLowerCase()].filter(sign => /[\p{L}\d&]/u.test(sign)), words = [...before.matchAll(/[\p{L}\d]+|&/gu)];
  let at = letters.length - 1, skipped = 0;
  for (let w = words.length - 1; w >= 0; w--) {
    const word = words[w]![0].toLowerCase(), letter = letters[at]!;
    if (/[;:.)]/.test(before.slice(words[w]!.index + word.length, words[w + 1]?.index ?? before.length))) return null;
    // An initial; a part of a compound (`standards-development`); 4 for `for`, & for `and`.
    if (word[0] === letter || (letter === '&' && word === 'and') || (/\d/.test(letter) && (word === letter || word === 'for'))) at--;
    else if (SMALL.has(word)) continue;
    else if (++skipped > 1) return null;
    if (at < 0) return { start: base + words[w]!.index, end };
  }
  return null;
}

/** An abbreviation at its place: the group in the run, the block in the group. */
export interface At { readonly group: number; readonly index: number; readonly abbreviations: Abbreviations }
export interface SpelledAt extends At { readonly spelled: Spelled }
export interface UsedAt extends At { readonly used: Used }

type InGroup<P> = Omit<P, 'group'>;
/** Of a group: for each abbreviation where it is spelled out, and where it is used. */
interface Summary { readonly spelled: ReadonlyMap<string, readonly InGroup<SpelledAt>[]>; readonly used: ReadonlyMap<string, readonly InGroup<UsedAt>[]> }

const summary = memo((group: Group): Readonly<Record<View, Summary>> => {
  const final = summarize(group, 'final');
  return { final, original: group.blocks.some(block => block.original !== block.final || block.source.includes('{')) ? summarize(group, 'original') : final };
});

function summarize(group: Group, view: View): Summary {
  const spelled = new Map<string, InGroup<SpelledAt>[]>(), used = new Map<string, InGroup<UsedAt>[]>();
  group.blocks.forEach((block, index) => {
    const found = abbreviations(block)?.[view];
    if (!found) return;
    for (const one of found.spelled) push(spelled, one.abbreviation, { index, abbreviations: found, spelled: one });
    for (const one of found.used) push(used, one.abbreviation, { index, abbreviations: found, used: one });
  });
  return { spelled, used };
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value); else map.set(key, [value]);
}

/** Places of one abbreviation in a text, put together from what is kept with its groups only as far as somebody looks. */
export class Places<P extends At> {
  private readonly groups: { readonly group: number; readonly places: readonly InGroup<P>[] }[] = [];
  readonly first: P;
  constructor(group: number, places: readonly InGroup<P>[]) {
    this.first = inRun(places[0]!, group);
    this.add(group, places);
  }
  add(group: number, places: readonly InGroup<P>[]): void { this.groups.push({ group, places }); }
  *all(): Generator<P> { for (const { group, places } of this.groups) for (const place of places) yield inRun(place, group); }
}

/** A place of a group in the run. Written out, as this is done for every abbreviation of a text whenever somebody types in it. */
function inRun<P extends At>(place: InGroup<P>, group: number): P {
  const { index, abbreviations, spelled, used } = place as Partial<SpelledAt & UsedAt>;
  return { group, index, abbreviations, spelled, used } as unknown as P;
}

/** The abbreviations of a text in one view, its reasons left out: they are the sponsor's own words. */
export interface Glossary {
  readonly spelled: ReadonlyMap<string, Places<SpelledAt>>;
  readonly used: ReadonlyMap<string, Places<UsedAt>>;
}

export const glossary = memo((run: Run): Readonly<Record<View, Glossary>> => {
  const final = gather(run, 'final');
  return { final, original: run.every(group => summary(group).original === summary(group).final) ? final : gather(run, 'original') };
});

function gather(run: Run, view: View): Glossary {
  const spelled = new Map<string, Places<SpelledAt>>(), used = new Map<string, Places<UsedAt>>();
  const add = <P extends At>(map: Map<string, Places<P>>, abbreviation: string, group: number, places: readonly InGroup<P>[]) => {
    const all = map.get(abbreviation);
    if (all) all.add(group, places); else map.set(abbreviation, new Places(group, places));
  };
  run.forEach((group, g) => {
    if (headKind(group) === 'reasons') return;
    const own = summary(group)[view];
    for (const [abbreviation, places] of own.spelled) add(spelled, abbreviation, g, places);
    for (const [abbreviation, places] of own.used) add(used, abbreviation, g, places);
  });
  return { spelled, used };
}

/** Whether the one place comes before the other. */
export function isBefore(a: At & { readonly start: number }, b: At & { readonly start: number }): boolean {
  return a.group !== b.group ? a.group < b.group : a.index !== b.index ? a.index < b.index : a.start < b.start;
}
