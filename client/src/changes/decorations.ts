/** Marks as an editor sees them on paper: new words underlined, old ones struck through, in the colour and the line of their author. */
import * as vscode from 'vscode';
import { isMarked, type Proposed } from './proposed';
import { rangeOf, type Ask, type Mark } from './requests';

/** How long after a change or a turn of the wheel the marks are looked up, in milliseconds: once for all that happens meanwhile. */
const DELAY = 40;
/** So many lines beyond those in sight are painted too, so that scrolling does not outrun the paint. */
const AROUND = 60;
/** As many authors have a colour of their own; it is `resolute.changes.author1` and so on. */
const COLOURS = 8;
/** With the colour goes a line of another kind: five authors are told apart without any colour. */
const LINES = ['solid', 'double', 'dashed', 'dotted', 'wavy'];

type Signs = 'shown' | 'dimmed' | 'hidden';
type Kind = 'insertion' | 'deletion' | 'deletedInsertion' | 'comment' | 'highlight' | 'signs' | 'bar' | 'ruler';

/** Paints the marks of every editor in sight, and keeps the paint up to date. */
export class Decorations implements vscode.Disposable {
  private readonly styles = new Styles();
  private readonly canvases = new Map<vscode.TextEditor, Canvas>();
  private readonly listeners: vscode.Disposable;

  constructor(private readonly ask: Ask, private readonly proposed: Proposed) {
    this.listeners = vscode.Disposable.from(
      this.styles,
      vscode.window.onDidChangeVisibleTextEditors(() => this.look()),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.canvases.get(textEditor)?.renew()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.canvases.get(textEditor)?.cursorMoved()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length) for (const [editor, canvas] of this.canvases) if (editor.document === document) canvas.renew();
      }),
      vscode.workspace.onDidChangeConfiguration(event => {
        if (!event.affectsConfiguration('resolute.changes.signs')) return;
        for (const canvas of this.canvases.values()) canvas.clear();
        this.styles.clear();
        for (const canvas of this.canvases.values()) canvas.paint();
      }),
      proposed.onDidChange(document => {
        for (const [editor, canvas] of this.canvases) if (editor.document === document) canvas.proposalChanged();
      }),
    );
    this.look();
  }

  dispose(): void {
    this.listeners.dispose();
    for (const canvas of this.canvases.values()) canvas.dispose();
  }

  private look(): void {
    const visible = new Set(vscode.window.visibleTextEditors.filter(({ document }) => isMarked(document)));
    for (const [editor, canvas] of this.canvases) if (!visible.has(editor)) {
      canvas.dispose();
      this.canvases.delete(editor);
    }
    for (const editor of visible) if (!this.canvases.has(editor)) this.canvases.set(editor, new Canvas(editor, this.ask, this.proposed, this.styles));
  }
}

/** One editor, and what is painted in it. Between two paintings VS Code itself moves the paint with the text, so nothing flickers. */
class Canvas implements vscode.Disposable {
  private marks: readonly Mark[] = [];
  private known = { version: -1, from: 0, to: 0 };
  private used = new Set<vscode.TextEditorDecorationType>();
  private timer: NodeJS.Timeout | undefined;
  private asking = false;
  private open = true;
  private cursorLines = '';
  private colours = 0;

  constructor(private readonly editor: vscode.TextEditor, private readonly ask: Ask, private readonly proposed: Proposed, private readonly styles: Styles) {
    void this.lookUp();
    this.paintRuler();
  }

  dispose(): void {
    this.open = false;
    clearTimeout(this.timer);
  }

  renew(): void {
    this.timer ??= setTimeout(() => void this.lookUp(), DELAY);
  }

  cursorMoved(): void {
    if (this.styles.signs === 'hidden' && this.cursorLines !== linesOf(this.editor)) this.paint();
  }

  proposalChanged(): void {
    if (this.colours !== this.proposed.of(this.editor.document)?.painted.length) this.paint();
    this.paintRuler();
  }

  clear(): void {
    for (const type of this.used) this.editor.setDecorations(type, []);
    this.used.clear();
  }

