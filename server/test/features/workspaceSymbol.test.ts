import assert from 'node:assert/strict';
import { symbolsOf, wordsOf } from '../../src/features/workspaceSymbol';
import { parse } from './cursor';

const document = parse('RESOLUTION 98 (Geneva, 2022)\nEnhancing the Internet of things\n\nrecalling\na)\tthe work of Study Group 20;\nb)\tthe {--old --}{++new ++}handbook,\n');
const found = (query: string) => document.groups.flatMap((_, g) => symbolsOf(document, g, wordsOf(query), 'file:///x')).map(symbol => [symbol.name, symbol.containerName, 'range' in symbol.location && symbol.location.range.start.line]);

describe('symbols of the workspace', () => {
  it('are found by the beginnings of their words, in any order', () => {
    assert.deepEqual(found('group study'), [['a) the work of Study Group 20;', 'recalling', 4]]);
    assert.deepEqual(found('internet enh'), [['Enhancing the Internet of things', 'RESOLUTION 98 (Geneva, 2022)', 1]]);
    assert.deepEqual(found('RESOLUTION 98'), [['RESOLUTION 98 (Geneva, 2022)', undefined, 0]]);
  });
  it('read as in the final view', () => {
    assert.deepEqual(found('new handbook'), [['b) the new handbook,', 'recalling', 5]]);
    assert.deepEqual(found('old handbook'), []);
  });
  it('are all there for an empty query', () => assert.equal(found('').length, 5));
});
