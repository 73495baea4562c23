import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { format } from '../../src/markup/normalForm';
import { inline } from '../../src/markup/inline';
import { readWord } from '../../src/word/read';
import { all, children, readParts, words, type Node } from './docx';
import { cell, change, end, gone, paragraph, row, run, style, styles, table, wordFile, type Parts } from './readFiles';
import { parse } from './texts';

/** What is read of a file, which has to be in normal form. */
function read(parts: Parts): string {
  const { text } = readWord(wordFile(parts));
  assert.deepEqual(format(parse(text)), [], `not in normal form:\n${text}`);
  return text;
}
const body = (...paragraphs: string[]): string => read({ body: paragraphs.join('') });
const told = (parts: Parts): string[] => readWord(wordFile(parts)).report.map(({ message, paragraph: where }) => `${where}: ${message}`);

const ITU = styles('Normal', 'Proposal', 'Res_No', 'Res_title', 'Res_ref', 'Normal_after_title', 'Call', 'enumlev1', 'enumlev2', 'heading 1', 'heading 2', 'Heading_b', 'Annex_No', 'Annex_title', 'Reasons', 'toc 1', 'Table_head');

describe('reading Word: changes', () => {
  it('are insertions and deletions with author and date; one in the place of the other is a replacement', () => {
    assert.equal(body(paragraph(run('the ') + change('del', gone('old')) + change('ins', run('new')) + run(' text ') + change('ins', run('of three'), 'Ben', '2024-09-23T00:00:00Z'))),
      'the {~~old~>new~~}{@Ana 2024-09-22T10:30Z} text {++of three++}{@Ben 2024-09-23}\n');
  });
  it('of several runs are one, and a deletion in an insertion stays in it', () => {
    assert.equal(body(paragraph(run('x ') + change('ins', run('a ') + change('del', gone('b'), 'Ben') + run(' c')))), 'x {++a {--b--}{@Ben 2024-09-22T10:30Z} c++}{@Ana 2024-09-22T10:30Z}\n');
    assert.equal(body(paragraph(run('x ') + change('ins', run('a')) + change('ins', run('b')))), 'x {++ab++}{@Ana 2024-09-22T10:30Z}\n');
  });
  it('of whole paragraphs are whole lines, wherever Word has put the tracked end', () => {
    const inserted = 'one\n{++two++}{@Ana 2024-09-22T10:30Z}\nthree\n';
    assert.equal(body(paragraph(run('one')), paragraph(change('ins', run('two')), end('ins')), paragraph(run('three'))), inserted);
    assert.equal(body(paragraph(run('one'), end('ins')), paragraph(change('ins', run('two'))), paragraph(run('three'))), inserted);
    assert.equal(body(paragraph(run('one'), end('del')), paragraph(change('del', gone('two'))), paragraph(run('three'))), inserted.replace('{++two++}', '{--two--}'));
    assert.equal(body(paragraph(run('one'), end('ins')), paragraph(change('ins', run('two')), end('ins')), paragraph(change('ins', run('three')))), 'one\n{++two++}{@Ana 2024-09-22T10:30Z}\n{++three++}{@Ana 2024-09-22T10:30Z}\n');
  });
  it('of a paragraph’s end alone are a tracked ¶; a blank at the start of what follows is not lost', () => {
    assert.equal(body(paragraph(run('one'), end('ins')), paragraph(run('two'))), 'one{++¶++}{@Ana 2024-09-22T10:30Z}\ntwo\n');
    assert.equal(body(paragraph(run('one'), end('del')), paragraph(run(' two'))), 'one {--¶--}{@Ana 2024-09-22T10:30Z}\ntwo\n');
  });
  it('that move keep their two ends together', () => {
    const range = (side: string, content: string) => `<w:move${side}RangeStart w:id="7" w:name="move123" w:author="Ana"/>${change(`move${side}`, content)}<w:move${side}RangeEnd w:id="7"/>`;
    assert.equal(body(paragraph(run('x ') + range('From', run('that')) + run(' y')), paragraph(run('z ') + range('To', run('that')))),
      'x {--that--}{@Ana 2024-09-22T10:30Z #m1} y\nz {++that++}{@Ana 2024-09-22T10:30Z #m1}\n');
  });
  it('of rows and cells', () => {
    const plain = (text: string) => cell(paragraph(run(text)));
    assert.equal(body(table(row(plain('a') + plain('b')) + row(cell(paragraph(change('ins', run('c')))) + plain('d'), change('ins', '')) + row(plain('e') + plain('f'), change('del', '')) + row(plain('g') + cell(paragraph(run('h')), change('cellIns', '', 'Ben'))))),
      '| a | b |\n{++| c | d |++}{@Ana 2024-09-22T10:30Z}\n{--| e | f |--}{@Ana 2024-09-22T10:30Z}\n| g | {++h++}{@Ben 2024-09-22T10:30Z} |\n');
  });
  it('of form are taken over and told', () => {
    assert.deepEqual(told({ body: paragraph(`<w:r><w:rPr><w:b/>${change('rPrChange', '<w:rPr/>')}</w:rPr><w:t>Bold</w:t></w:r>`) }), ['Bold: A tracked change of the letters’ form (bold, size, language…) was taken over without its mark.']);
  });
});

