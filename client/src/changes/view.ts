/** The Changes view: what is proposed, by proposal, section and clause, with the brackets that are still to be settled. */
import * as vscode from 'vscode';
import { authorColor } from './decorations';
import { isMarked, type Proposal, type Proposed } from './proposed';
import { rangeOf, type Node, type Status, type WireRange } from './requests';

/** How long the cursor must rest before the view follows it, in milliseconds. */
const REST = 150;
/** In a text with more changes, sections start folded. */
const MANY = 200;

/** A row of the view. Rows below it are made when it is unfolded. */
export class Row {
  /** The same as long as the text around keeps its structure, so that a row stays folded or unfolded while the text is worked on. */
  readonly id: string;
  private rows: Row[] | undefined;

  constructor(readonly document: vscode.TextDocument, readonly node: Node, readonly parent: Row | undefined, ordinal: number, private readonly filter: Filter) {
    this.id = `${parent?.id ?? document.uri.toString()}\n${node.kind} ${node.name} ${ordinal}`;
  }

  get range(): vscode.Range { return rangeOf(this.node.range); }
  /** What a decision about it is about: the change that begins at a place, or all in a range; what the view leaves out is not decided. */
  get decided(): WireRange[] {
    const { kind, range } = this.node;
    if (kind === 'bracket') return [];
    return kind === 'change' ? [{ start: range.start, end: range.start }] : this.filter.active ? this.children.flatMap(({ decided }) => decided) : [range];
  }
  get children(): Row[] { return this.rows ??= rowsOf(this.document, this.node.children, this, this.filter); }
}

type Kind = 'insertion' | 'deletion' | 'replacement' | 'bracket';
const KINDS: Record<Kind, string> = { insertion: 'Insertions', deletion: 'Deletions', replacement: 'Replacements', bracket: 'Square brackets' };

/** What the view leaves out. */
class Filter {
  readonly authors = new Set<string>();
  readonly kinds = new Set<Kind>();

  get active(): boolean { return this.authors.size + this.kinds.size > 0; }

  /** A row is shown where it or a row below it is. */
  shows(node: Node): boolean {
    if (!this.active) return true;
    if (node.children.length) return node.children.some(child => this.shows(child));
    const kind = kindOf(node);
    return kind !== undefined && !this.kinds.has(kind) && (!node.authors.length || node.authors.some(author => !this.authors.has(author)));
  }
}

function rowsOf(document: vscode.TextDocument, nodes: readonly Node[], parent: Row | undefined, filter: Filter): Row[] {
  const seen = new Map<string, number>();
  return nodes.filter(node => filter.shows(node)).map(node => {
    const name = `${node.kind} ${node.name}`, ordinal = seen.get(name) ?? 0;
    seen.set(name, ordinal + 1);
    return new Row(document, node, parent, ordinal, filter);
  });
}

export class ChangesView implements vscode.Disposable, vscode.TreeDataProvider<Row> {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  private readonly view: vscode.TreeView<Row>;
  private readonly listeners: vscode.Disposable;
  private readonly filter = new Filter();
  private readonly folded = new Map<string, boolean>();
  private document: vscode.TextDocument | undefined;
  private shown: Proposal | undefined;
  /** What the rows are made of. */
  private roots: readonly Node[] = [];
  private rows: Row[] = [];
  private rest: NodeJS.Timeout | undefined;
  /** What is to be selected after a decision, until the cursor leaves it. */
  private chosen: Row | undefined;

  constructor(private readonly proposed: Proposed) {
    this.view = vscode.window.createTreeView<Row>('resolute.changes', { treeDataProvider: this, showCollapseAll: true });
    this.listeners = vscode.Disposable.from(
      this.changed, this.view,
      vscode.window.onDidChangeActiveTextEditor(editor => this.turnTo(editor)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => { if (textEditor.document === this.document) this.followSoon(textEditor); }),
      vscode.workspace.onDidCloseTextDocument(document => { if (document === this.document) this.turnTo(undefined, true); }),
      this.view.onDidChangeVisibility(() => this.renew()),
      this.view.onDidCollapseElement(({ element }) => this.folded.set(element.id, true)),
      this.view.onDidExpandElement(({ element }) => this.folded.set(element.id, false)),
      proposed.onDidChange(document => { if (document === this.document) this.renew(); }),
    );
    this.turnTo(vscode.window.activeTextEditor);
  }

