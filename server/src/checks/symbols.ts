/** What ITU's symbols (ADD, MOD, SUP, NOC) say of the text behind them, and whether the text keeps to it. */
import type { Document, Group } from '../markup/document';
import type { Edit } from '../markup/edit';
import type { BlockKind } from '../markup/types';
import { contentEnd } from '../markup/inline';
import { memo } from '../markup/memo';
import { decide } from '../changes/decide';
import { symbolOf } from '../knowledge/symbols';
import type { Run } from '../contribution/runs';
import { headKind, textOf, texts, type Text } from '../contribution/scopes';
import { isTracked } from '../changes/status';
import { proposal } from './proposals';
import type { Finding, Fix, FoundAt, Rule } from './types';

/** The symbol of the line that proposes a text, in the final view; null where there is none. */
const symbolIn = (run: Run): string | null => (headKind(run[0]!) === 'proposal' && proposal(run[0]!)?.symbol) || null;
const has = (run: Run, ...kinds: readonly (string | undefined)[]): boolean => run.some(group => kinds.includes(headKind(group)));
const atLine = (run: Run) => ({ group: 0, index: 0, start: 0, end: proposal(run[0]!)!.end });

/** A fix that puts another symbol on the proposal's line, where the old one is written there as it is. */
function instead(run: Run, old: string, symbol: string): Fix[] {
  const at = run[0]!.blocks[0]!.source.indexOf(old);
  return at < 0 ? [] : [{ title: `Change ${old} to ${symbol}`, preferred: false, edits: (_, { placed }) => [{ start: placed.start + at, end: placed.start + at + old.length, text: symbol }] }];
}

/** Tracked changes behind a symbol that has none: ADD, SUP, NOC. */
export const trackedProposal: Rule = {
  code: 'tracked-proposal', severity: 'warning', looksAt: 'text',
  run: run => {
    const symbol = symbolIn(run), known = symbol && symbolOf(symbol);
    // Reasons are the sponsor's own words.
    const changed = run.findIndex((group, g) => g > 0 && headKind(group) !== 'reasons' && isTracked(group));
    if (!symbol || !known || known.tracked || changed < 0 || (symbol.startsWith('SUP') && isGone(run))) return [];
    return [{
      ...atLine(run),
      message: known.text === 'new' ? `${symbol} gives a new text, and that is written without tracked changes. ITU shows changes behind MOD only.`
        : `${symbol} says “${known.name.toLowerCase()}”, but words of this text are marked as inserted or deleted. That is a MOD.`,
      fixes: [...known.text === 'new' ? [{ title: 'Accept the changes of this text', preferred: false, edits: accepting }] : [], ...instead(run, symbol, 'MOD')],
    }];
  },
};

/** What may be left of a text that is deleted as a whole, and shown so by deleting its words. */
const KEPT: ReadonlySet<BlockKind> = new Set(['proposal', 'instrument', 'title', 'history', 'blank', 'drafter-note']);
const isGone = (run: Run): boolean => run.every(group => headKind(group) === 'reasons' || group.blocks.every(({ final }) => !final || KEPT.has(final.kind)));

function accepting(document: Document, { placed }: Finding): Edit[] {
  const { end, reasons, start } = textOf(document, placed.group);
  return decide(document, 'accept', { range: { start: document.groupStart(start).start + placed.block.source.length, end: document.groupStart(reasons[0] ?? end).start } });
}

/** ADD before a part of a resolution. */
export const addBelowText: Rule = {
  code: 'add-below-text', severity: 'warning', looksAt: 'text',
  run: run => symbolIn(run) === 'ADD' && has(run, 'section') && !has(run, 'instrument', 'annex') ? [{
    ...atLine(run), fixes: instead(run, 'ADD', 'MOD'),
    message: 'ADD is for a whole new text, such as a draft new resolution, and no line here names one. Words that are added inside a text in force are a MOD of it.',
  }] : [],
};

