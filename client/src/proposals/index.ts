/** Several proposals to change one text: side by side in a table, and consolidated into one draft. */
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { unrecorded } from '../changes/edits';
import { isMarked } from '../changes/proposed';
import { Review } from '../numbering/review';
import { ReviewView, type ReviewRow } from './view';

type Request = <T>(method: string, params: object, ...token: vscode.CancellationToken[]) => Promise<T>;
interface ReviewItem { kind: 'conflict' | 'near-duplicate' | 'move' | 'numbering' | 'remark'; line: number; message: string }

/** So many resolutions of the folder are offered at most. */
const OFFERED = 200;

const FORMS = [
  { label: 'Word, with Tracked Changes', detail: 'To accept and reject in Word.', form: 'docx', marks: 'tracked', extension: 'docx' },
  { label: 'Word, Underlined and Struck Through', detail: 'To print and to hand out.', form: 'docx', marks: 'drawn', extension: 'docx' },
  { label: 'Page for a Browser', detail: 'One file that opens anywhere.', form: 'html', marks: 'drawn', extension: 'html' },
] as const;
const EXTRAS = [
  { label: 'The Text in Force', detail: 'In a column of its own, the first.', key: 'withBase' },
  { label: 'What Nobody Changes', detail: 'In full, not in few words.', key: 'unchanged' },
  { label: 'A3', detail: 'Paper twice as large, for five regions and more.', key: 'large' },
] as const;

/** Registers the commands. */
export function proposals(request: Request): vscode.Disposable {
  const review = new Review(), view = new ReviewView(request);

  const sideBySide = async (uris: readonly vscode.Uri[]): Promise<void> => {
    const title = 'Side by Side';
    const form = await vscode.window.showQuickPick([...FORMS], { title, placeHolder: 'What the table is for' });
    const extras = form && await vscode.window.showQuickPick([...EXTRAS], { title, placeHolder: 'What else it shows; nothing need be chosen', canPickMany: true });
    if (!extras) return;
    const chosen = new Set<string>(extras.map(({ key }) => key));
    const target = await vscode.window.showSaveDialog({ title: 'Save the Table', filters: form.form === 'docx' ? { 'Word document': ['docx'] } : { Page: ['html'] }, defaultUri: vscode.Uri.joinPath(folderOf(uris[0]!), `side-by-side.${form.extension}`) });
    if (!target) return;
    const answer = await working('Setting the proposals side by side…', token => request<{ docx: string } | { html: string }>('resolute/sideBySide',
      { ...texts(uris), form: form.form, marks: form.marks, paper: chosen.has('large') ? 'A3' : 'A4', withBase: chosen.has('withBase'), unchanged: chosen.has('unchanged') }, token));
    if (!answer) return;
    await vscode.workspace.fs.writeFile(target, 'docx' in answer ? new Uint8Array(Buffer.from(answer.docx, 'base64')) : new TextEncoder().encode(answer.html));
    const open = 'Open It';
    // Not waited for: the message stays for as long as the user likes.
    void vscode.window.showInformationMessage(`Saved ${nameOf(target)}.`, open).then(said => said === open && vscode.env.openExternal(target));
  };

  const consolidate = async (uris: readonly vscode.Uri[]): Promise<void> => {
    const draft = await working('Consolidating the proposals…', token => request<{ text: string; review: ReviewItem[] }>('resolute/consolidate', texts(uris), token));
    if (!draft) return;
    const document = await vscode.workspace.openTextDocument({ language: 'resolution', content: draft.text });
    await vscode.window.showTextDocument(document, { preview: false });
    await tell(document, draft.review);
  };

  /** Brings the draft in the active editor up to date, in one step that can be undone. */
  const updateDraft = async (): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document, title = 'Bring a Draft up to Date';
    if (!document || !isMarked(document)) { void vscode.window.showInformationMessage('Open the consolidated draft first.'); return; }
    const was = await choose(`${title} (1 of 2)`, [], 'The proposals of which the draft was made, as they were then', document);
    const now = was?.length ? await choose(`${title} (2 of 2)`, was, 'The proposals as they are now, revised or not', document) : undefined;
    if (!was || !now?.length) return;
    const { version } = document;
    const draft = await working('Bringing the draft up to date…', token => request<{ text: string; review: ReviewItem[] }>('resolute/updateDraft', { ...texts(now), draft: document.uri.toString(), was: was.map(String) }, token));
    if (!draft) return;
    if (document.version !== version) throw new Error('The draft was changed meanwhile. Try again.');
    const text = document.getText();
    if (text === draft.text) { void vscode.window.showInformationMessage('The proposals say what they said: the draft is up to date.'); return; }
    // What is the same at both ends stays, and with it what is folded and where the cursor is.
    let start = 0, end = 0;
    while (start < Math.min(text.length, draft.text.length) && text[start] === draft.text[start]) start++;
    while (end < Math.min(text.length, draft.text.length) - start && text.at(-1 - end) === draft.text.at(-1 - end)) end++;
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(text.length - end)), draft.text.slice(start, draft.text.length - end));
    if (!await unrecorded(document, () => vscode.workspace.applyEdit(edit))) throw new Error('The draft was changed meanwhile. Try again.');
    await tell(document, draft.review);
  };

  /** Says what is left to look at. */
  const tell = async (document: vscode.TextDocument, found: readonly ReviewItem[]): Promise<void> => {
    // All but labels the draft itself asks for, as long as it is not decided.
    review.set(document, found.filter(({ kind }) => kind === 'numbering').map(({ line, message }) => ({ range: document.lineAt(line).range, message })));
    const remarks = found.filter(({ kind }) => kind === 'remark').map(({ message }) => message), count = found.length - remarks.length;
    if (remarks.length) void vscode.window.showWarningMessage(remarks.join(' '));
    const show = 'Show Them', said = count ? await vscode.window.showInformationMessage(count === 1 ? 'One thing is left to decide.' : `${count} things are left to decide.`, show)
      : await vscode.window.showInformationMessage('The proposals do not contradict each other.');
    if (said === show) await vscode.commands.executeCommand(found.every(({ kind }) => kind === 'numbering' || kind === 'remark') ? 'workbench.actions.view.problems' : 'resolute.review.focus');
  };

  /** Runs with the texts that a menu gives in the order in which they were selected, or that the user chooses. */
  const command = (name: string, title: string, run: (uris: readonly vscode.Uri[]) => Promise<void>) => vscode.commands.registerCommand(`resolute.${name}`, async (given?: vscode.Uri, selected?: readonly vscode.Uri[]) => {
    const active = vscode.window.activeTextEditor?.document, first = given ?? (active && isMarked(active) ? active.uri : undefined);
    const uris = selected && selected.length > 1 ? selected : await choose(title, first ? [first] : []);
    if (!uris?.length) return;
    try {
      await run(uris);
    } catch (error) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  });
  return vscode.Disposable.from(review, view, command('sideBySide', 'Side by Side', sideBySide), command('consolidate', 'Consolidate', consolidate),
    vscode.commands.registerCommand('resolute.updateDraft', () => updateDraft().catch((error: Error) => vscode.window.showErrorMessage(error.message))),
    vscode.commands.registerCommand('resolute.takeChoice', (row?: ReviewRow) => view.take(row)),
    vscode.commands.registerCommand('resolute.showQuestion', (row: ReviewRow) => view.show(row)));
}