  dispose(): void {
    clearTimeout(this.rest);
    this.listeners.dispose();
  }

  getChildren(row?: Row): Row[] { return row ? row.children : this.rows; }
  getParent(row: Row): Row | undefined { return row.parent; }

  getTreeItem(row: Row): vscode.TreeItem {
    const { node } = row, authors = node.authors.join(', '), leaf = !node.children.length;
    const item = new vscode.TreeItem([node.status, node.name].filter(Boolean).join(' '), leaf ? vscode.TreeItemCollapsibleState.None : this.isFolded(row) ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded);
    item.id = row.id;
    item.iconPath = this.icon(node);
    item.description = (node.kind === 'change' ? [authors] : [signedCounts(node), authors]).filter(Boolean).join(' · ');
    item.tooltip = tooltip(node);
    item.contextValue = node.kind === 'bracket' ? 'brackets' : node.insertions + node.deletions || node.from ? 'changes' : 'plain';
    item.command = { title: 'Show in the Text', command: 'resolute.showRow', arguments: [row] };
    item.accessibilityInformation = { label: [node.name, spoken(node), node.note, authors && `by ${authors}`].filter(Boolean).join(', ') };
    return item;
  }

  /** Lets the user choose whose changes and which kinds of change are shown. */
  async chooseFilter(): Promise<void> {
    const { filter } = this, authors = this.shown?.authors ?? [];
    type Item = vscode.QuickPickItem & { author?: string; kindOfChange?: Kind };
    const items: Item[] = [
      { label: 'Changes by', kind: vscode.QuickPickItemKind.Separator },
      ...authors.map(author => ({ label: author, author, picked: !filter.authors.has(author) })),
      { label: 'What is shown', kind: vscode.QuickPickItemKind.Separator },
      ...Object.entries(KINDS).map(([kind, label]) => ({ label, kindOfChange: kind as Kind, picked: !filter.kinds.has(kind as Kind) })),
    ];
    const picked = await vscode.window.showQuickPick(items, { canPickMany: true, title: 'Show in the Changes view', placeHolder: 'Whose changes, and which ones' });
    if (!picked) return;
    this.clearFilter();
    for (const item of items) if (!picked.includes(item)) {
      if (item.author !== undefined) filter.authors.add(item.author);
      if (item.kindOfChange) filter.kinds.add(item.kindOfChange);
    }
    this.rebuild();
  }

  /** The row that the keyboard is at. Arrows do not select, and VS Code tells only what is selected. */
  async focused(): Promise<Row | undefined> {
    await vscode.commands.executeCommand('list.select');
    return this.view.selection[0];
  }

  /** A row as it is now, if there still is one: where it stood before the last key is no place to decide about. */
  async current(row: Row): Promise<Row | undefined> {
    await this.proposed.load(row.document);
    if (row.document !== this.document) return undefined;
    this.renew();
    let rows: readonly Row[] = this.rows;
    for (;;) {
      const found: Row | undefined = rows.find(({ id }) => row.id === id || row.id.startsWith(`${id}\n`));
      if (!found || found.id === row.id) return found;
      rows = found.children;
    }
  }

