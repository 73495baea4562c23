/** What in a document leads elsewhere: the text in force that it modifies, web pages, addresses of persons. */
import type { Document, Group } from '../markup/document';
import { memo } from '../markup/memo';
import { frontMatter } from '../markup/frontMatter';

/** Offsets count in the document. */
export interface Link {
  readonly start: number;
  readonly end: number;
  /** `file`: a path relative to the document's own folder; otherwise an address that can be opened as it is. */
  readonly kind: 'file' | 'web' | 'mail';
  readonly target: string;
}

const WEB = /\bhttps?:\/\/[^\s<>"“”«»{}|\\^`]+/g;
const MAIL = /[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g;

/** All links of a document, in order. */
export function links(document: Document): readonly Link[] {
  const found: Link[] = [];
  const front = document.frontMatter;
  if (front) {
    const { source } = front;
    for (const { key, valueStart, valueEnd } of frontMatter(document).entries) {
      const value = source.slice(valueStart, valueEnd);
      if (key === 'base') {
        const quote = /^["']/.test(value) ? 1 : 0;
        if (value.length > 2 * quote) found.push({ start: valueStart + quote, end: valueEnd - quote, kind: 'file', target: frontMatter(document).values.base ?? value });
      } else if (key === 'contacts') {
        for (const match of value.matchAll(MAIL)) found.push({ start: valueStart + match.index, end: valueStart + match.index + match[0].length, kind: 'mail', target: `mailto:${match[0]}` });
      }
    }
  }
  document.groups.forEach((group, g) => {
    const inGroup = webLinks(group);
    if (!inGroup.length) return;
    const { start } = document.groupStart(g);
    for (const link of inGroup) found.push({ ...link, start: start + link.start, end: start + link.end });
  });
  return found;
}

/** Web addresses in a group's text; offsets count in the group. */
const webLinks = memo((group: Group): readonly Link[] => {
  const found: Link[] = [];
  let at = 0;
  for (const { source } of group.blocks) {
    if (source.includes('://')) for (const match of source.matchAll(WEB)) {
      const target = address(match[0]);
      found.push({ start: at + match.index, end: at + match.index + target.length, kind: 'web', target });
    }
    at += source.length;
  }
  return found;
});

/** Without the signs of the sentence around it: a closing mark, a full stop, a bracket that it did not open. */
function address(text: string): string {
  let target = text.replace(/(?:\+\+|--|~~|~>|==|<<).*$/, '');
  for (;;) {
    const shorter = /[.,;:!?'*\]]$/.test(target) || (target.endsWith(')') && !target.includes('(')) ? target.slice(0, -1) : target;
    if (shorter === target) return target;
    target = shorter;
  }
}
