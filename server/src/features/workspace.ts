/** Texts beside the open ones: files of the workspace, read through the host and kept until told of a change. */
import { Document } from '../markup/document';
import { grammarOf } from '../knowledge/grammar';
import type { Documents } from './documents';

/** How the server reaches files; the door it was started through brings it. */
export interface Files {
  /** The text of a file, or null where there is none. */
  read(uri: string): Promise<string | null>;
  /** The bytes of a file, or null where there is none. */
  bytes(uri: string): Promise<Uint8Array | null>;
  /** URIs of the files below a folder whose names end so. */
  list(folder: string, ending: string): Promise<string[]>;
  /** The texts of the bibliographic records in a folder or an archive; absent where the host has no such files. */
  records?(uri: string): AsyncIterable<string>;
}

/** How the names of catalogues end. */
export const CATALOGUE_FILE = '.catalogue.json';

export class Workspace {
  folders: string[] = [];
  private readonly listeners: ((uri: string | null) => void)[] = [];
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
    return [...new Set([...[...this.documents.all()].map(({ uri }) => uri), ...await this.list('.resolution')])].sort();
  }

  /** URIs of the files of the workspace whose names end so. */
  async list(ending: string): Promise<string[]> {
    const listed = await Promise.all(this.folders.map(folder => this.files.list(folder, ending).catch(() => [])));
    return listed.flat().filter(uri => uri.endsWith(ending)).sort();
  }

  /** The bibliographic records in a folder or an archive; null where the host cannot read them. */
  records(uri: string): AsyncIterable<string> | null { return this.files.records?.(uri) ?? null; }

  /** The text of a file; null where there is none. */
  text(uri: string): Promise<string | null> { return this.files.read(uri).catch(() => null); }

  /** The bytes of a file; null where there is none. */
  bytes(uri: string): Promise<Uint8Array | null> { return this.files.bytes(uri).catch(() => null); }

  /** Called with the URI of a file that has changed, come or gone; with null when all that is known of them has. */
  onChange(listener: (uri: string | null) => void): void { this.listeners.push(listener); }

  /** Takes it that a file has changed, come or gone. */
  changed(uri: string): void {
    this.kept.delete(uri);
    for (const listener of this.listeners) listener(uri);
  }

  /** Reads all files anew when they are asked for. */
  readAgain(): void {
    this.kept.clear();
    for (const listener of this.listeners) listener(null);
  }
}
