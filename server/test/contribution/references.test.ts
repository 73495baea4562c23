import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { grammarOf } from '../../src/knowledge/grammar';
import { Document } from '../../src/markup/document';
import { isForeign, references, referencesTo, resolve } from '../../src/contribution/references';

/** Three sections for references to point to. */
const ABOVE = `RESOLUTION 98 (Rev. Geneva, 2022)
Smart cities
The World Telecommunication Standardization Assembly (Geneva, 2022),
recalling
a)	one;
b)	two;
c)	three,
considering further
a)	one;
b)	two:
    i)	first;
    ii)	second;
c)	three,
resolves
1	one;
2	two:
    a)	first;
    b)	second;
3	three;
4	four,
instructs the Director of the Telecommunication Standardization Bureau
1	one;
2	two;
3	three,
instructs the Director of the Telecommunication Standardization Bureau, in collaboration with the Directors of the other Bureaux
1	one,
invites Member States
`;

/** What a clause of the text refers to: phrase, labels, then the lines that it points to; final view unless the views differ. */
function read(clause: string): string[] {
  const document = Document.parse(`${ABOVE}1	${clause}\n`, grammarOf);
  return [...references(document)].map(found => {
    const { placed: { block: { source } }, reference: { labels, phraseStart, phraseEnd }, views } = found;
    const view = views.length === 2 ? '' : `${views[0]}: `, written = source.slice(phraseStart, phraseEnd);
    const names = labels.map(label => `${label.through ? '…' : ''}${label.text}`).join(' ');
    const hit = resolve(document, found, views.at(-1)!);
    const points = isForeign(document, found) ? 'another text' : hit ? hit.targets.map(({ clauses }) => clauses.map(({ block }) => block.source.trim()).join(' ') || 'nothing').join(' | ').replace(/\t/g, ' ').replace(/[;,:]/g, '') : 'no section';
    return `${view}${written} [${names}] → ${points}`.trim();
  });
}

