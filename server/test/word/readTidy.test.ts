import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { grammarOf } from '../../src/knowledge/grammar';
import { applyEdits } from '../../src/markup/edit';
import { format } from '../../src/markup/normalForm';
import { tidyText } from '../../src/word/read/tidy';
import { parse } from './texts';

const tidy = (text: string): string => {
  const document = parse(tidyText(text, grammarOf('en')));
  return applyEdits(document.text, format(document));
};
/** The lines become these. */
const becomes = (lines: readonly string[], ...clean: string[]) => assert.equal(tidy(`${lines.join('\n')}\n`), `${clean.join('\n')}\n`);

describe('tidying text from a PDF or a clipboard', () => {
  it('takes away page breaks, page numbers and what stands at the head of every page', () => becomes(
    ['recalling', 'a) one;', '', '12', '\fWTSA-24/37-E', '', 'b) two;', '', '13', '\fWTSA-24/37-E', '', 'c) three;', '', '14', '\fWTSA-24/37-E', '', 'd) four.'],
    'recalling', 'a)\tone;', 'b)\ttwo;', 'c)\tthree;', 'd)\tfour.'));
  it('keeps numbers that are no pages', () => becomes(['| Year |', '| 2024 |', '12', 'resolves', '1) go'], '| Year |', '| 2024 |', '12', '', 'resolves', '1\tgo'));
  it('reads raised numbers and footnotes of converters as footnotes', () => becomes(
    ['recalling', 'a) one<sup>1</sup>;', 'b) two[footnoteRef:2].', '<sup>1</sup> These include x.', '[^2]: And y.'],
    'recalling', 'a)\tone[^1];', 'b)\ttwo[^2].', '[^1]: These include x.', '[^2]: And y.'));
  it('drops bookmarks, tags and entities', () => becomes(['[bookmark: _Toc123]RESOLUTION 98<span class="x"> </span>(Geneva,&nbsp;2022)', 'On <u>R&amp;D</u>'], 'RESOLUTION 98 (Geneva,\u00a02022)', 'On R&D'));
  it('reads Markdown: escaped labels, bullets, emphasis around what is known by its words', () => becomes(
    ['## **RESOLUTION 98 (Geneva, 2022)**', '**On things**', '_recalling_', '*a)* one;', 'b\\) two;', '- c) _three_,', '***', '**resolves**', '1\\. go;', '* to:', '+ stop'],
    'RESOLUTION 98 (Geneva, 2022)', '**On things**', '', 'recalling', 'a)\tone;', 'b)\ttwo;', 'c)\t*three*,', '', 'resolves', '1\tgo;', '    –\tto:', '    –\tstop'));
  it('gives labels their tabs and texts back', () => becomes(['recalling', 'a)that all;', 'b)', '', 'that more,', 'resolves', '1)', 'to go on'], 'recalling', 'a)\tthat all;', 'b)\tthat more,', '', 'resolves', '1\tto go on'));
  it('joins what was broken at the width of a page', () => becomes(
    ['recalling', 'a) that the Assembly has adopted a text that goes on and', 'on over several lines, as it does in a page of a well-', 'known kind;', 'b) that there is more,', 'resolves', '1 to go'],
    'recalling', 'a)\tthat the Assembly has adopted a text that goes on and on over several lines, as it does in a page of a well-known kind;', 'b)\tthat there is more,', '', 'resolves', '1\tto go'));
  it('leaves clean markup, its changes and its front matter alone', () => {
    const text = '---\nsponsor: APT\n---\n# Introduction\nSome text.\n\nMOD\tAPT/37A37/1\nRESOLUTION 98 (Rev. {~~Geneva, 2022~>New Delhi, 2024~~})\nOn *things*\n\nrecalling\na)\tone[^1];\n{++b)\ttwo,++}\n\nresolves\n1\tto go\n[^1]: note\n';
    assert.equal(tidy(text), text);
  });
  it('loses no word of real texts, and is done after once', function () {
    const corpus = path.resolve('../shared/corpus');
    if (!existsSync(corpus)) { console.log(`      left out: there is no folder ${path.relative('.', corpus)}`); this.skip(); }
    const letters = (text: string) => text.replace(/[^\p{L}]+/gu, '');
    for (const folder of ['pp18', 'pp18-damaged', 'resolutions']) for (const file of readdirSync(path.join(corpus, folder))) {
      if (!/\.(?:txt|resolution)$/.test(file)) continue;
      const text = readFileSync(path.join(corpus, folder, file), 'utf8'), clean = tidy(text);
      assert.equal(letters(clean), letters(text), file);
      assert.equal(tidy(clean), clean, file);
    }
  });
});
