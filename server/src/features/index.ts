/** The features of the language server. A new one is a file beside this and a line here. */
import type { Feature } from './feature';
import { documentSymbol } from './documentSymbol';
import { foldingRange } from './foldingRange';
import { semanticTokens } from './semanticTokens';

export const features: readonly Feature[] = [
  documentSymbol, foldingRange, semanticTokens,
];
