/** One author's edits, made in paragraphs: words that stay but are marked, words that come, paragraph ends that go. */
import type { Edit } from '../markup/edit';
import { skipBlanks } from '../markup/lines';
import { counts, inFinal, inOriginal, isWord, newEnd, readTyped, type Atom, type Change, type End, type Line } from './recordLines';

/** An edit with the carets that stand in its text, or where it deletes. */
export interface Typed extends Edit {
  readonly carets: { readonly caret: number; readonly at: number }[];
  readonly forward: boolean;
}

const LINE_END = /\r\n?|\n/;
const isBlankText = (text: string): boolean => /^[ \t\u00a0\r\n]*$/.test(text);
const NONE = { ins: null, del: null, highlight: null } as const;
/** Marks the place where an edit's text goes. */
const HERE = -1;

/** Makes edits, in order and not overlapping, in the paragraphs that hold them all. `mine` is the author's change. */
export function recordIn(lines: Line[], edits: readonly Typed[], mine: Change): void {
  const work = new Work(lines, mine);
  for (const edit of [...edits].reverse()) work.make(edit);
  work.finish();
}

class Work {
  constructor(private readonly lines: Line[], private readonly mine: Change) {}

  make(edit: Typed): void {
    let { start, text } = edit;
    const { end } = edit;
    const first = this.lineOf(start), last = this.lineOf(end);
    if (first === last && start >= this.lines[first]!.end.start && this.inBlankLines(this.lines[first]!, edit)) return;
    const inside = start === end ? this.unitAround(first, start) : null;
    if (inside) { // A unit is written anew with what is typed into it.
      text = inside.text.slice(0, start - inside.start) + text + inside.text.slice(start - inside.start);
      start = inside.start;
    }
    const stop = inside ? inside.end : end;
    for (const offset of [start, stop]) this.indexAt(offset);
    if (text === '') for (const { caret } of edit.carets) this.put({ kind: 'caret', text: '', start: -1, end: -1, ...NONE, caret, forward: edit.forward }, edit.forward ? stop : start);
    const line = this.lines[first]!;
    const leftStays = line.atoms.some(atom => atom.start >= 0 && atom.end <= start && !atom.del && counts(atom));
    this.put({ kind: 'caret', text: '', start: -1, end: -1, ...NONE, caret: HERE }, leftStays ? Math.min(stop, line.end.start) : stop);
    const done = start < stop && this.deleteWords(start, stop);
    if (start < stop && !done && text === '') this.deleteBeside(start, stop, edit.forward);
    for (let i = Math.min(last, this.lines.length - 1); i >= first; i--) this.deleteEnd(i, start, stop);
    this.insert(text, start, edit.carets.map(({ caret, at }) => ({ caret, at: at + (inside ? edit.start - inside.start : 0) })));
    for (const { caret } of edit.carets) if (text === '') this.slide(caret);
  }

  /** Index of the paragraph that an offset is in, its end included. */
  private lineOf(offset: number): number {
    const at = this.lines.findIndex(({ end }) => offset < end.stop || offset <= end.start);
    return at < 0 ? this.lines.length - 1 : at;
  }

  /** Index of the atom that begins at or behind an offset; a text around the offset is divided. */
  private indexAt(offset: number): { line: Line; index: number } {
    const line = this.lines[this.lineOf(offset)]!, { atoms } = line;
    let index = 0;
    for (let i = 0; i < atoms.length; i++) {
      const atom = atoms[i]!;
      if (atom.start < 0) continue;
      if (atom.end <= offset) { index = i + 1; continue; }
      if (atom.start < offset) {
        index = i + 1;
        if (atom.kind === 'text') atoms.splice(i, 1, { ...atom, text: atom.text.slice(0, offset - atom.start), end: offset }, { ...atom, text: atom.text.slice(offset - atom.start), start: offset });
      }
      break;
    }
    return { line, index };
  }

  private put(atom: Atom, offset: number): void {
    const { line, index } = this.indexAt(offset);
    line.atoms.splice(index, 0, atom);
  }

