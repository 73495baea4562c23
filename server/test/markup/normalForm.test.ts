import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { grammarOf } from '../../src/knowledge/grammar';
import { Document } from '../../src/markup/document';
import type { Edit } from '../../src/markup/edit';
import { formatOnType, nextLabel } from '../../src/markup/formatOnType';
import { defaults } from '../../src/markup/frontMatter';
import { inline } from '../../src/markup/inline';
import { format } from '../../src/markup/normalForm';
import { plainText } from '../../src/markup/text';
import type { Mark, View } from '../../src/markup/types';
import { contribution } from '../contributions';
import { parameters, soup } from '../soup';

const parse = (text: string) => Document.parse(text, grammarOf);

/** The text after the edits, which have to be in order and may not touch each other. */
function apply(text: string, edits: readonly Edit[]): string {
  let result = '', at = 0;
  for (const [i, { start, end, text: inserted }] of edits.entries()) {
    assert.ok(start >= at && end >= start && end <= text.length && (i === 0 || start > edits[i - 1]!.end), `edits touch or are out of order: ${JSON.stringify(edits)}`);
    assert.notEqual(text.slice(start, end), inserted, 'an edit that changes nothing');
    result += text.slice(at, start) + inserted;
    at = end;
  }
  return result + text.slice(at);
}

const formatted = (text: string) => apply(text, format(parse(text)));

/** A text and its normal form, which is also the normal form of itself. Both without the last line end. */
function becomes(text: string, normal: string): void {
  assert.equal(formatted(`${text}\n`), `${normal}\n`);
  assert.equal(formatted(`${normal}\n`), `${normal}\n`);
}

/** What formatting keeps of each view: kind, level, label and words of every block; the order of footnotes, and their labels, are free. */
function words(document: Document, view: View): string[] {
  const plain = (text: string) => text.replace(/[\s\u00a0]+/g, ' ').replace(/ ?\| ?/g, '|').trim();
  const rows = [...document.blocks()].map(({ block }) => {
    const reading = block[view], text = plain(plainText(block, view, reading?.textStart ?? 0));
    return { footnote: reading?.kind === 'footnote', row: [reading?.kind, reading?.level, reading?.label?.text, text].join(' ') };
  }).filter(({ row }) => !row.startsWith('blank'));
  return [...rows.filter(({ footnote }) => !footnote), ...rows.filter(({ footnote }) => footnote).sort((a, b) => a.row < b.row ? -1 : 1)].map(({ row }) => row);
}

/** Every stretch of text that somebody inserted, deleted or remarked, with who and when, in the order of the text; footnotes last. */
function voices(document: Document): string[] {
  const { author, date } = defaults(document);
  const who = (mark: Mark | null) => mark && [mark.attribute?.authors.length ? mark.attribute.authors.join('; ') : author, mark.attribute?.date ?? date, mark.attribute?.move];
  const body: string[] = [], footnotes: string[] = [];
  for (const { block } of document.blocks()) {
    const list = (block.final ?? block.original)?.kind === 'footnote' ? footnotes : body;
    let last = '';
    for (const piece of inline(block).pieces) {
      if (!piece.insertion && !piece.deletion && !piece.comment) { if (piece.kind !== 'mark' && piece.kind !== 'attribute') last = ''; continue; }
      if (['mark', 'attribute', 'emphasis'].includes(piece.kind)) continue;
      const text = piece.kind === 'footnote-reference' ? '[^]' : block.source.slice(piece.start, piece.end);
      const voice = JSON.stringify([who(piece.insertion), who(piece.deletion), who(piece.comment)]);
      if (voice === last) list[list.length - 1] += text; else list.push(`${voice} ${text}`);
      last = voice;
    }
  }
  return [...body, ...footnotes.sort()].map(text => text.replace(/[\s\u00a0]+/g, ' '));
}

/** The words of the footnote that each reference refers to, in the order of the references. */
function notes(document: Document): string[] {
  const blocks = [...document.blocks()].map(({ block }) => block);
  const label = (text: string) => /\[\^([^\]]+)\]/.exec(text)![1]!;
  const texts = new Map(blocks.filter(block => block.final?.kind === 'footnote').map(block => [label(block.source), plainText(block, 'final', block.final!.textStart)]));
  return blocks.flatMap(block => inline(block).pieces.filter(piece => piece.kind === 'footnote-reference').map(piece => texts.get(label(block.source.slice(piece.start, piece.end))) ?? ''));
}

