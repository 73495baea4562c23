/**
 * Lenses above the lines in sight and those around them. The editor keeps the place of every lens at every key, so that
 * ten thousand of them double the time until a character is painted.
 */
import * as vscode from 'vscode';
import { CodeLensRequest, type LanguageClient } from 'vscode-languageclient/node';
import { wireRange } from './requests';

/** So many lines beyond those in sight have lenses: most contributions are shorter. */
const AROUND = 500;
/** So close to the end of these lines, further ones are asked for. */
const NEAR = 100;
/** How long scrolling must pause before they are, in milliseconds. */
const PAUSE = 100;

export class Lenses implements vscode.Disposable {
  /** For each text in sight the lines that have lenses. */
  private readonly lines = new WeakMap<vscode.TextDocument, vscode.Range>();
  private readonly listener: vscode.Disposable;
  private pause: NodeJS.Timeout | undefined;

  constructor(private readonly client: () => LanguageClient) {
    this.listener = vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor: { document } }) => {
      const known = this.lines.get(document), seen = linesInSight(document);
      if (!known || !seen || known.contains(around(document, seen, NEAR))) return;
      clearTimeout(this.pause);
      this.pause = setTimeout(() => this.client().getFeature('textDocument/codeLens').getProvider(document)?.onDidChangeCodeLensEmitter.fire(), PAUSE);
    });
  }

  dispose(): void {
    clearTimeout(this.pause);
    this.listener.dispose();
  }

  /** The lenses of a text; of one that is not in sight, all. */
  async provide(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<vscode.CodeLens[] | undefined> {
    const client = this.client(), seen = linesInSight(document), lines = seen && around(document, seen, AROUND);
    if (lines) this.lines.set(document, lines);
    const { version } = document;
    const lenses = await client.sendRequest(CodeLensRequest.type, { textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document), ...lines && { range: wireRange(lines) } }, token)
      .catch((error: unknown) => client.handleFailedRequest(CodeLensRequest.type, token, error, null));
    const shown = (await client.protocol2CodeConverter.asCodeLenses(lenses, token))?.filter(({ range: { start } }) => !lines || lines.contains(start));
    // A decision is about the places of this version.
    for (const { command } of shown ?? []) if (command && /^resolute\.(?:accept|reject)In$/.test(command.command)) command.arguments?.push(version);
    return shown;
  }
}

/** From the first line that is in sight in an editor to the last one. */
function linesInSight(document: vscode.TextDocument): vscode.Range | undefined {
  const ranges = vscode.window.visibleTextEditors.filter(editor => editor.document === document).flatMap(({ visibleRanges }) => visibleRanges);
  return ranges.length ? ranges.reduce((all, range) => all.union(range)) : undefined;
}

const around = (document: vscode.TextDocument, { start, end }: vscode.Range, lines: number): vscode.Range =>
  document.validateRange(new vscode.Range(Math.max(0, start.line - lines), 0, end.line + lines + 1, 0));
