/**
 * Public bibliographic records of ITU (relaton, one YAML file an edition) as a catalogue: of each Recommendation the
 * newest edition, with all its numbers.
 */
import { parse } from 'yaml';
import type { CatalogueFile, Recommendation } from './catalogue';

/** One edition, as a record has it. */
interface Edition extends Recommendation { readonly published: string }

/** What stands in a record, as far as it matters here; everything may be missing. */
interface Entry {
  readonly title?: readonly { readonly language?: string; readonly content?: string }[];
  readonly docidentifier?: readonly { readonly content?: string; readonly primary?: boolean }[];
  readonly date?: readonly { readonly type?: string; readonly at?: string }[];
  readonly status?: { readonly stage?: { readonly content?: string } };
  readonly source?: readonly { readonly type?: string; readonly content?: string }[];
}

export const RELATON = 'relaton';

/** The edition that a record describes; null for what is no Recommendation or supplement of ITU-T (an amendment, a resolution). */
export function readRecord(yaml: string): Edition | null {
  // The relations that follow make nine tenths of a record, and say nothing that is needed here.
  const end = yaml.search(/^relation:/m);
  let entry: Entry | null;
  try { entry = parse(end < 0 ? yaml : yaml.slice(0, end)) as Entry | null; } catch { return null; }
  const identifier = (entry?.docidentifier?.find(({ primary }) => primary) ?? entry?.docidentifier?.[0])?.content;
  const title = (entry?.title?.find(({ language }) => language === 'en') ?? entry?.title?.[0])?.content?.replace(/\s+/g, ' ').trim();
  const [, numbers, edition] = /^ITU-T ((?:[A-Z]{1,2}[.-]\d[\w.-]*(?: bis| ter| [A-Z])?(?:\/[A-Z][.-]\d[\w.-]*)*)|[A-Z] Suppl\. \d+) \(((?:\d\d\/)?\d{4})\)$/.exec(identifier ?? '') ?? [];
  if (!numbers || !edition || !title) return null;
  const [number, ...also] = numbers.split('/'), withdrawn = /withdraw/i.test(entry?.status?.stage?.content ?? '');
  const url = entry?.source?.find(({ type }) => type === 'src')?.content;
  return {
    number: number!, ...also.length ? { also } : {}, title, edition, status: withdrawn ? 'withdrawn' : 'in force', ...number!.includes('Suppl.') ? { kind: 'supplement' as const } : {},
    ...url && /^https?:/.test(url) ? { url } : {}, source: RELATON, published: entry?.date?.find(({ type }) => type === 'published')?.at ?? edition.split('/').reverse().join('-'),
  };
}

/** A catalogue of what the records describe. Editions may come in any order. */
export function catalogueOf(editions: Iterable<Edition>): CatalogueFile {
  const newest = new Map<string, Edition>();
  for (const edition of editions) {
    const other = newest.get(edition.number);
    if (!other || ranked(edition) > ranked(other)) newest.set(edition.number, { ...edition, ...also(edition, other) });
    else if (edition.also && !other.also) newest.set(edition.number, { ...other, also: edition.also });
  }
  const sorted = [...newest.values()].map(row => ({ key: row.number.replace(/\d+/g, digits => digits.padStart(6, '0')), row })).sort((a, b) => a.key < b.key ? -1 : 1);
  return {
    about: 'Recommendations of ITU-T, made from the public bibliographic records of ITU publications (relaton).',
    sources: { [RELATON]: 'the public bibliographic records of ITU publications (relaton)' },
    recommendations: sorted.map(({ row: { published: _, ...row } }) => row),
  };
}

/** What is in force counts before what is withdrawn, and the later before the earlier. */
const ranked = ({ status, published }: Edition): string => `${status === 'in force' ? 1 : 0} ${published}`;
const also = (edition: Edition, other: Edition | undefined): Pick<Recommendation, 'also'> => edition.also ?? other?.also ? { also: (edition.also ?? other?.also)! } : {};

/** The catalogue as a file: one row a line, so that versions of it can be compared. */
export function printCatalogue({ about, sources, recommendations = [] }: CatalogueFile): string {
  const rows = recommendations.map(row => `    ${JSON.stringify(row)}`).join(',\n');
  return `{\n  "about": ${JSON.stringify(about)},\n  "sources": ${JSON.stringify(sources)},\n  "recommendations": [\n${rows}\n  ]\n}\n`;
}
