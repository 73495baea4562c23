// @ts-check
// Runs client/test/suite inside VS Code's extension host: in the VS Code of host/, or, with RESOLUTE_VSCODE=download, in the desktop build,
// which @vscode/test-electron downloads. The folder that is open is a copy of examples/.
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './installed.mjs';

const suite = path.join(root, '.vscode-test/suite');
rmSync(suite, { recursive: true, force: true });
await build({
  entryPoints: [path.join(root, 'client/test/suite/*.ts')], outdir: suite, bundle: true, platform: 'node', format: 'cjs', target: 'node20',
  mainFields: ['module', 'main'], external: ['vscode', 'mocha'], sourcemap: 'inline', logLevel: 'warning',
});

const temporary = mkdtempSync(path.join(tmpdir(), 'resolute-suite-'));
const folder = path.join(temporary, 'examples');
process.once('exit', () => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 }));
cpSync(path.join(root, 'examples'), folder, { recursive: true });
try {
  process.exitCode = await runTests({
    ...process.env.RESOLUTE_VSCODE === 'download' ? {} : { vscodeExecutablePath: path.join(root, 'client/test/host/code.mjs') },
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(suite, 'run.js'),
    extensionTestsEnv: { RESOLUTE_REPORTER: path.join(root, 'client/test/report.cjs') },
    launchArgs: [folder, '--disable-extensions', `--user-data-dir=${path.join(temporary, 'profile')}`],
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