describe('the normal form', () => {
  it('is one block a line, a tab behind a marker, a blank line before each part', () => becomes(
    ['', '# Introduction', '', '', 'The administrations propose', '   to modify the text.  ', '## Background ', 'More.', 'MOD  APT/37A37/1', '', 'RESOLUTION 98 (Rev. Geneva, 2022)', '', 'Smart things', '(Geneva, 2022)',
      'The World Telecommunication Standardization Assembly (Geneva, 2022),', 'recalling', 'a) that there', '\tis work;', '', 'b)   that there is more,', 'resolves', '1. to go on', '2. to stop.', 'Annex 1', '(to Resolution 98)', 'Reasons: none'].join('\n'),
    ['# Introduction', 'The administrations propose to modify the text.', '', '## Background', 'More.', '', 'MOD\tAPT/37A37/1', 'RESOLUTION 98 (Rev. Geneva, 2022)', 'Smart things', '(Geneva, 2022)',
      'The World Telecommunication Standardization Assembly (Geneva, 2022),', '', 'recalling', 'a)\tthat there is work;', 'b)\tthat there is more,', '', 'resolves', '1\tto go on', '2\tto stop.', '', 'Annex 1', '(to Resolution 98)', '', 'Reasons: none'].join('\n')));

  it('leaves the example of the language as it is', () => {
    const example = ['---', 'sponsor: APT', 'date: 2024-09-22', '---', '# Introduction', 'APT proposes to modify Resolution 98.', '', '# Proposal', '', 'MOD\tAPT/37A37/1', 'RESOLUTION 98 (Rev. {~~Geneva, 2022~>New Delhi, 2024~~})',
      '(Hammamet, 2016{++; New Delhi, 2024++})', '', 'recalling', 'a)\tResolution 197;', '{++b)\tthe initiative;++}', '{~~b~>c~~})\tRecommendation ITU-T Y.4000,', '', 'resolves', '1\tto go on in line with *recalling* {~~b)~>c)~~} above.', '', 'Reasons: alignment.'].join('\n');
    becomes(example, example);
  });

  it('writes every marker in its own form', () => {
    becomes('recalling\n*a)* one;\na bis) two;\nabis) three;\nb)bis\tfour,', 'recalling\na)\tone;\na)bis\ttwo;\na)bis\tthree;\nb)bis\tfour,');
    becomes('resolves\n1) one;\n1 bis two;\n3bis. three;\n3bis.1 four', 'resolves\n1\tone;\n1bis\ttwo;\n3bis\tthree;\n    3bis.1\tfour');
    becomes('resolves\n- one\n• two\n–\t three', 'resolves\n–\tone\n–\ttwo\n–\tthree');
    becomes('recalling\n*a) the whole* text;', 'recalling\na)\t*the whole* text;');
  });

  it('gives four spaces a level, whether the nesting came from indentation or from the markers', () => {
    becomes('recalling\na) one:\ni) two;\n– three;\nii) four;\nb) five.', 'recalling\na)\tone:\n    i)\ttwo;\n        –\tthree;\n    ii)\tfour;\nb)\tfive.');
    becomes('resolves\n1 one:\n  a) two;\n\tb) three;\n2 four.', 'resolves\n1\tone:\n    a)\ttwo;\n        b)\tthree;\n2\tfour.');
  });

  it('keeps manual line breaks, and sets further paragraphs apart', () => becomes(
    'recalling\na) one\\\n two;\n\n\n  three\n  four;', 'recalling\na)\tone\\\n    two;\n\n    three four;'));

  it('does not touch front matter, notes of the drafter and what a backslash keeps', () => {
    const text = '---\nsponsor:   APT   \n\n# a comment of YAML\n---\n//   keep  this   \n\\# no heading\n\\1  no clause';
    becomes(text, text.replace('this   ', 'this'));
  });

  it('makes one mark of marks of one author and date that touch', () => {
    becomes('the {++new ++}{++text++} and {--old --}{--text--}', 'the {++new text++} and {--old text--}');
    becomes('{++a++}{@APT}{++b++}{@APT} x', '{++ab++}{@APT} x');
    becomes('{++a++}{@APT}{++b++}{@EUR} x', '{++a++}{@APT}{++b++}{@EUR} x');
    becomes('{++a++}{@APT 2024-09-22}{++b++}{@APT} x', '{++a++}{@APT 2024-09-22}{++b++}{@APT} x');
    becomes('x {++*a*++}{++*b*++}', 'x {++*ab*++}');
    becomes('x {++a++}{>>why<<}{++b++}', 'x {++a++}{>>why<<}{++b++}');
  });

  it('makes a replacement of a deletion and the insertion behind it', () => {
    becomes('the {--old--}{++new++} text', 'the {~~old~>new~~} text');
    becomes('the {--old--}{@EUR}{++new++}{@EUR} text', 'the {~~old~>new~~}{@EUR} text');
    becomes('the {--old--}{@EUR}{++new++} text', 'the {--old--}{@EUR}{++new++} text');
    becomes('the {++new++}{--old--} text', 'the {++new++}{--old--} text');
    becomes('the {~~old~>new~~}{++ and more++} text', 'the {~~old~>new and more~~} text');
    becomes('the {~~old~>~~}{~~~>new~~} text', 'the {~~old~>new~~} text');
    becomes('the {--here--}{@#m1}{++here++}{@#m1} text', 'the {--here--}{@#m1}{++here++}{@#m1} text');
    becomes('the {--a ~> b--}{++c++} text', 'the {--a ~> b--}{++c++} text');
    becomes('{++new {--not--}{@EUR}++}{++{--this--}{@EUR} text++} x', '{++new {--not--}{@EUR}{--this--}{@EUR} text++} x'.replace('{--not--}{@EUR}{--this--}{@EUR}', '{--notthis--}{@EUR}'));
  });

  it('never makes a tracked paragraph end part of another mark', () => {
    const text = 'recalling\na)\tone{++;++}{++¶++}\n{++b)\t++}two{--;--}{--¶--}\n{--c)\t--}three.';
    becomes(text, text);
  });

  it('drops what the front matter says already, be it the author, the date or both', () => {
    const front = '---\nsponsor: APT\ndate: 2024-09-22\n---\n';
    becomes(`${front}{++a++}{@APT 2024-09-22} {++b++}{@APT} {++c++}{@EUR 2024-09-22} {++d++}{@APT 2024-09-23}{>>e<<}{@APT} {++f++}{@APT #m1} x`,
      `${front}{++a++} {++b++} {++c++}{@EUR} {++d++}{@2024-09-23}{>>e<<} {++f++}{@#m1} x`);
    becomes(`${front}{++a++}{@APT}{++b++}{--c--}{@2024-09-22}{++d++} x`, `${front}{++ab++}{~~c~>d~~} x`);
  });

  it('keeps tracked labels, inserted and deleted clauses', () => {
    becomes('recalling\na) one;\n{++b) two;++}\n{~~b~>c~~}) three;\n{--c)--}{++d)++} four;\n{--d) five.--}', 'recalling\na)\tone;\n{++b)\ttwo;++}\n{~~b~>c~~})\tthree;\n{~~c)~>d)~~}\tfour;\n{--d)\tfive.--}');
    becomes('recalling\na) one:\n{++i) two++}', 'recalling\na)\tone:\n    {++i)\ttwo++}');
  });

  it('leaves alone what is damaged', () => {
    becomes('the {++open  text  \nrecalling\n{--a) x', 'the {++open  text\n\nrecalling\n{--a) x');
    becomes('x {++a++}{++++}{++b++}', 'x {++a++}{++++}{++b++}');
  });

  it('sets one blank on each side of the bars of a table', () => {
    becomes('|a|b|\n|---|---|\n| {++c++}|*d* |\n|  |\\||\n{++|e|f|++}', '| a | b |\n| --- | --- |\n| {++c++} | *d* |\n| | \\| |\n{++| e | f |++}');
  });

  it('puts footnotes at the end of their instrument, labelled in the order of their references', () => {
    becomes(
      'MOD\tAPT/1/1\nRESOLUTION 1\nrecalling\na)\tone[^3];\n[^3]:These include x.\n[^1]: And y.\nb)\ttwo[^bis] three[^1],\nReasons: none[^7]\n[^7]: z\nMOD\tAPT/1/2\nRESOLUTION 2\nresolves\nto go on[^2]\n[^bis]: named',
      '\nMOD\tAPT/1/1\nRESOLUTION 1\n\nrecalling\na)\tone[^3];\n[^3]: These include x.\n[^1]: And y.\nb)\ttwo[^bis] three[^1],\n\nReasons: none[^7]\n[^7]: z\n\nMOD\tAPT/1/2\nRESOLUTION 2\n\nresolves\nto go on[^2]\n[^bis]: named'.slice(1));
    becomes(
      'MOD\tAPT/1/1\nRESOLUTION 1\nrecalling\na)\tone[^3];\n[^3]:These include x.\n[^1]: And y.\nb)\ttwo[^bis] three[^1],\nReasons: none[^7]\n[^7]: z\nMOD\tAPT/1/2\nRESOLUTION 2\nresolves\nto go on[^2]\n[^bis]: named\n[^2]: last',
      'MOD\tAPT/1/1\nRESOLUTION 1\n\nrecalling\na)\tone[^1];\nb)\ttwo[^bis] three[^2],\n[^1]: These include x.\n[^bis]: named\n[^2]: And y.\n\nReasons: none[^3]\n[^3]: z\n\nMOD\tAPT/1/2\nRESOLUTION 2\n\nresolves\nto go on[^4]\n[^4]: last');
  });

  it('keeps the line ends of the document', () => {
    assert.equal(formatted('recalling\r\na) one;\r\nb) two\r\n   three,\r\nresolves\r\n'), 'recalling\r\na)\tone;\r\nb)\ttwo three,\r\n\r\nresolves\r\n');
    assert.equal(formatted('recalling\ra) one\rresolves'), 'recalling\ra)\tone\r\rresolves\r');
  });

  it('formats the blocks of a range only', () => {
    const text = 'recalling\na) one  \nb) two  \nc) three  \n';
    const at = text.indexOf('two');
    assert.equal(apply(text, format(parse(text), { start: at, end: at })), 'recalling\na) one  \nb)\ttwo\nc) three  \n');
  });

  it('changes no more than it has to', () => {
    const text = 'recalling\na) that there is a long text\n   which goes on;\n';
    assert.deepEqual(format(parse(text)), [{ start: 12, end: 13, text: '\t' }, { start: 38, end: 39, text: '' }, { start: 40, end: 42, text: '' }]);
  });

  const keeps = (text: string): void => {
    const before = parse(text), normal = apply(text, format(before)), after = parse(normal);
    for (const view of ['original', 'final'] as const) assert.deepEqual(words(after, view), words(before, view));
    assert.deepEqual(voices(after), voices(before));
    assert.equal(normal, formatted(normal), 'twice is not once');
  };

  it('keeps every word, comment, author and date, and is its own normal form, whatever the text', () =>
    fc.assert(fc.property(soup(), keeps), parameters(1500)));

  it('keeps every word, comment, author and date of a contribution, and the footnote of every reference', () => fc.assert(fc.property(contribution, text => {
    keeps(text);
    const normal = formatted(text);
    assert.deepEqual(notes(parse(normal)), notes(parse(text)));
    const lines = normal.split('\n');
    assert.ok(lines.every(line => !/[ \t\u00a0]$/.test(line) && !/^[ ]*(?:[a-z]\)|\d+|–) /.test(line)), normal);
  }), parameters(80))).timeout(60_000);

  it('is found for the resolutions of real conferences', function () {
    const folder = new URL('../../../../shared/corpus/', import.meta.url);
    if (!existsSync(folder)) { console.log(`      left out: there are no texts in ${folder.pathname}`); this.skip(); }
    for (const part of ['pp18', 'pp18-damaged', 'resolutions']) for (const file of readdirSync(new URL(part, folder))) {
      if (/\.(txt|resolution)$/.test(file)) keeps(readFileSync(new URL(`${part}/${file}`, folder), 'utf8'));
    }
  });
});