  private async lookUp(): Promise<void> {
    this.timer = undefined;
    const { editor, editor: { document, visibleRanges } } = this, { version } = document;
    if (!visibleRanges.length || this.asking) return;
    const first = visibleRanges[0]!.start.line, last = visibleRanges.at(-1)!.end.line;
    if (this.known.version === version && this.known.from <= first && last <= this.known.to) return;
    const from = Math.max(0, first - AROUND), to = Math.min(last + AROUND, document.lineCount - 1);
    this.asking = true;
    try {
      // Who writes in which colour is decided by the order in which they come in the text, not by the part of it that is in sight.
      if (!this.proposed.of(document)) await this.proposed.load(document);
      // A server that has stopped says so in the status bar; the paint stays as it is.
      const answer = await this.ask('resolute/marks', { uri: document.uri.toString(), startLine: from, endLine: to }).catch(() => null);
      if (!this.open || editor.document.version !== answer?.version) return; // the change that made it so has asked anew
      this.known = { version: answer.version, from, to };
      this.marks = answer.marks;
      this.paint();
    } finally {
      this.asking = false;
      if (this.open && (editor.document.version !== version || editor.visibleRanges !== visibleRanges)) this.renew();
    }
  }

  paint(): void {
    if (this.known.version !== this.editor.document.version) return; // what is known does not fit any more; it is being looked up
    const { editor, styles } = this, painted = new Map<vscode.TextEditorDecorationType, vscode.Range[]>();
    const add = (type: vscode.TextEditorDecorationType, ...ranges: vscode.Range[]) => {
      const list = painted.get(type);
      if (list) list.push(...ranges); else painted.set(type, ranges);
    };
    this.cursorLines = linesOf(editor);
    const known = this.proposed.of(editor.document)?.painted ?? [];
    this.colours = known.length;
    const marks = this.marks.map(mark => ({ ...mark, range: rangeOf(mark.range), signs: mark.signs.map(rangeOf), author: Math.max(0, known.indexOf(mark.author ?? '')) }));
    let insertion: vscode.Range | undefined, lastBar = -1;
    marks.forEach(({ kind, author, range, signs }, i) => {
      // Two lines over the same words would leave just one of them: what stands inside a mark is cut out of it.
      const inside: vscode.Range[] = [];
      for (let j = i + 1; j < marks.length && marks[j]!.range.start.isBefore(range.end); j++) inside.push(marks[j]!.range, ...marks[j]!.signs);
      const parts = kind === 'highlight' ? [range] : without(range, inside);
      if (kind === 'insertion') insertion = range;
      add(styles.of(kind === 'deletion' && insertion?.contains(range) ? 'deletedInsertion' : kind, author), ...parts);
      for (const sign of signs) if (styles.signs !== 'hidden' || !isAtCursor(editor, sign)) add(styles.of('signs'), sign);
      if (kind === 'insertion' || kind === 'deletion')
        for (let line = Math.max(range.start.line, lastBar + 1); line <= range.end.line; line++) add(styles.of('bar'), new vscode.Range(lastBar = line, 0, line, 0));
    });
    for (const type of this.used) if (!painted.has(type)) editor.setDecorations(type, []);
    for (const [type, ranges] of painted) editor.setDecorations(type, ranges);
    this.used = new Set(painted.keys());
  }

  /** Where in the whole text there are changes. */
  paintRuler(): void {
    const { document } = this.editor, proposal = this.proposed.of(document), lines = new Set<number>();
    if (proposal?.version !== document.version) return;
    const visit = (nodes: typeof proposal.roots): void => nodes.forEach(({ kind, range, children }) => {
      if (kind === 'change') lines.add(range.start.line);
      visit(children);
    });
    visit(proposal.roots);
    const stretches: { from: number; to: number }[] = [];
    for (const line of [...lines].sort((one, other) => one - other)) {
      const last = stretches.at(-1);
      if (last?.to === line - 1) last.to = line; else stretches.push({ from: line, to: line });
    }
    this.editor.setDecorations(this.styles.of('ruler'), stretches.map(({ from, to }) => new vscode.Range(from, 0, to, 0)));
  }
}

