import assert from 'node:assert/strict';
import fc from 'fast-check';
import { complete } from '../../src/features/completion';
import { files } from '../../src/features/offers/frontMatter';
import { applyEdits } from '../../src/markup/edit';
import { parameters, soup } from '../soup';
import { cursor, parse } from './cursor';

const FRONT = '---\ndocument: 37\naddendum: 28\nsponsor: APT\n---\n';
const RESOLUTION = 'RESOLUTION 98 (Geneva, 2022)\nThings\n\nrecalling\na)\tthe first;\nb)\tthe second,\n\nrecognizing further\na)\tthe third,\n\nresolves\n1\tto act:\n    a)\tat once;\n2\tto wait';

/** Labels of what is offered; `byItself` where a sign was typed and nobody asked. */
function offered(marked: string, byItself = false, sign = '|'): string[] {
  const { document, offset } = cursor(marked, sign);
  return complete(document, offset, byItself)?.items.map(item => item.label) ?? [];
}

/** The text after the offer with this label is taken. */
function taken(marked: string, label: string, sign = '|'): string {
  const { text, document, offset } = cursor(marked, sign), offers = complete(document, offset, false), item = offers?.items.find(candidate => candidate.label === label);
  assert.ok(offers && item, `${label} is not offered, but ${offers?.items.map(candidate => candidate.label).join(', ') ?? 'nothing'}`);
  return applyEdits(text, [{ start: offers.start, end: offers.end, text: item.text }, ...item.also ? [{ start: item.also.at, end: item.also.at, text: item.also.text }] : []]);
}

