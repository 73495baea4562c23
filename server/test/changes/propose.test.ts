import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { grammarOf } from '../../src/knowledge/grammar';
import { Document } from '../../src/markup/document';
import { viewText } from '../../src/markup/views';
import { propose } from '../../src/changes/propose';

const parse = (text: string) => Document.parse(text, grammarOf);
const TO = { meeting: 'WTSA-24', place: 'New Delhi', year: '2024', source: 'Member Administrations: a region', sponsor: 'APT' };
const FRONT = '---\nmeeting: WTSA-24\nplace: New Delhi\nsource: "Member Administrations: a region"\nsponsor: APT\n---\n';
const proposed = (text: string) => propose(parse(text), TO)?.replace(FRONT, '');

describe('propose', () => {
  it('a text that was revised before', () => assert.equal(
    proposed('RESOLUTION 98 (Rev. Geneva, 2022)\nOn things\n(Hammamet, 2016; Geneva, 2022)\nThe World Telecommunication Standardization Assembly (Geneva, 2022),\nrecalling\na)\tResolution 1 (Geneva, 2022),\n\nANNEX (to Resolution 98 (Rev. Geneva, 2022))\n'),
    'MOD\nRESOLUTION 98 (Rev. {~~Geneva, 2022~>New Delhi, 2024~~})\nOn things\n(Hammamet, 2016; Geneva, 2022{++; New Delhi, 2024++})\nThe World Telecommunication Standardization Assembly ({~~Geneva, 2022~>New Delhi, 2024~~}),\nrecalling\na)\tResolution 1 (Geneva, 2022),\n\nANNEX (to Resolution 98 (Rev. {~~Geneva, 2022~>New Delhi, 2024~~}))\n'));
  it('a text that was never revised and has no history', () => assert.equal(
    proposed('RESOLUTION 99 (Geneva, 2022)\nOn other things\n\nThe World Telecommunication Standardization Assembly (Geneva, 2022),\n'),
    'MOD\nRESOLUTION 99 ({++Rev. ++}{~~Geneva, 2022~>New Delhi, 2024~~})\nOn other things\n\n{++(Geneva, 2022; New Delhi, 2024)++}\nThe World Telecommunication Standardization Assembly ({~~Geneva, 2022~>New Delhi, 2024~~}),\n'));
  it('a history with a footnote', () => assert.match(proposed('RESOLUTION 1 (Rev. Geneva, 2022)\nRules\n(Hammamet, 2016; Geneva, 2022)[^1]\n[^1]: So it was.\n')!, /\n\(Hammamet, 2016; Geneva, 2022\{\+\+; New Delhi, 2024\+\+\}\)\[\^1\]\n/));
  it('two texts in one file', () => assert.equal(proposed('RESOLUTION 1 (Rev. Geneva, 2022)\nOne\n(Geneva, 2022)\n\nRESOLUTION 2 (Rev. New Delhi, 2024)\nTwo\n'), 'MOD\nRESOLUTION 1 (Rev. {~~Geneva, 2022~>New Delhi, 2024~~})\nOne\n(Geneva, 2022{++; New Delhi, 2024++})\n\nMOD\nRESOLUTION 2 (Rev. New Delhi, 2024)\nTwo\n'));
  it('the language and the path of the text in force', () => assert.match(propose(parse('---\nlanguage: fr\ntitle: x\n---\nRÉSOLUTION 1 (Rév. Genève, 2022)\n'), { ...TO, base: 'base.resolution' })!, /^---\nmeeting: WTSA-24\nplace: New Delhi\nlanguage: fr\nsource: .*\nsponsor: APT\nbase: base.resolution\n---\nMOD\nRÉSOLUTION 1 \(Rév. \{~~Genève, 2022~>New Delhi, 2024~~\}\)\n\{\+\+\(Genève, 2022; New Delhi, 2024\)\+\+\}\n$/));
  it('a text with line ends of Windows', () => assert.equal(propose(parse('RESOLUTION 1 (Rev. Geneva, 2022)\r\nOne\r\n'), TO), `${FRONT}MOD\nRESOLUTION 1 (Rev. {~~Geneva, 2022~>New Delhi, 2024~~})\nOne\n{++(Geneva, 2022; New Delhi, 2024)++}\n`.replaceAll('\n', '\r\n')));
  it('what is no resolution', () => assert.equal(propose(parse('some text\n'), TO), null));
  it('of a real text: the header is marked as the region marked it', function () {
    const corpus = '../shared/corpus/resolutions';
    if (!existsSync(corpus)) { console.log(`      no real texts: ${corpus} is missing`); this.skip(); }
    const base = readFileSync(`${corpus}/res-98-geneva-2022.resolution`, 'utf8'), marked = readFileSync(`${corpus}/apt-37a37.resolution`, 'utf8');
    const lines = propose(parse(base), TO)!.slice(FRONT.length).split('\n'), theirs = marked.slice(marked.search(/^RESOLUTION/m)).split('\n');
    assert.deepEqual([lines[1], lines[3], lines[4]], [theirs[0], theirs[2], theirs[3]]);
    assert.equal(viewText(parse(lines.slice(1).join('\n')), 'original'), base);
  });
});
