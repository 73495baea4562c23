/** The Review view: what is left to decide in a consolidated draft, by section and clause, and who says what. */
import * as vscode from 'vscode';
import { edited, show } from '../changes/edits';
import { isMarked } from '../changes/proposed';
import { rangeOf, type Edits, type WireRange } from '../changes/requests';

type Request = <T>(method: string, params: object) => Promise<T>;

/** As it goes over the wire. */
interface Choice { title: string; authors: string[]; words: string }
interface Question { kind: 'conflict' | 'near-duplicate' | 'move'; name: string; message: string; authors: string[]; range: WireRange; choices: Choice[] }
interface Section { name: string; questions: Question[] }

/** How long the typing must pause before the text is asked about, in milliseconds. */
const PAUSE = 400;
/** Where more is to be decided, the answers start folded. */
const MANY = 30;

/** A row of the view: a section, a question in it, or one of its answers. */
export class ReviewRow {
  readonly children: ReviewRow[];
  /** The version of the text that it is about. */
  readonly version: number;
  private constructor(readonly document: vscode.TextDocument, readonly id: string, readonly parent: ReviewRow | undefined, readonly section: Section, readonly question?: Question, readonly choice?: Choice) {
    this.version = document.version;
    const counts = new Map<string, number>();
    const below = (name: string, question: Question, choice?: Choice) => {
      const ordinal = counts.get(name) ?? 0;
      counts.set(name, ordinal + 1);
      return new ReviewRow(document, `${id}\n${name} ${ordinal}`, this, section, question, choice);
    };
    this.children = choice ? [] : question ? question.choices.map(one => below(one.title, question, one)) : section.questions.map(one => below(one.message, one));
  }

  static ofSections = (document: vscode.TextDocument, sections: readonly Section[]): ReviewRow[] => sections.map((section, i) => new ReviewRow(document, `${document.uri.toString()}\n${section.name} ${sections.slice(0, i).filter(({ name }) => name === section.name).length}`, undefined, section));
}

const KINDS: Record<Question['kind'], { icon: string; spoken: string }> = {
  conflict: { icon: 'git-compare', spoken: 'different proposals' },
  'near-duplicate': { icon: 'copy', spoken: 'nearly the same' },
  move: { icon: 'arrow-swap', spoken: 'moved' },
};

export class ReviewView implements vscode.Disposable, vscode.TreeDataProvider<ReviewRow> {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  private readonly view: vscode.TreeView<ReviewRow>;
  private readonly listeners: vscode.Disposable;
  private document: vscode.TextDocument | undefined;
  private rows: ReviewRow[] = [];
  private count = 0;
  /** The text and the version that the rows are about. */
  private known = '';
  private pause: NodeJS.Timeout | undefined;
  private taking = false;

  constructor(private readonly request: Request) {
    this.view = vscode.window.createTreeView<ReviewRow>('resolute.review', { treeDataProvider: this, showCollapseAll: true });
    this.listeners = vscode.Disposable.from(
      this.changed, this.view,
      vscode.window.onDidChangeActiveTextEditor(editor => this.turnTo(editor)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => { if (document === this.document && contentChanges.length && this.view.visible) this.renewSoon(); }),
      vscode.workspace.onDidCloseTextDocument(document => { if (document === this.document) { this.document = undefined; void this.renew(); } }),
      this.view.onDidChangeVisibility(() => void this.renew()),
    );
    this.turnTo(vscode.window.activeTextEditor);
  }

  dispose(): void {
    clearTimeout(this.pause);
    this.listeners.dispose();
  }

  getChildren(row?: ReviewRow): ReviewRow[] { return row ? row.children : this.rows; }
  getParent(row: ReviewRow): ReviewRow | undefined { return row.parent; }

