import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { abbreviations } from '../../src/contribution/abbreviations';
import { bodyOf, citations, NOBODY, speakerOf, type Citation } from '../../src/contribution/citations';
import { sourceAt } from '../../src/contribution/prose';
import { texts } from '../../src/contribution/scopes';
import { occurrencesOf, termAt } from '../../src/contribution/terms';
import type { View } from '../../src/markup/types';
import { parse } from '../features/cursor';
import { parameters, soup } from '../soup';

const CORPUS = path.join(__dirname, '../../../../shared/corpus');

const shown = (citation: Citation): string => citation.kind === 'recommendation'
  ? `ITU-${citation.sector} ${citation.numbers.join('/')}${citation.edition ? ` (${citation.edition})` : ''}${citation.series ? ' series' : ''}${citation.through ? ' closes a range' : ''}`
  : `${citation.instrument} ${citation.number}${citation.revision ? ` (${citation.revision.form})` : ''} ${citation.body ?? '?'}${citation.through ? ' closes a range' : ''}`;
/** What a clause with these words cites. */
const cited = (words: string, view: View = 'final'): string[] => [...parse(`recalling\na)\t${words}\n`).blocks()].flatMap(({ block }) => citations(block)[view].citations.map(shown));

const CASES: readonly (readonly [words: string, ...cited: string[]])[] = [
  ['Resolution 197 (Rev. Bucharest, 2022) of the Plenipotentiary Conference, on things;', 'Resolution 197 (Rev. Bucharest, 2022) PP'],
  ['Resolution\u00a098 (Hammamet,\u00a02016) of WTSA;', 'Resolution 98 (Hammamet, 2016) WTSA'],
  ['Resolution ITU-R 66-2 (Rev. Dubai, 2023) of the Radiocommunication Assembly', 'Resolution 66-2 (Rev. Dubai, 2023) RA'],
  ['Resolution 646 (Rev.WRC-15) of the World Radiocommunication Conference', 'Resolution 646 (Rev.WRC-15) WRC'],
  ['Resolution 958 (WRC-2015)', 'Resolution 958 (WRC-15) WRC'],
  ['Resolutions 47 and 48 (Rev. Dubai, 2012), 50 (Rev. Hammamet, 2016) and 75 of WTSA', 'Resolution 47 (Rev. Dubai, 2012) WTSA', 'Resolution 48 (Rev. Dubai, 2012) WTSA', 'Resolution 50 (Rev. Hammamet, 2016) WTSA', 'Resolution 75 WTSA'],
  ['Resolutions 101 to 104 (Rev. Dubai, 2018) of this conference', 'Resolution 101 (Rev. Dubai, 2018) this', 'Resolution 104 (Rev. Dubai, 2018) this closes a range'],
  ['Resolution 70/1 of the United Nations General Assembly, and Resolution 1305 of the ITU Council', 'Resolution 70/1 other', 'Resolution 1305 other'],
  ['WTDC Resolution 37 and Council Resolution 1333 (Rev. 2016)', 'Resolution 37 WTDC', 'Resolution 1333 (Rev. 2016) other'],
  ['Decision 5 (Rev. Dubai, 2018) and Opinion 2', 'Decision 5 (Rev. Dubai, 2018) ?', 'Opinion 2 ?'],
  ['Resolution 2 (in part) and Resolution 3 (a matter of 2018 words)', 'Resolution 2 ?', 'Resolution 3 ?'],
  ['Resolution 71, 5 years later', 'Resolution 71 ?'],
  ['Recommendation ITU-T Y.4000/Y.2060, on overview of IoT', 'ITU-T Y.4000/Y.2060'],
  ['Recommendations ITU‑T Y.4900, Y.4901 and L.1602', 'ITU-T Y.4900', 'ITU-T Y.4901', 'ITU-T L.1602'],
  ['Recommendations ITU-T Y.4900 to Y.4903', 'ITU-T Y.4900', 'ITU-T Y.4903 closes a range'],
  ['ITU-T E.164 (11/2010), ITU-R M.2083-0 and the ITU-T Y.4000 series', 'ITU-T E.164 (11/2010)', 'ITU-R M.2083-0', 'ITU-T Y.4000 series'],
  ['Recommendation Y.4000 and UIT-T X.1303 bis', 'ITU-T Y.4000', 'ITU-T X.1303 bis'],
  ['Resolution 197 ({~~Busan, 2014~>Rev. Dubai, 2018~~}) of the Plenipotentiary Conference', 'Resolution 197 (Rev. Dubai, 2018) PP'],
  ['*Resolution 98* (Rev.\n  Geneva, 2022) of WTSA', 'Resolution 98 (Rev. Geneva, 2022) WTSA'],
  ['the resolution of the conference, item 4, and version Y.4 of it'],
];

