/** Text as a PDF converter or a clipboard gives it: what belongs to pages and to other notations goes, what is left is markup. */
import { ungluedHeadings } from '../../checks/gluedHeading';
import { classify, INITIAL_STATE } from '../../markup/classify';
import { Document } from '../../markup/document';
import { applyEdits } from '../../markup/edit';
import { readMarker } from '../../markup/labels';
import { format } from '../../markup/normalForm';
import type { BlockKind, Grammar } from '../../markup/types';

/** Kinds that a line shows by itself, so that it begins anew whatever stands above it. */
const SHOWN: ReadonlySet<BlockKind> = new Set(['heading', 'proposal', 'instrument', 'history', 'assembly', 'section', 'footnote', 'reasons', 'annex', 'note', 'table']);
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '’', nbsp: '\u00a0', ndash: '–', mdash: '—', hellip: '…', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', shy: '\u00ad' };
const PAGE = '\f';

/** A text tidied, its glued headings on lines of their own, in normal form; read with `grammar` whatever its front matter says. */
export function tidied(text: string, grammar: Grammar): string {
  const glued = Document.parse(tidyText(text, grammar), () => grammar), document = Document.parse(applyEdits(glued.text, ungluedHeadings(glued)), () => grammar);
  return applyEdits(document.text, format(document));
}

/**
 * The text as markup, before it is brought into normal form. No word is lost but page numbers, and what stands again and again at the
 * head or foot of pages. Front matter stays as it is.
 */
export function tidyText(text: string, grammar: Grammar): string {
  const plain = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'), front = /^---\n[^]*?\n---\n/.exec(plain)?.[0] ?? '';
  const lines = withoutFurniture(plain.slice(front.length).replace(/\f/g, `\n${PAGE}\n`).split('\n').map(line => cleaned(line.replace(/[ \t]+$/, ''))));
  return front + joined(withLabels(lines.map(line => bare(line, grammar))), grammar).map(apart).join('\n');
}

/** One line without the notations of others: HTML, bookmarks, Markdown's lists and escapes. */
function cleaned(line: string): string {
  if (line === PAGE) return line;
  return line
    .replace(/\[bookmark: [^\]]*\]/g, '').replace(/\[footnoteRef:(\w+)\]/g, '[^$1]')
    .replace(/^(\s*)<sup>\s*(\d+(?:bis|ter)?)\s*<\/sup>\s*/i, '$1[^$2]: ').replace(/<sup>\s*(\d+(?:bis|ter)?|\*)\s*<\/sup>/gi, '[^$1]')
    .replace(/<br\s*\/?>/gi, ' ').replace(/<\/?(?:sup|sub|u|b|i|em|strong|span|a|div|p|font|small|center)(?:\s[^<>]*)?>/gi, '')
    .replace(/&(?:(\w+)|#(\d{1,6})|#x([\da-f]{1,5}));/gi, (found, name?: string, code?: string, hex?: string) => name ? ENTITIES[name] ?? found : entity(Number(code ?? `0x${hex}`)) ?? found)
    .replace(/^\s*(?:[-*_] ?){3,}$/, '').replace(/^(?:> ?)+/, '')
    .replace(/^(\s*(?:[-*+] +)?)(\d+|[a-z]{1,2}|[ivx]+)\\([.)])/, '$1$2$3').replace(/^(\s*)[-*+] +(?=(?:\*{0,2})(?:[a-z]{1,2}|[ivx]+|\d+)[.)]\s)/, '$1').replace(/^(\s*)[*+]\s+(?=\S)/, '$1– ')
    .replace(/(?<![\p{L}\p{N}_])_([^_\s](?:[^_]*[^_\s])?)_(?![\p{L}\p{N}_])/gu, (found, words: string) => words === 'NOC' ? found : `*${words}*`);
}

const entity = (code: number): string | null => code > 31 && code < 0x110000 && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : null;

