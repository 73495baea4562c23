import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { grammarOf } from '../../src/knowledge/grammar';
import { Document } from '../../src/markup/document';
import { applyEdits } from '../../src/markup/edit';
import { viewText } from '../../src/markup/views';
import { rename, renumber, schemeInUse, type Options, type Scheme } from '../../src/numbering/renumber';

const parse = (text: string) => Document.parse(text, grammarOf);
const ALL: Options = { scope: { of: 'document' }, scheme: 'sequential', tracked: false, author: null, date: null };

/** The text after renumbering, and what is to be looked at: line and words. */
function done(text: string, options: Partial<Options> = {}): { text: string; review: string[]; messages: string[] } {
  const document = parse(text), { edits, review } = renumber(document, { ...ALL, ...options });
  return {
    text: applyEdits(text, edits), review: review.map(({ placed, start, end }) => `${placed.line + 1} ${placed.block.source.slice(start, end)}`),
    messages: review.map(({ message }) => message),
  };
}

type Case = readonly [about: string, before: string, after: string, ...review: string[]];
const each = (cases: readonly Case[], options: Partial<Options> = {}) => {
  for (const [about, before, after, ...review] of cases) it(about, () => {
    const result = done(before, options);
    assert.equal(result.text, after);
    assert.deepEqual(result.review, review);
    assert.equal(done(after, options).text, after, 'twice is once');
  });
};

describe('renumbering one after another', () => {
  each([
    ['leaves alone what is right', 'recalling\na)\tone;\nb)\ttwo,\nresolves\n1\tone;\n2\ttwo.\n', 'recalling\na)\tone;\nb)\ttwo,\nresolves\n1\tone;\n2\ttwo.\n'],
    ['a clause put in', 'recalling\na)\tone;\nb)\tnew;\nb)\ttwo;\nc)\tthree,\n', 'recalling\na)\tone;\nb)\tnew;\nc)\ttwo;\nd)\tthree,\n'],
    ['a clause taken out', 'resolves\n1\tone;\n3\tthree.\n', 'resolves\n1\tone;\n2\tthree.\n'],
    ['every section for itself', 'recalling\nb)\tone;\nc)\ttwo,\nnoting\nb)\tthree;\nc)\tfour,\n', 'recalling\na)\tone;\nb)\ttwo,\nnoting\na)\tthree;\nb)\tfour,\n'],
    ['behind z)', `recalling\n${[...'abcdefghijklmnopqrstuvwxyz'].map(letter => `${letter})\tx;\n`).join('')}z)\tnew;\naa)\tlast,\n`, `recalling\n${[...'abcdefghijklmnopqrstuvwxyz'].map(letter => `${letter})\tx;\n`).join('')}aa)\tnew;\nab)\tlast,\n`],
    ['lists in clauses', 'resolves\n1\tone:\n    a)\tx;\n    a)\ty:\n        i)\tp;\n        i)\tq;\n1\ttwo:\n    b)\tz.\n', 'resolves\n1\tone:\n    a)\tx;\n    b)\ty:\n        i)\tp;\n        ii)\tq;\n2\ttwo:\n    a)\tz.\n'],
    ['decimals, by the clause they stand below', 'resolves\n1\tone:\n1.1\tx;\n1.1\ty;\n1\ttwo:\n1.1\tz.\n', 'resolves\n1\tone:\n1.1\tx;\n1.2\ty;\n2\ttwo:\n2.1\tz.\n'],
    ['decimals, renumbered with the clause above', 'resolves\n1\tone:\n1.1\tx;\n3\ttwo:\n3.1\ty;\n3.2\tz.\n', 'resolves\n1\tone:\n1.1\tx;\n2\ttwo:\n2.1\ty;\n2.2\tz.\n'],
    ['numbers that go on across headings', 'ANNEX 1\n## A\n1\tx.\n2\ty.\n## B\n3\tz.\n3\tw.\n', 'ANNEX 1\n## A\n1\tx.\n2\ty.\n## B\n3\tz.\n4\tw.\n'],
    ['bis of the text in force behind its clause', 'recalling\n{++a)\tnew;++}\na)\tone;\na)bis\ttwo;\nb)\tthree,\n', 'recalling\n{++a)\tnew;++}\n{~~a~>b~~})\tone;\n{~~a~>b~~})bis\ttwo;\n{~~b~>c~~})\tthree,\n'],
    ['bis that is proposed, as any other', 'resolves\n1\tone;\n{++1bis\tnew;++}\n2\ttwo.\n', 'resolves\n1\tone;\n{++2\tnew;++}\n{~~2~>3~~}\ttwo.\n'],
    ['a form of marker stays', 'resolves\n1.\tone;\n1.\ttwo;\n*4*\tthree.\n', 'resolves\n1.\tone;\n2.\ttwo;\n*3*\tthree.\n'],
    ['a number among letters', 'recalling\na)\tone;\nb)\ttwo;\n3\tthree;\nd)\tfour,\n', 'recalling\na)\tone;\nb)\ttwo;\nc)\tthree;\nd)\tfour,\n'],
    ['two letters of which one was deleted', 'recalling\na)\tone;\ncb)\ttwo;\ndc)\tthree,\n', 'recalling\na)\tone;\n{~~c~>b~~})\ttwo;\n{~~d~>c~~})\tthree,\n'],
    ['a label that is to stay', 'recalling\na)\tone;\n// keep\nd)\ttwo;\nd)\tthree,\n', 'recalling\na)\tone;\n// keep\nd)\ttwo;\ne)\tthree,\n'],
    ['a label that is to stay, where it cannot', 'recalling\na)\tone;\nb)\ttwo;\n//keep: agreed with EUR\na)bis\tthree,\n', 'recalling\na)\tone;\nb)\ttwo;\n//keep: agreed with EUR\na)bis\tthree,\n', '5 a)bis'],
    ['a list that starts again is not guessed', 'resolves\n1\tone;\n2\ttwo;\n1\tthree;\n3\tfour.\n', 'resolves\n1\tone;\n2\ttwo;\n1\tthree;\n3\tfour.\n', '4 1'],
    ['a list that starts again behind a paragraph', 'ANNEX 1\n1\tone;\n2\ttwo.\nThe others are:\n1\tthree;\n3\tfour.\n', 'ANNEX 1\n1\tone;\n2\ttwo.\nThe others are:\n1\tthree;\n2\tfour.\n'],
    ['a line that may be an accident of wrapping', 'resolves\n1\tto meet on\n15\tOctober;\n2\tto end.\n', 'resolves\n1\tto meet on\n15\tOctober;\n2\tto end.\n'],
    ['dashes have no labels', 'resolves\n1\tone:\n–\tx;\n–\ty;\n1\ttwo.\n', 'resolves\n1\tone:\n–\tx;\n–\ty;\n2\ttwo.\n'],
  ]);
});

