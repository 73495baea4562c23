/** The command line as it ships, bundled into a folder of its own, for the tests of one suite. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

class Program {
  /** Where it runs. */
  folder = '';
  /** The bundle. */
  file = '';

  /** Runs it in its folder. */
  readonly run = (args: readonly string[], input: string | Uint8Array = ''): { status: number | null; stdout: string; stderr: string; bytes: Uint8Array } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [this.file, ...args], { cwd: this.folder, input });
    return { status, stdout: stdout.toString(), stderr: stderr.toString(), bytes: new Uint8Array(stdout) };
  };
  /** It could not run: status 2, nothing on standard output, and one line that says why. */
  readonly refuses = (args: readonly string[], why: RegExp, input: string | Uint8Array = ''): void => {
    const { status, stdout, stderr } = this.run(args, input);
    assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
    assert.match(stderr, /^resolute: [^\n]+\n$/);
    assert.match(stderr, why);
  };
  readonly write = (name: string, text: string | Uint8Array): string => { writeFileSync(path.join(this.folder, name), text); return name; };
  readonly read = (name: string): string => readFileSync(path.join(this.folder, name), 'utf8');
}

/** To be called in a `describe`: it is there before the first test, and gone after the last. */
export function theProgram(): Program {
  const program = new Program();
  before(async () => {
    program.folder = mkdtempSync(path.join(tmpdir(), 'resolute-cli-'));
    program.file = path.join(program.folder, 'program', 'cli.js');
    await build({
      entryPoints: [path.join(__dirname, '../../src/cli/main.ts')], outfile: program.file, bundle: true, logLevel: 'warning',
      platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'], banner: { js: '#!/usr/bin/env node' },
    });
  });
  after(() => rmSync(program.folder, { recursive: true, force: true }));
  return program;
}
