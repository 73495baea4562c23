/** What stands before the text: this project's own cover, or the tables at the head of other contributions. */
import type { Contact } from '../../markup/frontMatter';
import { paragraphsOf, wordsOf, type Block, type Cell, type Table } from './model';
import type { Front } from './frontMatter';
import type { Report } from './report';

/** The front matter of a file, and its blocks without the cover that the front matter holds. */
export function coverOf(body: readonly Block[], properties: Front & { readonly own: boolean }, report: Report): { front: Front; blocks: readonly Block[] } {
  const front: Front = { values: properties.values, contacts: properties.contacts };
  const end = body.findIndex(block => block.kind === 'paragraph' && block.endsCover);
  if (!properties.own) return foreignCover(body, report);
  if (end < 0) return { front, blocks: body };
  reportChanges(body.slice(0, end), front, report);
  return { front, blocks: body.slice(end + 1) };
}

/** The cover is made of the front matter: what was changed in it has to be told. */
function reportChanges(cover: readonly Block[], { values }: Front, report: Report): void {
  const paragraphs = [...paragraphsOf(cover)], plain = (text: string) => text.replace(/\s+/g, ' ').trim(), text = plain(paragraphs.map(wordsOf).join(' '));
  const isChanged = paragraphs.some(({ content }) => content.some(item => item.insertion || item.deletion || item.kind === 'comment'));
  const isOther = (['title', 'source', 'abstract', 'keywords', 'place', 'questions'] as const).some(key => values[key] && !text.includes(plain(values[key])));
  if (isChanged || isOther) report.add('The cover was changed in Word; it is made of the front matter, so make the same change there.', text);
}

/** How far from the top a cover reaches, in paragraphs and tables; and how much of it has to be understood to take it for one. */
const REACH = 15, ENOUGH = 3;

/** The tables at the head of a contribution to a study group or an assembly, in ITU's forms, as front matter. */
function foreignCover(body: readonly Block[], report: Report): { front: Front; blocks: readonly Block[] } {
  const found = new Found(), tables = body.slice(0, REACH).filter((block): block is Table => block.kind === 'table').filter(table => found.read(table));
  if (found.count < ENOUGH) return { front: { values: {}, contacts: [] }, blocks: body };
  const paragraphs = [...paragraphsOf(tables)];
  report.add(`The cover became front matter. On it stood: ${paragraphs.map(paragraph => wordsOf(paragraph).replace(/\s+/g, ' ').trim()).filter(Boolean).join(' / ')}`, '');
  if (paragraphs.some(({ content }) => content.some(item => item.insertion || item.deletion || item.kind === 'comment'))) report.add('Changes and comments on the cover were taken over without their marks.', '');
  return { front: found.front, blocks: body.filter(block => block.kind === 'paragraph' || !tables.includes(block)) };
}

const LABELS: Readonly<Record<string, string>> = { question: 'questions', questions: 'questions', source: 'source', sources: 'source', title: 'title', abstract: 'abstract', summary: 'abstract', keywords: 'keywords' };
const LANGUAGE_NAMES: Readonly<Record<string, string>> = { french: 'fr', spanish: 'es', russian: 'ru', arabic: 'ar', chinese: 'zh' };
const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

/** What the cells of a cover say. */
class Found {
  count = 0;
  private readonly values: Record<string, string> = {};
  private readonly contacts: Contact[] = [];

  get front(): Front { return { values: this.values, contacts: this.contacts }; }

  /** Whether a table is part of a cover. */
  read({ rows }: Table): boolean {
    const before = this.count;
    for (const { cells } of rows) {
      const texts = cells.map(textOf).filter(Boolean), label = /^([\p{L}]+)(?:\(s\))?\s*:$/u.exec(texts[0] ?? '')?.[1]?.toLowerCase() ?? '', key = LABELS[label];
      if (label === 'contact') this.contact(texts.slice(1));
      else if (key && texts[1]) { this.say(key, texts[1]); for (const text of texts.slice(2)) this.venue(text); }
      // A row of its own below what is known: who submits, then on what.
      else if (cells.length === 1 && texts[0] && this.values['meeting'] && this.values['document'] && !this.fact(texts[0])) this.say(this.values['source'] ? 'title' : 'source', texts[0]);
      else if (cells.length > 1) texts.forEach(text => this.fact(text) || this.values['meeting'] && !this.values['place'] && this.venue(text));
      else if (texts[0]) this.fact(texts[0]);
    }
    return this.count > before;
  }

