/** What a command of the command line is, and what all commands share: reading, writing, tables. */
import { randomBytes } from 'node:crypto';
import { chmod, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { ParseArgsConfig } from 'node:util';
import { grammarOf } from '../knowledge/grammar';
import { Document } from '../markup/document';

/** One subcommand. A new one is a file beside this and a line in `main.ts`. */
export interface Command {
  readonly name: string;
  /** What follows the name: `FILE… [--json]`. */
  readonly usage: string;
  /** One line that says what it is for. */
  readonly about: string;
  readonly options: { readonly [name: string]: NonNullable<ParseArgsConfig['options']>[string] & { readonly about: string } };
  /** Does it and gives the exit status, 0 or 1. Throws a `Failure` where it cannot run. */
  run(files: readonly string[], options: Options): Promise<number>;
}

export type Options = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

export const OUTPUT = { output: { type: 'string', short: 'o', about: '-o, --output FILE: write the result there, not to standard output' } } as const satisfies Command['options'];
export const JSON_OUTPUT = { json: { type: 'boolean', about: '--json: print JSON; lines and columns count from 1' } } as const satisfies Command['options'];

/** Why a command could not run, and what to do: one line for the user. The exit status is 2. */
export class Failure extends Error {}

/** A text that was read: `-` is standard input. */
export interface Input {
  /** As the user wrote it; `-` for standard input. */
  readonly file: string;
  /** The byte order mark, or ''. It is no part of the document, and goes back in front of what is written. */
  readonly mark: string;
  readonly document: Document;
}

/** Reads a file as it is; `-` is standard input. Throws a `Failure` where it cannot be read. */
export const readBytes = (file: string): Promise<Buffer> => file === '-' ? standardInput() : readFile(file).catch(error => { throw unreadable(file, error); });

/** Reads a file. Throws a `Failure` where it cannot be read or is no text. */
export async function read(file: string): Promise<Input> {
  const bytes = await readBytes(file);
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04') throw new Failure(`${file} is a Word file or another archive, not a text`);
  const text = decode(file, bytes), mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  return { file, mark, document: Document.parse(text.slice(mark.length), grammarOf) };
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Failure(`${file} is not a text in UTF-8; save it as UTF-8 and try again`);
  }
}

/** The one input of a command that takes one. */
export function only(files: readonly string[]): string {
  if (files.length !== 1) throw new Failure(files.length ? `one file is expected, not ${files.length}: ${files.join(' ')}` : 'a file is missing; - stands for standard input');
  return files[0]!;
}

async function standardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Writes a result to the file that `--output` names, or to standard output. */
export async function emit(result: string | Uint8Array, { output }: Options): Promise<void> {
  if (typeof output === 'string' && output !== '-') return replace(output, result);
  await new Promise<void>((done, failed) => process.stdout.write(result, error => error && (error as NodeJS.ErrnoException).code !== 'EPIPE' ? failed(error) : done()));
}

/**
 * Writes a whole file or nothing: to a file beside it first, which then takes its name. A link stays a link and
 * a file keeps its permissions. What is no file (a device, a pipe) is written to as it is.
 */
export async function replace(file: string, content: string | Uint8Array): Promise<void> {
  try {
    const target = await realpath(file).catch(() => file), old = await stat(target).catch(() => null);
    if (old && !old.isFile()) return await writeFile(file, content);
    const beside = `${target}.${randomBytes(4).toString('hex')}.tmp`;
    try {
      await writeFile(beside, content, { mode: old ? old.mode : 0o666, flag: 'wx' });
      if (old) await chmod(beside, old.mode); // whatever the umask
      await rename(beside, target);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  } catch (error) {
    throw new Failure(`${file} cannot be written: ${reason(error)}`);
  }
}

const unreadable = (file: string, error: unknown): Failure => new Failure(`${file} cannot be read: ${reason(error)}`);

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT': return 'there is no such file or folder';
    case 'EISDIR': return 'it is a folder';
    case 'ENOTDIR': return 'a part of the path is no folder';
    case 'EACCES': case 'EPERM': return 'permission is denied';
    case 'ENOSPC': return 'the disk is full';
    default: return message;
  }
}

/** The rows with their columns aligned; the last one runs free. '' for no rows. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => { widths[i] = Math.max(widths[i] ?? 0, cell.length); });
  return rows.map(row => `${row.map((cell, i) => i === row.length - 1 ? cell : cell.padEnd(widths[i]!)).join('  ').trimEnd()}\n`).join('');
}

export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