describe('completion', () => {
  describe('at the start of a line', () => {
    it('offers the sections of the language that begin so, the most used first', () => {
      assert.deepEqual(offered('rec|').slice(0, 3), ['recognizing', 'recalling', 'recognizing further']);
      assert.deepEqual(offered('---\nlanguage: es\n---\nconsid|').slice(0, 1), ['considerando']);
      assert.equal(taken('rec|', 'recalling'), 'recalling');
      assert.equal(taken('taking into acc|', 'taking into account'), 'taking into account');
    });
    it('offers the next label of a list', () => {
      assert.equal(offered('recalling\na)\tone;\n|')[0], 'b)');
      assert.equal(taken('recalling\na)\tone;\nb|', 'b)'), 'recalling\na)\tone;\nb)\t');
      assert.equal(taken('resolves\n1\tone:\n    a)\ttwo;\n    |', 'b)'), 'resolves\n1\tone:\n    a)\ttwo;\n    b)\t');
      assert.equal(taken('resolves\n1\tone;\n1.1\ttwo;\n1|', '1.2'), 'resolves\n1\tone;\n1.1\ttwo;\n1.2\t');
    });
    it('offers proposals with the identifier that comes next', () => {
      assert.equal(taken(`${FRONT}M|`, 'MOD'), `${FRONT}MOD\tAPT/37A28/1`);
      assert.equal(taken(`${FRONT}MOD\tAPT/37A28/1\nRESOLUTION 1 (Geneva, 2022)\n\nMOD\tAPT/37A28/7\nRESOLUTION 2 (Geneva, 2022)\n\nS|`, 'SUP').slice(-16), '\nSUP\tAPT/37A28/8');
      assert.equal(taken('ADD\tEUR/38/3#12\nDRAFT NEW RESOLUTION [EUR-1]\n\nA|', 'ADD').slice(-13), '\nADD\tEUR/38/4');
      assert.equal(taken('M|', 'MOD'), 'MOD');
      assert.deepEqual(offered('_|'), ['_NOC_']);
    });
    it('offers no more than the usual on an empty line, and only to who asks', () => {
      assert.ok(offered('|').includes('considering') && offered('|').includes('MOD') && offered('|').length < 30);
      assert.deepEqual(offered('recalling\n|', true), []);
      assert.deepEqual(offered(' |', true), []);
    });
    it('is silent where the line goes on, and in words that begin no section', () => {
      assert.deepEqual(offered('r| the rest'), []);
      assert.deepEqual(offered('that nothing of the kind|'), []);
      assert.deepEqual(offered('The |', true), []);
      assert.deepEqual(offered('// rec|'), []);
    });
  });

  describe('behind the name of a section', () => {
    it('offers its clauses', () => {
      assert.deepEqual(offered(`${RESOLUTION} in line with *recalling* |`), ['a)', 'b)']);
      assert.equal(taken(`${RESOLUTION} in line with *recalling* b|`, 'b)'), `${RESOLUTION} in line with *recalling* b)`);
      assert.deepEqual(offered(`${RESOLUTION} in line with *recognizing further* |`), ['a)']);
      assert.deepEqual(offered(`${RESOLUTION} in line with resolves |`), ['1', '1 a)', '2']);
    });
    it('by itself only where the name is set off', () => {
      assert.deepEqual(offered(`${RESOLUTION} in line with *recalling* |`, true), ['a)', 'b)']);
      assert.deepEqual(offered(`${RESOLUTION} while recalling |`, true), []);
      assert.deepEqual(offered(`${RESOLUTION} while recalling |`), ['a)', 'b)']);
    });
    it('not behind a word that only ends so, nor behind other words', () => {
      assert.deepEqual(offered(`${RESOLUTION} unrecalling |`), []);
      assert.deepEqual(offered(`${RESOLUTION} in line |`), []);
    });
  });

  it('behind a star offers the sections of the text', () => {
    assert.deepEqual(offered(`${RESOLUTION} in line with *|`, true), ['recalling', 'recognizing further', 'resolves']);
    assert.equal(taken(`${RESOLUTION} in line with *rec|*`, 'recalling'), `${RESOLUTION} in line with *recalling*`);
    assert.deepEqual(offered(`${RESOLUTION} in *line*|`, true), []);
    assert.deepEqual(offered(`${RESOLUTION} 3 * 4 |`, true), []);
  });

  describe('behind [^', () => {
    const text = (written: string) => `${RESOLUTION}${written}.\n[^1]: In time.\n\nReasons: none.\n`;
    it('offers the footnotes of the text', () => {
      assert.deepEqual(offered(text('[^|')), ['[^1]', '[^2]']);
      assert.equal(taken(text('[^|]'), '[^1]'), text('[^1]'));
    });
    it('offers a new one, whose text begins behind the last', () => {
      assert.equal(taken(text('[^|]'), '[^2]'), `${RESOLUTION}[^2].\n[^1]: In time.\n[^2]: \n\nReasons: none.\n`);
      assert.equal(taken('resolves\n1\tto act[^|', '[^1]'), 'resolves\n1\tto act[^1]\n[^1]: ');
      assert.equal(taken(`resolves\n1\tto act.\n\nReasons: see[^|]`, '[^1]'), `resolves\n1\tto act.\n[^1]: \n\nReasons: see[^1]`);
    });
    it('not where a footnote begins', () => assert.deepEqual(offered(`${RESOLUTION}\n[^|`), []));
  });

  describe('behind a brace', () => {
    it('offers marks, and takes the brace that the editor has added', () => {
      assert.deepEqual(offered('that {|}', true), ['insertion', 'deletion', 'replacement', 'comment', 'commented text']);
      assert.equal(taken('that {|}', 'insertion'), 'that {++${1:new words}++}');
      assert.equal(taken('that {--|--} few', 'deletion'), 'that {--${1:old words}--} few');
      assert.deepEqual(offered('that \\{|', true), []);
    });
    it('behind a mark offers its author first', () => {
      assert.equal(offered('---\nsponsor: APT\n---\n{++very++}{|}')[0], '{@APT}');
      assert.equal(taken('---\nsponsor: APT\n---\n{++very++}{@|}', 'APT'), '---\nsponsor: APT\n---\n{++very++}{@APT}');
      assert.equal(taken('{++a++}{@EUR} and {++b++}{@APT; |}', 'EUR'), '{++a++}{@EUR} and {++b++}{@APT; EUR}');
    });
  });

  describe('in the front matter', () => {
    it('offers the keys that are missing', () => {
      const keys = offered('---\nsponsor: APT\n|\n---\n');
      assert.ok(keys.includes('template') && !keys.includes('sponsor'));
      assert.equal(taken('---\nte|\n---\n', 'template'), '---\ntemplate: \n---\n');
      assert.equal(taken('---\nte|: x\n---\n', 'template'), '---\ntemplate: x\n---\n');
    });
    it('offers the values that a key may have', () => {
      assert.deepEqual(offered('---\ntemplate: |\n---\n', true), ['wtsa-contribution', 'study-group-contribution', 'resolution']);
      assert.equal(taken('---\nlanguage: e|n\n---\n', 'fr'), '---\nlanguage: fr\n---\n');
      assert.deepEqual(offered('---\nsponsor: |\n---\n{++x++}{@EUR} {++y++}{@APT}'), ['EUR', 'APT']);
      assert.deepEqual(offered('---\ntitle: |\n---\n'), []);
    });
    it('is silent while a value is written', () => assert.deepEqual(offered('---\nsponsor: Example |\n---\n', true), []));
    it('offers what a contact may have', () => {
      assert.deepEqual(offered('---\ncontacts:\n  - |\n---\n'), ['name', 'organization', 'country', 'email', 'telephone']);
      assert.deepEqual(offered('---\nabstract: >\n  |\n---\n'), []);
    });
    it('offers the texts of the workspace for base', async () => {
      const { document, offset } = cursor('---\nbase: |\n---\n');
      const found = await files(document, offset, 'file:///w/a/text.resolution', () => Promise.resolve(['file:///w/a/text.resolution', 'file:///w/a/in%20force.resolution', 'file:///w/b/old.resolution']));
      assert.deepEqual(found?.items.map(item => item.text), ['in force.resolution', '../b/old.resolution']);
    });
    it('not on its fences', () => {
      assert.deepEqual(offered('---|\nsponsor: APT\n---\n'), []);
      assert.deepEqual(offered('---\nsponsor: APT\n---\n\nrecall|'), ['recalling', 'recalling further']);
    });
  });

  it('in a table offers nothing by itself', () => assert.deepEqual(offered('| a | b | # |', true, '#'), []));

  it('replaces a stretch of the line that the cursor is in, and adds nothing inside of it, whatever the text', () => {
    fc.assert(fc.property(soup(25), fc.boolean(), (text, byItself) => {
      const document = parse(text);
      for (let offset = 0; offset <= text.length; offset++) {
        const offers = complete(document, offset, byItself);
        if (!offers) continue;
        assert.ok(offers.items.length && offers.start <= offset && offset <= offers.end);
        assert.doesNotMatch(text.slice(offers.start, offers.end), /[\r\n]/);
        assert.equal(new Set(offers.items.map(item => item.label)).size, offers.items.length);
        for (const { also } of offers.items) assert.ok(!also || also.at < offers.start || also.at > offers.end);
      }
    }), parameters(500));
  });
});
