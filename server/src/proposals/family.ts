/**
 * Several proposals to change one text in force, or for one new text, brought onto one footing.
 *
 * - `family(sources, base?)`: the common text, what each proposal makes of it paragraph by paragraph, and what does not fit
 */
import { Document } from '../markup/document';
import { readProposal } from '../markup/classify';
import { frontMatter } from '../markup/frontMatter';
import { plainText } from '../markup/text';
import { viewText } from '../markup/views';
import { ownVoice } from '../changes/attributes';
import { inOrder, unitsOf, type Step, type Unit } from '../changes/compare';
import { wordsOf } from '../changes/words';
import { placedAt } from '../contribution/runs';
import { headKind, texts, type Text } from '../contribution/scopes';

/** A contribution as it is handed in: `name` tells it from the others in messages (a file's name). */
export interface Source { readonly name: string; readonly document: Document }

export interface Proposal {
  readonly name: string;
  /** Short name to which its changes are attributed; no two proposals of a family share one. */
  readonly author: string;
  /** Of its changes; null where its front matter says none. */
  readonly date: string | null;
  /** Who submits it, as printed. */
  readonly source: string;
  /** `MOD`, and `APT/37A37/1`; '' where they are missing. */
  readonly symbol: string;
  readonly identifier: string;
  /** What became of the paragraphs of the common text in its final view. */
  readonly steps: readonly Step[];
  /** The paragraphs of its reasons, final view. */
  readonly reasons: readonly string[];
}

export interface Family {
  /** The paragraphs of the common text in force, on one line each; none where all propose a new text. */
  readonly base: readonly Unit[];
  /** The same as a document; its grammar is that of all. */
  readonly document: Document;
  /** `RESOLUTION 98`, `DRAFT NEW RESOLUTION` */
  readonly title: string;
  /** In the order given. */
  readonly proposals: readonly Proposal[];
  /** What front matters say alike: meeting, place, dates, language, base. */
  readonly common: Readonly<Record<string, string>>;
  /** Proposals that start from another text, and texts that are not on the common one: messages for an editor. */
  readonly remarks: readonly { readonly authors: readonly string[]; readonly message: string }[];
}

/** The order in which names of authors stand wherever the order of the inputs must not show. */
export const byName = (a: string, b: string): number => a < b ? -1 : a > b ? 1 : 0;

/** A text that a contribution proposes to change. */
interface Part {
  readonly source: Source;
  readonly text: Text;
  /** Of a text in force its number, by which it is found in all proposals. */
  readonly title: string;
  readonly isNew: boolean;
  /** Of the line that proposes it; '' where there is none. */
  readonly symbol: string;
  readonly identifier: string;
  /** '' of a new text. */
  readonly original: string;
  readonly final: Document;
}

/**
 * The proposals that are on one text in force: on `base` where it is given, else on the text that most of them change. That
 * text is the original view of most. Where more of them propose a new text, these are brought together, with no text in
 * force. Null where there is neither.
 */
