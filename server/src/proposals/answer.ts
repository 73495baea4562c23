/** What an editor is given when it asks for a draft or a table: everything from texts to results, for a thread of its own. */
import { grammarOf } from '../knowledge/grammar';
import { Document } from '../markup/document';
import { consolidate, type Review } from './consolidate';
import { family } from './family';
import { htmlTable } from './htmlTable';
import { update } from './update';
import type { Printing } from './wordTable';

/** Texts with the names by which messages call them. */
export interface Named { readonly name: string; readonly text: string }

export interface ProposalsRequest {
  readonly proposals: readonly Named[];
  /** The text in force; null for what most of the proposals start from. */
  readonly base: Named | null;
  /** `update`: brings `draft` up to date, which was made of the proposals as they were. */
  readonly make: { readonly of: 'draft' } | { readonly of: 'update'; readonly draft: string; readonly was: readonly Named[] } | ({ readonly of: 'docx' | 'html' } & Printing);
}
export type ProposalsAnswer = { readonly text: string; readonly review: readonly Review[] } | { readonly docx: Uint8Array } | { readonly html: string } | { readonly problem: string };

const NOTHING = 'None of these texts proposes to change a text in force, or a new one: there is no line such as “RESOLUTION 98 (Rev. Geneva, 2022)”.';

/** Makes what is asked for; `problem` says, for the user, why there is nothing in common. */
export async function answer({ proposals, base, make }: ProposalsRequest): Promise<ProposalsAnswer> {
  const source = ({ name, text }: Named) => ({ name, document: Document.parse(text, grammarOf) });
  const found = family(proposals.map(source), base && source(base));
  if (!found?.proposals.length) return { problem: NOTHING };
  switch (make.of) {
    case 'draft': return consolidate(found);
    case 'update': {
      const before = family(make.was.map(source), base && source(base));
      return before?.proposals.length ? update(Document.parse(make.draft, grammarOf), consolidate(before), consolidate(found)) : { problem: NOTHING };
    }
    case 'html': return { html: htmlTable(found, make) };
    case 'docx': return { docx: await (await import('./wordTable')).wordTable(found, make) };
  }
}
