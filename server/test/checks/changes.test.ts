import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { findings, type Finding } from '../../src/checks';
import { grammarOf } from '../../src/knowledge/grammar';
import { Document } from '../../src/markup/document';
import { applyEdits } from '../../src/markup/edit';
import { format } from '../../src/markup/normalForm';
import { plainText } from '../../src/markup/text';
import { viewText } from '../../src/markup/views';
import { contribution } from '../contributions';
import { edit, parameters, soup } from '../soup';

const parse = (text: string) => Document.parse(text, grammarOf);
const untracked = (document: Document, base: Document) => findings(document, { base }).filter(({ code }) => code === 'untracked-change');
const shown = ({ placed, start, end, message }: Finding) => `${placed.line + 1} ${JSON.stringify(placed.block.source.slice(start, end))} ${message}`;

const IN_FORCE = `RESOLUTION 98 (Geneva, 2022)
On things
(Geneva, 2022)
The World Telecommunication Standardization Assembly (Geneva, 2022),

recalling
a)	the first[^1] thing;
b)	the *second* thing, and more,

resolves
1	to act.
[^1]: A note.
`;
/** A text of the words of the one in force, with changes. */
const draft = (...changes: readonly (readonly [string, string])[]) => changes.reduce((text, [old, now]) => { assert.ok(text.includes(old), old); return text.replace(old, now); }, `MOD	APT/1/1\n${IN_FORCE}\nReasons: they are new.\n`);
/** The text after all fixes that track a difference. */
function tracked(text: string, base: Document): string {
  let now = text;
  for (let round = 0; round < 200; round++) {
    const document = parse(now), finding = untracked(document, base).find(({ fixes }) => fixes.length);
    if (!finding) return now;
    now = applyEdits(now, finding.fixes[0]!.edits(document, finding));
  }
  assert.fail(`The fixes do not come to an end:\n${text}\n${now}`);
}

