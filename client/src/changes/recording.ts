/**
 * Recording: while it is on for a text, whatever is done to that text becomes tracked changes, as in Word. The user's
 * edit is made by VS Code; what is missing to make it a tracked one is put in right behind it and undone with it.
 */
import { createHash } from 'node:crypto';
import { setImmediate, setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { grammarOf } from '../../../server/src/knowledge/grammar';
import { record } from '../../../server/src/changes/record';
import { compose, correct } from '../../../server/src/changes/recordCorrect';
import { Document } from '../../../server/src/markup/document';
import { applyEdits, type Edit } from '../../../server/src/markup/edit';
import { isDecided, recorded as on } from './edits';

/** Where the texts are remembered for which recording is on. */
const REMEMBERED = 'resolute.tracking';

let recorded: (document: vscode.TextDocument) => boolean = () => false;

/** Whether recording is on for a text: what is done to it by a command is to be tracked, too. */
export const isRecorded = (document: vscode.TextDocument): boolean => recorded(document);

/** The command and the status bar item, and a recorder for every text for which it is on. */
export function registerRecording(context: vscode.ExtensionContext): void {
  for (const uri of context.workspaceState.get<string[]>(REMEMBERED, [])) on.add(uri);
  const recorders = new Map<string, Recorder>();
  const status = vscode.window.createStatusBarItem('resolute.tracking', vscode.StatusBarAlignment.Right, 100);
  status.name = 'Track changes';
  status.command = 'resolute.toggleTracking';
  status.tooltip = 'Whether what you type and delete becomes tracked changes';

  const recorderOf = (document: vscode.TextDocument): Recorder | undefined => {
    const uri = document.uri.toString();
    if (!on.has(uri) || !isResolution(document)) return undefined;
    if (!recorders.has(uri)) recorders.set(uri, new Recorder(document));
    return recorders.get(uri);
  };
  recorded = document => recorderOf(document) !== undefined;
  const show = () => {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isResolution(document)) { status.hide(); return; }
    status.text = `Track changes: ${recorderOf(document) ? 'on' : 'off'}`;
    status.show();
  };
  const toggle = async () => {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isResolution(document)) { void vscode.window.showInformationMessage('Open a resolution first.'); return; }
    const uri = document.uri.toString();
    if (!on.delete(uri)) on.add(uri);
    recorders.delete(uri);
    show();
    await context.workspaceState.update(REMEMBERED, [...on]);
  };

  context.subscriptions.push(
    status,
    vscode.commands.registerCommand('resolute.toggleTracking', toggle),
    vscode.workspace.onDidChangeTextDocument(change => recorderOf(change.document)?.changed(change)),
    vscode.workspace.onDidCloseTextDocument(({ uri, isUntitled }) => {
      recorders.delete(uri.toString());
      if (isUntitled) on.delete(uri.toString()); // another text will have its name
    }),
    vscode.workspace.onDidOpenTextDocument(recorderOf),
    vscode.window.onDidChangeActiveTextEditor(show),
  );
  vscode.workspace.textDocuments.forEach(recorderOf);
  show();
}

/** A resolution that can be edited: no view of one, and no earlier version. */
const isResolution = ({ languageId, uri }: vscode.TextDocument): boolean => languageId === 'resolution' && (uri.scheme === 'file' || uri.scheme === 'untitled' || vscode.workspace.fs.isWritableFileSystem(uri.scheme) === true);

/** One text. Its edits are recorded one after another; those that come while a correction is on its way are recorded together. */
class Recorder {
  /** The text without the edits that are not yet recorded. */
  private before: Document;
  private edits: Edit[] = [];
  /** Words are being deleted with the Delete key. */
  private forward = false;
  /** The correction that VS Code has been asked to make, as it will be reported, and the text with it. */
  private asked: { correction: Edit[]; then: Document; caret: number | undefined } | null = null;
  private busy = false;
  /** Whether it is still open if the text was edited or read from its file again. */
  private unsure = false;
  /** What the text was between an edit and its correction: undo and redo pass over that. */
  private readonly passing = new Set<string>();
  /** A new mark with one letter in it. Undo passes over that, too, if the word goes on: VS Code counts the letter as a step of its own. */
  private begun: { text: string; caret: number | undefined } | null = null;

