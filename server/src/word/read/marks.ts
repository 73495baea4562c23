/** The inside of a line: from pieces that carry their changes to marks, emphasis and escapes (markup, sections 5 and 6), in normal form. */
import { areJustStars } from '../../markup/formatBlock';
import { parseInline } from '../../markup/inline';
import { readMarker } from '../../markup/labels';
import type { Change, Comment, Item } from './model';

/** What a line needs to know of the text it stands in. */
export interface Surroundings {
  /** Who holds where a mark names nobody, and when; '' where the front matter is silent. */
  readonly author: string;
  readonly date: string;
  readonly comments: ReadonlyMap<string, Comment>;
  /** The answers to a comment, in order. */
  readonly answers: ReadonlyMap<string, readonly Comment[]>;
  /** The label of a note. */
  label(note: string): string;
  /** A comment that could not keep its range, or emphasis that could not be written. */
  simplified(message: string): void;
}

/** Text, or something that is markup already; with the look and the changes that it has. */
interface Piece {
  readonly text: string;
  readonly raw: boolean;
  readonly italic: boolean;
  readonly bold: boolean;
  readonly insertion: Change | null;
  readonly deletion: Change | null;
  /** What the pieces of one range have in common. */
  readonly range: string | null;
}

/** How careful the writing is: emphasis as it is, emphasis without the signs at its edges, none, or none and every sign escaped. */
type Care = 0 | 1 | 2 | 3;

/** The author that the project's own files name where nobody is known. */
const NOBODY = 'Author';

/**
 * The markup of a paragraph's content. `indentation` stands before what follows a manual line break. The words and looks
 * are proven by reading the result; where they are not there, less emphasis is written.
 */
export function lineOf(items: readonly Item[], around: Surroundings, { table = false, indentation = '    ' } = {}): string {
  const pieces = withoutLabels(withRanges(items, around), around);
  const writer = new LineWriter(around, table, indentation);
  if (isSimple(pieces)) return writer.write(pieces, 0);
  const expected = signature(pieces.map(piece => ({ ...piece, text: piece.raw ? '' : piece.text })), true), words = signature(pieces.map(piece => ({ ...piece, text: piece.raw ? '' : piece.text })), false);
  for (const care of [0, 1, 2, 3] as const) {
    const line = writer.write(pieces, care);
    if (care === 3 || read(line, care < 2) === (care < 2 ? care === 0 ? expected : signature(trimmedLooks(pieces), true) : words)) {
      if (care > 1 && expected !== words) around.simplified('Italic or bold letters that the markup cannot tell from stars became upright.');
      return line;
    }
  }
  return '';
}

/** Whether nothing can go wrong: no sign that may mean something, and emphasis of whole words only. */
function isSimple(pieces: readonly Piece[]): boolean {
  let above: Piece | null = null;
  for (const piece of pieces) {
    if (!piece.raw) {
      const isShown = piece.italic || piece.bold;
      if (SIGNS.test(piece.text) || isShown && !WORDS.test(piece.text)) return false;
      if (above && isShown && (above.italic || above.bold) && !/\s$/.test(above.text) && !/^\s/.test(piece.text)) return false;
    }
    above = piece;
  }
  return true;
}

const WORDS = /^\s*[\p{L}\p{N}](?:[^]*[\p{L}\p{N}])?\s*$/u;