  private unitAround(i: number, offset: number): Atom | null {
    return this.lines[i]!.atoms.find(atom => atom.kind === 'unit' && atom.start >= 0 && atom.start < offset && offset < atom.end) ?? null;
  }

  /** An edit among the blank lines behind a paragraph: blank lines come and go unrecorded, words begin a new paragraph. */
  private inBlankLines(line: Line, { start, end, text, carets }: Typed): boolean {
    const from = start - line.end.start, to = end - line.end.start, whole = line.end.text;
    if (to > whole.length) return false;
    const before = whole.slice(0, from), behind = whole.slice(to);
    if (LINE_END.test(whole) && !LINE_END.test(before + behind + (isBlankText(text) ? text : ''))) return false;
    if (isBlankText(text) && (from > 0 || to > from)) {
      if (!line.end.inner) {
        line.end.text = before + text + behind;
        for (const { caret, at } of carets) line.end.carets.push({ caret, at: from + at });
      } else for (const { caret } of carets) line.end.carets.push({ caret, at: from });
      return true;
    }
    if (isBlankText(text)) return false;
    const lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
    if (lineStart === 0) { // still on the paragraph's own line, behind its blanks
      if (before) line.atoms.push({ kind: 'text', text: before, start: line.end.start, end: start, ...NONE });
      line.end = { ...line.end, text: behind, start: line.end.start + from };
      if (start === end) return false;
      line.end = { ...line.end, start: end };
      return false;
    }
    const indent = before.slice(lineStart);
    const atoms: Atom[] = indent && !line.end.inner ? [{ kind: 'indent', text: indent, start: -1, end: -1, ...NONE }] : [];
    atoms.push({ kind: 'caret', text: '', start: -1, end: -1, ...NONE, caret: HERE });
    const below: End = { ...newEnd(line.end.inner ? whole : behind, start, this.mine, line.end.inner), stop: line.end.stop };
    line.end = { ...line.end, text: line.end.inner ? whole : before.slice(0, lineStart), stop: start - indent.length };
    this.lines.splice(this.lines.indexOf(line) + 1, 0, { kind: 'paragraph', atoms, end: below });
    this.insert(text, start, carets);
    return true;
  }

  /** Deletes the words of a range; comments, bars and indentation stay. False where there were none. */
  private deleteWords(start: number, end: number): boolean {
    let found = false;
    const covered = (atom: Atom) => atom.start >= 0 && atom.start < end && atom.end > start;
    for (const line of this.lines) {
      if (!line.atoms.some(covered)) continue;
      const words = line.atoms.filter(atom => atom.kind !== 'caret');
      const wholeRow = line.kind === 'row' && start <= words[0]!.start && words.at(-1)!.end <= end;
      const fresh = !inOriginal(line);
      line.atoms = line.atoms.flatMap(atom => {
        if (!covered(atom)) return [atom];
        if (line.kind === 'note') { found = true; return []; }
        if (atom.kind === 'indent' && fresh) return [{ ...atom, text: atom.text.slice(0, Math.max(0, start - atom.start)) + atom.text.slice(Math.min(atom.text.length, end - atom.start)) }];
        if (!isWord(atom) || (atom.kind === 'bar' && !wholeRow)) return [atom];
        if (atom.kind === 'wrap') {
          const breaks = atom.text.search(/[\r\n]/) + atom.start;
          if (breaks < start || breaks >= end) return [atom];
          found = true;
          const space: Atom[] = atom.start < start || atom.end > end ? [{ kind: 'text', text: ' ', start: -1, end: -1, ...NONE, ins: this.mine }] : [];
          return [...this.deleted(atom), ...space];
        }
        found = true;
        return this.deleted(atom);
      });
    }
    return found;
  }

  /** Nothing of one's own insertion; the words of others marked. */
  private deleted(atom: Atom): Atom[] {
    if (atom.ins?.own) return [];
    // A backslash at the very end of a paragraph would make any mark's closer plain.
    return [atom.del || atom.text === '\\' ? atom : { ...atom, del: this.mine }];
  }

