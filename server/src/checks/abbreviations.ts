import type { View } from '../markup/types';
import { inline } from '../markup/inline';
import { memo } from '../markup/memo';
import { glossary, isBefore, type At, type SpelledAt, type UsedAt } from '../contribution/abbreviations';
import { placedAt, type Run } from '../contribution/runs';
import { headKind } from '../contribution/scopes';
import { catalogue } from '../knowledge/catalogue';
import { tracked } from './fixes';
import { rewording, span } from './rewording';
import type { Fix, FoundAt, Rule, Severity } from './types';

interface Coded { readonly code: string; readonly found: FoundAt }

/** What is found in the abbreviations of a text. */
const ofRun = memo((run: Run): readonly Coded[] => {
  if (!run.some(group => headKind(group) === 'instrument')) return [];
  const both = glossary(run), final = read(run, 'final'), same = (a: Coded, b: Coded) => a.code === b.code && a.found.message === b.found.message;
  if (both.original === both.final) return final;
  // What is wrong in the text in force is not the drafter's doing, but good to know.
  const original = read(run, 'original').filter(coded => coded.code !== 'undefined-abbreviation' && !final.some(other => same(coded, other)));
  return [...final, ...original.map(({ code, found: { fixes: _, ...found } }) => ({ code, found: { ...found, severity: 'hint' as const, message: `In the text in force: ${found.message}` } }))];
});

// What stands outside of any resolution (an introduction) is no text in which every word has to be spelled out.
const rule = (code: string, severity: Severity): Rule => ({ code, severity, looksAt: 'text', run: run => ofRun(run).filter(coded => coded.code === code).map(({ found }) => found) });

/** An abbreviation that the text does not spell out. */
export const undefinedAbbreviation = rule('undefined-abbreviation', 'hint');
/** An abbreviation that is spelled out further down. */
export const lateAbbreviation = rule('late-abbreviation', 'hint');
/** An abbreviation that is spelled out again. */
export const repeatedAbbreviation = rule('repeated-abbreviation', 'hint');
/** An abbreviation that stands for two things. */
export const ambiguousAbbreviation = rule('ambiguous-abbreviation', 'warning');

