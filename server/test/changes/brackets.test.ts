import assert from 'node:assert/strict';
import fc from 'fast-check';
import { grammarOf } from '../../src/knowledge/grammar';
import { Document } from '../../src/markup/document';
import { applyEdits } from '../../src/markup/edit';
import { viewText } from '../../src/markup/views';
import { brackets, type Bracket } from '../../src/contribution/brackets';
import { texts } from '../../src/contribution/scopes';
import { placedAt } from '../../src/contribution/runs';
import { bracketsAt, settle, type Settlement, type Settling } from '../../src/changes/brackets';
import { contribution } from '../contributions';
import { parameters, soup } from '../soup';

const parse = (text: string) => Document.parse(text, grammarOf);
const SETTLEMENTS: readonly Settlement[] = ['remove', 'empty', 'choose'];

/** Everything in brackets, `[` and `]` for what has no partner, in the order of where it begins. */
function found(source: string): string[] {
  const document = parse(source), result: [number, string][] = [];
  for (const { run, start } of texts(document)) {
    const at = ({ group, index, at }: Bracket) => placedAt(document, start + group, index).start + at;
    const { pairs, unclosed, unopened } = brackets(run);
    for (const { open, close } of pairs) result.push([at(open), source.slice(at(open), at(close) + 1)]);
    for (const bracket of [...unclosed, ...unopened]) result.push([at(bracket), source[at(bracket)]!]);
  }
  return result.sort(([a], [b]) => a - b).map(([, text]) => text);
}

/** The caret stands at ‹. */
function settled(marked: string, settlement: Settlement, how?: Settling): string {
  const offset = marked.indexOf('‹'), text = marked.replace('‹', '');
  return applyEdits(text, settle(parse(text), offset, settlement, how));
}

