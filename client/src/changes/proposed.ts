/** What is proposed in the texts that are in sight, as the server last said it. */
import * as vscode from 'vscode';
import { VIEW_SCHEME } from '../views';
import { isDecided } from './edits';
import type { Ask, Node } from './requests';

/** How long the typing must pause before the whole text is asked about, in milliseconds. */
const PAUSE = 400;

export interface Proposal {
  /** The version of the text that this is about. */
  readonly version: number;
  readonly roots: readonly Node[];
  /** Everybody who proposes something, in the order in which they come in the text. */
  readonly authors: readonly string[];
  /** Who has a colour of their own, in that order; '' stands for those who are not named. It only grows, so that nobody changes colour. */
  readonly painted: readonly string[];
}

/** A text that may hold marks: the clean views hold none. */
export const isMarked = (document: vscode.TextDocument): boolean => document.languageId === 'resolution' && document.uri.scheme !== VIEW_SCHEME;

export class Proposed implements vscode.Disposable {
  private readonly kept = new WeakMap<vscode.TextDocument, Proposal>();
  private readonly asked = new WeakMap<vscode.TextDocument, Promise<Proposal | undefined>>();
  private readonly changed = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly listeners: vscode.Disposable;
  private pause: NodeJS.Timeout | undefined;

  /** Fires when something new is known of a text. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly ask: Ask) {
    this.listeners = vscode.Disposable.from(
      this.changed,
      vscode.window.onDidChangeVisibleTextEditors(() => this.look()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (!isMarked(document) || !contentChanges.length) return;
        this.lookSoon(isDecided(document) ? 0 : PAUSE); // who decides wants to see it done
      }),
    );
    this.look();
  }

  /** What is known of a text, which may be of an earlier version. */
  of(document: vscode.TextDocument): Proposal | undefined { return this.kept.get(document); }

  /** What is proposed in the text; undefined where the server cannot say. */
  async load(document: vscode.TextDocument): Promise<Proposal | undefined> {
    let known = this.kept.get(document);
    // What was asked for before may be about an earlier version.
    for (let attempt = 0; attempt < 3 && known?.version !== document.version; attempt++) known = await this.request(document);
    return known;
  }

  dispose(): void {
    clearTimeout(this.pause);
    this.listeners.dispose();
  }

  private lookSoon(pause = PAUSE): void {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.look(), pause);
  }

  private look(): void {
    for (const { document } of vscode.window.visibleTextEditors) if (isMarked(document) && this.kept.get(document)?.version !== document.version) void this.request(document);
  }

  /** Asks the server, one question at a time. */
  private request(document: vscode.TextDocument): Promise<Proposal | undefined> {
    let asked = this.asked.get(document);
    if (!asked) {
      asked = this.answered(document).finally(() => this.asked.delete(document));
      this.asked.set(document, asked);
    }
    return asked;
  }

  private async answered(document: vscode.TextDocument): Promise<Proposal | undefined> {
    // A server that has stopped says so in the status bar; what is known until then stays.
    const answer = await this.ask('resolute/changes', { uri: document.uri.toString() }).catch(() => null);
    if (!answer) return undefined;
    const authors = new Set<string>(), painted = new Set(this.kept.get(document)?.painted);
    const collect = (nodes: readonly Node[]): void => nodes.forEach(node => {
      if (node.kind === 'change') {
        node.authors.forEach(author => authors.add(author));
        painted.add(node.authors[0] ?? '');
      }
      collect(node.children);
    });
    collect(answer.roots);
    const proposal = { ...answer, authors: [...authors], painted: [...painted] };
    this.kept.set(document, proposal);
    this.changed.fire(document);
    if (answer.version !== document.version) this.lookSoon(); // somebody typed meanwhile
    return proposal;
  }
}