  /** Only signs of marks were deleted: that means the word beside them, or where a comment was taken out whole, the comment. */
  private deleteBeside(start: number, end: number, forward: boolean): void {
    const line = this.lines[this.lineOf(start)]!;
    if (end > line.end.start) return;
    const comments = line.atoms.filter(({ kind, start: from, end: to }) => kind === 'comment' && from >= start && to <= end);
    if (comments.length) { line.atoms = line.atoms.filter(atom => !comments.includes(atom)); return; }
    if (line.atoms.some(({ kind, start: from, end: to }) => kind === 'comment' && from < end && to > start)) return;
    const beside = forward ? line.atoms.find(atom => atom.start >= end) : line.atoms.findLast(atom => atom.start >= 0 && atom.end <= start);
    if (!beside || beside.del || !(beside.kind === 'text' || beside.kind === 'unit')) return;
    const size = beside.kind === 'unit' ? beside.text.length : forward ? String.fromCodePoint(beside.text.codePointAt(0)!).length : [...beside.text].at(-1)!.length;
    const from = forward ? beside.start : beside.end - size;
    this.indexAt(from);
    this.indexAt(from + size);
    this.deleteWords(from, from + size);
    for (const atom of line.atoms.filter(({ kind, start: at }) => kind === 'caret' && at < 0)) { // the carets go with it
      line.atoms.splice(line.atoms.indexOf(atom), 1);
      const { index } = this.indexAt(forward ? from + size : from);
      line.atoms.splice(index, 0, atom);
    }
  }

  private deleteEnd(i: number, start: number, stop: number): void {
    const line = this.lines[i]!, { end } = line;
    const covers = ({ start: from, stop: to }: End) => from < stop && to > start && to > from;
    if (!covers(end)) return;
    const left = end.text.slice(0, Math.max(0, start - end.start)) + end.text.slice(Math.min(end.text.length, stop - end.start));
    const next = this.lines[i + 1];
    if (LINE_END.test(left) || !LINE_END.test(end.text) || !next) {
      // The last paragraph keeps its line end where it is deleted, as any other does.
      if (!end.inner && (next || inFinal(line) || !line.atoms.some(counts))) end.text = left;
      return;
    }
    const gone = (other: Line) => !other.atoms.some(atom => atom.kind !== 'caret' && atom.kind !== 'indent');
    if (gone(line)) { this.lines.splice(i, 1); next.atoms.unshift(...line.atoms.filter(atom => atom.kind === 'caret')); return; }
    if (line.kind === 'note' || (next.kind === 'note' && !gone(next))) return;
    if (gone(next) && next.kind === 'note') { this.lines.splice(i + 1, 1); line.atoms.push(...next.atoms); return; }
    if (line.kind === 'row' && inFinal(line) || next.kind === 'row' && inFinal(next) && inFinal(line)) return;
    if (end.del) return;
    // Below may stand deleted paragraphs, empty lines to the author: if the last of them keeps its end, that is this one.
    for (let k = i + 1; k < this.lines.length && !inFinal(this.lines[k]!) && this.lines[k]!.atoms.some(counts); k++) if (!covers(this.lines[k]!.end)) return;
    if (end.ins?.own) this.join(i); else end.del = this.mine;
  }

  /** Makes two paragraphs one, without a trace. */
  private join(i: number): void {
    const line = this.lines[i]!, next = this.lines[i + 1]!;
    if (next.kind !== 'paragraph') return;
    line.atoms.push(...next.atoms.filter(({ kind }) => kind !== 'indent'));
    line.end = next.end;
    this.lines.splice(i + 1, 1);
  }

