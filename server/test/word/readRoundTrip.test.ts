import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits } from '../../src/markup/edit';
import { frontMatter } from '../../src/markup/frontMatter';
import { format } from '../../src/markup/normalForm';
import { readWord } from '../../src/word/read';
import { frontMatterText } from '../../src/word/read/frontMatter';
import { contribution } from '../contributions';
import { parameters } from '../soup';
import { all, children, decided, readParts, words, type Node } from './docx';
import { parse, patchwork, realTexts, write } from './texts';

const formatted = (text: string): string => applyEdits(text, format(parse(text)));

/** A text in normal form without what Word cannot hold: drafter's notes, and front matter written in another way than its values. */
function stripped(text: string): string {
  const document = parse(text), { values, contacts } = frontMatter(document);
  const kept = [...document.blocks()].filter(({ block }) => !['front-matter', 'drafter-note', 'blank'].includes((block.final ?? block.original)?.kind ?? ''));
  return formatted(frontMatterText({ values, contacts }) + kept.map(({ block }) => block.source).join(''));
}

/** What is written to Word and read back is the text itself, in normal form. */
async function comesBack(text: string): Promise<void> {
  const { text: read, report } = readWord((await write(text)).docx);
  assert.equal(read, stripped(text));
  assert.deepEqual(report, []);
}

describe('from markup to Word and back', function () {
  this.timeout(process.env['RESOLUTE_RUNS'] ? 0 : 120_000);
  it('real texts are the same', async () => { for (const [, text] of realTexts()) await comesBack(text); });
  const same = (what: string, ...lines: string[]) => it(what, () => comesBack(`${lines.join('\n')}\n`));
  same('moves of clauses, of several of them too', 'recalling', '{--a)\tone:--}{@APT 2024-09-22 #m1}', '    {--i)\ttwo;--}{@APT 2024-09-22 #m1}', 'b)\tthree {--four--}{@EUR 2024-09-22 #m2} {++four++}{@EUR 2024-09-22 #m2};', '{++c)\tone:++}{@APT 2024-09-22 #m1}', '    {++i)\ttwo.++}{@APT 2024-09-22 #m1}');
  same('every key of the front matter, and who is to be asked', '---', 'meeting: WTSA-24', 'place: New Delhi', 'dates: 15-24 October 2024', 'date: 2024-09-22', 'document: 37', 'addendum: 05', 'language: en', 'source: "Members: of a region"', 'sponsor: APT; EUR', 'title: "#1 on labels"', 'study-group: 20',
    'abstract: It is about labels.', 'contacts:', '  - name: A. Person', '    email: a@example.org', '  - name: B. Person', '---', 'Text {++new++}{@RCC}.');
  same('text from right to left', '---', 'language: ar', '---', 'القرار 98 (المراجَع في جنيف، 2022)', 'بشأن {~~الأشياء~>المدن~~}{@ARB 2024-09-22} الذكية[^1]', '[^1]: حاشية');
  same('text in Chinese and Russian', '---', 'language: zh', '---', '关于{++智慧++}城市', 'о связи {--и--} сети');
  same('an underlined NOC, and proposals of every kind', '_NOC_\tAPT/37A37/1', 'RESOLUTION 1 (Geneva, 2022)', 'On things', '', 'SUP*\tAPT/37A37/2', 'RESOLUTION 2 (Geneva, 2022)', 'On things', '', 'ADD', 'DRAFT NEW RESOLUTION [APT-1] (New Delhi, 2024)', 'On more');
  same('footnotes that are referred to twice, have marks of their own, are new or gone', 'one[^1] and again[^1], two[^1bis], {++three[^2]++} {--four[^3]--}', '[^1]: first', '[^1bis]: second', '{++[^2]: third++}', '[^3]: fourth');
  same('comments on points, ranges and in changes, with answers', 'one{>>a<<}{>>b<<}{@EUR 2024-09-22} {==two {++three++}==}{>>c<<}{@APT} {++four{>>d<<} five++} {==six==}');
  same('rows that are new or gone, heads of tables, changes in cells', '| Head | {~~Old~>New~~} |', '| --- | --- |', '| a\\', '    b | {++c++}{@EUR} |', '{++| d | |++}', '{--| e | *f* |--}{@EUR 2024-09-22}', '| g \\| h | {>>why<<} |');
  same('signs that mean something elsewhere', 'a \\*b\\* c \\{++d++\\} 5 * 6 {--x~>y--} [not agreed] <b> &amp; "q"', '\\# no heading', '\\// no note');
  same('emphasis beside marks', 'the *one* **two** ***three*** {++*four* five++} {~~*six*~>seven~~} R&D*s* *(a)* end');
  same('tracked ends of paragraphs, one deleted that another inserted', 'recalling', 'a)\tone{++¶++}', '{++b)\t++}two{--¶--}{@EUR}', '{--c)\t--}three{++{--¶--}{@EUR}++}', 'four.');
  same('annexes, notes, appendices and further paragraphs', 'ANNEX 1 (to Resolution 98 (Rev. Geneva, 2022))', 'On labels', 'Text.', '', '## 1\tScope', 'NOTE 1 – Read it.', 'a)\tone:', '', '    more of it', '', 'Appendix I', '(to Resolution 98)', 'On lists', '', '# Proposal');
  it('labels of footnotes stay apart, of those too that nothing refers to', async () => assert.equal(
    readWord((await write('a[^5]\n[^1]: unref\n[^5]: five\n')).docx).text, 'a[^1]\n[^2]: unref\n[^1]: five\n'));
  it('a contribution is the same', () => fc.assert(fc.asyncProperty(contribution, comesBack), parameters(60)));
});

