/** Texts shown to a person as Markdown. */

/** A text that shows as it is, whatever signs are in it. */
export const plain = (text: string): string => text.replace(/[\\`*_[\]<>&~|#]/g, '\\$&').replace(/^(\d+)([.)])/, '$1\\$2').replace(/^[-+]/, '\\$&');

/** A line for each paragraph, a rule between the parts. */
export const paragraphs = (...lines: readonly (string | null | undefined)[]): string => lines.filter(Boolean).join('\n\n');
export const parts = (list: readonly string[]): string => list.join('\n\n---\n\n');

/** By hand: the language's own formatter takes 15 ms and 16 MB to load, at every start of the server. */
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `2024-09-22` or `2024-09-22T10:00Z` as `22 September 2024`; what is no date stays as it is. */
export function day(date: string): string {
  const time = new Date(date.length === 10 ? `${date}T00:00Z` : date);
  return Number.isNaN(time.getTime()) ? date : `${time.getUTCDate()} ${MONTHS[time.getUTCMonth()]} ${time.getUTCFullYear()}`;
}
