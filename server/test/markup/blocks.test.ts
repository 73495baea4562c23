import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { grammarOf } from '../../src/knowledge/grammar';
import { Document } from '../../src/markup/document';
import type { Reading } from '../../src/markup/types';

const corpus = '../shared/corpus';
const name = (reading: Reading | null): string => reading ? [reading.kind, reading.level > 1 ? reading.level : '', reading.label?.text ?? '', reading.doubtful ? '?' : ''].filter(Boolean).join(' ') : '-';

/** A line a block: its kind, level above 1 and label; `original > final` where the views differ; `?` where doubtful. */
function blocks(text: string): string[] {
  return [...Document.parse(text, grammarOf).blocks()].map(({ block: { original, final } }) => name(original) === name(final) ? name(final) : `${name(original)} > ${name(final)}`);
}

/** A case: each line of the text with what it is, divided by `//`. */
function shows(lines: string): void {
  const rows = lines.split('\n').filter(row => row.includes(' // '));
  const text = rows.map(row => row.slice(0, row.lastIndexOf(' // ')).replace(/^ {6}/, '').trimEnd().replaceAll('→', '\t')).join('\n');
  assert.deepEqual(blocks(text), rows.map(row => row.slice(row.lastIndexOf(' // ') + 4).trim()));
}

describe('blocks', () => {
  it('are known by their lines', () => shows(`
      # Introduction                                  // heading
      The APT proposes what follows.                  // paragraph
      ## 1.13→Voting                                  // heading 2
      MOD→APT/37A37/1                                 // proposal
      RESOLUTION 98 (Rev. Geneva, 2022)               // instrument
      Enhancing the standardization                   // title
      of everything                                   // title
      (Hammamet, 2016; Geneva, 2022)                  // history
      The Plenipotentiary Conference (Dubai, 2018),   // assembly
      recalling                                       // section
      a)→Resolution 1;                                // clause a)
      NOTE 1 – Not binding.                           // note
      | a | b |                                       // table
      [^1]: A footnote.                               // footnote
      ANNEX 1 (to Resolution 98)                      // annex
      Guidelines                                      // title
      Text of the annex.                              // paragraph
      Reasons: they are good                          // reasons
      recalling                                       // reasons
      # Another                                       // heading
      // for the drafters                             // drafter-note
      \\# no heading                                   // paragraph`));
  it('a history with footnotes', () => shows(`
      RESOLUTION 1 (Rev. Geneva, 2022)                // instrument
      Rules of procedure                              // title
      (Hammamet, 2016; Geneva, 2022)[^1], [^1bis]     // history`));

  it('knows every symbol of a proposal, and what only looks like one', () => shows(`
      MOD                       // proposal
      (MOD)→EUR/38A31/1#36      // proposal
      ADD* IAP/39A23/1          // proposal
      SUP*→AFCP/42/1            // proposal
      _NOC_→RCC/40A1/2          // proposal
      NOC→what is this          // proposal
      ADD value for members     // paragraph
      MODERN texts              // paragraph`));

  it('reads instruments in capitals only', () => shows(`
      DRAFT NEW RESOLUTION [APT-1] (New Delhi, 2024)   // instrument
      A title                                          // title
      OPINION 5 (Rev. Dubai, 2014)                     // instrument
      RESOLUTION 98 was adopted in Hammamet and revised in Geneva.   // title
      Resolution 98 (Rev. Geneva, 2022)                // title`));

  it('reads a section by its phrase and by what it does not end in', () => shows(`
      recalling further                                                  // section
      instructs the Director of the Telecommunication Standardization Bureau, in collaboration // section
      considering that all is well;                                      // paragraph
      noting,                                                            // paragraph
      recallings                                                         // paragraph
      Considering                                                        // paragraph`));

  it('reads an annex, the text it belongs to and its title', () => shows(`
      ANNEX TO RESOLUTION 25 (Rev. Dubai, 2018)   // annex
      A title of it                               // title
      SECTION 1                                   // annex
      (to Resolution 98 (Rev. Geneva, 2022))      // annex
      Rules                                       // title
      Annex 2 to Resolution 71 says so.           // paragraph
      Section 1bis                                // annex
      Text that ends.                             // paragraph`));

  it('keeps what follows reasons with them, up to a proposal or heading', () => shows(`
      Reasons: first                 // reasons
      RESOLUTION 98 (Geneva, 2022)   // reasons
      a)→a list stays a list         // clause a)
      | a | b |                      // table
      MOD→APT/1/2                    // proposal
      text                           // paragraph`));

  it('reads front matter at the very top only, and says when it is not closed', () => {
    assert.deepEqual(blocks('---\nsponsor: APT\n---\n\nrecalling\n'), ['front-matter', 'section']);
    assert.deepEqual(blocks('\n---\nsponsor: APT\n---\n'), ['blank', 'paragraph', 'paragraph', 'paragraph']);
    assert.equal(Document.parse('---\nsponsor: APT\n', grammarOf).unclosedFrontMatter, true);
    assert.equal(Document.parse('---\nsponsor: APT\n---', grammarOf).unclosedFrontMatter, false);
  });

  it('takes the words of the language that the front matter names', () => {
    assert.deepEqual(blocks('---\nlanguage: fr\n---\nreconnaissant en outre\na)\tque\nrecalling\n'), ['front-matter', 'section', 'clause a)', 'paragraph']);
    assert.deepEqual(blocks('---\nlanguage: zh\n---\n考虑到\na)\t关于\n'), ['front-matter', 'section', 'clause a)']);
  });

  it('goes on over indented lines', () => {
    assert.deepEqual(blocks('a)\tone\n  two\n\n  three\nb)\tfour\n'), ['clause a)', 'clause b)']);
    assert.deepEqual(blocks('text\n    1\tnested\n    more\nend\n'), ['paragraph', 'clause 1', 'paragraph']);
  });
});

