/** Addresses of clauses (markup, section 4): `recognizing c)`, `resolves 2 a)`, `APT/37A37/1 recognizing b)`. */
import type { Document, Placed } from '../markup/document';
import type { View } from '../markup/types';
import { memo } from '../markup/memo';
import { readProposal } from '../markup/classify';
import { plainText } from '../markup/text';
import { placedAt, type Run } from './runs';
import { texts, textOf, type Text } from './scopes';
import { sections, stretchAt, type Clause } from './sections';

/** A clause's address by its labels in a view: the final one, or the original one where it is not in that. Null for what is no labelled clause. */
export function addressOf(document: Document, placed: Placed, view: View = placed.block.final ? 'final' : 'original'): string | null {
  const { run, start } = stretchAt(document.groups, placed.group);
  const clause = byPlace(run)[view].get(`${placed.group - start} ${placed.index}`);
  if (!clause || clause.label.kind === 'dash') return null;
  return [nameOf(document, textOf(document, placed.group)), local(clause)].filter(Boolean).join(' ');
}

/** The clauses that have an address, in either view; blanks and capitals make no difference. More than one where labels are given twice. */
export function findAddress(document: Document, address: string): readonly Placed[] {
  const wanted = normal(address), found: Placed[] = [];
  for (const text of texts(document)) {
    const name = normal(nameOf(document, text)), rest = name && wanted.startsWith(`${name} `) ? wanted.slice(name.length + 1) : wanted;
    for (let g = text.start; g < text.end;) {
      const { run } = stretchAt(document.groups, g);
      for (const place of byAddress(run).get(rest) ?? []) found.push(placedAt(document, g + place.group, place.index));
      g += run.length;
    }
  }
  return found;
}

/** What tells a text from the others of its document: its proposal, or its own name; '' where there is only one. */
function nameOf(document: Document, text: Text): string {
  if (!hasSeveral(document)) return '';
  const line = (g: number) => { const { block } = placedAt(document, g, 0); return plainText(block, block.final ? 'final' : 'original'); };
  return (text.proposal >= 0 ? readProposal(line(text.proposal))?.identifier : '') || (text.instrument >= 0 ? line(text.instrument) : '');
}

const hasSeveral = memo((document: Document): boolean => texts(document).filter(({ proposal, instrument }) => proposal >= 0 || instrument >= 0).length > 1);

const local = ({ head, path }: Clause): string => [head?.kind === 'section' || head?.kind === 'annex' ? head.phrase : '', ...path].filter(Boolean).join(' ');
const normal = (address: string): string => address.toLowerCase().replace(/[\s\u00a0]+/g, ' ').trim();

const byPlace = memo((run: Run): Readonly<Record<View, ReadonlyMap<string, Clause>>> => {
  const map = (view: View) => new Map(sections(run)[view].clauses.map(clause => [`${clause.group} ${clause.index}`, clause]));
  return { original: map('original'), final: map('final') };
});

const byAddress = memo((run: Run): ReadonlyMap<string, readonly Clause[]> => {
  const map = new Map<string, Clause[]>();
  const { final, original } = sections(run);
  for (const clause of [...final.clauses, ...original.clauses.filter(({ block }) => !block.final)]) {
    const address = normal(local(clause));
    map.set(address, [...map.get(address) ?? [], clause]);
  }
  return map;
});
