/**
 * Citations of other texts: `Resolution 197 (Rev. Bucharest, 2022) of the Plenipotentiary Conference, on …`,
 * `Resolutions 50 and 52 (Rev. Hammamet, 2016) of WTSA`, `Recommendation ITU-T Y.4000/Y.2060`. One citation for each
 * number. The forms are those of ITU's English texts; Recommendations are known by their numbers in any language.
 */
import type { Block, BlockKind, View } from '../markup/types';
import type { Group } from '../markup/document';
import { memo } from '../markup/memo';
import { plainText } from '../markup/text';
import { catalogue, type InstrumentKind, type Resolution, type Revision } from '../knowledge/catalogue';
import { CONFERENCES } from '../knowledge/conferences';
import { prose, type Prose } from './prose';
import type { Run } from './runs';
import { headKind } from './scopes';

/** A stretch of a block's words; offsets count in its prose (see `prose`), from which `sourceAt` leads to the source. */
export interface Stretch { readonly start: number; readonly end: number }

export interface RecommendationCitation extends Stretch {
  readonly kind: 'recommendation';
  /** The Sector that it names, or T where it names none. */
  readonly sector: 'T' | 'R' | 'D';
  /** One, or all that are written with slashes: `Y.4000`, `Y.2060`. */
  readonly numbers: readonly string[];
  readonly at: Stretch;
  /** What stands for the Sector (`ITU-T`), in front of this number or of the first of its list; null where it is missing. */
  readonly named: Stretch | null;
  /** `06/2012` */
  readonly edition: string | null;
  /** All that begins so: `the Y.4000 series`. */
  readonly series: boolean;
  /** It closes a range that the citation before it opens. */
  readonly through: boolean;
  readonly title: Stretch | null;
}

/** What stands in parentheses behind a number, and when it was adopted. */
export interface CitedRevision extends Stretch {
  /** As written, without the parentheses. */
  readonly text: string;
  readonly revised: boolean;
  /** '' where the form has none: `(Rev.WRC-15)`, `(2012)`. */
  readonly place: string;
  readonly year: number;
  /** As ITU writes it. */
  readonly form: string;
}

export interface ResolutionCitation extends Stretch {
  readonly kind: 'resolution';
  readonly instrument: InstrumentKind;
  /** `98`, `66-2` */
  readonly number: string;
  readonly at: Stretch;
  /** Its own, or the one that it shares with the next number of its list; null where there is none. */
  readonly revision: CitedRevision | null;
  /** The short name of what adopted it (`WTSA`), as it says itself; `this` for the body that speaks; `other` for one that is none of ITU's conferences; null where it does not say. */
  readonly body: string | null;
  readonly through: boolean;
  readonly title: Stretch | null;
}

export type Citation = RecommendationCitation | ResolutionCitation;

export interface Cited {
  readonly prose: Prose;
  /** In order. */
  readonly citations: readonly Citation[];
}

const NONE: Cited = { prose: { text: '', starts: [], emphasis: [] }, citations: [] };
const PROSE: ReadonlySet<BlockKind> = new Set(['clause', 'paragraph', 'footnote', 'note', 'table', 'reasons', 'section', 'annex']);
const MAY_CITE = /Resolution|Recommendation|Decision|Opinion|(?:ITU|UIT|МСЭ)/;

/** The citations of a block in each view; one object where the views do not differ. */
export const citations = (block: Block): Readonly<Record<View, Cited>> => MAY_CITE.test(block.source) ? ofBlock(block) : EMPTY;
const EMPTY = { original: NONE, final: NONE };

const ofBlock = memo((block: Block): Readonly<Record<View, Cited>> => {
  const final = read(block, 'final');
  return { final, original: block.original === block.final && !block.source.includes('{') ? final : read(block, 'original') };
});

/** The citations of a group's final view, with the blocks that they are in. */
export const citationsIn = memo((group: Group): readonly { readonly index: number; readonly cited: Cited }[] =>
  group.blocks.flatMap((block, index) => {
    const cited = citations(block).final;
    return cited.citations.length ? [{ index, cited }] : [];
  }));

function read(block: Block, view: View): Cited {
  const reading = block[view];
  if (!reading || !PROSE.has(reading.kind)) return NONE;
  const words = prose(block, view, reading.textStart), found = [...resolutionsIn(words.text), ...recommendationsIn(words.text)];
  return found.length ? { prose: words, citations: found.sort((a, b) => a.start - b.start) } : NONE;
}

