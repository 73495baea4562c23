import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { findings, findingsOfText, documentFindings, RULES } from '../../src/checks';
import { addressOf, findAddress } from '../../src/contribution/addresses';
import { links } from '../../src/contribution/links';
import { references, resolve } from '../../src/contribution/references';
import { textOf } from '../../src/contribution/scopes';
import { stretchAt } from '../../src/contribution/sections';
import { grammarOf } from '../../src/knowledge/grammar';
import { Document } from '../../src/markup/document';
import { applyEdits } from '../../src/markup/edit';
import { edit, parameters, soup } from '../soup';

const parse = (text: string) => Document.parse(text, grammarOf);
const shape = (document: Document) => findings(document).map(({ code, severity, message, placed, start, end, related, fixes }) =>
  [code, severity, message, placed.start + start, placed.start + end, related.map(other => [other.placed.start + other.start, other.message]), fixes.map(fix => [fix.title, fix.edits(document, { code, severity, message, placed, start, end, related, fixes })])]);

/** Text of the language's words, with cross-references and footnotes among them. */
const text = fc.array(fc.oneof({ weight: 5, arbitrary: soup(12) }, fc.constantFrom('recalling a) and b) above', '*resolves* 1 to 3;', 'items a) of *recalling*', 'recalling {~~a)~>b)~~}', ' of Resolution 98', 'resolves 2 i)', '[^1]: x\n', 'instructs the Director 2 ')), { maxLength: 8 }).map(parts => parts.join(''));

describe('findings of any text', () => {
  it('lie in their blocks, and their fixes in the text', () => {
    fc.assert(fc.property(text, source => {
      const document = parse(source);
      for (const finding of findings(document)) {
        const { placed, start, end, message, fixes } = finding;
        assert.ok(0 <= start && start <= end && end <= placed.block.source.length, `${finding.code} ${start} ${end}`);
        assert.ok(message.length > 10 && !/undefined|null|NaN/.test(message), message);
        for (const fix of fixes) {
          const edits = fix.edits(document, finding);
          for (const one of edits) assert.ok(0 <= one.start && one.start <= one.end && one.end <= source.length);
          applyEdits(source, edits);
        }
      }
    }), parameters(1500));
  });

  it('after any edits are those of the text read anew', () => {
    fc.assert(fc.property(text, fc.array(edit, { minLength: 1, maxLength: 5 }), (source, edits) => {
      let document = parse(source), now = source;
      for (const { from, size, text: inserted } of edits) {
        shape(document);
        const start = Math.floor(from * now.length), end = Math.min(now.length, start + Math.floor(size * now.length));
        now = now.slice(0, start) + inserted + now.slice(end);
        document = document.edit(start, end, inserted);
        assert.deepEqual(shape(document), shape(parse(now)));
      }
    }), parameters(1500));
  });

  it('are not looked for again where nothing was edited', () => {
    const section = (i: number) => `RESOLUTION ${i}\nrecalling\na)\tone {++two++};\nb)\tas in *recalling* a) above[^1],\nresolves\n1\tto act.\n[^1]: Number ${i}.\n`;
    const source = Array.from({ length: 100 }, (_, i) => section(i)).join('');
    const document = parse(source);
    findings(document);
    const looks = { block: 0, group: 0, text: 0, document: 0, base: 0 };
    const originals = RULES.map(rule => rule.run);
    const counted = RULES.map(rule => Object.assign(rule, { run: (...args: unknown[]) => {
      looks[rule.looksAt]++;
      return Reflect.apply(originals[RULES.indexOf(rule)]!, rule, args);
    } }));
    try {
      const at = source.indexOf('Number 50'), after = document.edit(at, at, 'x');
      const g = after.blockAt(at)!.group;
      assert.equal(findings(after).length, 0);
      const of = (kind: string) => counted.filter(rule => rule.looksAt === kind).length;
      // One block, the lists of its group, its text; the document's rules once.
      assert.deepEqual(looks, { block: of('block'), group: of('group'), text: of('text'), document: of('document'), base: 0 });
      assert.notEqual(stretchAt(after.groups, g).run, stretchAt(document.groups, g).run);
      findingsOfText(after, textOf(after, g));
      documentFindings(after);
      assert.deepEqual([looks.text, looks.document], [of('text'), of('document')]);
    } finally { RULES.forEach((rule, i) => Object.assign(rule, { run: originals[i] })); }
  });
});

describe('references, addresses and links of any text', () => {
  it('lie in the text and lead back', () => {
    fc.assert(fc.property(text, source => {
      const document = parse(source);
      for (const found of references(document)) {
        const { placed: { block }, reference, views } = found;
        assert.ok(0 <= reference.start && reference.start <= reference.end && reference.end <= block.source.length);
        for (const label of reference.labels) {
          assert.ok(reference.start <= label.start && label.start < label.end && label.end <= reference.end);
          assert.equal(label.path.at(-1), label.text);
        }
        for (const view of views) for (const { label, clauses } of resolve(document, found, view)?.targets ?? []) if (clauses.length) assert.equal(clauses.at(-1)!.block[view]!.label!.text, label.text);
      }
      for (const { start, end } of links(document)) assert.ok(0 <= start && start < end && end <= source.length);
      for (const placed of document.blocks()) {
        const address = addressOf(document, placed);
        if (address) assert.ok(findAddress(document, address).some(({ start }) => start === placed.start), address);
      }
    }), parameters(1500));
  });
});

describe('findings in real texts', () => {
  const corpus = join(__dirname, '../../../../shared/corpus');
  // How they cite other texts and use terms: `known.test.ts`.
  const KNOWN = /^(?:superseded-|unknown-|citation-|undefined-abbreviation|late-abbreviation|repeated-abbreviation|ambiguous-|term-variant|quoted-)/;
  const read = (path: string) => findings(parse(readFileSync(join(corpus, path), 'utf8'))).filter(({ code }) => !KNOWN.test(code));

  it('are the mistakes of their authors and no others', function () {
    if (!existsSync(corpus)) { console.log(`    ${corpus} is not there, so no real texts are read`); this.skip(); }
    for (const name of ['res-98-hammamet-2016', 'res-98-geneva-2022', 'res-98-new-delhi-2024']) assert.deepEqual(read(`resolutions/${name}.resolution`), []);
    const wrong = (name: string) => read(`resolutions/${name}.resolution`).map(({ code, placed, start, end }) => [code, placed.line + 1, placed.block.source.slice(start, end)]);
    assert.deepEqual(wrong('apt-37a37'), [['missing-reasons', 14, 'MOD\tAPT/37A37/1'], ['duplicate-label', 49, 'b)']]);
    assert.deepEqual(wrong('apt-37a28'), [['missing-reasons', 9, 'MOD\tAPT/37A28/1#75'], ['duplicate-label', 31, 'i)']]);
    for (const name of readdirSync(join(corpus, 'pp18')).filter(name => name.endsWith('.txt'))) assert.deepEqual(read(`pp18/${name}`).map(({ message }) => message), [], name);
  });
});
