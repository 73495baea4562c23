import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findings } from '../../src/checks';
import { references, resolve } from '../../src/contribution/references';
import { sections, stretchAt, type Clause } from '../../src/contribution/sections';
import { textOf } from '../../src/contribution/scopes';
import { grammarOf } from '../../src/knowledge/grammar';
import { Document, type Placed } from '../../src/markup/document';
import { applyEdits } from '../../src/markup/edit';
import { labelText } from '../../src/markup/labels';
import { viewText } from '../../src/markup/views';
import { renumber, type Options } from '../../src/numbering/renumber';
import { relabel } from '../../src/numbering/write';
import { contribution } from '../contributions';
import { parameters, soup } from '../soup';

const parse = (text: string) => Document.parse(text, grammarOf);
const ALL: Options = { scope: { of: 'document' }, scheme: 'sequential', tracked: true, author: null, date: null };
const CODES = ['duplicate-label', 'label-order', 'label-kind', 'glued-label'];
const wrong = (document: Document) => findings(document).filter(({ code, severity }) => CODES.includes(code) && severity !== 'information').map(({ placed, message }) => `${placed.line + 1} ${message}`);

/** The clauses of the final view at their places. */
function clausesOf(document: Document): { placed: Placed; clause: Clause; text: number }[] {
  const places = [...document.blocks()], at = new Map(places.map(placed => [`${placed.group} ${placed.index}`, placed]));
  const result: { placed: Placed; clause: Clause; text: number }[] = [];
  for (let g = 0; g < document.groups.length;) {
    const { run, start } = stretchAt(document.groups, g);
    for (const clause of sections(run).final.clauses) {
      const placed = at.get(`${start + clause.group} ${clause.index}`)!;
      result.push({ placed, clause, text: textOf(document, placed.group).start });
    }
    g = start + run.length;
  }
  return result;
}
const shape = (document: Document) => clausesOf(document).map(({ clause: { label, reading } }) => `${label.kind} ${reading.level} ${label.parts.length} ${reading.doubtful}`).join();

/** A right contribution: with a name in every clause (n0, n1…), and with references to some of them behind the text. */
const named = fc.tuple(contribution, fc.array(fc.nat(), { maxLength: 5 })).map(([source, picks]) => {
  let n = 0;
  const text = applyEdits(source, clausesOf(parse(source)).map(({ placed, clause }) => { const at = placed.start + clause.reading.textStart; return { start: at, end: at, text: `n${n++} ` }; }));
  const document = parse(text), clauses = clausesOf(document), last = clauses.at(-1)?.text;
  const good = clauses.filter(({ text: own, clause: { label, head, path } }) => own === last && label.kind !== 'dash' && head?.kind === 'section' && !path.includes('–')
    && document.groups.slice(last).filter(({ blocks }) => blocks[0]!.source.trim() === head.phrase).length === 1);
  const inForce = new Map(good.flatMap(({ placed: { group } }) => { const { run } = stretchAt(document.groups, group); return sections(run).original.clauses.map(clause => [clause.block, clause.path.join(' ')] as const); }));
  const phrases = good.map(({ clause }) => {
    const path = clause.path.join(' '), phrase = `*${clause.head!.phrase}* ${path}`;
    return inForce.get(clause.block) === path ? phrase : `{++${phrase}++}`;
  });
  const chosen = [...new Set(picks.map(pick => phrases[pick % Math.max(1, phrases.length)]).filter(phrase => phrase !== undefined && phrases.filter(other => other === phrase).length === 1))];
  return text + chosen.map(phrase => `NOTE – As ${phrase} above has it.\n`).join('');
});
const nameIn = (placed: Placed | undefined): string | undefined => /\bn\d+\b/.exec(placed?.block.source ?? '')?.[0];

