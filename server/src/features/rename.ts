/** textDocument/rename: another name for a term or an abbreviation, through a whole proposal; another label for a clause. */
import { ErrorCodes, MessageType, ResponseError, ShowMessageNotification, type WorkspaceEdit } from 'vscode-languageserver';
import type { Edit } from '../markup/edit';
import { rangeOf } from './documents';
import type { Feature } from './feature';
import { textEdits } from './formatting';
import { placeAt } from './place';
import { labelled, renameLabel } from './renameLabel';
import { renamable, renameWord } from './renameWords';

export const rename: Feature = {
  capability: { renameProvider: { prepareProvider: true } },
  register(connection, context) {
    const { documents } = context;
    connection.onPrepareRename(({ textDocument: { uri }, position }) => {
      const document = documents.get(uri)?.document, place = document && placeAt(document, document.offsetAt(position));
      const label = place && labelled(place);
      if (label) return { range: rangeOf(document!, label.start, label.end), placeholder: label.label };
      const word = place && renamable(place);
      return word ? { range: rangeOf(document!, word.start, word.end), placeholder: word.name } : null;
    });
    connection.onRenameRequest(({ textDocument: { uri }, position, newName }): WorkspaceEdit | null => {
      const open = documents.get(uri);
      if (!open) return null;
      const { document, version } = open, place = placeAt(document, document.offsetAt(position)), label = place && labelled(place), name = newName.trim();
      const edit = (edits: readonly Edit[]): WorkspaceEdit => {
        const changes = textEdits(document, edits);
        return context.client.workspace?.workspaceEdit?.documentChanges ? { documentChanges: [{ textDocument: { uri, version }, edits: changes }] } : { changes: { [uri]: changes } };
      };
      if (label) {
        const renamed = renameLabel(place, label.clause, name);
        if ('refused' in renamed) throw new ResponseError(ErrorCodes.InvalidParams, renamed.refused);
        return edit(renamed.edits);
      }
      const word = place && renamable(place);
      if (!word) return null;
      if (!name || /[{}*\n\r\\[\]]/.test(name)) throw new ResponseError(ErrorCodes.InvalidParams, 'A name has words only: no braces, stars, brackets or backslashes.');
      const { edits, left } = renameWord(place, word, name);
      if (left.length) void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message: `Left as they are, in quotations, names, titles of other texts or across changes: ${left.map(({ placed, start, text }) => `“${text}” in line ${document.positionAt(placed.start + start).line + 1}`).join(', ')}.` });
      return edit(edits);
    });
  },
};
