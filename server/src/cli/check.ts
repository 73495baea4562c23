import path from 'node:path';
import type { Document } from '../markup/document';
import { frontMatter } from '../markup/frontMatter';
import { findings, type Finding, type Severity } from '../checks';
import { emit, Failure, json, JSON_OUTPUT, OUTPUT, read, table, type Command, type Input } from './command';

/** The worst first. */
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

export const check: Command = {
  name: 'check',
  usage: 'FILE… [--fail-on error|warning|information|hint] [--json] [-o FILE]',
  about: 'Say what looks wrong in texts.',
  options: {
    'fail-on': { type: 'string', about: '--fail-on SEVERITY: exit with 1 where something of that severity or worse is found (error, where nothing is said)' },
    ...JSON_OUTPUT, ...OUTPUT,
  },
  async run(files, options) {
    const least = SEVERITIES.findIndex(severity => severity === (options['fail-on'] ?? 'error'));
    if (least < 0) throw new Failure(`--fail-on is one of ${SEVERITIES.join(', ')}, not ${String(options['fail-on'])}`);
    if (!files.length) throw new Failure('a file is missing; - stands for standard input');
    const found: { input: Input; finding: Finding }[] = [];
    for (const file of files) {
      const input = await read(file);
      for (const finding of findings(input.document, { base: await inForce(input) })) found.push({ input, finding });
    }
    const places = found.map(place);
    await emit(options.json ? json(places) : table(places.map(({ file, line, column, severity, message, code }) => [`${file}:${line}:${column}`, severity, code, message])), options);
    return places.some(({ severity }) => SEVERITIES.indexOf(severity) <= least) ? 1 : 0;
  },
};

/** The text in force that a file names, its path beginning at the file's folder: undefined where there is none to read as markup, null where it is not there. */
async function inForce({ file, document }: Input): Promise<Document | null | undefined> {
  const { base } = frontMatter(document).values, target = base && path.resolve(file === '-' ? '.' : path.dirname(file), base);
  if (!target || /\.docx?$/i.test(target) || target === path.resolve(file)) return undefined;
  return read(target).then(input => input.document, () => null);
}

/** A finding as JSON: lines and columns from 1, in UTF-16 units, the end exclusive. */
function place({ input: { file, document }, finding: { placed, start, end, severity, code, message, fixes } }: { input: Input; finding: Finding }) {
  const from = document.positionAt(placed.start + start), to = document.positionAt(placed.start + end);
  return {
    file, line: from.line + 1, column: from.character + 1, endLine: to.line + 1, endColumn: to.character + 1,
    severity, code, message, fixes: fixes.map(({ title }) => title),
  };
}