describe('the Enter key in a list', () => {
  /** The text with the caret (`│`) after Enter and what follows on it; the caret is put at the end of the edit. */
  const enter = (text: string): string => {
    const at = text.indexOf('│'), typed = `${text.slice(0, at)}\n${text.slice(at + 1)}`;
    const edits = formatOnType(parse(typed), at + 1, '\n');
    assert.ok(edits.length <= 1);
    const [edit] = edits;
    return edit ? `${typed.slice(0, edit.start)}${edit.text}│${typed.slice(edit.end)}` : `${typed.slice(0, at + 1)}│${typed.slice(at + 1)}`;
  };

  it('gives the next label of the list', () => {
    assert.equal(enter('recalling\na)\tone;\nb)\ttwo;│\n\nnoting\n'), 'recalling\na)\tone;\nb)\ttwo;\nc)\t│\n\nnoting\n');
    assert.equal(enter('resolves\n1\tone:\n    a)\ttwo;\n    b)\tthree;│'), 'resolves\n1\tone:\n    a)\ttwo;\n    b)\tthree;\n    c)\t│');
    assert.equal(enter('resolves\n1\tone:\n1.9\ttwo│'), 'resolves\n1\tone:\n1.9\ttwo\n1.10\t│');
    assert.equal(enter('recalling\na)\tone:\n    iii)\ttwo│'), 'recalling\na)\tone:\n    iii)\ttwo\n    iv)\t│');
    assert.equal(enter('resolves\n- one│'), 'resolves\n- one\n–\t│');
    assert.equal(enter('recalling\na)\tone;\nz)\ttwo;│'), 'recalling\na)\tone;\nz)\ttwo;\naa)\t│');
    assert.equal(enter('resolves\n1\tone;\n3bis\ttwo;│'), 'resolves\n1\tone;\n3bis\ttwo;\n3ter\t│');
    assert.equal(enter('recalling\n{++a)\tnew;++}{@APT}│'), 'recalling\n{++a)\tnew;++}{@APT}\nb)\t│');
    assert.equal(enter('recalling\na)\tone\n  goes on;│'), 'recalling\na)\tone\n  goes on;\nb)\t│');
  });

  it('makes a clause of what stands behind the caret', () => {
    assert.equal(enter('recalling\na)\tone;│ two;\n'), 'recalling\na)\tone;\nb)\t│two;\n');
    assert.equal(enter('recalling\na)\tone;\n    i)\ttwo; │three;\n'), 'recalling\na)\tone;\n    i)\ttwo; \n    ii)\t│three;\n');
  });

  it('takes the label away from a clause without text, or goes up one level', () => {
    assert.equal(enter('recalling\na)\tone;\nb)\t│\n'), 'recalling\na)\tone;\n│\n');
    assert.equal(enter('resolves\n–\t│'), 'resolves\n│');
    assert.equal(enter('resolves\n1\tone:\n    a)\ttwo;\n    b)\t│'), 'resolves\n1\tone:\n    a)\ttwo;\n2\t│');
    assert.equal(enter('resolves\n1\tone:\n    –\ttwo;\n    –\t│'), 'resolves\n1\tone:\n    –\ttwo;\n2\t│');
  });

  it('does nothing anywhere else', () => {
    for (const text of ['recalling│', 'recalling\nthe text│', '---\nkeywords:\n- one│\n---\n', '---\nkeywords:\n-│\n---\n', '| a │| b |', 'recalling\na)\tone\\│', 'recalling\na)\tthe {++new│ text++}', 'recalling\na)\tone;\n\n    more│', 'recalling\na)\tone;\n│', '│a)\tone', 'a│)\tone'])
      assert.equal(enter(text), text.replace('│', '\n│'), text);
    const text = 'recalling\na)\tone;\n';
    assert.deepEqual(formatOnType(parse(text), text.length, ';'), []);
  });

  it('never fails', () => fc.assert(fc.property(soup(30), text => {
    const document = parse(text);
    for (let at = 0; at <= text.length; at++) {
      apply(text, formatOnType(document, at, '\n'));
      nextLabel(document, at);
    }
  }), parameters(300)));
});