describe('reading Word: text', () => {
  it('keeps breaks, hyphens, symbols and signs that mean something in markup', () => {
    assert.equal(body(paragraph(run('ITU') + '<w:r><w:noBreakHyphen/></w:r>' + run('T') + '<w:r><w:br/><w:t>a*b*c {++x++} \\_</w:t><w:softHyphen/><w:sym w:font="Symbol" w:char="F0B3"/></w:r>')), 'ITU\u2011T\\\n    a\\*b\\*c \\{++x++\\} \\\\_\u00ad≥\n');
    assert.equal(body(paragraph(run('# 1'))), '\\# 1\n');
    assert.equal(body(paragraph(run('// 1'))), '\\// 1\n');
  });
  it('finds it in links, fields, content controls, smart tags, ruby and formulas', () => {
    assert.equal(body(paragraph(`<w:hyperlink r:id="rId9">${run('a ')}</w:hyperlink><w:smartTag w:element="x">${run('b ')}</w:smartTag><w:sdt><w:sdtPr><w:alias w:val="no"/></w:sdtPr><w:sdtContent>${run('c ')}</w:sdtContent></w:sdt>`
      + `<w:fldSimple w:instr="DATE">${run('d ')}</w:fldSimple><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run('e ')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`
      + `<w:bdo w:val="rtl">${run('f ')}</w:bdo><w:r><w:ruby><w:rubyPr/><w:rt>${run('above')}</w:rt><w:rubyBase>${run('base')}</w:rubyBase></w:ruby></w:r><m:oMath><m:r><m:t> x+y</m:t></m:r></m:oMath>`)),
    'a b c d e f base (above) x+y\n');
  });
  it('finds it once in a text box that is there twice', () => {
    const box = (text: string) => `<w:txbxContent>${paragraph(run(text))}</w:txbxContent>`;
    assert.equal(body(paragraph(`${run('before')}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>${box('boxed')}</w:drawing></mc:Choice><mc:Fallback><w:pict>${box('boxed')}</w:pict></mc:Fallback></mc:AlternateContent></w:r>${run(' behind')}`)), 'before behind\nboxed\n');
  });
  it('has a placeholder for a picture, and says so', () => {
    const parts = { body: paragraph('<w:r><w:drawing><wp:docPr id="1" name="Picture 1" descr="A logo"/><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"/></w:drawing></w:r>') };
    assert.equal(read(parts), '[Picture: A logo]\n');
    assert.deepEqual(told(parts), ['[Picture: A logo]: A picture (A logo) is a placeholder.']);
  });
  it('of nested and merged cells stays in its row', () => {
    assert.equal(body(table(row(cell(paragraph(run('a')), '<w:gridSpan w:val="2"/>') + cell(paragraph(run('b')) + paragraph(run('c')))) + row(cell(table(row(cell(paragraph(run('d'))) + cell(paragraph(run('e'))))) + paragraph('')) + cell(paragraph(run('x | y'))) + cell(paragraph(''))))),
      '| a | | b\\\n    c |\n| d e | x \\| y | |\n');
  });
  it('of other languages brings the language with it', () => {
    assert.equal(body(paragraph(run('القرار 98 بشأن الاتصالات'))), '---\nlanguage: ar\n---\nالقرار 98 بشأن الاتصالات\n');
    assert.match(body(paragraph(run('что Резолюция 98 о связи'))), /^---\nlanguage: ru\n---\n/);
    assert.match(body(paragraph(run('le développement des réseaux et les services du Secteur'))), /^---\nlanguage: fr\n---\n/);
  });
});