  /** After a decision about a row: selects the next one of its kind, so that nobody who goes on decides about more at once, and shows it in the text. */
  async goOn({ document, node: { kind } }: Row, from: vscode.Position): Promise<void> {
    await this.proposed.load(document);
    if (document !== this.document || !this.view.visible) return;
    this.renew();
    const next = (rows: readonly Row[], start: vscode.Position): Row | undefined => {
      for (const row of rows) {
        if (row.range.end.isBeforeOrEqual(start)) continue;
        const found = LEVELS[row.node.kind] === LEVELS[kind] ? row : next(row.children, start);
        if (found) return found;
      }
      return undefined;
    };
    const row = next(this.rows, from) ?? next(this.rows, new vscode.Position(0, 0));
    if (!row) return;
    this.chosen = row;
    const editor = vscode.window.visibleTextEditors.find(editor => editor.document === document), { start, end } = row.range;
    if (editor) {
      editor.selection = row.node.kind === 'change' ? new vscode.Selection(start, end) : new vscode.Selection(start, start);
      editor.revealRange(row.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
    await this.view.reveal(row, { select: true, focus: true }).then(undefined, () => { /* it went meanwhile */ });
  }

  clearFilter(): void {
    this.filter.authors.clear();
    this.filter.kinds.clear();
    this.rebuild();
  }

  private turnTo(editor: vscode.TextEditor | undefined, closed = false): void {
    if (editor && isMarked(editor.document)) {
      if (editor.document === this.document) return;
      this.document = editor.document;
    } else if (closed) this.document = undefined;
    else return; // the preview, a search result: the view stays with the text
    this.shown = undefined;
    this.renew();
  }

  /** Takes over what is known, if it is to be seen. */
  private renew(): void {
    const proposal = this.document && this.proposed.of(this.document);
    if (!this.view.visible || (proposal && proposal === this.shown)) return;
    const roots = proposal?.roots ?? [], before = this.shown;
    this.shown = proposal;
    // Where just the places have changed, as with most of what is typed, the rows stay and nothing moves under the user's eyes.
    if (before && same(this.roots, roots)) moveTo(this.roots, roots);
    else {
      this.roots = roots;
      this.rebuild();
    }
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document === this.document);
    if (editor) this.followSoon(editor);
  }

  private rebuild(): void {
    const { document, shown } = this;
    this.rows = document ? rowsOf(document, this.roots, undefined, this.filter) : [];
    this.view.description = document ? vscode.workspace.asRelativePath(document.uri) : '';
    const none = this.filter.active ? 'Nothing of what is to be shown. Other changes are filtered out.' : 'No tracked changes in this text.';
    this.view.message = shown && !this.rows.length ? none : ''; // without a message there is room for the view's welcome
    void vscode.commands.executeCommand('setContext', 'resolute.changesFiltered', this.filter.active);
    this.changed.fire(undefined);
  }

  private followSoon(editor: vscode.TextEditor): void {
    clearTimeout(this.rest);
    this.rest = setTimeout(() => void this.follow(editor), REST);
  }

  /** Selects the row of the cursor's place, as far as rows are unfolded. */
  private async follow({ document, selection: { active } }: vscode.TextEditor): Promise<void> {
    if (!this.view.visible || document !== this.document) return;
    // A change or brackets that are chosen stay chosen: a clause holds the same place.
    const chosen = this.chosen ?? this.view.selection[0];
    if (chosen && !chosen.node.children.length && chosen.range.contains(active)) return;
    this.chosen = undefined;
    const path = pathTo(this.roots, active, node => node.from);
    let found: Row | undefined, rows: readonly Row[] = this.rows;
    for (const node of path.length ? path : pathTo(this.roots, active, ({ range }) => range)) {
      const inner: Row | undefined = rows.find(row => row.node === node);
      if (!inner) break;
      found = inner;
      if (this.isFolded(inner)) break;
      rows = inner.children;
    }
    if (found && found !== this.view.selection[0]) await this.view.reveal(found, { select: true, focus: false }).then(undefined, () => { /* it went meanwhile */ });
  }

  private isFolded(row: Row): boolean {
    const { kind, insertions, deletions } = row.node;
    const root = row.parent ? undefined : insertions + deletions;
    return this.folded.get(row.id) ?? (kind === 'clause' || kind === 'block' || (kind === 'section' && this.size > MANY) || root === 0);
  }

  private get size(): number { return this.shown?.roots.reduce((sum, { insertions, deletions }) => sum + insertions + deletions, 0) ?? 0; }

  private icon(node: Node): vscode.ThemeIcon {
    const kind = kindOf(node), author = this.shown?.painted.indexOf(node.authors[0] ?? '') ?? 0;
    if (kind === 'bracket') return new vscode.ThemeIcon('bracket-dot');
    if (kind) return new vscode.ThemeIcon({ insertion: 'diff-added', deletion: 'diff-removed', replacement: 'diff-modified' }[kind], authorColor(Math.max(0, author)));
    return new vscode.ThemeIcon(node.kind === 'clause' || node.kind === 'block' ? STATUS[node.status ?? 'NOC'].icon : { proposal: 'file-text', text: 'file', section: 'symbol-namespace' }[node.kind as string] ?? 'file');
  }
}

/** How deep rows stand; brackets stand beside all. */
const LEVELS: Record<Node['kind'], number> = { proposal: 0, text: 0, section: 1, clause: 2, block: 2, change: 3, bracket: 4 };

const STATUS: Record<Status, { icon: string; spoken: string }> = {
  ADD: { icon: 'add', spoken: 'added' },
  SUP: { icon: 'remove', spoken: 'deleted' },
  MOD: { icon: 'edit', spoken: 'modified' },
  moved: { icon: 'arrow-swap', spoken: 'moved' },
  renumbered: { icon: 'list-ordered', spoken: 'renumbered' },
  NOC: { icon: 'circle-outline', spoken: 'not changed' },
};

/** What a row without rows below it is; undefined for one that holds others. */
function kindOf({ kind, insertions, deletions }: Node): Kind | undefined {
  if (kind === 'bracket') return 'bracket';
  if (kind !== 'change') return undefined;
  return insertions && deletions ? 'replacement' : insertions ? 'insertion' : 'deletion';
}

const signedCounts = ({ insertions, deletions }: Node): string => [insertions && `+${insertions}`, deletions && `−${deletions}`].filter(Boolean).join(' ');
const counted = (count: number, what: string): string => count ? `${count} ${what}${count === 1 ? '' : 's'}` : '';

/** What a row says, for those who hear it. */
function spoken(node: Node): string {
  const kind = kindOf(node);
  if (kind) return { insertion: 'insertion', deletion: 'deletion', replacement: 'replacement', bracket: 'in square brackets' }[kind];
  return [node.status && STATUS[node.status].spoken, counted(node.insertions, 'insertion'), counted(node.deletions, 'deletion')].filter(Boolean).join(', ');
}

function tooltip(node: Node): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  const line = (what: string, words: string | undefined) => { if (words) text.appendMarkdown(`**${what}** `).appendText(words).appendMarkdown('\n\n'); };
  line('Deleted', node.before);
  line('Inserted', node.after);
  if (!node.before && !node.after) text.appendText(node.name).appendMarkdown('\n\n');
  if (node.note) text.appendText(node.note).appendMarkdown('\n\n');
  text.appendText([spoken(node), node.authors.join(', '), node.date].filter(Boolean).join(' · '));
  return text;
}

