/** From paragraphs, tables and their changes to the elements of WordprocessingML. */
import { Paragraph as WordParagraph, type ICommentOptions } from 'docx';
import { TEXT_WIDTH } from '../styles';
import type { Change, Comment, Item, Note, Paragraph, Reference, Run, Table, WordBody } from './model';
import { clean, Element, textElements } from './xml';

/** A footnote that is in the file already: where references to it point. */
interface Anchor { readonly bookmark: string; readonly number: string }

/** Makes the elements of one file; ids are unique in it. */
export class Emitter {
  /** The footnotes of the file, in order. */
  readonly footnotes: Element[] = [];
  private lastId = 0;
  private lastNumber = 0;
  /** Moves are between places of the text itself. */
  private inFootnote = false;
  private readonly anchors = new Map<Note, Map<string, Anchor>>();
  private readonly moves: ReadonlyMap<string, Move>;

  /** @param rightToLeft the text runs from the right, and the first column of tables stands there */
  constructor(children: WordBody['children'], private readonly rightToLeft = false) { this.moves = pairedMoves(children); }

  paragraph({ style, indent, close, aboveTable, content, insertedEnd, deletedEnd }: Paragraph): Element {
    const ends = [...insertedEnd ? [new Element('w:ins', this.revision(insertedEnd))] : [], ...deletedEnd ? [new Element('w:del', this.revision(deletedEnd))] : []];
    const properties = [
      ...style ? [new Element('w:pStyle', { 'w:val': style })] : [],
      ...close || aboveTable ? [new Element('w:spacing', { 'w:before': close ? 0 : null, 'w:after': aboveTable ? 120 : null })] : [],
      ...indent ? [new Element('w:ind', { 'w:left': indent.left, 'w:hanging': indent.hanging })] : [],
      ...ends.length ? [new Element('w:rPr', {}, ends)] : [],
    ];
    return new Element('w:p', {}, [...properties.length ? [new Element('w:pPr', {}, properties)] : [], ...this.content(content)]);
  }

  table({ rows }: Table): Element {
    const columns = Math.max(...rows.map(row => row.cells.length)), width = Math.floor(TEXT_WIDTH / columns);
    let isHead = true;
    return new Element('w:tbl', {}, [
      new Element('w:tblPr', {}, [
        ...this.rightToLeft ? [new Element('w:bidiVisual')] : [], new Element('w:tblW', { 'w:w': TEXT_WIDTH, 'w:type': 'dxa' }),
        new Element('w:tblBorders', {}, ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(side => new Element(`w:${side}`, { 'w:val': 'single', 'w:sz': 4, 'w:space': 0, 'w:color': 'auto' }))),
        new Element('w:tblLayout', { 'w:type': 'fixed' }),
      ]),
      new Element('w:tblGrid', {}, Array.from({ length: columns }, () => new Element('w:gridCol', { 'w:w': width }))),
      ...rows.map(({ cells, header, insertion, deletion }) => {
        isHead &&= header;
        return new Element('w:tr', {}, [
          new Element('w:trPr', {}, [
            new Element('w:cantSplit'), ...isHead ? [new Element('w:tblHeader')] : [],
            ...insertion ? [new Element('w:ins', this.revision(insertion))] : [], ...deletion ? [new Element('w:del', this.revision(deletion))] : [],
          ]),
          ...cells.map(cell => new Element('w:tc', {}, [new Element('w:tcPr', {}, [new Element('w:tcW', { 'w:w': width, 'w:type': 'dxa' })]), this.paragraph(cell)])),
        ]);
      }),
    ]);
  }

  /** Attributes of a tracked change; the date is left out where nobody says it. */
  private revision({ author, date }: Change): { 'w:id': number; 'w:author': string; 'w:date': string | null } {
    return { 'w:id': ++this.lastId, 'w:author': clean(author), 'w:date': date };
  }

  /** The move that a change is part of, where Word can show it. */
  private moveOf({ move }: Change): Move | undefined { return move && !this.inFootnote ? this.moves.get(move) : undefined; }

  /** What a change inserts or deletes; the two ends of a move are named alike, and each is one range, whatever it consists of. */
  private tracked(change: Change, side: 'insertion' | 'deletion', children: readonly Element[]): Element[] {
    const attributes = this.revision(change);
    const move = this.moveOf(change);
    if (!move) return [new Element(side === 'insertion' ? 'w:ins' : 'w:del', attributes, children)];
    const name = side === 'insertion' ? 'w:moveTo' : 'w:moveFrom', end = move[side], isFirst = end.written++ === 0;
    if (isFirst) end.range = ++this.lastId;
    return [
      ...isFirst ? [new Element(`${name}RangeStart`, { ...attributes, 'w:id': end.range, 'w:name': `move_${clean(change.move!)}` })] : [],
      new Element(name, attributes, children),
      ...end.written === end.pieces ? [new Element(`${name}RangeEnd`, { 'w:id': end.range })] : [],
    ];
  }