describe('reading Word: structure', () => {
  const itu = (...paragraphs: string[]) => read({ body: paragraphs.join(''), styles: ITU });
  it('comes from ITU’s styles', () => {
    assert.equal(itu(
      paragraph(run('MOD') + '<w:r><w:tab/></w:r>' + run('APT/37A37/1'), style('Proposal')), paragraph(run('Resolution 98 (Rev. Geneva, 2022)'), style('ResNo')), paragraph(run('On things', '<w:b/>'), style('Restitle')),
      paragraph(run('(Geneva, 2022)'), style('Resref')), paragraph(run('The Plenipotentiary Conference (Dubai, 2018),'), style('Normalaftertitle')), paragraph(run('recalling', '<w:i/>'), style('Call')),
      paragraph(`${run('a)', '<w:i/>')}<w:r><w:tab/></w:r>${run('that:')}`), paragraph(`${run('–')}<w:r><w:tab/></w:r>${run('one,')}`, style('enumlev1')), paragraph(run('resolves'), style('Call')), paragraph(run('1.  to go on')),
      paragraph(run('Annex 1') + '<w:r><w:br/></w:r>' + run('(to Resolution 98)'), style('AnnexNo')), paragraph(run('On labels'), style('Annextitle')), paragraph(run('1') + '<w:r><w:tab/></w:r>' + run('Scope'), style('heading1')), paragraph(run('Reasons:', '<w:b/>') + run(' none.'), style('Reasons')),
    ), 'MOD\tAPT/37A37/1\nRESOLUTION 98 (Rev. Geneva, 2022)\nOn things\n(Geneva, 2022)\nThe Plenipotentiary Conference (Dubai, 2018),\n\nrecalling\na)\tthat:\n    –\tone,\n\nresolves\n1\tto go on\n\nAnnex 1 (to Resolution 98)\nOn labels\n\n## 1\tScope\n\nReasons: none.\n');
  });
  it('comes from the text where styles say nothing', () => {
    assert.equal(body(...['RESOLUTION 98 (Rev. Geneva, 2022)', 'On things', '(Geneva, 2022)', 'recalling', 'a) that', 'b) this', 'resolves', '1 to go on'].map(text => paragraph(run(text, '<w:b/>')))),
      'RESOLUTION 98 (Rev. Geneva, 2022)\nOn things\n(Geneva, 2022)\n\nrecalling\na)\t**that**\nb)\t**this**\n\nresolves\n1\t**to go on**\n');
  });
  it('keeps plain paragraphs plain behind a title, and lines of a table of contents', () => {
    assert.equal(itu(paragraph(run('RESOLUTION 98'), style('ResNo')), paragraph(run('On things'), style('Restitle')), paragraph(run('Some text'))), 'RESOLUTION 98\nOn things\n\\Some text\n');
    assert.equal(itu(paragraph(run('1') + '<w:r><w:tab/></w:r>' + run('Scope'), style('toc1'))), '\\1\tScope\n');
  });
  it('has the numbers that Word draws, in both views', () => {
    const numbering = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>';
    const list = (text: string, level = 0, more = '') => paragraph(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="3"/></w:numPr>${more}`);
    assert.equal(read({ body: [paragraph(run('recalling')), list(run('one:')), list(run('sub,'), 1), list(change('ins', run('two;')), 0, end('ins')), list(run('three;')), list(change('del', gone('four;')), 0, end('del')), list(run('five.'))].join(''), numbering }),
      'recalling\na)\tone:\n    –\tsub,\n{++b)\ttwo;++}{@Ana 2024-09-22T10:30Z}\n{~~b~>c~~}{@Ana 2024-09-22T10:30Z})\tthree;\n{--c)\tfour;--}{@Ana 2024-09-22T10:30Z}\nd)\tfive.\n');
  });
});

describe('reading Word: covers', () => {
  const line = (...texts: string[]) => row(texts.map(text => cell(text.split('|').map(part => paragraph(run(part))).join(''))).join(''));
  it('of a study group become front matter', () => {
    assert.equal(read({ body: table(line('INTERNATIONAL TELECOMMUNICATION UNION', 'SG12-C37R1') + line('', 'STUDY GROUP 12') + line('', 'Original: English') + line('Question(s):', '1/12, 2/12', 'Geneva, 7-16 January 2025') + line('CONTRIBUTION') + line('Source:', 'A. company')
      + line('Title:', 'On labels') + line('Contact:', 'A. Person|A company|A country', 'Tel: +1 2|E-mail: a@example.org')) + paragraph('') + table(line('Abstract:', 'It is about labels.')) + paragraph(run('Text')) }),
    '---\ndocument: 37\nrevision: 1\nstudy-group: 12\nquestions: 1/12, 2/12\nplace: Geneva\ndates: 7-16 January 2025\nsource: A. company\ntitle: On labels\nabstract: It is about labels.\ncontacts:\n  - name: A. Person\n    organization: A company\n    country: A country\n    email: a@example.org\n    telephone: +1 2\n---\nText\n');
  });
  it('of an assembly too', () => {
    assert.equal(read({ body: table(line('World Telecommunication Standardization Assembly (WTSA-24)|New Delhi, 15-24 October 2024', '') + line('PLENARY MEETING', 'Addendum 37 to|Document 37-E') + line('', '22 September 2024') + line('', 'Original: English') + line('Member Administrations of a region') + line('Proposed modification of Resolution 98')) + paragraph(run('Text')) }),
      '---\nmeeting: WTSA-24\nplace: New Delhi\ndates: 15-24 October 2024\ndocument: 37\naddendum: 37\ndate: 2024-09-22\nsource: Member Administrations of a region\ntitle: Proposed modification of Resolution 98\n---\nText\n');
  });
  it('are not seen in tables of a text', () => assert.equal(read({ body: table(line('Title:', 'Date') + line('a', 'b')) }), '| Title: | Date |\n| a | b |\n'));
});

describe('reading Word: notes and comments', () => {
  const reference = (kind: string, id: number, more = '') => `<w:r><w:${kind}Reference w:id="${id}"${more}/></w:r>`;
  const note = (kind: string, id: number, content: string) => `<w:${kind} w:id="${id}">${paragraph(`<w:r><w:${kind}Ref/></w:r>${run(' ')}${content}`)}</w:${kind}>`;
  it('footnotes and endnotes, with changes in them', () => {
    assert.equal(read({
      body: paragraph(run('one') + reference('footnote', 2) + run(' two') + reference('endnote', 1) + run(' three') + change('ins', reference('footnote', 3))),
      footnotes: `<w:footnote w:type="separator" w:id="0">${paragraph('')}</w:footnote>${note('footnote', 2, run('first ') + change('del', gone('x')))}${note('footnote', 3, change('ins', run('new')))}`, endnotes: note('endnote', 1, run('last')),
    }), 'one[^1] two[^2] three{++[^3]++}{@Ana 2024-09-22T10:30Z}\n[^1]: first {--x--}{@Ana 2024-09-22T10:30Z}\n[^2]: last\n[^3]: {++new++}{@Ana 2024-09-22T10:30Z}\n'.replace('[^3]: {++new', '{++[^3]: new'));
  });
  it('footnotes with a mark of their own, and a number that is repeated', () => {
    assert.equal(read({
      body: paragraph(`${run('one')}<w:bookmarkStart w:id="5" w:name="_Ref1"/>${reference('footnote', 2)}<w:bookmarkEnd w:id="5"/>${run(' two')}<w:r><w:footnoteReference w:id="3" w:customMarkFollows="1"/><w:t>1bis</w:t></w:r>${run(' again')}<w:fldSimple w:instr=" NOTEREF _Ref1 \\f ">${run('1')}</w:fldSimple>`),
      footnotes: note('footnote', 2, run('first')) + `<w:footnote w:id="3">${paragraph(run('1bis') + run(' own'))}</w:footnote>`,
    }), 'one[^1] two[^1bis] again[^1]\n[^1]: first\n[^1bis]: own\n');
  });
  it('comments on a point and on a range, with answers', () => {
    const comment = (id: number, text: string, who: string) => `<w:comment w:id="${id}" w:author="${who}" w:date="2024-09-22T10:30:00Z"><w:p w14:paraId="0000000${id}">${run(text)}</w:p></w:comment>`;
    const anchors = (id: number, content: string) => `<w:commentRangeStart w:id="${id}"/>${content}<w:commentRangeEnd w:id="${id}"/><w:r><w:commentReference w:id="${id}"/></w:r>`;
    const parts = {
      body: paragraph(run('one ') + anchors(1, run('range')) + anchors(2, '') + run(' two') + '<w:r><w:commentReference w:id="3"/></w:r>'),
      comments: comment(1, 'why?', 'Ana') + comment(2, 'so.', 'Ben') + comment(3, 'a point', 'Ana'), commentsExtended: '<w15:commentEx w15:paraId="00000001" w15:done="1"/><w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001"/>',
    };
    assert.equal(read(parts), 'one {==range==}{>>why?<<}{@Ana 2024-09-22T10:30Z}{>>so.<<}{@Ben 2024-09-22T10:30Z} two{>>a point<<}{@Ana 2024-09-22T10:30Z}\n');
    assert.deepEqual(told(parts), ['why?: A comment that is marked as resolved is a comment like any other.']);
  });
});

/** The text pieces of a part, read by themselves: every character that is shown somewhere, blanks left out. */
function pieces(part: Node | undefined): string {
  const walk = (node: Node): string => {
    // What divides footnotes from the text is no text.
    if (node.name === 'mc:Fallback' || node.attributes['w:type']?.endsWith('eparator')) return '';
    if (node.name === 'w:t' || node.name === 'w:delText' || node.name === 'm:t') return node.children.join('');
    if (node.name === 'w:noBreakHyphen') return '\u2011';
    return children(node).map(walk).join('');
  };
  return part ? walk(part).replace(/\s+/g, '') : '';
}

/** How often each character is there. */
function census(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const sign of text) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  return counts;
}

/** Characters that the source has more often than what was read of it; capitals and small letters are the same. */
function lost(source: string, text: string): string {
  const there = census(text.toUpperCase());
  return [...census(source.toUpperCase())].filter(([sign, count]) => (there.get(sign) ?? 0) < count).map(([sign, count]) => `${sign}×${count - (there.get(sign) ?? 0)}`).join(' ');
}

describe('reading Word: nothing is lost', () => {
  it('of a file with text in every place where Word can have it', () => {
    let count = 0;
    const piece = () => `piece${String(++count).padStart(2, '0')}x`, next = (look = '') => run(piece(), look), block = () => paragraph(next());
    const sdt = (content: string) => `<w:sdt><w:sdtPr><w:tag w:val="hidden"/></w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`;
    const xml = (content: string) => `<w:customXml w:element="e"><w:customXmlPr/>${content}</w:customXml>`;
    const field = (result: string) => `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${result}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    const box = (content: string) => `<w:r><w:pict><v:shape><v:textbox><w:txbxContent>${content}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`;
    const alternative = (choice: string, fallback: string) => `<w:r><mc:AlternateContent><mc:Choice Requires="wps">${choice}</mc:Choice><mc:Fallback>${fallback}</mc:Fallback></mc:AlternateContent></w:r>`;
    const reference = (kind: string, id: number) => `<w:r><w:${kind}Reference w:id="${id}"/></w:r>`;
    const range = (side: string, content: string) => `<w:move${side}RangeStart w:id="7" w:name="m" w:author="Ana"/>${change(`move${side}`, content)}<w:move${side}RangeEnd w:id="7"/>`;
    const parts: Parts = {
      body: [
        block(), paragraph(next() + change('ins', next()) + change('del', gone(piece())) + change('ins', next() + change('del', gone(piece()), 'Ben'))), paragraph(change('ins', next()), end('ins')), paragraph(change('del', gone(piece())), end('del')),
        paragraph(range('From', next())), paragraph(range('To', next())), paragraph(`<w:hyperlink r:id="none">${next()}${change('ins', next())}</w:hyperlink>`),
        paragraph(field(next()) + field(field(next()) + next()) + change('del', field(gone(piece()))) + `<w:fldSimple w:instr="DATE">${next()}${change('ins', next())}</w:fldSimple>`),
        paragraph(`<w:smartTag w:element="s">${next()}</w:smartTag>${xml(next())}${sdt(next())}<w:bdo w:val="rtl">${next()}</w:bdo><w:dir w:val="rtl">${next()}</w:dir>`), sdt(block() + sdt(block())), xml(block()),
        paragraph(`${next()}${box(block() + block())}`), paragraph(alternative(`<w:drawing>${`<w:txbxContent>${block()}</w:txbxContent>`}</w:drawing>`, '<w:pict/>')), paragraph(alternative('<w:drawing><wp:inline/></w:drawing>', `<w:pict><w:txbxContent>${block()}</w:txbxContent></w:pict>`)),
        paragraph(`<w:r><w:ruby><w:rubyPr/><w:rt>${next()}</w:rt><w:rubyBase>${next()}</w:rubyBase></w:ruby></w:r>`),
        paragraph(`<m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>${piece()}</m:t></m:r></m:num><m:den><m:r><m:t>${piece()}</m:t></m:r></m:den></m:f></m:oMath></m:oMathPara>`),
        table(row(cell(block() + block()) + cell(table(row(cell(block()) + cell(block()))) + paragraph('')), change('ins', '')) + sdt(row(cell(block()) + sdt(cell(sdt(block()) + paragraph('')))))
          + row(cell(block(), change('cellDel', '')) + xml(cell(paragraph(change('del', gone(piece())))))) + row(cell(block(), '<w:vMerge/>'), change('del', ''))),
        paragraph(next('<w:vanish/>') + next('<w:caps/>')), paragraph(next() + reference('footnote', 2) + reference('endnote', 2) + '<w:commentRangeStart w:id="4"/>' + next() + '<w:commentRangeEnd w:id="4"/>' + reference('comment', 4)),
        paragraph(reference('footnote', 3)), paragraph(reference('comment', 6)), '<w:sectPr/>',
      ].join(''),
      footnotes: `<w:footnote w:id="2">${block()}${paragraph(change('ins', next()) + change('del', gone(piece())))}</w:footnote><w:footnote w:id="3">${table(row(cell(block())))}${block()}</w:footnote><w:footnote w:id="9">${block()}</w:footnote>`,
      endnotes: `<w:endnote w:id="2">${block()}</w:endnote>`,
      comments: [4, 5, 6].map(id => `<w:comment w:id="${id}" w:author="Ana">${block()}${block()}</w:comment>`).join(''),
      header: block(),
    };
    const { text, report } = readWord(wordFile(parts)), everything = text + report.map(({ message }) => message).join('\n');
    const missing = Array.from({ length: count }, (_, i) => `piece${String(i + 1).padStart(2, '0')}x`).filter(one => !everything.includes(one));
    assert.deepEqual(missing, [], text);
    const toldOnly = Array.from({ length: count }, (_, i) => `piece${String(i + 1).padStart(2, '0')}x`).filter(one => !text.includes(one));
    assert.equal(toldOnly.length, 3, 'a comment that hangs nowhere, and the head of the page');
    assert.deepEqual(format(parse(text)), []);
  });

  const CORPUS = path.resolve('../shared/corpus/word');
  it('of real files: no character, no revision, no author', function () {
    if (!existsSync(CORPUS)) { console.log(`      left out: there is no folder ${path.relative('.', CORPUS)}`); this.skip(); }
    for (const file of readdirSync(CORPUS).filter(name => name.endsWith('.docx'))) {
      const bytes = readFileSync(path.join(CORPUS, file)), parts = readParts(bytes), { text, report } = readWord(bytes), document = parse(text);
      const source = ['document', 'footnotes', 'endnotes', 'comments'].map(name => pieces(parts.get(`word/${name}.xml`))).join('');
      // The bullets of lists are dashes in markup.
      const plain = (words: string) => words.replace(/[•–]/g, '-');
      const cover = report.map(({ message }) => message).filter(message => message.startsWith('The cover became')).join('');
      assert.equal(lost(plain(source), plain(text + cover)), '', file);
      const main = parts.get('word/document.xml')!, revisions = ['w:ins', 'w:del', 'w:moveFrom', 'w:moveTo'].flatMap(name => all(main, name)).filter(node => pieces(node));
      const marks = [...document.blocks()].flatMap(({ block }) => inline(block).marks);
      for (const revision of revisions) assert.ok(marks.some(mark => (mark.attribute?.authors.join('; ') ?? '') === revision.attributes['w:author']), `${file}: ${words(revision)} of ${revision.attributes['w:author']}`);
      assert.deepEqual(format(document), [], `${file} is not in normal form`);
    }
  });
});