const CASES: readonly (readonly [clause: string, ...found: string[]])[] = [
  ['in line with *recalling* b) above;', 'recalling [b)] → b) two'],
  ['in line with *recalling b)* above;', 'recalling [b)] → b) two'],
  ['in line with **recalling** *b)* above;', 'recalling [b)] → b) two'],
  ['in line with recalling b) above;', 'recalling [b)] → b) two'],
  ['in line with recalling (b) above;', 'recalling [b)] → b) two'],
  ['taking account of *recalling* a), b) and c);', 'recalling [a) b) c)] → a) one | b) two | c) three'],
  ['taking account of *recalling a) and b)*;', 'recalling [a) b)] → a) one | b) two'],
  ['taking account of items a) to c) of *recalling*;', 'recalling [a) …c)] → a) one | b) two c) three'],
  ['taking account of a) of *recalling*;', 'recalling [a)] → a) one'],
  ['taking account of *recalling* a)–c);', 'recalling [a) …c)] → a) one | b) two c) three'],
  ['in accordance with *considering further* b) ii) above;', 'considering further [ii)] → ii) second'],
  ['in accordance with *considering further* b) i) and ii);', 'considering further [i) ii)] → i) first | ii) second'],
  ['to implement *resolves* 1, 3 and 4;', 'resolves [1 3 4] → 1 one | 3 three | 4 four'],
  ['to implement *resolves* 1 to 3;', 'resolves [1 …3] → 1 one | 2 two 3 three'],
  ['to implement resolves 2 a) and b);', 'resolves [a) b)] → a) first | b) second'],
  ['to implement *resolves* 2a);', 'resolves [a)] → a) first'],
  ['to implement paragraph 3 of *resolves* above;', 'resolves [3] → 3 three'],
  ['RESOLVES 3 above stands;', 'RESOLVES [3] → 3 three'],
  ['Recalling b) above, work goes on;', 'Recalling [b)] → b) two'],
  ['see *instructs the Director of the Telecommunication Standardization Bureau* 3;', 'instructs the Director of the Telecommunication Standardization Bureau [3] → 3 three'],
  ['see *instructs the Director of TSB* 3;', 'instructs the Director of TSB [3] → 3 three'],
  ['see instructs the Director of the Telecommunication Standardization Bureau 2 above;', 'instructs the Director of the Telecommunication Standardization Bureau [2] → 2 two'],
  ['see *instructs the Director of the Telecommunication Standardization Bureau, in collaboration with the Directors of the other Bureaux* 1;', 'instructs the Director of the Telecommunication Standardization Bureau, in collaboration with the Directors of the other Bureaux [1] → 1 one'],
  ['*recalling* a) and *resolves* 3 above;', 'recalling [a)] → a) one', 'resolves [3] → 3 three'],
  ['pursuant to *recalling* above;', 'recalling [] →'],
  ['of the contribution specified in resolves 2 for Academia;', 'resolves [2] → 2 two'],
  ['see *instructs the Director* 3;', 'instructs the Director [3] → 3 three'],
  // No such clause, no such section.
  ['in line with *recalling* k) above;', 'recalling [k)] → nothing'],
  ['in line with *noting* b) above;', 'noting [b)] → no section'],
  // Other texts, and this one by its name.
  ['in line with *recalling* b) of Resolution 97;', 'recalling [b)] → another text'],
  ['in line with recalling b) of Resolution 4 (Dubai, 2012) of WCIT;', 'recalling [b)] → another text'],
  ['as in Resolution 123 (Rev. Dubai, 2018), *resolves* 2;', 'resolves [2] → another text'],
  ['as in Resolution 123 (Rev. Dubai, 2018) of this conference, *resolves* 2;', 'resolves [2] → another text'],
  ['as in *resolves* 3 of Resolution 98 of this assembly;', 'resolves [3] → 3 three'],
  ['as in *resolves* 2 of Council Decision 5;', 'resolves [2] → another text'],
  ['as in *resolves* 3 of this resolution;', 'resolves [3] → 3 three'],
  ['as in *resolves* 3 of Resolution 98 (Rev. Geneva, 2022);', 'resolves [3] → 3 three'],
  ['as in *resolves* 3 of Resolution 98 (Rev. Dubai, 2018) of the Plenipotentiary Conference;', 'resolves [3] → another text'],
  ['pursuant to Resolution 5, *recalling* b) above;', 'recalling [b)] → b) two'],
  // In both views.
  ['in line with *recalling* {~~b~>c~~}) above;', 'original: recalling [b)] → b) two', 'final: recalling [c)] → c) three'],
  ['in line with *recalling* {~~b)~>c)~~} above;', 'original: recalling [b)] → b) two', 'final: recalling [c)] → c) three'],
  ['in line with {~~*recalling*~>*considering further*~~} c);', 'original: recalling [c)] → c) three', 'final: considering further [c)] → c) three'],
  ['in line with{++ *recalling* c)++} above;', 'final: recalling [c)] → c) three'],
  ['{>>see recalling a)<<}in line with *recalling* b);', 'original: recalling [b)] → b) two', 'final: recalling [b)] → b) two'],
  // What only looks like one.
  ['to work on recognizing 3 of the proposals;'],
  ['recalling 2 examples of the past;'],
  ['to study which resolves 2 problems;'],
  ['that the Council invites 1 expert;'],
  ['noting 40 contributions and 15 reports;'],
  ['that resolves to instruct Study Group 20 of the ITU Telecommunication Standardization Sector;'],
  ['to study the text “*recalling* b) above” with care;'],
  ['to study the text "recalling b) above" with care;'],
  ['to act, recalling a) that this heading lost its line;'],
  ['to act in collaboration, resolves 1 to continue;'],
  ['to consider the matters in Annex 1 to this resolution, taking into account Annex 2 to this resolution;'],
  ['to include non-recalling b) things;'],
];

