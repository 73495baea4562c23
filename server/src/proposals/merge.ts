/**
 * What several proposals make of one paragraph, in one line with marks that say whose each change is.
 *
 * - `mergeWords(base, versions)`: changes that do not overlap combined, alternatives in square brackets where they do
 */
import type { Mark } from '../markup/types';
import { parseInline } from '../markup/inline';
import { literal, type Unit } from '../changes/compare';
import { compareWords, wordsOf } from '../changes/words';
import { ASKS } from './decisions';
import { byName } from './family';

/** The words of a paragraph as some propose them. */
export interface Version { readonly authors: readonly string[]; readonly body: string }

/** Writes what stands behind a mark: whose it is. */
export type Attribute = (authors: readonly string[]) => string;

/** A change of one or several: words [from, to) of the paragraph become others. */
interface Edit { readonly from: number; readonly to: number; readonly now: readonly string[]; readonly authors: readonly string[] }

/** The line of a paragraph of the text in force, marker included; it asks in comments for what is to be decided. Null where marks cannot say it. */
export function mergeWords(base: Unit, versions: readonly Version[], attribute: Attribute): string | null {
  const words = wordsOf(base.body), edits = editsOf(words, versions);
  // In a table row, what crosses the line between two cells cannot be marked.
  if (base.kind === 'table' && edits.some(({ from, to, now }) => [...words.slice(from, to), ...now].includes('|'))) return null;
  const clusters = clustered(edits);
  const write = (bracket: boolean): string => base.text.slice(0, base.marker) + written(words, clusters, literal, (cluster, from, to) => {
    if (cluster.length === 1) return change(words.slice(from, to).join(''), cluster[0]!, attribute);
    const everybody = authorsOf(cluster);
    return deleted(words.slice(from, to).join(''), attribute(everybody)) + alternatives(words, from, to, cluster, everybody, attribute, bracket, true);
  });
  return isRight(write(false), base, versions) ? write(true) : null;
}

/** The line of a new paragraph that all have, in wordings that differ; it asks for what is to be decided. Null where marks cannot say it. */
export function mergeNew(wordings: readonly { readonly authors: readonly string[]; readonly unit: Unit }[], attribute: Attribute): string | null {
  const [first, ...others] = wordings, { unit } = first!, words = wordsOf(unit.body), everybody = wordings.flatMap(({ authors }) => authors).sort(byName), by = attribute(everybody);
  const clusters = clustered(editsOf(words, others.map(({ authors, unit: { body } }) => ({ authors, body }))));
  const write = (bracket: boolean): string => inserted(unit.text.slice(0, unit.marker), by) + written(words, clusters, text => inserted(text, by), (cluster, from, to) => alternatives(words, from, to, cluster, everybody, attribute, bracket, false));
  return readFor(write(false), []) === '' && wordings.every(({ authors, unit: { body } }) => authors.every(author => readFor(write(false), [author]) === unit.text.slice(0, unit.marker) + body)) ? write(true) : null;
}

/** Words with what is written in the place of clusters of changes. */
function written(words: readonly string[], clusters: readonly Edit[][], same: (text: string) => string, changed: (cluster: readonly Edit[], from: number, to: number) => string): string {
  let text = '', at = 0;
  for (const cluster of clusters) {
    const from = cluster[0]!.from, to = Math.max(...cluster.map(edit => edit.to));
    text += same(words.slice(at, from).join('')) + changed(cluster, from, to);
    at = to;
  }
  return text + same(words.slice(at).join(''));
}

const authorsOf = (cluster: readonly Edit[]): string[] => [...new Set(cluster.flatMap(({ authors }) => authors))].sort(byName);

/** The changes of all, in order; the same change of several is one. */
function editsOf(words: readonly string[], versions: readonly Version[]): Edit[] {
  const found = new Map<string, { from: number; to: number; now: readonly string[]; authors: string[] }>();
  for (const { authors, body } of versions) {
    let at = 0;
    for (const { same, old, now } of compareWords(words, wordsOf(body))) {
      const from = at;
      at += old.length;
      if (same) continue;
      const key = `${from} ${at} ${now.join('')}`, known = found.get(key);
      if (known) known.authors.push(...authors); else found.set(key, { from, to: at, now, authors: [...authors] });
    }
  }
  return [...found.values()].map(edit => ({ ...edit, authors: edit.authors.sort(byName) }))
    .sort((a, b) => a.from - b.from || a.to - b.to || byName(a.now.join(''), b.now.join('')));
}

