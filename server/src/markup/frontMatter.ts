/**
 * The front matter: optional YAML at the very top (markup, section 2), with the position of every value.
 * Read by the `yaml` library; whatever is wrong with it becomes a problem at its place, and what could be
 * read is still there.
 */
import { parseDocument, isMap, isScalar, isSeq, LineCounter, type Node, type Pair } from 'yaml';
import type { Block } from './types';
import type { Document } from './document';
import { memo } from './memo';
import { nextLine } from './lines';

export const TEMPLATES = ['wtsa-contribution', 'study-group-contribution', 'resolution'] as const;
export const LANGUAGES = ['en', 'fr', 'es', 'ru', 'ar', 'zh'] as const;
export type Template = (typeof TEMPLATES)[number];
export type Language = (typeof LANGUAGES)[number];

export interface Contact {
  readonly name?: string;
  readonly organization?: string;
  readonly country?: string;
  readonly email?: string;
  readonly telephone?: string;
}

/** What a known key means and holds; the order is that of a new front matter. */
export const FRONT_MATTER_KEYS = {
  meeting: { type: 'text', about: 'The meeting that the contribution is for: `WTSA-24`, `SG20`.' },
  place: { type: 'text', about: 'Where the meeting takes place: `New Delhi`.' },
  dates: { type: 'text', about: 'When the meeting takes place: `15-24 October 2024`.' },
  date: { type: 'text', about: 'Date of the contribution, `2024-09-22`; the date of its tracked changes where they do not say another.' },
  document: { type: 'text', about: 'Number of the document: `37`.' },
  addendum: { type: 'text', about: 'Number of the addendum to the document: `37`.' },
  revision: { type: 'text', about: 'Number of the revision of the document.' },
  language: { type: 'language', about: 'Language of the text: `en` `fr` `es` `ru` `ar` `zh`. English where nothing is said.' },
  source: { type: 'text', about: 'Who submits the contribution, as printed: `Asia-Pacific Telecommunity Member Administrations`.' },
  sponsor: { type: 'text', about: 'Short name to which tracked changes belong: `APT`, `EUR`, `IAP`, `ATU`, `ARB`, `RCC`, or a country.' },
  title: { type: 'text', about: 'Title of the contribution, as printed on its cover.' },
  'study-group': { type: 'text', about: 'Number of the study group: `20`.' },
  questions: { type: 'text', about: 'Questions of the study group that it concerns: `1/20, 2/20`.' },
  'agenda-item': { type: 'text', about: 'Agenda item of the conference.' },
  keywords: { type: 'text', about: 'Keywords, divided by semicolons.' },
  abstract: { type: 'text', about: 'Abstract, under 200 words.' },
  contacts: { type: 'contacts', about: 'Persons to contact: a list, each with `name`, `organization`, `country`, `email`, `telephone`.' },
  template: { type: 'template', about: 'Form of the Word file: `wtsa-contribution`, `study-group-contribution` or `resolution`; chosen by the other keys where it is not named.' },
  base: { type: 'text', about: 'The text in force that is modified: a path, relative to this file.' },
} as const satisfies Record<string, { type: 'text' | 'language' | 'template' | 'contacts'; about: string }>;
export type FrontMatterKey = keyof typeof FRONT_MATTER_KEYS;

export const CONTACT_KEYS = ['name', 'organization', 'country', 'email', 'telephone'] as const;

