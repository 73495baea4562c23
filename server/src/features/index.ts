/** The features of the language server. A new one is a file beside this and a line here. */
import type { Feature } from './feature';
import { codeAction } from './codeAction';
import { completion } from './completion';
import { definition } from './definition';
import { diagnostics } from './diagnostics';
import { documentHighlight } from './documentHighlight';
import { documentLink } from './documentLink';
import { documentSymbol } from './documentSymbol';
import { foldingRange } from './foldingRange';
import { formatting } from './formatting';
import { hover } from './hover';
import { references } from './references';
import { selectionRange } from './selectionRange';
import { semanticTokens } from './semanticTokens';
import { view } from './view';
import { word } from './word';
import { workspaceSymbol } from './workspaceSymbol';

export const features: readonly Feature[] = [
  codeAction, completion, definition, diagnostics, documentHighlight, documentLink, documentSymbol, foldingRange, formatting, hover,
  references, selectionRange, semanticTokens, view, word, workspaceSymbol,
];
