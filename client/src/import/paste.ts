/** Pasting from Word and its like: changes, comments, footnotes and lists come in as markup. Plain text from a PDF can be pasted tidied. */
import * as vscode from 'vscode';
import { isRecorded } from '../changes/recording';
import { tellReport, type Report } from './report';

type Request = <T>(method: string, params: object, ...token: vscode.CancellationToken[]) => Promise<T>;
interface Answer { rich: { edits: { range: { start: vscode.Position; end: vscode.Position }; newText: string }[]; report: Report } | null; clean: string | null }
class Rich extends vscode.DocumentPasteEdit { report: Report = []; }

const { DocumentDropOrPasteEditKind: Kind } = vscode;
const RICH = Kind.Empty.append('resolution', 'word'), CLEAN = Kind.Empty.append('resolution', 'tidied');
/** Marks what was copied from a text here: it is markup already. */
const OWN = 'application/vnd.resolute.markup';
/** What word processors say of themselves, and only they know: styles of Office, footnotes of LibreOffice, Google's name for a document. */
const OFFICE = /schemas-microsoft-com:office|class="?Mso|\bmso-|content="?(?:Microsoft|LibreOffice|OpenOffice)|docs-internal-guid|sdfootnote|data-contrast=|<(?:ins|del)[\s>]/i;

/** In UTF-16 units; what is longer is pasted as it is. */
const LONGEST = 2 ** 25;

/** Registers what is offered when something is pasted into a resolution. */
export function pasting(request: Request): vscode.Disposable {
  return vscode.languages.registerDocumentPasteEditProvider({ language: 'resolution' }, {
    prepareDocumentPaste: (_document, _ranges, data) => data.set(OWN, new vscode.DataTransferItem('')),
    async provideDocumentPasteEdits(document, [range, another], data, { only }, token) {
      if (!range || another || data.get(OWN)) return undefined;
      const plain = await data.get('text/plain')?.asString() ?? '', html = await data.get('text/html')?.asString() ?? '', isOffice = OFFICE.test(html);
      // Without a word processor's HTML, and on one line, there is nothing to make of it.
      if (Math.max(plain.length, html.length) > LONGEST || !isOffice && (!plain.trimEnd().includes('\n') || html.includes('white-space: pre'))) return undefined;
      const { start, end } = range;
      const { rich, clean } = await request<Answer>('resolute/paste', { uri: document.uri.toString(), range: { start, end }, html: isOffice ? html : null, plain, final: isRecorded(document) }, token);
      const edits: vscode.DocumentPasteEdit[] = [];
      // As edits of the text: VS Code would indent the lines of a text that is inserted like the line of the cursor.
      if (rich) edits.push(Object.assign(new Rich('', 'Paste from Word', RICH), { report: rich.report, additionalEdit: edited(document, rich.edits) }));
      if (clean !== null) edits.push(Object.assign(new vscode.DocumentPasteEdit(clean, 'Paste Tidied', CLEAN), { yieldTo: [Kind.Text] }));
      return only ? edits.filter(({ kind }) => only.contains(kind)) : edits;
    },
    // It is asked for when an edit is about to be made: the time to say what could not be kept.
    resolveDocumentPasteEdit(edit) {
      if (edit instanceof Rich) tellReport('Pasted from Word', edit.report);
      return edit;
    },
  }, { providedPasteEditKinds: [RICH, CLEAN], copyMimeTypes: [OWN], pasteMimeTypes: ['text/html', 'text/plain'] });
}

function edited({ uri }: vscode.TextDocument, edits: NonNullable<Answer['rich']>['edits']): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { range: { start, end }, newText } of edits) edit.replace(uri, new vscode.Range(start.line, start.character, end.line, end.character), newText);
  return edit;
}
