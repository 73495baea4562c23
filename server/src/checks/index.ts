/**
 * What is wrong with a document. A new check is a new file and a line in this table.
 *
 * What was found is kept with the blocks and groups it was found in: after an edit only the rules for what the
 * edit touched run again, whatever the size of the document.
 */
import type { Document, Group, Placed } from '../markup/document';
import type { Block, Grammar } from '../markup/types';
import { memo } from '../markup/memo';
import { placedAt, type Run } from '../contribution/runs';
import { stretchAt } from '../contribution/sections';
import type { Finding, FoundAt, Rule, Severity } from './types';
import { malformedAttribute, strayAttribute } from './attribute';
import { danglingReference } from './danglingReference';
import { doubtfulClause } from './doubtfulClause';
import { emptyMark } from './emptyMark';
import { emptySection } from './emptySection';
import { duplicateFootnote, undefinedFootnote, unusedFootnote } from './footnotes';
import { frontMatterKey, frontMatterValue, frontMatterYaml, unclosedFrontMatter } from './frontMatter';
import { gluedHeading } from './gluedHeading';
import { duplicateLabel, labelOrder } from './labels';
import { markInMark } from './markInMark';
import { missingDivider } from './missingDivider';
import { proposalIdentifier } from './proposalIdentifier';
import { duplicateProposal, unchangedProposal } from './proposals';
import { strayCloser } from './strayCloser';
import { tableCells } from './table';
import { unclosedMark } from './unclosedMark';

export type { Finding, Fix, Rule, Severity } from './types';

export const RULES: readonly Rule[] = [
  unclosedFrontMatter, frontMatterYaml, frontMatterKey, frontMatterValue,
  unclosedMark, strayCloser, missingDivider, markInMark, emptyMark, strayAttribute, malformedAttribute,
  proposalIdentifier, duplicateProposal, unchangedProposal,
  duplicateLabel, labelOrder, doubtfulClause, gluedHeading, emptySection,
  danglingReference, undefinedFootnote, unusedFootnote, duplicateFootnote, tableCells,
];

const blockRules = RULES.filter(rule => rule.looksAt === 'block');
const groupRules = RULES.filter(rule => rule.looksAt === 'group');
const documentRules = RULES.filter(rule => rule.looksAt === 'document');

interface Coded { readonly code: string; readonly severity: Severity; readonly found: FoundAt }
const NOTHING: readonly never[] = [];

/** What rules find, each with its rule's code; nothing is made for the many blocks in which nothing is wrong. */
function collect<R extends Rule>(rules: readonly R[], run: (rule: R) => readonly FoundAt[]): readonly Coded[] {
  let result: Coded[] | null = null;
  for (const rule of rules) for (const found of run(rule)) (result ??= []).push({ code: rule.code, severity: found.severity ?? rule.severity, found });
  return result ?? NOTHING;
}

// Kept by group: to look at a block again costs less than to keep that nothing was wrong with it.
const ofBlock = (block: Block) => collect(blockRules, rule => rule.run(block) as readonly FoundAt[]);
const ofGroup = memo((group: Group): readonly Coded[] => {
  let result: Coded[] | null = null;
  group.blocks.forEach((block, index) => { for (const coded of ofBlock(block)) (result ??= []).push({ ...coded, found: { ...coded.found, group: 0, index } }); });
  return result ?? NOTHING;
});
const ofRun = memo((grammar: Grammar) => memo((run: Run) => collect(groupRules, rule => rule.run(run, grammar))));

/** What is found in a group by looking at it and at what its lists hang together with; in the order of the text. */
export function findingsOfGroup(document: Document, g: number): readonly Finding[] {
  const { run, start } = stretchAt(document.groups, g);
  const inGroup = ofGroup(document.groups[g]!), inRun = ofRun(document.grammar)(run);
  if (!inGroup.length && !inRun.length) return NOTHING;
  const places = [...document.blocksOf(g)], here = inRun.filter(({ found }) => start + found.group === g);
  return sorted([...inGroup.map(coded => finding(document, g, coded, places[coded.found.index]!)), ...here.map(coded => finding(document, start, coded, places[coded.found.index]!))]);
}

/** What is found by looking at the whole document; in the order of the text. */
export const documentFindings = memo((document: Document): readonly Finding[] =>
  sorted(document.groups.length ? collect(documentRules, rule => rule.run(document)).map(coded => finding(document, 0, coded, placedAt(document, coded.found.group, coded.found.index))) : []));

/** All that is found in a document, in the order of the text. */
export function findings(document: Document): readonly Finding[] {
  const found: Finding[] = [...documentFindings(document)];
  for (let g = 0; g < document.groups.length; g++) for (const finding of findingsOfGroup(document, g)) found.push(finding);
  return sorted(found);
}

/** A finding at its place; its groups count from `start`. */
function finding(document: Document, start: number, { code, severity, found }: Coded, placed: Placed): Finding {
  return {
    code, severity, message: found.message, start: found.start, end: found.end, fixes: found.fixes ?? NOTHING, placed,
    related: (found.related ?? NOTHING).map(({ group, index, ...related }) => ({ ...related, placed: placedAt(document, start + group, index) })),
  };
}

const sorted = (list: Finding[]): readonly Finding[] => list.sort((a, b) => a.placed.start + a.start - b.placed.start - b.start);
