/** Families of proposals for tests: a text in force, and independent edits of it made into tracked texts. */
import fc from 'fast-check';
import { compare } from '../../src/changes/compare';
import { viewText } from '../../src/markup/views';
import { contribution } from '../contributions';
import { parse } from '../features/cursor';

export interface Generated { readonly base: string; readonly proposals: readonly string[] }

const NAMES = ['APT', 'ARB', 'ATU', 'EUR', 'IAP'];
const NEW = ['that security matters to all networks', 'that security matters to all of the networks', 'the importance of privacy', 'to report every year', 'that libraries are open to everybody'];
const edit = fc.record({
  what: fc.constantFrom('word', 'word', 'word', 'insert', 'insert', 'delete', 'move', 'append', 'section'),
  at: fc.nat(400), to: fc.nat(400), word: fc.constantFrom('sustainable', 'secure', 'open', 'inclusive', 'and SC&C'), clause: fc.constantFrom(...NEW),
});

/** The lines of a text that an edit may take: not those that give the text its shape. */
const FIXED = /^(?:$|---|#|\||MOD|ADD|SUP|\(MOD\)|RESOLUTION|DRAFT|The World|ANNEX|\(to Res|\(Hamm|\[\^|Reasons|NOTE|[ \t]|\\|(?:recalling|considering|recognizing|noting|taking into account|resolves|instructs|invites)\b(?!.*[;,.]$))/;

/** Whether more of the same clause, or clauses below it, stand in the lines behind. */
const goesOn = (lines: readonly string[], i: number): boolean => /^[ \t]/.test(lines.slice(i + 1).find(Boolean) ?? '');

function edited(text: string, edits: readonly { what: string; at: number; to: number; word: string; clause: string }[]): string {
  const lines = text.split('\n');
  for (const { what, at, to, word, clause } of edits) {
    const free = lines.flatMap((line, i) => FIXED.test(line) ? [] : [i]), i = free[at % free.length];
    if (i === undefined) continue;
    const line = lines[i]!, marker = /^(?:[a-z]+\)|\d[\d.]*|–)\t/.exec(line)?.[0] ?? '';
    switch (what) {
      case 'word': {
        const words = line.slice(marker.length).split(' '), k = to % words.length;
        if (/[*\\[\]{}]/.test(words[k]!)) break;
        words[k] = at % 3 ? `${words[k]} ${word}` : word;
        lines[i] = marker + words.join(' ');
        break;
      }
      case 'insert': lines.splice(i, 0, `${marker}${clause} ${word};`); break;
      case 'append': if (!goesOn(lines, i)) lines[i] = `${line} ${word}`; break;
      case 'delete': if (!goesOn(lines, i)) lines.splice(i, 1); break;
      case 'move': if (!goesOn(lines, i)) { const target = free[to % free.length]!, [moved] = lines.splice(i, 1);
        lines.splice(target > i ? target - 1 : target, 0, moved!);
      } break;
      case 'section': lines.splice(i, 0, 'emphasizing', `a)\t${clause}.`); break;
    }
  }
  return lines.join('\n');
}

/** A base without front matter, and two to five proposals with their marks. */
export const families: fc.Arbitrary<Generated> = fc.tuple(contribution, fc.array(fc.array(edit, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 5 })).map(([text, all]) => {
  const whole = viewText(parse(text), 'original').replace(/^---\n[^]*?\n---\n/, ''), start = whole.search(/^(?:RESOLUTION|DRAFT)/m);
  const end = whole.slice(start).search(/\n(?:Reasons|(?:MOD|ADD|\(MOD\)|SUP\*)\t)/), base = end < 0 ? whole.slice(start) : whole.slice(start, start + end + 1);
  return { base, proposals: all.map((edits, i) => `---\nsponsor: ${NAMES[i]}\n---\n${compare(parse(base), parse(edited(base, edits)))}`) };
});
