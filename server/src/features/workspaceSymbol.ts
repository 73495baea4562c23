/** workspace/symbol: resolutions, sections and clauses of all texts of the workspace, by their words. */
import { SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver';
import type { Document, Group } from '../markup/document';
import type { Block, BlockKind } from '../markup/types';
import { memo } from '../markup/memo';
import { shorten } from '../markup/text';
import { labelIn } from '../contribution/outline';
import { placedAt } from '../contribution/runs';
import { breathe, type Feature } from './feature';
import { rangeOf } from './documents';
import { mainView, readingOf, wordsIn } from './place';
import { contentEnd } from '../markup/inline';

const KINDS: Partial<Record<BlockKind, SymbolKind>> = {
  instrument: SymbolKind.Class, title: SymbolKind.Class, section: SymbolKind.Enum, clause: SymbolKind.EnumMember, annex: SymbolKind.Module, heading: SymbolKind.Namespace,
};
/** More nobody reads; who does not find it types another word. */
const LIMIT = 300;
/** How many groups are looked through before waiting messages are let in. */
const STRIDE = 500;

export const workspaceSymbol: Feature = {
  capability: { workspaceSymbolProvider: true },
  register(connection, { workspace }) {
    connection.onWorkspaceSymbol(async ({ query }, token) => {
      const words = wordsOf(query), found: WorkspaceSymbol[] = [];
      for (const uri of await workspace.uris()) {
        if (await breathe(token)) return [];
        const document = await workspace.document(uri);
        if (!document) continue;
        for (let g = 0; g < document.groups.length && found.length < LIMIT; g++) {
          if (g % STRIDE === STRIDE - 1 && await breathe(token)) return [];
          found.push(...symbolsOf(document, g, words, uri));
        }
        if (found.length >= LIMIT) break;
      }
      return found.slice(0, LIMIT);
    });
  },
};

/** The words of a query: a symbol is found where it has the beginnings of all of them. */
export const wordsOf = (query: string): string[] => query.toLowerCase().split(/[\s\u00a0]+/).filter(Boolean);

interface Row { readonly index: number; readonly kind: SymbolKind; readonly name: string; readonly searched: string }

const rows = memo((group: Group): readonly Row[] => group.blocks.flatMap((block, index) => {
  const kind = KINDS[readingOf(block)?.kind ?? 'blank'];
  if (!kind) return [];
  const words = nameOf(block);
  return [{ index, kind, name: shorten(words, 100), searched: ` ${words.toLowerCase()}` }];
}));

const nameOf = (block: Block): string => `${labelIn(block, mainView(block)) ?? ''} ${wordsIn(block, mainView(block))}`.trim();

/** What group `g` has of these words. */
export function symbolsOf(document: Document, g: number, words: readonly string[], uri: string): WorkspaceSymbol[] {
  const container = nameOf(document.groups[g]!.blocks[0]!);
  return rows(document.groups[g]!).filter(row => words.every(word => row.searched.includes(` ${word}`))).map(({ index, kind, name }) => {
    const { block, start } = placedAt(document, g, index);
    return { name, kind, ...(index > 0 ? { containerName: shorten(container, 60) } : {}), location: { uri, range: rangeOf(document, start, start + contentEnd(block.source)) } };
  });
}
