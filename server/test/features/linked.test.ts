import assert from 'node:assert/strict';
import fc from 'fast-check';
import { occurrences, subjectAt } from '../../src/features/linked';
import { placeAt } from '../../src/features/place';
import { parameters, soup } from '../soup';
import { cursor, parse } from './cursor';

/** Where the thing under the cursor is defined and referred to, as the lines of the text with that part in ‹ ›. */
function linked(marked: string): { definitions: string[]; references: string[] } | null {
  const { text, document, offset } = cursor(marked);
  const subject = subjectAt(placeAt(document, offset)!);
  if (!subject) return null;
  const line = ({ start, end }: { start: number; end: number }) => {
    const from = text.lastIndexOf('\n', start - 1) + 1, to = text.indexOf('\n', end);
    return `${text.slice(from, start)}‹${text.slice(start, end)}›${text.slice(end, to < 0 ? text.length : to)}`;
  };
  const { definitions, references } = occurrences(document, subject);
  return { definitions: definitions.map(line), references: references.map(line) };
}

const text = (recalling: string, resolves: string) => `RESOLUTION 98 (Geneva, 2022)\nThings\n\nrecalling\n${recalling}\n\nresolves\n${resolves}`;

describe('what belongs together', () => {
  it('a clause and the references to it, from either end', () => {
    const expected = { definitions: ['‹a)›\tone;'], references: ['1\tto see *recalling* ‹a)› above;', '2\tto see items b) and ‹a)› of *recalling*.'] };
    assert.deepEqual(linked(text('|a)\tone;\nb)\ttwo,', '1\tto see *recalling* a) above;\n2\tto see items b) and a) of *recalling*.')), expected);
    assert.deepEqual(linked(text('a)\tone;\nb)\ttwo,', '1\tto see *recalling* a|) above;\n2\tto see items b) and a) of *recalling*.')), expected);
  });
  it('a clause inside a range', () => {
    assert.deepEqual(linked(text('a)\tone;\nb|)\ttwo;\nc)\tthree,', '1\tto see *recalling* a) to c).'))!.references, ['1\tto see *recalling* a) to ‹c)›.']);
  });
  it('a clause and a reference whose letter changes with it', () => {
    assert.deepEqual(linked(text('{--a)\tone;--}\n{~~b~>a|~~})\ttwo,', '1\tto see *recalling* {~~b~>a~~}) above.'))!.references, ['1\tto see *recalling* {~~‹b~>a~~})› above.', '1\tto see *recalling* {~~b~>‹a~~})› above.']);
  });
  it('not what another resolution says', () => {
    const both = `${text('a|)\tone,', '1\tto see *recalling* a) above.')}\n\n${text('a)\ttwo,', '1\tto heed *recalling* a) above.').replace('98', '99')}`;
    assert.deepEqual(linked(both)!.references, ['1\tto see *recalling* ‹a)› above.']);
  });
  it('a section and what names it', () => {
    const expected = { definitions: ['‹recalling›'], references: ['1\tto see *‹recalling›* a) above.'] };
    assert.deepEqual(linked(text('a)\tone,', '1\tto see *rec|alling* a) above.')), expected);
    assert.deepEqual(linked(text('a)\tone,', '1\tto see *recalling* a) above.').replace('recalling\n', 'rec|alling\n')), expected);
  });
  it('a footnote and its signs', () => {
    const expected = { definitions: ['‹[^1]›: A note.'], references: ['a)\tone‹[^1]›;', 'b)\ttwo‹[^1]›,'] };
    assert.deepEqual(linked(`${text('a)\tone[|^1];\nb)\ttwo[^1],', '1\tto act.')}\n[^1]: A note.`), expected);
    assert.deepEqual(linked(`${text('a)\tone[^1];\nb)\ttwo[^1],', '1\tto act.')}\n[^|1]: A note.`), expected);
    assert.deepEqual(linked(`${text('a)\tone[^1];\nb)\ttwo[^1],', '1\tto act.')}\n{++[^|1]: A note.++}`)!.references, expected.references);
  });
  it('nothing at plain words', () => assert.equal(linked(text('a)\to|ne,', '1\tto act.')), null));
  it('nothing on the blank line behind a heading', () => assert.equal(linked('recalling\n|\na)\tone,'), null));

  it('each place once and inside of the text, whatever the text', () => fc.assert(fc.property(soup(25), text => {
    const document = parse(text);
    for (let offset = 0; offset <= text.length; offset++) {
      const place = placeAt(document, offset), subject = place && subjectAt(place);
      if (!subject) continue;
      assert.ok(subject.span.start <= offset && offset <= subject.span.end);
      const { definitions, references } = occurrences(document, subject);
      for (const spans of [definitions, references]) {
        assert.equal(new Set(spans.map(({ start, end }) => `${start} ${end}`)).size, spans.length);
        for (const { start, end } of spans) assert.ok(0 <= start && start <= end && end <= text.length);
      }
    }
  }), parameters(300)));
});