  private insert(text: string, offset: number, carets: readonly { caret: number; at: number }[]): void {
    const at = this.lines.findIndex(line => line.atoms.some(({ caret }) => caret === HERE));
    const line = this.lines[at]!;
    let index = line.atoms.findIndex(({ caret }) => caret === HERE);
    line.atoms.splice(index, 1);
    if (text === '') return;
    index = this.settled(line, index);
    const { atoms } = line, above = this.lines[at - 1];
    const parts = text.split(LINE_END), ends = text.match(/\r\n?|\n/g) ?? [];
    const leftEmpty = !atoms.slice(0, index).some(counts), rightEmpty = !atoms.slice(index).some(counts);
    if (line.kind === 'row') {
      const isBar = ({ kind }: Atom) => kind === 'bar';
      if (!leftEmpty && !rightEmpty) { parts.splice(0, parts.length, parts.join(' ')); ends.length = 0; }
      else if (leftEmpty && !isBlankText(parts.at(-1)!)) { this.insertParts(line, atoms.findIndex(isBar) + 1, [parts.pop()!], [], offset, []); parts.push(''); }
      else if (rightEmpty && !isBlankText(parts[0]!)) { this.insertParts(line, atoms.findLastIndex(isBar), [parts[0]!], [], offset, []); parts[0] = ''; index = atoms.length; }
      if (parts.every(isBlankText) && (leftEmpty || rightEmpty) && !ends.length) { this.caretsAt(line, index, carets); return; }
    }
    if (isBlankText(text) && line.kind !== 'note') {
      if (ends.length && rightEmpty) { // an empty line below
        if (line.end.del && inFinal(line)) line.end.del = null;
        else if (!line.end.inner) {
          line.end.text = text + line.end.text;
          line.end.carets.push(...carets);
          return;
        }
        this.caretsAt(line, index, carets);
        return;
      }
      if (ends.length && leftEmpty) { // an empty line above
        if (above?.end.del && inFinal(above)) above.end.del = null;
        else if (above && !above.end.inner) above.end.text += ends.join('');
        else if (!above) this.lines.unshift({ kind: 'paragraph', atoms: [], end: newEnd(ends.join(''), offset, null) });
        this.caretsAt(line, index, carets);
        return;
      }
      if (!ends.length && leftEmpty && !atoms.slice(0, index).some(isWord)) { // indentation
        if (!inOriginal(line)) atoms.splice(index, 0, { kind: 'indent', text, start: -1, end: -1, ...NONE });
        this.caretsAt(line, index + (inOriginal(line) ? 0 : 1), carets);
        return;
      }
    }
    if (!inFinal(line) && line.end.del && line.atoms.some(counts) && !above?.end.del) line.end.del = null;
    this.insertParts(line, index, parts, ends, offset, carets);
  }

  private caretsAt(line: Line, index: number, carets: readonly { caret: number; at: number }[]): void {
    line.atoms.splice(index, 0, ...carets.map(({ caret }): Atom => ({ kind: 'caret', text: '', start: -1, end: -1, ...NONE, caret })));
  }

  /** Where in a paragraph new words go: behind indentation, behind what is deleted, never behind its last backslash. */
  private settled({ atoms }: Line, from: number): number {
    let index = from;
    const real = (at: number, step: 1 | -1): Atom | undefined => { while (atoms[at]?.kind === 'caret') at += step; return atoms[at]; };
    for (; index < atoms.length; index++) {
      const here = real(index, 1), before = real(index - 1, -1);
      const skip = here?.kind === 'indent' || (here?.del && (here.del.own || here.del === before?.del));
      if (!skip) break;
    }
    if (real(index - 1, -1)?.text === '\\') while (atoms[index - 1]?.kind === 'caret' || atoms[index - 1]?.text === '\\') index--;
    return index;
  }

