import assert from 'node:assert/strict';
import { theProgram } from './program';

describe('resolute renumber', function () {
  this.timeout(60_000);
  const { run, write, read } = theProgram();

  const resolute = (args: readonly string[], input = '') => { const { status, stdout, stderr } = run(['renumber', ...args], input); return { status, stdout, stderr }; };
  const TEXT = 'RESOLUTION 1\nrecalling\na)\tone;\n{++b)\tnew;++}\nb)\ttwo,\nresolves\n1\tas *recalling* b) has it;\n2\tas *recalling* a) to b) have it.\n';
  const RIGHT = TEXT.replace('\nb)\ttwo', '\n{~~b~>c~~})\ttwo').replace('*recalling* b)', '*recalling* {~~b~>c~~})');

  it('prints the text with its labels right, and says what is left to decide', () => {
    const { status, stdout, stderr } = resolute(['-'], TEXT);
    assert.deepEqual([status, stdout], [0, RIGHT]);
    assert.match(stderr, /^-:8 {2}Between the ends of this range/);
    assert.equal(resolute(['-', '--strict'], TEXT).status, 1);
    assert.equal(resolute(['-', '--strict'], 'recalling\na)\tone,\n').status, 0);
  });

  it('changes nothing in a dry run', () => {
    write('a.resolution', TEXT);
    assert.deepEqual(resolute(['a.resolution', '--dry-run']).stdout.split('\n').slice(0, 2), ['a.resolution:5  label      b → {~~b~>c~~}', 'a.resolution:7  reference  b → {~~b~>c~~}']);
    const { edits, review } = JSON.parse(resolute(['a.resolution', '--dry-run', '--json']).stdout) as { edits: object[]; review: { line: number; message: string }[] };
    assert.deepEqual(edits, [{ line: 5, column: 1, endLine: 5, endColumn: 2, newText: '{~~b~>c~~}' }, { line: 7, column: 18, endLine: 7, endColumn: 19, newText: '{~~b~>c~~}' }]);
    assert.deepEqual(review.map(({ line }) => line), [8]);
    assert.equal(read('a.resolution'), TEXT);
    assert.deepEqual(resolute(['a.resolution', '-w']), { status: 0, stdout: '', stderr: `a.resolution:8  ${review[0]!.message}\n` });
    assert.equal(read('a.resolution'), RIGHT);
  });

  it('knows three schemes, and whose the changes are', () => {
    assert.equal(resolute(['-', '--scheme', 'insert'], TEXT).stdout, TEXT.replace('{++b)', '{++a)bis'));
    assert.match(resolute(['-', '--scheme', 'sequential', '--author', 'EUR', '--date', '2024-09-22'], TEXT).stdout, /\{~~b~>c~~\}\{@EUR 2024-09-22\}\)\ttwo/);
    assert.deepEqual(resolute(['-', '--scheme', 'other'], TEXT), { status: 2, stdout: '', stderr: 'resolute: there is no scheme other; there are sequential, insert, assign\n' });
  });
});
