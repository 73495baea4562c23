import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits } from '../../src/markup/edit';
import { viewText } from '../../src/markup/views';
import { paste } from '../../src/word/read/clipboard';
import { parameters, soup } from '../soup';
import { parse } from './texts';

/** A page of Word's clipboard; its styles by the names that ITU gives them. */
const word = (body: string): string => `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15"><style><!-- p.ResNo, li.ResNo {mso-style-name:"Res_No";} p.Restitle {mso-style-name:Res_title;} p.Call{mso-style-name:Call;
 font-style:italic} --></style><!--[if gte mso 9]><xml><o:x>no text</o:x></xml><![endif]--></head><body lang=EN-GB><!--StartFragment-->
${body}<!--EndFragment--></body></html>`;
const p = (content: string, style = 'MsoNormal'): string => `<p class=${style}>${content}<o:p></o:p></p>\n`;
const TAB = "<span style='mso-tab-count:1'>      </span>";
const ins = (content: string, by = 'Ana%20Lima', date = '2024-09-01T10:00'): string => `<span class=msoIns><ins cite="mailto:${by}"\ndatetime="${date}">${content}</ins></span>`;
const del = (content: string, by = 'Ana%20Lima', date = '2024-09-01T10:00'): string => `<span class=msoDel><del cite="mailto:${by}"\ndatetime="${date}">${content}</del></span>`;
const note = (n: number, of: string, sign = `[${n}]`): string => `<a style='mso-footnote-id:ftn${n}' href="#_ftn${of}${n}" name="_ftn${of ? '' : 'ref'}${n}" title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span class=MsoFootnoteReference>${sign}</span><![endif]></span></span></a>`;
const notes = (...texts: string[]): string => `<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all>\n<hr align=left size=1 width="33%">\n<![endif]>${texts.map((text, i) => `<div style='mso-element:footnote' id=ftn${i + 1}>${p(note(i + 1, 'ref') + text, 'MsoFootnoteText')}</div>`).join('')}</div>`;

interface Where { readonly plain?: string; readonly final?: boolean }
/** The text after the paste; `|` or `<…>` stand for the cursor or the selection. */
function pasted(html: string, into = '|', { plain = '', final = false }: Where = {}): string {
  const start = into.search(/[|⟨]/), end = into.includes('⟩') ? into.indexOf('⟩') - 1 : start, text = into.replace(/[|⟨⟩]/g, '');
  const { rich } = paste({ html, plain, text, start, end, final });
  return rich ? applyEdits(text, [...rich.edits].sort((a, b) => a.start - b.start)) : text;
}
const told = (html: string): string[] => paste({ html, plain: '', text: 'x', start: 0, end: 0, final: false }).rich?.report.map(({ message, paragraph }) => `${paragraph}: ${message}`) ?? [];
const becomes = (html: string, ...lines: string[]) => assert.equal(pasted(html), lines.join('\n'));

