import assert from 'node:assert/strict';
import fc from 'fast-check';
import { selections } from '../../src/features/selectionRange';
import { parameters, soup } from '../soup';
import { cursor, parse } from './cursor';

/** What “expand selection” takes at the cursor, one after the other. */
function taken(marked: string, sign = '|'): string[] {
  const { text, document, offset } = cursor(marked, sign);
  return selections(document, offset).map(({ start, end }) => text.slice(start, end));
}

describe('expand selection', () => {
  it('goes from the word to the document', () => {
    const clause = 'a)\tthat it is open. All may come;', section = `recalling\n${clause}\n    i)\teven so;\nb)\tthe rest,`;
    const resolution = `RESOLUTION 98 (Geneva, 2022)\nThings\n\n${section}`, proposal = `MOD\tAPT/37/1\n${resolution}\n\nReasons: none.`, text = `# Proposal\n\n${proposal}\n`;
    assert.deepEqual(taken(text.replace('is open', 'is op|en')), [
      'open', 'that it is open.', 'that it is open. All may come;', clause, `${clause}\n    i)\teven so;`, section, resolution, proposal, text.trimEnd(), text,
    ]);
  });
  it('takes the resolution from its title too', () => {
    assert.deepEqual(taken('MOD\tAPT/37/1\nRESOLUTION 98 (Geneva, 2022)\nTh|ings\n\nrecalling\na)\tone,\n').slice(0, 3), ['Things', 'RESOLUTION 98 (Geneva, 2022)\nThings', 'RESOLUTION 98 (Geneva, 2022)\nThings\n\nrecalling\na)\tone,']);
  });
  it('takes what a mark holds, the mark, and its attribute', () => {
    assert.deepEqual(taken('that {~~old words~>new wo|rds~~}{@APT} stay').slice(0, 4), ['words', 'new words', '{~~old words~>new words~~}', '{~~old words~>new words~~}{@APT}']);
    assert.deepEqual(taken('that {++very {--v|ery --}++}few').slice(0, 4), ['very', 'very ', '{--very --}', 'very {--very --}']);
  });
  it('takes a cell of a table', () => {
    assert.deepEqual(taken('| one two | thr#ee four | five |\n', '#').slice(0, 2), ['three', 'three four']);
  });
  it('takes a word with its signs whole', () => {
    assert.equal(taken('Recommendation ITU-T Y.4|000 on SSC&C.')[0], 'Y.4000');
  });

  it('gives growing selections that all hold the cursor, wherever it stands', () => {
    fc.assert(fc.property(soup(25), text => {
      const document = parse(text);
      for (let offset = 0; offset <= text.length; offset++) {
        const found = selections(document, offset);
        assert.deepEqual(found.at(-1), { start: 0, end: text.length });
        found.forEach(({ start, end }, i) => {
          assert.ok(start <= offset && offset <= end);
          const inner = found[i - 1];
          if (inner) assert.ok(start <= inner.start && end >= inner.end && end - start > inner.end - inner.start);
        });
      }
    }), parameters(300));
  });
});
