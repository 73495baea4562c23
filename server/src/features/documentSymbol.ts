/** textDocument/documentSymbol: proposals, resolutions, sections and clauses as a tree. */
import { SymbolKind, SymbolTag, type DocumentSymbol, type SymbolInformation } from 'vscode-languageserver';
import type { Block, BlockKind } from '../markup/types';
import type { Document } from '../markup/document';
import { contentEnd } from '../markup/inline';
import { lineEnd } from '../markup/lines';
import { shorten } from '../markup/text';
import { groupEntries, labelIn, nameOf, parents, type Entry } from '../contribution/outline';
import type { Feature } from './feature';
import { COMMA, groupPrinter, Raw, utf8 } from './raw';

const KINDS: Partial<Record<BlockKind, SymbolKind>> = {
  heading: SymbolKind.Namespace, proposal: SymbolKind.Package, instrument: SymbolKind.Class, annex: SymbolKind.Module,
  section: SymbolKind.Enum, clause: SymbolKind.EnumMember, reasons: SymbolKind.Object, footnote: SymbolKind.Constant,
};
/** Names are cut here: an outline is read at a glance, and a long one has to be sent with every keystroke. */
const NAME_LENGTH = 60;

export const documentSymbol: Feature = {
  capability: { documentSymbolProvider: { label: 'Resolution' } },
  register(connection, context) {
    connection.onDocumentSymbol(({ textDocument }) => {
      const open = context.documents.get(textDocument.uri);
      if (!open) return [];
      // The raw answer is an array of symbols; the library's type cannot know.
      if (context.client.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport) return symbols(open.document) as unknown as [];
      return flat(JSON.parse(Buffer.concat(symbols(open.document).pieces).toString()) as DocumentSymbol[], textDocument.uri);
    });
  },
};

/** The tree as a list, for an editor that shows no trees. */
const flat = (tree: readonly DocumentSymbol[], uri: string, containerName?: string): SymbolInformation[] => tree.flatMap(({ name, kind, tags, range, children }) =>
  [{ name, kind, ...(tags ? { tags } : {}), ...(containerName ? { containerName } : {}), location: { uri, range } }, ...flat(children ?? [], uri, name)]);

/** The whole tree as JSON. A group that holds no other group is printed once and kept. */
export function symbols(document: Document): Raw {
  const above = parents(document), { groups } = document;
  const lastInside = new Int32Array(groups.length);
  for (let g = groups.length - 1; g >= 0; g--) {
    lastInside[g] = Math.max(lastInside[g]!, g);
    const parent = above[g]!;
    if (parent >= 0) lastInside[parent] = Math.max(lastInside[parent]!, lastInside[g]!);
  }
  const pieces: Buffer[] = [utf8('[')], open: number[] = [];
  let first = true;
  const close = () => { pieces.push(CLOSE); open.pop(); first = false; };
  for (let g = 0; g < groups.length; g++) {
    while (open.length && open.at(-1)! !== above[g]) close();
    const holds = lastInside[g]! > g;
    const json = holds ? null : leaf(document, g);
    if (json && !json.length) continue;
    if (!first) pieces.push(COMMA);
    first = false;
    if (json) { pieces.push(json); continue; }
    const { line } = document.groupStart(g), [head] = groupEntries(groups[g]!);
    const end = document.groupStart(lastInside[g]! + 1).line;
    pieces.push(utf8(opening(head!, line, end === line ? line : end)));
    const own = head!.children.map(child => print(child, line)).filter(Boolean).join(',');
    if (own) pieces.push(utf8(own));
    first = !own;
    open.push(g);
  }
  while (open.length) close();
  pieces.push(utf8(']'));
  return new Raw(pieces);
}

const CLOSE = utf8(']}');

const leaf = groupPrinter((document, g, line) => groupEntries(document.groups[g]!).map(entry => print(entry, line)).filter(Boolean).join(','));

/** A symbol with what stands below it; '' for what has no place in an outline, its clauses kept. */
function print(entry: Entry, base: number): string {
  const children = entry.children.map(child => print(child, base)).filter(Boolean).join(',');
  if (!KINDS[entry.kind]) return children;
  return `${opening(entry, base, base + lastLine(entry))}${children}]}`;
}

/** Line behind an entry and all below it, from the start of its group. */
function lastLine(entry: Entry): number {
  const last = entry.children.at(-1);
  return last ? Math.max(lastLine(last), entry.line + entry.block.lineCount) : entry.line + entry.block.lineCount;
}

function opening(entry: Entry, base: number, endLine: number): string {
  const { block, kind } = entry, line = base + entry.line;
  const start = block.source.length - block.source.trimStart().length;
  const end = Math.min(lineEnd(block.source, 0), contentEnd(block.source));
  // A last block without a line end is the last line itself.
  const range = endLine > line ? `${endLine},"character":0` : `${line},"character":${Math.max(end, block.source.length)}`;
  const detail = detailOf(entry);
  return `{"name":${JSON.stringify(symbolName(block, kind))},${detail ? `"detail":${JSON.stringify(detail)},` : ''}"kind":${KINDS[kind]},${block.final ? '' : `"tags":[${SymbolTag.Deprecated}],`}`
    + `"range":{"start":{"line":${line},"character":0},"end":{"line":${range}}},"selectionRange":{"start":{"line":${line},"character":${Math.min(start, end)}},"end":{"line":${line},"character":${end}}},"children":[`;
}

/** What stands beside a name: the title of a resolution. */
function detailOf(entry: Entry): string {
  const title = entry.kind === 'instrument' || entry.kind === 'annex' ? entry.children.filter(child => child.kind === 'title') : [];
  return shorten(title.map(child => nameOf(child.block)).join(' '), 120);
}

export function symbolName(block: Block, kind: BlockKind): string {
  const label = labelIn(block, 'final') ?? labelIn(block, 'original') ?? '';
  const name = nameOf(block, NAME_LENGTH).replace(/\t/g, ' '); // a proposal's symbol and its number
  return (kind === 'clause' || kind === 'footnote' ? `${label} ${name}`.trim() : name) || kind;
}
