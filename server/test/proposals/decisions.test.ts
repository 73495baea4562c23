import assert from 'node:assert/strict';
import { compare } from '../../src/changes/compare';
import { findings } from '../../src/checks/index';
import { applyEdits } from '../../src/markup/edit';
import { viewText } from '../../src/markup/views';
import { consolidate } from '../../src/proposals/consolidate';
import { family } from '../../src/proposals/family';
import { parse } from '../features/cursor';

const BASE = 'RESOLUTION 1 (Rev. Geneva, 2022)\nOn networks\n\nrecalling\na)\tthe first of all texts;\nb)\tthe second of all texts,\n';
const draftFrom = (base: string) => (...changes: readonly (readonly [string, string])[]): string => consolidate(family(changes.map(([old, now], i) => {
  const sponsor = ['APT', 'EUR', 'IAP'][i]!;
  return { name: sponsor, document: parse(`---\nsponsor: ${sponsor}\n---\n${compare(parse(base), parse(base.replace(old, now)))}`) };
}))!).text;
const draftOf = draftFrom(BASE);
/** What is left to decide in a text: for each way to decide, what is then written from `a)` on. */
function ways(text: string): Record<string, string> {
  const document = parse(text), found = findings(document).filter(({ code }) => code === 'to-decide');
  assert.equal(found.length, 1);
  return Object.fromEntries(found[0]!.fixes.map(({ title, edits }) => {
    const after = applyEdits(text, edits(document, found[0]!));
    assert.equal(viewText(parse(after), 'original'), viewText(document, 'original'));
    return [title, after.slice(after.indexOf('recalling\n') + 10)];
  }));
}

describe('deciding in a consolidated draft', () => {
  it('between words', () => assert.deepEqual(ways(draftOf(['first', 'earliest'], ['first', 'oldest'])), {
    'Take what APT proposed': 'a)\tthe {--first--}{@APT}{++earliest++}{@APT} of all texts;\nb)\tthe second of all texts,\n',
    'Take what EUR proposed': 'a)\tthe {--first--}{@EUR}{++oldest++}{@EUR} of all texts;\nb)\tthe second of all texts,\n',
    'Keep the text in force': 'a)\tthe first of all texts;\nb)\tthe second of all texts,\n',
  }));
  it('between words and nothing', () => assert.deepEqual(Object.entries(ways(draftOf(['first of ', ''], ['first of', 'oldest of'])))[1], ['Delete it, as APT proposed', 'a)\tthe {--first of --}{@APT}all texts;\nb)\tthe second of all texts,\n']));
  it('between two insertions at one place', () => assert.equal(ways(draftOf(['the first', 'the very first'], ['the first', 'the real first']))['Take what EUR proposed'], 'a)\tthe {++real ++}{@EUR}first of all texts;\nb)\tthe second of all texts,\n'));
  it('between deleting a clause and changing it', () => assert.deepEqual(ways(draftOf(['a)\tthe first of all texts;\n', ''], ['first', 'oldest'])), {
    'Take what EUR proposed': '{--a)\tthe first of all texts;--}{@EUR}\n{++a)\tthe oldest of all texts;++}{@EUR}\nb)\tthe second of all texts,\n',
    'Delete it, as APT proposed': '{--a)\tthe first of all texts;--}{@APT}\n{~~b~>a~~})\tthe second of all texts,\n',
    'Keep the text in force': 'a)\tthe first of all texts;\nb)\tthe second of all texts,\n',
  }));
  it('between new clauses that are nearly the same', () => {
    const found = ways(draftOf(['b)\tthe second', 'b)\tthat networks are for all;\nc)\tthe second'], ['b)\tthe second', 'b)\tthat networks are for everybody;\nc)\tthe second']));
    assert.deepEqual(Object.keys(found), ['Take what APT proposed', 'Take what EUR proposed', 'Keep them all']);
    assert.match(found['Take what APT proposed']!, /for all;\+\+\}\{@APT\}\n\{~~b~>c~~\}\)/);
    assert.match(found['Take what EUR proposed']!, /texts;\n\{\+\+b\)\tthat networks are for \+\+\}\{@EUR\}\{\+\+everybody\+\+\}\{@EUR\}\{\+\+;\+\+\}\{@EUR\}\n/);
    assert.doesNotMatch(found['Keep them all']!, /To decide|\{==/);
  });
  it('whether a clause is moved', () => assert.deepEqual(ways(draftFrom('RESOLUTION 1 (Rev. Geneva, 2022)\n\nrecalling\na)\tthat libraries lend books and maps;\nb)\tthe work done in Study Group 13;\nc)\tthe report of the Director on it,\n')(
    ['a)\tthat libraries lend books and maps;\nb)\tthe work done in Study Group 13;\n', 'a)\tthe work done in Study Group 13;\nb)\tthat libraries lend books and maps;\n'], ['the report', 'a report'])), {
    'Move it, as APT proposed': '{--a)\tthat libraries lend books and maps;--}{@APT #m3}\n{~~b~>a~~})\tthe work done in Study Group 13;\n{++b)\tthat libraries lend books and maps;++}{@APT #m3}\nc)\t{~~the~>a~~}{@EUR} report of the Director on it,\n',
    'Leave it where it is': 'a)\tthat libraries lend books and maps;\nb)\tthe work done in Study Group 13;\nc)\t{~~the~>a~~}{@EUR} report of the Director on it,\n',
  }));
  it('while what others wrote between the alternatives stays', () => {
    const words = ways(draftOf(['first', 'earliest'], ['first', 'oldest']).replace('{++[oldest', '{++mine ++}{@Chair}$&'));
    assert.deepEqual(Object.keys(words), ['Take what APT proposed', 'Take what EUR proposed', 'Keep the text in force']);
    assert.match(words['Take what EUR proposed']!, /^a\)\tthe \{--first--\}\{@EUR\}\{\+\+mine \+\+\}\{@Chair\}\{\+\+oldest\+\+\}\{@EUR\} of/);
    const clauses = ways(draftOf(['b)\tthe second', 'b)\tthat networks are for all;\nc)\tthe second'], ['b)\tthe second', 'b)\tthat networks are for everybody;\nc)\tthe second']).replace('{@APT}\n', '{@APT}\n{++c)\tmine;++}{@Chair}\n'));
    assert.match(clauses['Take what APT proposed']!, /for all;\+\+\}\{@APT\}\n\{\+\+c\)\tmine;\+\+\}\{@Chair\}\n\{~~b/);
  });
  it('with the footnote of what is not taken', () => {
    const found = ways(draftOf(['first of', 'earliest[^1] of'], ['first of', 'oldest of']).replace(/$/, '{++[^1]: The very first.++}{@APT}\n'));
    assert.match(found['Take what APT proposed']!, /\[\^1\]: The very first/);
    assert.doesNotMatch(found['Take what EUR proposed']!, /\[\^1\]/);
  });
  it('is nothing that other texts are asked', () => assert.deepEqual(findings(parse('recalling\na)\tthe first{>>To check<<} of all,\n')).filter(({ code }) => code === 'to-decide'), []));
});
