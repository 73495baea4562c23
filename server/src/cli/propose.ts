import path from 'node:path';
import { isNumber, meetingOf, propose as proposed } from '../changes/propose';
import { grammarOf } from '../knowledge/grammar';
import { Document } from '../markup/document';
import { emit, Failure, only, OUTPUT, read, readBytes, type Command } from './command';
import { DATE, dateOf, needed, said } from './rewrite';

export const propose: Command = {
  name: 'propose',
  usage: 'BASE --meeting M --place P --year Y --source S --sponsor A [--document N [--addendum N]] [--date D] [-o FILE]',
  about: 'Print a new proposal to modify a text in force (markup or .docx), its header tracked.',
  options: {
    meeting: { type: 'string', about: '--meeting M: the meeting it is for (WTSA-28)' },
    place: { type: 'string', about: '--place P: where that takes place; not needed for a meeting that is known' },
    year: { type: 'string', about: '--year Y: and in which year; not needed for a meeting that is known' },
    source: { type: 'string', about: '--source S: who submits it, as it is to be printed' },
    sponsor: { type: 'string', about: '--sponsor A: short name of whose the changes are (APT, EUR, a country)' },
    document: { type: 'string', about: '--document N: number of the document; with the sponsor it gives the proposal its identifier (APT/37A37/1)' },
    addendum: { type: 'string', about: '--addendum N: number of its addendum, if it is one' },
    date: { type: 'string', about: `${DATE}: of the proposal and its changes` },
    ...OUTPUT,
  },
  async run(files, options) {
    const file = only(files), output = said(options, 'output'), date = dateOf(options);
    const meeting = needed(options, 'meeting', 'the short name of the meeting, for example WTSA-28'), known = meetingOf(meeting);
    const place = said(options, 'place') ?? known?.place ?? needed(options, 'place', 'where the meeting takes place');
    const year = said(options, 'year') ?? known?.year ?? needed(options, 'year', 'the year of the meeting');
    if (!/^(?:19|20)\d\d$/.test(year)) throw new Failure(`--year is a year such as 2028, not ${year}`);
    const text = { meeting, place, year, source: needed(options, 'source', 'who submits the proposal'), sponsor: needed(options, 'sponsor', 'whose the changes are, for example APT') };
    const [number, addendum] = ['document', 'addendum'].map(name => {
      const given = said(options, name);
      if (given !== undefined && !isNumber(given)) throw new Failure(`--${name} is a number such as 37, not ${given}`);
      return given;
    });
    if (addendum && !number) throw new Failure('--addendum goes with --document: the document that it is an addendum to');
    const document = /\.docx$/i.test(file) ? await wordDocument(file) : (await read(file)).document;
    const base = file === '-' ? {} : { base: path.relative(output && output !== '-' ? path.dirname(output) : '.', file).replaceAll(path.sep, '/') };
    const result = proposed(document, { ...text, ...(number ? { document: number } : {}), ...(addendum ? { addendum } : {}), ...(date === undefined ? {} : { date }), ...base });
    if (result === null) throw new Failure(`${file} holds no resolution that could be modified: no line such as “RESOLUTION 98 (Rev. Geneva, 2022)”`);
    await emit(result, options);
    return 0;
  },
};

async function wordDocument(file: string): Promise<Document> {
  const bytes = await readBytes(file), { readWord, UnreadableWord } = await import('../word/read');
  try {
    return Document.parse(readWord(bytes).text, grammarOf);
  } catch (error) {
    throw error instanceof UnreadableWord ? new Failure(`${file}: ${error.message}`) : error;
  }
}
