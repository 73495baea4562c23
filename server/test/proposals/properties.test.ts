import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decide } from '../../src/changes/decide';
import { applyEdits } from '../../src/markup/edit';
import { viewText } from '../../src/markup/views';
import { consolidate } from '../../src/proposals/consolidate';
import { family, flatUnits, type Family } from '../../src/proposals/family';
import { parse } from '../features/cursor';
import { parameters } from '../soup';
import { families, type Generated } from './families';

const familyOf = ({ proposals }: Pick<Generated, 'proposals'>): Family => family(proposals.map(text => ({ name: `${/sponsor: (.*)/.exec(text)?.[1]}.resolution`, document: parse(text) })))!;
/** What the paragraphs of a clean text say: without labels and brackets, and without the sign at their end. */
const said = (text: string): string[] => flatUnits(parse(text)).map(({ body }) => body.replace(/[[\]]/g, '').replace(/[;,.]?$/, '')).filter(Boolean);
/** A draft with the changes of one author only, as it reads. */
function only(draft: string, author: string, all: readonly string[]): string {
  let text = draft;
  for (const other of all) if (other !== author) text = applyEdits(text, decide(parse(text), 'reject', { author: other }));
  return viewText(parse(text), 'final');
}

describe('consolidating generated proposals', function () {
  this.timeout(600_000);
  const check = (property: (generated: Generated) => void) => fc.assert(fc.property(families, property), { ...parameters(150), endOnFailure: true });

  it('keeps the text in force as the original view', () => check(generated => {
    const draft = consolidate(familyOf(generated)).text;
    assert.deepEqual(flatUnits(parse(viewText(parse(draft), 'original'))).map(({ text }) => text), flatUnits(parse(generated.base)).map(({ text }) => text));
  }));
  it('gives back each proposal where the others are rejected', () => check(generated => {
    const found = familyOf(generated), draft = consolidate(found).text, authors = found.proposals.map(({ author }) => author);
    generated.proposals.forEach((proposal, i) => assert.deepEqual(said(only(draft, authors[i]!, authors)), said(viewText(parse(proposal), 'final'))));
  }));
  it('does not depend on the order of the proposals', () => check(({ proposals }) => {
    const draft = consolidate(familyOf({ proposals }));
    assert.deepEqual(consolidate(familyOf({ proposals: [...proposals].reverse() })), draft);
  }));
});
