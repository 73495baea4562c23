import assert from 'node:assert/strict';
import { strFromU8, unzipSync } from 'fflate';
import { all, bodyOf, child, readParts, sketch, words } from './docx';
import { write } from './texts';

/** Markup, and the paragraphs that the Word file has for it (see `sketch`). */
const holds = (title: string, markup: string, expected: readonly string[], view: 'marked' | 'original' | 'final' = 'marked') =>
  it(title, async () => assert.deepEqual(sketch((await write(markup, view)).docx), [...expected]));

describe('a Word file has in ITU’s form', () => {
  holds('headings, with a number and without',
    '# Introduction\n# 1\tScope\n## 1.13\tVoting\n### Background\n',
    ['Headingb: Introduction', 'Heading1: 1\tScope', 'Heading2: 1.13\tVoting', 'Heading3: Background']);

  holds('the line of a proposal: symbol, tab, identifier; ITU’s underlined NOC',
    'MOD APT/37A37/1\nSUP*\tEUR/38A31/1#36\n_NOC_\tAPT/37A37/2\n{~~ADD~>MOD~~} APT/37A37/3\n',
    ['Proposal: MOD\tAPT/37A37/1', 'Proposal: SUP*\tEUR/38A31/1#36', 'Proposal: ~NOC~\tAPT/37A37/2', 'Proposal: [-Author: ADD-][+Author: MOD+]\tAPT/37A37/3']);

  holds('the head of a resolution, its number where a running foot finds it',
    'RESOLUTION 98 (Rev. {~~Geneva, 2022~>New Delhi, 2024~~})\nOn the\nInternet of things\n(Hammamet, 2016; Geneva, 2022)\nThe World Telecommunication Standardization Assembly (New Delhi, 2024),\n',
    ['ResNo: RESOLUTION #98# (Rev. [-Author: Geneva, 2022-][+Author: New Delhi, 2024+])', 'Restitle: On the', 'Restitle: Internet of things', 'Resref: (Hammamet, 2016; Geneva, 2022)',
      'Normalaftertitle: The World Telecommunication Standardization Assembly (New Delhi, 2024),']);

  holds('a draft’s number with its brackets', 'DRAFT NEW RESOLUTION [APT-1] (New Delhi, 2024)\n', ['ResNo: DRAFT NEW RESOLUTION #[APT-1]# (New Delhi, 2024)']);

  holds('sections and clauses: letters in italic, numbers upright, a tab behind both',
    'recalling\na)\tone;\n*b)* two;\nb)bis\tthree,\n\nresolves\n1 to act;\n2\tto go on.\n',
    ['Call: recalling', 'Normal: _a)_\tone;', 'Normal: _b)_\ttwo;', 'Normal: _b)bis_\tthree,', 'Call: resolves', 'Normal: 1\tto act;', 'Normal: 2\tto go on.']);

  holds('nested clauses that hang from their labels, however deep',
    'resolves\n1\tone:\n    a)\ttwo:\n        i)\tthree:\n            –\tfour:\n                –\tfive;\n1.1\tdecimal:\n    a)\tbelow it.\n',
    ['Call: resolves', 'Normal: 1\tone:', 'enumlev1: a)\ttwo:', 'enumlev2: i)\tthree:', 'enumlev3: –\tfour:', 'enumlev3 1985-397: –\tfive;', 'Normal: 1.1\tdecimal:', 'enumlev1: a)\tbelow it.']);

  holds('further paragraphs of a clause below its text',
    'resolves\n1\tone:\n\n    more of it;\n    a)\ttwo:\n\n        more of that.\n\nto cooperate.\n',
    ['Call: resolves', 'Normal: 1\tone:', 'Normal 794-0: more of it;', 'enumlev1: a)\ttwo:', 'enumlev1 794-0: more of that.', 'Normal: to cooperate.']);

  holds('reasons', 'MOD\tAPT/37A37/1\nReasons: to align.\nAnd more.\n', ['Proposal: MOD\tAPT/37A37/1', 'Reasons: *Reasons:* to align.', 'Reasons: And more.']);

  holds('annexes, appendices and sections with their titles',
    'ANNEX 1 (to Resolution 98 (Rev. Geneva, 2022))\nOn labels\nText.\nAppendix I\n(to Resolution 98)\nOn lists\nSECTION 1\nOn order\n',
    ['AnnexNo: ANNEX 1\n(to Resolution 98 (Rev. Geneva, 2022))', 'Annextitle: On labels', 'Normalaftertitle: Text.', 'AppendixNo: Appendix I', 'Appendixref: (to Resolution 98)', 'Appendixtitle: On lists', 'SectionNo: SECTION 1', 'Sectiontitle: On order']);

  holds('notes, manual line breaks, emphasis; soft wraps as one space; drafter’s notes nowhere',
    'NOTE – A *note* that\n  is **wrapped**,\\\n  and broken.\n// ask about this\n\\a) is no clause.\nITU‑T says \\*so\\*.\n',
    ['Note: NOTE – A _note_ that is *wrapped*,\nand broken.', 'Normal: a) is no clause.', 'Normal: ITU‑T says *so*.']);

  holds('tables: the row above the dashes is the head, rows can be new or deleted',
    '| Name | Value{++s++} |\n|---|:--|\n| a\\|b | *c* |\n{++| d | e |++}{@EUR}\n{--| f | g |--}\nText.\n',
    ['head | Name | Value[+Author: s+] |', 'row | a|b | _c_ |', 'row+ | [+EUR: d+] | [+EUR: e+] |', 'row- | [-Author: f-] | [-Author: g-] |', 'Normal: Text.']);

  holds('a row of dashes below a head as a row', '| a | b |\n|---|---|\n| - | - |\nText.\n', ['head | a | b |', 'row | - | - |', 'Normal: Text.']);

  it('U+2011 as Word’s own non-breaking hyphen, and leaves plain hyphens as they are', async () => {
    const document = readParts((await write('ITU‑T and ITU-R\n')).docx).get('word/document.xml')!;
    assert.equal(all(document, 'w:noBreakHyphen').length, 1);
    assert.equal(all(document, 'w:t').map(words).join('|'), 'ITU|T and ITU-R');
  });

  it('no character that XML cannot hold', async () => {
    const { docx } = await write('a\u0000b\u000bc\ud83dd\udc00e 😀 <&> "f"{>>x\u0007<<}\n');
    assert.deepEqual(sketch(docx), ['Normal: abcde 😀 <&> "f"<1||1>']);
  });

  it('the words SECTION and CURRENT as words, not as fields', async () => {
    assert.deepEqual(sketch((await write('CURRENT\nSECTION\n')).docx), ['Normal: CURRENT', 'SectionNo: SECTION']);
  });
});

