/** A reader of Word files for tests, independent of the project's own: what is in a file, and what is wrong with it. */
import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';

export interface Node { name: string; attributes: Record<string, string>; children: (Node | string)[] }

/** The XML parts of a file as trees, by their path; strict about XML. */
export function readParts(docx: Uint8Array): Map<string, Node> {
  return new Map(Object.entries(unzipSync(docx)).filter(([path]) => /\.(?:xml|rels)$/.test(path)).map(([path, bytes]) => [path, parseXml(strFromU8(bytes))]));
}

export function parseXml(xml: string): Node {
  const root: Node = { name: '', attributes: {}, children: [] }, stack = [root];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const node: Node = { name, attributes: attributes as Record<string, string>, children: [] };
    stack.at(-1)!.children.push(node);
    stack.push(node);
  });
  parser.on('closetag', () => stack.pop());
  parser.on('text', text => stack.at(-1)!.children.push(text));
  parser.on('error', error => { throw error; });
  parser.write(xml).close();
  return root;
}

export const children = (node: Node | undefined, name?: string): Node[] =>
  (node?.children ?? []).filter((child): child is Node => typeof child !== 'string' && (!name || child.name === name));
export const child = (node: Node | undefined, name: string): Node | undefined => children(node, name)[0];
export const all = (node: Node, name: string): Node[] => [...node.name === name ? [node] : [], ...children(node).flatMap(inner => all(inner, name))];
export const value = (node: Node | undefined): string | undefined => node?.attributes['w:val'];
/** All characters in a node. */
export const words = (node: Node): string => node.children.map(inner => typeof inner === 'string' ? inner : SIGNS[inner.name] ?? words(inner)).join('');
const SIGNS: Record<string, string> = { 'w:tab': '\t', 'w:br': '\n', 'w:noBreakHyphen': '\u2011', 'w:instrText': '', 'w:delInstrText': '', 'w:tabs': '', 'w:sectPr': '', 'mc:Fallback': '' };

export const bodyOf = (parts: Map<string, Node>): Node => all(parts.get('word/document.xml')!, 'w:body')[0]!;

/**
 * The paragraphs of the body as tests write them: the style in front, changes as `[+author: new+]` and `[-author: old-]`,
 * moves as `[>author: to>]` and `[<author: from<]`, comments as `<0|…|0>`, footnote references as `^1`, italic, bold and
 * underlined text as `_…_`, `*…*` and `~…~`, the number of a resolution as `#…#`, a tracked end as `¶+` or `¶-`.
 */
export function sketch(docx: Uint8Array): string[] {
  return children(bodyOf(readParts(docx))).filter(({ name }) => name !== 'w:sectPr').flatMap(sketchOf);
}

function sketchOf(node: Node): string[] {
  if (node.name === 'w:tbl') return children(node, 'w:tr').map(row => {
    const change = child(row, 'w:trPr'), tracked = child(change, 'w:ins') ? '+' : child(change, 'w:del') ? '-' : '';
    return `${child(change, 'w:tblHeader') ? 'head' : 'row'}${tracked} | ${children(row, 'w:tc').map(cell => children(cell, 'w:p').map(inline).join(' / ')).join(' | ')} |`;
  });
  const properties = child(node, 'w:pPr'), marks = child(properties, 'w:rPr');
  const indent = child(properties, 'w:ind'), style = value(child(properties, 'w:pStyle')) ?? 'Normal';
  const own = indent ? ` ${indent.attributes['w:left']}-${indent.attributes['w:hanging']}` : '';
  return [`${style}${own}: ${inline(node)}${child(marks, 'w:ins') ? '¶+' : ''}${child(marks, 'w:del') ? '¶-' : ''}`];
}

export function inline(node: Node): string {
  return children(node).map(inner => {
    const { attributes } = inner;
    switch (inner.name) {
      case 'w:ins': return `[+${attributes['w:author']}: ${inline(inner)}+]`;
      case 'w:del': return `[-${attributes['w:author']}: ${inline(inner)}-]`;
      case 'w:moveTo': return `[>${attributes['w:author']}: ${inline(inner)}>]`;
      case 'w:moveFrom': return `[<${attributes['w:author']}: ${inline(inner)}<]`;
      case 'w:commentRangeStart': return `<${attributes['w:id']}|`;
      case 'w:commentRangeEnd': return `|${attributes['w:id']}>`;
      case 'w:r': {
        const look = child(inner, 'w:rPr'), reference = child(inner, 'w:footnoteReference');
        if (reference) return `^${reference.attributes['w:id']}${words(inner)}`;
        const text = words(inner), sign = value(child(look, 'w:rStyle')) === 'href' ? '#' : child(look, 'w:b') ? '*' : child(look, 'w:i') ? '_' : child(look, 'w:u') ? '~' : '';
        return `${sign}${text}${sign}`;
      }
      default: return '';
    }
  }).join('');
}