  private say(key: string, text: string): void {
    if (this.values[key] === undefined) this.values[key] = text.replace(/\s+/g, ' ');
    this.count++;
  }

  /** Reads a cell that says what it is by its words. */
  private fact(text: string): boolean {
    const before = this.count, assembly = /\((WTSA[-\u2011]\d\d)\)\s*([^]*)$/.exec(text);
    if (assembly) { this.say('meeting', assembly[1]!.replace('\u2011', '-')); if (assembly[2]) this.venue(assembly[2]); }
    const group = /\bSTUDY GROUP (\d{1,2})\b/i.exec(text), number = /\bSG\d{1,2}[-\u2011]C(\d+)(?:R(\d+))?/.exec(text), document = /\bDocument (?:C)?(\d+)[-\u2011][A-Z]\b/.exec(text);
    const addendum = /\bAddendum (\d+) to\b/i.exec(text), revision = /\bRevision (\d+) to\b/i.exec(text), original = /\bOriginal:\s*(\p{L}+)/u.exec(text), day = /^(\d{1,2}) (\p{L}+) (\d{4})$/u.exec(text);
    if (group) this.say('study-group', group[1]!);
    if (number) { this.say('document', number[1]!); if (number[2]) this.say('revision', number[2]); }
    if (document) this.say('document', document[1]!);
    if (addendum) this.say('addendum', addendum[1]!);
    if (revision) this.say('revision', revision[1]!);
    if (original) { this.count++; const language = LANGUAGE_NAMES[original[1]!.toLowerCase()]; if (language) this.say('language', language); }
    const month = MONTHS.indexOf(day?.[2]?.toLowerCase() ?? '') + 1;
    if (day && month) this.say('date', `${day[3]}-${String(month).padStart(2, '0')}-${day[1]!.padStart(2, '0')}`);
    return this.count > before;
  }

  /** `New Delhi, 15-24 October 2024`. */
  private venue(text: string): boolean {
    const [, place, dates] = /^([^,\d]+),\s*([^]+)$/.exec(text) ?? [];
    if (!place || !dates) return false;
    this.say('place', place);
    this.say('dates', dates);
    return true;
  }

  private contact(texts: readonly string[]): void {
    const [name, organization, country] = (texts[0] ?? '').split('\n').map(line => line.trim()).filter(Boolean), all = texts.slice(1).join('\n');
    const telephone = /^Tel(?:ephone)?\.?:\s*(.+)$/im.exec(all)?.[1]?.trim(), email = /^E[-\u2011]?mail:\s*(.+)$/im.exec(all)?.[1]?.trim();
    this.contacts.push({ ...name && { name }, ...organization && { organization }, ...country && { country }, ...email && { email }, ...telephone && { telephone } });
    this.count++;
  }
}

/** A cell's paragraphs in the final view. */
const textOf = ({ blocks }: Cell): string => [...paragraphsOf(blocks)].map(({ content }) => content.map(item => item.kind === 'run' && !item.deletion ? item.text : '').join('').trim()).filter(Boolean).join('\n');

/** Words that nearly every sentence of a language has. */
const COMMON = { en: /\b(?:the|of|and|to)\b/gi, fr: /\b(?:les?|du|des|et|aux?)\b/gi, es: /\b(?:el|los|las|del)\b/gi } as const;

/** The language of a text (en fr es ru ar zh): by its letters, or its most common words. */
export function languageOf(blocks: readonly Block[]): string {
  let text = '';
  for (const paragraph of paragraphsOf(blocks)) { text += `${wordsOf(paragraph)} `; if (text.length > 20_000) break; }
  const count = (found: RegExp) => text.match(found)?.length ?? 0, latin = count(/[a-z]/gi);
  // A sign of Chinese stands for a word or two.
  for (const [language, letters, weight] of [['ar', /[\u0600-\u06ff]/g, 1], ['ru', /[\u0400-\u04ff]/g, 1], ['zh', /[\u4e00-\u9fff]/g, 4]] as const) if (count(letters) * weight > latin) return language;
  const english = count(COMMON.en), french = count(COMMON.fr), spanish = count(COMMON.es);
  return french > english && french >= spanish ? 'fr' : spanish > english ? 'es' : 'en';
}
