import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

describe('resolute, several proposals', function () {
  this.timeout(60_000);
  let folder = '', program = '';
  const EXAMPLES = path.join(__dirname, '../../../examples/proposals'), [APT, EUR, IAP] = ['apt', 'eur', 'iap'].map(name => path.join(EXAMPLES, `${name}.resolution`)) as [string, string, string];

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'resolute-cli-'));
    program = path.join(folder, 'program', 'cli.js');
    await build({ entryPoints: [path.join(__dirname, '../../src/cli/main.ts')], outfile: program, bundle: true, logLevel: 'warning', platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'] });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: folder });
    return { status, out: stdout.toString(), said: stderr.toString() };
  };
  const content = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

  it('consolidate: writes the draft, and says what is left to decide', () => {
    const { status, out, said } = run('consolidate', APT, EUR, IAP, '-o', 'draft.resolution');
    assert.deepEqual([status, out], [0, '']);
    assert.match(content('draft.resolution'), /^RESOLUTION 150 \(Rev\. \{~~Geneva, 2022~>New Delhi, 2024~~\}\{@APT; EUR; IAP\}\)$/m);
    assert.deepEqual(said.trimEnd().split('\n').map(line => line.replace(/ .*/, '')), ['draft.resolution:20', 'draft.resolution:27', 'draft.resolution:39', 'draft.resolution:47']);
  });
  it('consolidate: the same whatever the order, as JSON, and with a status that scripts see', () => {
    const { status, out } = run('consolidate', '--json', '--strict', APT, EUR, IAP), other = run('consolidate', '--json', IAP, APT, EUR);
    assert.deepEqual([status, other.status], [1, 0]);
    assert.equal(out, other.out);
    const { text, review } = JSON.parse(out) as { text: string; review: { kind: string; line: number; authors: string[] }[] };
    assert.equal(text, content('draft.resolution'));
    assert.deepEqual(review.map(({ kind, line, authors }) => [kind, line, authors.join()]), [['conflict', 20, 'APT,EUR'], ['near-duplicate', 27, 'APT,EUR'], ['conflict', 39, 'APT,EUR'], ['conflict', 47, 'EUR,IAP']]);
  });
  it('consolidate: brings a draft up to date and leaves what was decided', () => {
    writeFileSync(path.join(folder, 'decided.resolution'), content('draft.resolution').replace('{++and security ++}{@EUR 2024-09-21}', ''));
    const revised = path.join(folder, 'iap-rev.resolution');
    writeFileSync(revised, readFileSync(IAP, 'utf8').replace('to organize a workshop', 'to organize two workshops'));
    const { status, out } = run('consolidate', APT, EUR, revised, '--update', 'decided.resolution', '--was', APT, '--was', EUR, '--was', IAP);
    assert.equal(status, 0);
    assert.match(out, /two workshops/);
    assert.doesNotMatch(out, /and security \+\+/);
    assert.match(run('consolidate', APT, '--update', 'decided.resolution').said, /--was is missing/);
  });
  it('side-by-side: for Word, and as a page', () => {
    assert.equal(run('side-by-side', APT, EUR, IAP, '-o', 'table.docx', '--with-base', '--paper', 'A3').status, 0);
    assert.equal(readFileSync(path.join(folder, 'table.docx')).subarray(0, 2).toString(), 'PK');
    assert.equal(run('side-by-side', EUR, APT, '-o', 'table.html').status, 0);
    assert.match(content('table.html'), /European Conference.*Asia-Pacific/s);
  });
  it('say why they cannot', () => {
    const nothing = path.join(folder, 'nothing.resolution');
    writeFileSync(nothing, '# Introduction\nNothing.\n');
    for (const [args, why] of [
      [['consolidate'], /files are missing/], [['consolidate', nothing], /none of these texts proposes to change a text in force/], [['side-by-side', APT], /-o OUT\.docx or -o OUT\.html is missing/],
      [['side-by-side', APT, '-o', 'x.docx', '--paper', 'A5'], /--paper is A4 or A3, not A5/], [['consolidate', 'gone.resolution'], /gone\.resolution cannot be read/],
    ] as const) {
      const { status, said } = run(...args);
      assert.equal(status, 2);
      assert.match(said, /^resolute: [^\n]+\n$/);
      assert.match(said, why);
    }
  });
});