/** Whether a revision's content is in the text after all changes are accepted, or rejected. */
const stays = (name: string, accepted: boolean): boolean => (accepted ? ['w:ins', 'w:moveTo'] : ['w:del', 'w:moveFrom']).includes(name);

/** The paragraphs that a reader has after accepting or rejecting everything; footnotes stand where they are referred to, in `⟦…⟧`. Empty ones are left out. */
export function decided(docx: Uint8Array, accepted: boolean): string[] {
  const parts = readParts(docx);
  const notes = new Map(all(parts.get('word/footnotes.xml')!, 'w:footnote').map(note => [note.attributes['w:id']!, note]));
  const text = (node: Node): string => node.children.map(inner => {
    if (typeof inner === 'string') return inner;
    switch (inner.name) {
      case 'w:ins': case 'w:del': case 'w:moveTo': case 'w:moveFrom': return stays(inner.name, accepted) ? text(inner) : '';
      case 'w:footnoteReference': return `⟦${paragraphs(children(notes.get(inner.attributes['w:id']!))).map(normal).filter(Boolean).join(' ')}⟧`;
      case 'w:r': {
        // The mark of a footnote is not part of its words; a mark of its own stands once in the text and once in the note.
        const style = value(child(child(inner, 'w:rPr'), 'w:rStyle'));
        return style === 'FootnoteReference' && !child(inner, 'w:footnoteReference') ? '' : child(inner, 'w:footnoteReference') ? text({ ...inner, children: children(inner, 'w:footnoteReference') }) : text(inner);
      }
      case 'w:pPr': case 'w:rPr': case 'w:instrText': return '';
      default: return SIGNS[inner.name] ?? text(inner);
    }
  }).join('');
  const paragraphs = (blocks: readonly Node[]): string[] => {
    const result: string[] = [];
    let open = '';
    for (const block of blocks) {
      if (block.name === 'w:tbl') {
        for (const row of children(block, 'w:tr')) {
          const change = children(child(row, 'w:trPr')).filter(({ name }) => name === 'w:ins' || name === 'w:del');
          if (change.every(({ name }) => stays(name, accepted))) result.push(children(row, 'w:tc').map(cell => paragraphs(children(cell, 'w:p')).join(' ')).join(' '));
        }
      } else if (block.name === 'w:p') {
        open += text(block);
        const ends = children(child(child(block, 'w:pPr'), 'w:rPr')).filter(({ name }) => name === 'w:ins' || name === 'w:del');
        if (!ends.every(({ name }) => stays(name, accepted))) continue;
        result.push(open);
        open = '';
      }
    }
    return [...result, open];
  };
  return paragraphs(children(bodyOf(parts))).map(normal).filter(Boolean);
}

/** A text with every run of blanks as one space and without stars: tabs, breaks and emphasis are the form's, not the words'. */
export const normal = (text: string): string => text.replace(/\*/g, '').replace(/[\s\u00a0]+/g, ' ').trim();