/** Without page breaks, page numbers that count on, and lines that come back page after page. */
function withoutFurniture(lines: readonly string[]): string[] {
  const numbers = new Map<number, number>(), places = new Map<string, number[]>();
  const key = (line: string) => line.replace(/\d+/g, '#').trim();
  lines.forEach((line, i) => {
    const number = /^\s*(?:[-–—]\s*|page\s+)?(\d{1,4})(?:\s*[-–—])?\s*$/i.exec(line)?.[1];
    if (number) numbers.set(i, Number(number));
    if (!line.trim() || line.length >= 90) return;
    const at = places.get(key(line));
    if (at) at.push(i); else places.set(key(line), [i]);
  });
  const dropped = new Set<number>();
  const list = [...numbers], isAlone = (i: number) => !(lines[i - 1] ?? '').trim() || !(lines[i + 1] ?? '').trim();
  const isAtBreak = (i: number) => [-1, 1].some(step => {
    let at = i + step;
    while (lines[at]?.trim() === '' && lines[at] !== PAGE) at += step;
    return lines[at] === PAGE;
  });
  list.forEach(([i, number], k) => {
    const counts = [list[k - 1], list[k + 1]].some(other => other && Math.abs(other[1] - number) <= 2 && other[1] !== number && Math.abs(other[0] - i) > 8);
    if (isAtBreak(i) || counts && isAlone(i)) dropped.add(i);
  });
  // What is at a page's edge: beside a page break or a page number.
  const isEdge = (i: number) => [-2, -1, 1, 2].some(step => lines[i + step] === PAGE || dropped.has(i + step));
  for (const [, at] of places) if (at.length > 2 && at.every(isEdge)) for (const i of at) dropped.add(i);
  return lines.filter((line, i) => line !== PAGE && !dropped.has(i));
}

/** A line that is emphasized, or a Markdown heading, as a whole, without that where its words say what it is. */
function bare(line: string, grammar: Grammar): string {
  const words = /^\s*(?:#{1,6}\s+)?(\*{0,3})([^]*?)\1\s*$/.exec(line)?.[2];
  if (!words || words === line || words.includes('*')) return line;
  const { kind } = classify(words, 0, INITIAL_STATE, grammar).reading;
  return SHOWN.has(kind) && kind !== 'heading' ? words : line;
}

/** Labels that stand alone with the text that follows them, and labels that have lost what divided them from it. */
function withLabels(lines: readonly string[]): string[] {
  const result: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!, label = /^\s*\*{0,2}(?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})*)\*{0,2}[.)]\*{0,2}(?:bis|ter|quater)?$/.exec(line)?.[0];
    if (label) {
      const next = lines.findIndex((other, k) => k > i && other.trim() !== '');
      if (next > 0 && next - i < 3 && !readMarker(lines[next]!.trimStart())) { result.push(`${label}\t${lines[next]!.trimStart()}`); i = next; continue; }
    }
    result.push(line.replace(/^(\s*(?:[a-z]|[ivx]{1,5}|\d{1,2})\)(?:bis|ter|quater)?)(?=[\p{L}“"«(])/u, (marker: string) => `${marker}\t`));
  }
  return result;
}

/** Lines that a converter has broken at the page's width, joined. */
function joined(lines: readonly string[], grammar: Grammar): string[] {
  const widths = lines.map(({ length }) => length).filter(Boolean).sort((a, b) => a - b), width = widths[Math.floor(widths.length * 0.9)] ?? 0;
  // A text with long lines has whole paragraphs on its lines already.
  if (width > 130) return [...lines];
  const result: string[] = [];
  for (const line of lines) {
    const above = result.at(-1), start = line.trimStart();
    const goesOn = above !== undefined && above.trim() !== '' && start !== '' && !/[.;:!?。；：]["”»)]*$/.test(above.trimEnd()) && !isShown(above, grammar)
      && !isShown(start, grammar) && !readMarker(start) && (/^\p{Ll}/u.test(start) || lastLine(above).length > width * 0.6);
    if (!goesOn) result.push(line);
    else if (above.endsWith('\u00ad')) result[result.length - 1] = above.slice(0, -1) + start;
    else result[result.length - 1] = `${above}\n  ${start}`;
  }
  return result.map(line => line.replace(/(\p{L}-)\n  (?=\p{L})/gu, '$1').replace(/\n  /g, ' '));
}

const lastLine = (text: string): string => text.slice(text.lastIndexOf('\n') + 1);
const isShown = (line: string, grammar: Grammar): boolean => SHOWN.has(classify(line.split('\n')[0]!.trim(), 0, INITIAL_STATE, grammar).reading.kind);

/** A line of Word's clipboard where a tab stands for a cell's edge is left as it is; one that begins with blanks but with no label begins in column 0. */
const apart = (line: string): string => /^[ \t\u00a0]/.test(line) && !readMarker(line.trimStart()) ? line.trimStart() : line;