  private insertParts(line: Line, index: number, parts: readonly string[], ends: readonly string[], offset: number, carets: readonly { caret: number; at: number }[]): void {
    const at = this.lines.indexOf(line), above = this.lines[at - 1];
    let left = line.atoms.slice(0, index), right = line.atoms.slice(index);
    const before = left.findLast(({ kind }) => kind !== 'caret'), behind = right.find(({ kind }) => kind !== 'caret');
    const context = line.kind === 'note' ? NONE : {
      ins: before?.ins?.own && before.ins === behind?.ins ? before.ins : this.mine,
      del: null, highlight: before && before.highlight === behind?.highlight ? before.highlight : null,
    };
    let passed = 0;
    const typed = parts.map((part, i) => {
      const here = carets.filter(caret => caret.at >= passed && caret.at <= passed + part.length).map(({ caret, at: where }) => ({ caret, at: where - passed }));
      passed += part.length + (ends[i]?.length ?? 0);
      return this.typed(part, i, line, context, here);
    });
    if (typed.length === 1) {
      const { atoms } = typed[0]!, isComment = atoms.every(({ kind }) => kind === 'comment' || kind === 'caret') && context.ins === this.mine;
      line.atoms = [...left, ...(isComment ? atoms.map(atom => ({ ...atom, ins: null })) : atoms), ...right];
      return;
    }
    // A wrap at which a paragraph is divided is none any more.
    if (before?.kind === 'wrap') left = left.flatMap(atom => atom === before ? this.deleted(atom) : [atom]);
    if (behind?.kind === 'wrap') right = right.flatMap(atom => atom === behind ? this.deleted(atom) : [atom]);
    const leftEmpty = !left.some(counts);
    const inner = leftEmpty ? above?.end.inner ? above.end : null : line.end.inner ? line.end : null;
    const endBehind = (i: number): End => newEnd(inner ? inner.text : ends[i]!, offset, line.kind === 'note' ? null : this.mine, inner !== null);
    const last = typed.at(-1)!, fresh = typed.map(({ indent, atoms }): Atom[] => indent && !inner ? [indent, ...atoms] : atoms);
    const kind = line.kind === 'note' ? 'note' : 'paragraph';
    const lines = fresh.slice(0, -1).map((atoms, i): Line => ({ kind: i === 0 && !leftEmpty ? line.kind : kind, atoms: i === 0 && !leftEmpty ? [...left, ...typed[0]!.atoms] : atoms, end: endBehind(i) }));
    const hasIndent = left.some(atom => atom.kind === 'indent');
    const tail: Line = { kind: leftEmpty ? line.kind : kind, atoms: leftEmpty ? [...left, ...(hasIndent ? last.atoms : fresh.at(-1)!), ...right] : [...fresh.at(-1)!, ...right], end: line.end };
    this.lines.splice(at, 1, ...lines, tail);
  }

  /** A line of what is typed; its indentation apart, where it begins a line. */
  private typed(part: string, i: number, line: Line, context: Pick<Atom, 'ins' | 'del' | 'highlight'>, carets: readonly { caret: number; at: number }[]): { indent: Atom | null; atoms: Atom[] } {
    const blanks = i > 0 && line.kind !== 'note' ? skipBlanks(part, 0) : 0;
    const atoms = line.kind === 'note' ? [{ kind: 'text', text: part, start: -1, end: -1, ...context } as const] : readTyped(part.slice(blanks), line.kind === 'row', context);
    for (const { caret, at } of carets) {
      let rest = at === part.length ? Infinity : at - blanks, index = 0;
      for (; index < atoms.length && rest > 0; index++) {
        const atom = atoms[index]!;
        if (atom.kind === 'text' && atom.text.length > rest) atoms.splice(index, 1, { ...atom, text: atom.text.slice(0, rest) }, { ...atom, text: atom.text.slice(rest) });
        rest -= atom.text.length;
      }
      atoms.splice(index, 0, { kind: 'caret', text: '', start: -1, end: -1, ...context, caret });
    }
    return { indent: blanks ? { kind: 'indent', text: part.slice(0, blanks), start: -1, end: -1, ...NONE } : null, atoms };
  }

  /** A caret at deleted words goes to their near or far side. */
  private slide(caret: number): void {
    const line = this.lines.find(({ atoms }) => atoms.some(atom => atom.caret === caret));
    if (!line) return;
    const { atoms } = line;
    let index = atoms.findIndex(atom => atom.caret === caret);
    const [own] = atoms.splice(index, 1) as [Atom];
    if (own.forward) while (index < atoms.length && (atoms[index]!.del || atoms[index]!.kind === 'caret')) index++;
    else while (index > 0 && (atoms[index - 1]!.del || atoms[index - 1]!.kind === 'caret')) index--;
    if (!own.forward && atoms[index]?.kind === 'indent') index++;
    atoms.splice(index, 0, own);
  }

