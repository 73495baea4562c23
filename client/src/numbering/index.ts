/** Numbering in the editor: renumbering with a look at what it would do, moving clauses, and what refers to a clause. */
import * as vscode from 'vscode';
import { edited, unrecorded } from '../changes/edits';
import { isRecorded } from '../changes/recording';
import { Review } from './review';

interface WirePosition { line: number; character: number }
interface WireRange { start: WirePosition; end: WirePosition }
interface WireEdit { range: WireRange; newText: string }
interface Renumbering { version: number; edits: (WireEdit & { kind: 'label' | 'reference' })[]; review: { range: WireRange; message: string }[] }
interface Move { version: number; edits: WireEdit[]; position: WirePosition }

type Request = <T>(method: string, params: object) => Promise<T>;
type Scope = 'list' | 'section' | 'proposal' | 'document';
type Direction = 'up' | 'down' | 'in' | 'out';

const SCOPES: readonly (vscode.QuickPickItem & { scope: Scope })[] = [
  { label: 'This section', scope: 'section' },
  { label: 'This list', scope: 'list' },
  { label: 'This proposal', scope: 'proposal' },
  { label: 'The whole document', scope: 'document' },
];
const SCHEMES: readonly (vscode.QuickPickItem & { scheme: string })[] = [
  { label: 'One after another', detail: 'a), b), c); 1, 2, 3. What is new counts as any other clause.', scheme: 'sequential' },
  { label: 'Keep the labels of the text in force', detail: 'New clauses take bis, ter, quater: 3, 3bis, 4.', scheme: 'insert' },
  { label: 'Only where a label is missing or given twice', detail: 'All other labels stay as they are.', scheme: 'assign' },
];

/** Sets all of it up. */
export function numbering(request: Request): vscode.Disposable {
  const review = new Review();

  const renumber = async ({ document, selection }: vscode.TextEditor): Promise<void> => {
    const scope = (await vscode.window.showQuickPick(SCOPES, { title: 'Renumber', placeHolder: 'What is to be renumbered?' }))?.scope;
    const scheme = scope && (await vscode.window.showQuickPick(SCHEMES, { title: 'Renumber', placeHolder: 'In which way?' }))?.scheme;
    if (!scheme) return;
    const found = await request<Renumbering | null>('resolute/renumber', { uri: document.uri.toString(), position: wire(selection.active), scope, scheme, tracked: isRecorded(document) });
    if (found?.version !== document.version) throw new Error('The text was changed meanwhile. Try again.');
    const edit = new vscode.WorkspaceEdit();
    for (const { range, newText, kind } of found.edits)
      edit.replace(document.uri, rangeOf(range), newText, { needsConfirmation: false, label: kind === 'label' ? 'Labels of clauses' : 'References to them' });
    // VS Code shows what an edit would do where a part of it is to be confirmed, and does not tick that part. So it stands for what is
    // left to decide, and changes nothing itself.
    const open = found.review.length ? found.review.map(({ range }) => range.start) : [{ line: 0, character: 0 }];
    for (const { line, character } of open)
      edit.insert(document.uri, new vscode.Position(line, character), '', { needsConfirmation: true, label: found.review.length ? 'Left to decide, nothing is changed here' : 'Nothing is left to decide' });
    const made = found.edits.length === 0 || await unrecorded(document, () => vscode.workspace.applyEdit(edit));
    if (!made) return;
    const left = found.review.map(({ range, message }) => ({ range: behind(rangeOf(range), found.edits), message }));
    review.set(document, left);
    if (left.length) {
      const show = 'Show them';
      const said = left.length === 1 ? 'One thing is left to decide.' : `${left.length} things are left to decide.`;
      if (await vscode.window.showInformationMessage(said, show) === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
    } else if (!found.edits.length) void vscode.window.showInformationMessage('All labels are right, and so is what refers to them.');
  };

  /** Moves the clause at the cursor; where there is none, the key does what it does elsewhere. */
  const move = (direction: Direction, otherwise: string) => async (editor: vscode.TextEditor): Promise<void> => {
    const { document, selection } = editor;
    let position: WirePosition | undefined;
    const renumber = vscode.workspace.getConfiguration('resolute', document).get('numbering.renumberOnMove', true);
    const made = selection.isSingleLine && editor.selections.length === 1 && await edited(document, async version => {
      const found = await request<Move | null>('resolute/move', { uri: document.uri.toString(), version, position: wire(selection.active), direction, renumber, tracked: isRecorded(document) });
      position = found?.position;
      return found ?? { version, edits: [] };
    });
    if (!made) { await vscode.commands.executeCommand(otherwise); return; }
    if (!position) return;
    const at = new vscode.Position(position.line, position.character);
    editor.selection = new vscode.Selection(at, at);
    editor.revealRange(new vscode.Range(at, at));
  };

  const showReferences = async (uri: string, position: WirePosition): Promise<void> => {
    const text = vscode.Uri.parse(uri, true), at = new vscode.Position(position.line, position.character);
    const found = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeReferenceProvider', text, at);
    await vscode.commands.executeCommand('editor.action.showReferences', text, at, found.filter(({ range }) => !range.contains(at)));
  };

  const editors: Record<string, (editor: vscode.TextEditor) => Promise<void>> = {
    renumber,
    moveClauseUp: move('up', 'editor.action.moveLinesUpAction'), moveClauseDown: move('down', 'editor.action.moveLinesDownAction'),
    indentClause: move('in', 'tab'), outdentClause: move('out', 'outdent'),
  };
  noticeLabel(vscode.window.activeTextEditor);
  return vscode.Disposable.from(
    review,
    ...Object.entries(editors).map(([name, run]) => vscode.commands.registerCommand(`resolute.${name}`, () => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document.languageId === 'resolution' ? run(editor) : vscode.window.showInformationMessage('Open a resolution first.');
    })),
    vscode.commands.registerCommand('resolute.showReferences', showReferences),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => noticeLabel(textEditor)),
    vscode.window.onDidChangeActiveTextEditor(noticeLabel),
  );
}

/** A line that begins as clauses do, behind blanks and the sign of a change. */
const MARKER = /^[ \t\u00a0]*(?:\{(?:\+\+|~~[^~]*~>))?(?:[a-z]{1,5}\)|\d[\d.]*(?:[a-z]{3,})?|[–•-])\S{0,12}[ \t\u00a0]*/;
let atLabel = false;

/** Tells the key bindings whether the cursor is at the label of a clause, where Tab changes its level. */
function noticeLabel(editor: vscode.TextEditor | undefined): void {
  const now = editor?.document.languageId === 'resolution' && editor.selection.isEmpty
    && editor.selection.active.character <= (MARKER.exec(editor.document.lineAt(editor.selection.active.line).text)?.[0].length ?? -1);
  if (now !== atLabel) void vscode.commands.executeCommand('setContext', 'resolute.atLabel', atLabel = now);
}

/** Where a range is after edits, which change labels and so no line ends. */
function behind({ start, end }: vscode.Range, edits: readonly WireEdit[]): vscode.Range {
  const moved = (at: vscode.Position) => edits.reduce((to, { range, newText }) => range.start.line === at.line && range.end.character <= at.character
    ? to.translate(0, newText.length - (range.end.character - range.start.character)) : to, at);
  return new vscode.Range(moved(start), moved(end));
}

const wire = ({ line, character }: vscode.Position): WirePosition => ({ line, character });
const rangeOf = ({ start, end }: WireRange): vscode.Range => new vscode.Range(start.line, start.character, end.line, end.character);
