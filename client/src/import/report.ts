/** What could not be kept of a Word file or a clipboard: one message, and the list for those who ask for it. */
import * as vscode from 'vscode';

export type Report = readonly { message: string; paragraph: string }[];

const SHOW = 'Show What Changed';

/** Says how much could not be kept, if anything; not waited for, as the message stays for as long as the user likes. `name`: of what it is told. */
export function tellReport(name: string, report: Report): void {
  if (!report.length) return;
  const count = report.length;
  void vscode.window.showInformationMessage(`${name}: ${count === 1 ? 'one thing' : `${count} things`} could not be kept as in Word.`, SHOW).then(async answer => {
    if (answer === SHOW) await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content: listed(name, report) }), { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  });
}

function listed(name: string, report: Report): string {
  const plain = (text: string) => text.replace(/[\\`*_[\]<>#|]/g, '\\$&');
  return [`# ${plain(name)}: what could not be kept as in Word`, '', ...report.map(({ message, paragraph }) => `- ${paragraph && `“${plain(paragraph)}”: `}${plain(message)}`), ''].join('\n');
}
