/** The command line's entry: finds the command, reads its options, sets the exit status. */
import { parseArgs } from 'node:util';
import { version } from '../../../package.json';
import { accept, reject } from './accept';
import { attribute } from './attribute';
import { catalogue } from './catalogue';
import { changes } from './changes';
import { check } from './check';
import { cite } from './cite';
import { Failure, type Command } from './command';
import { compare } from './compare';
import { consolidate } from './consolidate';
import { format } from './format';
import { importWord } from './import';
import { lsp } from './lsp';
import { outline } from './outline';
import { propose } from './propose';
import { renumber } from './renumber';
import { sideBySide } from './sideBySide';
import { tidy } from './tidy';
import { view } from './view';
import { word } from './word';

const commands: readonly Command[] = [check, format, outline, view, word, changes, accept, reject, attribute, compare, propose, sideBySide, consolidate, renumber, importWord, tidy, cite, catalogue, lsp];

async function main([name, ...rest]: readonly string[]): Promise<number> {
  switch (name) {
    case undefined: process.stderr.write(overview()); return 2;
    case '--version': process.stdout.write(`${version}\n`); return 0;
    case '--help': case '-h': process.stdout.write(overview()); return 0;
    case 'help': process.stdout.write(rest[0] === undefined ? overview() : help(find(rest[0]))); return 0;
  }
  const command = find(name);
  const { values, positionals } = options(command, rest);
  if (values.help) { process.stdout.write(help(command)); return 0; }
  return command.run(positionals, values);
}

function find(name: string): Command {
  const command = commands.find(command => command.name === name);
  if (!command) throw new Failure(`there is no command “${name}”; there are ${commands.map(({ name }) => name).join(', ')}`);
  return command;
}

function options(command: Command, args: string[]) {
  try {
    return parseArgs({ args, options: { ...command.options, help: { type: 'boolean', short: 'h' } }, allowPositionals: true });
  } catch (error) {
    // The first sentence says what is wrong; what follows is for programmers.
    throw new Failure(`${(error as Error).message.split(/\. |\n/)[0]!.replace(/\.$/, '')}; see resolute help ${command.name}`);
  }
}

function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return ['Usage: resolute COMMAND …', '', ...commands.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`), '',
    'resolute help COMMAND says more. FILE may be - for standard input.',
    'Exit status: 0 done, 1 a check found something, 2 it could not run.', ''].join('\n');
}

const help = ({ name, usage, about, options }: Command): string =>
  [`Usage: resolute ${name} ${usage}`, '', about, ...(Object.keys(options).length ? [''] : []), ...Object.values(options).map(option => `  ${option.about}`), ''].join('\n');

// A reader that goes away (`resolute check FILE | head`) is no failure.
process.stdout.on('error', error => { if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error; });
main(process.argv.slice(2)).then(status => { process.exitCode = status; }, (error: unknown) => {
  process.stderr.write(`resolute: ${error instanceof Failure ? error.message : `something went wrong that should not: ${String(error)}`}\n`);
  process.exitCode = 2;
});
