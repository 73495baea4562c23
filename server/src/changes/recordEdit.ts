/** One author's edits, made in paragraphs: words that stay but are marked, words that come, paragraph ends that go. */
import type { Edit } from '../markup/edit';
import { readMarker } from '../markup/labels';
import { skipBlanks } from '../markup/lines';
import { counts, inFinal, inOriginal, isWord, newEnd, readTyped, type Atom, type Change, type End, type Line } from './recordLines';

/** An edit with the carets that stand in its text, or where it deletes. */
export interface Typed extends Edit {
  readonly carets: { readonly caret: number; readonly at: number }[];
  readonly forward: boolean;
}

const LINE_END = /\r\n?|\n/;
const isBlankText = (text: string): boolean => /^[ \t\u00a0\r\n]*$/.test(text);
const inBoth = ({ ins, del }: Atom): boolean => !ins && !del;
const NONE = { ins: null, del: null, highlight: null } as const;
/** Marks the place where an edit's text goes. */
const HERE = -1;

/**
 * Makes an edit in the paragraphs that hold it. `mine` is the author's change; at the `top` nothing stands above.
 * @returns where the edit begins: where the unit does that it is in the middle of.
 */
export function recordIn(lines: Line[], edit: Typed, mine: Change, top: boolean): number {
  const work = new Work(lines, mine, top), whole = work.wholeUnits(edit);
  work.make(whole);
  work.finish();
  return whole.start;
}

class Work {
  constructor(private readonly lines: Line[], private readonly mine: Change, private readonly top: boolean) {}

  /** An edit within a unit (an escape, a footnote reference) as one that writes the unit anew: with what it leaves of it, or, where it deletes of it, without. */
  wholeUnits(edit: Typed): Typed {
    let { start, end, text, carets } = edit;
    for (const { atoms } of this.lines) for (const unit of atoms) {
      if (unit.kind !== 'unit' || unit.del || !((unit.start < start && start < unit.end) || (unit.start < end && end < unit.end))) continue;
      if (start === end) {
        const at = start - unit.start;
        return { ...edit, start: unit.start, end: unit.end, text: unit.text.slice(0, at) + text + unit.text.slice(at), carets: carets.map(({ caret, at: inside }) => ({ caret, at: at + inside })) };
      }
      start = Math.min(start, unit.start);
      end = Math.max(end, unit.end);
    }
    return { ...edit, start, end };
  }

