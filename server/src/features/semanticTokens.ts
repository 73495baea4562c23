/**
 * textDocument/semanticTokens: what the grammar of colours cannot know, because it depends on what stands around:
 * which lines are sections, titles and clauses, and in which view.
 */
import type { CancellationToken, Range } from 'vscode-languageserver';
import type { Block, BlockKind } from '../markup/types';
import type { Document, Group } from '../markup/document';
import { memo } from '../markup/memo';
import { contentEnd, inline } from '../markup/inline';
import { isLineEnd, lineEnd, lineStarts } from '../markup/lines';
import type { Feature } from './feature';
import { Raw, utf8 } from './raw';

/** The legend; `package.json` maps these to the scopes of colour themes. */
export const TOKEN_TYPES = ['proposal', 'instrument', 'resolutionTitle', 'history', 'section', 'clauseLabel', 'footnote', 'annex', 'reasons'] as const;
export const TOKEN_MODIFIERS = ['inserted', 'deleted'] as const;
type TokenType = (typeof TOKEN_TYPES)[number];

const WHOLE_LINE: Partial<Record<BlockKind, TokenType>> = { proposal: 'proposal', instrument: 'instrument', title: 'resolutionTitle', history: 'history', section: 'section', annex: 'annex' };

export const semanticTokens: Feature = {
  capability: { semanticTokensProvider: { legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] }, full: { delta: true }, range: true } },
  register(connection, { documents }) {
    const sent = new Map<string, { id: number; tokens: readonly GroupTokens[] }>();
    let id = 0;
    const remember = (uri: string, document: Document) => {
      const result = { id: ++id, tokens: document.groups.map(groupTokens) };
      for (const other of sent.keys()) if (!documents.get(other)) sent.delete(other);
      sent.set(uri, result);
      return result;
    };
    connection.languages.semanticTokens.on(({ textDocument: { uri } }) => {
      const open = documents.get(uri);
      if (!open) return { data: [] };
      const { id: resultId, tokens } = remember(uri, open.document);
      return new Raw([utf8(`{"resultId":"${resultId}","data":[`), ...print(open.document, tokens, 0, tokens.length), utf8(']}')]) as unknown as { data: [] };
    });
    connection.languages.semanticTokens.onDelta(({ textDocument: { uri }, previousResultId }) => {
      const open = documents.get(uri), before = sent.get(uri);
      if (!open) return { edits: [] };
      const { id: resultId, tokens } = remember(uri, open.document);
      if (!before || String(before.id) !== previousResultId)
        return new Raw([utf8(`{"resultId":"${resultId}","data":[`), ...print(open.document, tokens, 0, tokens.length), utf8(']}')]) as unknown as { data: [] };
      return new Raw([utf8(`{"resultId":"${resultId}","edits":[`), ...delta(open.document, before.tokens, tokens), utf8(']}')]) as unknown as { data: [] };
    });
    connection.languages.semanticTokens.onRange(({ textDocument: { uri }, range }, token: CancellationToken) => {
      const open = documents.get(uri);
      return open && !token.isCancellationRequested ? { data: inRange(open.document, range) } : { data: [] };
    });
  },
};

/** Tokens of a group: lines from its start; the data of all but the first are relative to one another and so print alike wherever the group stands. */
export interface GroupTokens {
  readonly count: number;
  readonly firstLine: number;
  readonly lastLine: number;
  /** Of the first token: character, length, type, modifiers. */
  readonly first: string;
  readonly rest: Buffer;
}

export const groupTokens = memo((group: Group): GroupTokens => {
  const data: number[] = [];
  let line = 0, last = 0, lastCharacter = 0, firstLine = 0;
  for (const block of group.blocks) {
    for (const token of blockTokens(block)) {
      const at = line + token.line;
      if (!data.length) firstLine = at;
      const sameLine = data.length > 0 && at === last;
      data.push(data.length ? at - last : 0, sameLine ? token.character - lastCharacter : token.character, token.length, token.type, token.modifiers);
      last = at;
      lastCharacter = token.character;
    }
    line += block.lineCount;
  }
  return { count: data.length / 5, firstLine, lastLine: last, first: data.slice(1, 5).join(','), rest: utf8(data.length > 5 ? `,${data.slice(5).join(',')}` : '') };
});

interface Token { readonly line: number; readonly character: number; readonly length: number; readonly type: number; readonly modifiers: number }

