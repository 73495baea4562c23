import { update } from '../proposals/update';
import { consolidate as consolidated, type Draft } from '../proposals/consolidate';
import { emit, Failure, json, JSON_OUTPUT, OUTPUT, read, type Command } from './command';
import { said } from './rewrite';
import { BASE, familyOf } from './sideBySide';

export const consolidate: Command = {
  name: 'consolidate',
  usage: 'FILE… [--base FILE] [--update DRAFT --was FILE --was FILE…] [--strict] [--json] [-o FILE]',
  about: 'Make one draft of several proposals to change the same text, every change with its author, and say what is left to decide.',
  options: {
    ...BASE,
    update: { type: 'string', about: '--update DRAFT: bring a draft up to date; the decisions taken in it stay. Goes with --was' },
    was: { type: 'string', multiple: true, about: '--was FILE: a proposal as it was when the draft was made; one --was for each, revised since or not' },
    strict: { type: 'boolean', about: '--strict: exit with 1 where something is left to decide' },
    ...JSON_OUTPUT, ...OUTPUT,
  },
  async run(files, options) {
    const found = await familyOf(files, said(options, 'base')), draft = said(options, 'update');
    let result: Draft = consolidated(found);
    if (draft !== undefined) {
      const was = (Array.isArray(options.was) ? options.was : []).filter(name => typeof name === 'string');
      if (!was.length) throw new Failure('--was is missing: the proposals as they were when the draft was made');
      result = update((await read(draft)).document, consolidated(await familyOf(was, said(options, 'base'))), result);
    }
    const { text, review } = result;
    if (options.json) await emit(json({ text, review: review.map(({ kind, line, message, authors }) => ({ kind, line: line + 1 || null, message, authors })) }), options);
    else {
      await emit(text, options);
      const where = said(options, 'output') ?? 'draft';
      for (const { line, message } of review) process.stderr.write(`${line < 0 ? '' : `${where}:${line + 1}  `}${message}\n`);
    }
    return options.strict && review.length ? 1 : 0;
  },
};
