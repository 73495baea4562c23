import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const folder = 'syntaxes/test';

describe('Grammar', () => {
  for (const file of readdirSync(folder).filter(f => f.endsWith('.resolution'))) {
    it(file.replace('.resolution', '').replaceAll('-', ' '), () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['node_modules/vscode-tmgrammar-test/dist/unit.js', `${folder}/${file}`], { encoding: 'utf8' });
      assert.equal(status, 0, stdout + stderr);
    });
  }
});