describe('clauses', () => {
  it('are read in every form of marker', () => shows(`
      recalling             // section
      *a)*→emphasized;      // clause a)
      a bis)→spaced;        // clause a)bis
      abis)→glued;          // clause a)bis
      a)ter→after;          // clause a)ter
      aa)→double;           // clause aa)
      considering           // section
      1.→point;             // clause 1
      2)→bracket;           // clause 2
      2bis→suffix;          // clause 2bis
      3 bis→spaced suffix;  // clause 3bis
      3.1→decimal;          // clause 2 3.1
      –→dash                // clause 3 –
      • bullet              // clause 3 –`));

  it('nest by indentation', () => shows(`
      resolves              // section
      1→first;              // clause 1
          a)→below;         // clause 2 a)
              i)→deeper;    // clause 3 i)
              ii)→deeper;   // clause 3 ii)
          b)→below;         // clause 2 b)
      2→second              // clause 2`));

  it('nest by kind of marker where nothing is indented', () => shows(`
      resolves     // section
      1→first:     // clause 1
      a)→below;    // clause 2 a)
      b)→below:    // clause 2 b)
      i)→deeper;   // clause 3 i)
      v)→deeper;   // clause 3 v)
      c)→below;    // clause 2 c)
      2→second     // clause 2`));

  it('take i), v) and x) for letters unless the list says otherwise', () => shows(`
      considering:  // section
      h)→eight;     // clause h)
      i)→nine;      // clause i)
      i)→again;     // clause i)
      noting        // section
      i)→alone;     // clause i)
      ii)→two;      // clause ii)`));

  it('take a number with blanks for a marker only where it is 1 or the next', () => shows(`
      resolves                       // section
      1 to do;                       // clause 1
      2 to do more;                  // clause 2
      2000 people came;              // paragraph
      3 to go on;                    // clause 3
      5 to skip;                     // paragraph
      5→with a tab it is a marker;   // clause 5`));

  it('are doubtful where the line above goes on and the label neither starts nor continues a list', () => shows(`
      considering               // section
      a)→what is said under     // clause a)
      f)→above;                 // clause f) ?
      b)→the second             // clause b)
      c)→the third              // clause c)`));

  it('may have two labels, and may stand in one view only', () => shows(`
      considering                                // section
      a)→first;                                  // clause a)
      {++b)→new;++}                              // - > clause b)
      {~~b~>c~~})→moved;                         // clause b) > clause c)
      {--c)→gone;--}{@EUR 2024-01-01}            // clause c) > -
      {++noting++}{>>a new section<<}            // - > section
      {~~recalling~>recognizing~~}               // section
      {~~a)→~>~~}that                            // clause a) > paragraph`));

  it('go on with the next paragraph where their end is tracked', () => shows(`
      considering                  // section
      a)→one part{++¶++}           // clause a)
      {++b)→++}and the other;      // - > clause b)
      b)→this one{--¶--}{@EUR}     // clause b)
      and that;                    // paragraph > -`));
});

describe('real texts', () => {
  before(function () {
    if (!existsSync(corpus)) { console.log(`      no real texts: ${corpus} is missing`); this.skip(); }
  });

  it('of PP-18: every section and every labelled line is found', () => {
    for (const row of readFileSync(`${corpus}/pp18/EXPECTED.tsv`, 'utf8').trim().split('\n').slice(1)) {
      const [file, sections, labels] = row.split('\t');
      const found = blocks(readFileSync(`${corpus}/pp18/${file}`, 'utf8'));
      assert.equal(found.filter(block => block === 'section').length, Number(sections), `sections of ${file}`);
      assert.equal(found.filter(block => block.startsWith('clause')).length, Number(labels), `labelled lines of ${file}`);
    }
  });
});
