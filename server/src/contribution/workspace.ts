/**
 * Several documents seen together: which text each of them modifies, and where a proposal stands. Told of every
 * change by its owner; reads no files by itself.
 */
import type { Document, Group, Placed } from '../markup/document';
import { frontMatter } from '../markup/frontMatter';
import { readProposal } from '../markup/classify';
import { memo } from '../markup/memo';
import { plainText } from '../markup/text';
import { placedAt } from './runs';
import { headKind } from './scopes';

/** Paths use `/`, or are URIs. */
export class Workspace {
  private readonly documents = new Map<string, Document>();

  get paths(): readonly string[] { return [...this.documents.keys()]; }
  get(path: string): Document | undefined { return this.documents.get(path); }
  /** Takes a document, or the next version of one. */
  set(path: string, document: Document): void { this.documents.set(path, document); }
  delete(path: string): void { this.documents.delete(path); }

  /** The path of the text that a document says it modifies (`base`); null where it names none. It need not exist. */
  baseOf(path: string): string | null {
    const document = this.documents.get(path), base = document && frontMatter(document).values.base;
    return base ? relativeTo(path, base) : null;
  }

  /** The documents that modify the text at `path`. */
  modifying(path: string): readonly string[] {
    return this.paths.filter(other => other !== path && this.baseOf(other) === path);
  }

  /** Where proposals with an identifier stand, in all documents. */
  proposals(identifier: string): readonly { readonly path: string; readonly placed: Placed }[] {
    return [...this.documents].flatMap(([path, document]) => document.groups.flatMap((group, g) =>
      headKind(group) === 'proposal' && identifierOf(group) === identifier ? [{ path, placed: placedAt(document, g, 0) }] : []));
  }
}

/** The identifier on a proposal's line in the final view; '' where it has none. */
export const identifierOf = memo((group: Group): string => {
  const [head] = group.blocks;
  return head!.final?.kind === 'proposal' ? readProposal(plainText(head!, 'final'))?.identifier ?? '' : '';
});

/** A path relative to the folder of another path, `.` and `..` followed; a path from the root stays as it is. */
export function relativeTo(path: string, target: string): string {
  if (/^(?:\/|[A-Za-z][A-Za-z+.-]*:)/.test(target)) return target;
  const parts = path.split('/').slice(0, -1);
  for (const part of target.replace(/\\/g, '/').split('/')) {
    if (part === '..' && parts.length && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
