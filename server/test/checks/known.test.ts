import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { findings, type Finding } from '../../src/checks';
import { applyEdits } from '../../src/markup/edit';
import { viewText } from '../../src/markup/views';
import { parse } from '../features/cursor';
import { edit, parameters } from '../soup';

const CORPUS = path.join(__dirname, '../../../../shared/corpus');
/** Checks of what this file is about. */
const ABOUT = /^(?:superseded-|unknown-|citation-|undefined-abbreviation|late-|repeated-|ambiguous-|term-variant|quoted-)/;
const HEAD = 'RESOLUTION 98 (Rev. New Delhi, 2024)\nThings\nThe World Telecommunication Standardization Assembly (New Delhi, 2024),\n\nrecalling\n';

const found = (text: string): Finding[] => findings(parse(text)).filter(({ code }) => ABOUT.test(code));
/** Line, code and the words that are underlined, of a text whose clauses are given. */
const check = (...clauses: string[]): string[] => found(HEAD + clauses.map((words, i) => `${String.fromCharCode(97 + i)})\t${words}\n`).join(''))
  .map(({ code, placed, start, end }) => `${placed.line - 4} ${code} ${placed.block.source.slice(start, end)}`);
/** A clause after the fix of that title. */
function fixed(words: string, title: string, ...more: string[]): string {
  const text = HEAD + [words, ...more].map((words, i) => `${String.fromCharCode(97 + i)})\t${words}\n`).join(''), document = parse(text), all = findings(document);
  for (const finding of all) for (const fix of finding.fixes) if (fix.title === title) return applyEdits(text, fix.edits(document, finding)).slice(HEAD.length + 3).split('\n')[0]!;
  assert.fail(`no “${title}” in: ${all.flatMap(({ fixes }) => fixes.map(fix => fix.title)).join(', ')}`);
}