const BLANK = '[ \\u00a0]';
const HYPHEN = '[-\\u2010-\\u2013]';
const NUMBER = `[A-Z]\\.\\d+(?:\\.\\d+)*(?:${BLANK}(?:bis|ter)\\b)?`;
const NUMBERS = `${NUMBER}(?:\\/${NUMBER})*`;
const EDITION = `(?:${BLANK}\\((\\d\\d\\/\\d{4})\\))?`;
const SERIES = `(${HYPHEN}series\\b|${BLANK}series\\b)?`;
const SECTOR = `(?:(?:ITU|UIT|МСЭ)[-\\u2010-\\u2013 \\u00a0]?([TRDТ])${BLANK})`;
const RECOMMENDATION = new RegExp(`(?:\\b(?:Recommendations?|Rec\\.)${BLANK}+)?(${SECTOR})([A-Z]{1,3}\\.\\d+-\\d+(?!\\d)|${NUMBERS}|[A-Z]{1,3}\\.\\d+)${EDITION}${SERIES}|\\bRecommendations?${BLANK}(${NUMBERS})${EDITION}${SERIES}`, 'dg');
const NEXT_NUMBER = new RegExp(`(,${BLANK}and${BLANK}|,${BLANK}|${BLANK}(?:and|or|to|through)${BLANK}|${HYPHEN})((?:(?:ITU|UIT|МСЭ)${HYPHEN}?[TТ]${BLANK})?)(${NUMBERS})${EDITION}${SERIES}`, 'dy');

function recommendationsIn(text: string): RecommendationCitation[] {
  const found: RecommendationCitation[] = [];
  RECOMMENDATION.lastIndex = 0;
  for (let match = RECOMMENDATION.exec(text); match; match = RECOMMENDATION.exec(text)) {
    const bare = match[3] === undefined, at = match.indices![bare ? 6 : 3]!;
    const sector = (match[2] ?? 'T').replace('Т', 'T') as 'T' | 'R' | 'D';
    const named = bare ? null : { start: match.indices![1]![0], end: match.indices![1]![1] - 1 };
    let end = match.index + match[0].length, last = citation(text, sector, match.index, end, at, named, match[bare ? 7 : 4], match[bare ? 8 : 5], false);
    found.push(last);
    for (;;) {
      NEXT_NUMBER.lastIndex = end;
      const next = NEXT_NUMBER.exec(text);
      if (!next) break;
      const own = !next[2] ? named : { start: next.indices![2]![0], end: next.indices![2]![1] - 1 };
      end = next.index + next[0].length;
      last = citation(text, sector, next.indices![2]![0], end, next.indices![3]!, own, next[4], next[5], /to|through|^[^,a-z ]/.test(next[1]!));
      found.push(last);
    }
    RECOMMENDATION.lastIndex = end;
  }
  return found;
}

function citation(text: string, sector: 'T' | 'R' | 'D', start: number, end: number, [from, to]: readonly [number, number], named: Stretch | null, edition: string | undefined, series: string | undefined, through: boolean): RecommendationCitation {
  return { kind: 'recommendation', sector, numbers: text.slice(from, to).replace(/\u00a0/g, ' ').split('/'), start, end, at: { start: from, end: to }, named, edition: edition ?? null, series: series !== undefined, through, title: titleBehind(text, end) };
}

const ON = new RegExp(`,${BLANK}on${BLANK}+`, 'y');

/** The words behind `, on`: at most to the end of the clause, as a title does not say where it ends. */
function titleBehind(text: string, at: number): Stretch | null {
  ON.lastIndex = at;
  if (!ON.test(text)) return null;
  const start = ON.lastIndex, stop = /[;\n|]|\.(?=\s|$)/.exec(text.slice(start)), end = stop ? start + stop.index : text.length;
  return { start, end: text.slice(start, end).trimEnd().replace(/,$/, '').length + start };
}

const HEAD = new RegExp(`\\b(Resolution|Decision|Opinion|Recommendation)(s?)${BLANK}+(?:ITU${HYPHEN}?R${BLANK}+)?(?=\\d)`, 'g');
const ITEM = /(\d+[A-Z]?(?:[-\u2010-\u2013]\d{1,2}(?!\d))?(?:bis|ter)?)(\/\d+[A-Z]?)?/dy;
const PARENTHESES = new RegExp(`${BLANK}*\\(([^()]{2,60}?)${BLANK}*\\)`, 'dy');
const SEPARATOR = new RegExp(`(,${BLANK}and${BLANK}|,${BLANK}|${BLANK}(?:and|or|to|&)${BLANK}|\\u2013)(?:ITU${HYPHEN}?R${BLANK})?(?=\\d+(?:[-/]\\d+)?(?:${BLANK}*\\(|,${BLANK}\\d|,?${BLANK}(?:and|or|to|of)${BLANK}|[,;.]|$))`, 'y');

