import assert from 'node:assert/strict';
import fc from 'fast-check';
import { grammarOf } from '../../src/knowledge/grammar';
import { Document } from '../../src/markup/document';
import { applyEdits, type Edit } from '../../src/markup/edit';
import { record, type Recorder } from '../../src/changes/record';
import { correct } from '../../src/changes/recordCorrect';
import { inline } from '../../src/markup/inline';
import { viewText } from '../../src/markup/views';
import { paragraphs } from '../../src/changes/paragraphs';
import { tracked } from '../../src/checks/fixes';
import { rename, renumber } from '../../src/numbering/renumber';
import { contribution } from '../contributions';
import { parameters } from '../soup';
import { expected, indented, letters, shown, signs, touches, units, without } from './recordSeen';

const parse = (text: string) => Document.parse(text, grammarOf);
const me: Recorder = { author: null, date: null };

/** A case has the cursor at `|`, or the selection between `‹` and `›`. */
function within(text: string): { text: string; start: number; end: number } {
  const start = text.includes('‹') ? text.indexOf('‹') : text.indexOf('|'), end = text.includes('›') ? text.indexOf('›') - 1 : start;
  return { text: text.replace(/[‹›]/g, '').replace(/\|/, text.includes('‹') ? '|' : ''), start, end };
}
const withCaret = (text: string, [caret]: number[]) => `${text.slice(0, caret)}|${text.slice(caret)}`;

/** What the text is after something was done at the cursor or with the selection. The keys are those of a keyboard. */
function after(marked: string, typed: string, recorder: Recorder = me): string {
  let { text, start, end } = within(marked);
  let document = parse(text), caret = start;
  const strokes = typed.match(/<(?:Backspace|Delete|Enter)>|(?:(?!<(?:Backspace|Delete|Enter)>)[^])+/g) ?? [];
  for (const stroke of strokes) {
    const edit: Edit = stroke === '<Backspace>' ? { start: start === end ? start - 1 : start, end, text: '' }
      : stroke === '<Delete>' ? { start, end: start === end ? end + 1 : end, text: '' }
      : { start, end, text: stroke === '<Enter>' ? '\n' : stroke };
    const { edits, carets } = record(document, [edit], { ...recorder, forward: stroke === '<Delete>' && start === end });
    const correction = correct(document, [edit], edits);
    const result = applyEdits(text, edits);
    assert.equal(applyEdits(applyEdits(text, [edit]), correction), result, 'the correction makes the recorded text of the typed one');
    text = result;
    document = parse(text);
    start = end = caret = carets[0]!;
  }
  return withCaret(text, [caret]);
}

/** The paragraphs of the original view, as they are read when all is rejected. Blank lines and indentation mean nothing here, and notes are in no view. */
const originalOf = (document: Document) => [...parse(viewText(document, 'original')).blocks()].filter(({ block }) => block.final?.kind !== 'drafter-note').flatMap(({ block }) =>
  paragraphs(block).map(({ pieces }) => pieces.map(({ kind, start, end }) => kind === 'soft-break' ? ' ' : kind === 'line-break' ? '\\ ' : block.source.slice(start, end)).join('').trim())).filter(Boolean).join('\n');

/** Lines of every kind, in any order. */
const LINES = ['one two', 'a)\tthree four;', 'x', '', '    i)\tfive', 'y\n    wrapped', 'six\\\n    more', '{++seven++}', '{++eight++}{@EUR}', '{--nine--}', '{--ten--}{@EUR}', '{~~b~>c~~})\televen', 'tw{++el++}ve', 'th{++irt++}{@EUR}een',
  'f{--our--}teen', 'f{--ift--}{@EUR}een', 's{~~i~>ix~~}{@EUR 2024-10-01}teen', 'seven{++te{--en--}{@EUR}n++}', 'eight{++te{--en--}n++}{@EUR}', 'split{++¶++}', 'split{++¶++}{@EUR}', 'joined{--¶--}', 'joined{--¶--}{@EUR}', 'both{++{--¶--}++}{@EUR}',
  'com{>>ment<<}{@EUR}ent', '{>>alone<<}', '{==high {++light++}==}{>>why<<}', 'note[^1]', '[^1]: a note', '| a | b{++c++} |', '{++| d | e |++}', '{--| f | g |--}', '// aside', '*emphasis* \\* escaped', '# Heading'];