export function family(sources: readonly Source[], base: Source | null = null): Family | null {
  const parts = sources.map(partsOf), given = base ? partsOf(base)[0] : undefined, inForce = parts.map(found => found.filter(part => !part.isNew));
  const number = given ? given.title : most(inForce.flatMap(found => [...new Set(found.map(part => part.title))]));
  const changed = inForce.map(found => found.find(part => part.title === number)), fresh = parts.map(found => found.find(part => part.isNew)), count = (list: readonly unknown[]) => list.filter(Boolean).length;
  const isNew = !given && count(fresh) > count(changed), chosen = isNew ? fresh : changed;
  const title = isNew ? most(fresh.flatMap(part => part ? [part.title] : [])) : number, original = given?.original ?? most(chosen.flatMap(part => part ? [part.original] : []));
  if (title === undefined || original === undefined) return null;
  const { grammar } = (given ?? chosen.find(part => part?.original === original)!).final, document = Document.parse(original, () => grammar);
  const known = new Map<string, readonly Unit[]>(), olds = flatUnits(document, known), remarks: { authors: string[]; message: string }[] = [];
  if (isNew) remarks.push({ authors: [], message: 'These are proposals for a new text: with no text in force to compare them with, they are compared with each other, and all of it is new.' });
  const authors = namesOf(chosen.filter(part => part !== undefined));
  const notes = new Footnotes(olds), finals = new Map<Part, Unit[]>();
  for (const [part] of [...authors].sort((a, b) => byName(a[1], b[1]))) finals.set(part, notes.fitted(flatUnits(part.final, known)));
  const proposals = chosen.flatMap((part, i): Proposal[] => {
    if (!part) { remarks.push({ authors: [], message: `${sources[i]!.name} proposes ${isNew ? 'no new text' : `nothing on ${title}`}, so it is left out.` }); return []; }
    const { source: { name, document: whole } } = part, author = authors.get(part)!, news = finals.get(part)!;
    const others = parts[i]!.filter(other => other !== part);
    if (others.length) remarks.push({ authors: [author], message: `${name} proposes changes to ${others.map(other => other.title).join(', ')} too; they are left out here.` });
    const differ = part.original === original ? [] : inOrder(olds, flatUnits(Document.parse(part.original, () => grammar), known)).filter(step => step.olds.length !== 1 || step.news.length !== 1 || step.olds[0]!.text !== step.news[0]!.text);
    if (differ.length) {
      const first = (differ[0]!.olds[0] ?? differ[0]!.news[0])!.text.slice(0, 60).replace(/\t/g, ' ');
      remarks.push({ authors: [author], message: `${name} starts from another text than the common one: ${differ.length === 1 ? 'one paragraph differs' : `${differ.length} paragraphs differ`}, the first at “${first}…”. The differences stand among the changes of ${author}.` });
    }
    return [{
      name, author, date: ownVoice(whole).date, source: frontMatter(whole).values.source ?? author, symbol: part.symbol, identifier: part.identifier,
      steps: inOrder(olds, news), reasons: reasonsOf(part),
    }];
  });
  return { base: olds, document, title, proposals, common: commonValues(chosen.flatMap(part => part ? [part.source.document] : [])), remarks: remarks.sort((a, b) => byName(a.message, b.message)) };
}