  /** A paragraph's content: what one change inserts or deletes is in one element; a deletion lies inside its insertion. */
  private content(items: readonly Item[]): Element[] {
    return groups(items, 'insertion').flatMap(({ change: insertion, items: inserted }) => {
      const elements = groups(inserted, 'deletion').flatMap(({ change: deletion, items: deleted }) => {
        const runs = merged(deleted).flatMap(item => this.item(item));
        return deletion && runs.length ? this.tracked(deletion, 'deletion', runs) : runs;
      });
      return insertion && elements.length ? this.tracked(insertion, 'insertion', elements) : elements;
    });
  }

  /** Whether text is written as deleted; the old end of a move keeps its text. */
  private isDeleted({ deletion }: Item): boolean { return deletion !== null && !this.moveOf(deletion); }

  private item(item: Item): Element[] {
    switch (item.kind) {
      case 'run': {
        const children = textElements(item.text, this.isDeleted(item));
        return children.length ? [new Element('w:r', {}, [...lookOf(item, this.rightToLeft), ...children])] : [];
      }
      case 'reference': return this.reference(item);
      case 'comment-start': return [new Element('w:commentRangeStart', { 'w:id': item.comment.id })];
      case 'comment-end': return [
        new Element('w:commentRangeEnd', { 'w:id': item.comment.id }),
        new Element('w:r', {}, [characterStyle('CommentReference'), new Element('w:commentReference', { 'w:id': item.comment.id })]),
      ];
    }
  }

  /**
   * A reference to a footnote. Word has one reference for each footnote, and fields for further ones. The field lasts
   * only as long as what it points to, so a reference that is in other views than the first gets a footnote of its own.
   */
  private reference(reference: Reference): Element[] {
    const { note, insertion, deletion } = reference, deleted = this.isDeleted(reference);
    const views = `${insertion !== null} ${deletion !== null}`, untracked = 'false false';
    const known = this.anchors.get(note), anchor = known?.get(untracked) ?? known?.get(views);
    if (anchor) return fieldRuns(` NOTEREF ${anchor.bookmark} \\f \\h `, anchor.number, deleted);
    const isNumber = /^\d+$/.test(note.label), id = this.footnotes.length + 1, bookmark = `_RefNote${id}`, bookmarkId = ++this.lastId;
    const number = isNumber ? String(++this.lastNumber) : clean(note.label);
    this.anchors.set(note, new Map([...known ?? [], [views, { bookmark, number }]]));
    this.inFootnote = true;
    this.footnotes.push(new Element('w:footnote', { 'w:id': id }, this.footnote(note, isNumber)));
    this.inFootnote = false;
    const run = isNumber
      ? new Element('w:r', {}, [characterStyle('FootnoteReference'), new Element('w:footnoteReference', { 'w:id': id })])
      : new Element('w:r', {}, [characterStyle('FootnoteReference'), new Element('w:footnoteReference', { 'w:customMarkFollows': 1, 'w:id': id }), ...signs(note.label, deleted)]);
    // Word has comments in the text only: those of a footnote hang on the first reference to it.
    const comments = known ? [] : note.paragraphs.flatMap(({ content }) => content).filter(item => item.kind === 'comment-start' || item.kind === 'comment-end');
    const commented = [...comments.filter(({ kind }) => kind === 'comment-start').flatMap(item => this.item(item)), run, ...comments.filter(({ kind }) => kind === 'comment-end').flatMap(item => this.item(item))];
    return note.references > 1
      ? [new Element('w:bookmarkStart', { 'w:id': bookmarkId, 'w:name': bookmark }), ...commented, new Element('w:bookmarkEnd', { 'w:id': bookmarkId })]
      : commented;
  }

  /**
   * The paragraphs of a footnote, its mark and a tab before the first. Word wants a mark of one's own written out; LibreOffice draws it
   * by itself, and is left to do so: it does not know of `w15`.
   */
  private footnote({ label, paragraphs }: Note, isNumber: boolean): Element[] {
    const mark = new Element('w:r', {}, [characterStyle('FootnoteReference'), isNumber ? NUMBER : new Element('mc:AlternateContent', {}, [
      new Element('mc:Choice', { Requires: 'w15' }, textElements(label, false)), new Element('mc:Fallback', {}, [NUMBER]),
    ])]);
    const words = ({ content }: Paragraph) => content.filter(({ kind }) => kind !== 'comment-start' && kind !== 'comment-end');
    const first = new Element('w:p', {}, [
      new Element('w:pPr', {}, [new Element('w:pStyle', { 'w:val': 'FootnoteText' })]), mark, new Element('w:r', {}, [new Element('w:tab')]),
      ...paragraphs[0] ? this.content(words(paragraphs[0])) : [],
    ]);
    return [first, ...paragraphs.slice(1).map(paragraph => this.paragraph({ ...paragraph, content: words(paragraph) }))];
  }
}

