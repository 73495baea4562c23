import assert from 'node:assert/strict';
import { complete } from '../../src/features/completion';
import { wordPlaces } from '../../src/features/glossary';
import { explain } from '../../src/features/hover';
import { aboutKnown } from '../../src/features/known';
import { placeAt } from '../../src/features/place';
import { renamable, renameWord } from '../../src/features/renameWords';
import { applyEdits } from '../../src/markup/edit';
import { cursor } from './cursor';

const HEAD = 'RESOLUTION 98 (Rev. New Delhi, 2024)\nThings\nThe World Telecommunication Standardization Assembly (New Delhi, 2024),\n\nrecalling\n';

const offered = (words: string): string[] => {
  const { document, offset } = cursor(`${HEAD}a)\t${words}\n`);
  return complete(document, offset, false)?.items.map(({ label }) => label) ?? [];
};
/** The clause after the first offer is taken. */
function taken(words: string, before = ''): string {
  const { text, document, offset } = cursor(`${HEAD}${before}b)\t${words}\n`), offers = complete(document, offset, false);
  assert.ok(offers?.items.length, `nothing is offered for ${words}`);
  return applyEdits(text, [{ start: offers.start, end: offers.end, text: offers.items[0]!.text }]).slice(HEAD.length + before.length + 3, -1);
}
/** What is shown at the cursor in a clause. */
async function shown(words: string, before = ''): Promise<string | null> {
  const { document, offset } = cursor(`${HEAD}${before}b)\t${words}\n`);
  return (await explain(document, offset, () => Promise.resolve(null)))?.markdown ?? null;
}

describe('completion of what is known', () => {
  it('writes a Recommendation as the text does', () => {
    assert.equal(taken('Recommendation Y.49|'), 'Recommendation ITU-T Y.4900');
    assert.equal(taken('Recommendation ITU-T Y.49|, on'), 'Recommendation ITU-T Y.4900, on');
    assert.equal(taken('Recommendation Y.49|', 'a)\tRecommendation ITU‑T Y.4000/Y.2060;\n'), 'Recommendation ITU‑T Y.4900/L.1600');
  });
  it('knows second and former numbers', () => {
    assert.equal(taken('Recommendation L.160|'), 'Recommendation ITU-T Y.4900');
    assert.equal(taken('Recommendation Y.206|'), 'Recommendation ITU-T Y.4000');
  });
  it('finds a Recommendation by words of its title', () => assert.equal(taken('Recommendation overview of key perf|'), 'Recommendation ITU-T Y.4900'));
  it('puts what the text cites already first', () => assert.equal(taken('Recommendation Y.4|', 'a)\tRecommendation ITU-T Y.4903;\n'), 'Recommendation ITU-T Y.4903'));
  it('cites a resolution with its newest revision and its title', () => {
    assert.equal(taken('Resolution 197|'), 'Resolution 197 (Rev. Bucharest, 2022) of the Plenipotentiary Conference, on facilitating the Internet of things and smart sustainable cities and communities');
    assert.equal(taken('Resolution ITU-R 66|'), 'Resolution ITU-R 66-2 (Rev. Dubai, 2023) of the Radiocommunication Assembly, on studies related to wireless systems and applications for the development of the Internet of Things');
    assert.equal(taken('Resolution 2| of this assembly'), 'Resolution 2 (Rev. New Delhi, 2024) of this assembly');
    assert.equal(taken('Resolution metaverse|'), 'Resolution 105 (New Delhi, 2024) of this assembly, on promoting and strengthening metaverse standardization');
  });
  it('offers terms, spelled out with their abbreviation where they come first', () => {
    assert.equal(taken('the internet of th|'), 'the Internet of things (IoT)');
    assert.equal(taken('the internet of th|', 'a)\tthe Internet of things (IoT);\n'), 'the Internet of things');
    assert.equal(taken('the digital tw|'), 'the digital twin');
  });
  it('offers the abbreviations of the text, then others', () => {
    assert.equal(taken('the WI|', 'a)\tthe widget index count (WIC);\n'), 'the WIC');
    assert.ok(offered('the WT|').includes('WTSA'));
  });
  it('offers bodies and study groups', () => assert.ok(offered('the World Tele|').includes('World Telecommunication Development Conference') && offered('ITU-T Study Group 2|').includes('ITU-T Study Group 20')));
  it('is silent behind other words, and where nobody asks', () => {
    assert.deepEqual(offered('that nothing of the sort|'), []);
    assert.deepEqual(offered('to act in |'), []);
    const { document, offset } = cursor(`${HEAD}a)\tthe Internet |\n`);
    assert.equal(complete(document, offset, true), null);
  });
});

