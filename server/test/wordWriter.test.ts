import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { WordWriter } from '../src/wordWriter';
import { write } from './word/texts';

describe('the thread that writes Word files', () => {
  let folder: string, writer: WordWriter;
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'resolute-'));
    await build({ entryPoints: { worker: 'server/src/worker.ts' }, outdir: folder, bundle: true, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'], logLevel: 'error' });
    // Stands in for a worker that dies of a text, and for one that never finishes with it.
    writeFileSync(path.join(folder, 'frail.js'), `require('node:worker_threads').parentPort.on('message', ({ text }) => { if (text === 'die') process.exit(1); if (text === 'never') for (;;); });\nrequire('./worker.js');`);
  });
  beforeEach(() => { writer = new WordWriter(path.join(folder, 'worker.js')); });
  afterEach(() => writer.dispose());
  after(() => rmSync(folder, { recursive: true }));

  const LONG = 'resolves\n' + '1\tto {++act++} on things;\n'.repeat(3000);

  it('writes what is written here', async () => {
    const text = 'a {++b++} c\n', file = await writer.write(text, 'marked'), same = await write(text);
    assert.deepEqual(file, same);
  });

  it('gives nothing for a text that a newer one has taken the place of, and goes on with the newer', async () => {
    const old = new AbortController(), older = new AbortController();
    const running = writer.write(LONG, 'marked', older.signal), waiting = writer.write('old\n', 'marked', old.signal);
    older.abort();
    old.abort();
    assert.equal(await running, null);
    assert.equal(await waiting, null);
    assert.ok((await writer.write('new\n', 'marked'))!.docx.length);
    assert.equal(await writer.write('late\n', 'marked', old.signal), null);
  });

  it('starts anew after a crash', async () => {
    writer = new WordWriter(path.join(folder, 'frail.js'));
    await assert.rejects(writer.write('die', 'marked'), /The Word file could not be written/);
    assert.ok((await writer.write('live\n', 'marked'))!.docx.length);
  });

  it('is ended where nobody waits for a file that takes too long', async () => {
    writer = new WordWriter(path.join(folder, 'frail.js'));
    const endless = new AbortController(), never = writer.write('never', 'marked', endless.signal);
    setTimeout(() => endless.abort(), 300);
    assert.equal(await never, null);
    assert.ok((await writer.write('live\n', 'marked'))!.docx.length);
  });

  it('leaves whoever types alone: a long text holds up nothing here', async () => {
    const writing = writer.write(LONG, 'marked');
    const start = performance.now();
    let longest = 0, last = start;
    const timer = setInterval(() => { longest = Math.max(longest, performance.now() - last); last = performance.now(); }, 5);
    await writing;
    clearInterval(timer);
    const whole = performance.now() - start;
    assert.ok(longest < whole / 2, `held up for ${Math.round(longest)} of ${Math.round(whole)} ms`);
  });
});
