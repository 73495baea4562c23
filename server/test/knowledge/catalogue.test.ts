import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { allNumbers, BUILT_IN, Catalogue, isRenumbered, type CatalogueFile } from '../../src/knowledge/catalogue';
import { CONFERENCES } from '../../src/knowledge/conferences';
import { readCatalogue } from '../../src/knowledge/readCatalogue';
import { catalogueOf, printCatalogue, readRecord } from '../../src/knowledge/relaton';
import { generated } from './generated';

const DATA = path.join(__dirname, '../../data');
const RELATON = path.join(__dirname, '../../../../shared/corpus/relaton/data');

/** A record as the public data has it, in short. */
const record = (identifier: string, title: string, { stage = 'Published', published = '2012-06-15' } = {}) => `---
id: X
title:
- language: en
  script: Latn
  content: ${title}
source:
- type: src
  content: https://example.org/${identifier.replace(/\W/g, '')}
docidentifier:
- content: ${identifier}
  type: ITU
  primary: true
date:
- type: published
  at: '${published}'
status:
  stage:
    content: ${stage}
relation:
- type: hasEdition
  bibitem:
    title:
    - content: Another title
`;

describe('the catalogues', () => {
  for (const name of ['recommendations', 'resolutions', 'definitions', 'abbreviations']) it(`${name}.json says nothing that its schema does not know, and where each row comes from`, () => {
    const text = readFileSync(path.join(DATA, `${name}.json`), 'utf8');
    assert.deepEqual(readCatalogue(text).problems, []);
    const file = JSON.parse(text) as CatalogueFile & { about: string };
    assert.ok(file.about.length > 40);
    for (const row of file[name as 'recommendations']!) assert.ok(file.sources![row.source], `${JSON.stringify(row)} has no source`);
  });

  it('has a schema that asks for the same fields as the program', () => {
    const { properties } = JSON.parse(readFileSync(path.join(DATA, 'catalogue.schema.json'), 'utf8')) as { properties: Record<string, { items?: { required: string[]; properties: Record<string, unknown> } }> };
    for (const [list, { items }] of Object.entries(properties)) {
      if (!items) continue;
      const missing = readCatalogue(JSON.stringify({ [list]: [{}] })).problems.map(({ at }) => at.replace(/^.*\./, ''));
      assert.deepEqual(missing.sort(), [...items.required].sort(), list);
      const unknown = (field: string) => readCatalogue(JSON.stringify({ [list]: [{ [field]: null }] })).problems.some(({ at, message }) => at.endsWith(`.${field}`) && /not a field/.test(message));
      for (const field in items.properties) assert.ok(!unknown(field), `${list}.${field}`);
      assert.ok(unknown('somethingElse'));
    }
  });

  it('finds a Recommendation by any of its numbers', () => {
    assert.equal(BUILT_IN.recommendation('Y.2060')?.number, 'Y.4000');
    assert.equal(BUILT_IN.recommendation('L.1600')?.number, 'Y.4900');
    assert.equal(BUILT_IN.recommendation('Y.1'), null);
    assert.equal(allNumbers(BUILT_IN.recommendation('Y.4000')!), 'Y.4000/Y.2060');
  });

  it('tells a former number from a second one', () => {
    assert.ok(isRenumbered('Y.2060', 'Y.4000'));
    assert.ok(!isRenumbered('L.1600', 'Y.4900'));
  });

  it('finds Recommendations by the beginning of a number, or of words of the title', () => {
    const numbers = (typed: string) => BUILT_IN.searchRecommendations(typed, 3).map(({ number }) => number);
    assert.equal(numbers('Y.4900')[0], 'Y.4900');
    assert.deepEqual(numbers('ITU-T Y.490'), ['Y.4900', 'Y.4901', 'Y.4902']);
    assert.ok(numbers('overview key perf').includes('Y.4900'));
    assert.deepEqual(numbers('no such words at all'), []);
  });

  it('offers the numbers that are nearly the one that is written', () => {
    const near = (number: string) => BUILT_IN.near(number).map(row => row.number);
    assert.ok(near('Y.4990').includes('Y.4900'), near('Y.4990').join());
    assert.ok(near('Y.400').includes('Y.4000'));
  });

  it('finds resolutions with their revisions, the newest last', () => {
    assert.deepEqual(BUILT_IN.resolution('PP', 'Resolution', '197')?.revisions.map(({ adopted }) => adopted), ['Busan, 2014', 'Rev. Dubai, 2018', 'Rev. Bucharest, 2022']);
    assert.equal(BUILT_IN.resolution('RA', 'Resolution', '66-1')?.revisions.at(-1)?.number, '66-2');
    for (const { body } of BUILT_IN.resolutions) assert.ok(CONFERENCES.some(conference => conference.body === body), body);
  });

  it('takes the row of a later catalogue in place of an earlier one', () => {
    const own = new Catalogue(() => []).with([{ recommendations: [{ number: 'Y.1', title: 'Old', source: 'a' }] }, readCatalogue('{"sources":{"b":"the other"},"recommendations":[{"number":"Y.1","title":"New","source":"b"}]}').catalogue!]);
    assert.deepEqual(own.recommendation('Y.1'), { number: 'Y.1', title: 'New', source: 'the other' });
    assert.equal(own.recommendations.length, 1);
  });
});

