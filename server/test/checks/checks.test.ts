import assert from 'node:assert/strict';
import { findings, type Finding } from '../../src/checks';
import { grammarOf } from '../../src/knowledge/grammar';
import { Document } from '../../src/markup/document';
import { applyEdits } from '../../src/markup/edit';

const parse = (text: string) => Document.parse(text, grammarOf);
const shown = ({ code, placed, start, end }: Finding) => `${placed.line + 1} ${code} ${JSON.stringify(placed.block.source.slice(start, end))}`;
/** Line, code and the words that are underlined. */
const check = (text: string): string[] => findings(parse(text)).map(shown);
/** The text after the fix of that title of the first finding that has it. */
function fixed(text: string, title: string): string {
  const document = parse(text), all = findings(document), finding = all.find(({ fixes }) => fixes.some(fix => fix.title === title));
  assert.ok(finding, `no “${title}” in: ${all.flatMap(({ fixes }) => fixes.map(fix => fix.title)).join(', ')}`);
  return applyEdits(text, finding.fixes.find(fix => fix.title === title)!.edits(document, finding));
}

const CASES: readonly (readonly [about: string, text: string, ...found: string[]])[] = [
  // Marks.
  ['an insertion that does not end', 'a)\tone {++two\nb)\tthree\n', '1 unclosed-mark "{++"'],
  ['a closing sign alone', 'a)\tone ++} two\n', '1 stray-closer "++}"'],
  ['a replacement without ~>', 'a)\tone {~~two~~}\n', '1 missing-divider "{~~two~~}"'],
  ['an insertion in a deletion', 'a)\tone {--two {++three--}\n', '1 mark-in-mark "{++"'],
  ['a mark without words', 'a)\tone {++++}two\n', '1 empty-mark "{++++}"'],
  ['an author without a change', 'a)\tone {@APT 2024-09-22} two\n', '1 stray-attribute "{@APT 2024-09-22}"'],
  ['nobody as author', 'a)\t{++one++}{@ }\n', '1 malformed-attribute "{@ }"'],
  ['a date that is none', 'a)\t{++one++}{@APT 22.9.2024}\n', '1 malformed-attribute "{@APT 22.9.2024}"'],
  ['a day that is none', 'a)\t{++one++}{@APT 2024-02-30}\n', '1 malformed-attribute "{@APT 2024-02-30}"'],
  ['marks as they should be', 'a)\t{++one++}{@APT; EUR 2024-02-29T10:00Z #m1} {~~two~>three~~} {==four==}{>>why?<<} \\{++\n'],
  // Front matter.
  ['front matter that does not end', '---\nsponsor: APT\n# Introduction\n', '1 unclosed-front-matter "---"'],
  ['an unknown key and an unknown template', '---\nsponser: APT\ntemplate: letter\n---\n', '1 front-matter-key "sponser"', '1 front-matter-value "letter"'],
  // Proposals.
  ['an identifier without a number', 'MOD\tAPT/37A37\nRESOLUTION 1\nrecalling {++more++}\na)\tone.\nReasons: none.\n', '1 proposal-identifier "APT/37A37"'],
  ['an identifier with what was its serial', 'MOD\tEUR/38A31/1#36\nRESOLUTION 1{++bis++}\nReasons: none.\n'],
  ['two proposals of one name', 'ADD\tAPT/1/1\nRESOLUTION 1\nReasons: none.\nADD\tAPT/1/1\nRESOLUTION 2\nReasons: none.\n', '4 duplicate-proposal "ADD\\tAPT/1/1"'],
  ['MOD without a change', 'MOD\tAPT/1/1\nRESOLUTION 1\nrecalling\na)\tone.\nReasons: {++new++}\n', '1 unchanged-proposal "MOD\\tAPT/1/1"'],
  ['MOD with a change in its annex', 'MOD\tAPT/1/1\nRESOLUTION 1\nrecalling\na)\tone.\nANNEX 1\n{--old--} words.\nReasons: none.\n'],
  ['NOC without a change', 'NOC\tAPT/1/1\nRESOLUTION 1\n'],
  // Labels.
  ['a label given twice', 'recalling\na)\tone;\nb)\ttwo;\nb)\tthree;\nc)\tfour,\n', '4 duplicate-label "b)"'],
  ['a label given twice below another', 'resolves\n1\tone:\n    a)\tx;\n    a)\ty;\n2\ttwo:\n    a)\tz.\n', '4 duplicate-label "a)"'],
  ['a label given twice in what is proposed', 'recalling\n{++a)\tnew;++}\na)\told;\n{~~b~>c~~})\tmoved,\n', '3 duplicate-label "a)"'],
  ['two clauses that have changed places only in their labels', 'recalling\na)\tone;\na)\ttwo;\nc)\tthree,\n', '3 duplicate-label "a)"'],
  ['a list that starts again', 'resolves\n1\tone;\n2\ttwo;\n1\tthree;\n2\tfour.\n', '4 duplicate-label "1"'],
  ['a list that starts again behind a paragraph', 'ANNEX 1\nThe first are:\n1\tone;\n2\ttwo.\nThe others are:\n1\tthree;\n2\tfour.\n'],
  ['a label that is skipped', 'recalling\na)\tone;\nc)\ttwo,\n', '3 label-order "c)"'],
  ['labels in disorder', 'recalling\na)\tone;\nb)\ttwo;\nd)\tthree;\nc)\tfour,\n', '4 label-order "d)"', '5 label-order "c)"'],
  ['a label in the wrong place', 'recalling\na)\tone;\nd)\ttwo;\nc)\tthree,\n', '3 label-order "d)"'],
  ['a list that begins late', 'resolves\n2\tone;\n3\ttwo.\n', '2 label-order "2"'],
  ['labels that go on across headings', 'ANNEX 1\n## 1\tScope\n1.1\tone.\n1.2\ttwo.\n## 2\tTerms\n2.1\tthree.\n'],
  ['clauses between clauses', 'recalling\na)\tone;\na)bis\ttwo;\na)ter\tthree;\nb)\tfour:\n–\tx;\n–\ty,\n'],
  ['decimals below numbers', 'resolves\n1\tone:\n1.1\ttwo;\n1.2\tthree;\n2\tfour;\n2.1\tfive.\n'],
  ['a deleted clause whose followers move up', 'recalling\na)\tone;\n{--b)\ttwo;--}\n{~~c~>b~~})\tthree,\n'],
  ['a heading that is deleted, so that two lists are one', 'recalling\na)\tone;\n{--noting--}\na)\ttwo,\n', '4 duplicate-label "a)"'],
  ['a heading that is proposed, so that one list is two', 'recalling\na)\tone;\n{++noting++}\n{~~b~>a~~})\ttwo,\n'],
  ['a variant form of the marker', 'recalling\n*a)*\tone;\nb)\ttwo;\n'],
  ['a line that may have been broken', 'resolves\n1\tto meet on\n15\tOctober.\n', '3 doubtful-clause "15"'],
  ['a number among letters', 'recalling\na)\tone;\nb)\ttwo;\n3\tthree;\nd)\tfour,\n', '4 label-kind "3"'],
  ['letters that lost the signs of their changes', 'recalling\na)\tone;\ncb)\ttwo;\ndc)\tthree,\n', '3 glued-label "cb)"', '4 glued-label "dc)"'],
  ['a label that is to stay', 'recalling\na)\tone;\n// keep\nc)\ttwo;\nd)\tthree,\n'],
  ['a label given twice in the text in force', 'recalling\na)\tone;\na)\ttwo {++x++};\n{++b)\tnew;++}\n', '3 duplicate-label "a)"'],
  ['labels in disorder in the text in force only', 'recalling\na)\tone;\n{~~c~>b~~})\ttwo,\n', '3 label-order "c~>b~~})"'],
  ['a heading at the end of a clause', 'recalling\na)\tone;\nb)\ttwo, recognizing\na)\tthree,\n', '3 glued-heading "recognizing"', '4 duplicate-label "a)"'],
  ['a clause that ends in the word of a heading', 'recalling\na)\tone;\nb)\tthe loan indicated in recalling\n    c)\tabove;\n', '4 doubtful-clause "c)"'],
  // Sections.
  ['a section without text', 'recalling\nnoting\na)\tone,\n', '1 empty-section "recalling"'],
  ['a section whose clauses are deleted', 'recalling\n{--a)\tone;--}\nnoting\na)\tone,\n', '1 empty-section "recalling"'],
  ['a section with one paragraph', 'recognizing\nthe need to act,\n'],
  ['a section divided by headings', 'resolves\n## 1\tFirst part\nwords.\n'],
  // References.
  ['a reference to a clause that is not there', 'RESOLUTION 1\nrecalling\na)\tone;\nb)\ttwo,\nresolves\n1\tto follow *recalling* c) above.\n', '6 dangling-reference "c)"'],
  ['a reference to a section that is not there', 'RESOLUTION 1\nresolves\n1\tto follow *recalling* c) above.\n', '3 dangling-reference "recalling"'],
  ['a reference that a deletion leaves behind', 'RESOLUTION 1\nrecalling\na)\tone;\n{--b)\ttwo,--}\nresolves\n1\tto follow *recalling* b).\n', '6 deleted-reference "b)"'],
  ['a reference that is corrected', 'RESOLUTION 1\nrecalling\na)\tone;\n{--b)\ttwo,--}\nresolves\n1\tto follow *recalling* {~~b~>a~~}).\n'],
  ['a reference to another text', 'RESOLUTION 1\nresolves\n1\tto follow *recalling* c) of Resolution 97.\n'],
  // Footnotes.
  ['a footnote that is missing', 'RESOLUTION 1\nrecalling\na)\tcountries[^1],\n', '3 undefined-footnote "[^1]"'],
  ['a footnote that nothing refers to', 'RESOLUTION 1\nrecalling\na)\tcountries,\n[^1]: These include …\n', '4 unused-footnote "[^1]"'],
  ['two footnotes of one name', 'RESOLUTION 1\nrecalling\na)\tcountries[^1],\n[^1]: These.\n[^1]: Those.\n', '5 duplicate-footnote "[^1]"'],
  ['one footnote in each of two texts', 'RESOLUTION 1\nrecalling\na)\tone[^1],\n[^1]: These.\nRESOLUTION 2\nrecalling\na)\ttwo[^1],\n[^1]: Those.\n'],
  ['a footnote whose place is deleted', 'RESOLUTION 1\nrecalling\na)\tcountries{--[^1]--},\n[^1]: These.\n', '4 unused-footnote "[^1]"'],
  ['a reference to a clause that is deleted', 'RESOLUTION 1\nrecalling\na)\tone;\n{--b)\ttwo;--}\n{~~c~>b~~})\tthree,\nresolves\n1\tas *recalling* b) has it, and *recalling* {~~c~>b~~}).\n', '7 deleted-reference "b)"'],
  ['a reference to a clause that is moved', 'RESOLUTION 1\nrecalling\n{++a)\ttwo;++}{@#m1}\n{~~a~>b~~})\tone;\n{--b)\ttwo;--}{@#m1}\nresolves\n1\tas *recalling* {~~b~>a~~}) has it.\n'],
  // Tables.
  ['a row with a cell too many', '| a | b |\n|---|---|\n| c | d | e |\n', '3 table-cells "| c | d | e |"'],
  ['rows with changes and an escaped bar', '| a | b |\n| {++c++} | {--d--} |\n| e \\| f | g |\n{++| h | i |++}\n'],
  ['two tables', '| a | b |\nwords\n| c |\n'],
];