describe('in a Word file, changes', () => {
  holds('belong to whom the attribute names, else to the front matter’s sponsor',
    '---\nsponsor: APT\n---\n{++new++} {--old--}{@EUR} {~~one~>two~~}{@ARB; RCC 2024-09-22} text\n',
    ['Normal: [+APT: new+] [-EUR: old-] [-ARB; RCC: one-][+ARB; RCC: two+] text']);

  it('have the date of the attribute, else of the front matter; none where nobody says', async () => {
    const dates = async (text: string) => all(readParts((await write(text)).docx).get('word/document.xml')!, 'w:ins').map(({ attributes }) => attributes['w:date']);
    assert.deepEqual(await dates('---\ndate: 2024-09-22\n---\n{++a++} b {++c++}{@EUR} d {++e++}{@EUR 2024-10-01} f {++g++}{@EUR 2024-10-01T09:30Z}\n'),
      ['2024-09-22T00:00:00Z', '2024-09-22T00:00:00Z', '2024-10-01T00:00:00Z', '2024-10-01T09:30:00Z']);
    assert.deepEqual(await dates('---\ndate: soon\n---\n{++a++} b {++c++}{@EUR 2024-02-30}{>>d<<}{@EUR 2024-13-01}\n'), [undefined, undefined]);
  });

  holds('of a whole paragraph take its end with them; the lines around are untouched',
    'recalling\na)\tone;\n{++b)\ttwo;++}\n{--c)\tthree;--}\n{++d)++} {++four;++}\n',
    ['Call: recalling', 'Normal: _a)_\tone;', 'Normal: [+Author: _b)_\ttwo;+]¶+', 'Normal: [-Author: _c)_\tthree;-]¶-', 'Normal: [+Author: _d)_\tfour;+]¶+']);

  holds('of a paragraph’s end alone split it or join it with the next',
    'one{++¶++}\ntwo{--¶--}{@EUR}\nthree\n', ['Normal: one¶+', 'Normal: two¶-', 'Normal: three']);
  holds('a line’s end instead of a new line’s, where both are typed at a stretch',
    'a)\tone{++ two;++}\n{++b)\tthree;++}\n{++c)\tfour;++}\nd)\tfive\n',
    ['Normal: a)\tone[+Author:  two;+]¶+', 'Normal: [+Author: b)\tthree;+]¶+', 'Normal: [+Author: c)\tfour;+]', 'Normal: d)\tfive']);

  holds('of a label leave the tab alone', 'recalling\n{~~b~>c~~})\tthat all;\n', ['Call: recalling', 'Normal: [-Author: _b_-][+Author: _c_+]_)_\tthat all;']);

  holds('that another deletes again lie inside each other', '{++new {--words--}{@EUR} here++}{@APT} x\n', ['Normal: [+APT: new [-EUR: words-] here+] x']);

  holds('that are the two ends of a move are one where both are dated',
    '{--a)\tthat;--}{@APT 2024-09-22 #m1}\n{++b)\tthat;++}{@APT 2024-09-22 #m1}\nx {--y--}{@APT #m2} z {++y++}{@APT #m2}\n',
    ['Normal: [<APT: a)\tthat;<]¶-', 'Normal: [>APT: b)\tthat;>]¶+', 'Normal: x [-APT: y-] z [+APT: y+]']);

  holds('are not there in the final view', 'recalling\n{++a)\tone;++}\n{~~a~>b~~})\ttwo{>>why?<<}{--¶--}\n{--c)\t--}three;\n{--x--}\n{++| a |++}\n{--| b |--}\n',
    ['Call: recalling', 'Normal: _a)_\tone;', 'Normal: _b)_\ttwothree;', 'row | a |', 'Normal: '], 'final');
  holds('are not there in the original view', 'recalling\n{++a)\tone;++}\n{~~a~>b~~})\ttwo;{++¶++}\n{++c)\t++}three;\n{--x--}\n{++| a |++}\n{--| b |--}\n',
    ['Call: recalling', 'Normal: _a)_\ttwo;three;', 'Normal: x', 'row | b |', 'Normal: '], 'original');
});