describe('a catalogue that a user brings', () => {
  it('is taken without the rows that are wrong, and what is wrong is said', () => {
    const { catalogue, problems } = readCatalogue(JSON.stringify({ recommendations: [{ number: 'Y.1', title: 'One', source: 'me' }, { number: 'one', title: 'Two', source: 'me' }, { number: 'Y.3', titel: 'Three', source: 'me' }], resolution: [] }));
    assert.deepEqual(catalogue?.recommendations?.map(({ number }) => number), ['Y.1']);
    assert.deepEqual(problems.map(({ at }) => at), ['recommendations[1].number', 'recommendations[2].title', 'recommendations[2].titel', 'resolution']);
  });
  it('that is none is refused', () => {
    for (const text of ['', '[]', 'null', '{', '"x"']) assert.equal(readCatalogue(text).catalogue, null, text);
  });
});

describe('the public records', () => {
  it('give a Recommendation with its numbers, its edition and where it is', () => {
    assert.deepEqual(readRecord(record('ITU-T Y.4000/Y.2060 (06/2012)', 'Overview')),
      { number: 'Y.4000', also: ['Y.2060'], title: 'Overview', edition: '06/2012', status: 'in force', url: 'https://example.org/ITUTY4000Y2060062012', source: 'relaton', published: '2012-06-15' });
    assert.equal(readRecord(record('ITU-T A.2 (2004) Amd. 1 (07/2006)', 'Amendment')), null);
    assert.equal(readRecord('no: [yaml'), null);
    assert.equal(readRecord(record('ITU-T Y Suppl. 45 (09/2017)', 'Overview'))?.kind, 'supplement');
  });

  it('give the newest edition in force, whatever their order', () => {
    const editions = [record('ITU-T A.1 (10/2016)', 'Old', { stage: 'Withdrawal', published: '2016-10-28' }), record('ITU-T A.1 (09/2019)', 'New', { published: '2019-09-27' }), record('ITU-T A.1 (10/2000)', 'Older', { stage: 'Withdrawal', published: '2000-10-06' })].map(text => readRecord(text)!);
    for (const order of [editions, editions.toReversed()]) assert.deepEqual(catalogueOf(order).recommendations?.map(({ number, title, status }) => [number, title, status]), [['A.1', 'New', 'in force']]);
  });

  it('of one that is withdrawn altogether say so', () => assert.equal(catalogueOf([readRecord(record('ITU-T A.9 (10/2000)', 'Old', { stage: 'Withdrawal' }))!]).recommendations![0]!.status, 'withdrawn'));

  it('are printed as a catalogue, one row a line', () => {
    const text = printCatalogue(catalogueOf([readRecord(record('ITU-T Y.10 (01/2020)', 'Ten'))!, readRecord(record('ITU-T Y.9 (01/2020)', 'Nine'))!]));
    const { catalogue, problems } = readCatalogue(text);
    assert.deepEqual(problems, []);
    assert.deepEqual(catalogue?.recommendations?.map(({ number }) => number), ['Y.9', 'Y.10']);
    assert.equal(text.split('\n').filter(line => line.includes('"number"')).length, 2);
  });

  it('of ITU are read', function () {
    if (!existsSync(RELATON)) { console.log(`    ${RELATON} is not there, so no real records are read`); this.skip(); }
    const texts = readdirSync(RELATON).map(name => readFileSync(path.join(RELATON, name), 'utf8'));
    const rows = catalogueOf(texts.flatMap(text => readRecord(text) ?? [])).recommendations!, of = (number: string) => rows.find(row => row.number === number);
    assert.equal(of('A.1')?.edition, '09/2019');
    assert.equal(of('A.2')?.edition, '11/2012');
    assert.deepEqual(of('Y.4000')?.also, ['Y.2060']);
    assert.ok(rows.every(({ status }) => status === 'in force'));
  });

  it('may be many: sixteen thousand are taken in and searched at once', () => {
    const text = printCatalogue(generated(16_000));
    let began = performance.now();
    const { catalogue } = readCatalogue(text), known = BUILT_IN.with([catalogue!]);
    known.recommendation('Y.4000');
    const loaded = performance.now() - began, times: number[] = [];
    for (const typed of ['Q.1', 'Q.12', 'Z', 'req', 'requirements of net', 'Q.9999', 'interoperab']) for (let i = 0; i < 5; i++) {
      began = performance.now();
      known.searchRecommendations(typed, 50);
      times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    console.log(`    16,000 Recommendations: ${(text.length / 1e6).toFixed(1)} MB taken in within ${loaded.toFixed(0)} ms; searched in ${times[times.length >> 1]!.toFixed(2)} ms (median), ${times.at(-1)!.toFixed(2)} ms at most`);
    // Far above what it takes, as the machine may be busy: it must not be a matter of seconds.
    assert.ok(loaded < 500 && times[times.length >> 1]! < 50);
  });
});
