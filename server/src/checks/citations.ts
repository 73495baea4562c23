/**
 * What is wrong with how a text cites others. A rule looks at one citation at a time; what it finds is kept with the
 * group, for the body that speaks and its year, so that an edit makes only its own group looked at again.
 */
import type { Group } from '../markup/document';
import type { Block } from '../markup/types';
import { memo } from '../markup/memo';
import { alike, bodyOf, citationsIn, citedAs, citedResolution, inSentence, speakerOf, yearOf, type Citation, type RecommendationCitation, type ResolutionCitation, type Speaker } from '../contribution/citations';
import type { Prose } from '../contribution/prose';
import type { Run } from '../contribution/runs';
import { catalogue, isRenumbered, type Resolution } from '../knowledge/catalogue';
import { CONFERENCES } from '../knowledge/conferences';
import { titlesDiffer } from './citedTitle';
import { rewording, span } from './rewording';
import type { Found, FoundAt, Rule, Severity } from './types';

interface Seen<C extends Citation> { readonly citation: C; readonly beside: readonly Citation[]; readonly block: Block; readonly prose: Prose; readonly speaks: Speaker }
interface Coded { readonly code: string; readonly index: number; readonly found: Found }

/** What is found in a group's citations, whoever speaks. */
const findingsFor = memo((speaks: Speaker) => memo((group: Group): readonly Coded[] => citationsIn(group).flatMap(({ index, cited: { prose, citations } }) =>
  citations.flatMap(citation => {
    const seen = { block: group.blocks[index]!, prose, speaks, beside: citations };
    const found = citation.kind === 'resolution' ? ofResolution({ ...seen, citation }) : ofRecommendation({ ...seen, citation });
    return found.map(([code, found]) => ({ code, index, found }));
  }))));

/** All that is found in a text's citations, by code. */
const ofRun = memo((run: Run): ReadonlyMap<string, readonly FoundAt[]> => {
  const byCode = new Map<string, FoundAt[]>(), find = findingsFor(speakerOf(run));
  run.forEach((group, g) => { for (const { code, index, found } of find(group)) {
    const placed = { ...found, group: g, index }, same = byCode.get(code);
    if (same) same.push(placed); else byCode.set(code, [placed]);
  } });
  return byCode;
});

const rule = (code: string, severity: Severity): Rule => ({ code, severity, looksAt: 'text', run: run => ofRun(run).get(code) ?? [] });

/** A revision of a resolution, or an edition of a Recommendation, behind which a newer one is known. */
export const supersededRevision = rule('superseded-revision', 'information');
/** A place and a year in which the body did not meet. */
export const unknownMeeting = rule('unknown-meeting', 'warning');
/** A citation that is not written as ITU writes it. */
export const citationForm = rule('citation-form', 'information');
/** A Recommendation that has another number now, or is not in force any more. */
export const supersededRecommendation = rule('superseded-recommendation', 'warning');
/** A Recommendation that no catalogue has. */
export const unknownRecommendation = rule('unknown-recommendation', 'hint');
/** A title that is not the one in the catalogue. */
export const citationTitle = rule('citation-title', 'hint');

type Findings = readonly (readonly [code: string, found: Found])[];

function ofResolution(seen: Seen<ResolutionCitation>): Findings {
  const { citation, speaks } = seen, known = citedResolution(citation, speaks);
  if (citation.body === 'other') return [];
  // The title that is known is that of the newest revision, and where it holds abbreviations, one that was cited in short.
  const { revision } = citation, newest = known?.revisions.at(-1), sure = revision && newest && yearOf(newest) === revision.year && !/\b(?!ITU)\p{Lu}\p{L}*\p{Lu}/u.test(known?.title ?? '');
  const unmet = meeting(seen);
  return [...revisionForm(seen), ...ownBody(seen), ...comma(seen, known?.title), ...unmet, ...unmet.length ? [] : newerRevision(seen, known), ...sure ? title(seen, known!.title) : []];
}

const PLACES = [...new Set(CONFERENCES.flatMap(({ meetings }) => meetings.map(({ place }) => place)))];

