/**
 * What is wrong with a document. A new check is a new file and a line in this table.
 *
 * What was found is kept with the groups and texts it was found in: after an edit only the rules for what the
 * edit touched run again, whatever the size of the document.
 */
import type { Document, Group } from '../markup/document';
import type { Block, Grammar } from '../markup/types';
import { memo } from '../markup/memo';
import { placedAt, type Run } from '../contribution/runs';
import { texts, type Text } from '../contribution/scopes';
import { stretchAt } from '../contribution/sections';
import type { Finding, FoundAt, Rule, Severity } from './types';
import { ambiguousAbbreviation, lateAbbreviation, repeatedAbbreviation, undefinedAbbreviation } from './abbreviations';
import { malformedAttribute, strayAttribute } from './attribute';
import { unbalancedBracket } from './brackets';
import { citationForm, citationTitle, supersededRecommendation, supersededRevision, unknownMeeting, unknownRecommendation } from './citations';
import { danglingReference } from './danglingReference';
import { deletedReference } from './deletedReference';
import { doubtfulClause } from './doubtfulClause';
import { emptyMark } from './emptyMark';
import { emptySection } from './emptySection';
import { duplicateFootnote, undefinedFootnote, unusedFootnote } from './footnotes';
import { frontMatterKey, frontMatterValue, frontMatterYaml, unclosedFrontMatter } from './frontMatter';
import { gluedHeading } from './gluedHeading';
import { duplicateLabel, gluedLetters, labelKind, labelOrder } from './labels';
import { markInMark } from './markInMark';
import { differentMeetings } from './meetings';
import { missingDivider } from './missingDivider';
import { proposalIdentifier } from './proposalIdentifier';
import { duplicateProposal, unchangedProposal } from './proposals';
import { strayCloser } from './strayCloser';
import { addBelowText, missingReasons, proposalOrder, reproducedText, trackedProposal } from './symbols';
import { tableCells } from './table';
import { quotedDefinition, termVariant } from './terms';
import { toDecide } from './toDecide';
import { unclosedMark } from './unclosedMark';
import { baseText, untrackedChange } from './untracked';

export type { Finding, Fix, Rule, Severity } from './types';

export const RULES: readonly Rule[] = [
  unclosedFrontMatter, frontMatterYaml, frontMatterKey, frontMatterValue,
  unclosedMark, strayCloser, missingDivider, markInMark, emptyMark, strayAttribute, malformedAttribute,
  proposalIdentifier, duplicateProposal, unchangedProposal,
  duplicateLabel, labelOrder, labelKind, gluedLetters, doubtfulClause, gluedHeading, emptySection,
  danglingReference, deletedReference, undefinedFootnote, unusedFootnote, duplicateFootnote, tableCells,
  supersededRevision, unknownMeeting, citationForm, supersededRecommendation, unknownRecommendation, citationTitle,
  undefinedAbbreviation, lateAbbreviation, repeatedAbbreviation, ambiguousAbbreviation, termVariant, quotedDefinition,
  proposalOrder, missingReasons, trackedProposal, addBelowText, reproducedText, differentMeetings, unbalancedBracket,
  baseText, untrackedChange, toDecide,
];

const blockRules = RULES.filter(rule => rule.looksAt === 'block');
const groupRules = RULES.filter(rule => rule.looksAt === 'group');
const textRules = RULES.filter(rule => rule.looksAt === 'text');
const documentRules = RULES.filter(rule => rule.looksAt === 'document');
const baseRules = RULES.filter(rule => rule.looksAt === 'base');

/** What a rule found; its groups count from `base`. */
interface Coded { readonly code: string; readonly severity: Severity; readonly found: FoundAt; readonly base: number }
const NOTHING: readonly never[] = [];

/** What rules find, each with its rule's code; nothing is made for the many blocks in which nothing is wrong. */
function collect<R extends Rule>(rules: readonly R[], run: (rule: R) => readonly FoundAt[]): readonly Coded[] {
  let result: Coded[] | null = null;
  for (const rule of rules) for (const found of run(rule)) (result ??= []).push({ code: rule.code, severity: found.severity ?? rule.severity, found, base: 0 });
  return result ?? NOTHING;
}

const ofBlock = memo((block: Block) => collect(blockRules, rule => rule.run(block) as readonly FoundAt[]));
const ofGroup = memo((group: Group): readonly Coded[] => {
  let result: Coded[] | null = null;
  group.blocks.forEach((block, index) => { for (const coded of ofBlock(block)) (result ??= []).push({ ...coded, found: { ...coded.found, group: 0, index } }); });
  return result ?? NOTHING;
});
const ofStretch = memo((grammar: Grammar) => memo((run: Run) => collect(groupRules, rule => rule.run(run, grammar))));

/** All that is found within a text, whatever stands around it. Groups count in the run. */
const ofText = memo((grammar: Grammar) => memo((run: Run): readonly Coded[] => {
  const result = [...collect(textRules, rule => rule.run(run, grammar))];
  for (let g = 0; g < run.length;) {
    const stretch = stretchAt(run, g).run;
    for (const coded of ofStretch(grammar)(stretch)) result.push(based(coded, g));
    for (const [i, group] of stretch.entries()) for (const coded of ofGroup(group)) result.push(based(coded, g + i));
    g += stretch.length;
  }
  return result.length ? result : NOTHING;
}));

const based = ({ code, severity, found }: Coded, base: number): Coded => ({ code, severity, found, base });

/** What is found within a text, in its order; after an edit elsewhere, nothing is looked at again. */
export function findingsOfText(document: Document, { run, start }: Text): readonly Finding[] {
  const coded = ofText(document.grammar)(run);
  return coded.length ? sorted(coded.map(one => finding(document, one, start))) : NOTHING;
}

const ofDocument = memo((document: Document) => collect(documentRules, rule => rule.run(document)));

/**
 * What is found by looking at the whole document; in the order of the text.
 * @param base the text in force that its front matter names; null where that is not there. Without it, nobody vouches for what is not marked
 */
export function documentFindings(document: Document, base?: Document | null): readonly Finding[] {
  if (!document.groups.length) return NOTHING;
  const beside = base === undefined ? NOTHING : collect(baseRules, rule => rule.run(document, base));
  return sorted([...ofDocument(document), ...beside].map(coded => finding(document, coded)));
}

/** All that is found in a document, in the order of the text; for `base` see `documentFindings`. */
export const findings = (document: Document, { base }: { readonly base?: Document | null | undefined } = {}): readonly Finding[] =>
  sorted([...documentFindings(document, base), ...texts(document).flatMap(text => findingsOfText(document, text))]);

/** A finding at its place, of a text that begins at group `start`. */
function finding(document: Document, { code, severity, found, base }: Coded, start = 0): Finding {
  const from = start + base;
  const related = found.related?.map(({ group, index, start, end, message }) => ({ start, end, message, placed: placedAt(document, from + group, index) })) ?? NOTHING;
  return new PlacedFinding(code, severity, found, placedAt(document, from + found.group, found.index), related);
}

class PlacedFinding implements Finding {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  constructor(readonly code: string, readonly severity: Severity, private readonly found: FoundAt, readonly placed: Finding['placed'], readonly related: Finding['related']) {
    ({ message: this.message, start: this.start, end: this.end } = found);
  }
  get fixes(): Finding['fixes'] {
    const { fixes } = this.found;
    return typeof fixes === 'function' ? fixes() : fixes ?? NOTHING;
  }
}

const sorted = (list: Finding[]): readonly Finding[] => list.sort((a, b) => a.placed.start + a.start - b.placed.start - b.start);
