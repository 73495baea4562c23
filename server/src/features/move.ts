/** resolute/move: a clause with what stands below it, up, down, or to another level. */
import { RequestType, type Position, type TextEdit } from 'vscode-languageserver';
import { move as moved, type Direction } from '../numbering/move';
import type { Feature } from './feature';
import { textEdits } from './formatting';

export interface MoveParams {
  readonly uri: string;
  readonly version: number;
  readonly position: Position;
  readonly direction: Direction;
  /** Put the labels of the list right, and what refers to them. */
  readonly renumber?: boolean;
  readonly tracked?: boolean;
  readonly author?: string | null;
  readonly date?: string | null;
}

/** Null where there is no clause, nowhere to go, or another version of the document. `position` is the same place afterwards. */
export const MoveRequest = new RequestType<MoveParams, { readonly version: number; readonly edits: TextEdit[]; readonly position: Position } | null, void>('resolute/move');

export const move: Feature = {
  capability: {},
  register(connection, { documents }) {
    connection.onRequest(MoveRequest, ({ uri, version, position, direction, renumber = true, tracked = false, author = null, date = null }) => {
      const open = documents.get(uri);
      if (open?.version !== version) return null;
      const { document } = open, result = moved(document, document.offsetAt(position), direction, { renumber, tracked, author, date });
      if (!result) return null;
      const after = [...result.edits].sort((a, b) => b.start - a.start).reduce((text, { start, end, text: now }) => text.edit(start, end, now), document);
      return { version, edits: textEdits(document, result.edits), position: after.positionAt(result.offset) };
    });
  },
};
