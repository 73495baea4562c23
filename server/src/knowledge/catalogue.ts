/**
 * What is known of ITU's texts and terms: the catalogues that come with the program, and those of the user. Nothing
 * in them is read before it is asked for. What is not in them is not known, which says nothing about what there is.
 */

/** A Recommendation or a supplement of ITU-T. */
export interface Recommendation {
  /** Without `ITU-T`: `Y.4000`, `A Suppl. 2`. */
  readonly number: string;
  /** The number in another series in which it is published too, or one that it had before. */
  readonly also?: readonly string[];
  readonly title: string;
  /** Month and year of the newest edition known: `06/2012`. */
  readonly edition?: string;
  readonly status?: string;
  /** The Recommendation that takes its place. */
  readonly successor?: string;
  readonly kind?: 'recommendation' | 'supplement';
  readonly url?: string;
  readonly source: string;
}

export type InstrumentKind = 'Resolution' | 'Decision' | 'Recommendation' | 'Opinion';

export interface Revision {
  /** As it stands in parentheses: `Hammamet, 2016`, `Rev. New Delhi, 2024`, `Rev.WRC-15`. */
  readonly adopted: string;
  /** Where a revision has a number of its own: `66-2`. */
  readonly number?: string;
}

/** A resolution, decision, recommendation or opinion of a conference or assembly. */
export interface Resolution {
  /** Short name of the conference or assembly: `WTSA`. */
  readonly body: string;
  readonly kind?: InstrumentKind;
  readonly number: string;
  readonly title?: string;
  /** Those known, oldest first. */
  readonly revisions: readonly Revision[];
  readonly source: string;
}

export interface Definition {
  readonly term: string;
  readonly abbreviation?: string;
  readonly definition: string;
  readonly notes?: readonly string[];
  /** `Y.4000/Y.2060`, or the name of another text. */
  readonly where: string;
  readonly edition?: string;
  readonly clause?: string;
  readonly verbatim?: boolean;
  /** An everyday word too: not explained wherever it stands. */
  readonly ordinary?: boolean;
  readonly source: string;
}

export interface Abbreviation {
  readonly abbreviation: string;
  readonly name: string;
  readonly kind: string;
  /** What a body deals with. */
  readonly about?: string;
  /** Used in texts of ITU without being spelled out. */
  readonly known?: boolean;
  readonly source: string;
}

/** A catalogue as it is written in a file (`server/data/catalogue.schema.json`). */
export interface CatalogueFile {
  readonly about?: string;
  readonly sources?: Readonly<Record<string, string>>;
  readonly recommendations?: readonly Recommendation[];
  readonly resolutions?: readonly Resolution[];
  readonly definitions?: readonly Definition[];
  readonly abbreviations?: readonly Abbreviation[];
}

const series = (number: string): string => number[0]!;
const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}&.]+/gu) ?? [];

/** Catalogues looked up as one: of two rows about one thing, that of the later catalogue counts. */
export class Catalogue {
  private recommendationsByNumber: Map<string, Recommendation> | null = null;
  private recommendationRows: readonly Recommendation[] | null = null;
  /** What is searched, one text for each row. */
  private searched: readonly string[] | null = null;
  private resolutionsByKey: Map<string, Resolution> | null = null;
  private abbreviationsByName: Map<string, Abbreviation[]> | null = null;
  private definitionRows: readonly Definition[] | null = null;

  constructor(private readonly files: () => readonly CatalogueFile[]) {}

  /** The catalogue with more of them behind it. */
  with(more: readonly CatalogueFile[]): Catalogue { return new Catalogue(() => [...this.files(), ...more]); }

  /** All Recommendations, each once, in the order of the catalogues. */
  get recommendations(): readonly Recommendation[] {
    if (!this.recommendationRows) {
      const byNumber = new Map<string, Recommendation>();
      for (const { recommendations = [], sources } of this.files()) for (const row of recommendations) byNumber.set(row.number, sourced(row, sources));
      this.recommendationRows = [...byNumber.values()];
      for (const row of this.recommendationRows) for (const other of row.also ?? []) if (!byNumber.has(other)) byNumber.set(other, row);
      this.recommendationsByNumber = byNumber;
    }
    return this.recommendationRows;
  }

  /** A Recommendation by any of its numbers (`Y.4000`, `Y.2060`); null for one that is not known. */
  recommendation(number: string): Recommendation | null {
    return this.recommendations && (this.recommendationsByNumber!.get(number) ?? null);
  }

  /** Whether anything is known of a series (`Y`), so that a number missing in it may be wrong. */
  knowsSeries(number: string): boolean {
    this.bySeries ??= this.recommendations.reduce((counts, row) => counts.set(series(row.number), (counts.get(series(row.number)) ?? 0) + 1), new Map<string, number>());
    return (this.bySeries.get(series(number)) ?? 0) > MANY;
  }
  private bySeries: Map<string, number> | null = null;

