/**
 * Clause markers (markup, section 4): `a)`, `aa)`, `b)bis`, `1`, `1.2`, `3bis`, `iv)`, `–`.
 */
import type { LabelKind, Ordinal } from './types';
import { isBlank, TAB } from './lines';

/** Latin ordinals in the order in which clauses are inserted behind a clause; the first stands for none. */
export const SUFFIXES = ['', '', 'bis', 'ter', 'quater', 'quinquies', 'sexies', 'septies', 'octies', 'nonies', 'decies'] as const;

/** A marker as it stands at the start of a line; what an `i)` means depends on its list. */
export interface Marker {
  /** `letter` for what can only be a letter, `roman` for what can only be roman, `either` for i), v), x). */
  readonly kind: LabelKind | 'either';
  readonly parts: readonly Ordinal[];
  /** Where the label starts and ends in the text, emphasis around it left out. */
  readonly start: number;
  readonly end: number;
  /** Where the text behind the separator begins. */
  readonly textStart: number;
  readonly separator: 'tab' | 'blanks' | 'none';
  /** Written `3`, `3bis` or `1.2`, not `3.` or `3)`: could be the first word of a sentence. */
  readonly bare: boolean;
  /** The marker is not in the form that is written (`1.`, `a bis)`, `-`, `*a)*`). */
  readonly variant: boolean;
}

const SUFFIX = SUFFIXES.filter(Boolean).sort((a, b) => b.length - a.length).join('|');
const LETTER = new RegExp(`(\\*{0,2})([a-z]{1,2}?|[ivx]+)(?:(${SUFFIX})|[ \\u00a0]\\*{0,2}(${SUFFIX}))?(\\*{0,2})\\)(?:(${SUFFIX}))?(\\*{0,2})(?=[\\t \\u00a0\\r\\n]|$)`, 'y');
const NUMBER = new RegExp(`(\\*{0,2})(\\d{1,4}(?:${SUFFIX})?(?:\\.\\d{1,3}(?:${SUFFIX})?)*)([.)]?)(?:[ \\u00a0]?\\*{0,2}(${SUFFIX}))?(\\*{0,2})(?=[\\t \\u00a0\\r\\n]|$)`, 'y');
const SPACED_SUFFIX = new RegExp(`^\\*{0,2}(?:${SUFFIX})`);
const PART = new RegExp(`(\\d+)(${SUFFIX})?`, 'g');
const ROMAN = /^(?:x{0,3})(?:ix|iv|v?i{0,3})$/;
const ROMAN_VALUES: Record<string, number> = { i: 1, v: 5, x: 10 };

/** The value of a roman numeral up to xxxix, or 0 where it is none. */
export function romanValue(text: string): number {
  if (!text || !ROMAN.test(text)) return 0;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const here = ROMAN_VALUES[text[i]!]!, next = ROMAN_VALUES[text[i + 1] ?? ''] ?? 0;
    value += here < next ? -here : here;
  }
  return value;
}

export function romanText(value: number): string {
  const ones = ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix'];
  return 'x'.repeat(Math.floor(value / 10)) + ones[value % 10]!;
}

/** a = 1, z = 26, aa = 27, ab = 28. */
export function letterValue(text: string): number {
  let value = 0;
  for (const letter of text) value = value * 26 + letter.charCodeAt(0) - 96;
  return value;
}

export function letterText(value: number): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor((rest - 1) / 26)) text = String.fromCharCode(97 + (rest - 1) % 26) + text;
  return text;
}

const PLAIN: (readonly Ordinal[])[] = [];

/** The parts of a plain label; shared, because nearly every clause has one. */
const plainParts = (value: number): readonly Ordinal[] => PLAIN[value] ??= [{ value, suffix: 0 }];

const LETTERS = Array.from({ length: 27 }, (_, value) => value ? `${String.fromCharCode(96 + value)})` : '');

/** A label in the form that is written: `a)bis`, `3bis`, `1.2`, `–`. */
export function labelText(kind: LabelKind, parts: readonly Ordinal[]): string {
  if (parts.length === 1 && parts[0]!.suffix === 0) { // nearly all
    if (kind === 'letter' && parts[0]!.value < LETTERS.length) return LETTERS[parts[0]!.value]!;
    if (kind === 'number') return String(parts[0]!.value);
  }
  const suffix = (part: Ordinal) => SUFFIXES[part.suffix] ?? '';
  switch (kind) {
    case 'letter': return `${letterText(parts[0]!.value)})${suffix(parts[0]!)}`;
    case 'roman': return `${romanText(parts[0]!.value)})${suffix(parts[0]!)}`;
    case 'number': return parts.map(part => `${part.value}${suffix(part)}`).join('.');
    case 'dash': return '–';
  }
}