  getTreeItem(row: ReviewRow): vscode.TreeItem {
    const { section, question, choice } = row, { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(choice ? choice.words && choice.authors.join(', ') || choice.title : question?.name ?? (section.name || 'At the top'), choice ? None : question && this.count > MANY ? Collapsed : Expanded);
    item.id = row.id;
    if (!question) {
      const count = section.questions.length;
      item.iconPath = new vscode.ThemeIcon('symbol-namespace');
      item.description = String(count);
      item.accessibilityInformation = { label: `${String(item.label)}, ${count === 1 ? 'one thing' : `${count} things`} to decide` };
      return item;
    }
    item.command = { title: 'Show in the Text', command: 'resolute.showQuestion', arguments: [row] };
    if (choice) {
      item.description = choice.words;
      item.tooltip = [choice.title, choice.words].filter(Boolean).join(': ');
      item.iconPath = new vscode.ThemeIcon(choice.authors.length ? 'account' : 'circle-slash');
      item.contextValue = 'choice';
      item.accessibilityInformation = { label: [choice.title, choice.words].filter(Boolean).join(': ') };
    } else {
      const { icon, spoken } = KINDS[question.kind];
      item.description = question.authors.join(', ');
      item.tooltip = question.message;
      item.iconPath = new vscode.ThemeIcon(icon);
      item.accessibilityInformation = { label: `${question.name}, ${spoken}: ${question.message}` };
    }
    return item;
  }

  /** Takes the answer of a row, or of the selected one; one step to undo. */
  async take(given?: ReviewRow): Promise<void> {
    if (!given) await vscode.commands.executeCommand('list.select'); // arrows do not select, and VS Code tells only what is selected
    const row = given ?? this.view.selection[0];
    if (!row?.question || !row.choice) { void vscode.window.showInformationMessage('Choose one of the answers in the Review view first.'); return; }
    if (this.taking) return; // a second click, or a key held down, is no second answer
    this.taking = true;
    try {
      const { document, question: { message, range }, choice: { title } } = row;
      const isDone = await edited(document, async version => version !== row.version ? { version, edits: [] }
        : this.request<Edits | null>('resolute/takeChoice', { uri: document.uri.toString(), message, line: range.start.line, title }));
      if (!isDone) void vscode.window.showInformationMessage('The text has changed meanwhile. Look at what is left to decide, and choose again.');
      await this.renew();
    } finally { this.taking = false; }
  }

  /** The keyboard stays in the view, so that a key takes the answer. */
  show({ document, question }: ReviewRow): Thenable<void> { return show(document, rangeOf(question!.range), true); }

  private turnTo(editor: vscode.TextEditor | undefined): void {
    if (!editor || !isMarked(editor.document) || editor.document === this.document) return; // beside the Word page the view stays with the text
    this.document = editor.document;
    void this.renew();
  }

  private renewSoon(): void {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => void this.renew(), PAUSE);
  }

  /** Asks anew, if the view is to be seen and does not know already. */
  private async renew(): Promise<void> {
    clearTimeout(this.pause);
    const { document } = this, wanted = document ? `${document.version} ${document.uri.toString()}` : '';
    if (!this.view.visible || wanted === this.known) return;
    // A server that has stopped says so in the status bar; what is known until then stays.
    const answer = document && await this.request<{ version: number; sections: Section[] } | null>('resolute/review', { uri: document.uri.toString() }).catch(() => null);
    if (document !== this.document) return; // another text was turned to meanwhile, which has been asked about
    if (document && answer?.version !== document.version) { this.renewSoon(); return; } // somebody typed, or the server does not know the text yet
    this.known = wanted;
    this.rows = document && answer ? ReviewRow.ofSections(document, answer.sections) : [];
    this.count = answer?.sections.reduce((sum, { questions }) => sum + questions.length, 0) ?? 0;
    this.view.description = document ? vscode.workspace.asRelativePath(document.uri) : '';
    this.view.badge = this.count ? { value: this.count, tooltip: this.count === 1 ? 'One thing to decide' : `${this.count} things to decide` } : undefined;
    this.changed.fire(undefined);
  }
}
