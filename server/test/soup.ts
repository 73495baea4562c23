/** Texts made of the language's own words, for tests of what must hold whatever the text (fast-check arbitraries). */
import fc from 'fast-check';

const WORDS = [
  '---\n', '---', 'language: fr\n', 'sponsor: APT\n', '\n', '\n', '\n\n', '\r\n', '\r', ' ', '    ', '\t', '\u00a0', '\ufeff', 'a)\t', 'b)\t', 'c) ', 'i)\t', 'ii)\t', 'v) ', 'aa)\t', 'abis)\t', 'a)bis\t', '1\t', '2\t', '3 ', '1 ', '1.1\t', '1.2 ', '2bis ',
  '–\t', '- ', '• ', '*a)*\t', 'MOD\tAPT/37A37/1\n', 'ADD ', 'SUP*\t', '_NOC_', '(MOD)\t', 'RESOLUTION 98 (Rev. Geneva, 2022)\n', 'DRAFT NEW RESOLUTION [APT-1]\n', '(Hammamet, 2016)\n',
  'The Plenipotentiary Conference (Dubai, 2018),\n', 'recalling\n', 'resolves\n', 'considering', 'instructs the Director', 'Reasons: ', 'ANNEX 1\n', '(to Resolution 98)\n', 'Annex 2', 'NOTE – ', '[^1]: ', '[^1]', '[^x', '| a | b |\n', '|', '\\|', '\\',
  '# ', '## ', '// keep\n', '{++', '++}', '{--', '--}', '{~~', '~>', '~~}', '{>>', '<<}', '{==', '==}', '{@APT}', '{@APT; EUR 2024-09-22}', '{@', '}', '{++¶++}', '{--¶--}', '¶', '*', '**', '***', 'x', 'that text;', 'end.', 'a list:', 'ж', '考虑到', '😀', '\ud83d', ';', ',',
];

/** A text of the markup's own words in any order. */
export const soup = (maxLength = 60): fc.Arbitrary<string> => fc.array(fc.constantFrom(...WORDS), { maxLength }).map(words => words.join(''));

/** An edit, as shares of the text's length so that it fits every text. */
export const edit = fc.record({ from: fc.double({ min: 0, max: 1, noNaN: true }), size: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.3, noNaN: true })), text: fc.oneof(soup(4), fc.constant('')) });

/** The seed from the environment (to repeat a failure) and the number of runs, `runs` unless RESOLUTE_RUNS says more. */
export function parameters(runs: number): { numRuns: number; seed?: number } {
  const seed = process.env['RESOLUTE_SEED'], more = process.env['RESOLUTE_RUNS'];
  return { numRuns: more ? Number(more) : runs, ...(seed ? { seed: Number(seed) } : {}) };
}