const texts = (uris: readonly vscode.Uri[]) => ({ uris: uris.map(String), base: null });

/** Lets the user choose several texts, of those that are open and those of the folder; `picked` come first and have their tick, the `draft` is none of them. */
async function choose(title: string, picked: readonly vscode.Uri[], placeHolder = 'The proposals to change the same text', draft?: vscode.TextDocument): Promise<vscode.Uri[] | undefined> {
  const open = vscode.workspace.textDocuments.filter(text => isMarked(text) && text.uri.scheme !== 'git').map(({ uri }) => uri), ticked = new Set(picked.map(String));
  const found = [...picked, ...open, ...(await vscode.workspace.findFiles('**/*.resolution', undefined, OFFERED)).sort((one, other) => one.path < other.path ? -1 : 1)].filter(uri => uri.toString() !== draft?.uri.toString());
  const items = [...new Map(found.map(uri => [uri.toString(), uri])).values()].map(uri => ({ label: nameOf(uri), description: vscode.workspace.asRelativePath(uri), uri, picked: ticked.has(uri.toString()) }));
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder, canPickMany: true, matchOnDescription: true });
  return chosen?.map(({ uri }) => uri);
}

const working = <T>(title: string, work: (token: vscode.CancellationToken) => Promise<T>): Thenable<T | undefined> =>
  vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (_progress, token) => work(token).catch((error: unknown) => { if (token.isCancellationRequested) return undefined; throw error; }));

const folderOf = (uri: vscode.Uri): vscode.Uri => uri.scheme === 'untitled' ? vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir()) : vscode.Uri.joinPath(uri, '..');
const nameOf = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);
