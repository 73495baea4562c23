/**
 * How fast a long Word file is read and written, beside pandoc, and in how much memory (Linux):
 *   npx tsx bench/word.mts [FILE.docx]
 * Whole processes, turn by turn, several times; prints medians and ratios and passes no judgement. Without a file it is 200 pages with 5,000
 * changes. Pandoc reads to its own format, and writes from its Markdown as we do from ours; tracked rows, moves and exact labels are not in it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { grammarOf } from '../server/src/knowledge/grammar';
import { Document } from '../server/src/markup/document';
import { writeWord } from '../server/src/word/write';

const RUNS = 5, PAGES = 200, CHANGES = 25;

/** A page of some 3,000 characters with its changes. */
function page(p: number): string {
  const clause = (i: number) => `${String.fromCharCode(97 + i)})\tthat the networks of ${p} countries {++and of ${i} regions ++}are to be {~~built~>planned~~}{@EUR 2024-09-${10 + i}} as *recalling* a) of Resolution ${p + i} (Rev. Geneva, 2022) says, {--in a way--}{@ATU} which serves all who use them;\n`;
  return `\nrecalling\n${Array.from({ length: 8 }, (_, i) => clause(i)).join('')}\nresolves to instruct Study Group 20\n${Array.from({ length: 8 }, (_, i) => `${i + 1}\tto study what Recommendation ITU-T Y.${4000 + p + i} leaves open, and to tell the Assembly what was found in the course of it${i ? '' : ' {++soon++}{@RCC}'}, with all that belongs to it;\n`).join('')}`;
}

const folder = mkdtempSync(path.join(tmpdir(), 'resolute-bench-'));
const program = path.join(folder, 'cli.js');
await build({ entryPoints: ['server/src/cli/main.ts'], outfile: program, bundle: true, minify: true, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'], logLevel: 'error' });
let file = process.argv[2];
if (!file) {
  const text = `---\nsponsor: APT\ndate: 2024-09-22\n---\nRESOLUTION 1 (Geneva, 2022)\nA title\n${Array.from({ length: PAGES }, (_, p) => page(p)).join('')}`;
  writeFileSync(file = path.join(folder, 'long.docx'), (await writeWord(Document.parse(text, grammarOf), { view: 'marked' })).docx);
  console.log(`${PAGES} pages, ${PAGES * CHANGES} changes, ${(readFileSync(file).length / 1e6).toFixed(1)} MB`);
}

/** Milliseconds and megabytes of a process: its highest resident memory, looked at every few milliseconds. */
function measure(command: string, args: readonly string[]): Promise<{ time: number; memory: number }> {
  return new Promise((done, failed) => {
    const start = performance.now(), child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    let memory = 0;
    const timer = setInterval(() => { try { memory = Math.max(memory, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024); } catch { /* it has ended */ } }, 4);
    child.on('error', failed);
    child.on('exit', status => { clearInterval(timer); if (status) failed(new Error(`${command} ended with ${status}`)); else done({ time: performance.now() - start, memory }); });
  });
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const hasPandoc = spawnSync('pandoc', ['--version']).status === 0, [markup, markdown] = ['text.resolution', 'text.md'].map(name => path.join(folder, name)) as [string, string];
if (hasPandoc) await measure('pandoc', ['--from=docx', '--track-changes=all', file, '-o', markdown]);
else console.log('pandoc is not installed: no ratios');
await measure(process.execPath, [program, 'import', file, '-o', markup]);
const tasks: Record<string, readonly [string, readonly string[]]> = {
  'resolute reads': [process.execPath, [program, 'import', file]],
  ...hasPandoc && { 'pandoc reads': ['pandoc', ['--from=docx', '--to=native', '--track-changes=all', file]] },
  'resolute writes': [process.execPath, [program, 'word', markup, '-o', path.join(folder, 'ours.docx')]],
  ...hasPandoc && { 'pandoc writes': ['pandoc', [markdown, '-o', path.join(folder, 'theirs.docx')]] },
};
const results: Record<string, { time: number; memory: number }[]> = {};
// Turn by turn, so that a busy machine is busy for both.
for (let i = 0; i < RUNS; i++) for (const [task, [command, args]] of Object.entries(tasks)) (results[task] ??= []).push(await measure(command, args));
const of = (task: string) => { const runs = results[task]!; return { time: median(runs.map(({ time }) => time)), memory: median(runs.map(({ memory }) => memory)) }; };
for (const task of Object.keys(tasks)) console.log(`${task}: ${of(task).time.toFixed(0)} ms, ${of(task).memory.toFixed(0)} MB`);
for (const what of hasPandoc ? ['reads', 'writes'] : []) {
  const ours = of(`resolute ${what}`), theirs = of(`pandoc ${what}`);
  console.log(`resolute ${what} ${(theirs.time / ours.time).toFixed(1)} times as fast, in ${(ours.memory / theirs.memory).toFixed(2)} of the memory`);
}
rmSync(folder, { recursive: true });
