/** What the parts of a Word file refer to. */
import type { Package } from './package';
import { readXml } from './xml';

export interface Relationship { readonly id: string; readonly type: string; readonly target: string; readonly external: boolean }

/** What a part refers to ('' for the package itself), by its ids; targets inside the file as paths in it. */
export function relationships(file: Package, part: string): Map<string, Relationship> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1), path = `${folder}_rels/${part.slice(folder.length)}.rels`, found = new Map<string, Relationship>();
  if (!file.has(path)) return found;
  readXml(file, path, {
    open: (name, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode }) => {
      if (!name.endsWith('Relationship')) return;
      const external = mode === 'External';
      found.set(id, { id, type: type.slice(type.lastIndexOf('/') + 1), target: external ? target : resolved(folder, target), external });
    },
    close: () => {},
  });
  return found;
}

/** A path relative to a folder, or from the top where it begins with a slash. */
function resolved(folder: string, target: string): string {
  const steps: string[] = [];
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') steps.pop();
    else if (step && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

/** The part of that kind; null where there is none. */
export const targetOf = (found: ReadonlyMap<string, Relationship>, type: string): string | null => [...found.values()].find(relationship => relationship.type === type && !relationship.external)?.target ?? null;