/** The looks there are; each is made when it is first needed. */
class Styles implements vscode.Disposable {
  signs = signsSetting();
  private readonly types = new Map<string, vscode.TextEditorDecorationType>();

  of(kind: Kind, author = 0): vscode.TextEditorDecorationType {
    const key = `${kind} ${kind === 'insertion' || kind === 'deletion' || kind === 'deletedInsertion' || kind === 'comment' ? author % (COLOURS * LINES.length) : ''}`;
    let type = this.types.get(key);
    if (!type) this.types.set(key, type = vscode.window.createTextEditorDecorationType(this.look(kind, author)));
    return type;
  }

  clear(): void {
    this.signs = signsSetting();
    this.types.get('signs ')?.dispose();
    this.types.delete('signs ');
  }

  dispose(): void {
    for (const type of this.types.values()) type.dispose();
  }

  private look(kind: Kind, author: number): vscode.DecorationRenderOptions {
    const color = authorColor(author), line = LINES[author % LINES.length]!;
    const { OpenOpen, ClosedClosed } = vscode.DecorationRangeBehavior;
    switch (kind) {
      case 'insertion': return { color, textDecoration: `underline ${line}`, rangeBehavior: OpenOpen };
      case 'deletion': return { color, textDecoration: `line-through ${line}`, rangeBehavior: OpenOpen };
      case 'deletedInsertion': return { color, textDecoration: `underline line-through ${line}`, rangeBehavior: OpenOpen };
      case 'comment': return { color, fontStyle: 'italic', textDecoration: `none${ON_COLOUR}`, rangeBehavior: OpenOpen };
      case 'highlight': return { textDecoration: ON_COLOUR, rangeBehavior: OpenOpen };
      case 'signs': return {
        rangeBehavior: ClosedClosed,
        ...this.signs === 'hidden' ? { textDecoration: 'none; display: none' } : this.signs === 'dimmed' ? { color: new vscode.ThemeColor('resolute.changes.signs'), textDecoration: 'none' } : {},
      };
      case 'bar': return { isWholeLine: true, borderWidth: '0 0 0 1px', borderStyle: 'solid', borderColor: new vscode.ThemeColor('resolute.changes.bar') };
      case 'ruler': return { overviewRulerColor: new vscode.ThemeColor('resolute.changes.bar'), overviewRulerLane: vscode.OverviewRulerLane.Left };
    }
  }
}

/** The colour of an author, by their place in the order of authors. */
export const authorColor = (author: number): vscode.ThemeColor => new vscode.ThemeColor(`resolute.changes.author${author % COLOURS + 1}`);

/**
 * The ground of comments, as further CSS behind a text decoration: it has to be part of the text's own style. What VS Code paints
 * behind the text it measures, and that goes wrong where signs on the line are hidden.
 */
const ON_COLOUR = '; background-color: var(--vscode-resolute-changes-commentBackground); border-bottom: 1px dotted var(--vscode-resolute-changes-commentBorder)';

const signsSetting = (): Signs => vscode.workspace.getConfiguration('resolute').get<Signs>('changes.signs', 'dimmed');

const linesOf = ({ selections }: vscode.TextEditor): string => selections.map(({ start, end }) => `${start.line}-${end.line}`).join();
const isAtCursor = ({ selections }: vscode.TextEditor, { start, end }: vscode.Range): boolean =>
  selections.some(selection => selection.start.line <= end.line && start.line <= selection.end.line);

/** What is left of a range when others are cut out of it. */
function without(range: vscode.Range, holes: readonly vscode.Range[]): vscode.Range[] {
  const parts: vscode.Range[] = [];
  let from = range.start;
  for (const { start, end } of [...holes].sort((one, other) => one.start.compareTo(other.start))) {
    if (from.isBefore(start)) parts.push(new vscode.Range(from, start));
    if (from.isBefore(end)) from = end;
  }
  if (from.isBefore(range.end)) parts.push(new vscode.Range(from, range.end));
  return parts;
}
