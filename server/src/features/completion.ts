/**
 * textDocument/completion: what may stand at the cursor. Offered only where it makes sense: in the middle of prose
 * nothing comes up by itself. Looks at the line, its group and the headings of its text, so the size of a document
 * does not matter; the words that explain an item are looked up when somebody stops at it (completionItem/resolve).
 */
import { CompletionTriggerKind, InsertTextFormat, InsertTextMode, MarkupKind, type CompletionItem, type CompletionList } from 'vscode-languageserver';
import type { Document } from '../markup/document';
import { rangeOf } from './documents';
import type { Feature } from './feature';
import { aboutKnown, type Known } from './known';
import { plain } from './markdown';
import { recommendations, resolutions } from './offers/cited';
import { footnotes } from './offers/footnotes';
import { files, inFrontMatter, isInFrontMatter } from './offers/frontMatter';
import { marks } from './offers/marks';
import { lineAt, type Offer, type Offerer, type Offers } from './offers/offer';
import { clauses, sectionNames } from './offers/references';
import { startOfLine } from './offers/startOfLine';
import { terms } from './offers/terms';
import { mainView, placeAt, wordsIn } from './place';

export const completion: Feature = {
  capability: { completionProvider: { triggerCharacters: ['*', '[', '^', '{', '@', ' '], resolveProvider: true } },
  register(connection, context) {
    const { documents, workspace } = context;
    connection.onCompletion(async ({ textDocument: { uri }, position, context: asked }): Promise<CompletionList | null> => {
      const open = documents.get(uri);
      if (!open) return null;
      const { document, version } = open;
      const byItself = asked?.triggerKind === CompletionTriggerKind.TriggerCharacter;
      const snippets = context.client.textDocument?.completion?.completionItem?.snippetSupport ?? false;
      const offered = complete(document, document.offsetAt(position), byItself) ?? await files(document, document.offsetAt(position), uri, () => workspace.uris());
      if (!offered?.items.length) return null;
      const range = rangeOf(document, offered.start, offered.end);
      return {
        isIncomplete: offered.incomplete ?? false,
        items: offered.items.map((item, i): CompletionItem => ({
          label: item.label, kind: item.kind, sortText: String(i).padStart(4, '0'), filterText: item.filter ?? wordsOf(item),
          textEdit: { range, newText: snippets ? item.text : wordsOf(item) },
          ...(snippets && item.snippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
          ...(item.text.includes('\n') ? { insertTextMode: InsertTextMode.asIs } : {}), // a footnote begins in column 0
          ...(item.detail ? { detail: item.detail } : {}),
          ...(item.also ? { additionalTextEdits: [{ range: rangeOf(document, item.also.at, item.also.at), newText: item.also.text }] } : {}),
          ...(item.about ? { data: { uri, version, start: item.about.start } } : item.known ? { data: { known: item.known } } : {}),
        })),
      };
    });
    connection.onCompletionResolve(item => {
      const { uri, version, start, known } = (item.data ?? {}) as { uri?: string; version?: number; start?: number; known?: Known };
      if (known) return { ...item, documentation: { kind: MarkupKind.Markdown, value: aboutKnown(known) } };
      const open = uri === undefined ? undefined : documents.get(uri);
      // What has been typed since may have moved the block; then the item does without.
      const placed = open && open.version === version && start !== undefined ? open.document.blockAt(start) : null;
      return placed ? { ...item, documentation: { kind: MarkupKind.Markdown, value: plain(wordsIn(placed.block, mainView(placed.block))) } } : item;
    });
  },
};

/** The text without placeholders (`${1:words}`): the words stay. */
const wordsOf = ({ text, snippet }: Offer): string => snippet ? text.replace(/\$\{\d:([^}]*)\}/g, '$1') : text;

/** In the order in which they are asked; the first that knows something answers. */
const OFFERERS: readonly Offerer[] = [marks, footnotes, clauses, sectionNames, recommendations, resolutions, ({ document }, line, byItself) => startOfLine(document, line, byItself), terms];

/**
 * What may stand at an offset; null where nothing is offered.
 * @param byItself a sign was typed that may begin something; nobody has asked
 */
export function complete(document: Document, offset: number, byItself: boolean): Offers | null {
  const place = placeAt(document, offset);
  if (!place) return startOfLine(document, { start: 0, before: '', after: '' }, byItself);
  const line = lineAt(place);
  if (isInFrontMatter(place)) return inFrontMatter(place, line, byItself);
  if (line.before.startsWith('//')) return null;
  for (const offer of OFFERERS) {
    const offers = offer(place, line, byItself);
    if (offers?.items.length) return offers;
  }
  return null;
}