describe('references to clauses', () => {
  for (const [clause, ...found] of CASES) it(clause, () => assert.deepEqual(read(clause), found));

  it('say where their phrase and their labels are written, marks around them left out', () => {
    const block = '1\tin line with *recalling* {~~b)~>c)~~} above;\n';
    const document = Document.parse(ABOVE + block, grammarOf);
    assert.deepEqual([...references(document)].map(({ reference: { start, end, labels: [label] } }) => [block.slice(start, end), block.slice(label!.start, label!.end)]),
      [['recalling* {~~b)', 'b)'], ['recalling* {~~b)~>c)', 'c)']]);
  });

  it('are not read in headings, titles and the lines of a proposal', () => {
    assert.deepEqual([...references(Document.parse('recalling\na)\tone,\n# recalling a) above\nrecalling a) above\nb)\ttwo\n', grammarOf))], []);
  });

  it('point into their own proposal', () => {
    const text = 'MOD\tX/1/1\nRESOLUTION 1\nrecalling\na)\tone;\nb)\ttwo,\nresolves\n1\tto follow *recalling* b).\nMOD\tX/1/2\nRESOLUTION 2\nrecalling\na)\tother,\nresolves\n1\tto follow *recalling* a).\nReasons: see *recalling* a).\n';
    const document = Document.parse(text, grammarOf);
    assert.deepEqual([...references(document)].map(found => resolve(document, found, 'final')!.targets[0]!.clauses[0]!.line), [4, 10, 10]);
  });

  it('to a label that is given twice point to the first clause that has it, and to the nearest section above', () => {
    const document = Document.parse('RESOLUTION 1\nrecalling\na)\tfar,\nrecalling\na)\tone;\na)\ttwo,\nresolves\n1\tto act on *recalling* a) above.\n', grammarOf);
    const targets = [...references(document)].flatMap(found => resolve(document, found, 'final')!.targets.flatMap(({ clauses }) => clauses));
    assert.deepEqual(targets.map(({ line }) => line), [4]);
  });

  it('in an introduction point into the only resolution of the document', () => {
    const document = Document.parse('# Introduction\nWe propose to delete *recalling* b).\n# Proposal\nMOD\tX/1/1\nRESOLUTION 1\nrecalling\na)\tone;\nb)\ttwo,\n', grammarOf);
    assert.deepEqual([...references(document)].map(found => resolve(document, found, 'final')!.targets[0]!.clauses[0]!.line), [7]);
  });

  it('are read in the other languages of ITU', () => {
    const lines = (text: string) => { const document = Document.parse(text, grammarOf); return [...references(document)].map(found => resolve(document, found, 'final')?.targets.map(({ clauses }) => clauses.map(({ line }) => line + 1))); };
    assert.deepEqual(lines('---\nlanguage: fr\n---\nRÉSOLUTION 1\nconsidérant\na)\tun;\nb)\tdeux,\ndécide\n1\tde suivre les points a) à b) du *considérant* ci-dessus;\n2\tde suivre *considérant* a) et b);\n3\tde suivre *décide* 1 de la Résolution 97.\n'), [[[6], [7]], [[6], [7]], undefined]);
    assert.deepEqual(lines('---\nlanguage: zh\n---\n认识到\na)\t一；\nb)\t二，\n做出决议\n1\t根据*认识到*b)和a)；\n'), [[[6], [5]]]);
  });

  it('to one clause are found from the clause', () => {
    const document = Document.parse(`${ABOVE}1\tas in *recalling* b);\n2\tas in *recalling* a) to c);\n3\tas in *recalling* c).\n`, grammarOf);
    const clause = [...document.blocks()].find(({ block }) => block.source === 'b)\ttwo;\n')!;
    assert.deepEqual([...referencesTo(document, clause, 'final')].map(({ placed }) => placed.block.source[0]), ['1', '2']);
  });

  const corpus = join(__dirname, '../../../../shared/corpus');
  it('in real texts all lead somewhere, but where a text itself is at fault', function () {
    if (!existsSync(corpus)) { console.log(`    ${corpus} is not there, so no real texts are read`); this.skip(); }
    let count = 0;
    for (const folder of ['resolutions', 'pp18']) for (const name of readdirSync(join(corpus, folder)).filter(name => /\.(txt|resolution)$/.test(name))) {
      const document = Document.parse(readFileSync(join(corpus, folder, name), 'utf8'), grammarOf);
      for (const found of references(document)) {
        count++;
        if (isForeign(document, found)) continue;
        const { reference, placed } = found, hit = resolve(document, found, 'final');
        // Where a heading was glued to the line above by the conversion, its section is not there.
        const lost = !hit && placed.block.source.includes('considering d) above, instructs');
        assert.ok(lost || hit?.targets.every(({ clauses }) => clauses.length), `${name} line ${placed.line + 1}: ${placed.block.source.slice(reference.start, reference.end)}`);
      }
    }
    assert.ok(count >= 10, `${count} references were found`);
  });
});
