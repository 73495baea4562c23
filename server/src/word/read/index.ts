/** A Word file as markup in normal form: every change with its author, every comment, every footnote (markup, section 7). */
import { grammarOf } from '../../knowledge/grammar';
import type { Block, Comment, Note, Simplified } from './model';
import { paragraphsOf, wordsOf } from './model';
import { coverOf, languageOf } from './cover';
import { frontMatterText, frontOfProperties } from './frontMatter';
import { Lists } from './numbering';
import { Package, UnreadableWord } from './package';
import { relationships, targetOf } from './relationships';
import { Report } from './report';
import { Changes, StoryReader, type Context } from './story';
import { Styles } from './styles';
import { linesOf } from './text';
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
  const context: Context = { styles, report, changes: new Changes(), noteAt: new Map(), marks: new Map(), paragraphs: 0 };
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
  const language = front.values['language'] ?? (properties.own ? 'en' : languageOf(blocks));
  if (language !== 'en') front.values = { ...front.values, language };
  const written = linesOf({ blocks, notes, noteAt: context.noteAt, comments, styles, lists, report, own: properties.own }, { grammar: grammarOf(language), author: front.values['sponsor'] ?? '', date: front.values['date'] ?? '' });
  if (!properties.own) for (const type of ['header', 'footer']) for (const target of new Set([...links.values()].flatMap(link => link.type === type && !link.external ? [link.target] : []))) stories(target, (_, __, content) => {
    const words = [...paragraphsOf(content)].map(paragraph => wordsOf(paragraph).trim()).filter(text => /\p{L}/u.test(text)).join(' ');
    if (words) report.add(`What stands at the ${type === 'header' ? 'head' : 'foot'} of the pages was left out: ${words.replace(/\s+/g, ' ')}`, '');
  });
  const lines = written.lines.join('\n');
  return { text: frontMatterText(front) + lines + (lines && '\n'), report: [...report.entries].sort((a, b) => Number(a.paragraph === '') - Number(b.paragraph === '')) };
}

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