const suffixIndex = (text: string | undefined): number => text ? SUFFIXES.indexOf(text as (typeof SUFFIXES)[number]) : 0;

/**
 * Reads the marker at `offset` of a line's text (indentation behind it). Null where there is none.
 * Whether a bare number really is a marker depends on its list: see `levels.ts`.
 */
export function readMarker(text: string, offset = 0): Marker | null {
  let first = text.charCodeAt(offset);
  if (first === 42) first = text.charCodeAt(text.charCodeAt(offset + 1) === 42 ? offset + 2 : offset + 1);
  if (first >= 48 && first <= 57) return readNumber(text, offset);
  if (first >= 97 && first <= 122) return readLetter(text, offset);
  if (first === 0x2013 || first === 45 || first === 0x2022) return readDash(text, offset);
  return null;
}

function readLetter(text: string, offset: number): Marker | null {
  // Nearly every marker is one letter and a bracket.
  const first = text.charCodeAt(offset);
  if (first !== 42 && text.charCodeAt(offset + 1) === 41 && (offset + 2 >= text.length || isBlank(text.charCodeAt(offset + 2)))) {
    const kind = first === 105 || first === 118 || first === 120 ? 'either' : 'letter';
    return finish(text, { kind, parts: plainParts(first - 96), start: offset, end: offset + 2, bare: false, variant: false }, offset + 2);
  }
  if (!mayBeLabel(text, offset)) return null;
  LETTER.lastIndex = offset;
  const match = LETTER.exec(text);
  if (!match) return null;
  const [all, open, letters, glued, spaced, before, behind, after] = match as unknown as [string, string, string, string?, string?, string?, string?, string?];
  const close = (before ?? '') + (after ?? '');
  if (open.length !== close.length && !(open.length > 0 && close.length === 0)) return null;
  const roman = romanValue(letters);
  if (letters.length > 2 && !roman) return null;
  const kind = !roman ? 'letter' : letters.length === 1 ? 'either' : 'roman';
  const value = kind === 'roman' ? roman : letterValue(letters);
  const start = offset + open.length, end = offset + all.length - (after?.length ?? 0);
  return finish(text, { kind, parts: [{ value, suffix: suffixIndex(glued ?? spaced ?? behind) }], start, end, bare: false, variant: open !== '' || !!glued || !!spaced }, offset + all.length);
}

/** Whether a bracket is near enough; most lines that begin with a letter are prose. */
function mayBeLabel(text: string, offset: number): boolean {
  const bracket = text.indexOf(')', offset);
  return bracket >= 0 && bracket - offset < 24;
}

function readNumber(text: string, offset: number): Marker | null {
  const digit = text.charCodeAt(offset) - 48;
  if (digit >= 0 && isBlank(text.charCodeAt(offset + 1)))
    if (text.charCodeAt(offset + 1) === TAB || !SPACED_SUFFIX.test(text.slice(offset + 2, offset + 12)))
      return finish(text, { kind: 'number', parts: plainParts(digit), start: offset, end: offset + 1, bare: true, variant: false }, offset + 1);
  NUMBER.lastIndex = offset;
  const match = NUMBER.exec(text);
  if (!match) return null;
  const [all, open, digits, point, suffix, close] = match as unknown as [string, string, string, string, string?, string?];
  if (open.length !== (close ?? '').length) return null;
  const parts = [...digits.matchAll(PART)].map(part => ({ value: Number(part[1]), suffix: suffixIndex(part[2]) }));
  if (suffix) parts[parts.length - 1] = { value: parts.at(-1)!.value, suffix: suffixIndex(suffix) };
  const start = offset + open.length, end = offset + all.length - (close?.length ?? 0);
  return finish(text, { kind: 'number', parts, start, end, bare: point === '', variant: open !== '' || labelText('number', parts) !== text.slice(start, end) }, offset + all.length);
}

function readDash(text: string, offset: number): Marker | null {
  if (offset + 1 >= text.length || !isBlank(text.charCodeAt(offset + 1))) return null;
  return finish(text, { kind: 'dash', parts: [], start: offset, end: offset + 1, bare: false, variant: text[offset] !== '–' }, offset + 1);
}

function finish(text: string, marker: Omit<Marker, 'textStart' | 'separator'>, end: number): Marker {
  const tab = text.charCodeAt(end) === TAB;
  let textStart = end;
  if (tab) textStart++;
  else while (textStart < text.length && isBlank(text.charCodeAt(textStart))) textStart++;
  return { kind: marker.kind, parts: marker.parts, start: marker.start, end: marker.end, bare: marker.bare, variant: marker.variant, textStart, separator: tab ? 'tab' : textStart > end ? 'blanks' : 'none' };
}
