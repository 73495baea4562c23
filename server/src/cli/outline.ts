import { outline as structure, type OutlineNode } from '../contribution/outline';
import { shorten } from '../markup/text';
import { emit, json, JSON_OUTPUT, only, OUTPUT, read, table, type Command } from './command';

export const outline: Command = {
  name: 'outline',
  usage: 'FILE [--json] [-o FILE]',
  about: 'Print the structure of a text: proposals, sections, clauses.',
  options: { ...JSON_OUTPUT, ...OUTPUT },
  async run(files, options) {
    const { document, file } = await read(only(files));
    const nodes = structure(document);
    await emit(options.json ? json(nodes.map(fromOne)) : table(rows(nodes, file, '')), options);
    return 0;
  },
};

/** The same structure with lines from 1. */
const fromOne = ({ kind, name, original, final, line, children }: OutlineNode): object =>
  ({ kind, name, original, final, line: line + 1, children: children.map(fromOne) });

const rows = (nodes: readonly OutlineNode[], file: string, indent: string): string[][] => nodes.flatMap(node => [
  [`${file}:${node.line + 1}`, node.kind, indent + [labels(node), shorten(node.name.replaceAll('\t', ' '), 80)].filter(Boolean).join(' ')], ...rows(node.children, file, `${indent}  `)]);

/** A clause's label; both where it has one in each view and they differ. */
function labels({ original, final }: OutlineNode): string {
  if (final === null) return `${original ?? ''} (deleted)`.trimStart();
  return original && original !== final ? `${original} → ${final}` : final;
}
