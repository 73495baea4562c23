/** Footnotes at the end of their instrument, labelled in order (markup, section 7). */
import type { Block } from './types';
import { inline } from './inline';
import { isFootnoteLabel, readings } from './formatBlock';

export interface Footnotes {
  /** The blocks in their new order, by index. */
  readonly order: readonly number[];
  /** The new label for a label that stands in a block (by index). */
  relabel(block: number, label: string): string;
}

interface Footnote { readonly block: number; readonly region: number; readonly label: string }

/**
 * The order of a document's blocks with each footnote at the end of the instrument, the reasons or the part of
 * the contribution that refers to it first, in the order of the references; footnotes that nothing refers to stay
 * where they belong, behind the others. Plain numbers count from 1 through the document, other labels are kept.
 * Null where a label is defined twice or not at all, and where a footnote is one in one view only: then
 * nothing can be told for sure.
 */
export function orderFootnotes(blocks: readonly Block[]): Footnotes | null {
  const labels = blocks.map(labelsIn), regions = regionsOf(blocks);
  const footnotes = new Map<string, Footnote[]>(), own = new Map<number, Footnote>();
  for (const [i, block] of blocks.entries()) {
    const kinds = readings(block).map(reading => reading.kind);
    if (!kinds.includes('footnote')) continue;
    const label = labels[i]!.shift();
    const tied = block.joinsInFinal || block.joinsInOriginal || blocks[i - 1]?.joinsInFinal || blocks[i - 1]?.joinsInOriginal;
    if (label === undefined || tied || kinds.some(kind => kind !== 'footnote')) return null;
    const footnote = { block: i, region: regions[i]!, label };
    const others = footnotes.get(label) ?? [];
    if (others.some(other => other.region === footnote.region)) return null;
    footnotes.set(label, [...others, footnote]);
    own.set(i, footnote);
  }
  const referred = (label: string, region: number): Footnote | undefined => {
    const found = footnotes.get(label) ?? [];
    return found.length === 1 ? found[0] : found.find(footnote => footnote.region === region);
  };
  const placed = new Map<number, Footnote[]>(), seen = new Set<Footnote>();
  const place = (footnote: Footnote, region: number): boolean => {
    if (seen.has(footnote)) return true;
    seen.add(footnote);
    placed.set(region, [...placed.get(region) ?? [], footnote]);
    return refer(footnote.block, region);
  };
  const refer = (block: number, region: number): boolean => labels[block]!.every(label => {
    const footnote = referred(label, regions[block]!);
    return footnote ? place(footnote, region) : false;
  });
  for (let i = 0; i < blocks.length; i++) if (!own.has(i) && !refer(i, regions[i]!)) return null;
  for (const footnote of own.values()) if (!place(footnote, footnote.region)) return null;
  const order: number[] = [], fresh = new Map<Footnote, string>();
  for (let i = 0, count = 0; i < blocks.length; i++) {
    if (!own.has(i)) order.push(i);
    if (i + 1 < blocks.length && regions[i + 1] === regions[i]) continue;
    const here = placed.get(regions[i]!) ?? [];
    if (here.length && [blocks[i], blocks[i + 1]].some((block, next) => !next && (block?.joinsInFinal || block?.joinsInOriginal))) return null;
    for (const footnote of here) {
      order.push(footnote.block);
      fresh.set(footnote, /^\d+$/.test(footnote.label) ? String(++count) : footnote.label);
    }
  }
  return {
    order,
    relabel: (block, label) => {
      const itself = own.get(block);
      const footnote = itself?.label === label ? itself : referred(label, regions[block]!);
      return (footnote && fresh.get(footnote)) ?? label;
    },
  };
}

const labelsIn = (block: Block): string[] => !block.source.includes('[^') ? [] : inline(block).pieces
  .filter(piece => isFootnoteLabel(piece, block.source)).map(piece => block.source.slice(piece.start + 2, block.source.indexOf(']', piece.start)));

/** For each block the number of the part it stands in: an instrument with its proposal, reasons, or what is under a `#` heading. */
function regionsOf(blocks: readonly Block[]): number[] {
  let region = 0, onlyProposal = false;
  return blocks.map(block => {
    const opens = (kind: string, level?: number) => readings(block).some(reading => reading.kind === kind && (level === undefined || reading.level === level));
    const instrument = opens('instrument'), proposal = opens('proposal');
    if (proposal || opens('heading', 1) || opens('reasons', 1) || (instrument && !onlyProposal)) region++;
    if (proposal) onlyProposal = true;
    else if (!opens('drafter-note')) onlyProposal = false;
    return region;
  });
}
