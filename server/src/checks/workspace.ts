/** What can be seen only where several documents lie side by side. */
import { contentEnd } from '../markup/inline';
import { identifierOf, type Workspace } from '../contribution/workspace';
import { headKind } from '../contribution/scopes';
import { placedAt } from '../contribution/runs';
import type { Finding } from './types';

/** Proposals of a document whose identifier another document uses too; two versions of one contribution may well do so. */
export function workspaceFindings(workspace: Workspace, path: string): readonly Finding[] {
  const document = workspace.get(path);
  return !document ? [] : document.groups.flatMap((group, g): Finding[] => {
    const identifier = headKind(group) === 'proposal' ? identifierOf(group) : '';
    const others = identifier ? [...new Set(workspace.proposals(identifier).map(other => other.path).filter(other => other !== path))] : [];
    if (!others.length) return [];
    const placed = placedAt(document, g, 0);
    return [{
      code: 'proposal-elsewhere', severity: 'information', placed, start: 0, end: contentEnd(placed.block.source), related: [], fixes: [],
      message: `${identifier} is also the name of a proposal in ${others.map(other => other.slice(other.lastIndexOf('/') + 1)).join(', ')}.`,
    }];
  });
}