const FIXES: readonly (readonly [title: string, before: string, after: string])[] = [
  ['End it at the end of the paragraph', 'a)\tone {++two \nb)\tthree\n', 'a)\tone {++two++} \nb)\tthree\n'],
  ['End it at the end of the paragraph', 'a)\tone {~~two\n', 'a)\tone {~~two~>~~}\n'],
  ['Print these signs as they stand', 'a)\tone {++two\n', 'a)\tone \\{++two\n'],
  ['Remove these signs', 'a)\tone ++} two\n', 'a)\tone  two\n'],
  ['Make it a deletion', 'a)\tone {~~two~~}\n', 'a)\tone {--two--}\n'],
  ['Make it an insertion', 'a)\tone {~~two~~}\n', 'a)\tone {++two++}\n'],
  ['Remove it', 'a)\tone {++++}{@APT}two\n', 'a)\tone two\n'],
  ['Remove author and date', 'a)\tone{@APT}\n', 'a)\tone\n'],
  ['End the front matter', '---\nsponsor: APT\nkeywords:\n  - IoT\n# Introduction\n', '---\nsponsor: APT\nkeywords:\n  - IoT\n---\n# Introduction\n'],
  ['End the front matter', '---\nsponsor: APT', '---\nsponsor: APT\n---\n'],
  ['Change this label to c)', 'recalling\na)\tone;\nb)\ttwo;\nb)\tthree,\n', 'recalling\na)\tone;\nb)\ttwo;\nc)\tthree,\n'],
  ['Change this label to c)', 'recalling\na)\t{++one++};\nb)\ttwo;\nb)\tthree,\n', 'recalling\na)\t{++one++};\nb)\ttwo;\n{~~b~>c~~})\tthree,\n'],
  ['Change this label to c)', 'recalling\na)\tone;\nb)\ttwo;\n{++b)\tthree,++}\n', 'recalling\na)\tone;\nb)\ttwo;\n{++c)\tthree,++}\n'],
  ['Change this label to 2', 'resolves\n1\tone;\n1\ttwo;\n3\tthree.\n', 'resolves\n1\tone;\n2\ttwo;\n3\tthree.\n'],
  ['Change this label to b)', 'recalling\na)\tone;\nd)\ttwo;\nc)\tthree,\n', 'recalling\na)\tone;\nb)\ttwo;\nc)\tthree,\n'],
  ['Renumber “recalling” and what refers to it', 'RESOLUTION 1\nrecalling\na)\tone;\nb)\tnew;\nb)\ttwo;\nc)\tthree,\nresolves\n1\tas *recalling* c) has it.\n', 'RESOLUTION 1\nrecalling\na)\tone;\nb)\tnew;\nc)\ttwo;\nd)\tthree,\nresolves\n1\tas *recalling* d) has it.\n'],
  ['Renumber the whole document', 'recalling\na)\tone;\na)\ttwo,\nresolves\n1\tone;\n3\ttwo.\n', 'recalling\na)\tone;\nb)\ttwo,\nresolves\n1\tone;\n2\ttwo.\n'],
  ['Change this label to b)', 'recalling\na)\tone;\ncb)\ttwo;\nc)\tthree,\n', 'recalling\na)\tone;\n{~~c~>b~~})\ttwo;\nc)\tthree,\n'],
  ['Change this label to a)bis', 'recalling\na)\tone;\na)\tnew;\nb)\ttwo,\n', 'recalling\na)\tone;\na)bis\tnew;\nb)\ttwo,\n'],
  ['Join it to the line above', 'resolves\n1\tto meet on\n\n15\tOctober.\n', 'resolves\n1\tto meet on 15 October.\n'],
  ['Make it a paragraph', 'resolves\n1\tto meet on\n15\tOctober.\n', 'resolves\n1\tto meet on\n\\15\tOctober.\n'],
  ['Put the heading on a line of its own', 'recalling\na)\tone;\nb)\ttwo, recognizing\na)\tthree,\n', 'recalling\na)\tone;\nb)\ttwo,\n\nrecognizing\na)\tthree,\n'],
];

