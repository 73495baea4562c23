import { catalogue, type InstrumentKind, type Recommendation, type Resolution } from '../knowledge/catalogue';
import { CONFERENCES } from '../knowledge/conferences';
import { citedAs, inSentence } from '../contribution/citations';
import { emit, Failure, json, JSON_OUTPUT, OUTPUT, type Command } from './command';
import { CATALOGUE, withCatalogues } from './known';

export const cite: Command = {
  name: 'cite',
  usage: 'WHAT… [--catalogue FILE] [--json] [-o FILE]',
  about: 'Print the citation of a Recommendation (Y.4900) or resolution (“WTSA 98”, “ITU-R 66”) as ITU writes it.',
  options: { ...CATALOGUE, ...JSON_OUTPUT, ...OUTPUT },
  async run(given, options) {
    if (!given.length) throw new Failure('nothing is named; for example: resolute cite Y.4900 “PP 197”');
    await withCatalogues(options);
    const found = given.map(what => ({ what, rows: lookUp(what) }));
    await emit(options.json ? json(found.flatMap(({ rows }) => rows.map(asJson)))
      : found.map(({ rows }) => rows.map(row => `${citation(row)}\n`).join('')).join(''), options);
    const unknown = found.filter(({ rows }) => !rows.length).map(({ what }) => what);
    if (unknown.length) process.stderr.write(`resolute: not in the catalogue: ${unknown.join(', ')}\n`);
    return unknown.length ? 1 : 0;
  },
};

export type Row = Recommendation | Resolution;
const isResolution = (row: Row): row is Resolution => 'body' in row;

/** What a user may mean by `Y.4900`, `ITU-T Y.4900`, `PP 197`, `WTSA Resolution 98`, `Resolution 98`, `ITU-R 66-2`: every text that fits. */
export function lookUp(what: string): readonly Row[] {
  const words = what.trim().replace(/[\u2010-\u2013]/g, '-').replace(/[\s\u00a0]+/g, ' ').replace(/\(.*$/, '').trim();
  const recommendation = catalogue().recommendation(words.replace(/^(?:Rec(?:ommendation|\.)? )?(?:ITU-?T )?/i, '').toUpperCase().replace('SUPPL', 'Suppl'));
  if (recommendation) return [recommendation];
  const [, body, kind, sector, number] = /^(?:([A-Za-z]+)(?:-\d+)? )?(?:(Resolution|Decision|Recommendation|Opinion|Res\.?) )?(ITU-?R )?(\d+)(?:-\d+)?$/i.exec(words) ?? [];
  if (!number) return [];
  const wanted = sector ? 'RA' : body?.toUpperCase(), instrument = kind && !/^res/i.test(kind) ? kind[0]!.toUpperCase() + kind.slice(1).toLowerCase() as InstrumentKind : 'Resolution';
  return (wanted ? [wanted] : CONFERENCES.map(conference => conference.body)).flatMap(candidate => catalogue().resolution(candidate, instrument, number) ?? []);
}

/** The citation in full: `Resolution 197 (Rev. Bucharest, 2022) of the Plenipotentiary Conference, on …`. */
export function citation(row: Row): string {
  if (!isResolution(row)) return `${row.kind === 'supplement' ? '' : 'Recommendation '}ITU-T ${row.number}, on ${inSentence(row.title)}`;
  const newest = row.revisions.at(-1), name = CONFERENCES.find(({ body }) => body === row.body)?.name ?? row.body;
  return `${row.kind ?? 'Resolution'} ${row.body === 'RA' ? 'ITU-R ' : ''}${newest ? citedAs(row, newest) : row.number} of the ${name}${row.title ? `, on ${inSentence(row.title)}` : ''}`;
}

export function asJson(row: Row): object {
  return isResolution(row)
    ? { number: row.number, body: row.body, title: row.title ?? null, edition: row.revisions.at(-1)?.adopted ?? null, status: null, otherNumbers: [], revisions: row.revisions.map(revision => citedAs(row, revision)), successor: null, source: row.source }
    : { number: row.number, body: null, title: row.title, edition: row.edition ?? null, status: row.status ?? null, otherNumbers: row.also ?? [], revisions: [], successor: row.successor ?? null, source: row.source };
}
