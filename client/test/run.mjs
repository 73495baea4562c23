// `npm test`: everything from a fresh copy to the totals. `npm test unit grammar` runs just the suites of these names.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureInstalled, npm, root } from './installed.mjs';

// With --exit, as a test that failed may leave a server behind, which would keep the run from ending.
const mocha = (...files) => ['node_modules/mocha/bin/mocha.js', '--forbid-only', '--exit', ...files];
const suites = [
  { name: 'unit', title: 'The language, without an editor', run: mocha('server/test/**/*.test.ts') },
  { name: 'grammar', title: 'Colouring', run: mocha('client/test/grammar.test.ts', 'syntaxes/test/*.test.ts') },
  { name: 'preview', title: 'The Word page', run: mocha('client/test/preview/**/*.test.ts') },
  { name: 'extension', title: 'The extension, inside VS Code', run: ['client/test/extension.mjs'] },
  { name: 'ui', title: 'The packaged extension, as its user sees it', run: mocha('client/test/ui/**/*.test.{ts,mjs}') },
];
const wanted = process.argv.slice(2);
const unknown = wanted.filter(name => !suites.some(suite => suite.name === name));
if (unknown.length) {
  console.error(`There is no suite ${unknown.join(', ')}; there are ${suites.map(suite => suite.name).join(', ')}.`);
  process.exit(2);
}

const heading = text => console.log(`\n=== ${text} ===\n`);
const node = (args, env = {}) => spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } }).status;

ensureInstalled();
const totals = { passed: 0, failed: 0, skipped: 0 };
const troubles = [];
for (const [title, script] of [['Types', 'typecheck'], ['Build and package', 'package']]) {
  heading(title);
  if (npm('run', '--silent', script) !== 0) troubles.push(`${title}: failed`);
}

const reports = mkdtempSync(path.join(tmpdir(), 'resolute-reports-'));
for (const { name, title, run } of suites) {
  if (wanted.length && !wanted.includes(name)) continue;
  heading(title);
  const file = path.join(reports, name);
  const status = node(run, { RESOLUTE_REPORT: file });
  // The status alone says too little: an extension host that is killed counts as a success to VS Code.
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  if (!report) troubles.push(`${title}: no result, as there is no test or the run was cut short`);
  else if (report.passed + report.failed === 0) troubles.push(`${title}: ran no test`);
  else if (status !== 0 && report.failed === 0) troubles.push(`${title}: ended with ${status}, though its tests passed`);
  for (const key of Object.keys(totals)) totals[key] += report?.[key] ?? 0;
}
rmSync(reports, { recursive: true });

heading('Totals');
for (const trouble of troubles) console.log(trouble);
totals.failed += troubles.length;
console.log(`${totals.passed} passed, ${totals.failed} failed${totals.skipped ? `, ${totals.skipped} skipped` : ''}`);
process.exitCode = totals.failed ? 1 : 0;
