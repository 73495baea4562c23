import { proposed } from '../changes/status';
import { emit, json, JSON_OUTPUT, only, OUTPUT, read, table, type Command } from './command';

export const changes: Command = {
  name: 'changes',
  usage: 'FILE [--json] [-o FILE]',
  about: 'Print what is proposed, block by block; what is left untouched in the JSON only. What moved is one entry, with where it stood.',
  options: { ...JSON_OUTPUT, ...OUTPUT },
  async run(files, options) {
    const { document, file } = await read(only(files));
    const rows = proposed(document).map(({ kind, address, placed, status, authors, insertions, deletions, from }) =>
      ({ kind, address, line: placed.line + 1, status, authors, insertions, deletions, ...(from && { from: { address: from.address, line: from.placed.line + 1 } }) }));
    await emit(options.json ? json(rows) : table(rows.filter(({ status }) => status !== 'NOC')
      .map(({ address, line, status, authors, insertions, deletions, from }) => [`${file}:${line}`, status, `+${insertions} −${deletions}`, authors.join('; '), from ? `${address} (was ${from.address}, line ${from.line})` : address])), options);
    return 0;
  },
};
