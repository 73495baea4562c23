/** In prose: Recommendations by their number or the words of their title, and resolutions in the form in which they are cited. */
import { CompletionItemKind } from 'vscode-languageserver';
import { citationsIn, citedAs, inSentence, speakerOf } from '../../contribution/citations';
import type { Run } from '../../contribution/runs';
import { texts, textOf } from '../../contribution/scopes';
import type { Group } from '../../markup/document';
import { memo } from '../../markup/memo';
import { allNumbers, catalogue, type InstrumentKind, type Recommendation, type Resolution } from '../../knowledge/catalogue';
import { CONFERENCES } from '../../knowledge/conferences';
import { bodyName, keyOf } from '../known';
import type { Place } from '../place';
import type { Offer, Offerer } from './offer';

/** So many are shown; who wants another types on. */
const SHOWN = 50;

/** How a text cites Recommendations, and which. */
interface Habit { readonly numbers: ReadonlySet<string>; readonly dual: boolean; readonly sector: string }

const ofGroup = memo((group: Group): Habit | null => {
  const numbers = new Set<string>();
  let dual = false, sector = '';
  for (const { cited: { prose, citations } } of citationsIn(group)) for (const citation of citations) {
    if (citation.kind !== 'recommendation') continue;
    for (const number of citation.numbers) numbers.add(number);
    dual ||= citation.numbers.length > 1;
    const written = citation.named ? prose.text.slice(citation.named.start, citation.named.end) : '';
    if (!sector && /^ITU[-\u2010-\u2013]T$/.test(written)) sector = written;
  }
  return numbers.size ? { numbers, dual, sector } : null;
});

const habitOf = memo((run: Run): Habit => {
  const numbers = new Set<string>();
  let dual = false, sector = '';
  for (const group of run) {
    const own = ofGroup(group);
    if (!own) continue;
    for (const number of own.numbers) numbers.add(number);
    dual ||= own.dual;
    sector ||= own.sector;
  }
  return { numbers, dual, sector: sector || 'ITU-T' };
});

const RECOMMENDATION = /(Recommendations?[ \u00a0](?:.{0,60}(?:,|[ \u00a0]and|[ \u00a0]or)[ \u00a0])??)?(ITU[-\u2010-\u2013]?T[ \u00a0])?((?<![\p{L}\p{N}.])[A-Za-z]\.[\d.]*|(?<=ITU[-\u2010-\u2013]?T[ \u00a0])[A-Z]?|(?<=Recommendations?[ \u00a0](?:ITU[-\u2010-\u2013]?T[ \u00a0])?)\p{L}[\p{L} -]{0,60})$/u;

/** Behind `Y.49`, `Recommendation ITU-T `, `Recommendation key perf`: Recommendations. */
export const recommendations: Offerer = (place, { start, before }, byItself) => {
  const typed = isProse(place) ? RECOMMENDATION.exec(before) : null;
  if (!typed || (byItself && !typed[2])) return null;
  const written = typed[3]!, habit = habitOf(textOf(place.document, place.placed.group).run);
  const cited = /^[A-Z]?\.?[\d.]*$/i.test(written) ? [...habit.numbers].filter(number => number.startsWith(written.toUpperCase())).flatMap(number => catalogue().recommendation(number) ?? []) : [];
  const rows = [...new Set([...cited, ...catalogue().searchRecommendations(written, SHOWN)])];
  if (!rows.length) return null;
  // Those of this text first, then those in force; supplements and what is superseded come last.
  const here = (row: Recommendation): number => habit.numbers.has(row.number) || row.also?.some(other => habit.numbers.has(other)) ? 0 : row.kind === 'supplement' ? 2 : row.status?.startsWith('in force') ?? true ? 1 : 3;
  const from = start + before.length - written.length;
  const items = rows.map((row, i) => ({ row, i })).sort((a, b) => here(a.row) - here(b.row) || a.i - b.i).map(({ row }): Offer => {
    const text = habit.dual ? allNumbers(row) : row.number, matching = row.also?.find(other => !row.number.startsWith(written.toUpperCase()) && other.startsWith(written.toUpperCase()));
    return {
      label: `${allNumbers(row)} – ${row.title}`, text: typed[2] ? text : `${habit.sector} ${text}`, kind: CompletionItemKind.Reference, known: `recommendation ${row.number}`,
      filter: /^[A-Za-z]?\.?[\d.]*$/.test(written) ? matching ?? row.number : `${written} ${row.title}`, ...(row.status && row.status !== 'in force' ? { detail: row.status } : {}),
    };
  });
  return { start: from, end: start + before.length, items, incomplete: true };
};

const RESOLUTION = /\b(Resolution|Decision|Opinion)[ \u00a0](ITU[-\u2010-\u2013]?R[ \u00a0])?(\d{0,4}(?:-\d{0,2})?|\p{L}[\p{L} -]{2,60})$/u;

/** Behind `Resolution 19` or `Resolution internet of`: resolutions, with the newest revision that is known and their title. */
export const resolutions: Offerer = (place, { start, before, after }, byItself) => {
  const typed = isProse(place) ? RESOLUTION.exec(before) : null;
  if (!typed || (byItself && !typed[3] && !typed[2])) return null;
  const [, kind, sector, written] = typed as unknown as [string, InstrumentKind, string | undefined, string];
  const { document } = place, text = textOf(document, place.placed.group), speaking = text.instrument >= 0 ? text : texts(document).find(({ instrument }) => instrument >= 0);
  const speaks = speaking ? speakerOf(speaking.run) : null, wanted = /^\d/.test(written) ? null : written.toLowerCase().split(/[ -]+/).filter(Boolean);
  const rows = catalogue().resolutions.filter(row => (row.kind ?? 'Resolution') === kind && (!sector || row.body === 'RA')
    && (wanted ? wanted.every(word => row.title?.toLowerCase().includes(word)) : row.number.startsWith(written.replace(/-.*$/, ''))));
  const items = rows.map(row => ({ row, exact: row.number === written ? 0 : 1, own: row.body === speaks?.body ? 0 : 1 })).sort((a, b) => a.exact - b.exact || a.own - b.own || Number(a.row.number) - Number(b.row.number)).slice(0, SHOWN).map(({ row }): Offer => {
    const number = citationOf(row);
    // Where the sentence goes on, what it says behind the number stays.
    const text = after.trim() && !/^[)\]},;.]/.test(after) ? number : `${number} of ${row.body === speaks?.body ? ownName(row.body) : `the ${bodyName(row.body)}`}${row.title ? `, on ${inSentence(row.title)}` : ''}`;
    return { label: `${number}${row.title ? ` – ${row.title}` : ''}`, text: row.body === 'RA' && !sector ? `ITU-R ${text}` : text, detail: bodyName(row.body), kind: CompletionItemKind.Reference, known: `resolution ${keyOf(row)}`, filter: wanted ? `${written} ${row.title ?? ''}` : `${row.number} ${row.title ?? ''}` };
  });
  return { start: start + before.length - written.length, end: start + before.length, items, incomplete: true };
};

/** `197 (Rev. Bucharest, 2022)`: with the newest revision that is known. */
export function citationOf(row: Resolution): string {
  const newest = row.revisions.at(-1);
  return newest ? citedAs(row, newest) : row.number;
}

const ownName = (body: string): string => CONFERENCES.find(conference => conference.body === body)?.callsItself ?? 'this conference';

const isProse = ({ reading }: Place): boolean => reading !== null && (reading.kind === 'clause' || reading.kind === 'paragraph' || reading.kind === 'footnote' || reading.kind === 'note' || reading.kind === 'reasons' || reading.kind === 'table');
