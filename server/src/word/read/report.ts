/** What was simplified, told once for each paragraph. */
import { shorten } from '../../markup/text';
import type { Simplified } from './model';

export class Report {
  readonly entries: Simplified[] = [];
  private readonly told = new Set<string>();

  /** `words`: how the paragraph begins; '' for the file as a whole. */
  add(message: string, words: string): void {
    const paragraph = shorten(words.slice(0, 200).replace(/\s+/g, ' ').trim(), 60), key = `${message}\n${paragraph}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    this.entries.push({ message, paragraph });
  }

  /** Takes back what was told since there were `count` entries. */
  forget(count: number): void {
    for (const { message, paragraph } of this.entries.splice(count)) this.told.delete(`${message}\n${paragraph}`);
  }
}