describe('pasting from Word', () => {
  it('keeps each change with its author and time', () => becomes(
    word(p(`the ${del('old')}${ins('new')} text ${ins('and more', 'Bo', '2024-09-02T11:30')}`)), 'the {~~old~>new~~}{@Ana Lima 2024-09-01T10:00Z} text {++and more++}{@Bo 2024-09-02T11:30Z}'));
  it('keeps what one deletes of another’s insertion', () => becomes(word(p(`a ${ins(`big ${del('red ', 'Bo')}house`)}`)), 'a {++big {--red --}{@Bo 2024-09-01T10:00Z}house++}{@Ana Lima 2024-09-01T10:00Z}'));
  it('tells new and deleted paragraphs, and ends that are', () => {
    becomes(word(p('one;') + p(ins('two;<o:p></o:p>')).replace('<o:p></o:p></p>', '</p>') + p('three')), 'one;', '{++two;++}{@Ana Lima 2024-09-01T10:00Z}', 'three');
    becomes(word(`<p class=MsoNormal>one ${del('<o:p></o:p>')}</p><p class=MsoNormal>two<o:p></o:p></p>`), 'one {--¶--}{@Ana Lima 2024-09-01T10:00Z}', 'two');
  });
  it('reads marks that name nobody', () => becomes(word(p('a <span class=msoIns>new</span> <del>old</del>')), 'a {++new++} {--old--}'));
  it('says nothing of the author that the front matter names', () => assert.equal(
    pasted(word(p(`a ${ins('b', 'APT', '2024-09-22')}${ins('c', 'EUR', '2024-09-22')}`)), '---\nsponsor: APT\ndate: 2024-09-22\n---\n|\n'), '---\nsponsor: APT\ndate: 2024-09-22\n---\na {++b++}{++c++}{@EUR}\n'));

  it('knows ITU’s styles, typed and drawn labels, and levels', () => becomes(
    word(p('Resolution 1 (Geneva, 2022)', 'ResNo') + p('On\nthings', 'Restitle') + p('<i>Recalling</i>', 'Call') + p(`<i>a)</i>${TAB}one;`)
      + `<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>b)<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>two:<o:p></o:p></p>`
      + `<p class=MsoListParagraph style='margin-left:2cm;text-indent:-1cm;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>deep<o:p></o:p></p>`),
    'RESOLUTION 1 (Geneva, 2022)', 'On things', '', 'recalling', 'a)\tone;', 'b)\ttwo:', '    –\tdeep'));
  it('brings footnotes with numbers that are free, and marks of their own', () => {
    const html = word(p(`one${note(1, '')} and two${note(2, '', '*')}.`) + notes(' These <i>include</i> x.', ' A star.'));
    becomes(html, 'one[^1] and two[^*].', '[^1]: These *include* x.', '[^*]: A star.');
    assert.equal(pasted(html, 'a[^1] b | c\n[^1]: here already\n'), 'a[^1] b one[^2] and two[^*]. c\n[^2]: These *include* x.\n[^*]: A star.\n[^1]: here already\n');
  });
  it('reads comments with their authors, ranges and answers', () => becomes(
    word(p(`some <a style='mso-comment-reference:AL_2;mso-comment-date:20240903T1200;mso-comment-parent:1'></a><a style='mso-comment-reference:\nBO_1;mso-comment-date:20240902T1100'>words</a><span class=MsoCommentReference><span style='mso-special-character:comment'>&nbsp;<![if !supportAnnotations]><a class=msocomanchor href="#_msocom_1" name="_msoanchor_1">[BO1]</a><![endif]></span></span><span class=MsoCommentReference><span style='mso-special-character:comment'>&nbsp;<![if !supportAnnotations]><a class=msocomanchor href="#_msocom_2" name="_msoanchor_2">[AL2]</a><![endif]></span></span> here`)
      + `<div style='mso-element:comment-list'><![if !supportAnnotations]><hr class=msocomoff><![endif]>${[['1', 'Bo', 'Why?'], ['2', 'Ana Lima', 'Because.']].map(([id, author, text]) => `<div style='mso-element:comment'><div id="_com_${id}" class=msocomtxt><span style='mso-comment-author:"${author}"'><a name="_msocom_${id}"></a></span>${p(`<span style='mso-special-character:comment'>&nbsp;<a href="#_msoanchor_${id}" class=msocomoff>[${id}]</a></span>${text}`, 'MsoCommentText')}</div></div>`).join('')}</div>`),
    'some {==words==}{>>Why?<<}{@Bo 2024-09-02T11:00Z}{>>Because.<<}{@Ana Lima 2024-09-03T12:00Z} here'));
  it('reads tables with heads, changes in cells, and bars', () => becomes(
    word(`<table class=MsoTableGrid><thead><tr><td>${p('<b>A</b>')}</td><td>${p('B')}</td></tr></thead><tr><td>${p('x | y')}</td><td>${p(ins('z'))}</td></tr></table>`),
    '| A | B |', '| --- | --- |', '| x \\| y | {++z++}{@Ana Lima 2024-09-01T10:00Z} |'));
  it('keeps words that look like markup as words', () => becomes(word(p('# 5 *stars* {++no++} [^x]')), '\\# 5 \\*stars\\* \\{++no++\\} \\[^x]'));
  it('says what it could not keep', () => assert.deepEqual(told(word(p('H<sub>2</sub>O <s>struck</s>') + p('<img alt="A map">'))), [
    'H2O struck: Raised or lowered signs stand on the line.', 'H2O struck: Text that is struck out by hand, not as a tracked change, is plain text.', '[Picture: A map]: A picture (A map) is a placeholder.']));
  it('offers nothing where the plain text says the same', () => assert.equal(paste({ html: word(p('just words')), plain: 'just words\r\n', text: '', start: 0, end: 0, final: false }).rich, null));
});

