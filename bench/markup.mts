/**
 * How fast a text is read, and read again after an edit, beside what else reads text in this run:
 *   npx tsx bench/markup.mts [FILE]
 * Prints medians and ratios; it passes no judgement. Without a file it reads a text that it makes up.
 */
import { readFileSync } from 'node:fs';
import MarkdownIt from 'markdown-it';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { grammarOf } from '../server/src/knowledge/grammar';
import { Document } from '../server/src/markup/document';
import { inline } from '../server/src/markup/inline';

const clause = (i: number) => `${String.fromCharCode(97 + i % 20)})\tthat paragraph ${i} says {++more than ++}what *recalling* a) said of Recommendation ITU-T Y.${4000 + i % 900}, and says it at some length;\n`;
const made = () => Array.from({ length: 60 }, (_, s) => `\nconsidering\n${Array.from({ length: 20 }, (_, i) => clause(s + i)).join('')}`).join('');
const file = process.argv[2];
const small = file ? readFileSync(file, 'utf8') : `RESOLUTION 1 (Geneva, 2022)\nA title\n${made()}`;

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;
function time(runs: number, run: (i: number) => unknown): number {
  const values: number[] = [];
  for (let i = 0; i < runs; i++) { const start = performance.now(); run(i); values.push(performance.now() - start); }
  return median(values);
}

for (const size of [100_000, 1_000_000, 10_000_000]) {
  const text = small.repeat(Math.ceil(size / small.length)).slice(0, size), megabytes = Buffer.byteLength(text) / 1e6, runs = size > 5e6 ? 7 : 25;
  const markdown = new MarkdownIt();
  const peer = time(Math.min(runs, 5), () => markdown.parse(text, {}));
  const blocks = time(runs, () => Document.parse(text, grammarOf));
  const all = time(runs, () => { for (const { block } of Document.parse(text, grammarOf).blocks()) inline(block); });
  let document = Document.parse(text, grammarOf);
  const middle = text.indexOf(' ', text.length >> 1);
  const edit = time(500, i => { document = document.edit(middle + i, middle + i, 'x'); return document.positionAt(middle + i); });
  const joined = TextDocument.create('file:///x', 'resolution', 1, text);
  const at = joined.positionAt(middle);
  const update = time(50, i => { TextDocument.update(joined, [{ range: { start: { ...at, character: at.character + i }, end: { ...at, character: at.character + i } }, text: 'x' }], i + 2); joined.positionAt(middle); });
  console.log(`${megabytes.toFixed(1)} MB: blocks ${(megabytes / blocks * 1e3).toFixed(0)} MB/s, with inline structure ${(megabytes / all * 1e3).toFixed(0)} MB/s; markdown-it ${(megabytes / peer * 1e3).toFixed(0)} MB/s (ratio ${(peer / all).toFixed(1)})`);
  console.log(`        one character typed: ${edit.toFixed(4)} ms; TextDocument alone ${update.toFixed(3)} ms (ratio ${(update / edit).toFixed(1)})`);
}