/** The first node whose place, as `placeOf` says, holds a position, behind those that it is in; and what is in it. */
function pathTo(nodes: readonly Node[], at: vscode.Position, placeOf: (node: Node) => WireRange | undefined): Node[] {
  for (const node of nodes) {
    const place = placeOf(node), inner = place && !rangeOf(place).contains(at) ? [] : pathTo(node.children, at, place ? ({ range }) => range : placeOf);
    if (inner.length || (place && rangeOf(place).contains(at))) return [node, ...inner];
  }
  return [];
}

const FIELDS = ['kind', 'name', 'status', 'insertions', 'deletions', 'note', 'before', 'after', 'date'] as const;

/** Whether nodes say the same, wherever they stand. */
const same = (nodes: readonly Node[], others: readonly Node[]): boolean => nodes.length === others.length && nodes.every((node, i) => {
  const other = others[i]!;
  return FIELDS.every(field => node[field] === other[field]) && `${node.authors}` === `${other.authors}` && same(node.children, other.children);
});

/** Moves nodes to where they are now; both say the same. */
function moveTo(nodes: readonly Node[], now: readonly Node[]): void {
  nodes.forEach((node, i) => {
    node.range = now[i]!.range;
    if (now[i]!.from) node.from = now[i]!.from!;
    moveTo(node.children, now[i]!.children);
  });
}