const CASES: readonly (readonly [about: string, clauses: readonly string[], ...found: string[]])[] = [
  // Revisions.
  ['a newer revision', ['Resolution 197 (Rev. Dubai, 2018) of the Plenipotentiary Conference'], '1 superseded-revision 197 (Rev. Dubai, 2018)'],
  ['a newer revision under another number', ['Resolution ITU-R 66-1 (Rev. Sharm el-Sheikh, 2019) of the Radiocommunication Assembly'], '1 superseded-revision 66-1 (Rev. Sharm el-Sheikh, 2019)'],
  ['the newest revision, and one of which nothing newer is known', ['Resolution 197 (Rev. Bucharest, 2022) of the Plenipotentiary Conference', 'Resolution 9999 (Dubai, 2018) of the Plenipotentiary Conference']],
  ['a text that recalls both', ['Resolution 197 (Rev. Dubai, 2018) and Resolution 197 (Rev. Bucharest, 2022) of the Plenipotentiary Conference']],
  ['a revision that is deleted', ['Resolution 197 (Rev. {~~Dubai, 2018~>Bucharest, 2022~~}) of the Plenipotentiary Conference']],
  ['an older edition', ['Recommendation ITU-T Y.4000 (01/2010)'], '1 superseded-revision 01/2010'],
  ['a year in which nobody met', ['Resolution 98 (Rev. Hammamet, 2017) of WTSA'], '1 unknown-meeting Rev. Hammamet, 2017'],
  ['a place of another body', ['Resolution 98 (Rev. Bucharest, 2022) of WTSA'], '1 unknown-meeting Rev. Bucharest, 2022'],
  ['a meeting to come', ['Resolution 98 (Rev. Atlantis, 2048) of this assembly']],
  // Form.
  ['a comma that is missing', ['Resolution 98 (Rev. Geneva 2022) of WTSA and Resolution 98 (Rev. New Delhi, 2024) of WTSA'], '1 citation-form Rev. Geneva 2022'],
  ['a blank that is missing', ['Resolution 98 (Rev.New Delhi, 2024) of WTSA'], '1 citation-form Rev.New Delhi, 2024'],
  ['a hyphen that is missing', ['Recommendation ITUT Y.4000'], '1 citation-form ITUT'],
  ['the Sector that is missing', ['Recommendation Y.4000'], '1 citation-form Y.4000'],
  ['a comma before the title', ['Resolution 85 (Rev. Kigali, 2022) of WTDC on facilitating all'], '1 citation-form WTDC'],
  ['whose it is', ['Resolution 999 (Dubai, 2012), on things'], '1 citation-form 999'],
  ['resolutions of others', ['Resolution 70/1 of the United Nations General Assembly and Resolution 1333 (Rev. 2016) of the Council']],
  // Recommendations.
  ['a former number', ['Recommendation ITU-T Y.2060, on things'], '1 superseded-recommendation Y.2060'],
  ['a former number behind the present one', ['Recommendation ITU-T Y.4000/Y.2060']],
  ['one of two numbers', ['Recommendation ITU-T L.1600']],
  ['a number that is not there', ['Recommendation ITU-T Y.49000'], '1 unknown-recommendation Y.49000'],
  ['a number in a series of which little is known', ['Recommendation ITU-T N.1']],
  ['two numbers that do not go together', ['Recommendation ITU-T Y.4000/Y.4900'], '1 unknown-recommendation Y.4000/Y.4900'],
  // Titles.
  ['a title that is another', ['Recommendation ITU-T Y.4900, on review of key performance indicators in smart sustainable cities'], '1 citation-title review of key performance indicators in smart sustainable cities'],
  ['a title with an abbreviation and an article', ['Recommendation ITU-T Y.4900, on the overview of key performance indicators (KPIs) in smart sustainable cities, which says']],
  ['a title in words of the author’s own', ['Recommendation ITU-T Y.4900, on what cities may count']],
  // Abbreviations.
  ['an abbreviation that is nearly another', ['the widget and rope count (WRC2X)', 'the W&RCX', 'the common sense and counting (CS&C)', 'the S&C, a CS&CX'], '4 undefined-abbreviation S&C', '4 undefined-abbreviation CS&CX', '2 undefined-abbreviation W&RCX'],
  ['an abbreviation that is not spelled out', ['the FOOS', 'the FOOS'], '1 undefined-abbreviation FOOS'],
  ['one that is spelled out below', ['the FOOS', 'the forest of old signs (FOOS)'], '1 late-abbreviation FOOS'],
  ['one that is spelled out twice', ['the forest of old signs (FOOS)', 'the forest of old signs (FOOS)'], '2 repeated-abbreviation FOOS'],
  ['one that is two things', ['the forest of old signs (FOOS)', 'the friends of our sea (FOOS)'], '2 ambiguous-abbreviation FOOS'],
  ['names that everybody knows', ['ITU, ITU-T, WTSA, the United Nations (UN), UNESCO and ISO']],
  ['an abbreviation that is spelled out in what is inserted', ['the {++forest of old signs (++}FOOS{++)++} and FOOS']],
  // Terms.
  ['two ways to write a term', ['the Internet of things', 'the Internet of Things', 'an Internet of things'], '2 term-variant Internet of Things'],
  ['a term at the start of a sentence, in a name and in quotation marks', ['the digital twin', 'Digital twins. Digital twins', 'the Centre for Digital Twins', 'as “Digital Twin” says']],
  ['a quotation that departs from the definition', ['which defines it as “a global infrastructure for the information society, enabling advanced services by interconnecting (physical and virtual) things based on existing information and communication technologies”'],
    '1 quoted-definition a global infrastructure for the information society, enabling advanced services by interconnecting (physical and virtual) things based on existing information and communication technologies'],
  ['a quotation that is right', ['as “a global infrastructure for the information society, enabling advanced services by interconnecting (physical and virtual) things based on existing and evolving interoperable information and communication technologies”']],
];

