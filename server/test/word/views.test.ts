import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contribution } from '../contributions';
import { parameters } from '../soup';
import { decided } from './docx';
import { ASTRAL, faultOf, FAULTS, hasLibreOffice, libreOfficeReads, spared } from './libreOffice';
import { hasPandoc, pandocReads } from './pandoc';
import { expected, patchwork, realTexts, write } from './texts';

describe('who accepts all changes in Word has the final view, who rejects them the original one', function () {
  this.timeout(60_000);
  /** Without the cover, which is in no view. */
  const uncovered = (text: string) => text.replace(/^---\n/, '---\ntemplate: resolution\n');
  async function agree(text: string): Promise<void> {
    const { docx } = await write(text);
    assert.deepEqual(decided(docx, true), expected(text, 'final'));
    assert.deepEqual(decided(docx, false), expected(text, 'original'));
  }

  it('of real texts', async () => { for (const [, text] of realTexts()) await agree(uncovered(text)); });
  it('of contributions', () => fc.assert(fc.asyncProperty(contribution, agree), parameters(40)));
  it('of texts with changes in every place', () => fc.assert(fc.asyncProperty(patchwork, agree), parameters(120)));

  it('as a clean file of that view has it', () => fc.assert(fc.asyncProperty(patchwork, async text => {
    assert.deepEqual(decided((await write(text, 'final')).docx, true), expected(text, 'final'));
    assert.deepEqual(decided((await write(text, 'original')).docx, true), expected(text, 'original'));
  }), parameters(40)));

  it('and pandoc thinks so too', async function () {
    if (!hasPandoc()) { console.log('      there is no pandoc here: the views were read by the tests’ own reader alone'); this.skip(); }
    console.log('      read by pandoc');
    // Where a paragraph's end goes, pandoc puts a blank.
    const bare = (paragraphs: readonly string[]) => paragraphs.map(text => text.replace(/ /g, ''));
    const agrees = async (text: string): Promise<void> => {
      const { docx } = await write(text);
      assert.deepEqual(bare(pandocReads(docx, true)), bare(expected(text, 'final')));
      assert.deepEqual(bare(pandocReads(docx, false)), bare(expected(text, 'original')));
    };
    for (const [, text] of realTexts()) await agrees(uncovered(text));
    await fc.assert(fc.asyncProperty(fc.oneof(contribution, patchwork), agrees), parameters(12));
  });

  it('and so does LibreOffice', async function () {
    this.timeout(0);
    if (!hasLibreOffice()) { console.log('      there is no LibreOffice here: it was not asked'); this.skip(); }
    const { numRuns, seed } = parameters(20);
    const texts = [...realTexts().map(([, text]) => text), ...fc.sample(fc.oneof(contribution, patchwork), { numRuns, ...(seed !== undefined && { seed }) })].map(uncovered);
    const files = await Promise.all(texts.map(async text => spared((await write(text)).docx))), faults = files.map(faultOf);
    const bare = (paragraphs: readonly string[]) => paragraphs.map(text => text.replace(/ /g, '').replace(ASTRAL, '★'));
    libreOfficeReads(files).forEach(({ accepted, rejected }, i) => {
      if (faults[i]) return;
      assert.deepEqual(bare(accepted), bare(expected(texts[i]!, 'final')), texts[i]);
      assert.deepEqual(bare(rejected), bare(expected(texts[i]!, 'original')), texts[i]);
    });
    console.log(`      ${files.length} files were read by LibreOffice`);
    for (const fault of new Set(faults)) if (fault) console.log(`      ${faults.filter(other => other === fault).length} of them are not compared: ${FAULTS[fault]}`);
  });
});