  /** Brings paragraph ends and notes into the form in which they can be written. */
  finish(): void {
    for (const line of this.lines) if (line.kind === 'note' && !textOf(line).startsWith('//')) {
      line.kind = 'paragraph';
      line.atoms = line.atoms.map(atom => ({ ...atom, ins: this.mine }));
      line.end.ins = this.mine;
    }
    for (let changed = true; changed;) {
      changed = false;
      for (let i = this.lines.length - 2; i >= 0; i--) changed = this.order(i) || changed;
    }
    this.lines.forEach((line, i) => this.moveBlanks(line, i));
    let open = false;
    for (const line of this.lines) {
      if (line.kind === 'paragraph' && textOf(line, atom => !atom.del).startsWith('//')) this.asNote(line, open);
      if (inOriginal(line) || inFinal(line)) open = (inOriginal(line) && line.end.ins !== null) || (inFinal(line) && line.end.del !== null) || (open && !(inOriginal(line) && inFinal(line)));
    }
  }

  /**
   * Two ends with nothing between them in a view: it does not matter which of them that view has. An end that is in
   * neither view goes; otherwise the one that is chosen needs no sign. True where something changed.
   */
  private order(i: number): boolean {
    const a = this.lines[i]!.end, line = this.lines[i + 1]!, b = line.end;
    if (this.lines[i]!.kind === 'note' || line.kind === 'note') return false;
    if (!inOriginal(line) && (a.ins === null) !== (b.ins === null) && (a.del === null ? a.ins : a.ins === null && b.ins!.own && a.del === this.mine)) [a.ins, b.ins] = [b.ins, a.ins];
    else if (!inFinal(line) && (a.del === null) !== (b.del === null) && (a.ins === null ? a.del : a.del === null && a.ins.own && b.del === this.mine)) [a.del, b.del] = [b.del, a.del];
    else return false;
    if (a.ins?.own && a.del === this.mine) this.join(i);
    return true;
  }

  /** Blanks between words that have come to begin a line would be indentation: they stay behind the word before, or go. */
  private moveBlanks(line: Line, i: number): void {
    if (line.kind !== 'paragraph' || line.atoms.some(({ kind }) => kind === 'indent')) return;
    for (let at = line.atoms.findIndex(({ kind }) => kind !== 'caret'); at >= 0; at = line.atoms.findIndex(({ kind }) => kind !== 'caret')) {
      const atom = line.atoms[at]!, blanks = atom.kind === 'text' ? skipBlanks(atom.text, 0) : 0;
      if (!blanks || atom.ins || atom.del) return;
      const rest = atom.text.slice(blanks);
      line.atoms.splice(at, 1, ...(rest ? [{ ...atom, text: rest }] : []));
      let above = i - 1;
      while (above >= 0 && !(inOriginal(this.lines[above]!) && inFinal(this.lines[above]!))) above--;
      const { end, atoms } = this.lines[above] ?? line;
      if (above >= 0 && (end.ins || end.del)) atoms.push({ ...atom, text: atom.text.slice(0, blanks) });
    }
  }

  /** A line that begins with `//`: a note where it is all one's own, otherwise a paragraph, whose slashes are then plain. */
  private asNote(line: Line, open: boolean): void {
    const words = line.atoms.filter(atom => isWord(atom) || atom.kind === 'comment');
    if (!open && words.every(atom => atom.ins?.own && !atom.del) && !line.atoms.some(({ kind }) => kind === 'indent')) {
      line.kind = 'note';
      line.end.ins = null;
      return;
    }
    let left = 2;
    line.atoms = line.atoms.flatMap(atom => {
      if (left <= 0 || atom.del || atom.kind !== 'text') return [atom];
      const slashes = Math.min(left, atom.text.length);
      left -= slashes;
      if (!atom.ins?.own) return [atom];
      left = 0;
      const rest = atom.text.slice(1);
      return [{ ...atom, kind: 'unit' as const, text: '\\/' }, ...(rest ? [{ ...atom, text: rest }] : [])];
    });
  }
}

const textOf = ({ atoms }: Line, counted: (atom: Atom) => boolean = () => true): string =>
  atoms.filter(atom => counted(atom) && atom.kind !== 'caret').map(atom => atom.text).join('');