function read(run: Run, view: View): Coded[] {
  const { spelled, used } = glossary(run)[view], found: Coded[] = [], spelledOut = [...spelled].filter(entry => entry[1].first.spelled.expansion);
  for (const [abbreviation, list] of spelled) {
    const { first } = list;
    let count = 0;
    for (const again of list.all()) {
      if (!count++ || !first.spelled.expansion || !again.spelled.expansion) continue;
      const before = wordsOf(first), now = wordsOf(again), differ = before !== now && key(before) !== key(now), block = blockOf(run, again);
      // A footnote and a table are read by themselves, and a body may be named in full wherever that is better.
      if (!differ && (block[view]?.kind === 'footnote' || block[view]?.kind === 'table' || catalogue().abbreviation(abbreviation).some(row => row.known))) continue;
      found.push({ code: differ ? 'ambiguous-abbreviation' : 'repeated-abbreviation', found: {
        ...placeOf(again, again.spelled.at), related: [{ ...placeOf(first, first.spelled.at), message: `${abbreviation}: ${before}.` }],
        message: differ ? `${abbreviation} stands for “${before}” above, and for “${now}” here.` : `${abbreviation} is already spelled out above.`,
        fixes: () => differ ? [] : rewording(`Leave the abbreviation: ${abbreviation}`, block, again.abbreviations.prose, again.spelled.expansion!.start, again.spelled.at.end + 1, again.abbreviations.prose.text.slice(again.spelled.at.start, again.spelled.at.end)),
      } });
    }
  }
  for (const [abbreviation, list] of used) {
    const definition = spelled.get(abbreviation)?.first, known = catalogue().abbreviation(abbreviation), { first } = list;
    if (definition) {
      if (!known.some(row => row.known) && definition.spelled.expansion && isBefore({ ...first, start: first.used.at.start }, { ...definition, start: definition.spelled.at.start })) found.push({ code: 'late-abbreviation', found: {
        ...placeOf(first, first.used.at), message: `${abbreviation} is used here and spelled out only below.`, related: [{ ...placeOf(definition, definition.spelled.at), message: `${abbreviation}: ${wordsOf(definition)}.` }],
      } });
      continue;
    }
    // A digit at its end may be the sign of a footnote.
    if (known.some(row => row.known) || spelled.has(abbreviation.replace(/\d$/, ''))) continue;
    const meant = known.length ? undefined : spelledOut.find(entry => nearly(abbreviation, entry[0]));
    const uses = meant ? [...list.all()] : [];
    if (meant) for (const use of uses) {
      const [other, { first: at }] = meant;
      found.push({ code: 'undefined-abbreviation', found: {
        ...placeOf(use, use.used.at), severity: 'warning', related: [{ ...placeOf(at, at.spelled.at), message: `${other}: ${wordsOf(at)}.` }],
        message: `${abbreviation} is not spelled out in this text; ${other} is: ${wordsOf(at)}.`,
        fixes: () => [
          ...rewording(`Change ${abbreviation} to ${other}`, blockOf(run, use), use.abbreviations.prose, use.used.at.start, use.used.at.end, written(use).replace(abbreviation, other)),
          ...uses.length > 1 ? [changingAll(`Change all ${uses.length} in this text to ${other}`, run, use, uses, abbreviation, other)] : [],
        ],
      } });
    } else found.push({ code: 'undefined-abbreviation', found: {
      ...placeOf(first, first.used.at), message: `${abbreviation} is not spelled out in this text.`,
      fixes: () => known.flatMap(({ name }) => rewording(`Spell it out: ${name} (${abbreviation})`, blockOf(run, first), first.abbreviations.prose, first.used.at.start, first.used.at.end, `${name} (${written(first)})`)),
    } });
  }
  return found;
}

/** Another abbreviation wherever the text has the one; where it goes over the edge of a mark it is left. */
function changingAll(title: string, run: Run, here: UsedAt, uses: readonly UsedAt[], abbreviation: string, other: string): Fix {
  return { title, preferred: false, edits: (document, { placed }) => uses.flatMap(use => {
    const block = blockOf(run, use), { start, end } = span(use.abbreviations.prose, use.used.at.start, use.used.at.end), text = written(use);
    if (inline(block).problems.length || block.source.slice(start, end) !== text) return [];
    return [tracked(document, placedAt(document, placed.group - here.group + use.group, use.index), start, end, text.replace(abbreviation, other))];
  }) };
}

const blockOf = (run: Run, { group, index }: At) => run[group]!.blocks[index]!;
const wordsOf = ({ abbreviations: { prose }, spelled: { expansion } }: SpelledAt): string => expansion ? prose.text.slice(expansion.start, expansion.end) : '';
const written = ({ abbreviations: { prose }, used: { at } }: UsedAt): string => prose.text.slice(at.start, at.end);
const placeOf = ({ group, index, abbreviations: { prose } }: At, at: { readonly start: number; readonly end: number }) => ({ group, index, ...span(prose, at.start, at.end) });
/** Capitals, a plural and small signs make no other meaning. */
const key = (words: string): string => words.toLowerCase().replace(/[^\p{L}\d]+/gu, ' ').replace(/ies\b/g, 'y').replace(/s\b/g, '').replace(/\band\b/g, '&');

/** Whether an abbreviation is another with one letter left out or added: SC&C and SSC&C. */
function nearly(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) !== 1 || Math.min(a.length, b.length) < 4) return false;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  let at = 0;
  while (short[at] === long[at]) at++;
  return short.slice(at) === long.slice(at + 1) && !/\d/.test(long[at]!);
}