describe('citations', () => {
  for (const [words, ...expected] of CASES) it(`in “${words.replace(/\s/g, ' ')}”`, () => assert.deepEqual(cited(words), expected));

  it('are those of each view', () => {
    const words = 'Resolution 197 ({~~Busan, 2014~>Rev. Dubai, 2018~~}) of the Plenipotentiary Conference{++ and Resolution 98 of WTSA++}';
    assert.deepEqual(cited(words, 'original'), ['Resolution 197 (Busan, 2014) PP']);
    assert.deepEqual(cited(words, 'final').length, 2);
  });

  it('say whose a text is where the place and the year leave but one', () => {
    const own = (words: string) => [...parse(`recalling\na)\t${words}\n`).blocks()].flatMap(({ block }) => citations(block).final.citations).map(citation => citation.kind === 'resolution' ? bodyOf(citation, NOBODY) : null)[0];
    assert.equal(own('Resolution 37 (Rev. Buenos Aires, 2017), which'), 'WTDC');
    assert.equal(own('Resolution 999 (Dubai, 2012), which'), null);
    assert.equal(own('Resolution 58 (Rev. Dubai, 2012), which'), 'WTSA');
  });

  it('know who speaks', () => {
    const [text] = texts(parse('RESOLUTION 98 (Rev. {~~Geneva, 2022~>New Delhi, 2024~~})\nThings\nThe World Telecommunication Standardization Assembly ({~~Geneva, 2022~>New Delhi, 2024~~}),\nrecalling\na)\tone.\n'));
    assert.deepEqual(speakerOf(text!.run), { body: 'WTSA', year: 2024 });
  });

  it('in real texts are all recognized', function () {
    if (!existsSync(CORPUS)) { console.log(`    ${CORPUS} is not there, so no real texts are read`); this.skip(); }
    let count = 0;
    for (const folder of ['resolutions', 'pp18']) for (const name of readdirSync(path.join(CORPUS, folder)).filter(name => /\.(?:resolution|txt)$/.test(name) && name !== 'EXPECTED.tsv')) {
      for (const { block } of parse(readFileSync(path.join(CORPUS, folder, name), 'utf8')).blocks()) for (const view of ['original', 'final'] as const) {
        const { prose: { text }, citations: found } = citations(block)[view];
        count += found.length;
        // Where a line says “Resolution 98” or “Recommendation ITU-T”, something is found.
        for (const { index } of text.matchAll(/(?:Resolutions?|Decisions?|Recommendations?)[ \u00a0](?=ITU[-\u2010-\u2013]?[TR][ \u00a0]|\d)/g))
          assert.ok(found.some(({ start, end }) => start <= index && index < end), `${name}: ${text.slice(index, index + 60)}`);
      }
    }
    assert.ok(count > 300, String(count));
  });
});