describe('in a Word file, comments', () => {
  it('hang on a point or a range, have their authors and dates, and answers hang on what they answer', async () => {
    const { docx } = await write('---\nsponsor: APT\ndate: 2024-09-22\n---\none{>>first<<}{>>answer\\!<<}{@EUR 2024-09-23} and {==the range==}{>>second<<}.\n');
    assert.deepEqual(sketch(docx), ['Normal: one<1|<2||1>|2> and <3|the range|3>.']);
    const comments = all(readParts(docx).get('word/comments.xml')!, 'w:comment');
    assert.deepEqual(comments.slice(0, 2).map(comment => [comment.attributes['w:author'], comment.attributes['w:initials'], comment.attributes['w:date']?.slice(0, 10), words(comment)]),
      [['APT', 'A', '2024-09-22', 'first'], ['EUR', 'E', '2024-09-23', 'answer!']]);
    const threads = all(readParts(docx).get('word/commentsExtended.xml')!, 'w15:commentEx').map(({ attributes }) => [attributes['w15:paraId'], attributes['w15:paraIdParent']]);
    assert.equal(threads[1]![1], threads[0]![0]);
    assert.equal(threads[0]![1], undefined);
  });

  holds('to a range that changes hold on to all of it', 'a {=={--b--}{++c++} d==}{>>e<<} f\n', ['Normal: a <1|[-Author: b-][+Author: c+] d|1> f']);
  holds('inside of a change go with it', '{++a{>>b<<} c++} d\n', ['Normal: [+Author: a<1||1> c+] d']);

  it('have no date where nobody says one', async () => {
    const parts = readParts((await write('a{>>b<<} c{>>d<<}{@EUR 2024-09-22}\n')).docx);
    assert.deepEqual(all(parts.get('word/comments.xml')!, 'w:comment').map(({ attributes }) => attributes['w:date']?.slice(0, 10)), [undefined, '2024-09-22']);
  });

  it('have a range in yellow where nobody says anything about it', async () => {
    assert.equal(all(readParts((await write('a {==b==} c\n')).docx).get('word/document.xml')!, 'w:highlight').length, 1);
  });
});