describe('square brackets', () => {
  describe('are found', () => {
    const cases: Record<string, [text: string, found: string[]]> = {
      'one in another': ['to [do [very] it] now', ['[do [very] it]', '[very]']],
      'over the lines of a paragraph': ['to [do\n    it] now', ['[do\n    it]']],
      'over paragraphs and sections': ['recalling\na)\t[one;\nb)\ttwo,\n\nresolves\n1\tto] do', ['[one;\nb)\ttwo,\n\nresolves\n1\tto]']],
      'not over the end of a text': ['RESOLUTION 1 (Geneva, 2022)\nOn [things\n\nRESOLUTION 2 (Geneva, 2022)\nOn] more', ['[', ']']],
      'without a partner': ['to] [do [it]', [']', '[', '[it]']],
      'in what is inserted, not in what is deleted': ['to {++[do]++} {--[it]--} {~~[old]~>[new]~~}', ['[do]', '[new]']],
      'but no footnote, no escape, no number to come': ['see[^1] \\[this\\] [APT-1] […]', []],
      'nor in the number of a draft': ['DRAFT NEW RESOLUTION [A] (New Delhi, 2024)', []],
      'nor in a note': ['// [ask', []],
    };
    for (const [title, [text, expected]] of Object.entries(cases)) it(title, () => assert.deepEqual(found(text), expected));
  });

  describe('are settled', () => {
    const cases: Record<string, { text: string; remove: string; empty: string; direct: string }> = {
      'words': { text: 'to [do‹ it] now', remove: 'to {--[--}do it{--]--} now', empty: 'to{-- [do it]--} now', direct: 'to now' },
      'the innermost': { text: 'to [do [very‹] it] now', remove: 'to [do {--[--}very{--]--} it] now', empty: 'to [do{-- [very]--} it] now', direct: 'to [do it] now' },
      'at the end of a sentence': { text: 'to do [it]‹.', remove: 'to do {--[--}it{--]--}.', empty: 'to do{-- [it]--}.', direct: 'to do.' },
      'emphasis': { text: 'x [*emph ‹a*] y', remove: 'x {--[--}*emph a*{--]--} y', empty: 'x{-- [*emph a*]--} y', direct: 'x y' },
      'a whole clause': { text: 'a)\t[that‹ it;]\nb)\tx\n', remove: 'a)\t{--[--}that it;{--]--}\nb)\tx\n', empty: '{--a)\t[that it;]--}\nb)\tx\n', direct: 'b)\tx\n' },
      'two clauses': { text: 'a)\t[one‹;\nb)\ttwo;]\nc)\tx\n', remove: 'a)\t{--[--}one;\nb)\ttwo;{--]--}\nc)\tx\n', empty: '{--a)\t[one;--}\n{--b)\ttwo;]--}\nc)\tx\n', direct: 'c)\tx\n' },
      'from the middle of a clause into the next': { text: 'a)\tone [‹two;\nb)\tthree] four\n', remove: 'a)\tone {--[--}two;\nb)\tthree{--]--} four\n', empty: 'a)\tone{-- [two;--}{--¶--}\n{--b)\tthree]--} four\n', direct: 'a)\tone four\n' },
      'what was proposed by oneself': { text: 'to {++[do‹ it] ++}now', remove: 'to {++do it ++}now', empty: 'to now', direct: 'to now' },
      'what others propose': { text: 'to {++[do‹ it] ++}{@EUR}now', remove: 'to {++{--[--}do it{--]--} ++}{@EUR}now', empty: 'to {++{--[do it] --}++}{@EUR}now', direct: 'to now' },
    };
    for (const [title, { text, remove, empty, direct }] of Object.entries(cases)) it(title, () => {
      assert.equal(settled(text, 'remove'), remove);
      assert.equal(settled(text, 'empty'), empty);
      assert.equal(settled(text, 'empty', { direct: true }), direct);
    });

    const choices: Record<string, [text: string, tracked: string, direct: string]> = {
      'one pair of several': ['to [‹shall] [should] be', 'to {--[shall] [--}should{--]--} be', 'to should be'],
      'pairs with “or”': ['to [shall] or [sh‹ould] or [may] be', 'to {--[shall] or [--}should{--] or [may]--} be', 'to should be'],
      'words with a slash': ['to [shall/sh‹ould] be', 'to {--[shall/--}should{--]--} be', 'to should be'],
      'words with slashes in them': ['the [IoT/ICT / ‹SC&C/AI] work', 'the {--[IoT/ICT / --}SC&C/AI{--]--} work', 'the SC&C/AI work'],
    };
    for (const [title, [text, tracked, direct]] of Object.entries(choices)) it(`by choosing: ${title}`, () => {
      assert.equal(settled(text, 'choose', { alternative: 1 }), tracked);
      assert.equal(settled(text, 'choose', { alternative: 1, direct: true }), direct);
      assert.equal(settled(text, 'choose', { alternative: 7 }), text.replace('‹', ''));
    });

    it('not where there are none', () => {
      for (const text of ['no‹ne', 'the [‹text', 'see [APT-1‹]', '‹']) for (const settlement of SETTLEMENTS) assert.equal(settled(text, settlement), text.replace('‹', ''));
    });
  });

  it('whatever the text and the place, a tracked settlement leaves the original view as it was, and the direct one gives the same final view', () => {
    const words = (text: string) => text.split(/[\r\n]+/).map(line => line.trim()).filter(Boolean).join('\n');
    fc.assert(fc.property(fc.oneof({ weight: 1, arbitrary: contribution }, { weight: 3, arbitrary: soup() }), fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...SETTLEMENTS), (text, share, settlement) => {
      const document = parse(text), all = [...text.matchAll(/\[/g)], offset = all.length ? all[Math.floor(share * (all.length - 1))]!.index : 0;
      if (!bracketsAt(document, offset)) return;
      const tracked = applyEdits(text, settle(document, offset, settlement)), direct = applyEdits(text, settle(document, offset, settlement, { direct: true }));
      assert.equal(words(viewText(parse(tracked), 'original')), words(viewText(document, 'original')));
      assert.equal(words(viewText(parse(direct), 'final')), words(viewText(parse(tracked), 'final')));
    }), parameters(300));
  });
});