/** Every stretch of text with who inserted, deleted or moved it, blanks left out; comments with who wrote them; footnotes in the order of the references. */
function voices(docx: Uint8Array): { text: string; comments: string[] } {
  const parts = readParts(docx), notes = new Map((parts.has('word/footnotes.xml') ? all(parts.get('word/footnotes.xml')!, 'w:footnote') : []).map(note => [note.attributes['w:id']!, note]));
  let text = '', last = '';
  const say = (what: string, voice: string) => { if (what) { text += (voice === last ? '' : `\n${voice}: `) + what; last = voice; } };
  const walk = (node: Node, voice: string): void => {
    const author = node.attributes['w:author'], within = ['w:ins', 'w:del', 'w:moveFrom', 'w:moveTo'].includes(node.name) ? `${voice}${/ins|To/.test(node.name) ? '+' : '-'}${author} ${node.attributes['w:date'] ?? ''}` : voice;
    if (node.name === 'w:t' || node.name === 'w:delText') say(words(node).replace(/\s+/g, ''), within);
    else if (node.name === 'w:noBreakHyphen') say('\u2011', within);
    else if (node.name === 'w:footnoteReference') { say('⟦', within); walk(notes.get(node.attributes['w:id']!)!, ''); say('⟧', within); }
    else for (const inner of children(node)) walk(inner, within);
  };
  walk(parts.get('word/document.xml')!, '');
  const comments = parts.has('word/comments.xml') ? all(parts.get('word/comments.xml')!, 'w:comment').map(comment => `${comment.attributes['w:author']} ${comment.attributes['w:date'] ?? ''}: ${words(comment).replace(/\s+/g, ' ').trim()}`) : [];
  return { text, comments };
}

describe('from Word to markup and back', function () {
  this.timeout(process.env['RESOLUTE_RUNS'] ? 0 : 120_000);
  /** Without the cover: it is made of the front matter, whatever the file says. */
  const uncovered = (text: string) => text.replace(/^---\n/, '---\ntemplate: resolution\n');
  it('every word, change, author, footnote and comment of a file with changes in every place is there', () => fc.assert(fc.asyncProperty(fc.oneof(patchwork, contribution), async text => {
    const { docx } = await write(uncovered(text)), { text: markup } = readWord(docx), { docx: again } = await write(markup);
    assert.deepEqual(voices(again), voices(docx), markup);
    for (const accepted of [true, false]) assert.deepEqual(decided(again, accepted), decided(docx, accepted), markup);
    assert.deepEqual(format(parse(markup)), [], `not in normal form:\n${markup}`);
  }), parameters(80)));
});
