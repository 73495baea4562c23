import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { languages } from '../../server/data/grammar.json';

// The colours know a language's words from patterns of their own; the parser knows them from the table. Every word of the table must be in the patterns.
describe('The colours know the words of', () => {
  for (const [language, words] of Object.entries(languages)) {
    it(language, () => {
      const comma = language === 'zh' ? '，' : language === 'ar' ? '،' : ',';
      const lines = [
        ...words.sections.map(word => [word, 'markup.heading']),
        ...words.assemblies.map(word => [`${word} (2022)${comma}`, 'meta.assembly']),
        ...words.instruments.map(word => [`${word} 98`, 'meta.instrument']),
        ...words.annexes.map(word => [word, 'meta.annex']),
        ...words.reasons.map(word => [`${word}: so`, 'keyword.other.reasons']),
        ...words.notes.map(word => [`${word} – so`, 'keyword.other.note']),
      ];
      // A drafter's note after each, so that none is taken for the title of the one before.
      const text = lines.map(([line, scope]) => `${line}\n// <- ${scope}.resolution\n// next`).join('\n');
      const folder = mkdtempSync(path.join(tmpdir(), 'resolute-words-'));
      try {
        const file = path.join(folder, `${language}.resolution`);
        writeFileSync(file, `// SYNTAX TEST "text.resolution" "${language}"\n${text}\n`);
        const { status, stdout, stderr } = spawnSync(process.execPath, ['node_modules/vscode-tmgrammar-test/dist/unit.js', '-g', 'syntaxes/resolution.tmLanguage.json', file], { encoding: 'utf8' });
        assert.equal(status, 0, stdout + stderr);
      } finally { rmSync(folder, { recursive: true, force: true }); }
    });
  }
});