/** What is wrong with a file though a schema does not see it, in words. */
export function lint(docx: Uint8Array): string[] {
  const parts = readParts(docx), problems: string[] = [];
  const story = ['word/document.xml', 'word/footnotes.xml', 'word/comments.xml', 'word/header1.xml'].flatMap(path => parts.get(path) ?? []);
  const styles = new Set(all(parts.get('word/styles.xml')!, 'w:style').map(style => style.attributes['w:styleId']));
  const ids = (name: string, from = story): string[] => from.flatMap(part => all(part, name)).map(node => node.attributes['w:id']!);
  const twice = (list: readonly string[]) => list.filter((id, i) => list.indexOf(id) !== i);
  const differ = (a: readonly string[], b: readonly string[]) => [...a].sort().join() !== [...b].sort().join();

  const walk = (node: Node, deleted: boolean, path: string): void => {
    if (node.name === 'w:t' && deleted) problems.push(`deleted text is not marked as deleted: ${words(node)}`);
    if (node.name === 'w:delText' && !deleted) problems.push(`text is marked as deleted outside of a deletion: ${words(node)}`);
    if (['w:pStyle', 'w:rStyle', 'w:tblStyle'].includes(node.name) && !styles.has(value(node))) problems.push(`there is no style ${value(node)}`);
    if (node.name === 'w:numId') problems.push('a paragraph is numbered by Word');
    if (node.name === 'w:tc' && children(node).at(-1)?.name !== 'w:p') problems.push('a cell does not end in a paragraph');
    if ((node.name === 'w:ins' || node.name === 'w:del')) {
      if (!node.attributes['w:author']) problems.push('a change has no author');
      if (!/^(|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/.test(node.attributes['w:date'] ?? '')) problems.push(`a change has the date ${node.attributes['w:date']}`);
      if (path === 'w:p' && !node.children.length) problems.push('a change is empty');
    }
    for (const inner of children(node)) walk(inner, deleted || node.name === 'w:del', node.name);
  };
  for (const part of story) walk(part, false, '');
  for (const style of all(parts.get('word/styles.xml')!, 'w:style')) {
    const base = value(child(style, 'w:basedOn'));
    // Word has this one without a definition.
    if (base && base !== 'DefaultParagraphFont' && !styles.has(base)) problems.push(`a style is based on ${base}, which there is not`);
  }

  const changes = ['w:ins', 'w:del', 'w:moveFrom', 'w:moveTo', 'w:moveFromRangeStart', 'w:moveToRangeStart', 'w:bookmarkStart'].flatMap(name => ids(name));
  if (twice(changes).length) problems.push(`two changes have one id: ${twice(changes)}`);
  const notes = ids('w:footnote').filter(id => Number(id) > 0), references = ids('w:footnoteReference');
  if (differ(notes, references)) problems.push(`footnotes ${notes} are referred to as ${references}`);
  const comments = ids('w:comment');
  for (const name of ['w:commentRangeStart', 'w:commentRangeEnd', 'w:commentReference']) if (differ(comments, ids(name))) problems.push(`comments ${comments} have as ${name} ${ids(name)}`);
  const order = story.flatMap(part => ordered(part));
  for (const id of comments) if (order.indexOf(`start ${id}`) > order.indexOf(`end ${id}`)) problems.push(`comment ${id} ends before it begins`);
  for (const id of ids('w:bookmarkStart')) if (!ids('w:bookmarkEnd').includes(id)) problems.push(`bookmark ${id} has no end`);
  const names = (name: string) => story.flatMap(part => all(part, name)).map(({ attributes }) => attributes['w:name']!);
  if (differ(names('w:moveFromRangeStart'), names('w:moveToRangeStart'))) problems.push('a move has one end only');
  const fields = story.flatMap(part => all(part, 'w:fldChar')).map(field => field.attributes['w:fldCharType']);
  if (fields.length % 3) problems.push('a field is not closed');

  const last = children(bodyOf(parts)).at(-2)?.name;
  if (last !== 'w:p') problems.push('the body does not end in a paragraph');
  for (const [path, part] of parts) if (path.endsWith('.rels')) {
    const folder = path.replace(/_rels\/[^/]*$/, '');
    for (const { attributes } of all(part, 'Relationship')) if (attributes['TargetMode'] !== 'External' && !parts.has(folder + attributes['Target'])) problems.push(`${path} points to ${attributes['Target']}, which there is not`);
  }
  const known = new Set(all(parts.get('[Content_Types].xml')!, 'Override').map(({ attributes }) => attributes['PartName']));
  for (const path of parts.keys()) if (path.startsWith('word/') && path.endsWith('.xml') && !known.has(`/${path}`)) problems.push(`${path} has no content type`);
  const threads = parts.get('word/commentsExtended.xml'), paragraphs = new Set(story.flatMap(part => all(part, 'w:p')).map(({ attributes }) => attributes['w14:paraId']));
  for (const { attributes } of threads ? all(threads, 'w15:commentEx') : []) if (!paragraphs.has(attributes['w15:paraId'])) problems.push('an answer is to a comment that there is not');
  return problems;
}

function ordered(node: Node): string[] {
  const here = node.name === 'w:commentRangeStart' ? [`start ${node.attributes['w:id']}`] : node.name === 'w:commentRangeEnd' ? [`end ${node.attributes['w:id']}`] : [];
  return [...here, ...children(node).flatMap(ordered)];
}
