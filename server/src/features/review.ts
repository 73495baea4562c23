/** resolute/review and resolute/takeChoice: what is left to decide in a consolidated draft, section by section, and the edits of a decision. */
import { RequestType, type Range } from 'vscode-languageserver';
import type { Document, Placed } from '../markup/document';
import { whereabouts } from '../changes/status';
import { nameOf } from '../contribution/outline';
import { placedAt } from '../contribution/runs';
import { texts } from '../contribution/scopes';
import { decisions, type Choice, type Decision, type Kind } from '../proposals/decisions';
import type { VersionedEdits } from './decide';
import { rangeIn } from './documents';
import type { Feature } from './feature';
import { textEdits } from './formatting';
import { oneLine, readingOf } from './place';

/** One open question. `message`: who says what; with the line it is found again. */
export interface Question {
  readonly kind: Kind;
  /** Label and first words of the clause. */
  readonly name: string;
  readonly message: string;
  readonly authors: readonly string[];
  readonly range: Range;
  readonly choices: readonly Pick<Choice, 'title' | 'authors' | 'words'>[];
}
/** Questions under one heading; '' for what stands above the first one. */
export interface Questions { readonly name: string; readonly questions: readonly Question[] }

export const ReviewRequest = new RequestType<{ uri: string }, { version: number; sections: Questions[] } | null, void>('resolute/review');
/** No edits where that question is not asked any more; null for a text that is not open. */
export const TakeChoiceRequest = new RequestType<{ uri: string; message: string; line: number; title: string }, VersionedEdits | null, void>('resolute/takeChoice');

/** Names are cut here: they are read at a glance. */
const NAME = 60, WORDS = 300;

export const review: Feature = {
  capability: {},
  register(connection, { documents }) {
    connection.onRequest(ReviewRequest, ({ uri }) => {
      const open = documents.get(uri);
      return open ? { version: open.version, sections: questions(open.document) } : null;
    });
    connection.onRequest(TakeChoiceRequest, ({ uri, message, line, title }) => {
      const open = documents.get(uri), away = ({ placed }: { placed: Placed }) => Math.abs(placed.line - line);
      const [found] = open ? asked(open.document).filter(({ decision }) => decision.message === message).sort((a, b) => away(a) - away(b)) : [];
      const choice = found?.decision.choices().find(choice => choice.title === title);
      return open ? { version: open.version, edits: found && choice ? textEdits(open.document, choice.edits(open.document, found.placed)) : [] } : null;
    });
  },
};

const asked = (document: Document): { decision: Decision; placed: Placed }[] =>
  texts(document).flatMap(({ run, start }) => decisions(run).map(decision => ({ decision, placed: placedAt(document, start + decision.group, decision.index) })));

/** All that is left to decide, by the heading that it stands under. */
export function questions(document: Document): Questions[] {
  const sections: { name: string; questions: Question[] }[] = [];
  for (const { decision: { kind, message, start, end, choices }, placed } of asked(document)) {
    const { proposal, section } = whereabouts(document, placed), name = oneLine([proposal, section].filter(Boolean).join(' ')), { block } = placed, given = choices();
    if (sections.at(-1)?.name !== name) sections.push({ name, questions: [] });
    sections.at(-1)!.questions.push({
      kind, name: `${readingOf(block)?.label?.text ?? ''} ${oneLine(nameOf(block, NAME))}`.trim(), message, authors: [...new Set(given.flatMap(({ authors }) => authors))].sort(),
      range: rangeIn(document, placed, start, end), choices: given.map(({ title, authors, words }) => ({ title, authors, words: oneLine(words).slice(0, WORDS) })),
    });
  }
  return sections;
}