/** The texts of a contribution that it would change or add, cut out with their footnotes and without reasons. */
function partsOf(source: Source): Part[] {
  const { document } = source;
  return texts(document).flatMap(text => {
    const head = text.instrument < 0 ? null : placedAt(document, text.instrument, 0).block;
    if (!head) return [];
    const line = text.proposal < 0 ? null : readProposal(plainText(placedAt(document, text.proposal, 0).block, 'final')), isNew = !head.original || line?.symbol.startsWith('ADD') === true;
    const end = text.reasons[0] ?? text.end;
    const whole = {
      *blocks() {
        for (let g = text.instrument; g < end; g++) yield* document.blocksOf(g);
        for (let g = end; g < text.end; g++) for (const placed of document.blocksOf(g)) if ((placed.block.final ?? placed.block.original)?.kind === 'footnote') yield placed;
      },
    };
    const title = plainText(head, isNew ? 'final' : 'original').replace(isNew ? /[[(].*/s : /\(.*/s, '').replace(/[\s\u00a0]+/g, ' ').trim();
    return [{ source, text, title, isNew, symbol: line?.symbol ?? '', identifier: line?.identifier ?? '', original: isNew ? '' : viewText(whole, 'original'), final: Document.parse(viewText(whole, 'final'), () => document.grammar) }];
  });
}

function reasonsOf({ source: { document }, text }: Part): string[] {
  const groups = text.reasons.flatMap(start => {
    let end = start + 1;
    while (end < text.end && headKind(document.groups[end]!) !== 'reasons') end++;
    return document.groups.slice(start, end);
  });
  const heading = new RegExp(`^(?:${document.grammar.reasons.join('|')})[ \\u00a0]*:[ \\u00a0]*`);
  return groups.flatMap(group => group.blocks).filter(block => block.final && !['footnote', 'blank', 'drafter-note'].includes(block.final.kind)).map(block => plainText(block, 'final')).map(words => words.replace(heading, '')).filter(Boolean);
}

/** What is there most often; of several, the first in alphabetical order. */
function most(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || byName(a, b))[0]?.[0];
}

/** A short name for each: its sponsor, and where several have the same, what tells them apart. */
function namesOf(parts: readonly Part[]): Map<Part, string> {
  const short = parts.map(({ source }) => ownVoice(source.document).authors.join(' and ') || frontMatter(source.document).values.source || source.name);
  const clean = short.map(name => name.replace(/[{};\r\n]+/g, ' ').replace(/\s+/g, ' ').trim());
  // The text decides which is the first of several, not the order in which they are given.
  const order = parts.map((part, i) => ({ part, name: clean[i]!, key: part.source.document.text })).sort((a, b) => byName(a.name, b.name) || byName(a.key, b.key));
  const seen = new Map<string, number>();
  return new Map(order.map(({ part, name }) => {
    const n = (seen.get(name) ?? 0) + 1;
    seen.set(name, n);
    return [part, n === 1 ? name : `${name} (${n})`];
  }));
}

function commonValues(documents: readonly Document[]): Record<string, string> {
  const all = documents.map(document => frontMatter(document).values);
  return Object.fromEntries((['meeting', 'place', 'dates', 'language', 'base'] as const).flatMap(key => {
    const value = all[0]?.[key];
    return value !== undefined && all.every(values => values[key] === value) ? [[key, value]] : [];
  }));
}

/**
 * The paragraphs of a clean text, each on one line and without drafter's notes.
 * @param known those of texts that were read before: proposals to change one text have most of their paragraphs in common
 */
export function flatUnits(document: Document, known = new Map<string, readonly Unit[]>()): Unit[] {
  const flat = (text: string) => /[\r\n]/.test(text) ? wordsOf(text).map(word => /^[ \t\u00a0]*[\r\n]/.test(word) ? ' ' : word).join('') : text;
  return [...document.blocks()].flatMap(({ block }) => {
    const { kind, level, textStart } = block.final ?? block.original ?? { kind: '', level: 0, textStart: 0 }, key = `${kind} ${level} ${textStart} ${block.source}`;
    let found = known.get(key);
    if (!found) known.set(key, found = unitsOf(block).filter(unit => unit.kind !== 'drafter-note').map(unit => {
      const body = flat(unit.body);
      return body === unit.body ? unit : { ...unit, body, text: unit.text.slice(0, unit.marker) + body };
    }));
    return found;
  });
}

/** Gives footnotes one label each for all proposals: that of the text in force, or a new one. What is the same footnote has the same label. */
class Footnotes {
  private readonly known = new Map<string, string>();
  private last = 0;

  constructor(private readonly base: readonly Unit[]) {
    for (const unit of base) if (unit.kind === 'footnote') this.note(labelOf(unit), unit.body);
  }

  private note(label: string, body: string): void {
    this.known.set(body, label);
    if (/^\d+$/.test(label)) this.last = Math.max(this.last, Number(label));
  }

  /** The paragraphs of a proposal with these labels. */
  fitted(units: readonly Unit[]): Unit[] {
    const labels = new Map<string, string>(), mine = units.filter(({ kind }) => kind === 'footnote');
    if (!mine.length) return [...units];
    // A changed footnote is the one that it became; alignment of the footnotes alone finds it.
    for (const { olds: [old], news: [now] } of inOrder(this.base.filter(({ kind }) => kind === 'footnote'), mine)) if (now) {
      const label = old ? labelOf(old) : this.known.get(now.body) ?? (/^\d+$/.test(labelOf(now)) ? String(this.last + 1) : labelOf(now));
      if (!old) this.note(label, now.body);
      labels.set(labelOf(now), label);
    }
    if ([...labels].every(([from, to]) => from === to)) return [...units];
    const fit = (text: string) => text.replace(/\[\^([^\]\s[]+)\]/g, (all, label: string) => labels.has(label) ? `[^${labels.get(label)}]` : all);
    return units.map(unit => {
      const marker = fit(unit.text.slice(0, unit.marker)), body = fit(unit.body);
      return { ...unit, marker: marker.length, body, text: marker + body };
    });
  }
}

const labelOf = ({ text }: Unit): string => /^\[\^([^\]\s[]+)\]/.exec(text)?.[1] ?? '';
