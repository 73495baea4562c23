/** The symbols of proposals (`MOD`, `ADD`, `SUP`, …) and what ITU says of them. */
import data from '../../data/symbols.json';

export interface ProposalSymbol {
  /** As written in the markup: `MOD`, `(MOD)`, `ADD*`, `_NOC_`. */
  readonly symbol: string;
  readonly printed: string;
  readonly name: string;
  readonly means: string;
  /** Whether the text behind it shows tracked changes. */
  readonly tracked: boolean;
  /** The text behind it: the one in force with changes, a new one, or none is needed. */
  readonly text: 'changed' | 'new' | 'none';
  readonly how: string;
  readonly source: string;
}

export const SYMBOLS = data.symbols as readonly ProposalSymbol[];

/** What a symbol says, or null for one that is none of ITU's. */
export const symbolOf = (symbol: string): ProposalSymbol | null => SYMBOLS.find(row => row.symbol === symbol) ?? null;