describe('in a Word file, footnotes', () => {
  const notes = async (text: string) => {
    const parts = readParts((await write(text)).docx);
    return all(parts.get('word/footnotes.xml')!, 'w:footnote').filter(({ attributes }) => Number(attributes['w:id']) > 0).map(note => `${all(note, 'w:r').some(run => child(run, 'w:footnoteRef')) ? '#' : ''}${words(note)}`);
  };

  it('are Word’s own, numbered by Word; a label that is no number is printed', async () => {
    const text = 'one[^1] and two[^1bis].\n[^1bis]: the *second*\n[^1]: the first\n';
    assert.deepEqual(sketch((await write(text)).docx), ['Normal: one^1 and two^21bis.']);
    assert.deepEqual(await notes(text), ['#\tthe first', '1bis\tthe second']);
  });

  it('have other ids than comments, and labels sign by sign: LibreOffice would mix them up', async () => {
    const body = bodyOf(readParts((await write('one[^1], {==two==}{>>why?<<} and three[^1bis].\n[^1]: first\n[^1bis]: second\n')).docx));
    assert.deepEqual([...all(body, 'w:footnoteReference'), ...all(body, 'w:commentReference')].map(({ attributes }) => attributes['w:id']), ['1', '2', '3']);
    assert.deepEqual(all(body, 'w:t').map(words).slice(-5), ['1', 'b', 'i', 's', '.']);
  });

  it('keep their changes, and so do their references', async () => {
    const text = 'one{++[^1]++}.\n{++[^1]: a new note++}\n';
    assert.deepEqual(sketch((await write(text)).docx), ['Normal: one[+Author: ^1+].']);
    assert.equal(all(readParts((await write(text)).docx).get('word/footnotes.xml')!, 'w:ins').map(words).join(''), 'a new note');
  });

  it('that nobody wrote, or that nobody refers to, lose nothing', async () => {
    assert.deepEqual(sketch((await write('one[^7].\n[^8]: left alone\n')).docx), ['Normal: one[^7].', 'FootnoteText: 8\tleft alone']);
  });

  it('of two resolutions may have the same labels', async () => {
    assert.deepEqual(await notes('RESOLUTION 1\nOn one[^1]\n[^1]: first\nRESOLUTION 2\nOn two[^1]\n[^1]: second\n'), ['#\tfirst', '#\tsecond']);
  });

  it('with comments have them at their references: Word has none inside of footnotes', async () => {
    const text = 'one[^1].\n[^1]: a {==note==}{>>which?<<}{>>this<<}\n';
    assert.deepEqual(sketch((await write(text)).docx), ['Normal: one<2|<3|^1|2>|3>.']);
    assert.deepEqual(await notes(text), ['#\ta note']);
  });

  it('referred to twice are there once, the second reference points to the first', async () => {
    const text = 'one[^1] and again[^1].\n[^1]: a note\n', document = readParts((await write(text)).docx).get('word/document.xml')!;
    assert.deepEqual(await notes(text), ['#\ta note']);
    assert.match(all(document, 'w:instrText').map(node => node.children.join('')).join(''), new RegExp(`NOTEREF ${all(document, 'w:bookmarkStart')[0]!.attributes['w:name']} `));
  });

  it('whose reference moves are there at both places, so that either can go', async () => {
    assert.deepEqual(await notes('one{--[^1]--} and two{++[^1]++}.\n[^1]: a note\n'), ['#\ta note', '#\ta note']);
  });
});