describe('checks of citations, abbreviations and terms', () => {
  for (const [about, clauses, ...expected] of CASES) it(`${expected.length ? 'find' : 'accept'} ${about}`, () => assert.deepEqual(check(...clauses).sort(), [...expected].sort()));

  it('know when a text was written', () => {
    const old = 'RESOLUTION 98 (Hammamet, 2016)\nThings\nThe World Telecommunication Standardization Assembly (Hammamet, 2016),\n\nrecalling\na)\tResolution 197 (Busan, 2014) of the Plenipotentiary Conference,\n';
    assert.deepEqual(found(old), []);
    assert.equal(found(old.replaceAll('Hammamet, 2016', 'New Delhi, 2024'))[0]?.code, 'superseded-revision');
  });

  it('say of the text in force what is wrong there', () => {
    const [only, ...others] = found(`${HEAD}a)\tthe forest of old signs (FOOS);\nb)\tthe {--forest of old signs (--}FOOS{--)--}\n`);
    assert.deepEqual([others, only?.severity, only?.message], [[], 'hint', 'In the text in force: FOOS is already spelled out above.']);
  });

  it('leave the introduction and the reasons alone', () => assert.deepEqual(found(`# Introduction\nThe FOOS.\n\n${HEAD}a)\tone,\n\nReasons: the FOOS.\n`), []));
});

describe('fixes of citations, abbreviations and terms', () => {
  for (const [words, title, after, ...more] of [
    ['Resolution 197 (Rev. Dubai, 2018) of the Plenipotentiary Conference', 'Cite (Rev. Bucharest, 2022)', 'Resolution 197 (Rev. Bucharest, 2022) of the Plenipotentiary Conference'],
    ['{++now ++}Resolution 197 (Rev. Dubai, 2018) of the Plenipotentiary Conference', 'Cite (Rev. Bucharest, 2022)', '{++now ++}Resolution 197 (Rev. {~~Dubai, 2018~>Bucharest, 2022~~}) of the Plenipotentiary Conference'],
    ['{++Resolution 197 (Rev. Dubai, 2018) of the Plenipotentiary Conference++}', 'Cite (Rev. Bucharest, 2022)', '{++Resolution 197 (Rev. Bucharest, 2022) of the Plenipotentiary Conference++}'],
    ['Resolution 197 ({~~Busan, 2014~>Rev. Dubai, 2018~~}) of the Plenipotentiary Conference', 'Cite (Rev. Bucharest, 2022)', 'Resolution 197 ({~~Busan, 2014~>Rev. Bucharest, 2022~~}) of the Plenipotentiary Conference'],
    ['Resolution ITU-R 66-1 (Rev. Sharm el-Sheikh, 2019) of the Radiocommunication Assembly', 'Cite 66-2 (Rev. Dubai, 2023)', 'Resolution ITU-R 66-2 (Rev. Dubai, 2023) of the Radiocommunication Assembly'],
    ['Resolution 98 (Rev. Hammamet, 2017) of WTSA', 'Write (Rev. Hammamet, 2016)', 'Resolution 98 (Rev. Hammamet, 2016) of WTSA'],
    ['Resolution 98 (Rev.New Delhi 2024) of WTSA', 'Write (Rev. New Delhi, 2024)', 'Resolution 98 (Rev. New Delhi, 2024) of WTSA'],
    ['Recommendation Y.4000', 'Write ITU-T Y.4000', 'Recommendation ITU-T Y.4000'],
    ['Recommendation ITU-T Y.2060', 'Write Y.4000', 'Recommendation ITU-T Y.4000'],
    ['Recommendation ITU-T Y.49000', 'Write Y.4900', 'Recommendation ITU-T Y.4900'],
    ['Resolution 85 (Rev. Kigali, 2022) of WTDC on facilitating all', 'Put a comma before the title', 'Resolution 85 (Rev. Kigali, 2022) of WTDC, on facilitating all'],
    ['the SS&Cs', 'Change SS&C to SSX&C', 'the SSX&Cs', 'the small shoes, xylophones and cellos (SSX&C)'],
    ['the SDG', 'Spell it out: Sustainable Development Goal (SDG)', 'the Sustainable Development Goal (SDG)'],
    ['the Internet of Things', 'Write “Internet of things”', 'the Internet of things', 'the Internet of things'],
  ] as const) it(`${title}: ${words}`, () => assert.equal(fixed(words, title, ...more), after));
});