/** Signs that may mean something. */
const SIGNS = /[\\*{}~|[\n]/;
const PUNCTUATION = '!-/:-@\\[-`{-~';
const ALL_SIGNS = new RegExp(`[${PUNCTUATION}]`, 'g'), BACKSLASH = new RegExp(`\\\\(?=[${PUNCTUATION}]|$)`, 'g');

/** The characters of a line with their looks and changes, blanks left out. */
function signature(pieces: readonly { text: string; italic: boolean; bold: boolean; insertion: unknown; deletion: unknown }[], withLook: boolean): string {
  let result = '', last = '';
  for (const { text, italic, bold, insertion, deletion } of pieces) {
    const bare = text.replace(/\s+/g, '');
    if (!bare) continue;
    const state = `\u0001${withLook && italic ? 'i' : ''}${withLook && bold ? 'b' : ''}${insertion ? '+' : ''}${deletion ? '-' : ''}\u0002`;
    result += state === last ? bare : state + bare;
    last = state;
  }
  return result;
}

/** The same of a line of markup. */
function read(line: string, withLook: boolean): string {
  const source = ` ${line}`; // behind a blank nothing is the prefix of a line
  const { pieces } = parseInline(source);
  return signature(pieces.filter(({ kind, comment }) => !comment && (kind === 'text' || kind === 'escape'))
    .map(piece => ({ ...piece, text: source.slice(piece.kind === 'escape' ? piece.start + 1 : piece.start, piece.end) })), withLook);
}

/** Emphasis drawn back from the signs at its edges, which could keep its stars from pairing. */
function trimmedLooks(pieces: readonly Piece[]): Piece[] {
  return pieces.flatMap(piece => {
    if (piece.raw || !(piece.italic || piece.bold)) return [piece];
    const [, before, inside, behind] = /^([\s\p{P}\p{S}]*)([^]*?)([\s\p{P}\p{S}]*)$/u.exec(piece.text)!;
    const upright = { ...piece, italic: false, bold: false };
    return [{ ...upright, text: before! }, { ...piece, text: inside! }, { ...upright, text: behind! }].filter(({ text }) => text);
  });
}

/** What an item says, in the range that it stands in. */
function piecesOf(item: Item, range: string | null, around: Surroundings): Piece[] {
  const { insertion, deletion } = item;
  switch (item.kind) {
    case 'run': return [{ text: item.text, raw: false, italic: item.italic, bold: item.bold, insertion, deletion, range: range ?? (item.highlighted ? 'yellow' : null) }];
    case 'reference': return [{ text: `[^${around.label(item.note)}]`, raw: true, italic: false, bold: false, insertion, deletion, range }];
    case 'repeated': return [{ text: item.text, raw: false, italic: false, bold: false, insertion, deletion, range }];
    default: return [];
  }
}

/** Comments where they hang, and the ranges that they are about. */
function withRanges(items: readonly Item[], around: Surroundings): Piece[] {
  if (!items.some(({ kind }) => kind === 'comment' || kind === 'comment-start')) return items.flatMap(item => piecesOf(item, null, around));
  const ends = new Map<string, number>(), hung = new Set<string>();
  /** How many items with words there are before each. */
  const texts: number[] = [];
  let count = 0;
  items.forEach((item, i) => {
    texts.push(count);
    if (item.kind === 'comment-end') ends.set(item.id, i);
    else if (item.kind === 'comment') hung.add(item.id);
    else if (item.kind !== 'comment-start') count++;
  });
  const pieces: Piece[] = [], LOOK = { italic: false, bold: false } as const;
  let range: string | null = null;
  const done = new Set<string>();
  const hang = (id: string, tracked: Pick<Piece, 'insertion' | 'deletion'>) => {
    const comment = around.comments.get(id);
    if (!comment || done.has(id) || comment.parent !== null && around.comments.has(comment.parent)) return;
    done.add(id);
    const thread = [comment, ...around.answers.get(id) ?? []];
    pieces.push({ text: thread.map(one => `{>>${escapeComment(one.text)}<<}${attribute(one.change, around)}`).join(''), raw: true, ...LOOK, ...tracked, range: null });
  };
  items.forEach((item, i) => {
    const { insertion, deletion } = item, tracked = { insertion, deletion };
    switch (item.kind) {
      case 'run': case 'reference': case 'repeated': pieces.push(...piecesOf(item, range, around)); break;
      case 'comment-start': {
        const comment = around.comments.get(item.id), end = ends.get(item.id) ?? -1;
        if (!comment || comment.parent !== null || !hung.has(item.id)) break;
        if (end < 0) { if (count > texts[i]!) around.simplified('A comment is about more than one paragraph; it stands at the end of what it is about.'); break; }
        if (texts[end]! <= texts[i]!) break;
        if (range === null) range = item.id;
        else around.simplified('A comment is about words that another comment is about too; it stands at their end.');
        break;
      }
      case 'comment-end':
        if (range === item.id) { range = null; hang(item.id, { insertion: null, deletion: null }); }
        break;
      case 'comment': if (range !== item.id) hang(item.id, tracked); break;
    }
  });
  return pieces;
}

/** A manual line break before what looks like a clause's label becomes a blank: a clause would begin there. */
function withoutLabels(pieces: readonly Piece[], around: Surroundings): readonly Piece[] {
  if (!pieces.some(({ text }) => text.includes('\n'))) return pieces;
  const all = pieces.map(({ raw, text }) => raw ? '' : text).join('');
  let at = 0;
  return pieces.map(piece => {
    if (piece.raw) return piece;
    const start = at;
    at += piece.text.length;
    return { ...piece, text: piece.text.replace(/\n/g, (sign, i: number) => {
      const behind = /^\s*([^]{0,40})/.exec(all.slice(start + i, start + i + 80))![1]!;
      if (!readMarker(behind)) return sign;
      around.simplified('A manual line break in front of what looks like a label became a blank.');
      return ' ';
    }) };
  });
}

/** `{@APT 2024-09-22 #m1}`: what the front matter does not say already. */
export function attribute({ author, date, move }: Change, around: Surroundings): string {
  const names = author.replace(/[{}\r\n]+/g, ' ').split(';').map(name => name.trim()).filter(Boolean).join('; ') || NOBODY;
  const said = [names === (around.author || NOBODY) ? '' : names, date === null || date === around.date ? '' : date, move && `#${move}`].filter(Boolean);
  return said.length ? `{@${said.join(' ')}}` : '';
}

const escapeComment = (text: string): string => escapeMarks(text.replace(/\s*[\r\n]+\s*/g, ' ').trim().replace(BACKSLASH, '\\\\')).replace(/~>/g, '~\\>');
const escapeMarks = (text: string): string => text.replace(/(\+\+|--|~~|<<|==)\}/g, '$1\\}');

