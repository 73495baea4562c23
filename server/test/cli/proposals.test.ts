import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { theProgram } from './program';

describe('resolute, several proposals', function () {
  this.timeout(60_000);
  const EXAMPLES = path.join(__dirname, '../../../examples/proposals'), [APT, EUR, IAP] = ['apt', 'eur', 'iap'].map(name => path.join(EXAMPLES, `${name}.resolution`)) as [string, string, string];

  const { run, refuses, write, read } = theProgram();

  it('consolidate: writes the draft, and says what is left to decide', () => {
    const { status, stdout, stderr } = run(['consolidate', APT, EUR, IAP, '-o', 'draft.resolution']);
    assert.deepEqual([status, stdout], [0, '']);
    assert.match(read('draft.resolution'), /^RESOLUTION 150 \(Rev\. \{~~Geneva, 2022~>New Delhi, 2024~~\}\{@APT; EUR; IAP\}\)$/m);
    assert.deepEqual(stderr.trimEnd().split('\n').map(line => line.replace(/ .*/, '')), ['draft.resolution:21', 'draft.resolution:27', 'draft.resolution:40', 'draft.resolution:48']);
  });
  it('consolidate: the same whatever the order, as JSON, and with a status that scripts see', () => {
    const { status, stdout } = run(['consolidate', '--json', '--strict', APT, EUR, IAP]), other = run(['consolidate', '--json', IAP, APT, EUR]);
    assert.deepEqual([status, other.status], [1, 0]);
    assert.equal(stdout, other.stdout);
    const { text, review } = JSON.parse(stdout) as { text: string; review: { kind: string; line: number; authors: string[] }[] };
    assert.equal(text, read('draft.resolution'));
    assert.deepEqual(review.map(({ kind, line, authors }) => [kind, line, authors.join()]), [['conflict', 21, 'APT,EUR'], ['near-duplicate', 27, 'APT,EUR'], ['conflict', 40, 'APT,EUR'], ['conflict', 48, 'EUR,IAP']]);
  });
  it('consolidate: brings a draft up to date and leaves what was decided', () => {
    write('decided.resolution', read('draft.resolution').replace('{++and security ++}{@EUR 2024-09-21}', ''));
    const revised = write('iap-rev.resolution', readFileSync(IAP, 'utf8').replace('to organize a workshop', 'to organize two workshops'));
    const { status, stdout } = run(['consolidate', APT, EUR, revised, '--update', 'decided.resolution', '--was', APT, '--was', EUR, '--was', IAP]);
    assert.equal(status, 0);
    assert.match(stdout, /two workshops/);
    assert.doesNotMatch(stdout, /and security \+\+/);
    refuses(['consolidate', APT, '--update', 'decided.resolution'], /--was is missing/);
  });
  it('side-by-side: for Word, and as a page', () => {
    assert.equal(run(['side-by-side', APT, EUR, IAP, '-o', 'table.docx', '--with-base', '--paper', 'A3']).status, 0);
    assert.match(read('table.docx'), /^PK/);
    assert.equal(run(['side-by-side', EUR, APT, '-o', 'table.html']).status, 0);
    assert.match(read('table.html'), /European Conference.*Asia-Pacific/s);
  });
  it('say why they cannot', () => {
    const nothing = write('nothing.resolution', '# Introduction\nNothing.\n');
    for (const [args, why] of [
      [['consolidate'], /files are missing/], [['consolidate', nothing], /none of these texts proposes to change a text in force/], [['side-by-side', APT], /-o OUT\.docx or -o OUT\.html is missing/],
      [['side-by-side', APT, '-o', 'x.docx', '--paper', 'A5'], /--paper is A4 or A3, not A5/], [['consolidate', 'gone.resolution'], /gone\.resolution cannot be read/],
    ] as const) refuses(args, why);
  });
});
