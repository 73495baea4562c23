import assert from 'node:assert/strict';
import fc from 'fast-check';
import { grammarOf } from '../../src/knowledge/grammar';
import { Document } from '../../src/markup/document';
import { applyEdits, type Edit } from '../../src/markup/edit';
import { correct, record, type Recorder } from '../../src/changes/record';

const parse = (text: string) => Document.parse(text, grammarOf);
const me: Recorder = { author: null, date: null };

/** A case has the cursor at `|`, or the selection between `‹` and `›`. */
function within(text: string): { text: string; start: number; end: number } {
  const start = text.search(/[|‹]/), end = text.includes('›') ? text.indexOf('›') - 1 : start;
  return { text: text.replace(/[‹›]/g, '').replace(/\|/, text.includes('‹') ? '|' : ''), start, end };
}
const withCaret = (text: string, [caret]: number[]) => `${text.slice(0, caret)}|${text.slice(caret)}`;

/** What the text is after something was done at the cursor or with the selection. The keys are those of a keyboard. */
function after(marked: string, typed: string, recorder: Recorder = me): string {
  let { text, start, end } = within(marked);
  let document = parse(text), caret = start;
  const strokes = typed.match(/<\w+>|[^<]+|</g) ?? [];
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

describe('recording', () => {
  const cases: Record<string, [before: string, typed: string, after: string]> = {
    'what is typed is an insertion': ['the |cities', 'smart ', 'the {++smart |++}cities'],
    'letter by letter': ['the |cities', 's<Backspace>a<Delete>', 'the {~~c~>a~~}|ities'],
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
    'Enter within a clause': ['a)\tone| two', '<Enter>', 'a)\tone{++¶++}\n| two'],
    'with a label then': ['a)\tone; |two', '<Enter>b)\t', 'a)\tone; {++¶++}\n{++b)\t|++}two'],
    'and taken back': ['a)\tone|two', '<Enter><Backspace>', 'a)\tone|two'],
    'two clauses joined': ['a)\tone;\n|b)\ttwo', '<Backspace>', 'a)\tone;|{--¶--}\nb)\ttwo'],
    'with the label': ['a)\tone‹;\nb)\t›two', ' and ', 'a)\tone{~~;~> and |~~}{--¶--}\n{--b)\t--}two'],
    'a whole clause deleted': ['a)\tone;\n‹b)\ttwo;\n›c)\tthree', '<Delete>', 'a)\tone;\n|{--b)\ttwo;--}\nc)\tthree'],
    'two clauses': ['‹a)\tone;\n\nb)\ttwo;›\nc)\tthree', '<Delete>', '|{--a)\tone;--}\n\n{--b)\ttwo;--}\nc)\tthree'],
    'from the middle to the end of the next': ['one ‹two\nthree›\nfour', '<Delete>', 'one |{--two--}\n{--three--}\nfour'],
    'an inserted clause removed': ['a)\tone;\n‹{++b)\ttwo;++}\n›c)\tthree', '<Delete>', 'a)\tone;\n|c)\tthree'],
    'an inserted clause joined to the one above': ['one\n|{++two++}\nthree', '<Backspace>', 'one{++|two++}\nthree'],
    'many paragraphs pasted': ['one |two\nthree', 'A\nB\nC', 'one {++A++}{++¶++}\n{++B++}\n{++C|++}two\nthree'],
    'many paragraphs in place of two': ['‹one\ntwo›\nthree', 'A\nB\nC', '{--one--}\n{~~two~>A~~}\n{++B++}\n{++C|++}\nthree'],
    'what is typed in a deleted clause is a new one': ['one\n{--|two--}\nthree', 'x', 'one\n{~~two~>x|~~}\nthree'],
    'a nested clause': ['i)\tone\n    |\ntwo', 'ii)\tx', 'i)\tone\n    {++ii)\tx|++}\ntwo'],
    'a cell': ['| a | ‹b | c› |', '<Delete>', '| a | |{--b --}|{-- c--} |'],
    'a bar typed in a cell is no bar': ['| a ‹›| b |', 'x|y', '| a {++x\\|y|++}| b |'],
    'Enter in a cell': ['| a ‹›| b |', '<Enter>', '| a {++ |++}| b |'],
    'a row': ['| a | b |\n‹| c | d |\n›', '<Delete>', '| a | b |\n|{--| c | d |--}\n'],
    'a row below': ['| a | b |‹›', '<Enter>| c |', '| a | b |\n{++| c ||++}'],
    'what looks like a mark is escaped': ['a |b', 'x++}', 'a {++x++\\}|++}b'],
    'letter by letter too': ['a {++x+|++}b', '+<Delete>', 'a {++x++|++}{--b--}'],
    'an opener': ['a |b', '{++', 'a {++\\{++|++}b'],
    'marks that are pasted are taken as accepted': ['a |b', '{~~x~>y~~}{@EUR} {--z--}', 'a {++y |++}b'],
    'a drafter\'s note': ['one\n|\ntwo', '/<Backspace>// ask', 'one\n// ask|\ntwo'],
    'in a note nothing is recorded': ['// as|\ntwo', 'k', '// ask|\ntwo'],
    'front matter is not recorded': ['---\nsponsor: AP|\n---\none', 'T', '---\nsponsor: APT|\n---\none'],
    'nor deleted with the text': ['‹---\nsponsor: APT\n---\none› two', 'x', '---\nsponsor: APT\n---\n{~~one~>x|~~} two'],
    'a highlight holds what is typed in it': ['{==a|b==}{>>why?<<}', 'x', '{==a{++x|++}b==}{>>why?<<}'],
    'broken marks can be put right': ['a {++b| c', '++}', 'a {++b++}| c'],
    'what is typed behind a word is only that': ['‹recogn›', 'recognizing', 'recogn{++izing|++}'],
    'indenting a clause that is there': ['|a)\tone', '    ', '|a)\tone'],
    'signs alone mean the word beside them': ['a {++bc++|}', '<Backspace>', 'a {++b|++}'],
  };
  for (const [title, [before, typed, expected]] of Object.entries(cases)) it(title, () => assert.equal(after(before, typed), expected));

  it('names the author and the date only where the front matter does not say them', () => {
    const text = '---\nsponsor: APT\ndate: 2024-09-22\n---\na |b';
    assert.match(after(text, 'x', { author: 'APT', date: '2024-09-22' }), /a \{\+\+x\|\+\+\}b$/);
    assert.match(after(text, 'x', { author: 'EUR', date: null }), /a \{\+\+x\|\+\+\}\{@EUR\}b$/);
    assert.match(after(text, 'x', { author: 'EUR', date: '2024-10-01' }), /a \{\+\+x\|\+\+\}\{@EUR 2024-10-01\}b$/);
    assert.match(after(text, 'x', { author: 'APT', date: '2024-10-01' }), /a \{\+\+x\|\+\+\}\{@2024-10-01\}b$/);
  });
});