const lines = fc.array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 7 }).map(list => `${list.join('\n')}\n`).filter(text => !/¶[^]*^(?:\/\/|\{>>)/m.test(text));

/** One or several edits, as shares of the text so that they fit every text. */
const typing = fc.constantFrom('x', 'word ', ' ', '\n', '\n    ', 'A\nB', '\nC\n', 'b)\t', '\n    ii)\t', '2', '');
const share = fc.record({ from: fc.double({ min: 0, max: 1, noNaN: true }), size: fc.oneof(fc.constant(0), fc.nat({ max: 3 }), fc.nat({ max: 40 }), fc.nat({ max: 400 })), text: typing });
const step = fc.oneof({ weight: 4, arbitrary: fc.array(share, { minLength: 1, maxLength: 1 }) }, { weight: 1, arbitrary: fc.array(share, { minLength: 2, maxLength: 4 }) });
type Shares = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Edits that do not overlap, outside of comments, escapes and the front matter; deletions of words only, and of no half of a reference. */
function editsOf(document: Document, shares: Shares): Edit[] {
  const edits: Edit[] = [], { length } = document, fence = document.frontMatter?.source.length ?? 0, whole = units(document);
  const all = signs(document);
  for (const { from, size, text } of [...shares].sort((a, b) => a.from - b.from)) {
    let start = Math.max(fence, (edits.at(-1)?.end ?? -1) + 1, Math.floor(from * length)), end = Math.max(start, Math.min(length, start + size));
    const cut = start < end;
    for (const { start: first, end: last, indivisible } of whole) {
      if (first < start && start < last && (indivisible || cut)) start = last;
      if (first < end && end < last && (indivisible || cut)) end = last;
    }
    if (start > length || (text === '' && !all.some(sign => sign.sign !== '|' && sign.start < end && sign.end > start))) continue;
    edits.push({ start, end: Math.max(start, end), text });
  }
  return edits;
}

function inverse(text: string, edits: readonly Edit[]): Edit[] {
  let shift = 0;
  return [...edits].sort((a, b) => a.start - b.start).map(({ start, end, text: put }) => {
    const edit = { start: start + shift, end: start + shift + put.length, text: text.slice(start, end) };
    shift += put.length - (end - start);
    return edit;
  });
}

describe('recording', () => {
  const cases: Record<string, [before: string, typed: string, after: string]> = {
    'what is typed is an insertion': ['the |cities', 'smart ', 'the {++smart |++}cities'],
    'letter by letter': ['the |cities', 's<Backspace>a<Delete>', 'the {++a++}{--c--}|ities'],
    'typing goes on in one\'s own insertion': ['the {++smar|++}cities', 't', 'the {++smart|++}cities'],
    'at its edges too': ['a |{++b++} c', 'x', 'a {++x|b++} c'],
    'what is deleted stays, struck through': ['the ‹smart ›cities', '<Delete>', 'the |{--smart --}cities'],
    'backwards': ['abc|d', '<Backspace><Backspace>', 'a|{--bc--}d'],
    'forwards': ['a|bcd', '<Delete><Delete>', 'a{--bc--}|d'],
    'over what is deleted already': ['ab{--c--}|d', '<Backspace><Backspace>', 'a|{--bc--}d'],
    'a selection typed over is replaced': ['the ‹smart› cities', 'new', 'the {~~smart~>new|~~} cities'],
    'deleting and then typing too': ['the smart| cities', '<Backspace><Backspace>x', 'the sma{~~rt~>x|~~} cities'],
    'deleting one\'s own insertion removes it': ['the {++sm|art++} cities', '<Delete>', 'the {++sm|rt++} cities'],
    'all of it, and the mark is gone': ['the {++‹smart›++} cities', '<Delete>', 'the | cities'],
    'deleting another\'s insertion marks it inside': ['a {++b‹c›d++}{@EUR} e', '<Backspace>', 'a {++b|{--c--}d++}{@EUR} e'],
    'typing in another\'s insertion splits it': ['a {++b|d++}{@EUR} e', 'c', 'a {++b++}{@EUR}{++c|++}{++d++}{@EUR} e'],
    'typing in a deletion goes behind it': ['a {--b|c--}{@EUR} d', 'x', 'a {--bc--}{@EUR}{++x|++} d'],
    'and makes it a replacement where it is one\'s own': ['a {--b|c--} d', 'x', 'a {~~bc~>x|~~} d'],
    'a replacement loses its new half': ['a {~~b~>‹c›~~} d', '<Delete>', 'a |{--b--} d'],
    'over several marks': ['‹a {++b++} {--c--} {++d++}{@EUR} e› f', '<Delete>', '|{--a  c --}{++{--d--}++}{@EUR}{-- e--} f'],
    'marks of one author that come to touch are one': ['{--a--}‹b›{--c--} d', '<Delete>', '|{--abc--} d'],
    'comments stay': ['a‹b{>>why?<<}c›d', '<Delete>', 'a|{--b--}{>>why?<<}{--c--}d'],
    'what is written in a comment is not recorded': ['a{>>wh|<<}', 'y', 'a{>>why|<<}'],
    'a comment is no insertion': ['a|b', '{>>why?<<}', 'a{>>why?<<}|b'],
    'a footnote reference goes as a whole': ['a[^1|]b', '<Backspace>', 'a|{--[^1]--}b'],
    'a label': ['b|)\tthat', '<Backspace>c', '{~~b~>c|~~})\tthat'],
    'a letter of a label': ['a|)\tthat', 'a', 'a{++a|++})\tthat'],
    'Enter at the end of a clause': ['a)\tone;|\nb)\ttwo', '<Enter>', 'a)\tone;\n|\nb)\ttwo'],
    'and the next clause': ['a)\tone;|\nb)\ttwo', '<Enter>c)\tx', 'a)\tone;\n{++c)\tx|++}\nb)\ttwo'],
    'a paragraph typed before another': ['|two', 'one\n', '{++one++}\n|two'],
    'Enter within a clause': ['a)\tone| two', '<Enter>', 'a)\tone {++¶++}\n|two'],
    'with a label then': ['a)\tone; |two', '<Enter>b)\t', 'a)\tone; {++¶++}\n{++b)\t|++}two'],
    'and taken back': ['a)\tone|two', '<Enter><Backspace>', 'a)\tone|two'],
    'two clauses joined': ['a)\tone;\n|b)\ttwo', '<Backspace>', 'a)\tone;|{--¶--}\nb)\ttwo'],
    'with the label': ['a)\tone‹;\nb)\t›two', ' and ', 'a)\tone{~~;~> and |~~}{--¶--}\n{--b)\t--}two'],
    'a whole clause deleted': ['a)\tone;\n‹b)\ttwo;\n›c)\tthree', '<Delete>', 'a)\tone;\n|{--b)\ttwo;--}\nc)\tthree'],
    'two clauses': ['‹a)\tone;\n\nb)\ttwo;›\nc)\tthree', '<Delete>', '|{--a)\tone;--}\n\n{--b)\ttwo;--}\nc)\tthree'],
    'from the middle to the end of the next': ['one ‹two\nthree›\nfour', '<Delete>', 'one |{--two--}\n{--three--}\nfour'],
    'an inserted clause removed': ['a)\tone;\n‹{++b)\ttwo;++}\n›c)\tthree', '<Delete>', 'a)\tone;\n|c)\tthree'],
    'an inserted clause joined to the one above': ['one\n|{++two++}\nthree', '<Backspace>', 'one|{++two++}\nthree'],
    'many paragraphs pasted': ['one |two\nthree', 'A\nB\nC', 'one {++A++}{++¶++}\n{++B++}\n{++C|++}two\nthree'],
    'many paragraphs in place of two': ['‹one\ntwo›\nthree', 'A\nB\nC', '{--one--}\n{~~two~>A~~}\n{++B++}\n{++C|++}\nthree'],
    'what is typed in a deleted clause is a new one': ['one\n{--|two--}\nthree', 'x', 'one\n{~~two~>x|~~}\nthree'],
    'in place of what stands before it, too': ['A{--¶--}\n{--b--}\n‹{~~d~>e~~}\n{--›f--}\n', 'q', 'A{--¶--}\n{--b--}\n{--d--}\n{~~f~>q|~~}\n'],
    'a nested clause': ['i)\tone\n    |\ntwo', 'ii)\tx', 'i)\tone\n    {++ii)\tx|++}\ntwo'],
    'a cell': ['| a | ‹b | c› |', '<Delete>', '| a | |{--b --}|{-- c--} |'],
    'a bar typed in a cell is no bar': ['| a ‹›| b |', 'x|y', '| a {++x\\|y|++}| b |'],
    'Enter in a cell': ['| a ‹›| b |', '<Enter>', '| a {++ |++}| b |'],
    'a row': ['| a | b |\n‹| c | d |\n›', '<Delete>', '| a | b |\n|{--| c | d |--}\n'],
    'a row below': ['| a | b |‹›', '<Enter>| c |', '| a | b |\n{++| c ||++}'],
    'what looks like a mark is escaped': ['a |b', 'x++}', 'a {++x++\\}|++}b'],
    'letter by letter too': ['a {++x+|++}b', '+<Delete>', 'a {++x++++}{--b--}|'],
    'an opener': ['a |b', '{++', 'a {++\\{++|++}b'],
    'marks that are pasted are taken as accepted': ['a |b', '{~~x~>y~~}{@EUR} {--z--}', 'a {++y |++}b'],
    'so are another author\'s insertions': ['a |b', '{++x++}{@EUR}', 'a {++x|++}b'],
    'one\'s own pasted over another\'s does not take theirs away': ['a ‹{++their words ++}{@EUR}›b', '{++mine ++}', 'a {++{--their words --}++}{@EUR}{++mine |++}b'],
    'a drafter\'s note': ['one\n|\ntwo', '/<Backspace>// ask', 'one\n// ask|\ntwo'],
    'in a note nothing is recorded': ['// as|\ntwo', 'k', '// ask|\ntwo'],
    'front matter is not recorded': ['---\nsponsor: AP|\n---\none', 'T', '---\nsponsor: APT|\n---\none'],
    'its last line stays one': ['---\nsponsor: APT\n---\n|one', '<Backspace>', '---\nsponsor: APT\n---|\none'],
    'all of it can go': ['‹---\nsponsor: APT\n---\n›one', '<Delete>', '|one'],
    'nor deleted with the text': ['‹---\nsponsor: APT\n---\none› two', 'x', '---\nsponsor: APT\n---\n{~~one~>x|~~} two'],
    'a highlight holds what is typed in it': ['{==a|b==}{>>why?<<}', 'x', '{==a{++x|++}b==}{>>why?<<}'],
    'broken marks can be put right': ['a {++b| c', '++}', 'a {++b++}| c'],
    'what is typed behind a word is only that': ['‹recogn›', 'recognizing', 'recogn{++izing|++}'],
    'indenting a clause that is there': ['|a)\tone', '    ', '|a)\tone'],
    'marks written in another way are not recorded': ['a {++b‹++}{++›c++} d', '<Delete>', 'a {++b|c++} d'],
    'a clause\'s marker in a wrapped line does not end the paragraph': ['one\n    |two', 'b)\t', 'one{~~\n    ~> b)\t|~~}two'],
    'a blank in place of a comment is no indentation': ['‹{>>why?<<}›{++new ++}a)\tone', ' ', '{>>why?<<}|{++new ++}a)\tone'],
    'a nested clause is not divided in its label': ['1\tone\n    i|)\tfive', '<Enter>', '1\tone\n    i|)\tfive'],
    'a blank between new words is new, marked or not': ['A{++¶++}\n{++q++} {++r++}\n|B', 'm', 'A{++¶++}\n{++q++}{++ r++}\n{++m|++}B'],
    'what is typed before a nested clause': ['1\tone\n    {++new|++}i)\tfive', '\nC\n', '1\tone\n{++new++}\n{++C++}\n    |i)\tfive'],
    'a comment goes with new words': ['one\n‹{++two {>>why?<<}words++}\n›three', '<Delete>', 'one\n|three'],
    'it stays with old ones': ['one\n‹two {>>why?<<}words\n›three', '<Delete>', 'one\n|{--two --}{>>why?<<}{--words--}\nthree'],
    'what is typed before it in a deletion goes behind all of that': ['{--|two --}{>>why?<<}{--words--}', 'x', '{--two --}{>>why?<<}{~~words~>x|~~}'],
    'with a line that is copied it comes once': ['one\n|2\ttwo {>>why?<<}words', '2\ttwo {>>why?<<}words\n', 'one\n{++2\ttwo {>>why?<<}words++}\n|2\ttwo {>>why?<<}words'],
    'a comment around words changes none': ['one ‹two› three', '{==two==}{>>why?<<}', 'one {==two==}{>>why?<<}| three'],
    'signs alone mean the word beside them': ['a {++bc++|}', '<Backspace>', 'a {++b|++}'],
  };
  for (const [title, [before, typed, expected]] of Object.entries(cases)) it(title, () => assert.equal(after(before, typed), expected));

  it('several edits at once, as several cursors make them', () => {
    const several = (text: string, ...edits: [start: number, end: number, text: string][]) => {
      const { edits: recorded, carets } = record(parse(text), edits.map(([start, end, put]) => ({ start, end, text: put })), me), result = applyEdits(text, recorded);
      return carets.reduceRight((marked, caret) => `${marked.slice(0, caret)}|${marked.slice(caret)}`, result);
    };
    assert.equal(several('{++a++}\n\n\n\n{++b++}\n', [8, 8, 'x'], [9, 9, 'y']), '{++a++}\n{++x|++}\n{++y|++}\n\n{++b++}\n');
    assert.equal(several('one two three\n', [0, 3, 'a'], [4, 4, 'b'], [7, 8, '\n']), '{~~one~>a|~~} {++b|++}two{-- --}{++¶++}\n|three\n');
    assert.equal(several('abcd\n', [1, 2, ''], [2, 3, '']), 'a||{--bc--}d\n');
    assert.equal(several('x[^1]y\n', [2, 2, 'a'], [3, 3, 'b']), 'x{~~[^1]~>[a|^b|1]~~}y\n');
  });

  it('names the author and the date only where the front matter does not say them', () => {
    const text = '---\nsponsor: APT\ndate: 2024-09-22\n---\na |b';
    assert.match(after(text, 'x', { author: 'APT', date: '2024-09-22' }), /a \{\+\+x\|\+\+\}b$/);
    assert.match(after(text, 'x', { author: 'EUR', date: null }), /a \{\+\+x\|\+\+\}\{@EUR\}b$/);
    assert.match(after(text, 'x', { author: 'EUR', date: '2024-10-01' }), /a \{\+\+x\|\+\+\}\{@EUR 2024-10-01\}b$/);
    assert.match(after(text, 'x', { author: 'APT', date: '2024-10-01' }), /a \{\+\+x\|\+\+\}\{@2024-10-01\}b$/);
  });

  describe('edits that bring their marks along are not tracked twice', () => {
    const text = '---\nsponsor: APT\n---\nRESOLUTION 1 (Geneva, 2022)\n\nrecalling\na)\tone{++ and++} two;\n{++b)\tnew;++}\n{~~b~>c~~})\tthree;\nc)\tlast, see *recalling* {~~b~>c~~}) and a) above.\n';
    const document = parse(text), clauses = [...document.blocks()].filter(({ block }) => block.final?.kind === 'clause').map(({ start }) => document.blockAt(start)!);
    /** As the edits are, and as an editor makes as little as it can of them. */
    const asMade = (edits: readonly Edit[]) => {
      assert.ok(edits.length > 0);
      const least = edits.flatMap(({ start, end, text: put }) => {
        const at = put.indexOf(text.slice(start, end));
        return at < 0 ? [{ start, end, text: put }] : [{ start, end: start, text: put.slice(0, at) }, { start: end, end, text: put.slice(at + end - start) }];
      });
      for (const list of [edits, least]) assert.equal(applyEdits(text, record(document, list, me).edits), applyEdits(text, edits));
    };
    it('another label, and what refers to it', () => { for (const clause of clauses) asMade(rename(document, clause, 'k)', { tracked: false, author: null, date: null })!.edits); });
    it('renumbering', () => asMade(renumber(document, { scope: { of: 'document' }, scheme: 'sequential', tracked: true, author: null, date: null }).edits));
    it('other words for a finding, a word more, a word less', () => {
      const { block: { source } } = clauses[3]!, at = source.indexOf('last');
      for (const [start, end, put] of [[at, at + 4, 'final'], [at, at, 'the '], [at, at + 4, '']] as const) asMade([tracked(document, clauses[3]!, start, end, put)]);
    });
    it('but another author\'s new words are changed as anybody else would change them', () =>
      assert.equal(after('{++the ‹old› word++}{@EUR}', '{~~old~>new~~}'), '{++the {--old--}++}{@EUR}{++new|++}{++ word++}{@EUR}'));
  });

  describe('whatever is done in a contribution', () => {
    for (const [size, texts, runs] of [['a contribution', contribution, 60], ['a few lines', lines, 1000]] as const) it(`${size}: the original view stays, and the final view is what the author sees`, function () {
      this.timeout(0); // as many runs as are asked for
      let made = 0, refused = 0;
      fc.assert(fc.property(texts, fc.array(step, { minLength: 1, maxLength: 8 }), (text, steps) => {
        let document = parse(text), now = text;
        const original = originalOf(document), withIndent = indented(document);
        for (const shares of steps) {
          const edits = editsOf(document, shares);
          const { edits: recorded, carets } = record(document, edits, me);
          const result = applyEdits(now, recorded), next = parse(result);
          assert.equal(originalOf(next), original, 'the original view');
          assert.equal(indented(next), withIndent, 'its indentation');
          const seen = edits.length > 1 || touches(document, edits) ? letters : (view: string) => view;
          made++;
          const view = seen(shown(next)), wanted = seen(expected(document, edits));
          if (view !== wanted && without(edits).some(list => view === seen(expected(document, list)))) refused++; // one of them was not done at all
          else assert.deepEqual(view, wanted, 'the final view');
          assert.equal(applyEdits(applyEdits(now, edits), correct(document, edits, recorded)), result, 'the correction');
          assert.equal(applyEdits(result, inverse(now, recorded)), now, 'taken back');
          assert.ok(carets.length === edits.length && carets.every(caret => caret >= 0 && caret <= result.length), 'the carets');
          assert.equal([...next.blocks()].flatMap(({ block }) => inline(block).problems).length, 0, 'no broken marks');
          now = result;
          document = next;
        }
      }), parameters(runs));
      console.log(`      ${made} steps, ${refused} of them not done, as the original could not be kept`);
      assert.ok(refused <= 2 + made / 1000, 'what is typed is recorded');
    });
  });

  it('a key in a text of 100 KB: how long it takes', () => {
    const clause = 'a)\tthat the {++development++} of networks {~~in~>of~~} developing countries is {--now--}{@EUR} a matter of some importance;\n';
    let document = parse(`---\nsponsor: APT\n---\nRESOLUTION 1 (Geneva, 2022)\n\nrecalling\n${clause.repeat(800)}`);
    const key = (i: number) => {
      const at = 200 + (i * 9973) % 90_000, edits = [{ start: at, end: at, text: 'k' }], { edits: recorded } = record(document, edits, me);
      correct(document, edits, recorded);
      for (const { start, end, text } of [...recorded].reverse()) document = document.edit(start, end, text);
    };
    const times = Array.from({ length: 1500 }, (_, i) => {
      const began = performance.now();
      key(i);
      return performance.now() - began;
    }).slice(500).sort((a, b) => a - b);
    console.log(`      median ${times[500]!.toFixed(2)} ms, 95 of 100 within ${times[950]!.toFixed(2)} ms`);
  });
});
