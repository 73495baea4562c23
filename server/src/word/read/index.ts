/** A Word file as markup in normal form: every change with its author, every comment, every footnote (markup, section 7). */
import { grammarOf } from '../../knowledge/grammar';
import type { Block, Comment, Note, Simplified } from './model';
import { paragraphsOf, wordsOf, type Item } from './model';
import { coverOf, languageOf } from './cover';
import { settleEnds } from './ends';
import { frontMatterText, frontOfProperties } from './frontMatter';
import { writeNumbers } from './labels';
import { LineWriter } from './lines';
import { Lists } from './numbering';
import { Package, UnreadableWord } from './package';
import { Report } from './report';
import { Changes, StoryReader, type Context } from './story';
import { Styles } from './styles';
import { readXml, type Attributes } from './xml';

export { UnreadableWord } from './package';
export type { Simplified } from './model';

export interface ReadWord {
  /** The text, in normal form; lines end in LF. */
  readonly text: string;
  /** What the markup could not hold as it was, in the order of the text; what concerns the whole file is last. */
  readonly report: readonly Simplified[];
}

/** `problem`: why it cannot be read, for the user. */
export type ReadAnswer = ReadWord | { readonly problem: string };

/** Reads a .docx. Throws `UnreadableWord`, with a message for the user, where the bytes are none or are made to do harm. */
export function readWord(bytes: Uint8Array): ReadWord {
  const file = new Package(bytes), main = targetOf(relationships(file, ''), 'officeDocument');
  if (!main || !file.has(main)) throw new UnreadableWord('The file is no Word document (.docx): it has no text in it.');
  const links = relationships(file, main), part = (type: string) => targetOf(links, type);
  const styles = new Styles(file, part('styles')), lists = new Lists(file, part('numbering')), report = new Report();
  const context: Context = { styles, report, changes: new Changes(), noteAt: new Map(), marks: new Map() };
  const external = new Map([...links.values()].filter(({ external }) => external).map(({ id, target }) => [id, target]));

  const stories = (path: string | null, story: (name: string, attributes: Attributes, blocks: Block[], lastParagraph: string) => void, own = new Map<string, string>()) => {
    if (path && file.has(path)) readXml(file, path, new StoryReader(context, own, story));
  };
  const notes = new Map<string, Note>(), comments = new Map<string, Comment>(), paragraphs = new Map<string, string>();
  let body: Block[] | null = null;
  for (const type of ['footnote', 'endnote']) stories(part(`${type}s`), (_, attributes, blocks) => {
    if (!attributes['w:type'] || attributes['w:type'] === 'normal') notes.set(`w:${type}Reference ${attributes['w:id']}`, { mark: null, blocks });
  });
  stories(part('comments'), (_, attributes, blocks, last) => {
    const id = attributes['w:id'] ?? '';
    if (last) paragraphs.set(last, id);
    comments.set(id, { id, change: context.changes.of(attributes), text: [...paragraphsOf(blocks)].map(paragraph => wordsOf(paragraph).trim()).filter(Boolean).join(' '), parent: null });
  });
  readThreads(file, part('commentsExtended'), comments, paragraphs, report);
  stories(main, (_, __, blocks) => { body ??= blocks; }, external);
  if (!body) throw new UnreadableWord('The file is no Word document (.docx): it is another file of Office, or empty.');

  for (const [key, mark] of context.marks) {
    const note = notes.get(key);
    if (note) note.mark = mark.trim();
  }
  const properties = frontOfProperties(file, targetOf(relationships(file, ''), 'custom-properties'));
  const cover = coverOf(body, properties, report);
  const { blocks } = cover, front = { ...cover.front };
  resolveNotes([blocks, ...[...notes.values()].map(note => note.blocks)], notes, context.noteAt);
  const language = front.values['language'] ?? (properties.own ? 'en' : languageOf(blocks));
  if (language !== 'en') front.values = { ...front.values, language };
  for (const story of [blocks, ...[...notes.values()].map(note => note.blocks)]) {
    settleEnds(story);
    writeNumbers(story, styles, lists);
  }
  const answers = answersOf(comments);
  const writer = new LineWriter({
    styles, grammar: grammarOf(language), report, notes, own: properties.own,
    around: { author: names(front.values['sponsor'] ?? ''), date: front.values['date'] ?? '', comments, answers },
  });
  writer.write(blocks);
  reportLoose(blocks, comments, report);
  if (!properties.own) for (const type of ['header', 'footer']) for (const target of new Set([...links.values()].flatMap(link => link.type === type && !link.external ? [link.target] : []))) stories(target, (_, __, content) => {
    const words = [...paragraphsOf(content)].map(paragraph => wordsOf(paragraph).trim()).filter(text => /\p{L}/u.test(text)).join(' ');
    if (words) report.add(`What stands at the ${type === 'header' ? 'head' : 'foot'} of the pages was left out: ${words.replace(/\s+/g, ' ')}`, '');
  });
  const lines = writer.lines.join('\n');
  return { text: frontMatterText(front) + lines + (lines && '\n'), report: [...report.entries].sort((a, b) => Number(a.paragraph === '') - Number(b.paragraph === '')) };
}

const names = (sponsor: string): string => sponsor.split(';').map(name => name.trim()).filter(Boolean).join('; ');

interface Relationship { readonly id: string; readonly type: string; readonly target: string; readonly external: boolean }

/** What a part refers to ('' for the package itself), by its ids; targets inside the file as paths in it. */
function relationships(file: Package, part: string): Map<string, Relationship> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1), path = `${folder}_rels/${part.slice(folder.length)}.rels`, found = new Map<string, Relationship>();
  if (!file.has(path)) return found;
  readXml(file, path, {
    open: (name, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode }) => {
      if (!name.endsWith('Relationship')) return;
      const external = mode === 'External';
      found.set(id, { id, type: type.slice(type.lastIndexOf('/') + 1), target: external ? target : resolved(folder, target), external });
    },
    close: () => {},
  });
  return found;
}

/** A path relative to a folder, or from the top where it begins with a slash. */
function resolved(folder: string, target: string): string {
  const steps: string[] = [];
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') steps.pop();
    else if (step && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

const targetOf = (found: ReadonlyMap<string, Relationship>, type: string): string | null => [...found.values()].find(relationship => relationship.type === type && !relationship.external)?.target ?? null;

/** Which comments answer which, and which are done with. */
function readThreads(file: Package, path: string | null, comments: ReadonlyMap<string, Comment>, paragraphs: ReadonlyMap<string, string>, report: Report): void {
  if (!path || !file.has(path)) return;
  readXml(file, path, {
    open: (name, attributes) => {
      if (name !== 'w15:commentEx') return;
      const comment = comments.get(paragraphs.get(attributes['w15:paraId'] ?? '') ?? ''), parent = paragraphs.get(attributes['w15:paraIdParent'] ?? '');
      if (comment && parent !== undefined && parent !== comment.id) comment.parent = parent;
      if (comment && attributes['w15:done'] === '1') report.add('A comment that is marked as resolved is a comment like any other.', comment.text);
    },
    close: () => {},
  });
}

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
