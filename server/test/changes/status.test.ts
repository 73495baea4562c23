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

  it('a status is read once for each block', () => {
    const document = parse(TEXT), edited = document.edit(0, 0, '');
    const block = document.blockAtLine(12)!.block;
    assert.equal(statusOf(block), statusOf(edited.blockAtLine(12)!.block));
  });
});