describe('hover over what is known', () => {
  for (const [term, words, clause] of [
    ['device', 'all dev|ices', '3.2.1'], ['Internet of things', 'the Inter|net of Things', '3.2.2'], ['thing', 'any thi|ng', '3.2.3'],
  ] as const) it(`explains ${term} by Recommendation Y.4000`, async () => {
    const text = await shown(words);
    assert.ok(text?.startsWith(`**${term}**`) && text.includes(`Recommendation ITU-T Y.4000/Y.2060 (06/2012), clause ${clause}`), text ?? 'nothing');
  });
  it('explains a smart sustainable city by Recommendation Y.4900', async () => assert.match((await shown('Smart sustainable ci|ties'))!, /^\*\*smart sustainable city\*\* \(SSC\)[^]*Recommendation ITU-T Y\.4900\/L\.1600/));
  it('shows several definitions side by side', async () => assert.equal((await shown('two gate|ways'))!.split('**gateway**').length, 3));
  it('says which revision is cited', async () => assert.match((await shown('Resolution 197 (Rev. Du|bai, 2018) of the Plenipotentiary Conference'))!, /- \*\*197 \(Rev\. Dubai, 2018\)\*\*, cited here\n- 197 \(Rev\. Bucharest, 2022\)/));
  it('says what a Recommendation was called before', async () => assert.match((await shown('Recommendation ITU-T Y.20|60'))!, /Y\.4000\/Y\.2060\*\*[^]*Formerly Y\.2060\./));
  it('says where a text spells an abbreviation out', async () => assert.match((await shown('the W|C', 'a)\tthe widget count (WC);\n'))!, /^\*\*WC\*\* – widget count {2}\nSpelled out in \*\*recalling a\)\*\*/));
  it('explains bodies', async () => assert.match((await shown('of WT|SA'))!, /World Telecommunication Standardization Assembly/));
  it('says nothing of other words', async () => assert.equal(await shown('that not|hing is known'), null));
  it('has a page for everything it names', () => {
    for (const known of ['recommendation Y.4000', 'resolution PP Resolution 197', 'term device', 'abbreviation WTSA'] as const) assert.ok(aboutKnown(known).length > 20, known);
    assert.equal(aboutKnown('term no such term'), '');
  });
});

describe('renaming words', () => {
  function renamed(marked: string, name: string): { text: string; left: string[] } {
    const { text, document, offset } = cursor(HEAD + marked), place = placeAt(document, offset)!, word = renamable(place);
    assert.ok(word, 'there is nothing to rename');
    const { edits, left } = renameWord(place, word, name);
    return { text: applyEdits(text, edits).slice(HEAD.length), left: left.map(one => one.text) };
  }
  it('goes through a text, plurals too', () => assert.deepEqual(renamed('a)\tthe count of widgets (CW|);\nb)\tCWs and CW-like, not CWX;\n', 'KW'),
    { text: 'a)\tthe count of widgets (KW);\nb)\tKWs and KW-like, not KWX;\n'.replace('KWX', 'CWX'), left: [] }));
  it('leaves quotations, titles and names alone', () => assert.deepEqual(renamed('a)\tdigital tw|ins;\nb)\t“digital twins”, Resolution 98 (Rev. New Delhi, 2024) of this assembly, on digital twins;\nc)\tDigital twins\n', 'virtual double'),
    { text: 'a)\tvirtual doubles;\nb)\t“digital twins”, Resolution 98 (Rev. New Delhi, 2024) of this assembly, on digital twins;\nc)\tVirtual doubles\n', left: ['digital twins', 'digital twins'] }));
  it('tracks where the text is tracked, and not within what is new', () => assert.equal(renamed('a)\tdigital tw|ins {++and one digital twin++};\n', 'virtual entity').text,
    'a)\t{~~digital twins~>virtual entities~~} {++and one virtual entity++};\n'));
  it('stays within its text', () => assert.match(renamed('a)\tdigital tw|ins;\n\n# Other\nDigital twins.\n', 'double').text, /Digital twins\.\n$/));
});

describe('places of a word', () => {
  it('are where it is spelled out, and where it is used', () => {
    const { document, offset } = cursor(`${HEAD}a)\tthe widget count (WC);\nb)\tthe W|C and {--that WC--};\n`), { definitions, references } = wordPlaces(placeAt(document, offset)!)!;
    assert.deepEqual([definitions, references].map(list => list.map(({ start, end }) => document.slice(start, end))), [['WC'], ['WC', 'WC']]);
  });
});
