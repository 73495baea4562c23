import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { change, gone, paragraph, run, wordFile } from './readFiles';

describe('resolute import, resolute tidy', function () {
  this.timeout(60_000);
  let folder = '', program = '';
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'resolute-read-'));
    program = path.join(folder, 'cli.js');
    await build({ entryPoints: ['server/src/cli/main.ts'], outfile: program, bundle: true, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'], logLevel: 'error' });
    for (const name of ['one', 'two']) writeFileSync(path.join(folder, `${name}.docx`), wordFile({ body: paragraph(run(`${name} `) + change('del', gone('old')) + change('ins', run('new')) + '<w:r><w:rPr><w:vanish/></w:rPr><w:t> x</w:t></w:r>') }));
    writeFileSync(path.join(folder, 'old.docx'), new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]));
    writeFileSync(path.join(folder, 'pdf.txt'), 'recalling\na)that all;\n\n1\n\fb)\n\nthat more; resolves\n1) to go\n');
    writeFileSync(path.join(folder, 'word.html'), '<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><p class=MsoNormal>a) H<sub>2</sub>O <ins cite="mailto:Bo">new</ins><o:p></o:p></p></body></html>');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const resolute = (args: readonly string[], input?: Uint8Array) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: folder, ...input && { input } });
    return { status, stdout: stdout.toString(), stderr: stderr.toString() };
  };
  const TEXT = 'one {~~old~>new~~}{@Ana 2024-09-22T10:30Z} x\n', HIDDEN = 'Hidden text was taken over as text like any other.';

  it('prints the text, and what was simplified on standard error', () => {
    assert.deepEqual(resolute(['import', 'one.docx']), { status: 0, stdout: TEXT, stderr: `one.docx: “one oldnew x”: ${HIDDEN}\n` });
    assert.equal(resolute(['import', '-'], readFileSync(path.join(folder, 'one.docx'))).stdout, TEXT);
  });
  it('prints both as JSON', () => assert.deepEqual(JSON.parse(resolute(['import', 'one.docx', '--json']).stdout), { text: TEXT, simplified: [{ paragraph: 'one oldnew x', what: HIDDEN }] }));
  it('writes several into a folder', () => {
    assert.equal(resolute(['import', 'one.docx', 'two.docx', '-o', 'texts']).status, 0);
    assert.equal(readFileSync(path.join(folder, 'texts/one.resolution'), 'utf8'), TEXT);
    assert.match(readFileSync(path.join(folder, 'texts/two.resolution'), 'utf8'), /^two /);
    assert.match(resolute(['import', 'one.docx', 'two.docx']).stderr, /^resolute: 2 files need a folder/);
  });
  it('says why a file cannot be read', () => {
    const { status, stdout, stderr } = resolute(['import', 'old.docx']);
    assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
    assert.match(stderr, /^resolute: old\.docx: The file is in the old \.doc format[^\n]*\n$/);
    assert.match(resolute(['import', 'none.docx']).stderr, /there is no such file/);
  });
  it('tidies a text, a glued heading too', () => {
    const clean = 'recalling\na)\tthat all;\nb)\tthat more;\n\nresolves\n1\tto go\n';
    assert.deepEqual(resolute(['tidy', 'pdf.txt']), { status: 0, stdout: clean, stderr: '' });
    assert.equal(resolute(['tidy', '-w', 'pdf.txt']).status, 0);
    assert.equal(readFileSync(path.join(folder, 'pdf.txt'), 'utf8'), clean);
  });
  it('refuses HTML without text, and leaves the file', () => {
    const html = '<html><body><p> </p></body></html>', file = path.join(folder, 'empty.html');
    writeFileSync(file, html);
    const { status, stdout, stderr } = resolute(['tidy', '-w', 'empty.html']);
    assert.deepEqual({ status, stdout, now: readFileSync(file, 'utf8') }, { status: 2, stdout: '', now: html });
    assert.match(stderr, /there is no text in this HTML/);
  });
  it('tidies HTML of a word processor: its changes are marks', () => assert.deepEqual(resolute(['tidy', 'word.html']),
    { status: 0, stdout: 'a)\tH2O {++new++}{@Bo}\n', stderr: '“a) H2O new”: Raised or lowered signs stand on the line.\n' }));
});