describe('abbreviations', () => {
  const of = (words: string) => [...parse(`recalling\na)\t${words}\n`).blocks()].flatMap(({ block }) => {
    const found = abbreviations(block)?.final;
    return found ? [{ spelled: found.spelled.map(({ abbreviation, expansion }) => `${abbreviation}=${expansion ? found.prose.text.slice(expansion.start, expansion.end) : '?'}`), used: found.used.map(({ abbreviation }) => abbreviation) }] : [];
  })[0] ?? { spelled: [], used: [] };
  for (const [words, spelled, used] of [
    ['the Internet of things (IoT) and IoT', ['IoT=Internet of things'], ['IoT']],
    ['smart sustainable cities and communities ({++S++}SC&C)', ['SSC&C=smart sustainable cities and communities'], []],
    ['key performance indicators (KPIs) and one KPI', ['KPI=key performance indicators'], ['KPI']],
    ['standards-development organizations (SDOs)', ['SDO=standards-development organizations'], []],
    ['ICT (information and communication technology)', ['ICT=information and communication technology'], []],
    ['the ITU Telecommunication Standardization Sector (ITU‑T)', ['ITU-T=ITU Telecommunication Standardization Sector'], ['ITU']],
    ['United for Smart Sustainable Cities (U4SSC)', ['U4SSC=United for Smart Sustainable Cities'], []],
    ['IoT-related and SC&C‑related things', [], ['IoT', 'SC&C']],
    ['as “the IoT” says, Resolution 1 (WRC-15), II and GHz', [], []],
    ['Mr JOHN SMITH and THE OTHER WORDS', [], []],
  ] as const) it(`in “${words}”`, () => assert.deepEqual(of(words), { spelled, used }));
});

describe('terms', () => {
  const at = (marked: string) => {
    const offset = marked.indexOf('|'), placed = parse(marked.replace('|', '')).blockAt(offset)!, found = termAt(placed.block, 'final', offset - placed.start);
    return found ? [found.term.name, found.prose.text.slice(found.stretch.start, found.stretch.end)] : null;
  };
  for (const [words, name, written] of [
    ['the Inter|net of Things', 'Internet of things', 'Internet of Things'],
    ['all dev|ices', 'device', 'devices'],
    ['smart-sustainable ci|ties', 'smart sustainable city', 'smart-sustainable cities'],
    ['the Internet {++of ++}thi|ngs', 'Internet of things', 'Internet of things'],
    ['the Internet of\n  thi|ngs', 'Internet of things', 'Internet of things'],
    ['physical thi|ngs', 'physical things', 'physical things'],
  ] as const) it(`are found in “${words.replace('\n ', '')}”`, () => assert.deepEqual(at(`recalling\na)\t${words};\n`), [name, written]));
  it('are not made of words of two sentences', () => assert.equal(at('recalling\na)\tthe Internet. Of thi|s;\n'), null));

  it('are found throughout a text, other texts’ words set apart', () => {
    const document = parse('RESOLUTION 1 (Geneva, 2022)\nWidget counts\n\nrecalling\na)\tResolution 2 (Rev. Dubai, 2018) of WTSA, on the widget count;\nb)\tWidget counts, “a widget count”.\n');
    assert.deepEqual(occurrencesOf(document, 'widget count', false, 0, document.groups.length).map(({ text, foreign, begins }) => [text, foreign, begins]),
      [['Widget counts', false, true], ['widget count', true, false], ['Widget counts', false, true], ['widget count', true, false]]);
  });
});

describe('in any text', () => {
  const text = fc.array(fc.oneof({ weight: 3, arbitrary: soup(12) }, fc.constantFrom('Resolution 98 (Rev. Geneva, 2022) of WTSA, on ', 'Resolutions 1, 2 and ', ' (IoT) ', 'Recommendation ITU-T Y.4000/Y.2060', 'Internet of things', ' (Rev.Dubai 2018)', 'SC&Cs', '“')), { maxLength: 10 }).map(parts => parts.join(''));
  it('citations, abbreviations and terms lie in their blocks', () => fc.assert(fc.property(text, source => {
    const document = parse(source);
    for (const { block } of document.blocks()) {
      const inside = (start: number, end: number) => assert.ok(0 <= start && start < end && end <= block.source.length, `${start} ${end} in ${JSON.stringify(block.source)}`);
      for (const view of ['original', 'final'] as const) {
        const { prose, citations: found } = citations(block)[view];
        for (const { start, end } of found) inside(sourceAt(prose, start), sourceAt(prose, end, true));
        const short = abbreviations(block)?.[view];
        for (const { at } of [...short?.spelled ?? [], ...short?.used ?? []]) inside(sourceAt(short!.prose, at.start), sourceAt(short!.prose, at.end, true));
      }
    }
    for (const { placed, start, end } of occurrencesOf(document, 'Internet of things', false, 0, document.groups.length)) assert.ok(start < end && end <= placed.block.source.length);
  }), parameters(1000)));
});