const BODIES: readonly (readonly [RegExp, string])[] = [
  ...CONFERENCES.map(({ name, body }) => [new RegExp(`^(?:the${BLANK})?(?:(?:\\p{L}+${BLANK})?\\p{Lu}+ )?(?:${name.replaceAll(' ', BLANK)}|${body}(?:${HYPHEN}\\d+)?(?![\\p{L}\\d]))`, 'u'), body] as const),
  [/^this[ \u00a0](?:conference|assembly)\b/i, 'this'],
  [/^(?:the[ \u00a0])?(?:ITU[ \u00a0])?Council\b|^(?:the[ \u00a0])?(?:United[ \u00a0]Nations|UN\b|UNGA|General[ \u00a0]Assembly|Human[ \u00a0]Rights)/, 'other'],
];
const OF = new RegExp(`(?:,?${BLANK}of${BLANK}+|,?${BLANK}adopted${BLANK}by${BLANK}+|${BLANK}\\(|,${BLANK})(?=the${BLANK}|this${BLANK}|[A-Z])`, 'y');
const BEFORE = new RegExp(`(?:(${CONFERENCES.map(({ body }) => body).join('|')})(?:${HYPHEN}\\d+)?|(Plenipotentiary${BLANK}Conference)|(Council|UNGA|General${BLANK}Assembly|United${BLANK}Nations))${BLANK}+$`);

function resolutionsIn(text: string): ResolutionCitation[] {
  const found: ResolutionCitation[] = [];
  HEAD.lastIndex = 0;
  for (let head = HEAD.exec(text); head; head = HEAD.exec(text)) {
    const items: { at: Stretch; number: string; end: number; revision: CitedRevision | null; through: boolean; foreign: boolean }[] = [];
    let end = head.index + head[0].length, through = false;
    for (;;) {
      ITEM.lastIndex = end;
      const item = ITEM.exec(text);
      if (!item) break;
      const [start, stop] = item.indices![0]!;
      const revision = revisionAt(text, stop);
      end = revision ? revision.end + /^[ \u00a0]*\)/.exec(text.slice(revision.end))![0].length : stop;
      items.push({ at: { start, end: stop }, number: item[0].replace(/[\u2010-\u2013]/g, '-'), end, revision, through, foreign: item[2] !== undefined });
      if (!head[2]) break;
      SEPARATOR.lastIndex = end;
      const separator = SEPARATOR.exec(text);
      if (!separator) break;
      through = separator[1]!.trim() === 'to' || separator[1] === '\u2013';
      end = SEPARATOR.lastIndex;
    }
    if (!items.length) continue;
    const before = BEFORE.exec(text.slice(Math.max(0, head.index - 40), head.index));
    const behind = bodyAt(text, end);
    const body = behind?.body ?? (before ? before[1] ?? (before[2] ? 'PP' : 'other') : /ITU/.test(head[0]) ? 'RA' : null);
    // A revision holds for the numbers in front of it that have none.
    for (let i = items.length - 2; i >= 0; i--) items[i]!.revision ??= items[i + 1]!.revision;
    const single = items.length === 1;
    items.forEach(({ at, number, end: stop, revision, through: closes, foreign }, i) => found.push({
      kind: 'resolution', instrument: head[1] as InstrumentKind, number, at, start: i ? at.start : head.index, end: single && behind ? behind.end : stop, revision,
      body: foreign ? 'other' : revision && /WRC/.test(revision.text) ? 'WRC' : body, through: closes, title: single ? titleBehind(text, behind?.end ?? end) : null,
    }));
    HEAD.lastIndex = Math.max(HEAD.lastIndex, end);
  }
  return found;
}

/** What adopted a text, where that is said at `at`: its short name, and where it ends with a short form in parentheses behind it. */
function bodyAt(text: string, at: number): { body: string; end: number } | null {
  OF.lastIndex = at;
  if (!OF.test(text)) return null;
  const start = OF.lastIndex, rest = text.slice(start, start + 120), opened = text[start - 1] === '(';
  for (const [name, body] of BODIES) {
    const match = name.exec(rest);
    if (!match) continue;
    const end = start + match[0].length;
    const short = (opened ? /^\)/ : /^(?:[ \u00a0](?:of[ \u00a0]the[ \u00a0](?:International Telecommunication Union|ITU)|\([A-Z]{2,5}(?:-\d+)?\)))*/).exec(text.slice(end));
    return { body, end: end + (short?.[0].length ?? 0) };
  }
  return null;
}

