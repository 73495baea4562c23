import * as vscode from 'vscode';
import { pageHtml } from './html';
import type { FromPage, PageState, ToPage, WordResult } from './messages';

export type { WordResult } from './messages';

type RequestWord = (uri: string, token: vscode.CancellationToken) => Promise<WordResult>;

/** How long nothing must be typed before the page is drawn anew, in milliseconds. */
const pause = 250;

/** The Word pages beside the texts: one panel for each document. They come back when the window is reloaded. */
export class WordPreview implements vscode.Disposable, vscode.WebviewPanelSerializer<PageState> {
  /** The type of the panels; the extension is activated by `onWebviewPanel:` and this. */
  static readonly viewType = 'resolute.word';

  private readonly pages = new Map<string, WordPage>();
  private readonly listeners: vscode.Disposable;

  /** @param requestWord writes a text's Word file; it rejects with a message for the user, and may give up when its token is cancelled. */
  constructor(private readonly context: vscode.ExtensionContext, private readonly requestWord: RequestWord) {
    this.listeners = vscode.Disposable.from(
      vscode.window.registerWebviewPanelSerializer(WordPreview.viewType, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.pages.get(document.uri.toString())?.textChanged(document)),
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('resolute.word.template')) for (const page of this.pages.values()) page.textChanged();
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.pages.get(textEditor.document.uri.toString())?.cursorMoved(textEditor)),
    );
  }

  /** Shows the document's Word page beside it, or in the given column; the text keeps the focus. */
  open(document: vscode.TextDocument, column: vscode.ViewColumn = vscode.ViewColumn.Beside): void {
    const page = this.pages.get(document.uri.toString());
    if (page) { page.panel.reveal(undefined, true); return; }
    this.adopt(vscode.window.createWebviewPanel(WordPreview.viewType, '', { viewColumn: column, preserveFocus: true }, { enableFindWidget: true }), document);
  }

  /** Takes over a panel that was open when the window was closed. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: PageState | undefined): Promise<void> {
    try {
      this.adopt(panel, await vscode.workspace.openTextDocument(vscode.Uri.parse(state?.uri ?? '', true)));
    } catch {
      panel.dispose(); // the text is gone
    }
  }

  dispose(): void {
    this.listeners.dispose();
    for (const page of [...this.pages.values()]) page.panel.dispose();
  }

  private adopt(panel: vscode.WebviewPanel, document: vscode.TextDocument): void {
    const uri = document.uri.toString(), page = new WordPage(panel, document, this.context.extensionUri, this.requestWord);
    this.pages.get(uri)?.panel.dispose();
    this.pages.set(uri, page);
    panel.onDidDispose(() => {
      page.closed();
      if (this.pages.get(uri) === page) this.pages.delete(uri);
    });
  }
}

class WordPage {
  private last: WordResult | undefined;
  /** Runs while somebody types. */
  private typing: NodeJS.Timeout | undefined;
  private wanted = false;
  private request: vscode.CancellationTokenSource | undefined;
  private open = true;
  /** The line that the page has been told of. */
  private cursor = -1;

  constructor(readonly panel: vscode.WebviewPanel, private document: vscode.TextDocument, extension: vscode.Uri, private readonly requestWord: RequestWord) {
    const { webview } = panel, dist = vscode.Uri.joinPath(extension, 'dist');
    const file = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
    const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(extension, 'icon', `resolution-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.title = `Word: ${document.uri.path.replace(/.*\//, '')}`;
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    webview.onDidReceiveMessage((message: FromPage) => message.type === 'ready' ? this.ready() : void this.reveal(message.line));
    webview.html = pageHtml({
      script: file('page.js'), style: file('page.css'), source: webview.cspSource, nonce: crypto.randomUUID().replaceAll('-', ''), uri: document.uri.toString(),
    });
  }

  /** @param document the text as it is open now: closed and opened again, it is another object. */
  textChanged(document = this.document): void {
    this.document = document;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => { this.typing = undefined; void this.refresh(); }, pause);
  }

  cursorMoved(editor: vscode.TextEditor): void {
    this.document = editor.document;
    const { line } = editor.selection.active;
    if (line === this.cursor) return; // every key moves the cursor
    this.cursor = line;
    const follow = vscode.workspace.getConfiguration('resolute', editor.document).get('preview.followCursor', true);
    this.say({ type: 'cursor', line, follow });
  }

  closed(): void {
    this.open = false;
    clearTimeout(this.typing);
    this.request?.cancel();
  }

  /** The page has started, or started again after it was hidden: a hidden page keeps nothing. */
  private ready(): void {
    if (this.last) this.say({ type: 'word', ...this.last });
    if (this.last?.version !== this.document.version) void this.refresh();
    this.sayCursor();
  }

  private sayCursor(): void {
    const editor = vscode.window.visibleTextEditors.find(e => e.document.uri.toString() === this.document.uri.toString());
    this.cursor = -1;
    if (editor) this.cursorMoved(editor);
  }

  /** One file at a time is asked for: a newer wish cancels the request under way and is granted when that has ended. */
  private async refresh(): Promise<void> {
    this.wanted = true;
    this.request?.cancel();
    if (this.request) return;
    while (this.wanted && this.open && this.panel.visible) {
      this.wanted = false;
      const request = this.request = new vscode.CancellationTokenSource();
      try {
        const result = await this.requestWord(this.document.uri.toString(), request.token);
        // Drawing may share a thread with the keys: what comes while somebody types again waits for the next pause.
        if (!request.token.isCancellationRequested && !this.typing) {
          this.last = result;
          this.say({ type: 'word', ...result });
        }
      } catch (error) {
        if (!request.token.isCancellationRequested) this.say({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
      }
      request.dispose();
      this.request = undefined;
    }
  }

  private async reveal(line: number): Promise<void> {
    const position = new vscode.Position(Math.min(line, this.document.lineCount - 1), 0);
    const start = position.with({ character: this.document.lineAt(position).firstNonWhitespaceCharacterIndex });
    const group = vscode.window.tabGroups.all.find(g => g.tabs.some(t => t.input instanceof vscode.TabInputText && t.input.uri.toString() === this.document.uri.toString()));
    const editor = await vscode.window.showTextDocument(this.document, { viewColumn: group?.viewColumn ?? vscode.ViewColumn.Beside });
    editor.selection = new vscode.Selection(start, start);
    editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  private say(message: ToPage): void {
    if (this.open && this.panel.visible) void this.panel.webview.postMessage(message);
  }
}
