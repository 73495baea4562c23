/**
 * Comparing two texts: a text with tracked changes that says what became of the one in the other.
 *
 * - `compare(base, now, { author?, date?, drafts? })`: the marked text
 */
import type { BlockKind, Block, Grammar, View } from '../markup/types';
import { Document } from '../markup/document';
import { blockEnd, INITIAL_ENTRY, inView } from '../markup/block';
import { applyEdits } from '../markup/edit';
import { parseInline } from '../markup/inline';
import { skipBlanks } from '../markup/lines';
import { viewText } from '../markup/views';
import { align, Bags, HEADS, type Alignable } from './align';
import { attributeText, names, ownVoice, type Voice } from './attributes';
import { counts, paragraphs } from './paragraphs';
import { compareWords, PARAGRAPH_END, wordsOf, type Stretch } from './words';

export interface Comparing {
  /** Whose the changes are, and when; where nothing is said, those of the front matter of `now`. */
  readonly author?: string;
  readonly date?: string;
  /** Compares what two drafts propose, where otherwise the first is taken as the text in force: its final view, not its original one. */
  readonly drafts?: boolean;
}

/**
 * A text whose original view is `base` (in its own original view) and whose final view is that of `now`, word for
 * word and sign for sign. What marks cannot say comes from `now`: the front matter, the drafter's notes, blank
 * lines, line wraps and indentation. A clause that moved is paired by `#m1`, `#m2`….
 */
export function compare(base: Document, now: Document, { author, date, drafts }: Comparing = {}): string {
  const own = ownVoice(now), voice: Voice = { authors: author === undefined ? own.authors : names(author), date: date ?? own.date };
  const clean = (document: Document, view: View) => Document.parse(viewText(document, view), () => document.grammar);
  const olds = units(clean(base, drafts ? 'final' : 'original')).filter(({ kind }) => kind !== 'drafter-note'), news = units(clean(now, 'final'));
  const lineEnd = /\r\n?|\n/.exec(now.text)?.[0] ?? '\n';
  const front = /^(?:front-matter|blank)$/.test(now.groups[0]?.blocks[0]?.final?.kind ?? '') ? now.groups[0]!.blocks[0]!.source : '';
  const composer = new Composer(front, lineEnd, now.grammar, move => attributeText({ ...voice, move }, own));
  for (const change of inOrder(olds, news)) composer.add(change);
  return composer.text;
}

/** A paragraph of a clean text. */
export interface Unit extends Alignable {
  /** Length of its marker and of what divides it from the words. */
  readonly marker: number;
  /** Its line end and the blank lines behind it. */
  readonly tail: string;
  /** It goes on with a clause after a blank line. */
  readonly further: boolean;
}

/** The paragraphs of a clean text, its front matter and blank lines left out. */
export const units = (document: Document): Unit[] => [...document.blocks()].flatMap(({ block }) => unitsOf(block));

/** The paragraphs of a block of a clean text. */
export function unitsOf(block: Block): Unit[] {
  const reading = block.final ?? block.original, { source } = block, result: Unit[] = [];
  if (reading?.kind === 'front-matter' || reading?.kind === 'blank') return result;
  if (source.startsWith('//')) return [{ ...ofNote(block), kind: 'drafter-note' }];
  let indent = '';
  paragraphs(block).forEach(({ pieces, behind }, i) => {
    if (pieces[0]?.kind === 'indent') indent = source.slice(pieces[0].start, pieces[0].end);
    const start = pieces.find(({ kind }) => kind !== 'indent')?.start ?? 0, words = i === 0 ? reading?.textStart ?? 0 : 0;
    // Behind a marker without words its blank stays, without which it would be no marker.
    const end = Math.max(behind?.start ?? source.length, reading?.label ? words : 0), text = source.slice(start, end), marker = Math.max(0, Math.min(words - start, text.length));
    const space = behind ? source.slice(end, behind.end) : '', cut = Math.max(space.lastIndexOf('\n'), space.lastIndexOf('\r')) + 1;
    const own = i === 0 ? { kind: reading?.kind ?? 'paragraph', level: reading?.level ?? 0, label: reading?.label ?? null } : { kind: 'paragraph' as const, level: -1, label: null };
    result.push({
      kind: own.kind, level: own.level, label: own.label?.text ?? '', labelKind: own.label?.kind ?? null,
      text, body: text.slice(marker), marker, indent, tail: space.slice(0, cut), further: i > 0 || (indent !== '' && !own.label),
    });
    indent = space.slice(cut);
  });
  return result;
}

