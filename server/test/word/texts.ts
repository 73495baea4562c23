/** Texts to write: small ones by hand, real ones where they are at hand, generated ones that are patched together of everything there is. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { grammarOf } from '../../src/knowledge/grammar';
import type { View } from '../../src/markup/types';
import { Document } from '../../src/markup/document';
import { inline } from '../../src/markup/inline';
import { viewText } from '../../src/markup/views';
import { writeWord, type WordFile, type WordView } from '../../src/word/write';
import { normal } from './docx';

export const parse = (text: string): Document => Document.parse(text, grammarOf);
export const write = (text: string, view: WordView = 'marked'): Promise<WordFile> => writeWord(parse(text), { view });

const CORPUS = path.resolve('../shared/corpus/resolutions');

/** Real resolutions and proposals, by their file names; none, and a line on screen that says so, where they are not at hand. */
export function realTexts(): [string, string][] {
  if (!existsSync(CORPUS)) { console.log(`      real texts are left out: there is no folder ${path.relative('.', CORPUS)}`); return []; }
  return readdirSync(CORPUS).filter(name => name.endsWith('.resolution')).map(name => [name, readFileSync(path.join(CORPUS, name), 'utf8')]);
}

const word = fc.constantFrom('the', 'Union', 'ITU‑T', 'studies', 'Resolution 98', '[to be agreed]', 'développement', 'связь', '电信', '😀', 'x < y & "z"', '\\*', '*considering*', '**not**', 'of', 'all', 'soft\n  wrap');
const plain = fc.array(word, { minLength: 1, maxLength: 6 }).map(words => words.join(' '));
const attribute = fc.constantFrom('', '', '{@EUR}', '{@APT; EUR 2024-09-22}', '{@ARB 2024-09-22T10:30Z}');
const comment = fc.tuple(plain, attribute).map(([text, by]) => `{>>${text}<<}${by}`);

/** A part of a line, with or without a mark. */
const part: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: plain },
  { weight: 2, arbitrary: fc.tuple(plain, attribute).map(([text, by]) => `{++${text} ++}${by}`) },
  { weight: 2, arbitrary: fc.tuple(plain, attribute).map(([text, by]) => `{--${text} --}${by}`) },
  { weight: 2, arbitrary: fc.tuple(plain, plain, attribute).map(([old, now, by]) => `{~~${old}~>${now}~~}${by}`) },
  { weight: 1, arbitrary: fc.tuple(plain, plain, attribute).map(([now, old, by]) => `{++${now} {--${old}--}{@RCC} ++}${by}`) },
  { weight: 1, arbitrary: comment },
  { weight: 1, arbitrary: fc.tuple(comment, comment).map(pair => pair.join('')) },
  { weight: 1, arbitrary: fc.tuple(plain, comment).map(([text, said]) => `{==${text}==}${said}`) },
  { weight: 1, arbitrary: plain.map(text => `{==${text} {++and more++}==}`) },
);
const line = fc.array(part, { minLength: 1, maxLength: 4 }).map(parts => `that ${parts.join(' ')};`);

const label = fc.constantFrom('a)\t', '{~~b~>c~~})\t', '{++c)++}{--1--}\t', '1\t', '2 ', '1.1\t', 'i)\t', '–\t', '    a)\t', '        i)\t', '*b)* ', '3bis\t');
/** Lines that are of one kind whatever stands above them. */
const fixed = fc.constantFrom('# Introduction\n', '## 1.2\tMethods\n', 'recalling\n', 'resolves {++further ++}to instruct Study Group 20\n', 'RESOLUTION {~~97~>98~~} (Rev. Geneva, 2022)\nOn {++new ++}things\n(Geneva, 2022{++; Dubai, 2024++})\n',
  'ANNEX 1 (to Resolution 98 (Rev. Geneva, 2022))\nTitle of it\n', 'NOTE – that all;\n', 'MOD\tAPT/37A37/1\n', '_NOC_\tAPT/37A37/2\n', '\\a) no clause\n', '// not for export\n', '\n', 'The Plenipotentiary Conference (Dubai, 2018),\n', 'Reasons: none.\n');
