/** The last steps of reading, whatever a text was read from (a Word file, a clipboard): what was found becomes lines of markup in normal form. */
import type { Entry } from '../../markup/classify';
import type { Grammar } from '../../markup/types';
import { settleEnds } from './ends';
import { writeNumbers } from './labels';
import { LineWriter } from './lines';
import { paragraphsOf, type Block, type Comment, type Item, type Note } from './model';
import type { Lists } from './numbering';
import type { Report } from './report';
import type { Styles } from './styles';

/** A text as it was read, before it is markup. */
export interface Story {
  readonly blocks: readonly Block[];
  readonly notes: ReadonlyMap<string, Note>;
  /** Which note the reference at a bookmark refers to. */
  readonly noteAt: ReadonlyMap<string, string>;
  readonly comments: ReadonlyMap<string, Comment>;
  readonly styles: Styles;
  /** The lists that number paragraphs; null where the numbers are in the text. */
  readonly lists: Lists | null;
  readonly report: Report;
  /** Written by this project: then headings are as deep as they say, and emphasis means emphasis. */
  readonly own: boolean;
}

/** What the lines are written for: who and when is understood where a mark says nothing, and where they will stand. */
export interface Target {
  readonly grammar: Grammar;
  /** `sponsor` and `date` of the front matter; '' where it is silent. */
  readonly author: string;
  readonly date: string;
  /** What stands in front; nothing where it is left out. */
  readonly entry?: Entry;
  /** The labels of footnotes that the text around has. */
  readonly labels?: Iterable<string>;
  /** The first line goes on with one that is there. */
  readonly inside?: boolean;
}

/** The lines of a text, and where the footnotes at its end begin. What could not be kept goes to its report. */
export function linesOf({ blocks, notes, noteAt, comments, styles, lists, report, own }: Story, { grammar, author, date, entry, labels, inside }: Target): { lines: readonly string[]; notesFrom: number } {
  const stories = [blocks, ...[...notes.values()].map(note => note.blocks)];
  resolveNotes(stories, notes, noteAt);
  for (const story of stories) {
    settleEnds(story);
    if (lists) writeNumbers(story, styles, lists);
  }
  const writer = new LineWriter({ styles, grammar, report, notes, own, around: { author: names(author), date, comments, answers: answersOf(comments) } }, entry, labels);
  writer.write(blocks, inside);
  reportLoose(blocks, comments, report);
  return writer;
}

const names = (sponsor: string): string => sponsor.split(';').map(name => name.trim()).filter(Boolean).join('; ');

/** The answers to each comment that is none itself, in order; answers to answers too. */
function answersOf(comments: ReadonlyMap<string, Comment>): Map<string, Comment[]> {
  const answers = new Map<string, Comment[]>(), firsts = new Map<Comment, Comment>();
  for (const comment of comments.values()) {
    const way = new Set<Comment>([comment]);
    let first = comment;
    while (first.parent !== null && !firsts.has(first)) {
      const above = comments.get(first.parent);
      if (!above) { first.parent = null; break; }
      // A circle of answers begins where it was come upon.
      if (way.has(above)) { above.parent = null; first = above; break; }
      way.add(first = above);
    }
    first = firsts.get(first) ?? first;
    for (const one of way) firsts.set(one, first);
    if (first === comment) continue;
    const own = answers.get(first.id);
    if (own) own.push(comment); else answers.set(first.id, [comment]);
  }
  return answers;
}

/** Repeated numbers of footnotes as references to them, and notes without the mark that stands in front of them. */
function resolveNotes(stories: readonly (readonly Block[])[], notes: ReadonlyMap<string, Note>, noteAt: ReadonlyMap<string, string>): void {
  for (const story of stories) for (const paragraph of paragraphsOf(story)) {
    if (!paragraph.content.some(({ kind }) => kind === 'repeated' || kind === 'reference')) continue;
    paragraph.content = paragraph.content.flatMap((item): Item[] => {
      if (item.kind === 'reference') return notes.has(item.note) ? [item] : [];
      if (item.kind !== 'repeated') return [item];
      const note = noteAt.get(item.bookmark), { insertion, deletion } = item;
      if (note && notes.has(note)) return [{ kind: 'reference', note, insertion, deletion }];
      return item.text ? [{ kind: 'run', text: item.text, italic: false, bold: false, underline: false, highlighted: false, insertion, deletion }] : [];
    });
  }
  withSuffixes(stories, notes);
  for (const { mark, blocks } of notes.values()) {
    const first = blocks.find(block => block.kind === 'paragraph'), run = first?.content.find(item => item.kind === 'run');
    if (!run) continue;
    run.text = run.text.trimStart();
    if (mark && run.text.startsWith(mark)) run.text = run.text.slice(mark.length).trimStart();
  }
}

/**
 * ITU's `1bis`: a footnote that Word numbers, with a suffix typed behind its number both in the text and in the note. It becomes the
 * footnote's own mark.
 */
function withSuffixes(stories: readonly (readonly Block[])[], notes: ReadonlyMap<string, Note>): void {
  let number = 0;
  for (const story of stories) for (const { content } of paragraphsOf(story)) content.forEach((item, i) => {
    if (item.kind !== 'reference') return;
    const note = notes.get(item.note)!, behind = content[i + 1];
    if (note.mark !== null) return;
    number++;
    if (behind?.kind !== 'run' || behind.insertion !== item.insertion || behind.deletion !== item.deletion) return;
    const suffix = /^(?:bis|ter|quater)(?!\p{L})/u.exec(behind.text)?.[0], run = note.blocks.find(block => block.kind === 'paragraph')?.content.find(inner => inner.kind === 'run');
    if (!suffix || !run?.text.trimStart().startsWith(suffix)) return;
    behind.text = behind.text.slice(suffix.length);
    run.text = run.text.trimStart().slice(suffix.length);
    note.mark = `${number}${suffix}`;
  });
}

/** Comments that hang nowhere in the text. */
function reportLoose(blocks: readonly Block[], comments: ReadonlyMap<string, Comment>, report: Report): void {
  const hung = new Set<string>();
  for (const { content } of paragraphsOf(blocks)) for (const item of content) if (item.kind === 'comment') hung.add(item.id);
  for (const { id, parent, change: { author }, text } of comments.values()) if (!hung.has(id) && (parent === null || !hung.has(parent))) report.add(`A comment that hangs nowhere in the text was left out. ${author}: ${text}`, '');
}