const ofNote = ({ source }: Block): Omit<Unit, 'kind'> => ({ level: 0, label: '', labelKind: null, text: source, body: source, indent: '', marker: 0, tail: '', further: false });

/** What happened to paragraphs: one that stays or is changed, one that is deleted or inserted, one that became two, two that became one. */
export interface Step { readonly olds: readonly Unit[]; readonly news: readonly Unit[]; readonly move?: string }

/** What became of the paragraphs of a text, in order: joined, the `olds` of all steps are the given ones, and so are the `news`. */
export function inOrder(olds: readonly Unit[], news: readonly Unit[]): Step[] {
  const to = align(olds, news), bags = new Bags(), steps: { olds: Unit[]; news: Unit[]; move?: string }[] = [];
  // What stands between two paragraphs that stay: under the heading above it first what is gone, then what is new.
  const between = (gone: readonly Unit[], come: readonly Unit[]) => {
    const [i, j] = [gone, come].map(units => { const head = units.findIndex(({ kind }) => HEADS.has(kind)); return head < 0 ? units.length : head; }) as [number, number];
    for (const unit of gone.slice(0, i)) steps.push({ olds: [unit], news: [] });
    for (const unit of come.slice(0, j)) steps.push({ olds: [], news: [unit] });
    for (const unit of gone.slice(i)) steps.push({ olds: [unit], news: [] });
    for (const unit of come.slice(j)) steps.push({ olds: [], news: [unit] });
  };
  let i = 0, j = 0;
  to.forEach((now, old) => {
    if (now < 0) return;
    between(olds.slice(i, old), news.slice(j, now));
    steps.push({ olds: [olds[old]!], news: [news[now]!] });
    i = old + 1;
    j = now + 1;
  });
  between(olds.slice(i), news.slice(j));
  nameMoves(steps);
  return merged(steps, bags);
}

/** Gives the two ends of a move a name. The sign at the end of a clause changes as it moves. */
function nameMoves(steps: { olds: Unit[]; news: Unit[]; move?: string }[]): void {
  const key = ({ kind, body }: Unit) => PROSE.has(kind) && (body.match(/\p{L}+/gu)?.length ?? 0) >= 4 ? body.replace(/[;,.:\s]+(?:and)?$/, '') : '';
  const gone = new Map<string, number[]>(), come = new Map<string, number[]>();
  steps.forEach(({ olds: [old], news: [now] }, k) => {
    const map = old && now ? null : old ? gone : come, name = map && key((old ?? now)!);
    if (map && name) map.set(name, [...map.get(name) ?? [], k]);
  });
  let n = 0;
  for (const [name, [from, ...more]] of gone) {
    const [to, ...others] = come.get(name) ?? [];
    if (from !== undefined && to !== undefined && !more.length && !others.length) steps[from]!.move = steps[to]!.move = `m${++n}`;
  }
}

const PROSE: ReadonlySet<BlockKind> = new Set(['clause', 'paragraph']);

/** Finds paragraphs that were split in two or joined: most of the words of the second are in what the first has lost. */
function merged(steps: readonly Step[], bags: Bags): Step[] {
  const result: Step[] = [];
  for (const step of steps) {
    const above = result.at(-1);
    if (above && !above.move && !step.move && joins(above, step, bags)) result[result.length - 1] = { olds: [...above.olds, ...step.olds], news: [...above.news, ...step.news] };
    else result.push(step);
  }
  return result;
}

function joins(above: Step, step: Step, bags: Bags): boolean {
  const all = [...above.olds, ...step.olds], changed = [...above.news, ...step.news];
  const [one, two] = all.length === 1 && changed.length === 2 ? [all[0]!, changed] : all.length === 2 && changed.length === 1 ? [changed[0]!, all] : [];
  if (!one || !two || !PROSE.has(one.kind) || two[0]!.kind !== one.kind || two[0]!.level !== one.level || !PROSE.has(two[1]!.kind)) return false;
  const [first, second] = two as [Unit, Unit];
  const parts = [first.body, second.body].map(body => bags.common(body, one.body) / Math.max(1, bags.size(body)));
  const whole = bags.likeness(one.body, `${first.body} ${second.body}`);
  if (Math.min(...parts) < 0.6 || whole < 0.75 || Math.min(bags.size(first.body), bags.size(second.body)) < 3) return false;
  // Both have to keep most of their words where they stand.
  const stretches = compareWords(wordsOf(one.body), [...wordsOf(first.body), PARAGRAPH_END, ...wordsOf(second.body)]);
  const end = stretches.findIndex(({ now }) => now.includes(PARAGRAPH_END));
  const kept = (part: readonly Stretch[], body: string) => bags.size(part.filter(({ same }) => same).map(({ now }) => now.join('')).join(' ')) * 2 > bags.size(body);
  return kept(stretches.slice(0, end), first.body) && kept(stretches.slice(end), second.body);
}

