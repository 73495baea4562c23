import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { grammarOf } from '../../src/knowledge/grammar';
import { Document } from '../../src/markup/document';
import { inline } from '../../src/markup/inline';
import { viewText } from '../../src/markup/views';
import type { View } from '../../src/markup/types';
import { applyEdits } from '../../src/markup/edit';
import { compare } from '../../src/changes/compare';
import { decide } from '../../src/changes/decide';
import { changes } from '../../src/changes/status';
import { contribution } from '../contributions';
import { parameters, soup } from '../soup';

const parse = (text: string) => Document.parse(text, grammarOf);
const view = (text: string, which: View) => viewText(parse(text), which);
const compared = (base: string, now: string, how?: Parameters<typeof compare>[2]) => compare(parse(base), parse(now), how);

describe('compare', () => {
  /** `base` and `now` are the views of what is expected. */
  const cases: Record<string, string> = {
    'nothing changed': 'recalling\na)\tone;\nb)\ttwo,\n',
    'a word': 'the Internet of {~~things~>Things~~} today\n',
    'a word more, a word less': 'smart {++sustainable ++}cities and {--all --}communities\n',
    'a word that grows': 'the thing{++s++} and the {++S++}SC&C\n',
    'a word that begins like another is another word': 'the {~~in~>international~~} work\n',
    'a place and a year are one change': 'RESOLUTION 98 (Rev. {~~Geneva, 2022~>New Delhi, 2024~~})\n',
    'one more place in the history': '(Hammamet, 2016; Geneva, 2022{++; New Delhi, 2024++})\n',
    'a phrase written anew keeps no small words': 'resolves\n1\tthat the {~~promotion of a common development~>facilitation of an exchange of views~~} shall go on;\n',
    'one insertion, not two around a blank': 'the IoT{++, digital twins++} and {++new ++}cities\n',
    'clauses stay in their section where its heading changed': 'resolves to instruct Study {~~Group 20~>Groups 20 and 17~~}\n1\tto develop {~~texts aimed at implementing~>guidance focused on~~} networks, {++among others, ++}on issues related to {~~emerging~>new~~} technologies;\n2\tto report\n\ninvites Member States\n1\tto {~~join~>take part~~}\n',
    'a label': 'recalling\na)\tthe first of them;\n{~~c~>b~~})\tthe second of them;\n',
    'the label and the words': 'recalling\n{~~b~>a~~})\tthe {~~first~>second~~} of these texts;\n',
    'a new clause, and the others count on': 'recalling\na)\tthe first of them;\n{++b)\ta new one;++}\n{~~b~>c~~})\tthe second of them and its annexes;\n{~~c~>d~~})\tthe third of them and its annexes,\n',
    'a clause that goes': 'recalling\na)\tthe first of them;\n{--b)\tthe second;--}\n{~~c~>b~~})\tthe third of them and its annexes,\n',
    'a clause written anew keeps its letter': 'recalling\na)\tone;\nb)\t{~~that the work of the group is done~>another text about the matter~~};\nc)\tthree,\n',
    'a section more': 'recalling\na)\tone;\n{++considering++}\n{++a)\ttwo,++}\n\nresolves\nto go on\n',
    'a clause split in two': 'resolves\n1\tto study networks in rural areas;\n2\tto publish a handbook on the planning of networks{~~ and ~>;~~}{++¶++}\n{++3\t++}to keep the handbook up to date for all members,\n',
    'two clauses joined': 'resolves\n1\tto publish a handbook on the planning of networks{~~;~> and ~~}{--¶--}\n{--2\t--}to keep the handbook up to date for all members;\n{~~3~>2~~}\tto report to the next assembly,\n',
    'a clause that moved': 'recalling\n{--a)\tthe terms of the field as they are defined;--}{@#m1}\n{~~b~>a~~})\tthe work on accessibility done so far by the Sector;\n{~~c~>b~~})\tthe results of all the meetings held in this period{~~,~>;~~}\n{++c)\tthe terms of the field as they are defined,++}{@#m1}\n',
    'nested clauses': 'considering\na)\tthat they:\n    i)\tare known;\n    {++ii)\tcan be reached on foot;++}\nb)\tthat it ends,\n',
    'a clause of two paragraphs': 'a)\tthe first paragraph of it;\n\n    the {++very ++}second paragraph of it;\nb)\tmore\n',
    'cells of a table, and a row': '| Visits | Terminals |\n|---|---:|\n| up to 1 000 | {~~5~>8~~} |\n{++| more than that | 10 |++}\n',
    'emphasis comes and goes whole': 'under {~~*resolves*~>resolves~~} 2 and {~~considering~>*considering further*~~} b)\n',
    'a reference to a footnote': 'countries{++[^1]++} in need\n{++[^1]: These include islands.++}\n',
    'escapes': 'a \\{{~~x~>y~~}\\} b\n',
    'text that looks like a closer': 'one\n{--v) ---}{---}--}\nthree\n',
    'the last line has no end': 'one\n{++two++}',
  };
  for (const [title, expected] of Object.entries(cases)) it(title, () => assert.equal(compared(view(expected, 'original'), view(expected, 'final')), expected));

  it('the front matter and the notes are those of the new text; its sponsor is not named', () => {
    const now = '---\nsponsor: APT\n---\n// ask again\nnew words here\n';
    assert.equal(compared('---\ntitle: x\n---\n// ask\nold words here\n', now), '---\nsponsor: APT\n---\n// ask again\n{~~old~>new~~} words here\n');
    assert.equal(compared('old words here\n', now, { author: 'EUR', date: '2024-09-22' }), '---\nsponsor: APT\n---\n// ask again\n{~~old~>new~~}{@EUR 2024-09-22} words here\n');
  });
  it('blank lines, line wraps and indentation are those of the new text', () => assert.equal(compared('a\n\nlong line\n\n\nb x\n', 'a\nlong\n  line\n\nb y\n'), 'a\nlong\n  line\n\nb {~~x~>y~~}\n'));
  it('a line is not wrapped where its deleted words would begin a clause', () => assert.equal(compared('1\tto go on as in b) and on\n', '1\tto go on as in\n    and on\n'), '1\tto go on as in {--b) --}and on\n'));
  it('a tracked text is compared as it was and as it is proposed', () => assert.equal(compared('one {++big ++}text\n', 'one {--small --}final {++text++}\n'), 'one {++final ++}text\n'));
  it('two drafts are compared by what they propose', () => assert.equal(compared('the {~~old~>first~~} text\n', 'the {~~old~>second~~} text{++ here++}\n', { drafts: true }), 'the {~~first~>second~~} text{++ here++}\n'));

  describe('gives both texts back', () => {
    /** Blanks, wraps and blank lines are layout; a brace or a backslash may have had to be escaped. */
    const words = (text: string) => [...parse(text).blocks()].filter(({ block }) => block.final?.kind !== 'front-matter').map(({ block }) => block.source).join('')
      .replace(/\\([!-/:-@[-`{-~])/g, '$1').replace(/\\(?=[ \t\u00a0]*(?:[\r\n]|$))/g, '').replace(/[\s\u00a0]+/g, ' ').trim();
    /** What each block is, and how it is labelled. */
    const shape = (document: Document) => [...document.blocks()].filter(({ block }) => !/^(?:front-matter|drafter-note|blank)$/.test(block.final?.kind ?? '')).map(({ block: { final, source } }) => `${final?.kind} ${final?.level} ${final?.label?.text ?? source.trim()}`.replace(/[\s\u00a0]+/g, ' '));

    it('of contributions, with the same blocks', () => {
      fc.assert(fc.property(contribution, contribution, (one, other) => {
        for (const [base, now] of [[view(one, 'original'), view(one, 'final')], [view(one, 'original'), view(other, 'final')]].map(pair => pair.map(text => text.replace(/^\/\/.*\n/gm, '')) as [string, string])) {
          const result = compared(base, now);
          assert.equal(words(view(result, 'original')), words(base));
          assert.equal(words(view(result, 'final')), words(now));
          const accepted = parse(applyEdits(result, decide(parse(result), 'accept'))), rejected = parse(applyEdits(result, decide(parse(result), 'reject')));
          assert.deepEqual(shape(accepted), shape(parse(now)));
          assert.deepEqual(shape(rejected), shape(parse(base)));
        }
      }), parameters(150));
    });

    it('of two drafts: the layer says what became of the one proposal in the other', () => {
      fc.assert(fc.property(contribution, contribution, (one, other) => {
        const [old, now] = [one, other].map(text => text.replace(/^\/\/.*\n/gm, '')) as [string, string], result = compared(old, now, { drafts: true });
        assert.equal(words(view(result, 'original')), words(view(old, 'final')));
        assert.equal(words(view(result, 'final')), words(view(now, 'final')));
      }), parameters(50));
    });

    it('of any texts', () => {
      const clean = (text: string) => [...parse(text).blocks()].every(({ block }) => !inline(block).marks.length);
      fc.assert(fc.property(soup(), soup(), (one, other) => {
        const base = view(one, 'original'), now = view(other, 'final');
        fc.pre(clean(base) && clean(now) && !`${one}${other}`.includes('//')); // notes are not compared
        fc.pre(!/^\s+---/.test(base)); // without the blank line it would be front matter
        const result = compared(one, other);
        assert.equal(words(view(result, 'original')), words(base));
        assert.equal(words(view(result, 'final')), words(now));
      }), parameters(2000));
    });

    it('of real texts, character for character, with no more marks than their authors made', function () {
      const corpus = '../shared/corpus/resolutions';
      if (!existsSync(corpus)) { console.log(`      no real texts: ${corpus} is missing`); this.skip(); }
      for (const name of ['apt-37a37', 'apt-37a28']) {
        const text = readFileSync(`${corpus}/${name}.resolution`, 'utf8'), base = view(text, 'original'), now = view(text, 'final');
        const result = compared(base, now);
        assert.equal(view(result, 'original'), base);
        assert.equal(view(result, 'final'), now);
        const [own, ours] = [text, result].map(of => changes(parse(of)).reduce((sum, { before, after }) => sum + before.length + after.length, 0)) as [number, number];
        console.log(`      ${name}: ${ours} characters marked, ${own} by its authors`);
        assert.ok(ours <= own * 1.1);
      }
      for (const [base, now] of [['res-98-hammamet-2016', 'res-98-geneva-2022'], ['res-98-geneva-2022', 'res-98-new-delhi-2024']].map(names => names.map(name => readFileSync(`${corpus}/${name}.resolution`, 'utf8')) as [string, string])) {
        assert.equal(view(compared(base, now), 'original'), base);
        assert.equal(view(compared(base, now), 'final'), now);
      }
    });
  });

  it('200 pages against their revision in under a second', () => {
    const { base, now } = pages(1_000_000);
    // Of a processor's time: what else the machine does is no part of it.
    const timed = () => { const started = process.cpuUsage(), result = compared(base, now), { user, system } = process.cpuUsage(started); return { result, took: (user + system) / 1000 }; };
    const [{ result, took }] = [timed(), timed(), timed()].sort((a, b) => a.took - b.took) as [ReturnType<typeof timed>, ReturnType<typeof timed>];
    console.log(`      ${Math.round(base.length / 1000)} KB in ${Math.round(took)} ms, ${changes(parse(result)).length} changes`);
    assert.equal(layout(view(result, 'original')) === layout(base), true);
    assert.equal(view(result, 'final') === now, true);
    assert.ok(took < 1000);
  });
});

const layout = (text: string) => text.replace(/\n+/g, '\n');

/** A long text and its revision: every eighth clause has a word changed, some are new, gone, renumbered, written anew. */
function pages(size: number): { base: string; now: string } {
  let seed = 7;
  const random = (n: number) => { seed = (seed * 1103515245 + 12345) % 2147483648; return Math.floor(seed / 2147483648 * n); };
  const WORDS = 'the of and to in that networks telecommunication development countries study group standards work Sector members security access quality services report regional meeting guidance'.split(' ');
  const sentence = (length: number) => Array.from({ length }, () => WORDS[random(WORDS.length)]! + (random(9) ? '' : String(random(500)))).join(' ');
  const base: string[] = [], now: string[] = [];
  let length = 0;
  for (let s = 1; length < size; s++) {
    for (const text of [base, now]) text.push('', `RESOLUTION ${s} (Geneva, 2022)`, `On networks and services ${s}`, '', 'considering');
    let n = 0, m = 0;
    for (let c = 0; c < 12; c++) {
      const text = sentence(30 + random(30)), line = (k: number, of: string) => `${String.fromCharCode(97 + k)})\tthat ${of};`, kind = random(32);
      length += text.length + 8;
      if (kind !== 0) base.push(line(n++, text));
      if (kind === 1) continue;
      now.push(line(m++, kind < 6 ? text.replace(/(?<= )\w+(?= \w+ \w+ \w+$)/, 'entirely') : kind === 6 ? sentence(40) : text));
    }
  }
  return { base: `${base.slice(1).join('\n')}\n`, now: `${now.slice(1).join('\n')}\n` };
}