  make(whole: Typed): void {
    if (this.inComment(whole)) return;
    const edit = this.onlyNew(whole);
    const { start, end, text } = edit;
    const first = this.lineOf(start), last = this.lineOf(end);
    if (first === last && start >= this.lines[first]!.end.start && this.inBlankLines(this.lines[first]!, edit)) return;
    for (const offset of [start, end]) this.indexAt(offset);
    if (text === '') for (const { caret } of edit.carets) this.put({ kind: 'caret', text: '', start: -1, end: -1, ...NONE, caret, forward: edit.forward }, edit.forward ? end : start);
    const line = this.lines[first]!;
    const below = LINE_END.test(line.end.text.slice(0, Math.max(0, start - line.end.start))), leftStays = !below && line.atoms.some(atom => atom.start >= 0 && atom.end <= start && !atom.del && counts(atom));
    this.put({ kind: 'caret', text: '', start: -1, end: -1, ...NONE, caret: HERE }, leftStays ? Math.min(end, line.end.start) : end);
    const done = start < end && this.deleteWords(start, end);
    if (start < end && !done && text === '') this.deleteBeside(start, end, edit.forward);
    for (let i = Math.min(last, this.lines.length - 1); i >= first; i--) this.deleteEnd(i, start, end, !isBlankText(text));
    this.insert(text, start, edit.carets);
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
        // In a wrap: before its line end the text goes on with the line above, behind it with the one below.
        index = atom.kind === 'wrap' && offset - atom.start <= atom.text.search(/[\r\n]/) ? i : i + 1;
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

  /** An edit that writes a word anew with something before or behind it (a completion, say) adds no more than that. */
  private onlyNew(edit: Typed): Typed {
    const { start, end, text } = edit, size = end - start;
    const covered = this.lines[this.lineOf(start)]!.atoms.filter(atom => atom.start < end && atom.end > start);
    if (!size || size >= text.length || covered.some(({ kind, del }) => kind !== 'text' || del)) return edit;
    const old = covered.map(atom => atom.text.slice(Math.max(0, start - atom.start), end - atom.start)).join('');
    if (old.length !== size) return edit;
    if (text.startsWith(old)) return { ...edit, start: end, text: text.slice(size), carets: edit.carets.map(({ caret, at }) => ({ caret, at: Math.max(0, at - size) })) };
    if (text.endsWith(old)) return { ...edit, end: start, text: text.slice(0, -size), carets: edit.carets.map(({ caret, at }) => ({ caret, at: Math.min(at, text.length - size) })) };
    return edit;
  }

  /** What is written in a comment stays within its marks and its paragraph. */
  private inComment({ start, end, text, carets }: Typed): boolean {
    const line = this.lines[this.lineOf(start)]!;
    const index = line.atoms.findIndex(atom => {
      const closer = atom.text.lastIndexOf('<<}');
      return atom.kind === 'comment' && atom.start >= 0 && start >= atom.start + 3 && end <= atom.end - (closer < 0 ? 0 : atom.text.length - closer);
    });
    const comment = line.atoms[index];
    if (!comment) return false;
    const put = text.replace(/[\r\n]+/g, ' ').replace(/(?:\+\+|--|~~|<<|==)(?=\})/g, '$&\\').replace(/\\$/, '');
    const at = Math.min(put.length, carets[0]?.at ?? 0), { text: old } = comment;
    line.atoms.splice(index, 1,
      { ...comment, text: old.slice(0, start - comment.start) + put.slice(0, at), end: start },
      ...carets.map(({ caret }): Atom => ({ kind: 'caret', text: '', start: -1, end: -1, ...NONE, caret })),
      { ...comment, text: put.slice(at) + old.slice(old.length - (comment.end - end)), start: end });
    return true;
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

  /** Deletes the words of a range; bars and indentation stay, and comments unless the words go without a trace. False where there were none. */
  private deleteWords(start: number, end: number): boolean {
    let found = false;
    const covered = (atom: Atom) => atom.start >= 0 && atom.start < end && atom.end > start;
    for (const line of this.lines) {
      if (!line.atoms.some(covered)) continue;
      const words = line.atoms.filter(atom => atom.kind !== 'caret');
      const wholeRow = line.kind === 'row' && start <= words[0]!.start && words.at(-1)!.end <= end;
      const fresh = !inOriginal(line), gone = words.filter(atom => covered(atom) && counts(atom)), allGone = gone.length > 0 && gone.every(({ ins }) => ins?.own);
      line.atoms = line.atoms.flatMap(atom => {
        if (!covered(atom)) return [atom];
        if (atom.kind === 'comment' && (allGone || atom.ins?.own) && start <= atom.start && atom.end <= end) return [];
        if (line.kind === 'note') { found = true; return []; }
        if (atom.kind === 'indent' && fresh) return [{ ...atom, text: atom.text.slice(0, Math.max(0, start - atom.start)) + atom.text.slice(Math.min(atom.text.length, end - atom.start)) }];
        if (!isWord(atom) || (atom.kind === 'bar' && !wholeRow)) return [atom];
        if (atom.kind === 'wrap') {
          const breaks = atom.text.search(/[\r\n]/) + atom.start;
          if (breaks < start || breaks >= end) return [atom];
          found = true;
          return [...(fresh && !atom.ins ? [] : this.deleted(atom)), ...(atom.start < start || atom.end > end ? [this.space()] : [])];
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

  private deleteEnd(i: number, start: number, stop: number, typed: boolean): void {
    const line = this.lines[i]!, { end } = line;
    const covers = ({ start: from, stop: to }: End) => from < stop && to > start && to > from;
    if (!covers(end)) return;
    const left = end.text.slice(0, Math.max(0, start - end.start)) + end.text.slice(Math.min(end.text.length, stop - end.start));
    const next = this.lines[i + 1];
    if (LINE_END.test(left) || !LINE_END.test(end.text) || !next) {
      // The last paragraph keeps its line end where it is deleted, as any other does.
      if (!end.inner && (next || inFinal(line) || !line.atoms.some(counts))) end.text = next ? left.replace(/[ \t\u00a0]+$/, '') : left; // no blanks before what follows
      return;
    }
    const gone = (other: Line) => !other.atoms.some(atom => atom.kind !== 'caret' && atom.kind !== 'indent');
    if (gone(line)) { this.lines.splice(i, 1); this.caretsAt(next, 0, [...line.atoms.flatMap(({ caret }) => caret === undefined ? [] : [{ caret, at: 0 }]), ...end.carets]); return; }
    if (line.kind === 'note' || (next.kind === 'note' && !gone(next))) return;
    if (gone(next) && next.kind === 'note') { this.lines.splice(i + 1, 1); line.atoms.push(...next.atoms); this.caretsAt(line, line.atoms.length, next.end.carets); return; }
    if (line.kind === 'row' && inFinal(line) || next.kind === 'row' && inFinal(next) && inFinal(line)) return;
    if (end.del && !end.ins?.own) return;
    // Below may stand deleted paragraphs, empty lines to the author: if the last of them keeps its end, that is this one.
    for (let k = i + 1; k < this.lines.length && !inFinal(this.lines[k]!) && this.lines[k]!.atoms.some(counts); k++) {
      const { end: kept, atoms } = this.lines[k]!;
      if (typed && atoms.some(({ caret }) => caret === HERE)) break; // no empty line any more
      if (!covers(kept) && (!kept.del || kept.natural)) return;
    }
    if (end.ins?.own) this.join(i); else end.del = this.mine;
  }

  /** Makes two paragraphs one, without a trace. */
  private join(i: number): void {
    const line = this.lines[i]!, next = this.lines[i + 1]!;
    if (next.kind !== 'paragraph') return;
    this.caretsAt(line, line.atoms.length, line.end.carets);
    // The indentation stays that a clause has in the original.
    const theirs = !inOriginal(line) && inOriginal(next), isIndent = ({ kind }: Atom) => kind === 'indent';
    line.atoms = [...(theirs ? next : line).atoms.filter(isIndent), ...line.atoms.filter(atom => !isIndent(atom)), ...next.atoms.filter(atom => !isIndent(atom))];
    line.end = next.end;
    this.lines.splice(i + 1, 1);
  }

  private insert(text: string, offset: number, carets: Typed['carets']): void {
    const at = this.lines.findIndex(line => line.atoms.some(({ caret }) => caret === HERE));
    const line = this.lines[at]!;
    let index = line.atoms.findIndex(({ caret }) => caret === HERE);
    line.atoms.splice(index, 1);
    if (text === '') return;
    index = this.settled(line, index);
    const { atoms } = line, above = this.lines[at - 1];
    const parts = text.split(LINE_END), ends = text.match(/\r\n?|\n/g) ?? [];
    const leftEmpty = !atoms.slice(0, index).some(counts), rightEmpty = !atoms.slice(index).some(counts);
    if (line.kind === 'row') { // words go into its cells, lines before and behind it
      const isBar = ({ kind }: Atom) => kind === 'bar';
      if (!leftEmpty && !rightEmpty) { parts.splice(0, parts.length, parts.join(' ')); ends.length = 0; }
      else {
        const cell = leftEmpty ? atoms.findIndex(isBar) + 1 : atoms.findLastIndex(isBar), part = parts.at(leftEmpty ? -1 : 0)!, from = leftEmpty ? text.length - part.length : 0;
        const isHere = ({ at: where }: { at: number }) => leftEmpty ? where >= from : where <= part.length;
        this.insertParts(line, cell, [part.trim()], [], offset, carets.filter(isHere).map(({ caret }) => ({ caret, at: part.trim().length })));
        if (!ends.length) return;
        carets = carets.filter(caret => !isHere(caret)).map(({ caret, at: where }) => ({ caret, at: where - (leftEmpty ? 0 : part.length) }));
        parts[leftEmpty ? parts.length - 1 : 0] = '';
        if (!leftEmpty) index = line.atoms.length;
      }
    }
    if (line.kind === 'note' && leftEmpty && isBlankText(text)) { this.caretsAt(line, index, carets); return; } // a note begins its line
    if (parts.every(isBlankText) && line.kind !== 'note') {
      if (ends.length && rightEmpty) { // an empty line below
        if (line.end.del && inFinal(line)) line.end.del = null;
        else if (!line.end.inner) {
          const empty = line.kind === 'row' ? ends.join('') : text;
          line.end.text = empty + line.end.text;
          line.end.carets.push(...carets.map(({ caret, at: where }) => ({ caret, at: Math.min(where, empty.length) })));
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
      if (!ends.length && leftEmpty && !line.atoms.slice(0, index).some(isWord)) { // indentation
        if (!inOriginal(line)) line.atoms.splice(index, 0, { kind: 'indent', text, start: -1, end: -1, ...NONE });
        this.caretsAt(line, index + (inOriginal(line) ? 0 : 1), carets);
        return;
      }
    }
    if (line.end.natural && !inFinal(line)) line.end.del = null;
    this.insertParts(line, index, parts, ends, offset, carets);
  }

  private caretsAt(line: Line, index: number, carets: Typed['carets']): void {
    line.atoms.splice(index, 0, ...carets.map(({ caret }): Atom => ({ kind: 'caret', text: '', start: -1, end: -1, ...NONE, caret })));
  }

  /** Where in a paragraph new words go: behind indentation, behind what is deleted, never behind its last backslash. */
  private settled({ atoms }: Line, from: number): number {
    let index = from;
    const real = (at: number, step: 1 | -1): Atom | undefined => { while (atoms[at]?.kind === 'caret') at += step; return atoms[at]; };
    for (; index < atoms.length; index++) {
      const here = real(index, 1), before = real(index - 1, -1);
      const inside = here?.kind === 'comment' && before?.del && atoms.slice(atoms.indexOf(here) + 1).find(({ kind }) => kind !== 'caret' && kind !== 'comment')?.del;
      const skip = inside || here?.kind === 'indent' || (here?.del && (here.del.own || here.del === before?.del));
      if (!skip) break;
    }
    if (real(index - 1, -1)?.text === '\\') while (atoms[index - 1]?.kind === 'caret' || atoms[index - 1]?.text === '\\') index--;
    return index;
  }

  private insertParts(line: Line, index: number, parts: readonly string[], ends: readonly string[], offset: number, carets: Typed['carets']): void {
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
    // Where the words of the original all go to the line below, its indentation does.
    const isOld = (atom: Atom) => !atom.ins && counts(atom), theirs = !left.some(isOld) && right.some(isOld) ? left.filter(({ kind: its }) => its === 'indent') : [];
    const tail: Line = { kind: leftEmpty ? line.kind : kind, atoms: leftEmpty ? [...left, ...(hasIndent ? last.atoms : fresh.at(-1)!), ...right] : [...(theirs.length ? [...theirs, ...last.atoms] : fresh.at(-1)!), ...right], end: line.end };
    this.lines.splice(at, 1, ...lines, tail);
  }

  /** A line of what is typed; its indentation apart, where it begins a line. */
  private typed(part: string, i: number, line: Line, context: Pick<Atom, 'ins' | 'del' | 'highlight'>, carets: Typed['carets']): { indent: Atom | null; atoms: Atom[] } {
    const blanks = i > 0 && line.kind !== 'note' ? skipBlanks(part, 0) : 0;
    const atoms = line.kind === 'note' ? [{ kind: 'text', text: part, start: -1, end: -1, ...context } as const] : readTyped(part.slice(blanks), line.kind === 'row', context);
    for (const { caret, at } of carets) {
      let rest = at === part.length ? Infinity : at - blanks, index = 0;
      for (; index < atoms.length && rest > 0; index++) {
        const atom = atoms[index]!;
        if (atom.text.length > rest) atoms.splice(index, 1, { ...atom, text: atom.text.slice(0, rest) }, { ...atom, text: atom.text.slice(rest) });
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
    // A paragraph end that is in neither view any more is none. Of two with nothing between them in a view it does not matter which it has.
    for (let i = this.lines.length - 2; i >= 0; i--) {
      const a = this.lines[i]!.end, below = this.lines[i + 1]!, b = below.end;
      if (!inOriginal(below) && a.del === this.mine && !a.ins && b.ins?.own && !b.del) [a.ins, b.ins] = [b.ins, a.ins];
      else if (!inFinal(below) && a.ins?.own && !a.del && b.del === this.mine && !b.ins) [a.del, b.del] = [b.del, a.del];
      if (this.lines[i]!.end.ins?.own && this.lines[i]!.end.del === this.mine) this.join(i);
    }
    for (const line of this.lines) line.end = { ...line.end, ...signsOf(this.lines, line) };
    for (let i = this.lines.length - 1; i >= 0; i--) {
      const line = this.lines[i]!, above = this.goesOn(i);
      this.markersBehindWraps(line);
      line.atoms = line.atoms.filter(atom => atom.kind !== 'indent' || this.keepsIndent(atom, i));
      this.moveBlanks(line, above);
      if (line.kind === 'paragraph' && !line.atoms.some(counts)) {
        line.atoms = line.atoms.map(atom => atom.kind === 'text' && !inBoth(atom) ? { ...atom, ...NONE, kind: 'indent', start: -1 } : atom);
        // A paragraph goes on with the next line, so no comment may have a line of its own there.
        if (above && line.atoms.some(({ kind }) => kind === 'comment')) above.atoms.push(...this.lines.splice(i, 1)[0]!.atoms.filter(({ kind }) => kind !== 'indent'));
      }
      if (line.kind === 'paragraph' && textOf(line, atom => !atom.del).trimStart().startsWith('//')) this.asNote(line, above !== null);
    }
  }

  /** Words behind a wrap that come to read as a clause's marker would end the paragraph there: a space takes its place. */
  private markersBehindWraps(line: Line): void {
    line.atoms = line.atoms.flatMap((atom, i) => {
      if (atom.kind !== 'wrap' || atom.del) return [atom];
      const rest = line.atoms.slice(i + 1), first = rest.find(({ kind }) => kind !== 'caret'), marker = readMarker(rest.filter(({ del }) => !del).map(({ text }) => text).join(''));
      const isClause = marker && (!marker.bare || marker.separator === 'tab' || first?.ins?.own || first?.del?.own);
      return isClause ? [...this.deleted(atom), this.space()] : [atom];
    });
  }

  private space(): Atom {
    return { kind: 'text', text: ' ', start: -1, end: -1, ...NONE, ins: this.mine };
  }

  /** The paragraph that goes on with a line in one of the views, its end being inserted or deleted. */
  private goesOn(i: number): Line | null {
    const above = this.lines.slice(0, i), original = above.findLast(inOriginal), final = above.findLast(inFinal);
    return original?.end.ins ? original : final?.end.del ? final : null;
  }

  /** Indentation must not make a wrap of what is a paragraph in one of the views: it stays where it makes a nested clause. */
  private keepsIndent({ start }: Atom, i: number): boolean {
    const line = this.lines[i]!, above = this.lines.slice(0, i);
    const isClause = (stays: (atom: Atom) => boolean) => {
      const marker = readMarker(textOf(line, atom => stays(atom) && isWord(atom)).trimStart());
      return marker !== null && (!marker.bare || marker.separator === 'tab');
    };
    const anew = !inOriginal(line) || Boolean(above.findLast(inOriginal)?.end.ins); // no paragraph of the original begins here
    return (start >= 0 && isClause(atom => !atom.ins)) || (anew && isClause(atom => !atom.del))
      || (start >= 0 && !above.length && this.top);
  }

  /** Blanks of the original that have come to begin a line, or to stand among new words only, stay behind the word before. */
  private moveBlanks(line: Line, above: Line | null): void {
    if (line.kind !== 'paragraph') return;
    const fresh = !inOriginal(line);
    let begins = true;
    line.atoms = line.atoms.flatMap(atom => {
      const blanks = atom.kind === 'text' && !atom.ins && (fresh || (begins && !atom.del)) ? skipBlanks(atom.text, 0) : 0;
      begins &&= atom.kind === 'caret' || atom.kind === 'indent' || blanks === atom.text.length;
      if (!blanks) return [atom];
      const text = atom.text.slice(0, blanks), kept = fresh && !atom.del && !begins ? [{ ...atom, text, ins: this.mine }] : [];
      above?.atoms.push({ ...atom, text, start: kept.length ? -1 : atom.start, del: atom.del ?? (kept.length ? this.mine : null) });
      return [...kept, ...(blanks < atom.text.length ? [{ ...atom, text: atom.text.slice(blanks) }] : [])];
    });
  }

  /** A line that begins with `//`: a note where it is all one's own, otherwise a paragraph, whose slashes are then plain. */
  private asNote(line: Line, open: boolean): void {
    const words = line.atoms.filter(atom => isWord(atom) || atom.kind === 'comment');
    if (!open && words.every(atom => atom.ins?.own && !atom.del) && !line.atoms.some(({ kind }) => kind === 'indent')) {
      line.kind = 'note';
      line.end.ins = null;
      for (let begins = true; begins;) { // a note begins in column 0
        const first = line.atoms.find(({ kind }) => kind === 'text');
        begins = first !== undefined && isBlankText(first.text);
        line.atoms = line.atoms.map(atom => atom === first ? { ...atom, text: atom.text.trimStart() } : atom).filter(({ kind, text }) => kind === 'caret' || text);
      }
      return;
    }
    for (const [i, atom] of line.atoms.entries()) {
      if (atom.del || atom.kind !== 'text' || isBlankText(atom.text)) continue;
      const at = skipBlanks(atom.text, 0);
      if (!atom.ins?.own) { if (atom.text.startsWith('//', at)) return; continue; }
      line.atoms.splice(i, 1, ...[{ ...atom, text: atom.text.slice(0, at) }, { ...atom, kind: 'unit' as const, text: '\\/' }, { ...atom, text: atom.text.slice(at + 1) }].filter(({ text }) => text));
      return;
    }
  }
}

/**
 * What signs must say of a paragraph's end: in a view that has the paragraph, whether it goes on with the next one there.
 * It does where every end up to that one is missing; so among ends with nothing between them it does not matter which are.
 */
function signsOf(lines: readonly Line[], line: Line): Pick<End, 'ins' | 'del'> {
  const sign = (side: 'ins' | 'del', inThere: (line: Line) => boolean): Change | null => {
    let found = line.end[side];
    if (line.kind === 'note' || !inThere(line)) return found;
    for (let i = lines.indexOf(line); i < lines.length; i++) {
      const { end } = lines[i]!;
      if (i > 0 && lines[i] !== line && inThere(lines[i]!)) break;
      if (!end[side]) return null;
      found ??= end[side];
    }
    return found;
  };
  return { ins: sign('ins', inOriginal), del: sign('del', inFinal) };
}

const textOf = ({ atoms }: Line, counted: (atom: Atom) => boolean = () => true): string =>
  atoms.filter(atom => counted(atom) && atom.kind !== 'caret').map(atom => atom.text).join('');
