import { readFile } from 'node:fs/promises';
import { catalogue as known, type Resolution } from '../knowledge/catalogue';
import { readCatalogue } from '../knowledge/readCatalogue';
import { catalogueOf, printCatalogue, readRecord } from '../knowledge/relaton';
import { shorten } from '../markup/text';
import { records } from '../records';
import { asJson, citation, lookUp, type Row } from './cite';
import { emit, Failure, json, JSON_OUTPUT, only, OUTPUT, table, type Command, type Options } from './command';
import { CATALOGUE, withCatalogues } from './known';

export const catalogue: Command = {
  name: 'catalogue',
  usage: 'search WORDS… | show NUMBER | import FOLDER|ZIP -o FILE | validate FILE [--catalogue FILE] [--json] [-o FILE]',
  about: 'Look Recommendations, resolutions and terms up, and make a catalogue from the public records of ITU.',
  options: { ...CATALOGUE, ...JSON_OUTPUT, ...OUTPUT },
  async run([action, ...rest], options) {
    switch (action) {
      case 'search': return search(rest, options);
      case 'show': return show(rest.join(' '), options);
      case 'import': return importRecords(only(rest), options);
      case 'validate': return validate(only(rest), options);
      default: throw new Failure(`catalogue is followed by search, show, import or validate${action ? `, not by “${action}”` : ''}`);
    }
  },
};

async function search(words: readonly string[], options: Options): Promise<number> {
  if (!words.length) throw new Failure('words to look for are missing');
  await withCatalogues(options);
  const text = words.join(' '), wanted = words.flatMap(word => word.toLowerCase().split(/\s+/)).filter(Boolean);
  const holds = (...fields: readonly (string | undefined)[]) => wanted.every(word => fields.some(field => field?.toLowerCase().includes(word)));
  const rows: Row[] = [...known().searchRecommendations(text, Infinity), ...known().resolutions.filter((row: Resolution) => holds(row.title, row.body, row.number, row.kind ?? 'Resolution'))];
  const terms = known().definitions.filter(({ term, abbreviation }) => holds(term, abbreviation)), short = known().abbreviations.filter(({ abbreviation, name }) => holds(abbreviation, name));
  await emit(options.json ? json([...rows.map(asJson), ...terms, ...short]) : table([
    ...rows.map(row => 'body' in row ? [`${row.body} ${row.number}`, row.revisions.at(-1)?.adopted ?? '', row.title ?? ''] : [row.number, row.edition ?? '', row.title]),
    ...terms.map(({ term, where, definition }) => [term, where, shorten(definition, 100)]), ...short.map(({ abbreviation, kind, name }) => [abbreviation, kind, name]),
  ]), options);
  return 0;
}

async function show(what: string, options: Options): Promise<number> {
  if (!what) throw new Failure('a number or a term is missing');
  await withCatalogues(options);
  const rows = lookUp(what), terms = known().definitions.filter(({ term, abbreviation }) => term.toLowerCase() === what.toLowerCase() || abbreviation === what), short = known().abbreviation(what);
  if (!rows.length && !terms.length && !short.length) throw new Failure(`“${what}” is not in the catalogue; resolute catalogue search finds by words`);
  const fields = (row: object): string => table(Object.entries(row).filter(([, value]) => value !== null && (!Array.isArray(value) || value.length)).map(([name, value]) => [name, Array.isArray(value) ? value.join('; ') : String(value)]));
  await emit(options.json ? json([...rows.map(asJson), ...terms, ...short])
    : [...rows.map(row => fields({ ...asJson(row), cite: citation(row) })), ...terms.map(fields), ...short.map(fields)].join('\n'), options);
  return 0;
}

/** Makes a catalogue from a folder or an archive of records. */
async function importRecords(source: string, options: Options): Promise<number> {
  const editions: NonNullable<ReturnType<typeof readRecord>>[] = [], { stderr } = process;
  let read = 0;
  try {
    for await (const text of records(source)) {
      const edition = readRecord(text);
      if (edition) editions.push(edition);
      if (++read % 500 === 0 && stderr.isTTY) stderr.write(`\r${read} records`);
    }
  } catch (error) { throw new Failure((error as Error).message); }
  if (!editions.length) throw new Failure(`${source} holds no records of Recommendations (YAML files of the relaton data of ITU)`);
  const made = catalogueOf(editions);
  if (stderr.isTTY) stderr.write(`\r${read} records, ${made.recommendations!.length} Recommendations and supplements\n`);
  await emit(printCatalogue(made), options);
  return 0;
}

async function validate(file: string, options: Options): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => { throw new Failure(`${file} cannot be read: there is no such file`); });
  const { problems } = readCatalogue(text);
  await emit(options.json ? json(problems) : table(problems.map(({ at, message }) => [file, at || '(all)', message])), options);
  return problems.length ? 1 : 0;
}