describe('renumbering any contribution', function () {
  this.timeout(120_000);

  it('changes nothing in one that is right', () => {
    fc.assert(fc.property(named, text => { const document = parse(text); assert.deepEqual(wrong(document), []); assert.deepEqual(renumber(document, ALL), { edits: [], review: [] }); }), parameters(100));
  });

  it('puts back the labels that were right, and no word else', () => {
    fc.assert(fc.property(named, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 2, max: 8 })), { minLength: 1, maxLength: 6 }), (text, damages) => {
      const document = parse(text), clauses = clausesOf(document).filter(({ clause: { label } }) => label.kind !== 'dash' && label.parts.at(-1)!.value > 1);
      fc.pre(clauses.length > 0);
      const hit = new Map(damages.map(([pick, value]) => [clauses[pick % clauses.length]!, value]));
      const damaged = parse(applyEdits(text, [...hit].flatMap(([{ placed, clause: { label } }, value]) =>
        relabel(placed.block, label.start, label.end, labelText(label.kind, [...label.parts.slice(0, -1), { value, suffix: 0 }]), { tracked: true, attribute: '' })
          .map(edit => ({ ...edit, start: placed.start + edit.start, end: placed.start + edit.end })))));
      assert.equal(viewText(damaged, 'original'), viewText(document, 'original'));
      fc.pre(shape(damaged) === shape(document));
      const { edits } = renumber(damaged, ALL), after = parse(applyEdits(damaged.text, edits.filter(({ label }) => label)));
      assert.equal(viewText(after, 'final'), viewText(document, 'final'));
      assert.equal(viewText(after, 'original'), viewText(document, 'original'));
    }), parameters(150));
  });

  it('after clauses were put in and taken out gives right labels, and references to the same clauses', () => {
    fc.assert(fc.property(named, fc.array(fc.tuple(fc.nat(), fc.boolean()), { minLength: 1, maxLength: 5 }), fc.constantFrom('sequential', 'insert', 'assign'), (text, operations, scheme) => {
      const document = parse(text), clauses = clausesOf(document), leaves = clauses.filter(({ clause: { label } }, i) => label.kind !== 'dash' && !clauses.some(({ clause }, k) => k > i && clause.parent === clauses[i]!.clause));
      fc.pre(leaves.length > 0);
      const chosen = new Map(operations.map(([pick, put]) => [leaves[pick % leaves.length]!, put]));
      const edits = [...chosen].flatMap(([{ placed: { block, start }, clause: { label } }, put]) => {
        const { source } = block, indent = /^ */.exec(source)![0], end = source.trimEnd().length;
        const following = labelText(label.kind, [...label.parts.slice(0, -1), { value: label.parts.at(-1)!.value + 1, suffix: 0 }]);
        // A clause whose end is tracked goes on with the next line: nothing is put between.
        if (put) return block.joinsInOriginal || block.joinsInFinal ? [] : [{ start: start + end, end: start + end, text: `\n${indent}{++${following}\tnew words;++}` }];
        return source.includes('{') || source.trimEnd().includes('\n') ? [] : [{ start: start + indent.length, end: start + end, text: `{--${source.slice(indent.length, end)}--}` }];
      });
      const edited = parse(applyEdits(text, edits)), options = { ...ALL, scheme } as const, { edits: made, review } = renumber(edited, options);
      const after = parse(applyEdits(edited.text, made));
      assert.equal(viewText(after, 'original'), viewText(edited, 'original'), 'the text in force stays');
      assert.deepEqual(renumber(after, options).edits, [], 'twice is once');
      if (scheme === 'sequential') assert.deepEqual(wrong(after), []);
      const meant = new Map([...references(document)].map(found => [found.placed.block.source, nameIn(resolve(document, found, 'final')?.targets.at(-1)?.clauses.at(-1))]));
      const looked = new Set(review.map(({ placed }) => placed.line));
      const lines = new Map([...references(edited)].map(found => [found.placed.line, found.placed.block.source]));
      // Where bis finds no place, two clauses keep one label: that is on the list, too.
      if (!wrong(after).length) for (const found of references(after)) {
        if (!found.views.includes('final') || looked.has(found.placed.line)) continue;
        const before = meant.get(lines.get(found.placed.line)!);
        if (!before) continue;
        const now = nameIn(resolve(after, found, 'final')?.targets.at(-1)?.clauses.at(-1));
        // To a clause that is gone it points no longer, and is reported as dangling.
        if (now) assert.equal(now, before); else assert.ok(!new RegExp(`\\b${before}\\b`).test(viewText(after, 'final')));
      }
      // Nothing but labels and references.
      const bare = (source: Document, view: 'original' | 'final') => viewText(source, view).replace(/^( *)(?:[a-z]{1,5}\)|\d+(?:\.\d+)*)(?:bis|ter|quater|[a-z]+ies)?(?=\t)/gm, '$1').replace(/(?<=^NOTE – As \*[^*]*\* ).*(?= above)/gm, '');
      assert.equal(bare(after, 'final'), bare(edited, 'final'));
    }), parameters(150));
  });
});

describe('renumbering any text', function () {
  this.timeout(120_000);

  it('never throws, stays in the text, and keeps the text in force where it is tracked', () => {
    fc.assert(fc.property(soup(80), fc.constantFrom('sequential', 'insert', 'assign'), (text, scheme) => {
      const document = parse(text), { edits, review } = renumber(document, { ...ALL, scheme });
      for (const [i, { start, end }] of edits.entries()) assert.ok(start <= end && end <= text.length && (i === 0 || edits[i - 1]!.end <= start));
      for (const { message, start, end, placed } of review) assert.ok(message.length > 10 && start <= end && end <= placed.block.source.length);
      applyEdits(text, edits);
    }), parameters(500));
  });
});
