/** The front matter of what was read: from the properties that this project writes into a file. */
import { Document as Yaml } from 'yaml';
import { CONTACT_KEYS, FRONT_MATTER_KEYS, type Contact } from '../../markup/frontMatter';
import { OWN_PROPERTY } from '../properties';
import type { Package } from './package';
import { readXml } from './xml';

export interface Front { readonly values: Readonly<Record<string, string>>; readonly contacts: readonly Contact[] }

/** The front matter that a file keeps in its custom properties, in their order, and whether this project wrote the file. */
export function frontOfProperties(file: Package, path: string | null): Front & { readonly own: boolean } {
  const values: Record<string, string> = {}, contacts: Record<string, string>[] = [];
  let own = false, name = '', text = '';
  if (path && file.has(path)) readXml(file, path, {
    open: (element, attributes) => { if (element === 'property') { name = attributes['name'] ?? ''; text = ''; } },
    text: piece => { text += piece; },
    close: element => {
      if (element !== 'property') return;
      const [, index, key] = /^contacts\.(\d{1,3})\.(\w+)$/.exec(name) ?? [];
      if (name === OWN_PROPERTY) own = true;
      else if (index && key && (CONTACT_KEYS as readonly string[]).includes(key)) (contacts[Number(index) - 1] ??= {})[key] = text;
      else if (name !== 'contacts' && Object.hasOwn(FRONT_MATTER_KEYS, name)) values[name] = text;
    },
  });
  return own ? { values, contacts: contacts.filter(Boolean), own } : { values: {}, contacts: [], own };
}

/** Front matter as text, with its lines of dashes; '' where there is nothing to say. */
export function frontMatterText({ values, contacts }: Front): string {
  const all = { ...values, ...contacts.length && { contacts } };
  if (!Object.keys(all).length) return '';
  return `---\n${new Yaml(all, { schema: 'failsafe' }).toString({ lineWidth: 0 })}---\n`;
}