/** Writes the text with its marks, paragraph by paragraph. */
export class Composer {
  /** How the text ends; to look at the whole of it again and again would take long. */
  private last: string;

  /** `attribute` gives what to write behind a mark, for one end of a move or for any other change. */
  constructor(public text: string, private readonly lineEnd: string, private readonly grammar: Grammar, private readonly attribute: (move: string | null) => string) { this.last = text.slice(-40); }

  add({ olds, news, move }: Step): void {
    const [old] = olds, [now] = news;
    if (old && now) {
      const changed = olds.length === 1 && news.length === 1 && old.text === now.text ? literal(now.text) : this.changed(olds, news);
      if (changed !== null) { this.put(now, changed, news.at(-1)!.tail); return; }
    }
    for (const unit of olds) this.put(unit, this.whole(unit, 'original', move), unit.tail);
    for (const unit of news) this.put(unit, unit.kind === 'drafter-note' ? unit.text : this.whole(unit, 'final', move), unit.tail);
  }

  private write(text: string): void {
    this.text += text;
    this.last = (this.last + text).slice(-40);
  }

  /** Writes a line that has its marks already, in the place of a paragraph. */
  put({ indent, further }: Unit, text: string, tail: string): void {
    if (this.last && !/[\r\n]$/.test(this.last)) this.write(this.lineEnd);
    if (further && !/(?:^|\r\n?|\n)[ \t\u00a0]*(?:\r\n?|\n)$/.test(this.last)) this.write(this.lineEnd);
    this.write(indent + text + tail);
  }

  /** A paragraph that is only in one view. */
  whole(unit: Unit, view: View, move?: string): string {
    const { indent, marker } = unit, text = unwrapped(unit.text);
    const sign = view === 'original' ? '--' : '++', attribute = this.attribute(move ?? null);
    // An indented clause shows by its first line, so its marker has a mark that ends there.
    const lead = indent && marker && /[\r\n]/.test(text) ? marker : 0;
    // A closer in the text would close the mark: it is divided between two.
    const closer = new RegExp(`(?<=\\${sign[0]})(?=\\${sign[0]}\\})`);
    const written = [[text], text.split(closer), [escaped(text)]].map(parts => (lead ? [parts[0]!.slice(0, lead), parts[0]!.slice(lead), ...parts.slice(1)] : parts)
      .map(inside => `{${sign}${inside}${sign}}${attribute}`).join(''));
    const other = view === 'original' ? 'final' : 'original', wanted = plain(text);
    return written.find(line => { const found = read(line, this.grammar); return found[view] === wanted && found[other] === null && found.whole; }) ?? written.at(-1)!;
  }

  /** A paragraph that is in both views, or that was split or joined. Null where marks cannot say it. */
  private changed(olds: readonly Unit[], news: readonly Unit[]): string | null {
    const marker = (unit: Unit) => unit.text.slice(0, unit.marker);
    const words = (units: readonly Unit[]) => units.flatMap((unit, i) => i ? [PARAGRAPH_END, ...wordsOf(unit.text)] : wordsOf(unit.body));
    if (olds[0]!.kind !== news[0]!.kind && olds[0]!.marker + news[0]!.marker > 0 && olds[0]!.kind !== 'clause' && news[0]!.kind !== 'clause') return null;
    if (olds[0]!.kind === 'table' && cells(olds[0]!.text).length !== cells(news[0]!.text).length) return null;
    const rows = olds[0]!.kind === 'table' ? cells(olds[0]!.text).map((cell, i): [string[], string[]] => [wordsOf(cell), wordsOf(cells(news[0]!.text)[i]!)]) : [];
    const parts: [string[], string[]][] = rows.length ? rows : [[wordsOf(marker(olds[0]!)), wordsOf(marker(news[0]!))], [words(olds), words(news)]];
    for (const replacing of [true, false]) {
      const line = parts.map(([old, now]) => compareWords(old, now).map(stretch => this.stretch(stretch, olds, news, replacing)).join('')).join('').split(DIVIDER).map(unwrapped).join(DIVIDER);
      if (isRight(line.split(DIVIDER).map(part => read(part, this.grammar)), olds, news)) return line.replace(DIVIDER, '');
    }
    return null;
  }