describe('renumbering a text with tracked changes', () => {
  each([
    ['tracks the change of a label', 'recalling\na)\tone;\n{++b)\tnew;++}\nb)\ttwo,\n', 'recalling\na)\tone;\n{++b)\tnew;++}\n{~~b~>c~~})\ttwo,\n'],
    ['keeps the label of a deleted clause', 'recalling\na)\tone;\n{--b)\ttwo;--}\nc)\tthree,\n', 'recalling\na)\tone;\n{--b)\ttwo;--}\n{~~c~>b~~})\tthree,\n'],
    ['changes what is new directly, whoever proposed it', 'recalling\na)\tone;\n{++a)\tnew;++}{@EUR}\n', 'recalling\na)\tone;\n{++b)\tnew;++}{@EUR}\n'],
    ['merges with a change that is there, and keeps its author', 'recalling\n{++a)\tnew;++}\n{++b)\tnewer;++}\n{~~a~>b~~}{@EUR 2024-01-02})\tone,\n', 'recalling\n{++a)\tnew;++}\n{++b)\tnewer;++}\n{~~a~>c~~}{@EUR 2024-01-02})\tone,\n'],
    ['leaves no mark on a label that is what it was', 'recalling\na)\tone;\n{~~b~>c~~})\ttwo;\n{~~c~>d~~})\tthree {++more++},\n', 'recalling\na)\tone;\nb)\ttwo;\nc)\tthree {++more++},\n'],
    ['a label with a bis that is proposed', 'resolves\n1\tone;\n{++2\tnew;++}\n2{++bis++}\ttwo.\n', 'resolves\n1\tone;\n{++2\tnew;++}\n{~~2~>3~~}\ttwo.\n'],
    ['a label in an insertion with the words behind it', 'recalling\na)\tone;\n{~~b)\told~>b)\tnew~~} words;\n{++b)\tnewer,++}\n', 'recalling\na)\tone;\n{~~b)\told~>b)\tnew~~} words;\n{++c)\tnewer,++}\n'],
    ['a label and its bracket in two marks', 'recalling\na)\tone;\n{--b--}{++d++})\ttwo;\n{++e++})\tthree,\n', 'recalling\na)\tone;\n{--b--}{++b++})\ttwo;\n{++c++})\tthree,\n'],
    ['a highlight and a comment stay', 'recalling\na)\tone;\n{==c==}{>>sic<<})\ttwo {++x++},\n', 'recalling\na)\tone;\n{=={~~c~>b~~}==}{>>sic<<})\ttwo {++x++},\n'],
    ['two lists that are one where the heading between them is deleted', 'recalling\na)\tone;\nb)\ttwo,\n{--noting--}\na)\tthree;\nb)\tfour,\n', 'recalling\na)\tone;\nb)\ttwo,\n{--noting--}\n{~~a~>c~~})\tthree;\n{~~b~>d~~})\tfour,\n'],
    ['the second of two lists whose first clause is deleted', 'ANNEX 1\na)\tone;\nb)\ttwo.\nAnd:\n{--a)\tthree;--}\nb)\tfour;\nc)\tfive.\n', 'ANNEX 1\na)\tone;\nb)\ttwo.\nAnd:\n{--a)\tthree;--}\n{~~b~>a~~})\tfour;\n{~~c~>b~~})\tfive.\n'],
    ['a clause that is divided in two', 'recalling\na)\tone,{++¶++}\n{++b)\t++}and more;\nb)\ttwo,\n', 'recalling\na)\tone,{++¶++}\n{++b)\t++}and more;\n{~~b~>c~~})\ttwo,\n'],
  ]);

  it('writes author and date where the front matter does not say them', () => {
    const text = '---\nsponsor: APT\n---\nrecalling\na)\tone;\na)\ttwo,\n';
    assert.equal(done(text, { tracked: true }).text, text.replace('a)\ttwo', '{~~a~>b~~})\ttwo'));
    assert.equal(done(text, { tracked: true, author: 'EUR', date: '2024-09-22' }).text, text.replace('a)\ttwo', '{~~a~>b~~}{@EUR 2024-09-22})\ttwo'));
  });
});