describe('checks of citations, abbreviations and terms in real texts', () => {
  const real = (name: string) => found(readFileSync(path.join(CORPUS, 'resolutions', `${name}.resolution`), 'utf8')).map(({ code, placed, start, end }) => `${placed.line + 1} ${code} ${placed.block.source.slice(start, end)}`);
  before(function () { if (!existsSync(CORPUS)) { console.log(`    ${CORPUS} is not there, so no real texts are read`); this.skip(); } });

  it('report nothing in a text that is right', () => assert.deepEqual(real('res-98-new-delhi-2024'), []));
  it('find the abbreviations that were forgotten, and the newer revision', () => {
    const all = real('apt-37a37');
    assert.deepEqual(all.filter(line => line.includes('undefined-abbreviation')), ['22 undefined-abbreviation SC&C', '51 undefined-abbreviation SC&C', '51 undefined-abbreviation SC&C', '51 undefined-abbreviation SC&C']);
    assert.deepEqual(all.filter(line => line.includes('superseded')), ['21 superseded-revision 66-1 (Rev. Sharm el-Sheikh, 2019)']);
  });
  it('change the forgotten abbreviations all at once, tracked', () => {
    const text = readFileSync(path.join(CORPUS, 'resolutions', 'apt-37a37.resolution'), 'utf8'), document = parse(text);
    const finding = findings(document).find(({ fixes }) => fixes.some(({ title }) => title === 'Change all 4 in this text to SSC&C'))!;
    const after = applyEdits(text, finding.fixes.at(-1)!.edits(document, finding));
    assert.equal(after.split('{~~SC&C~>SSC&C~~}').length, 5);
    assert.deepEqual(found(after).filter(({ code }) => code === 'undefined-abbreviation'), []);
    assert.equal(viewText(parse(after), 'original'), viewText(document, 'original'));
  });
  it('find the comma that was forgotten', () => assert.ok(real('apt-37a28').includes('15 citation-form Rev. Dubai 2018')));
});

describe('what is found of citations, abbreviations and terms in any text', () => {
  const words = ['Resolution 197 (Rev. Dubai, 2018) of the Plenipotentiary Conference', 'Resolution 66-1 (Rev.Sharm El-Sheikh 2019)', ' of WTSA, on ', 'Recommendation ITU-T Y.2060', 'Recommendations Y.4000 and Y.49000', 'the Internet of Things', 'Internet of things (IoT)',
    'IoT', 'SC&C', 'smart sustainable cities and communities (SSC&C)', '{++', '++}', '{--', '--}', '{~~', '~>', '~~}', ';\nb)\t', '\n\nrecognizing\n', ' and ', '“', '”', '*', '[^1]', ', ', '{@APT}', '\u00a0', '\n  '];
  const text = fc.array(fc.constantFrom(...words), { maxLength: 14 }).map(parts => `${HEAD}a)\t{++new++} ${parts.join('')}.\n`);
  const shape = (source: string) => shapeOf(parse(source));
  const shapeOf = (document: ReturnType<typeof parse>) => findings(document).filter(({ code }) => ABOUT.test(code)).map(finding => [finding.code, finding.message, finding.placed.start + finding.start, finding.placed.start + finding.end, finding.fixes.map(fix => fix.edits(document, finding))]);

  it('is the same after any edits as in the text read anew', () => fc.assert(fc.property(text, fc.array(edit, { minLength: 1, maxLength: 4 }), (source, edits) => {
    let document = parse(source), now = source;
    for (const { from, size, text: inserted } of edits) {
      shapeOf(document);
      const start = Math.floor(from * now.length), end = Math.min(now.length, start + Math.floor(size * now.length));
      now = now.slice(0, start) + inserted + now.slice(end);
      document = document.edit(start, end, inserted);
      assert.deepEqual(shapeOf(document), shape(now));
    }
  }), parameters(300)));

  it('is put right without a change to the text in force', () => fc.assert(fc.property(text, source => {
    const words = (source: string) => viewText(parse(source), 'original').replace(/[ \t\u00a0]+$/gm, ''), document = parse(source), before = words(source);
    for (const finding of findings(document)) if (ABOUT.test(finding.code)) for (const fix of finding.fixes)
      assert.equal(words(applyEdits(source, fix.edits(document, finding))), before, `${fix.title} in ${source.slice(HEAD.length)}`);
  }), parameters(500)));
});
