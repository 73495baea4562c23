/** What renumbering leaves to a person, in the Problems view until it is dealt with. */
import * as vscode from 'vscode';

export interface Open { readonly range: vscode.Range; readonly message: string }

export class Review implements vscode.Disposable {
  private readonly found = vscode.languages.createDiagnosticCollection('resolute-numbering');
  private readonly listeners = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(change => this.follow(change)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.found.delete(uri)),
  );

  /** Shows what is left to decide in a text, and nothing of what was before; what a check says already is not said twice. */
  set({ uri }: vscode.TextDocument, open: readonly Open[]): void {
    this.found.delete(uri);
    const said = new Set(vscode.languages.getDiagnostics(uri).map(({ message }) => message));
    this.found.set(uri, open.filter(({ message }) => !said.has(message)).map(({ range, message }) => {
      const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Warning);
      diagnostic.source = 'Resolute';
      diagnostic.code = 'to-decide';
      return diagnostic;
    }));
  }

  dispose(): void {
    vscode.Disposable.from(this.found, this.listeners).dispose();
  }

  /** A line that is edited counts as dealt with; the others move with the text. */
  private follow({ document: { uri }, contentChanges }: vscode.TextDocumentChangeEvent): void {
    let open = this.found.get(uri) ?? [];
    if (!open.length || !contentChanges.length) return;
    for (const { range, text } of contentChanges) {
      const lines = text.split(/\r\n?|\n/).length - 1 - (range.end.line - range.start.line);
      open = open.flatMap(diagnostic => {
        if (diagnostic.range.end.isBefore(range.start)) return [diagnostic];
        if (diagnostic.range.start.line <= range.end.line) return [];
        const moved = new vscode.Diagnostic(new vscode.Range(diagnostic.range.start.translate(lines), diagnostic.range.end.translate(lines)), diagnostic.message, diagnostic.severity);
        return [Object.assign(moved, { source: diagnostic.source, code: diagnostic.code })];
      });
    }
    this.found.set(uri, open);
  }
}