const ADOPTED = /^((?:rev|Rev|REV)(\.?)([ \u00a0]*))?(\p{L}[\p{L}’'. \u00a0-]*?)?([ \u00a0]*,?[ \u00a0]*)((?:19|20)\d\d)$/u;
const WRC = /^(Rev\.?[ \u00a0]*)?WRC[-\u2010-\u2013 ]((?:19|20)?\d\d)$/i;

/** The revision in parentheses at `at`; null where other words stand there. */
function revisionAt(text: string, at: number): CitedRevision | null {
  PARENTHESES.lastIndex = at;
  const match = PARENTHESES.exec(text);
  if (!match) return null;
  const [start, end] = match.indices![1]!, inside = match[1]!;
  const conference = WRC.exec(inside);
  if (conference) {
    const digits = conference[2]!;
    return { start, end, text: inside, revised: conference[1] !== undefined, place: '', year: digits.length === 4 ? Number(digits) : (Number(digits) < 80 ? 2000 : 1900) + Number(digits), form: `${conference[1] ? 'Rev.' : ''}WRC-${digits.slice(-2)}` };
  }
  const adopted = ADOPTED.exec(inside);
  if (!adopted) return null;
  const place = (adopted[4] ?? '').replace(/\u00a0/g, ' ').trim(), year = Number(adopted[6]);
  const revised = adopted[1] !== undefined;
  return { start, end, text: inside, revised, place, year, form: `${revised ? 'Rev. ' : ''}${place ? `${place}, ` : ''}${year}` };
}

/** Who speaks in a text, and when: what it is dated by, and what `this assembly` means in it. One object for what is alike. */
export interface Speaker { readonly body: string | null; readonly year: number | null }

const speakers = new Map<string, Speaker>();
function speaker(body: string | null, year: number | null): Speaker {
  const key = `${body} ${year}`;
  return speakers.get(key) ?? speakers.set(key, { body, year }).get(key)!;
}
export const NOBODY = speaker(null, null);

/** As the lines that name a text and its enacting formula have it in the final view. */
export const speakerOf = memo((run: Run): Speaker => {
  const group = run.find(group => headKind(group) === 'instrument');
  return group ? ofInstrument(group) : NOBODY;
});

const ofInstrument = memo((group: Group): Speaker => {
  let body: string | null = null, year: number | null = null;
  for (const block of group.blocks) {
    const kind = block.final?.kind;
    if (kind !== 'instrument' && kind !== 'assembly') continue;
    const text = plainText(block, 'final'), opened = text.indexOf('(');
    year = Number(/(?:19|20)\d\d(?=\))/.exec(text)?.[0] ?? year) || null;
    if (kind === 'assembly') body = CONFERENCES.find(({ name }) => text.slice(0, opened < 0 ? text.length : opened).includes(name))?.body ?? null;
  }
  return speaker(body, year);
});

/** The short name of what adopted a cited text: as it says, or as its place and year leave but one; null where that is open. */
export function bodyOf({ body, instrument, number, revision }: ResolutionCitation, speaks: Speaker): string | null {
  if (body === 'this') return speaks.body;
  if (body !== null || !revision) return body;
  const met = CONFERENCES.filter(({ meetings }) => meetings.some(meeting => meeting.year === revision.year && alike(meeting.place, revision.place)));
  const known = met.filter(({ body: candidate }) => catalogue().resolution(candidate, instrument, number)?.revisions.some(({ adopted }) => adopted.endsWith(`${revision.place}, ${revision.year}`)));
  const [only, ...others] = known.length ? known : met;
  return only && !others.length ? only.body : null;
}

/** Whether two names of a place differ in capitals and blanks only. */
export const alike = (a: string, b: string): boolean => a === b || a.toLowerCase().replace(/\s/g, '') === b.toLowerCase().replace(/\s/g, '');

/** What is known of the text that is cited; null where nothing is. */
export function citedResolution(citation: ResolutionCitation, speaks: Speaker): Resolution | null {
  const body = bodyOf(citation, speaks);
  return body === null || body === 'other' ? null : catalogue().resolution(body, citation.instrument, citation.number);
}

/** The year in which a revision was adopted. */
export const yearOf = ({ adopted }: Revision): number => {
  const [, century, year = '0'] = /(\d\d)?(\d\d)$/.exec(adopted) ?? [];
  return Number(year) + (century ? Number(century) * 100 : Number(year) < 80 ? 2000 : 1900);
};

/** How a revision is cited: `66-2 (Rev. Dubai, 2023)`. */
export const citedAs = ({ number }: Resolution, { number: own, adopted }: Revision): string => `${own ?? number} (${adopted})`;

/** A title inside a sentence: it begins small, unless its first word is a name or an abbreviation. */
export const inSentence = (title: string): string => /^(?:\p{Lu}\S*\p{Lu}|ITU|Internet\b|World\b)/u.test(title) ? title : title[0]!.toLowerCase() + title.slice(1);
