/** The documents that the editor has open, as it last told us. */
import type { DidChangeTextDocumentParams, Range } from 'vscode-languageserver';
import { Document, type Placed } from '../markup/document';
import { grammarOf } from '../knowledge/grammar';

export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  readonly document: Document;
}

export class Documents {
  private readonly open = new Map<string, OpenDocument>();
  private readonly listeners: ((uri: string) => void)[] = [];

  get(uri: string): OpenDocument | undefined { return this.open.get(uri); }
  all(): IterableIterator<OpenDocument> { return this.open.values(); }

  /** Called when a document has been opened, changed or closed. */
  onChange(listener: (uri: string) => void): void { this.listeners.push(listener); }

  private changed(uri: string): void { for (const listener of this.listeners) listener(uri); }

  didOpen(uri: string, version: number, text: string): void {
    this.open.set(uri, { uri, version, document: Document.parse(text, grammarOf) });
    this.changed(uri);
  }

  didChange({ textDocument: { uri, version }, contentChanges }: DidChangeTextDocumentParams): void {
    let document = this.open.get(uri)?.document;
    for (const change of contentChanges) {
      document = document && 'range' in change
        ? document.edit(document.offsetAt(change.range.start), document.offsetAt(change.range.end), change.text)
        : Document.parse(change.text, grammarOf);
    }
    if (document) this.open.set(uri, { uri, version, document });
    this.changed(uri);
  }

  /** Reads all open texts anew: what is known besides them has changed. */
  readAgain(): void {
    for (const { uri, version, document } of this.open.values()) this.open.set(uri, { uri, version, document: Document.parse(document.text, grammarOf) });
    for (const uri of this.open.keys()) this.changed(uri);
  }

  didClose(uri: string): void {
    this.open.delete(uri);
    this.changed(uri);
  }
}

/** The LSP range of two offsets. */
export const rangeOf = (document: Document, start: number, end: number): Range => ({ start: document.positionAt(start), end: document.positionAt(end) });

/** The LSP range of a part of a block, its offsets counted from the block's start. */
export const rangeIn = (document: Document, { start: at }: Placed, start: number, end: number): Range => rangeOf(document, at + start, at + end);
