import type { Group } from '../markup/document';
import { memo } from '../markup/memo';
import { quotations } from '../contribution/abbreviations';
import { prose } from '../contribution/prose';
import type { Run } from '../contribution/runs';
import { beginsSentence, termsIn, type Written } from '../contribution/terms';
import { headKind } from '../contribution/scopes';
import { catalogue, type Definition } from '../knowledge/catalogue';
import { rewording, span } from './rewording';
import type { Found, FoundAt, Rule } from './types';

/** One term written in two ways in one text: `Internet of things` and `Internet of Things`. */
export const termVariant: Rule = { code: 'term-variant', severity: 'hint', looksAt: 'text', run: run => variants(run) };

const variants = memo((run: Run): readonly FoundAt[] => {
  const byTerm = new Map<string, Map<string, { group: number; index: number; written: Written }[]>>();
  run.forEach((group, g) => {
    if (headKind(group) !== 'reasons') for (const { index, written, form } of formsIn(group)) {
      const forms = byTerm.get(written.term.name) ?? byTerm.set(written.term.name, new Map()).get(written.term.name)!, same = forms.get(form);
      if (same) same.push({ group: g, index, written }); else forms.set(form, [{ group: g, index, written }]);
    }
  });
  return [...byTerm].flatMap(([name, forms]) => {
    if (forms.size < 2) return [];
    // What the catalogue has, or else what the text has most often.
    const usual = [...forms].sort(([a, x], [b, y]) => Number(b === formOf(name)) - Number(a === formOf(name)) || y.length - x.length)[0]!;
    return [...forms].filter(([form]) => form !== usual[0]).flatMap(([, places]) => places.map(({ group, index, written: { at, prose: words, text } }): FoundAt => {
      const [example] = usual[1], meant = like(text, example!.written.text);
      return {
        group, index, ...span(words, at.start, at.end), message: `“${text}” is written “${example!.written.text}” elsewhere in this text.`,
        related: [{ group: example!.group, index: example!.index, ...span(example!.written.prose, example!.written.at.start, example!.written.at.end), message: `“${example!.written.text}”.` }],
        fixes: rewording(`Write “${meant}”`, run[group]!.blocks[index]!, words, at.start, at.end, meant),
      };
    }));
  });
});

/** The terms of a group and how they are written, names left out. */
const formsIn = memo((group: Group) => group.blocks.flatMap((block, index) => termsIn(block)
  .map(written => ({ index, written, form: formOf(written.term.name, written) })).filter(({ written, form }) => !isName(written, form))));

/** How a term is written, whether in the singular or the plural, at the start of a sentence or within. */
function formOf(name: string, written?: Written): string {
  const text = (written?.text ?? name).replace(/\u00a0/g, ' ').replace(/ies$/, 'y').replace(/s$/, '');
  const begins = written && beginsSentence(written.prose.text, written.at.start);
  return begins ? name[0]! + text.slice(1) : text;
}

/** In capitals where the term has none, it is a name: that of one Joint Coordination Activity, of one Focus Group. */
const isName = ({ term: { name }, text }: Written, form: string): boolean => /^\p{Ll}/u.test(name) && /^\p{Lu}/u.test(text) && form[0] !== name[0];

/** The usual form, in the number that is written: its last word keeps its ending. */
function like(written: string, usual: string): string {
  const plural = /s$/.test(written), is = /s$/.test(usual);
  if (plural === is) return usual;
  return plural ? usual.replace(/y$/, 'ie') + 's' : usual.replace(/ies$/, 'y').replace(/s$/, '');
}

/** Words in quotation marks that are nearly, but not quite, a definition of the catalogue. */
export const quotedDefinition: Rule = {
  code: 'quoted-definition', severity: 'information', looksAt: 'block',
  run: block => {
    const reading = block.final;
    if (!reading || reading.kind === 'front-matter' || !/[“"«]/.test(block.source)) return [];
    const words = prose(block, 'final', reading.textStart), found: Found[] = [];
    for (const { start, end } of quotations(words.text)) {
      const quoted = words.text.slice(start + 1, end);
      if (quoted.length < SHORTEST) continue;
      const definition = closest(quoted);
      if (!definition || plain(definition.definition) === plain(quoted)) continue;
      // The sentence goes on behind the quotation: its full stop is not the definition's.
      const text = definition.definition.replace(/\.$/, ''), own = /^\p{Ll}/u.test(quoted) ? text[0]!.toLowerCase() + text.slice(1) : text;
      found.push({
        ...span(words, start + 1, end), message: `This differs from the definition of “${definition.term}” in ${definition.where}: “${definition.definition}”`,
        fixes: rewording('Take the words of the definition', block, words, start + 1, end, own),
      });
    }
    return found;
  },
};

/** Shorter quotations are names. */
const SHORTEST = 60;
/** So much of the words have to be shared for a quotation to be meant as that definition. */
const MEANT = 0.8;

const plain = (text: string): string => (text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []).join(' ');

function closest(quoted: string): Definition | null {
  const have = new Set(plain(quoted).split(' '));
  let best: Definition | null = null, most = MEANT;
  for (const definition of catalogue().definitions) {
    if (definition.verbatim === false) continue;
    const wanted = new Set(plain(definition.definition).split(' ')), shared = [...wanted].filter(word => have.has(word)).length / Math.max(wanted.size, have.size);
    if (shared > most) { best = definition; most = shared; }
  }
  return best;
}
