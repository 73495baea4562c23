/**
 * textDocument/completion: what may stand at the cursor. Offered only where it makes sense: in the middle of prose
 * nothing comes up by itself. Looks at the block, its group and the heads of its text, never through a whole document
 * of clauses; texts that explain an item are looked up when it is picked out (completionItem/resolve).
 */
import { CompletionTriggerKind, InsertTextFormat, MarkupKind, type CompletionItem, type CompletionList } from 'vscode-languageserver';
import type { Document } from '../markup/document';
import { rangeOf } from './documents';
import type { Feature } from './feature';
import { plain } from './markdown';
import { footnotes } from './offers/footnotes';
import { files, inFrontMatter, isInFrontMatter } from './offers/frontMatter';
import { marks } from './offers/marks';
import { lineAt, type Offerer, type Offers } from './offers/offer';
import { clauses, sectionNames } from './offers/references';
import { startOfLine } from './offers/startOfLine';
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
        isIncomplete: false,
        items: offered.items.map((item, i): CompletionItem => ({
          label: item.label, kind: item.kind, sortText: String(i).padStart(4, '0'), filterText: item.filter ?? item.text.replace(PLACEHOLDER, '$1'),
          textEdit: { range, newText: snippets && item.snippet ? item.text : item.text.replace(PLACEHOLDER, '$1') },
          ...(snippets && item.snippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
          ...(item.detail ? { detail: item.detail } : {}),
          ...(item.also ? { additionalTextEdits: [{ range: rangeOf(document, item.also.at, item.also.at), newText: item.also.text }] } : {}),
          ...(item.about ? { data: { uri, version, start: item.about.start } } : {}),
        })),
      };
    });
    connection.onCompletionResolve(item => {
      const { uri, version, start } = (item.data ?? {}) as { uri?: string; version?: number; start?: number };
      const open = uri === undefined ? undefined : documents.get(uri);
      // What has been typed since may have moved the block; then the item does without.
      const placed = open && open.version === version && start !== undefined ? open.document.blockAt(start) : null;
      return placed ? { ...item, documentation: { kind: MarkupKind.Markdown, value: plain(wordsIn(placed.block, mainView(placed.block))) } } : item;
    });
  },
};

/** `$1` and `${1:words}`, for an editor that knows no placeholders: the words stay. */
const PLACEHOLDER = /\$(?:\{\d:([^}]*)\}|\d)/g;

/** In the order in which they are asked; the first that knows something answers. */
const OFFERERS: readonly Offerer[] = [marks, footnotes, clauses, sectionNames, ({ document }, line, byItself) => startOfLine(document, line, byItself)];

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
    if (offers) return offers;
  }
  return null;
}
