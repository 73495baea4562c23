import { inline } from '../markup/inline';
import { replacing } from './fixes';
import { problemsOf } from './marks';
import type { Found, Rule } from './types';

/** `{@APT 2024-09-22}` that follows no mark. */
export const strayAttribute: Rule = {
  code: 'stray-attribute', severity: 'warning', looksAt: 'block',
  run: block => problemsOf(block, 'stray-attribute').map(({ start, end }) => ({
    start, end,
    message: 'Author and date stand directly behind the change they belong to. Here there is none, so they would be printed.',
    fixes: [replacing('Remove author and date', start, end, '')],
  })),
};

const DATE_LIKE = /(?:^|\s)(\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\S*)$/;

/** Author and date of a change that cannot be read. */
export const malformedAttribute: Rule = {
  code: 'malformed-attribute', severity: 'warning', looksAt: 'block',
  run: block => {
    if (!block.source.includes('{@')) return [];
    const found: Found[] = [];
    for (const { attribute } of inline(block).marks) {
      if (!attribute) continue;
      const { start, end, authors, date, move } = attribute, wrong = authors.map(author => DATE_LIKE.exec(author)?.[1]).find(Boolean);
      if (!authors.length && !date && !move) found.push({ start, end, message: 'No author and no date is given here: {@APT 2024-09-22}.', fixes: [replacing('Remove it', start, end, '', true)] });
      else if (wrong) found.push({ start, end, message: `“${wrong}” is read as part of the author's name. A date is written year-month-day: 2024-09-22.` });
      else if (date && !isDay(date.slice(0, 10))) found.push({ start, end, message: `There is no day ${date.slice(0, 10)}.` });
    }
    return found;
  },
};

/** Whether `YYYY-MM-DD` is a day of the calendar. */
function isDay(text: string): boolean {
  const [year, month, day] = text.split('-').map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
