import assert from 'node:assert/strict';
import { CONFERENCES } from '../../src/knowledge/conferences';
import { grammarOf } from '../../src/knowledge/grammar';
import { partOf, phrasesOf } from '../../src/knowledge/phrases';
import { SYMBOLS, symbolOf } from '../../src/knowledge/symbols';
import { Document } from '../../src/markup/document';
import { readProposal } from '../../src/markup/classify';
import { addressOf, findAddress } from '../../src/contribution/addresses';
import { definitionsOf, footnoteMarks, referencesToFootnote } from '../../src/contribution/footnotes';
import { links } from '../../src/contribution/links';
import { textOf, texts } from '../../src/contribution/scopes';

const parse = (text: string) => Document.parse(text, grammarOf);
const TWO = `---
sponsor: APT
---
# Introduction
words
MOD\tAPT/37A1/1
RESOLUTION 1 (Dubai, 2012)
Title
recalling
a)\tone,
resolves
1\tone:
a)\tfirst;
b)\tsecond,
ANNEX 1 (to Resolution 1)
## 1\tScope
1.1\ttext.
Reasons: because.
SUP\tAPT/37A1/2
RESOLUTION 2 (Dubai, 2012)
recalling
a)\tother,
# Proposal for later
words
`;

describe('texts of a document', () => {
  it('are its proposals with their instruments, annexes and reasons, and what stands between', () => {
    const document = parse(TWO);
    const line = (g: number) => g < 0 ? null : document.lineText(document.groupStart(g).line);
    assert.deepEqual(texts(document).map(text => [line(text.proposal), line(text.instrument), text.annexes.map(line), text.reasons.map(line)]), [
      [null, null, [], []],
      ['MOD\tAPT/37A1/1', 'RESOLUTION 1 (Dubai, 2012)', ['ANNEX 1 (to Resolution 1)'], ['Reasons: because.']],
      ['SUP\tAPT/37A1/2', 'RESOLUTION 2 (Dubai, 2012)', [], []],
      [null, null, [], []],
    ]);
    assert.ok(texts(document).every((text, i, all) => text.start === (all[i - 1]?.end ?? 0)));
    for (let g = 0; g < document.groups.length; g++) { const text = textOf(document, g); assert.ok(text.start <= g && g < text.end); }
  });

  it('that an edit did not touch are the same objects', () => {
    const before = parse(TWO), at = TWO.indexOf('other'), after = before.edit(at, at, 'an');
    assert.deepEqual(texts(after).map((text, i) => text.run === texts(before)[i]!.run), [true, true, false, true]);
  });
});

describe('addresses of clauses', () => {
  const addresses = (text: string) => { const document = parse(text); return [...document.blocks()].map(placed => addressOf(document, placed)).filter(address => address !== null); };

  it('name section and labels, and the proposal where there are several', () => {
    assert.deepEqual(addresses('recalling\na)\tone;\nb)\ttwo,\nresolves\n1\tone:\n    a)\tfirst:\n        i)\tdeep;\n2\ttwo.\n'),
      ['recalling a)', 'recalling b)', 'resolves 1', 'resolves 1 a)', 'resolves 1 a) i)', 'resolves 2']);
    assert.deepEqual(addresses(TWO), ['APT/37A1/1 recalling a)', 'APT/37A1/1 resolves 1', 'APT/37A1/1 resolves 1 a)', 'APT/37A1/1 resolves 1 b)', 'APT/37A1/1 1.1', 'APT/37A1/2 recalling a)']);
  });

  it('go by the labels of the final view, and of the original one for what is deleted', () => {
    assert.deepEqual(addresses('recalling\n{--a)\told;--}\n{++a)\tnew;++}\n{~~b~>c~~})\tmoved,\n{--noting--}\n{~~a~>d~~})\tjoined.\n'), ['recalling a)', 'recalling a)', 'recalling c)', 'recalling d)']);
  });

  it('lead back to their clauses', () => {
    const document = parse(TWO);
    for (const placed of document.blocks()) {
      const address = addressOf(document, placed);
      if (address) assert.deepEqual(findAddress(document, address.toUpperCase()).map(({ start }) => start), [placed.start]);
    }
    assert.deepEqual(findAddress(document, 'recalling a)').length, 2);
    assert.deepEqual(findAddress(document, 'recalling k)'), []);
  });

  it('of a label that is given twice lead to both clauses', () => {
    assert.equal(findAddress(parse('recalling\na)\tone;\na)\ttwo,\n'), 'recalling a)').length, 2);
  });
});

