/**
 * What a line is (markup, sections 3 and 4): from its text in one view, and from the little that has to be
 * known of the lines above it, the `State`. States are values: a parse may stop as soon as the state behind
 * an edit equals the state that was there before.
 */
import type { BlockKind, Grammar, Label, LabelKind, Ordinal, Reading } from './types';
import { isBlank, TAB } from './lines';
import { labelText, readMarker, romanValue, type Marker } from './labels';

/** An open level of a list. */
interface OpenLevel {
  readonly kind: LabelKind;
  /** Columns of indentation. */
  readonly indent: number;
  readonly level: number;
  /** Parts of the level's last label; their number tells `1` from `1.1`. */
  readonly last: readonly Ordinal[];
}

export interface State {
  /** What a plain paragraph would be here. */
  readonly mode: 'body' | 'title' | 'annex' | 'reasons';
  readonly list: readonly OpenLevel[];
  /** How the block above ends: in a colon, in another sign that ends a clause, or open. */
  readonly above: 'colon' | 'closed' | 'open';
  /** Kept here by `block.ts`: this state in both views. */
  entry?: Entry;
}


/** What has to be known in front of a block. */
export interface Entry {
  readonly original: State;
  readonly final: State;
  /** The block above goes on with this one in that view. */
  readonly joinedInOriginal: boolean;
  readonly joinedInFinal: boolean;
}

export function sameState(a: State, b: State): boolean {
  if (a === b) return true;
  if (a.mode !== b.mode || a.above !== b.above || a.list.length !== b.list.length) return false;
  return a.list.every((x, i) => {
    const y = b.list[i]!;
    return x === y || (x.kind === y.kind && x.indent === y.indent && x.level === y.level && sameParts(x.last, y.last));
  });
}

const sameParts = (a: readonly Ordinal[], b: readonly Ordinal[]): boolean =>
  a === b || (a.length === b.length && a.every((part, i) => part.value === b[i]!.value && part.suffix === b[i]!.suffix));