export interface FrontMatterEntry {
  readonly key: string;
  /** Offsets in the document. */
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

export interface FrontMatterProblem {
  readonly code: 'yaml' | 'unknown-key' | 'wrong-value';
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface FrontMatter {
  /** Values of the known keys that hold text; numbers and dates as they are written. Lists are joined by `, `. */
  readonly values: Partial<Record<Exclude<FrontMatterKey, 'contacts'>, string>>;
  readonly contacts: readonly Contact[];
  /** Every key of the first level, known or not, in order. */
  readonly entries: readonly FrontMatterEntry[];
  readonly problems: readonly FrontMatterProblem[];
}

const EMPTY: FrontMatter = { values: {}, contacts: [], entries: [], problems: [] };

/** The front matter of a document; an empty one where it has none. Read once for each version of its block. */
export const frontMatter = (document: Document): FrontMatter => document.frontMatter ? read(document.frontMatter) : EMPTY;

const read = memo((block: Block): FrontMatter => {
  const offset = nextLine(block.source, 0);
  const end = block.source.search(/[\r\n]---[ \t]*(?:[\r\n]|$)/);
  const text = block.source.slice(offset, Math.max(offset, end + 1));
  const yaml = parseDocument(text, { lineCounter: new LineCounter(), schema: 'failsafe', prettyErrors: false });
  const problems: FrontMatterProblem[] = [...yaml.errors, ...yaml.warnings].map(({ message, pos }) =>
    ({ code: 'yaml', message: `This line of the front matter cannot be read: ${message}.`, start: offset + pos[0], end: offset + Math.max(pos[1], pos[0] + 1) }));
  const values: Partial<Record<Exclude<FrontMatterKey, 'contacts'>, string>> = {};
  const entries: FrontMatterEntry[] = [];
  let contacts: Contact[] = [];
  if (isMap(yaml.contents)) for (const pair of yaml.contents.items as Pair<Node, Node | null>[]) {
    const [keyStart, keyEnd] = span(pair.key), [valueStart, valueEnd] = pair.value ? span(pair.value) : [keyEnd, keyEnd];
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    const at = { start: offset + keyStart, end: offset + keyEnd };
    entries.push({ key, keyStart: offset + keyStart, keyEnd: offset + keyEnd, valueStart: offset + valueStart, valueEnd: offset + valueEnd });
    if (!Object.hasOwn(FRONT_MATTER_KEYS, key)) {
      problems.push({ code: 'unknown-key', message: `“${key}” is not a key of the front matter that is used anywhere; it is kept as it is.`, ...at });
      continue;
    }
    const valueAt = { start: offset + valueStart, end: offset + Math.max(valueEnd, valueStart + 1) };
    if (key === 'contacts') {
      const list = isSeq(pair.value) ? pair.value.items : isMap(pair.value) ? [pair.value] : [];
      contacts = list.filter(isMap).map(item => item.toJSON() as Contact);
      if (pair.value && !list.length && textOf(pair.value)) problems.push({ code: 'wrong-value', message: 'Contacts are a list; each begins with a dash and holds name, organization, country, email and telephone.', ...valueAt });
      continue;
    }
    const value = pair.value ? textOf(pair.value) : '';
    if (value === null) { problems.push({ code: 'wrong-value', message: `“${key}” holds one text.`, ...valueAt }); continue; }
    if (value === '') continue;
    values[key as Exclude<FrontMatterKey, 'contacts'>] = value;
    const allowed: readonly string[] | null = key === 'language' ? LANGUAGES : key === 'template' ? TEMPLATES : null;
    if (allowed && !allowed.includes(value)) problems.push({ code: 'wrong-value', message: `“${value}” is none of ${allowed.join(', ')}.`, ...valueAt });
  }
  else if (yaml.contents && text.trim() && !problems.length) problems.push({ code: 'yaml', message: 'Front matter is written as lines of “key: value”.', start: offset, end: offset + text.trimEnd().length });
  return { values, contacts, entries, problems };
});

/** A scalar's text, or a list's texts joined; null for what holds no text. */
function textOf(node: Node): string | null {
  if (isScalar(node)) return node.value === null || node.value === undefined ? '' : String(node.value).trim();
  if (isSeq(node) && node.items.every(isScalar)) return node.items.map(item => String((item as { value: unknown }).value).trim()).join(', ');
  return null;
}

const span = (node: Node): [number, number] => node.range ? [node.range[0], node.range[1]] : [0, 0];

/** Author and date that hold for marks without an attribute: `sponsor` and `date`. */
export function defaults(document: Document): { author: string | null; date: string | null } {
  const { values } = frontMatter(document);
  return { author: values.sponsor ?? null, date: values.date ?? null };
}
