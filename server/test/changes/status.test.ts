import assert from 'node:assert/strict';
import { grammarOf } from '../../src/knowledge/grammar';
import { Document } from '../../src/markup/document';
import { changes, proposed, statusOf } from '../../src/changes/status';

const parse = (text: string) => Document.parse(text, grammarOf);

describe('what is proposed', () => {
  const cases: Record<string, [line: string, status: string]> = {
    'untouched': ['a)\tone', 'NOC'],
    'only commented': ['a)\tone{>>why<<} {==two==}{>>what<<}{@EUR}', 'NOC'],
    'inserted': ['{++a)\tone++}', 'ADD'],
    'inserted by two, and partly deleted again': ['{++a)\tone {--two--}++}{@APT}{++three++}{@EUR}', 'ADD'],
    'deleted': ['{--a)\tone--}{@APT 2024-09-22}', 'SUP'],
    'changed': ['a)\tone{++, two++}', 'MOD'],
    'changed and relabelled': ['{~~b~>a~~})\tone{++, two++}', 'MOD'],
    'only relabelled': ['{~~b)~>a)~~}\tone', 'renumbered'],
    'relabelled, label and blanks': ['{~~b)\t~>a)\t~~}one', 'renumbered'],
    'moved away': ['{--a)\tone--}{@APT #m1}', 'moved'],
    'moved here': ['{++a)\tone++}{@#m1}', 'moved'],
    'moved here, and partly deleted again by another': ['{++a)\tone {--two--}{@EUR}++}{@#m1}', 'moved'],
    'words moved into it': ['a)\tone{++ two++}{@#m1}', 'MOD'],
    'its end deleted': ['a)\tone{--¶--}', 'MOD'],
    'a heading changed': ['# {~~One~>Two~~}', 'MOD'],
    'a heading made one of the next level': ['{~~#~>##~~} One', 'MOD'],
    'a paragraph made a clause': ['{++a)\t++}one', 'MOD'],
    'a footnote relabelled': ['{~~[^1]~>[^2]~~}: one', 'renumbered'],
    'words deleted that were only proposed': ['a)\tone {++{--two--}++}', 'NOC'],
  };
  for (const [title, [line, status]] of Object.entries(cases)) it(title, () => assert.equal(statusOf(parse(`recalling\n${line}\n`).blockAtLine(1)!.block).status, status));

  const TEXT = '---\nsponsor: APT\ndate: 2024-09-22\n---\n# Introduction\nWe {++do ++}propose.\n# Proposal\nMOD\tAPT/37A37/1\nRESOLUTION 98 (Rev. {~~Geneva, 2022~>New Delhi, 2024~~})\nOn things\nrecalling\na)\tone:\n    i)\tinner{-- words--}{@EUR; RCC 2024-10-01};\n{++b)\ttwo,++}{@EUR #m1}\n\nresolves\n1\tto do{++;++}{++¶++}\n{++2\t++}to see\n\nADD\tAPT/37A37/2\nDRAFT NEW RESOLUTION [APT-1] (New Delhi, 2024)\nresolves\n1\tto be\n';

  it('block by block, with addresses', () => {
    const rows = proposed(parse(TEXT)).filter(({ status }) => status !== 'NOC').map(({ kind, address, placed, status, authors, insertions, deletions }) => `${placed.line + 1} ${kind} | ${address} | ${status} ${authors.join('+')} +${insertions} -${deletions}`);
    assert.deepEqual(rows, [
      '6 paragraph | Introduction | MOD APT +1 -0',
      '9 instrument | RESOLUTION 98 (Rev. New Delhi, 2024) | MOD APT +1 -1',
      '13 clause | APT/37A37/1 recalling a) i) | MOD EUR+RCC +0 -1',
      '14 clause | APT/37A37/1 recalling b) | moved EUR +1 -0',
      '17 clause | APT/37A37/1 resolves 1 | MOD APT +2 -0',
      '18 clause | APT/37A37/1 resolves 2 | ADD APT +1 -0',
    ]);
    assert.equal(proposed(parse(TEXT)).length, 17);
  });

  it('change by change, with who, when, where and what', () => {
    const rows = changes(parse(TEXT)).map(({ kind, proposal, section, authors, date, move, before, after, start, end }) => [kind, proposal, section, authors.join('+'), date, move, before, after, TEXT.slice(start, end)]);
    assert.deepEqual(rows, [
      ['insertion', '', 'Introduction', 'APT', '2024-09-22', null, '', 'do ', '{++do ++}'],
      ['replacement', 'APT/37A37/1', '', 'APT', '2024-09-22', null, 'Geneva, 2022', 'New Delhi, 2024', '{~~Geneva, 2022~>New Delhi, 2024~~}'],
      ['deletion', 'APT/37A37/1', 'recalling', 'EUR+RCC', '2024-10-01', null, ' words', '', '{-- words--}{@EUR; RCC 2024-10-01}'],
      ['insertion', 'APT/37A37/1', 'recalling', 'EUR', '2024-09-22', 'm1', '', 'b)\ttwo,', '{++b)\ttwo,++}{@EUR #m1}'],
      ['insertion', 'APT/37A37/1', 'resolves', 'APT', '2024-09-22', null, '', ';', '{++;++}'],
      ['split', 'APT/37A37/1', 'resolves', 'APT', '2024-09-22', null, '', '', '{++¶++}'],
      ['insertion', 'APT/37A37/1', 'resolves', 'APT', '2024-09-22', null, '', '2\t', '{++2\t++}'],
    ]);
  });

  describe('a clause that moved is one entry', () => {
    const rows = (text: string) => proposed(parse(text)).filter(({ status }) => status !== 'NOC')
      .map(({ address, placed, status, authors, insertions, deletions, from }) => `${placed.line + 1} ${address} ${status} +${insertions} -${deletions} ${authors.join('+')}${from ? ` from ${from.placed.line + 1} ${from.address}` : ''}`);
    const WORDS = 'that networks shall serve all countries;', OTHER = 'that networks should serve all the countries;';
    const text = (gone: string, come: string, between = 'b)\tthe second,\n') => `recalling\n${gone}\n${between}\nconsidering\n${come}\nx)\tthe last.\n`;

    it('unchanged', () => assert.deepEqual(rows(text(`{--a)\t${WORDS}--}`, `{++a)\t${WORDS}++}`)), ['6 considering a) moved +0 -0  from 2 recalling a)']));
    it('changed: what differs is counted against the words that moved', () =>
      assert.deepEqual(rows(text(`{--a)\t${WORDS}--}`, `{++a)\t${OTHER}++}`)), ['6 considering a) moved +2 -1  from 2 recalling a)']));
    it('where its marks say so, however much has changed', () =>
      assert.deepEqual(rows(text('{--a)\tone--}{@#m1}', '{++a)\tanother thing++}{@EUR #m1}')), ['6 considering a) moved +1 -1 EUR from 2 recalling a)']));
    it('upwards, over one clause of its own list', () =>
      assert.deepEqual(rows(`recalling\n{++a)\t${WORDS}++}\n{~~a~>b~~})\tthe first,\n{--b)\t${WORDS}--}\n`), [`2 recalling a) moved +0 -0  from 4 recalling b)`, '3 recalling b) renumbered +1 -1 ']));
    it('and partly deleted again by another', () =>
      assert.deepEqual(rows(text(`{--a)\t${WORDS}--}`, `{++a)\tthat networks {--shall --}{@EUR}serve all countries;++}`)), ['6 considering a) moved +0 -1 EUR from 2 recalling a)']));
    it('several, each with the one that is most like it', () =>
      assert.deepEqual(rows(text(`{--a)\t${WORDS}--}\n{--b)\tthat networks shall serve all regions;--}`, `{++a)\tthat networks may serve all regions;++}\n{++b)\tthat networks may serve all countries;++}`)),
        ['7 considering a) moved +1 -1  from 3 recalling b)', '8 considering b) moved +1 -1  from 2 recalling a)']));

    it('but not what is written anew where it stood', () =>
      assert.deepEqual(rows(`recalling\n{--a)\t${WORDS}--}\n{++a)\t${OTHER}++}\nb)\tthe second,\n`), ['2 recalling a) SUP +0 -1 ', '3 recalling a) ADD +1 -0 ']));
    it('nor what is proposed by another', () => assert.deepEqual(rows(text(`{--a)\t${WORDS}--}{@APT}`, `{++a)\t${OTHER}++}{@EUR}`)), ['2 recalling a) SUP +0 -1 APT', '6 considering a) ADD +1 -0 EUR']));
    it('nor what is short, or has little in common', () => {
      assert.equal(rows(text('{--a)\tto report thereon;--}', '{++a)\tto report thereon;++}')).length, 2);
      assert.equal(rows(text(`{--a)\t${WORDS}--}`, '{++a)\tthat networks of schools need more staff;++}')).length, 2);
    });
    it('nor what was split off', () => assert.deepEqual(rows(`recalling\n{--a)\t${WORDS}--}\nb)\tthat libraries{++¶++}\n{++c)\t++}${WORDS}\n`).map(row => row.split(' ')[3]), ['SUP', 'ADD', 'MOD']));

    it('in a text with thousands of clauses deleted and thousands inserted', () => {
      const clauses = (sign: string, word: string) => Array.from({ length: 3000 }, (_, i) => `{${sign}${i + 1}\tthat item ${i} of the ${word} ${i * 7} be studied ${sign}}\n`).join('');
      const start = performance.now(), found = rows(`resolves\n${clauses('--', 'plan')}1\tto act,\n\nconsidering\n${clauses('++', 'list')}`);
      assert.equal(found.length, 6000);
      assert.ok(performance.now() - start < 5000);
    });
  });

  describe('a clause that was split or joined is the line with most of its original text', () => {
    const rows = (text: string) => proposed(parse(text)).map(({ address, placed, status }) => `${placed.line + 1} ${address} ${status}`);
    it('split behind most of it', () => assert.deepEqual(rows('resolves\n1\tto study networks in all regions;{++¶++}\n{++2\t++}to report.\n').slice(1), ['2 resolves 1 MOD', '3 resolves 2 ADD']));
    it('split before most of it', () => assert.deepEqual(rows('resolves\n1\tto act;{++¶++}\n{++2\t++}to study networks in all regions.\n').slice(1), ['2 resolves 1 ADD', '3 resolves 2 MOD']));
    it('split in three', () => assert.deepEqual(rows('resolves\n1\tto act;{++¶++}\n{++2\t++}to study networks in all regions;{++¶++}\n{++3\t++}to report.\n').slice(1), ['2 resolves 1 ADD', '3 resolves 2 MOD', '4 resolves 3 ADD']));
    it('joined to a longer one', () => assert.deepEqual(rows('resolves\n1\tto study networks in all regions{--;--}{--¶--}\n{--2\t--}{++ and ++}to report.\n').slice(1), ['2 resolves 1 MOD', '3 resolves 2 SUP']));
    it('joined to a shorter one, whose label it takes', () => assert.deepEqual(rows('resolves\n1\tto act{--;--}{--¶--}\n{--2\t--}{++ and ++}to study networks in all regions.\n').slice(1), ['2 resolves 1 SUP', '3 resolves 1 MOD']));
  });

  it('a status is read once for each block', () => {
    const document = parse(TEXT), edited = document.edit(0, 0, '');
    const block = document.blockAtLine(12)!.block;
    assert.equal(statusOf(block), statusOf(edited.blockAtLine(12)!.block));
  });
});