/** Neighbours for which `key` is the same, together. */
function groups<K>(pieces: readonly Piece[], key: (piece: Piece) => K): { key: K; pieces: Piece[] }[] {
  const result: { key: K; pieces: Piece[] }[] = [];
  for (const piece of pieces) {
    const of = key(piece), last = result.at(-1);
    if (last && last.key === of) last.pieces.push(piece); else result.push({ key: of, pieces: [piece] });
  }
  return result;
}

/** Whether two pieces of one change can stand in one mark; where stars between letters and signs would be no emphasis, at the edge of a mark they are. */
function meet(above: Piece, piece: Piece): boolean {
  if (above.raw || piece.raw || above.italic === piece.italic && above.bold === piece.bold) return true;
  const left = above.text.slice(-1), right = piece.text.slice(0, 1), isShown = ({ italic, bold }: Piece) => italic || bold;
  if (!left.trim() || !right.trim()) return true;
  return isShown(above) && isShown(piece) ? false : isShown(above) ? !areJustStars(left, right) : !areJustStars(right, left);
}

/** Stars escaped; those between blanks are stars anyway. */
const escapedStars = (text: string): string => text.replace(/\*+/g, (stars, at: number) =>
  /\s/.test(text[at - 1] ?? '') && /\s/.test(text[at + stars.length] ?? '') ? stars : stars.replace(/\*/g, '\\*'));

class LineWriter {
  private care: Care = 0;
  private stars = false;

  constructor(private readonly around: Surroundings, private readonly table: boolean, private readonly indentation: string) {}

  write(given: readonly Piece[], care: Care): string {
    this.care = care;
    const pieces = care === 1 ? trimmedLooks(given) : given;
    const text = pieces.map(piece => piece.raw ? '' : piece.text).join('');
    // One star alone is just a star.
    this.stars = care < 2 && pieces.some(({ italic, bold }) => italic || bold) || text.indexOf('*') !== text.lastIndexOf('*');
    return groups(pieces, ({ range }) => range).map(({ key, pieces: inside }) => key === null ? this.changes(inside) : `{==${this.changes(inside)}==}`).join('');
  }

  /** Insertions, deletions, and replacements where one of the same voice stands right before the other. */
  private changes(pieces: readonly Piece[]): string {
    let text = '';
    const runs: { change: Change | null; isNew: boolean; pieces: Piece[] }[] = [];
    let above: Piece | null = null;
    for (const piece of pieces) {
      const change = piece.insertion ?? piece.deletion, isNew = piece.insertion !== null, last = runs.at(-1);
      if (last && last.change === change && last.isNew === isNew && !(change && this.care < 2 && above && !meet(above, piece))) last.pieces.push(piece);
      else runs.push({ change, isNew, pieces: [piece] });
      above = piece;
    }
    for (let i = 0; i < runs.length; i++) {
      const { change, isNew, pieces: inside } = runs[i]!, next = runs[i + 1];
      if (!change) { text += this.styled(inside); continue; }
      if (isNew) { text += `{++${this.deletions(inside)}++}${attribute(change, this.around)}`; continue; }
      const old = this.styled(inside);
      if (next?.isNew && next.change === change && !change.move && !old.includes('~>')) {
        text += `{~~${old}~>${this.deletions(next.pieces)}~~}${attribute(change, this.around)}`;
        i++;
      } else text += `{--${old}--}${attribute(change, this.around)}`;
    }
    return text;
  }

  /** What stands in an insertion: text, and what another deleted of it. */
  private deletions(pieces: readonly Piece[]): string {
    return groups(pieces, ({ deletion }) => deletion).map(({ key, pieces: inside }) => key ? `{--${this.styled(inside)}--}${attribute(key, this.around)}` : this.styled(inside)).join('');
  }

  /** Text with its emphasis; blanks at the edges of emphasis are outside of it. */
  private styled(pieces: readonly Piece[]): string {
    let text = '';
    for (const { key, pieces: inside } of groups(pieces, ({ italic, bold, raw }) => this.care > 1 || raw ? '' : `${bold ? '**' : ''}${italic ? '*' : ''}`)) {
      const own = inside.map(piece => piece.raw ? piece.text : this.escaped(piece.text)).join('');
      const [, before, words, behind] = key ? /^(\s*)([^]*?)(\s*)$/.exec(own)! : [];
      text += key && words ? `${before}${key}${words}${[...key].reverse().join('')}${behind}` : own;
    }
    return text;
  }

  private escaped(text: string): string {
    if (!SIGNS.test(text)) return text;
    let result = this.care === 3 ? text.replace(ALL_SIGNS, '\\$&') : escapeMarks(text.replace(BACKSLASH, '\\\\').replace(/\{(?=\+\+|--|~~|>>|==|@)/g, '\\{'));
    if (this.care < 3) {
      if (this.stars) result = escapedStars(result);
      if (this.table) result = result.replace(/\|/g, '\\|');
      result = result.replace(/\[\^(?=[^\]\s[]+\])/g, '\\[^');
    }
    return result.includes('\n') ? result.replace(/ *\n[ \t]*/g, `\\\n${this.indentation}`) : result;
  }
}
