import assert from 'node:assert/strict';
import fc from 'fast-check';
import { grammarOf } from '../../src/knowledge/grammar';
import { Document } from '../../src/markup/document';
import { applyEdits } from '../../src/markup/edit';
import { viewText } from '../../src/markup/views';
import { compose } from '../../src/numbering/compose';
import { move, type Direction } from '../../src/numbering/move';
import { contribution } from '../contributions';
import { parameters } from '../soup';

const parse = (text: string) => Document.parse(text, grammarOf);

/** The text after a move; `|` is the caret, before and after. Null where nothing moves. */
function moved(marked: string, direction: Direction, renumber = true): string | null {
  const at = marked.indexOf('|'), text = marked.replace('|', ''), result = move(parse(text), at, direction, { renumber, tracked: false, author: null, date: null });
  if (!result) return null;
  const after = applyEdits(text, result.edits);
  return `${after.slice(0, result.offset)}|${after.slice(result.offset)}`;
}

const HEAD = 'RESOLUTION 1 (Geneva, 2022)\n\nrecalling\n';
const cases = (list: readonly (readonly [about: string, direction: Direction, before: string, after: string | null, renumber?: boolean])[]) => {
  for (const [about, direction, before, after, renumber] of list) it(`${direction}: ${about}`, () => assert.equal(moved(HEAD + before, direction, renumber), after === null ? null : HEAD + after));
};

describe('moving a clause', () => cases([
  ['past the one below', 'down', 'a)\to|ne;\nb)\ttwo;\nc)\tthree,\n', 'a)\ttwo;\nb)\to|ne;\nc)\tthree,\n'],
  ['past the one above', 'up', 'a)\tone;\nb)\ttwo|;\nc)\tthree,\n', 'a)\ttwo|;\nb)\tone;\nc)\tthree,\n'],
  ['its label only where labels are put right', 'up', 'a)\tone;\n|b)\ttwo;\n', '|b)\ttwo;\na)\tone;\n', false],
  ['with what stands below it, past what stands below the other', 'down', 'a)\tx|:\n    i)\tp;\n    ii)\tq;\nb)\ty:\n    i)\tr;\n\nresolves\n1\tz.\n', 'a)\ty:\n    i)\tr;\nb)\tx|:\n    i)\tp;\n    ii)\tq;\n\nresolves\n1\tz.\n'],
  ['at the end of a list', 'down', 'a)\tone;\nb)\tt|wo,\n\nnoting\na)\tx.\n', null],
  ['at its beginning', 'up', 'a)\to|ne;\nb)\ttwo,\n', null],
  ['where there is no clause', 'up', 'one|;\nb)\ttwo,\n', null],
  ['with what refers to both', 'down', 'a)\tone|;\nb)\ttwo,\n\nresolves\n1\tas *recalling* a) and b) say.\n', 'a)\ttwo,\nb)\tone|;\n\nresolves\n1\tas *recalling* b) and a) say.\n'],
  ['a text whose last line has no end', 'up', 'a)\tone;\nb)\ttwo|,', 'a)\ttwo|,\nb)\tone;'],
]));

describe('moving a clause to another level', () => cases([
  ['below the one above', 'in', 'a)\tone:\nb)\ttwo|;\nc)\tthree,\n', 'a)\tone:\n    i)\ttwo|;\nb)\tthree,\n'],
  ['behind what stands there already', 'in', 'a)\tone:\n    i)\tx;\nb)\ttwo|;\nc)\tthree,\n', 'a)\tone:\n    i)\tx;\n    ii)\ttwo|;\nb)\tthree,\n'],
  ['the first has none above it', 'in', 'a)\to|ne;\nb)\ttwo,\n', null],
  ['out of its list', 'out', 'a)\tone:\n    i)\tx;\n    ii)\ty|;\nb)\ttwo,\n', 'a)\tone:\n    i)\tx;\nb)\ty|;\nc)\ttwo,\n'],
  ['a clause that is not in a list of another', 'out', 'a)\to|ne;\nb)\ttwo,\n', null],
  ['with what refers to it', 'in', 'a)\tone:\nb)\ttwo|;\nc)\tthree,\n\nresolves\n1\tas *recalling* b) and c) say.\n', 'a)\tone:\n    i)\ttwo|;\nb)\tthree,\n\nresolves\n1\tas *recalling* a) i) and b) say.\n'],
  ['with what stands below it', 'in', 'a)\tone:\nb)\ttw|o:\n    i)\tx;\n    ii)\ty,\n', 'a)\tone:\n    i)\ttw|o:\n        i)\tx;\n        ii)\ty,\n'],
]));

