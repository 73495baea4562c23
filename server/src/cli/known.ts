/** The catalogues that a command looks things up in: what is built in, and files that the user names. */
import { readFile } from 'node:fs/promises';
import { useCatalogues, type CatalogueFile } from '../knowledge/catalogue';
import { readCatalogue } from '../knowledge/readCatalogue';
import { Failure, type Command, type Options } from './command';

export const CATALOGUE = { catalogue: { type: 'string', multiple: true, about: '--catalogue FILE: look things up in this file too; can be given more than once' } } as const satisfies Command['options'];

/** Takes in the catalogues that the options name. Throws a `Failure` where one cannot be read or is none. */
export async function withCatalogues(options: Options): Promise<void> {
  const files = Array.isArray(options.catalogue) ? options.catalogue.map(String) : [];
  const read = await Promise.all(files.map(load));
  useCatalogues(read);
}

async function load(file: string): Promise<CatalogueFile> {
  const text = await readFile(file, 'utf8').catch(() => { throw new Failure(`${file} cannot be read: there is no such file`); });
  const { catalogue, problems } = readCatalogue(text);
  if (!catalogue) throw new Failure(`${file} is no catalogue: ${problems[0]!.message}`);
  return catalogue;
}
