import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { grammarOf } from '../../src/knowledge/grammar';
import { Document } from '../../src/markup/document';
import { applyEdits } from '../../src/markup/edit';
import { inline } from '../../src/markup/inline';
import { viewText } from '../../src/markup/views';
import { findAddress } from '../../src/contribution/addresses';
import { attribute, decide, extent, type Decision, type Which } from '../../src/changes/decide';
import { isChange } from '../../src/changes/attributes';
import { contribution } from '../contributions';
import { parameters, soup } from '../soup';

const parse = (text: string) => Document.parse(text, grammarOf);
const decided = (text: string, decision: Decision, which?: Which) => { const document = parse(text); return applyEdits(document.text, decide(document, decision, which)); };
/** A case has its range between ‹ and ›, or a cursor at ‹›. */
function within(text: string): { text: string; range: { start: number; end: number } } {
  const start = text.indexOf('‹'), end = text.indexOf('›') - 1;
  return { text: text.replace(/[‹›]/g, ''), range: { start, end } };
}
/** Blank lines, and blanks where lines begin and end, mean nothing here. */
const words = (text: string) => text.split(/[\r\n]+/).map(line => line.replace(/^[ \t\u00a0]+|[ \t\u00a0]+$/g, '')).filter(Boolean).join('\n');
const view = (text: string, which: 'original' | 'final') => viewText(parse(text), which);

