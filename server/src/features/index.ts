/** The features of the language server. A new one is a file beside this and a line here. */
import type { Feature } from './feature';
import { catalogues } from './catalogues';
import { callHierarchy } from './callHierarchy';
import { changes } from './changes';
import { codeAction } from './codeAction';
import { codeLens } from './codeLens';
import { compare } from './compare';
import { completion } from './completion';
import { decide } from './decide';
import { definition } from './definition';
import { diagnostics } from './diagnostics';
import { documentHighlight } from './documentHighlight';
import { documentLink } from './documentLink';
import { documentSymbol } from './documentSymbol';
import { foldingRange } from './foldingRange';
import { formatting } from './formatting';
import { glossaryPage } from './glossaryPage';
import { hover } from './hover';
import { importWord } from './importWord';
import { inlayHint } from './inlayHint';
import { move } from './move';
import { importCatalogue } from './importCatalogue';
import { paste } from './paste';
import { proposals } from './proposals';
import { references } from './references';
import { rename } from './rename';
import { renumber } from './renumber';
import { review } from './review';
import { selectionRange } from './selectionRange';
import { semanticTokens } from './semanticTokens';
import { view } from './view';
import { word } from './word';
import { workspaceSymbol } from './workspaceSymbol';

export const features: readonly Feature[] = [
  callHierarchy, catalogues, changes, codeAction, codeLens, compare, completion, decide, definition, diagnostics, documentHighlight, documentLink, documentSymbol, foldingRange, formatting, glossaryPage, hover,
  importCatalogue, importWord, inlayHint, move, paste, proposals, references, rename, renumber, review, selectionRange, semanticTokens, view, word, workspaceSymbol,
];
