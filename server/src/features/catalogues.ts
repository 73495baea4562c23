/**
 * Catalogues in the open folders (`*.catalogue.json`): what they know is known too, from the first text that is
 * opened on. When one of them changes, all texts are read anew, as what was found in them may be no longer so.
 */
import { useCatalogues } from '../knowledge/catalogue';
import { readCatalogue } from '../knowledge/readCatalogue';
import type { Feature } from './feature';
import { CATALOGUE_FILE } from './workspace';

export const catalogues: Feature = {
  capability: {},
  register(_, { documents, workspace }) {
    let asked = false, any = false;
    const load = async (): Promise<void> => {
      const texts = await Promise.all((await workspace.list(CATALOGUE_FILE)).map(uri => workspace.text(uri)));
      const files = texts.flatMap(text => text === null ? [] : readCatalogue(text).catalogue ?? []);
      if (!files.length && !any) return;
      any = files.length > 0;
      useCatalogues(files);
      documents.readAgain();
      workspace.readAgain();
    };
    documents.onChange(() => { if (!asked) { asked = true; void load(); } });
    workspace.onChange(uri => { if (asked && uri?.endsWith(CATALOGUE_FILE)) void load(); });
  },
};