describe('accept and reject', () => {
  const cases: Record<string, { marked: string; accepted: string; rejected: string }> = {
    'an insertion, a deletion, a replacement': { marked: 'a {++b ++}{--c --}{~~d~>e~~}.', accepted: 'a b e.', rejected: 'a c d.' },
    'attributes go with their marks, comments stay': { marked: 'a{++b++}{@APT}{>>why<<}{@EUR} {==c==}{>>what<<}', accepted: 'ab{>>why<<}{@EUR} {==c==}{>>what<<}', rejected: 'a{>>why<<}{@EUR} {==c==}{>>what<<}' },
    'a highlight goes with the words in it': { marked: 'a {=={--b--}==}{>>what<<} c', accepted: 'a {>>what<<} c', rejected: 'a {==b==}{>>what<<} c' },
    'an inserted paragraph': { marked: 'a)\tone;\n{++b)\ttwo;++}{@EUR}\nc)\tthree\n', accepted: 'a)\tone;\nb)\ttwo;\nc)\tthree\n', rejected: 'a)\tone;\nc)\tthree\n' },
    'a deleted paragraph, with the comment on it': { marked: 'one\n{--two--}{>>why?<<}\n\nthree', accepted: 'one\nthree', rejected: 'one\ntwo{>>why?<<}\n\nthree' },
    'a paragraph in several marks': { marked: 'one\n{++two ++}{@APT}{++and++}{@EUR}\nthree', accepted: 'one\ntwo and\nthree', rejected: 'one\nthree' },
    'a clause split in two': { marked: '2\tto publish{~~ and ~>;~~}{++¶++}\n{++3\t++}to keep it', accepted: '2\tto publish;\n3\tto keep it', rejected: '2\tto publish and to keep it' },
    'two clauses joined': { marked: '2\tto publish{--;--}{--¶--}{@EUR}\n    {--3\t--}{++ and ++}to keep it\n', accepted: '2\tto publish and to keep it\n', rejected: '2\tto publish;\n    3\tto keep it\n' },
    'newly proposed words that someone deletes': { marked: 'x {++a {--b --}{@EUR}c++} y', accepted: 'x a c y', rejected: 'x  y' },
    'a label': { marked: '{~~e~>f~~})\tthat', accepted: 'f)\tthat', rejected: 'e)\tthat' },
    'a row of a table, and a cell': { marked: '| a | {~~1~>2~~} |\n{++| b | 3 |++}\n{--| c | 4 |--}\n', accepted: '| a | 2 |\n| b | 3 |\n', rejected: '| a | 1 |\n| c | 4 |\n' },
    'the words at the start of a line': { marked: 'above\n{--b)--} text\n', accepted: 'above\ntext\n', rejected: 'above\nb) text\n' },
    'a further paragraph of a clause': { marked: 'a)\tx\n\n    {--more--}\nnext\n', accepted: 'a)\tx\n\nnext\n', rejected: 'a)\tx\n\n    more\nnext\n' },
    'a wrapped line': { marked: 'one\n    {--two--}\n    three\n', accepted: 'one\n    three\n', rejected: 'one\n    two\n    three\n' },
    'text that would become a mark is escaped': { marked: 'a {{--x--}++b++} c', accepted: 'a \\{++b++\\} c', rejected: 'a {x++b++} c' },
    'a note is left alone': { marked: '// {++keep++}\n{++a++}\n', accepted: '// {++keep++}\na\n', rejected: '// {++keep++}\n' },
  };
  for (const [title, { marked, accepted, rejected }] of Object.entries(cases)) {
    it(title, () => {
      assert.equal(decided(marked, 'accept'), accepted);
      assert.equal(decided(marked, 'reject'), rejected);
    });
  }

  const partial: Record<string, { marked: string; which?: Which; accepted: string; rejected: string }> = {
    'the change at the cursor': { marked: 'a {++b‹› ++}{--c --}d', accepted: 'a b {--c --}d', rejected: 'a {--c --}d' },
    'of nested changes the inner one': { marked: 'a {++b {--c‹›--} d++}', accepted: 'a {++b  d++}', rejected: 'a {++b c d++}' },
    'the changes that a selection touches': { marked: 'a {++b++} ‹{--c--} {~~d~>›e~~}{++f++}', accepted: 'a {++b++}  e{++f++}', rejected: 'a {++b++} c d{++f++}' },
    'by author; what has none is the sponsor\'s': { marked: '---\nsponsor: APT\n---\n{++a++} {++b++}{@EUR}', which: { author: 'APT' }, accepted: '---\nsponsor: APT\n---\na {++b++}{@EUR}', rejected: '---\nsponsor: APT\n---\n{++b++}{@EUR}' },
    'a shared change is rejected for one author only': { marked: 'x {++a++}{@APT; EUR 2024-09-22}', which: { author: 'EUR' }, accepted: 'x a', rejected: 'x {++a++}{@APT 2024-09-22}' },
    'both ends of a move': { marked: 'a)\tx;\n{--b)\ty;--}{@#m1}\n{++c++}\nd)\tz\n{++e)\t‹›y;++}{@#m1}\n', accepted: 'a)\tx;\n{++c++}\nd)\tz\ne)\ty;\n', rejected: 'a)\tx;\nb)\ty;\n{++c++}\nd)\tz\n' },
    'both ends of a move that nothing names': { marked: '{--a)\tthat networks shall serve all countries;--}\nb)\tz\n{++c)\t‹›that networks shall serve all countries {--now--}{@EUR};++}\n', accepted: 'b)\tz\nc)\tthat networks shall serve all countries {--now--}{@EUR};\n', rejected: 'a)\tthat networks shall serve all countries;\nb)\tz\n' },
    'of such a move not just a part of one end': { marked: '{--a)\tthat networks shall serve all countries;--}\nb)\tz\n{++c)\tthat networks ++}{++‹›shall serve all countries;++}\n', accepted: '{--a)\tthat networks shall serve all countries;--}\nb)\tz\n{++c)\tthat networks ++}shall serve all countries;\n', rejected: '{--a)\tthat networks shall serve all countries;--}\nb)\tz\n{++c)\tthat networks ++}\n' },
    'of a move that has another\'s words in it only the author\'s': { marked: '{--a)\tthat networks serve;--}{@APT #m1}\nb)\tz\n{++c)\tthat networks ++}{@APT #m1}{++soon ++}{@EUR #m1}{++serve;++}{@APT #m1}\n', which: { author: 'APT' }, accepted: 'b)\tz\nc)\tthat networks {++soon ++}{@EUR #m1}serve;\n', rejected: 'a)\tthat networks serve;\nb)\tz\n{++soon ++}{@EUR #m1}\n' },
    'not the move of that name in another resolution': { marked: 'RESOLUTION 1\nOn x\n{--‹›x;--}{@#m1}\n{++x;++}{@#m1}\nRESOLUTION 2\nOn y\n{--y;--}{@#m1}\n{++y;++}{@#m1}\n', accepted: 'RESOLUTION 1\nOn x\nx;\nRESOLUTION 2\nOn y\n{--y;--}{@#m1}\n{++y;++}{@#m1}\n', rejected: 'RESOLUTION 1\nOn x\nx;\nRESOLUTION 2\nOn y\n{--y;--}{@#m1}\n{++y;++}{@#m1}\n' },
    'a footnote with the only reference to it': { marked: 'one‹{++[^1] and++}›\n{++more++}\n{++[^1]: These include islands.++}\n', accepted: 'one[^1] and\n{++more++}\n[^1]: These include islands.\n', rejected: 'one\n{++more++}\n' },
    'but not where another reference stays': { marked: 'one‹{--[^1]--}›\n{--two[^1]--}\n{--[^1]: These include islands.--}\n', accepted: 'one\n{--two[^1]--}\n{--[^1]: These include islands.--}\n', rejected: 'one[^1]\n{--two[^1]--}\n{--[^1]: These include islands.--}\n' },
    'an inserted paragraph that joins what stays': { marked: 'one‹{++¶++}›\n{++two++}{@EUR}\nthree', accepted: 'one\n{++two++}{@EUR}\nthree', rejected: 'one{++two++}{@EUR}{++¶++}{@EUR}\nthree' },
    'a deleted paragraph that joins what stays': { marked: 'one‹{--¶--}›\n{--two--}\nthree', accepted: 'one{--two--}{--¶--}\nthree', rejected: 'one\n{--two--}\nthree' },
    'an end that another deletes again': { marked: 'one{++{--¶‹›--}++}{@EUR}\ntwo', accepted: 'onetwo', rejected: 'one{++¶++}{@EUR}\ntwo' },
  };
  for (const [title, { marked, which, accepted, rejected }] of Object.entries(partial)) it(title, () => {
    const { text, range } = within(marked);
    assert.equal(decided(text, 'accept', which?.author ? which : { range }), accepted);
    assert.equal(decided(text, 'reject', which?.author ? which : { range }), rejected);
  });

  it('of a clause with what stands below it, of a section, of a proposal', () => {
    const text = 'MOD\tAPT/1/1\nRESOLUTION 1 (Geneva, 2022)\nOn {++new ++}things\nrecalling\na)\tx {++1++}:\n    i)\ty {++2++}\nb)\tz {++3++}\n\nresolves\n1\tto {++4++} do\nADD\tAPT/1/2\nRESOLUTION 2\n{++5++}\n';
    const accepted = (address: string) => { const document = parse(text); return applyEdits(text, decide(document, 'accept', { range: extent(document, findAddress(document, address)[0]!) })).match(/\{\+\+(.*?)\+\+\}/g)!.join(''); };
    assert.equal(accepted('APT/1/1 recalling a)'), '{++new ++}{++3++}{++4++}{++5++}');
    const document = parse(text);
    const at = (line: number) => decide(document, 'accept', { range: extent(document, document.blockAtLine(line)!) }).length / 2;
    assert.deepEqual([3, 0, 8].map(at), [3, 5, 1]);
  });

  describe('whatever the contribution', () => {
    it('accepting all gives the final view, rejecting all the original one', () => {
      fc.assert(fc.property(contribution, text => {
        for (const [decision, which] of [['accept', 'final'], ['reject', 'original']] as const) {
          const result = decided(text, decision);
          for (const after of ['original', 'final'] as const) assert.equal(words(view(result, after)), words(view(text, which)));
          assert.equal([...parse(result).blocks()].some(({ block }) => inline(block).marks.some(isChange)), false);
        }
      }), parameters(300));
    });

    it('accepting some leaves the final view as it was, rejecting some the original one', () => {
      fc.assert(fc.property(contribution, fc.constantFrom('APT', 'EUR', 'ATU'), fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), (text, author, ends) => {
        const [start, end] = ends.map(share => Math.floor(share * text.length)).sort((a, b) => a - b) as [number, number];
        for (const which of [{ author }, { range: { start, end } }]) {
          assert.equal(words(view(decided(text, 'accept', which), 'final')), words(view(text, 'final')));
          assert.equal(words(view(decided(text, 'reject', which), 'original')), words(view(text, 'original')));
        }
      }), parameters(300));
    });

    it('accepting one author and rejecting another gives the same in either order', () => {
      fc.assert(fc.property(contribution, text => {
        const one = decided(decided(text, 'accept', { author: 'APT' }), 'reject', { author: 'EUR' });
        const other = decided(decided(text, 'reject', { author: 'EUR' }), 'accept', { author: 'APT' });
        assert.equal(words(one), words(other));
      }), parameters(300));
    });
  });

  it('whatever the text, accepting all gives the final view, rejecting all the original one, and no change is left', () => {
    const unescaped = (text: string) => words(text.replace(/\\([!-/:-@[-`{-~])/g, '$1'));
    fc.assert(fc.property(soup(), text => {
      for (const [decision, which] of [['accept', 'final'], ['reject', 'original']] as const) {
        const result = decided(text, decision);
        assert.equal([...parse(result).blocks()].some(({ block }) => inline(block).marks.some(isChange)), false);
        if (!text.includes('//')) assert.equal(unescaped(view(result, which)), unescaped(view(text, which))); // a note is no text
      }
    }), parameters(2000));
  });

  it('of real proposals', function () {
    const corpus = '../shared/corpus/resolutions';
    if (!existsSync(corpus)) { console.log(`      no real texts: ${corpus} is missing`); this.skip(); }
    for (const name of ['apt-37a37', 'apt-37a28']) {
      const text = readFileSync(`${corpus}/${name}.resolution`, 'utf8');
      assert.equal(decided(text, 'accept'), view(text, 'final'));
      assert.equal(decided(text, 'reject'), view(text, 'original'));
    }
  });
});

describe('whose the changes are', () => {
  const given = (text: string, to: Parameters<typeof attribute>[1]) => applyEdits(text, attribute(parse(text), to));
  it('all are given to one author', () => assert.equal(given('{++a++} {--b--}{@EUR 2024-09-22}{>>c<<}{@RCC}', { author: 'APT' }), '{++a++}{@APT} {--b--}{@APT 2024-09-22}{>>c<<}{@APT}'));
  it('those of another author; shared ones stay shared', () => assert.equal(given('{++a++} {--b--}{@EUR}{++c++}{@RCC; EUR #m1}', { author: 'APT', from: 'EUR' }), '{++a++} {--b--}{@APT}{++c++}{@RCC; APT #m1}'));
  it('the sponsor is not named', () => assert.equal(given('---\nsponsor: APT\n---\n{++a++}{@EUR}', { author: 'APT' }), '---\nsponsor: APT\n---\n{++a++}'));
  it('what was the sponsor\'s silently is named', () => assert.equal(given('---\nsponsor: APT\n---\n{++a++}{++b++}{@EUR}', { author: 'RCC', from: 'APT' }), '---\nsponsor: APT\n---\n{++a++}{@RCC}{++b++}{@EUR}'));
  it('anonymous', () => assert.equal(given('{++a++}{@Asha 2024-09-22T10:00Z #m2}{==b==}{>>c<<}{@Asha}', { author: null }), '{++a++}{@#m2}{==b==}{>>c<<}'));
});