/** Whether each text has a name of its own, and no star is read as a letter because the words in front of it are gone. */
const isPlain = (base: Document) => {
  const blocks = [...base.blocks()].map(({ block }) => block), names = blocks.filter(({ final }) => final?.kind === 'instrument').map(block => plainText(block, 'final').replace(/\(.*/, ''));
  return new Set(names).size === names.length && !blocks.some(block => plainText(block, 'final').includes('*'));
};

describe('what differs from the text in force and is not marked', () => {
  const base = parse(IN_FORCE);
  const CASES: readonly (readonly [about: string, text: string, found: readonly string[], tracked?: string])[] = [
    ['is found: a word', draft(['more', 'less']), ['9 "less" The text in force has “more” here, not “less”. The change is not marked.'], draft(['more', '{~~more~>less~~}'])],
    ['is found: a new word', draft(['act.', 'act now.']), ['12 " now" The text in force does not have “now” here. It is not marked as new.'], draft(['act.', 'act{++ now++}.'])],
    ['is found: a word that is gone', draft(['thing, and more', 'thing, more']), ['9 "" The text in force has “and” here. It is missing and not marked as deleted.'], draft(['thing, and more', 'thing, {--and --}more'])],
    ['is found: a word that is gone at the start and at the end', draft(['to act.', 'act']), ['12 "" The text in force has “to” here. It is missing and not marked as deleted.', '12 "" The text in force has “.” here. It is missing and not marked as deleted.'], draft(['to act.', '{--to --}act{--.--}'])],
    ['is found: a label', draft(['b)', 'c)']), ['9 "c" The text in force has “b” here, not “c”. The change is not marked.'], draft(['b)', '{~~b~>c~~})'])],
    ['is found: inside words that are deleted', draft(['and more', '{--and less--}']), ['9 "less" The text in force has “more” here, not “less”. The change is not marked.'], draft(['and more', '{--and more--}'])],
    ['is found: across a mark', draft(['the first[^1] thing', 'the thi{--rst[^1] thing--}']), ['8 "thi{--rst" The text in force has “first” here, not “thirst”. The change is not marked.'], draft(['the first[^1] thing', 'the {--first--}{++thi++}{--[^1] thing--}'])],
    ['is found: a footnote sign', draft(['first[^1]', 'first']), ['8 "" The text in force has “[^n]” here. It is missing and not marked as deleted.']],
    ['is found: words of a footnote', draft(['A note.', 'A nota.']), ['13 "nota" The text in force has “note” here, not “nota”. The change is not marked.'], draft(['A note.', 'A {~~note~>nota~~}.'])],
    ['is found: a paragraph', draft(['resolves', 'c)\tthe third,\n\nresolves']), ['11 "c)\\tthe third," The text in force has no such paragraph: “c) the third,”. It is not marked as new.'], draft(['resolves', '{++c)\tthe third,++}\n\nresolves'])],
    ['is found: a paragraph that is gone', draft(['b)\tthe *second* thing, and more,\n', '']), ['8 "" Behind this paragraph the text in force has another: “b) the second thing, and more,”. It is missing here and not marked as deleted.'],
      draft(['b)\tthe *second* thing, and more,\n', '{--b)\tthe *second* thing, and more,--}\n'])],
    ['is found: the instrument itself', draft(['98 (Geneva', '98 (Rev. Geneva']), ['2 "Rev. " The text in force does not have “Rev.” here. It is not marked as new.'], draft(['98 (Geneva', '98 ({++Rev. ++}Geneva'])],
    ['is found: a heading', draft(['recalling', 'noting']), ['7 "noting" The text in force has “recalling” here, not “noting”. The change is not marked.'], draft(['recalling', '{~~recalling~>noting~~}'])],
    ['is nothing where all is tracked', draft(['more', '{~~more~>less~~}'], ['b)', '{++b)\tnew;++}\n{~~b~>c~~})'], ['to act', 'to {++¶++}\n{++2\t++}act'])],
    ['is nothing where only the form differs', draft(['the *second* thing, and', '**the** second\u00a0thing,\n\tand'], ['1\tto act', '1   to act'], ['[^1]', '[^4]'], ['[^1]:', '[^4]:'], ['On things', 'On {>>which?<<}\nthings'], ['resolves', '// a note\nresolves']), []],
    ['is nothing in what is left out with an ellipsis', draft([IN_FORCE.slice(IN_FORCE.indexOf('recalling'), IN_FORCE.indexOf('resolves')), '…\n\n'], ['[^1]: A note.\n', '']), ['10 "" Behind this paragraph the text in force has another: “A note.”. It is missing here and not marked as deleted.']],
    ['is nothing behind SUP, NOC and ADD', ['SUP', 'NOC', 'ADD'].map(symbol => `${symbol}\tAPT/1/1\nRESOLUTION 98 (Geneva, 2022)\nOn nothing\n`).join('\n'), []],
    ['is nothing in another resolution', 'MOD\tAPT/1/2\nRESOLUTION 99 (Geneva, 2022)\nOn nothing\n', []],
  ].map(([about, text, found = [], fixed]) => [about, text, found, fixed] as (typeof CASES)[number]);
  for (const [about, text, found, fixed] of CASES) it(about, () => {
    assert.deepEqual(untracked(parse(text), base).map(shown), found);
    if (fixed) assert.equal(tracked(text, base), fixed);
  });

  it('is said once where the base is another edition altogether', () => {
    const clauses = (word: string) => Array.from({ length: 150 }, (_, i) => `${i + 1}\tto ${word} number ${i} ${word.repeat(i)};\n`).join('');
    const found = untracked(parse(`RESOLUTION 98\nresolves\n${clauses('act')}`), parse(`RESOLUTION 98\nresolves\n${clauses('rest')}`));
    assert.deepEqual(found.map(({ placed, message }) => [placed.line, message.slice(0, 23)]), [[0, 'More than 100 paragraph']]);
  });

  it('and a base that is not there, or of another resolution', () => {
    const text = '---\nbase: old.resolution\n---\nMOD\nRESOLUTION 98\n{++On++} things\nReasons: none.\n', of = (base?: Document | null) => findings(parse(text), { base }).filter(({ code }) => code === 'base-text').map(shown);
    assert.deepEqual(of(), []);
    assert.deepEqual(of(parse('RESOLUTION 98\nthings\n')), []);
    assert.deepEqual(of(null), ['1 "old.resolution" There is no text in force at “old.resolution”, so nobody can vouch for what is not marked. The path begins at the folder of this file.']);
    assert.deepEqual(of(parse('RESOLUTION 97\nthings\n')), ['1 "old.resolution" The text in force at “old.resolution” is not RESOLUTION 98, so nobody can vouch for what is not marked.']);
  });

  it('is nothing in any contribution beside its own original view, in whatever form', () => fc.assert(fc.property(contribution, text => {
    const document = parse(text), original = parse(viewText(document, 'original'));
    fc.pre(isPlain(original));
    assert.deepEqual(untracked(document, original).map(shown), []);
    const formatted = parse(applyEdits(original.text, format(original)));
    assert.deepEqual(untracked(document, formatted).map(shown), []);
    assert.deepEqual(untracked(parse(applyEdits(text, format(document))), original).map(shown), []);
  }), parameters(200))).timeout(60_000);

  it('is found wherever a word is changed in both views, and tracked by its fixes', () => fc.assert(fc.property(contribution, fc.nat(), fc.constantFrom('', 'other', 'other words', 'a'), (text, pick, put) => {
    const document = parse(text), base = parse(viewText(document, 'original'));
    const places = [...text.matchAll(/(?<=[a-z] )[a-z]{3,}(?= [a-z])/g)].filter(({ index }) => {
      const { block } = document.blockAt(index)!;
      return block.original && block.final && !['proposal', 'reasons', 'heading', 'front-matter', 'drafter-note', 'section'].includes(block.final.kind) && !block.source.includes('{') && document.blockAt(index)!.group > 0;
    });
    fc.pre(places.length > 0 && isPlain(base));
    const { 0: word, index } = places[pick % places.length]!, changed = text.slice(0, index) + put + text.slice(index + word.length), now = parse(changed);
    fc.pre(put !== word);
    const found = untracked(now, base), block = now.blockAt(index)!;
    // Introductions, SUP and ADD need no base.
    if (!found.length) { assert.ok(!/^(?:\(?MOD|RESOLUTION)/m.test(changed) || /^(?:SUP|ADD|#)/m.test(changed) || /DRAFT NEW/.test(changed), changed); return; }
    assert.ok(found.every(({ placed }) => placed.start === block.start), found.map(shown).join('\n'));
    const put_right = tracked(changed, base);
    assert.deepEqual(untracked(parse(put_right), base).map(shown), []);
    const blanks = (words: string) => words.replace(/[\s\u00a0]+/g, ' ');
    assert.equal(blanks(viewText(parse(put_right), 'final')), blanks(viewText(now, 'final')));
  }), parameters(300))).timeout(60_000);

  it('after any edits is that of the text read anew, and never throws', () => fc.assert(fc.property(fc.oneof(contribution, soup(60)), fc.array(edit, { minLength: 1, maxLength: 4 }), (source, edits) => {
    const base = parse(viewText(parse(source), 'original'));
    let document = parse(source), now = source;
    for (const { from, size, text } of edits) {
      const start = Math.floor(from * now.length), end = Math.min(now.length, start + Math.floor(size * 20));
      now = now.slice(0, start) + text + now.slice(end);
      document = document.edit(start, end, text);
      const shape = (of: Document) => findings(of, { base }).map(finding => [shown(finding), finding.code, finding.fixes.map(fix => fix.edits(of, finding))]);
      assert.deepEqual(shape(document), shape(parse(now)));
      for (const finding of untracked(document, base)) for (const fix of finding.fixes) applyEdits(now, fix.edits(document, finding));
    }
  }), parameters(200))).timeout(60_000);

  it('is nothing in real proposals, and found when a word of one is changed', function () {
    const folder = path.join(__dirname, '../../../../shared/corpus/resolutions');
    if (!existsSync(folder)) { console.log(`    ${folder} is not there, so no real texts are read`); this.skip(); }
    const read = (name: string) => readFileSync(path.join(folder, `${name}.resolution`), 'utf8');
    for (const [name, edition] of [['apt-37a37', 'res-98-geneva-2022'], ['apt-37a28', 'res-98-hammamet-2016']] as const) {
      const text = read(name), inForce = parse(read(edition));
      assert.deepEqual(untracked(parse(text), inForce).map(shown), []);
      const at = text.lastIndexOf(' the '), changed = `${text.slice(0, at)} some ${text.slice(at + 5)}`, [found, ...more] = untracked(parse(changed), inForce);
      assert.deepEqual([found!.placed.start + found!.start, found!.placed.block.source.slice(found!.start, found!.end), more.length], [at + 1, 'some', 0]);
    }
  });
});

/** Line, code and the words that are underlined, of the rules about proposals. */
const RULES = new Set(['tracked-proposal', 'add-below-text', 'reproduced-text', 'missing-reasons', 'proposal-order', 'different-meetings', 'unbalanced-bracket']);
const about = (text: string) => findings(parse(text)).filter(({ code }) => RULES.has(code));
const rows = (text: string) => about(text).map(({ code, placed, start, end }) => `${placed.line + 1} ${code} ${JSON.stringify(placed.block.source.slice(start, end))}`);
/** The text after the fix of that title of the first finding that has it. */
function fixed(text: string, title: string): string {
  const document = parse(text), all = about(text), finding = all.find(({ fixes }) => fixes.some(fix => fix.title === title));
  assert.ok(finding, `no “${title}” in: ${all.flatMap(({ fixes }) => fixes.map(fix => fix.title)).join(', ')}`);
  return applyEdits(text, finding.fixes.find(fix => fix.title === title)!.edits(document, finding));
}

const MOD = 'MOD\tAPT/1/1\nRESOLUTION 98 (Rev. {~~Geneva, 2022~>New Delhi, 2024~~})\nThings\n(Geneva, 2022{++; New Delhi, 2024++})\nThe World Telecommunication Standardization Assembly ({~~Geneva, 2022~>New Delhi, 2024~~}),\n\nresolves\n1\tto act.\n\nReasons: new {++words++}.\n';

describe('checks of proposals', () => {
  const CASES: readonly (readonly [about: string, text: string, ...found: string[]])[] = [
    ['accept a proposal as it should be', MOD],
    // Symbols.
    ['find tracked changes behind ADD', 'ADD\tAPT/1/1\nDRAFT NEW RESOLUTION [APT-1]\nresolves\nto {++act++}.\nReasons: {++new++}\n', '1 tracked-proposal "ADD\\tAPT/1/1"'],
    ['find tracked changes behind NOC', '_NOC_\tAPT/1/1\nRESOLUTION 1\nThings {++more++}\nReasons: none.\n', '1 tracked-proposal "_NOC_\\tAPT/1/1"'],
    ['find words that are left of what SUP deletes', 'SUP\tAPT/1/1\nRESOLUTION 1\nresolves\nto {--act--} now.\nReasons: none.\n', '1 tracked-proposal "SUP\\tAPT/1/1"', '1 reproduced-text "SUP\\tAPT/1/1"'],
    ['accept words of reasons that are new, and a deletion shown as one', 'SUP\tAPT/1/1\nRESOLUTION 1\n{--Things--}\nReasons: {++none++}.\n'],
    ['find a section behind ADD', 'ADD\tAPT/1/1\nrecalling\na)\tone,\n', '1 add-below-text "ADD\\tAPT/1/1"'],
    ['accept a new resolution, a text from elsewhere, a new annex', 'ADD\tAPT/1/1\nDRAFT NEW RESOLUTION [APT-1]\nresolves\nto act.\nReasons: none.\nADD*\tAPT/1/2\nresolves\nto act.\nADD\tAPT/1/3\nANNEX 2\nrecalling\na)\tone.\n'],
    ['find a text behind SUP', 'SUP\tAPT/1/1\nRESOLUTION 1\nThings\nresolves\nto act.\nReasons: none.\n', '1 reproduced-text "SUP\\tAPT/1/1"'],
    ['accept number and title behind SUP', 'SUP\tAPT/1/1\nRESOLUTION 1 (Geneva, 2022)\nThings\nReasons: none.\n'],
    // Reasons.
    ['find a proposal without reasons', 'MOD\tAPT/1/1\nRESOLUTION 1\nThings {++more++}\n', '1 missing-reasons "MOD\\tAPT/1/1"'],
    ['find reasons that are deleted', 'MOD\tAPT/1/1\nRESOLUTION 1\nThings {++more++}\n{--Reasons: none.--}\n', '1 missing-reasons "MOD\\tAPT/1/1"'],
    ['accept reasons for two resolutions at once, and NOC without', 'SUP\tAPT/1/1\nRESOLUTION 1\nRESOLUTION 2\nReasons: none.\nNOC\nRESOLUTION 3\n'],
    // Numbers.
    ['find numbers that go down', 'SUP\tAPT/1/2\nSUP\tEUR/2/1\nSUP\tAPT/1/1#36\nSUP\tAPT/1/4\n', '3 proposal-order "APT/1/1#36"'],
    // Meetings.
    ['find a formula that was forgotten', MOD.replace('Assembly ({~~Geneva, 2022~>New Delhi, 2024~~})', 'Assembly (Geneva, 2022)'), '5 different-meetings "Geneva, 2022"'],
    ['find a history that was forgotten', MOD.replace('{++; New Delhi, 2024++}', ''), '4 different-meetings "Geneva, 2022"'],
    ['find a number that was forgotten', MOD.replace('98 (Rev. {~~Geneva, 2022~>New Delhi, 2024~~})', '98 (Geneva, 2022)'), '2 different-meetings "Geneva, 2022"'],
    ['find a history that ends otherwise than the formula of a new resolution', 'ADD\tAPT/1/1\nDRAFT NEW RESOLUTION [APT-1]\nThings\n(Geneva, 2022)\nThe World Telecommunication Standardization Assembly (New Delhi, 2024),\nReasons: none.\n', '5 different-meetings "New Delhi, 2024"'],
    ['accept capitals, other forms, other languages', 'RESOLUTION 1 (REV. DUBAI, 2018)\nThe Plenipotentiary Conference (Dubai, 2018),\n---\n', ],
    ['accept a revision without a place', 'RESOLUTION 646 (Rev.WRC-15)\nThe World Radiocommunication Conference (Geneva, 2015),\n'],
    // Brackets.
    ['find a bracket that does not end', 'RESOLUTION 1\nresolves\n1\tto [act;\n2\tto rest.\n', '3 unbalanced-bracket "["'],
    ['find a bracket that does not begin, and one that a deletion leaves alone', 'RESOLUTION 1\nresolves\n1\tto act];\n2\tto {--[--}rest].\n', '3 unbalanced-bracket "]"', '4 unbalanced-bracket "]"'],
    ['accept brackets around clauses', 'RESOLUTION 1\nresolves\n1\t[to act;\n2\tto rest] [now [and] then].\n'],
  ];
  for (const [name, text, ...found] of CASES) it(name, () => assert.deepEqual(rows(text), found));

  const FIXES: readonly (readonly [title: string, before: string, after: string])[] = [
    ['Accept the changes of this text', 'ADD\tAPT/1/1\nDRAFT NEW RESOLUTION [APT-1]\nresolves\nto {++act++}.\nReasons: {++new++}\n', 'ADD\tAPT/1/1\nDRAFT NEW RESOLUTION [APT-1]\nresolves\nto act.\nReasons: {++new++}\n'],
    ['Change NOC to MOD', 'NOC\tAPT/1/1\nRESOLUTION 1\nThings {++more++}\n', 'MOD\tAPT/1/1\nRESOLUTION 1\nThings {++more++}\n'],
    ['Change ADD to MOD', 'ADD\tAPT/1/1\nrecalling\na)\tone,\n', 'MOD\tAPT/1/1\nrecalling\na)\tone,\n'],
    ['Leave the text out', 'SUP\tAPT/1/1\nRESOLUTION 1\nThings\n\nresolves\nto act.\n\nReasons: none.\n', 'SUP\tAPT/1/1\nRESOLUTION 1\nThings\n\nReasons: none.\n'],
    ['Add the reasons', 'SUP\tAPT/1/1\nRESOLUTION 1\nRESOLUTION 2\n\nSUP\tAPT/1/2\n', 'SUP\tAPT/1/1\nRESOLUTION 1\nRESOLUTION 2\n\nReasons: \n\nSUP\tAPT/1/2\n'],
    ['Change it to APT/1/3', 'SUP\tAPT/1/2\nSUP\tAPT/1/1#36\n', 'SUP\tAPT/1/2\nSUP\tAPT/1/3#36\n'],
    ['Change it to New Delhi, 2024', MOD.replace('Assembly ({~~Geneva, 2022~>New Delhi, 2024~~})', 'Assembly (Geneva, 2022)'), MOD],
    ['Add New Delhi, 2024', MOD.replace('{++; New Delhi, 2024++}', ''), MOD],
    ['Remove this bracket', 'RESOLUTION 1\nresolves\n1\tto [act;\n2\tto {++rest++}.\n', 'RESOLUTION 1\nresolves\n1\tto {--[--}act;\n2\tto {++rest++}.\n'],
    ['Remove this bracket', 'RESOLUTION 1\nresolves\nto [act.\n', 'RESOLUTION 1\nresolves\nto act.\n'],
  ];
  for (const [title, before, after] of FIXES) it(`fix: ${title}`, () => assert.equal(fixed(before, title), after));

  it('find nothing in real texts but the reasons that are missing', function () {
    const folder = path.join(__dirname, '../../../../shared/corpus');
    if (!existsSync(folder)) { console.log(`    ${folder} is not there, so no real texts are read`); this.skip(); }
    for (const part of ['resolutions', 'pp18', 'pp18-damaged']) for (const name of readdirSync(path.join(folder, part)).filter(file => /\.(?:txt|resolution)$/.test(file)))
      assert.deepEqual(rows(readFileSync(path.join(folder, part, name), 'utf8')).filter(row => !row.includes('missing-reasons')), [], name);
  });
});
