/** Comparing texts, and beginning a proposal to modify one. What comes out is a new text, saved nowhere yet. */
import * as vscode from 'vscode';
import { readView, viewUri } from '../views';
import { inEditor, needed, tell, type Commands } from './commands';
import { isMarked } from './proposed';
import type { Ask } from './requests';

/** So many resolutions of the folder are offered at most; any other is found in its folder. */
const OFFERED = 200;

const isNumber = (text: string): string | undefined => /^(?:[1-9]\d*)?$/.test(text.trim()) ? undefined : 'A number, or nothing.';

/** What a proposal is for, in the order in which it is asked. */
const QUESTIONS = [
  { key: 'meeting', prompt: 'Which meeting is the proposal for? Its short name.', placeHolder: 'WTSA-28', validateInput: needed },
  { key: 'place', prompt: 'Where does the meeting take place?', placeHolder: 'New Delhi', validateInput: needed },
  { key: 'year', prompt: 'In which year?', placeHolder: '2028', validateInput: (year: string) => /^(?:19|20)\d\d$/.test(year) ? undefined : 'A year in four digits.' },
  { key: 'source', prompt: 'Who submits the proposal? As it is to be printed.', placeHolder: 'Asia-Pacific Telecommunity Member Administrations', validateInput: needed },
  { key: 'sponsor', prompt: 'Whose are the changes? The short name.', placeHolder: 'APT', validateInput: needed },
  { key: 'document', prompt: 'Which document will it be? Its number, which the proposal’s identifier begins with (APT/37/1); nothing while it has none.', placeHolder: '37', validateInput: isNumber },
  { key: 'addendum', prompt: 'Which addendum to that document (APT/37A3/1)? Its number, or nothing.', placeHolder: '3', validateInput: isNumber },
] as const;

export function textCommands(ask: Ask): Commands {
  const compare = (title: string, placeHolder: string, drafts: boolean) => inEditor(async ({ document }) => {
    const other = await chooseText(title, placeHolder, document, false);
    if (!other) return;
    const base = { text: (await vscode.workspace.openTextDocument(other)).getText() };
    const { text } = await busy('Comparing…', ask('resolute/compare', { base, now: { uri: document.uri.toString() }, drafts }));
    await openNew(text);
  });

  /** What was answered last: several texts may be proposed to one meeting. */
  const last: Partial<Record<typeof QUESTIONS[number]['key'], string>> = { sponsor: vscode.workspace.getConfiguration('resolute').get('changes.author', '') };

  return {
    compareWith: compare('Compare with…', 'The text as it was before; the result is a new text that shows what became of it', false),
    compareWithDraft: compare('Compare with an Earlier Draft…', 'The earlier draft; the result is a new text that shows what has changed since', true),
    /** Original against final, in the editor that shows two texts side by side. */
    async showDifferences() {
      const active = vscode.window.activeTextEditor?.document;
      if (active?.languageId !== 'resolution') return tell('Open a resolution first, and put the cursor into it.');
      const { source } = readView(active.uri);
      return vscode.commands.executeCommand('vscode.diff', viewUri(source, 'original'), viewUri(source, 'final'), `${fileName(source)}: original ↔ final`);
    },
    async proposeChanges(given?: vscode.Uri) {
      const title = 'Propose Changes to…', active = vscode.window.activeTextEditor?.document;
      const uri = given ?? await chooseText(title, 'The text in force that is to be changed', active && isMarked(active) ? active : undefined, true);
      if (!uri) return;
      for (const [i, { key, ...question }] of QUESTIONS.entries()) {
        if (key === 'addendum' && !last.document) { delete last.addendum; continue; }
        const answer = await vscode.window.showInputBox({ ...question, title: `${title} (${i + 1} of ${QUESTIONS.length})`, value: last[key] ?? '', ignoreFocusOut: true });
        if (answer === undefined) return;
        // Another meeting takes place elsewhere, and numbers its documents anew.
        if (key === 'meeting' && answer.trim() !== last.meeting) Object.assign(last, { document: '', addendum: '', ...await ask('resolute/meeting', { name: answer }) ?? { place: '', year: '' } });
        last[key] = answer.trim();
      }
      const base = await vscode.workspace.openTextDocument(uri); // the server answers for open texts
      const { text } = await ask('resolute/propose', { uri: base.uri.toString(), ...last as Required<typeof last> });
      await openNew(text);
    },
  };
}

/**
 * Lets the user choose a text: the text in force that a document names, the open texts, those of the folder, or any file.
 * @param offered whether the document itself is among them
 */
async function chooseText(title: string, placeHolder: string, document: vscode.TextDocument | undefined, offered: boolean): Promise<vscode.Uri | undefined> {
  type Item = vscode.QuickPickItem & { uri?: vscode.Uri };
  const items = new Map<string, Item>();
  const offer = (uri: vscode.Uri, description: string) => {
    const key = uri.toString();
    if (!items.has(key) && (offered || key !== document?.uri.toString())) items.set(key, { label: fileName(uri), description, uri });
  };
  if (document) {
    offer(document.uri, 'this text');
    // The only resolution that a front matter leads to is the text in force.
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[] | undefined>('vscode.executeLinkProvider', document.uri) ?? [];
    for (const { target } of links) if (target && /\.resolution$/i.test(target.path)) offer(target, 'the text in force');
  }
  for (const open of vscode.workspace.textDocuments) if (isMarked(open) && open.uri.scheme !== 'git') offer(open.uri, 'open');
  for (const file of (await vscode.workspace.findFiles('**/*.resolution', undefined, OFFERED)).sort((one, other) => one.path < other.path ? -1 : 1)) offer(file, vscode.workspace.asRelativePath(file));
  const another: Item = { label: '$(folder-opened) Another File…' };
  const chosen = await vscode.window.showQuickPick<Item>([...items.values(), another], { title, placeHolder, matchOnDescription: true });
  if (chosen !== another) return chosen?.uri;
  return (await vscode.window.showOpenDialog({ title, filters: { 'ITU resolution': ['resolution'], 'All files': ['*'] } }))?.[0];
}

const openNew = async (content: string): Promise<unknown> =>
  vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'resolution', content }), { preview: false });

const busy = <T>(title: string, work: Promise<T>): Thenable<T> => vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () => work);

const fileName = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);