const table = fc.array(fc.constantFrom('| a | {++b++} |\n', '{++| c | d |++}\n', '{--| e | f |--}\n', '| only |\n', '| {~~x~>y~~} | \\| |\n'), { minLength: 1, maxLength: 4 }).map(rows => `| Head | Of it |\n|---|---|\n${rows.join('')}`);
const tracked = (open: string, close: string) => fc.tuple(label, plain, attribute).filter(([marker, text]) => !/[{*]/.test(marker) && !text.includes('\n')).map(([marker, text, by]) => `${marker.match(/^ */)![0]}${open}${marker.trimStart()}that ${text};${close}${by}\n`);
const joining = fc.tuple(label, line, fc.constantFrom('{++¶++}', '{--¶--}', '{++¶++}{@EUR}'), line).map(([marker, above, end, below]) => `${marker}${above}${end}\n${below}\n`);

/** Lines of all kinds in any order, with changes in every place; every second text has front matter. */
export const patchwork: fc.Arbitrary<string> = fc.tuple(
  fc.constantFrom('', '---\nsponsor: APT\ndate: 2024-09-22\n---\n'),
  fc.array(fc.oneof(
    { weight: 4, arbitrary: fc.tuple(label, line).map(parts => `${parts.join('')}\n`) },
    { weight: 3, arbitrary: fixed },
    { weight: 1, arbitrary: table },
    { weight: 2, arbitrary: tracked('{++', '++}') }, { weight: 2, arbitrary: tracked('{--', '--}') },
    { weight: 1, arbitrary: joining },
    { weight: 1, arbitrary: line.map(text => `${text}\n`) },
    { weight: 1, arbitrary: line.map(text => `\n    ${text}\n`) },
  ), { minLength: 1, maxLength: 12 }),
  fc.array(fc.tuple(line, fc.constantFrom('[^#]', '{++[^#]++}', '{--[^#]--}'), line), { maxLength: 3 }),
).map(([front, blocks, notes]) => `${front}${blocks.join('')}\nwith notes\n${notes.map(([text, reference], i) => `${text}${reference.replace('#', `${i + 1}`)}\n`).join('')}${
  notes.map(([, reference, text], i) => `[^${i + 1}]: ${reference[2] === '+' ? `{++${unmarked(text)}++}` : text}\n`).join('')}`);

const unmarked = (text: string): string => text.replace(/\{[^}]*\}/g, '');

/**
 * The paragraphs that a view has by the markup alone: its clean text, read anew, without the signs of the markup. Word throws
 * a footnote away with its last reference, so a definition whose references are all gone is left out.
 */
export function expected(text: string, view: View): string[] {
  const document = parse(viewText(parse(text), view)), notes = new Map<string, string>();
  const used = new Set([...text.replace(/^(?:\{..)?\[\^[^\]]*\]:/gm, '').matchAll(/\[\^([^\]\s[]+)\]/g)].map(match => match[1]!));
  const lines: { note: string | null; text: string }[] = [];
  for (const { block } of document.blocks()) {
    const { final, source } = block;
    if (!final || ['front-matter', 'blank', 'drafter-note'].includes(final.kind)) continue;
    const note = final.kind === 'footnote' ? /\[\^(.*?)\]/.exec(source)![1]! : null;
    let now = '';
    const paragraphs: string[] = [];
    for (const { kind, start, end } of inline(block).pieces) {
      if (kind === 'paragraph-break') { paragraphs.push(now); now = ''; }
      else if (kind === 'escape') now += source[start + 1];
      else if (kind === 'soft-break' || kind === 'line-break' || kind === 'bar') now += ' ';
      else if (kind === 'footnote-reference' || kind === 'text') now += source.slice(start, end);
    }
    paragraphs.push(now);
    if (final.kind === 'table' && /^[\s:-]+$/.test(now)) continue;
    if (note && !notes.has(note)) notes.set(note, paragraphs.map(normal).join(' '));
    if (final.kind === 'proposal') paragraphs[0] = paragraphs[0]!.replace(/^_NOC_/, 'NOC');
    for (const paragraph of paragraphs) lines.push({ note, text: paragraph });
  }
  return lines.filter(({ note }) => !note || !used.has(note))
    .map(({ note, text: words }) => normal(`${note ? `${note} ` : ''}${words.replace(/\[\^([^\]\s[]+)\]/g, (reference, id: string) => notes.has(id) ? `⟦${notes.get(id)}⟧` : reference)}`)).filter(Boolean);
}