  /** One stretch with its marks. The end of a paragraph is a mark of its own, with the layout of the text that has it. */
  private stretch({ same, old, now }: Stretch, olds: readonly Unit[], news: readonly Unit[], replacing: boolean): string {
    if (same) return now.join('');
    const attribute = this.attribute(null);
    const mark = (sign: string, text: string) => text ? `{${sign}${text}${sign}}${attribute}` : '';
    const written = (gone: string, come: string) => gone && come && replacing ? `{~~${gone}~>${come}~~}${attribute}` : mark('--', gone) + mark('++', come);
    const at = now.indexOf(PARAGRAPH_END), from = old.indexOf(PARAGRAPH_END);
    const end = (sign: string, [above, below]: readonly Unit[]) => `{${sign}¶${sign}}${attribute}${above!.tail}${DIVIDER}${below!.indent}`;
    if (at >= 0) return written(old.join(''), now.slice(0, at).join('')) + end('++', news) + mark('++', now.slice(at + 1).join(''));
    if (from >= 0) return written(old.slice(0, from).join(''), now.join('')) + end('--', olds) + mark('--', old.slice(from + 1).join(''));
    return written(old.join(''), now.join(''));
  }
}

/** Stands where the second line of a split or joined paragraph begins, until the line is proven. */
const DIVIDER = '\u0000';

const LABEL = /^[\s\u00a0]*\*{0,2}(?:[\p{L}\d.]+(?:[ \u00a0]?\p{L}+)?\)|[\d–•-])/u;

/** A line wrap becomes a blank where the words of the old text behind it could be read as a clause, now that marks stand around them. */
function unwrapped(line: string): string {
  if (!/[\r\n]/.test(line)) return line;
  const old = parseInline(line).pieces.filter(piece => inView(piece, 'original'));
  const wraps = old.filter((piece, i) => piece.kind === 'soft-break' && !piece.deletion && LABEL.test(old.slice(i + 1, i + 9).map(({ start, end }) => line.slice(start, end)).join('')));
  return applyEdits(line, wraps.map(({ start, end }) => ({ start, end, text: ' ' })));
}

/** A row's cells with the bars behind them. */
const cells = (row: string): string[] => row.match(/(?:\\[^]|[^|\\])*(?:\||$)/g)?.filter(Boolean) ?? [];

/** A text with every line wrap as one blank, as two texts are compared. */
const plain = (text: string): string => !/[\r\n]/.test(text) ? text : wordsOf(text).map(word => /^[ \t\u00a0]*[\r\n]/.test(word) ? ' ' : word).join('');

/** What a line of the result reads in each view, a line wrap as one blank; null where the line is not in that view. */
interface Line {
  readonly original: string | null;
  readonly final: string | null;
  /** Tracked ends of paragraphs. */
  readonly ends: number;
  /** No further line of it begins a clause of its own. */
  readonly whole: boolean;
}

function read(line: string, grammar: Grammar): Line {
  const source = line.slice(skipBlanks(line, 0)).replace(/[\r\n]+$/, ''), { pieces, marks } = parseInline(source);
  const words = pieces.filter(piece => counts(source, piece));
  const inOne = (view: View) => words.length && !words.some(piece => inView(piece, view)) ? null
    : pieces.filter(piece => inView(piece, view)).map(({ kind, start, end }) => kind === 'soft-break' ? ' ' : source.slice(start, end)).join('');
  return { original: inOne('original'), final: inOne('final'), ends: marks.filter(mark => mark.pilcrow).length, whole: !/[\r\n]/.test(source) || blockEnd(source, 0, INITIAL_ENTRY, grammar) === source.length };
}

/** Whether lines are in both views and read there what they should, with the ends of paragraphs tracked where one was split or joined. */
function isRight(lines: readonly Line[], olds: readonly Unit[], news: readonly Unit[]): boolean {
  const says = (view: View, units: readonly Unit[]) => lines.every(line => line[view] !== null) && lines.map(line => line[view]).join('') === units.map(({ text }) => plain(text)).join('');
  const ends = lines.reduce((sum, line) => sum + line.ends, 0);
  return lines.every(line => line.whole) && ends === Math.max(olds.length, news.length) - 1 && lines.length === ends + 1 && says('original', olds) && says('final', news);
}

/** Text that stands in both views: escaped where it would be read as a mark. */
export const literal = (text: string): string => text.includes('{') && parseInline(text).marks.length ? escaped(text) : text;

/** Braces escaped, and a backslash at the end of a line that would hide the sign behind it. A ¶ alone would be a paragraph's end. */
const escaped = (text: string): string => text === '¶' ? '¶ ' : text.replace(/\\[!-/:-@[-`{-~]|[{}]|~>|\\$/g, found => found.length > 1 && found[0] === '\\' ? found : `\\${found}`);

