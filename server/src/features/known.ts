/** What the catalogues say of a text or a term, as Markdown: for hovers and beside completions. */
import type { Abbreviation, Definition, Recommendation, Resolution } from '../knowledge/catalogue';
import { allNumbers, catalogue, isRenumbered } from '../knowledge/catalogue';
import { CONFERENCES } from '../knowledge/conferences';
import { citedAs, type ResolutionCitation } from '../contribution/citations';
import { paragraphs, plain } from './markdown';

/** The page of a Recommendation at ITU. */
export const pageOf = ({ number, url }: Recommendation): string | null => url ?? (/^[A-Z]\.[\d.]+$/.test(number) ? `https://www.itu.int/rec/T-REC-${number}` : null);

export function aboutRecommendation(row: Recommendation): string {
  const { number, also = [], title, edition, status, successor, kind } = row, page = pageOf(row);
  const former = also.filter(other => isRenumbered(other, number)), twin = also.filter(other => !former.includes(other));
  const facts = [edition && `newest edition known: ${edition}`, status].filter(Boolean).join('; ');
  return paragraphs(
    `**${kind === 'supplement' ? 'ITU-T' : 'Recommendation ITU-T'} ${plain(allNumbers(row))}**  \n${plain(title)}`,
    facts && plain(facts[0]!.toUpperCase() + facts.slice(1)),
    former.length > 0 ? `Formerly ${former.map(plain).join(', ')}.` : null, twin.length > 0 ? `Published as ${twin.map(plain).join(', ')} too.` : null,
    successor && `ITU-T ${plain(successor)} takes its place.`,
    page && `[Page at ITU](${page})`, `*Source: ${plain(row.source)}*`,
  );
}

export const bodyName = (body: string): string => CONFERENCES.find(conference => conference.body === body)?.name ?? body;

/** @param cited where it is cited: which of its revisions is meant is set off */
export function aboutResolution(row: Resolution, cited?: ResolutionCitation): string {
  const { body, kind = 'Resolution', number, title, revisions, source } = row;
  const lines = revisions.map(revision => {
    const here = cited?.revision && revision.adopted.replace(/\s/g, '').endsWith(cited.revision.form.replace(/^Rev\. ?/, '').replace(/\s/g, ''));
    return here ? `- **${plain(citedAs(row, revision))}**, cited here` : `- ${plain(citedAs(row, revision))}`;
  });
  return paragraphs(`**${kind} ${body === 'RA' ? 'ITU-R ' : ''}${plain(number)}** of the ${plain(bodyName(body))}${title ? `  \n${plain(title)}` : ''}`,
    lines.length > 0 ? `Revisions known:\n${lines.join('\n')}` : null, `*Source: ${plain(source)}*`);
}

/** Definitions of one term, the one beside the other. */
export function aboutTerm(rows: readonly Definition[]): string {
  return rows.map(({ term, abbreviation, definition, notes = [], where, edition, clause, verbatim }) => paragraphs(
    `**${plain(term)}**${abbreviation ? ` (${plain(abbreviation)})` : ''}`, plain(definition), ...notes.map(note => `*${plain(note)}*`),
    `${plain(named(where))}${edition ? ` (${edition})` : ''}${clause ? `, ${/^\d/.test(clause) ? `clause ${clause}` : plain(clause.toLowerCase())}` : ''}${verbatim === false ? ', in other words' : ''}`)).join('\n\n---\n\n');
}

/** The text that defines a term, in words. */
export const named = (where: string): string => /^[A-Z]\.\d/.test(where) ? `Recommendation ITU-T ${where}` : where;

export function aboutAbbreviation(rows: readonly Abbreviation[]): string {
  return rows.map(({ abbreviation, name, about, kind }) => `**${plain(abbreviation)}** – ${plain(name)}${kind === 'term' || kind === 'union' ? '' : ` (${kind})`}${about ? `  \n${plain(about)}` : ''}`).join('\n\n');
}

/** What explains a completion: a number, a resolution, a term, an abbreviation, by a name that goes over the wire. */
export type Known = `recommendation ${string}` | `resolution ${string}` | `term ${string}` | `abbreviation ${string}`;

export function aboutKnown(known: Known): string {
  const at = known.indexOf(' '), name = known.slice(at + 1);
  switch (known.slice(0, at)) {
    case 'recommendation': { const row = catalogue().recommendation(name); return row ? aboutRecommendation(row) : ''; }
    case 'resolution': { const row = catalogue().resolutions.find(row => keyOf(row) === name); return row ? aboutResolution(row) : ''; }
    case 'term': return aboutTerm(catalogue().definitions.filter(({ term }) => term === name));
    default: return aboutAbbreviation(catalogue().abbreviation(name));
  }
}

export const keyOf = ({ body, kind = 'Resolution', number }: Resolution): string => `${body} ${kind} ${number}`;
