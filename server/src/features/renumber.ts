/** resolute/renumber: labels put right with what refers to them, as edits to look at, and what is left to decide. */
import { RequestType, type Position, type Range, type TextEdit } from 'vscode-languageserver';
import { renumber as renumbered, schemeInUse, type Scheme, type Scope } from '../numbering/renumber';
import { rangeIn, rangeOf } from './documents';
import type { Feature } from './feature';

export interface RenumberParams {
  readonly uri: string;
  /** What stands there is renumbered; without it, the whole document. */
  readonly position?: Position;
  readonly scope: Scope['of'];
  /** Without it, as the text goes on by itself. */
  readonly scheme?: Scheme;
  readonly tracked?: boolean;
  readonly author?: string | null;
  readonly date?: string | null;
}

/** `kind` says whether it is a clause’s own label. */
export type RenumberEdit = TextEdit & { readonly kind: 'label' | 'reference' };
export interface RenumberResult { readonly version: number; readonly edits: RenumberEdit[]; readonly review: { readonly range: Range; readonly message: string }[] }

export const RenumberRequest = new RequestType<RenumberParams, RenumberResult | null, void>('resolute/renumber');

export const renumber: Feature = {
  capability: {},
  register(connection, { documents }) {
    connection.onRequest(RenumberRequest, ({ uri, position, scope: of, scheme, tracked = false, author = null, date = null }) => {
      const open = documents.get(uri);
      if (!open) return null;
      const { document, version } = open;
      const scope: Scope = of === 'document' || !position ? { of: 'document' } : { of, at: document.offsetAt(position) };
      const { edits, review } = renumbered(document, { scope, scheme: scheme ?? schemeInUse(document, scope), tracked, author, date });
      return {
        version,
        edits: edits.map(({ start, end, text, label }) => ({ range: rangeOf(document, start, end), newText: text, kind: label ? 'label' : 'reference' })),
        review: review.map(({ placed, start, end, message }) => ({ range: rangeIn(document, placed, start, end), message })),
      };
    });
  },
};
