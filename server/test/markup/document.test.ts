import assert from 'node:assert/strict';
import fc from 'fast-check';
import { grammarOf } from '../../src/knowledge/grammar';
import { Document } from '../../src/markup/document';
import type { State } from '../../src/markup/classify';
import { inline } from '../../src/markup/inline';
import { lineEnd, lineStarts } from '../../src/markup/lines';
import { edit, parameters, soup } from '../soup';

const parse = (text: string) => Document.parse(text, grammarOf);
const shape = (document: Document) => [...document.blocks()].map(({ block: { source, lineCount, original, final, joinsInOriginal, joinsInFinal }, start, line, group, index }) =>
  ({ source, lineCount, original, final, joinsInOriginal, joinsInFinal, start, line, group, index }));
const plain = ({ mode, list, above }: State) => ({ mode, list, above });
const entries = (document: Document) => document.groups.map(group => group.entries.map(({ original, final, joinedInOriginal, joinedInFinal }) => ({ original: plain(original), final: plain(final), joinedInOriginal, joinedInFinal })));
const tokens = (document: Document) => [...document.blocks()].flatMap(({ block }) => inline(block).pieces.map(piece => block.source.slice(piece.start, piece.end)));

describe('a document', () => {
  it('joins to its source, block by block and piece by piece, whatever the text', () => {
    fc.assert(fc.property(fc.oneof(soup(), fc.string({ unit: 'binary', maxLength: 200 })), text => {
      const document = parse(text);
      assert.equal(shape(document).map(block => block.source).join(''), text);
      assert.equal(tokens(document).join(''), text);
      for (const { block } of document.blocks()) {
        let at = 0;
        for (const piece of inline(block).pieces) { assert.equal(piece.start, at); at = piece.end; }
      }
    }), parameters(3000));
  });

  it('is after any edits what it would be if read anew', () => {
    fc.assert(fc.property(soup(), fc.array(edit, { minLength: 1, maxLength: 6 }), (text, edits) => {
      let document = parse(text), now = text;
      for (const { from, size, text: inserted } of edits) {
        const start = Math.floor(from * now.length), end = Math.min(now.length, start + Math.floor(size * now.length));
        now = now.slice(0, start) + inserted + now.slice(end);
        document = document.edit(start, end, inserted);
        const fresh = parse(now);
        assert.deepEqual(shape(document), shape(fresh));
        assert.equal(document.unclosedFrontMatter, fresh.unclosedFrontMatter);
        assert.equal(document.grammar, fresh.grammar);
        assert.deepEqual([...document.blocks()].map(({ block }) => inline(block)), [...fresh.blocks()].map(({ block }) => inline(block)));
        assert.deepEqual(entries(document), entries(fresh));
      }
    }), parameters(3000));
  });

  it('keeps every block that an edit did not touch', () => {
    const clauses = Array.from({ length: 200 }, (_, i) => `recalling\na)\tthat there is text number ${i};\nb)\tthat {++there++} is more,\n`).join('');
    const document = parse(clauses);
    const at = clauses.indexOf('number 100');
    const after = document.edit(at, at, 'new ');
    const before = new Set([...document.blocks()].map(({ block }) => block));
    const fresh = [...after.blocks()].filter(({ block }) => !before.has(block));
    assert.equal(fresh.length, 1);
    assert.ok(fresh[0]!.block.source.startsWith('a)\tthat there is text new number 100'));
    assert.equal(after.groups.filter(group => !document.groups.includes(group)).length, 1);
  });

  it('gives lines and characters for offsets and back, as LSP counts them', () => {
    fc.assert(fc.property(soup(30), text => {
      const document = parse(text);
      const starts = lineStarts(text);
      assert.equal(document.lineCount, starts.length);
      for (let offset = 0; offset <= text.length; offset++) {
        let line = starts.length - 1;
        while (starts[line]! > offset) line--;
        assert.deepEqual(document.positionAt(offset), { line, character: offset - starts[line]! });
        const inLine = lineEnd(text, starts[line]!);
        assert.equal(document.offsetAt({ line, character: offset - starts[line]! }), Math.min(offset, inLine));
      }
      starts.forEach((start, line) => assert.equal(document.lineText(line), text.slice(start, lineEnd(text, start))));
    }), parameters(500));
  });
});