/** `(Rev.Dubai 2018)`: known for what is meant, but not written so. */
function revisionForm({ citation: { at, revision }, block, prose }: Seen<ResolutionCitation>): Findings {
  if (!revision || revision.start > at.end + 2) return []; // shared: looked at with the last number of the list
  const place = revision.place && PLACES.find(place => alike(place, revision.place));
  const form = place ? revision.form.replace(revision.place, place) : revision.form, written = revision.text.replace(/\u00a0/g, ' ');
  if (written === form || (!revision.place && !/WRC/.test(form))) return [];
  // A blank behind `Rev.` in the name of a conference is written by many, and is none of the forms that say something else.
  if (/WRC/.test(form) && /^(?:Rev\. )?WRC-(?:19|20)?\d\d$/.test(written)) return [];
  const what = !written.includes(',') && form.includes(',') ? 'a comma is missing before the year' : /^rev\.?(?=\p{Lu})/u.test(written.toLowerCase().slice(0, 3) + written.slice(3)) && form.startsWith('Rev. ') ? 'a blank is missing behind “Rev.”' : 'its form differs';
  return [['citation-form', { ...span(prose, revision.start, revision.end), message: `ITU writes this revision (${form}): ${what}.`, fixes: rewording(`Write (${form})`, block, prose, revision.start, revision.end, form) }]];
}

/** `Resolution 47 (Dubai, 2012)`: two bodies met there in that year, and the sentence does not say which is meant. */
function ownBody({ citation, beside, prose, speaks }: Seen<ResolutionCitation>): Findings {
  const { revision, at } = citation;
  if (citation.body !== null || !revision?.place || bodyOf(citation, speaks) !== null || beside.some(other => other.kind === 'resolution' && other.body !== null && other.revision?.form === revision.form)) return [];
  const met = CONFERENCES.filter(({ meetings }) => meetings.some(({ place, year }) => year === revision.year && alike(place, revision.place)));
  return met.length < 2 ? [] : [['citation-form', { ...span(prose, at.start, at.end), message: `Whose ${citation.instrument.toLowerCase()} is this? ${met.map(({ name }) => `The ${name}`).join(' and the ')} met in ${revision.place}, ${revision.year}.`, fixes: [] }]];
}

const ON = /^[ \u00a0]on[ \u00a0](\p{L}+)/u;

/** `of WTDC on facilitating …`: the title is set off by a comma. */
function comma({ citation, block, prose }: Seen<ResolutionCitation>, known: string | undefined): Findings {
  const on = known && citation.body !== null ? ON.exec(prose.text.slice(citation.end)) : null;
  if (!on || on[1]!.toLowerCase() !== /^\p{L}+/u.exec(known!)?.[0].toLowerCase()) return [];
  const from = prose.text.slice(0, citation.end).lastIndexOf(' ') + 1;
  return [['citation-form', { ...span(prose, from, citation.end), message: 'A comma is missing before the title: “…, on …”.', fixes: rewording('Put a comma before the title', block, prose, from, citation.end, `${prose.text.slice(from, citation.end)},`) }]];
}

/** A place and a year that are no meeting's of the body that is named. */
function meeting({ citation, block, prose, speaks }: Seen<ResolutionCitation>): Findings {
  const { revision } = citation, body = citation.body === 'this' ? speaks.body : citation.body, conference = CONFERENCES.find(candidate => candidate.body === body);
  if (!conference || !revision?.place || revision.start > citation.at.end + 2) return [];
  const { meetings, name } = conference;
  // Earlier and later meetings than those listed may well have been.
  if (revision.year < meetings[0]!.year || revision.year > meetings.at(-1)!.year || meetings.some(({ place, year }) => year === revision.year && alike(place, revision.place))) return [];
  const near = meetings.filter(({ place, year }) => year === revision.year || alike(place, revision.place));
  const fixes = near.flatMap(({ place, year }) => {
    const form = `${revision.revised ? 'Rev. ' : ''}${place}, ${year}`;
    return rewording(`Write (${form})`, block, prose, revision.start, revision.end, form);
  });
  return [['unknown-meeting', { ...span(prose, revision.start, revision.end), fixes,
    message: `No ${name} in ${revision.place}, ${revision.year} is known.${near.length ? ` Known: ${near.map(({ place, year }) => `${place}, ${year}`).join('; ')}.` : ''}` }]];
}

/** A newer revision that was there when the text was written. */
function newerRevision({ citation, beside, block, prose, speaks }: Seen<ResolutionCitation>, known: Resolution | null): Findings {
  const { revision, at, instrument } = citation;
  if (!known || !revision) return [];
  const [, suffix] = /-(\d+)$/.exec(citation.number) ?? [];
  const newer = known.revisions.filter(candidate => {
    const year = yearOf(candidate);
    if (speaks.year !== null && (year > speaks.year || (year === speaks.year && known.body !== speaks.body))) return false;
    return suffix && candidate.number ? Number(/-(\d+)$/.exec(candidate.number)![1]) > Number(suffix) : year > revision.year;
  }).at(-1);
  // A text may well recall both.
  if (!newer || beside.some(other => other.kind === 'resolution' && other.revision?.year === yearOf(newer) && other.number.replace(/-\d+$/, '') === known.number)) return [];
  const own = revision.start <= at.end + 2, cited = citedAs(known, newer);
  // Numbers of the Radiocommunication Assembly change with the revision.
  const fixes = !own ? [] : newer.number ? rewording(`Cite ${cited}`, block, prose, at.start, revision.end + 1, `${newer.number}${prose.text[at.end]}(${newer.adopted})`)
    : rewording(`Cite (${newer.adopted})`, block, prose, revision.start, revision.end, newer.adopted);
  return [['superseded-revision', { ...span(prose, at.start, own ? revision.end + 1 : at.end), fixes, message: `A newer revision of ${instrument} ${citation.number.replace(/-\d+$/, '')} is known: ${cited}.` }]];
}