describe('pasting from LibreOffice, Google Docs and others', () => {
  it('reads lists, and LibreOffice’s footnotes', () => becomes(
    '<meta name="generator" content="LibreOffice 24.2"/><ol type="a"><li><p style="margin-bottom: 0cm">one<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>;</p></li><li><p>two:</p><ol type="i"><li><p>deep;</p></li></ol></li></ol><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>Noted.</p></div>',
    'a)\tone[^1];', 'b)\ttwo:', '    i)\tdeep;', '[^1]: Noted.'));
  it('begins lists at 1 where their start is no number of one', () => {
    becomes('<ol type=i start=-5><li>x</li><li value=-5>y</li></ol>', 'i)\tx', 'ii)\ty');
    becomes('<ol type=i start=1.5><li>x</li></ol>', 'i)\tx');
    becomes('<ol start=1.5><li>x</li></ol>', '1\tx');
  });
  it('reads Google’s footnotes and looks, whatever the tag says', () => becomes(
    '<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:700">bold</span><span style="font-style:italic"> and</span><sup id="ftnt_ref1"><a href="#ftnt1">[1]</a></sup></p></b><hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a> Noted.</p></div>',
    '**bold** *and*[^1]', '[^1]: Noted.'));
  it('leaves out what is not shown', () => becomes('<script>no</script><p>yes<span style="display:none">no</span></p><p>and<style>p.no{}</style> so</p>', 'yes', 'and so'));
  it('a whole text brings its language with it', () => becomes(
    '<p>RÉSOLUTION 1 (Genève, 2022)</p><p>Sur les réseaux et les services des bibliothèques</p><p>rappelant</p><p>a) la Résolution 139;</p>',
    '---', 'language: fr', '---', 'RÉSOLUTION 1 (Genève, 2022)', 'Sur les réseaux et les services des bibliothèques', '', 'rappelant', 'a)\tla Résolution 139;'));
});

describe('where it is pasted', () => {
  const clauses = word(p(`b)${TAB}two ${ins('new')};${note(1, '')}`) + p(`c)${TAB}three`) + notes(' Noted.')), whole = { plain: 'b)\ttwo;\r\nc)\tthree\r\n' };
  const NEW = '{++new++}{@Ana Lima 2024-09-01T10:00Z}';
  it('whole paragraphs behind a clause are lines of their own', () => assert.equal(pasted(clauses, 'recalling\na)\tone;|\n', whole), `recalling\na)\tone;\nb)\ttwo ${NEW};[^1]\nc)\tthree\n[^1]: Noted.\n`));
  it('whole paragraphs in front of a clause are lines of their own', () => assert.equal(pasted(clauses, 'recalling\n|d)\tlast.\n', whole), `recalling\nb)\ttwo ${NEW};[^1]\nc)\tthree\nd)\tlast.\n[^1]: Noted.\n`));
  it('a label that waits for its text gives way to the one that is pasted', () => assert.equal(pasted(clauses, 'recalling\na)\tone;\nb)\t|\n', whole), `recalling\na)\tone;\nb)\ttwo ${NEW};[^1]\nc)\tthree\n[^1]: Noted.\n`));
  it('words without a label go behind the label that waits', () => assert.equal(pasted(word(p('two <b>bold</b>')), 'recalling\na)\tone;\nb)\t|\n', { plain: 'two bold\r\n' }), 'recalling\na)\tone;\nb)\ttwo **bold**\n'));
  it('words inside of a line stay in it, blanks and all', () => assert.equal(pasted(word('<span>some <i>words</i> </span>'), 'a |b\n'), 'a some *words* b\n'));
  it('in the front matter it is plain text', () => assert.equal(paste({ html: word(p('<b>x</b>')), plain: 'x', text: '---\ntitle: \n---\n', start: 11, end: 11, final: false }).rich, null));
  it('what was selected goes', () => assert.equal(pasted(word('<span>some <i>words</i></span>'), 'a ⟨b c⟩ d\n'), 'a some *words* d\n'));
  it('inside of a mark its own changes are accepted', () => assert.equal(pasted(word(`<span>x ${ins('y')}${del('z')}</span>`), 'a {++b|c++}\n'), 'a {++bx yc++}\n'));
  it('inside of a mark or a cell paragraphs go on in one line', () => {
    const two = word(p('one') + p('t|wo'));
    assert.equal(pasted(two, '{++new words |here++}\n'), '{++new words one t|wohere++}\n');
    // The cursor of a row is its place, not a bar.
    const text = '| a b | c |\n', { rich } = paste({ html: two, plain: '', text, start: 4, end: 4, final: false });
    assert.equal(applyEdits(text, rich!.edits), '| a one t\\|wob | c |\n');
  });
  it('words behind a table that is pasted do not go on in its last row', () => assert.equal(pasted('<table><tr><td>a</td><td>b</td></tr></table>', 'before| after\n'), 'before\n| a | b |\nafter\n'));
  it('a year is no label that waits, nor one with its text', () => {
    assert.equal(pasted(word(p(`1.${TAB}foo`)), '2024 |'), '2024 1.\tfoo');
    assert.equal(pasted(word(p(`b)${TAB}new;`)), 'a)\t|one;\n'), 'a)\tb)\tnew;one;\n');
  });
  it('while changes are tracked, they are accepted too', () => assert.equal(pasted(clauses, 'recalling\na)\tone;|\n', { ...whole, final: true }), 'recalling\na)\tone;\nb)\ttwo new;[^1]\nc)\tthree\n[^1]: Noted.\n'));
});

