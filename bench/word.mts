/**
 * How fast a long Word file is read, beside pandoc, and in how much memory (Linux):
 *   npx tsx bench/word.mts [FILE.docx]
 * Whole processes, one after the other, several times; prints medians and ratios and passes no judgement. Without a file it writes 200 pages
 * with 5,000 changes. Pandoc reads them to its own format; tracked rows, moves and exact labels are not in what it gives.
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
const peers: Record<string, readonly [string, readonly string[]]> = { resolute: [process.execPath, [program, 'import', file]] };
if (spawnSync('pandoc', ['--version']).status === 0) peers['pandoc'] = ['pandoc', ['--from=docx', '--to=native', '--track-changes=all', file]];
const results: Record<string, { time: number; memory: number }[]> = {};
// Turn by turn, so that a busy machine is busy for both.
for (let i = 0; i < RUNS; i++) for (const [name, [command, args]] of Object.entries(peers)) (results[name] ??= []).push(await measure(command, args));
const medians = Object.fromEntries(Object.entries(results).map(([name, runs]) => [name, { time: median(runs.map(({ time }) => time)), memory: median(runs.map(({ memory }) => memory)) }]));
for (const [name, { time, memory }] of Object.entries(medians)) console.log(`${name}: ${time.toFixed(0)} ms, ${memory.toFixed(0)} MB`);
const ours = medians['resolute']!, theirs = medians['pandoc'];
if (theirs) console.log(`ratio: ${(theirs.time / ours.time).toFixed(1)} times as fast, ${(ours.memory / theirs.memory).toFixed(2)} of the memory`);
else console.log('pandoc is not installed: no ratio');
rmSync(folder, { recursive: true });