  /**
   * Recommendations whose number or other number begins with `typed`, or in whose titles there are words that
   * begin with each of its words; at most `limit`. Those named by their number come first.
   */
  searchRecommendations(typed: string, limit: number): readonly Recommendation[] {
    const rows = this.recommendations, number = typed.trim().replace(/^ITU[-\u2010-\u2013]?T[ \u00a0]?/i, '').toUpperCase(), found: Recommendation[] = [];
    if (/^[A-Z](?:\.[\d.]*)?$/.test(number)) {
      for (const row of rows) if (row.number.startsWith(number) || row.also?.some(other => other.startsWith(number))) {
        found.push(row);
        if (found.length >= limit * 4) break;
      }
      const exact = ({ number: own }: Recommendation): number => own === number ? 0 : own.startsWith(number) ? 1 : 2;
      return found.sort((a, b) => exact(a) - exact(b)).slice(0, limit);
    }
    const wanted = words(typed);
    if (!wanted.length) return rows.slice(0, limit);
    this.searched ??= rows.map(({ number, title }) => `${number} ${title}`.toLowerCase());
    for (let i = 0; i < rows.length && found.length < limit; i++) if (wanted.every(word => hasWord(this.searched![i]!, word))) found.push(rows[i]!);
    return found;
  }

  /** Recommendations of its series whose numbers differ from `number` by one digit, left out, added, exchanged or another; at most five. */
  near(number: string): readonly Recommendation[] {
    let found = this.nearest.get(number);
    if (!found) this.nearest.set(number, found = this.recommendations.filter(row => series(row.number) === series(number) && differsByOne(row.number, number)).slice(0, 5));
    return found;
  }
  private readonly nearest = new Map<string, readonly Recommendation[]>();

  private get byKey(): Map<string, Resolution> {
    if (!this.resolutionsByKey) {
      this.resolutionsByKey = new Map();
      for (const { resolutions = [], sources } of this.files()) for (const row of resolutions)
        this.resolutionsByKey.set(`${row.body} ${row.kind ?? 'Resolution'} ${row.number}`, sourced(row, sources));
    }
    return this.resolutionsByKey;
  }

  get resolutions(): readonly Resolution[] { return [...this.byKey.values()]; }

  /** A resolution by what adopted it (`WTSA`), its kind and its number (`98`; `66-2` finds 66); null for one that is not known. */
  resolution(body: string, kind: InstrumentKind, number: string): Resolution | null {
    return this.byKey.get(`${body} ${kind} ${number.replace(/-\d+$/, '')}`) ?? null;
  }

  get definitions(): readonly Definition[] { return this.definitionRows ??= this.files().flatMap(({ definitions = [], sources }) => definitions.map(row => sourced(row, sources))); }

  private get byAbbreviation(): Map<string, Abbreviation[]> {
    if (!this.abbreviationsByName) {
      this.abbreviationsByName = new Map();
      for (const { abbreviations = [], sources } of this.files()) for (const row of abbreviations) {
        const same = this.abbreviationsByName.get(row.abbreviation), own = sourced(row, sources);
        if (same) same.push(own); else this.abbreviationsByName.set(row.abbreviation, [own]);
      }
    }
    return this.abbreviationsByName;
  }

  get abbreviations(): readonly Abbreviation[] { return [...this.byAbbreviation.values()].flat(); }

  /** What an abbreviation may stand for, written with any hyphen. */
  abbreviation(text: string): readonly Abbreviation[] { return this.byAbbreviation.get(text.replace(/[\u2010-\u2013]/g, '-')) ?? []; }
}

/** Whether a word of a text begins so. */
function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1]!)) return true;
  return false;
}

function differsByOne(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0, toA = a.length, toB = b.length;
  while (from < toA && a[from] === b[from]) from++;
  while (toA > from && toB > from && a[toA - 1] === b[toB - 1]) { toA--; toB--; }
  return (toA - from <= 1 && toB - from <= 1) || (toA - from === 2 && toB - from === 2 && a[from] === b[from + 1] && a[from + 1] === b[from]);
}

/** A row with its source in words. */
function sourced<R extends { readonly source: string }>(row: R, sources: CatalogueFile['sources']): R {
  const source = sources?.[row.source];
  return source ? { ...row, source } : row;
}

/** So many Recommendations of a series have to be known before a number that is missing in it means anything. */
const MANY = 100;

/** Read when first asked for: the language server has to start at once. */
const builtIn = (): CatalogueFile[] => [require('../../data/recommendations.json'), require('../../data/resolutions.json'), require('../../data/definitions.json'), require('../../data/abbreviations.json')];

export const BUILT_IN = new Catalogue(builtIn);
let current = BUILT_IN;

/** What is known now. */
export const catalogue = (): Catalogue => current;

/**
 * Takes the user's own catalogues in place of those that were there. What was found in texts with the help of the
 * former ones is kept with those texts (see `markup/memo.ts`): they have to be read anew.
 */
export function useCatalogues(files: readonly CatalogueFile[]): void { current = files.length ? BUILT_IN.with(files) : BUILT_IN; }

/** Whether two numbers of one Recommendation are a former and a present one: those of one series. `Y.4900/L.1600` is two at a time. */
export const isRenumbered = (number: string, other: string): boolean => series(number) === series(other) && number !== other;

/** Its numbers as ITU writes them: `Y.4000/Y.2060`. */
export const allNumbers = ({ number, also = [] }: Recommendation): string => [number, ...also].join('/');
