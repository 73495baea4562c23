/** Going from change to change, deciding about them, and saying whose they are. */
import * as vscode from 'vscode';
import { edited, show } from './edits';
import { isMarked, type Proposed } from './proposed';
import { rangeOf, wire, wireRange, type Action, type Ask, type Requests, type Scope, type WireRange } from './requests';
import { Row, type ChangesView } from './view';

const CHANGED = 'The text has changed meanwhile. Try again.';

type Run = (editor: vscode.TextEditor) => Promise<unknown>;
/** Commands by their names after `resolute.`. */
export type Commands = Record<string, (...given: never[]) => Promise<unknown>>;

export function changeCommands(ask: Ask, proposed: Proposed, view: ChangesView): Commands {
  /** Places mean what they meant in the version in which somebody pointed at them. */
  const decide = (document: vscode.TextDocument, action: Action, scope: Scope, pointed = document.version) =>
    edited(document, version => version === pointed || 'all' in scope || 'author' in scope ? ask('resolute/decide', { uri: document.uri.toString(), version, action, scope }) : Promise.reject(new Error(CHANGED)));

  /** Decides about the changes that `scope` finds; undefined where the user has given up. Where there are none it says so. */
  const deciding = (action: Action, scope: (editor: vscode.TextEditor) => Scope | Promise<Scope | undefined>, none: string) => inEditor(async editor => {
    const chosen = await scope(editor);
    if (chosen && !await decide(editor.document, action, chosen)) tell(none);
  });

  const chooseAuthor = async ({ document }: vscode.TextEditor, title: string, ...more: vscode.QuickPickItem[]): Promise<vscode.QuickPickItem | undefined> => {
    const authors = (await proposed.load(document))?.authors ?? [];
    if (authors.length + more.length) return vscode.window.showQuickPick([...more, ...authors.map(label => ({ label }))], { title, placeHolder: 'Whose changes?' });
    tell('Nobody is named as the author of a change in this text.');
    return undefined;
  };

  /** The commands of one of the two decisions. */
  const decisions = (action: Action, verb: 'Accept' | 'Reject'): Commands => ({
    [`${action}Change`]: deciding(action, ({ selections }) => ({ ranges: selections.map(wireRange) }), 'There is no tracked change here.'),
    [`${action}Clause`]: deciding(action, ({ selection }) => ({ clause: wire(selection.active) }), 'There is no tracked change in this clause.'),
    [`${action}Section`]: deciding(action, ({ selection }) => ({ section: wire(selection.active) }), 'There is no tracked change in this section.'),
    [`${action}Author`]: deciding(action, async editor => {
      const author = await chooseAuthor(editor, `${verb} All Changes by…`);
      return author && { author: author.label };
    }, 'There is no tracked change of theirs.'),
    [`${action}All`]: deciding(action, () => ({ all: true }), 'This text has no tracked changes.'),
    /** As Word does: where there is no change here, it just goes on. */
    [`${action}ChangeAndNext`]: inEditor(async editor => {
      await decide(editor.document, action, { ranges: editor.selections.map(wireRange) });
      await go(editor, editor.selection.start, true);
    }),
    /** For a row of the Changes view, that of the keyboard or of a button, or for a text, a range in it and its version, as a lens above a clause gives them. */
    [`${action}In`]: async (given: Row | string | undefined, range?: WireRange, version?: number) => {
      if (typeof given === 'string') return decide(await vscode.workspace.openTextDocument(vscode.Uri.parse(given, true)), action, { ranges: range ? [range] : [] }, version);
      const chosen = given ?? await view.focused(), row = chosen && await view.current(chosen);
      if (!row) return tell(chosen ? 'This has changed meanwhile.' : 'Select a row in the Changes view first.');
      const { document, decided, range: { start } } = row;
      await decide(document, action, { ranges: decided });
      return view.goOn(row, start);
    },
  });

  /** Goes to the next change, around the end of the text if need be. */
  const go = async ({ document }: vscode.TextEditor, from: vscode.Position, forward: boolean): Promise<void> => {
    const next = (position: vscode.Position) => ask('resolute/nextChange', { uri: document.uri.toString(), position: wire(position), forward });
    const end = document.validatePosition(new vscode.Position(document.lineCount, 0));
    const found = await next(from) ?? await next(forward ? new vscode.Position(0, 0) : end);
    if (found) await show(document, rangeOf(found)); else tell('This text has no tracked changes.');
  };

  const going = (forward: boolean) => inEditor(editor => go(editor, forward ? editor.selection.end : editor.selection.start, forward));

  const attribute = async (document: vscode.TextDocument, author: string | null, from?: string): Promise<void> => {
    const uri = document.uri.toString();
    if (!await edited(document, () => ask('resolute/attribute', { uri, author, ...from !== undefined && { from } }))) tell('There was nothing to change.');
  };

  /** Settles what stands in brackets: those of a row, or those around the cursor. */
  const settling = (action: Requests['resolute/brackets'][0]['action']) => async (given?: Row) => {
    const row = given instanceof Row ? await view.current(given) : undefined;
    if (given instanceof Row && !row) { tell('This has changed meanwhile.'); return; }
    const at = row ? { document: row.document, position: row.range.start } : bracketsAtCursor();
    if (!at) { tell('Open a resolution first, and put the cursor into it.'); return; }
    const { document } = at, position = wire(at.position), pointed = document.version;
    const settle = (alternative?: number) =>
      edited(document, version => version !== pointed ? Promise.reject(new Error(CHANGED)) : ask('resolute/brackets', { uri: document.uri.toString(), position, action, ...alternative !== undefined && { alternative } }));
    const done = async (settled: boolean) => {
      if (!settled) tell('There are no square brackets here.'); else if (row) await view.goOn(row, at.position);
    };
    if (action !== 'choose') return done(await settle());
    const words = await ask('resolute/alternatives', { uri: document.uri.toString(), position });
    if (!words.length) { tell('There is nothing to choose from here: alternatives stand like [shall] [should], or like [shall/should].'); return; }
    const chosen = await vscode.window.showQuickPick(words.map((label, index) => ({ label, index })), { title: 'Choose One of the Alternatives', placeHolder: 'The others are deleted, with the brackets' });
    if (chosen) await done(await settle(chosen.index));
  };

  return {
    ...decisions('accept', 'Accept'), ...decisions('reject', 'Reject'),
    nextChange: going(true), previousChange: going(false),
    attributeChanges: inEditor(async editor => {
      const title = 'Change the Author of Changes', everybody = { label: 'All changes', description: 'whoever made them' };
      const from = await chooseAuthor(editor, title, everybody);
      const author = from && await vscode.window.showInputBox({ title, prompt: 'Whose are they? The short name; several are divided by semicolons.', placeHolder: 'APT', validateInput: needed });
      if (author) await attribute(editor.document, author.trim(), from === everybody ? undefined : from.label);
    }),
    makeAnonymous: inEditor(({ document }) => attribute(document, null)),
    removeBrackets: settling('remove'), emptyBrackets: settling('empty'), chooseInBrackets: settling('choose'),
    /** For a text and a range in it, as a lens above a clause that moved gives them. */
    showIn: async (uri: string, range: WireRange) => show(await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true)), new vscode.Range(rangeOf(range).start, rangeOf(range).start)),
    /** The keyboard stays in the view, so that a key decides about the row. */
    showRow: ({ document, range, node }: Row) => show(document, node.kind === 'change' ? range : new vscode.Range(range.start, range.start), true),
  };
}

/** A command about the resolution in the active editor. */
export function inEditor(run: Run): () => Promise<unknown> {
  return async () => {
    const editor = vscode.window.activeTextEditor;
    return editor && isMarked(editor.document) ? run(editor) : tell('Open a resolution first, and put the cursor into it.');
  };
}

function bracketsAtCursor(): { document: vscode.TextDocument; position: vscode.Position } | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor && isMarked(editor.document) ? { document: editor.document, position: editor.selection.active } : undefined;
}

/** What an input box says of an answer that must not be empty. */
export const needed = (text: string): string | undefined => text.trim() ? undefined : 'This is needed.';

export function tell(message: string): void { void vscode.window.showInformationMessage(message); }