describe('renumbering with bis and ter', () => {
  each([
    ['between clauses of the text in force', 'resolves\n3\tx.\nresolves\n1\tone;\n{++2\tnew;++}\n{++3\tnewer;++}\n2\ttwo.\n', 'resolves\n3\tx.\nresolves\n1\tone;\n{++1bis\tnew;++}\n{++1ter\tnewer;++}\n2\ttwo.\n'],
    ['at the end of a list, as the next', 'recalling\na)\tone;\n{++x)\tnew,++}\n', 'recalling\na)\tone;\n{++b)\tnew,++}\n'],
    ['at the end, a number that was given is not given again', 'recalling\na)\tone;\n{--b)\ttwo;--}\n{++b)\tnew,++}\n', 'recalling\na)\tone;\n{--b)\ttwo;--}\n{++c)\tnew,++}\n'],
    ['in front of the first clause: not guessed', 'recalling\n{++a)\tnew;++}\na)\tone,\n', 'recalling\n{++a)\tnew;++}\na)\tone,\n', '2 a)'],
    ['labels of the text in force come back', 'recalling\na)\tone;\n{++b)\tnew;++}\n{~~b~>c~~})\ttwo,\n', 'recalling\na)\tone;\n{++a)bis\tnew;++}\nb)\ttwo,\n'],
    ['no label is free', 'recalling\na)\tone;\n{++a)bis\tnew;++}\na)bis\told;\nb)\ttwo,\n', 'recalling\na)\tone;\n{++a)bis\tnew;++}\na)bis\told;\nb)\ttwo,\n', '3 a)bis'],
    ['a list that is all new', 'recalling\n{++b)\tone;++}\n{++c)\ttwo,++}\n', 'recalling\n{++a)\tone;++}\n{++b)\ttwo,++}\n'],
    ['below a new clause', 'resolves\n1\tone;\n{++2\tnew:++}\n    {++b)\tx;++}\n    {++c)\ty;++}\n2\ttwo.\n', 'resolves\n1\tone;\n{++1bis\tnew:++}\n    {++a)\tx;++}\n    {++b)\ty;++}\n2\ttwo.\n'],
  ], { scheme: 'insert' });
});

