/** Public bibliographic records of ITU on a disk: YAML files in a folder or in a ZIP archive. Node only. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { unzipSync } from 'fflate';

/** Gives the records of ITU-T in a folder or an archive, wherever in it they lie, one after another. Throws where it is neither. */
export async function* records(source: string): AsyncGenerator<string> {
  const isFolder = (await stat(source).catch(() => { throw new Error(`${source} cannot be read: there is no such file or folder`); })).isDirectory();
  if (isFolder) {
    for (const file of (await readdir(source, { recursive: true })).sort()) if (isRecord(file)) yield await readFile(path.join(source, file), 'utf8');
    return;
  }
  let files: Record<string, Uint8Array>;
  try { files = unzipSync(await readFile(source), { filter: ({ name }) => isRecord(name) }); } catch { throw new Error(`${source} is neither a folder nor a ZIP archive`); }
  for (const name of Object.keys(files).sort()) yield new TextDecoder().decode(files[name]);
}

const isRecord = (name: string): boolean => /(?:^|[\\/])itu-t-[^\\/]*\.ya?ml$/.test(name);
