/**
 * A new proposal to modify a text in force.
 *
 * - `propose(base, { meeting, place, year, source, sponsor, base? })`: the text of the proposal, or null
 * - `isNumber(text)`: whether a document or an addendum can have this number
 * - `meetingOf(name)`: place and year of a meeting that is known (`WTSA-24`), or null
 */
import { stringify } from 'yaml';
import type { BlockKind } from '../markup/types';
import { Document } from '../markup/document';
import { applyEdits, type Edit } from '../markup/edit';
import { frontMatter } from '../markup/frontMatter';
import { viewText } from '../markup/views';
import { CONFERENCES } from '../knowledge/conferences';

/** The meeting to which it is proposed, and who proposes it. */
export interface Proposing {
  /** `WTSA-28` */
  readonly meeting: string;
  readonly place: string;
  readonly year: string;
  readonly source: string;
  readonly sponsor: string;
  /** Of the proposal, and so of its changes: `2028-09-22`. */
  readonly date?: string;
  /** Number of the document and of its addendum, which with the sponsor give the proposals their identifiers: `APT/37A37/1`. */
  readonly document?: string;
  readonly addendum?: string;
  /** Path of the text in force, relative to the new file. */
  readonly base?: string;
}

/** Where and when a meeting takes place that is known by its short name, `WTSA-24` or `PP-2022`; otherwise null. */
export function meetingOf(name: string): { readonly place: string; readonly year: string } | null {
  const [, body, digits] = /^(\p{Lu}+)[-\u2010-\u2013 \u00a0]?((?:19|20)?\d\d)$/u.exec(name.trim()) ?? [];
  const met = CONFERENCES.find(conference => conference.body === body)?.meetings.find(({ year }) => String(year) === digits || String(year % 100).padStart(2, '0') === digits);
  return met ? { place: met.place, year: String(met.year) } : null;
}

/** `(Rev. Geneva, 2022)`: the word for a revision, if there is one, and place and year. */
const ADOPTED = /\((\p{L}+\.[ \u00a0]?)?([^();\d]*,[ \u00a0](?:19|20)\d\d)(?:[ \u00a0]г\.)?\)/u;
/** How a revision is called in a text that is revised for the first time. */
const REVISED: Readonly<Record<string, string>> = { en: 'Rev. ', fr: 'Rév. ', es: 'Rev. ', ru: 'Пересм. ' };

/**
 * The text of the proposal: front matter, `MOD` before each resolution of the text in force (`base` in its
 * original view), and its header tracked: revision, history, enacting formula and what its annexes say of it are
 * those of the new meeting. Null where the text holds no resolution, decision, opinion or recommendation.
 */
export function propose(base: Document, { meeting, place, year, source, sponsor, date, document: of, addendum, base: path }: Proposing): string | null {
  const document = Document.parse(viewText(base, 'original'), () => base.grammar), lineEnd = /\r\n?|\n/.exec(document.text)?.[0] ?? '\n';
  const adoption = `${place}, ${year}`, edits: Edit[] = [], own = document.frontMatter?.source.length ?? 0;
  let last: string | null = null, dated = true, header = 0, proposals = 0;
  /** The history of a text that has none yet stands behind its title. */
  const closeHeader = () => {
    if (last !== null && !dated && last !== adoption) edits.push({ start: header, end: header, text: `{++(${last}; ${adoption})++}${lineEnd}` });
    dated = true;
  };
  for (const { block, start } of document.blocks()) {
    const kind: BlockKind = block.final?.kind ?? 'blank', { source: text } = block;
    if (kind !== 'title' && kind !== 'instrument' && kind !== 'drafter-note' && kind !== 'history') closeHeader();
    switch (kind) {
      case 'instrument': {
        closeHeader();
        last = ADOPTED.exec(text)?.[2] ?? null;
        dated = false;
        edits.push({ start, end: start, text: `MOD${of ? `\t${sponsor}/${of}${addendum ? `A${addendum}` : ''}/${++proposals}` : ''}${lineEnd}` }, ...revised(text, start, last, adoption, REVISED[base.grammar.language] ?? ''));
        break;
      }
      case 'history': {
        if (last !== null && last !== adoption && !text.includes(adoption)) {
          const close = start + text.lastIndexOf(')'); // footnotes may follow
          edits.push({ start: close, end: close, text: `{++; ${adoption}++}` });
        }
        dated = true;
        break;
      }
      case 'assembly': case 'annex': edits.push(...revised(text, start, last, adoption, kind === 'annex' ? REVISED[base.grammar.language] ?? '' : null)); break;
    }
    if (kind === 'instrument' || kind === 'title') header = start + text.length;
  }
  closeHeader();
  if (!edits.length) return null;
  const { language } = frontMatter(base).values;
  const front = stringify({ meeting, place, ...(of ? { document: numeral(of) } : {}), ...(of && addendum ? { addendum: numeral(addendum) } : {}), ...(date ? { date } : {}), ...(language ? { language } : {}), source, sponsor, ...(path ? { base: path } : {}) }, { lineWidth: 0 }).replaceAll('\n', lineEnd);
  const from = edits.map(edit => ({ ...edit, start: edit.start - own, end: edit.end - own }));
  return `---${lineEnd}${front}---${lineEnd}${applyEdits(document.text.slice(own), from)}`;
}

/** What a document or an addendum is numbered with: `37`. */
export const isNumber = (text: string): boolean => /^[1-9]\d*$/.test(text);

const numeral = (text: string): string | number => isNumber(text) ? Number(text) : text;

/** Place and year of the last adoption replaced where a text says them; with `revision`, the word before them put in where it is missing. */
function revised(text: string, start: number, last: string | null, adoption: string, revision: string | null): Edit[] {
  const found = ADOPTED.exec(text);
  if (!found || last === null || found[2] !== last || last === adoption) return [];
  const [all, word, said] = found as unknown as [string, string | undefined, string], at = start + found.index + all.indexOf(said);
  return [{ start: at, end: at + said.length, text: `${word || revision === null ? '' : `{++${revision}++}`}{~~${said}~>${adoption}~~}` }];
}
