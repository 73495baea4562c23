import assert from 'node:assert/strict';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { grammarOf } from '../../src/knowledge/grammar';
import { Document } from '../../src/markup/document';
import type { Reading } from '../../src/markup/types';
import { viewText } from '../../src/markup/views';
import { contribution } from '../contributions';
import { parameters } from '../soup';

const corpus = '../shared/corpus/resolutions';
const parse = (text: string) => Document.parse(text, grammarOf);

describe('views', () => {
  const cases: Record<string, { marked: string; original: string; final: string }> = {
    'insertion, deletion, replacement': { marked: 'a {++b ++}{--c --}{~~d~>e~~}.', original: 'a c d.', final: 'a b e.' },
    'attributes and comments are in neither': { marked: 'a{++b++}{@APT}{>>why<<} {==c==}{>>what<<}', original: 'a c', final: 'ab c' },
    'an inserted paragraph goes with its end': { marked: 'a)\tone;\n{++b)\ttwo;++}\nc)\tthree\n', original: 'a)\tone;\nc)\tthree\n', final: 'a)\tone;\nb)\ttwo;\nc)\tthree\n' },
    'a deleted one too, with its attribute': { marked: 'one\n{--two--}{@EUR}\n\nthree', original: 'one\ntwo\n\nthree', final: 'one\nthree' },
    'split': { marked: 'a)\tone{++¶++}\n\n{++b)\t++}two\n', original: 'a)\tonetwo\n', final: 'a)\tone\n\nb)\ttwo\n' },
    'joined': { marked: 'one {--¶--}\ntwo\n', original: 'one \ntwo\n', final: 'one two\n' },
    'a deletion inside an insertion': { marked: '{++a{--b--}c++}d', original: 'd', final: 'acd' },
    'escapes, emphasis and notes stay': { marked: '\\{++ *x* [^1]\n// note {++x++}\n', original: '\\{++ *x* [^1]\n// note {++x++}\n', final: '\\{++ *x* [^1]\n// note {++x++}\n' },
  };
  for (const [title, { marked, original, final }] of Object.entries(cases)) it(title, () => {
    assert.equal(viewText(parse(marked), 'original'), original);
    assert.equal(viewText(parse(marked), 'final'), final);
  });

  it('read anew are what the document says they are', () => {
    const name = ({ kind, level, label }: Reading) => `${kind} ${level} ${label?.text ?? ''}`;
    const inView = (document: Document, view: 'original' | 'final') => [...document.blocks()].map(({ block }) => block[view]).filter(reading => reading !== null && reading.kind !== 'blank').map(reading => name(reading!));
    fc.assert(fc.property(contribution, text => {
      const document = parse(text);
      for (const view of ['original', 'final'] as const) assert.deepEqual(inView(parse(viewText(document, view)), 'final'), inView(document, view));
    }), parameters(300));
  });

  it('of real proposals: the original view is the text in force', function () {
    if (!existsSync(corpus)) { console.log(`      no real texts: ${corpus} is missing`); this.skip(); }
    for (const [proposal, base] of [['apt-37a37', 'res-98-geneva-2022'], ['apt-37a28', 'res-98-hammamet-2016']]) {
      const text = viewText(parse(readFileSync(`${corpus}/${proposal}.resolution`, 'utf8')), 'original');
      assert.equal(text.slice(text.search(/^RESOLUTION/m)), readFileSync(`${corpus}/${base}.resolution`, 'utf8'));
    }
  });
});
