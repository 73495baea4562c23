// Builds everything that ships into dist/.
//   node build.mjs           for users: small, no source maps
//   node build.mjs --dev     readable, with source maps
//   node build.mjs --watch   the same, anew at every change, until Ctrl+C
import { context } from 'esbuild';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const watch = process.argv.includes('--watch');
const dev = watch || process.argv.includes('--dev');

// `module` before `main`: some packages' CommonJS build loads its parts in a way that no bundler can follow.
const node = { platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'] };
const browser = { platform: 'browser', format: 'iife', target: 'chrome128' }; // the browser inside VS Code 1.97

const bundles = [
  { from: 'server/src/node.ts', to: 'server', ...node },
  { from: 'server/src/worker.ts', to: 'worker', ...node },
  { from: 'server/src/cli/main.ts', to: 'cli', ...node, banner: { js: '#!/usr/bin/env node' } },
  { from: 'client/src/extension.ts', to: 'client', ...node, external: ['vscode'] },
  { from: 'client/src/preview/page/page.ts', to: 'page', ...browser }, // and page.css, from the style sheets it imports
];

const packages = new Set();
for (const { from, to, ...options } of bundles) {
  const bundle = await context({
    entryPoints: { [to]: from }, outdir: 'dist', bundle: true, minify: !dev, sourcemap: dev,
    legalComments: 'none', metafile: true, logLevel: 'warning', ...options,
  });
  const { metafile } = await bundle.rebuild().catch(() => process.exit(1)); // it has said why
  for (const input of Object.keys(metafile.inputs)) packages.add(/^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(input)?.[0]);
  console.log(`dist/${to}.js ${Math.round(metafile.outputs[`dist/${to}.js`].bytes / 1024)} KB`);
  await (watch ? bundle.watch() : bundle.dispose());
}
packages.delete(undefined); // our own files are in no package
writeFileSync('dist/licences.txt', [...packages].sort().map(licence).join('\n\n'));
chmodSync('dist/cli.js', 0o755);

/** What a package's licence obliges us to hand on with its code: its name and its licence texts. */
function licence(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder).filter(file => /^(licen[cs]e|notice)/i.test(file));
  return [`${name} ${version} (${license})`, ...texts.map(file => readFileSync(path.join(folder, file), 'utf8').trim())].join('\n\n');
}