/** A comment as the library takes it. `NO_DATE` stands for a date that nobody gives. */
export function commentOptions({ id, parent, change: { author, date }, text }: Comment): ICommentOptions {
  const paragraph = new WordParagraph({ style: 'CommentText' });
  paragraph.addChildElement(new Element('w:r', {}, textElements(text, false)));
  const initials = clean(author).split(/[\s;-]+/).map(word => [...word][0] ?? '').join('').slice(0, 9);
  return { id, author: clean(author), initials, date: date ? new Date(date) : NO_DATE, ...(parent !== null && { parentId: parent }), children: [paragraph] };
}

export const NO_DATE = new Date(0);

/** Neighbours of one change together. */
function groups(items: readonly Item[], side: 'insertion' | 'deletion'): { change: Change | null; items: Item[] }[] {
  const result: { change: Change | null; items: Item[] }[] = [];
  for (const item of items) {
    const change = item[side], last = result.at(-1);
    if (last?.change === change) last.items.push(item); else result.push({ change, items: [item] });
  }
  return result;
}

/** Neighbouring runs of one look as one. */
function merged(items: readonly Item[]): Item[] {
  const result: Item[] = [];
  for (const item of items) {
    const last = result.at(-1);
    if (last?.kind === 'run' && item.kind === 'run' && sameLook(last, item)) result[result.length - 1] = { ...last, text: last.text + item.text };
    else result.push(item);
  }
  return result;
}

const sameLook = (a: Run, b: Run): boolean => a.italic === b.italic && a.bold === b.bold && a.underline === b.underline && a.struck === b.struck && a.smallLetters === b.smallLetters
  && a.highlighted === b.highlighted && a.style === b.style;

/** One end of a move: of how many pieces it consists, how many are written, and the id of its range. */
interface End { pieces: number; written: number; range: number }
interface Move { readonly insertion: End; readonly deletion: End; isShown: boolean }

/**
 * The moves that Word can show, by their names: those with both ends, every piece dated, for Word wants the date of a move. All other
 * ends of moves are plain insertions and deletions.
 */
function pairedMoves(children: WordBody['children']): Map<string, Move> {
  const moves = new Map<string, Move>(), end = (): End => ({ pieces: 0, written: 0, range: 0 });
  const paragraphs = children.flatMap(child => child.kind === 'paragraph' ? [child] : child.rows.flatMap(row => row.cells));
  // Counted as they are written: a deletion inside of insertions is cut where they are.
  for (const { content } of paragraphs) if (content.some(item => item.insertion?.move || item.deletion?.move)) for (const { change: insertion, items } of groups(content, 'insertion')) for (const [change, side] of [[insertion, 'insertion'] as const, ...groups(items, 'deletion').map(group => [group.change, 'deletion'] as const)]) {
    if (!change?.move) continue;
    let move = moves.get(change.move);
    if (!move) moves.set(change.move, move = { insertion: end(), deletion: end(), isShown: true });
    move[side].pieces++;
    // Inside another's insertion, a deletion is no end of a move.
    if (!change.date || side === 'deletion' && insertion) move.isShown = false;
  }
  return new Map([...moves].filter(([, { isShown, insertion, deletion }]) => isShown && insertion.pieces && deletion.pieces));
}

const NUMBER = new Element('w:footnoteRef');

/** A footnote's own mark sign by sign: LibreOffice would show a longer text twice. */
const signs = (mark: string, deleted: boolean): Element[] => [...mark].flatMap(sign => textElements(sign, deleted));

const characterStyle = (id: string): Element => new Element('w:rPr', {}, [new Element('w:rStyle', { 'w:val': id })]);

/** The properties of a run, in the order of the schema; none where it looks as its paragraph's style says. */
function lookOf({ style, bold, italic, smallLetters, struck, highlighted, underline }: Run, rightToLeft: boolean): Element[] {
  const properties = [
    ...style ? [new Element('w:rStyle', { 'w:val': style })] : [],
    ...bold ? [new Element('w:b'), new Element('w:bCs')] : [],
    ...italic ? [new Element('w:i'), new Element('w:iCs')] : [],
    ...smallLetters ? [new Element('w:caps', { 'w:val': 0 })] : [],
    ...struck ? [new Element('w:strike')] : [],
    ...highlighted ? [new Element('w:highlight', { 'w:val': 'yellow' })] : [],
    ...underline ? [new Element('w:u', { 'w:val': 'single' })] : [],
    ...rightToLeft ? [new Element('w:rtl')] : [],
  ];
  return properties.length ? [new Element('w:rPr', {}, properties)] : [];
}

/** A field with the result that it shows until Word works it out anew. */
export function fieldRuns(instruction: string, result: string, deleted = false): Element[] {
  const run = (...children: Element[]) => new Element('w:r', {}, [characterStyle('FootnoteReference'), ...children]);
  const sign = (type: string) => run(new Element('w:fldChar', { 'w:fldCharType': type }));
  return [
    sign('begin'), run(new Element(deleted ? 'w:delInstrText' : 'w:instrText', { 'xml:space': 'preserve' }, [instruction])),
    sign('separate'), run(...textElements(result, deleted)), sign('end'),
  ];
}
