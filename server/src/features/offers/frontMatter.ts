/** In the front matter: keys that are missing, and the values they may have. */
import { CompletionItemKind } from 'vscode-languageserver';
import type { Document } from '../../markup/document';
import { CONTACT_KEYS, FRONT_MATTER_KEYS, frontMatter, LANGUAGES, TEMPLATES } from '../../markup/frontMatter';
import { lineStarts } from '../../markup/lines';
import { placeAt, type Place } from '../place';
import { authorsOf } from './marks';
import { lineAt, type Offerer, type Offers } from './offer';

/** Whether a place lies between the two fences. */
export function isInFrontMatter({ placed: { block: { source } }, at, reading }: Place): boolean {
  if (reading?.kind !== 'front-matter') return false;
  const starts = lineStarts(source), line = starts.findLastIndex(start => start <= at);
  const closing = starts.findIndex((start, i) => i > 0 && /^---[ \t]*(?:[\r\n]|$)/.test(source.slice(start)));
  return line > 0 && line < closing;
}

export const inFrontMatter: Offerer = ({ document, placed: { block: { source } }, at }, { start: from, before, after }, byItself) => {
  const lineEnd = at + after.length;
  const contact = /^[ \t]+(?:-[ \t]+)?([a-z]*)$/.exec(before);
  if (contact) {
    const above = source.slice(0, from).match(/^[a-z-]+(?=:)/gm)?.at(-1);
    if (above !== 'contacts' || after.trim()) return null;
    return { start: at - contact[1]!.length, end: at, items: CONTACT_KEYS.map(key => ({ label: key, text: `${key}: `, kind: CompletionItemKind.Property })) };
  }
  if (/^[a-z-]*$/.test(before)) {
    const rest = /^[a-z-]*:?[ \t]*/.exec(after)![0];
    const present = new Set(frontMatter(document).entries.filter(({ keyStart }) => keyStart < from || keyStart > lineEnd).map(({ key }) => key));
    const keys = Object.entries(FRONT_MATTER_KEYS).filter(([key]) => !present.has(key));
    const end = at + (rest.includes(':') || !after.slice(rest.length).trim() ? rest.length : 0);
    return { start: from, end, items: keys.map(([key, { about }]) => ({ label: key, text: key === 'contacts' ? 'contacts:\n  - name: ' : `${key}: `, kind: CompletionItemKind.Property, detail: about.replaceAll('`', '') })) };
  }
  const value = /^([a-z-]+):[ \t]*(.*)$/.exec(before);
  const values = value && !(byItself && value[2]) && valuesOf(document, value[1]!);
  return values ? { start: at - value![2]!.length, end: lineEnd, items: values.map(text => ({ label: text, text, kind: CompletionItemKind.Value })) } : null;
};

function valuesOf(document: Document, key: string): readonly string[] | null {
  switch (key) {
    case 'template': return TEMPLATES;
    case 'language': return LANGUAGES;
    case 'sponsor': return authorsOf(document);
    default: return null;
  }
}

/** For `base:`, the other texts of the workspace, as paths relative to this one. */
export async function files(document: Document, offset: number, uri: string, uris: () => Promise<readonly string[]>): Promise<Offers | null> {
  const place = placeAt(document, offset);
  if (!place || !isInFrontMatter(place)) return null;
  const { before, after } = lineAt(place), typed = /^base:[ \t]*(.*)$/.exec(before);
  if (!typed) return null;
  const items = (await uris()).filter(other => other !== uri).flatMap(other => {
    const path = relativePath(uri, other);
    return path ? [{ label: path, text: /[:#'"]|^[-?&*!|>%@`{[]/.test(path) ? JSON.stringify(path) : path, filter: path, kind: CompletionItemKind.File }] : [];
  });
  return { start: offset - typed[1]!.length, end: offset + after.length, items };
}

/** The path from the folder of one URI to another; null where they share no root. */
function relativePath(from: string, to: string): string | null {
  const a = from.split('/').slice(0, -1), b = to.split('/');
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  if (shared < 3) return null;
  try { return [...a.slice(shared).map(() => '..'), ...b.slice(shared).map(decodeURIComponent)].join('/'); } catch { return null; }
}
