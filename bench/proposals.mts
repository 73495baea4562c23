/** Ten proposals to change one text of 200 pages: how much of a processor the draft and the table take (whatever else the machine does). `npx tsx bench/proposals.mts` */
import { compare } from '../server/src/changes/compare';
import { grammarOf } from '../server/src/knowledge/grammar';
import { Document } from '../server/src/markup/document';
import { consolidate } from '../server/src/proposals/consolidate';
import { family } from '../server/src/proposals/family';
import { htmlTable } from '../server/src/proposals/htmlTable';
import { wordTable } from '../server/src/proposals/wordTable';

const parse = (text: string): Document => Document.parse(text, grammarOf);
const PROPOSALS = 10, SECTIONS = 100, CLAUSES = 24; // some 2,400 clauses of 30 words
const WORDS = ['networks', 'services', 'security', 'standards', 'studies', 'members', 'regions', 'access', 'quality', 'privacy', 'cities', 'energy'];
const word = (n: number): string => WORDS[(n * 7 + (n >> 3) * 5) % WORDS.length]!;
const clause = (n: number): string => `that ${Array.from({ length: 30 }, (_, i) => `${word(n * 31 + i * 3)}${i === 9 ? ` of item ${n}` : ''}`).join(' ')}`;

function text(change: (clause: string, n: number) => readonly string[]): string {
  const lines = ['RESOLUTION 1 (Rev. Geneva, 2022)', 'Rules of procedure', 'The World Telecommunication Standardization Assembly (Geneva, 2022),'];
  for (let section = 0; section < SECTIONS; section++) {
    lines.push('', 'considering');
    let label = 0;
    for (let i = 0; i < CLAUSES; i++) for (const body of change(clause(section * CLAUSES + i), section * CLAUSES + i)) lines.push(`${'abcdefghijklmnopqrstuvwxyz'[label++ % 26]})\t${body};`);
  }
  return `${lines.join('\n')}\n`;
}

const base = parse(text(body => [body]));
const sources = Array.from({ length: PROPOSALS }, (_, p) => {
  const now = text((body, n) => (n * 13 + p * 29) % 17 ? [body] : n % 5 === 0 ? [] : n % 5 === 1 ? [body, `that region ${p} proposes more on ${word(n)}`] : [body.replace(word(n * 31 + 3), `better ${word(p)}`)]);
  return { name: `${p}.resolution`, document: parse(`---\nsponsor: R${p}\n---\n${compare(base, parse(now))}`) };
});
console.log(`${PROPOSALS} proposals on ${Math.round(base.length / 1024)} KB`);
for (let run = 0; run < 3; run++) {
  const fresh = sources.map(({ name, document }) => ({ name, document: parse(document.text) })), times: string[] = [];
  const timed = async <T,>(name: string, work: () => T | Promise<T>): Promise<T> => { const start = process.cpuUsage(), result = await work(), { user, system } = process.cpuUsage(start); times.push(`${name} ${Math.round((user + system) / 1000)} ms`); return result; };
  const found = (await timed('read and align', () => family(fresh)))!;
  await timed('draft', () => consolidate(found));
  await timed('page', () => htmlTable(found, { withBase: false, unchanged: false }));
  await timed('Word table', () => wordTable(found, { withBase: false, unchanged: false, paper: 'A4', marks: 'tracked' }));
  console.log(times.join(', '));
}