const IDENTIFIER = '[^\\s/]+/\\d+(?:A\\d+)?/\\d+(?:#\\d+)?';
/** Symbol, blanks, identifier; behind a tab the identifier may be anything, so that a mistyped one is still a proposal. */
const PROPOSAL = new RegExp(`^(MOD|\\(MOD\\)|ADD\\*?|SUP\\*?|NOC|_NOC_)(?:[ \\u00a0]+(?=${IDENTIFIER}[ \\t\\u00a0]*$)(.*)|[ \\u00a0]*\\t[ \\t\\u00a0]*(.*))?$`);
const HISTORY = /^\((?:Rev\. ?)?\p{L}[^();\d]*[ ,\u00a0](?:19|20)\d\d(?:; ?(?:Rev\. ?)?\p{L}[^();\d]*[ ,\u00a0](?:19|20)\d\d)*\)(?:,? ?\[\^[^\]\s]+\])*$/u;
const HEADING = /^(#{1,6})[ \t\u00a0]/;
const FOOTNOTE = /^\[\^([^\]\s[]+)\]:/;
const NUMBERED = /^[ \u00a0]+(?:\d+|[IVXL]+|[A-Z])(?:bis|ter|quater)?\.?(?:[ \u00a0]*\(.*\))?$/;
const INSTRUMENT_TAIL = /^(?:[ \u00a0]+(?:No\.?[ \u00a0]*)?[^\s(]{1,24}){0,3}(?:[ \u00a0]*\([^()]*\))?$/;
const TO_TEXT = /^\((?:to|of|à|a la|к|إلى)[ \u00a0].*\)$/iu;
/** Signs that end a clause, so that a line ending in one is no section heading. */
const STOPS = ';.,；。，،؛';

/** The last character that is no blank and no emphasis, or ''. */
export function lastSign(text: string): string {
  for (let i = text.length - 1; i >= 0; i--) {
    const code = text.charCodeAt(i);
    if (!isBlank(code) && code !== 42) return text[i]!;
  }
  return '';
}

export interface Classified {
  /** `label` and `textStart` count in the text given. */
  readonly reading: Reading;
  readonly next: State;
}

const plains = new Map<BlockKind, Reading>();

/** A reading without label; one object for all that are alike, because a long text has many thousands of them. */
function plain(kind: BlockKind, level = 0, textStart = 0): Reading {
  if (level || textStart) return { kind, level, label: null, textStart, doubtful: false };
  let reading = plains.get(kind);
  if (!reading) plains.set(kind, reading = { kind, level, label: null, textStart, doubtful: false });
  return reading;
}

const states = new Map<readonly OpenLevel[], State[]>();
const NO_LIST: readonly OpenLevel[] = [];
const MODES: readonly State['mode'][] = ['body', 'title', 'annex', 'reasons'], ENDINGS: readonly State['above'][] = ['colon', 'closed', 'open'];

/** A state; one object for all that are alike where the list is a common one. */
function stateOf(mode: State['mode'], list: readonly OpenLevel[], above: State['above']): State {
  const kept = states.get(list);
  if (!kept) return { mode, list, above };
  return kept[MODES.indexOf(mode) * 3 + ENDINGS.indexOf(above)] ??= { mode, list, above };
}
states.set(NO_LIST, []);

export const INITIAL_STATE = stateOf('body', NO_LIST, 'closed');

const commonClauses = new Map<number, { reading: Reading; list: readonly OpenLevel[] }>();

/** The clauses a), b), 1, 2… of a list that is not nested: one object for all that are alike. */
function common(clause: { reading: Reading; list: readonly OpenLevel[] }): { reading: Reading; list: readonly OpenLevel[] } {
  const { reading, list } = clause, label = reading.label!;
  if (list.length > 1 || list[0]!.indent || reading.doubtful || reading.level !== 1 || label.parts.length !== 1 || label.parts[0]!.suffix
    || label.start || label.end > 3 || reading.textStart !== label.end + 1 || label.parts[0]!.value > 99) return clause;
  const key = (label.parts[0]!.value * 4 + label.end) * 2 + (label.kind === 'number' ? 1 : 0);
  if (label.kind !== 'number' && label.kind !== 'letter') return clause;
  const kept = commonClauses.get(key);
  if (kept) return kept;
  commonClauses.set(key, clause);
  states.set(list, []);
  return clause;
}

/** Symbol and identifier of a proposal line, or null. The identifier is '' where there is none. */
export function readProposal(text: string): { symbol: string; identifier: string } | null {
  const match = PROPOSAL.exec(text.trimEnd());
  return match ? { symbol: match[1]!, identifier: (match[2] ?? match[3] ?? '').trim() } : null;
}

/**
 * Classifies one line. `text` is the line in one view without its indentation, `indent` that indentation's
 * columns; `joined` is the text with which the line goes on where its end does not exist in this view.
 */
export function classify(text: string, indent: number, state: State, grammar: Grammar, joined = ''): Classified {
  const shown = indent > 0 ? null : lineKind(text, grammar, joined);
  if (shown) {
    const reading = state.mode === 'reasons' && !KEPT_IN_REASONS.has(shown.kind) ? plain('reasons') : shown;
    return { reading, next: after(reading, state, text + joined) };
  }
  const marker = readMarker(text);
  const clause = marker && readClause(text, marker, indent, state);
  if (clause) {
    const above = ending(text + joined);
    return { reading: clause.reading, next: stateOf(state.mode === 'reasons' ? 'reasons' : 'body', clause.list, above) };
  }
  let reading: Reading;
  if (state.mode === 'title') reading = plain('title');
  else if (state.mode === 'reasons') reading = plain('reasons');
  else if (state.mode === 'annex' && TO_TEXT.test(text.trimEnd())) reading = plain('annex');
  else if (state.mode === 'annex' && ending(text + joined) === 'open') reading = plain('title');
  else reading = plain('paragraph');
  const mode = state.mode === 'annex' && reading.kind !== 'annex' ? 'body' : state.mode;
  const heads = reading.kind === 'title' || reading.kind === 'annex';
  return { reading, next: stateOf(mode, state.list, heads ? 'closed' : ending(text + joined)) };
}

/** Whether an indented line starts a clause of its own; only a bare number asks for the states above it. */
export function startsClause(text: string, indent: number, states: () => readonly State[]): boolean {
  const marker = readMarker(text);
  if (!marker) return false;
  return !marker.bare || marker.separator === 'tab' || states().some(state => readClause(text, marker, indent, state) !== null);
}

/** How a line ends, for what may follow it. */
function ending(text: string): State['above'] {
  const sign = lastSign(text);
  return sign === ':' || sign === '：' ? 'colon' : STOPS.includes(sign) ? 'closed' : 'open';
}

/** The kinds that a line in column 0 shows by itself. */
function lineKind(text: string, grammar: Grammar, joined: string): Reading | null {
  const first = text.charCodeAt(0);
  switch (first) {
    case 92: return plain('paragraph'); // backslash
    case 35: { // #
      const match = HEADING.exec(text);
      return match ? plain('heading', match[1]!.length, match[0].length) : null;
    }
    case 47: return text.charCodeAt(1) === 47 ? plain('drafter-note', 0, 2) : null; // /
    case 124: return plain('table'); // |
    case 91: { // [
      const match = FOOTNOTE.exec(text);
      return match ? plain('footnote', 0, match[0].length) : null;
    }
    case 40: // (
      if (text.startsWith('(MOD)') && PROPOSAL.test(text.trimEnd())) return plain('proposal');
      return HISTORY.test((text + joined).trimEnd()) ? plain('history') : null;
  }
  if ((first === 77 || first === 65 || first === 83 || first === 78 || first === 95) && PROPOSAL.test(text.trimEnd())) return plain('proposal');
  const words = openings(grammar).get(first);
  if (!words) return null;
  for (const { word, kind } of words) {
    if (!text.startsWith(word)) continue;
    const tail = text.slice(word.length) + joined;
    if (isOfKind(kind, word, tail)) return plain(kind, kind === 'reasons' ? 1 : 0);
  }
  return null;
}

function isOfKind(kind: BlockKind, word: string, tail: string): boolean {
  const rest = tail.trimEnd();
  const boundary = rest === '' || !/^[\p{L}\p{N}'’-]/u.test(rest) || !/[a-zа-я]$/iu.test(word);
  switch (kind) {
    case 'section': return boundary && !STOPS.includes(lastSign(rest) || ' ');
    case 'assembly': return boundary && ',，،'.includes(lastSign(rest) || ' ');
    case 'reasons': return /^[ \u00a0]?[:：]/.test(rest);
    case 'note': return /^(?:[ \u00a0]+\d+)?[ \u00a0]+[–—-](?=[ \u00a0\t])/.test(rest);
    case 'instrument': return INSTRUMENT_TAIL.test(rest);
    default: // annex: in capitals anything may follow; in small letters only a number, so that prose about an annex stays prose
      return rest === '' || NUMBERED.test(rest) || (word === word.toUpperCase() && /^[ \u00a0(]/.test(rest) && !STOPS.includes(lastSign(rest)));
  }
}

type Opening = { word: string; kind: BlockKind };
const openingsOf = new WeakMap<Grammar, Map<number, Opening[]>>();

/** A grammar's words by their first character, longest first. */
function openings(grammar: Grammar): Map<number, Opening[]> {
  let map = openingsOf.get(grammar);
  if (map) return map;
  map = new Map();
  const capitalized = (word: string) => word[0] + word.slice(1).toLowerCase();
  const all: Opening[] = [
    ...grammar.sections.map(word => ({ word, kind: 'section' as const })), ...grammar.assemblies.map(word => ({ word, kind: 'assembly' as const })),
    ...grammar.instruments.map(word => ({ word, kind: 'instrument' as const })), ...grammar.notes.map(word => ({ word, kind: 'note' as const })),
    ...grammar.annexes.flatMap(word => [word, capitalized(word)]).map(word => ({ word, kind: 'annex' as const })),
    ...grammar.reasons.map(word => ({ word, kind: 'reasons' as const })),
  ];
  for (const opening of all.sort((a, b) => b.word.length - a.word.length)) {
    const first = opening.word.charCodeAt(0);
    map.set(first, [...map.get(first) ?? [], opening]);
  }
  openingsOf.set(grammar, map);
  return map;
}

/** In reasons (markup, section 3) everything up to the next proposal or `#` heading belongs to them; these keep their form. */
const KEPT_IN_REASONS: ReadonlySet<BlockKind> = new Set(['proposal', 'heading', 'footnote', 'table', 'note', 'drafter-note', 'reasons']);

/** The state behind a block that its line shows. */
function after(reading: Reading, state: State, text: string): State {
  const within = state.mode === 'reasons' ? 'reasons' : 'body';
  switch (reading.kind) {
    case 'drafter-note': return state;
    case 'note': return stateOf(within, state.list, ending(text));
    case 'paragraph': return stateOf('body', state.list, ending(text));
    case 'reasons': return stateOf('reasons', reading.level ? NO_LIST : state.list, ending(text));
    // What follows ends as headings, cells and footnotes end; no clause is wrapped behind it by accident.
    case 'footnote': case 'table': return stateOf(within, state.list, 'closed');
    case 'instrument': return stateOf('title', NO_LIST, 'closed');
    case 'annex': return stateOf('annex', NO_LIST, 'closed');
    case 'heading': return stateOf(reading.level > 1 ? within : 'body', NO_LIST, 'closed');
    default: return stateOf('body', NO_LIST, 'closed'); // a proposal, a section, an assembly or a history ends the lists above it
  }
}

function readClause(text: string, marker: Marker, indent: number, state: State): { reading: Reading; list: readonly OpenLevel[] } | null {
  const open = state.list.every(level => level.indent <= indent) ? state.list : state.list.filter(level => level.indent <= indent);
  const kind = marker.kind === 'either' ? romanOrLetter(indent, open, state) : marker.kind;
  const parts = marker.kind === 'either' && kind === 'roman' ? [{ value: romanValue(text.slice(marker.start, marker.start + 1)), suffix: marker.parts[0]!.suffix }] : marker.parts;
  if (kind === 'number' && marker.bare && marker.separator !== 'tab' && !isOneOrNext(parts, open)) return null;
  let at = open.length - 1;
  while (at >= 0 && !isLevelOf(open[at]!, kind, parts, indent)) at--;
  let level: number, below: readonly OpenLevel[];
  const previous = at >= 0 ? open[at]! : null;
  if (previous) {
    level = previous.level + (kind === 'number' ? parts.length - previous.last.length : 0);
    below = at ? open.slice(0, at) : NO_LIST;
    if (kind === 'number' && parts.length > previous.last.length) below = open.slice(0, at + 1);
  } else {
    const parent = open.at(-1);
    level = parent ? parent.level + 1 : kind === 'number' ? parts.length : 1;
    below = open;
  }
  const doubtful = state.above === 'open' && kind !== 'dash' && (kind === 'number' ? marker.bare : true) && !starts(parts) && !(previous && continues(parts, previous.last));
  const label: Label = { kind, text: labelText(kind, parts), parts, start: marker.start, end: marker.end };
  const top: OpenLevel = { kind, indent, level, last: parts };
  const list = below.length ? [...below, top] : [top];
  return common({ reading: { kind: 'clause', level, label, textStart: marker.textStart, doubtful }, list });
}

/** An open level to which a marker returns, or (decimals) below which it stands. */
function isLevelOf(open: OpenLevel, kind: LabelKind, parts: readonly Ordinal[], indent: number): boolean {
  return open.kind === kind && open.indent === indent && (kind !== 'number' || open.last.length <= parts.length);
}

/** i), v), x): roman by indentation, behind a colon, where no letters are open, or behind a roman sibling. */
function romanOrLetter(indent: number, open: readonly OpenLevel[], state: State): 'roman' | 'letter' {
  const top = open.at(-1);
  if (!top) return 'roman';
  if (top.kind === 'roman' && top.indent === indent) return 'roman';
  const letters = open.filter(level => level.kind === 'letter');
  if (!letters.length) return 'roman';
  if (indent > letters.at(-1)!.indent) return 'roman';
  if (state.above === 'colon') return 'roman';
  return 'letter';
}

const starts = (parts: readonly Ordinal[]): boolean => parts.every(part => part.value === 1 && part.suffix === 0);

/** Whether a label is the next behind another: 2 behind 1, 1bis behind 1, 1.1 behind 1, 1.2 or 2 behind 1.1. */
export function continues(parts: readonly Ordinal[], last: readonly Ordinal[]): boolean {
  if (parts.length === last.length + 1) return sameParts(parts.slice(0, -1), last) && parts.at(-1)!.value === 1;
  if (parts.length > last.length) return false;
  const k = parts.length - 1;
  if (!sameParts(parts.slice(0, k), last.slice(0, k))) return false;
  const here = parts[k]!, before = last[k]!;
  return here.suffix === 0 ? here.value === before.value + 1 : here.value === before.value && here.suffix === Math.max(before.suffix, 1) + 1;
}

function isOneOrNext(parts: readonly Ordinal[], open: readonly OpenLevel[]): boolean {
  return starts(parts) || open.some(level => level.kind === 'number' && continues(parts, level.last));
}

/** Columns of an indentation, a tab going to the next multiple of four. */
export function indentColumns(text: string, end: number): number {
  let columns = 0;
  for (let i = 0; i < end; i++) columns = text.charCodeAt(i) === TAB ? columns + 4 - columns % 4 : columns + 1;
  return columns;
}