/** SUP with the words that are to go. */
export const reproducedText: Rule = {
  code: 'reproduced-text', severity: 'information', looksAt: 'text',
  run: run => {
    const symbol = symbolIn(run);
    if ((symbol !== 'SUP' && symbol !== 'SUP*') || !has(run, 'instrument') || !has(run, 'section', 'annex')) return [];
    return [{
      ...atLine(run), fixes: [{ title: 'Leave the text out', preferred: false, edits: leavingOut }],
      message: `Behind ${symbol} the text need not be reproduced: its number and its title are enough.`,
    }];
  },
};

function leavingOut(document: Document, { placed }: Finding): Edit[] {
  const { run, start, end, reasons } = textOf(document, placed.group), first = run.findIndex(group => headKind(group) === 'section' || headKind(group) === 'annex');
  return [{ start: document.groupStart(start + first).start, end: document.groupStart(reasons[0] ?? end).start, text: '' }];
}

const hasReasons = memo((run: Run): boolean => run.some(group => headKind(group) === 'reasons' && group.blocks.some(({ final }) => final?.kind === 'reasons')));

/** A proposal without reasons. Two resolutions may be proposed by one line, and then share them. A mere NOC needs none; _NOC_, which asks to keep a text, does. */
export const missingReasons: Rule = {
  code: 'missing-reasons', severity: 'hint', looksAt: 'document',
  run: document => {
    const found: FoundAt[] = [];
    let own: Text[] = [];
    const close = () => {
      const [first] = own, line = first && first.instrument >= 0 ? proposal(document.groups[first.proposal]!) : null;
      if (line && line.symbol !== 'NOC' && !own.some(({ run }) => hasReasons(run))) found.push({
        group: first!.proposal, index: 0, start: 0, end: line.end, fixes: [{ title: 'Add the reasons', preferred: false, edits: reasoning }],
        message: `A proposal is followed by its reasons, in a line that begins with “${document.grammar.reasons[0]}:”. Here there is none.`,
      });
    };
    for (const text of texts(document)) {
      if (text.proposal < 0) continue;
      if (text.proposal === text.start) { close(); own = []; }
      own.push(text);
    }
    close();
    return found;
  },
};

function reasoning(document: Document, { placed }: Finding): Edit[] {
  const { end } = texts(document).findLast(({ proposal }) => proposal === placed.group)!, { start } = document.groupStart(end);
  const last = document.blockAt(start - 1)!, at = last.start + contentEnd(last.block.source), lineEnd = /\r\n?|\n/.exec(document.text)?.[0] ?? '\n';
  return [{ start: at, end: at, text: `${lineEnd}${lineEnd}${document.grammar.reasons[0]}: ` }];
}

/** `APT/37A37/2#36`: what the proposals of one document have in common, and the number of this one. */
const NUMBERED = /^(.+)\/(\d+)((?:#\d+)?)$/;

const numberedLine = memo((group: Group) => {
  const line = proposal(group), match = line && NUMBERED.exec(line.identifier);
  return line && match ? { line, series: match[1]!, number: Number(match[2]), serial: match[3]!, name: `${match[1]}/${match[2]}` } : null;
});

/** Proposals of one document whose numbers go down. */
export const proposalOrder: Rule = {
  code: 'proposal-order', severity: 'warning', looksAt: 'document',
  run: document => {
    const highest = new Map<string, number>(), found: FoundAt[] = [], numbered = texts(document).flatMap(text => {
      const line = text.proposal === text.start ? numberedLine(document.groups[text.start]!) : null;
      return line ? [{ group: text.start, ...line }] : [];
    });
    const used = new Set(numbered.map(({ name }) => name));
    for (const { group, line, series, number, serial, name } of numbered) {
      const before = highest.get(series) ?? 0;
      highest.set(series, Math.max(before, number));
      if (number >= before) continue;
      const next = `${series}/${before + 1}`, { source } = document.groups[group]!.blocks[0]!, at = source.indexOf(line.identifier);
      found.push({
        group, index: 0, start: Math.max(0, at), end: at < 0 ? line.end : at + line.identifier.length,
        message: `The last number counts the proposals of a document, and ${name} comes after ${series}/${before}.`,
        fixes: at < 0 || used.has(next) ? [] : [{ title: `Change it to ${next}`, preferred: false, edits: (_, { placed }) => [{ start: placed.start + at, end: placed.start + at + line.identifier.length, text: next + serial }] }],
      });
    }
    return found;
  },
};