describe('giving labels only where one is given twice', () => {
  each([
    ['where one is free', 'recalling\na)\tone;\na)\tnew;\nc)\tthree,\n', 'recalling\na)\tone;\nb)\tnew;\nc)\tthree,\n'],
    ['where none is free', 'recalling\na)\tone;\na)\tnew;\nb)\ttwo,\n', 'recalling\na)\tone;\na)bis\tnew;\nb)\ttwo,\n'],
    ['to the new one of two', 'recalling\n{++a)\tnew;++}\n{++b)\tnewer;++}\nb)\tone {++x++},\n', 'recalling\n{++a)\tnew;++}\n{++a)bis\tnewer;++}\nb)\tone {++x++},\n'],
    ['to a clause that has none', 'recalling\na)\tone;\ntwo;\nc)\tthree;\nfour,\n', 'recalling\na)\tone;\nb)\ttwo;\nc)\tthree;\nd)\tfour,\n'],
    ['to one that is proposed', 'resolves\n1\tone;\n{++to act;++}\n2\ttwo;\nto go on.\n', 'resolves\n1\tone;\n{++1bis\tto act;++}\n2\ttwo;\n{++3\t++}to go on.\n'],
    ['not to a paragraph that introduces a list, or goes on with a clause', 'resolves to instruct the Director\nin this order:\n1\tone, that is:\nthe first;\n2\ttwo.\nThe end.\n', 'resolves to instruct the Director\nin this order:\n1\tone, that is:\nthe first;\n2\ttwo.\nThe end.\n'],
    ['other labels stay, right or not', 'recalling\nb)\tone;\nd)\ttwo,\n', 'recalling\nb)\tone;\nd)\ttwo,\n'],
  ], { scheme: 'assign' });
});

