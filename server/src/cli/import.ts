import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ReadWord } from '../word/read';
import { emit, Failure, json, JSON_OUTPUT, OUTPUT, readBytes, replace, type Command } from './command';

export const importWord: Command = {
  name: 'import',
  usage: 'FILE… [-o FILE | -o FOLDER] [--json]',
  about: 'Read Word files: every change with its author, every comment and footnote.',
  options: {
    output: { ...OUTPUT.output, about: '-o, --output FILE: write the text there; of several files, a folder that takes one text each' },
    json: { ...JSON_OUTPUT.json, about: '--json: print the text and what was simplified, by the words that its paragraph begins with' },
  },
  async run(files, options) {
    if (!files.length) throw new Failure('a Word file is missing; - stands for standard input');
    if (files.length > 1 && (options.json || typeof options.output !== 'string')) throw new Failure(`${files.length} files need a folder for their texts: -o FOLDER${options.json ? ', and no --json' : ''}`);
    for (const file of files) {
      const { text, report } = await open(file);
      if (options.json) { await emit(json({ text, simplified: report.map(({ message, paragraph }) => ({ paragraph, what: message })) }), options); continue; }
      for (const { message, paragraph } of report) process.stderr.write(`${file}: ${paragraph && `“${paragraph}”: `}${message}\n`);
      if (files.length === 1) { await emit(text, options); continue; }
      const folder = options.output as string;
      await mkdir(folder, { recursive: true }).catch(() => { throw new Failure(`${folder} is no folder, and ${files.length} files need one`); });
      await replace(path.join(folder, `${path.basename(file).replace(/\.docx$/i, '')}.resolution`), text);
    }
    return 0;
  },
};

async function open(file: string): Promise<ReadWord> {
  // Loaded when needed: the other commands do without.
  const bytes = await readBytes(file), { readWord, UnreadableWord } = await import('../word/read');
  try {
    return readWord(bytes);
  } catch (error) {
    throw error instanceof UnreadableWord ? new Failure(`${file}: ${error.message}`) : error;
  }
}