/** Changes that overlap or touch, together: nobody can tell what two of them that touch would mean together. */
function clustered(edits: readonly Edit[]): Edit[][] {
  const result: Edit[][] = [];
  let end = -1;
  for (const edit of edits) {
    const last = result.at(-1);
    const overlaps = last !== undefined && edit.from <= end;
    if (overlaps) last.push(edit); else result.push([edit]);
    end = overlaps ? Math.max(end, edit.to) : edit.to;
  }
  return result;
}

const inserted = (text: string, by: string): string => text ? `{++${text}++}${by}` : '';
const deleted = (text: string, by: string): string => text ? `{--${text}--}${by}` : '';

function change(old: string, { now, authors }: Edit, attribute: Attribute): string {
  const by = attribute(authors), text = now.join('');
  return old && text ? `{~~${old}~>${text}~~}${by}` : deleted(old, by) + inserted(text, by);
}

/** What each of `everybody` puts there, in square brackets, and the question; `instead`: of words that are in force. */
function alternatives(words: readonly string[], from: number, to: number, cluster: readonly Edit[], everybody: readonly string[], attribute: Attribute, bracket: boolean, instead: boolean): string {
  const readings = new Map<string, string[]>();
  for (const author of everybody) {
    let text = '', at = from;
    for (const edit of cluster) if (edit.authors.includes(author)) {
      text += words.slice(at, edit.from).join('') + edit.now.join('');
      at = edit.to;
    }
    text += words.slice(at, to).join('');
    readings.set(text, [...readings.get(text) ?? [], author]);
  }
  const gone = instead ? words.slice(from, to).join('') : '';
  const choices = [...readings].sort(([, a], [, b]) => byName(a[0]!, b[0]!));
  const said = choices.map(([text, authors]) => `${authors.join(' and ')}: ${text.trim() ? `“${shown(text)}”` : 'nothing'}`).join('; ');
  const message = `${gone.trim() ? `instead of “${shown(gone)}”` : 'here'} ${said}`;
  // Each choice keeps its own blanks, outside of the brackets.
  const put = (text: string) => bracket ? text.replace(/^([ \u00a0]*)([^]*?)([ \u00a0]*)$/, (_, before: string, inside: string, behind: string) => inside ? `${before}[${inside}]${behind}` : before + behind) : text;
  return choices.map(([text, authors]) => inserted(put(text), attribute(authors))).join('') + (bracket ? note(message) : '');
}

/** A comment for who decides. */
export const note = (message: string): string => `{>>${ASKS}${message.replace(/[{}<>\\]/g, sign => `\\${sign}`)}<<}`;

const shown = (text: string): string => { const plain = text.trim().replace(/\s+/g, ' '); return plain.length > 80 ? `${plain.slice(0, 60)}…${plain.slice(-15)}` : plain; };

/** Whether a line reads as the text in force without its changes, and as its own version with those of one author. */
function isRight(line: string, base: Unit, versions: readonly Version[]): boolean {
  const marker = base.text.slice(0, base.marker);
  return readFor(line, []) === base.text && versions.every(({ authors, body }) => authors.every(author => readFor(line, [author]) === marker + body));
}

/** What a line reads with the changes of some authors accepted and all others rejected. */
export function readFor(line: string, authors: readonly string[]): string {
  const isTheirs = (mark: Mark | null) => mark !== null && (mark.attribute?.authors.some(author => authors.includes(author)) ?? false);
  return parseInline(line).pieces.filter(({ kind, insertion, deletion, comment }) => !['mark', 'attribute', 'comment', 'pilcrow'].includes(kind) && !comment
    && (insertion === null || isTheirs(insertion)) && !isTheirs(deletion)).map(({ start, end }) => line.slice(start, end)).join('');
}