describe('references', () => {
  const text = (list: string, reference: string) => `RESOLUTION 1 (Geneva, 2022)\nrecalling\n${list}\nresolves\n1\tto act on ${reference}.\n`;
  const NEW = 'a)\tone;\n{++b)\tnew;++}\nb)\ttwo;\nc)\tthree;\nd)\tfour,', RIGHT = 'a)\tone;\n{++b)\tnew;++}\n{~~b~>c~~})\ttwo;\n{~~c~>d~~})\tthree;\n{~~d~>e~~})\tfour,';
  const refers = (about: string, before: string, after: string, ...review: string[]): Case => [about, text(NEW, before), text(RIGHT, after), ...review];
  each([
    refers('go with the clause', '*recalling* c) above', '*recalling* {~~c~>d~~}) above'),
    refers('mean the clause of the text in force where a new one has taken its label', '*recalling* b)', '*recalling* {~~b~>c~~})'),
    refers('that are new mean what they say now', 'it{++ and *recalling* d)++}', 'it{++ and *recalling* e)++}'),
    refers('that are new and could mean two clauses', 'it{++ and *recalling* b)++}', 'it{++ and *recalling* b)++}', '9 b)'),
    refers('that are listed', '*recalling* a), b) and d)', '*recalling* a), {~~b~>c~~}) and {~~d~>e~~})'),
    refers('in front of the section', 'items b) and c) of *recalling*', 'items {~~b~>c~~}) and {~~c~>d~~}) of *recalling*'),
    refers('over a range that goes along', '*recalling* b) to d)', '*recalling* {~~b~>c~~}) to {~~d~>e~~})'),
    refers('over a range into which a clause has come', '*recalling* a) to c)', '*recalling* a) to c)', '9 c)'),
    refers('to another text', '*recalling* c) of Resolution 98', '*recalling* c) of Resolution 98'),
    refers('in quotation marks', '“*recalling* c) above”', '“*recalling* c) above”'),
    refers('that are changed already keep their author', '*recalling* {~~b~>d~~}{@EUR})', '*recalling* {~~b~>e~~}{@EUR})'),
    ['to a deleted clause', text('a)\tone;\n{--b)\ttwo;--}\nc)\tthree,', '*recalling* b) above'), text('a)\tone;\n{--b)\ttwo;--}\n{~~c~>b~~})\tthree,', '*recalling* b) above'), '7 b)'],
    ['that point nowhere, where a clause takes the label', text('a)\tone;\n{--b)\ttwo;--}\nc)\tthree,', '{++*recalling* b)++}'), text('a)\tone;\n{--b)\ttwo;--}\n{~~c~>b~~})\tthree,', '{++*recalling* b)++}'), '7 b)'],
    ['to a clause that has been moved', text('{++a)\ttwo;++}{@#m1}\na)\tone;\n{--b)\ttwo;--}{@#m1}\nc)\tthree,', '*recalling* b)'), text('{++a)\ttwo;++}{@#m1}\n{~~a~>b~~})\tone;\n{--b)\ttwo;--}{@#m1}\nc)\tthree,', '*recalling* {~~b~>a~~})')],
    ['to what stands below a clause', 'RESOLUTION 1 (Geneva, 2022)\nresolves\n1\tone;\n1\ttwo:\n    a)\tx;\n    c)\ty.\nReasons: *resolves* 1 c) says it.\n', 'RESOLUTION 1 (Geneva, 2022)\nresolves\n1\tone;\n2\ttwo:\n    a)\tx;\n    b)\ty.\nReasons: *resolves* {2 b)} says it.\n'.replace('{2 b)}', '2 b)')],
  ]);

  it('to a deleted clause are listed with what it said', () => {
    const { messages } = done(text('a)\tone;\n{--b)\tthat the world is round;--}\nc)\tthree,', '*recalling* b) above'));
    assert.deepEqual(messages, ['“recalling b)” is deleted, but this still refers to it: “that the world is round;”']);
  });

  it('from the introduction and from the other sections follow, whatever is renumbered', () => {
    const before = '# Introduction\nSee *recalling* c).\n# Proposal\nMOD\tAPT/1/1\nRESOLUTION 1 (Geneva, 2022)\nrecalling\na)\tone;\nc)\ttwo,\nresolves\n2\tx;\n3\tas *recalling* c) says.\n';
    const { text } = done(before, { scope: { of: 'section', at: before.indexOf('one') } });
    assert.equal(text, before.replace('c)\ttwo', 'b)\ttwo').replaceAll('*recalling* c)', '*recalling* b)'));
  });
});

describe('what is renumbered', () => {
  const text = 'MOD\tAPT/1/1\nRESOLUTION 1\nnoting\nb)\tone:\n    b)\tx;\nnoting further\nb)\ttwo,\nMOD\tAPT/1/2\nRESOLUTION 2\nnoting\nb)\tthree.\n';
  const changed = (of: 'list' | 'section' | 'proposal', at: string) => renumber(parse(text), { ...ALL, scope: { of, at: text.indexOf(at) } }).edits.map(({ start }) => parse(text).positionAt(start).line + 1);
  it('is a list, a section, a proposal', () => {
    assert.deepEqual(changed('list', 'x;'), [4, 5]);
    assert.deepEqual(changed('section', 'two'), [7]);
    assert.deepEqual(changed('proposal', 'noting further'), [4, 5, 7]);
    assert.deepEqual(changed('proposal', 'three'), [11]);
    assert.deepEqual(changed('section', 'RESOLUTION 1'), []);
  });

  it('goes on as the text does', () => {
    assert.equal(schemeInUse(parse('resolves\n1\tone;\n{++1bis\tnew;++}\n3\ttwo.\n'), { of: 'document' }), 'insert');
    assert.equal(schemeInUse(parse('resolves\n1\tone;\n1bis\tnew;\n{++3\ttwo.++}\n'), { of: 'document' }), 'sequential' satisfies Scheme);
  });
});

