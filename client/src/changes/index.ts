/** Tracked changes in the editor: how they look, the commands about them, and the Changes view. */
import * as vscode from 'vscode';
import { changeCommands } from './commands';
import { Decorations } from './decorations';
import { applyTracked } from './edits';
import { Proposed } from './proposed';
import type { Ask } from './requests';
import { textCommands } from './texts';
import { ChangesView } from './view';

/** Sets all of it up. */
export function trackedChanges(ask: Ask): vscode.Disposable {
  const proposed = new Proposed(ask), view = new ChangesView(proposed);
  const commands = {
    ...changeCommands(ask, proposed, view), ...textCommands(ask),
    applyTracked, filterChanges: () => view.chooseFilter(), clearChangesFilter: () => view.clearFilter(),
  };
  void vscode.commands.executeCommand('setContext', 'resolute.active', true); // from now on there is a Changes view
  return vscode.Disposable.from(
    proposed, view, new Decorations(ask, proposed),
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`resolute.${name}`, run)),
  );
}