describe('footnotes', () => {
  const text = 'RESOLUTION 1\nrecalling\na)\tcountries[^1] and{-- towns[^2]--};\n[^1]: The first.\n{++[^3]: The third, see[^1].++}\nRESOLUTION 2\nrecalling\na)\tcountries[^1] there[^3],\n[^1]: Another first.\n';
  const document = parse(text);

  it('are found with the views they are in', () => {
    const marks = [...document.blocks()].flatMap(({ block }) => footnoteMarks(block).map(mark => `${mark.definition ? 'text' : 'mark'} ${mark.label} ${mark.views.join(' ')} ${block.source.slice(mark.start, mark.end)}`));
    assert.deepEqual(marks, ['mark 1 original final [^1]', 'mark 2 original [^2]', 'text 1 original final [^1]', 'text 3 final [^3]', 'mark 1 final [^1]', 'mark 1 original final [^1]', 'mark 3 original final [^3]', 'text 1 original final [^1]']);
  });

  it('belong to their own text, and to another where that has none', () => {
    const g = document.groups.length - 1;
    assert.deepEqual(definitionsOf(document, g, '1', 'final').map(({ line }) => line), [8]);
    assert.deepEqual(definitionsOf(document, 1, '1', 'final').map(({ line }) => line), [3]);
    assert.deepEqual(definitionsOf(document, g, '3', 'final').map(({ line }) => line), [4]);
    assert.deepEqual(definitionsOf(document, g, '3', 'original'), []);
    assert.deepEqual(referencesToFootnote(document, 1, '1', 'final').map(({ placed }) => placed.line), [2, 4]);
    assert.deepEqual(referencesToFootnote(document, 1, '3', 'final').map(({ placed }) => placed.line), [7]);
  });
});

describe('links', () => {
  it('are the base, addresses of persons and web pages', () => {
    const text = '---\nbase: "../in force/res-98.resolution"\ncontacts:\n  - name: A. Person\n    email: a.person@example.org\n---\na)\tsee https://example.org/a_(b), (https://example.org/c) and{++ https://example.org/d++}.\n';
    assert.deepEqual(links(parse(text)).map(({ start, end, kind, target }) => [text.slice(start, end), kind, target]), [
      ['../in force/res-98.resolution', 'file', '../in force/res-98.resolution'],
      ['a.person@example.org', 'mail', 'mailto:a.person@example.org'],
      ['https://example.org/a_(b)', 'web', 'https://example.org/a_(b)'],
      ['https://example.org/c', 'web', 'https://example.org/c'],
      ['https://example.org/d', 'web', 'https://example.org/d'],
    ]);
  });
});

describe('what is known of phrases and symbols', () => {
  it('tells grounds from acts', () => {
    const parts = ['recalling further', 'noting with concern', 'resolves to instruct Study Group 20', 'instructs the Director of the Telecommunication Standardization Bureau', 'invites', 'having heard'];
    assert.deepEqual(parts.map(phrase => partOf(phrase, 'en')), ['preambular', 'preambular', 'operative', 'operative', 'operative', 'preambular']);
    assert.deepEqual([partOf('décide', 'fr'), partOf('reconociendo además', 'es'), partOf('请', 'zh'), partOf('sonst', 'en')], ['operative', 'preambular', 'operative', null]);
  });

  it('has a source for every row', () => {
    for (const row of [...phrasesOf('en'), ...SYMBOLS, ...CONFERENCES]) assert.ok(row.source);
  });

  it('has every symbol that the markup reads', () => {
    for (const { symbol } of SYMBOLS) assert.equal(readProposal(`${symbol}\tAPT/37A37/1`)?.symbol, symbol);
    assert.equal(symbolOf('XYZ'), null);
  });
});
