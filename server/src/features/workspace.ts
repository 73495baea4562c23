/** Texts beside the open ones: files of the workspace, read through the host and kept until told of a change. */
import { Document } from '../markup/document';
import { grammarOf } from '../knowledge/grammar';
import type { Documents } from './documents';

/** How the server reaches files; the door it was started through brings it. */
export interface Files {
  /** The text of a file, or null where there is none. */
  read(uri: string): Promise<string | null>;
  /** URIs of the resolutions below a folder. */
  list(folder: string): Promise<string[]>;
}

export class Workspace {
  folders: string[] = [];
  private readonly listeners: (() => void)[] = [];
  private readonly kept = new Map<string, Promise<Document | null>>();

  constructor(private readonly documents: Documents, private readonly files: Files) {}

  /** A document by its URI: as the editor has it, else as the file is; null where there is neither. */
  document(uri: string): Promise<Document | null> {
    const open = this.documents.get(uri);
    if (open) return Promise.resolve(open.document);
    let kept = this.kept.get(uri);
    if (!kept) this.kept.set(uri, kept = this.files.read(uri).then(text => text === null ? null : Document.parse(text.replace(/^\ufeff/, ''), grammarOf), () => null));
    return kept;
  }

  /** URIs of all resolutions of the workspace, the open ones included. */
  async uris(): Promise<string[]> {
    const listed = await Promise.all(this.folders.map(folder => this.files.list(folder).catch(() => [])));
    return [...new Set([...[...this.documents.all()].map(({ uri }) => uri), ...listed.flat()])].sort();
  }

  /** Called when a file has changed, come or gone. */
  onChange(listener: () => void): void { this.listeners.push(listener); }

  /** Takes it that a file has changed, come or gone. */
  changed(uri: string): void {
    this.kept.delete(uri);
    for (const listener of this.listeners) listener();
  }
}