describe('a clipboard of any HTML', () => {
  const tag = fc.constantFrom('p', 'div', 'span', 'b', 'i', 'ins cite="mailto:Bo"', 'del', 'ol', 'ul', 'li', 'table', 'tr', 'td', 'th', 'thead', 'h2', 'a href="#_ftn1"', 'a href="#_msocom_1"', 'sup', 'o:p', 'br', 'div id=ftn1', "div style='mso-element:comment'", "a style='mso-comment-reference:A_1'", "span style='mso-spacerun:yes'", 'blockquote', 'pre', 'u');
  const piece = fc.oneof(tag.map(name => `<${name}>`), tag.map(name => `</${name.split(' ')[0]}>`), fc.constantFrom('&nbsp;', ' ', '\n', '&amp;', '<!--', '-->', '<![if !x]>', 'a)', '1', '# ', '{++', '++}', '|', '*', '[^1]', 'RESOLUTION 1', 'recalling', 'alpha', 'beta'));
  it('is read to its end, and no word that is shown is lost', () => fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
    // What stands in a comment of HTML, in an anchor, a note or a comment is shown elsewhere or not at all.
    const html = pieces.join('');
    if (/<!--|<a |id=ftn|mso-element/.test(html)) return;
    const text = paste({ html, plain: '', text: 'x', start: 1, end: 1, final: false }).rich?.edits.map(edit => edit.text).join('') ?? '';
    for (const word of ['alpha', 'beta']) assert.equal(text.split(word).length - 1, pieces.filter(one => one === word).length, text);
  }), parameters(500)));
  it('can be pasted anywhere: in the place of what is selected, and at one more place behind it', () => fc.assert(fc.property(soup(), fc.nat(), fc.nat(20), fc.boolean(), fc.constantFrom('', 'x\r\n'), (text, at, length, final, plain) => {
    const start = at % (text.length + 1), end = Math.min(start + length, text.length);
    const { rich } = paste({ html: word(p(`b)${TAB}two ${ins('new')};${note(1, '')}`) + p('c)') + notes(' Noted.')), plain, text, start, end, final });
    const [first, second, ...more] = rich?.edits ?? [];
    if (!first) return;
    assert.ok(first.start <= start && first.end >= end && !text.slice(end, first.end).trim() && !/[\r\n]/.test(text.slice(first.start, start)) && more.length === 0);
    assert.ok(!second || second.start === second.end && second.start >= end && second.end <= text.length);
    assert.ok(applyEdits(text, rich!.edits).includes('Noted.'));
  }), parameters(500)));
  it('accepted changes leave none', () => fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
    const { rich } = paste({ html: pieces.filter(one => one !== '{++' && one !== '++}').join(''), plain: '', text: 'x\n', start: 2, end: 2, final: true });
    const text = rich?.edits.map(edit => edit.text).join('') ?? '';
    assert.equal(viewText(parse(text), 'original'), viewText(parse(text), 'final'));
  }), parameters(300)));
});

describe('pasting text from a PDF', () => {
  const clean = (plain: string) => paste({ html: null, plain, text: '', start: 0, end: 0, final: false }).clean;
  it('offers it tidied', () => assert.equal(clean('recalling\na) that one line\nis broken here;\n\n12\n\nb) two.'), 'recalling\na)\tthat one line is broken here;\n12\nb)\ttwo.'));
  it('offers nothing for one line, or for what is tidy', () => { assert.equal(clean('a) one'), null); assert.equal(clean('recalling\na)\tone;\n'), null); });
});
