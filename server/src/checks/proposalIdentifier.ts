import { readProposal } from '../markup/classify';
import { plainText } from '../markup/text';
import type { Rule } from './types';

const IDENTIFIER = /^[^\s/]+\/\d+(?:A\d+)?\/\d+(?:#\d+)?$/;

/** An identifier of a proposal that is not built as ITU builds them. */
export const proposalIdentifier: Rule = {
  code: 'proposal-identifier', severity: 'error', looksAt: 'block',
  run: block => {
    const view = block.final ? 'final' : 'original';
    if (block[view]?.kind !== 'proposal') return [];
    const identifier = readProposal(plainText(block, view))?.identifier ?? '';
    if (!identifier || IDENTIFIER.test(identifier)) return [];
    const at = block.source.indexOf(identifier), start = Math.max(at, 0), end = at < 0 ? block.source.trimEnd().length : at + identifier.length;
    return [{
      start, end,
      message: `“${identifier}” is no identifier of a proposal. It is made of the source, the document with its addendum, and the proposal's number: APT/37A37/1.`,
    }];
  },
};
