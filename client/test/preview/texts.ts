/** Texts that fill pages, to be held against other pages. */
const words = 'that the members of the union have gathered experience with this matter and wish to share it with others, so that everyone may benefit from it';
const times = (count: number, line: (i: number) => string): string => Array.from({ length: count }, (_, i) => line(i + 1)).join('\n');

/** Clauses of all levels, footnotes on many pages, a table that is longer than a page. */
export const long = `---\nsponsor: APT\n---\nRESOLUTION 150 (Rev. Geneva, 2022)\nA title\n\nrecalling\n${
  times(40, i => `${i}\t${words}${i % 3 ? '' : `, {++${words}++}`}${i % 7 ? '' : `[^${i}]`};${i % 5 ? '' : `\n    a)\t${words};\n        i)\t${words};`}`)}\n\nANNEX 1 (to Resolution 150 (Rev. Geneva, 2022))\nA table\n| Place | Number |\n|---|---|\n${
  times(70, i => `| Row ${i}${i % 9 ? '' : `, {--as ${words}--}{@EUR}`} | ${i} |`)}\nAfter the table.\n${times(5, i => `[^${7 * i}]: Note ${i}: ${words}.`)}\n`;

/** Clauses in Arabic, a footnote on the second page. */
export const arabic = `---\nlanguage: ar\nsponsor: ARB\n---\nالقرار 150 (المراجَع في جنيف، 2022)\nالنفاذ إلى الشبكات\n\nتقرر\n${
  times(70, i => `${i}\tدراسة متطلبات${i === 30 ? '[^1]' : ''} الشبكات في المكتبات العامة{++ والمراكز المجتمعية++} وفقاً للتوصية ITU-T F.${i}، ونشر كتيب عن تخطيط هذه الشبكات وتحديثه باستمرار في جميع البلدان؛`)}\n[^1]: تشمل البلدان التي لا توجد مكتبة في معظم مناطقها ITU-T F.99.\n`;