describe('checks', () => {
  for (const [about, text, ...found] of CASES) it(`${found.length ? 'find' : 'accept'} ${about}`, () => assert.deepEqual(check(text), found));
});

describe('fixes', () => {
  for (const [title, before, after] of FIXES) it(`${title}: ${JSON.stringify(before)}`, () => assert.equal(fixed(before, title), after));

  it('leave nothing to find', () => {
    for (const [title, before] of FIXES) {
      const after = findings(parse(fixed(before, title))).filter(({ severity }) => severity !== 'information').map(shown), codes = check(before).map(found => found.split(' ')[1]);
      assert.deepEqual(after.filter(found => codes.includes(found.split(' ')[1])), [], title);
    }
  });
});

describe('findings', () => {
  it('speak to an editor', () => {
    const [one] = findings(parse('noting\na)\tone;\nb)\ttwo;\nb)\tthree;\nc)\tfour,\n'));
    assert.equal(one!.message, 'There is already a clause b) under “noting”, so a reference to it could mean either.');
    assert.deepEqual(one!.related.map(({ placed, message }) => [placed.line + 1, message]), [[3, 'The first b).']]);
    const [two] = findings(parse('RESOLUTION 1\nrecalling\na)\tone,\nresolves\n1\tto follow *recalling* k).\n'));
    assert.equal(two!.message, 'There is no clause “recalling k)” in this text. The last clause of “recalling” is a).');
  });

  it('call what is wrong in the text in force an information', () => {
    const found = findings(parse('recalling\na)\tone;\na)\ttwo;\n{++b)\tthree;++}\n')), [original] = findings(parse('recalling\na)\tone;\n{~~a~>b~~})\ttwo,\n'));
    assert.deepEqual(found.map(({ severity }) => severity), ['error']);
    assert.equal(original!.severity, 'information');
  });
});
