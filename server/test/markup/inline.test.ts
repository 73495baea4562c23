import assert from 'node:assert/strict';
import { parseInline } from '../../src/markup/inline';

/** The pieces of a text: kind, `+` inserted, `-` deleted, `=` highlighted, `/` italic, `!` bold, and the source. */
function pieces(source: string): string {
  return parseInline(source).pieces.map(piece => `${piece.kind}${piece.insertion ? '+' : ''}${piece.deletion ? '-' : ''}${piece.highlight ? '=' : ''}${piece.italic ? '/' : ''}${piece.bold ? '!' : ''}:${JSON.stringify(source.slice(piece.start, piece.end)).slice(1, -1)}`)
    .filter(piece => !piece.startsWith('trailing')).join(' ');
}
const problems = (source: string): string[] => parseInline(source).problems.map(({ code, start, end }) => `${code} ${source.slice(start, end)}`);

describe('inline', () => {
  const cases: Record<string, [string, string]> = {
    'plain text': ['that all is well', 'text:that all is well'],
    'emphasis': ['in *recalling* and **bold**', 'text:in  emphasis:* text/:recalling emphasis:* text: and  emphasis:** text!:bold emphasis:**'],
    'emphasis in words and unpaired stars': ['2*3 and *a', 'text:2 text:* text:3 and  text:* text:a'],
    'both at once': ['***x***', 'emphasis:*** text/!:x emphasis:***'],
    'a footnote reference': ['countries[^1], and', 'text:countries footnote-reference:[^1] text:, and'],
    'an escape': ['a \\{++ b', 'text:a  escape:\\\\{ text:++ b'],
    'square brackets stay text': ['[APT-1]', 'text:[APT-1]'],
    'an insertion with its author': ['a {++b++}{@APT; EUR 2024-09-22} c', 'text:a  mark:{++ text+:b mark:++} attribute:{@APT; EUR 2024-09-22} text: c'],
    'a replacement': ['{~~old~>new~~}', 'mark:{~~ text-:old mark:~> text+:new mark:~~}'],
    'a deletion inside an insertion': ['{++a{--b--}{@EUR}c++}', 'mark:{++ text+:a mark+:{-- text+-:b mark+:--} attribute+:{@EUR} text+:c mark:++}'],
    'a comment on a range': ['{==a {++b++}==}{>>why\\}<<}', 'mark:{== text=:a  mark=:{++ text+=:b mark=:++} mark:==} mark:{>> comment:why escape:\\\\} mark:<<}'],
    'emphasis never pairs across the edge of a mark': ['*a {++b* c++}', 'text:* text:a  mark:{++ text+:b text+:* text+: c mark:++}'],
    'emphasis around a whole mark': ['*a {++b++}*', 'emphasis:* text/:a  mark/:{++ text+/:b mark/:++} emphasis:*'],
    'a tracked paragraph end': ['a{++¶++}{@EUR}', 'text:a mark:{++ pilcrow+:¶ mark:++} attribute:{@EUR}'],
    'a pilcrow in the middle is text': ['a{++¶++}b', 'text:a mark:{++ text+:¶ mark:++} text:b'],
    'soft wraps and further paragraphs': ['a)\tone\n  two\n\n  three\n', 'text:a)\\tone soft-break:\\n   text:two paragraph-break:\\n\\n   text:three'],
    'a manual line break': ['one\\\n  two', 'text:one line-break:\\\\\\n   text:two'],
    'a table row splits its cells first': ['| a {++b | c++} |', 'bar:| text: a {++b  bar:| text: c++}  bar:|'],
    'an inserted row': ['{++| a | b |++}', 'mark:{++ bar+:| text+: a  bar+:| text+: b  bar+:| mark:++}'],
    'an escaped bar': ['| a \\| b |', 'bar:| text: a  escape:\\\\| text: b  bar:|'],
    'a heading, a footnote, a note': ['# *A*', 'prefix:# text:  emphasis:* text/:A emphasis:*'],
    'a note for drafters holds no marks': ['// {++x++}', 'prefix:// text: {++x++}'],
  };
  for (const [title, [source, expected]] of Object.entries(cases)) it(title, () => assert.equal(pieces(source), expected));

  it('reports what is wrongly written, and reads it as text', () => {
    assert.deepEqual(problems('a {++b'), ['unclosed-mark {++']);
    assert.deepEqual(problems('a b++} c'), ['stray-closer ++}']);
    assert.deepEqual(problems('{~~only old~~}'), ['missing-divider {~~only old~~}']);
    assert.deepEqual(problems('{--a {++b++} c--}'), ['mark-in-mark {++', 'stray-closer ++}']);
    assert.deepEqual(problems('text {@APT}'), ['stray-attribute {@APT}']);
    assert.deepEqual(problems('{++a++}{@ }'), ['malformed-attribute {@ }']);
    assert.deepEqual(problems('{++++}'), ['empty-mark {++++}']);
    assert.deepEqual(problems('{++a++}{@APT 2024-09-22T10:30Z #m1}, \\{++, C++ and {x}'), []);
  });

  it('reads authors, date and move of an attribute', () => {
    const { marks } = parseInline('{++a++}{@Asia Pacific; EUR 2024-09-22T10:30Z #m1}');
    assert.deepEqual(marks[0]!.attribute, { start: 7, end: 49, authors: ['Asia Pacific', 'EUR'], date: '2024-09-22T10:30Z', move: 'm1' });
  });

  it('takes time in proportion to the text, whatever is opened and never closed', () => {
    const times = [20_000, 80_000].map(n => {
      const hostile = '{++'.repeat(n) + '*a '.repeat(n) + '{--{~~~>'.repeat(n), start = process.cpuUsage();
      parseInline(hostile);
      const { user, system } = process.cpuUsage(start);
      return user + system;
    });
    assert.ok(times[1]! < times[0]! * 40, `four times the text took ${(times[1]! / times[0]!).toFixed(1)} times as long`);
  });
});
