import type { Group } from '../markup/document';
import { readProposal } from '../markup/classify';
import { contentEnd } from '../markup/inline';
import { memo } from '../markup/memo';
import { plainText } from '../markup/text';
import { symbolOf } from '../knowledge/symbols';
import { headKind, identifierOf, texts } from '../contribution/scopes';
import { isTracked } from '../changes/status';
import type { FoundAt, Rule } from './types';

/** A proposal's line as it is in the final view; null where it is not in that. */
export const proposal = memo((group: Group) => {
  const [head] = group.blocks;
  return head!.final ? { symbol: readProposal(plainText(head!, 'final'))?.symbol ?? '', identifier: identifierOf(group), end: contentEnd(head!.source) } : null;
});

/** Two proposals with one identifier. */
export const duplicateProposal: Rule = {
  code: 'duplicate-proposal', severity: 'error', looksAt: 'document',
  run: document => {
    const first = new Map<string, number>(), found: FoundAt[] = [];
    for (const { proposal: g, start } of texts(document)) {
      const line = g === start ? proposal(document.groups[g]!) : null;
      if (!line?.identifier) continue;
      const before = first.get(line.identifier);
      if (before === undefined) { first.set(line.identifier, g); continue; }
      found.push({
        group: g, index: 0, start: 0, end: line.end, message: `Another proposal of this document is already called ${line.identifier}. The last number counts the proposals.`,
        related: [{ group: before, index: 0, start: 0, end: proposal(document.groups[before]!)!.end, message: `The first ${line.identifier}.` }],
      });
    }
    return found;
  },
};

/** A symbol that says that the text is changed, and a text that is not. */
export const unchangedProposal: Rule = {
  code: 'unchanged-proposal', severity: 'warning', looksAt: 'text',
  run: run => {
    const line = headKind(run[0]!) === 'proposal' ? proposal(run[0]!) : null;
    if (!line || symbolOf(line.symbol)?.text !== 'changed' || !run.some(group => headKind(group) === 'instrument')) return [];
    // Reasons are the sponsor's own words; changes in them are none of the text in force.
    if (run.some(group => headKind(group) !== 'reasons' && isTracked(group))) return [];
    return [{ group: 0, index: 0, start: 0, end: line.end, message: `${line.symbol} says that the text in force is changed, but nothing in this text is marked as inserted or deleted.` }];
  },
};