describe('giving one clause another label', () => {
  const text = 'RESOLUTION 1 (Geneva, 2022)\nresolves\n1\tone:\n    a)\tx;\n2\ttwo, see *resolves* 1 a) and 1.\n';
  const renamed = (line: number, label: string) => { const document = parse(text), result = rename(document, document.blockAtLine(line)!, label, ALL); return result && applyEdits(text, result.edits); };
  it('moves what refers to it and to what stands below it', () => {
    assert.equal(renamed(2, '4'), text.replace('1\tone', '4\tone').replace('*resolves* 1 a) and 1', '*resolves* 4 a) and 4'));
    assert.equal(renamed(3, 'c'), text.replace('a)\tx', 'c)\tx').replace('1 a)', '1 c)'));
    assert.equal(renamed(3, 'C)bis'), text.replace('a)\tx', 'c)bis\tx').replace('1 a)', '1 c)bis'));
  });
  it('takes only a label of its kind', () => {
    for (const [line, label] of [[2, 'a)'], [2, '1.1'], [3, '2'], [3, 'abc)'], [3, ''], [1, 'a)']] as const) assert.equal(renamed(line, label), null, label);
  });
});

describe('renumbering real texts', () => {
  const corpus = join(__dirname, '../../../../shared/corpus');
  const read = (path: string) => readFileSync(join(corpus, path), 'utf8');
  before(function () { if (!existsSync(corpus)) { console.log(`    ${corpus} is not there, so no real texts are read`); this.skip(); } });

  it('changes nothing in texts in force', () => {
    for (const name of readdirSync(join(corpus, 'pp18')).filter(name => name.endsWith('.txt'))) for (const scheme of ['sequential', 'insert', 'assign'] as const) {
      const { edits, review } = renumber(parse(read(`pp18/${name}`)), { ...ALL, scheme });
      assert.deepEqual([edits, review], [[], []], `${name}, ${scheme}`);
    }
  });

  it('corrects what a region mislabelled, and leaves its marks', () => {
    for (const [name, phrase, last] of [['apt-37a37', 'recognizing', 'j)'], ['apt-37a28', 'considering', 'n)']] as const) {
      const text = read(`resolutions/${name}.resolution`), after = done(text).text, document = parse(after);
      assert.equal(viewText(document, 'original'), viewText(parse(text), 'original'));
      const section = document.groups.find(({ blocks }) => blocks[0]!.source.trim() === phrase)!;
      const labels = section.blocks.flatMap(({ final }) => final?.label ? [final.label.text] : []);
      assert.equal(labels.at(-1), last);
      assert.deepEqual(labels, labels.map((_, i) => `${String.fromCharCode(97 + i)})`));
      const words = (source: string) => source.replace(/^(?:\{~~[a-z]~>|\{\+\+)?[a-z](?:~~\})?\)/gm, '');
      assert.equal(words(after), words(text));
    }
  });
});

describe('renumbering a megabyte', () => {
  it('takes less than a blink for the section of a quick fix', () => {
    const resolution = (n: number) => `RESOLUTION ${n} (Geneva, 2022)\nrecalling\n${[...'abcdefghijklmno'].map(letter => `${letter})\tthat clauses of some length make a text that is as long as real ones are;\n`).join('')}resolves\n${Array.from({ length: 12 }, (_, i) => `${i + 1}\tto act on {++all of ++}*recalling* ${'abcdefghijkl'[i]}) above, and on *resolves* ${i + 1};\n`).join('')}`;
    let text = Array.from({ length: 600 }, (_, n) => resolution(n + 1)).join('');
    assert.ok(text.length > 1_000_000);
    const middle = text.indexOf('b)\tthat', text.length / 2);
    text = `${text.slice(0, middle)}{++b)\tnew;++}\n${text.slice(middle)}`;
    let document = parse(text);
    const took: Record<'section' | 'document', number[]> = { section: [], document: [] };
    for (let i = 0; i < 5; i++) for (const of of ['section', 'document'] as const) {
      document = document.edit(middle + 6, middle + 6, 'x'); // as behind a keystroke
      const start = performance.now(), { edits } = renumber(document, { ...ALL, scope: of === 'document' ? { of } : { of, at: middle } });
      took[of].push(performance.now() - start);
      assert.equal(edits.length, 14 + 11);
    }
    const best = { section: Math.min(...took.section), document: Math.min(...took.document) };
    console.log(`      ${(text.length / 1e6).toFixed(1)} MB: a section ${best.section.toFixed(1)} ms, the document ${best.document.toFixed(1)} ms`);
    assert.ok(best.section < 50);
  });
});
