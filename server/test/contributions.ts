/**
 * Well-formed contributions, for tests of what must hold for every text that a delegate could write (fast-check
 * arbitraries): front matter, proposals, sections, nested lists, tracked changes of several authors, comments,
 * footnotes, tables, annexes. Labels are right in both views. The texts are not in normal form: marks may touch,
 * lines may be wrapped, attributes may repeat the front matter.
 */
import fc from 'fast-check';
import { letterText, romanText } from '../src/markup/labels';

/** Stands for a footnote's label until the labels are given out. */
const FOOTNOTE = '\u0001';
const WORDS = ['telecommunication', 'networks', 'of', 'the', 'Sector', 'study', 'Groups', 'and', 'in', 'connectivity', '2024', 'ITU-T', 'developing', 'countries', 'Recommendation', 'Y.4000', '“smart”', 'cities,', 'to', 'R\u00a0&\u00a0D', '[new]', 'm²', 'à', 'that', 'is', 'a', 'b)'];
const AUTHORS = ['', '', '{@APT}', '{@EUR}', '{@EUR 2024-09-22}', '{@APT; ATU 2024-09-20T10:30Z}', '{@2024-10-01}'];

const words = (min = 1, max = 5): fc.Arbitrary<string> => fc.array(fc.constantFrom(...WORDS), { minLength: min, maxLength: max }).map(list => list.join(' '));
const author = fc.constantFrom(...AUTHORS);
const emphasized = fc.oneof({ weight: 4, arbitrary: words() }, { weight: 1, arbitrary: words(1, 2).map(text => `*${text}*`) }, { weight: 1, arbitrary: words(1, 2).map(text => `**${text}**`) });
const comment = fc.tuple(words(), author).map(([text, by]) => `{>>${text}<<}${by}`);
const insertion = fc.tuple(emphasized, author).map(([text, by]) => `{++${text}++}${by}`);
const deletion = fc.tuple(emphasized, author).map(([text, by]) => `{--${text}--}${by}`);
const replacement = fc.tuple(emphasized, emphasized, author).map(([old, text, by]) => `{~~${old}~>${text}~~}${by}`);
const crossed = fc.tuple(words(), words(), author, author).map(([text, gone, by, other]) => `{++${text} {--${gone}--}${other}++}${by}`);
const mark = fc.oneof(insertion, deletion, replacement, crossed);
const touching = fc.array(mark, { minLength: 2, maxLength: 3 }).map(marks => marks.join(''));
const noted = fc.tuple(words(), comment).map(([text, note]) => `{==${text}==}${note}`);

/** Text of a line that stands in both views: begins with plain words, so that its marks never cover all of it. */
const inline: fc.Arbitrary<string> = fc.tuple(words(2), fc.array(fc.oneof(
  { weight: 6, arbitrary: emphasized }, { weight: 3, arbitrary: mark }, { weight: 1, arbitrary: touching }, { weight: 1, arbitrary: noted },
  { weight: 1, arbitrary: fc.tuple(words(), comment, comment).map(parts => parts.join('')) }, { weight: 1, arbitrary: words().map(text => text + FOOTNOTE) },
), { maxLength: 4 })).map(([start, rest]) => ['the', start, ...rest].join(' '));
/** Text that may stand inside one mark. */
const simple = fc.tuple(words(2), fc.boolean()).map(([text, footnote]) => `that ${text}${footnote ? FOOTNOTE : ''}`);

/** How a clause stands in the two views. */
const status = fc.constantFrom('kept', 'kept', 'kept', 'inserted', 'deleted', 'split', 'joined', 'wrapped', 'two-paragraphs', 'broken');
type Kind = 'letter' | 'number' | 'roman' | 'dash' | 'decimal';
interface Clause { status: string; text: string; more: string; plain: string; by: string; nested: Clause[] }
const clause = (depth: number): fc.Arbitrary<Clause> => fc.record({
  status, text: inline, more: words(2), plain: simple, by: author,
  nested: depth > 1 ? fc.constant<Clause[]>([]) : fc.oneof({ weight: 3, arbitrary: fc.constant<Clause[]>([]) }, { weight: 1, arbitrary: fc.array(clause(depth + 1), { minLength: 1, maxLength: 3 }) }),
});
const BELOW: Record<Kind, Kind> = { letter: 'roman', number: 'letter', roman: 'dash', dash: 'dash', decimal: 'letter' };

const labelOf = (kind: Kind, n: number): string => {
  switch (kind) {
    case 'letter': return `${letterText(n)})`;
    case 'roman': return `${romanText(n)})`;
    case 'number': return String(n);
    case 'decimal': return `1.${n}`;
    case 'dash': return '–';
  }
};

/**
 * The lines of a list: counts the labels of each view and writes both where they differ. What stands below an
 * inserted or a deleted clause is inserted or deleted too.
 */