  constructor(private readonly document: vscode.TextDocument) {
    this.before = this.read();
  }

  changed({ contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    const made = contentChanges.map(({ rangeOffset, rangeLength, text }): Edit => ({ start: rangeOffset, end: rangeOffset + rangeLength, text }));
    if (!made.length) return;
    const { begun } = this;
    this.begun = null;
    if (this.asked && same(made, this.asked.correction)) {
      this.before = this.asked.then;
      if (this.edits.length === 1 && isLetter(this.edits[0]!)) this.begun = { text: this.key(), caret: this.asked.caret };
      if (this.begun) this.passing.delete(this.begun.text);
      this.asked = null;
      this.edits = [];
    } else if (reason !== undefined || isDecided(this.document) || this.isDiscarded(contentChanges)) {
      this.before = this.edits.length ? this.read() : edited(this.before, made);
      this.edits = [];
      const command = reason === vscode.TextDocumentChangeReason.Undo ? 'undo' : 'redo';
      if (reason !== undefined && this.passing.has(this.key()) && vscode.window.activeTextEditor?.document === this.document) void vscode.commands.executeCommand(command);
    } else {
      if (this.unsure && !this.document.isDirty) {
        // Of an edit VS Code would have told before the next one that the text is not as it was saved.
        this.before = edited(this.before, this.edits);
        this.edits = [];
      }
      if (begun && made.length === 1 && made[0]!.start === begun.caret && isLetter(made[0]!)) this.passing.add(begun.text);
      this.edits = compose(this.edits, made);
      // VS Code tells of an edit first and then where it has put the cursors: they still stand where they stood.
      const cursors = this.editor()?.selections ?? [], [{ text, range }, more] = contentChanges as [vscode.TextDocumentContentChangeEvent, ...vscode.TextDocumentContentChangeEvent[]];
      this.forward = contentChanges.every(change => !change.text && cursors.some(({ isEmpty, active }) => isEmpty && active.isEqual(change.range.start)));
      // One key at one cursor: where it goes is known, so the correction need not wait for anything, and is there before the eye sees the edit.
      const isKey = !more && text.length <= 1 && cursors.length === 1 && range.contains(cursors[0]!) && vscode.window.state.focused;
      if (this.busy) this.passing.add(this.key()); else void this.settle(isKey ? made[0]!.start + text.length : undefined);
    }
  }

  /** Whether a new text is being closed, for which VS Code empties it; the user would have selected all of it. */
  private isDiscarded([change]: vscode.TextDocumentChangeEvent['contentChanges']): boolean {
    return this.document.isUntitled && this.document.getText() === '' && !this.editor()?.selections.some(selection => !selection.isEmpty && change?.range.isEqual(selection));
  }

  /** Whether the text was read from its file again: then it is as it was saved, which it is not after an edit. VS Code tells of that a little later. */
  private async isReloaded(): Promise<boolean> {
    const { document } = this;
    this.unsure = true;
    for (let wait = 0; wait < 10 && !document.isDirty && !document.isUntitled; wait++) await setTimeout(5);
    this.unsure = false;
    return !document.isDirty && !document.isUntitled;
  }

  /** Takes the text for recorded as it is. */
  private reset(): void {
    this.before = this.read();
    this.edits = [];
  }

  private read(): Document {
    return Document.parse(this.document.getText(), grammarOf);
  }

  private key(): string {
    return createHash('sha1').update(this.document.getText()).digest('base64');
  }

  private editor(): vscode.TextEditor | undefined {
    const { activeTextEditor: active, visibleTextEditors } = vscode.window;
    return active?.document === this.document ? active : visibleTextEditors.find(({ document }) => document === this.document);
  }

  /** `caret`: where the cursor is, if that is known already. */
  private async settle(caret?: number): Promise<void> {
    this.busy = true;
    try {
      if (caret !== undefined) await this.record([caret]);
      while (this.edits.length && !this.document.isClosed) {
        await setImmediate(); // until VS Code has told of the cursors, too
        if (await this.isReloaded()) this.reset();
        const selections = this.editor()?.selections;
        if (this.edits.length) await this.record(selections?.every(({ isEmpty }) => isEmpty) ? selections.map(({ active }) => this.document.offsetAt(active)) : undefined);
      }
    } finally { this.busy = false; }
  }

  private async record(cursors: readonly number[] | undefined): Promise<void> {
    const { before, edits, forward, document } = this, { version } = document;
    const editor = this.editor();
    const author = vscode.workspace.getConfiguration('resolute', document).get('changes.author', '').trim();
    const { edits: recorded, carets, document: then } = record(before, edits, { author: author || null, date: null, forward, ...cursors && { carets: cursors } });
    const correction = correct(before, edits, recorded);
    if (!correction.length) {
      this.before = then;
      this.edits = [];
      return;
    }
    const correcting = editor ? this.correct(editor, correction, then, cursors ?? [], carets) : this.correctUnseen(correction, then);
    this.passing.add(this.key());
    if (await correcting) return;
    this.asked = null;
    if (document.version === version) this.reset(); // otherwise somebody typed before it arrived: once more, with that
  }

  private range({ start, end }: { start: number; end: number }): vscode.Range {
    return new vscode.Range(this.document.positionAt(start), this.document.positionAt(end));
  }

  /** Makes the correction part of the user's own step, which one undo takes back. False where the text is another one meanwhile. */
  private async correct(editor: vscode.TextEditor, correction: Edit[], then: Document, cursors: readonly number[], carets: readonly number[]): Promise<boolean> {
    const { document } = this, { version } = document, quietly = { undoStopBefore: false, undoStopAfter: false };
    const whole = { start: correction[0]!.start, end: correction.at(-1)!.end };
    const text = applyEdits(document.getText(this.range(whole)), correction.map(({ start, end, text: put }) => ({ start: start - whole.start, end: end - whole.start, text: put })));
    const moves = cursors.some((cursor, i) => pushed(cursor, correction) !== carets[i]);
    const inside = (carets[0] ?? -1) - whole.start;
    if (moves && carets.length === 1 && inside >= 0 && inside <= text.length && !/[\r\n]/.test(text)) {
      // A snippet sets text and cursor in one go: whatever key comes next, it finds the cursor in its place.
      this.asked = { correction: [{ ...whole, text }], then, caret: carets[0] };
      return editor.insertSnippet(new vscode.SnippetString().appendText(text.slice(0, inside)).appendTabstop(0).appendText(text.slice(inside)), this.range(whole), quietly);
    }
    this.asked = { correction, then, caret: carets[0] };
    const done = await editor.edit(builder => { for (const edit of correction) builder.replace(this.range(edit), edit.text); }, quietly);
    if (done && moves && document.version === version + 1) editor.selections = carets.map(caret => document.positionAt(caret)).map(caret => new vscode.Selection(caret, caret));
    return done;
  }

  /** The same in a text that no editor shows. */
  private async correctUnseen(correction: Edit[], then: Document): Promise<boolean> {
    const edit = new vscode.WorkspaceEdit();
    edit.set(this.document.uri, correction.map(one => vscode.TextEdit.replace(this.range(one), one.text)));
    this.asked = { correction, then, caret: undefined };
    return vscode.workspace.applyEdit(edit);
  }
}

/** Where VS Code by itself puts a cursor when edits are made: behind what is put in where it stands. */
function pushed(cursor: number, edits: readonly Edit[]): number {
  return cursor + edits.reduce((sum, { start, end, text }) => end <= cursor ? sum + text.length - (end - start) : start < cursor ? NaN : sum, 0);
}

const isLetter = ({ start, end, text }: Edit): boolean => start === end && /^\S$/.test(text);

/** Whether two lists hold the same edits, in whatever order. */
function same(made: readonly Edit[], asked: readonly Edit[]): boolean {
  const key = (edits: readonly Edit[]) => edits.map(({ start, end, text }) => JSON.stringify([start, end, text.replace(/\r\n?/g, '\n')])).sort().join();
  return made.length === asked.length && key(made) === key(asked);
}

function edited(document: Document, edits: readonly Edit[]): Document {
  if (edits.length > 50) return Document.parse(applyEdits(document.text, edits), grammarOf);
  return [...edits].sort((a, b) => b.start - a.start).reduce((text, { start, end, text: put }) => text.edit(start, end, put), document);
}