const blockTokens = memo((block: Block): readonly Token[] => {
  const reading = block.final ?? block.original;
  if (!reading) return [];
  const { source } = block, spans: { start: number; end: number; type: TokenType }[] = [];
  const whole = WHOLE_LINE[reading.kind];
  if (whole) spans.push({ start: 0, end: contentEnd(source), type: whole });
  if (reading.kind === 'clause' && reading.label) spans.push({ start: reading.label.start, end: reading.label.end, type: 'clauseLabel' });
  if (reading.kind === 'reasons' && reading.level === 1) spans.push({ start: 0, end: source.search(/[:：]/) + 1, type: 'reasons' });
  if (reading.kind === 'footnote') spans.push({ start: 0, end: reading.textStart, type: 'footnote' });
  if (!spans.length) return [];
  if (!source.includes('{')) return spans.flatMap(span => onLines(source, span.start, span.end, span.type, 0));
  // Marks keep the colours of the grammar; only the words are tokens, with how they are tracked.
  return inline(block).pieces.filter(piece => piece.kind === 'text' || piece.kind === 'escape' || piece.kind === 'footnote-reference').flatMap(piece => spans.flatMap(({ start, end, type }) => {
    const from = Math.max(start, piece.start), to = Math.min(end, piece.end);
    return from < to ? onLines(source, from, to, type, (piece.insertion ? 1 : 0) + (piece.deletion ? 2 : 0)) : [];
  }));
});

/** Tokens may not span lines. */
function onLines(source: string, start: number, end: number, type: TokenType, modifiers: number): Token[] {
  const tokens: Token[] = [], starts = source.indexOf('\n') < 0 && source.indexOf('\r') < 0 ? [0] : lineStarts(source);
  for (let line = 0; line < starts.length && starts[line]! < end; line++) {
    const from = Math.max(start, starts[line]!), to = Math.min(end, lineEnd(source, starts[line]!));
    if (to > from && !isLineEnd(source, from)) tokens.push({ line, character: from - starts[line]!, length: to - from, type: TOKEN_TYPES.indexOf(type), modifiers });
  }
  return tokens;
}

/** The data of the groups from `from` to `to` as JSON, the first one relative to the last token before. */
function* print(document: Document, tokens: readonly GroupTokens[], from: number, to: number): Generator<Buffer> {
  let last = lastLineBefore(document, tokens, from), first = true;
  for (let g = from; g < to; g++) {
    const group = tokens[g]!;
    if (!group.count) continue;
    const { line } = document.groupStart(g);
    yield utf8(`${first ? '' : ','}${line + group.firstLine - last},${group.first}`);
    if (group.rest.length) yield group.rest;
    last = line + group.lastLine;
    first = false;
  }
}

/** Line of the last token in front of a group; 0 where there is none. */
function lastLineBefore(document: Document, tokens: readonly GroupTokens[], g: number): number {
  for (let before = g - 1; before >= 0; before--) if (tokens[before]!.count) return document.groupStart(before).line + tokens[before]!.lastLine;
  return 0;
}

/** One edit: from the first group that differs to the last; a group that moved differs in its distance to the one before. */
export function delta(document: Document, before: readonly GroupTokens[], after: readonly GroupTokens[]): Buffer[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  if (head === before.length && head === after.length) return [];
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  // The first group behind may stand at another distance from what is in front of it.
  while (tail > 0) if (after[after.length - tail--]!.count) break;
  const count = (tokens: readonly GroupTokens[], from: number, to: number) => { let sum = 0; for (let g = from; g < to; g++) sum += tokens[g]!.count; return sum * 5; };
  return [utf8(`{"start":${count(before, 0, head)},"deleteCount":${count(before, head, before.length - tail)},"data":[`), ...print(document, after, head, after.length - tail), utf8(']}')];
}

/** The tokens whose lines a range touches. */
export function inRange(document: Document, range: Range): number[] {
  const data: number[] = [];
  let last = 0, lastCharacter = 0;
  const placed = document.blockAtLine(range.start.line);
  for (let g = placed?.group ?? 0; g < document.groups.length; g++) {
    let { line } = document.groupStart(g);
    if (line > range.end.line) break;
    for (const block of document.groups[g]!.blocks) {
      for (const token of blockTokens(block)) {
        const at = line + token.line;
        if (at < range.start.line || at > range.end.line) continue;
        const sameLine = data.length > 0 && at === last;
        data.push(at - last, sameLine ? token.character - lastCharacter : token.character, token.length, token.type, token.modifiers);
        last = at;
        lastCharacter = token.character;
      }
      line += block.lineCount;
    }
  }
  return data;
}