function lines(clauses: readonly Clause[], kind: Kind, level: number, within?: 'inserted' | 'deleted'): string[] {
  const indent = '    '.repeat(level), further = `${indent}    `;
  let original = 0, final = 0;
  const both = (): string => {
    const old = labelOf(kind, ++original), now = labelOf(kind, ++final);
    return old === now ? now : `{~~${old}~>${now}~~}`;
  };
  return clauses.flatMap(({ status: how, text, more, plain, by, nested }, i) => {
    const stop = nested.length ? ':' : i === clauses.length - 1 ? '.' : ';';
    const here = within ?? how;
    const own = ((): string[] => {
      switch (here) {
        case 'inserted': return [`{++${labelOf(kind, ++final)}\t${plain}${stop}++}${by}`];
        case 'deleted': return [`{--${labelOf(kind, ++original)}\t${plain}${stop}--}${by}`];
        case 'split': { const label = both(); return [`${label}\t${text},{++¶++}${by}`, `{++${labelOf(kind, ++final)}\t++}${by}and ${more}${stop}`]; }
        case 'joined': { const label = both(); return [`${label}\t${text}{--¶--}${by}`, `{--${labelOf(kind, ++original)}\t--}${by} and ${more}${stop}`]; }
        case 'wrapped': return [`${both()}\t${text}`, `${further}and ${more}${stop}`];
        case 'two-paragraphs': return [`${both()}\t${text};`, '', `${further}and ${more}${stop}`];
        case 'broken': return [`${both()}\t${text}\\`, `${further}and ${more}${stop}`];
        default: return [`${both()}\t${text}${stop}`];
      }
    })();
    return [...own.map((line, k) => line && !(k > 0 && line.startsWith(further)) ? indent + line : line), ...lines(nested, BELOW[kind], level + 1, here === 'inserted' || here === 'deleted' ? here : undefined)];
  });
}

const list = (kinds: readonly Kind[]): fc.Arbitrary<string[]> =>
  fc.tuple(fc.constantFrom(...kinds), fc.array(clause(0), { minLength: 1, maxLength: 4 })).map(([kind, clauses]) => lines(clauses, kind, 0));
const section = (phrases: readonly string[], kinds: readonly Kind[]): fc.Arbitrary<string[]> => fc.tuple(fc.constantFrom(...phrases), fc.oneof(
  { weight: 4, arbitrary: list(kinds) }, { weight: 1, arbitrary: inline.map(text => [`${text},`]) })).map(([phrase, body]) => ['', phrase, ...body]);
const preamble = section(['recalling', 'considering', 'recognizing', 'noting', 'taking into account'], ['letter']);
const operative = section(['resolves', 'resolves to instruct the Director', 'instructs the Director of the Bureau', 'invites Member States'], ['number', 'number', 'decimal', 'dash']);
const table = fc.tuple(fc.array(fc.tuple(inline, words()), { minLength: 1, maxLength: 2 }), words(), words()).map(([rows, left, right]) =>
  [`| ${left} | ${right} |`, '| --- | --- |', ...rows.map(([a, b]) => `| ${a.replaceAll(FOOTNOTE, '')} | ${b} |`)]);
const annex = fc.tuple(fc.nat({ max: 1 }), inline, table, fc.boolean()).map(([n, text, rows, noteToo]) =>
  ['', `ANNEX ${n + 1}`, '(to Resolution 98 (Rev. New Delhi, 2024))', 'Guidance for the work', '', '## 1\tScope', `${text}.`, ...rows, ...(noteToo ? ['NOTE – The rows are in any order.'] : [])]);

const instrument = (n: number): fc.Arbitrary<string[]> => fc.tuple(
  fc.constantFrom('RESOLUTION 98 (Rev. {~~Geneva, 2022~>New Delhi, 2024~~})', 'RESOLUTION 2 (Rev. New Delhi, 2024)', 'DRAFT NEW RESOLUTION [APT-1] (New Delhi, 2024)'),
  fc.array(preamble, { minLength: 1, maxLength: 2 }), fc.array(operative, { minLength: 1, maxLength: 2 }), fc.option(annex, { nil: [] }), fc.array(simple, { minLength: 12, maxLength: 12 }), fc.boolean(),
).map(([number, before, after, behind, notes, backwards]) => {
  const body = [number, 'Enhancing the work on {++sustainable ++}networks', '(Hammamet, 2016; Geneva, 2022{++; New Delhi, 2024++})',
    'The World Telecommunication Standardization Assembly (New Delhi, 2024),', ...before.flat(), ...after.flat(), ...behind].join('\n');
  return withFootnotes(body, 100 * (n - 1), notes.map(note => note.replaceAll(FOOTNOTE, '')), backwards).split('\n');
});

/** Gives out footnote labels above `offset`, in order or the other way round, and puts the footnotes behind. */
function withFootnotes(body: string, offset: number, texts: readonly string[], backwards: boolean): string {
  const count = body.split(FOOTNOTE).length - 1;
  let n = 0;
  const label = (k: number) => `[^${offset + (backwards ? count - k : k + 1)}]`;
  const labelled = body.replaceAll(FOOTNOTE, () => label(n++));
  return [labelled, ...Array.from({ length: count }, (_, k) => `${label(k)}: These include ${texts[k % texts.length]}.`)].join('\n');
}

const proposal = (n: number): fc.Arbitrary<string[]> => fc.tuple(fc.constantFrom('MOD', 'ADD', '(MOD)', 'SUP*'), instrument(n), fc.option(inline)).map(([symbol, text, why]) =>
  ['', `${symbol}\tAPT/37A37/${n}`, ...text, ...(why ? ['', `Reasons: ${why.replaceAll(FOOTNOTE, '')}.`] : [])]);
const introduction = fc.tuple(inline, fc.boolean()).map(([text, noteToo]) =>
  ['# Introduction', `${text.replaceAll(FOOTNOTE, '')}.`, ...(noteToo ? ['// ask the secretariat'] : []), '', '# Proposal']);
const front = fc.constantFrom([], ['---', 'meeting: WTSA-24', 'sponsor: APT', 'date: 2024-09-22', '---'], ['---', 'source: Member Administrations of a region', 'sponsor: EUR', '---']);

/** A contribution with one or two proposals, of 1 to some 10 KB. Lines end in LF. */
export const contribution: fc.Arbitrary<string> = fc.tuple(front, fc.option(introduction, { nil: [] }), fc.oneof(proposal(1), fc.tuple(proposal(1), proposal(2)).map(both => both.flat()), instrument(1)))
  .map(parts => `${parts.flat().join('\n')}\n`);
