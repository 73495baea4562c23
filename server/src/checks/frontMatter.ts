import { frontMatter as read } from '../markup/frontMatter';
import type { Document } from '../markup/document';
import type { Edit } from '../markup/edit';
import { nextLine } from '../markup/lines';
import type { FoundAt, Rule } from './types';

const of = (code: 'yaml' | 'unknown-key' | 'wrong-value') => (document: Document): FoundAt[] =>
  read(document).problems.filter(problem => problem.code === code).map(({ message, start, end }) => ({ group: 0, index: 0, start, end, message }));

/** Front matter that is not YAML. */
export const frontMatterYaml: Rule = { code: 'front-matter-yaml', severity: 'error', looksAt: 'document', run: of('yaml') };
/** A key that nothing uses. */
export const frontMatterKey: Rule = { code: 'front-matter-key', severity: 'hint', looksAt: 'document', run: of('unknown-key') };
/** A value that its key cannot have. */
export const frontMatterValue: Rule = { code: 'front-matter-value', severity: 'warning', looksAt: 'document', run: of('wrong-value') };

/** `---` on line 1 and no second one. */
export const unclosedFrontMatter: Rule = {
  code: 'unclosed-front-matter', severity: 'error', looksAt: 'document',
  run: document => document.unclosedFrontMatter ? [{
    group: 0, index: 0, start: 0, end: 3,
    message: 'Front matter begins here and does not end: a second line of three hyphens is missing. Until then, these lines are read as text.',
    fixes: [{ title: 'End the front matter', preferred: true, edits: closing }],
  }] : [],
};

/** Ends the front matter behind the last line that still looks like `key: value`, a list or what is indented below. */
function closing({ text }: Document): readonly Edit[] {
  let at = nextLine(text, 0);
  while (at < text.length && /^(?:[A-Za-z-]+:|[ \t]+\S|- )/.test(text.slice(at, at + 80))) at = nextLine(text, at);
  return [{ start: at, end: at, text: !/[\r\n]$/.test(text) ? '\n---\n' : '---\n' }];
}
