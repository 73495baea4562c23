/** Behind a brace: tracked changes and comments, and whose they are. */
import { CompletionItemKind } from 'vscode-languageserver';
import type { Document, Group } from '../../markup/document';
import { frontMatter } from '../../markup/frontMatter';
import { inline } from '../../markup/inline';
import { memo } from '../../markup/memo';
import type { Offer, Offerer } from './offer';

const authorsOfGroup = memo((group: Group): readonly string[] => [...new Set(group.blocks.flatMap(block =>
  block.source.includes('{@') ? inline(block).marks.flatMap(({ attribute }) => attribute?.authors ?? []) : []))]);

/** The sponsor, and everybody to whom a change is attributed. */
export const authorsOf = (document: Document): string[] => {
  const { sponsor } = frontMatter(document).values;
  return [...new Set([...(sponsor ? sponsor.split(';').map(name => name.trim()) : []), ...document.groups.flatMap(authorsOfGroup)])];
};

const MARKS = [
  { label: 'insertion', text: '{++${1:new words}++}', detail: 'New words' },
  { label: 'deletion', text: '{--${1:old words}--}', detail: 'Words to delete' },
  { label: 'replacement', text: '{~~${1:old words}~>${2:new words}~~}', detail: 'Words to replace' },
  { label: 'comment', text: '{>>${1:comment}<<}', detail: 'A comment on what stands before it' },
  { label: 'commented text', text: '{==${1:words}==}{>>${2:comment}<<}', detail: 'Words with a comment on them' },
] as const;

/** Behind `{`, `{+`…: marks; behind `{@`: authors. */
export const marks: Offerer = ({ document, placed: { block }, at }, { before, after, start }) => {
  const opened = /(?<!\\)\{(@[^{}]*|[+\-~>=]{0,2})$/.exec(before);
  if (!opened) return null;
  const [all, typed] = opened as unknown as [string, string], from = start + before.length - all.length;
  // The brace that the editor has added goes too.
  const closing = /^(?:(?:\+\+|--|~>~~|==|<<)?\})/.exec(after)?.[0].length ?? 0, end = start + before.length + closing;
  const authors = (): Offer[] => authorsOf(document).map(name => ({ label: `{@${name}}`, text: `{@${name}}`, kind: CompletionItemKind.Constant, detail: 'Author of the change' }));
  if (typed.startsWith('@')) {
    const last = typed.lastIndexOf(';'), others = last < 0 ? '{@' : `{${typed.slice(0, last + 1)} `;
    return { start: from, end, items: authorsOf(document).filter(name => !typed.includes(`${name};`)).map(name => ({ label: name, text: `${others}${name}}`, kind: CompletionItemKind.Constant })) };
  }
  const items = MARKS.map((mark): Offer => ({ ...mark, kind: CompletionItemKind.Snippet, snippet: true }));
  const behindMark = !typed && inline(block).marks.some(mark => mark.end === at - all.length);
  return { start: from, end, items: behindMark ? [...authors(), ...items] : items };
};
