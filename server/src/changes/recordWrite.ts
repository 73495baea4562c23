/** Writes paragraphs with their changes as markup: the signs of marks, where they are needed. */
import { inFinal, inOriginal, type Atom, type Change, type Line } from './recordLines';

/** Signs in new text that would be read as the opener or closer of a mark, and an opening brace that would become one with the closer behind it. */
const OPENER = /\{(?=\+\+|--|~~|>>|==|@|$)/g, CLOSER = /(?:\+\+|--|~~|<<|==)(?=\})/g;

interface Run { readonly kind: 'ins' | 'del' | null; change: Change | null; readonly atoms: Atom[] }

/**
 * The markup of some paragraphs, where in it each caret stands, where the first new words are, and where an offset of
 * the text before has come to: behind what stood before it. `mine` is the change now being recorded.
 */
export function writeLines(lines: readonly Line[], mine: Change): Pick<Writer, 'text' | 'carets' | 'fresh' | 'place'> {
  const writer = new Writer(mine);
  for (const line of lines) writer.line(line);
  return writer;
}

class Writer {
  text = '';
  readonly carets = new Map<number, number>();
  fresh = Infinity;
  /** Pieces of the text before, by their offsets there, and where they are in `text`. */
  private readonly kept: { readonly start: number; readonly end: number; readonly at: number }[] = [];
  constructor(private readonly mine: Change) {}

  readonly place = (offset: number): number => {
    let place = 0, nearest = -1;
    for (const { start, end, at } of this.kept) if (start < offset && start > nearest) { nearest = start; place = at + Math.min(offset, end) - start; }
    return place;
  };

  line(line: Line): void {
    const { end } = line, original = inOriginal(line), final = inFinal(line);
    const atoms = withContexts(line.atoms.filter(({ kind, text }) => kind === 'caret' || text));
    if (line.kind === 'note') this.plain(atoms);
    else for (const group of grouped(atoms, (a, b) => a.highlight === b.highlight)) {
      const { highlight } = group[0]!;
      if (highlight) this.text += '{==';
      this.changes(group);
      if (highlight) this.text += `==}${highlight.attribute}`;
    }
    const inserted = line.kind !== 'note' && original && end.ins, deleted = line.kind !== 'note' && final && end.del;
    const sign = deleted ? `{--¶--}${deleted.attribute}` : '¶';
    if (inserted) this.text += `{++${sign}++}${inserted.attribute}`; else if (deleted) this.text += sign;
    for (const { caret, at } of end.carets) this.carets.set(caret, this.text.length + at);
    if (end.stop > end.start) this.kept.push({ start: end.start, end: Math.min(end.stop, end.start + end.text.length), at: this.text.length });
    else if (end.text) this.fresh = Math.min(this.fresh, this.text.length);
    this.text += end.text;
  }

  private plain(atoms: readonly Atom[]): void {
    for (const { kind, text, start, end, ins, caret } of atoms) {
      if (kind === 'caret') this.carets.set(caret!, this.text.length);
      else if (start >= 0 && kind !== 'indent') this.kept.push({ start, end, at: this.text.length }); // indentation moves between lines
      else if (ins) this.fresh = Math.min(this.fresh, this.text.length);
      this.text += text;
    }
  }

  private changes(atoms: readonly Atom[]): void {
    const runs: Run[] = [];
    for (const atom of atoms) {
      const kind = atom.ins ? 'ins' : atom.del ? 'del' : null, change = atom.ins ?? atom.del, last = runs.at(-1);
      if (last && last.kind === kind && this.asOne(last.change, change)) {
        last.atoms.push(atom);
        if (change === this.mine) last.change = change;
      } else runs.push({ kind, change, atoms: [atom] });
    }
    for (let i = 0; i < runs.length; i++) {
      const { kind, change, atoms: inside } = runs[i]!, next = runs[i + 1];
      if (!kind) { this.plain(inside); continue; }
      if (kind === 'ins') { this.mark('{++', inside, '++}', change!); continue; }
      const text = inside.map(atom => atom.text).join(''), divisible = !/~>|~~\}/.test(text);
      if (divisible && next?.kind === 'ins' && this.asOne(change, next.change)) {
        this.text += '{~~';
        this.plain(inside);
        this.mark('~>', next.atoms, '~~}', next.change === this.mine ? this.mine : change!);
        i++;
      } else if (divisible && /--\}|\{$/.test(text)) { // what a deletion cannot hold is replaced by nothing
        this.text += '{~~';
        this.plain(inside);
        this.text += `~>~~}${change!.attribute}`;
      } else {
        this.text += '{--';
        this.plain(inside);
        this.text += `--}${change!.attribute}`;
      }
    }
  }

  /** Inserted words between the signs of a mark, with the deletions among them. */
  private mark(opener: string, atoms: readonly Atom[], closer: string, change: Change): void {
    this.text += opener;
    for (const run of grouped(atoms, (a, b) => this.asOne(a.del, b.del))) {
      const deletion = run.some(atom => atom.del === this.mine) ? this.mine : run[0]!.del;
      if (deletion) {
        this.text += '{--';
        this.plain(run);
        this.text += `--}${deletion.attribute}`;
      } else for (const part of grouped(run, (a, b) => isText(a) && isText(b))) if (isText(part[0]!)) this.escaped(part); else this.plain(part);
    }
    this.text += closer + change.attribute;
  }

  private escaped(atoms: readonly Atom[]): void {
    const text = atoms.map(atom => atom.text).join(''), slashes = new Set<number>();
    for (const { index } of text.matchAll(OPENER)) slashes.add(index);
    for (const { index } of text.matchAll(CLOSER)) slashes.add(index + 2);
    let at = 0;
    for (const atom of atoms) {
      let part = '';
      for (const sign of atom.text.split('')) part += slashes.has(at++) ? `\\${sign}` : sign;
      this.plain([{ ...atom, text: part }]);
    }
  }

  /** Whether two changes are written as one mark: what was there is left apart, what is recorded joins what it touches. */
  private asOne(a: Change | null, b: Change | null): boolean {
    return a === b || (a !== null && b !== null && a.same && b.same && (a === this.mine || b === this.mine));
  }
}

const isText = ({ kind }: Atom): boolean => kind === 'text' || kind === 'caret';

function grouped(atoms: readonly Atom[], together: (a: Atom, b: Atom) => boolean): Atom[][] {
  const groups: Atom[][] = [];
  for (const atom of atoms) {
    const group = groups.at(-1);
    if (group && together(group.at(-1)!, atom)) group.push(atom); else groups.push([atom]);
  }
  return groups;
}

/** Gives each caret the changes of the word before it, or, where it belongs to what follows, behind it. */
function withContexts(atoms: readonly Atom[]): Atom[] {
  return atoms.map((atom, i) => {
    if (atom.kind !== 'caret') return atom;
    const next = atoms.slice(i).find(other => other.kind !== 'caret'), before = atoms.slice(0, i).findLast(other => other.kind !== 'caret');
    const { ins = null, del = null, highlight = null } = (atom.forward ? next : before) ?? {};
    return { ...atom, ins, del, highlight };
  });
}