describe('moving a clause where changes are tracked', function () {
  this.timeout(120_000);

  cases([
    ['in force: deleted here, inserted there', 'down', 'a)\to|ne;\nb)\ttwo {++x++};\nc)\tthree,\n', '{--a)\tone;--}{@#m1}\n{~~b~>a~~})\ttwo {++x++};\n{++b)\to|ne;++}{@#m1}\nc)\tthree,\n'],
    ['in force, with changes in it', 'up', 'a)\tone;\nb)\ttwo| {--old--}{++new++}{@EUR};\n', '{++a)\ttwo| new;++}{@#m1}\n{~~a~>b~~})\tone;\n{--b)\ttwo old;--}{@#m1}\n'],
    ['new: simply put elsewhere', 'down', '{++a)\tn|ew;++}\n{~~a~>b~~})\tone;\n', 'a)\tone;\n{++b)\tn|ew;++}\n'],
    ['past a new one', 'down', 'a)\to|ne;\n{++b)\tnew;++}\n{~~b~>c~~})\ttwo,\n', '{++a)\tnew;++}\n{~~a~>b~~})\to|ne;\n{~~b~>c~~})\ttwo,\n'],
    ['another level', 'in', 'a)\tone {++x++}:\nb)\ttwo|;\n', 'a)\tone {++x++}:\n{--b)\ttwo;--}{@#m1}\n    {++i)\ttwo|;++}{@#m1}\n'],
    ['a clause that goes on with the next line', 'down', 'a)\tone|,{++¶++}\n{++b)\t++}and more;\n{~~b~>c~~})\ttwo,\n', null],
  ]);

  it('keeps the text in force, and the caret in its place', () => {
    fc.assert(fc.property(contribution, fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom<Direction>('up', 'down', 'in', 'out'), fc.boolean(), (text, share, direction, renumber) => {
      const document = parse(text), clauses = [...document.blocks()].filter(({ block }) => block.final?.label);
      fc.pre(clauses.length > 0);
      const { start, block } = clauses[Math.min(clauses.length - 1, Math.floor(share * clauses.length))]!, offset = start + block.final!.textStart;
      const result = move(document, offset, direction, { renumber, tracked: true, author: null, date: null });
      if (!result) return;
      const after = applyEdits(text, result.edits), words = (source: string) => viewText(parse(source), 'original').replace(/\n+/g, '\n');
      if (direction === 'up' || direction === 'down' || block.original) assert.equal(words(after), words(text));
      assert.ok(result.offset >= 0 && result.offset <= after.length);
    }), parameters(150));
  });
});

describe('two sets of edits as one', () => {
  it('give the text that one after the other gives', () => {
    const spans = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 3 }), fc.string({ maxLength: 4 })), { maxLength: 3 });
    const spread = (list: readonly (readonly [number, number, string])[], size: number) => {
      let at = 0;
      return list.flatMap(([gap, length, text]) => { const start = at + gap + 1, end = start + length; at = end; return end <= size ? [{ start, end, text }] : []; });
    };
    fc.assert(fc.property(fc.string({ minLength: 20, maxLength: 30 }), spans, spans, (text, one, other) => {
      const first = spread(one, text.length), between = applyEdits(text, first);
      let shift = 0;
      const homes = first.map(({ start, end, text: now }) => { const from = start + shift; shift += now.length - (end - start); return [from, from + now.length] as const; });
      const second = spread(other, between.length).filter(({ start, end }) => homes.every(([from, to]) => end < from || start > to || (start >= from && end <= to)));
      assert.equal(applyEdits(text, compose(first, second)), applyEdits(between, second));
    }), parameters(1000));
  });
});
