/** Which groups belong to which proposal and which resolution, decision, recommendation or opinion. */
import type { Document, Group } from '../markup/document';
import type { BlockKind } from '../markup/types';
import { readProposal } from '../markup/classify';
import { memo } from '../markup/memo';
import { plainText } from '../markup/text';
import { runs, type Run } from './runs';

/**
 * A text of the document: an instrument with its annexes and reasons, or what stands outside of any (introduction,
 * rationale). The texts of a document follow each other without a gap. All numbers are indices of groups.
 */
export interface Text {
  /** Its groups are [start, end). */
  readonly start: number;
  readonly end: number;
  /** The line that proposes it (`MOD APT/37A37/1`), or -1. Two instruments behind one such line share it. */
  readonly proposal: number;
  /** The line that names it (`RESOLUTION 98 (…)`), or -1. */
  readonly instrument: number;
  /** Where its annexes and its reasons begin. */
  readonly annexes: readonly number[];
  readonly reasons: readonly number[];
  /** The groups themselves, one object for as long as none of them changes. */
  readonly run: Run;
}

/** What opens a group: the kind of its first block in the final view, or in the original one where it is not in that. */
export const headKind = (group: Group): BlockKind | undefined => (group.blocks[0]!.final ?? group.blocks[0]!.original)?.kind;

const runOf = runs();

/** The texts of a document, in order. A `#` heading ends a proposal (markup, section 3). */
export const texts = memo((document: Document): readonly Text[] => {
  const { groups } = document;
  const result: Text[] = [];
  let start = 0, proposal = -1, instrument = -1, annexes: number[] = [], reasons: number[] = [];
  const close = (end: number, next: { proposal: number; instrument: number }) => {
    if (end > start) result.push({ start, end, proposal, instrument, annexes, reasons, run: runOf(groups, start, end) });
    ({ proposal, instrument } = next);
    start = end;
    annexes = [];
    reasons = [];
  };
  for (let g = 0; g < groups.length; g++) {
    switch (headKind(groups[g]!)) {
      case 'heading': if (isTop(groups[g]!) && (proposal >= 0 || instrument >= 0)) close(g, { proposal: -1, instrument: -1 }); break;
      case 'proposal': close(g, { proposal: g, instrument: -1 }); break;
      case 'instrument': if (instrument >= 0 || proposal < 0) close(g, { proposal, instrument: g }); else instrument = g; break;
      case 'annex': annexes.push(g); break;
      case 'reasons': reasons.push(g); break;
    }
  }
  close(groups.length, { proposal: -1, instrument: -1 });
  return result;
});

const isTop = (group: Group): boolean => (group.blocks[0]!.final ?? group.blocks[0]!.original)!.level === 1;

/** Whether a group may begin a text: a proposal, an instrument, a `#` heading. */
export function opensText(group: Group): boolean {
  const kind = headKind(group);
  return kind === 'proposal' || kind === 'instrument' || (kind === 'heading' && isTop(group));
}

/** The text that a group belongs to. */
export function textOf(document: Document, g: number): Text {
  const all = texts(document);
  let low = 0, high = all.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (all[middle]!.start <= g) low = middle; else high = middle - 1;
  }
  return all[low]!;
}

/** The identifier on a proposal's line in the final view; '' where it has none. */
export const identifierOf = memo((group: Group): string => {
  const [head] = group.blocks;
  return head!.final?.kind === 'proposal' ? readProposal(plainText(head!, 'final'))?.identifier ?? '' : '';
});