describe('the next label', () => {
  const at = (text: string) => nextLabel(parse(text.replace('│', '')), text.indexOf('│'));

  it('follows in the list above, at the indentation of the line', () => {
    assert.equal(at('recalling\na)\tone;\n│'), 'b)\t');
    assert.equal(at('resolves\n1\tone:\n    a)\ttwo;\n    │'), 'b)\t');
    assert.equal(at('resolves\n1\tone:\n    a)\ttwo;\n│'), '2\t');
    assert.equal(at('resolves\n1\tone;\na paragraph\n│'), '2\t');
    assert.equal(at('recalling\na)\tone;\n│\nb)\ttwo;'), 'b)\t');
  });

  it('is not known where no list is open', () => {
    assert.equal(at('recalling\n│'), null);
    assert.equal(at('recalling\na)\tone;\n\nnoting\n│'), null);
    assert.equal(at('│'), null);
  });
});

/** Guards the test's own notion of words: a view that loses a word would be noticed. */
describe('the words that formatting keeps', () => {
  it('are those of the view', () => {
    const document = parse('recalling\na)\tthe {~~old~>new~~} text;\n');
    assert.deepEqual(words(document, 'original'), ['section 0  recalling', 'clause 1 a) the old text;']);
    assert.deepEqual(words(document, 'final'), ['section 0  recalling', 'clause 1 a) the new text;']);
  });
});