function ofRecommendation(seen: Seen<RecommendationCitation>): Findings {
  const { citation, block, prose, speaks } = seen, { at, named, sector, series, numbers } = citation;
  const found: (readonly [string, Found])[] = [];
  const written = named && prose.text.slice(named.start, named.end);
  if (written && !/[-\u2010-\u2013]/.test(written)) found.push(['citation-form', { ...span(prose, named.start, named.end), message: `The Sector is written ITU-${sector}.`, fixes: rewording(`Write ITU-${sector}`, block, prose, named.start, named.end, `ITU-${sector}`) }]);
  if (!named) found.push(['citation-form', { ...span(prose, at.start, at.end), message: `A Recommendation is cited with its Sector: ITU-T ${numbers[0]!}.`, fixes: rewording(`Write ITU-T ${numbers.join('/')}`, block, prose, at.start, at.end, `ITU-T ${numbers.join('/')}`) }]);
  if (sector !== 'T' || series) return found;
  const known = numbers.map(number => catalogue().recommendation(number)), [row] = known;
  if (!row) {
    const [number = ''] = numbers;
    if (catalogue().knowsSeries(number)) found.push(['unknown-recommendation', { ...span(prose, at.start, at.end), message: `The catalogue has no Recommendation ITU-T ${number}.`,
      fixes: catalogue().near(number).flatMap(({ number: near }) => rewording(`Write ${near}`, block, prose, at.start, at.end, near)) }]);
    return found;
  }
  const replace = (title: string, text: string) => rewording(title, block, prose, at.start, at.end, text);
  const [former] = numbers;
  if (numbers.length === 1 && isRenumbered(former!, row.number)) found.push(['superseded-recommendation', { ...span(prose, at.start, at.end), message: `Recommendation ITU-T ${former} is now ITU-T ${row.number}.`, fixes: replace(`Write ${row.number}`, row.number) }]);
  else if (row.successor || row.status === 'superseded' || row.status === 'withdrawn') found.push(['superseded-recommendation', { ...span(prose, at.start, at.end),
    message: `Recommendation ITU-T ${row.number} is ${row.status ?? 'superseded'}${row.successor ? `; ITU-T ${row.successor} takes its place` : ''}.`, fixes: row.successor ? replace(`Write ${row.successor}`, row.successor) : [] }]);
  else if (numbers.length > 1 && known.some(other => other !== row)) found.push(['unknown-recommendation', { ...span(prose, at.start, at.end), message: `The catalogue knows no Recommendation that is both ${numbers.join(' and ')}.` }]);
  const { edition } = citation;
  if (edition && row.edition && months(edition) < months(row.edition) && (speaks.year === null || Number(row.edition.slice(-4)) < speaks.year)) {
    const start = prose.text.indexOf(edition, at.end);
    found.push(['superseded-revision', { ...span(prose, start, start + edition.length), message: `A newer edition of ITU-T ${row.number} is known: ${row.edition}.`, fixes: rewording(`Cite (${row.edition})`, block, prose, start, start + edition.length, row.edition) }]);
  }
  return [...found, ...title(seen, row.title)];
}

/** `06/2012` as months, for comparing. */
const months = (edition: string): number => { const [month, year] = edition.split('/').map(Number); return year! * 12 + month!; };

/** A title behind `, on` that is nearly, but not quite, that of the catalogue. */
function title({ citation, block, prose }: Seen<Citation>, known: string | undefined): Findings {
  if (!citation.title || !known) return [];
  const cited = prose.text.slice(citation.title.start, citation.title.end), end = titlesDiffer(cited, known);
  if (end === null) return [];
  const stop = citation.title.start + end, text = inSentence(known);
  return [['citation-title', { ...span(prose, citation.title.start, stop), message: `The catalogue has another title: “${known}”.`, fixes: rewording('Take the title from the catalogue', block, prose, citation.title.start, stop, text) }]];
}
