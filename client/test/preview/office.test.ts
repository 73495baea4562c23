/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { grammarOf } from '../../../server/src/knowledge/grammar';
import { Document } from '../../../server/src/markup/document';
import { writeWord } from '../../../server/src/word/write';
import { closeBrowser, stage } from './browser';
import { hasOffice, officePages } from './office';
import { arabic, long } from './texts';

/** A page's signs in no order, in small letters as capitals may be the style's: where lines of a row or a cell stand beside one another, two readers take them in different orders. */
const signs = (page: string): string => [...page.replace(/\s/g, '').replace(/\u2011/g, '-').toLowerCase()].sort().join('');
const ends = (page: string): string => page.trim().replace(/\s+/g, ' ').replace(/^(.{80}).*(.{80})$/, '“$1 … $2”');

describe('The pages of the Word page are those of LibreOffice', function () {
  this.timeout(180_000);
  before(function () {
    if (!hasOffice()) { console.log('      there is no LibreOffice or pdftotext here: the pages were not compared'); this.skip(); }
  });
  after(closeBrowser);

  it('the same words on each, footnotes and headers too', async () => {
    const folder = '../shared/corpus/resolutions', real = existsSync(folder) ? readdirSync(folder).map(name => `${folder}/${name}`) : [];
    if (!real.length) console.log(`      there is no folder ${folder}: real texts are left out`);
    const files = [...['contribution', 'draft-new-resolution', 'study-group', 'resolution-in-force'].map(name => `examples/${name}.resolution`), ...real];
    const texts = [...files.map(file => readFileSync(file, 'utf8')), long, arabic];
    const docs = await Promise.all(texts.map(text => writeWord(Document.parse(text, grammarOf), { view: 'marked' })));
    const theirs = officePages(docs.map(({ docx }) => docx)), stage_ = await stage();
    for (const [i, { docx, lines }] of docs.entries()) {
      await stage_.show({ docx, lines: [...lines] });
      const ours = await stage_.page.$$eval('.paper', papers => papers.map(paper => {
        const copy = paper.cloneNode(true) as HTMLElement;
        for (const sign of copy.querySelectorAll('.whole-paragraph')) sign.remove(); // the signs of tracked ends
        return copy.textContent;
      }));
      const name = files[i] ?? ['a long text', 'a text from right to left'][i - files.length]!;
      // Arabic letters come out of a PDF in other shapes.
      const read = texts[i] === arabic ? (page: string) => [...page.matchAll(/F\.\d+/g)].map(match => match[0]).sort().join(' ') : signs;
      assert.equal(ours.length, theirs[i]!.length, `${name}: the number of pages`);
      ours.forEach((page, p) => assert.ok(read(page) === read(theirs[i]![p]!), `${name}, page ${p + 1}: ${ends(page)}, and LibreOffice: ${ends(theirs[i]![p]!)}`));
      console.log(`      ${name}: ${ours.length} pages`);
    }
    await stage_.close();
  });
});
