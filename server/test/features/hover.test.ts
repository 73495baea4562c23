import assert from 'node:assert/strict';
import fc from 'fast-check';
import { explain } from '../../src/features/hover';
import { parameters, soup } from '../soup';
import { cursor, parse } from './cursor';

const FRONT = '---\nsponsor: APT\ndate: 2024-09-22\n---\n';
const RESOLUTION = 'RESOLUTION 98 (Rev. {~~Geneva, 2022~>New Delhi, 2024~~})\nThings and cities\n\n';
const BASE = 'RESOLUTION 97 (Geneva, 2022)\nOther\n\nrecalling\na)\twhat another text says;\n\nRESOLUTION 98 (Rev. Geneva, 2022)\nThings and cities\n\nrecalling\na)\tthe first text in force;\nb)\tthe second text in force,\n\nresolves\n1\tto act:\n    a)\tat once;\n    b)\tlater.\n';

/** What is shown where the cursor is, and the words it is shown about. */
async function shown(marked: string, base?: string): Promise<[string, string] | null> {
  const { text, offset, document } = cursor(marked);
  const found = await explain(document, offset, () => Promise.resolve(base === undefined ? null : parse(base)));
  return found && [found.markdown, text.slice(found.start, found.end)];
}

describe('pointing at', () => {
  describe('a cross-reference', () => {
    it('shows the clause it points to', async () => {
      assert.deepEqual(await shown(`${RESOLUTION}recalling\na)\tthe first;\nb)\tthe *second*,\n\nresolves\n1\tto act on *recalling* |b) above.`),
        ['**recalling b)**  \nthe second,', 'b)']);
    });
    it('shows what the clause was where that differs', async () => {
      assert.deepEqual(await shown(`${RESOLUTION}recalling\na)\tthe {~~first~>very first~~},\n\nresolves\n1\tto act on *recalling* a|) above.`),
        ['**recalling a)**  \nthe very first,\n\nText in force: the first,', 'a)']);
    });
    it('follows the label of the final view in a tracked reference, and the old one where it is pointed at', async () => {
      const text = (reference: string) => `${RESOLUTION}recalling\n{--a)\tthe old;--}\n{~~b~>a~~})\tthe second,\n\nresolves\n1\tto act on *recalling* ${reference} above.`;
      assert.match((await shown(text('{~~b)~>|a)~~}')))![0], /^\*\*recalling a\)\*\* {2}\nthe second,/);
      assert.match((await shown(text('{~~|b)~>a)~~}')))![0], /^\*\*recalling a\)\*\* {2}\nthe second,/);
    });
    it('shows a few clauses of a long range', async () => {
      const [markdown] = (await shown(`${RESOLUTION}recalling\n${[...'abcdefg'].map(letter => `${letter})\tclause ${letter};\n`).join('')}\nresolves\n1\tto act on *recalling* a) to |g) above.`))!;
      assert.match(markdown, /clause b;[^]*clause e;\n\n\*and 2 more\*$/);
    });
    it('shows the section where it names no clause', async () => {
      assert.deepEqual(await shown(`${RESOLUTION}recalling\na)\tthe first;\nb)\tthe second,\n\nresolves\n1\tto act on *re|calling* b) above.`),
        ['*recalling*  \na) the first;  \nb) the second,', 'recalling']);
    });
    it('is silent about a clause of another text', async () => {
      assert.equal(await shown(`${RESOLUTION}recalling\na)\tthe first,\n\nresolves\n1\tto act on *recalling* |a) of Resolution 97.`), null);
    });
  });

  it('a footnote sign shows the footnote', async () => {
    assert.deepEqual(await shown(`${RESOLUTION}resolves\n1\tto act[^|1].\n[^1]: In {++due ++}time.`), ['Footnote 1  \nIn due time.\n\nText in force: In time.', '[^1]']);
    assert.deepEqual(await shown(`${RESOLUTION}resolves\n1\tto act[^2|].\n[^1]: In time.`), ['Footnote 2 has no text yet.', '[^2]']);
  });

  describe('a change', () => {
    it('shows whose it is, from when, and what was there before', async () => {
      assert.deepEqual(await shown('that {~~few~>m|any~~}{@EUR 2024-10-02} libraries'), ['**Replaced** – EUR, 2 October 2024\n\nBefore: few  \nAfter: many', '{~~few~>many~~}{@EUR 2024-10-02}']);
    });
    it('belongs to the sponsor where nothing else is said', async () => {
      assert.deepEqual(await shown(`${FRONT}that {++v|ery ++}few`), ['**New** – APT, 22 September 2024\n\nBefore: that few  \nAfter: that very few', '{++very ++}']);
    });
    it('shows it at its attribute too', async () => {
      assert.match((await shown('that {--very --}{@APT; EU|R} few'))![0], /^\*\*Deleted\*\* – APT; EUR\n/);
    });
    it('shows both where one stands inside the other', async () => {
      assert.match((await shown('that {++very {--v|ery --}{@EUR}++}{@APT} few'))![0], /^\*\*Deleted\*\* – EUR[^]*\*\*New\*\* – APT/);
    });
    it('names a move and a joined paragraph', async () => {
      assert.match((await shown('{--a)\tt|ext;--}{@APT 2024-09-22 #m1}'))![0], /^\*\*Moved from here\*\* – APT, 22 September 2024$/);
      assert.match((await shown('the one{--|¶--}\nthe other'))![0], /^\*\*Joined with the next paragraph\*\*/);
    });
    it('shows a comment, also at the words it is about', async () => {
      assert.deepEqual(await shown('that {==few==}{>>Ho|w many?<<}{@EUR} libraries'), ['**Comment** – EUR\n\nHow many?', '{>>How many?<<}{@EUR}']);
      assert.match((await shown('that {==f|ew==}{>>How many?<<}{@EUR}{>>Ten.<<} libraries'))![0], /^\*\*Commented text\*\*\n\nHow many\?  \nTen\.$/);
    });
  });

  it('a proposal line shows what its symbol says', async () => {
    assert.match((await shown('MO|D\tAPT/37A37/1'))![0], /^\*\*MOD\*\* – Change\n\nThe text in force is amended/);
    assert.match((await shown('_NO|C_\tAPT/37A37/1'))![0], /^\*\*NOC, underlined\*\* – Keep unchanged/);
  });

  it('a key of the front matter shows what it means', async () => {
    assert.deepEqual(await shown('---\nsponsor: A|PT\n---\n'), ['Short name to which tracked changes belong: `APT`, `EUR`, `IAP`, `ATU`, `ARB`, `RCC`, or a country.', 'sponsor']);
    assert.equal(await shown('---\nmood: g|ood\n---\n'), null);
  });

  describe('what has its like in the text in force', () => {
    it('a label shows the address and the clause in force', async () => {
      assert.deepEqual(await shown(`${RESOLUTION}recalling\na)\tthe first;\n{++b)\ta new one;++}\n{~~b~>c|~~})\tthe second,`, BASE).then(found => found![0].split('\n\n---\n\n')[0]),
        '**recalling c)**\n\nIn the text in force, **RESOLUTION 98 (Rev. Geneva, 2022) recalling b)**  \nthe second text in force,');
    });
    it('a label inside a list inside a list', async () => {
      assert.match((await shown(`${RESOLUTION}resolves\n1\tto act:\n    a)\tnow;\n    |b)\tlater.`, BASE))![0], /^\*\*resolves 1 b\)\*\*[^]*resolves 1 b\)\*\* {2}\nlater\.$/);
    });
    it('a new clause shows its address only', async () => {
      assert.deepEqual((await shown(`${RESOLUTION}recalling\na)\tthe first;\n{++|b)\ta new one;++}`, BASE))![0].split('\n\n---\n\n')[0], '**recalling b)**');
    });
    it('a dash shows the like only where the words are the same', async () => {
      const base = 'RESOLUTION 98 (Geneva, 2022)\nThings\n\nresolves\n–\tto act;\n–\tto wait.\n';
      assert.deepEqual(await shown(`${RESOLUTION}resolves\n|–\tto wait {++long++}.`, base.replace('to wait.', 'to wait .')), ['In the text in force  \nto wait .', '–']);
      assert.equal(await shown(`${RESOLUTION}resolves\n|–\tto go.`, base), null);
    });
    it('a section heading shows what stands under it', async () => {
      assert.deepEqual(await shown(`${RESOLUTION}rec|alling\na)\tthe first;`, BASE), ['In the text in force:\n\n*recalling*  \na) the first text in force;  \nb) the second text in force,', 'recalling']);
      assert.equal(await shown(`${RESOLUTION}not|ing\na)\tthe first;`, BASE), null);
    });
  });

  it('plain words shows nothing', async () => {
    assert.equal(await shown('that libraries are o|pen'), null);
    assert.equal(await shown('|'), null);
  });

  it('shows signs of Markdown as they are', async () => {
    assert.match((await shown(`${RESOLUTION}recalling\na)\t<b>1 * 2</b> [x](y) \\_z\\_,\n\nresolves\n1\tto act on *recalling* |a) above.`))![0], /\\<b\\>1 \\\* 2\\<\/b\\> \\\[x\\\]\(y\) \\_z\\_,/);
  });

  it('shows something that holds the cursor, or nothing, whatever the text', () => fc.assert(fc.asyncProperty(soup(25), soup(25), async (text, base) => {
    const document = parse(text), inForce = parse(base);
    for (let offset = 0; offset <= text.length; offset++) {
      const found = await explain(document, offset, () => Promise.resolve(inForce));
      if (found) assert.ok(found.markdown.trim() && found.start <= offset && offset <= found.end && found.end <= text.length);
    }
  }), parameters(300)));
});
