/** Reading a catalogue that a user brings: what is wrong with it is said row by row, and what is right is kept. */
import type { CatalogueFile } from './catalogue';

/** What is wrong, and where: `recommendations[3].title`. */
export interface CatalogueProblem { readonly at: string; readonly message: string }

type Check = (value: unknown) => string | null;
const text: Check = value => typeof value === 'string' && value.trim() !== '' ? null : 'words are expected';
const texts: Check = value => Array.isArray(value) && value.every(one => text(one) === null) ? null : 'a list of words is expected';
const flag: Check = value => typeof value === 'boolean' ? null : 'true or false is expected';
const among = (...allowed: readonly string[]): Check => value => allowed.includes(value as string) ? null : `one of ${allowed.join(', ')} is expected`;
const like = (pattern: RegExp, what: string): Check => value => typeof value === 'string' && pattern.test(value) ? null : `${what} is expected`;
const revisions: Check = value => Array.isArray(value) && value.every(one => typeof one === 'object' && one !== null && text((one as { adopted?: unknown }).adopted) === null) ? null : 'a list of revisions, each with “adopted”, is expected';

/** The fields of each list (`server/data/catalogue.schema.json`); `!` marks those that a row must have. */
const LISTS: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  recommendations: {
    'number!': like(/^[A-Z][A-Z]?[ .-].*\d/, 'a number such as Y.4000'), also: texts, 'title!': text, edition: like(/^(?:\d\d\/)?\d{4}$/, 'month and year such as 06/2012'),
    status: among('in force', 'in force, pre-published', 'superseded', 'withdrawn'), successor: text, kind: among('recommendation', 'supplement'), url: like(/^https?:\/\//, 'an address'), 'source!': text,
  },
  resolutions: { 'body!': text, kind: among('Resolution', 'Decision', 'Recommendation', 'Opinion'), 'number!': like(/^\d+/, 'a number'), title: text, 'revisions!': revisions, 'source!': text },
  definitions: { 'term!': text, abbreviation: text, 'definition!': text, notes: texts, 'where!': text, edition: text, clause: text, verbatim: flag, ordinary: flag, 'source!': text },
  abbreviations: { 'abbreviation!': text, 'name!': text, 'kind!': text, about: text, known: flag, 'source!': text },
};

/** A catalogue without the rows that are wrong, its sources in words, and what is wrong; null where the text is no catalogue at all. */
export function readCatalogue(source: string): { readonly catalogue: CatalogueFile | null; readonly problems: readonly CatalogueProblem[] } {
  let file: unknown;
  try { file = JSON.parse(source.replace(/^\ufeff/, '')); } catch (error) { return { catalogue: null, problems: [{ at: '', message: `it is no JSON (${(error as Error).message})` }] }; }
  if (typeof file !== 'object' || file === null || Array.isArray(file)) return { catalogue: null, problems: [{ at: '', message: 'it holds no lists of Recommendations, resolutions, definitions or abbreviations' }] };
  const problems: CatalogueProblem[] = [], kept: Record<string, unknown> = {}, { sources = {} } = file as { sources?: Record<string, string> };
  for (const [key, value] of Object.entries(file)) {
    const fields = LISTS[key];
    if (!fields) {
      if (key !== '$schema' && key !== 'about' && key !== 'sources') problems.push({ at: key, message: `a catalogue holds ${Object.keys(LISTS).join(', ')}, about and sources, not this` });
      continue;
    }
    if (!Array.isArray(value)) { problems.push({ at: key, message: 'a list is expected' }); continue; }
    const checks = Object.entries(fields).map(([name, check]) => ({ name: name.replace('!', ''), check, needed: name.endsWith('!') })), known = new Set(checks.map(({ name }) => name));
    kept[key] = value.filter((row: unknown, i) => {
      const at = `${key}[${i}]`, before = problems.length;
      if (typeof row !== 'object' || row === null) { problems.push({ at, message: 'a row with fields is expected' }); return false; }
      const fields = row as Record<string, unknown>;
      for (const { name, check, needed } of checks) {
        const value = fields[name], wrong = value === undefined ? needed ? 'this is missing' : null : check(value);
        if (wrong) problems.push({ at: `${at}.${name}`, message: wrong });
      }
      const right = problems.length === before;
      if (right) fields.source = sources[fields.source as string] ?? fields.source;
      for (const name in fields) if (!known.has(name)) problems.push({ at: `${at}.${name}`, message: 'this is not a field of such a row' });
      return right;
    });
  }
  return { catalogue: kept, problems };
}