describe('a contribution’s Word file', () => {
  const FRONT = 'meeting: WTSA-24\nplace: New Delhi\ndates: 15-24 October 2024\ndate: 2024-09-22\ndocument: 37\naddendum: 5\nsource: Member Administrations of a region\ntitle: On labels\nabstract: It is about labels.\nkeywords: labels\nquestions: 1/20\nstudy-group: 20\ncontacts:\n  - name: A. Person\n    organization: An administration\n    email: a@example.org\n    telephone: "+1 2"\n';
  const text = async (front: string) => {
    const { docx, lines } = await write(`---\n${front}---\nText.\n`);
    return { docx, lines, body: words(all(readParts(docx).get('word/document.xml')!, 'w:body')[0]!), header: words(all(readParts(docx).get('word/header1.xml')!, 'w:hdr')[0]!) };
  };

  it('to an assembly has its cover, and ITU’s symbol of the document on every page but the first', async () => {
    const { body, header, docx } = await text(`${FRONT}template: wtsa-contribution\n`);
    for (const part of ['World Telecommunication Standardization Assembly (WTSA-24)', 'New Delhi, 15-24 October 2024', 'PLENARY MEETING', 'Addendum 5 to\nDocument 37-E', '22 September 2024', 'Original: English',
      'Member Administrations of a region', 'On labels', 'Abstract:It is about labels.', 'Keywords:labels', 'Contact:A. Person\nAn administrationTel:\t+1 2\nE-mail:\ta@example.org']) assert.ok(body.includes(part), part);
    assert.match(header, /WTSA24\/37\(Add\.5\)-E$/);
    assert.equal(all(readParts(docx).get('word/document.xml')!, 'w:titlePg').length, 1);
  });

  it('to a study group has the head of its template', async () => {
    const { body, header } = await text(`${FRONT}template: study-group-contribution\n`);
    for (const part of ['STUDY PERIOD 2022-2024', 'SG20-C37', 'STUDY GROUP 20', 'Original: English', 'Question(s):1/20', 'CONTRIBUTION', 'Source:Member Administrations of a region', 'Title:On labels', 'Abstract:It is about labels.', 'Contact:A. Person']) assert.ok(body.includes(part), part);
    assert.match(header, /^- .* -SG20-C37$/);
  });

  it('that is a resolution alone has no cover', async () => {
    assert.equal((await text(`${FRONT}template: resolution\n`)).body, 'Text.');
    assert.equal((await text('sponsor: APT\n')).body, 'Text.');
  });

  it('whose front matter names no template has the cover that the rest of it asks for', async () => {
    assert.match((await text(FRONT)).body, /STUDY GROUP 20/);
    assert.match((await text('meeting: WTSA-24\ndocument: 37\n')).body, /World Telecommunication Standardization Assembly/);
  });

  it('keeps the front matter where it can be read back', async () => {
    const { docx } = await text(FRONT);
    const kept = all(readParts(docx).get('docProps/custom.xml')!, 'property').map(property => `${property.attributes['name']}: ${words(property)}`);
    for (const property of ['meeting: WTSA-24', 'addendum: 5', 'contacts.1.telephone: +1 2']) assert.ok(kept.includes(property), property);
  });

  it('says for each paragraph and table which line it comes from', async () => {
    const { lines } = await write('---\ntemplate: wtsa-contribution\n---\n# One\n\n// note\nresolves\n1\ttext\n\n    more\n| a |\n| b |\n[^1]: unreferred\n[^2]: note\nlast[^2]\n');
    assert.deepEqual(lines.filter(line => line >= 0), [3, 6, 7, 9, 10, 12, 14]);
    assert.ok(lines.slice(0, 2).every(line => line === -1));
  });

  it('leaves room above a table, and bis as it is in a heading of capitals', async () => {
    const xml = strFromU8(unzipSync((await write('ANNEX 1bis\nTitle\nText.\n| a | b |\n')).docx)['word/document.xml']!);
    assert.match(xml, /<w:spacing w:after="120"\/><\/w:pPr><w:r><w:t xml:space="preserve">Text\./);
    assert.match(xml, /ANNEX 1<\/w:t><\/w:r><w:r><w:rPr><w:caps w:val="0"\/><\/w:rPr><w:t xml:space="preserve">bis</);
  });

  it('is set from right to left in Arabic, its tables too', async () => {
    const parts = unzipSync((await write('---\nlanguage: ar\n---\nالقرار\n| 1 | 2 |\n')).docx), part = (path: string) => strFromU8(parts[path]!);
    assert.match(part('word/styles.xml'), /<w:bidi\/>/);
    assert.match(part('word/document.xml'), /<w:rPr><w:rtl\/><\/w:rPr><w:t[^>]*>القرار.*<w:tblPr><w:bidiVisual\/>/s);
  });
});
